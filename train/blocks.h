/*
 * blocks.h - memory of malloc for the programs around the core: blocks of an arena that go back at once, and
 * allocations that cannot fail.
 *
 *   void *blocks = NULL;
 *   arena *memory = arena_create((block_source) {blocks_take, &blocks});
 *   ...
 *   blocks_give_back(&blocks);
 */
#ifndef NEWS_TRAIN_BLOCKS_H
#define NEWS_TRAIN_BLOCKS_H

#include <stdio.h>
#include <stdlib.h>

/* Cleared memory; exits when there is none. */
static inline void *
must_alloc(size_t n_bytes)
{
	void	   *p = calloc(1, n_bytes ? n_bytes : 1);

	if (!p)
	{
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

/* A block_source's `take`; its context is a void * that leads to the newest block, each behind a head of 16 bytes. */
static inline void *
blocks_take(void *context, size_t n_bytes)
{
	void	  **block = malloc(n_bytes + 16);

	if (!block)
	{
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	*block = *(void **) context;
	*(void **) context = block;
	return (char *) block + 16;
}

static inline void
blocks_give_back(void **blocks)
{
	while (*blocks)
	{
		void	   *next = *(void **) *blocks;

		free(*blocks);
		*blocks = next;
	}
}

#endif
