/*
 * components.c - connected components by union-find with path halving (Tarjan and van Leeuwen 1984).
 *
 * Nodes are ordered and numbered; the root of a set is its smallest number, so a component is named by its smallest node whatever the
 * order of the edges.
 */
#include "reuse/components.h"

#include <stdlib.h>

static int
by_node(const void *x, const void *y)
{
	int64_t		a = ((const graph_node *) x)->node;
	int64_t		b = ((const graph_node *) y)->node;

	return (a > b) - (a < b);
}

static int32_t
number_of(const graph_node *nodes, int32_t n, int64_t node)
{
	int32_t		low = 0;

	while (n > 1)
	{
		int32_t		half = n / 2;

		if (nodes[low + half].node <= node)
			low += half;
		n -= half;
	}
	return low;
}

static int32_t
root_of(int32_t *parents, int32_t i)
{
	while (parents[i] != i)
	{
		parents[i] = parents[parents[i]];
		i = parents[i];
	}
	return i;
}

graph_node *
find_components(arena *memory, const int64_t *a, const int64_t *b, int32_t n_edges, int32_t *n_nodes)
{
	graph_node *nodes = arena_array(memory, graph_node, 2 * (int64_t) n_edges);
	int32_t	   *parents;
	int32_t		n = 0;

	for (int32_t i = 0; i < n_edges; i++)
	{
		nodes[2 * (int64_t) i].node = a[i];
		nodes[2 * (int64_t) i + 1].node = b[i];
	}
	qsort(nodes, 2 * (size_t) n_edges, sizeof(*nodes), by_node);
	for (int64_t i = 0; i < 2 * (int64_t) n_edges; i++)
		if (n == 0 || nodes[n - 1].node != nodes[i].node)
			nodes[n++].node = nodes[i].node;
	parents = arena_array(memory, int32_t, n);
	for (int32_t i = 0; i < n; i++)
		parents[i] = i;
	for (int32_t i = 0; i < n_edges; i++)
	{
		int32_t		x = root_of(parents, number_of(nodes, n, a[i]));
		int32_t		y = root_of(parents, number_of(nodes, n, b[i]));

		if (x < y)
			parents[y] = x;
		else
			parents[x] = y;
	}
	for (int32_t i = 0; i < n; i++)
		nodes[i].component = nodes[root_of(parents, i)].node;
	*n_nodes = n;
	return nodes;
}
