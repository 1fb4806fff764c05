/*
 * cases.c - see cases.h.
 */
#include "cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stages.h"

static void *
must(void *p)
{
	if (!p)
	{
		fprintf(stderr, "cases: out of memory\n");
		exit(1);
	}
	return p;
}

static void *
take(void *context, size_t n_bytes)
{
	void	  **block = must(malloc(n_bytes + 16));

	*block = *(void **) context;
	*(void **) context = block;
	return (char *) block + 16;
}

arena *
heap_arena(void **blocks)
{
	*blocks = NULL;
	return arena_create((block_source) {take, blocks});
}

void
give_back_blocks(void **blocks)
{
	while (*blocks)
	{
		void	   *next = *(void **) *blocks;

		free(*blocks);
		*blocks = next;
	}
}

static uint8_t
kind_of_name(const char *name)
{
	for (int k = 0; k < N_ENTITY_KINDS; k++)
		if (strcmp(entity_kind_names[k], name) == 0)
			return (uint8_t) k;
	return KIND_NONE;
}

static void *
grow(void *array, int32_t n, size_t size)
{
	return n & (n - 1) ? array : must(realloc(array, size * (size_t) (n ? 2 * n : 1)));
}

case_text *
read_cases(const char *path, int32_t *n)
{
	FILE	   *f = fopen(path, "rb");
	case_text  *all = NULL;
	case_text  *c = NULL;
	char		line[512];

	*n = 0;
	if (!f)
	{
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f))
	{
		char		kind[32];
		case_mention m;
		case_anaphor a;
		int			gid,
					value;

		if (line[0] == 'D')
		{
			all = grow(all, *n, sizeof(case_text));
			c = &all[(*n)++];
			memset(c, 0, sizeof(*c));
			if (sscanf(line, "D %127s %u %d", c->id, &c->n_bytes, &c->fold) != 3)
				exit(1);
			c->text = must(malloc(c->n_bytes + 1));
			if (fread(c->text, 1, c->n_bytes + 1, f) != c->n_bytes + 1)
				exit(1);
			c->text[c->n_bytes] = '\0';
		}
		else if (line[0] == 'M' && sscanf(line, "M %u %u %31s %d", &m.start_byte, &m.end_byte, kind, &m.gid) == 4)
		{
			m.kind = kind_of_name(kind);
			c->mentions = grow(c->mentions, c->n_mentions, sizeof(m));
			c->mentions[c->n_mentions++] = m;
		}
		else if (line[0] == 'P' && sscanf(line, "P %u %u %d %d", &a.start_byte, &a.end_byte, &a.gid, &a.last) == 4)
		{
			c->anaphors = grow(c->anaphors, c->n_anaphors, sizeof(a));
			c->anaphors[c->n_anaphors++] = a;
		}
		else if (line[0] == 'S' && sscanf(line, "S %d %d", &gid, &value) == 2)
		{
			c->salience = grow(c->salience, c->n_salience, 2 * sizeof(int32_t));
			c->salience[2 * c->n_salience] = gid;
			c->salience[2 * c->n_salience++ + 1] = value;
		}
	}
	fclose(f);
	return all;
}

int32_t
token_at_byte(const document *doc, uint32_t at)
{
	int32_t		low = 0,
				high = doc->n_tokens;

	while (low < high)
	{
		int32_t		middle = (low + high) / 2;

		if (doc->tokens[middle].end_byte <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

span
tokens_of_bytes(const document *doc, uint32_t start_byte, uint32_t end_byte)
{
	span		s = {token_at_byte(doc, start_byte), token_at_byte(doc, end_byte - 1) + 1};

	if (s.end > doc->n_tokens)
		s.end = doc->n_tokens;
	return s;
}

/* Gold mentions; with `over`, the document's own ones that do not overlap them as well. */
static void
put_gold(document *doc, const case_text *c, bool over)
{
	int32_t		n_own = over ? doc->n_mentions : 0;
	mention    *own = doc->mentions;
	mention    *all = arena_zero_array(doc->memory, mention, n_own + c->n_mentions);
	int32_t		n = 0,
				k = 0,
				last = 0;

	for (int32_t i = 0; i < c->n_mentions; i++)
	{
		span		s = tokens_of_bytes(doc, c->mentions[i].start_byte, c->mentions[i].end_byte);

		if (s.start < last || s.start >= s.end || c->mentions[i].kind == KIND_NONE)
			continue;
		for (; k < n_own && own[k].start < s.end; k++)
			if (own[k].end <= s.start)
				all[n++] = own[k];
		all[n].start = s.start;
		all[n].end = s.end;
		all[n].kind = c->mentions[i].kind;
		all[n].probability = 1.0f;
		all[n++].entity = -1;
		last = s.end;
		while (k < n_own && own[k].start < last)
			k++;
	}
	for (; k < n_own; k++)
		if (own[k].start >= last)
			all[n++] = own[k];
	doc->mentions = all;
	doc->n_mentions = n;
}

document *
case_document(arena *memory, const case_text *c, bool gold, bool both)
{
	document   *doc = document_create(memory, c->text, c->n_bytes);

	document_need(doc, gold && !both ? STAGE_WORDS : STAGE_NAMES);
	if (gold || both)
		put_gold(doc, c, both);
	doc->done |= STAGE_NAMES;
	document_need(doc, STAGE_ENTITIES);
	return doc;
}

bool
entity_is_gold(const document *doc, const case_text *c, int32_t entity, int32_t gid)
{
	int32_t		k = 0;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		uint32_t	start = doc->tokens[doc->mentions[i].start].start_byte,
					end = doc->tokens[doc->mentions[i].end - 1].end_byte;

		if (doc->mentions[i].entity != entity)
			continue;
		while (k < c->n_mentions && c->mentions[k].end_byte <= start)
			k++;
		for (int32_t j = k; j < c->n_mentions && c->mentions[j].start_byte < end; j++)
			if (c->mentions[j].gid == gid)
				return true;
	}
	return false;
}
