/*
 * components.h - connected components of a graph given by its edges.
 */
#ifndef NEWS_REUSE_COMPONENTS_H
#define NEWS_REUSE_COMPONENTS_H

#include "text/arena.h"

typedef struct graph_node
{
	int64_t		node;
	int64_t		component;		/* the smallest node that it is connected with */
} graph_node;

/* Nodes of the edges a[i] - b[i], ordered, each once; *n_nodes their number. */
graph_node *find_components(arena *memory, const int64_t *a, const int64_t *b, int32_t n_edges, int32_t *n_nodes);

#endif
