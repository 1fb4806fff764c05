/*
 * tree.h - the IPTC Media Topics tree as read-only data.
 */
#ifndef NEWS_TOPIC_TREE_H
#define NEWS_TOPIC_TREE_H

#include <stdint.h>

typedef struct topic_tree_entry
{
	const char *code;			/* "medtop:20000001" */
	const char *label;
	const char *definition;
	const char *wikidata;		/* "Q..." or "" */
	int32_t		parent;			/* row, -1 at level 1 */
	int32_t		level;			/* 1 = root topics */
} topic_tree_entry;

/* Number of rows, parents before children. */
int32_t		topic_tree_size(void);

/* 0 <= row < topic_tree_size(). */
const topic_tree_entry *topic_tree_row(int32_t row);

/* Row of a code ("medtop:20000001" or "20000001"), -1 when unknown or retired. */
int32_t		topic_tree_find(const char *code);

#endif
