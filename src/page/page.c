/*
 * page.c - a growing buffer of HTML (see page.h).
 */
#include "page/page.h"

#include <stdio.h>
#include <string.h>

#include "embed.h"

EMBED(page_style, "src/page/page.css");
EMBED(report_style, "src/page/report.css");

#define MOST_OF_A_TITLE 120

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

/* U+202A..U+202E and U+2066..U+2069: they would turn what stands after them on the page. */
static bool
turns_direction(const unsigned char *s, size_t n)
{
	return n >= 3 && s[0] == 0xe2 &&
		((s[1] == 0x80 && s[2] >= 0xaa && s[2] <= 0xae) || (s[1] == 0x81 && s[2] >= 0xa6 && s[2] <= 0xa9));
}

void
page_text(page *p, const char *s, size_t n_bytes)
{
	const unsigned char *bytes = (const unsigned char *) s;
	size_t		from = 0;

	for (size_t i = 0; i < n_bytes; i++)
	{
		bool		turns = bytes[i] == 0xe2 && turns_direction(bytes + i, n_bytes - i);
		const char *escaped = turns ? "" : escape_of(bytes[i]);

		if (!escaped)
			continue;
		append(p, s + from, i - from);
		page_raw(p, escaped);
		if (turns)
			i += 2;
		from = i + 1;
	}
	append(p, s + from, n_bytes - from);
}

void
page_string(page *p, const char *s)
{
	page_text(p, s, strlen(s));
}

void
page_start(page *p, const char *s, size_t n_bytes, size_t most)
{
	size_t		end = n_bytes;

	if (n_bytes > most)
		for (end = most; end > 0 && ((unsigned char) s[end] & 0xC0) == 0x80; end--)
			;
	page_text(p, s, end);
	if (end < n_bytes)
		page_raw(p, "…");
}

void
page_int(page *p, long value)
{
	char		digits[24];

	snprintf(digits, sizeof(digits), "%ld", value);
	page_raw(p, digits);
}

void
page_head(page *p, const char *title, size_t n_bytes, const char *more_style)
{
	page_raw(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			 "<meta name=\"referrer\" content=\"no-referrer\">\n"
			 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
			 "<title>");
	page_start(p, title, n_bytes, MOST_OF_A_TITLE);
	page_raw(p, "</title>\n<style>\n");
	append(p, (const char *) page_style_data, EMBED_BYTES(page_style));
	if (more_style)
		page_raw(p, more_style);
	page_raw(p, "</style>\n</head>\n<body>\n");
}

const char *
page_report_style(void)
{
	return (const char *) report_style_data;
}

void
page_foot(page *p)
{
	page_raw(p, "</body>\n</html>\n");
}

char *
page_end(page *p, size_t *n_bytes)
{
	append(p, "", 1);
	*n_bytes = p->n - 1;
	return p->bytes;
}
