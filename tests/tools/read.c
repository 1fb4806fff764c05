/*
 * read.c - prints what read_text makes of texts, for tests/accuracy/reading.py.
 *
 * In: texts separated by NUL bytes on standard input.  Out, in bytes: one line a paragraph
 * ("P start end kind"), sentence ("S start end"), token ("T start end flags") and
 * marked stretch ("M start end has_close continues depth"); "E n_chars" ends a text.
 * With an argument N: reads all texts N times and prints the speed only.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stages.h"
#include "text/marks.h"

static void *blocks[4096];
static int	n_blocks;

static void *
take(void *context, size_t n_bytes)
{
	(void) context;
	if (n_blocks == 4096)
		abort();
	return blocks[n_blocks++] = malloc(n_bytes);
}

static void
free_blocks(void)
{
	while (n_blocks)
		free(blocks[--n_blocks]);
}

static char *
read_all(size_t *n)
{
	size_t		capacity = 1 << 20;
	char	   *s = malloc(capacity);

	*n = 0;
	for (;;)
	{
		size_t		got = fread(s + *n, 1, capacity - *n - 1, stdin);

		if (!got)
			break;
		*n += got;
		if (*n + 1 >= capacity)
			s = realloc(s, capacity *= 2);
	}
	s[*n] = '\0';
	return s;
}

static void
print_document(const document *doc)
{
	marked_stretch *stretches;
	int32_t		n_stretches = find_marked_stretches(doc, &stretches);

	for (int32_t i = 0; i < doc->n_paragraphs; i++)
		printf("P %u %u %d\n", doc->paragraphs[i].start_byte, doc->paragraphs[i].end_byte, doc->paragraphs[i].kind);
	for (int32_t i = 0; i < doc->n_sentences; i++)
		printf("S %u %u\n", doc->tokens[doc->sentences[i].start].start_byte, doc->tokens[doc->sentences[i].end - 1].end_byte);
	for (int32_t i = 0; i < doc->n_tokens; i++)
		printf("T %u %u %u\n", doc->tokens[i].start_byte, doc->tokens[i].end_byte, doc->tokens[i].flags);
	for (int32_t i = 0; i < n_stretches; i++)
		printf("M %u %u %d %d %d\n", doc->tokens[stretches[i].open].end_byte,
			   stretches[i].has_close ? doc->tokens[stretches[i].close].start_byte : doc->tokens[stretches[i].close - 1].end_byte,
			   stretches[i].has_close, stretches[i].continues, stretches[i].depth);
	printf("E %u\n", doc->n_chars);
}

int
main(int argc, char **argv)
{
	size_t		n_bytes;
	char	   *input = read_all(&n_bytes);
	int			rounds = argc > 1 ? atoi(argv[1]) : 1;
	int64_t		n_tokens = 0;
	clock_t		start = clock();
	double		seconds;

	for (int round = 0; round < rounds; round++)
		for (size_t at = 0; at < n_bytes;)
		{
			size_t		length = strlen(input + at);
			document   *doc = document_create(arena_create((block_source) {take, NULL}), input + at, (uint32_t) length);

			document_need(doc, STAGE_TEXT);
			n_tokens += doc->n_tokens;
			if (argc < 2)
				print_document(doc);
			free_blocks();
			at += length + 1;
		}
	seconds = (double) (clock() - start) / CLOCKS_PER_SEC;
	if (argc > 1)
		printf("%.1f MB/s, %.0f ns a token, %.2f bytes a token\n", rounds * (double) n_bytes / seconds / 1e6,
			   seconds * 1e9 / (double) n_tokens, rounds * (double) n_bytes / (double) n_tokens);
	free(input);
	return 0;
}
