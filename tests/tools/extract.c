/*
 * extract.c - the core on texts without a server.
 *
 *   build/extract [entities] [quotes] [topics] [keyphrases] [tokens] < texts > rows
 *
 * In: for each text a line "id TAB bytes NEWLINE" and then the bytes.  Out: one
 * JSON object a line, {"id": ..., "entities": [...], ...}, offsets in code
 * points, 0-based, end exclusive.  With -q nothing is printed (timing).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "blocks.h"
#include "parse/relations.h"
#include "stages.h"
#include "tag/tagset.h"
#include "topic/tree.h"

static void
print_json(const char *s, size_t n)
{
	putchar('"');
	for (size_t i = 0; i < n; i++)
	{
		unsigned char c = (unsigned char) s[i];

		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c < 0x20)
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void
print_string(const char *s)
{
	if (s)
		print_json(s, strlen(s));
	else
		fputs("null", stdout);
}

static void
print_spans(const document *doc, const byte_span *spans, int32_t n)
{
	putchar('[');
	for (int32_t i = 0; i < n; i++)
		printf("%s[%" PRIu32 ",%" PRIu32 "]", i ? "," : "", document_char_of_byte(doc, spans[i].start),
			   document_char_of_byte(doc, spans[i].end));
	putchar(']');
}

static void
print_span_or_null(const document *doc, byte_span s)
{
	if (s.start == s.end)
		fputs("null", stdout);
	else
		printf("[%" PRIu32 ",%" PRIu32 "]", document_char_of_byte(doc, s.start), document_char_of_byte(doc, s.end));
}

static void
print_entities(const document *doc)
{
	fputs(",\"entities\":[", stdout);
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		int32_t		e = doc->by_salience ? doc->by_salience[i] : i;
		const entity *x = &doc->entities[e];
		bool		first = true;

		printf("%s{\"entity\":", i ? "," : "");
		print_string(x->name);
		printf(",\"kind\":\"%s\",\"salience\":%.3f,\"role\":", entity_kind_names[x->kind], x->salience);
		print_string(x->role);
		printf(",\"country\":\"%s\",\"wikidata\":", x->country);
		print_string(x->wikidata);
		if (x->has_location)
			printf(",\"location\":[%.3f,%.3f]", x->longitude, x->latitude);
		fputs(",\"aliases\":[", stdout);
		for (int32_t a = 0; a < x->n_aliases; a++)
		{
			if (a)
				putchar(',');
			print_string(x->aliases[a]);
		}
		fputs("],\"spans\":[", stdout);
		for (int32_t m = 0; m < doc->n_mentions; m++)
			if (doc->mentions[m].entity == e)
			{
				printf("%s[%" PRIu32 ",%" PRIu32 "]", first ? "" : ",", doc->tokens[doc->mentions[m].start].start_char,
					   doc->tokens[doc->mentions[m].end - 1].end_char);
				first = false;
			}
		fputs("]}", stdout);
	}
	putchar(']');
}

static void
print_mentions(const document *doc)
{
	fputs(",\"mentions\":[", stdout);
	for (int32_t m = 0; m < doc->n_mentions; m++)
		printf("%s[%" PRIu32 ",%" PRIu32 ",\"%s\",%.3f]", m ? "," : "", doc->tokens[doc->mentions[m].start].start_char,
			   doc->tokens[doc->mentions[m].end - 1].end_char, entity_kind_names[doc->mentions[m].kind],
			   doc->mentions[m].probability);
	putchar(']');
}

static void
print_quotes(const document *doc)
{
	static const char *const kinds[] = {"direct", "mixed", "indirect"};

	fputs(",\"quotes\":[", stdout);
	for (int32_t i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];

		printf("%s{\"kind\":\"%s\",\"content\":", i ? "," : "", kinds[q->kind]);
		print_spans(doc, q->content, q->n_content);
		fputs(",\"verbatim\":", stdout);
		print_spans(doc, q->verbatim, q->n_verbatim);
		fputs(",\"source\":", stdout);
		print_span_or_null(doc, q->source);
		fputs(",\"cue\":", stdout);
		print_span_or_null(doc, q->cue);
		fputs(",\"speaker\":", stdout);
		print_string(q->speaker);
		printf(",\"speaker_kind\":\"%s\",\"role\":", q->speaker_kind <= KIND_DOCUMENT ? entity_kind_names[q->speaker_kind] : "");
		print_string(q->role);
		fputs(",\"addressee\":", stdout);
		print_string(q->addressee);
		fputs(",\"via\":", stdout);
		print_string(q->via);
		printf(",\"confidence\":%.3f}", q->confidence);
	}
	putchar(']');
}

static void
print_topics(const document *doc)
{
	fputs(",\"topics\":[", stdout);
	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		const topic *t = &doc->topics[i];

		printf("%s{\"code\":\"%s\",\"topic\":", i ? "," : "", topic_tree_row(t->concept)->code);
		print_string(topic_tree_row(t->concept)->label);
		printf(",\"score\":%.3f,\"evidence\":", t->score);
		print_spans(doc, t->evidence, t->n_evidence);
		putchar('}');
	}
	putchar(']');
}

static void
print_keyphrases(const document *doc)
{
	fputs(",\"keyphrases\":[", stdout);
	for (int32_t i = 0; i < doc->n_keyphrases; i++)
	{
		printf("%s{\"phrase\":", i ? "," : "");
		print_string(doc->keyphrases[i].phrase);
		printf(",\"score\":%.4f,\"spans\":", doc->keyphrases[i].score);
		print_spans(doc, doc->keyphrases[i].spans, doc->keyphrases[i].n_spans);
		putchar('}');
	}
	putchar(']');
}

static void
print_tokens(const document *doc)
{
	fputs(",\"tokens\":[", stdout);
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];

		printf("%s[%" PRIu32 ",%" PRIu32 ",%" PRId32 ",", i ? "," : "", t->start_char, t->end_char, t->sentence);
		print_string(t->lemma);
		printf(",\"%s\",\"%s\",%" PRId32 ",\"%s\",%d]", upos_names[t->upos], xpos_names[t->xpos], t->head,
			   relation_names[t->relation], t->name_tag);
	}
	putchar(']');
}

typedef struct output
{
	const char *name;
	uint32_t	stage;
	void		(*print) (const document *doc);
	bool		wanted;
} output;

static output outputs[] = {
	{"tokens", STAGE_NAMES | STAGE_PARSE, print_tokens, false},
	{"words", STAGE_WORDS, print_tokens, false},
	{"text", STAGE_TEXT, print_tokens, false},
	{"mentions", STAGE_NAMES, print_mentions, false},
	{"entities", STAGE_ENTITIES, print_entities, false},
	{"quotes", STAGE_QUOTES, print_quotes, false},
	{"topics", STAGE_TOPICS, print_topics, false},
	{"keyphrases", STAGE_KEYPHRASES, print_keyphrases, false},
};

#define N_OUTPUTS ((int) (sizeof(outputs) / sizeof(outputs[0])))

int
main(int argc, char **argv)
{
	bool		quiet = false;
	char		id[512];
	size_t		n_bytes;
	uint32_t	stages = 0;
	uint64_t	total_bytes = 0,
				total_tokens = 0;
	double		seconds = 0;

	for (int a = 1; a < argc; a++)
	{
		bool		known = !strcmp(argv[a], "-q");

		quiet |= known;
		for (int o = 0; o < N_OUTPUTS; o++)
			if (!strcmp(argv[a], outputs[o].name))
			{
				known = outputs[o].wanted = true;
				stages |= outputs[o].stage;
			}
		if (!known)
		{
			fprintf(stderr, "extract: unknown output %s\n", argv[a]);
			return 2;
		}
	}
	while (scanf("%511[^\t]\t%zu", id, &n_bytes) == 2 && getchar() == '\n')
	{
		void	   *blocks = NULL;
		char	   *text = malloc(n_bytes + 1);
		document   *doc;
		struct timespec from,
					to;

		if (!text || fread(text, 1, n_bytes, stdin) != n_bytes)
			return 1;
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		doc = document_create(arena_create((block_source) {blocks_take, &blocks}), text, (uint32_t) n_bytes);
		document_need(doc, stages);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		seconds += (double) (to.tv_sec - from.tv_sec) + 1e-9 * (double) (to.tv_nsec - from.tv_nsec);
		total_bytes += n_bytes;
		total_tokens += (uint64_t) doc->n_tokens;
		if (!quiet)
		{
			fputs("{\"id\":", stdout);
			print_string(id);
			for (int o = 0; o < N_OUTPUTS; o++)
				if (outputs[o].wanted)
					outputs[o].print(doc);
			puts("}");
		}
		blocks_give_back(&blocks);
		free(text);
	}
	fprintf(stderr, "%.2f MB, %" PRIu64 " tokens, %.3f s: %.2f MB/s, %.0f tokens/s\n", (double) total_bytes / 1e6,
			total_tokens, seconds, (double) total_bytes / 1e6 / seconds, (double) total_tokens / seconds);
	return 0;
}
