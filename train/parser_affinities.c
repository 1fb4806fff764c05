/*
 * parser_affinities.c - how strongly words attract each other as head and dependent.
 *
 * Parses news with a model made before, counts heads with dependents (and with
 * the dependents' prepositions), and grades each pair by pointwise mutual
 * information (van Noord 2007): what treebanks are too small to know.
 */
#include "parser_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "corpus_reader.h"
#include "stages.h"
#include "tag/tagset.h"

typedef struct pair
{
	uint64_t	key;			/* 0 = free */
	uint64_t	head;			/* keys of the marginal counts */
	uint64_t	dependent;
	uint32_t	n;
} pair;

#define LOG2_PAIRS 24
#define MIN_COUNT 3

static struct
{
	const parser_model *model;
	pair	   *pairs;
	size_t		n_pairs;
	double		total[2];		/* arcs without and with a preposition */
	double		n_tokens;
}			counts;

static pair *
find_pair(uint64_t key)
{
	size_t		at = (size_t) (key >> 8) & (((size_t) 1 << LOG2_PAIRS) - 1);

	while (counts.pairs[at].key && counts.pairs[at].key != key)
		at = (at + 1) & (((size_t) 1 << LOG2_PAIRS) - 1);
	return &counts.pairs[at];
}

static pair *
add(uint64_t key)
{
	pair	   *p = find_pair(key);

	if (!p->key)
	{
		if (++counts.n_pairs > ((size_t) 1 << LOG2_PAIRS) / 4 * 3)
		{
			fprintf(stderr, "too many pairs of words\n");
			exit(1);
		}
		p->key = key;
	}
	p->n++;
	return p;
}

static void
add_arc(uint64_t head, uint64_t dependent, uint64_t preposition, bool to_the_left)
{
	uint64_t	side = (preposition != 0) * 2 + to_the_left;
	pair	   *p = add(affinity_key(head, dependent, preposition, to_the_left));

	p->head = hash_mix(head, side * 8 + 1);
	p->dependent = hash_mix(dependent ^ preposition, side * 8 + 2);
	add(p->head);
	add(p->dependent);
}

static void
count_sentence(const document *doc, const piece *p)
{
	const token *tokens = doc->tokens + p->first - 1;
	int			first[MAX_PIECE + 3] = {0};

	for (int i = p->n; i >= 1; i--)
		if (tokens[i].head >= 0)
			first[tokens[i].head - p->first + 1] = i;
	for (int i = 1; i <= p->n; i++)
	{
		int			h = tokens[i].head - p->first + 1;
		const atom *c = &p->atoms[first[i]];
		bool		has_case = first[i] && first[i] < i && c->upos == UPOS_ADP;

		if (!p->is_word[i] || tokens[i].head < 0)
			continue;
		counts.n_tokens++;
		add_arc(p->atoms[h].word, p->atoms[i].word, has_case ? c->word : 0, i < h);
		if (has_case)
			add_arc(p->atoms[h].word, 0, c->word, i < h);
	}
}

static void
count_document(document *doc)
{
	atom		atoms[MAX_PIECE + 3];
	int16_t		next_word[MAX_PIECE + 3];
	bool		is_word[MAX_PIECE + 3];

	document_need(doc, STAGE_WORDS);
	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		int32_t		start = doc->sentences[s].start;
		piece		p = {doc->sentences[s].end - start, start, 0, atoms, next_word, is_word, NULL};

		if (p.n < 3 || p.n > 60)
			continue;
		parse_with(counts.model, doc, s);
		piece_prepare(doc, &p);
		count_sentence(doc, &p);
	}
}

static int
grade(const pair *p)
{
	double		n_head = find_pair(p->head)->n,
				n_dependent = find_pair(p->dependent)->n,
				information = log2(p->n * counts.n_tokens / (n_head * n_dependent));

	return information < 1 ? 1 : information < 3 ? 2 : information < 5 ? 3 : information < 7 ? 4 : 5;
}

static int
by_count(const void *a, const void *b)
{
	const pair *x = *(const pair *const *) a,
			   *y = *(const pair *const *) b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

uint16_t *
count_affinities(const parser_model *m, char **paths, int n_paths, int log2_buckets)
{
	uint16_t   *slots = must_alloc((size_t) 8 << log2_buckets);
	const pair **order;
	size_t		n = 0,
				n_placed = 0;

	counts.model = m;
	counts.pairs = must_alloc(sizeof(pair) << LOG2_PAIRS);
	for (int i = 0; i < n_paths; i++)
		corpus_read_texts(paths[i], count_document);
	order = must_alloc(sizeof(pair *) * (counts.n_pairs + 1));
	for (size_t i = 0; i < (size_t) 1 << LOG2_PAIRS; i++)
		if (counts.pairs[i].head && counts.pairs[i].n >= MIN_COUNT)
			order[n++] = &counts.pairs[i];
	qsort(order, n, sizeof(pair *), by_count);
	for (size_t i = 0; i < n; i++)
	{
		uint64_t	key = order[i]->key;
		uint16_t   *bucket = slots + (size_t) ((uint32_t) (key >> 32) >> (32 - log2_buckets)) * 4;
		int			j;

		for (j = 0; j < 4 && bucket[j] && (bucket[j] & 0xff) != (key & 0xff); j++)
			;
		if (j == 4 || bucket[j])
			continue;
		bucket[j] = (uint16_t) ((key & 0xff) | (unsigned) grade(order[i]) << 8);
		n_placed++;
	}
	fprintf(stderr, "affinities: %.0f arcs, %zu pairs, %zu frequent, %zu placed\n", counts.n_tokens, counts.n_pairs, n,
			n_placed);
	free(order);
	free(counts.pairs);
	return slots;
}
