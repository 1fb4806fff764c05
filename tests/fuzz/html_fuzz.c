/*
 * html_fuzz.c - fuzzes html_to_text: what comes out is valid UTF-8 without white
 * space at its edges, and has no more than one blank line in a row.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/check.h"
#include "text/html.h"
#include "text/utf8.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

static const char *
broken_text(const char *text, size_t n)
{
	if (text[n] != '\0' || strlen(text) != n)
		return "a NUL byte behind the text and nowhere else";
	if (n && (strchr(" \t\n", text[0]) || strchr(" \t\n", text[n - 1])))
		return "no white space at the edges";
	if (strstr(text, "\n\n\n"))
		return "one blank line at most";
	for (size_t i = 0; i < n;)
	{
		int32_t		character;
		uint32_t	length = utf8_decode(text + i, n - i, &character);

		if (length == 1 && character == REPLACEMENT_CHARACTER)
			return "valid UTF-8";
		i += length;
	}
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	size_t		n;
	const char *text = html_to_text(check_arena(), (const char *) data, n_bytes, &n);
	const char *broken = broken_text(text, n);

	if (broken)
	{
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	check_free();
	return 0;
}
