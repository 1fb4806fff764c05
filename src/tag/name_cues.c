/*
 * name_cues.c - what every token of a document shows before any model looks at it (see name_features.h).
 *
 * In: tokens with tags.  Out: a name_view with its cues: the word's class and shape, the case of its sentence, the phrases of the
 * lexicon over it, the marks around it, the run of capitals it stands in, and how the text writes the word elsewhere.
 *
 * A token without a capital is described only near capitals, where it can be
 * the "of" of a name; elsewhere it is fixed as outside.  In a sentence without
 * any capital every word is described.
 */
#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/name_memory.h"

#define MAX_HITS 8
#define PHRASE_LIMIT 12			/* tokens of a lexicon phrase */
#define NEAR 3					/* how far a word without capital may stand from one with */
#define RUN_LIMIT 10			/* words of a run of capitals */
#define MARKS_LIMIT 9			/* tokens of a short stretch between marks */

/* Words that can begin a name in lower case before a capital: de Gaulle, al Qaeda. */
static const char *const particles[] = {
	"de", "van", "von", "der", "den", "al", "el", "la", "le", "da", "di", "du", "bin", "bint", "ibn", "abu", "ter", "ten", "dos", "del", "della",
	"d'", "ul", "zu", "af", "av", "y", "san", "e"
};

#define N_PARTICLES ((int) (sizeof(particles) / sizeof(particles[0])))

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
fill_case(name_view *v, const sentence *s)
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
	v->memory = memory_create(doc->memory, n * 6);
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
		fill_case(v, x);
		fill_phrases(v, x);
		fill_marks(v, x);
		fill_runs(v, x);
		fill_possible(v, x);
		name_view_find_types(v, x);
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
		v->cues[i].majority = v->cues[i].pair_majority = v->cues[i].back_majority = v->cues[i].long_majority = NO_MAJORITY;
	learn_habits(v);
	name_view_share_types(v);
	return v;
}
