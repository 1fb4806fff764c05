/*
 * spelling_kinds.c - of what kind a name is in the whole of a text.
 *
 * In: a spelling with the tagger's masses and what longer names lend it.  Out: one kind for all its places.
 */
#include <string.h>

#include "entity/spellings.h"
#include "lexicon/lexicon.h"

#define LONGER_ENOUGH 0.5f		/* mass of longer names that decides the kind of what they begin with */
#define SURE 0.9f				/* mean probability from which a name keeps its kind whatever its last word */

uint8_t
heaviest(const float *mass)
{
	int			best = 0;

	for (int k = 1; k < N_ENTITY_KINDS; k++)
		if (mass[k] > mass[best])
			best = k;
	return (uint8_t) best;
}

/* Does the lexicon know it as a place? */
static bool
is_known_place(const document *doc, const spelling *s)
{
	name_hit	hits[4];
	int			n = lexicon_names_at(doc, s->first_token, s->first_token + s->n_tokens, hits, 4);

	for (int i = 0; i < n; i++)
		if (hits[i].end == s->first_token + s->n_tokens &&
			(hits[i].types & (NAME_TYPE_COUNTRY | NAME_TYPE_CITY | NAME_TYPE_REGION | NAME_TYPE_GEOGRAPHIC)))
			return true;
	return false;
}

/*
 * "Mahan", taken for a person, is an organisation where the text has "Mahan Air" and no fuller name of a person; "Fath", an unknown
 * place, is the airport where it has "Fath Airport"; so is "Henderson", a city, where one is only "at Henderson".
 */
static uint8_t
kind_by_longer(const document *doc, const spelling *s, uint8_t kind)
{
	uint8_t		longer = heaviest(s->longer);

	if (s->longer[longer] < LONGER_ENOUGH || !(longer == KIND_ORGANIZATION || longer == KIND_FACILITY || longer == KIND_PRODUCT))
		return kind;
	if (kind == KIND_PERSON && s->persons == 0 && !s->titled)
		return longer;
	if (kind == KIND_PLACE && (!is_known_place(doc, s) || (longer == KIND_FACILITY && s->at == s->tagged)))
		return longer;
	return kind;
}

/* Last words that tell the kind of a longer name. */
static const struct
{
	const char *word;
	uint8_t		kind;
}			telling_words[] = {
	{"act", KIND_LAW}, {"airfield", KIND_FACILITY}, {"airport", KIND_FACILITY}, {"amendment", KIND_LAW}, {"arena", KIND_FACILITY}, {"bridge", KIND_FACILITY},
	{"castle", KIND_FACILITY}, {"cathedral", KIND_FACILITY}, {"cemetery", KIND_FACILITY}, {"championship", KIND_EVENT}, {"championships", KIND_EVENT},
	{"cup", KIND_EVENT}, {"earthquake", KIND_EVENT}, {"hotel", KIND_FACILITY}, {"jail", KIND_FACILITY}, {"lighthouse", KIND_FACILITY}, {"lounge", KIND_FACILITY},
	{"marathon", KIND_EVENT}, {"mosque", KIND_FACILITY}, {"motorway", KIND_FACILITY}, {"olympics", KIND_EVENT}, {"prison", KIND_FACILITY},
	{"prize", KIND_AWARD}, {"stadium", KIND_FACILITY}, {"tunnel", KIND_FACILITY}
};

/* A name of two words or more that ends so, taken for an organisation, a place, a product or a work. */
static uint8_t
kind_by_last_word(const document *doc, const spelling *s, uint8_t kind)
{
	const token *last = &doc->tokens[s->first_token + s->n_tokens - 1];

	if (s->n_tokens < 2 || !(last->flags & TOKEN_INITIAL_CAPITAL) || s->total >= SURE * (float) s->tagged ||
		!(kind == KIND_ORGANIZATION || kind == KIND_PLACE || kind == KIND_PRODUCT || kind == KIND_WORK))
		return kind;
	for (size_t i = 0; i < sizeof(telling_words) / sizeof(telling_words[0]); i++)
		if (strcmp(telling_words[i].word, last->lower) == 0)
			return telling_words[i].kind;
	return kind;
}

uint8_t
kind_of_spelling(const document *doc, const spelling *s)
{
	return kind_by_longer(doc, s, kind_by_last_word(doc, s, heaviest(s->mass)));
}
