/*
 * signature.h - what an article is about as weighted words and sampled word sequences, small enough to keep beside the article.
 *
 * The packed form is the same bytes on every platform (numbers are little-endian):
 *
 *   byte 0        SIGNATURE_FORMAT
 *   byte 1        number of terms T, at most SIGNATURE_TERMS
 *   byte 2        number of shingles S, at most SIGNATURE_SHINGLES
 *   byte 3        0
 *   bytes 4..7    number of distinct shingles of the text that S were sampled from, estimated when it is more than S
 *   T x uint32    terms: hashes of words, ascending
 *   T x uint16    their weights; their squares add up to about SIGNATURE_UNIT^2
 *   S x uint32    the smallest hashes of four words in a row, ascending
 */
#ifndef NEWS_STORY_SIGNATURE_H
#define NEWS_STORY_SIGNATURE_H

#include "text/document.h"

#define SIGNATURE_FORMAT 1
#define SIGNATURE_TERMS 100
#define SIGNATURE_SHINGLES 64
#define SIGNATURE_UNIT 65535
#define SIGNATURE_MAX_BYTES (8 + SIGNATURE_TERMS * 6 + SIGNATURE_SHINGLES * 4)

/* Tokens behind this one are not looked at. */
#define SIGNATURE_TOKENS 5000

typedef struct story_term
{
	const char *word;			/* lower case; the document's */
	uint32_t	hash;			/* never 0 */
	uint32_t	weight;			/* 1..SIGNATURE_UNIT */
} story_term;

/* A signature taken apart. */
typedef struct signature
{
	int			n_terms;
	int			n_shingles;
	uint32_t	all_shingles;
	uint32_t	terms[SIGNATURE_TERMS];
	uint16_t	weights[SIGNATURE_TERMS];
	uint32_t	shingles[SIGNATURE_SHINGLES];
} signature;

/* The terms of a text (needs STAGE_TEXT), the weightiest first, at most SIGNATURE_TERMS; returns their number. */
int			story_terms(const document *doc, story_term *terms);

/* The packed signature of a text (needs STAGE_TEXT); `packed` has room for SIGNATURE_MAX_BYTES; returns the bytes used. */
size_t		signature_pack(const document *doc, uint8_t *packed);

/* False when the bytes are no signature of this format; `out` is then without terms. */
bool		signature_unpack(const uint8_t *packed, size_t n_bytes, signature *out);

/* Indexes of the n weightiest terms, the weightiest first; returns how many there are, at most n. */
int			signature_top_terms(const signature *s, int n, int *indexes);

/* Cosine of the weighted terms, 0..1. */
double		signature_cosine(const signature *a, const signature *b);

/*
 * How much of the shorter of two texts stands word for word in the other, 0..1, by their shingles
 * (bottom-k sketches: Broder 1997).  0 when one of them has fewer than MIN_COPY_SHINGLES.
 */
double		signature_containment(const signature *a, const signature *b);

#define MIN_COPY_SHINGLES 20

#endif
