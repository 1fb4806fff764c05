/*
 * train_topics.c - the topic model from labelled texts.
 *
 *   train_topics DOCUMENTS OUT.bin
 *
 * In: the file of topics_data.py.  Out: data/models/topics.bin, and the scores on the `dev` texts on stdout.
 *
 * One logistic regression a concept, over all training texts: a text is an example of a
 * concept when one of its codes is the concept or lies below it.  Solved in the
 * dual by coordinate descent (Yu, Huang and Lin 2011), each example with its own weight.
 * The scores of texts left out in turn (N_FOLDS) give each level's slope and offset from
 * score to probability (Platt 1999).  All orders are fixed: the same texts give the same file.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_reader.h"
#include "stages.h"
#include "topic/choose.h"
#include "topic/tree.h"

#define MAX_CODES 8
#define MAX_LABELS 1100
#define N_FOLDS 4
#define LEAST_EXAMPLES 3		/* texts of a concept that training needs */
#define LEAST_DOCUMENTS 2		/* training texts of a term */
#define COST 20.0
#define EPOCHS 40
#define TOLERANCE 0.03
#define PRUNE 0.03				/* of a label's largest weight */
#define N_TF 2048

typedef struct example
{
	topic_terms terms;			/* on the heap */
	int32_t		n_nodes;
	int32_t    *term;			/* numbers of known terms */
	float	   *value;			/* normalised to length 1 */
	int32_t		rows[MAX_CODES];	/* of the tree */
	int32_t		n_rows;
	float		weight;
	bool		dev;
	int32_t		fold;
} example;

typedef struct label_fit
{
	int32_t		row;			/* of the tree */
	float	   *weights;		/* n_terms */
	float		bias;
	float	   *held_out;		/* score of each training text by a model that did not see it */
} label_fit;

static example *examples;
static int32_t n_examples;
static uint64_t *vocabulary;	/* hashes, ascending */
static float *idf;
static int32_t n_terms;
static label_fit labels[MAX_LABELS];
static int32_t n_labels;
static uint16_t tf_table[N_TF];
static uint64_t seed = 1;

static void
fail(const char *what)
{
	fprintf(stderr, "train_topics: %s\n", what);
	exit(1);
}

static void *
room(size_t n_bytes)
{
	void	   *p = calloc(1, n_bytes ? n_bytes : 1);

	if (!p)
		fail("out of memory");
	return p;
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

static topic_terms
terms_of_text(const char *text, size_t n_bytes)
{
	document   *doc = document_create(arena_create(corpus_blocks()), text, (uint32_t) n_bytes);
	topic_terms terms,
				kept;

	document_need(doc, STAGE_TEXT);
	terms = topic_terms_of(doc);
	kept = terms;
	kept.terms = room(sizeof(topic_term) * (size_t) terms.n_terms);
	memcpy(kept.terms, terms.terms, sizeof(topic_term) * (size_t) terms.n_terms);
	kept.of_token = NULL;
	corpus_release();
	return kept;
}

static void
read_examples(const char *path)
{
	FILE	   *in = fopen(path, "rb");
	char		split[16],
				codes[512];
	float		weight;
	size_t		n_bytes;
	int32_t		capacity = 0;

	if (!in)
		fail(path);
	while (fscanf(in, "%15s\t%f\t%511[^\t]\t%zu", split, &weight, codes, &n_bytes) == 4)
	{
		char	   *text = room(n_bytes + 1);
		example    *e;

		if (getc(in) != '\n' || fread(text, 1, n_bytes, in) != n_bytes || getc(in) != '\n')
			fail("bad file of documents");
		if (n_examples == capacity)
		{
			capacity = capacity * 2 + 1024;
			examples = realloc(examples, sizeof(example) * (size_t) capacity);
			if (!examples)
				fail("out of memory");
		}
		e = &examples[n_examples++];
		*e = (example) {.weight = weight, .dev = strcmp(split, "dev") == 0};
		read_codes(e, codes);
		e->terms = terms_of_text(text, n_bytes);
		e->fold = (int32_t) next_random(N_FOLDS);
		free(text);
	}
	fclose(in);
}

/* --- terms ------------------------------------------------------------------ */

static int
by_hash(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a,
				y = *(const uint64_t *) b;

	return x < y ? -1 : x > y;
}

static void
make_vocabulary(void)
{
	size_t		n = 0,
				n_all = 0;
	uint64_t   *all;
	double		n_training = 0;

	for (int32_t i = 0; i < n_examples; i++)
		if (!examples[i].dev)
		{
			n += (size_t) examples[i].terms.n_terms;
			n_training++;
		}
	all = room(sizeof(uint64_t) * n);
	for (int32_t i = 0; i < n_examples; i++)
		if (!examples[i].dev)
			for (int32_t t = 0; t < examples[i].terms.n_terms; t++)
				all[n_all++] = examples[i].terms.terms[t].hash;
	qsort(all, n_all, sizeof(uint64_t), by_hash);
	vocabulary = room(sizeof(uint64_t) * n_all);
	idf = room(sizeof(float) * n_all);
	for (size_t at = 0; at < n_all;)
	{
		size_t		end = at;

		while (end < n_all && all[end] == all[at])
			end++;
		if (end - at >= LEAST_DOCUMENTS)
		{
			vocabulary[n_terms] = all[at];
			idf[n_terms++] = (float) (floor(256 * log(n_training / (double) (end - at)) + 0.5) / 256);
		}
		at = end;
	}
	free(all);
	for (int32_t c = 0; c < N_TF; c++)
		tf_table[c] = (uint16_t) floor(64 * log(1 + (exp(1) - 1) * c / 4.0) + 0.5);
}

static int32_t
term_number(uint64_t hash)
{
	int32_t		low = 0,
				high = n_terms;

	while (low < high)
	{
		int32_t		middle = low + (high - low) / 2;

		if (vocabulary[middle] == hash)
			return middle;
		if (vocabulary[middle] < hash)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static void
make_nodes(example *e)
{
	double		square = 0;

	e->term = room(sizeof(int32_t) * (size_t) e->terms.n_terms);
	e->value = room(sizeof(float) * (size_t) e->terms.n_terms);
	for (int32_t t = 0; t < e->terms.n_terms; t++)
	{
		int32_t		number = term_number(e->terms.terms[t].hash);
		uint32_t	count = e->terms.terms[t].count;

		if (number < 0)
			continue;
		e->term[e->n_nodes] = number;
		e->value[e->n_nodes] = (float) tf_table[count < N_TF - 1 ? count : N_TF - 1] * idf[number];
		square += (double) e->value[e->n_nodes] * e->value[e->n_nodes];
		e->n_nodes++;
	}
	for (int32_t k = 0; k < e->n_nodes; k++)
		e->value[k] /= (float) sqrt(square);
}

/* --- logistic regression ------------------------------------------------------ */

static double
score_of(const example *e, const float *w, double bias)
{
	double		sum = bias;

	for (int32_t k = 0; k < e->n_nodes; k++)
		sum += (double) w[e->term[k]] * e->value[k];
	return sum;
}

static bool
is_example_of(const example *e, int32_t row)
{
	for (int32_t i = 0; i < e->n_rows; i++)
		if (e->rows[i] >= row && e->rows[i] < topic_tree_row(row)->end)
			return true;
	return false;
}

/* One step of the dual: the pair (a, C - a) of example i moves to the minimum along it. */
static double
dual_step(const example *e, double y, double cost, double *alpha, float *w, double *bias)
{
	double		square = 2;		/* length of the text is 1, and the constant term */
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
		w[e->term[k]] += (float) (sign * (z - old) * y * e->value[k]);
	*bias += sign * (z - old) * y;
	return fabs(first);
}

/* Fits w and bias on the training texts outside `fold` (-1: on all). */
static void
fit(int32_t row, int32_t fold, float *w, float *bias)
{
	int32_t    *order = room(sizeof(int32_t) * (size_t) n_examples);
	double	   *alpha = room(sizeof(double) * 2 * (size_t) n_examples);
	double	   *y = room(sizeof(double) * (size_t) n_examples);
	double		b = 0;
	int32_t		n = 0;

	memset(w, 0, sizeof(float) * (size_t) n_terms);
	for (int32_t i = 0; i < n_examples; i++)
	{
		const example *e = &examples[i];
		double		cost = COST * e->weight;

		if (e->dev || e->fold == fold || e->n_nodes == 0)
			continue;
		order[n++] = i;
		y[i] = is_example_of(e, row) ? 1 : -1;
		alpha[2 * i] = fmin(0.001 * cost, 1e-8);
		alpha[2 * i + 1] = cost - alpha[2 * i];
		for (int32_t k = 0; k < e->n_nodes; k++)
			w[e->term[k]] += (float) (y[i] * alpha[2 * i] * e->value[k]);
		b += y[i] * alpha[2 * i];
	}
	for (int epoch = 0; epoch < EPOCHS; epoch++)
	{
		double		worst = 0;

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

			worst = fmax(worst, dual_step(&examples[i], y[i], COST * examples[i].weight, &alpha[2 * i], w, &b));
		}
		if (worst < TOLERANCE)
			break;
	}
	*bias = (float) b;
	free(order);
	free(alpha);
	free(y);
}

static void
fit_labels(void)
{
	float	   *w = room(sizeof(float) * (size_t) n_terms);

	for (int32_t row = 0; row < topic_tree_size(); row++)
	{
		label_fit  *l = &labels[n_labels];
		int32_t		n = 0;

		for (int32_t i = 0; i < n_examples; i++)
			n += !examples[i].dev && is_example_of(&examples[i], row);
		if (topic_tree_row(row)->level > 3 || n < LEAST_EXAMPLES)
			continue;
		l->row = row;
		l->held_out = room(sizeof(float) * (size_t) n_examples);
		for (int32_t fold = 0; fold < N_FOLDS; fold++)
		{
			float		bias;

			seed = (uint64_t) row * N_FOLDS + (uint64_t) fold + 1;
			fit(row, fold, w, &bias);
			for (int32_t i = 0; i < n_examples; i++)
				if (!examples[i].dev && examples[i].fold == fold)
					l->held_out[i] = (float) score_of(&examples[i], w, bias);
		}
		l->weights = room(sizeof(float) * (size_t) n_terms);
		fit(row, -1, l->weights, &l->bias);
		n_labels++;
	}
	free(w);
}

/* Slope and offset of the probability over the held-out scores of a level's labels, by Newton's method. */
static void
fit_probability(int32_t level, double *slope, double *offset)
{
	*slope = 1;
	*offset = 0;
	for (int step = 0; step < 30; step++)
	{
		double		ga = 0,
					gb = 0,
					haa = 1e-9,
					hab = 0,
					hbb = 1e-9,
					det;

		for (int32_t j = 0; j < n_labels; j++)
		{
			if (topic_tree_row(labels[j].row)->level != level)
				continue;
			for (int32_t i = 0; i < n_examples; i++)
			{
				double		s = labels[j].held_out[i],
							p,
							d;

				if (examples[i].dev || examples[i].weight < 1)
					continue;
				p = 1 / (1 + exp(-(*slope * s + *offset)));
				d = p - (is_example_of(&examples[i], labels[j].row) ? 1 : 0);
				ga += d * s;
				gb += d;
				haa += p * (1 - p) * s * s;
				hab += p * (1 - p) * s;
				hbb += p * (1 - p);
			}
		}
		det = haa * hbb - hab * hab;
		*slope -= (hbb * ga - hab * gb) / det;
		*offset -= (haa * gb - hab * ga) / det;
	}
	printf("level %d: slope %.3f offset %.3f\n", level, *slope, *offset);
}

/* --- the file ----------------------------------------------------------------- */

typedef struct image
{
	char	   *bytes;
	size_t		n;
} image;

static void
put(image *out, const void *from, size_t n_bytes)
{
	out->bytes = realloc(out->bytes, out->n + n_bytes + 4);
	if (!out->bytes)
		fail("out of memory");
	memcpy(out->bytes + out->n, from, n_bytes);
	out->n += n_bytes;
}

static void
put_padding(image *out)
{
	put(out, "\0\0\0", (4 - out->n % 4) % 4);
}

static void
put_slots(image *out, uint32_t log2_slots)
{
	uint32_t	mask = (1u << log2_slots) - 1;
	uint32_t   *slots = room(sizeof(uint32_t) * 2 * ((size_t) mask + 1));

	for (int32_t t = 0; t < n_terms; t++)
	{
		uint32_t	at = (uint32_t) vocabulary[t] & mask;

		while (slots[2 * at + 1])
			at = (at + 1) & mask;
		slots[2 * at] = (uint32_t) (vocabulary[t] >> 32);
		slots[2 * at + 1] = (uint32_t) t + 1;
	}
	put(out, slots, sizeof(uint32_t) * 2 * ((size_t) mask + 1));
	free(slots);
}

static float
largest_weight(const label_fit *l)
{
	float		m = 1e-6f;

	for (int32_t t = 0; t < n_terms; t++)
		m = fmaxf(m, fabsf(l->weights[t]));
	return m;
}

static image
make_image(void)
{
	topic_model_header h = {TOPIC_MODEL_MAGIC, TOPIC_MODEL_VERSION, (uint32_t) n_labels, (uint32_t) n_terms, 0, N_TF, 4,
	(uint32_t) topic_tree_size()};
	uint32_t   *first = room(sizeof(uint32_t) * ((size_t) n_terms + 1));
	uint16_t   *entry_label = room(sizeof(uint16_t) * (size_t) n_terms * (size_t) n_labels);
	int8_t	   *entry_weight = room((size_t) n_terms * (size_t) n_labels);
	uint16_t   *idf_table = room(sizeof(uint16_t) * (size_t) n_terms);
	float	   *unit = room(sizeof(float) * (size_t) n_labels);
	double		slope[4],
				offset[4];
	image		out = {NULL, 0};

	for (int32_t level = 1; level <= 3; level++)
		fit_probability(level, &slope[level], &offset[level]);
	for (int32_t j = 0; j < n_labels; j++)
		unit[j] = largest_weight(&labels[j]) / 127;
	for (int32_t t = 0; t < n_terms; t++)
	{
		first[t] = h.n_entries;
		idf_table[t] = (uint16_t) (256 * idf[t]);
		for (int32_t j = 0; j < n_labels; j++)
			if (fabsf(labels[j].weights[t]) > PRUNE * 127 * unit[j])
			{
				entry_label[h.n_entries] = (uint16_t) j;
				entry_weight[h.n_entries++] = (int8_t) lrintf(labels[j].weights[t] / unit[j]);
			}
	}
	first[n_terms] = h.n_entries;
	while (((uint32_t) 1 << h.log2_slots) < (uint32_t) n_terms * 3 / 2)
		h.log2_slots++;
	put(&out, &h, sizeof(h));
	for (int32_t j = 0; j < n_labels; j++)
	{
		const topic_tree_entry *row = topic_tree_row(labels[j].row);
		topic_label l = {labels[j].row, -1, unit[j], labels[j].bias, (float) slope[row->level], (float) offset[row->level]};

		for (int32_t k = 0; k < j; k++)
			if (labels[k].row == row->parent)
				l.parent = k;
		put(&out, &l, sizeof(l));
	}
	put(&out, tf_table, sizeof(tf_table));
	put_padding(&out);
	put(&out, idf_table, sizeof(uint16_t) * (size_t) n_terms);
	put_padding(&out);
	put(&out, first, sizeof(uint32_t) * ((size_t) n_terms + 1));
	put_slots(&out, h.log2_slots);
	put(&out, entry_label, sizeof(uint16_t) * h.n_entries);
	put_padding(&out);
	put(&out, entry_weight, h.n_entries);
	printf("%d labels, %d terms, %u entries, %.2f MB\n", n_labels, n_terms, h.n_entries, (double) out.n / 1e6);
	return out;
}

/* --- scores on the dev texts ---------------------------------------------------- */

typedef struct tally
{
	int			n,
				n_second,
				first,
				second,
				silent,
				rows;
	int			bin_n[10],
				bin_right[10];
	double		bin_score[10];
} tally;

static bool
shares_ancestor(const example *e, int32_t row, int32_t level)
{
	int32_t		mine = topic_tree_at_level(row, level);

	for (int32_t i = 0; mine >= 0 && i < e->n_rows; i++)
		if (topic_tree_at_level(e->rows[i], level) == mine)
			return true;
	return false;
}

static void
score_example(const topic_model *m, const example *e, tally *t)
{
	arena	   *memory = arena_create(corpus_blocks());
	float	   *p = arena_array(memory, float, m->header->n_labels);
	topic_choice rows[MAX_TOPICS];
	int			n;
	bool		second = false,
				has_second = false;

	topic_model_judge(m, memory, &e->terms, p);
	n = choose_topics(m, p, rows);
	t->n++;
	t->silent += n == 0;
	t->rows += n;
	for (int32_t i = 0; i < e->n_rows; i++)
		has_second |= topic_tree_row(e->rows[i])->level >= 2;
	for (int i = 0; i < n; i++)
	{
		int32_t		row = m->labels[rows[i].label].tree_row;
		int			bin = (int) (rows[i].score * 10);

		bin = bin > 9 ? 9 : bin;
		if (i == 0)
			t->first += shares_ancestor(e, row, 1);
		if (i < 3)
			second |= shares_ancestor(e, row, 2);
		t->bin_n[bin]++;
		t->bin_score[bin] += rows[i].score;
		t->bin_right[bin] += is_example_of(e, row);
	}
	t->n_second += has_second;
	t->second += second;
	corpus_release();
}

static void
report(const image *file)
{
	topic_model m;
	tally		t = {0};

	if (!topic_model_open(&m, file->bytes, file->n))
		fail("the model does not open");
	for (int32_t i = 0; i < n_examples; i++)
		if (examples[i].dev)
			score_example(&m, &examples[i], &t);
	printf("dev: %d texts; L1@1 %.4f  L2@3 %.4f; rows a text %.2f, silent %d\n", t.n, (double) t.first / t.n,
		   (double) t.second / t.n_second, (double) t.rows / t.n, t.silent);
	puts("score      rows  mean score  right");
	for (int b = 0; b < 10; b++)
		if (t.bin_n[b])
			printf("%.1f-%.1f  %6d  %10.3f  %5.3f\n", b / 10.0, (b + 1) / 10.0, t.bin_n[b], t.bin_score[b] / t.bin_n[b],
				   (double) t.bin_right[b] / t.bin_n[b]);
}

int
main(int argc, char **argv)
{
	image		file;
	FILE	   *out;

	if (argc != 3)
		fail("usage: train_topics DOCUMENTS OUT.bin");
	read_examples(argv[1]);
	make_vocabulary();
	for (int32_t i = 0; i < n_examples; i++)
		make_nodes(&examples[i]);
	printf("%d texts, %d terms\n", n_examples, n_terms);
	fit_labels();
	file = make_image();
	out = fopen(argv[2], "wb");
	if (!out || fwrite(file.bytes, 1, file.n, out) != file.n || fclose(out))
		fail(argv[2]);
	report(&file);
	return 0;
}
