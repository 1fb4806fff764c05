/*
 * tree.h - the IPTC Media Topics tree as read-only data.
 *
 * Rows stand in depth-first order, children by code: a concept's subtree is the
 * rows [row, end).  Retired concepts are left out.  The strings are
 * NUL-terminated UTF-8 and live as long as the library.  Nothing here fails.
 */
#ifndef NEWS_TOPIC_TREE_H
#define NEWS_TOPIC_TREE_H

#include <stdint.h>

#define TOPIC_TREE_DEPTH 8		/* no concept lies deeper */

typedef struct topic_tree_entry
{
	const char *code;			/* "medtop:20000001" */
	const char *label;
	const char *definition;		/* "" when the tree gives none */
	const char *wikidata;		/* "Q..." or "" */
	int32_t		parent;			/* row, -1 at level 1 */
	int32_t		level;			/* 1 = root topics */
	int32_t		end;			/* the row after the last one below this concept */
} topic_tree_entry;

/* Number of rows, parents before children. */
int32_t		topic_tree_size(void);

/* 0 <= row < topic_tree_size(). */
const topic_tree_entry *topic_tree_row(int32_t row);

/* Row of a code ("medtop:20000001" or "20000001"), -1 when unknown or retired. */
int32_t		topic_tree_find(const char *code);

/* The rows from level 1 down to `row` itself, into path[0 ..]; returns their number. */
int			topic_tree_path(int32_t row, int32_t path[TOPIC_TREE_DEPTH]);

/* Row of the ancestor at `level` (the row itself included); -1 when the row lies above it. */
int32_t		topic_tree_at_level(int32_t row, int32_t level);

#endif
