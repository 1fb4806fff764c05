/*
 * marks_fuzz.c - fuzzes the pairing of quotation marks: each byte of the input
 * stands for a mark, a word, white space or a paragraph's end, so that
 * nearly every input is a new arrangement of marks.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "invariants.h"
#include "stages.h"
#include "../unit/check.h"

static const char *const pieces[32] = {
	"\"", "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98", "\xE2\x80\x99", "'", "'", "''", "``", "`",
	"\xC2\xAB", "\xC2\xBB", "\xE2\x80\xB9", "\xE2\x80\xBA", "&quot;", " ", " ", " ", " ", "dogs", "He said", "6", ".", ",",
	"?", "\n\n", "\n", "(", "-", "'em",
};

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	char	   *text = malloc(n_bytes * 8 + 1);
	size_t		n = 0;
	document   *doc;
	const char *broken;

	for (size_t i = 0; i < n_bytes; i++)
	{
		const char *piece = pieces[data[i] % 32];

		memcpy(text + n, piece, strlen(piece));
		n += strlen(piece);
	}
	doc = document_create(check_arena(), text, (uint32_t) n);
	document_need(doc, STAGE_TEXT);
	broken = broken_invariant(doc);
	if (broken)
	{
		fprintf(stderr, "broken: %s\nin: %.*s\n", broken, (int) n, text);
		abort();
	}
	check_free();
	free(text);
	return 0;
}
