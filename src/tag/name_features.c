/*
 * name_features.c - the features of the names tagger (see name_features.h).
 *
 * Non-local evidence follows Krishnan and Manning (2006): the second pass sees,
 * for each word and pair of words, the label that the first pass gave most of
 * its other occurrences in the text, so that "Jamieson Greer" teaches "Greer"
 * and the body teaches a heading in capitals.
 *
 * A token without a capital is described only near capitals, where it can be
 * the "of" of a name; elsewhere it is fixed as outside.  In a sentence without
 * any capital every word is described.
 */
#include "tag/name_features.h"

#include <string.h>

#include "lexicon/lexicon.h"

#define MAX_HITS 8
#define PHRASE_LIMIT 12			/* tokens of a lexicon phrase */
#define NEAR 3					/* how far a word without capital may stand from one with */
#define RUN_LIMIT 10			/* words of a run of capitals */
#define MARKS_LIMIT 9			/* tokens of a short stretch between marks */
#define NO_MAJORITY 255
#define VOTES_CAP 60000
#define MAX_VOTED 4				/* different labels remembered for a word */

/* Words that can begin a name in lower case before a capital: de Gaulle, al Qaeda. */
static const char *const particles[] = {
	"de", "van", "von", "der", "den", "al", "el", "la", "le", "da", "di", "du", "bin", "bint", "ibn", "abu", "ter", "ten", "dos", "del", "della",
	"d'", "ul", "zu", "af", "av", "y", "san", "e"
};

#define N_PARTICLES ((int) (sizeof(particles) / sizeof(particles[0])))

/* ---- memory of the text's words ---- */

typedef struct word_memory
{
	uint64_t	key;			/* 0 = empty */
	uint16_t	n_capital;		/* inside sentences */
	uint16_t	n_lower;
	uint16_t	n_votes;		/* of all labels */
	uint16_t	votes[MAX_VOTED];
	uint8_t		labels[MAX_VOTED];	/* NO_MAJORITY = free */
} word_memory;

struct name_memory
{
	word_memory *slots;
	uint32_t	mask;
};

static word_memory *
memory_at(const name_memory *m, uint64_t key, bool insert)
{
	uint32_t	at;

	key += key == 0;
	for (at = (uint32_t) (key ^ key >> 32) & m->mask; m->slots[at].key != 0; at = (at + 1) & m->mask)
		if (m->slots[at].key == key)
			return &m->slots[at];
	if (!insert)
		return NULL;
	m->slots[at].key = key;
	memset(m->slots[at].labels, NO_MAJORITY, MAX_VOTED);
	return &m->slots[at];
}

static name_memory *
memory_create(arena *memory, int32_t n_keys)
{
	name_memory *m = arena_alloc(memory, sizeof(name_memory));
	uint32_t	n_slots = 64;

	while (n_slots < (uint32_t) n_keys * 2)
		n_slots *= 2;
	m->slots = arena_zero_array(memory, word_memory, n_slots);
	m->mask = n_slots - 1;
	return m;
}

static inline void
count_up(uint16_t *n)
{
	if (*n < VOTES_CAP)
		(*n)++;
}

/* ---- cues ---- */

static uint8_t
written_as(const token *t)
{
	if (t->flags & TOKEN_PUNCTUATION)
		return 5;
	if ((t->flags & TOKEN_HAS_DIGIT) && !(t->flags & TOKEN_INITIAL_CAPITAL))
		return 4;
	if (t->flags & TOKEN_ALL_CAPITALS)
		return 2;
	if (t->flags & TOKEN_MIXED_CASE)
		return 3;
	return (t->flags & TOKEN_INITIAL_CAPITAL) ? 1 : 0;
}

static inline bool
is_capital(const name_cue *c)
{
	return c->written >= 1 && c->written <= 3;
}

/* Letters as X or x, digits as d, runs cut at two: "McCain's" Xx.., "F-16" X-dd. */
static uint32_t
shape_of(const document *doc, const token *t)
{
	uint32_t	n = t->end_byte - t->start_byte;
	uint32_t	shape = 0x811c9dc5u;
	int			before = 0,
				run = 0;

	if (n > 24)
		n = 24;
	for (uint32_t i = 0; i < n; i++)
	{
		unsigned char c = (unsigned char) doc->text[t->start_byte + i];
		int			s = c;

		if (c >= 'A' && c <= 'Z')
			s = 'X';
		else if ((c >= 'a' && c <= 'z') || c >= 0x80)
			s = 'x';
		else if (c >= '0' && c <= '9')
			s = 'd';
		run = s == before ? run + 1 : 1;
		before = s;
		if (run <= 2)
			shape = (shape ^ (uint32_t) s) * 0x01000193u;
	}
	return shape;
}

static void
fill_word(name_cue *c, const document *doc, const token *t)
{
	c->word = t->lower_hash;
	c->shape = shape_of(doc, t);
	c->written = written_as(t);
	c->upos = t->upos;
	c->xpos = t->xpos;
	c->capital_share = 6;
	c->sets = lexicon_sets(t);
	if (t->word >= 0)
	{
		const word_info *w = lexicon_word_info(t->word);

		c->class_known = w->class_id != 0;
		c->class_path = w->class_path;
		c->level = w->level / 10;
		if (w->document_frequency > 0)
			c->capital_share = w->capital_share < 5 ? 0 : w->capital_share < 40 ? 1 : w->capital_share < 128 ? 2 :
				w->capital_share < 215 ? 3 : w->capital_share < 250 ? 4 : 5;
	}
}

static void
fill_case(name_view *v, const sentence *s, bool heading)
{
	int32_t		words = 0,
				long_words = 0,
				capital = 0,
				long_capital = 0,
				all = 0,
				long_inside = 0;
	name_case	mode = CASE_SENTENCE;
	bool		first = true;

	for (int32_t i = s->start; i < s->end; i++)
	{
		const token *t = &v->doc->tokens[i];
		name_cue   *c = &v->cues[i];

		c->first = first;
		if (t->flags & TOKEN_HAS_LETTER)
		{
			bool		has_capital = is_capital(c);

			if (t->flags & TOKEN_CLITIC)
				continue;
			words++;
			capital += has_capital;
			all += c->written == 2;
			if (t->end_byte - t->start_byte >= 4)
			{
				long_words++;
				long_capital += has_capital;
				long_inside += !first;
			}
			first = false;
		}
		else
			first = first || (t->flags & TOKEN_OPEN_MARK) != 0;
	}
	(void) heading;
	if (words >= 3 && all * 10 >= words * 7)
		mode = CASE_CAPITALS;
	else if (long_inside >= 3 && long_capital * 10 >= long_words * 8)
		mode = CASE_TITLE;
	else if (words >= 4 && capital == 0)
		mode = CASE_NONE;
	for (int32_t i = s->start; i < s->end; i++)
		v->cues[i].case_mode = (uint8_t) mode;
}

static void
fill_phrases(name_view *v, const sentence *s)
{
	const document *doc = v->doc;

	for (int32_t i = s->start; i < s->end; i++)
	{
		name_hit	hits[MAX_HITS];
		int32_t		limit = i + PHRASE_LIMIT < s->end ? i + PHRASE_LIMIT : s->end;
		int			n;

		if (v->cues[i].written == 0 || v->cues[i].written == 5)
			continue;
		n = lexicon_names_at(doc, i, limit, hits, MAX_HITS);
		if (n == 0)
			continue;
		if (hits[n - 1].end == i + 1)
			v->cues[i].single_types = hits[n - 1].types;
		if (hits[0].end - i <= v->cues[i].phrase_length)
			continue;
		for (int32_t k = i; k < hits[0].end; k++)
		{
			name_cue   *c = &v->cues[k];

			c->types = hits[0].types;
			c->phrase_length = (uint8_t) (hits[0].end - i);
			c->place = hits[0].end == i + 1 ? 4 : k == i ? 1 : k == hits[0].end - 1 ? 3 : 2;
		}
	}
}

/* Short stretches between marks: titles of works, nicknames. */
static void
fill_marks(name_view *v, const sentence *s)
{
	const token *tokens = v->doc->tokens;

	for (int32_t i = s->start; i < s->end; i++)
	{
		int32_t		end = i + 1,
					capital = 0,
					small = 0;

		if (!(tokens[i].flags & TOKEN_OPEN_MARK))
			continue;
		while (end < s->end && end - i <= MARKS_LIMIT && !(tokens[end].flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK)))
		{
			capital += is_capital(&v->cues[end]);
			small += v->cues[end].written == 0 && tokens[end].lower_bytes > 3;
			end++;
		}
		if (end == s->end || !(tokens[end].flags & TOKEN_CLOSE_MARK) || end == i + 1)
			continue;
		for (int32_t k = i + 1; k < end; k++)
			v->cues[k].marks = (uint8_t) ((k == i + 1 ? 1 : k == end - 1 ? 3 : 2) + (capital > small * 2 ? 4 : 0));
		i = end;
	}
}

static void
fill_runs(name_view *v, const sentence *s)
{
	for (int32_t i = s->start, end; i < s->end; i = end)
	{
		bool		capital = is_capital(&v->cues[i]);

		for (end = i + 1; end < s->end && capital && is_capital(&v->cues[end]) && end - i < RUN_LIMIT;)
			end++;
		for (int32_t k = i; k < end; k++)
			v->runs[k] = (name_run) {i, capital ? end - 1 : -1};
	}
}

static bool
is_particle(const token *t)
{
	if (t->lower_bytes > 5)
		return false;
	for (int i = 0; i < N_PARTICLES; i++)
		if (strcmp(particles[i], t->lower) == 0)
			return true;
	return false;
}

/* A small word that can end a name right behind a capital: Heathrow airport, St Ninian's. */
static bool
may_end_name(const token *t, const name_cue *c)
{
	return (c->sets & (SET_ORGANIZATION_NOUN | SET_PLACE_NOUN | SET_FACILITY_NOUN)) || (t->flags & TOKEN_CLITIC) ||
		c->upos == UPOS_NOUN || c->upos == UPOS_PROPN;
}

/* A word that news writes with a capital, here without: "a trip to auckland". */
static bool
is_name_in_small_letters(const name_cue *c)
{
	return c->written == 0 && (c->capital_share == 4 || c->capital_share == 5);
}

/* Which tokens can be part of a name at all. */
static void
fill_possible(name_view *v, const sentence *s)
{
	const token *tokens = v->doc->tokens;
	int32_t		last = s->start - NEAR - 1; /* capital before */

	if (s->end > s->start && v->cues[s->start].case_mode == CASE_NONE)
	{
		for (int32_t i = s->start; i < s->end; i++)
			v->cues[i].may_be_name = 1;
		return;
	}
	for (int32_t i = s->start; i < s->end; i++)
	{
		name_cue   *c = &v->cues[i];

		if (is_capital(c))
		{
			c->may_be_name = 1;
			for (int32_t k = i - 1; k > last && i - last <= NEAR + 1 && k >= s->start; k--)
				v->cues[k].may_be_name = 1;
			if (i > s->start && is_particle(&tokens[i - 1]))
				v->cues[i - 1].may_be_name = 1;
			if (i > s->start + 1 && v->cues[i - 1].written == 5 && is_particle(&tokens[i - 2]))
				v->cues[i - 1].may_be_name = v->cues[i - 2].may_be_name = 1;
			last = i;
		}
		else if (c->phrase_length > 0 || c->written == 4 || (c->written == 5 && i - last <= 2) ||
				 (c->written == 0 && i - last == 2 && v->cues[i - 1].written == 5) || (i - last == 1 && may_end_name(&tokens[i], c)) ||
				 is_name_in_small_letters(c))
			c->may_be_name = 1;
	}
}

static void
learn_habits(name_view *v)
{
	const document *doc = v->doc;
	int32_t		n = 0;

	for (int32_t i = 0; i < doc->n_tokens; i++)
		n += v->cues[i].may_be_name;
	v->memory = memory_create(doc->memory, n * 4);
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];

		if (c->may_be_name && (doc->tokens[i].flags & TOKEN_HAS_LETTER))
		{
			word_memory *m = memory_at(v->memory, c->word, true);

			if (c->case_mode == CASE_SENTENCE && !c->first && is_capital(c))
				count_up(&m->n_capital);
		}
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];
		word_memory *m;

		if (c->written != 0 || c->case_mode != CASE_SENTENCE)
			continue;
		m = memory_at(v->memory, c->word, false);
		if (m != NULL)
			count_up(&m->n_lower);
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		name_cue   *c = &v->cues[i];
		const word_memory *m;

		if (!c->may_be_name)
			continue;
		m = memory_at(v->memory, c->word, false);
		if (m == NULL)
			continue;
		c->habit = (uint8_t) ((m->n_capital - (c->case_mode == CASE_SENTENCE && !c->first && is_capital(c)) > 0 ? 1 : 0) |
							  (m->n_lower > 0 ? 2 : 0));
	}
}

name_view *
name_view_create(const document *doc)
{
	name_view  *v = arena_zero(doc->memory, sizeof(name_view));

	v->doc = doc;
	v->cues = arena_zero_array(doc->memory, name_cue, doc->n_tokens + 1);
	v->runs = arena_array(doc->memory, name_run, doc->n_tokens + 1);
	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		const sentence *x = &doc->sentences[s];

		document_tick(doc);
		for (int32_t i = x->start; i < x->end; i++)
			fill_word(&v->cues[i], doc, &doc->tokens[i]);
		fill_case(v, x, doc->paragraphs[x->paragraph].kind == PARAGRAPH_HEADING);
		fill_phrases(v, x);
		fill_marks(v, x);
		fill_runs(v, x);
		fill_possible(v, x);
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
		v->cues[i].majority = v->cues[i].pair_majority = v->cues[i].back_majority = v->cues[i].long_majority = NO_MAJORITY;
	learn_habits(v);
	return v;
}

/* ---- what the first pass teaches ---- */

static inline uint64_t
pair_key(const name_cue *a, const name_cue *b)
{
	return hash_mix(a->word, b->word);
}

static inline uint64_t
long_key(const name_cue *c)
{
	return hash_mix(UINT64_C(0x109e), c->word);
}

static inline uint64_t
acronym_key(uint64_t letters_hash)
{
	return hash_mix(UINT64_C(0xac20), letters_hash);
}

static void
vote(word_memory *m, uint8_t label)
{
	count_up(&m->n_votes);
	for (int i = 0; i < MAX_VOTED; i++)
		if (m->labels[i] == label || m->labels[i] == NO_MAJORITY)
		{
			m->labels[i] = label;
			count_up(&m->votes[i]);
			return;
		}
}

/* The label of most other occurrences; `own` is the label of the occurrence that asks, NO_MAJORITY when it has no vote. */
static uint8_t
majority_of(const word_memory *m, uint8_t own, uint8_t *share)
{
	uint8_t		best = NO_MAJORITY;
	int			most = 0,
				all;

	if (m == NULL)
		return NO_MAJORITY;
	for (int i = 0; i < MAX_VOTED; i++)
	{
		int			n = m->votes[i] - (m->labels[i] == own && own != NO_MAJORITY);

		if (n > most)
		{
			most = n;
			best = m->labels[i];
		}
	}
	all = m->n_votes - (own != NO_MAJORITY);
	*share = (uint8_t) ((most * 10 >= all * 9) + (most >= 3) + (most * 10 >= all * 9 && most >= 3));
	return best;
}

/* Kind, from 1, of the label that most names with these initials have. */
static uint8_t
kind_of(const word_memory *m)
{
	uint8_t		unused,
				label = majority_of(m, NO_MAJORITY, &unused);

	return label == NO_MAJORITY ? 0 : (uint8_t) ((label + 1) / 2);
}

static bool
votes(const name_cue *c)
{
	return c->may_be_name && (c->case_mode == CASE_SENTENCE || c->case_mode == CASE_NONE);
}

/* The initials of a name of two tokens or more stand for its kind. */
static void
learn_acronym(name_view *v, const uint8_t *labels, int32_t start)
{
	char		letters[10];
	int			n = 0;
	int32_t		i = start;

	for (; i < v->doc->n_tokens && (i == start || labels[i] == labels[start] + 1); i++)
	{
		unsigned char c = (unsigned char) v->doc->text[v->doc->tokens[i].start_byte];

		if (is_capital(&v->cues[i]) && n < 9 && c < 0x80)
			letters[n++] = (char) (c | 32);
	}
	if (n >= 2 && i - start >= 2)
		vote(memory_at(v->memory, acronym_key(hash_bytes(letters, (size_t) n)), true), labels[start]);
}

/* Is the token in a name of two tokens or more? */
static bool
in_long_name(const document *doc, const uint8_t *labels, int32_t i)
{
	return labels[i] != NAME_OUTSIDE && (!(labels[i] & 1) || (i + 1 < doc->n_tokens && labels[i + 1] == labels[i] + 1));
}

void
name_view_learn(name_view *v, const uint8_t *labels)
{
	const document *doc = v->doc;

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];

		if (!votes(c) || c->written == 5)
			continue;
		vote(memory_at(v->memory, c->word, true), labels[i]);
		if (i + 1 < doc->n_tokens && c[1].may_be_name)
			vote(memory_at(v->memory, pair_key(c, c + 1), true), labels[i]);
		if (in_long_name(doc, labels, i))
			vote(memory_at(v->memory, long_key(c), true), labels[i]);
		if (labels[i] & 1)
			learn_acronym(v, labels, i);
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		name_cue   *c = &v->cues[i];
		uint8_t		own = votes(c) ? labels[i] : NO_MAJORITY,
					unused;

		if (!c->may_be_name || c->written == 5)
			continue;
		c->majority = majority_of(memory_at(v->memory, c->word, false), own, &c->majority_share);
		c->long_majority = majority_of(memory_at(v->memory, long_key(c), false),
									   own != NO_MAJORITY && in_long_name(doc, labels, i) ? own : NO_MAJORITY, &unused);
		if (i + 1 < doc->n_tokens && c[1].may_be_name)
			c->pair_majority = majority_of(memory_at(v->memory, pair_key(c, c + 1), false), own, &unused);
		if (i > 0 && c[-1].may_be_name)
			c->back_majority = majority_of(memory_at(v->memory, pair_key(c - 1, c), false), votes(c - 1) ? labels[i - 1] : NO_MAJORITY, &unused);
		if (c->written == 2 && doc->tokens[i].lower_bytes <= 8)
			c->acronym_kind = kind_of(memory_at(v->memory, acronym_key(doc->tokens[i].lower_hash), false));
	}
	v->second_pass = true;
}

enum
{
	ENDS_NAME = 0xe4d, IN_NAME = 0x14a, WHOLE_NAME = 0x501
};

static inline uint64_t
unify_key(int role, const name_cue *c)
{
	return hash_mix((uint64_t) role, c->word);
}

/* Has a name of two tokens or more of this kind the word in this role? */
static bool
has_long(const name_memory *m, int role, const name_cue *c, int kind)
{
	const word_memory *w = memory_at(m, unify_key(role, c), false);

	for (int i = 0; w != NULL && i < MAX_VOTED; i++)
		if (w->votes[i] > 0 && w->labels[i] == NAME_FIRST(kind))
			return true;
	return false;
}

static int
unified_kind(const name_view *v, const name_cue *c, int kind)
{
	uint32_t	personal = SET_FEMALE_NAME | SET_MALE_NAME | SET_SURNAME;

	if (kind == KIND_PLACE && c->upos == UPOS_ADJ && (c->single_types & NAME_TYPE_NATIONALITY) && !(c->single_types & NAME_TYPE_COUNTRY))
		return KIND_NATIONALITY;
	if (kind == KIND_PERSON && !has_long(v->memory, IN_NAME, c, KIND_PERSON))
	{
		if (has_long(v->memory, ENDS_NAME, c, KIND_EVENT))
			return KIND_EVENT;
		if (!(c->sets & personal))
			for (int k = KIND_ORGANIZATION; k <= KIND_PRODUCT; k++)
				if (k != KIND_PLACE && k != KIND_NATIONALITY && has_long(v->memory, IN_NAME, c, k))
					return k;
	}
	return kind;
}

static bool
is_storm_word(const token *t)
{
	return (t->flags & TOKEN_INITIAL_CAPITAL) &&
		(strcmp(t->lower, "hurricane") == 0 || strcmp(t->lower, "typhoon") == 0 || strcmp(t->lower, "cyclone") == 0);
}

/* Storms bear the names of persons: "Hurricane Dorian" is one event, whether or not the word before is in the name. */
static void
name_storms(const document *doc, uint8_t *labels)
{
	for (int32_t i = 0; i + 1 < doc->n_tokens; i++)
	{
		uint8_t		name = labels[i + 1];
		bool		within = labels[i] == name - 1 && (name == NAME_LATER(KIND_PERSON) || name == NAME_LATER(KIND_PLACE));

		if (!is_storm_word(&doc->tokens[i]) || doc->tokens[i].sentence != doc->tokens[i + 1].sentence)
			continue;
		if (!within && !(labels[i] == NAME_OUTSIDE && name == NAME_FIRST(KIND_PERSON)))
			continue;
		labels[i] = NAME_FIRST(KIND_EVENT);
		labels[i + 1] = NAME_LATER(KIND_EVENT);
		for (int32_t k = i + 2; k < doc->n_tokens && labels[k] == name + (name & 1); k++)
			labels[k] = NAME_LATER(KIND_EVENT);
	}
}

/*
 * A word of a heading in capitals that is nothing there, but a whole name in the text, which never writes it small; and
 * which news does not write small either ("US" teaches nothing about "JOIN US").
 */
static void
name_headings(const name_view *v, uint8_t *labels)
{
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];
		const word_memory *w;

		if (labels[i] != NAME_OUTSIDE || c->case_mode != CASE_CAPITALS || c->capital_share < 3 || (c->habit & 2))
			continue;
		w = memory_at(v->memory, unify_key(WHOLE_NAME, c), false);
		if (w != NULL && w->votes[0] == w->n_votes && memory_at(v->memory, unify_key(IN_NAME, c), false) == NULL)
			labels[i] = w->labels[0];
	}
}

void
name_view_unify(name_view *v, uint8_t *labels)
{
	int32_t		n = 0;

	name_storms(v->doc, labels);
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
		n += labels[i] != NAME_OUTSIDE;
	v->memory = memory_create(v->doc->memory, n * 2);
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		uint8_t		first = (uint8_t) (labels[i] - !(labels[i] & 1));

		if (labels[i] == NAME_OUTSIDE)
			continue;
		if (!in_long_name(v->doc, labels, i))
		{
			vote(memory_at(v->memory, unify_key(WHOLE_NAME, &v->cues[i]), true), first);
			continue;
		}
		vote(memory_at(v->memory, unify_key(IN_NAME, &v->cues[i]), true), first);
		if (i + 1 == v->doc->n_tokens || labels[i + 1] != first + 1)
			vote(memory_at(v->memory, unify_key(ENDS_NAME, &v->cues[i]), true), first);
	}
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
		if ((labels[i] & 1) && !in_long_name(v->doc, labels, i))
			labels[i] = (uint8_t) NAME_FIRST(unified_kind(v, &v->cues[i], labels[i] / 2));
	name_headings(v, labels);
}

void
name_view_select(name_view *v, int32_t s, int32_t start, int32_t end)
{
	v->start = start;
	v->end = end;
	v->sentence_start = v->doc->sentences[s].start;
	v->sentence_end = v->doc->sentences[s].end;
}

/* ---- features ---- */

typedef struct list
{
	uint64_t   *to;
	int			n;
} list;

static inline void
add(list *l, unsigned template, uint64_t value)
{
	l->to[l->n++] = hash_mix(hash_mix(template + 1, 0x9a3e), value);
}

static inline void
add2(list *l, unsigned template, uint64_t a, uint64_t b)
{
	add(l, template, hash_mix(a, b));
}

static inline uint64_t
path(const name_cue *c, int bits)
{
	return c->class_known ? (uint64_t) (c->class_path >> (16 - bits)) + 1 : 0;
}

static inline uint64_t
bytes_hash(const char *s, uint32_t n)
{
	uint64_t	h = n;

	for (uint32_t i = 0; i < n; i++)
		h = h << 8 | (unsigned char) s[i];
	return h;
}

static void
add_affixes(list *l, const token *t)
{
	uint32_t	n = t->lower_bytes;

	for (uint32_t k = 2; k <= 4 && k <= n; k++)
	{
		add(l, 10 + k, bytes_hash(t->lower + n - k, k));
		if (k > 2)
			add(l, 20 + k, bytes_hash(t->lower, k));
	}
}

static void
add_bits(list *l, unsigned template, uint32_t bits, uint64_t with)
{
	for (; bits != 0 && l->n < SEQUENCE_MAX_FEATURES - 70; bits &= bits - 1)
		add2(l, template, (uint64_t) __builtin_ctz(bits), with);
}

static inline uint64_t
form_of(const name_cue *c)
{
	return (uint64_t) c->written << 4 | (uint64_t) c->case_mode << 2 | c->first;
}

static void
add_words(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	uint64_t	form = form_of(c);

	add(l, 30, form);
	add(l, 31, c->word);
	add2(l, 32, c->word, form);
	add2(l, 33, b->word, c->written);
	add2(l, 34, a->word, c->written);
	add2(l, 35, b2->word, c->written);
	add2(l, 36, a2->word, c->written);
	add2(l, 37, b->word, c->word);
	add2(l, 38, c->word, a->word);
	add2(l, 39, b->word, a->word);
	add2(l, 40, c->shape, c->case_mode);
	add2(l, 41, b->shape, c->shape);
	add2(l, 42, c->shape, a->shape);
	add2(l, 43, hash_mix(b->written, c->shape), a->written);
	add2(l, 44, (uint64_t) b2->written << 12 | (uint64_t) b->written << 9 | (uint64_t) c->written << 6 | (uint64_t) a->written << 3 | a2->written,
		 c->case_mode);
	add2(l, 45, hash_mix(b2->word, b->word), c->written);
	add2(l, 46, hash_mix(a->word, a2->word), c->written);
}

static void
add_classes(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	add2(l, 50, path(c, 4), c->written);
	add(l, 51, path(c, 6));
	add2(l, 52, path(c, 10), c->written);
	add(l, 53, path(c, 16));
	add2(l, 54, path(b, 6), c->written);
	add2(l, 55, path(b, 10), c->written);
	add2(l, 56, path(b, 16), c->written);
	add2(l, 57, path(a, 6), c->written);
	add2(l, 58, path(a, 10), c->written);
	add2(l, 59, path(a, 16), c->written);
	add2(l, 60, path(b2, 10), c->written);
	add2(l, 61, path(a2, 10), c->written);
	add2(l, 62, path(b, 10), path(c, 10));
	add2(l, 63, path(c, 10), path(a, 10));
	add2(l, 64, hash_mix(path(b, 6), path(c, 10)), path(a, 6));
	add2(l, 65, hash_mix(path(b, 10), path(a, 10)), c->written);
}

static void
add_lexicon(list *l, const name_cue *c, const name_cue *b, const name_cue *a)
{
	uint64_t	place = (uint64_t) c->place << 4 | (c->phrase_length < 4 ? c->phrase_length : 4);

	add2(l, 70, hash_mix(c->types, place), c->case_mode);
	add_bits(l, 71, c->types, place);
	if (c->place != 4)
		add2(l, 72, c->single_types, c->written);
	add2(l, 73, hash_mix(b->types, b->place), c->written);
	add2(l, 74, hash_mix(a->types, a->place), c->written);
	add2(l, 75, hash_mix(c->types, place), path(b, 8));
	add2(l, 76, hash_mix(c->types, place), path(a, 8));
	add_bits(l, 77, c->sets, c->written);
	add_bits(l, 78, b->sets, c->written);
	add_bits(l, 79, a->sets, c->written);
	add2(l, 80, hash_mix(c->sets, b->sets), c->written);
	add2(l, 81, hash_mix(c->sets, a->sets), c->written);
	add2(l, 82, (uint64_t) c->capital_share << 8 | c->level, (uint64_t) c->written << 8 | (uint64_t) c->case_mode << 4 | c->first);
	add2(l, 83, (uint64_t) b->capital_share << 8 | c->capital_share, (uint64_t) a->capital_share << 8 | c->written);
	if (c->marks || b->marks || a->marks)
	{
		add2(l, 85, (uint64_t) b->marks << 6 | (uint64_t) c->marks << 3 | a->marks, form_of(c));
		add2(l, 86, c->marks, path(c, 8));
	}
	add2(l, 84, (uint64_t) c->habit << 8 | c->capital_share, (uint64_t) c->written << 8 | (uint64_t) c->case_mode << 4 | c->first);
}

/* The other end of the run of capitals, and the capitals beyond small words: Parliament [of the] United Kingdom. */
static void
add_runs(list *l, const name_view *v, int32_t i)
{
	const name_cue *c = &v->cues[i];
	const name_run *r = &v->runs[i];
	uint64_t	between = 0;

	if (r->last > i)
	{
		const name_cue *x = &v->cues[r->last];
		uint64_t	distance = r->last - i < 3 ? (uint64_t) (r->last - i) : 3;

		add2(l, 120, x->word, distance);
		add2(l, 121, path(x, 10), distance);
		add_bits(l, 122, x->sets & (SET_ORGANIZATION_NOUN | SET_FACILITY_NOUN | SET_PLACE_NOUN | SET_ORGANIZATION_SUFFIX | SET_DOCUMENT), distance);
	}
	if (r->last >= 0 && r->first < i)
	{
		const name_cue *x = &v->cues[r->first];
		uint64_t	distance = i - r->first < 3 ? (uint64_t) (i - r->first) : 3;

		add2(l, 123, x->word, distance);
		add2(l, 124, path(x, 10), distance);
	}
	for (int32_t k = i - 1; k >= v->sentence_start && i - k <= NEAR + 1; k--)
	{
		const name_cue *x = &v->cues[k];

		if (is_capital(x))
		{
			if (k < i - 1)
			{
				add2(l, 125, x->word, between);
				add2(l, 126, hash_mix(path(x, 10), c->written), between);
				add2(l, 127, hash_mix(x->sets & (SET_ORGANIZATION_NOUN | SET_FACILITY_NOUN | SET_PLACE_NOUN | SET_DOCUMENT), c->written), between);
			}
			break;
		}
		between = hash_mix(between, x->word);
	}
	between = 1;
	for (int32_t k = i + 1; k < v->sentence_end && k - i <= NEAR + 1; k++)
	{
		const name_cue *x = &v->cues[k];

		if (is_capital(x))
		{
			if (k > i + 1)
			{
				add2(l, 128, x->word, between);
				add2(l, 129, hash_mix(path(x, 10), c->written), between);
			}
			break;
		}
		between = hash_mix(between, x->word);
	}
}

static void
add_tags(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	if (c->upos == 0)
		return;
	add2(l, 90, c->xpos, c->written);
	add2(l, 91, (uint64_t) b->xpos << 8 | c->xpos, c->written);
	add2(l, 92, (uint64_t) c->xpos << 8 | a->xpos, c->written);
	add2(l, 93, (uint64_t) b->xpos << 16 | (uint64_t) c->xpos << 8 | a->xpos, c->written);
	add2(l, 94, (uint64_t) b2->upos << 8 | b->upos, c->upos);
	add2(l, 95, (uint64_t) a->upos << 8 | a2->upos, c->upos);
}

static void
add_majorities(list *l, const name_cue *c, const name_cue *b, const name_cue *a)
{
	uint64_t	form = form_of(c);

	add2(l, 100, (uint64_t) c->majority << 8 | c->majority_share, form);
	add2(l, 101, (uint64_t) b->majority << 16 | (uint64_t) c->majority << 8 | a->majority, c->written);
	add2(l, 102, (uint64_t) c->majority << 8 | a->majority, c->majority_share);
	add2(l, 103, (uint64_t) b->majority << 8 | c->majority, c->majority_share);
	add2(l, 104, c->pair_majority, c->majority);
	add2(l, 105, c->back_majority, c->majority);
	add2(l, 106, c->acronym_kind, c->majority);
	add2(l, 107, (uint64_t) c->majority << 8 | c->habit, form);
	add2(l, 108, c->majority, path(c, 8));
	add2(l, 110, c->long_majority, form);
	add2(l, 111, c->long_majority, c->majority);
	add2(l, 112, hash_mix(c->long_majority, b->long_majority), a->long_majority);
	add2(l, 109, c->majority, hash_mix(c->types, c->place));
}

int
name_features(void *context, int32_t at, uint64_t *features, int32_t *fixed)
{
	static const name_cue before_cue = {.word = 1, .written = 6, .majority = NO_MAJORITY, .long_majority = NO_MAJORITY},
				after_cue = {.word = 2, .written = 7, .majority = NO_MAJORITY, .long_majority = NO_MAJORITY};
	const name_view *v = context;
	int32_t		i = v->start + at;
	const name_cue *c = &v->cues[i];
	const name_cue *b = i - 1 >= v->sentence_start ? c - 1 : &before_cue,
			   *b2 = i - 2 >= v->sentence_start ? c - 2 : &before_cue,
			   *a = i + 1 < v->sentence_end ? c + 1 : &after_cue,
			   *a2 = i + 2 < v->sentence_end ? c + 2 : &after_cue;
	list		l = {features, 0};

	if (!c->may_be_name)
	{
		*fixed = NAME_OUTSIDE;
		return 0;
	}
	add_words(&l, c, b2, b, a, a2);
	add_affixes(&l, &v->doc->tokens[i]);
	add_classes(&l, c, b2, b, a, a2);
	add_lexicon(&l, c, b, a);
	add_runs(&l, v, i);
	add_tags(&l, c, b2, b, a, a2);
	if (v->second_pass)
		add_majorities(&l, c, b, a);
	return l.n;
}
