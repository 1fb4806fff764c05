/*
 * page.h - HTML written piece by piece into an arena.
 */
#ifndef NEWS_PAGE_PAGE_H
#define NEWS_PAGE_PAGE_H

#include "text/arena.h"

typedef struct page
{
	arena	   *memory;
	char	   *bytes;
	size_t		n;
	size_t		room;
} page;

page		page_begin(arena *memory);

/* As it is: markup of ours. */
void		page_raw(page *p, const char *s);

/* Escaped for text and for attribute values in double quotes; control characters but newline and tab are dropped. */
void		page_text(page *p, const char *s, size_t n_bytes);

/* page_raw of a number. */
void		page_int(page *p, long value);

/* NUL-terminated bytes. */
char	   *page_end(page *p, size_t *n_bytes);

#endif
