/*
 * train_topics.c - the topic model from labelled texts.
 *
 *   train_topics DOCUMENTS CLUSTERS.tsv.gz OUT.bin
 *
 * In: the file of topics_data.py and the clusters of topic_clusters.c.  Out: data/models/topics.bin, and the scores on
 * the `dev` texts on stdout.
 *
 * One logistic regression a concept, over all training texts: a text is an example of a
 * concept when one of its codes is the concept or lies below it.  Solved in the
 * dual by coordinate descent (Yu, Huang and Lin 2011), each example with its own weight.
 * Texts left out in turn (N_FOLDS) then teach a second regression a level, from the scores of a
 * concept and its relatives to its probability (stacking, Wolpert 1992; Platt 1999), and a third from the
 * chosen rows' probabilities to their scores.  All orders are fixed: the same texts give the same file.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "corpus_reader.h"
#include "topic/choose.h"
#include "topic/tree.h"
#include "topic_examples.h"
#include "topic_image.h"
#include "topic_regress.h"
#include "topic_texts.h"

#define MAX_LABELS 1100
#define N_FOLDS 4
#define LEAST_EXAMPLES 0.8		/* weight of a concept's texts that training needs */
#define LEAST_DOCUMENTS 2		/* training texts of a term */
#define LEAST_PAIR_DOCUMENTS 3
#define LEAST_TEXT_WEIGHT 0.9	/* below it stand lists of words and the tree's own texts */
#define GROUP_SHARE 0.05		/* a concept only groups others when at most this share of its texts have its own code */
#define GROUP_CHILDREN 12		/* and it has so many concepts below it */
#define COST 6.0
#define EPOCHS 40
#define TOLERANCE 0.1
#define EPOCHS_OF_REST 3
#define N_TF 2048

static example *examples;
static int32_t n_examples,
			example_capacity;
static int32_t n_units;
static topic_fit fits[MAX_LABELS];
static topic_label labels[MAX_LABELS];
static topic_model_header header;	/* of the model that is being made */
static topic_model model;		/* units only, until it is written */
static uint64_t *vocabulary;	/* hashes of the terms, ascending */
static uint16_t *unit_idf;
static uint16_t *term_clusters;
static uint16_t tf_table[N_TF];
static uint64_t seed = 1;

static void
fail(const char *what)
{
	fprintf(stderr, "train_topics: %s\n", what);
	exit(1);
}

static uint32_t
next_random(uint32_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t) ((seed >> 33) % n);
}

/* --- texts ------------------------------------------------------------------ */

static void
read_codes(example *e, char *codes)
{
	for (char *code = strtok(codes, ","); code; code = strtok(NULL, ","))
	{
		int32_t		row = topic_tree_find(code);

		if (row < 0)
			fail(code);
		if (e->n_rows < MAX_CODES)
			e->rows[e->n_rows++] = row;
	}
}

static void
add_example(topic_text *text)
{
	example    *e;
	size_t		n_bytes = sizeof(topic_term) * (size_t) text->terms.n_terms;
	size_t		n_pair_bytes = sizeof(topic_term) * (size_t) text->terms.n_pairs;

	if (n_examples == example_capacity)
	{
		example_capacity = example_capacity * 2 + 1024;
		examples = realloc(examples, sizeof(example) * (size_t) example_capacity);
		if (!examples)
			fail("out of memory");
	}
	e = &examples[n_examples++];
	*e = (example) {.weight = text->weight,.dev = text->dev,.terms = text->terms};
	e->terms.terms = must_alloc(n_bytes);
	memcpy(e->terms.terms, text->terms.terms, n_bytes);
	e->terms.pairs = must_alloc(n_pair_bytes);
	memcpy(e->terms.pairs, text->terms.pairs, n_pair_bytes);
	e->terms.of_token = e->terms.pair_of_token = NULL;
	e->fold = (int32_t) next_random(N_FOLDS);
	read_codes(e, text->codes);
}

/* --- units: terms and clusters ------------------------------------------------ */

typedef struct clustered_stem
{
	uint64_t	hash;
	uint16_t	clusters[TOPIC_CLUSTER_LEVELS];
} clustered_stem;

static clustered_stem *stems;
static int32_t n_stems;

static int
by_hash(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a,
				y = *(const uint64_t *) b;

	return x < y ? -1 : x > y;
}

/* Clusters of all levels are numbered on from level to level. */
static void
read_clusters(const char *path)
{
	char		line[1024];
	gzFile		in = gzopen(path, "rb");
	int32_t		capacity = 0,
				n_of_level[TOPIC_CLUSTER_LEVELS] = {0};

	if (!in)
		fail(path);
	while (gzgets(in, line, sizeof(line)))
	{
		char	   *at = line;
		char	   *word = strsep(&at, "\t");

		if (word[0] == '#')
			continue;
		if (n_stems == capacity)
		{
			capacity = capacity * 2 + 1024;
			stems = realloc(stems, sizeof(clustered_stem) * (size_t) capacity);
			if (!stems)
				fail("out of memory");
		}
		stems[n_stems].hash = hash_bytes(word, strlen(word));
		for (int level = 0; level < TOPIC_CLUSTER_LEVELS; level++)
		{
			int32_t		c = at ? (int32_t) strtol(strsep(&at, "\t"), NULL, 10) : 0;

			stems[n_stems].clusters[level] = (uint16_t) c;
			if (c >= n_of_level[level])
				n_of_level[level] = c + 1;
		}
		n_stems++;
	}
	gzclose(in);
	for (int32_t i = 0; i < n_stems; i++)
		stems[i].clusters[1] = (uint16_t) (stems[i].clusters[1] + n_of_level[0]);
	for (int32_t i = 0; i < n_stems; i++)
		stems[i].clusters[2] = (uint16_t) (stems[i].clusters[2] + n_of_level[0] + n_of_level[1]);
	header.n_clusters = (uint32_t) (n_of_level[0] + n_of_level[1] + n_of_level[2]);
	qsort(stems, (size_t) n_stems, sizeof(clustered_stem), by_hash);
}

/* Moves the hashes that stand `least` times or more in all[0, n) to the front, once each; returns their number. */
static size_t
keep_frequent(uint64_t *all, size_t n, size_t least)
{
	size_t		n_kept = 0;

	qsort(all, n, sizeof(uint64_t), by_hash);
	for (size_t at = 0; at < n;)
	{
		size_t		end = at;
		uint64_t	hash = all[at];

		while (end < n && all[end] == hash)
			end++;
		if (end - at >= least)
			all[n_kept++] = hash;
		at = end;
	}
	return n_kept;
}

/* Every clustered stem, every stem of LEAST_DOCUMENTS training texts, every pair of LEAST_PAIR_DOCUMENTS; hashes ascending. */
static void
make_vocabulary(void)
{
	size_t		n = (size_t) (n_stems + topic_tree_size()),
				n_pairs = 0;
	uint64_t   *all,
			   *pairs;

	for (int32_t i = 0; i < n_examples; i++)
		n += examples[i].dev ? 0 : (size_t) (examples[i].terms.n_terms + examples[i].terms.n_pairs);
	all = must_alloc(sizeof(uint64_t) * n);
	pairs = must_alloc(sizeof(uint64_t) * n);
	n = 0;
	for (int32_t i = 0; i < n_examples; i++)
	{
		const topic_terms *t = &examples[i].terms;

		for (int32_t k = 0; k < t->n_terms && !examples[i].dev; k++)
			all[n++] = t->terms[k].hash;
		for (int32_t k = 0; k < t->n_pairs && !examples[i].dev; k++)
			pairs[n_pairs++] = t->pairs[k].hash;
	}
	n = keep_frequent(all, n, LEAST_DOCUMENTS);
	n_pairs = keep_frequent(pairs, n_pairs, LEAST_PAIR_DOCUMENTS);
	memcpy(all + n, pairs, sizeof(uint64_t) * n_pairs);
	n += n_pairs;
	free(pairs);
	for (int32_t i = 0; i < n_stems; i++)
		all[n++] = stems[i].hash;
	for (int32_t row = 0; row < topic_tree_size(); row++)
		if ((all[n] = topic_name_hash(topic_tree_row(row)->label)) != 0)
			n++;
	qsort(all, n, sizeof(uint64_t), by_hash);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || all[i] != all[header.n_terms - 1])
			all[header.n_terms++] = all[i];
	vocabulary = all;
	term_clusters = must_alloc(sizeof(uint16_t) * TOPIC_CLUSTER_LEVELS * header.n_terms);
	for (uint32_t t = 0; t < header.n_terms; t++)
	{
		const clustered_stem *s = bsearch(&vocabulary[t], stems, (size_t) n_stems, sizeof(clustered_stem), by_hash);

		for (int level = 0; level < TOPIC_CLUSTER_LEVELS; level++)
			term_clusters[t * TOPIC_CLUSTER_LEVELS + level] = s ? s->clusters[level] : NO_CLUSTER;
	}
}

static const uint32_t *
make_slots(void)
{
	uint32_t	mask;
	uint32_t   *slots;

	header.log2_slots = 4;
	while (((uint32_t) 1 << header.log2_slots) < header.n_terms * 3 / 2)
		header.log2_slots++;
	mask = (1u << header.log2_slots) - 1;
	slots = must_alloc(sizeof(uint32_t) * 2 * ((size_t) mask + 1));
	for (uint32_t t = 0; t < header.n_terms; t++)
	{
		uint32_t	at = (uint32_t) vocabulary[t] & mask;

		while (slots[2 * at + 1])
			at = (at + 1) & mask;
		slots[2 * at] = (uint32_t) (vocabulary[t] >> 32);
		slots[2 * at + 1] = t + 1;
	}
	return slots;
}

/* The units' inverse frequency in the training texts; 0 for those that too few of them have. */
static void
weigh_units(void)
{
	int32_t    *n_documents = must_alloc(sizeof(int32_t) * (size_t) n_units);
	int32_t		n_training = 0;

	for (int32_t i = 0; i < n_examples; i++)
	{
		topic_units u;

		if (examples[i].dev)
			continue;
		n_training++;
		u = topic_model_units(&model, arena_create(corpus_blocks()), &examples[i].terms);
		for (int32_t k = 0; k < u.end[N_TOPIC_BLOCKS - 1]; k++)
			n_documents[u.units[k].unit]++;
		corpus_release();
	}
	for (int32_t u = 0; u < n_units; u++)
		if (n_documents[u] >= LEAST_DOCUMENTS)
			unit_idf[u] = (uint16_t) floor(256 * log((1.0 + n_training) / n_documents[u]) + 0.5);
	free(n_documents);
}

static void
make_units(const char *clusters_path)
{
	header = (topic_model_header) {.magic = TOPIC_MODEL_MAGIC,.version = TOPIC_MODEL_VERSION,.n_tf = N_TF,
		.n_tree_rows = (uint32_t) topic_tree_size()};
	read_clusters(clusters_path);
	make_vocabulary();
	n_units = (int32_t) (header.n_terms + header.n_clusters + N_TOPIC_KINDS);
	unit_idf = must_alloc(sizeof(uint16_t) * (size_t) n_units);
	for (int32_t c = 0; c < N_TF; c++)
		tf_table[c] = (uint16_t) floor(64 * log(1 + (exp(1) - 1) * c / 4.0) + 0.5);
	model = (topic_model) {.header = &header,.labels = labels,.tf = tf_table,.idf = unit_idf,.clusters = term_clusters,
		.slots = make_slots()};
	weigh_units();
}

static void
make_nodes(example *e)
{
	topic_units u = topic_model_units(&model, arena_create(corpus_blocks()), &e->terms);
	int32_t		n = u.end[N_TOPIC_BLOCKS - 1],
				k = 0;

	e->unit = must_alloc(sizeof(int32_t) * (size_t) (n + 1));
	e->value = must_alloc(sizeof(float) * (size_t) (n + 1));
	e->square = 1;
	for (int block = 0; block < N_TOPIC_BLOCKS; block++)
	{
		double		square = 0,
					length = topic_block_length[block];

		for (int32_t i = k; i < u.end[block]; i++)
		{
			double		value = topic_model_value(&model, u.units[i].unit, u.units[i].count);

			square += value * value;
		}
		if (square > 0)
			e->square += length * length;
		for (; k < u.end[block]; k++)
		{
			int32_t		value = topic_model_value(&model, u.units[k].unit, u.units[k].count);

			if (value == 0)
				continue;
			e->unit[e->n_nodes] = u.units[k].unit;
			e->value[e->n_nodes++] = (float) (length * value / sqrt(square));
		}
	}
	corpus_release();
}

/* --- logistic regression ------------------------------------------------------ */

static double
score_of(const example *e, const float *w, double bias)
{
	double		sum = bias;

	for (int32_t k = 0; k < e->n_nodes; k++)
		sum += (double) w[e->unit[k]] * e->value[k];
	return sum;
}

/* One step of the dual: the pair (a, C - a) of example i moves to the minimum along it. */
static double
dual_step(const example *e, double y, double cost, double *alpha, float *w, double *bias)
{
	double		square = e->square;
	double		margin = y * score_of(e, w, *bias);
	double		sign = 1,
				old,
				z,
				slope,
				first;

	if (0.5 * square * (alpha[1] - alpha[0]) + margin < 0)
	{
		double		swap = alpha[0];

		sign = -1;
		alpha[0] = alpha[1];
		alpha[1] = swap;
	}
	old = z = alpha[0];
	if (cost - z < 0.5 * cost)
		z *= 0.1;
	first = slope = square * (z - old) + sign * margin + log(z / (cost - z));
	for (int k = 0; k < 50 && fabs(slope) > 1e-3; k++)
	{
		double		to = z - slope / (square + cost / (cost - z) / z);

		z = to <= 0 ? z * 0.1 : to;
		slope = square * (z - old) + sign * margin + log(z / (cost - z));
	}
	alpha[0] = sign > 0 ? z : cost - z;
	alpha[1] = sign > 0 ? cost - z : z;
	for (int32_t k = 0; k < e->n_nodes; k++)
		w[e->unit[k]] += (float) (sign * (z - old) * y * e->value[k]);
	*bias += sign * (z - old) * y;
	return fabs(first);
}

/*
 * Fits w and bias on the training texts outside `fold` (-1: on all).  The fit on all leaves its dual variables in
 * `alpha`, from where those of the folds start: they are then near the end already.
 */
static void
fit(int32_t row, int32_t fold, double *all_alpha, float *w, float *bias)
{
	int32_t    *order = must_alloc(sizeof(int32_t) * (size_t) n_examples);
	double	   *alpha = must_alloc(sizeof(double) * 2 * (size_t) n_examples);
	double	   *y = must_alloc(sizeof(double) * (size_t) n_examples);
	uint8_t    *rest = must_alloc((size_t) n_examples);	/* epochs for which an example that is at its minimum is left alone */
	double		b = 0;
	int32_t		n = 0;

	memset(w, 0, sizeof(float) * (size_t) n_units);
	for (int32_t i = 0; i < n_examples; i++)
	{
		const example *e = &examples[i];
		double		cost = COST * e->weight;

		if (e->dev || e->fold == fold || e->n_nodes == 0)
			continue;
		order[n++] = i;
		y[i] = is_example_of(e, row) ? 1 : -1;
		alpha[2 * i] = fold < 0 ? fmin(0.001 * cost, 1e-8) : all_alpha[2 * i];
		alpha[2 * i + 1] = fold < 0 ? cost - alpha[2 * i] : all_alpha[2 * i + 1];
		for (int32_t k = 0; k < e->n_nodes; k++)
			w[e->unit[k]] += (float) (y[i] * alpha[2 * i] * e->value[k]);
		b += y[i] * alpha[2 * i];
	}
	for (int epoch = 0; epoch < EPOCHS; epoch++)
	{
		double		worst = 0;
		bool		all = true;

		for (int32_t k = n - 1; k > 0; k--)
		{
			int32_t		other = (int32_t) next_random((uint32_t) k + 1);
			int32_t		swap = order[k];

			order[k] = order[other];
			order[other] = swap;
		}
		for (int32_t k = 0; k < n; k++)
		{
			int32_t		i = order[k];
			double		change;

			if (rest[i] > 0)
			{
				rest[i]--;
				all = false;
				continue;
			}
			change = dual_step(&examples[i], y[i], COST * examples[i].weight, &alpha[2 * i], w, &b);
			worst = fmax(worst, change);
			rest[i] = change < TOLERANCE / 3 ? EPOCHS_OF_REST : 0;
		}
		if (worst < TOLERANCE && all)
			break;
		if (worst < TOLERANCE)
			memset(rest, 0, (size_t) n_examples);
	}
	*bias = (float) b;
	if (fold < 0)
		memcpy(all_alpha, alpha, sizeof(double) * 2 * (size_t) n_examples);
	free(order);
	free(alpha);
	free(y);
	free(rest);
}

static bool
has_code(const example *e, int32_t row)
{
	for (int32_t i = 0; i < e->n_rows; i++)
		if (e->rows[i] == row)
			return true;
	return false;
}

static void
choose_labels(void)
{
	for (int32_t row = 0; row < topic_tree_size(); row++)
	{
		const topic_tree_entry *t = topic_tree_row(row);
		topic_label *l = &labels[header.n_labels];
		double		weight = 0,
					own = 0;
		int32_t		n_texts = 0;

		for (int32_t i = 0; i < n_examples; i++)
			if (!examples[i].dev && is_example_of(&examples[i], row))
			{
				weight += examples[i].weight;
				own += has_code(&examples[i], row) ? examples[i].weight : 0;
				n_texts += examples[i].weight >= LEAST_TEXT_WEIGHT;
			}
		if (t->level > TOPIC_LEVELS || weight < LEAST_EXAMPLES)
			continue;
		*l = (topic_label) {.tree_row = row,.parent = -1,.level = t->level,
			.name = n_texts == 0 ? topic_model_term(&model, topic_name_hash(t->label)) : -1,.is_group = own < GROUP_SHARE * weight};
		for (int32_t k = 0; k < (int32_t) header.n_labels; k++)
			if (labels[k].tree_row == t->parent)
				l->parent = k;
		header.n_labels++;
	}
	for (int32_t j = 0; j < (int32_t) header.n_labels; j++)
	{
		labels[j].end = j + 1;
		while (labels[j].end < (int32_t) header.n_labels &&
			   labels[labels[j].end].tree_row < topic_tree_row(labels[j].tree_row)->end)
			labels[j].end++;
		labels[j].is_group &= labels[j].level == 2 && labels[j].end - j > GROUP_CHILDREN;
		if (labels[j].is_group)
			printf("%s only groups others\n", topic_tree_row(labels[j].tree_row)->label);
	}
}

static void
fit_labels(void)
{
	float	   *w = must_alloc(sizeof(float) * (size_t) n_units);
	double	   *alpha = must_alloc(sizeof(double) * 2 * (size_t) n_examples);

	for (int32_t i = 0; i < n_examples; i++)
		examples[i].held_out = must_alloc(sizeof(float) * header.n_labels);
	for (int32_t j = 0; j < (int32_t) header.n_labels; j++)
	{
		int32_t		row = labels[j].tree_row;

		seed = (uint64_t) row + 1;
		fits[j].weights = must_alloc(sizeof(float) * (size_t) n_units);
		fit(row, -1, alpha, fits[j].weights, &fits[j].bias);
		for (int32_t fold = 0; fold < N_FOLDS; fold++)
		{
			float		bias;

			fit(row, fold, alpha, w, &bias);
			for (int32_t i = 0; i < n_examples; i++)
				if (!examples[i].dev && examples[i].fold == fold)
					examples[i].held_out[j] = (float) score_of(&examples[i], w, bias);
		}
	}
	free(w);
	free(alpha);
}

/* --- from scores to probabilities ------------------------------------------------- */

/* Probabilities are learned from texts of full weight alone: no lists of words, no readings of another hand. */
static bool
is_counted(const example *e)
{
	return !e->dev && e->weight >= 1;
}

static void
fit_probabilities(void)
{
	observation *o = must_alloc(sizeof(observation) * (size_t) n_examples * header.n_labels);

	for (int level = 1; level <= TOPIC_LEVELS; level++)
	{
		float	   *w = header.combine[level - 1];
		size_t		n = 0;

		for (int32_t i = 0; i < n_examples; i++)
			for (int32_t j = 0; j < (int32_t) header.n_labels && is_counted(&examples[i]); j++)
				if (labels[j].level == level)
				{
					topic_related_scores(labels, examples[i].held_out, j, o[n].x);
					o[n++].right = is_example_of(&examples[i], labels[j].tree_row);
				}
		regress(o, n, N_RELATED, w);
		printf("level %d: own %.3f relatives %.3f %.3f %.3f constant %.3f\n", level, w[0], w[1], w[2], w[3], w[4]);
	}
	free(o);
}

/* The rows that held-out scores would give, right or not, teach the scores of rows. */
static void
fit_sharpening(void)
{
	observation *o[TOPIC_LEVELS];
	size_t		n[TOPIC_LEVELS] = {0};
	float	   *p = must_alloc(sizeof(float) * header.n_labels);

	for (int level = 0; level < TOPIC_LEVELS; level++)
	{
		o[level] = must_alloc(sizeof(observation) * (size_t) n_examples * MAX_TOPICS);
		header.sharpen[level][0] = 1;
	}
	for (int32_t i = 0; i < n_examples; i++)
	{
		topic_choice rows[MAX_TOPICS];
		int			n_rows;

		if (!is_counted(&examples[i]))
			continue;
		topic_model_probabilities(&model, examples[i].held_out, p);
		n_rows = choose_topics(&model, p, rows);
		for (int r = 0; r < n_rows; r++)
		{
			int			level = labels[rows[r].label].level - 1;
			observation *to = &o[level][n[level]++];

			topic_row_inputs(&model, p, rows[r].label, to->x);
			to->right = is_example_of(&examples[i], labels[rows[r].label].tree_row);
		}
	}
	for (int level = 0; level < TOPIC_LEVELS; level++)
	{
		float	   *w = header.sharpen[level];

		regress(o[level], n[level], N_SHARPEN, w);
		printf("rows of level %d: %zu, own %.3f branch %.3f constant %.3f\n", level + 1, n[level], w[0], w[1], w[2]);
		free(o[level]);
	}
	free(p);
}

int
main(int argc, char **argv)
{
	topic_image file;
	FILE	   *out;

	if (argc != 4)
		fail("usage: train_topics DOCUMENTS CLUSTERS.tsv.gz OUT.bin");
	topic_texts_read(argv[1], add_example);
	make_units(argv[2]);
	for (int32_t i = 0; i < n_examples; i++)
		make_nodes(&examples[i]);
	choose_labels();
	fit_labels();
	fit_probabilities();
	fit_sharpening();
	file = topic_image_make(&(topic_parts) {&header, labels, fits, tf_table, unit_idf, term_clusters, model.slots, n_units});
	printf("%u labels, %u terms, %u clusters, %u entries, %.2f MB\n", header.n_labels, header.n_terms, header.n_clusters,
		   header.n_entries, (double) file.n / 1e6);
	out = fopen(argv[3], "wb");
	if (!out || fwrite(file.bytes, 1, file.n, out) != file.n || fclose(out))
		fail(argv[3]);
	topic_report(file.bytes, file.n, examples, n_examples);
	return 0;
}
