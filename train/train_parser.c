/*
 * train_parser.c - trains the dependency parser and measures it.
 *
 *   build/train_parser [option=value ...] model.bin train.conllu.gz ... -- dev.conllu.gz ...
 *   build/train_parser [option=value ...] actions table.bin train.conllu.gz ...
 *   build/train_parser [option=value ...] labels labels.bin train.conllu.gz ...
 *   build/train_parser affinities model.bin affinities.bin -- news.jsonl.gz ...
 *   build/train_parser [run_width=n run_margin=n once=1] measure model.bin -- dev.conllu.gz ...
 *
 * A treebank may name the tagger whose tags it is to have (train.conllu@words.bin), or have its gold tags
 * (train.conllu@gold).  tags=gold gives all of them gold tags.
 *
 * Prints attachment scores as the CoNLL 2018 shared task counts them (all
 * tokens, punctuation included; relations with their subtypes), and those of
 * the subjects and clauses of verbs of speech, on which quotes rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conllu.h"
#include "lexicon/lexicon.h"
#include "parser_train.h"
#include "stages.h"
#include "tag/words_model.h"

typedef struct treebank
{
	gold_document *documents;
	int32_t		n_documents;
} treebank;

#define LOG2_AFFINITY_BUCKETS 16

static bool gold_tags = false;	/* option tags=gold: develop before there is a tagger */

static void *
read_file(const char *path, size_t *n_bytes)
{
	FILE	   *f = fopen(path, "rb");
	void	   *data;

	if (!f || fseek(f, 0, SEEK_END))
	{
		perror(path);
		exit(1);
	}
	*n_bytes = (size_t) ftell(f);
	rewind(f);
	data = aligned_alloc(64, (*n_bytes + 63) / 64 * 64);
	if (!data || fread(data, 1, *n_bytes, f) != *n_bytes)
		exit(1);
	fclose(f);
	return data;
}

/* Tags a document with a tagger of its own, with the embedded one, or with its gold tags. */
static void
tag_document(const gold_document *g, const words_model *tagger, bool use_gold)
{
	document   *doc = g->doc;

	if (gold_tags || use_gold)
		for (int32_t i = 0; i < doc->n_tokens; i++)
		{
			doc->tokens[i].word = lexicon_word(doc->tokens[i].lower_hash);
			doc->tokens[i].upos = g->gold[i].upos;
			doc->tokens[i].xpos = g->gold[i].xpos;
			doc->tokens[i].lemma = g->gold[i].lemma;
		}
	else if (tagger)
		tag_words_with(tagger, doc);
	else
		document_need(doc, STAGE_WORDS);
}

static void
print_tags(const char *path, const treebank *b)
{
	int			n = 0,
				upos = 0,
				xpos = 0,
				classes = 0;

	for (int32_t d = 0; d < b->n_documents; d++)
		for (int32_t i = 0; i < b->documents[d].doc->n_tokens; i++, n++)
		{
			const token *t = &b->documents[d].doc->tokens[i];

			upos += t->upos == b->documents[d].gold[i].upos;
			xpos += t->xpos == b->documents[d].gold[i].xpos;
			classes += t->word >= 0 && lexicon_word_info(t->word)->class_id;
		}
	fprintf(stderr, "%s: %d tokens, UPOS %.2f, PTB %.2f, with a word class %.2f%%\n", path, n, 100.0 * upos / n,
			100.0 * xpos / n, 100.0 * classes / n);
}

/* "treebank" or "treebank@tagger.bin" */
static treebank
load(const char *name)
{
	arena	   *memory = conllu_arena();
	char	   *path = arena_text(memory, name, strlen(name)),
			   *tagger_path = strchr(path, '@');
	words_model tagger;
	treebank	b;
	bool		use_gold = tagger_path && strcmp(tagger_path, "@gold") == 0;

	if (tagger_path)
		*tagger_path++ = '\0';
	if (tagger_path && !use_gold)
	{
		size_t		n_bytes;
		void	   *data;

		data = read_file(tagger_path, &n_bytes);
		if (!words_model_open(&tagger, data, n_bytes))
		{
			fprintf(stderr, "%s: no word tagger\n", tagger_path);
			exit(1);
		}
	}
	b.n_documents = conllu_read(memory, path, CASE_AS_IT_IS, &b.documents);
	for (int32_t d = 0; d < b.n_documents; d++)
		tag_document(&b.documents[d], tagger_path && !use_gold ? &tagger : NULL, use_gold);
	print_tags(path, &b);
	return b;
}

static int
load_pieces(char **paths, int n_paths, const affinity_table *affinities, gold_piece **pieces)
{
	int			n = 0,
				capacity = 0;

	for (int f = 0; f < n_paths; f++)
	{
		treebank	b = load(paths[f]);

		for (int32_t d = 0; d < b.n_documents; d++)
		{
			gold_heads	heads = gold_heads_of(&b.documents[d]);

			for (int32_t s = 0; s < heads.doc->n_sentences; s++)
			{
				if (n == capacity)
				{
					capacity = capacity ? capacity * 2 : 1024;
					*pieces = realloc(*pieces, sizeof(gold_piece) * (size_t) capacity);
				}
				(*pieces)[n].treebank = f;
				if (gold_piece_of(&heads, s, affinities, &(*pieces)[n]))
					n++;
			}
		}
	}
	count_words(*pieces, n);
	return n;
}

/* --- the model file ---------------------------------------------------------- */

static void
write_part(FILE *f, const char *path, const void *data, size_t n_bytes)
{
	if (!f || fwrite(data, 1, n_bytes, f) != n_bytes)
	{
		perror(path);
		exit(1);
	}
}

static void
write_model(const char *path, const char *labels_path, const parser_header *header, const bucket_table *actions, const uint32_t *arcs,
			const uint32_t *punctuation, const uint16_t *affinities)
{
	size_t		n_bytes;
	void	   *labels = read_file(labels_path, &n_bytes);
	FILE	   *f = fopen(path, "wb");

	write_part(f, path, header, sizeof(*header));
	for (int side = 0; side <= (header->log2_arc_buckets != 0); side++)
		write_part(f, path, actions[side].slots, (size_t) 16 << header->log2_action_buckets);
	if (arcs)
		write_part(f, path, arcs, (size_t) 16 << header->log2_arc_buckets);
	write_part(f, path, punctuation, (size_t) 16 << header->log2_punctuation_buckets);
	write_part(f, path, affinities, (size_t) 8 << header->log2_affinity_buckets);
	write_part(f, path, labels, n_bytes);
	if (fclose(f))
	{
		perror(path);
		exit(1);
	}
	free(labels);
}

static affinity_table
read_affinities(const training_options *o)
{
	static const uint16_t none[8] = {0};
	affinity_table t = {none, 31};
	size_t		n_bytes = 0;

	if (!o->affinities)
		return t;
	t.slots = read_file(o->affinities, &n_bytes);
	for (; n_bytes > 16; n_bytes /= 2)
		t.shift--;
	return t;
}

static bucket_table
read_table(const char *folder, const char *direction, const char *fold)
{
	char		path[4096];
	size_t		n_bytes;
	bucket_table t = {NULL, 32};

	snprintf(path, sizeof(path), "%s/%s%s.bin", folder, direction, fold);
	t.slots = read_file(path, &n_bytes);
	for (; n_bytes > 16; n_bytes /= 2)
		t.shift--;
	return t;
}

/* Tables of actions that have not learned from a part: of tables/forward.k.bin for "folds/k/...". */
static void
read_fold_tables(const char *folder, char **paths, int n_paths, bucket_table (*tables)[2])
{
	for (int i = 0; i < n_paths; i++)
	{
		const char *fold = strstr(paths[i], "folds/");
		char		name[3] = {'.', fold ? fold[6] : '\0'};

		if (!fold || strstr(paths[i], "@gold"))
			continue;
		tables[i][0] = read_table(folder, "forward", name);
		tables[i][1] = read_table(folder, "backward", name);
	}
}

/* Trains on the treebanks; affinities come from a file that `affinities` mode made, or there are none. */
static void
train(const char *path, char **train_paths, int n_train, const training_options *o)
{
	affinity_table affinities = read_affinities(o);
	parser_header header = {PARSER_MAGIC, PARSER_VERSION, (uint32_t) o->log2_buckets,
							(uint32_t) o->log2_punctuation_buckets, o->run_margin, o->run_width, 32 - affinities.shift};
	gold_piece *pieces = NULL;
	bucket_table actions[2],
				(*tables)[2] = must_alloc(sizeof(*tables) * (size_t) n_train);
	uint32_t   *arcs = NULL,
			   *punctuation;
	int			n = load_pieces(train_paths, n_train, &affinities, &pieces);

	if (o->tables)
	{
		read_fold_tables(o->tables, train_paths, n_train, tables);
		header.log2_arc_buckets = (uint32_t) o->log2_arc_buckets;
		header.bonus[0] = o->bonus_left;
		header.bonus[1] = o->bonus_right;
		arcs = train_arcs(pieces, n, tables, o);
		actions[0] = read_table(o->tables, "forward", "");
		actions[1] = read_table(o->tables, "backward", "");
		header.log2_action_buckets = 32 - actions[0].shift;
	}
	else
		actions[0] = (bucket_table) {train_actions(pieces, n, o), 0};
	punctuation = train_punctuation(pieces, n, o);
	if (!o->labels)
		train_labels(pieces, n, o, path);
	write_model(path, o->labels ? o->labels : path, &header, actions, arcs, punctuation, affinities.slots);
}

/* Trains a table of actions only, or relations only. */
static void
train_part(const char *path, char **train_paths, int n_train, const training_options *o, bool of_labels)
{
	affinity_table affinities = read_affinities(o);
	gold_piece *pieces = NULL;
	char	  **kept = must_alloc(sizeof(char *) * (size_t) n_train);
	int			n_kept = 0,
				n;
	FILE	   *f;

	for (int i = 0; i < n_train; i++)
		if (!o->hold || !strstr(train_paths[i], o->hold))
			kept[n_kept++] = train_paths[i];
	n = load_pieces(kept, n_kept, &affinities, &pieces);
	if (of_labels)
	{
		train_labels(pieces, n, o, path);
		return;
	}
	if (o->backward)
		for (int i = 0; i < n; i++)
			pieces[i] = mirrored_gold(&pieces[i]);
	f = fopen(path, "wb");
	write_part(f, path, train_actions(pieces, n, o), (size_t) 16 << o->log2_buckets);
	if (fclose(f))
		exit(1);
}

/* affinities model.bin out.bin -- news.jsonl.gz ... */
static void
make_affinities(const char *model_path, const char *out_path, char **paths, int n_paths)
{
	parser_model m;
	size_t		n_bytes;
	void	   *data = read_file(model_path, &n_bytes);
	uint16_t   *slots;
	FILE	   *f;

	if (!parser_open(&m, data, n_bytes))
		exit(1);
	slots = count_affinities(&m, paths, n_paths, LOG2_AFFINITY_BUCKETS);
	f = fopen(out_path, "wb");
	if (!f || fwrite(slots, (size_t) 8 << LOG2_AFFINITY_BUCKETS, 1, f) != 1 || fclose(f))
	{
		perror(out_path);
		exit(1);
	}
}

/* --- measuring ---------------------------------------------------------------- */

typedef struct counts
{
	int			n,
				heads,
				relations,
				both;
} counts;

static void
count(counts *c, bool head, bool relation)
{
	c->n++;
	c->heads += head;
	c->relations += relation;
	c->both += head && relation;
}

static void
print_counts(const char *what, const counts *c)
{
	double		n = c->n ? c->n : 1;

	printf("  %-28s %6d  UAS %6.2f  LAS %6.2f  relation %6.2f\n", what, c->n, 100 * c->heads / n, 100 * c->both / n,
		   100 * c->relations / n);
}

static bool
is_speech_verb(const token *t)
{
	static const char *const words[] = {
		"said", "say", "says", "saying", "told", "tell", "tells", "telling", "added", "adds", "announced", "announces",
		"argued", "argues", "asked", "asks", "claimed", "claims", "explained", "explains", "noted", "notes", "reported",
		"reports", "replied", "stated", "states", "warned", "warns", "wrote", "writes", "declared", "insisted", "admitted",
		"confirmed", "denied", "suggested", "suggests", "commented", "remarked", "continued", "concluded", "responded",
		"according"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], t->lower) == 0)
			return true;
	return false;
}

/* A token on which a quote may rest, of the gold tree: a verb of speech, or its subject or clause. */
static bool
is_speech(const gold_heads *g, int32_t i)
{
	int			r = g->relation[i];

	if (is_speech_verb(&g->doc->tokens[i]))
		return true;
	return g->head[i] >= 0 && is_speech_verb(&g->doc->tokens[g->head[i]]) &&
		(r == REL_NSUBJ || r == REL_CCOMP || r == REL_PARATAXIS || r == REL_NSUBJ_PASS || r == REL_OBL || r == REL_XCOMP);
}

static void
print_relations(const counts *by_relation)
{
	for (int r = 1; r < N_RELATIONS; r++)
		if (by_relation[r].n >= 100)
			print_counts(relation_names[r], &by_relation[r]);
}

static void
measure(const parser_model *m, const char *path, bool detailed)
{
	treebank	b = load(path);
	counts		all = {0},
				words = {0},
				speech = {0},
				by_relation[N_RELATIONS] = {{0}};
	int			n_sentences = 0,
				n_exact = 0;
	double		seconds = 0;

	for (int32_t d = 0; d < b.n_documents; d++)
	{
		gold_heads	g = gold_heads_of(&b.documents[d]);
		clock_t		from = clock();

		for (int32_t s = 0; s < g.doc->n_sentences; s++)
			parse_with(m, g.doc, s);
		seconds += (double) (clock() - from) / CLOCKS_PER_SEC;
		for (int32_t s = 0; s < g.doc->n_sentences; s++)
		{
			bool		exact = true;

			for (int32_t i = g.doc->sentences[s].start; i < g.doc->sentences[s].end; i++)
			{
				const token *t = &g.doc->tokens[i];
				bool		head = t->head == g.head[i],
							relation = t->relation == g.relation[i];

				count(&all, head, relation);
				count(&by_relation[g.relation[i]], head, relation);
				if (b.documents[d].gold[i].upos != UPOS_PUNCT)
					count(&words, head, relation);
				if (is_speech(&g, i))
					count(&speech, head, relation);
				exact = exact && head;
			}
			n_exact += exact;
			n_sentences++;
		}
	}
	printf("%s: %.0f tokens/s, %.1f%% of %d trees right\n", path, all.n / seconds, 100.0 * n_exact / n_sentences, n_sentences);
	print_counts("all tokens", &all);
	print_counts("without punctuation", &words);
	print_counts("speech", &speech);
	if (detailed)
		print_relations(by_relation);
}

/* --- command line -------------------------------------------------------------- */

static bool
read_option(training_options *o, const char *argument)
{
	const char *value = strchr(argument, '=');
	size_t		n = value ? (size_t) (value - argument) : 0;
	struct
	{
		const char *name;
		int		   *number;
	}			numbers[] = {
		{"epochs", &o->epochs}, {"second_epochs", &o->second_epochs}, {"label_epochs", &o->label_epochs}, {"width", &o->width},
		{"min_updates", &o->min_updates}, {"label_min_updates", &o->label_min_updates},
		{"log2_buckets", &o->log2_buckets}, {"log2_arc_buckets", &o->log2_arc_buckets}, {"arc_epochs", &o->arc_epochs},
		{"backward", &o->backward}, {"once", &o->once}, {"bonus_left", &o->bonus_left}, {"bonus_right", &o->bonus_right},
		{"run_width", &o->run_width}, {"run_margin", &o->run_margin}, {"max_label_rows", &o->max_label_rows}
	};

	if (!value)
		return false;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (strlen(numbers[i].name) == n && strncmp(numbers[i].name, argument, n) == 0)
		{
			*numbers[i].number = atoi(value + 1);
			return true;
		}
	if (strncmp(argument, "clip=", 5) == 0)
		o->clip = atof(value + 1);
	else if (strncmp(argument, "affinities=", 11) == 0)
		o->affinities = value + 1;
	else if (strncmp(argument, "tables=", 7) == 0)
		o->tables = value + 1;
	else if (strncmp(argument, "labels=", 7) == 0)
		o->labels = value + 1;
	else if (strncmp(argument, "hold=", 5) == 0)
		o->hold = value + 1;
	else if (strncmp(argument, "arc_drop=", 9) == 0)
		o->arc_drop = atof(value + 1);
	else if (strncmp(argument, "drop=", 5) == 0)
		o->drop = atof(value + 1);
	else if (strncmp(argument, "label_drop=", 11) == 0)
		o->label_drop = atof(value + 1);
	else if (strncmp(argument, "forget=", 7) == 0)
		o->forget = atof(value + 1);
	else if (strncmp(argument, "tags=", 5) == 0)
		gold_tags = strcmp(value + 1, "gold") == 0;
	else
		return false;
	return true;
}

int
main(int argc, char **argv)
{
	training_options o = {.epochs = 3,.second_epochs = 4,.label_epochs = 3,.width = 6,.min_updates = 3,.label_min_updates = 3,
						  .log2_buckets = 18,.log2_arc_buckets = 17,.arc_epochs = 5,.arc_drop = 0.3,.bonus_left = 80,.bonus_right = 40,
						  .log2_punctuation_buckets = 13,.clip = 6,.run_width = 3,.run_margin = 150,
						  .max_label_rows = 40000,.drop = 0.35,.label_drop = 0.3,.forget = 0,.seed = 1};
	int			at = 1,
				dash = 1;
	bool		only_measure;
	parser_model m;
	size_t		n_bytes;
	void	   *data;

	while (at < argc && read_option(&o, argv[at]))
		at++;
	if (at + 4 < argc && strcmp(argv[at], "affinities") == 0)
	{
		make_affinities(argv[at + 1], argv[at + 2], argv + at + 4, argc - at - 4);
		return 0;
	}
	if (at + 2 < argc && (strcmp(argv[at], "actions") == 0 || strcmp(argv[at], "labels") == 0))
	{
		train_part(argv[at + 1], argv + at + 2, argc - at - 2, &o, argv[at][0] == 'l');
		return 0;
	}
	only_measure = at < argc && strcmp(argv[at], "measure") == 0;
	at += only_measure;
	for (dash = at; dash < argc && strcmp(argv[dash], "--") != 0; dash++)
		;
	if (dash == argc)
	{
		fprintf(stderr, "usage: train_parser [option=value ...] [measure] model.bin [train.conllu.gz ...] -- dev.conllu.gz ...\n"
				"       train_parser [option=value ...] actions table.bin train.conllu.gz ...\n"
				"       train_parser [option=value ...] labels labels.bin train.conllu.gz ...\n"
				"       train_parser affinities model.bin affinities.bin -- news.jsonl.gz ...\n");
		return 1;
	}
	if (!only_measure)
		train(argv[at], argv + at + 1, dash - at - 1, &o);
	data = read_file(argv[at], &n_bytes);
	if (!parser_open(&m, data, n_bytes))
	{
		fprintf(stderr, "%s: no parser model\n", argv[at]);
		return 1;
	}
	if (only_measure && at > 2)
	{
		m.width = o.run_width;
		m.margin = o.run_margin;
		m.looks_twice = m.looks_twice && !o.once;
	}
	for (int i = dash + 1; i < argc; i++)
		measure(&m, argv[i], only_measure);
	return 0;
}
