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

#include "entity/spellings.h"
#include "lexicon/lexicon.h"
#include "tag/tagset.h"

#define MAX_SPELLING 10			/* tokens; longer names are left as they are */
#define LENT_ENOUGH 0.45f		/* from longer names, for a name that the tagger never saw alone */
#define COMMON_ENOUGH 0.25f		/* share of the places of a common word */
#define MAX_CHAIN 24			/* spellings with one first token that are tried */

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

static uint64_t
loose_key_of(const document *doc, int32_t start, int32_t n)
{
	uint64_t	key = doc->tokens[start].form_hash;

	for (int32_t i = 1; i < n; i++)
		key = hash_mix(key, doc->tokens[start + i].lower_hash);
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
	s->loose = loose_key_of(t->doc, start, n_tokens);
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
		s->at += m->start > 0 && strcmp(doc->tokens[m->start - 1].lower, "at") == 0;
		s->titled |= m->start > 0 && (lexicon_sets(&doc->tokens[m->start - 1]) & SET_TITLE);
	}
}

/* What longer names say about the names that they hold: parts of a person's name, beginnings of the others. */
static void
compare_with_longer(spelling_table *t)
{
	for (int32_t i = 0; i < t->n; i++)
	{
		spelling	full = t->rows[i];
		uint8_t		kind = heaviest(full.mass);

		if (full.n_tokens < 2)
			continue;
		for (int32_t k = 0; k < full.n_tokens; k++)
		{
			spelling   *part = kind == KIND_PERSON ? find_spelling(t, full.first_token + k, 1, false) :
				k > 0 ? find_spelling(t, full.first_token, k, false) : NULL;

			if (part == NULL)
				continue;
			if (kind == KIND_PERSON)
				part->persons++;
			else
				part->longer[kind] += full.mass[kind];
		}
	}
}

/* A word before a name that is no part of it: "Mme Spanton", "Democrat Spearman". */
static bool
is_no_part(const document *doc, int32_t token)
{
	uint32_t	sets = lexicon_sets(&doc->tokens[token]);
	name_hit	hits[2];

	if (sets & (SET_FEMALE_NAME | SET_MALE_NAME))
		return false;
	if (sets & (SET_TITLE | SET_ROLE))
		return true;
	return lexicon_names_at(doc, token, token + 1, hits, 2) == 1 && (hits[0].types & (NAME_TYPE_NATIONALITY | NAME_TYPE_PARTY));
}

/* "Smoker Neil Timms": a common noun before two names, with a capital because the sentence begins. */
static bool
only_begins_sentence(const document *doc, const mention *m)
{
	const token *t = &doc->tokens[m->start];

	return m->end - m->start == 3 && (t->flags & TOKEN_SENTENCE_START) && t->word >= 0 && lexicon_word_info(t->word)->capital_share < 40 &&
		lexicon_word_info(t->word)->level > 0 && !(lexicon_sets(t) & (SET_FEMALE_NAME | SET_MALE_NAME)) &&
		(lexicon_sets(&doc->tokens[m->start + 1]) & (SET_FEMALE_NAME | SET_MALE_NAME));
}

/* Cuts such a word off persons whose name stands without it elsewhere. */
static void
trim_persons(spelling_table *t)
{
	document   *doc = t->doc;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		mention    *m = &doc->mentions[i];
		spelling   *whole,
				   *rest;
		bool		begins;

		if (m->kind != KIND_PERSON || m->end - m->start < 2 || m->end - m->start > MAX_SPELLING)
			continue;
		begins = only_begins_sentence(doc, m);
		if (!begins && !is_no_part(doc, m->start))
			continue;
		rest = find_spelling(t, m->start + 1, m->end - m->start - 1, begins);
		whole = find_spelling(t, m->start, m->end - m->start, false);
		if (whole == NULL || rest == NULL || !(begins || rest->tagged > 0 || rest->persons > 1))
			continue;
		whole->tagged--;
		whole->mass[m->kind] -= m->probability;
		whole->total -= m->probability;
		rest->tagged++;
		rest->mass[m->kind] += m->probability;
		rest->total += m->probability;
		rest->titled = true;
		m->start++;
	}
}

/* Kinds whose names texts also write with a small word: Thai Raksa Chart party. */
static bool
is_body(uint8_t kind)
{
	return kind == KIND_ORGANIZATION || kind == KIND_FACILITY || kind == KIND_EVENT || kind == KIND_LAW;
}

/* The longest spelling that stands at token `at`, NULL when none does. */
static spelling *
longest_at(const spelling_table *t, int32_t at, bool accepted_only)
{
	const document *doc = t->doc;
	int32_t		limit = doc->sentences[doc->tokens[at].sentence].end - at;
	int32_t		row = *chain_of(t, at);
	spelling   *best = NULL;
	uint64_t	keys[MAX_SPELLING + 1],
				loose[MAX_SPELLING + 1];
	int32_t		n_keys = 0;

	keys[0] = 1;
	for (int steps = 0; row >= 0 && steps < MAX_CHAIN; row = t->rows[row].next, steps++)
	{
		spelling   *s = &t->rows[row];

		if (s->n_tokens > limit || (best && best->n_tokens >= s->n_tokens) || (accepted_only && !s->accepted))
			continue;
		for (; n_keys < s->n_tokens; n_keys++)
		{
			keys[n_keys + 1] = hash_mix(keys[n_keys], doc->tokens[at + n_keys].form_hash);
			loose[n_keys + 1] = n_keys == 0 ? doc->tokens[at].form_hash : hash_mix(loose[n_keys], doc->tokens[at + n_keys].lower_hash);
		}
		if (keys[s->n_tokens] == s->key || (accepted_only && s->n_tokens > 1 && loose[s->n_tokens] == s->loose && is_body(s->kind)))
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
share_with_brackets(spelling_table *t, const mention *x)
{
	const document *doc = t->doc;
	const token *acronym;
	spelling   *s;

	if (!is_bracket(doc, x->end, '(') || !is_bracket(doc, x->end + 2, ')'))
		return;
	acronym = &doc->tokens[x->end + 1];
	if (!(acronym->flags & (TOKEN_ALL_CAPITALS | TOKEN_MIXED_CASE)) || acronym->lower_bytes > 10 || !begins_alike(doc, x, acronym))
		return;
	s = find_spelling(t, x->end + 1, 1, true);
	s->mass[x->kind] += x->probability * (float) (s->tagged + 1);
	s->lent += x->probability * (float) doc->n_tokens;
}

typedef struct initials			/* of a name of three words or more */
{
	uint64_t	letters;		/* hash_bytes of the small letters, 0 = free */
	uint8_t		kind;
	float		probability;
} initials;

static initials *
initials_at(initials *slots, uint32_t mask, uint64_t letters)
{
	uint32_t	at = (uint32_t) (letters >> 16) & mask;

	while (slots[at].letters != 0 && slots[at].letters != letters)
		at = (at + 1) & mask;
	return &slots[at];
}

/* The small letters of a name's words that begin with a capital; 0 when they are fewer than `least`. */
static uint64_t
initials_of(const document *doc, const mention *x, size_t least)
{
	char		letters[12];
	size_t		n = 0;

	for (int32_t i = x->start; i < x->end && n < sizeof(letters); i++)
		if (doc->tokens[i].flags & TOKEN_INITIAL_CAPITAL)
			letters[n++] = doc->tokens[i].lower[0];
	return n >= least ? hash_bytes(letters, n) : 0;
}

/*
 * Words in capitals that are the initials of a name of the text, wherever they stand; those of a person only where a paragraph begins with
 * them, as turns of interviews do ("NG: This study ...").
 */
static void
share_with_initials(spelling_table *t)
{
	const document *doc = t->doc;
	uint32_t	n_slots = 64;
	initials   *slots;

	while (n_slots < 2 * (uint32_t) doc->n_mentions)
		n_slots *= 2;
	slots = arena_zero_array(doc->memory, initials, n_slots);
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *x = &doc->mentions[i];
		uint64_t	letters = x->kind < N_ENTITY_KINDS && x->kind != KIND_PLACE ? initials_of(doc, x, x->kind == KIND_PERSON ? 2 : 3) : 0;
		initials   *slot;

		if (letters == 0)
			continue;
		letters = x->kind == KIND_PERSON ? hash_mix(letters, KIND_PERSON) : letters;
		slot = initials_at(slots, n_slots - 1, letters);
		*slot = (initials) {letters, x->kind, x->probability};
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *x = &doc->tokens[i];
		const initials *slot;
		spelling   *s;
		bool		turn = (x->flags & TOKEN_PARAGRAPH_START) && x->lower_bytes <= 3;

		if (!(x->flags & TOKEN_ALL_CAPITALS) || x->lower_bytes < 2 || x->lower_bytes > 10)
			continue;
		slot = initials_at(slots, n_slots - 1, turn ? hash_mix(x->lower_hash, KIND_PERSON) : x->lower_hash);
		if (slot->letters == 0)
			continue;
		s = find_spelling(t, i, 1, true);
		if (s->lent > 0)
			continue;
		s->mass[slot->kind] += slot->probability * (float) (s->tagged + 1);
		s->lent += x->lower_bytes > 3 && slot->probability < LENT_ENOUGH ? LENT_ENOUGH : slot->probability;
	}
}

static void
share_with_acronyms(spelling_table *t)
{
	for (int32_t i = 0; i < t->doc->n_mentions; i++)
	{
		const mention *x = &t->doc->mentions[i];

		if (x->end - x->start >= 2 && x->kind < N_ENTITY_KINDS && x->kind != KIND_PERSON)
			share_with_brackets(t, x);
	}
	share_with_initials(t);
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

/* How often the text writes its names that are common words too small, as words. */
static void
count_small(spelling_table *t)
{
	const document *doc = t->doc;
	uint32_t	n_slots = 64;
	int32_t    *slots;

	while (n_slots < 2 * (uint32_t) t->n)
		n_slots *= 2;
	slots = arena_array(doc->memory, int32_t, n_slots);
	memset(slots, 0xff, sizeof(int32_t) * n_slots);
	for (int32_t i = 0; i < t->n; i++)
	{
		uint32_t	at = (uint32_t) (doc->tokens[t->rows[i].first_token].lower_hash >> 16) & (n_slots - 1);

		t->rows[i].common = may_be_common(doc, &t->rows[i]);
		if (!t->rows[i].common)
			continue;
		while (slots[at] >= 0)
			at = (at + 1) & (n_slots - 1);
		slots[at] = i;
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *x = &doc->tokens[i];

		if (!(x->flags & TOKEN_HAS_LETTER) || (x->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_ALL_CAPITALS | TOKEN_MIXED_CASE)))
			continue;
		for (uint32_t at = (uint32_t) (x->lower_hash >> 16) & (n_slots - 1); slots[at] >= 0; at = (at + 1) & (n_slots - 1))
			if (doc->tokens[t->rows[slots[at]].first_token].lower_hash == x->lower_hash)
				t->rows[slots[at]].small++;
	}
}

/*
 * A common word counts as a name where most of its places, or a longer name, speak for it: everywhere when the text never writes it
 * small, else where a capital stands behind a word without one.
 */
static bool
is_accepted(const document *doc, spelling *s)
{
	if (!s->common)
		return s->total >= 0.25f * (float) s->seen || s->lent >= LENT_ENOUGH;
	s->inside = s->small > 0;
	if (!(doc->tokens[s->first_token].flags & TOKEN_INITIAL_CAPITAL))
		return false;
	if (s->tagged == 0)
		return !s->inside && s->seen > 1 && s->lent >= LENT_ENOUGH;
	return s->total >= COMMON_ENOUGH * (float) s->seen || (s->lent >= LENT_ENOUGH && !s->inside);
}

/* Does a capital at this token say that the word is a name? */
static bool
capital_speaks(const document *doc, int32_t at)
{
	return at > 0 && !(doc->tokens[at].flags & TOKEN_SENTENCE_START) && (doc->tokens[at - 1].flags & TOKEN_HAS_LETTER) &&
		!(doc->tokens[at - 1].flags & (TOKEN_INITIAL_CAPITAL | TOKEN_ALL_CAPITALS | TOKEN_MIXED_CASE));
}

static void
decide_spellings(spelling_table *t)
{
	for (int32_t i = 0; i < t->n; i++)
	{
		spelling   *s = &t->rows[i];

		s->kind = kind_of_spelling(t->doc, s);
		s->accepted = is_accepted(t->doc, s);
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
		if (s && !m && s->inside && !capital_speaks(doc, i))
			s = NULL;
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

/*
 * Where a mention is really two, or -1: "NHC's Hurricane Humberto", two names about a possessive whose first is an acronym or long
 * (St James's Park is one name); "Moth Monarch and Cat-Monk Shiro", two persons.
 */
static int32_t
seam_of(const document *doc, const mention *m)
{
	for (int32_t i = m->start + 1; i + 1 < m->end; i++)
	{
		const token *t = &doc->tokens[i];

		if (m->kind == KIND_PERSON ? strcmp(t->lower, "and") == 0 && i - m->start > 1 && m->end - i > 2 :
			(t->flags & TOKEN_CLITIC) && strcmp(t->lower, "'s") == 0 && m->kind != KIND_WORK && m->kind != KIND_PLACE && m->kind != KIND_AWARD &&
			(i - m->start > 2 || (doc->tokens[m->start].flags & TOKEN_ALL_CAPITALS)) && (doc->tokens[i + 1].flags & TOKEN_INITIAL_CAPITAL))
			return i;
	}
	return -1;
}

static void
split_mentions(document *doc)
{
	mention    *out = NULL;
	int32_t		n = 0,
				capacity = 0;
	bool		any = false;

	for (int32_t i = 0; i < doc->n_mentions && !any; i++)
		any = seam_of(doc, &doc->mentions[i]) >= 0;
	if (!any)
		return;
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		mention		m = doc->mentions[i];
		int32_t		seam;

		while ((seam = seam_of(doc, &m)) >= 0)
		{
			out = arena_grow(doc->memory, out, n, &capacity, sizeof(mention));
			out[n] = m;
			out[n].end = seam;
			out[n].kind = m.kind == KIND_PERSON ? KIND_PERSON : KIND_ORGANIZATION;
			n++;
			m.start = seam + 1;
		}
		out = arena_grow(doc->memory, out, n, &capacity, sizeof(mention));
		out[n++] = m;
	}
	doc->mentions = out;
	doc->n_mentions = n;
}

/*
 * "Port of Helsinki Authority", read as "Port" and "Helsinki Authority": where the name of a body goes on to the left, behind "of", with
 * a body, a facility or a place that has a capital; -1 when it does not.
 */
static int32_t
body_before(const document *doc, const mention *m)
{
	int32_t		at = m->start - 2;
	const token *head;
	uint32_t	sets;

	if (m->kind != KIND_ORGANIZATION || m->end - m->start < 2 || doc->tokens[m->start].upos == UPOS_DET || at < doc->sentences[doc->tokens[m->start].sentence].start ||
		!(lexicon_sets(&doc->tokens[m->end - 1]) & SET_ORGANIZATION_NOUN) || strcmp(doc->tokens[m->start - 1].lower, "of") != 0)
		return -1;
	head = &doc->tokens[at];
	sets = lexicon_sets(head);
	if (!(head->flags & TOKEN_INITIAL_CAPITAL) || !(sets & (SET_ORGANIZATION_NOUN | SET_FACILITY_NOUN | SET_PLACE_NOUN)) ||
		(sets & (SET_ROLE | SET_TITLE)) || head->xpos == XPOS_NNS)
		return -1;
	return at;
}

static void
join_mentions(document *doc)
{
	int32_t		n = 0;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		mention		m = doc->mentions[i];
		int32_t		start = body_before(doc, &m);

		if (start >= 0 && (n == 0 || doc->mentions[n - 1].end <= start + 1))
			m.start = n > 0 && doc->mentions[n - 1].end == start + 1 ? doc->mentions[--n].start : start;
		doc->mentions[n++] = m;
	}
	doc->n_mentions = n;
}

void
repair_mentions(document *doc)
{
	spelling_table t = {.doc = doc};
	uint32_t	n_chains = 64;

	if (doc->n_mentions == 0)
		return;
	join_mentions(doc);
	split_mentions(doc);
	while (n_chains < 4 * (uint32_t) doc->n_mentions)
		n_chains *= 2;
	t.chains = arena_array(doc->memory, int32_t, n_chains);
	memset(t.chains, 0xff, sizeof(int32_t) * n_chains);
	t.mask = n_chains - 1;
	collect_spellings(&t);
	compare_with_longer(&t);
	trim_persons(&t);
	share_with_surnames(&t);
	share_with_acronyms(&t);
	count_places(&t);
	count_small(&t);
	decide_spellings(&t);
	write_mentions(&t);
}
