/*
 * page_shape.h - what must hold for any page of a text: elements nest and close, each quote has its place, its link and
 * its line in the list, and no markup but the page's own stands there.
 */
#ifndef NEWS_TESTS_PAGE_SHAPE_H
#define NEWS_TESTS_PAGE_SHAPE_H

#include <stdio.h>
#include <string.h>

#include "text/document.h"

#define DEEPEST 32

/* The page's elements; those behind the bar have no end tag. */
static const char page_elements[] = " html head title style body header main aside div section h1 h2 h3 p ul ol li span strong q bdi a | meta ";

static inline int
known_element(const char *name, int n)
{
	char		wanted[24];

	if (n <= 0 || n > 16)
		return 0;
	snprintf(wanted, sizeof(wanted), " %.*s ", n, name);
	return strstr(page_elements, wanted) ? (strcmp(wanted, " meta ") == 0 ? 1 : 2) : 0;
}

/* End of the tag at s ('<'): behind its '>'; NULL when it is broken.  Attributes are in double quotes. */
static inline const char *
tag_end(const char *s)
{
	int			quoted = 0;

	for (s++; *s && (quoted || *s != '>'); s++)
	{
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '<')
			return NULL;
	}
	return *s ? s + 1 : NULL;
}

static inline int
count_of(const char *html, const char *what)
{
	int			n = 0;

	for (html = strstr(html, what); html; html = strstr(html + 1, what))
		n++;
	return n;
}

/* NULL, or what is wrong with the page of `doc`. */
static inline const char *
broken_page(const document *doc, const char *html, size_t n_bytes)
{
	struct
	{
		const char *name;
		int			n;
	}			open[DEEPEST];
	int			depth = 0;

	if (strlen(html) != n_bytes || strncmp(html, "<!DOCTYPE html>\n", 16) != 0)
		return "a whole page";
	for (const char *s = strchr(html + 16, '<'); s; s = strchr(s, '<'))
	{
		int			closing = s[1] == '/';
		const char *name = s + 1 + closing;
		int			n = (int) strcspn(name, " >"),
					known = known_element(name, n);

		if (!known)
			return "elements of the page alone";
		if (closing && (depth == 0 || open[depth - 1].n != n || memcmp(open[depth - 1].name, name, (size_t) n) != 0))
			return "elements nest";
		if (!closing && known == 2)
		{
			if (depth == DEEPEST)
				return "elements nest not deep";
			open[depth].name = name;
			open[depth].n = n;
		}
		depth += closing ? -1 : known == 2;
		s = tag_end(s);
		if (!s)
			return "tags are closed";
	}
	if (depth != 0)
		return "elements are closed";
	if (count_of(html, " id=\"q") != doc->n_quotes || count_of(html, " id=\"w") != doc->n_quotes)
		return "a place in the text and a line in the list for each quote";
	if (count_of(html, " href=\"#q") != doc->n_quotes || count_of(html, " href=\"#w") != doc->n_quotes)
		return "links both ways for each quote";
	return NULL;
}

#endif
