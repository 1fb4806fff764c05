/*
 * coreference.c - whom a pronoun or a description means (see coreference.h).
 *
 * In: a token or a span.  Out: an entity or -1, with a confidence.  The
 * pronouns of a document are resolved once, in text order, so that each can be
 * a link in the chain of the next ("Bessent ... He said ... he added").
 */
#include "entity/coreference.h"

#include <math.h>
#include <string.h>

#include "entity/candidates.h"

/* Best candidate's entity; the confidence is its share of the softmax. */
static int32_t
best_of(const anaphor *a, candidate *list, int n, float *confidence)
{
	float		unit = candidate_score_unit();
	int			best = 0;
	float		sum = 0;

	score_candidates(a, list, n);
	for (int i = 1; i < n; i++)
		if (list[i].score > list[best].score)
			best = i;
	for (int i = 0; i < n; i++)
		sum += expf((float) (list[i].score - list[best].score) * unit);
	*confidence = 1.0f / sum;
	return list[best].entity;
}

static int32_t
resolve(const document *doc, const references *r, span tokens, int32_t last_speaker, bool source, float *confidence)
{
	anaphor		a;
	candidate	list[MAX_CANDIDATES];
	int			n;

	*confidence = 0;
	if (!read_anaphor(doc, r, tokens, last_speaker, source, &a))
		return -1;
	n = list_candidates(doc, r, &a, list);
	return best_of(&a, list, n, confidence);
}

/* "Greer, who ...": the name that the relative pronoun stands behind. */
static int32_t
resolve_relative(const references *r, int32_t token_index, float *confidence)
{
	int32_t		at = reference_from(r, token_index) - 1;

	*confidence = 0;
	if (at < 0 || token_index - r->list[at].end > 2 || r->list[at].mention < 0)
		return -1;
	*confidence = 0.9f;
	return r->list[at].entity;
}

static void
resolve_all(const document *doc, references *r)
{
	r->resolved = true;
	for (int32_t i = 0; i < r->n; i++)
	{
		reference  *x = &r->list[i];

		if (x->mention >= 0)
			continue;
		if (x->pronoun == PRONOUN_HE || x->pronoun == PRONOUN_SHE)
		{
			x->entity = resolve(doc, r, (span) {x->start, x->end}, -1, false, &x->confidence);
			if (x->entity >= 0 && x->confidence > 0.7f && !r->gender[x->entity])
				r->gender[x->entity] = x->pronoun == PRONOUN_HE ? GENDER_MALE : GENDER_FEMALE;
		}
		else if (x->pronoun == PRONOUN_WHO)
			x->entity = resolve_relative(r, x->start, &x->confidence);
	}
}

static references *
resolved_references(const document *doc)
{
	references *r;

	if (!doc->references || doc->n_tokens == 0)
		return NULL;
	r = references_of(doc);
	if (!r->resolved)
		resolve_all(doc, r);
	return r;
}

int32_t
resolve_pronoun_in_context(const document *doc, int32_t token_index, int32_t last_speaker, float *confidence)
{
	references *r = resolved_references(doc);
	float		unused;
	pronoun_class class;

	confidence = confidence ? confidence : &unused;
	*confidence = 0;
	if (!r || token_index < 0 || token_index >= doc->n_tokens)
		return -1;
	class = pronoun_at(doc, token_index);
	switch (class)
	{
		case PRONOUN_NONE:
			return -1;
		case PRONOUN_WHO:
			return resolve_relative(r, token_index, confidence);
		case PRONOUN_I:
		case PRONOUN_WE:
			*confidence = last_speaker >= 0 ? 0.8f : 0;
			return last_speaker;
		default:
			return resolve(doc, r, (span) {token_index, token_index + 1}, last_speaker, true, confidence);
	}
}

int32_t
resolve_pronoun(const document *doc, int32_t token_index, float *confidence)
{
	references *r = resolved_references(doc);
	float		unused;
	int32_t		at;

	confidence = confidence ? confidence : &unused;
	*confidence = 0;
	if (!r || token_index < 0 || token_index >= doc->n_tokens)
		return -1;
	at = reference_from(r, token_index);
	if (at >= r->n || r->list[at].start != token_index || r->list[at].mention >= 0)
		return -1;
	if (r->list[at].pronoun == PRONOUN_HE || r->list[at].pronoun == PRONOUN_SHE || r->list[at].pronoun == PRONOUN_WHO)
	{
		*confidence = r->list[at].confidence;
		return r->list[at].entity;
	}
	if (r->list[at].pronoun == PRONOUN_I || r->list[at].pronoun == PRONOUN_WE)
		return -1;
	return resolve(doc, r, (span) {token_index, token_index + 1}, -1, false, confidence);
}

int32_t
resolve_description_in_context(const document *doc, span tokens, int32_t last_speaker, float *confidence)
{
	references *r = resolved_references(doc);
	float		unused;

	confidence = confidence ? confidence : &unused;
	*confidence = 0;
	if (!r || tokens.start < 0 || tokens.start >= tokens.end || tokens.end > doc->n_tokens)
		return -1;
	return resolve(doc, r, tokens, last_speaker, true, confidence);
}

int32_t
resolve_description(const document *doc, span tokens, float *confidence)
{
	references *r = resolved_references(doc);
	float		unused;

	confidence = confidence ? confidence : &unused;
	*confidence = 0;
	if (!r || tokens.start < 0 || tokens.start >= tokens.end || tokens.end > doc->n_tokens)
		return -1;
	return resolve(doc, r, tokens, -1, false, confidence);
}
