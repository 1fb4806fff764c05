/*
 * phrases.h - the noun phrases and names of a text, as candidates for its keyphrases.
 */
#ifndef NEWS_TOPIC_PHRASES_H
#define NEWS_TOPIC_PHRASES_H

#include "text/document.h"

#define MAX_PHRASE_WORDS 5

/* Tokens behind this one add no phrase. */
#define MAX_PHRASE_TOKENS 100000

/* A stem of the text. */
typedef struct phrase_word
{
	uint64_t	hash;
	int32_t		count;			/* as noun, name or adjective */
	int32_t		first;			/* token */
	uint32_t	document_frequency; /* of its most frequent form; 0 = not in the lexicon */
	double		weight;			/* set by the ranker */
} phrase_word;

typedef struct occurrence
{
	int32_t		start;			/* tokens */
	int32_t		end;
	int32_t		next;			/* of the same phrase, in text order; -1 = last */
	int32_t		phrase;
} occurrence;

typedef struct phrase
{
	uint64_t	key;			/* of its stems in order */
	int32_t		words[MAX_PHRASE_WORDS];	/* indexes of phrase_words */
	int32_t		n_words;
	int32_t		count;
	int32_t		first_occurrence;
	int32_t		last_occurrence;
	double		rank;			/* in the graph of phrases, 1 = average; set by the ranker */
	bool		is_name;		/* proper nouns only, wherever it stands */
} phrase;

typedef struct phrases
{
	phrase_word *words;
	int32_t		n_words;
	phrase	   *all;			/* in order of first occurrence */
	int32_t		n;
	occurrence *occurrences;	/* in text order */
	int32_t		n_occurrences;
} phrases;

/* Needs STAGE_WORDS.  Memory is the document's. */
phrases		phrases_of(const document *doc);

#endif
