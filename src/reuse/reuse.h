/*
 * reuse.h - one quotation in its variants: shortened, split, punctuated anew, inside a longer one.
 *
 * A quotation is a sequence of words, each packed into 32 bits with the information that it carries.  Keys (shingles of
 * about equal information) find candidates in an index; comparing the two sequences decides.
 *
 * Information is counted in half bits, from document frequencies of the lexicon: a common phrase ("I don't know") carries
 * so little that it has no key and belongs to no family.
 */
#ifndef NEWS_REUSE_REUSE_H
#define NEWS_REUSE_REUSE_H

#include "text/document.h"

#define REUSE_MAX_WORDS 512		/* of a quotation; what stands behind them is not looked at */
#define REUSE_MAX_KEYS 128

/* Bits of a word: 22 of hash, 5 of information on its own, 5 behind the word before it. */
#define REUSE_HASH(word) ((word) >> 10)
#define REUSE_ALONE(word) (((word) >> 5) & 31)
#define REUSE_BEHIND(word) ((word) & 31)

typedef enum reuse_kind
{
	REUSE_VERBATIM,				/* words between quotation marks */
	REUSE_REPORTED				/* indirect speech: agency copy only, long and nearly the same */
} reuse_kind;

/* How far two quotations share words; information in half bits. */
typedef struct reuse_overlap
{
	int32_t		total[2];		/* information of each */
	int32_t		shared[2];		/* of it, in stretches of three words or more that the other has too */
	int32_t		longest;		/* information of the longest such stretch */
	int32_t		longest_words;
} reuse_overlap;

/* The words of a text whose tokens are read (STAGE_TEXT), without punctuation; returns their number, at most REUSE_MAX_WORDS. */
int32_t		reuse_words(const document *doc, uint32_t words[REUSE_MAX_WORDS]);

/*
 * Keys of a quotation, ordered, each once; returns their number.  Two verbatim quotations of which one holds the other
 * share a key; of reported ones, two that are nearly the same do.  None when the quotation says too little.
 */
int32_t		reuse_keys(const uint32_t *words, int32_t n_words, reuse_kind kind, uint32_t keys[REUSE_MAX_KEYS]);

/* n_a, n_b at most REUSE_MAX_WORDS. */
reuse_overlap reuse_compare(const uint32_t *a, int32_t n_a, const uint32_t *b, int32_t n_b);

/* What is known of two speakers. */
typedef enum reuse_speakers
{
	SPEAKERS_UNKNOWN,			/* one at least is not named */
	SPEAKERS_AGREE,
	SPEAKERS_DIFFER
} reuse_speakers;

/* Whether the two are one quotation. */
bool		reuse_same(const reuse_overlap *overlap, reuse_kind kind, reuse_speakers speakers);

/* The part of the shorter one's information that the longer one has, 0..1. */
float		reuse_containment(const reuse_overlap *overlap);

#endif
