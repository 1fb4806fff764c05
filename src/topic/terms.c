/*
 * terms.c - from tokens to weighted stems.
 *
 * A word is stemmed once, at its first appearance: types are found by the hash
 * of the lower-cased form, terms by the hash of the stem.  Both tables are sized
 * by the number of tokens, so the cost is linear.
 */
#include "topic/terms.h"

#include <libstemmer.h>
#include <string.h>

#include "lexicon/lexicon.h"

#define TITLE_WEIGHT 12
#define LEAD_WEIGHT 4
#define BODY_WEIGHT 2
#define REST_WEIGHT 1
#define LEAD_TOKENS 300			/* of the body, about the first 260 words */
#define BODY_TOKENS 1200
#define MAX_TITLE_TOKENS 40
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

topic_terms
topic_terms_of(const document *doc)
{
	topic_terms out;
	table		types,
				terms;
	int32_t		title = title_end(doc);

	out.n_tokens = doc->n_tokens < MAX_TOPIC_TOKENS ? doc->n_tokens : MAX_TOPIC_TOKENS;
	out.n_terms = 0;
	out.terms = arena_array(doc->memory, topic_term, out.n_tokens);
	out.of_token = arena_array(doc->memory, int32_t, out.n_tokens);
	types = table_create(doc->memory, out.n_tokens);
	terms = table_create(doc->memory, out.n_tokens);
	for (int32_t i = 0; i < out.n_tokens; i++)
	{
		const token *t = &doc->tokens[i];
		slot	   *type = table_at(&types, t->lower_hash);
		int32_t		place = i - title;

		if ((t->flags & TOKEN_SENTENCE_START))
			document_tick(doc);
		out.of_token[i] = -1;
		if (type->value == 0)
		{
			type->hash = t->lower_hash;
			type->value = -1;
			if (is_content(t))
			{
				uint32_t	n_stem_bytes;
				const char *stem = stem_of(t->lower, t->lower_bytes, &n_stem_bytes);
				uint64_t	hash = hash_bytes(stem, n_stem_bytes);
				slot	   *term = table_at(&terms, hash);

				if (term->value == 0)
				{
					term->hash = hash;
					out.terms[out.n_terms] = (topic_term) {hash, 0};
					term->value = ++out.n_terms;
				}
				type->value = term->value;
			}
		}
		if (type->value < 0)
			continue;
		out.of_token[i] = type->value - 1;
		out.terms[type->value - 1].count += place < 0 ? TITLE_WEIGHT : place < LEAD_TOKENS ? LEAD_WEIGHT :
			place < BODY_TOKENS ? BODY_WEIGHT : REST_WEIGHT;
	}
	return out;
}
