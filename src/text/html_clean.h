/*
 * html_clean.h - HTML of a few safe elements out of any HTML.
 */
#ifndef NEWS_TEXT_HTML_CLEAN_H
#define NEWS_TEXT_HTML_CLEAN_H

#include <stddef.h>

#include "text/arena.h"

#define DEEPEST_ELEMENT 200		/* elements open at once in what html_clean gives */

/* What html_clean writes for <br>: LINE SEPARATOR, U+2028, shorter than the tag. */
#define LINE_BREAK "\xE2\x80\xA8"
#define LINE_BREAK_BYTES 3

/*
 * Copies html without comments, attributes, inline elements (their text stays),
 * scripts and the like, and without the tags of elements nested deeper than
 * DEEPEST_ELEMENT.  A hidden element keeps the attribute `hidden`.  Returns
 * *n_out bytes from `memory`.
 */
char	   *html_clean(arena *memory, const char *html, size_t n_bytes, size_t *n_out);

#endif
