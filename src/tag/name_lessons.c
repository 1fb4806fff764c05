/*
 * name_lessons.c - what the names of a text teach about its other names (see name_features.h).
 *
 * In: labels of a pass over the whole text.  Out: cues of the second pass, or labels made one over the text.
 *
 * Non-local evidence follows Krishnan and Manning (2006): the second pass sees,
 * for each word and pair of words, the label that the first pass gave most of
 * its other occurrences in the text, so that "Jamieson Greer" teaches "Greer"
 * and the body teaches a heading in capitals.
 */
#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/name_memory.h"

static inline uint64_t
pair_key(const name_cue *a, const name_cue *b)
{
	return hash_mix(a->word, b->word);
}

static inline uint64_t
long_key(const name_cue *c)
{
	return hash_mix(UINT64_C(0x109e), c->word);
}

static inline uint64_t
acronym_key(uint64_t letters_hash)
{
	return hash_mix(UINT64_C(0xac20), letters_hash);
}

/* Kind, from 1, of the label that most names with these initials have. */
static uint8_t
kind_of(const word_memory *m)
{
	uint8_t		unused,
				label = majority_of(m, NO_MAJORITY, &unused);

	return label == NO_MAJORITY ? 0 : (uint8_t) ((label + 1) / 2);
}

static bool
votes(const name_cue *c)
{
	return c->may_be_name && (c->case_mode == CASE_SENTENCE || c->case_mode == CASE_NONE);
}

/* The initials of a name of two tokens or more stand for its kind. */
static void
learn_acronym(name_view *v, const uint8_t *labels, int32_t start)
{
	char		letters[10];
	int			n = 0;
	int32_t		i = start;

	for (; i < v->doc->n_tokens && (i == start || labels[i] == labels[start] + 1); i++)
	{
		unsigned char c = (unsigned char) v->doc->text[v->doc->tokens[i].start_byte];

		if (is_capital(&v->cues[i]) && n < 9 && c < 0x80)
			letters[n++] = (char) (c | 32);
	}
	if (n >= 2 && i - start >= 2)
		vote(memory_at(v->memory, acronym_key(hash_bytes(letters, (size_t) n)), true), labels[start]);
}

/* Is the token in a name of two tokens or more? */
static bool
in_long_name(const document *doc, const uint8_t *labels, int32_t i)
{
	return labels[i] != NAME_OUTSIDE && (!(labels[i] & 1) || (i + 1 < doc->n_tokens && labels[i + 1] == labels[i] + 1));
}

void
name_view_learn(name_view *v, const uint8_t *labels)
{
	const document *doc = v->doc;

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];

		if (!votes(c) || c->written == 5)
			continue;
		vote(memory_at(v->memory, c->word, true), labels[i]);
		if (i + 1 < doc->n_tokens && c[1].may_be_name)
			vote(memory_at(v->memory, pair_key(c, c + 1), true), labels[i]);
		if (in_long_name(doc, labels, i))
			vote(memory_at(v->memory, long_key(c), true), labels[i]);
		if (labels[i] & 1)
			learn_acronym(v, labels, i);
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		name_cue   *c = &v->cues[i];
		uint8_t		own = votes(c) ? labels[i] : NO_MAJORITY,
					unused;

		if (!c->may_be_name || c->written == 5)
			continue;
		c->majority = majority_of(memory_at(v->memory, c->word, false), own, &c->majority_share);
		c->long_majority = majority_of(memory_at(v->memory, long_key(c), false),
									   own != NO_MAJORITY && in_long_name(doc, labels, i) ? own : NO_MAJORITY, &unused);
		if (i + 1 < doc->n_tokens && c[1].may_be_name)
			c->pair_majority = majority_of(memory_at(v->memory, pair_key(c, c + 1), false), own, &unused);
		if (i > 0 && c[-1].may_be_name)
			c->back_majority = majority_of(memory_at(v->memory, pair_key(c - 1, c), false), votes(c - 1) ? labels[i - 1] : NO_MAJORITY, &unused);
		if (c->written == 2 && doc->tokens[i].lower_bytes <= 8)
			c->acronym_kind = kind_of(memory_at(v->memory, acronym_key(doc->tokens[i].lower_hash), false));
	}
	v->second_pass = true;
}

enum
{
	ENDS_NAME = 0xe4d, IN_NAME = 0x14a, WHOLE_NAME = 0x501
};

static inline uint64_t
unify_key(int role, const name_cue *c)
{
	return hash_mix((uint64_t) role, c->word);
}

/* Has a name of two tokens or more of this kind the word in this role? */
static bool
has_long(const name_memory *m, int role, const name_cue *c, int kind)
{
	const word_memory *w = memory_at(m, unify_key(role, c), false);

	for (int i = 0; w != NULL && i < MAX_VOTED; i++)
		if (w->votes[i] > 0 && w->labels[i] == NAME_FIRST(kind))
			return true;
	return false;
}

static int
unified_kind(const name_view *v, const name_cue *c, int kind)
{
	uint32_t	personal = SET_FEMALE_NAME | SET_MALE_NAME | SET_SURNAME;

	if (kind == KIND_PLACE && c->upos == UPOS_ADJ && (c->single_types & NAME_TYPE_NATIONALITY) && !(c->single_types & NAME_TYPE_COUNTRY))
		return KIND_NATIONALITY;
	if (kind == KIND_PERSON && !has_long(v->memory, IN_NAME, c, KIND_PERSON))
	{
		if (has_long(v->memory, ENDS_NAME, c, KIND_EVENT))
			return KIND_EVENT;
		if (!(c->sets & personal))
			for (int k = KIND_ORGANIZATION; k <= KIND_PRODUCT; k++)
				if (k != KIND_PLACE && k != KIND_NATIONALITY && has_long(v->memory, IN_NAME, c, k))
					return k;
	}
	return kind;
}

static bool
is_storm_word(const token *t)
{
	return (t->flags & TOKEN_INITIAL_CAPITAL) &&
		(strcmp(t->lower, "hurricane") == 0 || strcmp(t->lower, "typhoon") == 0 || strcmp(t->lower, "cyclone") == 0 ||
		 strcmp(t->lower, "storm") == 0);
}

/* Storms bear the names of persons: "Hurricane Dorian" is one event, whether or not the word before is in the name. */
static void
name_storms(const document *doc, uint8_t *labels)
{
	for (int32_t i = 0; i + 1 < doc->n_tokens; i++)
	{
		uint8_t		name = labels[i + 1];
		bool		within = labels[i] == name - 1 && (name == NAME_LATER(KIND_PERSON) || name == NAME_LATER(KIND_PLACE));

		if (!is_storm_word(&doc->tokens[i]) || doc->tokens[i].sentence != doc->tokens[i + 1].sentence)
			continue;
		if (!within && !(labels[i] == NAME_OUTSIDE && (name == NAME_FIRST(KIND_PERSON) || name == NAME_FIRST(KIND_EVENT))))
			continue;
		labels[i] = NAME_FIRST(KIND_EVENT);
		labels[i + 1] = NAME_LATER(KIND_EVENT);
		for (int32_t k = i + 2; k < doc->n_tokens && labels[k] == name + (name & 1); k++)
			labels[k] = NAME_LATER(KIND_EVENT);
	}
}

/*
 * A word of a heading in capitals that is nothing there, but a whole name in the text, which never writes it small; and
 * which news does not write small either ("US" teaches nothing about "JOIN US").
 */
static void
name_headings(const name_view *v, uint8_t *labels)
{
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];
		const word_memory *w;

		if (labels[i] != NAME_OUTSIDE || c->case_mode != CASE_CAPITALS || c->capital_share < 3 || (c->habit & 2))
			continue;
		w = memory_at(v->memory, unify_key(WHOLE_NAME, c), false);
		if (w != NULL && w->votes[0] == w->n_votes && memory_at(v->memory, unify_key(IN_NAME, c), false) == NULL)
			labels[i] = w->labels[0];
	}
}

void
name_view_unify(name_view *v, uint8_t *labels)
{
	int32_t		n = 0;

	name_storms(v->doc, labels);
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
		n += labels[i] != NAME_OUTSIDE;
	v->memory = memory_create(v->doc->memory, n * 2);
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		uint8_t		first = (uint8_t) (labels[i] - !(labels[i] & 1));

		if (labels[i] == NAME_OUTSIDE)
			continue;
		if (!in_long_name(v->doc, labels, i))
		{
			vote(memory_at(v->memory, unify_key(WHOLE_NAME, &v->cues[i]), true), first);
			continue;
		}
		vote(memory_at(v->memory, unify_key(IN_NAME, &v->cues[i]), true), first);
		if (i + 1 == v->doc->n_tokens || labels[i + 1] != first + 1)
			vote(memory_at(v->memory, unify_key(ENDS_NAME, &v->cues[i]), true), first);
	}
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
		if ((labels[i] & 1) && !in_long_name(v->doc, labels, i))
			labels[i] = (uint8_t) NAME_FIRST(unified_kind(v, &v->cues[i], labels[i] / 2));
	name_headings(v, labels);
}
