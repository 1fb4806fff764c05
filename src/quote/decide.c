/*
 * decide.c - decisions among options by a linear model (see work.h).
 *
 * Reading: a feature is looked up when it is added, and only the sum is kept.
 * Training (a teacher is there): features are kept as well, for the teacher.
 * The best option is found in integers, the same on every platform; floats
 * appear only in probabilities.
 */
#include <math.h>

#include "quote/work.h"

void
decision_open(quote_work *w, decision_kind kind)
{
	w->deciding = kind;
	w->n_options = 0;
	w->n_features = 0;
}

option *
option_add(quote_work *w, int32_t value)
{
	option	   *o;

	w->options = arena_grow(w->memory, w->options, w->n_options, &w->option_capacity, sizeof(option));
	o = &w->options[w->n_options++];
	*o = (option) {0, w->n_features, 0, value, {{0, 0}, {0, 0}}, 0, false};
	return o;
}

int32_t
part_add(quote_work *w)
{
	option_add(w, -1)->part = true;
	return w->n_options - 1;
}

static void
keep_feature(quote_work *w, uint64_t hash)
{
	w->features = arena_grow(w->memory, w->features, w->n_features, &w->feature_capacity, sizeof(uint64_t));
	w->features[w->n_features++] = hash;
	w->options[w->n_options - 1].n_features++;
}

void
feature_add(quote_work *w, uint64_t hash)
{
	if (w->model)
		w->options[w->n_options - 1].score += weights_one(w->model, hash, 0);
	if (w->teacher)
		keep_feature(w, hash);
}

void
option_include(quote_work *w, int32_t from)
{
	w->options[w->n_options - 1].score += w->options[from].score;
	if (w->teacher)
		for (int32_t i = 0; i < w->options[from].n_features; i++)
			keep_feature(w, w->features[w->options[from].first_feature + i]);
}

float
option_probability(const quote_work *w, int32_t chosen)
{
	float		unit = w->model ? w->model->header->unit : 0,
				sum = 0;

	for (int32_t i = 0; i < w->n_options; i++)
		if (!w->options[i].part)
			sum += expf(fminf(60.0f, unit * (float) (w->options[i].score - w->options[chosen].score)));
	return 1 / sum;
}

int32_t
decision_close(quote_work *w, int32_t subject, float *probability)
{
	int32_t		best = -1;

	if (w->teacher)
		best = w->teacher(w->teacher_context, w, w->deciding, subject);
	if (best < 0)
		for (int32_t i = 0; i < w->n_options; i++)
			if (!w->options[i].part && (best < 0 || w->options[i].score > w->options[best].score))
				best = i;
	if (probability)
		*probability = option_probability(w, best);
	return best;
}
