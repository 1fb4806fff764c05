/*
 * train_names.c - trains data/models/names.bin and prints its scores.
 *
 *   train_names DIRECTORY OUT.bin [GROUP] ...		trains; a GROUP is left out, for ablation
 *   train_names DIRECTORY OUT.bin hold K		leaves out every fourth annotated article from the K-th on, 0 .. 3, to be scored
 *   train_names DIRECTORY OUT.bin weight CORPUS W	another weight of a corpus
 *   train_names DIRECTORY MODEL.bin score [errors]	scores a model
 *
 * In: DIRECTORY/{train,annotated_dev,uner_dev}.names (names_data.py).  GROUPs, for ablation: clusters, gazetteers, tags, other (all corpora
 * but the annotated articles), second (the second pass), cases (copies in other letter cases).
 *
 * Corpora mark different kinds, so labels are partial: LOC may be a place or a
 * facility, and outside a name a token may still be of a kind that its corpus
 * does not mark, where a model of the annotated articles alone believes so.
 * The second pass learns from first-pass labels made by models that did not see
 * the text (four folds).  The worth of probabilities is measured on held-out
 * annotated articles.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_reader.h"
#include "lexicon/lexicon.h"
#include "sequence_train.h"
#include "stages.h"
#include "tag/tag_names.h"

#define NO_NAME (1u << N_ENTITY_KINDS)
#define N_FOLDS 4
#define LAST_EPOCHS 4			/* of training, on the corpora that stay to the end */
#define EARLY_CORPORA 1			/* group of those that do not */
#define OPEN_FROM 0.15f			/* probability of an unmarked kind from which it is left open */

typedef struct gold_mention
{
	uint32_t	start;
	uint32_t	end;
	uint32_t	kinds;
} gold_mention;

typedef struct region
{
	uint32_t	start;
	uint32_t	end;
	float		weight;
} region;

typedef struct text
{
	document   *doc;
	name_view  *view;
	gold_mention *gold;
	int			n_gold;
	region	   *regions;
	int			n_regions;
	int			corpus;
	uint32_t	open_kinds;
	int			fold;
	label_set  *allowed;		/* [token] */
	uint8_t    *first_labels;	/* of a first pass that did not see the text */
} text;

typedef struct texts
{
	text	   *list;
	int			n;
} texts;

typedef struct corpus
{
	const char *name;
	float		weight;
	bool		in_second_pass;
	int			group;			/* EARLY_CORPORA are left out of the last epochs */
} corpus;

static corpus corpora[] = {
	{"annotated", 1.5f, true, 0},
	{"headings", 1.0f, true, 0},
	{"cases", 0.15f, true, 0},
	{"uner", 2.0f, true, 0},
	{"wikigold", 0.7f, true, 1},
	{"crossner", 0.4f, true, 1},
	{"btc", 0.3f, true, 1},
	{"gum", 1.0f, true, 0},
};

#define N_CORPORA ((int) (sizeof(corpora) / sizeof(corpora[0])))

enum
{
	WITHOUT_CLUSTERS = 1, WITHOUT_GAZETTEERS = 2, WITHOUT_TAGS = 4, WITHOUT_OTHER = 8, WITHOUT_SECOND = 16, WITHOUT_CASES = 32,
	WITHOUT_OPEN = 64, WITHOUT_ANNOTATED = 128, WITHOUT_UNIFY = 256
};

static const char *const group_names[] = {"clusters", "gazetteers", "tags", "other", "second", "cases", "open", "annotated", "unify"};
static unsigned without;
static int	hold = -1;			/* annotated articles n with n % N_FOLDS == hold are left out, to be scored */
static int n_lost, n_gold_all;
static const char *label_names[N_NAME_LABELS];
static uint8_t forbidden[N_NAME_LABELS * N_NAME_LABELS],
			forbidden_start[N_NAME_LABELS];

static void *
checked(void *p)
{
	if (p == NULL)
	{
		fprintf(stderr, "train_names: out of memory\n");
		exit(1);
	}
	return p;
}

static void
make_labels(void)
{
	static char names[N_NAME_LABELS][32];

	for (int y = 0; y < N_NAME_LABELS; y++)
	{
		if (y == 0)
			strcpy(names[y], "O");
		else
			snprintf(names[y], sizeof(names[y]), "%c-%s", y & 1 ? 'B' : 'I', entity_kind_names[(y - 1) / 2]);
		label_names[y] = names[y];
	}
	for (int to = 2; to < N_NAME_LABELS; to += 2)
	{
		forbidden_start[to] = 1;
		for (int from = 0; from < N_NAME_LABELS; from++)
			forbidden[from * N_NAME_LABELS + to] = from != to && from != to - 1;
	}
}

/* ---- reading ---- */

static int
corpus_number(const char *name)
{
	for (int i = 0; i < N_CORPORA; i++)
		if (strcmp(corpora[i].name, name) == 0)
			return i;
	fprintf(stderr, "train_names: unknown corpus %s\n", name);
	exit(1);
}

/* For ablation: what the features may not see. */
static void
hide(name_view *v)
{
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		name_cue   *c = &v->cues[i];

		if (without & WITHOUT_CLUSTERS)
			c->class_known = 0;
		if (without & WITHOUT_GAZETTEERS)
			c->types = c->single_types = c->place = c->phrase_length = 0;
		if (without & WITHOUT_TAGS)
			c->upos = c->xpos = 0;
	}
}

static void
analyse(text *t)
{
	document_need(t->doc, STAGE_TEXT | STAGE_WORDS);
	t->view = name_view_create(t->doc);
	hide(t->view);
}

static texts
read_texts(const char *directory, const char *name)
{
	char		path[4096],
				line[256],
				corpus_name[32];
	texts		all = {NULL, 0};
	int			capacity = 0,
				n_articles = 0;
	FILE	   *f;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	f = fopen(path, "rb");
	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f))
	{
		text		t = {.fold = all.n % N_FOLDS};
		unsigned	n_bytes;
		int			n_lines;
		char	   *body;

		if (sscanf(line, "D %31s %u %u %d", corpus_name, &t.open_kinds, &n_bytes, &n_lines) != 4)
			exit(1);
		body = checked(malloc(n_bytes + 1));
		if (fread(body, 1, n_bytes, f) != n_bytes || fgetc(f) != '\n')
			exit(1);
		body[n_bytes] = 0;
		t.corpus = corpus_number(corpus_name);
		t.gold = checked(calloc(n_lines + 1, sizeof(gold_mention)));
		t.regions = checked(calloc(n_lines + 1, sizeof(region)));
		for (int i = 0; i < n_lines; i++)
		{
			unsigned	a,
						b,
						c;
			char		kind;

			if (!fgets(line, sizeof(line), f) || sscanf(line, "%c %u %u %u", &kind, &a, &b, &c) != 4)
				exit(1);
			if (kind == 'M')
				t.gold[t.n_gold++] = (gold_mention) {a, b, c};
			else
				t.regions[t.n_regions++] = (region) {a, b, c / 1000.0f};
		}
		n_articles += t.corpus == 0;
		if (hold >= 0 && t.corpus <= 2 && (n_articles - 1) % N_FOLDS == hold && strcmp(name, "train.names") == 0)
			continue;
		if (((without & WITHOUT_OTHER) && t.corpus > 2) || ((without & WITHOUT_CASES) && (t.corpus == 1 || t.corpus == 2)) ||
			((without & WITHOUT_ANNOTATED) && t.corpus <= 2 && strcmp(name, "train.names") == 0))
			continue;
		/* copies of an article come behind it and share its fold */
		if (t.corpus == 1 || t.corpus == 2)
			t.fold = all.n > 0 ? all.list[all.n - 1].fold : 0;
		t.doc = document_create(arena_create(corpus_blocks()), body, n_bytes);
		analyse(&t);
		if (all.n == capacity)
		{
			capacity = capacity ? capacity * 2 : 1024;
			all.list = checked(realloc(all.list, capacity * sizeof(text)));
		}
		all.list[all.n++] = t;
	}
	fclose(f);
	return all;
}

/* ---- what labels a token may have ---- */

/* names_label, and for each token the probability that it is in a name of these kinds. */
static void
names_label_open(name_view *v, const sequence_model *m, uint8_t *labels, uint32_t kinds, float *open)
{
	sequence_lattice *l = sequence_lattice_create(v->doc->memory, m);

	for (int32_t s = 0; s < v->doc->n_sentences; s++)
		for (int32_t at = v->doc->sentences[s].start; at < v->doc->sentences[s].end; at += SEQUENCE_MAX_TOKENS)
		{
			int32_t		end = v->doc->sentences[s].end,
						n = end - at < SEQUENCE_MAX_TOKENS ? end - at : SEQUENCE_MAX_TOKENS;

			name_view_select(v, s, at, at + n);
			sequence_label(l, n, -1, at + n == end, name_features, v, labels + at);
			sequence_probabilities(l);
			for (int32_t i = 0; i < n; i++)
				for (int k = 0; k < N_ENTITY_KINDS; k++)
					if (kinds >> k & 1)
						open[at + i] += sequence_probability(l, i, NAME_FIRST(k)) + sequence_probability(l, i, NAME_LATER(k));
		}
}

/* LOC is a facility only where a word says so, and even then may be a place. */
static uint32_t
possible_kinds(const text *t, int32_t start, int32_t end, uint32_t kinds)
{
	uint32_t	both = 1u << KIND_PLACE | 1u << KIND_FACILITY;

	if (kinds != both)
		return kinds;
	for (int32_t i = start; i < end; i++)
		if ((t->view->cues[i].sets & SET_FACILITY_NOUN) || (t->view->cues[i].types & NAME_TYPE_FACILITY))
			return kinds;
	return 1u << KIND_PLACE;
}

static void
set_allowed(text *t)
{
	const document *doc = t->doc;
	int			lost = 0;

	t->allowed = checked(calloc(doc->n_tokens + 1, sizeof(label_set)));
	for (int32_t i = 0; i < doc->n_tokens; i++)
		t->allowed[i] = label_set_of(NAME_OUTSIDE);
	for (int g = 0, from = 0; g < t->n_gold; g++)
	{
		const gold_mention *m = &t->gold[g];
		int32_t		start,
					end;
		bool		possible = true;
		uint32_t	kinds;

		while (from < doc->n_tokens && doc->tokens[from].end_byte <= m->start)
			from++;
		start = end = from;
		while (end < doc->n_tokens && doc->tokens[end].start_byte < m->end)
			end++;
		while (start < end && !t->view->cues[start].may_be_name)
			start++;
		while (end > start && !t->view->cues[end - 1].may_be_name)
			end--;
		for (int32_t i = start; i < end; i++)
			possible &= t->view->cues[i].may_be_name;
		lost += !possible || start == end;
		kinds = start < end ? possible_kinds(t, start, end, m->kinds) : 0;
		for (int32_t i = start; i < end; i++)
		{
			label_set	set = {{0, 0}};

			for (int k = 0; k < N_ENTITY_KINDS; k++)
				if (kinds & (1u << k))
				{
					if (i == start || !possible)
						label_set_add(&set, NAME_FIRST(k));
					if (i > start)
						label_set_add(&set, NAME_LATER(k));
				}
			if (((m->kinds & NO_NAME) && t->view->cues[start].written == 0) || !possible)
				label_set_add(&set, NAME_OUTSIDE);
			t->allowed[i] = set;
		}
		from = end > start ? end - 1 : end;
	}
	n_lost += lost;
	n_gold_all += t->n_gold;
}

/*
 * Where the model of the annotated articles thinks of a kind that this corpus
 * does not mark, both that and no name are left open.
 */
static void
open_kinds(text *t, const sequence_model *m)
{
	const document *doc = t->doc;
	uint8_t    *labels = checked(calloc(doc->n_tokens + 1, 1));
	float	   *open = checked(calloc(doc->n_tokens + 1, sizeof(float)));

	names_label_open(t->view, m, labels, t->open_kinds, open);
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		if (t->allowed[i].bits[0] != 1 || open[i] < OPEN_FROM)
			continue;
		for (int k = 0; k < N_ENTITY_KINDS; k++)
			if (t->open_kinds >> k & 1)
			{
				label_set_add(&t->allowed[i], NAME_FIRST(k));
				if (i > 0 && open[i - 1] >= OPEN_FROM)
					label_set_add(&t->allowed[i], NAME_LATER(k));
			}
		if (open[i] > 0.8f && (labels[i] != NAME_OUTSIDE) && (t->open_kinds >> ((labels[i] - 1) / 2) & 1))
			t->allowed[i].bits[0] &= ~UINT64_C(1);
	}
	free(labels);
	free(open);
}

/* ---- training ---- */

static float
weight_of(const text *t, const sentence *s)
{
	uint32_t	at = t->doc->tokens[s->start].start_byte;
	float		weight = corpora[t->corpus].weight;

	for (int i = 0; i < t->n_regions; i++)
		if (at >= t->regions[i].start && at < t->regions[i].end)
			weight *= t->regions[i].weight;
	return weight;
}

static void
add_text(sequence_trainer *trainer, text *t)
{
	for (int32_t s = 0; s < t->doc->n_sentences; s++)
	{
		const sentence *x = &t->doc->sentences[s];
		float		weight = weight_of(t, x);
		bool		possible = false;

		for (int32_t i = x->start; i < x->end; i++)
			possible |= t->view->cues[i].may_be_name;
		if (weight <= 0 || !possible)
			continue;
		for (int32_t at = x->start; at < x->end; at += SEQUENCE_MAX_TOKENS)
		{
			int32_t		n = x->end - at < SEQUENCE_MAX_TOKENS ? x->end - at : SEQUENCE_MAX_TOKENS;

			name_view_select(t->view, s, at, at + n);
			sequence_trainer_add(trainer, n, name_features, t->view, t->allowed + at, weight);
		}
	}
}

typedef struct training
{
	int			n_epochs;
	size_t		max_rows;
	uint32_t	min_count;
	int			leave_out;		/* fold, -1 none */
	bool		annotated_only;
	bool		second_pass;
} training;

static void *
read_file(const char *path, size_t *n_bytes)
{
	FILE	   *f = fopen(path, "rb");
	char	   *data;

	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	*n_bytes = (size_t) ftell(f);
	rewind(f);
	data = checked(aligned_alloc(64, (*n_bytes + 63) / 64 * 64));
	if (fread(data, 1, *n_bytes, f) != *n_bytes)
		exit(1);
	fclose(f);
	return data;
}

/* Trains on the texts that `how` takes; the model's file stays at `path`. */
static sequence_model
train(texts *all, training how, const char *path)
{
	sequence_options options = {
		.n_labels = N_NAME_LABELS, .rate = 0.15f, .l1 = 2e-6f, .l2 = 2e-6f, .dropout = 0.25f, .seed = 11,
		.forbidden = forbidden, .forbidden_start = forbidden_start
	};
	sequence_trainer *trainer = sequence_trainer_create(&options);
	sequence_model m;
	size_t		n_bytes;
	void	   *data;

	for (int i = 0; i < all->n; i++)
	{
		text	   *t = &all->list[i];

		if (t->fold == how.leave_out || (how.annotated_only && t->corpus > 2) ||
			(how.second_pass && !corpora[t->corpus].in_second_pass))
			continue;
		sequence_trainer_set_group(trainer, corpora[t->corpus].group);
		add_text(trainer, t);
	}
	sequence_trainer_begin(trainer, how.min_count);
	printf("  %zu features\n", sequence_trainer_rows(trainer));
	for (int epoch = 1; epoch <= how.n_epochs; epoch++)
	{
		double		loss;

		if (epoch == how.n_epochs - 2 || epoch == how.n_epochs)
			sequence_trainer_set_rate(trainer, epoch == how.n_epochs ? options.rate * 0.13f : options.rate * 0.4f);
		if (epoch > how.n_epochs - LAST_EPOCHS)
			sequence_trainer_scale_group(trainer, EARLY_CORPORA, 0);
		loss = sequence_trainer_epoch(trainer);
		printf("  epoch %d: loss %.5f\n", epoch, loss);
		fflush(stdout);
		if (epoch == (how.n_epochs + 1) / 2)
			sequence_trainer_prune(trainer, how.max_rows);
	}
	sequence_trainer_write(trainer, path, 8, 12, label_names);
	sequence_trainer_free(trainer);
	data = read_file(path, &n_bytes);
	if (!sequence_open(&m, data, n_bytes))
		exit(1);
	return m;
}

/* ---- scores ---- */

typedef struct score
{
	int			right;
	int			predicted;
	int			gold;
} score;

static void
print_score(const char *name, score s)
{
	double		p = s.predicted ? (double) s.right / s.predicted : 0,
				r = s.gold ? (double) s.right / s.gold : 0;

	printf("    %-13s gold %5d pred %5d  P %.4f R %.4f F1 %.4f\n", name, s.gold, s.predicted, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0);
}

static bool show_errors,
			want_errors;

static void
show(const text *t, const char *what, uint32_t start, uint32_t end, const char *kind)
{
	uint32_t	a = start > 60 ? start - 60 : 0,
				b = end + 50 < t->doc->n_bytes ? end + 50 : t->doc->n_bytes;

	printf("%s\t%s\t%.*s\t", what, kind, (int) (end - start), t->doc->text + start);
	for (uint32_t i = a; i < b; i++)
		printf("%s%c%s", i == start ? "[" : "", t->doc->text[i] == '\n' ? '/' : t->doc->text[i], i + 1 == end ? "]" : "");
	putchar('\n');
}

/* Compares with the gold mentions; a gold mention that may be one of several kinds takes any of them. */
static void
compare(const text *t, const uint8_t *labels, score *kinds, uint32_t scored)
{
	const document *doc = t->doc;
	int			g = 0;

	for (int i = 0; i < t->n_gold; i++)
		if (t->gold[i].kinds & scored)
			kinds[__builtin_ctz(t->gold[i].kinds)].gold++;
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		int32_t		end = i + 1;
		int			kind = labels[i] / 2;
		int			hit = -1;
		uint32_t	a,
					b;

		if (!(labels[i] & 1) || !(scored >> kind & 1))
			continue;
		while (end < doc->n_tokens && labels[end] == labels[i] + 1)
			end++;
		a = doc->tokens[i].start_byte;
		b = doc->tokens[end - 1].end_byte;
		while (g < t->n_gold && t->gold[g].end <= a)
			g++;
		for (int k = g; k < t->n_gold && t->gold[k].start < b; k++)
			if (t->gold[k].start >= a && t->gold[k].start <= a + 4 * (strncasecmp(doc->text + a, "the ", 4) == 0) && t->gold[k].end == b &&
				(t->gold[k].kinds >> kind & 1))
				hit = k;
		if (hit >= 0)
		{
			kinds[__builtin_ctz(t->gold[hit].kinds)].right++;
			kinds[__builtin_ctz(t->gold[hit].kinds)].predicted++;
			t->gold[hit].kinds |= 1u << 31;
		}
		else
		{
			kinds[kind == KIND_FACILITY && !(scored >> KIND_EVENT & 1) ? KIND_PLACE : kind].predicted++;
			if (show_errors)
				show(t, "extra", a, b, entity_kind_names[kind]);
		}
	}
	for (int i = 0; i < t->n_gold; i++)
	{
		if (show_errors && (t->gold[i].kinds & scored) && !(t->gold[i].kinds >> 31))
			show(t, "missed", t->gold[i].start, t->gold[i].end, entity_kind_names[__builtin_ctz(t->gold[i].kinds)]);
		t->gold[i].kinds &= ~(1u << 31);
	}
}

static double
evaluate(texts *dev, const sequence_model *first, const sequence_model *second, uint32_t scored, const char *title, bool full)
{
	score		kinds[N_ENTITY_KINDS] = {{0}},
				all = {0};

	for (int i = 0; i < dev->n; i++)
	{
		text	   *t = &dev->list[i];
		uint8_t    *labels = checked(calloc(t->doc->n_tokens + 1, 1));

		t->view->second_pass = false;
		names_label(t->view, first, labels, NULL);
		if (second != NULL)
		{
			name_view  *v = name_view_create(t->doc);

			hide(v);
			name_view_learn(v, labels);
			names_label(v, second, labels, NULL);
			if (!(without & WITHOUT_UNIFY))
				name_view_unify(v, labels);
		}
		compare(t, labels, kinds, scored);
		free(labels);
	}
	for (int k = 0; k < N_ENTITY_KINDS; k++)
	{
		if (kinds[k].gold == 0 && kinds[k].predicted == 0)
			continue;
		all.gold += kinds[k].gold;
		all.right += kinds[k].right;
		all.predicted += kinds[k].predicted;
		if (full)
			print_score(entity_kind_names[k], kinds[k]);
	}
	print_score(title, all);
	fflush(stdout);
	return all.predicted + all.gold ? 2.0 * all.right / (all.predicted + all.gold) : 0;
}

static void
evaluate_all(texts *annotated, texts *uner, const sequence_model *first, const sequence_model *second, bool full)
{
	uint32_t	three = 1u << KIND_PERSON | 1u << KIND_ORGANIZATION | 1u << KIND_PLACE | 1u << KIND_FACILITY;

	evaluate(annotated, first, second, NO_NAME - 1, "annotated", full);
	evaluate(uner, first, second, three, "uner", full);
}

/* ---- worth of probabilities ---- */

static void
measure_worth(texts *all, const sequence_model *second, int fold, float *worth)
{
	double		right[N_CALIBRATION] = {0},
				n[N_CALIBRATION] = {0};

	for (int i = 0; i < all->n; i++)
	{
		text	   *t = &all->list[i];
		uint8_t    *labels;
		float	   *probability;

		if (t->fold != fold || t->corpus != 0)
			continue;
		labels = checked(calloc(t->doc->n_tokens + 1, 1));
		probability = checked(calloc(t->doc->n_tokens + 1, sizeof(float)));
		names_label(t->view, second, labels, probability);
		for (int32_t k = 0; k < t->doc->n_tokens; k++)
		{
			int			bin = (int) (probability[k] * (N_CALIBRATION - 1) + 0.5f);
			bool		hit = true;
			int32_t		end = k;

			if (!(labels[k] & 1))
				continue;
			do
			{
				hit &= t->allowed[end].bits[0] == UINT64_C(1) << labels[end];
				end++;
			} while (end < t->doc->n_tokens && labels[end] == labels[k] + 1);
			if (end < t->doc->n_tokens && label_set_has(&t->allowed[end], labels[k] + 1))
				hit = false;
			n[bin]++;
			right[bin] += hit;
		}
		free(labels);
		free(probability);
	}
	/* smoothed towards the probability itself, then made to rise (pool adjacent violators) */
	for (int i = 0; i < N_CALIBRATION; i++)
	{
		right[i] += 20.0 * i / (N_CALIBRATION - 1);
		n[i] += 20.0;
	}
	for (int i = 0; i < N_CALIBRATION; i++)
		worth[i] = (float) (right[i] / n[i]);
	for (int i = 1; i < N_CALIBRATION; i++)
	{
		int			from = i;
		double		r = right[i],
					m = n[i];

		while (from > 0 && worth[from - 1] > r / m)
		{
			from--;
			r += right[from];
			m += n[from];
		}
		for (int k = from; k <= i; k++)
			worth[k] = (float) (r / m);
	}
	for (int i = 0; i < N_CALIBRATION; i++)
		printf("    probability %.2f: worth %.3f (%d names)\n", i / (N_CALIBRATION - 1.0), worth[i], (int) n[i] - 20);
}

/* ---- the file ---- */

static void
write_model(const char *path, const char *first_path, const char *second_path, const float *worth)
{
	names_header h = {.magic = NAMES_MAGIC};
	size_t		n_first,
				n_second;
	char	   *first = read_file(first_path, &n_first),
			   *second = read_file(second_path, &n_second);
	static const char zeros[64];
	FILE	   *f = fopen(path, "wb");

	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	h.first_offset = sizeof(h);
	h.first_bytes = (uint32_t) n_first;
	h.second_offset = (uint32_t) ((sizeof(h) + n_first + 63) / 64 * 64);
	h.second_bytes = (uint32_t) n_second;
	memcpy(h.worth, worth, sizeof(h.worth));
	fwrite(&h, sizeof(h), 1, f);
	fwrite(first, 1, n_first, f);
	fwrite(zeros, 1, h.second_offset - sizeof(h) - n_first, f);
	fwrite(second, 1, n_second, f);
	if (fclose(f) != 0)
		exit(1);
	free(first);
	free(second);
	printf("%s: %u bytes\n", path, (unsigned) (h.second_offset + n_second));
}

static void
label_fold(texts *all, const sequence_model *m, int fold)
{
	for (int i = 0; i < all->n; i++)
	{
		text	   *t = &all->list[i];

		if (t->fold != fold || !corpora[t->corpus].in_second_pass)
			continue;
		t->first_labels = checked(calloc(t->doc->n_tokens + 1, 1));
		names_label(t->view, m, t->first_labels, NULL);
	}
}

int
main(int argc, char **argv)
{
	texts		all,
				annotated,
				uner;
	char		first_path[4096],
				second_path[4096];
	float		worth[N_CALIBRATION];
	sequence_model first,
				second;

	if (argc < 3)
	{
		fprintf(stderr, "usage: train_names DIRECTORY OUT.bin [without GROUP] ...\n");
		return 1;
	}
	for (int i = 3; i < argc; i++)
	{
		want_errors |= strcmp(argv[i], "errors") == 0;
		if (strcmp(argv[i - 1], "hold") == 0)
			hold = atoi(argv[i]);
		for (int k = 0; k < N_CORPORA && i + 2 < argc && strcmp(argv[i], "weight") == 0; k++)
			if (strcmp(argv[i + 1], corpora[k].name) == 0)
				corpora[k].weight = (float) atof(argv[i + 2]);
		if (i > 3 && strcmp(argv[i - 1], "weight") == 0)
			continue;
		for (int g = 0; g < (int) (sizeof(group_names) / sizeof(group_names[0])); g++)
			if (strcmp(argv[i], group_names[g]) == 0)
				without |= 1u << g;
	}
	make_labels();
	snprintf(first_path, sizeof(first_path), "%s.first", argv[2]);
	snprintf(second_path, sizeof(second_path), "%s.second", argv[2]);
	if (argc > 3 && strcmp(argv[3], "score") == 0)
	{
		names_model m;
		size_t		n_bytes;
		void	   *data = read_file(argv[2], &n_bytes);

		if (!names_model_open(&m, data, n_bytes))
			return 1;
		annotated = read_texts(argv[1], "annotated_dev.names");
		uner = read_texts(argv[1], "uner_dev.names");
		show_errors = want_errors;
		evaluate_all(&annotated, &uner, &m.first, &m.second, true);
		return 0;
	}
	all = read_texts(argv[1], "train.names");
	annotated = read_texts(argv[1], "annotated_dev.names");
	if (without & WITHOUT_OTHER)
	{
		without &= ~WITHOUT_OTHER;
		uner = read_texts(argv[1], "uner_dev.names");
		without |= WITHOUT_OTHER;
	}
	else
		uner = read_texts(argv[1], "uner_dev.names");
	for (int i = 0; i < all.n; i++)
		set_allowed(&all.list[i]);
	if (!(without & (WITHOUT_OTHER | WITHOUT_OPEN | WITHOUT_ANNOTATED)))
	{
		printf("annotated articles alone\n");
		first = train(&all, (training) {.n_epochs = 5, .max_rows = 300000, .min_count = 2, .leave_out = -1, .annotated_only = true}, first_path);
		evaluate_all(&annotated, &uner, &first, NULL, true);
		for (int i = 0; i < all.n; i++)
			if (all.list[i].open_kinds != 0)
				open_kinds(&all.list[i], &first);
	}
	printf("%d of %d mentions cannot be labelled\n", n_lost, n_gold_all);
	printf("first pass\n");
	first = train(&all, (training) {.n_epochs = 7, .max_rows = 100000, .min_count = 3, .leave_out = -1}, first_path);
	evaluate_all(&annotated, &uner, &first, NULL, true);
	if (without & WITHOUT_SECOND)
	{
		show_errors = want_errors;
		if (want_errors)
			evaluate_all(&annotated, &uner, &first, NULL, true);
		return 0;
	}
	for (int fold = 0; fold < N_FOLDS; fold++)
	{
		sequence_model m;

		printf("first pass without fold %d\n", fold);
		m = train(&all, (training) {.n_epochs = 4, .max_rows = 150000, .min_count = 3, .leave_out = fold}, second_path);
		label_fold(&all, &m, fold);
	}
	for (int i = 0; i < all.n; i++)
		if (all.list[i].first_labels != NULL)
			name_view_learn(all.list[i].view, all.list[i].first_labels);
	printf("second pass without fold 0\n");
	second = train(&all, (training) {.n_epochs = 5, .max_rows = 150000, .min_count = 3, .leave_out = 0, .second_pass = true}, second_path);
	measure_worth(&all, &second, 0, worth);
	printf("second pass\n");
	second = train(&all, (training) {.n_epochs = 8, .max_rows = 150000, .min_count = 2, .leave_out = -1, .second_pass = true}, second_path);
	without |= WITHOUT_UNIFY;
	evaluate_all(&annotated, &uner, &first, &second, false);
	without &= ~WITHOUT_UNIFY;
	show_errors = want_errors;
	evaluate_all(&annotated, &uner, &first, &second, true);
	write_model(argv[2], first_path, second_path, worth);
	remove(first_path);
	remove(second_path);
	return 0;
}
