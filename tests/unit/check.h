/*
 * check.h - what unit tests and fuzzers share: one line a check, and memory that
 * can be given back at once.
 *
 *   CHECK(doc->n_tokens == 3, "three tokens");
 *   return check_result();
 */
#ifndef NEWS_TESTS_CHECK_H
#define NEWS_TESTS_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/document.h"

static int	n_checks_failed;

#define CHECK(condition, what) check_((condition) != 0, (what), NULL)

/* Prints what was found when the check fails. */
#define CHECK_TEXT(found, expected, what) \
	check_(strcmp((found), (expected)) == 0, (what), (found))

/* One line: line ends are written as a bar of two strokes. */
static inline void
check_print(const char *s)
{
	for (; *s; s++)
		if (*s == '\n' || *s == '\r')
			fputs("||", stdout);
		else
			putchar(*s);
}

static inline void
check_(int holds, const char *what, const char *found)
{
	fputs(holds ? "ok - " : "not ok - ", stdout);
	check_print(what);
	if (!holds && found)
	{
		fputs(": found ", stdout);
		check_print(found);
	}
	putchar('\n');
	n_checks_failed += !holds;
}

static inline int
check_result(void)
{
	return n_checks_failed ? 1 : 0;
}

/* Blocks of malloc, each behind a head of 16 bytes that leads to the one before. */
static void *check_blocks;

static inline void *
check_take(void *context, size_t n_bytes)
{
	void	  **block = malloc(n_bytes + 16);

	(void) context;
	if (!block)
		abort();
	*block = check_blocks;
	check_blocks = block;
	return (char *) block + 16;
}

static inline arena *
check_arena(void)
{
	return arena_create((block_source) {check_take, NULL});
}

static inline void
check_free(void)
{
	while (check_blocks)
	{
		void	  **block = check_blocks;

		check_blocks = *block;
		free(block);
	}
}

#endif
