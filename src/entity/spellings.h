/*
 * spellings.h - one spelling of a name and what a text does with it.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_SPELLINGS_H
#define NEWS_ENTITY_SPELLINGS_H

#include "text/document.h"

typedef struct spelling
{
	uint64_t	key;			/* of the tokens' form hashes */
	uint64_t	loose;			/* ... of all but the first, lower-cased */
	int32_t		n_tokens;
	int32_t		first_token;	/* of its first place */
	int32_t		next;			/* spelling with the same first token, -1 */
	int32_t		tagged;			/* places where the tagger saw it */
	int32_t		seen;			/* places where it stands */
	float		mass[N_ENTITY_KINDS];
	float		total;			/* of the tagger */
	float		lent;			/* by longer names */
	float		longer[N_ENTITY_KINDS]; /* mass of longer names that begin with it */
	int32_t		persons;		/* longer names of persons that it is a part of */
	bool		titled;			/* behind a title somewhere */
	int32_t		at;				/* places behind "at" */
	int32_t		small;			/* places of a common word where the text writes it small */
	uint8_t		kind;			/* that with the largest mass */
	bool		common;			/* also an everyday word */
	bool		inside;			/* counts only inside sentences, where the capital says something */
	bool		accepted;
} spelling;

/* Kind with the largest mass. */
uint8_t		heaviest(const float *mass);

/* The kind of all places of the spelling: by the tagger's masses, by its last word, by the longer names that begin with it. */
uint8_t		kind_of_spelling(const document *doc, const spelling *s);

#endif
