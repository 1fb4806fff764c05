/*
 * marks.h - quotation marks of a document, paired.
 *
 * Understands straight, curly, low („“), guillemets («» and the single forms),
 * '' and ``, single quotes as the main mark (apostrophes told apart), nested
 * marks, an opener repeated at each paragraph of a long quotation, and a
 * missing closer: such a stretch ends with its paragraph unless the next
 * paragraph opens again.
 */
#ifndef NEWS_TEXT_MARKS_H
#define NEWS_TEXT_MARKS_H

#include "text/document.h"

typedef struct marked_stretch
{
	int32_t		open;			/* token of the opening mark */
	int32_t		close;			/* token of the closing mark; when missing, the token behind the last one inside */
	bool		has_close;
	bool		continues;		/* no closer, and the next paragraph (or the next sentence, where paragraphs were
								 * run together) has a repeated opener: the next stretch is the same quotation */
	uint8_t		depth;			/* 0 = outermost, 1 = inside another stretch, ... */
	int32_t		parent;			/* index of the enclosing stretch, -1 */
} marked_stretch;

/*
 * Stretches of the document in order of `open`; tokens (open + 1 .. close) are
 * what stands inside.  Needs STAGE_TEXT.  Allocates from the document's arena.
 */
int32_t		find_marked_stretches(const document *doc, marked_stretch **stretches);

#endif
