/*
 * marked_text.h - the paragraphs of a document as HTML, with quotes, speakers, cues and names marked.
 */
#ifndef NEWS_PAGE_MARKED_TEXT_H
#define NEWS_PAGE_MARKED_TEXT_H

#include "page/page.h"
#include "page/voices.h"

/* Colours and highlights go round after so many voices. */
#define N_HUES 12
#define N_HIGHLIGHTS 24

/* Bytes of a name that a mark repeats: with longer ones a page would be as large as its text squared. */
#define MOST_OF_A_NAME 100

/* ` class="WHAT h3 v3"` of a voice: its colour, and what lights up with it. */
void		put_voice_class(page *p, const voices *v, int32_t voice, const char *what);

/* "Marieke van Dijk, told" as text. */
void		put_quote_label(page *p, const document *doc, const quote *q);

/*
 * The paragraphs.  Quote i (0-based) of the document has one element with id q<i+1>, whatever overlaps
 * it, and one link to #w<i+1> behind its last stretch, so that the links stand in the order of the text.  Needs QUOTES.
 */
void		put_marked_text(page *p, const document *doc, const voices *v);

#endif
