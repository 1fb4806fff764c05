/*
 * salience.c - how far a text is about each of its entities.
 *
 * In: entities with mentions.  Out: entity.salience in 0..1 and by_salience.
 * A logistic model over where the entity is named first, how often, in how many
 * paragraphs, whether in the headline and whether as the subject.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "entity/entity_facts.h"
#include "tag/tagset.h"

typedef struct evidence
{
	int32_t		entity;
	int32_t		n;				/* mentions */
	int32_t		n_paragraphs;
	int32_t		last_paragraph;
	int32_t		n_subject;
	bool		in_heading;
	bool		in_lead;		/* first two sentences */
} evidence;

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

static float
salience_of(const document *doc, const entity *e, const evidence *v)
{
	static const float kind_weight[N_ENTITY_KINDS] = {0.5f, 0.3f, 0, 0, -0.8f, 0.2f, 0.3f, 0, 0, -0.2f, -0.8f};
	float		first = (float) doc->mentions[e->first_mention].start / (float) (doc->n_tokens + 1);
	float		z = -2.2f + kind_weight[e->kind];

	z += 0.9f * logf((float) v->n) + 0.5f * logf((float) v->n_paragraphs) - 1.8f * first;
	z += v->in_heading ? 1.0f : 0;
	z += v->in_lead ? 0.8f : 0;
	z += v->n_subject ? 0.5f : 0;
	return 1.0f / (1.0f + expf(-z));
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
	evidence   *v = arena_zero_array(doc->memory, evidence, doc->n_entities);
	rank	   *ranks = arena_array(doc->memory, rank, doc->n_entities);

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];
		evidence   *x = &v[m->entity];
		int32_t		s = doc->tokens[m->start].sentence;
		int32_t		p = doc->sentences[s].paragraph;

		x->n_paragraphs += x->n++ == 0 || x->last_paragraph != p;
		x->last_paragraph = p;
		x->in_heading |= p == 0 && doc->paragraphs[p].kind == PARAGRAPH_HEADING;
		x->in_lead |= s < 3;
		x->n_subject += looks_like_subject(doc, m);
	}
	doc->by_salience = arena_array(doc->memory, int32_t, doc->n_entities);
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		doc->entities[i].salience = ranks[i].salience = salience_of(doc, &doc->entities[i], &v[i]);
		ranks[i].entity = i;
	}
	qsort(ranks, (size_t) doc->n_entities, sizeof(rank), by_rank);
	for (int32_t i = 0; i < doc->n_entities; i++)
		doc->by_salience[i] = ranks[i].entity;
}
