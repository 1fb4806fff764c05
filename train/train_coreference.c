/*
 * train_coreference.c - fits the ranker of candidates.c.
 *
 *   train_coreference OUT.bin [-cv] FILE.cases[:weight[:both]] ...
 *
 * In: cases of train/coreference_cases.py.  Out: data/models/coreference.bin.
 * Each anaphor is one softmax over its candidates, "nobody" among them; the
 * probability that is raised is that of all right candidates together.
 * AdaGrad over a fixed order, L2: the same data give the same bytes.  With
 * -cv it trains on nine tenths (by the case's fold) and counts on the tenth,
 * for every tenth; OUT.bin is scratch then.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "entity/candidates.h"
#include "entity/coreference.h"
#include "weights_writer.h"

#define N_FOLDS 10
#define EPOCHS 12
#define LEARNING_RATE 0.08f
#define L2 2e-4f

typedef struct option
{
	uint32_t	first_feature;	/* into features */
	uint16_t	n_features;
	bool		right;
	bool		given;			/* GAP: one of the two names that are asked about */
} option;

typedef struct example
{
	int32_t		first_option;
	int32_t		n_options;
	uint8_t		class;
	uint8_t		fold;
	uint8_t		file;
	bool		pair;			/* GAP: gold decides between two names */
	float		weight;
} example;

typedef struct trainer
{
	example    *examples;
	int32_t		n_examples;
	option	   *options;
	int32_t		n_options;
	uint32_t   *features;		/* feature numbers */
	int32_t		n_features;
	uint64_t   *hashes;			/* of each feature number */
	int32_t    *slots;			/* hash -> number + 1 */
	uint32_t	mask;
	int32_t		n_hashes;
	float	   *weights;		/* [number][class] */
	float	   *squares;
} trainer;

static void *
grown(void *array, int32_t n, size_t size)
{
	if ((n & (n - 1)) == 0)
		array = realloc(array, size * (size_t) (n ? 2 * n : 1));
	if (!array)
		exit(1);
	return array;
}

static uint32_t
number_of(trainer *t, uint64_t hash)
{
	uint32_t	at = (uint32_t) hash & t->mask;

	for (; t->slots[at]; at = (at + 1) & t->mask)
		if (t->hashes[t->slots[at] - 1] == hash)
			return (uint32_t) t->slots[at] - 1;
	t->hashes = grown(t->hashes, t->n_hashes, sizeof(uint64_t));
	t->hashes[t->n_hashes] = hash;
	t->slots[at] = ++t->n_hashes;
	if ((uint32_t) t->n_hashes * 2 > t->mask)
	{
		fprintf(stderr, "train_coreference: too many features\n");
		exit(1);
	}
	return (uint32_t) t->n_hashes - 1;
}

static int32_t
entity_of_gold(const document *doc, const case_text *c, int32_t gid)
{
	for (int32_t i = 0; gid >= 0 && i < doc->n_entities; i++)
		if (entity_is_gold(doc, c, i, gid))
			return i;
	return -1;
}

static void
add_example(trainer *t, const document *doc, const case_text *c, const case_anaphor *g, int file, float weight, bool pair)
{
	span		tokens = tokens_of_bytes(doc, g->start_byte, g->end_byte);
	references *r = references_of(doc);
	candidate	list[MAX_CANDIDATES];
	anaphor		a;
	example    *e;
	int			n,
				n_right = 0;

	if (tokens.start >= tokens.end ||
		!read_anaphor(doc, r, tokens, entity_of_gold(doc, c, g->last), g->last >= -1 && strncmp(c->id, "GUM", 3) != 0 && !pair, &a))
		return;
	if (a.pronoun == PRONOUN_I || a.pronoun == PRONOUN_WE || a.pronoun == PRONOUN_WHO)
		return;
	n = list_candidates(doc, r, &a, list);
	t->examples = grown(t->examples, t->n_examples, sizeof(example));
	e = &t->examples[t->n_examples];
	*e = (example) {t->n_options, n, a.class, (uint8_t) (c->fold % N_FOLDS), (uint8_t) file, pair, weight};
	for (int i = 0; i < n; i++)
	{
		option		o = {(uint32_t) t->n_features, (uint16_t) list[i].n_features, false, false};

		if (list[i].entity < 0)
			o.right = g->gid < 0;
		else
			o.right = g->gid >= 0 && entity_is_gold(doc, c, list[i].entity, g->gid);
		n_right += o.right;
		o.given = pair && list[i].entity >= 0 && (entity_is_gold(doc, c, list[i].entity, 0) || entity_is_gold(doc, c, list[i].entity, 1));
		for (int k = 0; k < list[i].n_features; k++)
		{
			t->features = grown(t->features, t->n_features, sizeof(uint32_t));
			t->features[t->n_features++] = number_of(t, list[i].features[k]);
		}
		t->options = grown(t->options, t->n_options, sizeof(option));
		t->options[t->n_options++] = o;
	}
	if (n_right == 0)
		e->weight = 0;			/* counts as wrong, teaches nothing */
	t->n_examples++;
}

static float
score(const trainer *t, const option *o, int class)
{
	float		sum = 0;

	for (int k = 0; k < o->n_features; k++)
	{
		const float *w = t->weights + (size_t) t->features[o->first_feature + k] * N_ANAPHOR_CLASSES;

		sum += w[class] + w[ANAPHOR_ALL];
	}
	return sum;
}

static void
step(trainer *t, float *w, float *square, float gradient)
{
	gradient += L2 * *w;
	*square += gradient * gradient;
	*w -= LEARNING_RATE * gradient / (sqrtf(*square) + 1e-3f);
}

static void
learn(trainer *t, const example *e)
{
	float		p[MAX_CANDIDATES];
	float		top = -1e30f,
				sum = 0,
				right = 0;
	option	   *o = t->options + e->first_option;

	for (int i = 0; i < e->n_options; i++)
	{
		p[i] = score(t, &o[i], e->class);
		top = p[i] > top ? p[i] : top;
	}
	for (int i = 0; i < e->n_options; i++)
		sum += p[i] = expf(p[i] - top);
	for (int i = 0; i < e->n_options; i++)
	{
		p[i] /= sum;
		if (o[i].right)
			right += p[i];
	}
	for (int i = 0; i < e->n_options; i++)
	{
		float		gradient = e->weight * (p[i] - (o[i].right ? p[i] / (right > 1e-6f ? right : 1e-6f) : 0));

		for (int k = 0; k < o[i].n_features; k++)
		{
			size_t		at = (size_t) t->features[o[i].first_feature + k] * N_ANAPHOR_CLASSES;

			step(t, &t->weights[at + e->class], &t->squares[at + e->class], gradient);
			step(t, &t->weights[at + ANAPHOR_ALL], &t->squares[at + ANAPHOR_ALL], gradient);
		}
	}
}

/* Trains on all examples but those of the fold (-1: on all). */
static void
train(trainer *t, int fold)
{
	size_t		n = (size_t) t->n_hashes * N_ANAPHOR_CLASSES;
	uint32_t	random = 12345;
	int32_t    *order = malloc(sizeof(int32_t) * (size_t) (t->n_examples + 1));

	memset(t->weights, 0, n * sizeof(float));
	memset(t->squares, 0, n * sizeof(float));
	for (int32_t i = 0; i < t->n_examples; i++)
		order[i] = i;
	for (int epoch = 0; epoch < EPOCHS; epoch++)
	{
		for (int32_t i = t->n_examples - 1; i > 0; i--)
		{
			int32_t		k,
						swap = order[i];

			random = random * 1664525u + 1013904223u;
			k = (int32_t) ((random >> 8) % (uint32_t) (i + 1));
			order[i] = order[k];
			order[k] = swap;
		}
		for (int32_t i = 0; i < t->n_examples; i++)
			if (t->examples[order[i]].fold != fold && t->examples[order[i]].weight > 0)
				learn(t, &t->examples[order[i]]);
	}
	free(order);
}

/* A file of cases with its share in the training. */
typedef struct source
{
	const char *path;
	case_text  *cases;
	int32_t		n;
	float		weight;
	bool		both;
} source;

typedef struct tally
{
	int			named;
	int			right;
	int			answered;
	int			n;
	int			all_right;
} tally;

static tally tallies[32][N_ANAPHOR_CLASSES];

static void
count(const trainer *t, int fold, tally counts[][N_ANAPHOR_CLASSES])
{
	for (int32_t i = 0; i < t->n_examples; i++)
	{
		const example *e = &t->examples[i];
		const option *o = t->options + e->first_option;
		tally	   *y = &counts[e->file][e->class];
		int			best = 0;
		float		top = -1e30f;
		bool		named = !o[0].right;	/* GAP asks which of two names: "nobody" is no answer there */

		if (e->fold != fold)
			continue;
		for (int k = 0; k < e->n_options; k++)
		{
			float		s = score(t, &o[k], e->class);

			if (e->pair && !o[k].given)
				continue;		/* gold spans: one of the two names, or neither when it is no candidate */
			if (s > top)
			{
				top = s;
				best = k;
			}
		}
		y->n++;
		y->named += named;
		y->answered += best > 0;
		y->right += best > 0 && o[best].right;
		y->all_right += o[best].right;
	}
}

static const char *const class_names[N_ANAPHOR_CLASSES] = {"he", "him", "his", "they", "it", "we", "description", "all"};

static void
print_tallies(const source *sources, int n_files)
{
	for (int f = 0; f < n_files; f++)
	{
		tally		all = {0};

		printf("%s\n", sources[f].path);
		for (int c = 0; c < N_ANAPHOR_CLASSES; c++)
		{
			tally	   *y = &tallies[f][c];
			double		p = y->answered ? (double) y->right / y->answered : 0,
						r = y->named ? (double) y->right / y->named : 0;

			if (y->n)
				printf("  %-12s n %5d named %5d  P %.3f R %.3f F1 %.3f  accuracy %.3f\n", class_names[c], y->n, y->named, p, r,
					   p + r > 0 ? 2 * p * r / (p + r) : 0.0, (double) y->all_right / y->n);
			all.n += y->n;
			all.named += y->named;
			all.answered += y->answered;
			all.right += y->right;
		}
		if (all.answered)
			printf("  %-12s n %5d named %5d  P %.3f R %.3f F1 %.3f\n", "together", all.n, all.named, (double) all.right / all.answered,
				   (double) all.right / all.named, 2.0 * all.right / (all.answered + all.named));
	}
}

static void
open_source(source *s, char *argument)
{
	char	   *colon = strchr(argument, ':');

	s->weight = colon ? strtof(colon + 1, NULL) : 1;
	s->both = colon && strstr(colon, "both");
	if (colon)
		*colon = '\0';
	s->path = argument;
	s->cases = read_cases(argument, &s->n);
}

/* The features of all anaphors under the model in use: earlier pronouns are links of the later ones' chains. */
static void
read_examples(trainer *t, const source *sources, int n_sources)
{
	t->n_examples = t->n_options = t->n_features = 0;
	for (int f = 0; f < n_sources; f++)
		for (int32_t i = 0; i < sources[f].n; i++)
		{
			const case_text *c = &sources[f].cases[i];
			void	   *blocks;
			arena	   *memory = heap_arena(&blocks);
			document   *doc = case_document(memory, c, true, sources[f].both);

			resolve_pronoun(doc, 0, NULL);
			for (int32_t k = 0; k < c->n_anaphors; k++)
				add_example(t, doc, c, &c->anaphors[k], f, sources[f].weight, strncmp(c->id, "development", 11) == 0);
			give_back_blocks(&blocks);
		}
	t->weights = realloc(t->weights, (size_t) t->n_hashes * N_ANAPHOR_CLASSES * sizeof(float));
	t->squares = realloc(t->squares, (size_t) t->n_hashes * N_ANAPHOR_CLASSES * sizeof(float));
}

static void
write_model(const trainer *t, const char *path)
{
	weights_write(path, t->hashes, t->weights, (size_t) t->n_hashes, N_ANAPHOR_CLASSES, 0.01f, 16, 0, NULL, 0);
}

/* Takes the model file into use; the bytes stay in memory until the next. */
static void
use_file(const char *path)
{
	static void *data;
	FILE	   *f = fopen(path, "rb");
	long		n;

	if (!f || fseek(f, 0, SEEK_END) || (n = ftell(f)) < 0)
		exit(1);
	rewind(f);
	free(data);
	data = aligned_alloc(64, ((size_t) n + 63) / 64 * 64);
	if (!data || fread(data, 1, (size_t) n, f) != (size_t) n)
		exit(1);
	fclose(f);
	use_coreference_model(data, (size_t) n);
}

/* Two rounds: without any model, then with the chains that the first round's model gives. */
static void
two_rounds(trainer *t, const source *sources, int n_sources, int fold, const char *path)
{
	static char none[64];

	use_coreference_model(none, sizeof(none));
	read_examples(t, sources, n_sources);
	train(t, fold);
	write_model(t, path);
	use_file(path);
	read_examples(t, sources, n_sources);
	train(t, fold);
}

int
main(int argc, char **argv)
{
	trainer		t = {0};
	source		sources[32];
	bool		cv = argc > 2 && strcmp(argv[2], "-cv") == 0;
	int			first = cv ? 3 : 2;
	int			n_sources = argc - first;

	if (n_sources <= 0 || n_sources > 32)
	{
		fprintf(stderr, "usage: train_coreference OUT.bin [-cv] FILE.cases[:weight[:both]] ...\n");
		return 2;
	}
	t.mask = (1u << 20) - 1;
	t.slots = calloc(t.mask + 1, sizeof(int32_t));
	for (int i = 0; i < n_sources; i++)
		open_source(&sources[i], argv[first + i]);
	if (cv)
	{
		for (int fold = 0; fold < N_FOLDS; fold++)
		{
			two_rounds(&t, sources, n_sources, fold, argv[1]);
			count(&t, fold, tallies);
		}
		print_tallies(sources, n_sources);
	}
	else
	{
		two_rounds(&t, sources, n_sources, -1, argv[1]);
		write_model(&t, argv[1]);
	}
	return 0;
}
