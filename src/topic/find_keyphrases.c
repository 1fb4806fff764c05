/*
 * find_keyphrases.c - what a text is about, in its own words.
 *
 * In: tokens with parts of speech.  Out: doc->keyphrases, best first, at most MAX_KEYPHRASES.
 *
 * A stem's weight is sqrt(count) * idf / sqrt(1 + first / HALF_LIFE): frequent here, rare in the news, early (the
 * idea of PositionRank, Florescu and Caragea 2017).  A phrase (phrases.h) has the sum of its stems' weights over the square
 * root of their number, times the fourth root of the mean of its count and its rank in the graph of phrases, over the same
 * discount for its own first place; a single word counts less, since the phrases around it tell more.  Names need no
 * bonus: their stems are rare.  The constants are round numbers, not fitted.
 * A phrase with the stems of a better one in another order, or a single word of a better phrase, is
 * not given again; a part of a better name ("Obama") lends the name its places.
 */
#include <math.h>

#include "lexicon/lexicon.h"
#include "stages.h"
#include "topic/phrases.h"

#define HALF_LIFE 100.0			/* tokens */
#define SINGLE_WORD 0.7
#define LEAST_FREQUENCY 3		/* documents that a word unknown to the lexicon is thought to stand in */
#define REACH 3					/* occurrences ahead that an edge goes */
#define DAMPING 0.85
#define N_ROUNDS 10
#define N_LOOKED_AT 300			/* phrases among which the rows are chosen */

typedef struct ranked
{
	int32_t		phrase;
	double		score;
} ranked;

/* Is a better than b?  Equal scores: the earlier phrase. */
static bool
better(ranked a, ranked b)
{
	return a.score > b.score || (a.score == b.score && a.phrase < b.phrase);
}

/* Restores the heap (its worst entry at the root) below `at`. */
static void
sift_down(ranked *heap, int n, int at)
{
	for (;;)
	{
		int			worst = at;

		for (int child = 2 * at + 1; child <= 2 * at + 2 && child < n; child++)
			if (better(heap[worst], heap[child]))
				worst = child;
		if (worst == at)
			return;
		ranked		swap = heap[at];

		heap[at] = heap[worst];
		heap[worst] = swap;
		at = worst;
	}
}

static void
weigh_words(phrases *p)
{
	double		n_documents = lexicon_n_documents();

	for (int32_t i = 0; i < p->n_words; i++)
	{
		phrase_word *w = &p->words[i];
		double		frequency = w->document_frequency > LEAST_FREQUENCY ? w->document_frequency : LEAST_FREQUENCY;
		double		idf = n_documents > frequency ? log(n_documents / frequency) : 0;

		w->weight = sqrt(w->count) * idf / sqrt(1 + w->first / HALF_LIFE);
	}
}

/*
 * Rank of each phrase in the graph whose edges join an occurrence with the next REACH ones: a walker goes from a phrase to a
 * neighbour, or, now and then, anywhere (TextRank, Mihalcea and Tarau 2004, over phrases as in Boudin 2018).
 * Linear: REACH edges an occurrence, N_ROUNDS rounds.
 */
static void
rank_in_graph(const document *doc, phrases *p)
{
	double	   *next = arena_array(doc->memory, double, p->n);
	int32_t    *degree = arena_zero_array(doc->memory, int32_t, p->n);

	for (int32_t i = 0; i < p->n; i++)
		p->all[i].rank = 1;
	for (int round = 0; round <= N_ROUNDS; round++)
	{
		for (int32_t i = 0; i < p->n; i++)
			next[i] = 1 - DAMPING;
		for (int32_t o = 0; o < p->n_occurrences; o++)
			for (int32_t other = o + 1; other <= o + REACH && other < p->n_occurrences; other++)
			{
				int32_t		a = p->occurrences[o].phrase,
							b = p->occurrences[other].phrase;

				if (a == b)
					continue;
				if (round == 0)
				{
					degree[a]++;
					degree[b]++;
					continue;
				}
				next[a] += DAMPING * p->all[b].rank / degree[b];
				next[b] += DAMPING * p->all[a].rank / degree[a];
			}
		document_tick(doc);
		for (int32_t i = 0; i < p->n && round > 0; i++)
			p->all[i].rank = next[i];
	}
}

static double
score_of(const phrases *p, const phrase *x)
{
	double		sum = 0;

	for (int32_t i = 0; i < x->n_words; i++)
		sum += p->words[x->words[i]].weight;
	sum *= sqrt(sqrt(sqrt(x->count * x->rank))) / sqrt(x->n_words);
	sum /= sqrt(1 + p->occurrences[x->first_occurrence].start / HALF_LIFE);
	return x->n_words == 1 ? sum * SINGLE_WORD : sum;
}

/* The best N_LOOKED_AT phrases, best first; returns their number. */
static int
rank(const phrases *p, ranked *out)
{
	int			n = 0;

	for (int32_t i = 0; i < p->n; i++)
	{
		ranked		r = {i, score_of(p, &p->all[i])};

		if (n < N_LOOKED_AT)
		{
			out[n++] = r;
			for (int at = n / 2 - 1; n == N_LOOKED_AT && at >= 0; at--)
				sift_down(out, n, at);
		}
		else if (better(r, out[0]))
		{
			out[0] = r;
			sift_down(out, n, 0);
		}
	}
	for (int i = 1; i < n; i++)
	{
		ranked		r = out[i];
		int			at = i;

		for (; at > 0 && better(r, out[at - 1]); at--)
			out[at] = out[at - 1];
		out[at] = r;
	}
	return n;
}

static bool
has_word(const phrase *p, int32_t word)
{
	for (int32_t i = 0; i < p->n_words; i++)
		if (p->words[i] == word)
			return true;
	return false;
}

/* Does the better phrase say what this one says? */
static bool
covers(const phrase *better_one, const phrase *p)
{
	if (p->n_words != 1 && p->n_words != better_one->n_words)
		return false;
	for (int32_t i = 0; i < p->n_words; i++)
		if (!has_word(better_one, p->words[i]))
			return false;
	return true;
}

/* The occurrence whose form is shown: the first that is no heading and does not start a sentence, else the first. */
static const occurrence *
shown_occurrence(const document *doc, const phrases *p, const phrase *x)
{
	for (int32_t o = x->first_occurrence; o >= 0; o = p->occurrences[o].next)
	{
		const token *t = &doc->tokens[p->occurrences[o].start];

		if (!(t->flags & TOKEN_SENTENCE_START) &&
			doc->paragraphs[doc->sentences[t->sentence].paragraph].kind != PARAGRAPH_HEADING)
			return &p->occurrences[o];
	}
	return &p->occurrences[x->first_occurrence];
}

/* Is the capital the sentence's and not the word's own? */
static bool
has_borrowed_capital(const token *t)
{
	return (t->flags & TOKEN_SENTENCE_START) && t->upos != UPOS_PROPN &&
		!(t->flags & (TOKEN_ALL_CAPITALS | TOKEN_MIXED_CASE)) &&
		t->word >= 0 && lexicon_word_info(t->word)->capital_share < 128;
}

/* The words as they stand, with single spaces; a sentence's capital is taken back from a common word. */
static const char *
form_of(const document *doc, const occurrence *o)
{
	uint32_t	n_bytes = 1;
	char	   *form,
			   *to;

	for (int32_t i = o->start; i < o->end; i++)
		n_bytes += 1 + doc->tokens[i].lower_bytes + (doc->tokens[i].end_byte - doc->tokens[i].start_byte);
	form = to = arena_array(doc->memory, char, n_bytes);
	for (int32_t i = o->start; i < o->end; i++)
	{
		const token *t = &doc->tokens[i];
		bool		lower = i == o->start && has_borrowed_capital(t);
		const char *from = lower ? t->lower : doc->text + t->start_byte;
		uint32_t	n = lower ? t->lower_bytes : t->end_byte - t->start_byte;

		if (i > o->start && (t->flags & TOKEN_SPACE_BEFORE))
			*to++ = ' ';
		for (uint32_t k = 0; k < n; k++)
			*to++ = from[k];
	}
	*to = 0;
	return form;
}

/* Places of the phrase and of the names that lend it theirs, in text order. */
static void
add_spans(document *doc, const phrases *p, keyphrase *k, const int32_t *members, int n_members)
{
	int32_t		next[N_LOOKED_AT];
	int32_t		n = 0;

	for (int i = 0; i < n_members; i++)
	{
		next[i] = p->all[members[i]].first_occurrence;
		n += p->all[members[i]].count;
	}
	k->spans = arena_array(doc->memory, byte_span, n);
	for (k->n_spans = 0; k->n_spans < n; k->n_spans++)
	{
		int			first = -1;
		const occurrence *o;

		for (int i = 0; i < n_members; i++)
			if (next[i] >= 0 && (first < 0 || next[i] < next[first]))
				first = i;
		o = &p->occurrences[next[first]];
		k->spans[k->n_spans] = (byte_span) {doc->tokens[o->start].start_byte, doc->tokens[o->end - 1].end_byte};
		next[first] = o->next;
	}
}

void
find_keyphrases(document *doc)
{
	phrases		p = phrases_of(doc);
	ranked	   *order = arena_array(doc->memory, ranked, N_LOOKED_AT);
	int32_t		kept[MAX_KEYPHRASES];	/* ranks */
	int32_t		owner[N_LOOKED_AT];		/* of each rank: the row it lends its places to, -1 */
	int			n;

	doc->n_keyphrases = 0;
	if (p.n == 0)
		return;
	weigh_words(&p);
	rank_in_graph(doc, &p);
	n = rank(&p, order);
	for (int i = 0; i < n; i++)
	{
		const phrase *x = &p.all[order[i].phrase];
		bool		covered = false;

		owner[i] = -1;
		for (int32_t k = 0; k < doc->n_keyphrases && !covered; k++)
		{
			const phrase *y = &p.all[order[kept[k]].phrase];

			covered = covers(y, x);
			if (covered && (x->n_words > 1 || (x->is_name && y->is_name)))
				owner[i] = k;
		}
		if (!covered && doc->n_keyphrases < MAX_KEYPHRASES && order[i].score > 0)
		{
			owner[i] = doc->n_keyphrases;
			kept[doc->n_keyphrases++] = i;
		}
	}
	doc->keyphrases = arena_array(doc->memory, keyphrase, doc->n_keyphrases);
	for (int32_t k = 0; k < doc->n_keyphrases; k++)
	{
		int32_t		members[N_LOOKED_AT];
		int			n_members = 0;

		for (int i = 0; i < n; i++)
			if (owner[i] == k)
				members[n_members++] = order[i].phrase;
		doc->keyphrases[k].phrase = form_of(doc, shown_occurrence(doc, &p, &p.all[order[kept[k]].phrase]));
		doc->keyphrases[k].score = (float) (floor(1e4 * order[kept[k]].score / order[kept[0]].score + 0.5) / 1e4);
		add_spans(doc, &p, &doc->keyphrases[k], members, n_members);
	}
}
