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
#define LENT_ENOUGH 0.45f		/* from longer names, for a name that the tagger never saw alone */
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
	float		total;			/* of the tagger */
	float		lent;			/* by longer names */
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

/* A row for the single token, made when it has none, with at least this mass of the kind. */
static void
lend(spelling_table *t, int32_t token_index, uint8_t kind, float mass, bool add)
{
	spelling   *s = find_spelling(t, token_index, 1, add && (t->doc->tokens[token_index].flags & TOKEN_INITIAL_CAPITAL));

	if (!s)
		return;
	s->mass[kind] += mass;
	s->lent += mass;
}

static bool
is_storm_word(const token *t)
{
	return strcmp(t->lower, "hurricane") == 0 || strcmp(t->lower, "storm") == 0 || strcmp(t->lower, "typhoon") == 0 || strcmp(t->lower, "cyclone") == 0;
}

/* A person's full name speaks for the last name standing alone, "Hurricane Dorian" for "Dorian". */
static void
share_with_surnames(spelling_table *t)
{
	int32_t		n = t->n;

	for (int32_t i = 0; i < n; i++)
	{
		spelling	full = t->rows[i];
		int32_t		last = full.first_token + full.n_tokens - 1;

		if (full.n_tokens < 2)
			continue;
		if (full.mass[KIND_PERSON] * 2 >= full.total && full.total >= 0.7f)
			lend(t, last, KIND_PERSON, 0.5f * full.mass[KIND_PERSON], true);
		else if (full.mass[KIND_EVENT] * 2 >= full.total && is_storm_word(&t->doc->tokens[last - 1]))
			lend(t, last, KIND_EVENT, 100.0f, true);
	}
}

static bool
is_bracket(const document *doc, int32_t at, char c)
{
	return at < doc->n_tokens && doc->tokens[at].lower[0] == c && doc->tokens[at].lower[1] == '\0';
}

/* Does the acronym begin like one of the first two words, and end inside the name? */
static bool
begins_alike(const document *doc, const mention *x, const token *acronym)
{
	for (int32_t i = x->start; i < x->end && i < x->start + 2; i++)
		if (doc->tokens[i].lower[0] == acronym->lower[0])
			return true;
	return false;
}

/* "Association of River Towns (ART)": what is in the brackets is of the kind of what stands before them. */
static void
share_with_acronyms(spelling_table *t)
{
	const document *doc = t->doc;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *x = &doc->mentions[i];
		const token *acronym;
		spelling   *s;

		if (x->end - x->start < 2 || x->kind >= N_ENTITY_KINDS || x->kind == KIND_PERSON || !is_bracket(doc, x->end, '(') || !is_bracket(doc, x->end + 2, ')'))
			continue;
		acronym = &doc->tokens[x->end + 1];
		if (!(acronym->flags & TOKEN_ALL_CAPITALS) || acronym->lower_bytes > 10 || !begins_alike(doc, x, acronym))
			continue;
		s = find_spelling(t, x->end + 1, 1, true);
		s->mass[x->kind] += x->probability * (float) (s->tagged + 1);
		s->lent += x->probability * (float) doc->n_tokens;
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
	if (t->flags & TOKEN_ALL_CAPITALS)
		return false;
	if (w->document_frequency < 5)	/* its habits are not known */
		return w->level > 0 && w->level <= 50;
	return w->capital_share < 100;
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
		s->accepted = (s->total >= 0.25f * (float) s->seen || s->lent >= LENT_ENOUGH) && !may_be_common(t->doc, s);
	}
}

static float
probability_of(const spelling *s)
{
	int32_t		n = s->seen > s->tagged ? s->seen : s->tagged;
	float		p = s->total / (float) (n > 0 ? n : 1);

	return p > 0.5f ? p : 0.5f;
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
			out[n].probability = probability_of(s);
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
	share_with_surnames(&t);
	share_with_acronyms(&t);
	count_places(&t);
	decide_spellings(&t);
	write_mentions(&t);
}
