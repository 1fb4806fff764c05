/*
 * utf8.c - decoding, classes and folding of characters.
 *
 * Overlong forms, surrogates and code points above U+10FFFF are invalid, as in
 * the Unicode standard (table 3-7).
 */
#include "text/utf8.h"

#include <utf8proc.h>

#define P CLASS_PUNCTUATION
#define S CLASS_SPACE
#define D CLASS_DIGIT
#define L CLASS_LOWER
#define U CLASS_UPPER

const uint8_t ascii_class[128] = {
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
	S, P, P, P, P, P, P, P, P, P, P, P, P, P, P, P,
	D, D, D, D, D, D, D, D, D, D, P, P, P, P, P, P,
	P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
	U, U, U, U, U, U, U, U, U, U, U, P, P, P, P, P,
	P, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
	L, L, L, L, L, L, L, L, L, L, L, P, P, P, P, S
};

#undef P
#undef S
#undef D
#undef L
#undef U

static bool
is_continuation(char c)
{
	return ((unsigned char) c & 0xC0) == 0x80;
}

uint32_t
utf8_decode_slow(const char *s, size_t n_bytes, int32_t *character)
{
	uint32_t	lead = (unsigned char) s[0];
	uint32_t	length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	uint32_t	value;
	static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};

	*character = REPLACEMENT_CHARACTER;
	if (lead < 0xC2 || lead > 0xF4 || n_bytes < length)
		return 1;
	value = lead & (0xFFu >> (length + 1));
	for (uint32_t i = 1; i < length; i++)
	{
		if (!is_continuation(s[i]))
			return 1;
		value = value << 6 | ((unsigned char) s[i] & 0x3F);
	}
	if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 1;
	*character = (int32_t) value;
	return length;
}

uint32_t
utf8_encode(int32_t character, char *out)
{
	return (uint32_t) utf8proc_encode_char(character, (utf8proc_uint8_t *) out);
}

char_class
char_class_slow(int32_t character)
{
	if (character == 0x200B || character == 0xFEFF || character == 0x85)
		return CLASS_SPACE;
	switch (utf8proc_category(character))
	{
		case UTF8PROC_CATEGORY_LU:
		case UTF8PROC_CATEGORY_LT:
			return CLASS_UPPER;
		case UTF8PROC_CATEGORY_LL:
			return CLASS_LOWER;
		case UTF8PROC_CATEGORY_LM:
		case UTF8PROC_CATEGORY_LO:
		case UTF8PROC_CATEGORY_NL:
			return CLASS_LETTER;
		case UTF8PROC_CATEGORY_ND:
		case UTF8PROC_CATEGORY_NO:
			return CLASS_DIGIT;
		case UTF8PROC_CATEGORY_MN:
		case UTF8PROC_CATEGORY_MC:
		case UTF8PROC_CATEGORY_ME:
		case UTF8PROC_CATEGORY_CF:
			return CLASS_MARK;
		case UTF8PROC_CATEGORY_ZS:
		case UTF8PROC_CATEGORY_ZL:
		case UTF8PROC_CATEGORY_ZP:
		case UTF8PROC_CATEGORY_CC:
			return CLASS_SPACE;
		default:
			return CLASS_PUNCTUATION;
	}
}

uint32_t
utf8_fold(int32_t character, char *out)
{
	utf8proc_int32_t folded[4];
	int			boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n;
	uint32_t	length = 0;

	n = utf8proc_decompose_char(character, folded, 4, UTF8PROC_CASEFOLD, &boundary);
	if (n < 1 || n > 3)
		return utf8_encode(character, out);
	for (utf8proc_ssize_t i = 0; i < n; i++)
		length += utf8_encode(folded[i], out + length);
	return length;
}

uint32_t
utf8_count(const char *s, size_t n_bytes)
{
	uint32_t	n = 0;
	int32_t		character;

	for (size_t i = 0; i < n_bytes; n++)
		i += utf8_decode(s + i, n_bytes - i, &character);
	return n;
}
