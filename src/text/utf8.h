/*
 * utf8.h - characters of a text of any bytes.
 *
 * A byte that starts no valid UTF-8 sequence is one character, U+FFFD.  Classes
 * come from utf8proc (Unicode, the same on every machine), with a table for ASCII.
 */
#ifndef NEWS_TEXT_UTF8_H
#define NEWS_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPLACEMENT_CHARACTER 0xFFFD

typedef enum char_class
{
	CLASS_PUNCTUATION,			/* and symbols */
	CLASS_SPACE,				/* white space, controls, zero-width space, byte-order mark */
	CLASS_DIGIT,
	CLASS_LOWER,
	CLASS_UPPER,				/* and title case */
	CLASS_LETTER,				/* letters without case */
	CLASS_MARK					/* combining marks and format characters: part of the character before */
} char_class;

extern const uint8_t ascii_class[128];

/* Decodes the character at s, n_bytes > 0 bytes left; returns its length, 1 for an invalid byte. */
uint32_t	utf8_decode_slow(const char *s, size_t n_bytes, int32_t *character);

/* Writes the character, at most 4 bytes; returns their number. */
uint32_t	utf8_encode(int32_t character, char *out);

char_class	char_class_slow(int32_t character);

/* Case folding of one character into at most 12 bytes at out; returns their number. */
uint32_t	utf8_fold(int32_t character, char *out);

/* Number of characters that start in s[0 .. n_bytes). */
uint32_t	utf8_count(const char *s, size_t n_bytes);

static inline uint32_t
utf8_decode(const char *s, size_t n_bytes, int32_t *character)
{
	if ((unsigned char) *s < 0x80)
	{
		*character = *s;
		return 1;
	}
	return utf8_decode_slow(s, n_bytes, character);
}

static inline char_class
char_class_of(int32_t character)
{
	return character < 0x80 ? (char_class) ascii_class[character] : char_class_slow(character);
}

static inline bool
class_is_letter(char_class c)
{
	return c >= CLASS_LOWER && c <= CLASS_LETTER;
}

/* Letters, digits and what clings to them. */
static inline bool
class_is_word(char_class c)
{
	return c >= CLASS_DIGIT;
}

#endif
