/*
 * terms.h - the terms of a text: what topics are judged from, the same in training and use.
 *
 * A term is the stem of a word (function words, numbers and addresses left out), found by its hash; a pair is
 * two terms side by side in a sentence; kinds count the known names of the text by what they are (a team, a party, a
 * company: the lexicon's name types).  A count sums the weights of the tokens, in quarters: a title's tokens weigh more than those
 * of the first paragraphs, and those more than the rest.  Lines of the page that are no news are left out.
 */
#ifndef NEWS_TOPIC_TERMS_H
#define NEWS_TOPIC_TERMS_H

#include "text/document.h"

/* Tokens behind this one tell nothing more about a text's topics. */
#define MAX_TOPIC_TOKENS 100000

typedef struct topic_term
{
	uint64_t	hash;
	uint32_t	count;			/* quarters of a token of the first paragraphs */
} topic_term;

/* Bits of the lexicon's name types (NAME_TYPE_*). */
#define N_TOPIC_KINDS 22

typedef struct topic_terms
{
	topic_term *terms;			/* in order of first appearance */
	int32_t		n_terms;
	topic_term *pairs;			/* the same */
	int32_t		n_pairs;
	uint32_t	kinds[N_TOPIC_KINDS];	/* counts */
	int32_t    *of_token;		/* n_tokens: index into terms, -1 = none */
	int32_t    *pair_of_token;	/* n_tokens: the pair that ends with the token, -1 = none */
	int32_t		n_tokens;		/* of the document, at most MAX_TOPIC_TOKENS */
} topic_terms;

/* Needs STAGE_TEXT.  Memory is the document's. */
topic_terms topic_terms_of(const document *doc);

/* Stem of a lower-cased word of any kind and length, its length in *n_stem_bytes; valid until the next call. */
const char *stem_of(const char *lower, uint32_t n_bytes, uint32_t *n_stem_bytes);

#endif
