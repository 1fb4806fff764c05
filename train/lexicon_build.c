/*
 * lexicon_build.c - the program that make runs to turn data/lexicon into build/lexicon.bin.
 *
 *   lexicon_build DIRECTORY OUTPUT
 *
 * Reads, in the order of their names, the tables of DIRECTORY (plain or gzip;
 * tab-separated; lines that begin with # are remarks):
 *
 *   words*.tsv     word, document frequency, capital share, class, path, SCOWL level
 *                  (one remark "# documents<TAB>N" gives the number of documents)
 *   bigrams*.tsv   word, next word, document frequency
 *   sets*.tsv      set, words (separated by spaces)
 *   names*.tsv     types (joined by +), name, other forms (joined by |), country, QID, longitude,
 *                  latitude, prominence, region; later columns may be left out.  A name that
 *                  begins with ! is only the canonical name and not itself looked for.
 *
 * Names are cut into tokens by the tokenizer that cuts the texts.  The same
 * input gives the same bytes: every sort has a total order.
 */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lexicon/lexicon.h"
#include "lexicon/tables.h"
#include "stages.h"

/* The tokenizer asks the lexicon, which is only being made: it knows no word. */
int32_t
lexicon_word(uint64_t lower_hash)
{
	return -1;
}

const word_info *
lexicon_word_info(int32_t word)
{
	static const word_info nothing;

	return &nothing;
}

uint32_t
lexicon_sets(const token *t)
{
	return 0;
}

/* ---- memory and tables that grow ---- */

#define N_FILES_MAX 256

static void
fail(const char *what, const char *which)
{
	fprintf(stderr, "lexicon_build: %s %s\n", what, which);
	exit(1);
}

static void *
grown(void *old, size_t n_bytes)
{
	void	   *memory = realloc(old, n_bytes ? n_bytes : 1);

	if (memory == NULL)
		fail("out of memory", "");
	return memory;
}

/* Makes room for one more element of a table. */
#define GROW(table) \
	do { \
		if ((table).n == (table).capacity) \
		{ \
			(table).capacity = (table).capacity ? 2 * (table).capacity : 1024; \
			(table).rows = grown((table).rows, (table).capacity * sizeof(*(table).rows)); \
		} \
	} while (0)

#define TABLE(type) struct { type *rows; size_t n; size_t capacity; }

static TABLE(char) strings;
static TABLE(word_info) words;
static TABLE(uint64_t) word_keys;
static TABLE(stored_knowledge) knowledge;

/* A key and what a table gives for it. */
typedef struct keyed
{
	uint64_t	key;
	uint32_t	value;
	uint32_t	order;
} keyed;

static TABLE(keyed) bigrams;
static TABLE(keyed) nationalities;
static TABLE(keyed) prefixes;	/* value: 1 when a longer phrase begins so */
static TABLE(uint64_t) first_keys;

/* One way to write a name, one row of knowledge. */
typedef struct form
{
	uint64_t	lower_key;
	uint64_t	form_key;
	uint32_t	types;
	uint32_t	prominence;
	int32_t		knowledge;
	uint32_t	order;
} form;

static TABLE(form) forms;
static uint32_t n_documents;

static int
compare_keyed(const void *a, const void *b)
{
	const keyed *x = a,
			   *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* ---- strings: one copy of each ---- */

static struct
{
	uint32_t   *slots;
	size_t		n_slots;
	size_t		n;
} pool;

static void
pool_grow(void)
{
	uint32_t   *old = pool.slots;
	size_t		n_old = pool.n_slots;

	pool.n_slots = n_old ? 2 * n_old : 65536;
	pool.slots = grown(NULL, pool.n_slots * sizeof(uint32_t));
	memset(pool.slots, 0, pool.n_slots * sizeof(uint32_t));
	for (size_t i = 0; i < n_old; i++)
		if (old[i] != 0)
		{
			const char *s = strings.rows + old[i];
			size_t		at = hash_bytes(s, strlen(s)) % pool.n_slots;

			while (pool.slots[at] != 0)
				at = (at + 1) % pool.n_slots;
			pool.slots[at] = old[i];
		}
	free(old);
}

static uint32_t
string_of(const char *s)
{
	size_t		at;
	uint32_t	offset;

	if (strings.n == 0)
	{
		GROW(strings);
		strings.rows[strings.n++] = '\0';
	}
	if (s[0] == '\0')
		return 0;
	if (2 * pool.n >= pool.n_slots)
		pool_grow();
	at = hash_bytes(s, strlen(s)) % pool.n_slots;
	for (; pool.slots[at] != 0; at = (at + 1) % pool.n_slots)
		if (strcmp(strings.rows + pool.slots[at], s) == 0)
			return pool.slots[at];
	offset = (uint32_t) strings.n;
	do
	{
		GROW(strings);
		strings.rows[strings.n++] = *s;
	} while (*s++);
	pool.slots[at] = offset;
	pool.n++;
	return offset;
}

/* Countries and regions have numbers of 16 bits: rows of a table of their own. */
static TABLE(uint32_t) codes;

static uint16_t
code_of(const char *s)
{
	uint32_t	offset = string_of(s);

	for (size_t i = codes.n; i > 0; i--)
		if (codes.rows[i - 1] == offset)
			return (uint16_t) (i - 1);
	if (codes.n > UINT16_MAX)
		fail("too many countries and regions, at", s);
	GROW(codes);
	codes.rows[codes.n++] = offset;
	return (uint16_t) (codes.n - 1);
}

static const char *
code_text(uint16_t code)
{
	return strings.rows + codes.rows[code];
}

/* ---- reading ---- */

#define MAX_COLUMNS 10
#define MAX_LINE 65536

/* Calls row(columns, n) for each line of a file. */
static void
read_table(const char *path, void (*row) (char **columns, int n))
{
	static char line[MAX_LINE];
	gzFile		file = gzopen(path, "rb");

	if (file == NULL)
		fail("cannot read", path);
	while (gzgets(file, line, sizeof(line)) != NULL)
	{
		char	   *columns[MAX_COLUMNS];
		int			n = 0;
		size_t		length = strlen(line);

		if (length > 0 && line[length - 1] == '\n')
			line[--length] = '\0';
		else if (length == sizeof(line) - 1)
			fail("line too long in", path);
		if (strncmp(line, "# documents\t", 12) == 0)
			n_documents = (uint32_t) strtoul(line + 12, NULL, 10);
		if (line[0] == '#' || line[0] == '\0')
			continue;
		for (char *at = line; at != NULL && n < MAX_COLUMNS;)
		{
			columns[n++] = at;
			at = strchr(at, '\t');
			if (at != NULL)
				*at++ = '\0';
		}
		row(columns, n);
	}
	gzclose(file);
}

/* ---- words ---- */

static struct
{
	uint32_t   *slots;			/* row + 1 */
	size_t		n_slots;
} word_map;

/* Row of a word, made when new. */
static word_info *
word_row(const char *word)
{
	uint64_t	key = hash_bytes(word, strlen(word));
	size_t		at;

	if (word_map.n_slots == 0)
	{
		word_map.n_slots = 1u << 21;
		word_map.slots = grown(NULL, word_map.n_slots * sizeof(uint32_t));
		memset(word_map.slots, 0, word_map.n_slots * sizeof(uint32_t));
	}
	at = key & (word_map.n_slots - 1);
	for (; word_map.slots[at] != 0; at = (at + 1) & (word_map.n_slots - 1))
		if (word_keys.rows[word_map.slots[at] - 1] == key)
			return &words.rows[word_map.slots[at] - 1];
	if (2 * words.n > word_map.n_slots)
		fail("too many words, at", word);
	GROW(words);
	GROW(word_keys);
	memset(&words.rows[words.n], 0, sizeof(word_info));
	word_keys.rows[word_keys.n++] = key;
	word_map.slots[at] = (uint32_t) ++words.n;
	return &words.rows[words.n - 1];
}

static void
read_word(char **columns, int n)
{
	word_info  *info;

	if (n < 6)
		fail("too few columns for word", columns[0]);
	info = word_row(columns[0]);
	info->document_frequency = (uint32_t) strtoul(columns[1], NULL, 10);
	info->capital_share = (uint8_t) atoi(columns[2]);
	info->class_id = (uint16_t) atoi(columns[3]);
	info->class_path = (uint16_t) atoi(columns[4]);
	info->level = (uint8_t) atoi(columns[5]);
}

static void
read_bigram(char **columns, int n)
{
	unsigned long frequency;

	if (n < 3)
		fail("too few columns for bigram", columns[0]);
	frequency = strtoul(columns[2], NULL, 10);
	GROW(bigrams);
	bigrams.rows[bigrams.n] = (keyed)
	{
		hash_mix(hash_bytes(columns[0], strlen(columns[0])), hash_bytes(columns[1], strlen(columns[1]))),
			frequency > UINT16_MAX ? UINT16_MAX : (uint32_t) frequency, (uint32_t) bigrams.n
	};
	bigrams.n++;
}

static const struct
{
	const char *name;
	uint32_t	bit;
}			set_names[] = {
	{"speech_verb", SET_SPEECH_VERB}, {"speech_noun", SET_SPEECH_NOUN}, {"title", SET_TITLE}, {"role", SET_ROLE},
	{"group", SET_GROUP}, {"document", SET_DOCUMENT}, {"organization_noun", SET_ORGANIZATION_NOUN},
	{"organization_suffix", SET_ORGANIZATION_SUFFIX}, {"place_noun", SET_PLACE_NOUN},
	{"facility_noun", SET_FACILITY_NOUN}, {"month", SET_MONTH}, {"weekday", SET_WEEKDAY},
	{"number_word", SET_NUMBER_WORD}, {"female_name", SET_FEMALE_NAME}, {"male_name", SET_MALE_NAME},
	{"surname", SET_SURNAME}, {"female_noun", SET_FEMALE_NOUN}, {"male_noun", SET_MALE_NOUN},
	{"relative", SET_RELATIVE}, {"thought_verb", SET_THOUGHT_VERB}, {"stop", SET_STOP}, {"units", SET_UNITS}
};

static void
read_set(char **columns, int n)
{
	uint32_t	bit = 0;

	for (size_t i = 0; i < sizeof(set_names) / sizeof(set_names[0]); i++)
		if (strcmp(set_names[i].name, columns[0]) == 0)
			bit = set_names[i].bit;
	if (bit == 0 || n < 2)
		fail("not a set:", columns[0]);
	for (char *word = strtok(columns[1], " "); word != NULL; word = strtok(NULL, " "))
		word_row(word)->sets |= bit;
}

/* ---- names ---- */

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
	form		f = {NAME_CHAIN_SEED, NAME_CHAIN_SEED, types, prominence, row, (uint32_t) forms.n};

	cut_name(name, &cut);
	if (cut.n == 0 || cut.n >= MAX_NAME_TOKENS)
		return;
	for (int i = 0; i < cut.n; i++)
	{
		f.lower_key = hash_mix(f.lower_key, cut.lower[i]);
		f.form_key = hash_mix(f.form_key, cut.form[i]);
		GROW(prefixes);
		prefixes.rows[prefixes.n] = (keyed) {f.lower_key, i + 1 < cut.n, (uint32_t) prefixes.n};
		prefixes.n++;
		if (i == 0)
		{
			GROW(first_keys);
			first_keys.rows[first_keys.n++] = f.lower_key;
		}
	}
	GROW(forms);
	forms.rows[forms.n++] = f;
	if ((types & NAME_TYPE_NATIONALITY) && cut.n == 1 && row >= 0 && knowledge.rows[row].country != 0)
	{
		GROW(nationalities);
		nationalities.rows[nationalities.n] = (keyed)
		{
			cut.lower[0], codes.rows[knowledge.rows[row].country], (uint32_t) nationalities.n
		};
		nationalities.n++;
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
 */
static int32_t
known_row(uint8_t kind, const char *name, const char *country, const char *region, size_t *slot)
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
	if (2 * knowledge.n > knowledge_map.n_slots)
		fail("too many rows of knowledge, at", name);
	at = hash_mix(hash_bytes(name, strlen(name)), kind) & (knowledge_map.n_slots - 1);
	for (; knowledge_map.slots[at] != 0; at = (at + 1) & (knowledge_map.n_slots - 1))
	{
		int32_t		i = (int32_t) knowledge_map.slots[at] - 1;
		const stored_knowledge *row = &knowledge.rows[i];
		const char *row_country = code_text(row->country);
		const char *row_region = code_text(row->region);

		if (row->types_and_kind >> 24 != kind || strcmp(strings.rows + row->name, name) != 0
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
	int32_t		row = known_row(kind, name, columns[3], columns[8], &slot);
	uint32_t	prominence = (uint32_t) strtoul(columns[7], NULL, 10);
	stored_knowledge *k;

	if (row < 0)
	{
		GROW(knowledge);
		row = (int32_t) knowledge.n;
		knowledge.rows[knowledge.n++] = (stored_knowledge)
		{
			.name = string_of(name), .types_and_kind = (uint32_t) kind << 24, .longitude = NO_LOCATION
		};
		knowledge_map.slots[slot] = (uint32_t) row + 1;
	}
	k = &knowledge.rows[row];
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

static void
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
		prominence = knowledge.rows[row].prominence;
	}
	if (!only_canonical)
		add_forms(columns[1], types, prominence, row);
	for (char *alias = strtok(columns[2], "|"); alias != NULL; alias = strtok(NULL, "|"))
		add_forms(alias, types, prominence, row);
}

/* ---- writing ---- */

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
	stored_name name = {.form_tag = (uint32_t) forms.rows[start].form_key};
	size_t		first = name_knowledge.n;

	for (size_t i = start; i < end; i++)
	{
		bool		known = forms.rows[i].knowledge < 0;

		name.types |= forms.rows[i].types;
		for (size_t j = first; j < name_knowledge.n; j++)
			known |= (int32_t) name_knowledge.rows[j] == forms.rows[i].knowledge;
		if (known || name_knowledge.n - first == STORED_NAME_MAX_COUNT)
			continue;
		GROW(name_knowledge);
		name_knowledge.rows[name_knowledge.n++] = (uint32_t) forms.rows[i].knowledge;
	}
	if (first > STORED_NAME_MAX_FIRST)
		fail("too many names", "");
	name.knowledge = (uint32_t) first | (uint32_t) (name_knowledge.n - first) << 20;
	GROW(names);
	names.rows[names.n++] = name;
	return forms.rows[start].prominence;
}

/* Turns the forms into stored names: those of one lower-cased phrase side by side, the most prominent first. */
static void
store_names(void)
{
	qsort(forms.rows, forms.n, sizeof(form), compare_forms);
	for (size_t start = 0; start < forms.n;)
	{
		uint64_t	lower_key = forms.rows[start].lower_key;
		size_t		first = names.n;
		uint32_t	best = 0;

		GROW(name_rows);
		name_rows.rows[name_rows.n++] = (keyed) {lower_key, (uint32_t) first, 0};
		while (start < forms.n && forms.rows[start].lower_key == lower_key)
		{
			size_t		end = start;
			uint32_t	prominence;

			while (end < forms.n && forms.rows[end].lower_key == lower_key && forms.rows[end].form_key == forms.rows[start].form_key)
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
	uint32_t	n_slots = slots_for(words.n);
	word_slot  *slots = NEW_SLOTS(n_slots, word_slot);

	for (size_t i = 0; i < words.n; i++)
		INSERT(slots, n_slots, word_keys.rows[i], row, (word_slot) {(uint32_t) word_keys.rows[i], (uint32_t) i + 1});
	write_section(SECTION_WORD_SLOTS, slots, n_slots * sizeof(word_slot), n_slots);
	write_section(SECTION_WORDS, words.rows, words.n * sizeof(word_info), words.n);
	free(slots);
}

static void
write_bigrams(void)
{
	uint32_t	n_slots = slots_for(bigrams.n);
	bigram_slot *slots = NEW_SLOTS(n_slots, bigram_slot);

	for (size_t i = 0; i < bigrams.n; i++)
	{
		uint64_t	key = bigrams.rows[i].key;

		if (bigrams.rows[i].value > 0)
			INSERT(slots, n_slots, key, frequency,
				   (bigram_slot) {(uint32_t) key, (uint16_t) (key >> 32), (uint16_t) bigrams.rows[i].value});
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

	qsort(prefixes.rows, prefixes.n, sizeof(keyed), compare_keyed);
	for (size_t i = 0; i < prefixes.n; i++)
		n_keys += i == 0 || prefixes.rows[i].key != prefixes.rows[i - 1].key;
	n_slots = slots_for(n_keys);
	slots = NEW_SLOTS(n_slots, name_slot);
	for (size_t i = 0; i < prefixes.n;)
	{
		uint64_t	key = prefixes.rows[i].key;
		uint32_t	value = 0;

		for (; i < prefixes.n && prefixes.rows[i].key == key; i++)
			if (prefixes.rows[i].value)
				value = NAME_SLOT_LONGER;
		if (next_row < name_rows.n && name_rows.rows[next_row].key == key)
			value |= name_rows.rows[next_row++].value + 1;
		INSERT(slots, n_slots, key, value, (name_slot) {(uint32_t) key, value});
	}
	write_section(SECTION_NAME_SLOTS, slots, n_slots * sizeof(name_slot), n_slots);
	write_section(SECTION_NAMES, names.rows, names.n * sizeof(stored_name), names.n);
	write_section(SECTION_NAME_KNOWLEDGE, name_knowledge.rows, name_knowledge.n * sizeof(uint32_t), name_knowledge.n);
	write_section(SECTION_CODES, codes.rows, codes.n * sizeof(uint32_t), codes.n);
	write_section(SECTION_KNOWLEDGE, knowledge.rows, knowledge.n * sizeof(stored_knowledge), knowledge.n);
	free(slots);
}

#define N_FILTER_BITS (1u << 19)

static void
write_filter(void)
{
	static uint8_t filter[N_FILTER_BITS / 8];

	for (size_t i = 0; i < first_keys.n; i++)
	{
		uint32_t	bit = (uint32_t) (first_keys.rows[i] >> 40) & (N_FILTER_BITS - 1);

		filter[bit >> 3] |= (uint8_t) (1 << (bit & 7));
	}
	write_section(SECTION_NAME_FILTER, filter, sizeof(filter), N_FILTER_BITS);
}

static void
write_nationalities(void)
{
	uint32_t	n_slots = slots_for(nationalities.n);
	nationality_slot *slots = NEW_SLOTS(n_slots, nationality_slot);

	qsort(nationalities.rows, nationalities.n, sizeof(keyed), compare_keyed);
	for (size_t i = 0; i < nationalities.n; i++)
		if (i == 0 || nationalities.rows[i].key != nationalities.rows[i - 1].key)
			INSERT(slots, n_slots, nationalities.rows[i].key, country,
				   (nationality_slot) {(uint32_t) nationalities.rows[i].key, nationalities.rows[i].value});
	write_section(SECTION_NATIONALITIES, slots, n_slots * sizeof(nationality_slot), n_slots);
	free(slots);
}

static void
write_lexicon(const char *path)
{
	output = fopen(path, "wb");
	if (output == NULL)
		fail("cannot write", path);
	header.magic = LEXICON_MAGIC;
	header.n_documents = n_documents;
	fwrite(&header, sizeof(header), 1, output);
	write_filter();
	write_words();
	write_bigrams();
	write_names();
	write_nationalities();
	write_section(SECTION_STRINGS, strings.rows, strings.n, strings.n);
	fseek(output, 0, SEEK_SET);
	fwrite(&header, sizeof(header), 1, output);
	if (fclose(output) != 0)
		fail("cannot write", path);
}

static int
compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

int
main(int argc, char **argv)
{
	static const struct
	{
		const char *prefix;
		void		(*row) (char **columns, int n);
	}			tables[] = {
		{"words", read_word}, {"bigrams", read_bigram}, {"sets", read_set}, {"names", read_name}
	};
	char	   *files[N_FILES_MAX];
	int			n_files = 0;
	DIR		   *directory;

	if (argc != 3)
		fail("usage: lexicon_build DIRECTORY OUTPUT", "");
	directory = opendir(argv[1]);
	if (directory == NULL)
		fail("cannot read", argv[1]);
	for (struct dirent *entry; (entry = readdir(directory)) != NULL && n_files < N_FILES_MAX;)
		if (strstr(entry->d_name, ".tsv") != NULL && entry->d_name[0] != '.')
			files[n_files++] = strdup(entry->d_name);
	closedir(directory);
	qsort(files, n_files, sizeof(files[0]), compare_text);
	code_of("");
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (int j = 0; j < n_files; j++)
			if (strncmp(files[j], tables[i].prefix, strlen(tables[i].prefix)) == 0)
			{
				char		path[4096];

				snprintf(path, sizeof(path), "%s/%s", argv[1], files[j]);
				read_table(path, tables[i].row);
			}
	store_names();
	write_lexicon(argv[2]);
	printf("lexicon: %zu words, %zu bigrams, %zu names in %zu forms, %zu rows of knowledge, %ld KB\n",
		   words.n, bigrams.n, name_rows.n, names.n, knowledge.n,
		   (long) (header.offset[SECTION_STRINGS] + strings.n) / 1024);
	return 0;
}
