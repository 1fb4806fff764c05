/*
 * topic_texts.c - see topic_texts.h.
 */
#include "topic_texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_reader.h"
#include "stages.h"

void
topic_texts_read(const char *path, void (*each) (topic_text *text))
{
	FILE	   *in = fopen(path, "rb");
	char		split[16],
				codes[512];
	float		weight;
	size_t		n_bytes;

	if (!in)
	{
		perror(path);
		exit(1);
	}
	while (fscanf(in, "%15s\t%f\t%511[^\t]\t%zu", split, &weight, codes, &n_bytes) == 4)
	{
		char	   *bytes = must_alloc(n_bytes + 1);
		document   *doc;
		topic_text	text = {.dev = strcmp(split, "dev") == 0,.weight = weight,.codes = codes};

		if (getc(in) != '\n' || fread(bytes, 1, n_bytes, in) != n_bytes || getc(in) != '\n')
		{
			fprintf(stderr, "%s: cut short\n", path);
			exit(1);
		}
		doc = document_create(arena_create(corpus_blocks()), bytes, (uint32_t) n_bytes);
		document_need(doc, STAGE_TEXT);
		text.doc = doc;
		text.terms = topic_terms_of(doc);
		each(&text);
		corpus_release();
		free(bytes);
	}
	fclose(in);
}

uint64_t
topic_name_hash(const char *label)
{
	document   *doc = document_create(arena_create(corpus_blocks()), label, (uint32_t) strcspn(label, "("));
	topic_terms terms;
	uint64_t	hash = 0;

	document_need(doc, STAGE_TEXT);
	terms = topic_terms_of(doc);
	if (terms.n_terms == 1)
		hash = terms.terms[0].hash;
	else if (terms.n_terms == 2 && terms.n_pairs == 1)
		hash = terms.pairs[0].hash;
	corpus_release();
	return hash;
}
