/*
 * lexicon_write.c - stores the forms of lexicon_build's draft and writes lexicon.bin (layout: lexicon/tables.h).
 *
 * Forms of one lower-cased phrase come side by side, the most prominent first;
 * a form's rows of knowledge likewise.  Sorts have a total order, so that the
 * same draft gives the same bytes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon_build.h"

static int
compare_keyed(const void *a, const void *b)
{
	const keyed *x = a,
			   *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->value < y->value ? -1 : x->value > y->value;
}

static TABLE(stored_name) names;
static TABLE(uint32_t) name_knowledge;
static TABLE(keyed) name_rows;	/* lower_key -> row of names */

static int
compare_forms(const void *a, const void *b)
{
	const form *x = a,
			   *y = b;

	if (x->lower_key != y->lower_key)
		return x->lower_key < y->lower_key ? -1 : 1;
	if (x->form_key != y->form_key)
		return x->form_key < y->form_key ? -1 : 1;
	if (x->prominence != y->prominence)
		return x->prominence > y->prominence ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* One stored name for forms [start, end), which are written alike; returns its greatest prominence. */
static uint32_t
store_name(size_t start, size_t end)
{
	stored_name name = {.form_tag = (uint32_t) draft.forms.rows[start].form_key};
	size_t		first = name_knowledge.n;

	for (size_t i = start; i < end; i++)
	{
		bool		known = draft.forms.rows[i].knowledge < 0;

		name.types |= draft.forms.rows[i].types;
		for (size_t j = first; j < name_knowledge.n; j++)
			known |= (int32_t) name_knowledge.rows[j] == draft.forms.rows[i].knowledge;
		if (known || name_knowledge.n - first == STORED_NAME_MAX_COUNT)
			continue;
		GROW(name_knowledge);
		name_knowledge.rows[name_knowledge.n++] = (uint32_t) draft.forms.rows[i].knowledge;
	}
	if (first > STORED_NAME_MAX_FIRST)
		fail("too many names", "");
	name.knowledge = (uint32_t) first | (uint32_t) (name_knowledge.n - first) << 20;
	GROW(names);
	names.rows[names.n++] = name;
	return draft.forms.rows[start].prominence;
}

/* Turns the forms into stored names: those of one lower-cased phrase side by side, the most prominent first. */
static void
store_names(void)
{
	qsort(draft.forms.rows, draft.forms.n, sizeof(form), compare_forms);
	for (size_t start = 0; start < draft.forms.n;)
	{
		uint64_t	lower_key = draft.forms.rows[start].lower_key;
		size_t		first = names.n;
		uint32_t	best = 0;

		GROW(name_rows);
		name_rows.rows[name_rows.n++] = (keyed) {lower_key, (uint32_t) first, 0};
		while (start < draft.forms.n && draft.forms.rows[start].lower_key == lower_key)
		{
			size_t		end = start;
			uint32_t	prominence;

			while (end < draft.forms.n && draft.forms.rows[end].lower_key == lower_key && draft.forms.rows[end].form_key == draft.forms.rows[start].form_key)
				end++;
			prominence = store_name(start, end);
			if (prominence > best)
			{
				stored_name swap = names.rows[first];

				names.rows[first] = names.rows[names.n - 1];
				names.rows[names.n - 1] = swap;
				best = prominence;
			}
			start = end;
		}
		for (size_t i = first; i + 1 < names.n; i++)
			names.rows[i].knowledge |= STORED_NAME_HAS_NEXT;
	}
}

static FILE *output;
static lexicon_header header;

static void
write_section(enum lexicon_section which, const void *data, size_t n_bytes, size_t count)
{
	static const char zeros[64];
	long		at = ftell(output);

	fwrite(zeros, 1, (size_t) (-at & 63), output);
	header.offset[which] = (uint32_t) ftell(output);
	header.count[which] = (uint32_t) count;
	if (fwrite(data, 1, n_bytes, output) != n_bytes)
		fail("cannot write", "");
}

/* Slots of a table of n keys, 70 % full. */
static uint32_t
slots_for(size_t n)
{
	return (uint32_t) (n + n * 3 / 7 + 8);
}

#define INSERT(slots, n_slots, key, empty_field, ...) \
	do { \
		uint32_t	at_ = lexicon_slot((key), (n_slots)); \
		while ((slots)[at_].empty_field != 0) \
			at_ = at_ + 1 == (n_slots) ? 0 : at_ + 1; \
		(slots)[at_] = __VA_ARGS__; \
	} while (0)

#define NEW_SLOTS(n_slots, type) ((type *) memset(grown(NULL, (n_slots) * sizeof(type)), 0, (n_slots) * sizeof(type)))

static void
write_words(void)
{
	uint32_t	n_slots = slots_for(draft.words.n);
	word_slot  *slots = NEW_SLOTS(n_slots, word_slot);

	for (size_t i = 0; i < draft.words.n; i++)
		INSERT(slots, n_slots, draft.word_keys.rows[i], row, (word_slot) {(uint32_t) draft.word_keys.rows[i], (uint32_t) i + 1});
	write_section(SECTION_WORD_SLOTS, slots, n_slots * sizeof(word_slot), n_slots);
	write_section(SECTION_WORDS, draft.words.rows, draft.words.n * sizeof(word_info), draft.words.n);
	free(slots);
}

static void
write_bigrams(void)
{
	uint32_t	n_slots = slots_for(draft.bigrams.n);
	bigram_slot *slots = NEW_SLOTS(n_slots, bigram_slot);

	for (size_t i = 0; i < draft.bigrams.n; i++)
	{
		uint64_t	key = draft.bigrams.rows[i].key;

		if (draft.bigrams.rows[i].value > 0)
			INSERT(slots, n_slots, key, frequency,
				   (bigram_slot) {(uint32_t) key, (uint16_t) (key >> 32), (uint16_t) draft.bigrams.rows[i].value});
	}
	write_section(SECTION_BIGRAMS, slots, n_slots * sizeof(bigram_slot), n_slots);
	free(slots);
}

static void
write_names(void)
{
	size_t		n_keys = 0;
	size_t		next_row = 0;
	uint32_t	n_slots;
	name_slot  *slots;

	qsort(draft.prefixes.rows, draft.prefixes.n, sizeof(keyed), compare_keyed);
	for (size_t i = 0; i < draft.prefixes.n; i++)
		n_keys += i == 0 || draft.prefixes.rows[i].key != draft.prefixes.rows[i - 1].key;
	n_slots = slots_for(n_keys);
	slots = NEW_SLOTS(n_slots, name_slot);
	for (size_t i = 0; i < draft.prefixes.n;)
	{
		uint64_t	key = draft.prefixes.rows[i].key;
		uint32_t	value = 0;

		for (; i < draft.prefixes.n && draft.prefixes.rows[i].key == key; i++)
			if (draft.prefixes.rows[i].value)
				value = NAME_SLOT_LONGER;
		if (next_row < name_rows.n && name_rows.rows[next_row].key == key)
			value |= name_rows.rows[next_row++].value + 1;
		INSERT(slots, n_slots, key, value, (name_slot) {(uint32_t) key, value});
	}
	write_section(SECTION_NAME_SLOTS, slots, n_slots * sizeof(name_slot), n_slots);
	write_section(SECTION_NAMES, names.rows, names.n * sizeof(stored_name), names.n);
	write_section(SECTION_NAME_KNOWLEDGE, name_knowledge.rows, name_knowledge.n * sizeof(uint32_t), name_knowledge.n);
	write_section(SECTION_CODES, draft.codes.rows, draft.codes.n * sizeof(uint32_t), draft.codes.n);
	write_section(SECTION_KNOWLEDGE, draft.knowledge.rows, draft.knowledge.n * sizeof(stored_knowledge), draft.knowledge.n);
	free(slots);
}

#define N_FILTER_BITS (1u << 19)

static void
write_filter(void)
{
	static uint8_t filter[N_FILTER_BITS / 8];

	for (size_t i = 0; i < draft.first_keys.n; i++)
	{
		uint32_t	bit = (uint32_t) (draft.first_keys.rows[i] >> 40) & (N_FILTER_BITS - 1);

		filter[bit >> 3] |= (uint8_t) (1 << (bit & 7));
	}
	write_section(SECTION_NAME_FILTER, filter, sizeof(filter), N_FILTER_BITS);
}

static void
write_nationalities(void)
{
	uint32_t	n_slots = slots_for(draft.nationalities.n);
	nationality_slot *slots = NEW_SLOTS(n_slots, nationality_slot);

	qsort(draft.nationalities.rows, draft.nationalities.n, sizeof(keyed), compare_keyed);
	for (size_t i = 0; i < draft.nationalities.n; i++)
		if (i == 0 || draft.nationalities.rows[i].key != draft.nationalities.rows[i - 1].key)
			INSERT(slots, n_slots, draft.nationalities.rows[i].key, country,
				   (nationality_slot) {(uint32_t) draft.nationalities.rows[i].key, draft.nationalities.rows[i].value});
	write_section(SECTION_NATIONALITIES, slots, n_slots * sizeof(nationality_slot), n_slots);
	free(slots);
}

void
write_lexicon(const char *path)
{
	store_names();
	output = fopen(path, "wb");
	if (output == NULL)
		fail("cannot write", path);
	header.magic = LEXICON_MAGIC;
	header.n_documents = draft.n_documents;
	fwrite(&header, sizeof(header), 1, output);
	write_filter();
	write_words();
	write_bigrams();
	write_names();
	write_nationalities();
	write_section(SECTION_STRINGS, draft.strings.rows, draft.strings.n, draft.strings.n);
	fseek(output, 0, SEEK_SET);
	fwrite(&header, sizeof(header), 1, output);
	if (fclose(output) != 0)
		fail("cannot write", path);
	printf("lexicon: %zu words, %zu bigrams, %zu names in %zu forms, %zu rows of knowledge, %zu KB\n",
		   draft.words.n, draft.bigrams.n, name_rows.n, names.n, draft.knowledge.n,
		   (header.offset[SECTION_STRINGS] + draft.strings.n) / 1024);
}
