/*
 * link_knowledge.c - which known thing an entity is: country, QID, location.
 *
 * In: entities with their mentions.  Out: knowledge, country, wikidata and
 * location of those that the lexicon knows.  A name with one row is that row,
 * a small place only when the text names its country.  Among several places of
 * one name each row gets points for its size, for its country or state named
 * right behind the name ("Paris, Texas"), and for its country or state named
 * elsewhere; the best row wins when it leads clearly.
 */
#include <math.h>
#include <string.h>

#include "entity/entity_facts.h"
#include "lexicon/lexicon.h"

#define MAX_COUNTRIES 48
#define MAX_ROWS 12

typedef struct place_vote
{
	char		code[8];		/* country "FR" or region "US-TX" */
	int32_t		n;
} place_vote;

typedef struct context
{
	document   *doc;
	place_vote	votes[MAX_COUNTRIES];
	int			n_votes;
} context;

#define TYPES_PLACE (NAME_TYPE_COUNTRY | NAME_TYPE_CITY | NAME_TYPE_REGION | NAME_TYPE_GEOGRAPHIC)
#define TYPES_ORGANIZATION (NAME_TYPE_ORGANIZATION | NAME_TYPE_COMPANY | NAME_TYPE_PARTY | NAME_TYPE_AGENCY | NAME_TYPE_OUTLET | NAME_TYPE_TEAM | NAME_TYPE_UNIVERSITY)

static uint32_t
types_of_kind(uint8_t kind)
{
	static const uint32_t types[N_ENTITY_KINDS] = {
		NAME_TYPE_PERSON, TYPES_ORGANIZATION, TYPES_PLACE, NAME_TYPE_FACILITY, NAME_TYPE_NATIONALITY | NAME_TYPE_RELIGION | NAME_TYPE_PARTY,
		NAME_TYPE_EVENT, NAME_TYPE_PRODUCT, NAME_TYPE_WORK, NAME_TYPE_LAW, NAME_TYPE_AWARD, NAME_TYPE_LANGUAGE
	};

	return kind < N_ENTITY_KINDS ? types[kind] : 0;
}

/* Rows of the mention's form that fit the kind; returns their number. */
static int
rows_of_mention(const document *doc, const mention *m, uint8_t kind, int32_t *rows)
{
	name_hit	hits[4];
	int			n_hits = lexicon_names_at(doc, m->start, m->end, hits, 4);
	int			n = 0;

	for (int h = 0; h < n_hits; h++)
	{
		if (hits[h].end != m->end)
			continue;
		for (int i = 0; i < hits[h].n_knowledge && n < MAX_ROWS; i++)
		{
			int32_t		row = lexicon_knowledge_of(&hits[h], i);

			if (lexicon_knowledge(row).types & types_of_kind(kind))
				rows[n++] = row;
		}
	}
	return n;
}

static void
vote(context *c, const char *code, int32_t n)
{
	if (!code[0] || strlen(code) >= sizeof(c->votes[0].code))
		return;
	for (int i = 0; i < c->n_votes; i++)
		if (strcmp(c->votes[i].code, code) == 0)
		{
			c->votes[i].n += n;
			return;
		}
	if (c->n_votes == MAX_COUNTRIES)
		return;
	strcpy(c->votes[c->n_votes].code, code);
	c->votes[c->n_votes++].n = n;
}

static int32_t
votes_for(const context *c, const char *code)
{
	for (int i = 0; i < c->n_votes; i++)
		if (code[0] && strcmp(c->votes[i].code, code) == 0)
			return c->votes[i].n;
	return 0;
}

static const char *
nationality_country(const document *doc, const mention *m)
{
	name_word	words[MAX_FORM_WORDS];

	if (m->end - m->start == 1)
	{
		const char *country = lexicon_country_of_nationality(doc->tokens[m->start].lower_hash);

		if (country[0])
			return country;
	}
	if (fold_words(doc, m->start, m->end, words) > 0)
		return lexicon_country_of_nationality(words[0].hash);
	return "";
}

/* Countries and states that the text names without doubt. */
static void
collect_votes(context *c)
{
	document   *doc = c->doc;

	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		const entity *e = &doc->entities[i];
		const mention *m = &doc->mentions[e->fullest_mention];

		if (e->kind == KIND_NATIONALITY)
			vote(c, nationality_country(doc, m), e->n_mentions);
		else if (e->kind == KIND_PLACE)
		{
			int32_t		rows[MAX_ROWS];
			int			n = rows_of_mention(doc, m, KIND_PLACE, rows);
			knowledge_row k;

			if (n == 0)
				continue;
			k = lexicon_knowledge(rows[0]);
			if (!(k.types & (NAME_TYPE_COUNTRY | NAME_TYPE_REGION)))
				continue;
			vote(c, k.country, e->n_mentions);
			if (k.region[0])
				vote(c, k.region, e->n_mentions);
		}
	}
}

/* Does a place right behind the mention ("Paris, Texas") hold the row's place? */
static bool
named_beside(const document *doc, int32_t at, const knowledge_row *k)
{
	const mention *m = &doc->mentions[at];
	const mention *next = at + 1 < doc->n_mentions ? m + 1 : NULL;
	int32_t		rows[MAX_ROWS];
	int			n;

	if (!next || next->start != m->end + 1 || next->kind != KIND_PLACE || doc->tokens[m->end].lower[0] != ',')
		return false;
	n = rows_of_mention(doc, next, KIND_PLACE, rows);
	for (int i = 0; i < n; i++)
	{
		knowledge_row o = lexicon_knowledge(rows[i]);

		if ((o.types & NAME_TYPE_COUNTRY && strcmp(o.country, k->country) == 0) ||
			(o.region[0] && strcmp(o.region, k->region) == 0))
			return true;
	}
	return false;
}

static float
row_points(const context *c, int32_t at, int32_t row)
{
	knowledge_row k = lexicon_knowledge(row);
	float		points = 1.5f * logf(1.0f + (float) k.prominence);

	if (k.types & NAME_TYPE_COUNTRY)
		points += 6;
	if (votes_for(c, k.country) > 0)
		points += 4;
	if (votes_for(c, k.region) > 0)
		points += 3;
	if (named_beside(c->doc, at, &k))
		points += 20;
	return points;
}

static int32_t
best_place(const context *c, const entity *e, const int32_t *rows, int n)
{
	float		best = -1,
				second = -1;
	int32_t		row = -1;
	bool		beside;
	knowledge_row k;

	for (int i = 0; i < n; i++)
	{
		float		p = row_points(c, e->fullest_mention, rows[i]);

		if (e->first_mention != e->fullest_mention)
		{
			float		q = row_points(c, e->first_mention, rows[i]);

			p = q > p ? q : p;
		}
		if (p > best)
		{
			second = best;
			best = p;
			row = rows[i];
		}
		else if (p > second)
			second = p;
	}
	if (row < 0)
		return -1;
	k = lexicon_knowledge(row);
	beside = named_beside(c->doc, e->fullest_mention, &k) || named_beside(c->doc, e->first_mention, &k);
	if (n > 1 && best - second < 1.0f)
		return -1;
	if ((k.types & NAME_TYPE_CITY) && !(k.types & NAME_TYPE_COUNTRY) && k.prominence < 200000 && votes_for(c, k.country) == 0 && !beside)
		return -1;
	return row;
}

static void
take_row(entity *e, int32_t row)
{
	knowledge_row k = lexicon_knowledge(row);

	e->knowledge = row;
	if (strlen(k.country) == 2)
		strcpy(e->country, k.country);
	e->wikidata = k.wikidata[0] ? k.wikidata : NULL;
	e->has_location = k.has_location && e->kind != KIND_NATIONALITY && e->kind != KIND_PERSON;
	e->longitude = k.longitude;
	e->latitude = k.latitude;
}

static void
link_entity(const context *c, int32_t at)
{
	document   *doc = c->doc;
	entity	   *e = &doc->entities[at];
	int32_t		rows[MAX_ROWS];
	int			n = rows_of_mention(doc, &doc->mentions[e->fullest_mention], e->kind, rows);

	if (n == 0 && e->first_mention != e->fullest_mention)
		n = rows_of_mention(doc, &doc->mentions[e->first_mention], e->kind, rows);
	if (n > 0)
	{
		int32_t		row = e->kind == KIND_PLACE ? best_place(c, e, rows, n) : n == 1 ? rows[0] : -1;

		if (row >= 0)
			take_row(e, row);
	}
	if (e->kind == KIND_NATIONALITY && !e->country[0])
	{
		const char *country = nationality_country(doc, &doc->mentions[e->first_mention]);

		if (strlen(country) == 2)
			strcpy(e->country, country);
	}
}

void
link_knowledge(document *doc)
{
	context		c = {.doc = doc};

	collect_votes(&c);
	for (int32_t i = 0; i < doc->n_entities; i++)
		link_entity(&c, i);
}
