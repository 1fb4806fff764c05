/*
 * word_joins.h - which marks belong into a word.
 */
#ifndef NEWS_TEXT_WORD_JOINS_H
#define NEWS_TEXT_WORD_JOINS_H

#include "text/reading.h"

/* A paragraph that is being cut into tokens. */
typedef struct scan
{
	token_writer *writer;
	const char *text;
	uint32_t	start;
	uint32_t	end;
	bool		has_at;			/* there is an @ in it */
	bool		has_dot;		/* there is a full stop or colon in it */
} scan;

/* The character at p < end; returns its length. */
static inline uint32_t
char_at(const scan *s, uint32_t p, int32_t *character)
{
	return utf8_decode(s->text + p, s->end - p, character);
}

/* Class of the character at p, CLASS_SPACE at the end. */
static inline char_class
class_at(const scan *s, uint32_t p)
{
	int32_t		character;

	if (p >= s->end)
		return CLASS_SPACE;
	char_at(s, p, &character);
	return char_class_of(character);
}

/* Bytes of the apostrophe at p (' or a typographic one), 0 when there is none. */
uint32_t	apostrophe_length(const scan *s, uint32_t p);

/* Are the bytes [p, end) ASCII digits? */
bool		all_digits(const scan *s, uint32_t p, uint32_t end);

/*
 * The word that started at `start` has come to a mark at q: the number of bytes
 * by which it goes on, 0 when it ends here.
 */
uint32_t	word_join(const scan *s, uint32_t start, uint32_t q, int32_t mark, uint32_t length);

/* Does the full stop at q belong to the word [start, q)? */
bool		takes_period(const scan *s, uint32_t start, uint32_t q);

/* Does [start, end) end like a host name: bbc.co.uk? */
bool		ends_in_domain(const scan *s, uint32_t start, uint32_t end);

/* Is this a unit that is cut off the number before it: pm, m, km? */
bool		is_joined_unit(const char *word, uint32_t n_bytes);

#endif
