/*
 * context_arena.h - arenas of the core in memory contexts of the server.
 */
#ifndef NEWS_PG_CONTEXT_ARENA_H
#define NEWS_PG_CONTEXT_ARENA_H

#include "postgres.h"

#include "text/arena.h"

/* An arena whose blocks go with the context.  Taking one from it can be cancelled: it may not be used in a critical section. */
arena	   *context_arena(MemoryContext context);

/* CHECK_FOR_INTERRUPTS as a tick of the core. */
void		context_tick(void *context);

#endif
