/*
 * train_salience.c - fits the weights of src/entity/salience.c and prints them.
 *
 *   train_salience TRAIN.cases DEV.cases
 *
 * In: cases with S lines (GUM: how many of five summaries name the entity).
 * Logistic regression on the share, by gradient descent over all entities; then how many pairs
 * of entities of one dev text with different gold stand in the right order, against counting mentions.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "entity/entity_facts.h"

typedef struct sample
{
	float		x[N_SALIENCE_FEATURES];
	float		gold;			/* 0..1 */
	int			text;
} sample;

static sample *samples;
static int	n_samples;

static float
gold_of(const document *doc, const case_text *c, int32_t entity)
{
	int			best = -1;

	for (int i = 0; i < c->n_salience; i++)
		if (c->salience[2 * i + 1] > best && entity_is_gold(doc, c, entity, c->salience[2 * i]))
			best = c->salience[2 * i + 1];
	return best < 0 ? -1 : (float) best / 5;
}

static void
read_samples(const char *path)
{
	int32_t		n;
	case_text  *cases = read_cases(path, &n);

	n_samples = 0;
	for (int i = 0; i < n; i++)
	{
		void	   *blocks;
		arena	   *memory = heap_arena(&blocks);
		document   *doc = case_document(memory, &cases[i], true, false);
		float	   *x = malloc(sizeof(float) * N_SALIENCE_FEATURES * (size_t) (doc->n_entities + 1));

		salience_features(doc, x);
		for (int32_t e = 0; e < doc->n_entities; e++)
		{
			sample		s = {.gold = gold_of(doc, &cases[i], e),.text = i};

			if (s.gold < 0)
				continue;
			memcpy(s.x, x + e * N_SALIENCE_FEATURES, sizeof(s.x));
			samples = realloc(samples, sizeof(sample) * (size_t) (n_samples + 1));
			samples[n_samples++] = s;
		}
		free(x);
		give_back_blocks(&blocks);
	}
}

static float
predict(const float *w, const sample *s)
{
	float		z = 0;

	for (int k = 0; k < N_SALIENCE_FEATURES; k++)
		z += w[k] * s->x[k];
	return 1 / (1 + expf(-z));
}

static void
fit(float *w)
{
	for (int step = 0; step < 4000; step++)
	{
		double		g[N_SALIENCE_FEATURES] = {0};

		for (int i = 0; i < n_samples; i++)
		{
			float		d = predict(w, &samples[i]) - samples[i].gold;

			for (int k = 0; k < N_SALIENCE_FEATURES; k++)
				g[k] += d * samples[i].x[k];
		}
		for (int k = 0; k < N_SALIENCE_FEATURES; k++)
			w[k] -= (float) (2.0 * (g[k] / n_samples + 1e-4 * w[k]));
	}
}

static void
check(const float *w)
{
	int			n = 0;
	double		right = 0,
				by_count = 0;

	for (int i = 0; i < n_samples; i++)
		for (int k = 0; k < n_samples; k++)
		{
			const sample *a = &samples[i],
					   *b = &samples[k];

			if (a->text != b->text || a->gold <= b->gold)
				continue;
			n++;
			right += predict(w, a) > predict(w, b);
			by_count += a->x[1] > b->x[1] ? 1 : a->x[1] == b->x[1] ? 0.5 : 0;
		}
	printf("pairs %d in order %.3f; by number of mentions %.3f\n", n, right / n, by_count / n);
}

int
main(int argc, char **argv)
{
	float		w[N_SALIENCE_FEATURES] = {0};

	if (argc != 3)
	{
		fprintf(stderr, "usage: train_salience TRAIN.cases DEV.cases\n");
		return 2;
	}
	read_samples(argv[1]);
	fit(w);
	for (int k = 0; k < N_SALIENCE_FEATURES; k++)
		printf("%.3ff, ", w[k]);
	printf("\ntrain: %d entities, ", n_samples);
	check(w);
	read_samples(argv[2]);
	printf("dev: %d entities, ", n_samples);
	check(w);
	return 0;
}
