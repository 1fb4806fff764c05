/*
 * lexicon_build.h - the lexicon while lexicon_build makes it, shared by its three files:
 *
 *   lexicon_build.c    reads the tables of words and sets, keeps the strings
 *   lexicon_names.c    reads the tables of names: forms, their tokens, rows of knowledge
 *   lexicon_write.c    turns the forms into stored names and writes the file
 */
#ifndef LEXICON_BUILD_H
#define LEXICON_BUILD_H

#include "lexicon/lexicon.h"
#include "lexicon/tables.h"

#define TABLE(type) struct { type *rows; size_t n; size_t capacity; }

/* Makes room for one more element of a table. */
#define GROW(table) \
	do { \
		if ((table).n == (table).capacity) \
		{ \
			(table).capacity = (table).capacity ? 2 * (table).capacity : 1024; \
			(table).rows = grown((table).rows, (table).capacity * sizeof(*(table).rows)); \
		} \
	} while (0)

/* A key and what a table gives for it. */
typedef struct keyed
{
	uint64_t	key;
	uint32_t	value;
	uint32_t	order;
} keyed;

/* One way to write a name, one row of knowledge. */
typedef struct form
{
	uint64_t	lower_key;
	uint64_t	form_key;
	uint32_t	types;
	uint32_t	prominence;
	int32_t		knowledge;		/* -1: nothing is known but the types */
	uint32_t	order;
} form;

typedef struct lexicon_draft
{
	uint32_t	n_documents;
	TABLE(char) strings;
	TABLE(uint32_t) codes;		/* countries and regions: their strings */
	TABLE(word_info) words;
	TABLE(uint64_t) word_keys;
	TABLE(keyed) bigrams;
	TABLE(form) forms;
	TABLE(keyed) prefixes;		/* of forms; value 1 when a longer phrase begins so */
	TABLE(uint64_t) first_keys;	/* of the first tokens of forms */
	TABLE(stored_knowledge) knowledge;
	TABLE(keyed) nationalities;
} lexicon_draft;

extern lexicon_draft draft;

/* Prints a message and ends the program. */
void		fail(const char *what, const char *which);

/* realloc that does not fail. */
void	   *grown(void *old, size_t n_bytes);

/* Offset of a string in the pool, of a country or region in the codes. */
uint32_t	string_of(const char *s);
uint16_t	code_of(const char *s);
const char *code_text(uint16_t code);

/* A line of a table of names. */
void		read_name(char **columns, int n);

/* Writes the draft as lexicon.bin and says how much it holds. */
void		write_lexicon(const char *path);

#endif
