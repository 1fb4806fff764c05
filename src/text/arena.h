/*
 * arena.h - memory of one analysis.
 *
 * Everything that the analysis of a text allocates comes from one arena and is
 * given back at once.  The arena takes its blocks from a `block_source`, so
 * that the core knows neither malloc nor palloc: src/pg gives blocks of a
 * memory context, the programs in train/ and tests/ give blocks of malloc.
 *
 * Failure: a block source never returns NULL (it longjmps or exits), so no
 * function here or above it has an out-of-memory path.
 */
#ifndef NEWS_TEXT_ARENA_H
#define NEWS_TEXT_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct block_source
{
	void	   *(*take) (void *context, size_t n_bytes);	/* never NULL; 16-byte aligned */
	void	   *context;
	void		(*tick) (void *context);	/* called now and then while much memory is cleared; NULL: not */
} block_source;

typedef struct arena arena;

/* An arena whose own head lives in its first block. */
arena	   *arena_create(block_source source);

/* n_bytes of memory, 16-byte aligned, not cleared.  n_bytes = 0 is allowed. */
void	   *arena_alloc(arena *a, size_t n_bytes);

/* The same, cleared. */
void	   *arena_zero(arena *a, size_t n_bytes);

/* A copy of n_bytes of s with a NUL behind it. */
char	   *arena_text(arena *a, const char *s, size_t n_bytes);

/* Bytes taken from the source so far. */
size_t		arena_used(const arena *a);

/*
 * Room for one more element in a growing array: returns `array`, moved to a
 * place twice as large when `n` elements fill `*capacity`.  The old place stays
 * allocated until the arena goes.
 */
void	   *arena_grow(arena *a, void *array, int32_t n, int32_t *capacity, size_t element_bytes);

#define arena_array(a, type, n) ((type *) arena_alloc((a), sizeof(type) * (size_t) (n)))
#define arena_zero_array(a, type, n) ((type *) arena_zero((a), sizeof(type) * (size_t) (n)))

#endif
