/*
 * terms.c - from tokens to weighted stems, pairs of stems and kinds of names.
 *
 * A word is stemmed once, at its first appearance: types are found by the hash
 * of the lower-cased form, terms by the hash of the stem, pairs by the two stems' hashes mixed.  The tables are sized
 * by the number of tokens, so the cost is linear.
 */
#include "topic/terms.h"

#include <libstemmer.h>
#include <string.h>

#include "lexicon/lexicon.h"

#define TITLE_WEIGHT 16
#define LEAD_WEIGHT 4
#define BODY_WEIGHT 2
#define REST_WEIGHT 1
#define LEAD_TOKENS 300			/* of the body, about the first 260 words */
#define BODY_TOKENS 1200
#define MAX_TITLE_TOKENS 40
#define MAX_INVITATION_TOKENS 30
#define MAX_STEM_BYTES 40		/* a longer word is taken as it is */

typedef struct slot
{
	uint64_t	hash;
	int32_t		value;			/* term + 1; 0 = empty slot; -1 = a type without a term */
} slot;

typedef struct table
{
	slot	   *slots;
	uint64_t	mask;
} table;

static table
table_create(arena *memory, int32_t n)
{
	uint64_t	size = 16;

	while (size < (uint64_t) n * 2)
		size *= 2;
	return (table) {arena_zero_array(memory, slot, size), size - 1};
}

static slot *
table_at(const table *t, uint64_t hash)
{
	for (uint64_t at = hash & t->mask;; at = (at + 1) & t->mask)
		if (t->slots[at].value == 0 || t->slots[at].hash == hash)
			return &t->slots[at];
}

const char *
stem_of(const char *lower, uint32_t n_bytes, uint32_t *n_stem_bytes)
{
	/* libstemmer's state: made at the first use, kept for the life of the process. */
	static struct sb_stemmer *stemmer;

	*n_stem_bytes = n_bytes;
	if (n_bytes > MAX_STEM_BYTES)
		return lower;
	if (!stemmer)
		stemmer = sb_stemmer_new("english", "UTF_8");
	if (stemmer)
	{
		const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *) lower, (int) n_bytes);

		if (stem)
		{
			*n_stem_bytes = (uint32_t) sb_stemmer_length(stemmer);
			return (const char *) stem;
		}
	}
	return lower;
}

/* Is the token a word that may tell a topic? */
static bool
is_content(const token *t)
{
	if (!(t->flags & TOKEN_HAS_LETTER) || (t->flags & (TOKEN_URL | TOKEN_CLITIC)) || t->lower_bytes < 2)
		return false;
	return !(lexicon_sets(t) & SET_STOP);
}

/* First words of sentences that invite the reader, ordered. */
static const char *const invitations[] = {
	"catch", "click", "contact", "download", "e-mail", "email", "find", "follow", "for", "get", "have", "hear", "if", "join", "like",
	"listen", "more", "read", "see", "send", "share", "sign", "subscribe", "text", "tweet", "visit", "watch", "you"
};

/* What they invite to. */
static const char *const channels[] = {
	"app", "facebook", "instagram", "linkedin", "newsletter", "newsletters", "podcast", "snapchat", "telegram", "tiktok",
	"twitter", "whatsapp", "youtube"
};

static bool
is_in(const char *word, const char *const *words, int n)
{
	int			low = 0,
				high = n;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			order = strcmp(words[middle], word);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

#define IS_IN(word, words) is_in((word), (words), (int) (sizeof(words) / sizeof((words)[0])))

/* "Follow us on Facebook", "Send your stories to news@example.org": a line of the page, not of the story. */
static bool
is_invitation(const document *doc, const sentence *s)
{
	if (s->end - s->start > MAX_INVITATION_TOKENS || s->end <= s->start ||
		!IS_IN(doc->tokens[s->start].lower, invitations))
		return false;
	for (int32_t i = s->start + 1; i < s->end; i++)
		if ((doc->tokens[i].flags & TOKEN_URL) || IS_IN(doc->tokens[i].lower, channels))
			return true;
	return false;
}

/* Do the words of the sentence tell what the text is about? */
static bool
is_told(const document *doc, const sentence *s)
{
	return doc->paragraphs[s->paragraph].kind != PARAGRAPH_BOILERPLATE && !is_invitation(doc, s);
}

/* Tokens of the title: a first paragraph that is short, does not end like a sentence and is not the whole text. */
static int32_t
title_end(const document *doc)
{
	const paragraph *p = doc->paragraphs;
	const token *last;

	if (doc->n_paragraphs < 2 || p->end - p->start > MAX_TITLE_TOKENS || p->end <= p->start)
		return 0;
	last = &doc->tokens[p->end - 1];
	if (p->kind != PARAGRAPH_HEADING && last->lower[0] == '.' && last->lower[1] == 0)
		return 0;
	return p->end;
}

typedef struct counter
{
	const document *doc;
	topic_terms out;
	table		types;			/* lower_hash -> term */
	table		terms;
	table		pairs;
	int32_t		title;			/* tokens */
	int32_t		name_end;		/* tokens before it belong to a name that is counted */
} counter;

static int32_t
number_of(table *t, uint64_t hash, topic_term *all, int32_t *n)
{
	slot	   *at = table_at(t, hash);

	if (at->value == 0)
	{
		at->hash = hash;
		all[*n] = (topic_term) {hash, 0};
		at->value = ++*n;
	}
	return at->value - 1;
}

/* Term of a token, -1 when it has none. */
static int32_t
term_of(counter *c, const token *t)
{
	slot	   *type = table_at(&c->types, t->lower_hash);

	if (type->value == 0)
	{
		type->hash = t->lower_hash;
		type->value = -1;
		if (is_content(t))
		{
			uint32_t	n_stem_bytes;
			const char *stem = stem_of(t->lower, t->lower_bytes, &n_stem_bytes);

			type->value = number_of(&c->terms, hash_bytes(stem, n_stem_bytes), c->out.terms, &c->out.n_terms) + 1;
		}
	}
	return type->value < 0 ? -1 : type->value - 1;
}

static uint32_t
weight_at(const counter *c, int32_t i)
{
	int32_t		place = i - c->title;

	return place < 0 ? TITLE_WEIGHT : place < LEAD_TOKENS ? LEAD_WEIGHT : place < BODY_TOKENS ? BODY_WEIGHT : REST_WEIGHT;
}

static void
count_name(counter *c, int32_t i, int32_t end)
{
	name_hit	hit;

	if (i < c->name_end || !(c->doc->tokens[i].flags & (TOKEN_INITIAL_CAPITAL | TOKEN_MIXED_CASE)) ||
		lexicon_names_at(c->doc, i, end, &hit, 1) == 0)
		return;
	c->name_end = hit.end;
	for (int kind = 0; kind < N_TOPIC_KINDS; kind++)
		if (hit.types & (1u << kind))
			c->out.kinds[kind] += weight_at(c, i);
}

static void
count_sentence(counter *c, const sentence *s)
{
	int32_t		end = s->end < c->out.n_tokens ? s->end : c->out.n_tokens;
	int32_t		before = -1;

	for (int32_t i = s->start; i < end; i++)
	{
		int32_t		term = term_of(c, &c->doc->tokens[i]);
		uint32_t	weight = weight_at(c, i);

		count_name(c, i, s->end);
		c->out.of_token[i] = term;
		if (term >= 0)
			c->out.terms[term].count += weight;
		if (term >= 0 && before >= 0)
		{
			int32_t		pair = number_of(&c->pairs, hash_mix(c->out.terms[before].hash, c->out.terms[term].hash),
										 c->out.pairs, &c->out.n_pairs);

			c->out.pairs[pair].count += weight;
			c->out.pair_of_token[i] = pair;
		}
		before = term;
	}
}

topic_terms
topic_terms_of(const document *doc)
{
	int32_t		n = doc->n_tokens < MAX_TOPIC_TOKENS ? doc->n_tokens : MAX_TOPIC_TOKENS;
	counter		c = {.doc = doc,.title = title_end(doc)};

	c.out.n_tokens = n;
	c.out.terms = arena_array(doc->memory, topic_term, n);
	c.out.pairs = arena_array(doc->memory, topic_term, n);
	c.out.of_token = arena_array(doc->memory, int32_t, n);
	c.out.pair_of_token = arena_array(doc->memory, int32_t, n);
	c.types = table_create(doc->memory, n);
	c.terms = table_create(doc->memory, n);
	c.pairs = table_create(doc->memory, n);
	for (int32_t i = 0; i < n; i++)
		c.out.of_token[i] = c.out.pair_of_token[i] = -1;
	for (int32_t s = 0; s < doc->n_sentences && doc->sentences[s].start < n; s++)
	{
		document_tick(doc);
		if (is_told(doc, &doc->sentences[s]))
			count_sentence(&c, &doc->sentences[s]);
	}
	return c.out;
}
