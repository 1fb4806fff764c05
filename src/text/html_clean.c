/*
 * html_clean.c - makes any HTML harmless for a tree builder.
 *
 * In: any bytes.  Out: text, and tags of the block elements below without attributes.
 *
 * Tree builders after the HTML5 rules are quadratic, or worse, in the depth of open
 * elements, in open formatting elements and in attributes.  So this pass, one
 * scan with a stack of bounded height, drops inline elements and attributes, and the tags
 * of what is nested too deep; end tags without a start are dropped too, so that the stack here is never
 * lower than the builder's.  Raw text (scripts, styles) is skipped to its end tag.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE				/* memrchr */
#endif
#include "text/html_clean.h"

#include <stdbool.h>
#include <string.h>

#include "text/utf8.h"

#define LONGEST_NAME 12

typedef enum element_kind
{
	ELEMENT_UNKNOWN,			/* tag dropped, text kept */
	ELEMENT_BLOCK,				/* on the stack */
	ELEMENT_ITEM,				/* ends by itself: p, li, td; not on the stack */
	ELEMENT_BREAK,
	ELEMENT_SKIPPED				/* dropped up to its end tag */
} element_kind;

typedef struct element
{
	const char *name;
	uint8_t		kind;
} element;

/* Sorted by name. */
static const element elements[] = {
	{"address", ELEMENT_BLOCK}, {"article", ELEMENT_BLOCK}, {"aside", ELEMENT_BLOCK}, {"audio", ELEMENT_SKIPPED},
	{"blockquote", ELEMENT_BLOCK}, {"br", ELEMENT_BREAK}, {"button", ELEMENT_SKIPPED}, {"canvas", ELEMENT_SKIPPED},
	{"caption", ELEMENT_ITEM}, {"center", ELEMENT_BLOCK}, {"dd", ELEMENT_ITEM}, {"details", ELEMENT_BLOCK}, {"dialog", ELEMENT_SKIPPED},
	{"div", ELEMENT_BLOCK}, {"dl", ELEMENT_BLOCK}, {"dt", ELEMENT_ITEM}, {"fieldset", ELEMENT_BLOCK},
	{"figcaption", ELEMENT_BLOCK}, {"figure", ELEMENT_BLOCK}, {"footer", ELEMENT_BLOCK}, {"form", ELEMENT_UNKNOWN}, {"h1", ELEMENT_BLOCK},
	{"h2", ELEMENT_BLOCK}, {"h3", ELEMENT_BLOCK}, {"h4", ELEMENT_BLOCK}, {"h5", ELEMENT_BLOCK}, {"h6", ELEMENT_BLOCK},
	{"header", ELEMENT_BLOCK}, {"hr", ELEMENT_ITEM}, {"iframe", ELEMENT_SKIPPED}, {"li", ELEMENT_ITEM}, {"main", ELEMENT_BLOCK},
	{"math", ELEMENT_SKIPPED}, {"nav", ELEMENT_BLOCK}, {"noembed", ELEMENT_SKIPPED}, {"noframes", ELEMENT_SKIPPED},
	{"noscript", ELEMENT_SKIPPED}, {"object", ELEMENT_SKIPPED}, {"ol", ELEMENT_BLOCK}, {"p", ELEMENT_ITEM}, {"pre", ELEMENT_BLOCK},
	{"script", ELEMENT_SKIPPED}, {"section", ELEMENT_BLOCK}, {"select", ELEMENT_SKIPPED}, {"style", ELEMENT_SKIPPED},
	{"summary", ELEMENT_BLOCK}, {"svg", ELEMENT_SKIPPED}, {"table", ELEMENT_BLOCK}, {"tbody", ELEMENT_ITEM}, {"td", ELEMENT_ITEM},
	{"template", ELEMENT_SKIPPED}, {"textarea", ELEMENT_SKIPPED}, {"tfoot", ELEMENT_ITEM}, {"th", ELEMENT_ITEM}, {"thead", ELEMENT_ITEM},
	{"title", ELEMENT_SKIPPED}, {"tr", ELEMENT_ITEM}, {"ul", ELEMENT_BLOCK}, {"video", ELEMENT_SKIPPED},
};

#define N_ELEMENTS ((int) (sizeof(elements) / sizeof(elements[0])))

typedef struct cleaner
{
	const char *html;
	size_t		n;
	size_t		last_end;		/* position behind the last '>' */
	bool		no_quote[2];	/* no " (') follows */
	bool		no_end[N_ELEMENTS]; /* no end tag of this element follows */
	char	   *out;
	size_t		n_out;
	const element *open[DEEPEST_ELEMENT];
	int			n_open;
	int			n_too_deep;		/* start tags dropped for depth, their end tags to come */
} cleaner;

typedef struct tag
{
	size_t		end;			/* behind '>' */
	bool		is_end;
	bool		is_hidden;
	const element *element;		/* NULL for names that are not in the table */
	const char *name;
	size_t		name_bytes;
} tag;

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Order of s[0 .. n) in lower case against a name. */
static int
compare_name(const char *s, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!name[i] || lower(s[i]) != name[i])
			return (unsigned char) lower(s[i]) < (unsigned char) name[i] ? -1 : 1;
	return name[n] ? -1 : 0;
}

static const element *
find_element(const char *s, size_t n)
{
	int			low = 0;
	int			high = N_ELEMENTS - 1;

	if (n > LONGEST_NAME)
		return NULL;
	while (low <= high)
	{
		int			middle = (low + high) / 2;
		int			order = compare_name(s, n, elements[middle].name);

		if (order == 0)
			return &elements[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return NULL;
}

static void
write_bytes(cleaner *c, const char *s, size_t n)
{
	memcpy(c->out + c->n_out, s, n);
	c->n_out += n;
}

/* --- tags -------------------------------------------------------------------- */

/* Does the value of a style attribute hide? */
static bool
style_hides(const char *s, size_t n)
{
	for (size_t i = 0; i + 11 < n; i++)
	{
		if (lower(s[i]) != 'd' || compare_name(s + i, 7, "display") != 0)
			continue;
		for (i += 7; i < n && (is_space(s[i]) || s[i] == ':'); i++)
			;
		return n - i >= 4 && compare_name(s + i, 4, "none") == 0;
	}
	return false;
}

static bool
attribute_hides(const char *name, size_t name_bytes, const char *value, size_t value_bytes)
{
	if (compare_name(name, name_bytes, "hidden") == 0)
		return true;
	if (compare_name(name, name_bytes, "aria-hidden") == 0)
		return compare_name(value, value_bytes, "true") == 0;
	return compare_name(name, name_bytes, "style") == 0 && style_hides(value, value_bytes);
}

/* Position of the closing quotation mark of an attribute, n when there is none. */
static size_t
quote_end(cleaner *c, size_t at, char quote)
{
	bool	   *none = &c->no_quote[quote == '\''];
	const char *end = *none ? NULL : memchr(c->html + at, quote, c->n - at);

	if (!end)
		*none = true;
	return end ? (size_t) (end - c->html) : c->n;
}

/* Reads the attribute at `at`; returns the position behind it. */
static size_t
read_attribute(cleaner *c, size_t at, bool *hides)
{
	size_t		name = at;
	size_t		name_end;
	size_t		value;
	size_t		value_end;
	char		quote;

	while (at < c->n && !is_space(c->html[at]) && !memchr("=>/", c->html[at], 3))
		at++;
	name_end = at;
	while (at < c->n && is_space(c->html[at]))
		at++;
	value = value_end = at;
	if (at < c->n && c->html[at] == '=')
	{
		at++;
		while (at < c->n && is_space(c->html[at]))
			at++;
		quote = at < c->n ? c->html[at] : '\0';
		if ((quote == '"' || quote == '\'') && quote_end(c, at + 1, quote) < c->n)
		{
			value = at + 1;
			value_end = quote_end(c, at + 1, quote);
			at = value_end + 1;
		}
		else
		{
			value = at;
			while (at < c->n && !is_space(c->html[at]) && c->html[at] != '>')
				at++;
			value_end = at;
		}
	}
	if (attribute_hides(c->html + name, name_end - name, c->html + value, value_end - value))
		*hides = true;
	return at > name ? at : at + 1;
}

/* Reads the tag whose '<' stands at `at`; false when none does. */
static bool
read_tag(cleaner *c, size_t at, tag *t)
{
	size_t		p = at + 1;

	*t = (tag) {0};
	if (p < c->n && c->html[p] == '/')
	{
		t->is_end = true;
		p++;
	}
	if (p >= c->n || p >= c->last_end || lower(c->html[p]) < 'a' || lower(c->html[p]) > 'z')
		return false;
	t->name = c->html + p;
	while (p < c->n && !is_space(c->html[p]) && c->html[p] != '>' && c->html[p] != '/')
		p++;
	t->name_bytes = (size_t) (c->html + p - t->name);
	t->element = find_element(t->name, t->name_bytes);
	while (p < c->n && c->html[p] != '>')
	{
		if (is_space(c->html[p]) || c->html[p] == '/')
			p++;
		else
			p = read_attribute(c, p, &t->is_hidden);
	}
	t->end = p < c->n ? p + 1 : c->n;
	return true;
}

/* Position behind the end tag </name> that follows `at`; `at` when there is none. */
static size_t
behind_end_tag(const cleaner *c, size_t at, const char *name, size_t name_bytes)
{
	size_t		p = at;

	while (p < c->n)
	{
		const char *found = memchr(c->html + p, '<', c->n - p);
		size_t		q;
		const char *end;

		if (!found)
			break;
		q = (size_t) (found - c->html);
		p = q + 1;
		if (c->n - q < name_bytes + 3 || c->html[q + 1] != '/')
			continue;
		for (size_t i = 0; i < name_bytes; i++)
			if (lower(c->html[q + 2 + i]) != lower(name[i]))
				goto next;
		if (!is_space(c->html[q + 2 + name_bytes]) && c->html[q + 2 + name_bytes] != '>' && c->html[q + 2 + name_bytes] != '/')
			continue;
		end = memchr(c->html + q, '>', c->n - q);
		return end ? (size_t) (end - c->html) + 1 : c->n;
next:
		;
	}
	return at;
}

/* --- the stack --------------------------------------------------------------- */

static void
write_tag(cleaner *c, const tag *t)
{
	write_bytes(c, t->is_end ? "</" : "<", t->is_end ? 2 : 1);
	write_bytes(c, t->element->name, strlen(t->element->name));
	if (t->is_hidden && !t->is_end)
		write_bytes(c, " hidden", 7);
	write_bytes(c, ">", 1);
}

static void
open_block(cleaner *c, const tag *t)
{
	if (c->n_open == DEEPEST_ELEMENT)
	{
		c->n_too_deep++;
		write_bytes(c, " ", 1);
		return;
	}
	c->open[c->n_open++] = t->element;
	write_tag(c, t);
}

/* An end tag counts when its element is open; it does not reach out of a table. */
static void
close_block(cleaner *c, const tag *t)
{
	write_bytes(c, " ", 1);
	if (c->n_too_deep)
	{
		c->n_too_deep--;
		return;
	}
	for (int i = c->n_open - 1; i >= 0; i--)
	{
		if (c->open[i] == t->element)
		{
			c->n_open = i;
			write_tag(c, t);
			return;
		}
		if (strcmp(c->open[i]->name, "table") == 0)
			return;
	}
}

/* Skips the content of an element that is left out; returns the position behind it. */
static size_t
skip_element(cleaner *c, const tag *t)
{
	size_t		end;

	if (t->is_end || (t->element && c->no_end[t->element - elements]))
		return t->end;
	end = behind_end_tag(c, t->end, t->name, t->name_bytes);
	if (end == t->end && t->element)
		c->no_end[t->element - elements] = true;
	return end;
}

/* Takes the tag at `at`; returns the position behind what it stands for. */
static size_t
take_tag(cleaner *c, const tag *t)
{
	switch (t->element ? (element_kind) t->element->kind : ELEMENT_UNKNOWN)
	{
		case ELEMENT_BLOCK:
			if (t->is_end)
				close_block(c, t);
			else
				open_block(c, t);
			break;
		case ELEMENT_ITEM:
			if (!c->n_too_deep)
				write_tag(c, t);
			break;
		case ELEMENT_BREAK:
			write_bytes(c, LINE_BREAK, LINE_BREAK_BYTES);
			break;
		case ELEMENT_SKIPPED:
			return skip_element(c, t);
		case ELEMENT_UNKNOWN:
			break;
	}
	return t->end;
}

/* --- the scan ---------------------------------------------------------------- */

/* Behind the comment, declaration or processing instruction at `at`, `at` when there is none. */
static size_t
behind_comment(const cleaner *c, size_t at)
{
	const char *end;

	if (at + 1 >= c->n || (c->html[at + 1] != '!' && c->html[at + 1] != '?') || at >= c->last_end)
		return at;
	if (c->n - at >= 4 && memcmp(c->html + at, "<!--", 4) == 0)
	{
		end = memmem(c->html + at + 2, c->n - at - 2, "-->", 3);
		return end ? (size_t) (end - c->html) + 3 : c->n;
	}
	end = memchr(c->html + at, '>', c->n - at);
	return end ? (size_t) (end - c->html) + 1 : at;
}

/* Bytes of the numeric reference at s whose number is no character's, so that libgumbo would overflow on it; else 0. */
static size_t
huge_number(const char *s, size_t n)
{
	size_t		p = 2;
	size_t		digits;
	bool		hexadecimal;

	if (n < 4 || s[1] != '#')
		return 0;
	hexadecimal = lower(s[p]) == 'x';
	p += hexadecimal;
	while (p < n && s[p] == '0')
		p++;
	for (digits = p; p < n; p++)
		if (!(s[p] >= '0' && s[p] <= '9') && !(hexadecimal && lower(s[p]) >= 'a' && lower(s[p]) <= 'f'))
			break;
	if (p - digits <= 7)
		return 0;
	return p < n && s[p] == ';' ? p + 1 : p;
}

/* Replaces such references by U+FFFD, in place: only now, for what was dropped may have joined their parts. */
static void
replace_huge_numbers(cleaner *c)
{
	size_t		to = 0;

	for (size_t at = 0; at < c->n_out;)
	{
		size_t		length = c->out[at] == '&' ? huge_number(c->out + at, c->n_out - at) : 0;

		if (length)
		{
			memcpy(c->out + to, "\xEF\xBF\xBD", 3);
			to += 3;
			at += length;
		}
		else
			c->out[to++] = c->out[at++];
	}
	c->n_out = to;
}

char *
html_clean(arena *memory, const char *html, size_t n_bytes, size_t *n_out)
{
	cleaner		c = {.html = html, .n = n_bytes};
	const char *last = n_bytes ? memrchr(html, '>', n_bytes) : NULL;
	size_t		at = 0;

	c.last_end = last ? (size_t) (last - html) + 1 : 0;
	/* nothing grows more than '<' in a text, which becomes "&lt;" */
	c.out = arena_alloc(memory, n_bytes * 4 + 16);
	while (at < n_bytes)
	{
		tag			t;
		size_t		behind;

		if (html[at] == '<' && (behind = behind_comment(&c, at)) > at)
			at = behind;
		else if (html[at] == '<' && read_tag(&c, at, &t))
			at = take_tag(&c, &t);
		else
		{
			if (html[at] == '<')
				write_bytes(&c, "&lt;", 4);
			else if (html[at] == '\0')
				write_bytes(&c, " ", 1);
			else
				write_bytes(&c, html + at, 1);
			at++;
		}
	}
	replace_huge_numbers(&c);
	*n_out = c.n_out;
	return c.out;
}
