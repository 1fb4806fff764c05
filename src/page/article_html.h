/*
 * article_html.h - a text as a page, with what was found in it marked.
 */
#ifndef NEWS_PAGE_ARTICLE_HTML_H
#define NEWS_PAGE_ARTICLE_HTML_H

#include "text/document.h"

#define ARTICLE_HTML_STAGES (STAGE_QUOTES | STAGE_ENTITIES | STAGE_TOPICS | STAGE_KEYPHRASES)

/*
 * One self-contained HTML5 page (UTF-8, no script, no outside resource): the
 * paragraphs with quotes, speakers, cues and names marked, and beside them the
 * quotes by speaker, names and key phrases, linked both ways.  Everything of
 * the text is escaped.  Needs ARTICLE_HTML_STAGES.  NUL-terminated, in `memory`.
 */
char	   *article_html(const document *doc, arena *memory, size_t *n_bytes);

#endif
