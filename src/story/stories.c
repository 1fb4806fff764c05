/*
 * stories.c - which articles tell one story (see stories.h for the rule).
 *
 * Single-pass clustering as in topic detection (Allan, Papka and Lavrenko 1998), with the story's nearest members instead of a
 * centroid.  Who is compared with whom is given: the caller finds candidates in its index.
 */
#include "story/stories.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Articles of each story that has been seen, up to STORY_BREADTH. */
typedef struct size_slot
{
	int64_t		story;			/* 0 = empty */
	int32_t		size;
} size_slot;

typedef struct size_table
{
	size_slot  *slots;
	uint32_t	mask;
} size_table;

/* A candidate's part in the score of its story. */
typedef struct vote
{
	int64_t		story;
	double		closeness;
	int32_t		candidate;
} vote;

double
story_closeness(const story_article *a, const story_article *b)
{
	double		days = fabs(a->day - b->day);
	double		years;

	if (isnan(days))
		days = STORY_UNDATED_DAYS;
	years = log(1 + days) / log(366);
	return signature_cosine(a->signature, b->signature) - STORY_TIME_PENALTY * years * years;
}

static size_slot *
size_of(const size_table *t, int64_t story)
{
	uint32_t	at = (uint32_t) (hash_mix(0, (uint64_t) story)) & t->mask;

	while (t->slots[at].story && t->slots[at].story != story)
		at = (at + 1) & t->mask;
	return &t->slots[at];
}

static size_table
size_table_of(arena *memory, const story_article *articles, int32_t n)
{
	size_table	t;
	uint32_t	size = 16;

	while (size < (uint32_t) n * 2)
		size *= 2;
	t.slots = arena_zero_array(memory, size_slot, size);
	t.mask = size - 1;
	for (int32_t i = 0; i < n; i++)
		if (articles[i].story)
			*size_of(&t, articles[i].story) = (size_slot)
		{
			articles[i].story, articles[i].story_size > 0 ? articles[i].story_size : 1
		};
	return t;
}

/* By story, the closest first; among equals the earlier index, so that the order of the pairs does not matter. */
static int
by_story(const void *a, const void *b)
{
	const vote *x = a;
	const vote *y = b;

	if (x->story != y->story)
		return x->story < y->story ? -1 : 1;
	if (x->closeness != y->closeness)
		return x->closeness < y->closeness ? 1 : -1;
	return x->candidate < y->candidate ? -1 : x->candidate > y->candidate;
}

/* Score of a story of `size` articles whose n closest have these votes, best first. */
static double
score_of(const vote *votes, int32_t n, int32_t size)
{
	double		nearest = 0;
	double		breadth = 0;

	for (int32_t i = 0; i < n && i < STORY_BREADTH; i++)
	{
		if (i < STORY_NEAREST)
			nearest += votes[i].closeness;
		if (votes[i].closeness > 0)
			breadth += votes[i].closeness;
	}
	return nearest / (size < STORY_NEAREST ? size : STORY_NEAREST) / 2 + breadth / (size < STORY_BREADTH ? size : STORY_BREADTH) / 2;
}

/* The choice among the stories of the votes; a copy goes where the article went that it was copied from. */
static story_choice
choose_one(vote *votes, int32_t n, const size_table *sizes, int64_t copied_story)
{
	story_choice best = {0, 0, -1, -1, 0};
	double		second = 0;
	int64_t		rival = 0;

	qsort(votes, (size_t) n, sizeof(vote), by_story);
	for (int32_t start = 0, end; start < n; start = end)
	{
		int64_t		story = votes[start].story;
		double		score;

		for (end = start; end < n && votes[end].story == story; end++)
			;
		score = score_of(votes + start, end - start, size_of(sizes, story)->size);
		if (story == copied_story || (score > best.score && best.story != copied_story) || best.story == 0)
		{
			if (best.story && best.score > second)
			{
				second = best.score;
				rival = best.story;
			}
			best.story = story;
			best.score = score;
			best.nearest = votes[start].candidate;
		}
		else if (score > second)
		{
			second = score;
			rival = story;
		}
	}
	if (second >= STORY_JOIN * 2)
		best.rival = rival;
	if (best.story && best.story != copied_story && best.score - STORY_MARGIN * second < STORY_JOIN)
	{
		best.story = 0;
		best.nearest = -1;
	}
	return best;
}

void
story_choose(arena *memory, const story_article *articles, int32_t n_new, int32_t n_all,
			 const story_pair *pairs, int32_t n_pairs, story_choice *choices)
{
	size_table	sizes = size_table_of(memory, articles, n_all);
	int32_t		p = 0;
	int32_t		most = 0;
	vote	   *votes;

	for (int32_t start = 0, end; start < n_pairs; start = end)
	{
		for (end = start; end < n_pairs && pairs[end].article == pairs[start].article; end++)
			;
		most = end - start > most ? end - start : most;
	}
	votes = arena_array(memory, vote, most);
	for (int32_t i = 0; i < n_new; i++)
	{
		int32_t		n = 0;
		int32_t		copy_of = -1;
		int64_t		copied_story = 0;
		double		copied = STORY_COPY;
		size_slot  *size;

		for (; p < n_pairs && pairs[p].article <= i; p++)
		{
			int32_t		c = pairs[p].candidate;
			int64_t		story = c >= n_new ? articles[c].story : c < i ? choices[c].story : 0;
			double		contained;

			if (pairs[p].article < i || !story)
				continue;
			votes[n++] = (vote) {story, story_closeness(&articles[i], &articles[c]), c};
			if (signature_cosine(articles[i].signature, articles[c].signature) < STORY_COPY_CLOSENESS)
				continue;
			contained = signature_containment(articles[i].signature, articles[c].signature);
			if (contained >= copied && (contained > copied || copy_of < 0 || c < copy_of))
			{
				copied = contained;
				copy_of = c;
				copied_story = story;
			}
		}
		choices[i] = choose_one(votes, n, &sizes, copied_story);
		choices[i].copy_of = copy_of;
		if (!choices[i].story)
			choices[i].story = -(int64_t) (i + 1);
		size = size_of(&sizes, choices[i].story);
		size->story = choices[i].story;
		size->size++;
	}
}

double
story_affinity(arena *memory, const story_article *a, int32_t n_a, const story_article *b, int32_t n_b)
{
	vote	   *votes;
	double		sum = 0;

	if (n_a > n_b)
	{
		const story_article *other = a;
		int32_t		n = n_a;

		a = b;
		n_a = n_b;
		b = other;
		n_b = n;
	}
	if (n_a == 0)
		return 0;
	votes = arena_array(memory, vote, n_b);
	for (int32_t i = 0; i < n_a; i++)
	{
		for (int32_t j = 0; j < n_b; j++)
			votes[j] = (vote) {1, story_closeness(&a[i], &b[j]), j};
		qsort(votes, (size_t) n_b, sizeof(vote), by_story);
		sum += score_of(votes, n_b, n_b);
	}
	return sum / n_a;
}

/* The number of i's group, halving the way there. */
static int32_t
root_of(int32_t *up, int32_t i)
{
	while (up[i] != i)
		i = up[i] = up[up[i]];
	return i;
}

int32_t
story_pieces(arena *memory, const story_article *articles, int32_t n, int32_t *pieces)
{
	int32_t    *up = arena_array(memory, int32_t, n);
	int32_t		n_pieces = 0;

	for (int32_t i = 0; i < n; i++)
	{
		up[i] = i;
		for (int32_t j = 0; j < i; j++)
		{
			int32_t		x = root_of(up, i);
			int32_t		y = root_of(up, j);

			if (x != y && story_closeness(&articles[i], &articles[j]) >= STORY_JOIN)
				up[x > y ? x : y] = x > y ? y : x;
		}
	}
	for (int32_t i = 0; i < n; i++)
		pieces[i] = root_of(up, i) == i ? n_pieces++ : pieces[root_of(up, i)];
	return n_pieces;
}

/* Weight of a term in all articles together. */
typedef struct term_sum
{
	uint32_t	term;			/* 0 = empty */
	uint64_t	weight;
} term_sum;

static term_sum *
sum_at(term_sum *sums, uint32_t mask, uint32_t term)
{
	uint32_t	at = term & mask;

	while (sums[at].term && sums[at].term != term)
		at = (at + 1) & mask;
	sums[at].term = term;
	return &sums[at];
}

int32_t
story_central(arena *memory, const story_article *articles, int32_t n)
{
	uint32_t	size = 16;
	term_sum   *sums;
	int32_t		best = -1;
	double		most = -1;

	while (size < (uint32_t) n * SIGNATURE_TERMS * 2)
		size *= 2;
	sums = arena_zero_array(memory, term_sum, size);
	for (int32_t i = 0; i < n; i++)
		for (int t = 0; t < articles[i].signature->n_terms; t++)
			if (articles[i].signature->terms[t])
				sum_at(sums, size - 1, articles[i].signature->terms[t])->weight += articles[i].signature->weights[t];
	for (int32_t i = 0; i < n; i++)
	{
		const signature *s = articles[i].signature;
		double		all = 0;

		for (int t = 0; t < s->n_terms; t++)
			if (s->terms[t])
				all += (double) sum_at(sums, size - 1, s->terms[t])->weight * s->weights[t];
		if (all > most)
		{
			most = all;
			best = i;
		}
	}
	return best;
}
