/*
 * repair_mentions.h - one spelling, one reading.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_REPAIR_MENTIONS_H
#define NEWS_ENTITY_REPAIR_MENTIONS_H

#include "text/document.h"

/*
 * Rewrites doc->mentions so that a spelling is read alike everywhere in the text: what the
 * tagger saw in some sentences and missed in others is added, a kind that most of its
 * places deny is corrected.
 */
void		repair_mentions(document *doc);

#endif
