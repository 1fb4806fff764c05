/*
 * marks.c - quotation marks: which open, which close, and which belong together.
 *
 * In: tokens and paragraphs.  Out: stretches, and TOKEN_OPEN_MARK / TOKEN_CLOSE_MARK.
 *
 * Every mark has a family (double, single, guillemets), a direction from its
 * glyph and one from the white space and words around it.  A stack of open
 * stretches, emptied at the end of each paragraph, pairs them from left to
 * right.  Single marks are doubtful, being apostrophes too: an opening one counts only when
 * a closing one is found before the next.  Look-ahead stops at the next mark of the
 * kind sought, so that the whole stays linear.
 */
#include "text/marks.h"

#include "text/reading.h"

#include <string.h>

#define DEEPEST 6				/* stretches open at once; further ones are ignored */
#define LOOK_AHEAD 64			/* marks */

typedef enum family
{
	FAMILY_DOUBLE, FAMILY_SINGLE, FAMILY_GUILLEMET, FAMILY_SINGLE_GUILLEMET
} family;

typedef enum direction
{
	EITHER, OPENS, CLOSES
} direction;

typedef struct glyph
{
	int32_t		character;		/* negative: two in a row, `` and '' */
	uint8_t		family;
	uint8_t		direction;
} glyph;

#define TWO_BACKTICKS -1
#define TWO_APOSTROPHES -2
#define TWO_CLOSING -3			/* two typographic apostrophes */

static const glyph glyphs[] = {
	{'"', FAMILY_DOUBLE, EITHER}, {0x201C, FAMILY_DOUBLE, OPENS}, {0x201D, FAMILY_DOUBLE, CLOSES},
	{0x201E, FAMILY_DOUBLE, OPENS}, {0x201F, FAMILY_DOUBLE, OPENS}, {TWO_BACKTICKS, FAMILY_DOUBLE, OPENS},
	{TWO_APOSTROPHES, FAMILY_DOUBLE, EITHER}, {TWO_CLOSING, FAMILY_DOUBLE, EITHER}, {0xFF02, FAMILY_DOUBLE, EITHER}, {0x301D, FAMILY_DOUBLE, OPENS}, {0x301E, FAMILY_DOUBLE, CLOSES},
	{0xAB, FAMILY_GUILLEMET, EITHER}, {0xBB, FAMILY_GUILLEMET, EITHER},
	{0x2039, FAMILY_SINGLE_GUILLEMET, EITHER}, {0x203A, FAMILY_SINGLE_GUILLEMET, EITHER},
	{'\'', FAMILY_SINGLE, EITHER}, {'`', FAMILY_SINGLE, OPENS}, {0x2018, FAMILY_SINGLE, OPENS},
	{0x2019, FAMILY_SINGLE, EITHER}, {0x201A, FAMILY_SINGLE, OPENS}, {0x201B, FAMILY_SINGLE, OPENS},
};

typedef struct mark
{
	int32_t		token;
	uint8_t		family;
	uint8_t		glyph_direction;
	uint8_t		context_direction;
	bool		weak;			/* a single mark that may be the apostrophe of a plural: dogs' */
	bool		at_start;		/* first token of its paragraph */
	bool		skip;			/* feet, inches, paired elsewhere */
} mark;

typedef struct pairing
{
	document   *doc;
	mark	   *marks;
	int32_t		n_marks;
	int32_t		capacity;
	marked_stretch *stretches;
	int32_t		n_stretches;
	int32_t		stretch_capacity;
	int32_t		open[DEEPEST];	/* stretches open now, outermost first */
	uint8_t		open_family[DEEPEST];
	int			n_open;
	int32_t		stray;			/* token of a single mark that seems to close, while a double stretch is open; -1 */
} pairing;

/* The glyph of a token, NULL when it is no mark. */
static const glyph *
glyph_of(const document *doc, const token *t)
{
	const char *s = doc->text + t->start_byte;
	uint32_t	n = t->end_byte - t->start_byte;
	int32_t		character;

	if (!(t->flags & TOKEN_PUNCTUATION) && *s != '&')
		return NULL;
	if (n == 2 && s[0] == s[1])
		character = *s == '`' ? TWO_BACKTICKS : *s == '\'' ? TWO_APOSTROPHES : 0;
	else if (n == 6 && memcmp(s, "\xE2\x80", 2) == 0 && memcmp(s + 3, "\xE2\x80", 2) == 0)
		character = (unsigned char) s[2] < 0x9A && (unsigned char) s[5] < 0x9A ? TWO_CLOSING : 0;
	else if (*s == '&')
	{
		if (entity_length(s, n, &character) != n)
			return NULL;
	}
	else if (utf8_decode(s, n, &character) != n)
		return NULL;
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
		if (glyphs[i].character == character)
			return &glyphs[i];
	return NULL;
}

static bool
token_is(const document *doc, const token *t, const char *one_of)
{
	return t->end_byte - t->start_byte == 1 && strchr(one_of, doc->text[t->start_byte]) != NULL;
}

static bool
is_dash(const document *doc, const token *t)
{
	const char *s = doc->text + t->start_byte;
	uint32_t	n = t->end_byte - t->start_byte;

	return (t->flags & TOKEN_PUNCTUATION) && (*s == '-' || (n >= 3 && memcmp(s, "\xE2\x80", 2) == 0 &&
															((unsigned char) s[2] == 0x93 || (unsigned char) s[2] == 0x94)));
}

/* Direction that white space and neighbours give to the mark at token i of paragraph p. */
static direction
context_of(const document *doc, const paragraph *p, int32_t i)
{
	const token *before = i > p->start ? &doc->tokens[i - 1] : NULL;
	const token *behind = i + 1 < p->end ? &doc->tokens[i + 1] : NULL;
	bool		space_before = !before || doc->tokens[i].flags & TOKEN_SPACE_BEFORE;
	bool		space_behind = !behind || behind->flags & TOKEN_SPACE_BEFORE;

	if (space_before != space_behind)
		return space_before ? OPENS : CLOSES;
	if (!before)
		return OPENS;
	if (!behind)
		return CLOSES;
	if (space_before)
		return EITHER;
	if (token_is(doc, before, "([{<") || is_dash(doc, before))
		return is_dash(doc, before) && (behind->flags & TOKEN_PUNCTUATION) ? EITHER : OPENS;
	if (token_is(doc, behind, ".,;:!?)]}") || is_dash(doc, behind))
		return CLOSES;
	return EITHER;
}

static bool
ends_in_s(const token *t)
{
	return t->lower_bytes > 1 && t->lower[t->lower_bytes - 1] == 's';
}

/* Signs of feet and inches, of minutes and seconds: 6' 2". */
static bool
is_measure(const document *doc, const paragraph *p, int32_t i)
{
	const token *before = i > p->start ? &doc->tokens[i - 1] : NULL;
	const token *behind = i + 1 < p->end ? &doc->tokens[i + 1] : NULL;

	if (!before || doc->tokens[i].flags & TOKEN_SPACE_BEFORE || !(before->flags & TOKEN_ALL_DIGITS))
		return false;
	if (behind && behind->flags & TOKEN_ALL_DIGITS && token_is(doc, &doc->tokens[i], "'"))
		return true;
	return i - 2 > p->start && token_is(doc, &doc->tokens[i - 2], "'") && doc->tokens[i - 3].flags & TOKEN_ALL_DIGITS;
}

static void
collect_marks(pairing *g)
{
	document   *doc = g->doc;

	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		const paragraph *par = &doc->paragraphs[p];

		for (int32_t i = par->start; i < par->end; i++)
		{
			const token *t = &doc->tokens[i];
			const glyph *gl = glyph_of(doc, t);
			mark	   *m;

			document_tick_at(doc, (uint32_t) i);
			if (!gl || t->flags & TOKEN_CLITIC)
				continue;
			g->marks = arena_grow(doc->memory, g->marks, g->n_marks, &g->capacity, sizeof(mark));
			m = &g->marks[g->n_marks++];
			*m = (mark) {
				.token = i, .family = gl->family, .glyph_direction = gl->direction,
				.context_direction = context_of(doc, par, i), .at_start = i == par->start,
				.skip = is_measure(doc, par, i)
			};
			if (gl->family == FAMILY_SINGLE && i > par->start && m->context_direction != OPENS)
				m->weak = ends_in_s(t - 1) && i + 1 < par->end && t[1].flags & TOKEN_SPACE_BEFORE &&
					!(t[1].flags & TOKEN_PUNCTUATION);
		}
	}
}

/* --- the stack --------------------------------------------------------------- */

static int
find_open(const pairing *g, uint8_t family)
{
	for (int i = g->n_open - 1; i >= 0; i--)
		if (g->open_family[i] == family)
			return i;
	return -1;
}

static void
open_stretch(pairing *g, const mark *m)
{
	marked_stretch *s;

	if (g->n_open == DEEPEST)
		return;
	g->stray = -1;				/* a stretch that ended there could not hold this one */
	g->stretches = arena_grow(g->doc->memory, g->stretches, g->n_stretches, &g->stretch_capacity, sizeof(marked_stretch));
	s = &g->stretches[g->n_stretches];
	*s = (marked_stretch) {
		.open = m->token, .close = m->token + 1, .depth = (uint8_t) g->n_open,
		.parent = g->n_open ? g->open[g->n_open - 1] : -1
	};
	g->open_family[g->n_open] = m->family;
	g->open[g->n_open++] = g->n_stretches++;
}

/* Ends all stretches above place `i` of the stack, and that one, at token `at`. */
static void
close_stretches(pairing *g, int i, int32_t at, bool has_close)
{
	while (g->n_open > i)
	{
		marked_stretch *s = &g->stretches[g->open[--g->n_open]];

		s->close = at;
		s->has_close = has_close && g->n_open == i;
	}
	g->stray = -1;				/* it stood inside what has ended */
}

/* --- single marks ------------------------------------------------------------ */

/*
 * The mark that closes the single mark k, -1 when there is none before the next
 * opening one: the first that no plural explains, else the last that one may.
 */
static int32_t
single_closer(const pairing *g, int32_t k, int32_t paragraph_end, int32_t limit_token)
{
	int32_t		fallback = -1;

	for (int32_t j = k + 1; j < g->n_marks && g->marks[j].token < paragraph_end; j++)
	{
		const mark *m = &g->marks[j];

		if (m->token >= limit_token)
			break;
		if (m->family != FAMILY_SINGLE || m->skip)
			continue;
		if (m->glyph_direction == OPENS || m->context_direction == OPENS)
			break;
		if (m->token == g->marks[k].token + 1)
			continue;
		if (!m->weak)
			return j;
		if (fallback < 0)
			fallback = j;
	}
	return fallback;
}

/* Token of the mark that ends the double stretch open now, as far as glyph and context tell. */
static int32_t
double_limit(const pairing *g, int32_t k, int32_t paragraph_end)
{
	if (find_open(g, FAMILY_DOUBLE) < 0)
		return paragraph_end;
	for (int32_t j = k + 1; j < g->n_marks && j < k + LOOK_AHEAD && g->marks[j].token < paragraph_end; j++)
		if (g->marks[j].family == FAMILY_DOUBLE && !g->marks[j].skip &&
			(g->marks[j].glyph_direction == CLOSES || g->marks[j].context_direction == CLOSES))
			return g->marks[j].token;
	return paragraph_end;
}

static void
take_single(pairing *g, int32_t k, const paragraph *par, bool next_repeats)
{
	mark	   *m = &g->marks[k];
	int			open = find_open(g, FAMILY_SINGLE);

	if (open >= 0)
	{
		/* its closer was chosen when it opened */
		if (g->stretches[g->open[open]].close == m->token)
			close_stretches(g, open, m->token, true);
		return;
	}
	if (m->context_direction == CLOSES || (m->context_direction == EITHER && m->glyph_direction != OPENS))
	{
		if (g->stray < 0 && g->n_open && !m->weak && m->context_direction == CLOSES)
			g->stray = m->token;
		return;
	}
	if (m->glyph_direction != OPENS || m->context_direction == OPENS)
	{
		int32_t		j = single_closer(g, k, par->end, double_limit(g, k, par->end));

		if (j >= 0)
		{
			open_stretch(g, m);
			if (g->n_open && g->open[g->n_open - 1] == g->n_stretches - 1)
				g->stretches[g->n_stretches - 1].close = g->marks[j].token;
		}
		else if ((m->at_start || m->glyph_direction == OPENS) && next_repeats && g->n_open == 0)
		{
			open_stretch(g, m);
			g->stretches[g->n_stretches - 1].close = par->end;
		}
	}
}

/* --- double marks and guillemets --------------------------------------------- */

/* Do the next two marks of this family both close, so that mark k can be nested in its like? */
static bool
closes_twice(const pairing *g, int32_t k, int32_t paragraph_end)
{
	int			found = 0;

	for (int32_t j = k + 1; j < g->n_marks && j < k + LOOK_AHEAD && g->marks[j].token < paragraph_end; j++)
	{
		const mark *m = &g->marks[j];

		if (m->family != g->marks[k].family || m->skip)
			continue;
		if (m->context_direction == OPENS || m->glyph_direction == OPENS)
			return false;
		if (++found == 2)
			return true;
	}
	return false;
}

static direction
direction_of(const mark *m, bool is_open)
{
	if (m->glyph_direction == EITHER)
		return m->context_direction == EITHER ? (is_open ? CLOSES : OPENS) : (direction) m->context_direction;
	/* a glyph turned the wrong way round */
	if (m->glyph_direction == OPENS && m->context_direction == CLOSES && is_open)
		return CLOSES;
	if (m->glyph_direction == CLOSES && m->context_direction == OPENS && !is_open)
		return OPENS;
	return (direction) m->glyph_direction;
}

/* Ends a stretch that has no closer of its own: at a single mark that stands for one ("not so'), else before token `at`. */
static void
close_without_mark(pairing *g, int i, int32_t at)
{
	if (g->stray > g->stretches[g->open[i]].open + 1)
		close_stretches(g, i, g->stray, true);
	else
		close_stretches(g, i, at, false);
}

/* Does the token before i end a sentence? */
static bool
behind_stop(const document *doc, int32_t i)
{
	const token *t = &doc->tokens[i - 1];

	return t->end_byte > t->start_byte && strchr(".?!", doc->text[t->end_byte - 1]) != NULL;
}

static void
take_double(pairing *g, int32_t k, const paragraph *par)
{
	mark	   *m = &g->marks[k];
	int			open = find_open(g, m->family);
	direction	d = direction_of(m, open >= 0);
	const token *t = &g->doc->tokens[m->token];

	if (d == CLOSES)
	{
		if (open >= 0)
			close_stretches(g, open, m->token, true);
		else if (m->context_direction == CLOSES && m->glyph_direction == EITHER && m->token > par->start && t[-1].flags & TOKEN_ALL_DIGITS)
			m->skip = true;		/* inches */
		return;
	}
	if (open >= 0 && !closes_twice(g, k, par->end))
	{
		g->stretches[g->open[open]].continues = g->stray < 0 && behind_stop(g->doc, m->token);
		close_without_mark(g, open, m->token);
	}
	open_stretch(g, m);
}

/* --- the document ------------------------------------------------------------ */

/* Does paragraph p start with an opening mark of this family? */
static bool
starts_with_mark(const document *doc, int32_t p, uint8_t family)
{
	const token *t;
	const glyph *gl;

	if (p >= doc->n_paragraphs)
		return false;
	t = &doc->tokens[doc->paragraphs[p].start];
	gl = glyph_of(doc, t);
	return gl && gl->family == family && context_of(doc, &doc->paragraphs[p], doc->paragraphs[p].start) != CLOSES;
}

static void
end_paragraph(pairing *g, int32_t p)
{
	int32_t		end = g->doc->paragraphs[p].end;

	if (!g->n_open)
		return;
	if (starts_with_mark(g->doc, p + 1, g->open_family[0]))
	{
		g->stretches[g->open[0]].continues = true;
		close_stretches(g, 0, end, false);
	}
	else
		close_without_mark(g, 0, end);
}

static void
set_flags(pairing *g)
{
	document   *doc = g->doc;

	for (int32_t i = 0; i < g->n_stretches; i++)
	{
		doc->tokens[g->stretches[i].open].flags |= TOKEN_OPEN_MARK;
		if (g->stretches[i].has_close)
			doc->tokens[g->stretches[i].close].flags |= TOKEN_CLOSE_MARK;
	}
	for (int32_t k = 0; k < g->n_marks; k++)
	{
		const mark *m = &g->marks[k];
		token	   *t = &doc->tokens[m->token];

		if (m->family == FAMILY_SINGLE || m->skip || t->flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK))
			continue;
		t->flags |= direction_of(m, true) == CLOSES ? TOKEN_CLOSE_MARK : TOKEN_OPEN_MARK;
	}
}

void
pair_marks(document *doc)
{
	pairing		g = {.doc = doc, .stray = -1};
	int32_t		k = 0;

	collect_marks(&g);
	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		const paragraph *par = &doc->paragraphs[p];
		bool		next_repeats = starts_with_mark(doc, p + 1, FAMILY_SINGLE);

		for (; k < g.n_marks && g.marks[k].token < par->end; k++)
		{
			document_tick_at(doc, (uint32_t) k);
			if (g.marks[k].skip)
				continue;
			if (g.marks[k].family == FAMILY_SINGLE)
				take_single(&g, k, par, next_repeats);
			else
				take_double(&g, k, par);
		}
		end_paragraph(&g, p);
	}
	set_flags(&g);
	doc->stretches = g.stretches;
	doc->n_stretches = g.n_stretches;
}

int32_t
find_marked_stretches(const document *doc, marked_stretch **stretches)
{
	*stretches = doc->stretches;
	return doc->n_stretches;
}
