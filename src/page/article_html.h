/*
 * article_html.h - a text as a page, with what was found in it marked.
 */
#ifndef NEWS_PAGE_ARTICLE_HTML_H
#define NEWS_PAGE_ARTICLE_HTML_H

#include "text/document.h"

/*
 * One self-contained HTML5 page (UTF-8, no script, no outside resource):
 * the paragraphs with quotes, speakers, cues and names marked, and lists of
 * quotes, names and topics that link to them.  Everything of the text is
 * escaped.  Needs QUOTES, ENTITIES and TOPICS.  NUL-terminated, in the arena.
 */
char	   *article_html(const document *doc, size_t *n_bytes);

#endif
