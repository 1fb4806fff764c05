/*
 * arena.c - bump allocation in blocks that double up to 8 MB.
 */
#include "text/arena.h"

#include <string.h>

#define FIRST_BLOCK ((size_t) 16 * 1024)
#define LARGEST_BLOCK ((size_t) 8 * 1024 * 1024)
#define ALIGNMENT ((size_t) 16)

struct arena
{
	block_source source;
	char	   *next;
	char	   *end;
	size_t		block_bytes;
	size_t		used;
};

static size_t
align_up(size_t n)
{
	return (n + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

arena *
arena_create(block_source source)
{
	char	   *block = source.take(source.context, FIRST_BLOCK);
	arena	   *a = (arena *) block;

	a->source = source;
	a->next = block + align_up(sizeof(arena));
	a->end = block + FIRST_BLOCK;
	a->block_bytes = FIRST_BLOCK;
	a->used = FIRST_BLOCK;
	return a;
}

/* A block of its own for a large request, else a new current block. */
static void *
alloc_from_new_block(arena *a, size_t n_bytes)
{
	char	   *block;

	if (a->block_bytes < LARGEST_BLOCK)
		a->block_bytes *= 2;
	if (n_bytes > a->block_bytes / 4)
	{
		a->used += n_bytes;
		return a->source.take(a->source.context, n_bytes);
	}
	block = a->source.take(a->source.context, a->block_bytes);
	a->used += a->block_bytes;
	a->next = block + n_bytes;
	a->end = block + a->block_bytes;
	return block;
}

void *
arena_alloc(arena *a, size_t n_bytes)
{
	void	   *p = a->next;

	n_bytes = align_up(n_bytes);
	if (n_bytes > (size_t) (a->end - a->next))
		return alloc_from_new_block(a, n_bytes);
	a->next += n_bytes;
	return p;
}

void *
arena_zero(arena *a, size_t n_bytes)
{
	char	   *p = arena_alloc(a, n_bytes);

	/* Pages are only got when they are written, which takes longer than the clearing. */
	for (size_t at = 0; at < n_bytes; at += LARGEST_BLOCK)
	{
		memset(p + at, 0, n_bytes - at < LARGEST_BLOCK ? n_bytes - at : LARGEST_BLOCK);
		if (a->source.tick && n_bytes > LARGEST_BLOCK)
			a->source.tick(a->source.context);
	}
	return p;
}

char *
arena_text(arena *a, const char *s, size_t n_bytes)
{
	char	   *copy = arena_alloc(a, n_bytes + 1);

	memcpy(copy, s, n_bytes);
	copy[n_bytes] = '\0';
	return copy;
}

size_t
arena_used(const arena *a)
{
	return a->used;
}

void *
arena_grow(arena *a, void *array, int32_t n, int32_t *capacity, size_t element_bytes)
{
	int32_t		larger;
	void	   *moved;

	if (n < *capacity)
		return array;
	larger = *capacity ? *capacity * 2 : 16;
	moved = arena_alloc(a, (size_t) larger * element_bytes);
	if (n)
		memcpy(moved, array, (size_t) n * element_bytes);
	*capacity = larger;
	return moved;
}
