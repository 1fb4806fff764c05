/*
 * train_words.c - makes data/models/words.bin: the word tagger and its lemmas.
 *
 *   build/train_words [-o file] [-c corpora] [-m model] [name=value ...]
 *
 * Trains on UD English EWT and GUM, and with less weight on the tags of the
 * Groningen Meaning Bank and on copies in other letter cases; prints scores on the
 * dev parts.  The same corpora give the same file.  -m takes the chain of a model
 * made before and remakes the rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conllu.h"
#include "gmb.h"
#include "lemma_train.h"
#include "sequence_train.h"
#include "tag/tagset.h"
#include "tag/words_model.h"

#define MAX_PAIRS 64			/* labels: one cache line of 8-bit weights a row */

typedef struct settings
{
	double		rate,
				l1,
				l2,
				dropout,
				epochs,
				late,
				average,		/* over the last epochs */
				late_rate,
				min_count,
				rows,
				clip,
				gmb,
				gmb_every,
				cases,
				fixed_count,	/* forms so frequent ... */
				fixed_share,	/* with one label so often are not left to the chain */
				seed,
				show;			/* print errors on the first dev part */
} settings;

static settings set = {
	.average = 3,.rate = 0.15,.l1 = 0,.l2 = 1e-5,.dropout = 0.1,.late_rate = 0.1,.epochs = 2,.late = 5,.min_count = 3,.rows = 90000,.clip = 12,
	.gmb = 0.05,.gmb_every = 3,.cases = 0.3,.fixed_count = 12,.fixed_share = 0.99,.seed = 1
};

static const struct
{
	const char *name;
	double	   *value;
}			setting_names[] = {
	{"rate", &set.rate}, {"l1", &set.l1}, {"l2", &set.l2}, {"dropout", &set.dropout}, {"epochs", &set.epochs},
	{"late", &set.late}, {"average", &set.average}, {"late_rate", &set.late_rate}, {"min_count", &set.min_count}, {"rows", &set.rows}, {"clip", &set.clip}, {"gmb", &set.gmb},
	{"gmb_every", &set.gmb_every}, {"cases", &set.cases}, {"fixed_count", &set.fixed_count}, {"fixed_share", &set.fixed_share}, {"seed", &set.seed}, {"show", &set.show}
};

typedef struct corpus
{
	gold_document *documents;
	int32_t		n;
	float		weight;
	int			every;			/* of its sentences only those whose number is `part` modulo `every` */
	int			part;
} corpus;

typedef struct label_table
{
	int32_t		n;
	int32_t		of_pair[N_UPOS][N_XPOS];	/* label or -1 */
	uint8_t		tags[MAX_PAIRS * 2];
	char		names[MAX_PAIRS][16];
} label_table;

static arena *memory;
static const char *corpora = "/work/shared/corpora";

static char *
path_of(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/%s", corpora, name);
	return path;
}

static corpus
read_corpus(const char *name, conllu_case letters, float weight)
{
	corpus		c = {.weight = weight,.every = 1};

	c.n = conllu_read(memory, path_of(name), letters, &c.documents);
	return c;
}

/* --- labels ------------------------------------------------------------------ */

/* The MAX_PAIRS most frequent pairs of tags. */
static void
choose_labels(const corpus *c, int n_corpora, label_table *t)
{
	static int64_t counts[N_UPOS][N_XPOS];

	for (int k = 0; k < n_corpora; k++)
		for (int32_t d = 0; d < c[k].n; d++)
			for (int32_t i = 0; i < c[k].documents[d].doc->n_tokens; i++)
				counts[c[k].documents[d].gold[i].upos][c[k].documents[d].gold[i].xpos]++;
	memset(t->of_pair, -1, sizeof(t->of_pair));
	for (t->n = 0; t->n < MAX_PAIRS; t->n++)
	{
		int			bu = 0,
					bx = 0;

		for (int u = 1; u < N_UPOS; u++)
			for (int x = 1; x < N_XPOS; x++)
				if (t->of_pair[u][x] < 0 && counts[u][x] > counts[bu][bx])
				{
					bu = u;
					bx = x;
				}
		if (counts[bu][bx] < 5 || bu == 0)
			break;
		t->of_pair[bu][bx] = t->n;
		t->tags[t->n * 2] = (uint8_t) bu;
		t->tags[t->n * 2 + 1] = (uint8_t) bx;
		snprintf(t->names[t->n], sizeof(t->names[0]), "%s/%s", upos_names[bu], xpos_names[bx]);
	}
}

/* Labels that a gold token allows: its pair, else what agrees with its PTB tag, else all. */
static label_set
allowed_labels(const label_table *t, const gold_token *g)
{
	label_set	s = {{0, 0}};
	bool		any = false;

	if (t->of_pair[g->upos][g->xpos] >= 0)
		return label_set_of(t->of_pair[g->upos][g->xpos]);
	for (int32_t y = 0; y < t->n; y++)
		if (g->xpos && (t->tags[y * 2 + 1] == g->xpos || (g->upos == 0 && g->xpos == XPOS_TO && t->tags[y * 2 + 1] == XPOS_IN)))
		{
			label_set_add(&s, y);
			any = true;
		}
	for (int32_t y = 0; !any && y < t->n; y++)
		label_set_add(&s, y);
	return s;
}

/* --- hash tables of the file --------------------------------------------------- */

typedef struct table
{
	weights_slot *slots;
	uint32_t	n_slots;
} table;

static table
table_create(size_t n_entries)
{
	table		t = {.n_slots = 16};

	while (t.n_slots < n_entries * 2)
		t.n_slots *= 2;
	t.slots = calloc(t.n_slots, sizeof(weights_slot));
	return t;
}

static void
table_put(table *t, uint64_t hash, uint32_t value)
{
	uint32_t	at = (uint32_t) hash & (t->n_slots - 1);

	while (t->slots[at].row)
		at = (at + 1) & (t->n_slots - 1);
	t->slots[at].check = (uint32_t) (hash >> 32);
	t->slots[at].row = value;
}

typedef struct form_count
{
	uint64_t	hash;
	int32_t		label;
} form_count;

static int
by_hash(const void *a, const void *b)
{
	const form_count *x = a,
			   *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->label - y->label;
}

static form_count *
list_forms(const corpus *c, int n_corpora, const label_table *labels, size_t *n_forms)
{
	size_t		n = 0;
	form_count *all;

	for (int k = 0; k < n_corpora; k++)
		for (int32_t d = 0; d < c[k].n; d++)
			n += (size_t) c[k].documents[d].doc->n_tokens;
	all = calloc(n + 1, sizeof(form_count));
	n = 0;
	for (int k = 0; k < n_corpora; k++)
		for (int32_t d = 0; d < c[k].n; d++)
			for (int32_t i = 0; i < c[k].documents[d].doc->n_tokens; i++)
			{
				const gold_token *g = &c[k].documents[d].gold[i];

				all[n].hash = c[k].documents[d].doc->tokens[i].form_hash;
				all[n++].label = labels->of_pair[g->upos][g->xpos];
			}
	qsort(all, n, sizeof(form_count), by_hash);
	*n_forms = n;
	return all;
}

/* Forms that have one label nearly always, and often enough to be sure. */
static table
choose_fixed(const corpus *c, int n_corpora, const label_table *labels)
{
	size_t		n,
				n_fixed = 0;
	form_count *all = list_forms(c, n_corpora, labels, &n);
	table		t = table_create(2048);

	for (size_t i = 0; i < n;)
	{
		size_t		first = i,
					top = 0;
		int32_t		label = -1;

		while (i < n && all[i].hash == all[first].hash)
		{
			size_t		from = i;

			while (i < n && by_hash(&all[i], &all[from]) == 0)
				i++;
			if (i - from > top)
			{
				top = i - from;
				label = all[from].label;
			}
		}
		if (label < 0 || i - first < (size_t) set.fixed_count || (double) top < set.fixed_share * (double) (i - first))
			continue;
		table_put(&t, all[first].hash, (uint32_t) label + 1);
		n_fixed++;
	}
	printf("%zu forms have one label\n", n_fixed);
	free(all);
	return t;
}

/* --- training ------------------------------------------------------------------- */

static void
add_corpus(sequence_trainer *t, const corpus *c, const label_table *labels, const fixed_words *fixed)
{
	arena	   *a = conllu_arena();
	label_set	allowed[SEQUENCE_MAX_TOKENS];
	int			number = 0;

	for (int32_t d = 0; d < c->n; d++)
	{
		const document *doc = c->documents[d].doc;
		word_features *f = word_features_create(a, doc, fixed);

		for (int32_t s = 0; s < doc->n_sentences; s++)
		{
			const sentence *x = &doc->sentences[s];
			int32_t		n = x->end - x->start < SEQUENCE_MAX_TOKENS ? x->end - x->start : SEQUENCE_MAX_TOKENS;

			if (number++ % c->every != c->part)
				continue;
			for (int32_t i = 0; i < n; i++)
				allowed[i] = allowed_labels(labels, &c->documents[d].gold[x->start + i]);
			word_features_piece(f, x, x->start, x->start + n);
			sequence_trainer_add(t, n, word_features_extract, f, allowed, c->weight);
		}
	}
}

/* --- the file ---------------------------------------------------------------------- */

typedef struct section
{
	const void *data;
	size_t		n_bytes;
} section;

static void *
join_sections(const section *sections, size_t *n_bytes)
{
	words_header h = {.magic = WORDS_MAGIC,.version = WORDS_VERSION};
	size_t		at = sizeof(h);
	char	   *image;

	for (int i = 0; i < N_WORDS_SECTIONS; i++)
	{
		h.offset[i] = (uint32_t) at;
		h.n_bytes[i] = (uint32_t) sections[i].n_bytes;
		at += (sections[i].n_bytes + 63) / 64 * 64;
	}
	image = arena_zero(memory, at + 64);
	image += (64 - (uintptr_t) image % 64) % 64;
	memcpy(image, &h, sizeof(h));
	for (int i = 0; i < N_WORDS_SECTIONS; i++)
		if (sections[i].n_bytes)
			memcpy(image + h.offset[i], sections[i].data, sections[i].n_bytes);
	*n_bytes = at;
	return image;
}

static void
write_file(const char *path, const void *data, size_t n_bytes)
{
	FILE	   *f = fopen(path, "wb");

	if (!f || fwrite(data, 1, n_bytes, f) != n_bytes || fclose(f))
	{
		perror(path);
		exit(1);
	}
}

/* --- scores ------------------------------------------------------------------------- */

/* A token that got wrong tags, among its neighbours. */
static void
show(const document *doc, int32_t at, const gold_token *g)
{
	const token *t = &doc->tokens[at];
	int32_t		from = at > 4 ? at - 4 : 0,
				to = at + 4 < doc->n_tokens ? at + 4 : doc->n_tokens - 1;

	printf("ERROR\t%.*s\t%s/%s\t%s/%s\t%s\t%s\t%.*s\n", (int) (t->end_byte - t->start_byte), doc->text + t->start_byte,
		   upos_names[t->upos], xpos_names[t->xpos], upos_names[g->upos], xpos_names[g->xpos], t->lemma, g->lemma,
		   (int) (doc->tokens[to].end_byte - doc->tokens[from].start_byte), doc->text + doc->tokens[from].start_byte);
}

static void
score(const words_model *m, const char *what, const corpus *c)
{
	int			n = 0,
				upos = 0,
				xpos = 0,
				lemma = 0;

	for (int32_t d = 0; d < c->n; d++)
	{
		document   *doc = c->documents[d].doc;

		tag_words_with(m, doc);
		for (int32_t i = 0; i < doc->n_tokens; i++, n++)
		{
			upos += doc->tokens[i].upos == c->documents[d].gold[i].upos;
			xpos += doc->tokens[i].xpos == c->documents[d].gold[i].xpos;
			lemma += strcmp(doc->tokens[i].lemma, c->documents[d].gold[i].lemma) == 0;
			if (set.show > 0 && (doc->tokens[i].upos != c->documents[d].gold[i].upos || doc->tokens[i].xpos != c->documents[d].gold[i].xpos))
				show(doc, i, &c->documents[d].gold[i]);
			else if (set.show > 0 && strcmp(doc->tokens[i].lemma, c->documents[d].gold[i].lemma) != 0)
				printf("LEMMA\t%.*s\t%s\t%s\t%s\n", (int) (doc->tokens[i].end_byte - doc->tokens[i].start_byte),
					   doc->text + doc->tokens[i].start_byte, xpos_names[doc->tokens[i].xpos], doc->tokens[i].lemma,
					   c->documents[d].gold[i].lemma);
		}
	}
	set.show--;
	printf("%-12s %6d tokens  UPOS %.2f  PTB %.2f  lemma %.2f\n", what, n, 100.0 * upos / n, 100.0 * xpos / n,
		   100.0 * lemma / n);
}

/* --- the steps ------------------------------------------------------------------------ */

#define MAX_CORPORA 8
#define N_TREEBANKS 2			/* the first corpora: gold tags and lemmas, letters as they are */
#define N_DEV 5

static const char *const dev_names[N_DEV] = {"EWT dev", "GUM dev", "EWT lower", "EWT upper", "EWT title"};

typedef struct maker
{
	const char *out;
	const char *reuse;			/* model whose chain is taken over, or NULL */
	corpus		train[MAX_CORPORA];
	int			n_train;
	corpus		dev[N_DEV];
	label_table labels;
	table		fixed_table;
	fixed_words fixed;
	section		sections[N_WORDS_SECTIONS];
	void	   *image;
	size_t		n_bytes;
} maker;

static void
read_arguments(maker *m, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
	{
		char	   *equal = strchr(argv[i], '=');

		if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
			m->out = argv[++i];
		else if (strcmp(argv[i], "-m") == 0 && i + 1 < argc)
			m->reuse = argv[++i];
		else if (strcmp(argv[i], "-c") == 0 && i + 1 < argc)
			corpora = argv[++i];
		for (size_t k = 0; equal && k < sizeof(setting_names) / sizeof(setting_names[0]); k++)
			if (strlen(setting_names[k].name) == (size_t) (equal - argv[i]) &&
				strncmp(setting_names[k].name, argv[i], (size_t) (equal - argv[i])) == 0)
				*setting_names[k].value = atof(equal + 1);
	}
}

static void
read_corpora(maker *m)
{
	const char *ewt = "ud/en_ewt-ud-train.conllu.gz",
			   *ewt_dev = "ud/en_ewt-ud-dev.conllu.gz";

	m->train[m->n_train++] = read_corpus(ewt, CASE_AS_IT_IS, 1);
	m->train[m->n_train++] = read_corpus("ud/gum_clean.train.conllu.gz", CASE_AS_IT_IS, 1);
	for (conllu_case k = CASE_LOWER; set.cases > 0 && k <= CASE_TITLE; k++)
	{
		corpus	   *c = &m->train[m->n_train++];

		*c = read_corpus(ewt, k, (float) set.cases);
		c->every = 3;
		c->part = k - CASE_LOWER;
	}
	if (set.gmb > 0)
	{
		corpus	   *c = &m->train[m->n_train++];

		*c = (corpus) {.weight = (float) set.gmb,.every = (int) set.gmb_every};
		c->n = gmb_read(memory, path_of("ner/gmb_raw_pos_ner.csv.gz"), &c->documents);
	}
	m->dev[0] = read_corpus(ewt_dev, CASE_AS_IT_IS, 1);
	m->dev[1] = read_corpus("ud/gum_clean.dev.conllu.gz", CASE_AS_IT_IS, 1);
	for (int k = 0; k < 3; k++)
		m->dev[2 + k] = read_corpus(ewt_dev, CASE_LOWER + k, 1);
}

static void
make_tables(maker *m)
{
	lemma_trainer *lemmas = lemma_trainer_create(memory);
	char		wordnet[4096];

	choose_labels(m->train, N_TREEBANKS, &m->labels);
	m->fixed_table = choose_fixed(m->train, N_TREEBANKS, &m->labels);
	m->fixed = (fixed_words) {m->fixed_table.slots, m->fixed_table.n_slots - 1};
	for (int k = 0; k < N_TREEBANKS; k++)
		lemma_trainer_add(lemmas, m->train[k].documents, m->train[k].n);
	snprintf(wordnet, sizeof(wordnet), "%s", path_of("gazetteer/wordnet"));
	lemma_trainer_add_dictionaries(lemmas, wordnet, path_of("gazetteer/lex-scowl/words.tsv.gz"));
	m->sections[WORDS_LEMMAS].data = lemma_trainer_make(lemmas, &m->sections[WORDS_LEMMAS].n_bytes);
	m->sections[WORDS_TAGS] = (section) {m->labels.tags, (size_t) m->labels.n * 2};
	m->sections[WORDS_FIXED] = (section) {m->fixed_table.slots, m->fixed_table.n_slots * sizeof(weights_slot)};
}

static void
join_and_score(maker *m)
{
	words_model model;

	m->image = join_sections(m->sections, &m->n_bytes);
	if (!words_model_open(&model, m->image, m->n_bytes))
	{
		fprintf(stderr, "the model does not open\n");
		exit(1);
	}
	for (int k = 0; k < N_DEV; k++)
		score(&model, dev_names[k], &m->dev[k]);
	fflush(stdout);
}

/* First over all features, then over the rows that are kept. */
static void
train_chain(maker *m)
{
	sequence_options options = {.n_labels = m->labels.n,.rate = (float) set.rate,.l1 = (float) set.l1,.l2 = (float) set.l2,
	.dropout = (float) set.dropout,.seed = (uint64_t) set.seed};
	sequence_trainer *t = sequence_trainer_create(&options);
	const char *names[MAX_PAIRS];
	char		scratch[4096];

	for (int k = 0; k < m->n_train; k++)
		add_corpus(t, &m->train[k], &m->labels, &m->fixed);
	sequence_trainer_begin(t, (uint32_t) set.min_count);
	printf("%d labels, %zu features\n", m->labels.n, sequence_trainer_rows(t));
	for (int e = 0; e < set.epochs + set.late; e++)
	{
		time_t		begin = time(NULL);
		double		loss;

		if (e == (int) set.epochs)
		{
			sequence_trainer_prune(t, (size_t) set.rows);
			sequence_trainer_set_rate(t, (float) set.late_rate);
		}
		loss = sequence_trainer_epoch(t);
		if (e >= set.epochs + set.late - set.average)
			sequence_trainer_average(t);
		printf("epoch %d: loss %.5f, %ld s\n", e + 1, loss, (long) (time(NULL) - begin));
		fflush(stdout);
	}
	for (int32_t i = 0; i < m->labels.n; i++)
		names[i] = m->labels.names[i];
	snprintf(scratch, sizeof(scratch), "%s.sequence", m->out);
	sequence_trainer_write(t, scratch, 8, (float) set.clip, names);
	m->sections[WORDS_SEQUENCE].data = read_whole_file(memory, scratch, &m->sections[WORDS_SEQUENCE].n_bytes);
	remove(scratch);
	sequence_trainer_free(t);
}

int
main(int argc, char **argv)
{
	static maker m = {.out = "data/models/words.bin"};

	memory = conllu_arena();
	read_arguments(&m, argc, argv);
	read_corpora(&m);
	make_tables(&m);
	if (m.reuse)
	{
		const words_header *h = (const words_header *) read_whole_file(memory, m.reuse, NULL);

		m.sections[WORDS_SEQUENCE] = (section) {(const char *) h + h->offset[WORDS_SEQUENCE], h->n_bytes[WORDS_SEQUENCE]};
	}
	else
		train_chain(&m);
	join_and_score(&m);
	write_file(m.out, m.image, m.n_bytes);
	printf("%s: %zu bytes\n", m.out, m.n_bytes);
	return 0;
}
