/*
 * lemma_train.c - rules and exceptions for lemmas (see lemma_train.h).
 *
 * A word of a treebank or a dictionary votes for its edit under each of its
 * ends, up to LEMMA_LONGEST_END bytes.  An end becomes a rule when most of its words
 * want another edit than the next shorter end gives; a word that the rules
 * get wrong becomes an exception.
 */
#include "lemma_train.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/tagset.h"
#include "text/reading.h"

#define DICTIONARY_WEIGHT 0.4f
#define COPY_WEIGHT 0.3f		/* of a lower-cased word that stands for the same word with capitals */
#define CLEAR 0.5f				/* share of an end's words that a rule must be right for */
#define LONGEST 120
#define MAX_LEVEL 60			/* SCOWL levels of words that may be lemmas */

typedef struct type				/* a word under a group; many of them until merged */
{
	uint64_t	group;
	const char *lower;
	const char *form;
	const char *lemma;
	uint32_t	n_bytes;
	int32_t		edit;
	float		weight;
} type;

typedef struct vote
{
	uint64_t	key;
	uint64_t	parent;
	int32_t		edit;
	uint32_t	n;
	float		weight;
} vote;

typedef struct node
{
	uint64_t	key;
	uint64_t	parent;
	uint32_t	n;
	int32_t		best;			/* edit */
	float		best_weight;
	float		weight;			/* of all its words */
	uint32_t	n_words;
	int32_t		edit;			/* what the rules give here */
	bool		is_rule;
	bool		has_longer;
} node;

struct lemma_trainer
{
	arena	   *memory;
	type	   *types;
	int32_t		n_types;
	int32_t		types_capacity;
	lemma_edit *edits;
	int32_t		n_edits;
	int32_t		edits_capacity;
	char		strings[65536];
	uint32_t	n_string_bytes;
	node	   *nodes;
	size_t		n_nodes;
	size_t		first_of[LEMMA_LONGEST_END + 2];	/* nodes of ends of n bytes */
};

lemma_trainer *
lemma_trainer_create(arena *memory)
{
	lemma_trainer *t = arena_zero(memory, sizeof(lemma_trainer));

	t->memory = memory;
	return t;
}

/* --- edits ---------------------------------------------------------------------- */

static uint16_t
string_at(lemma_trainer *t, const char *s)
{
	uint32_t	at = 0;

	while (at < t->n_string_bytes)
	{
		if (strcmp(t->strings + at, s) == 0)
			return (uint16_t) at;
		at += (uint32_t) strlen(t->strings + at) + 1;
	}
	if (at + strlen(s) + 1 > sizeof(t->strings))
		return UINT16_MAX;
	strcpy(t->strings + at, s);
	t->n_string_bytes = at + (uint32_t) strlen(s) + 1;
	return (uint16_t) at;
}

static uint32_t
common(const char *a, const char *b, uint32_t n)
{
	uint32_t	i = 0;

	while (i < n && b[i] && a[i] == b[i])
		i++;
	return i;
}

/* The edit that keeps most of the word; -1 when there is no room for its string. */
static int32_t
edit_for(lemma_trainer *t, bool minds_letters, const char *form, const char *lower, uint32_t n_bytes, const char *lemma)
{
	char		capital[LONGEST + 1];
	uint32_t	kept[3] = {common(lower, lemma, n_bytes), 0, 0};
	lemma_edit	e = {LEMMA_LOWER, 0, 0};

	memcpy(capital, lower, n_bytes + 1);
	if (capital[0] >= 'a' && capital[0] <= 'z')
		capital[0] = (char) (capital[0] - 'a' + 'A');
	kept[LEMMA_CAPITAL] = common(capital, lemma, n_bytes);
	if (minds_letters && strlen(form) == n_bytes)
		kept[LEMMA_FORM] = common(form, lemma, n_bytes);
	for (uint8_t k = 1; k < 3; k++)
		if (kept[k] > kept[e.letters])
			e.letters = k;
	e.strip = (uint8_t) (n_bytes - kept[e.letters]);
	e.append = string_at(t, lemma + kept[e.letters]);
	if (e.append == UINT16_MAX)
		return -1;
	for (int32_t i = 0; i < t->n_edits; i++)
		if (memcmp(&t->edits[i], &e, sizeof(e)) == 0)
			return i;
	t->edits = arena_grow(t->memory, t->edits, t->n_edits, &t->edits_capacity, sizeof(lemma_edit));
	t->edits[t->n_edits] = e;
	return t->n_edits++;
}

static void
add_type(lemma_trainer *t, uint64_t group, bool minds_letters, const char *form, const char *lower, uint32_t n_bytes, const char *lemma, float weight)
{
	int32_t		edit;
	type	   *x;

	if (n_bytes == 0 || n_bytes > LONGEST || strlen(lemma) > LONGEST || strcmp(lemma, "_") == 0)
		return;
	edit = edit_for(t, minds_letters, form, lower, n_bytes, lemma);
	if (edit < 0)
		return;
	t->types = arena_grow(t->memory, t->types, t->n_types, &t->types_capacity, sizeof(type));
	x = &t->types[t->n_types++];
	*x = (type) {group, lower, form, lemma, n_bytes, edit, weight};
}

/* --- words ------------------------------------------------------------------------ */

static bool
is_lower(const char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			return false;
	return true;
}

/* A word as if it stood in a text with given letter case and tag. */
static uint64_t
group_as(uint8_t upos, uint8_t xpos, uint32_t flags)
{
	token		x = {0};

	x.upos = upos;
	x.xpos = xpos;
	x.flags = flags;
	x.word = -1;
	return lemma_group(&x);
}

static void
add_word(lemma_trainer *t, uint8_t xpos, const char *lower, const char *lemma, float weight)
{
	uint32_t	n_bytes = (uint32_t) strlen(lower);
	bool		minds = lemma_minds_letters(xpos);

	add_type(t, group_as(UPOS_X, xpos, 0), minds, lower, lower, n_bytes, lemma, weight);
	if (!minds || xpos == XPOS_NNP || xpos == XPOS_NNPS)
		return;
	add_type(t, group_as(UPOS_X, xpos, TOKEN_INITIAL_CAPITAL), minds, lower, lower, n_bytes, lemma, weight * COPY_WEIGHT);
	add_type(t, group_as(UPOS_X, xpos, TOKEN_INITIAL_CAPITAL | TOKEN_ALL_CAPITALS), minds, lower, lower, n_bytes,
			 lemma, weight * COPY_WEIGHT);
}

void
lemma_trainer_add(lemma_trainer *t, const gold_document *documents, int32_t n)
{
	for (int32_t d = 0; d < n; d++)
		for (int32_t i = 0; i < documents[d].doc->n_tokens; i++)
		{
			const gold_token *g = &documents[d].gold[i];
			const document *doc = documents[d].doc;
			token		x = doc->tokens[i];
			const char *form = arena_text(t->memory, doc->text + x.start_byte, x.end_byte - x.start_byte);

			x.upos = g->upos;
			x.xpos = g->xpos;
			if (!(x.flags & TOKEN_INITIAL_CAPITAL) && is_lower(g->lemma))
				add_word(t, g->xpos, x.lower, g->lemma, 1);
			if ((x.flags & TOKEN_INITIAL_CAPITAL) || !is_lower(g->lemma) || g->upos == UPOS_AUX)
				add_type(t, lemma_group(&x), lemma_minds_letters(x.xpos), form, x.lower, x.lower_bytes, g->lemma, 1);
		}
}

static bool
ends_with(const char *s, const char *end)
{
	size_t		n = strlen(s),
				m = strlen(end);

	return n > m && strcmp(s + n - m, end) == 0;
}

static void
add_exceptions(lemma_trainer *t, const char *folder, const char *part)
{
	char		path[4096];
	char	   *line;

	snprintf(path, sizeof(path), "%s/%s.exc", folder, part);
	line = read_whole_file(t->memory, path, NULL);
	while (line && *line)
	{
		char	   *end = strchr(line, '\n'),
				   *lemma,
				   *stop;

		if (end)
			*end++ = '\0';
		lemma = strchr(line, ' ');
		if (lemma && !strchr(line, '_'))
		{
			*lemma++ = '\0';
			if ((stop = strchr(lemma, ' ')))
				*stop = '\0';
			if (part[0] == 'n')
				add_word(t, XPOS_NNS, line, lemma, DICTIONARY_WEIGHT);
			else if (part[0] == 'a')
				add_word(t, ends_with(line, "st") ? XPOS_JJS : XPOS_JJR, line, lemma, DICTIONARY_WEIGHT);
			else if (ends_with(line, "ing"))
				add_word(t, XPOS_VBG, line, lemma, DICTIONARY_WEIGHT);
			else if (ends_with(line, "s"))
				add_word(t, XPOS_VBZ, line, lemma, DICTIONARY_WEIGHT);
			else
			{
				add_word(t, XPOS_VBD, line, lemma, DICTIONARY_WEIGHT);
				add_word(t, XPOS_VBN, line, lemma, DICTIONARY_WEIGHT);
			}
		}
		line = end;
	}
}

typedef struct known
{
	const char *word;
	int			level;
} known;

static int
by_word(const void *a, const void *b)
{
	return strcmp(((const known *) a)->word, ((const known *) b)->word);
}

static bool
is_vowel(char c)
{
	return strchr("aeiou", c) != NULL;
}

/* Regular inflection: the stem before -ed, -ing, -er, -est. */
static void
stem_of(const char *lemma, char *stem)
{
	size_t		n = strlen(lemma);
	size_t		vowels = 0;

	strcpy(stem, lemma);
	for (size_t i = 0; i < n; i++)
		vowels += is_vowel(lemma[i]) && (i == 0 || !is_vowel(lemma[i - 1]));
	if (n > 2 && lemma[n - 1] == 'e' && !strchr("eoy", lemma[n - 2]))
		stem[n - 1] = '\0';
	else if (n > 2 && vowels == 1 && is_vowel(lemma[n - 2]) && !is_vowel(lemma[n - 3]) && !is_vowel(lemma[n - 1]) &&
			 !strchr("wxy", lemma[n - 1]))
	{
		stem[n] = lemma[n - 1];
		stem[n + 1] = '\0';
	}
}

/* Adds stem + end under a tag when the list has that word too. */
static void
add_regular(lemma_trainer *t, const known *words, size_t n, const char *stem, const char *end, uint8_t xpos, const char *lemma)
{
	char		form[LONGEST * 2];
	known		x = {form, 0};
	const known *found;

	snprintf(form, sizeof(form), "%s%s", stem, end);
	found = bsearch(&x, words, n, sizeof(known), by_word);
	if (found)
		add_word(t, xpos, found->word, lemma, DICTIONARY_WEIGHT);
}

static void
add_inflections(lemma_trainer *t, const known *words, size_t n, const char *lemma)
{
	char		stem[LONGEST + 8];
	size_t		length = strlen(lemma);
	char		last = lemma[length - 1];

	stem_of(lemma, stem);
	add_regular(t, words, n, stem, "ing", XPOS_VBG, lemma);
	if (last == 'y' && length > 2 && !is_vowel(lemma[length - 2]))
	{
		strcpy(stem, lemma);
		strcpy(stem + length - 1, "i");
		add_regular(t, words, n, stem, "es", XPOS_VBZ, lemma);
		add_regular(t, words, n, stem, "es", XPOS_NNS, lemma);
	}
	else
	{
		bool		hisses = strchr("sxz", last) || ends_with(lemma, "ch") || ends_with(lemma, "sh");

		add_regular(t, words, n, lemma, hisses ? "es" : "s", XPOS_VBZ, lemma);
		add_regular(t, words, n, lemma, hisses ? "es" : "s", XPOS_NNS, lemma);
	}
	add_regular(t, words, n, stem, "ed", XPOS_VBD, lemma);
	add_regular(t, words, n, stem, "ed", XPOS_VBN, lemma);
	add_regular(t, words, n, stem, "er", XPOS_JJR, lemma);
	add_regular(t, words, n, stem, "est", XPOS_JJS, lemma);
}

void
lemma_trainer_add_dictionaries(lemma_trainer *t, const char *wordnet, const char *scowl)
{
	static const char *const parts[] = {"noun", "verb", "adj"};
	char	   *line = strchr(read_whole_file(t->memory, scowl, NULL), '\n');
	known	   *words = malloc(sizeof(known) * 200000);
	size_t		n = 0;

	for (int i = 0; i < 3; i++)
		add_exceptions(t, wordnet, parts[i]);
	while (line && *++line && n < 200000)
	{
		char	   *end = strchr(line, '\n');
		char	   *tab = strchr(line, '\t');

		if (end)
			*end = '\0';
		if (tab && strncmp(tab, "\twords\t", 7) == 0)
		{
			*tab = '\0';
			words[n].word = line;
			words[n++].level = atoi(tab + 7);
		}
		line = end;
	}
	qsort(words, n, sizeof(known), by_word);
	for (size_t i = 0; i < n; i++)
		if (words[i].level <= MAX_LEVEL && strlen(words[i].word) > 2 && strlen(words[i].word) < LONGEST)
			add_inflections(t, words, n, words[i].word);
	free(words);
}

/* --- rules -------------------------------------------------------------------------- */

static int
by_type(const void *a, const void *b)
{
	const type *x = a,
			   *y = b;
	int			c;

	if (x->group != y->group)
		return x->group < y->group ? -1 : 1;
	c = strcmp(x->lower, y->lower);
	return c ? c : x->edit - y->edit;
}

/* One row a word and group, with its most frequent edit; weight becomes logarithmic. */
static void
merge_types(lemma_trainer *t)
{
	int32_t		to = 0;

	qsort(t->types, (size_t) t->n_types, sizeof(type), by_type);
	for (int32_t i = 0; i < t->n_types;)
	{
		type		best = t->types[i];
		float		total = 0;

		best.weight = 0;
		for (const type first = t->types[i]; i < t->n_types && t->types[i].group == first.group && strcmp(t->types[i].lower, first.lower) == 0;)
		{
			type		x = t->types[i];

			for (i++; i < t->n_types && by_type(&x, &t->types[i]) == 0; i++)
				x.weight += t->types[i].weight;
			total += x.weight;
			if (x.weight > best.weight)
				best = x;
		}
		best.weight = log2f(1 + total);
		t->types[to++] = best;
	}
	t->n_types = to;
}

static int
by_vote(const void *a, const void *b)
{
	const vote *x = a,
			   *y = b;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->edit - y->edit;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t	x = ((const node *) a)->key,
				y = ((const node *) b)->key;

	return x < y ? -1 : x > y;
}

static node *
node_of(const lemma_trainer *t, uint64_t key, uint32_t n)
{
	node		x = {.key = key};

	return bsearch(&x, t->nodes + t->first_of[n], t->first_of[n + 1] - t->first_of[n], sizeof(node), by_key);
}

static void
count_votes(lemma_trainer *t)
{
	vote	   *votes = malloc(sizeof(vote) * (size_t) t->n_types * (LEMMA_LONGEST_END + 1));
	size_t		n_votes = 0;

	for (int32_t i = 0; i < t->n_types; i++)
	{
		const type *x = &t->types[i];
		uint64_t	parent = 0;

		for (uint32_t n = 0; n <= LEMMA_LONGEST_END && n <= x->n_bytes; n++)
		{
			uint64_t	key = lemma_end_key(x->group, x->lower, x->n_bytes, n);

			votes[n_votes++] = (vote) {key, parent, x->edit, n, x->weight};
			parent = key;
		}
	}
	qsort(votes, n_votes, sizeof(vote), by_vote);
	t->nodes = calloc(n_votes + 1, sizeof(node));
	for (size_t i = 0; i < n_votes;)
	{
		node	   *x = &t->nodes[t->n_nodes++];

		*x = (node) {.key = votes[i].key,.parent = votes[i].parent,.n = votes[i].n,.best = -1};
		while (i < n_votes && votes[i].n == x->n && votes[i].key == x->key)
		{
			int32_t		edit = votes[i].edit;
			float		weight = 0;

			for (; i < n_votes && votes[i].n == x->n && votes[i].key == x->key && votes[i].edit == edit; i++, x->n_words++)
				weight += votes[i].weight;
			x->weight += weight;
			if (weight > x->best_weight)
			{
				x->best = edit;
				x->best_weight = weight;
			}
		}
	}
	for (size_t i = 0; i < t->n_nodes; i++)
		t->first_of[t->nodes[i].n + 1] = i + 1;
	for (uint32_t n = 1; n <= LEMMA_LONGEST_END + 1; n++)
		if (t->first_of[n] < t->first_of[n - 1])
			t->first_of[n] = t->first_of[n - 1];
	free(votes);
}

static size_t
choose_rules(lemma_trainer *t)
{
	size_t		n_kept = 0;

	for (size_t i = 0; i < t->n_nodes; i++)
	{
		node	   *x = &t->nodes[i];
		const node *parent = x->n ? node_of(t, x->parent, x->n - 1) : NULL;

		x->edit = parent ? parent->edit : x->best;
		x->is_rule = !parent || (x->best != parent->edit && x->n_words >= 2 && x->best_weight >= CLEAR * x->weight);
		if (x->is_rule)
			x->edit = x->best;
	}
	for (size_t i = t->n_nodes; i-- > 0;)
	{
		node	   *x = &t->nodes[i];

		n_kept += x->is_rule || x->has_longer;
		if (x->n && (x->is_rule || x->has_longer))
			node_of(t, x->parent, x->n - 1)->has_longer = true;
	}
	return n_kept;
}

static int32_t
edit_by_rules(const lemma_trainer *t, const type *x)
{
	int32_t		edit = -1;

	for (uint32_t n = 0; n <= LEMMA_LONGEST_END && n <= x->n_bytes; n++)
	{
		const node *at = node_of(t, lemma_end_key(x->group, x->lower, x->n_bytes, n), n);

		if (!at)
			break;
		edit = at->edit;
	}
	return edit;
}

static bool
same_result(const lemma_trainer *t, const type *x, int32_t edit)
{
	char		a[LONGEST * 2 + 64],
				b[LONGEST * 2 + 64];

	if (edit < 0)
		return false;
	lemma_apply(&t->edits[edit], t->strings + t->edits[edit].append, x->form, x->lower, x->n_bytes, a);
	lemma_apply(&t->edits[x->edit], t->strings + t->edits[x->edit].append, x->form, x->lower, x->n_bytes, b);
	return strcmp(a, b) == 0;
}

static void
put(weights_slot *slots, uint32_t mask, uint64_t key, uint32_t row)
{
	uint32_t	at = (uint32_t) key & mask;

	while (slots[at].row)
		at = (at + 1) & mask;
	slots[at].check = (uint32_t) (key >> 32);
	slots[at].row = row;
}

void *
lemma_trainer_make(lemma_trainer *t, size_t *n_bytes)
{
	lemma_header h = {.magic = LEMMA_MAGIC};
	size_t		n_rows,
				n_exceptions = 0,
				n_slots;
	weights_slot *slots;
	char	   *image;

	merge_types(t);
	count_votes(t);
	n_rows = choose_rules(t);
	for (int32_t i = 0; i < t->n_types; i++)
		n_exceptions += !same_result(t, &t->types[i], edit_by_rules(t, &t->types[i]));
	for (h.log2_slots = 4; ((size_t) 1 << h.log2_slots) < (n_rows + n_exceptions) * 4 / 3; h.log2_slots++)
		;
	n_slots = (size_t) 1 << h.log2_slots;
	h.n_edits = (uint32_t) t->n_edits;
	h.n_string_bytes = t->n_string_bytes;
	*n_bytes = sizeof(h) + n_slots * sizeof(weights_slot) + h.n_edits * sizeof(lemma_edit) + h.n_string_bytes;
	image = arena_zero(t->memory, *n_bytes);
	memcpy(image, &h, sizeof(h));
	slots = (weights_slot *) (image + sizeof(h));
	for (size_t i = 0; i < t->n_nodes; i++)
		if (t->nodes[i].is_rule || t->nodes[i].has_longer)
			put(slots, (uint32_t) n_slots - 1, t->nodes[i].key,
				(t->nodes[i].is_rule ? (uint32_t) (t->nodes[i].edit + 1) * 2 : 0) | t->nodes[i].has_longer);
	for (int32_t i = 0; i < t->n_types; i++)
		if (!same_result(t, &t->types[i], edit_by_rules(t, &t->types[i])))
			put(slots, (uint32_t) n_slots - 1, lemma_word_key(t->types[i].group,
															   hash_bytes(t->types[i].lower, t->types[i].n_bytes)),
				(uint32_t) (t->types[i].edit + 1) * 2);
	memcpy(slots + n_slots, t->edits, h.n_edits * sizeof(lemma_edit));
	memcpy((char *) (slots + n_slots) + h.n_edits * sizeof(lemma_edit), t->strings, h.n_string_bytes);
	printf("lemmas: %d words, %zu rules, %zu exceptions, %d edits, %zu bytes\n", t->n_types, n_rows, n_exceptions,
		   t->n_edits, *n_bytes);
	return image;
}
