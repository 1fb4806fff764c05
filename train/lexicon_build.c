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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lexicon_build.h"

#define N_FILES_MAX 256

lexicon_draft draft;

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

void
fail(const char *what, const char *which)
{
	fprintf(stderr, "lexicon_build: %s %s\n", what, which);
	exit(1);
}

void *
grown(void *old, size_t n_bytes)
{
	void	   *memory = realloc(old, n_bytes ? n_bytes : 1);

	if (memory == NULL)
		fail("out of memory", "");
	return memory;
}

/* One copy of each string, found by an open-addressed table of offsets. */
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
			const char *s = draft.strings.rows + old[i];
			size_t		at = hash_bytes(s, strlen(s)) % pool.n_slots;

			while (pool.slots[at] != 0)
				at = (at + 1) % pool.n_slots;
			pool.slots[at] = old[i];
		}
	free(old);
}

uint32_t
string_of(const char *s)
{
	size_t		at;
	uint32_t	offset;

	if (draft.strings.n == 0)
	{
		GROW(draft.strings);
		draft.strings.rows[draft.strings.n++] = '\0';
	}
	if (s[0] == '\0')
		return 0;
	if (2 * pool.n >= pool.n_slots)
		pool_grow();
	at = hash_bytes(s, strlen(s)) % pool.n_slots;
	for (; pool.slots[at] != 0; at = (at + 1) % pool.n_slots)
		if (strcmp(draft.strings.rows + pool.slots[at], s) == 0)
			return pool.slots[at];
	offset = (uint32_t) draft.strings.n;
	do
	{
		GROW(draft.strings);
		draft.strings.rows[draft.strings.n++] = *s;
	} while (*s++);
	pool.slots[at] = offset;
	pool.n++;
	return offset;
}

/* Countries and regions have numbers of 16 bits: rows of a table of their own. */
uint16_t
code_of(const char *s)
{
	uint32_t	offset = string_of(s);

	for (size_t i = draft.codes.n; i > 0; i--)
		if (draft.codes.rows[i - 1] == offset)
			return (uint16_t) (i - 1);
	if (draft.codes.n > UINT16_MAX)
		fail("too many countries and regions, at", s);
	GROW(draft.codes);
	draft.codes.rows[draft.codes.n++] = offset;
	return (uint16_t) (draft.codes.n - 1);
}

const char *
code_text(uint16_t code)
{
	return draft.strings.rows + draft.codes.rows[code];
}

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
			draft.n_documents = (uint32_t) strtoul(line + 12, NULL, 10);
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

/* Rows of words by the hash of the word. */
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
		if (draft.word_keys.rows[word_map.slots[at] - 1] == key)
			return &draft.words.rows[word_map.slots[at] - 1];
	if (2 * draft.words.n > word_map.n_slots)
		fail("too many words, at", word);
	GROW(draft.words);
	GROW(draft.word_keys);
	memset(&draft.words.rows[draft.words.n], 0, sizeof(word_info));
	draft.word_keys.rows[draft.word_keys.n++] = key;
	word_map.slots[at] = (uint32_t) ++draft.words.n;
	return &draft.words.rows[draft.words.n - 1];
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
	GROW(draft.bigrams);
	draft.bigrams.rows[draft.bigrams.n] = (keyed)
	{
		hash_mix(hash_bytes(columns[0], strlen(columns[0])), hash_bytes(columns[1], strlen(columns[1]))),
			frequency > UINT16_MAX ? UINT16_MAX : (uint32_t) frequency, (uint32_t) draft.bigrams.n
	};
	draft.bigrams.n++;
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
	write_lexicon(argv[2]);
	return 0;
}
