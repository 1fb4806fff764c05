/*
 * salience.c - how far a text is about each of its entities.
 *
 * In: entities with mentions.  Out: entity.salience in 0..1 and by_salience.
 *
 * A logistic model over where the entity is named first, how often, in how many
 * paragraphs, whether in the headline and whether as the subject.  The
 * weights are fitted (train/train_salience.c) to GUM's graded salience: the share of five
 * summaries of a text that name the entity (Lin and Zeldes 2024).  GUM has no nationalities among its entities;
 * theirs is set by hand, so that an adjective does not lead the list.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "entity/entity_facts.h"
#include "tag/tagset.h"

typedef struct evidence
{
	int32_t		n;				/* mentions */
	int32_t		n_paragraphs;
	int32_t		last_paragraph;
	int32_t		n_subject;
	int32_t		last;			/* last mention */
	bool		in_heading;
} evidence;

/* Weights in the order of salience_features. */
static const float weights[N_SALIENCE_FEATURES] = {
	-2.251f, 0.859f, 0.426f, -0.819f, 0.781f, 1.233f, 0.169f, 1.215f, -0.332f, -0.510f, -0.118f, -1.500f, 0.044f, -0.055f
};

/* A name before a finite verb, not behind a preposition: mostly the subject. */
static bool
looks_like_subject(const document *doc, const mention *m)
{
	const token *before = m->start > 0 ? &doc->tokens[m->start - 1] : NULL;
	const token *after = m->end < doc->n_tokens ? &doc->tokens[m->end] : NULL;

	if (before && (before->upos == UPOS_ADP || before->upos == UPOS_VERB))
		return false;
	return after && (after->upos == UPOS_VERB || after->upos == UPOS_AUX || after->upos == UPOS_ADV);
}

static evidence *
collect_evidence(const document *doc)
{
	evidence   *v = arena_zero_array(doc->memory, evidence, doc->n_entities);

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];
		evidence   *x = &v[m->entity];
		int32_t		p = doc->sentences[doc->tokens[m->start].sentence].paragraph;

		x->n_paragraphs += x->n++ == 0 || x->last_paragraph != p;
		x->last_paragraph = p;
		x->last = i;
		x->in_heading |= p == 0 && doc->paragraphs[p].kind == PARAGRAPH_HEADING;
		x->n_subject += looks_like_subject(doc, m);
	}
	return v;
}

static void
features_of(const document *doc, const entity *e, const evidence *v, float *x)
{
	const mention *first = &doc->mentions[e->first_mention];
	float		length = (float) doc->n_tokens + 1;

	x[0] = 1;
	x[1] = logf((float) v->n);
	x[2] = logf((float) v->n_paragraphs);
	x[3] = (float) first->start / length;
	x[4] = v->in_heading;
	x[5] = doc->tokens[first->start].sentence < 3;
	x[6] = v->n_subject > 0;
	x[7] = (float) v->n / (float) doc->n_mentions;
	x[8] = e->kind == KIND_PERSON;
	x[9] = e->kind == KIND_ORGANIZATION;
	x[10] = e->kind == KIND_PLACE;
	x[11] = e->kind == KIND_NATIONALITY;
	x[12] = (float) (doc->mentions[v->last].start - first->start) / length;
	x[13] = e->role != NULL;
}

void
salience_features(const document *doc, float *x)
{
	evidence   *v = collect_evidence(doc);

	for (int32_t i = 0; i < doc->n_entities; i++)
		features_of(doc, &doc->entities[i], &v[i], x + (size_t) i * N_SALIENCE_FEATURES);
}

typedef struct rank
{
	float		salience;
	int32_t		entity;
} rank;

static int
by_rank(const void *a, const void *b)
{
	const rank *x = a,
			   *y = b;

	if (x->salience != y->salience)
		return x->salience > y->salience ? -1 : 1;
	return x->entity < y->entity ? -1 : x->entity > y->entity;
}

void
rate_salience(document *doc)
{
	evidence   *v = collect_evidence(doc);
	rank	   *ranks = arena_array(doc->memory, rank, doc->n_entities);

	doc->by_salience = arena_array(doc->memory, int32_t, doc->n_entities);
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		float		x[N_SALIENCE_FEATURES];
		float		z = 0;

		features_of(doc, &doc->entities[i], &v[i], x);
		for (int k = 0; k < N_SALIENCE_FEATURES; k++)
			z += weights[k] * x[k];
		doc->entities[i].salience = ranks[i].salience = 1.0f / (1.0f + expf(-z));
		ranks[i].entity = i;
	}
	qsort(ranks, (size_t) doc->n_entities, sizeof(rank), by_rank);
	for (int32_t i = 0; i < doc->n_entities; i++)
		doc->by_salience[i] = ranks[i].entity;
}
