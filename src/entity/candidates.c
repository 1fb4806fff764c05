/*
 * candidates.c - ranking the entities that a pronoun or a description may mean.
 *
 * In: the reference index and an anaphor.  Out: candidates with sparse features
 * and, through the model data/models/coreference.bin, scores.
 *
 * A linear ranker over entities, "nobody that is named" among them (after
 * Denis and Baldridge 2008, Durrett and Klein 2013): distance, agreement,
 * grammatical role and parallelism, how much the text talks of the entity, who
 * spoke last, and for descriptions how far the noun and its modifiers agree
 * with the entity's titles, appositions, name and kind.  Each feature has a weight of
 * the anaphor's own class and one that all classes share; train/train_coreference.c
 * fits both.
 */
#include "entity/candidates.h"

#include <stddef.h>
#include <string.h>

#include "embed.h"
#include "entity/role_synonyms.h"
#include "lexicon/lexicon.h"
#include "tag/tagset.h"
#include "tag/weights.h"

EMBED(coreference_model, "data/models/coreference.bin");

/* What the text itself says ("U.S. Trade Representative" - "Washington's trade envoy") is rarer in training than it is sure. */
#define DESCRIBED_BONUS 3.0f

#define WINDOW 120				/* references looked at before the anaphor */
#define WINDOW_BEHIND 60		/* behind a description */
#define MAX_SENTENCES 25		/* distance of a pronoun's candidate */

static int32_t
smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int
log2_bucket(int32_t n)
{
	int			b = 0;

	while (n > 0 && b < 10)
	{
		n >>= 1;
		b++;
	}
	return b;
}

static void
put(candidate *c, int template, uint64_t a, uint64_t b)
{
	if (c->n_features < MAX_CANDIDATE_FEATURES)
		c->features[c->n_features++] = hash_mix(hash_mix(hash_mix(UINT64_C(0xc0ef), (uint64_t) template), a), b);
}

/* --- the anaphor ------------------------------------------------------------- */

static uint8_t
class_of_pronoun(uint8_t pronoun, uint8_t role)
{
	switch (pronoun)
	{
		case PRONOUN_HE:
		case PRONOUN_SHE:
			return role == ROLE_SUBJECT ? ANAPHOR_HE_SUBJECT : role == ROLE_POSSESSIVE ? ANAPHOR_HE_POSSESSIVE : ANAPHOR_HE_OBJECT;
		case PRONOUN_THEY:
			return ANAPHOR_THEY;
		case PRONOUN_IT:
			return ANAPHOR_IT;
		default:
			return ANAPHOR_WE;
	}
}

bool
read_anaphor(const document *doc, const references *r, span tokens, int32_t last_speaker, bool source, anaphor *a)
{
	memset(a, 0, sizeof(*a));
	a->tokens = tokens;
	a->head = -1;
	a->last_speaker = last_speaker;
	a->source = source;
	a->reference = reference_from(r, tokens.start);
	if (tokens.end - tokens.start == 1)
		a->pronoun = (uint8_t) pronoun_at(doc, tokens.start);
	if (a->pronoun != PRONOUN_NONE)
	{
		a->role = a->reference < r->n ? r->list[a->reference].role : ROLE_OTHER;
		a->class = class_of_pronoun(a->pronoun, a->role);
		a->gender = a->pronoun == PRONOUN_HE ? GENDER_MALE : a->pronoun == PRONOUN_SHE ? GENDER_FEMALE : GENDER_UNKNOWN;
		return true;
	}
	a->class = ANAPHOR_DESCRIPTION;
	a->head = head_of_phrase(doc, tokens);
	if (a->head >= 0)
	{
		uint32_t	sets = lexicon_sets(&doc->tokens[a->head]);

		a->gender = sets & SET_FEMALE_NOUN ? GENDER_FEMALE : sets & SET_MALE_NOUN ? GENDER_MALE : GENDER_UNKNOWN;
		a->role = (uint8_t) role_at(doc, tokens.start, tokens.end);
	}
	return a->head >= 0;
}

/* --- collecting ---------------------------------------------------------------- */

static bool
fits_kind(const anaphor *a, const entity *e)
{
	switch (a->class)
	{
		case ANAPHOR_HE_SUBJECT:
		case ANAPHOR_HE_OBJECT:
		case ANAPHOR_HE_POSSESSIVE:
			return e->kind == KIND_PERSON;
		case ANAPHOR_IT:
			return e->kind != KIND_PERSON && e->kind != KIND_NATIONALITY && e->kind != KIND_LANGUAGE;
		case ANAPHOR_WE:
			return e->kind == KIND_ORGANIZATION || e->kind == KIND_PLACE || e->kind == KIND_PERSON;
		default:
			return e->kind != KIND_LANGUAGE && e->kind != KIND_AWARD;
	}
}

static candidate *
candidate_of(candidate *list, int *n, int32_t e)
{
	for (int i = 1; i < *n; i++)
		if (list[i].entity == e)
			return &list[i];
	if (*n == MAX_CANDIDATES)
		return NULL;
	memset(&list[*n], 0, offsetof(candidate, features));
	list[*n].entity = e;
	list[*n].last = list[*n].next = -1;
	return &list[(*n)++];
}

/* Lemma in small letters: that of a proper noun ("Representative" in a title) keeps its capitals. */
static const char *
base_form(const token *t)
{
	return t->lemma && t->upos != UPOS_PROPN ? t->lemma : t->lower;
}

/* Best agreement of the description's noun with the entity's: 3 the same noun, 2 a synonym, 1 the noun as a modifier, 0 none. */
static int
head_agreement(const document *doc, const references *r, const anaphor *a, int32_t e)
{
	const token *head = &doc->tokens[a->head];
	int			best = 0;

	for (int32_t d = r->first_descriptor[e]; d >= 0; d = r->descriptors[d].next)
	{
		const descriptor *x = &r->descriptors[d];
		const token *t = &doc->tokens[x->token];
		int			level = 0;

		if (x->token >= a->tokens.start && x->token < a->tokens.end)
			continue;
		if (x->lower_hash == head->lower_hash || strcmp(base_form(t), base_form(head)) == 0)
			level = x->head ? 3 : 1;
		else if (x->head && same_role(base_form(t), base_form(head)))
			level = 2;
		if (level > best)
			best = level;
	}
	return best;
}

/* Is the noun the last word of one of the entity's names ("the panel", Hillsborough Independent Panel)? */
static bool
name_holds(const document *doc, const entity *e, const token *head)
{
	const mention *m = &doc->mentions[e->fullest_mention];

	for (int32_t i = m->start; i < m->end; i++)
		if (doc->tokens[i].lower_hash == head->lower_hash)
			return true;
	return false;
}

static void
collect(const document *doc, const references *r, const anaphor *a, candidate *list, int *n)
{
	int32_t		s = doc->tokens[a->tokens.start].sentence;
	bool		description = a->class == ANAPHOR_DESCRIPTION;
	int32_t		limit = description ? 2 * WINDOW : WINDOW;

	for (int32_t i = a->reference - 1; i >= 0 && a->reference - i <= limit; i--)
	{
		const reference *x = &r->list[i];
		candidate  *c;

		if (!description && s - x->sentence > MAX_SENTENCES)
			break;
		if (x->entity < 0 || (x->mention < 0 && x->confidence < 0.5f) || !fits_kind(a, &doc->entities[x->entity]))
			continue;
		c = candidate_of(list, n, x->entity);
		if (!c)
			continue;
		if (c->last < 0)
			c->last = i;
		c->n++;
	}
	for (int32_t i = a->reference; i < r->n && i - a->reference < WINDOW_BEHIND; i++)
	{
		const reference *x = &r->list[i];
		candidate  *c;

		if (!description && x->sentence > s)
			break;
		if (x->mention < 0 || x->entity < 0 || x->start < a->tokens.end || !fits_kind(a, &doc->entities[x->entity]))
			continue;
		c = candidate_of(list, n, x->entity);
		if (c && c->next < 0)
			c->next = i;
	}
	if (a->last_speaker >= 0 && a->last_speaker < doc->n_entities && fits_kind(a, &doc->entities[a->last_speaker]))
		candidate_of(list, n, a->last_speaker);
}

/* --- features --------------------------------------------------------------------- */

static int
sentence_bucket(int32_t distance)
{
	return distance < 5 ? distance : distance < 8 ? 5 : distance < 14 ? 6 : 7;
}

/* Verbs, commas and conjunctions between two tokens: is the pronoun in the clause of the name? */
static int
clause_distance(const document *doc, int32_t from, int32_t to)
{
	int			verbs = 0,
				breaks = 0;

	if (to - from > 30)
		return 9;
	for (int32_t i = from; i < to; i++)
	{
		const token *t = &doc->tokens[i];

		if (t->upos == UPOS_VERB || t->xpos == XPOS_MD)
			verbs++;
		if (t->upos == UPOS_SCONJ || t->upos == UPOS_CCONJ || t->xpos == XPOS_WDT || t->xpos == XPOS_WP || (t->flags & TOKEN_PUNCTUATION))
			breaks = 1;
	}
	return smaller(verbs, 3) * 2 + breaks;
}

static void
put_pronoun_features(const document *doc, const references *r, const anaphor *a, candidate *c, int rank, int n_fitting)
{
	const entity *e = &doc->entities[c->entity];
	const reference *last = c->last >= 0 ? &r->list[c->last] : NULL;
	int32_t		at = a->tokens.start;
	int32_t		s = doc->tokens[at].sentence;
	const token *before = at > doc->sentences[s].start ? &doc->tokens[at - 1] : NULL;
	uint8_t		gender = r->gender[c->entity];
	int			agreement = e->kind != KIND_PERSON || !a->gender ? 3 : !gender ? 2 : gender != a->gender ? 0 : e->gender ? 1 : 4;
	int			distance = last ? sentence_bucket(s - last->sentence) : 8;

	put(c, 1, (uint64_t) distance, last ? last->role : 9);
	put(c, 2, (uint64_t) smaller(rank, 6), (uint64_t) smaller(n_fitting, 5));
	put(c, 3, (uint64_t) agreement, e->kind);
	put(c, 4, (uint64_t) log2_bucket(c->n), (uint64_t) (distance > 1));
	put(c, 5, (uint64_t) log2_bucket(e->n_mentions), 0);
	put(c, 6, e->kind, (uint64_t) e->plural);
	put(c, 7, a->source, 0);
	if (agreement == 0)			/* worse when somebody fits */
		put(c, 9, n_fitting > 0, 0);
	if (agreement == 2)			/* a gender that fits, unless one that is known fits too */
		put(c, 8, (uint64_t) smaller(n_fitting, 3), 0);
	if (last)
	{
		int32_t		paragraphs = doc->sentences[s].paragraph - doc->sentences[last->sentence].paragraph;

		put(c, 10, last->pronoun, (uint64_t) distance);
		put(c, 11, (uint64_t) smaller(paragraphs, 4), at == doc->paragraphs[doc->sentences[s].paragraph].start);
		put(c, 12, (uint64_t) last->quoted * 2 + r->quoted[at], (uint64_t) (distance > 0));
		put(c, 13, last->first, (uint64_t) distance);
		put(c, 14, last->role == a->role, (uint64_t) distance);
		put(c, 15, (uint64_t) log2_bucket(at - last->end), 0);
		put(c, 16, last->speaks, (uint64_t) a->source * 4 + (uint64_t) smaller(distance, 3));
		put(c, 17, (uint64_t) smaller(last->end - last->start, 3), (uint64_t) distance);
		if (distance == 0)
		{
			int			clause = clause_distance(doc, last->end, at);

			put(c, 20, (uint64_t) clause, last->role);
			put(c, 21, before ? before->lower_hash : 0, last->role);
			put(c, 22, (uint64_t) (last->role == ROLE_SUBJECT) * 2 + (uint64_t) (last->role == ROLE_POSSESSIVE), before ? before->upos : 0);
		}
		if (distance == 1)
			put(c, 23, (uint64_t) last->role * 4 + (uint64_t) last->first * 2 + (before == NULL), (uint64_t) last->speaks);
		if (last->mention >= 0 && last->mention + 1 < doc->n_mentions && last->end < doc->n_tokens &&
			(strcmp(doc->tokens[last->end].lower, "and") == 0 || (last->start > 0 && strcmp(doc->tokens[last->start - 1].lower, "and") == 0)))
			put(c, 24, (uint64_t) smaller(distance, 2), 0);
		if (last->mention >= 0 && doc->mentions[last->mention].title.end > doc->mentions[last->mention].title.start)
			put(c, 25, (uint64_t) smaller(distance, 2), 0);
		if (last->mention >= 0 && doc->mentions[last->mention].apposition.end > doc->mentions[last->mention].apposition.start)
			put(c, 26, (uint64_t) smaller(distance, 2), 0);
	}
	else
	{
		put(c, 30, before ? before->lower_hash : 0, 0);
		if (c->next >= 0)
		{
			put(c, 31, (uint64_t) log2_bucket(r->list[c->next].start - at), r->list[c->next].role);
			put(c, 32, (uint64_t) doc->tokens[doc->sentences[s].start].upos, r->list[c->next].role);
		}
	}
	if (a->last_speaker >= 0)
		put(c, 33, a->last_speaker == c->entity, (uint64_t) smaller(distance, 3));
	put(c, 34, e->first_mention == 0, 0);
	if (c->next >= 0 && last)
		put(c, 35, r->list[c->next].sentence == s, a->role);
}

/* Country that a word of a description or title names, "" when none. */
static const char *
country_at(const document *doc, const references *r, int32_t at)
{
	int32_t		m = r->mention_at[at];

	return m >= 0 && doc->mentions[m].entity >= 0 ? doc->entities[doc->mentions[m].entity].country : "";
}

/* Modifiers of the description that the entity's titles share: same word, or names of one country. */
static void
count_modifiers(const document *doc, const references *r, const anaphor *a, int32_t e, int *shared, int *countries, int *foreign)
{
	*shared = *countries = *foreign = 0;
	for (int32_t i = a->tokens.start; i < a->tokens.end; i++)
	{
		const token *t = &doc->tokens[i];
		const char *country;
		bool		found = false,
					any = false;

		if (i == a->head || (t->flags & (TOKEN_PUNCTUATION | TOKEN_CLITIC)) || t->upos == UPOS_DET || t->upos == UPOS_ADP || (lexicon_sets(t) & SET_STOP))
			continue;
		country = country_at(doc, r, i);
		for (int32_t d = r->first_descriptor[e]; d >= 0; d = r->descriptors[d].next)
		{
			const descriptor *x = &r->descriptors[d];

			if (x->token >= a->tokens.start && x->token < a->tokens.end)
				continue;
			if (x->lower_hash == t->lower_hash || strcmp(base_form(t), base_form(&doc->tokens[x->token])) == 0)
				found = true;
			else if (country[0])
			{
				const char *other = country_at(doc, r, x->token);

				any |= other[0] != '\0';
				if (strcmp(country, other) == 0)
					found = true;
			}
		}
		if (country[0] && !found && strcmp(country, doc->entities[e].country) == 0)
			found = true;
		if (found && country[0])
			(*countries)++;
		else if (found)
			(*shared)++;
		else if (any)
			(*foreign)++;
	}
}

static int
determiner_of(const document *doc, const anaphor *a)
{
	const token *t = &doc->tokens[a->tokens.start];

	if (strcmp(t->lower, "the") == 0)
		return 1;
	if (strcmp(t->lower, "a") == 0 || strcmp(t->lower, "an") == 0 || strcmp(t->lower, "one") == 0 || strcmp(t->lower, "another") == 0)
		return 2;
	if (strcmp(t->lower, "this") == 0 || strcmp(t->lower, "that") == 0)
		return 3;
	if (t->xpos == XPOS_PRP_S)
		return 4;
	if (a->tokens.start == a->head)
		return 5;
	for (int32_t i = a->tokens.start; i < a->head; i++)
		if (doc->tokens[i].flags & TOKEN_CLITIC)
			return 6;
	return 7;
}

/* What kind of thing the noun means, by the lexicon's sets. */
static int
noun_kind(const document *doc, const anaphor *a)
{
	uint32_t	sets = lexicon_sets(&doc->tokens[a->head]);

	if (sets & (SET_FEMALE_NOUN | SET_MALE_NOUN))
		return 1;
	if (sets & SET_RELATIVE)
		return 2;
	if (sets & SET_GROUP)
		return 3;
	if (sets & SET_ROLE)
		return 4;
	if (sets & SET_TITLE)
		return 5;
	if (sets & SET_ORGANIZATION_NOUN)
		return 6;
	if (sets & SET_DOCUMENT)
		return 7;
	if (sets & SET_PLACE_NOUN)
		return 8;
	if (sets & SET_FACILITY_NOUN)
		return 9;
	return 0;
}

static void
put_description_features(const document *doc, const references *r, const anaphor *a, candidate *c, int rank, int n_agreeing)
{
	const entity *e = &doc->entities[c->entity];
	const token *head = &doc->tokens[a->head];
	const reference *last = c->last >= 0 ? &r->list[c->last] : NULL;
	int32_t		s = doc->tokens[a->tokens.start].sentence;
	int			distance = last ? sentence_bucket(s - last->sentence) : 8;
	int			agreement = head_agreement(doc, r, a, c->entity);
	int			determiner = determiner_of(doc, a);
	int			kind = noun_kind(doc, a);
	bool		in_name = e->kind != KIND_PERSON && name_holds(doc, e, head);
	int			shared,
				countries,
				foreign;

	count_modifiers(doc, r, a, c->entity, &shared, &countries, &foreign);
	c->described = agreement > 1 && (countries > 0 || (shared > 0 && foreign == 0 && n_agreeing == 1)) && determiner != 2 && head->xpos != XPOS_NNS;
	put(c, 101, (uint64_t) agreement, (uint64_t) determiner);
	put(c, 102, (uint64_t) agreement, (uint64_t) smaller(n_agreeing, 3));
	put(c, 103, (uint64_t) in_name, (uint64_t) determiner);
	put(c, 104, head->lower_hash, e->kind);
	put(c, 105, (uint64_t) kind, e->kind);
	put(c, 106, (uint64_t) role_class(base_form(head)), e->kind);
	put(c, 107, (uint64_t) smaller(shared, 3), (uint64_t) (agreement > 0));
	put(c, 108, (uint64_t) smaller(countries, 2), (uint64_t) agreement);
	put(c, 109, (uint64_t) smaller(foreign, 2), 0);
	put(c, 110, (uint64_t) distance, (uint64_t) (agreement > 0 || in_name));
	put(c, 111, (uint64_t) smaller(rank, 6), (uint64_t) (agreement > 0 || in_name));
	put(c, 112, (uint64_t) log2_bucket(c->n), (uint64_t) determiner);
	put(c, 113, (uint64_t) log2_bucket(e->n_mentions), e->kind);
	put(c, 114, r->gender[c->entity] == GENDER_UNKNOWN || !a->gender ? 2 : r->gender[c->entity] == a->gender, (uint64_t) (e->kind == KIND_PERSON));
	put(c, 115, (uint64_t) determiner, (uint64_t) distance);
	put(c, 116, last && last->role == ROLE_SUBJECT, (uint64_t) smaller(distance, 3));
	put(c, 117, e->first_mention == 0, (uint64_t) kind);
	put(c, 118, head->xpos == XPOS_NNS, e->kind * 2 + (uint64_t) e->plural);
	if (a->last_speaker >= 0)
		put(c, 119, a->last_speaker == c->entity, (uint64_t) determiner);
	if (last)
	{
		put(c, 120, last->speaks, (uint64_t) smaller(distance, 3));
		put(c, 121, (uint64_t) smaller(doc->sentences[s].paragraph - doc->sentences[last->sentence].paragraph, 4), e->kind);
	}
	if (c->last < 0 && c->next >= 0)
		put(c, 122, (uint64_t) log2_bucket(r->list[c->next].sentence - s), (uint64_t) agreement);
	/* The entity named inside the description is another one ("Google's vice-president"). */
	for (int32_t i = a->tokens.start; i < a->tokens.end; i++)
		if (r->mention_at[i] >= 0 && doc->mentions[r->mention_at[i]].entity == c->entity)
		{
			put(c, 123, (uint64_t) kind, e->kind);
			break;
		}
}

static void
put_nobody_features(const document *doc, const references *r, const anaphor *a, candidate *c, const candidate *nearest, int n_fitting, int n_agreeing)
{
	int32_t		at = a->tokens.start;
	const token *next = a->tokens.end < doc->n_tokens ? &doc->tokens[a->tokens.end] : NULL;
	int32_t		s = doc->tokens[at].sentence;
	int			distance = nearest && nearest->last >= 0 ? sentence_bucket(s - r->list[nearest->last].sentence) : 8;

	put(c, 201, doc->tokens[at].lower_hash, 0);
	put(c, 202, (uint64_t) smaller(n_fitting, 6), (uint64_t) a->source);
	put(c, 203, (uint64_t) distance, 0);
	if (a->class == ANAPHOR_DESCRIPTION)
	{
		int			determiner = determiner_of(doc, a);

		put(c, 210, (uint64_t) determiner, (uint64_t) smaller(n_agreeing, 3));
		put(c, 211, doc->tokens[a->head].lower_hash, 0);
		put(c, 212, (uint64_t) noun_kind(doc, a), (uint64_t) determiner);
		put(c, 213, doc->tokens[a->head].xpos == XPOS_NNS, (uint64_t) determiner);
		put(c, 214, (uint64_t) smaller(a->tokens.end - a->tokens.start, 8), (uint64_t) determiner);
		put(c, 215, (uint64_t) role_class(base_form(&doc->tokens[a->head])), (uint64_t) determiner);
		put(c, 216, (uint64_t) a->source, (uint64_t) determiner);
		return;
	}
	if (next)
	{
		put(c, 220, next->lower_hash, a->pronoun);
		put(c, 221, next->upos, a->pronoun);
	}
	put(c, 222, (uint64_t) r->quoted[at], a->pronoun);
}

/* Candidates from the nearest to the farthest; those that stand only behind come last. */
static int
nearness(const references *r, const anaphor *a, const candidate *c)
{
	if (c->last >= 0)
		return a->tokens.start - r->list[c->last].start;
	return c->next >= 0 ? 1000000 + r->list[c->next].start - a->tokens.start : 2000000;
}

int
list_candidates(const document *doc, const references *r, const anaphor *a, candidate *list)
{
	int			n = 1;
	int			nearest = 0,
				n_fitting = 0,
				n_agreeing = 0;

	memset(&list[0], 0, offsetof(candidate, features));
	list[0].entity = list[0].last = list[0].next = -1;
	collect(doc, r, a, list, &n);
	for (int i = 1; i < n; i++)
	{
		const entity *e = &doc->entities[list[i].entity];

		if (nearest == 0 || nearness(r, a, &list[i]) < nearness(r, a, &list[nearest]))
			nearest = i;
		if (!a->gender || e->kind != KIND_PERSON || !r->gender[list[i].entity] || r->gender[list[i].entity] == a->gender)
			n_fitting++;
		if (a->class == ANAPHOR_DESCRIPTION && (head_agreement(doc, r, a, list[i].entity) > 1 || (e->kind != KIND_PERSON && name_holds(doc, e, &doc->tokens[a->head]))))
			n_agreeing++;
	}
	for (int i = 1; i < n; i++)
	{
		int			rank = 0;

		for (int k = 1; k < n; k++)
		{
			uint8_t		gender = r->gender[list[k].entity];

			if (nearness(r, a, &list[k]) < nearness(r, a, &list[i]) &&
				!(a->gender && gender && doc->entities[list[k].entity].kind == KIND_PERSON && gender != a->gender))
				rank++;
		}
		if (a->class == ANAPHOR_DESCRIPTION)
			put_description_features(doc, r, a, &list[i], rank, n_agreeing);
		else
			put_pronoun_features(doc, r, a, &list[i], rank, n_fitting);
	}
	put_nobody_features(doc, r, a, &list[0], nearest ? &list[nearest] : NULL, n_fitting, n_agreeing);
	return n;
}

/* --- scores --------------------------------------------------------------------------- */

static const void *trained_model;
static size_t trained_bytes;

void
use_coreference_model(const void *data, size_t n_bytes)
{
	trained_model = data;
	trained_bytes = n_bytes;
}

static bool
open_model(weights *w)
{
	const void *data = trained_model ? trained_model : coreference_model_data;
	size_t		n_bytes = trained_model ? trained_bytes : EMBED_BYTES(coreference_model);

	return weights_open(w, data, n_bytes) && w->header->n_labels == N_ANAPHOR_CLASSES && w->header->bits == 16;
}

void
score_candidates(const anaphor *a, candidate *list, int n)
{
	weights		w;
	bool		open = open_model(&w);

	for (int i = 0; i < n; i++)
	{
		list[i].score = open && list[i].described ? (int32_t) (DESCRIBED_BONUS / w.header->unit) : 0;
		for (int k = 0; open && k < list[i].n_features; k++)
		{
			int32_t		row = weights_row(&w, list[i].features[k]);
			const int16_t *values;

			if (row < 0)
				continue;
			values = (const int16_t *) w.rows + (size_t) row * w.header->row_stride;
			list[i].score += values[a->class] + values[ANAPHOR_ALL];
		}
	}
}

float
candidate_score_unit(void)
{
	weights		w;

	return open_model(&w) ? w.header->unit : 0;
}
