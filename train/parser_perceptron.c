/*
 * parser_perceptron.c - averaged perceptron over hashed features, three weights a feature.
 *
 * Out: the buckets that bucket_score (src/parse/model.c) reads: each holds its
 * four strongest features, in 8-bit weights.
 */
#include "parser_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct perceptron_entry
{
	uint32_t	key;			/* 0 = free */
	int16_t		w[N_ACTIONS];
	uint16_t	n_updates;
};

typedef struct perceptron_entry entry;

static uint32_t
place_of(const perceptron *m, uint32_t key)
{
	return ((key & m->significant) * UINT32_C(0x9e3779b1)) & m->mask;
}

static entry *
find_entry(const perceptron *m, uint32_t key)
{
	uint32_t	at = place_of(m, key);

	key &= m->significant;
	if (key == 0)
		key = 1;
	while (m->entries[at].key && m->entries[at].key != key)
		at = (at + 1) & m->mask;
	return &m->entries[at];
}

void
perceptron_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores)
{
	const perceptron *m = model;

	for (int i = 0; i < n_keys; i++)
		__builtin_prefetch(&m->entries[place_of(m, keys[i])]);
	for (int i = 0; i < n_keys; i++)
	{
		const entry *e;

		if (m->skipped[i])
			continue;
		e = find_entry(m, keys[i]);
		if (e->n_updates >= m->min_updates)
			for (int a = 0; a < N_ACTIONS; a++)
				scores[a] += e->w[a];
	}
}

static void
grow(perceptron *m)
{
	perceptron larger = *m;
	size_t		n_old = (size_t) m->mask + 1;

	larger.mask = m->mask * 2 + 1;
	larger.entries = must_alloc(sizeof(entry) * n_old * 2);
	larger.sums = must_alloc(sizeof(*larger.sums) * n_old * 2);
	for (size_t i = 0; i < n_old; i++)
		if (m->entries[i].key)
		{
			entry	   *e = find_entry(&larger, m->entries[i].key);

			*e = m->entries[i];
			memcpy(larger.sums[e - larger.entries], m->sums[i], sizeof(m->sums[i]));
		}
	free(m->entries);
	free(m->sums);
	*m = larger;
}

perceptron *
perceptron_create(int min_updates)
{
	perceptron *m = must_alloc(sizeof(perceptron));

	*m = (perceptron) {.mask = (1u << 20) - 1,.significant = UINT32_MAX,.min_updates = min_updates,.moment = 1};
	m->entries = must_alloc(sizeof(entry) * ((size_t) m->mask + 1));
	m->sums = must_alloc(sizeof(*m->sums) * ((size_t) m->mask + 1));
	return m;
}

void
perceptron_update(perceptron *m, const uint32_t *keys, int n_keys, int action, int delta)
{
	if (m->n > m->mask / 3 * 2)
		grow(m);
	for (int i = 0; i < n_keys; i++)
	{
		entry	   *e;

		if (m->skipped[i])
			continue;
		e = find_entry(m, keys[i]);
		if (!e->key)
		{
			if (m->is_closed)
				continue;
			e->key = keys[i] ? keys[i] : 1;
			m->n++;
		}
		e->w[action] += delta;
		m->sums[e - m->entries][action] += delta * m->moment;
		if (e->n_updates < UINT16_MAX)
			e->n_updates++;
	}
}

typedef struct ranked
{
	uint32_t	key;
	float		strength;
	float		w[N_ACTIONS];
} ranked;

static int
by_strength(const void *a, const void *b)
{
	const ranked *x = a,
			   *y = b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

static int
quantise(double x, double unit)
{
	long		q = lrint(x / unit);

	return q > 127 ? 127 : q < -127 ? -127 : (int) q;
}

/* Puts the strongest features into their buckets, as many as fit. */
static uint32_t *
write_buckets(ranked *rows, size_t n, int log2_buckets, double unit)
{
	uint32_t   *buckets = must_alloc((size_t) 16 << log2_buckets);
	size_t		n_placed = 0,
				n_null = 0;

	for (size_t i = 0; i < n; i++)
	{
		uint32_t   *bucket = buckets + (size_t) (rows[i].key >> (32 - log2_buckets)) * 4;
		uint32_t	slot = rows[i].key & 0xff;
		int			j;

		for (int a = 0; a < N_ACTIONS; a++)
			slot |= (uint32_t) (quantise(rows[i].w[a], unit) & 0xff) << (8 + 8 * a);
		if (slot >> 8 == 0)
		{
			n_null++;
			continue;
		}
		for (j = 0; j < 4 && bucket[j] && (bucket[j] & 0xff) != (slot & 0xff); j++)
			;
		if (j < 4 && !bucket[j])
		{
			bucket[j] = slot;
			n_placed++;
		}
	}
	fprintf(stderr, "%zu features, %zu too weak, %zu placed, unit %g\n", n, n_null, n_placed, unit);
	return buckets;
}

uint32_t *
perceptron_finish(perceptron *m, int log2_buckets, double clip)
{
	ranked	   *rows = must_alloc(sizeof(ranked) * m->n);
	size_t		n = 0,
				n_weights = 0;
	double		square = 0,
				unit;
	uint32_t   *buckets;

	for (uint32_t i = 0; i <= m->mask; i++)
	{
		const entry *e = &m->entries[i];
		ranked		r = {e->key};

		if (!e->key || e->n_updates < m->min_updates)
			continue;
		for (int a = 0; a < N_ACTIONS; a++)
		{
			r.w[a] = (float) (e->w[a] - m->sums[i][a] / m->moment);
			if (fabsf(r.w[a]) > r.strength)
				r.strength = fabsf(r.w[a]);
			square += (double) r.w[a] * r.w[a];
			n_weights += r.w[a] != 0;
		}
		rows[n++] = r;
	}
	qsort(rows, n, sizeof(ranked), by_strength);
	unit = clip * sqrt(square / (double) (n_weights ? n_weights : 1)) / 127;
	buckets = write_buckets(rows, n, log2_buckets, unit);
	free(rows);
	free(m->entries);
	free(m->sums);
	free(m);
	return buckets;
}

perceptron *
perceptron_of_strongest(perceptron *m, int log2_buckets, double clip)
{
	uint32_t   *buckets = perceptron_finish(m, log2_buckets, clip);

	m = perceptron_create(0);
	m->significant = ~(uint32_t) 0 << (32 - log2_buckets) | 0xff;
	for (uint32_t i = 0; i < (uint32_t) 4 << log2_buckets; i++)
	{
		uint32_t	key = (i / 4) << (32 - log2_buckets) | (buckets[i] & 0xff);
		entry	   *e;

		if (!buckets[i])
			continue;
		if (m->n > m->mask / 3 * 2)
			grow(m);
		e = find_entry(m, key);
		if (!e->key)
		{
			e->key = key ? key : 1;
			m->n++;
		}
	}
	m->is_closed = true;
	free(buckets);
	return m;
}
