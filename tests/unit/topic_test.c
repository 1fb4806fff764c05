/*
 * topic_test.c - the topic tree, topics and keyphrases of small texts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topic/tree.h"

static int	n_failed;
static int	n_done;

static void
ok(int holds, const char *what)
{
	n_done++;
	n_failed += !holds;
	printf("%s %d - %s\n", holds ? "ok" : "not ok", n_done, what);
}

static void
test_tree(void)
{
	int32_t		soccer = topic_tree_find("medtop:20001065"),
				sport = topic_tree_find("medtop:15000000"),
				path[TOPIC_TREE_DEPTH];
	int			all_found = 1,
				all_nested = 1;

	ok(topic_tree_size() == 1100, "the tree has the active concepts");
	ok(soccer >= 0 && strcmp(topic_tree_row(soccer)->label, "soccer") == 0, "a code finds its label");
	ok(topic_tree_find("20001065") == soccer, "a code without its prefix finds the same row");
	ok(topic_tree_find("medtop:20001065x") == -1 && topic_tree_find("medtop:99999999") == -1 && topic_tree_find("") == -1 && topic_tree_find("medtop:2000106") == -1,
	   "other strings find nothing");
	ok(strcmp(topic_tree_row(soccer)->wikidata, "Q2736") == 0, "a concept carries its Wikidata id");
	ok(topic_tree_path(soccer, path) == 3 && path[0] == sport && path[2] == soccer, "the path runs from the root");
	ok(topic_tree_at_level(soccer, 1) == sport && topic_tree_at_level(sport, 2) == -1, "ancestor at a level");
	for (int32_t i = 0; i < topic_tree_size(); i++)
	{
		const topic_tree_entry *c = topic_tree_row(i);

		all_found &= topic_tree_find(c->code) == i && c->label[0] != 0;
		all_nested &= c->parent < i && c->end > i && (c->parent < 0 || c->end <= topic_tree_row(c->parent)->end);
	}
	ok(all_found, "every row is found by its code and has a label");
	ok(all_nested, "subtrees are nested ranges of rows");
}

int
main(void)
{
	test_tree();
	printf("1..%d\n", n_done);
	return n_failed != 0;
}
