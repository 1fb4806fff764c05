/*
 * ranker.c - see ranker.h.
 */
#include "ranker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "weights_writer.h"

typedef struct example
{
	size_t		first_option;
	int32_t		n_options;
	int32_t		group;
	float		weight;
} example;

typedef struct packed_option
{
	size_t		first;			/* feature id */
	int32_t		n;
	bool		right;
} packed_option;

struct ranker
{
	uint64_t   *hashes;			/* by feature id */
	uint32_t   *table;			/* id + 1 by hash */
	size_t		table_size,
				n_ids,
				id_capacity;
	float	   *z,
			   *n,
			   *w;
	uint32_t   *ids;
	size_t		n_refs,
				ref_capacity;
	packed_option *options;
	size_t		n_options,
				option_capacity;
	example    *examples;
	size_t		n_examples,
				example_capacity;
};

static void *
grown(void *p, size_t n, size_t *capacity, size_t element)
{
	if (n < *capacity)
		return p;
	*capacity = *capacity ? *capacity * 2 : 1024;
	p = realloc(p, *capacity * element);
	if (!p)
	{
		fprintf(stderr, "ranker: out of memory\n");
		exit(1);
	}
	return p;
}

ranker *
ranker_create(void)
{
	return calloc(1, sizeof(ranker));
}

static void
rehash(ranker *r)
{
	r->table_size = r->table_size ? r->table_size * 2 : 1 << 16;
	free(r->table);
	r->table = calloc(r->table_size, sizeof(uint32_t));
	for (size_t i = 0; i < r->n_ids; i++)
	{
		size_t		at = (r->hashes[i] ^ (r->hashes[i] >> 29)) & (r->table_size - 1);

		while (r->table[at])
			at = (at + 1) & (r->table_size - 1);
		r->table[at] = (uint32_t) (i + 1);
	}
}

static uint32_t
id_of(ranker *r, uint64_t hash)
{
	size_t		at;

	if (r->n_ids * 2 >= r->table_size)
		rehash(r);
	for (at = (hash ^ (hash >> 29)) & (r->table_size - 1); r->table[at]; at = (at + 1) & (r->table_size - 1))
		if (r->hashes[r->table[at] - 1] == hash)
			return r->table[at] - 1;
	r->hashes = grown(r->hashes, r->n_ids, &r->id_capacity, sizeof(uint64_t));
	r->hashes[r->n_ids] = hash;
	r->table[at] = (uint32_t) (r->n_ids + 1);
	return (uint32_t) r->n_ids++;
}

void
ranker_add(ranker *r, int group, float weight, int n_options, const uint64_t *const *features, const int32_t *n_features, const bool *right)
{
	r->examples = grown(r->examples, r->n_examples, &r->example_capacity, sizeof(example));
	r->examples[r->n_examples++] = (example) {r->n_options, n_options, group, weight};
	for (int i = 0; i < n_options; i++)
	{
		r->options = grown(r->options, r->n_options, &r->option_capacity, sizeof(packed_option));
		r->options[r->n_options++] = (packed_option) {r->n_refs, n_features[i], right[i]};
		for (int32_t f = 0; f < n_features[i]; f++)
		{
			r->ids = grown(r->ids, r->n_refs, &r->ref_capacity, sizeof(uint32_t));
			r->ids[r->n_refs++] = id_of(r, features[i][f]);
		}
	}
}

static float
weight_of(const ranker *r, uint32_t i, const ranker_settings *s)
{
	float		z = r->z[i];

	if (fabsf(z) <= s->l1)
		return 0;
	return -(z - (z < 0 ? -s->l1 : s->l1)) / ((1.0f + sqrtf(r->n[i])) / s->alpha + s->l2);
}

static void
learn(ranker *r, const example *e, const ranker_settings *s)
{
	float		score[4096],
				all = 0,
				good = 0,
				top = -1e30f;
	int			n = e->n_options < 4096 ? e->n_options : 4096;

	for (int i = 0; i < n; i++)
	{
		const packed_option *o = &r->options[e->first_option + i];
		float		sum = 0;

		for (int32_t f = 0; f < o->n; f++)
			sum += r->w[r->ids[o->first + f]];
		score[i] = sum;
		top = sum > top ? sum : top;
	}
	for (int i = 0; i < n; i++)
	{
		score[i] = expf(score[i] - top);
		all += score[i];
		if (r->options[e->first_option + i].right)
			good += score[i];
	}
	good = good > 1e-12f ? good : 1e-12f;
	for (int i = 0; i < n; i++)
	{
		const packed_option *o = &r->options[e->first_option + i];
		float		g = e->weight * (score[i] / all - (o->right ? score[i] / good : 0));

		if (fabsf(g) < 1e-4f)
			continue;
		for (int32_t f = 0; f < o->n; f++)
		{
			uint32_t	id = r->ids[o->first + f];
			float		sigma = (sqrtf(r->n[id] + g * g) - sqrtf(r->n[id])) / s->alpha;

			r->z[id] += g - sigma * r->w[id];
			r->n[id] += g * g;
			r->w[id] = weight_of(r, id, s);
		}
	}
}

void
ranker_train(ranker *r, const bool *use, ranker_settings settings)
{
	size_t	   *order = malloc((r->n_examples + 1) * sizeof(size_t)),
				n = 0;
	uint64_t	seed = 20261124;

	free(r->z);
	free(r->n);
	free(r->w);
	r->z = calloc(r->n_ids + 1, sizeof(float));
	r->n = calloc(r->n_ids + 1, sizeof(float));
	r->w = calloc(r->n_ids + 1, sizeof(float));
	for (size_t i = 0; i < r->n_examples; i++)
		if (use[r->examples[i].group])
			order[n++] = i;
	for (int epoch = 0; epoch < settings.epochs; epoch++)
	{
		for (size_t i = n; i > 1; i--)
		{
			size_t		j,
						swap;

			seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			j = (size_t) (seed >> 33) % i;
			swap = order[i - 1];
			order[i - 1] = order[j];
			order[j] = swap;
		}
		for (size_t i = 0; i < n; i++)
			learn(r, &r->examples[order[i]], &settings);
	}
	free(order);
}

void
ranker_shift(ranker *r, uint64_t feature, float value)
{
	r->w[id_of(r, feature)] += value;
}

void
ranker_write(const ranker *r, const char *path, float prune, const void *extra, size_t n_extra_bytes)
{
	weights_write(path, r->hashes, r->w, r->n_ids, 1, prune, 16, 0, extra, n_extra_bytes);
}

size_t
ranker_size(const ranker *r)
{
	return r->n_refs;
}
