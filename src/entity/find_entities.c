/*
 * find_entities.c - from the names in a text to the things they name.
 *
 * In: mentions with kinds.  Out: entities, mention.entity, title, apposition,
 * by_salience; mentions may be added or read anew (repair_mentions.c).
 *
 *   1. one spelling, one reading                      repair_mentions.c
 *   2. titles and appositions                         roles.c
 *   3. folded forms, forms of one entity together     forms.c, link_forms.c
 *   4. entities: name, aliases, role, gender, number  here
 *   5. what the lexicon knows                         link_knowledge.c
 *   6. how far the text is about it                   salience.c
 *   7. what resolving pronouns needs                  coreference.c
 *
 * An entity's name is the fullest form that the text gives; the canonical name
 * of the knowledge row is one look-up away (entity.knowledge).
 */
#include <string.h>

#include "entity/coreference.h"
#include "entity/entity_facts.h"
#include "entity/link_forms.h"
#include "entity/references.h"
#include "entity/repair_mentions.h"
#include "entity/roles.h"
#include "stages.h"

#define MAX_ALIASES 32
#define SPELLING_SLACK 2		/* bytes by which a second spelling of a person may be longer: the first stays */

uint8_t
given_name_gender(const document *doc, int32_t token)
{
	uint32_t	sets = lexicon_sets(&doc->tokens[token]) & (SET_FEMALE_NAME | SET_MALE_NAME);

	return sets == SET_FEMALE_NAME ? GENDER_FEMALE : sets == SET_MALE_NAME ? GENDER_MALE : GENDER_UNKNOWN;
}

/* Genders of the persons' forms: full names by the given name, all by titles that never speak of both. */
static void
find_form_genders(form_table *table)
{
	const document *doc = table->doc;

	for (int32_t i = 0; i < table->n_forms; i++)
	{
		form	   *f = &table->forms[i];
		uint32_t	seen = 0;

		if (f->kind != KIND_PERSON || f->n_core < 2)
			continue;
		for (int32_t m = f->first; m >= 0; m = table->next[m])
			seen |= 1u << title_gender(doc, doc->mentions[m].title);
		if (seen & 1u << GENDER_FEMALE)
			f->gender = seen & 1u << GENDER_MALE ? GENDER_UNKNOWN : GENDER_FEMALE;
		else if (seen & 1u << GENDER_MALE)
			f->gender = GENDER_MALE;
		else
			f->gender = given_name_gender(doc, f->words[0].token);
	}
}

static const char *
mention_text(const document *doc, const mention *m)
{
	const char *text = role_text(doc, (span) {m->start, m->end});

	return text ? text : "";
}

static uint64_t
mention_key(const document *doc, const mention *m)
{
	uint64_t	key = 7;

	for (int32_t i = m->start; i < m->end; i++)
		key = hash_mix(key, doc->tokens[i].form_hash);
	return key;
}

/* Numbers the entities in order of first mention; mention.entity held the form that stands for it. */
static void
number_entities(form_table *table)
{
	document   *doc = table->doc;
	int32_t    *number = arena_array(doc->memory, int32_t, table->n_forms);

	memset(number, 0xff, sizeof(int32_t) * (size_t) table->n_forms);
	doc->entities = arena_zero_array(doc->memory, entity, table->n_forms);
	doc->n_entities = 0;
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		mention    *m = &doc->mentions[i];
		int32_t    *n = &number[m->entity];

		if (*n < 0)
		{
			entity	   *e = &doc->entities[doc->n_entities];

			*n = doc->n_entities++;
			e->kind = m->kind;
			e->first_mention = e->fullest_mention = i;
			e->knowledge = -1;
		}
		m->entity = *n;
		doc->entities[*n].n_mentions++;
	}
}

/* More words, or as many and longer as written ("United States" of "US"). */
static bool
is_fuller(const form_table *table, int32_t a, int32_t b)
{
	const document *doc = table->doc;
	const form *fa = &table->forms[table->form_of[a]],
			   *fb = &table->forms[table->form_of[b]];
	const mention *x = &doc->mentions[a],
			   *y = &doc->mentions[b];

	if (fa->by_name != fb->by_name)
		return fb->by_name;
	if (fa->n_core != fb->n_core)
		return fa->n_core > fb->n_core;
	return doc->tokens[x->end - 1].end_byte - doc->tokens[x->start].start_byte >
		doc->tokens[y->end - 1].end_byte - doc->tokens[y->start].start_byte + (x->kind == KIND_PERSON ? SPELLING_SLACK : 0);
}

static void
find_fullest(form_table *table)
{
	document   *doc = table->doc;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		entity	   *e = &doc->entities[doc->mentions[i].entity];

		if (i != e->first_mention &&
			is_fuller(table, i, e->fullest_mention))
			e->fullest_mention = i;
	}
	for (int32_t i = 0; i < doc->n_entities; i++)
		doc->entities[i].name = mention_text(doc, &doc->mentions[doc->entities[i].fullest_mention]);
}

/* Mentions of each entity as a chain in text order: `next` of each mention, heads at entity.first_mention. */
static int32_t *
chain_mentions(const document *doc)
{
	int32_t    *next = arena_array(doc->memory, int32_t, doc->n_mentions);
	int32_t    *last = arena_array(doc->memory, int32_t, doc->n_entities);

	memset(last, 0xff, sizeof(int32_t) * (size_t) doc->n_entities);
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		int32_t		e = doc->mentions[i].entity;

		next[i] = -1;
		if (last[e] >= 0)
			next[last[e]] = i;
		last[e] = i;
	}
	return next;
}

static void
find_aliases(document *doc, entity *e, const int32_t *next)
{
	uint64_t	keys[MAX_ALIASES + 1];
	const char *texts[MAX_ALIASES];
	int			n = 0;

	keys[n++] = mention_key(doc, &doc->mentions[e->fullest_mention]);
	for (int32_t m = e->first_mention; m >= 0 && n <= MAX_ALIASES; m = next[m])
	{
		uint64_t	key = mention_key(doc, &doc->mentions[m]);
		int			i = 0;

		while (i < n && keys[i] != key)
			i++;
		if (i < n)
			continue;
		texts[n - 1] = mention_text(doc, &doc->mentions[m]);
		keys[n++] = key;
	}
	e->n_aliases = n - 1;
	e->aliases = arena_array(doc->memory, const char *, e->n_aliases);
	if (n > 1)
		memcpy(e->aliases, texts, sizeof(char *) * (size_t) (n - 1));
}

static bool
is_honorific(const document *doc, span title)
{
	const char *w;

	if (title.end - title.start != 1)
		return false;
	w = doc->tokens[title.start].lower;
	return strncmp(w, "mr", 2) == 0 || strncmp(w, "ms", 2) == 0 || strncmp(w, "miss", 4) == 0;
}

/* The first title that says more than "Mr.", else the first apposition. */
static void
find_role(document *doc, entity *e, const int32_t *next)
{
	span		title = {0, 0},
				apposition = {0, 0};

	for (int32_t m = e->first_mention; m >= 0; m = next[m])
	{
		const mention *x = &doc->mentions[m];

		if (x->title.end > x->title.start && title.end == title.start && !is_honorific(doc, x->title))
			title = x->title;
		if (x->apposition.end > x->apposition.start && apposition.end == apposition.start)
			apposition = x->apposition;
	}
	if (title.end > title.start)
		e->role = role_text(doc, title);
	else if (apposition.end > apposition.start && e->kind == KIND_PERSON)
		e->role = role_text(doc, apposition);
}

static void
find_gender(document *doc, entity *e, const int32_t *next)
{
	int			votes[4] = {0};

	if (e->kind != KIND_PERSON)
	{
		e->gender = GENDER_NEUTER;
		return;
	}
	for (int32_t m = e->first_mention; m >= 0; m = next[m])
	{
		votes[title_gender(doc, doc->mentions[m].title)] += 3;
		votes[title_gender(doc, doc->mentions[m].apposition)] += 1;
	}
	votes[given_name_gender(doc, doc->mentions[e->fullest_mention].start)] += 2;
	if (votes[GENDER_FEMALE] != votes[GENDER_MALE])
		e->gender = votes[GENDER_FEMALE] > votes[GENDER_MALE] ? GENDER_FEMALE : GENDER_MALE;
}

/* "the Obamas", "Democrats", "the Beatles". */
static bool
is_plural(const document *doc, const entity *e)
{
	const token *last = &doc->tokens[doc->mentions[e->fullest_mention].end - 1];
	int32_t		start = doc->mentions[e->fullest_mention].start;

	if (last->lower_bytes < 4 || last->lower[last->lower_bytes - 1] != 's' || last->lower[last->lower_bytes - 2] == 's')
		return false;
	if (e->kind == KIND_PERSON)
		return start > 0 && strcmp(doc->tokens[start - 1].lower, "the") == 0 && doc->mentions[e->fullest_mention].end - start == 1;
	return e->kind == KIND_NATIONALITY;
}

void
find_entities(document *doc)
{
	form_table	table;
	int32_t    *next;

	doc->references = arena_zero(doc->memory, sizeof(references));
	repair_mentions(doc);
	find_roles(doc);
	collect_forms(doc, &table);
	find_form_genders(&table);
	link_forms(&table);
	number_entities(&table);
	find_fullest(&table);
	next = chain_mentions(doc);
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		entity	   *e = &doc->entities[i];

		find_aliases(doc, e, next);
		find_role(doc, e, next);
		find_gender(doc, e, next);
		e->plural = is_plural(doc, e);
	}
	link_knowledge(doc);
	rate_salience(doc);
}
