/*
 * parser_labels.c - weights of the relations by averaged perceptron.
 *
 * Tokens of gold trees are labelled as in src/parse/labels.c, each knowing the
 * relations that the model itself gave to the tokens before it, so that it
 * learns to live with its own mistakes.
 */
#include "parser_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "weights_writer.h"

typedef struct label_row
{
	uint64_t	key;			/* 0 = free */
	uint32_t	n_updates;
	int16_t		w[N_RELATIONS];
	float		sum[N_RELATIONS];	/* of weight * moment */
} label_row;

typedef struct label_model
{
	uint32_t   *slots;			/* 1-based row; 0 = empty */
	uint32_t	mask;
	label_row  *rows;
	uint32_t	n;
	uint32_t	capacity;
	uint32_t	min_updates;
	bool		is_closed;		/* takes no new features */
	double		moment;
	bool		skipped[MAX_FEATURES];	/* templates that play no part at the moment */
} label_model;

static uint32_t *
find_slot(const label_model *m, uint64_t key)
{
	uint32_t	at = (uint32_t) (key >> 20) & m->mask;

	while (m->slots[at] && m->rows[m->slots[at] - 1].key != key)
		at = (at + 1) & m->mask;
	return &m->slots[at];
}

static void
make_room(label_model *m)
{
	if (m->n == m->capacity)
	{
		m->capacity *= 2;
		m->rows = realloc(m->rows, sizeof(label_row) * m->capacity);
		if (!m->rows)
			exit(1);
	}
	if (m->n <= m->mask / 3 * 2)
		return;
	free(m->slots);
	m->mask = m->mask * 2 + 1;
	m->slots = must_alloc(sizeof(uint32_t) * ((size_t) m->mask + 1));
	for (uint32_t i = 0; i < m->n; i++)
		*find_slot(m, m->rows[i].key) = i + 1;
}

static void
update(label_model *m, const uint64_t *keys, int n_keys, int right, int wrong)
{
	for (int i = 0; i < n_keys; i++)
	{
		uint32_t   *slot;
		label_row  *r;

		if (m->skipped[i])
			continue;
		make_room(m);
		slot = find_slot(m, keys[i]);
		if (!*slot && m->is_closed)
			continue;
		if (!*slot)
		{
			memset(&m->rows[m->n], 0, sizeof(label_row));
			m->rows[m->n++].key = keys[i];
			*slot = m->n;
		}
		r = &m->rows[*slot - 1];
		r->w[right]++;
		r->w[wrong]--;
		r->sum[right] += (float) m->moment;
		r->sum[wrong] -= (float) m->moment;
		r->n_updates++;
	}
}

static int
best_label(const label_model *m, const uint64_t *keys, int n_keys)
{
	int32_t		scores[N_RELATIONS] = {0};
	int			best = REL_DEP;

	for (int i = 0; i < n_keys; i++)
	{
		uint32_t	row = m->skipped[i] ? 0 : *find_slot(m, keys[i]);

		if (row && m->rows[row - 1].n_updates >= m->min_updates)
			for (int r = 0; r < N_RELATIONS; r++)
				scores[r] += m->rows[row - 1].w[r];
	}
	for (int r = 1; r < N_RELATIONS; r++)
		if (r != REL_ROOT && scores[r] > scores[best])
			best = r;
	return best;
}

/* Number of labels right. */
static int
learn_sentence(label_model *m, const piece *p, const gold_piece *g)
{
	label_node	nodes[MAX_PIECE + 3];
	int16_t		order[MAX_PIECE + 3];
	uint8_t		relations[MAX_PIECE + 3];
	label_context c = {p, g->head, order, relations, nodes};
	int			n_right = 0;

	label_prepare(&c);
	for (int i = 0; i < p->n_words; i++)
	{
		uint64_t	keys[MAX_FEATURES];
		int			at = order[i],
					n = label_features(&c, at, keys),
					label = REL_ROOT;

		if (c.heads[at] <= p->n)
		{
			label = best_label(m, keys, n);
			m->moment++;
			if (label != g->relation[at] && g->relation[at] != REL_ROOT)
				update(m, keys, n, g->relation[at], label);
		}
		n_right += label == g->relation[at];
		label_set(&c, at, (uint8_t) label);
	}
	return n_right;
}

static int
stronger(const void *a, const void *b)
{
	float		x = *(const float *) a,
				y = *(const float *) b;

	return x > y ? -1 : x < y;
}

static float
strength_of(const label_model *m, const label_row *row)
{
	float		strength = 0;

	for (int r = 0; r < N_RELATIONS; r++)
		strength = fmaxf(strength, fabsf((float) (row->w[r] - row->sum[r] / m->moment)));
	return row->n_updates < m->min_updates ? 0 : strength;
}

/* Keeps the strongest rows, with weights of 0, and takes no others from now on. */
static void
close_model(label_model *m, int max_rows)
{
	float	   *strength = must_alloc(sizeof(float) * m->n),
				needed;
	uint32_t	n = 0;

	for (uint32_t i = 0; i < m->n; i++)
		strength[i] = strength_of(m, &m->rows[i]);
	qsort(strength, m->n, sizeof(float), stronger);
	needed = m->n > (uint32_t) max_rows ? strength[max_rows] : 0;
	free(strength);
	for (uint32_t i = 0; i < m->n; i++)
		if (strength_of(m, &m->rows[i]) > needed)
		{
			uint64_t	key = m->rows[i].key;

			memset(&m->rows[n], 0, sizeof(label_row));
			m->rows[n++].key = key;
		}
	memset(m->slots, 0, sizeof(uint32_t) * ((size_t) m->mask + 1));
	m->n = n;
	for (uint32_t i = 0; i < n; i++)
		*find_slot(m, m->rows[i].key) = i + 1;
	m->is_closed = true;
	m->min_updates = 0;
	m->moment = 1;
}

static void
write_labels(const label_model *m, const training_options *o, const char *path)
{
	float	   *weights = must_alloc(sizeof(float) * N_RELATIONS * m->n);
	uint64_t   *keys = must_alloc(sizeof(uint64_t) * m->n);

	for (uint32_t i = 0; i < m->n; i++)
	{
		const label_row *row = &m->rows[i];

		keys[i] = row->key;
		for (int r = 0; r < N_RELATIONS; r++)
			weights[(size_t) i * N_RELATIONS + r] = (float) (row->w[r] - row->sum[r] / m->moment);
	}
	weights_write(path, keys, weights, m->n, N_RELATIONS, 0, 8, (float) o->clip, NULL, 0);
	free(weights);
	free(keys);
}

static void
learn_epochs(label_model *m, gold_piece *pieces, int n_pieces, const training_options *o, uint64_t seed)
{
	int		   *order = must_alloc(sizeof(int) * (size_t) n_pieces);
	atom	   *atoms = must_alloc(sizeof(atom) * (MAX_PIECE + 3));

	for (int i = 0; i < n_pieces; i++)
		order[i] = i;
	for (int epoch = 0; epoch < o->label_epochs; epoch++)
	{
		int			n_right = 0,
					n_tokens = 0;

		shuffle(order, n_pieces, &seed);
		for (int i = 0; i < n_pieces; i++)
		{
			piece		p = forget_words(&pieces[order[i]], o->forget, atoms, &seed);

			skip_templates(m->skipped, o->label_drop, &seed);
			n_right += learn_sentence(m, &p, &pieces[order[i]]);
			n_tokens += pieces[order[i]].piece.n_words;
		}
		fprintf(stderr, "labels: epoch %d, %.2f%% right, %u features\n", epoch + 1, 100.0 * n_right / n_tokens, m->n);
	}
	free(order);
	free(atoms);
}

/* Once to find the features that matter, once more with only those. */
void
train_labels(gold_piece *pieces, int n_pieces, const training_options *o, const char *path)
{
	label_model m = {.mask = (1u << 20) - 1,.capacity = 1u << 18,.min_updates = (uint32_t) o->label_min_updates,.moment = 1};

	m.slots = must_alloc(sizeof(uint32_t) * ((size_t) m.mask + 1));
	m.rows = must_alloc(sizeof(label_row) * m.capacity);
	learn_epochs(&m, pieces, n_pieces, o, o->seed + 1);
	close_model(&m, o->max_label_rows);
	learn_epochs(&m, pieces, n_pieces, o, o->seed + 4);
	write_labels(&m, o, path);
	free(m.slots);
	free(m.rows);
}
