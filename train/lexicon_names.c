/*
 * lexicon_names.c - the tables of names, read by lexicon_build.
 *
 * Each line speaks of one thing.  A later line of the same kind, name, country and
 * region adds forms and facts to the row of an earlier one.  Every form is cut
 * into tokens by src/text, as it would be in the middle of a sentence, and kept
 * with the key of its chain of tokens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon_build.h"
#include "stages.h"

static const struct
{
	const char *name;
	uint32_t	bit;
	uint8_t		kind;
}			type_names[] = {
	{"country", NAME_TYPE_COUNTRY, KIND_PLACE}, {"city", NAME_TYPE_CITY, KIND_PLACE},
	{"region", NAME_TYPE_REGION, KIND_PLACE}, {"geographic", NAME_TYPE_GEOGRAPHIC, KIND_PLACE},
	{"nationality", NAME_TYPE_NATIONALITY, KIND_NATIONALITY}, {"organization", NAME_TYPE_ORGANIZATION, KIND_ORGANIZATION},
	{"company", NAME_TYPE_COMPANY, KIND_ORGANIZATION}, {"party", NAME_TYPE_PARTY, KIND_ORGANIZATION},
	{"agency", NAME_TYPE_AGENCY, KIND_ORGANIZATION}, {"outlet", NAME_TYPE_OUTLET, KIND_ORGANIZATION},
	{"team", NAME_TYPE_TEAM, KIND_ORGANIZATION}, {"university", NAME_TYPE_UNIVERSITY, KIND_ORGANIZATION},
	{"person", NAME_TYPE_PERSON, KIND_PERSON}, {"facility", NAME_TYPE_FACILITY, KIND_FACILITY},
	{"event", NAME_TYPE_EVENT, KIND_EVENT}, {"product", NAME_TYPE_PRODUCT, KIND_PRODUCT},
	{"work", NAME_TYPE_WORK, KIND_WORK}, {"law", NAME_TYPE_LAW, KIND_LAW}, {"award", NAME_TYPE_AWARD, KIND_AWARD},
	{"language", NAME_TYPE_LANGUAGE, KIND_LANGUAGE}, {"title", NAME_TYPE_TITLE, KIND_NONE},
	{"religion", NAME_TYPE_RELIGION, KIND_NATIONALITY}
};

/* Bits of "agency+facility"; *kind is that of the first type. */
static uint32_t
types_of(char *list, uint8_t *kind)
{
	uint32_t	types = 0;

	for (char *name = strtok(list, "+"); name != NULL; name = strtok(NULL, "+"))
	{
		size_t		i = 0;

		while (i < sizeof(type_names) / sizeof(type_names[0]) && strcmp(type_names[i].name, name) != 0)
			i++;
		if (i == sizeof(type_names) / sizeof(type_names[0]))
			fail("not a type of names:", name);
		if (types == 0)
			*kind = type_names[i].kind;
		types |= type_names[i].bit;
	}
	return types;
}

typedef struct form_tokens
{
	uint64_t	lower[MAX_NAME_TOKENS];
	uint64_t	form[MAX_NAME_TOKENS];
	int			n;
} form_tokens;

/* The arena of one tokenization lies in this block, used anew each time. */
static _Alignas(16) char scratch[4 << 20];
static size_t scratch_used;

static void *
scratch_take(void *context, size_t n_bytes)
{
	void	   *block = scratch + scratch_used;

	scratch_used += (n_bytes + 15) & ~(size_t) 15;
	if (scratch_used > sizeof(scratch))
		fail("scratch memory too small", "");
	return block;
}

/* Words of letters only, which every tokenizer cuts at the spaces; false when the name holds anything else. */
static bool
cut_plain(const char *name, form_tokens *cut)
{
	char		lower[256];
	const char *word = name;

	cut->n = 0;
	for (const char *at = name;; at++)
	{
		char		c = *at;

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			continue;
		if ((c != ' ' && c != '\0') || at == word || at - word >= (int) sizeof(lower))
			return false;
		if (cut->n == MAX_NAME_TOKENS)
			return true;
		for (int i = 0; i < at - word; i++)
			lower[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char) (word[i] + 32) : word[i];
		cut->lower[cut->n] = hash_bytes(lower, at - word);
		cut->form[cut->n++] = hash_bytes(word, at - word);
		if (c == '\0')
			return true;
		word = at + 1;
	}
}

/* Tokens of a name, as they would be in the middle of a sentence. */
static void
cut_name(const char *name, form_tokens *cut)
{
	static const char before[] = "They saw ";
	static const char after[] = " there before.";
	char		text[1024];
	size_t		length = strlen(name);
	size_t		start = sizeof(before) - 1;
	arena	   *memory;
	document   *doc;

	if (cut_plain(name, cut))
		return;
	cut->n = 0;
	if (length > 512)
		return;
	snprintf(text, sizeof(text), "%s%s%s", before, name, after);
	scratch_used = 0;
	memory = arena_create((block_source) {scratch_take, NULL});
	doc = arena_zero(memory, sizeof(document));
	doc->memory = memory;
	doc->text = text;
	doc->n_bytes = (uint32_t) strlen(text);
	read_text(doc);
	for (int32_t i = 0; i < doc->n_tokens && cut->n < MAX_NAME_TOKENS; i++)
		if (doc->tokens[i].start_byte >= start && doc->tokens[i].end_byte <= start + length)
		{
			cut->lower[cut->n] = doc->tokens[i].lower_hash;
			cut->form[cut->n++] = doc->tokens[i].form_hash;
		}
}

static void
add_form(const char *name, uint32_t types, uint32_t prominence, int32_t row)
{
	form_tokens cut;
	form		f = {NAME_CHAIN_SEED, NAME_CHAIN_SEED, types, prominence, row, (uint32_t) draft.forms.n};

	cut_name(name, &cut);
	if (cut.n == 0 || cut.n >= MAX_NAME_TOKENS)
		return;
	for (int i = 0; i < cut.n; i++)
	{
		f.lower_key = hash_mix(f.lower_key, cut.lower[i]);
		f.form_key = hash_mix(f.form_key, cut.form[i]);
		GROW(draft.prefixes);
		draft.prefixes.rows[draft.prefixes.n] = (keyed) {f.lower_key, i + 1 < cut.n, (uint32_t) draft.prefixes.n};
		draft.prefixes.n++;
		if (i == 0)
		{
			GROW(draft.first_keys);
			draft.first_keys.rows[draft.first_keys.n++] = f.lower_key;
		}
	}
	GROW(draft.forms);
	draft.forms.rows[draft.forms.n++] = f;
	if ((types & NAME_TYPE_NATIONALITY) && cut.n == 1 && row >= 0 && draft.knowledge.rows[row].country != 0)
	{
		GROW(draft.nationalities);
		draft.nationalities.rows[draft.nationalities.n] = (keyed)
		{
			cut.lower[0], draft.codes.rows[draft.knowledge.rows[row].country], UINT32_MAX - prominence
		};
		draft.nationalities.n++;
	}
}

/* A form and, where it begins with a small letter, the form that begins a sentence. */
static void
add_forms(const char *name, uint32_t types, uint32_t prominence, int32_t row)
{
	add_form(name, types, prominence, row);
	if (name[0] >= 'a' && name[0] <= 'z')
	{
		char		capitalized[1024];

		snprintf(capitalized, sizeof(capitalized), "%s", name);
		capitalized[0] -= 32;
		add_form(capitalized, types, prominence, row);
	}
}

/* Rows of knowledge by kind and name: a later table adds forms to a row of an earlier one. */
static struct
{
	uint32_t   *slots;			/* row + 1 */
	size_t		n_slots;
} knowledge_map;

/*
 * Row of the thing that these columns speak of, -1 when it is new: that of the
 * same kind, name, country and region, where what is unknown on one side agrees
 * with everything; but of several that agree without the same country, none.
 * A sea is not the province of the same name.
 */
static int32_t
known_row(uint8_t kind, uint32_t types, const char *name, const char *country, const char *region, size_t *slot)
{
	size_t		at;
	int32_t		found = -1;
	int			n_found = 0;

	if (knowledge_map.n_slots == 0)
	{
		knowledge_map.n_slots = 1u << 19;
		knowledge_map.slots = grown(NULL, knowledge_map.n_slots * sizeof(uint32_t));
		memset(knowledge_map.slots, 0, knowledge_map.n_slots * sizeof(uint32_t));
	}
	if (2 * draft.knowledge.n > knowledge_map.n_slots)
		fail("too many rows of knowledge, at", name);
	at = hash_mix(hash_bytes(name, strlen(name)), kind) & (knowledge_map.n_slots - 1);
	for (; knowledge_map.slots[at] != 0; at = (at + 1) & (knowledge_map.n_slots - 1))
	{
		int32_t		i = (int32_t) knowledge_map.slots[at] - 1;
		const stored_knowledge *row = &draft.knowledge.rows[i];
		const char *row_country = code_text(row->country);
		const char *row_region = code_text(row->region);

		if (row->types_and_kind >> 24 != kind || ((row->types_and_kind ^ types) & NAME_TYPE_GEOGRAPHIC) || strcmp(draft.strings.rows + row->name, name) != 0
			|| (row_region[0] != '\0' && region[0] != '\0' && strcmp(row_region, region) != 0))
			continue;
		if (country[0] != '\0' && strcmp(row_country, country) == 0)
			return i;
		if (row_country[0] == '\0' || country[0] == '\0')
		{
			n_found++;
			found = found < 0 ? i : found;
		}
	}
	*slot = at;
	return n_found == 1 ? found : -1;
}

/* The row of knowledge of a line of names, made or made richer. */
static int32_t
knowledge_of_columns(char **columns, const char *name, uint8_t kind, uint32_t types)
{
	size_t		slot = 0;
	int32_t		row = known_row(kind, types, name, columns[3], columns[8], &slot);
	uint32_t	prominence = (uint32_t) strtoul(columns[7], NULL, 10);
	stored_knowledge *k;

	if (row < 0)
	{
		GROW(draft.knowledge);
		row = (int32_t) draft.knowledge.n;
		draft.knowledge.rows[draft.knowledge.n++] = (stored_knowledge)
		{
			.name = string_of(name), .types_and_kind = (uint32_t) kind << 24, .longitude = NO_LOCATION
		};
		knowledge_map.slots[slot] = (uint32_t) row + 1;
	}
	k = &draft.knowledge.rows[row];
	k->types_and_kind |= types;
	if (k->country == 0)
		k->country = code_of(columns[3]);
	if (k->wikidata == 0)
		k->wikidata = string_of(columns[4]);
	if (k->region == 0)
		k->region = code_of(columns[8]);
	if (k->prominence < prominence)
		k->prominence = prominence;
	if (k->longitude == NO_LOCATION && columns[5][0] != '\0' && columns[6][0] != '\0')
	{
		k->longitude = strtof(columns[5], NULL);
		k->latitude = strtof(columns[6], NULL);
	}
	return row;
}

/* Is there more to know than what the name may be?  A row for each of ten thousand small companies would tell nothing. */
#define PROMINENCE_WITHOUT_ROW 5000

static bool
tells_something(char **columns, uint32_t prominence)
{
	return prominence > PROMINENCE_WITHOUT_ROW || columns[2][0] != '\0' || columns[4][0] != '\0' || columns[5][0] != '\0'
		|| columns[8][0] != '\0';
}

void
read_name(char **columns, int n)
{
	uint8_t		kind = KIND_NONE;
	uint32_t	types;
	uint32_t	prominence;
	int32_t		row = -1;
	bool		only_canonical;

	if (n < 2)
		fail("too few columns for name", columns[0]);
	while (n < 9)
		columns[n++] = "";
	types = types_of(columns[0], &kind);
	prominence = (uint32_t) strtoul(columns[7], NULL, 10);
	only_canonical = columns[1][0] == '!';
	if (kind != KIND_NONE && tells_something(columns, prominence))
	{
		row = knowledge_of_columns(columns, columns[1] + only_canonical, kind, types);
		prominence = draft.knowledge.rows[row].prominence;
	}
	if (!only_canonical)
		add_forms(columns[1], types, prominence, row);
	for (char *alias = strtok(columns[2], "|"); alias != NULL; alias = strtok(NULL, "|"))
		add_forms(alias, types, prominence, row);
}
