/*
 * context_arena.c - arenas of the core in memory contexts of the server (see context_arena.h).
 */
#include "pg/context_arena.h"

#include "miscadmin.h"
#include "utils/memutils.h"

static void *
take_block(void *context, size_t n_bytes)
{
	CHECK_FOR_INTERRUPTS();
	return MemoryContextAllocHuge((MemoryContext) context, n_bytes);
}

void
context_tick(void *context)
{
	CHECK_FOR_INTERRUPTS();
}

arena *
context_arena(MemoryContext context)
{
	return arena_create((block_source) {take_block, context, context_tick});
}
