/*
 * phrases.c - candidates: runs of adjectives, nouns and names that end in a noun or a name.
 *
 * A run stays inside a sentence and breaks at days, months and quotation marks; hyphens hold it
 * together.  Adjectives that tell nothing ("several", "new") are cut off its front, and all but the last
 * MAX_PHRASE_WORDS words.  A run that ends in a name behind a title or a role gives the name alone,
 * without what stands before it ("former President").  Two runs with the same stems are one phrase.
 */
#include "topic/phrases.h"

#include <string.h>

#include "lexicon/lexicon.h"
#include "topic/terms.h"

/* Adjectives that make no phrase of their own, ordered. */
static const char *const vague[] = {
	"able", "additional", "available", "bad", "best", "better", "big", "bigger", "biggest", "certain", "clear", "current",
	"different", "due", "early", "entire", "few", "first", "former", "full", "further", "future", "good", "great",
	"greater", "high", "huge", "important", "large", "larger", "largest", "last", "late", "latest", "least", "less",
	"likely", "little", "long", "longtime", "low", "main", "major", "many", "more", "most", "much", "new", "next",
	"numerous", "old", "only", "other", "own", "past", "possible", "previous", "recent", "same", "second", "several",
	"short", "similar", "small", "special", "such", "third", "top", "total", "various", "whole"
};

#define N_VAGUE ((int) (sizeof(vague) / sizeof(vague[0])))

typedef struct slot
{
	uint64_t	hash;
	int32_t		value;			/* index + 1; 0 = empty */
} slot;

typedef struct builder
{
	const document *doc;
	phrases		out;
	slot	   *types;			/* lower_hash -> word */
	slot	   *stems;			/* stem's hash -> word */
	slot	   *keys;			/* phrase's key -> phrase */
	uint64_t	mask;
} builder;

static slot *
find_slot(slot *slots, uint64_t mask, uint64_t hash)
{
	for (uint64_t at = hash & mask;; at = (at + 1) & mask)
		if (slots[at].value == 0 || slots[at].hash == hash)
			return &slots[at];
}

static bool
is_vague(const token *t)
{
	int			low = 0,
				high = N_VAGUE;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(vague[middle], t->lower);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool
is_nominal(const token *t)
{
	if (t->upos != UPOS_NOUN && t->upos != UPOS_PROPN && t->upos != UPOS_ADJ)
		return false;
	return (t->flags & (TOKEN_HAS_LETTER | TOKEN_URL | TOKEN_CLITIC)) == TOKEN_HAS_LETTER &&
		!(lexicon_sets(t) & (SET_MONTH | SET_WEEKDAY));
}

/* A hyphen between two words without white space. */
static bool
joins(const document *doc, int32_t i, int32_t end)
{
	return i >= 0 && i + 1 < end && doc->tokens[i].lower[0] == '-' && doc->tokens[i].lower[1] == 0 &&
		!((doc->tokens[i].flags | doc->tokens[i + 1].flags) & TOKEN_SPACE_BEFORE) && is_nominal(&doc->tokens[i + 1]);
}

static int32_t
word_of(builder *b, const token *t, int32_t at)
{
	slot	   *type = find_slot(b->types, b->mask, t->lower_hash);
	phrase_word *w;

	if (type->value == 0)
	{
		uint32_t	n_bytes,
					frequency = t->word >= 0 ? lexicon_word_info(t->word)->document_frequency : 0;
		const char *stem = stem_of(t->lower, t->lower_bytes, &n_bytes);
		uint64_t	hash = hash_bytes(stem, n_bytes);
		slot	   *known = find_slot(b->stems, b->mask, hash);

		if (known->value == 0)
		{
			b->out.words[b->out.n_words] = (phrase_word) {.hash = hash,.first = at};
			*known = (slot) {hash, ++b->out.n_words};
		}
		*type = (slot) {t->lower_hash, known->value};
		w = &b->out.words[known->value - 1];
		if (frequency > w->document_frequency)
			w->document_frequency = frequency;
	}
	return type->value - 1;
}

/* Where the name begins in a run [start, end) that has a title or a role before a name ("former President Ana Ruiz"), else `start`. */
static int32_t
start_of_name(const document *doc, int32_t start, int32_t end)
{
	int32_t		at = end;

	while (at > start && doc->tokens[at - 1].upos == UPOS_PROPN &&
		   !(lexicon_sets(&doc->tokens[at - 1]) & (SET_TITLE | SET_ROLE)))
		at--;
	if (at == end || at == start || !(lexicon_sets(&doc->tokens[at - 1]) & (SET_TITLE | SET_ROLE)))
		return start;
	return at;
}

static void
add_occurrence(builder *b, uint64_t key, const int32_t *words, int32_t n_words, int32_t start, int32_t end, bool is_name)
{
	slot	   *at = find_slot(b->keys, b->mask, key);
	int32_t		o = b->out.n_occurrences++;
	phrase	   *p;

	if (at->value == 0)
	{
		p = &b->out.all[b->out.n++];
		*p = (phrase) {.key = key,.n_words = n_words,.first_occurrence = o,.last_occurrence = o,.is_name = true};
		memcpy(p->words, words, sizeof(int32_t) * (size_t) n_words);
		*at = (slot) {key, b->out.n};
	}
	else
	{
		p = &b->out.all[at->value - 1];
		b->out.occurrences[p->last_occurrence].next = o;
		p->last_occurrence = o;
	}
	b->out.occurrences[o] = (occurrence) {start, end, -1, (int32_t) (p - b->out.all)};
	p->count++;
	p->is_name &= is_name;
}

static void
add_run(builder *b, int32_t start, int32_t end)
{
	const token *tokens = b->doc->tokens;
	int32_t		words[MAX_PHRASE_WORDS];
	int32_t		n_words = 0;
	uint64_t	key = 0;
	bool		is_name = true;

	while (end > start && tokens[end - 1].upos != UPOS_NOUN && tokens[end - 1].upos != UPOS_PROPN)
		end--;
	start = start_of_name(b->doc, start, end);
	while (start < end && (!is_nominal(&tokens[start]) || (tokens[start].upos == UPOS_ADJ && is_vague(&tokens[start]))))
		start++;
	for (int32_t i = end - 1; i >= start; i--)
		if (is_nominal(&tokens[i]) && ++n_words == MAX_PHRASE_WORDS)
			start = i;
	if (n_words == 0 || (n_words == 1 && tokens[end - 1].lower_bytes < 3))
		return;
	if (joins(b->doc, start - 1, end) && start >= 2 && tokens[start - 2].upos == UPOS_NUM)
		start -= 2;				/* "987-foot tanker" */
	n_words = 0;
	for (int32_t i = start; i < end; i++)
		if (is_nominal(&tokens[i]))
		{
			words[n_words] = word_of(b, &tokens[i], i);
			key = hash_mix(key, b->out.words[words[n_words]].hash);
			is_name &= tokens[i].upos == UPOS_PROPN;
			n_words++;
		}
	add_occurrence(b, key, words, n_words, start, end, is_name);
}

static void
read_sentence(builder *b, const sentence *s, int32_t limit)
{
	int32_t		end = s->end < limit ? s->end : limit;
	int32_t		start = -1;

	for (int32_t i = s->start; i < end; i++)
	{
		const token *t = &b->doc->tokens[i];

		if (is_nominal(t))
		{
			b->out.words[word_of(b, t, i)].count++;
			if (start < 0)
				start = i;
		}
		else if (start >= 0 && !joins(b->doc, i, end))
		{
			add_run(b, start, i);
			start = -1;
		}
	}
	if (start >= 0)
		add_run(b, start, end);
}

phrases
phrases_of(const document *doc)
{
	int32_t		limit = doc->n_tokens < MAX_PHRASE_TOKENS ? doc->n_tokens : MAX_PHRASE_TOKENS;
	builder		b = {.doc = doc};
	uint64_t	size = 16;

	while (size < (uint64_t) limit * 2)
		size *= 2;
	b.mask = size - 1;
	b.types = arena_zero_array(doc->memory, slot, size);
	b.stems = arena_zero_array(doc->memory, slot, size);
	b.keys = arena_zero_array(doc->memory, slot, size);
	b.out.words = arena_array(doc->memory, phrase_word, limit);
	b.out.all = arena_array(doc->memory, phrase, limit);
	b.out.occurrences = arena_array(doc->memory, occurrence, limit);
	for (int32_t s = 0; s < doc->n_sentences && doc->sentences[s].start < limit; s++)
	{
		document_tick(doc);
		if (doc->paragraphs[doc->sentences[s].paragraph].kind != PARAGRAPH_BOILERPLATE)
			read_sentence(&b, &doc->sentences[s], limit);
	}
	return b.out;
}
