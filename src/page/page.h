/*
 * page.h - HTML written piece by piece into an arena.
 */
#ifndef NEWS_PAGE_PAGE_H
#define NEWS_PAGE_PAGE_H

#include <stdbool.h>

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

/*
 * Escaped for text and for attribute values in quotes; control characters but newline and tab, and those that turn the
 * direction of the text after them, are dropped.
 */
void		page_text(page *p, const char *s, size_t n_bytes);

/* page_text of a NUL-terminated string. */
void		page_string(page *p, const char *s);

/* page_text of the first `most` bytes, cut between characters, with an ellipsis when something is left out. */
void		page_start(page *p, const char *s, size_t n_bytes, size_t most);

/* page_raw of a number. */
void		page_int(page *p, long value);

/*
 * <!DOCTYPE html> to <body>, with the style of all pages and a policy by which a browser runs no script and loads nothing.
 * more_style (may be NULL) is markup of ours.
 */
void		page_head(page *p, const char *title, size_t n_bytes, const char *more_style);

/* more_style of the report of a day, NUL-terminated. */
const char *page_report_style(void);

/* </body></html> */
void		page_foot(page *p);

/* NUL-terminated bytes. */
char	   *page_end(page *p, size_t *n_bytes);

#endif
