/*
 * repair_mentions.c - the tagger reads sentences; a text names its things alike throughout.
 *
 * In: mentions with probabilities.  Out: mentions, the same or better.
 *
 * Every spelling that was tagged somewhere gets a mass: the probabilities of its
 * places, by kind.  A scan of the text counts how often it stands anywhere
 * (longest spelling first).  A spelling whose mass is large against its places
 * is a name at all of them, of the kind with the largest mass; the last name of
 * a person who is named in full counts for the person.  (One sense per
 * discourse: Gale, Church and Yarowsky 1992; as a second stage of tagging:
 * Krishnan and Manning 2006.)
 */
#include "entity/repair_mentions.h"

#include <string.h>

#include "lexicon/lexicon.h"

#define MAX_SPELLING 10			/* tokens; longer names are left as they are */
#define MAX_CHAIN 24			/* spellings with one first token that are tried */

typedef struct spelling
{
	uint64_t	key;			/* of the tokens' form hashes */
	int32_t		n_tokens;
	int32_t		first_token;	/* of its first place */
	int32_t		next;			/* spelling with the same first token, -1 */
	int32_t		tagged;			/* places where the tagger saw it */
	int32_t		seen;			/* places where it stands */
	float		mass[N_ENTITY_KINDS];
	float		total;
	uint8_t		kind;			/* that with the largest mass */
	bool		accepted;
} spelling;

typedef struct spelling_table
{
	document   *doc;
	spelling   *rows;
	int32_t		n;
	int32_t		capacity;
	int32_t    *chains;			/* first token's hash -> row, -1 */
	uint32_t	mask;
} spelling_table;

static uint64_t
key_of(const document *doc, int32_t start, int32_t n)
{
	uint64_t	key = 1;

	for (int32_t i = 0; i < n; i++)
		key = hash_mix(key, doc->tokens[start + i].form_hash);
	return key;
}

static int32_t *
chain_of(const spelling_table *t, int32_t token)
{
	return &t->chains[(uint32_t) (t->doc->tokens[token].form_hash >> 16) & t->mask];
}

static spelling *
find_spelling(spelling_table *t, int32_t start, int32_t n_tokens, bool add)
{
	uint64_t	key = key_of(t->doc, start, n_tokens);
	int32_t    *chain = chain_of(t, start);
	spelling   *s;
	int			steps = 0;

	for (int32_t at = *chain; at >= 0 && steps < MAX_CHAIN; at = t->rows[at].next, steps++)
		if (t->rows[at].key == key)
			return &t->rows[at];
	if (!add)
		return NULL;
	t->rows = arena_grow(t->doc->memory, t->rows, t->n, &t->capacity, sizeof(spelling));
	s = &t->rows[t->n];
	memset(s, 0, sizeof(*s));
	s->key = key;
	s->n_tokens = n_tokens;
	s->first_token = start;
	s->next = *chain;
	*chain = t->n++;
	return s;
}

static void
collect_spellings(spelling_table *t)
{
	document   *doc = t->doc;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];
		spelling   *s;

		if (m->end - m->start > MAX_SPELLING || m->kind >= N_ENTITY_KINDS)
			continue;
		s = find_spelling(t, m->start, m->end - m->start, true);
		s->tagged++;
		s->mass[m->kind] += m->probability;
		s->total += m->probability;
	}
}

/* The longest spelling that stands at token `at`, NULL when none does. */
static spelling *
longest_at(const spelling_table *t, int32_t at, bool accepted_only)
{
	const document *doc = t->doc;
	int32_t		limit = doc->sentences[doc->tokens[at].sentence].end - at;
	int32_t		row = *chain_of(t, at);
	spelling   *best = NULL;
	uint64_t	keys[MAX_SPELLING + 1];
	int32_t		n_keys = 0;

	keys[0] = 1;
	for (int steps = 0; row >= 0 && steps < MAX_CHAIN; row = t->rows[row].next, steps++)
	{
		spelling   *s = &t->rows[row];

		if (s->n_tokens > limit || (best && best->n_tokens >= s->n_tokens) || (accepted_only && !s->accepted))
			continue;
		for (; n_keys < s->n_tokens; n_keys++)
			keys[n_keys + 1] = hash_mix(keys[n_keys], doc->tokens[at + n_keys].form_hash);
		if (keys[s->n_tokens] == s->key)
			best = s;
	}
	return best;
}

static void
count_places(spelling_table *t)
{
	for (int32_t i = 0; i < t->doc->n_tokens;)
	{
		spelling   *s = longest_at(t, i, false);

		if (s)
			s->seen++;
		i += s ? s->n_tokens : 1;
	}
}

/* A person's full name speaks for the last name standing alone. */
static void
share_with_surnames(spelling_table *t)
{
	for (int32_t i = 0; i < t->n; i++)
	{
		const spelling *full = &t->rows[i];
		spelling   *last;

		if (full->n_tokens < 2 || full->mass[KIND_PERSON] * 2 < full->total)
			continue;
		last = find_spelling(t, full->first_token + full->n_tokens - 1, 1, false);
		if (last)
			last->mass[KIND_PERSON] += 0.5f * full->mass[KIND_PERSON];
	}
}

static bool
is_bracket(const document *doc, int32_t at, char c)
{
	return at < doc->n_tokens && doc->tokens[at].lower[0] == c && doc->tokens[at].lower[1] == '\0';
}

/* "Association of River Towns (ART)": what is in the brackets is of the kind of what stands before them. */
static void
share_with_acronyms(spelling_table *t)
{
	document   *doc = t->doc;

	for (int32_t i = 0; i + 1 < doc->n_mentions; i++)
	{
		const mention *x = &doc->mentions[i],
				   *y = &doc->mentions[i + 1];
		spelling   *s;

		if (y->start != x->end + 1 || y->end - y->start != 1 || x->end - x->start < 2 || x->kind == y->kind || x->kind >= N_ENTITY_KINDS ||
			!is_bracket(doc, x->end, '(') || !is_bracket(doc, y->end, ')') || !(doc->tokens[y->start].flags & TOKEN_ALL_CAPITALS))
			continue;
		s = find_spelling(t, y->start, 1, false);
		if (s)
			s->mass[x->kind] += x->probability * (float) s->tagged;
	}
}

/* Single words that are common words too are names only where the tagger says so. */
static bool
may_be_common(const document *doc, const spelling *s)
{
	const token *t = &doc->tokens[s->first_token];
	const word_info *w;

	if (s->n_tokens > 1)
		return false;
	if (!(t->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_MIXED_CASE | TOKEN_HAS_DIGIT)))
		return true;
	if (t->word < 0)
		return false;
	w = lexicon_word_info(t->word);
	return w->capital_share < 100 && !(t->flags & TOKEN_ALL_CAPITALS);
}

static void
decide_spellings(spelling_table *t)
{
	for (int32_t i = 0; i < t->n; i++)
	{
		spelling   *s = &t->rows[i];
		float		best = -1;

		for (int k = 0; k < N_ENTITY_KINDS; k++)
			if (s->mass[k] > best)
			{
				best = s->mass[k];
				s->kind = (uint8_t) k;
			}
		s->accepted = s->total >= 0.4f * (float) s->seen && !may_be_common(t->doc, s);
	}
}

static void
write_mentions(spelling_table *t)
{
	document   *doc = t->doc;
	mention    *out = NULL;
	int32_t		n = 0,
				capacity = 0,
				old = 0;

	for (int32_t i = 0; i < doc->n_tokens;)
	{
		spelling   *s = longest_at(t, i, true);
		mention    *m = NULL;

		while (old < doc->n_mentions && doc->mentions[old].start < i)
			old++;
		if (old < doc->n_mentions && doc->mentions[old].start == i)
			m = &doc->mentions[old];
		if (!s && !m)
		{
			i++;
			continue;
		}
		out = arena_grow(doc->memory, out, n, &capacity, sizeof(mention));
		if (m && (!s || m->end - m->start >= s->n_tokens))
		{
			out[n] = *m;
			if (s && m->end - m->start == s->n_tokens)
				out[n].kind = s->kind;
		}
		else
		{
			memset(&out[n], 0, sizeof(mention));
			out[n].start = i;
			out[n].end = i + s->n_tokens;
			out[n].kind = s->kind;
			out[n].probability = s->total / (float) (s->seen > s->tagged ? s->seen : s->tagged);
		}
		out[n].entity = -1;
		i = out[n++].end;
	}
	doc->mentions = out;
	doc->n_mentions = n;
}

void
repair_mentions(document *doc)
{
	spelling_table t = {.doc = doc};
	uint32_t	n_chains = 64;

	if (doc->n_mentions == 0)
		return;
	while (n_chains < 4 * (uint32_t) doc->n_mentions)
		n_chains *= 2;
	t.chains = arena_array(doc->memory, int32_t, n_chains);
	memset(t.chains, 0xff, sizeof(int32_t) * n_chains);
	t.mask = n_chains - 1;
	collect_spellings(&t);
	count_places(&t);
	share_with_surnames(&t);
	share_with_acronyms(&t);
	decide_spellings(&t);
	write_mentions(&t);
}
