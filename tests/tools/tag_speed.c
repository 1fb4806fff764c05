/*
 * tag_speed.c - nanoseconds a token of tag_words.
 *
 *   build/tag_speed [rounds] < texts       (texts as extract.c reads them)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stages.h"

static void *
take(void *context, size_t n_bytes)
{
	char	  **at = context;
	char	   *p = *at;

	*at += (n_bytes + 63) / 64 * 64;
	return p;
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

int
main(int argc, char **argv)
{
	int			rounds = argc > 1 ? atoi(argv[1]) : 1;
	char	   *room = aligned_alloc(64, (size_t) 256 << 20);
	char	   *text = malloc(1 << 24);
	char		id[256];
	size_t		n_bytes;
	double		spent = 0,
				reading = 0,
				n_tokens = 0;

	while (scanf("%255[^\t]\t%zu", id, &n_bytes) == 2 && getchar() == '\n')
	{
		if (fread(text, 1, n_bytes, stdin) != n_bytes)
			break;
		for (int r = 0; r < rounds; r++)
		{
			char	   *at = room;
			arena	   *memory = arena_create((block_source) {take, &at});
			document   *doc = document_create(memory, text, (uint32_t) n_bytes);
			double		before = seconds();

			read_text(doc);
			reading += seconds() - before;
			before = seconds();
			tag_words(doc);
			spent += seconds() - before;
			n_tokens += doc->n_tokens;
		}
		(void) !scanf(" ");
	}
	printf("%.0f tokens; read_text %.0f ns, tag_words %.0f ns a token: %.2f million tokens/s\n", n_tokens,
		   reading / n_tokens * 1e9, spent / n_tokens * 1e9, n_tokens / spent / 1e6);
	return 0;
}
