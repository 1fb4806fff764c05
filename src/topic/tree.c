/*
 * tree.c - looking up rows of the Media Topics.
 *
 * build/topic_tree.inc defines topic_tree_rows[] in depth-first order and
 * rows_by_code[], row numbers ordered by code; train/topic_tree_build.c makes it
 * from data/topics/mediatopics.tsv.gz.
 */
#include "topic/tree.h"

#include <string.h>

#include "build/topic_tree.inc"

#define N_ROWS ((int32_t) (sizeof(topic_tree_rows) / sizeof(topic_tree_rows[0])))
#define PREFIX "medtop:"
#define N_PREFIX (sizeof(PREFIX) - 1)

int32_t
topic_tree_size(void)
{
	return N_ROWS;
}

const topic_tree_entry *
topic_tree_row(int32_t row)
{
	return &topic_tree_rows[row];
}

int32_t
topic_tree_find(const char *code)
{
	int32_t		low = 0,
				high = N_ROWS;

	if (strncmp(code, PREFIX, N_PREFIX) == 0)
		code += N_PREFIX;
	while (low < high)
	{
		int32_t		middle = low + (high - low) / 2;
		int32_t		row = rows_by_code[middle];
		int			order = strcmp(topic_tree_rows[row].code + N_PREFIX, code);

		if (order == 0)
			return row;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

int
topic_tree_path(int32_t row, int32_t path[TOPIC_TREE_DEPTH])
{
	int			n = topic_tree_rows[row].level;

	for (int i = n - 1; i >= 0; i--)
	{
		path[i] = row;
		row = topic_tree_rows[row].parent;
	}
	return n;
}

int32_t
topic_tree_at_level(int32_t row, int32_t level)
{
	while (row >= 0 && topic_tree_rows[row].level > level)
		row = topic_tree_rows[row].parent;
	return row >= 0 && topic_tree_rows[row].level == level ? row : -1;
}
