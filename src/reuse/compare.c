/*
 * compare.c - how far two quotations share words, and whether they are one.
 *
 * Shared are the stretches of SHARED_WORDS words or more that stand in both, in whatever order.  One sequence is indexed by its word triples, the
 * other is read over the index: linear in both.
 */
#include "reuse/reuse.h"

#include <string.h>

#define SHARED_WORDS 3
#define SLOTS (2 * REUSE_MAX_WORDS)		/* a power of two */

typedef struct triples
{
	const uint32_t *words;
	int32_t		n;
	int16_t		slots[SLOTS];	/* start of a triple + 1; 0 = empty */
} triples;

static uint64_t
triple_hash(const uint32_t *w)
{
	return hash_mix(hash_mix(REUSE_HASH(w[0]), REUSE_HASH(w[1])), REUSE_HASH(w[2]));
}

static bool
triple_equal(const uint32_t *a, const uint32_t *b)
{
	return REUSE_HASH(a[0]) == REUSE_HASH(b[0]) && REUSE_HASH(a[1]) == REUSE_HASH(b[1]) && REUSE_HASH(a[2]) == REUSE_HASH(b[2]);
}

/* First start of the triple at w, -1 when there is none.  add: enters it when it is new. */
static int32_t
find_triple(triples *t, const uint32_t *w, int32_t add)
{
	uint64_t	at = triple_hash(w) & (SLOTS - 1);

	while (t->slots[at])
	{
		if (triple_equal(t->words + t->slots[at] - 1, w))
			return t->slots[at] - 1;
		at = (at + 1) & (SLOTS - 1);
	}
	if (add >= 0)
		t->slots[at] = (int16_t) (add + 1);
	return -1;
}

static void
index_triples(triples *t, const uint32_t *words, int32_t n)
{
	memset(t, 0, sizeof(*t));
	t->words = words;
	t->n = n;
	for (int32_t i = 0; i + SHARED_WORDS <= n; i++)
		find_triple(t, words + i, i);
}

/* Information of a stretch of words. */
static int32_t
stretch_information(const uint32_t *words, int32_t start, int32_t end)
{
	int32_t		sum = 0;

	for (int32_t i = start; i < end; i++)
		sum += (int32_t) (i == start ? REUSE_ALONE(words[i]) : REUSE_BEHIND(words[i]));
	return sum;
}

/*
 * Information of words[0 .. n) in triples that t has too.  A stretch's first word stands alone, so that many stretches could weigh
 * more than the whole, in which each word has one before it.
 */
static int32_t
shared_information(triples *t, const uint32_t *words, int32_t n, reuse_overlap *overlap)
{
	int32_t		sum = 0;
	int32_t		start = -1;		/* of the covered stretch */
	int32_t		run_start = 0;	/* of the stretch that follows t's own order */
	int32_t		before = -2;	/* place in t of the triple before */

	for (int32_t i = 0; i <= n; i++)
	{
		int32_t		at = i + SHARED_WORDS <= n ? find_triple(t, words + i, -1) : -1;

		if (before >= 0 && at != before + 1)
		{
			int32_t		run = stretch_information(words, run_start, i - 1 + SHARED_WORDS);
			int32_t		run_words = i - 1 + SHARED_WORDS - run_start;

			/* Of two that weigh the same the one of more words: whichever text is read first. */
			if (run > overlap->longest || (run == overlap->longest && run_words > overlap->longest_words))
			{
				overlap->longest = run;
				overlap->longest_words = run_words;
			}
		}
		if (at >= 0 && (before < 0 || at != before + 1))
			run_start = i;
		if (at >= 0 && start < 0)
			start = i;
		before = at;
		if (start >= 0 && at < 0)
		{
			/* A gap shorter than a triple may still be bridged by the next one. */
			int32_t		end = i - 1 + SHARED_WORDS;
			int32_t		next = i + 1;

			while (next < end && !(next + SHARED_WORDS <= n && find_triple(t, words + next, -1) >= 0))
				next++;
			if (next < end)
				continue;
			sum += stretch_information(words, start, end);
			start = -1;
		}
	}
	return sum;
}

static int32_t
at_most(int32_t n, int32_t most)
{
	return n < most ? n : most;
}

reuse_overlap
reuse_compare(const uint32_t *a, int32_t n_a, const uint32_t *b, int32_t n_b)
{
	reuse_overlap overlap = {0};
	triples		index;

	overlap.total[0] = stretch_information(a, 0, n_a);
	overlap.total[1] = stretch_information(b, 0, n_b);
	index_triples(&index, b, n_b);
	overlap.shared[0] = at_most(shared_information(&index, a, n_a, &overlap), overlap.total[0]);
	index_triples(&index, a, n_a);
	overlap.shared[1] = at_most(shared_information(&index, b, n_b, &overlap), overlap.total[1]);
	return overlap;
}

float
reuse_containment(const reuse_overlap *o)
{
	float		a = o->total[0] ? (float) o->shared[0] / (float) o->total[0] : 0;
	float		b = o->total[1] ? (float) o->shared[1] / (float) o->total[1] : 0;

	return a > b ? a : b;
}

/*
 * What two verbatim quotations must share, by what is known of the speakers.  Few words of two speakers are a proverb or a term that
 * both use; of one speaker in one story, a part of what he said.
 */
static const struct
{
	int32_t		shared;			/* half bits, and ... */
	int32_t		tenths;			/* ... of the shorter one's information, and ... */
	int32_t		words;			/* ... words in one stretch; */
	int32_t		longest;		/* or a stretch of so many half bits and LONG_WORDS, whatever surrounds it */
}			enough[] = {
	[SPEAKERS_UNKNOWN] = {26, 6, 5, 44},
	[SPEAKERS_AGREE] = {15, 5, SHARED_WORDS, 26},
	[SPEAKERS_DIFFER] = {32, 9, 8, 56}
};

#define LONG_WORDS 8
#define REPORTED_ENOUGH 64		/* half bits, and four fifths of both */

bool
reuse_same(const reuse_overlap *o, reuse_kind kind, reuse_speakers speakers)
{
	int32_t		shared = o->shared[0] < o->shared[1] ? o->shared[0] : o->shared[1];

	if (kind == REUSE_REPORTED)
		return shared >= REPORTED_ENOUGH && 5 * o->shared[0] >= 4 * o->total[0] && 5 * o->shared[1] >= 4 * o->total[1];
	if (o->longest >= enough[speakers].longest && o->longest_words >= LONG_WORDS)
		return true;
	return shared >= enough[speakers].shared && o->longest_words >= enough[speakers].words &&
		(10 * o->shared[0] >= enough[speakers].tenths * o->total[0] || 10 * o->shared[1] >= enough[speakers].tenths * o->total[1]);
}
