#include "topic/tree.h"

int32_t
topic_tree_size(void)
{
	return 0;
}

const topic_tree_entry *
topic_tree_row(int32_t row)
{
	(void) row;
	return 0;
}

int32_t
topic_tree_find(const char *code)
{
	(void) code;
	return -1;
}
