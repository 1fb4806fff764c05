/*
 * keys.c - which quotations may be one: keys for an inverted index.
 *
 * A verbatim quotation's keys are shingles (Broder 1997), each as long as it takes to carry KEY_INFORMATION and to hold KEY_WORDS
 * words of weight, which alone are hashed.  One starts at every word of weight and depends on its own words only, so a part of
 * a quotation has the keys that the whole has there.
 *
 * Reported speech changes its words from outlet to outlet; only copies are wanted.  Its keys are the few smallest hashes of the same
 * shingles (MinHash), of another family of hashes, so that they never meet those of verbatim quotations.
 */
#include "reuse/reuse.h"

#include <stdlib.h>

#define KEY_INFORMATION 15u		/* half bits */
#define KEY_WORDS 2				/* of weight, at least */
#define WEIGHT 3u				/* half bits from which a word has weight */
#define REPORTED_WORDS 10
#define REPORTED_KEYS 4

static int
by_value(const void *a, const void *b)
{
	uint32_t	x = *(const uint32_t *) a;
	uint32_t	y = *(const uint32_t *) b;

	return (x > y) - (x < y);
}

/* Orders keys and leaves each once; returns their number. */
static int32_t
order_keys(uint32_t *keys, int32_t n)
{
	int32_t		kept = 0;

	qsort(keys, (size_t) n, sizeof(*keys), by_value);
	for (int32_t i = 0; i < n; i++)
		if (kept == 0 || keys[kept - 1] != keys[i])
			keys[kept++] = keys[i];
	return kept;
}

/* The shingle from words[start], a word of weight; false when the quotation ends before it is full. */
static bool
shingle_at(const uint32_t *words, int32_t n_words, int32_t start, reuse_kind kind, uint32_t *key)
{
	uint32_t	carried = REUSE_ALONE(words[start]);
	uint64_t	hash = hash_mix((uint64_t) kind, REUSE_HASH(words[start]));
	int32_t		n_heavy = 1;

	for (int32_t i = start + 1; (carried < KEY_INFORMATION || n_heavy < KEY_WORDS) && i < n_words; i++)
	{
		carried += REUSE_BEHIND(words[i]);
		if (REUSE_ALONE(words[i]) >= WEIGHT)
		{
			hash = hash_mix(hash, REUSE_HASH(words[i]));
			n_heavy++;
		}
	}
	*key = (uint32_t) (hash >> 32);
	return carried >= KEY_INFORMATION && n_heavy >= KEY_WORDS;
}

int32_t
reuse_keys(const uint32_t *words, int32_t n_words, reuse_kind kind, uint32_t keys[REUSE_MAX_KEYS])
{
	uint32_t	shingles[REUSE_MAX_WORDS];
	int32_t		most = kind == REUSE_REPORTED ? REPORTED_KEYS : REUSE_MAX_KEYS;
	int32_t		n = 0;

	if (kind == REUSE_REPORTED && n_words < REPORTED_WORDS)
		return 0;
	for (int32_t i = 0; i < n_words; i++)
		if (REUSE_ALONE(words[i]) >= WEIGHT && shingle_at(words, n_words, i, kind, &shingles[n]))
			n++;
	n = order_keys(shingles, n);
	/* The smallest of them, when there are more than asked for: the same choice wherever the same words stand. */
	if (n > most)
		n = most;
	for (int32_t i = 0; i < n; i++)
		keys[i] = shingles[i];
	return n;
}
