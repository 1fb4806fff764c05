/*
 * tree.c - child lists, subtree spans and preorder numbers of a sentence's tree (see tree.h).
 *
 * Three passes over a breadth-first order, none recursive: the order itself and
 * depths, then subtree sizes and spans from the leaves up, then preorder numbers
 * from the root down.
 */
#include "parse/tree.h"

#include <string.h>

static bool
is_root(const tree *t, int32_t token)
{
	int32_t		head = t->doc->tokens[token].head;

	return head < t->start || head >= t->end || head == token;
}

/* Child lists in text order, and `order` filled with the roots; returns their number. */
static int32_t
link_children(tree *t, int32_t *order)
{
	int32_t		n_roots = 0;

	for (int32_t i = t->start; i < t->end; i++)
		t->nodes[i - t->start] = (tree_node) {-1, -1, -1, i, i, 0, 1, 0};
	for (int32_t i = t->start; i < t->end; i++)
	{
		tree_node  *head;

		if (is_root(t, i))
		{
			if (t->root < 0)
				t->root = i;
			order[n_roots++] = i;
			continue;
		}
		head = &t->nodes[t->doc->tokens[i].head - t->start];
		if (head->last_child >= 0)
			t->nodes[head->last_child - t->start].next_sibling = i;
		else
			head->first_child = i;
		head->last_child = i;
	}
	return n_roots;
}

static void
sum_up(tree *t, int32_t token)
{
	const tree_node *n = &t->nodes[token - t->start];
	tree_node  *head;

	if (is_root(t, token))
		return;
	head = &t->nodes[t->doc->tokens[token].head - t->start];
	head->size += n->size;
	if (n->leftmost < head->leftmost)
		head->leftmost = n->leftmost;
	if (n->rightmost > head->rightmost)
		head->rightmost = n->rightmost;
}

void
tree_build(const document *doc, int32_t sentence, tree *t)
{
	int32_t    *order;
	int32_t		n = 0,
				next = 0;

	t->doc = doc;
	t->start = doc->sentences[sentence].start;
	t->end = doc->sentences[sentence].end;
	t->root = -1;
	t->nodes = arena_alloc(doc->memory, sizeof(tree_node) * (size_t) (t->end - t->start));
	order = arena_alloc(doc->memory, sizeof(int32_t) * (size_t) (t->end - t->start));

	n = link_children(t, order);
	for (int32_t i = 0; i < n; i++)
		for (TREE_EACH_CHILD(t, order[i], child))
		{
			t->nodes[child - t->start].depth = t->nodes[order[i] - t->start].depth + 1;
			order[n++] = child;
		}
	for (int32_t i = n - 1; i >= 0; i--)
		sum_up(t, order[i]);
	for (int32_t i = 0; i < n; i++)
	{
		tree_node  *node = &t->nodes[order[i] - t->start];
		int32_t		enter;

		if (is_root(t, order[i]))
		{
			node->enter = next;
			next += node->size;
		}
		enter = node->enter + 1;
		for (TREE_EACH_CHILD(t, order[i], child))
		{
			t->nodes[child - t->start].enter = enter;
			enter += t->nodes[child - t->start].size;
		}
	}
}

int32_t
tree_child(const tree *t, int32_t token, relation wanted)
{
	for (TREE_EACH_CHILD(t, token, child))
		if (t->doc->tokens[child].relation == wanted)
			return child;
	return -1;
}

bool
relation_like(uint8_t r, relation wanted)
{
	size_t		n;

	if (r == wanted)
		return true;
	if (r >= N_RELATIONS)
		return false;
	n = strlen(relation_names[wanted]);
	return strncmp(relation_names[r], relation_names[wanted], n) == 0 && relation_names[r][n] == ':';
}

int32_t
tree_child_like(const tree *t, int32_t token, relation wanted)
{
	for (TREE_EACH_CHILD(t, token, child))
		if (relation_like(t->doc->tokens[child].relation, wanted))
			return child;
	return -1;
}

int32_t
tree_head_of_span(const tree *t, span tokens)
{
	int32_t		best = -1,
				best_depth = INT32_MAX;

	for (int32_t i = tokens.start; i < tokens.end; i++)
	{
		int32_t		depth = tree_at(t, i)->depth;

		if (t->doc->tokens[i].flags & TOKEN_PUNCTUATION)
			depth += t->end - t->start;
		if (depth < best_depth)
		{
			best = i;
			best_depth = depth;
		}
	}
	return best;
}
