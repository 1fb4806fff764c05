/*
 * forms.h - the forms under which a text names its entities, folded so that they can be compared.
 *
 * Inside the room entity/ only.  A form is one spelling with one kind; all
 * mentions spelled so belong to it.  Its words are folded: lower case, without
 * accents, full stops and hyphens ("El-Fattah" is two words, "U.S." is "us").
 */
#ifndef NEWS_ENTITY_FORMS_H
#define NEWS_ENTITY_FORMS_H

#include "lexicon/lexicon.h"
#include "text/document.h"

#define MAX_FORM_WORDS 16

enum
{
	WORD_INITIAL = 1 << 0,		/* one letter */
	WORD_SMALL = 1 << 1,		/* of, the, and, de, van: no part of an acronym */
	WORD_SUFFIX = 1 << 2,		/* Jr, III; Inc, Ltd */
	WORD_CAPITALS = 1 << 3,		/* written in capitals, two letters or more */
	WORD_SPELLED = 1 << 4		/* stands for two words that everybody abbreviates, and the text has them in full */
};

typedef struct name_word
{
	uint64_t	hash;			/* hash_bytes(text) */
	const char *text;			/* folded, NUL-terminated */
	int32_t		token;
	uint16_t	n_bytes;
	uint8_t		flags;
} name_word;

typedef struct form
{
	uint64_t	key;			/* of words and kind */
	uint8_t		kind;
	uint8_t		n_words;		/* at least 1 */
	uint8_t		n_core;			/* words before a suffix (Jr, Inc), at least 1 */
	name_word  *words;
	int32_t		first;			/* first mention */
	int32_t		last;
	int32_t		n;				/* mentions */
	float		weight;			/* sum of their probabilities */
	int32_t		cluster;		/* form that stands for the entity; -1 = decided mention by mention */
	int32_t		knowledge;		/* first row of the form that has its kind, -1 */
	uint32_t	types;			/* NAME_TYPE_* that the lexicon knows for the form */
	uint8_t		gender;			/* of persons, from given names and titles */
	bool		plural;
	bool		by_name;		/* the text gives it as another name of its bearer (born, alias, title of a peer): not for the row's name */
} form;

typedef struct form_table
{
	document   *doc;
	form	   *forms;			/* in order of first mention */
	int32_t		n_forms;
	int32_t    *form_of;		/* of each mention */
	int32_t    *next;			/* next mention of the same form, -1 */
} form_table;

/* Is the word in a sorted list of n? */
bool		word_in_list(const char *const *list, int n, const char *word);

/* Folded words of tokens [start, end); at most MAX_FORM_WORDS.  Texts live in the document's arena. */
int			fold_words(const document *doc, int32_t start, int32_t end, name_word *words);

/* Forms of all mentions. */
void		collect_forms(document *doc, form_table *table);

/* Are the words equal but for one letter more, less, changed or two exchanged?  Both at least `least` bytes, first letters equal. */
bool		nearly_equal(const name_word *a, const name_word *b, int least);

#endif
