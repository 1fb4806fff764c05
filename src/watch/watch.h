/*
 * watch.h - watch queries: names and phrases that somebody wants to be told about.
 *
 *   tax & !("sales tax" | vat)     words by their stems; & | ! ( ) as in tsquery, "a phrase", a <-> b, a <3> b, tax:*
 *   speaker:"Helen Archer"         who is quoted            entity:Norland   who or what is named
 *   about:"Peter Lindholm"         who is named in a quote  topic:economy    what it is about
 *   outlet:"Harbour Gazette"       who published it         exact:US         words as they are written
 *
 * parse_watch_query reads a query into its terms and a program over them; watch_words finds the terms that are words in a text.
 * Which of the others hold is for the caller to find out; watch_holds then tells whether the query does.
 */
#ifndef NEWS_WATCH_WATCH_H
#define NEWS_WATCH_WATCH_H

#include "text/document.h"

#define WATCH_MAX_BYTES 10000	/* of a query */
#define WATCH_MAX_TERMS 200
#define WATCH_MAX_WORDS 50		/* of a phrase */

typedef enum watch_field
{
	WATCH_WORDS, WATCH_EXACT, WATCH_ENTITY, WATCH_SPEAKER, WATCH_ABOUT, WATCH_TOPIC, WATCH_OUTLET, N_WATCH_FIELDS
} watch_field;

extern const char *const watch_field_names[N_WATCH_FIELDS];

typedef struct watch_word
{
	uint64_t	hash;			/* of its stem; WATCH_EXACT: of its form; unused with prefix */
	int32_t		distance;		/* words from the one before to this one */
	const char *prefix;			/* lower-cased beginning of the word, NULL when the whole word is meant */
	uint32_t	n_prefix;
} watch_word;

typedef struct watch_term
{
	watch_field field;
	const char *value;			/* as written, without quotation marks; NUL-terminated */
	bool		positive;		/* stands under an even number of ! */
	watch_word *words;			/* WATCH_WORDS and WATCH_EXACT */
	int32_t		n_words;
} watch_term;

typedef enum watch_operator
{
	WATCH_TERM, WATCH_NOT, WATCH_AND, WATCH_OR
} watch_operator;

typedef struct watch_step
{
	watch_operator operator;
	int32_t		term;			/* of WATCH_TERM */
} watch_step;

typedef struct watch_query
{
	watch_term *terms;
	int32_t		n_terms;
	watch_step *steps;			/* postfix */
	int32_t		n_steps;
	const char *problem;		/* NULL when the query is right; else what is wrong with it, ... */
	const char *remedy;			/* ... what to do about it, ... */
	uint32_t	problem_byte;	/* ... and where in the query */
} watch_query;

/* The query of any bytes; all memory is the arena's. */
const watch_query *parse_watch_query(arena *memory, const char *query, size_t n_bytes);

/* Whether the query holds when holds[t] tells it of each term. */
bool		watch_holds(const watch_query *query, const bool *holds);

/* One word of a text as phrases count them: hyphened words are taken apart, punctuation and 's are none. */
typedef struct watch_part
{
	uint64_t	stem_hash;
	uint64_t	form_hash;
	const char *lower;
	uint32_t	n_lower;
	byte_span	place;
} watch_part;

/* The words of a text whose tokens are read (STAGE_TEXT); memory is the arena's, `lower` the document's. */
watch_part *watch_parts(arena *memory, const document *doc, int32_t *n_parts);

typedef struct watch_index watch_index;

/* An index over the word terms of right queries, which must live as long as it. */
watch_index *watch_index_create(arena *memory, const watch_query *const *queries, int32_t n_queries);

typedef struct watch_match
{
	int32_t		query;
	int32_t		term;
	byte_span  *places;			/* in text order, MAX_WATCH_PLACES at most, apart from each other */
	int32_t		n_places;
} watch_match;

#define MAX_WATCH_PLACES 100

/* The word terms that a text has, by query and term.  Linear in the text; memory is the arena's. */
watch_match *watch_words(arena *memory, const watch_index *index, const document *doc, int32_t *n_matches);

#endif
