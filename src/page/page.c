/*
 * page.c - a growing buffer of HTML (see page.h).
 */
#include "page/page.h"

#include <stdio.h>
#include <string.h>

page
page_begin(arena *memory)
{
	page		p = {memory, arena_alloc(memory, 4096), 0, 4096};

	return p;
}

static void
append(page *p, const char *s, size_t n)
{
	if (p->n + n + 1 > p->room)
	{
		size_t		room = p->room * 2 > p->n + n + 1 ? p->room * 2 : p->n + n + 1;
		char	   *moved = arena_alloc(p->memory, room);

		memcpy(moved, p->bytes, p->n);
		p->bytes = moved;
		p->room = room;
	}
	memcpy(p->bytes + p->n, s, n);
	p->n += n;
}

void
page_raw(page *p, const char *s)
{
	append(p, s, strlen(s));
}

static const char *
escape_of(unsigned char c)
{
	switch (c)
	{
		case '<':
			return "&lt;";
		case '>':
			return "&gt;";
		case '&':
			return "&amp;";
		case '"':
			return "&quot;";
		case '\'':
			return "&#39;";
		default:
			return c < 0x20 && c != '\n' && c != '\t' ? "" : c == 0x7f ? "" : NULL;
	}
}

void
page_text(page *p, const char *s, size_t n_bytes)
{
	size_t		from = 0;

	for (size_t i = 0; i < n_bytes; i++)
	{
		const char *escaped = escape_of((unsigned char) s[i]);

		if (!escaped)
			continue;
		append(p, s + from, i - from);
		page_raw(p, escaped);
		from = i + 1;
	}
	append(p, s + from, n_bytes - from);
}

void
page_int(page *p, long value)
{
	char		digits[24];

	snprintf(digits, sizeof(digits), "%ld", value);
	page_raw(p, digits);
}

char *
page_end(page *p, size_t *n_bytes)
{
	append(p, "", 1);
	*n_bytes = p->n - 1;
	return p->bytes;
}
