/*
 * lexicon.c - lookups in lexicon.bin (layout: tables.h; contract: lexicon.h).
 *
 * A word costs one slot and one row: two cache lines.  A phrase is found along
 * the chain of its tokens: the key of a prefix is the key of the prefix one token
 * shorter, mixed with the hash of the next token, so that the longest match takes
 * one slot a token and ends at the first token that no name goes on with.  A
 * filter of first tokens, small enough to stay in the nearer caches, turns
 * away most of the text's tokens before any slot is read.
 *
 * The keys are of lower-cased tokens; each stored way to write the phrase carries
 * a tag of its form, so that case is decided at the end of the match.
 */
#include "lexicon/lexicon.h"

#include "embed.h"
#include "lexicon/tables.h"

EMBED(lexicon_file, "build/lexicon.bin");

#define HEADER ((const lexicon_header *) lexicon_file_data)

static inline const void *
section(enum lexicon_section which)
{
	return lexicon_file_data + HEADER->offset[which];
}

static inline const char *
string_at(uint32_t offset)
{
	return (const char *) section(SECTION_STRINGS) + offset;
}

int32_t
lexicon_word(uint64_t lower_hash)
{
	const word_slot *slots = section(SECTION_WORD_SLOTS);
	uint32_t	n_slots = HEADER->count[SECTION_WORD_SLOTS];
	uint32_t	at = lexicon_slot(lower_hash, n_slots);

	for (; slots[at].row != 0; at = at + 1 == n_slots ? 0 : at + 1)
		if (slots[at].tag == (uint32_t) lower_hash)
			return (int32_t) slots[at].row - 1;
	return -1;
}

const word_info *
lexicon_word_info(int32_t word)
{
	return (const word_info *) section(SECTION_WORDS) + word;
}

uint32_t
lexicon_sets(const token *t)
{
	return t->word < 0 ? 0 : lexicon_word_info(t->word)->sets;
}

uint32_t
lexicon_n_documents(void)
{
	return HEADER->n_documents;
}

uint32_t
lexicon_bigram_frequency(uint64_t first_lower_hash, uint64_t second_lower_hash)
{
	const bigram_slot *slots = section(SECTION_BIGRAMS);
	uint32_t	n_slots = HEADER->count[SECTION_BIGRAMS];
	uint64_t	key = hash_mix(first_lower_hash, second_lower_hash);
	uint32_t	at = lexicon_slot(key, n_slots);

	for (; slots[at].frequency != 0; at = at + 1 == n_slots ? 0 : at + 1)
		if (slots[at].tag == (uint32_t) key && slots[at].tag2 == (uint16_t) (key >> 32))
			return slots[at].frequency;
	return 0;
}

bool
lexicon_is_common(int32_t word)
{
	const word_info *info;

	if (word < 0)
		return false;
	info = lexicon_word_info(word);
	return info->level > 0 && info->level <= 50 && info->capital_share < 128;
}

gender
lexicon_given_name_gender(int32_t word)
{
	uint32_t	sets = word < 0 ? 0 : lexicon_word_info(word)->sets;
	bool		female = (sets & SET_FEMALE_NAME) != 0;
	bool		male = (sets & SET_MALE_NAME) != 0;

	return female == male ? GENDER_UNKNOWN : female ? GENDER_FEMALE : GENDER_MALE;
}

/* Value of the slot of a chain key; 0 when no name begins so. */
static inline uint32_t
name_chain_value(uint64_t key)
{
	const name_slot *slots = section(SECTION_NAME_SLOTS);
	uint32_t	n_slots = HEADER->count[SECTION_NAME_SLOTS];
	uint32_t	at = lexicon_slot(key, n_slots);

	for (; slots[at].value != 0; at = at + 1 == n_slots ? 0 : at + 1)
		if (slots[at].tag == (uint32_t) key)
			return slots[at].value;
	return 0;
}

/* How the tokens seen so far are written. */
typedef struct phrase_case
{
	uint64_t	form_key;
	bool		no_lower_case;	/* no token has a lower-case letter */
	bool		all_capitalized;	/* each begins with a capital or has no letter */
	uint32_t	n_bytes;
} phrase_case;

static inline void
add_token_case(phrase_case *so_far, const token *t)
{
	bool		has_letter = (t->flags & TOKEN_HAS_LETTER) != 0;
	bool		is_letter = has_letter && t->end_char == t->start_char + 1;

	so_far->form_key = hash_mix(so_far->form_key, t->form_hash);
	if (has_letter && !(t->flags & TOKEN_ALL_CAPITALS) && !(is_letter && (t->flags & TOKEN_INITIAL_CAPITAL)))
		so_far->no_lower_case = false;
	if (has_letter && !(t->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_CLITIC)))
		so_far->all_capitalized = false;
	so_far->n_bytes += t->lower_bytes;
}

/*
 * The stored name that matches a phrase as it is written: the one of this very
 * form; else, in capitals or in title case, the most prominent one.
 */
static const stored_name *
name_as_written(uint32_t row, const phrase_case *written, int n_tokens)
{
	const stored_name *first = (const stored_name *) section(SECTION_NAMES) + row;

	for (const stored_name *name = first;; name++)
	{
		if (name->form_tag == (uint32_t) written->form_key)
			return name;
		if (!(name->knowledge & STORED_NAME_HAS_NEXT))
			break;
	}
	if (written->no_lower_case && (n_tokens > 1 || written->n_bytes >= 4))
		return first;
	if (written->all_capitalized && n_tokens > 1)
		return first;
	return NULL;
}

static inline name_hit
hit_of_name(const stored_name *name, int32_t end)
{
	const uint32_t *rows = section(SECTION_NAME_KNOWLEDGE);
	name_hit	hit = {.end = end, .types = name->types};

	hit.n_knowledge = (int32_t) STORED_NAME_COUNT(name->knowledge);
	hit.list = (int32_t) STORED_NAME_FIRST(name->knowledge);
	hit.knowledge = hit.n_knowledge > 0 ? (int32_t) rows[hit.list] : -1;
	return hit;
}

int
lexicon_names_at(const document *doc, int32_t start, int32_t limit, name_hit *hits, int capacity)
{
	const uint8_t *filter = section(SECTION_NAME_FILTER);
	uint32_t	filter_mask = HEADER->count[SECTION_NAME_FILTER] - 1;
	name_hit	found[MAX_NAME_TOKENS];
	int			n_found = 0;
	phrase_case written = {NAME_CHAIN_SEED, true, true, 0};
	uint64_t	key;
	uint32_t	bit;
	int			n_hits;

	if (limit > doc->n_tokens)
		limit = doc->n_tokens;
	if (limit > start + MAX_NAME_TOKENS)
		limit = start + MAX_NAME_TOKENS;
	if (start >= limit)
		return 0;
	key = hash_mix(NAME_CHAIN_SEED, doc->tokens[start].lower_hash);
	bit = (uint32_t) (key >> 40) & filter_mask;
	if (!(filter[bit >> 3] & (1 << (bit & 7))))
		return 0;
	for (int32_t i = start;;)
	{
		uint32_t	value = name_chain_value(key);
		uint32_t	row = value & ~NAME_SLOT_LONGER;

		add_token_case(&written, &doc->tokens[i]);
		if (row != 0)
		{
			const stored_name *name = name_as_written(row - 1, &written, i + 1 - start);

			if (name != NULL)
				found[n_found++] = hit_of_name(name, i + 1);
		}
		if (!(value & NAME_SLOT_LONGER) || ++i >= limit)
			break;
		key = hash_mix(key, doc->tokens[i].lower_hash);
	}
	n_hits = n_found < capacity ? n_found : capacity;
	for (int i = 0; i < n_hits; i++)
		hits[i] = found[n_found - 1 - i];
	return n_hits;
}

knowledge_row
lexicon_knowledge(int32_t row)
{
	const stored_knowledge *stored = (const stored_knowledge *) section(SECTION_KNOWLEDGE) + row;
	const uint32_t *codes = section(SECTION_CODES);

	return (knowledge_row)
	{
		.name = string_at(stored->name),
			.kind = (uint8_t) (stored->types_and_kind >> 24), .types = stored->types_and_kind & UINT32_C(0xffffff),
			.country = string_at(codes[stored->country]), .region = string_at(codes[stored->region]),
			.wikidata = string_at(stored->wikidata),
			.has_location = stored->longitude != NO_LOCATION,
			.longitude = stored->longitude, .latitude = stored->latitude,
			.prominence = stored->prominence
	};
}

int32_t
lexicon_knowledge_of(const name_hit *hit, int i)
{
	const uint32_t *rows = section(SECTION_NAME_KNOWLEDGE);

	return i < hit->n_knowledge ? (int32_t) rows[hit->list + i] : -1;
}

const char *
lexicon_country_of_nationality(uint64_t lower_hash)
{
	const nationality_slot *slots = section(SECTION_NATIONALITIES);
	uint32_t	n_slots = HEADER->count[SECTION_NATIONALITIES];
	uint32_t	at = lexicon_slot(lower_hash, n_slots);

	for (; slots[at].country != 0; at = at + 1 == n_slots ? 0 : at + 1)
		if (slots[at].tag == (uint32_t) lower_hash)
			return string_at(slots[at].country);
	return "";
}
