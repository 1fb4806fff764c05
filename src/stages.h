/*
 * stages.h - the stages in the order in which they run; document_need calls them.
 *
 * Contract of each: the stages named are done; the stage adds its own arrays
 * to the document and returns.  It calls document_tick at least once a
 * sentence, runs in time linear in the number of tokens (a window or a cap
 * bounds every search), and has no failure.
 */
#ifndef NEWS_STAGES_H
#define NEWS_STAGES_H

#include "text/document.h"

void		read_text(document *doc);
void		tag_words(document *doc);						/* needs TEXT */
void		tag_names(document *doc);						/* needs WORDS */
void		parse_sentence(document *doc, int32_t sentence);	/* needs WORDS; does nothing when parsed */
void		find_entities(document *doc);					/* needs NAMES */
void		find_quotes(document *doc);						/* needs ENTITIES; parses what it needs */
void		find_topics(document *doc);						/* needs TEXT */
void		find_keyphrases(document *doc);					/* needs WORDS */

#endif
