/*
 * confidence.c - how likely a row is right: its place and its speaker.
 *
 * The probabilities that the decisions behind a row had under their models are
 * too sure of themselves; a logistic regression (Platt 1999) on their log odds and
 * the kind of row, fitted on rows of texts that the models were not trained on,
 * makes them true: of the rows given 0.8, eight in ten are right.
 */
#include <math.h>
#include <string.h>

#include "quote/work.h"

static float
log_odds(float p)
{
	p = fminf(fmaxf(p, 0.002f), 0.998f);
	return logf(p / (1 - p));
}

void
confidence_inputs(const quote_work *w, const quote_row *r, float x[N_CONFIDENCE])
{
	const phrase *source = r->source >= 0 ? &w->phrases[r->source] : NULL;
	bool		indirect = r->kind == QUOTE_INDIRECT,
				mixed = r->kind == QUOTE_MIXED;

	x[0] = 1;
	x[1] = log_odds(r->p_found);
	x[2] = log_odds(r->p_source);
	x[3] = log_odds(r->p_speaker);
	x[4] = indirect;
	x[5] = mixed;
	x[6] = source == NULL;
	x[7] = source && source->pronoun;
	x[8] = source && !source->pronoun && source->mention < 0;
	x[9] = r->entity < 0;
	x[10] = indirect ? x[1] : 0;
	x[11] = mixed ? x[1] : 0;
	x[12] = source == NULL ? x[3] : 0;
	x[13] = r->entity < 0 && r->phrase < 0;
}

float
confidence_of(const quote_work *w, const quote_row *r)
{
	float		x[N_CONFIDENCE],
				weights[N_CONFIDENCE],
				sum = 0;

	if (!w->model || w->model->n_extra_bytes < sizeof(weights))
		return r->p_found * r->p_source * r->p_speaker;
	memcpy(weights, w->model->extra, sizeof(weights));
	confidence_inputs(w, r, x);
	for (int i = 0; i < N_CONFIDENCE; i++)
		sum += weights[i] * x[i];
	return 1 / (1 + expf(-sum));
}
