/*
 * markup.c - HTML that was left in a plain text: tags and character entities.
 *
 * Only names of a short list count, so that "<grin>" or "AT&T" stay as they are.
 */
#include "text/reading.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_TAG 300			/* bytes */
#define LONGEST_ENTITY 10

typedef struct tag_name
{
	const char *name;
	bool		is_block;
} tag_name;

static const tag_name tag_names[] = {
	{"a", false}, {"b", false}, {"blockquote", true}, {"br", true}, {"div", true}, {"em", false},
	{"font", false}, {"h1", true}, {"h2", true}, {"h3", true}, {"h4", true}, {"hr", true},
	{"i", false}, {"img", false}, {"li", true}, {"ol", true}, {"p", true}, {"section", true}, {"span", false},
	{"strong", false}, {"sub", false}, {"sup", false}, {"table", true}, {"td", true},
	{"tr", true}, {"u", false}, {"ul", true},
};

typedef struct entity_name
{
	const char *name;
	int32_t		character;
} entity_name;

static const entity_name entity_names[] = {
	{"amp", '&'}, {"apos", '\''}, {"bull", 0x2022}, {"copy", 0xA9}, {"euro", 0x20AC}, {"gt", '>'}, {"hellip", 0x2026},
	{"laquo", 0xAB}, {"ldquo", 0x201C}, {"lsquo", 0x2018}, {"lt", '<'}, {"mdash", 0x2014}, {"nbsp", 0xA0},
	{"ndash", 0x2013}, {"pound", 0xA3}, {"quot", '"'}, {"raquo", 0xBB}, {"rdquo", 0x201D}, {"rsquo", 0x2019},
	{"shy", 0xAD},
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static bool
same_word(const char *name, const char *s, size_t n_bytes)
{
	size_t		i;

	for (i = 0; i < n_bytes && name[i]; i++)
		if ((s[i] | 0x20) != name[i] && s[i] != name[i])
			return false;
	return i == n_bytes && !name[i];
}

uint32_t
tag_length(const char *s, size_t n_bytes, bool *is_block)
{
	size_t		i = 1;
	size_t		name;
	const char *end;

	if (n_bytes < 3 || s[0] != '<')
		return 0;
	if (s[1] == '/')
		i = 2;
	name = i;
	while (i < n_bytes && i < 16 && (unsigned char) s[i] < 0x80 && class_is_word((char_class) ascii_class[(unsigned char) s[i]]))
		i++;
	if (i == name || i >= n_bytes || !memchr(" \t\n/>", s[i], 5))
		return 0;
	for (size_t t = 0; t < LENGTH(tag_names); t++)
	{
		if (!same_word(tag_names[t].name, s + name, i - name))
			continue;
		end = memchr(s + i, '>', n_bytes - i < LONGEST_TAG ? n_bytes - i : LONGEST_TAG);
		*is_block = tag_names[t].is_block;
		return end ? (uint32_t) (end - s) + 1 : 0;
	}
	return 0;
}

/* &#8217; and &#x2019; */
static uint32_t
numeric_entity(const char *s, size_t n_bytes, int32_t *character)
{
	size_t		i = 2;
	int32_t		base = 10;
	int32_t		value = 0;

	if (i < n_bytes && (s[i] | 0x20) == 'x')
	{
		base = 16;
		i++;
	}
	for (; i < n_bytes && i < LONGEST_ENTITY; i++)
	{
		int32_t		digit = s[i] >= '0' && s[i] <= '9' ? s[i] - '0' :
			base == 16 && (s[i] | 0x20) >= 'a' && (s[i] | 0x20) <= 'f' ? (s[i] | 0x20) - 'a' + 10 : -1;

		if (digit < 0)
			break;
		value = value * base + digit;
		if (value > 0x10FFFF)
			return 0;
	}
	if (value == 0 || i >= n_bytes || s[i] != ';')
		return 0;
	*character = value;
	return (uint32_t) i + 1;
}

uint32_t
entity_length(const char *s, size_t n_bytes, int32_t *character)
{
	const char *end;

	if (n_bytes < 4 || s[0] != '&')
		return 0;
	if (s[1] == '#')
		return numeric_entity(s, n_bytes, character);
	end = memchr(s, ';', n_bytes < LONGEST_ENTITY ? n_bytes : LONGEST_ENTITY);
	if (!end)
		return 0;
	for (size_t e = 0; e < LENGTH(entity_names); e++)
		if (strlen(entity_names[e].name) == (size_t) (end - s - 1) &&
			memcmp(entity_names[e].name, s + 1, (size_t) (end - s - 1)) == 0)
		{
			*character = entity_names[e].character;
			return (uint32_t) (end - s) + 1;
		}
	return 0;
}
