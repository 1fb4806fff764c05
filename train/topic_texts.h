/*
 * topic_texts.h - reading the files of topics_data.py.
 */
#ifndef NEWS_TRAIN_TOPIC_TEXTS_H
#define NEWS_TRAIN_TOPIC_TEXTS_H

#include <stdbool.h>

#include "blocks.h"
#include "topic/terms.h"

typedef struct topic_text
{
	const document *doc;		/* STAGE_TEXT is done */
	topic_terms terms;
	bool		dev;
	float		weight;
	char	   *codes;			/* "20000001,20000002"; may be changed */
} topic_text;

/* Calls `each` with every text in order; its memory goes when `each` returns.  Exits on failure. */
void		topic_texts_read(const char *path, void (*each) (topic_text *text));

/* Hash of the term or pair that a label is, without what stands in parentheses; 0 when it is neither. */
uint64_t	topic_name_hash(const char *label);

#endif
