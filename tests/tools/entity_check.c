/*
 * entity_check.c - entities and coreference of the core on texts with gold mentions.
 *
 *   entity_check rows    gold|own CASES      entities as build/extract prints them
 *   entity_check rows    own CASES MODEL K   the same with a names model that has not seen every fourth text from the K-th on
 *                                            (train_names ... hold K), of these texts only
 *   entity_check anaphor gold|own|both CASES [-v]    share of anaphors resolved right, by sort
 *
 * CASES is a file of train/coreference_cases.py.  `gold`: gold mentions instead of the tagger's.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "entity/coreference.h"
#include "stages.h"
#include "tag/tag_names.h"

static void
print_json(const char *s)
{
	putchar('"');
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			printf("\\%c", *s);
		else if ((unsigned char) *s < 0x20)
			printf("\\u%04x", *s);
		else
			putchar(*s);
	putchar('"');
}

static void
print_rows(const case_text *c, const document *doc)
{
	printf("{\"id\":\"%s\",\"entities\":[", c->id);
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		const entity *e = &doc->entities[i];
		bool		first = true;

		printf("%s{\"entity\":", i ? "," : "");
		print_json(e->name);
		printf(",\"kind\":\"%s\",\"salience\":%.3f,\"country\":\"%s\",\"role\":", entity_kind_names[e->kind], e->salience, e->country);
		print_json(e->role ? e->role : "");
		printf(",\"gender\":%d,\"spans\":[", e->gender);
		for (int32_t m = 0; m < doc->n_mentions; m++)
			if (doc->mentions[m].entity == i)
			{
				printf("%s[%" PRIu32 ",%" PRIu32 "]", first ? "" : ",", doc->tokens[doc->mentions[m].start].start_char,
					   doc->tokens[doc->mentions[m].end - 1].end_char);
				first = false;
			}
		printf("]}");
	}
	printf("]}\n");
}

/* Sorts of anaphors that are counted apart. */
enum
{
	SORT_HE, SORT_THEY, SORT_IT, SORT_OTHER_PRONOUN, SORT_DESCRIPTION, N_SORTS
};

static const char *const sort_names[N_SORTS] = {"he/she", "they", "it", "other pronoun", "description"};

static int
sort_of(const document *doc, span s)
{
	static const char *const words[][2] = {
		{"he", "h"}, {"she", "h"}, {"him", "h"}, {"her", "h"}, {"his", "h"}, {"hers", "h"}, {"himself", "h"}, {"herself", "h"},
		{"they", "t"}, {"them", "t"}, {"their", "t"}, {"themselves", "t"}, {"theirs", "t"},
		{"it", "i"}, {"its", "i"}, {"itself", "i"}, {"i", "o"}, {"we", "o"}, {"you", "o"}, {"who", "o"}, {"me", "o"}, {"us", "o"}
	};

	if (s.end - s.start > 1)
		return SORT_DESCRIPTION;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], doc->tokens[s.start].lower) == 0)
			switch (words[i][1][0])
			{
				case 'h':
					return SORT_HE;
				case 't':
					return SORT_THEY;
				case 'i':
					return SORT_IT;
				default:
					return SORT_OTHER_PRONOUN;
			}
	return SORT_DESCRIPTION;
}

typedef struct tally
{
	int			named;			/* anaphors of somebody named */
	int			answered;
	int			right;
	int			unnamed;		/* anaphors of nobody named */
	int			false_answers;	/* answers for those */
} tally;

static int32_t
last_speaker(const document *doc, const case_text *c, int32_t gid)
{
	for (int32_t i = 0; gid >= 0 && i < doc->n_entities; i++)
		if (entity_is_gold(doc, c, i, gid))
			return i;
	return -1;
}

static void
check_anaphors(const case_text *c, const document *doc, tally *tallies, bool verbose)
{
	for (int32_t i = 0; i < c->n_anaphors; i++)
	{
		const case_anaphor *a = &c->anaphors[i];
		span		s = tokens_of_bytes(doc, a->start_byte, a->end_byte);
		int			sort = sort_of(doc, s);
		tally	   *t = &tallies[sort];
		float		confidence = 0;
		int32_t		e;
		bool		right;

		if (s.start >= s.end)
			continue;
		if (sort == SORT_DESCRIPTION)
			e = resolve_description(doc, s, &confidence);
		else
			e = resolve_pronoun_in_context(doc, s.start, last_speaker(doc, c, a->last), &confidence);
		right = e >= 0 && a->gid >= 0 && entity_is_gold(doc, c, e, a->gid);
		t->named += a->gid >= 0;
		t->unnamed += a->gid < 0;
		t->answered += a->gid >= 0 && e >= 0;
		t->right += right;
		t->false_answers += a->gid < 0 && e >= 0;
		if (verbose && !right && (e >= 0 || a->gid >= 0))
		{
			const char *gold = "-";
			char		buffer[80];
			uint32_t	from = a->start_byte > 160 ? a->start_byte - 160 : 0;

			for (int32_t m = 0; m < c->n_mentions; m++)
				if (c->mentions[m].gid == a->gid)
				{
					snprintf(buffer, sizeof(buffer), "%.*s", (int) (c->mentions[m].end_byte - c->mentions[m].start_byte), c->text + c->mentions[m].start_byte);
					gold = buffer;
					break;
				}
			printf("%s\t%.*s\tgold %s\tgot %s (%.2f)\n", c->id, (int) (a->end_byte - a->start_byte), c->text + a->start_byte, gold,
				   e >= 0 ? doc->entities[e].name : "-", confidence);
			printf("      ");
			for (uint32_t k = from; k < a->end_byte + 60 && k < c->n_bytes; k++)
				putchar(c->text[k] == '\n' ? '/' : c->text[k]);
			printf("\n");
		}
	}
}

static names_model
open_names(const char *path)
{
	names_model m;
	FILE	   *f = fopen(path, "rb");
	size_t		n_bytes;
	void	   *data;

	if (!f)
	{
		perror(path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	n_bytes = (size_t) ftell(f);
	rewind(f);
	data = aligned_alloc(64, (n_bytes + 63) / 64 * 64);
	if (!data || fread(data, 1, n_bytes, f) != n_bytes || !names_model_open(&m, data, n_bytes))
		exit(1);
	fclose(f);
	return m;
}

/* Rows of the texts K, K + 4, K + 8 ..., with another names model. */
static void
print_held_out(const case_text *cases, int32_t n, const names_model *m, int32_t k)
{
	for (int32_t i = k; i < n; i += 4)
	{
		void	   *blocks;
		document   *doc = document_create(heap_arena(&blocks), cases[i].text, cases[i].n_bytes);

		document_need(doc, STAGE_WORDS);
		names_tag(doc, m);
		doc->done |= STAGE_NAMES;
		document_need(doc, STAGE_ENTITIES);
		print_rows(&cases[i], doc);
		give_back_blocks(&blocks);
	}
}

int
main(int argc, char **argv)
{
	bool		gold,
				both,
				rows,
				verbose = argc > 4;
	int32_t		n;
	case_text  *cases;
	tally		tallies[N_SORTS] = {0};

	if (argc < 4)
	{
		fprintf(stderr, "usage: entity_check rows|anaphor gold|own|both CASES [-v]\n");
		return 2;
	}
	rows = strcmp(argv[1], "rows") == 0;
	gold = strcmp(argv[2], "gold") == 0;
	both = strcmp(argv[2], "both") == 0;
	cases = read_cases(argv[3], &n);
	if (rows && argc > 5)
	{
		names_model m = open_names(argv[4]);

		print_held_out(cases, n, &m, atoi(argv[5]));
		return 0;
	}
	for (int32_t i = 0; i < n; i++)
	{
		void	   *blocks;
		arena	   *memory = heap_arena(&blocks);
		document   *doc = case_document(memory, &cases[i], gold, both);

		if (rows)
			print_rows(&cases[i], doc);
		else
			check_anaphors(&cases[i], doc, tallies, verbose);
		give_back_blocks(&blocks);
	}
	for (int s = 0; s < N_SORTS && !rows; s++)
		printf("%-14s named %4d answered %4d right %4d (%.3f)   nobody named %4d answered %4d (%.3f)\n", sort_names[s], tallies[s].named,
			   tallies[s].answered, tallies[s].right, tallies[s].named ? (double) tallies[s].right / tallies[s].named : 0.0,
			   tallies[s].unnamed, tallies[s].false_answers, tallies[s].unnamed ? (double) tallies[s].false_answers / tallies[s].unnamed : 0.0);
	return 0;
}
