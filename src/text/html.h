/*
 * html.h - the text of an HTML body, as paragraphs.
 */
#ifndef NEWS_TEXT_HTML_H
#define NEWS_TEXT_HTML_H

#include <stddef.h>

#include "text/arena.h"

/*
 * The text of html: block elements become paragraphs with a blank line between,
 * <br>, list items and table rows become lines; entities are decoded; scripts,
 * styles, navigation, captions and hidden elements are left out.  Any bytes, no
 * failure, linear time.  Returns *n_out bytes with a NUL behind, from `memory`.
 */
char	   *html_to_text(arena *memory, const char *html, size_t n_bytes, size_t *n_out);

#endif
