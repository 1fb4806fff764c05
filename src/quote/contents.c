/*
 * contents.c - the reported clause of a cue.
 *
 * A cue and its source form a clause ("the minister said", "according to police").
 * The content stands behind it, before it, or around it.  Starts and ends are
 * proposed by punctuation, conjunctions, marks and the edges of phrases; a
 * start, an end and the span between them are judged together, against "this
 * cue reports nothing".
 */
#include "quote/work.h"
#include "tag/tagset.h"

#define MAX_STARTS 12
#define MAX_ENDS 14
#define MAX_BEFORE 5
#define BEST_STARTS 3
#define BEST_ENDS 3
#define START_TOKENS 18			/* how far behind the cue a content may begin */
#define SPAN_TOKENS 160			/* longest content */

enum
{
	BEHIND, BEFORE, AROUND
};

/* An edge of contents and the part that holds its features. */
typedef struct edge
{
	int32_t		token;			/* first token of a start; token behind an end */
	int32_t		part;
} edge;

typedef struct frame
{
	const cue  *c;
	const phrase *source;		/* NULL */
	int32_t		start;			/* of the sentence */
	int32_t		end;			/* without its final punctuation */
	span		clause;			/* cue and source */
	bool		source_behind;
	bool		source_far;		/* another cue stands between */
	bool		hearing;		/* who is told stands behind the cue */
	edge		starts[MAX_STARTS];
	int			n_starts;
	edge		ends[MAX_ENDS];
	int			n_ends;
	int32_t		first_mixed;	/* stretch of the sentence labelled mixed, -1 */
	int32_t		last_mixed;
} frame;

static bool
is_punctuation(const quote_work *w, int32_t t)
{
	return (w->doc->tokens[t].flags & TOKEN_PUNCTUATION) != 0;
}

static bool
in_direct(const quote_work *w, int32_t t)
{
	return w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].label == STRETCH_DIRECT;
}

/* Inside a stretch, not at its edges: no content begins or ends there. */
static bool
splits_stretch(const quote_work *w, int32_t t)
{
	int32_t		s = t > 0 && t < w->doc->n_tokens ? w->stretch_of[t] : -1;

	return s >= 0 && w->stretch_of[t - 1] == s && w->stretches[s].inside.start < t && w->stretches[s].inside.end > t;
}

static void
frame_clause(quote_work *w, frame *f)
{
	const cue  *c = f->c;

	f->clause = c->words;
	f->source_behind = f->source_far = false;
	if (!f->source)
		return;
	if (f->source->core.start >= c->words.end)
	{
		f->source_behind = true;
		if (f->source->whole.end <= f->end)
			f->clause.end = f->source->whole.end;
		else
			f->clause.end = f->source->core.end;
		return;
	}
	for (int32_t t = f->source->core.end; t < c->token; t++)
		f->source_far |= w->cue_at[t] >= 0 && w->cues[w->cue_at[t]].kind == CUE_VERB;
	if (!f->source_far)
		f->clause.start = f->source->core.start;
}

/* A stretch that is part of the clause may run on over the end of the sentence: so does the content. */
static void
run_on(const quote_work *w, frame *f, const stretch *s)
{
	int32_t		behind = s->has_close ? s->close + 1 : s->close;

	if (s->label == STRETCH_MIXED && s->open > f->c->token && behind > f->end && behind <= f->c->token + SPAN_TOKENS && behind <= w->doc->n_tokens)
		f->end = behind;
}

/* Verbs that cannot do without who is told, in the active. */
static bool
needs_hearer(const quote_work *w, const cue *c)
{
	static const char *const verbs[] = {"tell", "inform", "notify", "remind", "assure"};

	return c->kind == CUE_VERB && pos_at(w, c->token) != XPOS_VBN && has_lemma(c, verbs, sizeof(verbs) / sizeof(verbs[0]));
}

static void
frame_open(quote_work *w, int32_t n, frame *f)
{
	const cue  *c = &w->cues[n];

	f->c = c;
	f->source = c->source >= 0 ? &w->phrases[c->source] : NULL;
	f->start = sentence_start(w, c->token);
	f->end = sentence_end(w, c->token);
	if (f->start < c->token - SPAN_TOKENS)
		f->start = c->token - SPAN_TOKENS;
	if (f->end > c->token + SPAN_TOKENS)
		f->end = c->token + SPAN_TOKENS;
	if (f->end > c->words.end && w->stretch_of[f->end - 1] >= 0)
		run_on(w, f, &w->stretches[w->stretch_of[f->end - 1]]);
	while (f->end > c->words.end && is_punctuation(w, f->end - 1) && !(w->doc->tokens[f->end - 1].flags & TOKEN_CLOSE_MARK))
		f->end--;
	f->hearing = needs_hearer(w, c);
	f->n_starts = f->n_ends = 0;
	f->first_mixed = f->last_mixed = -1;
	for (int32_t t = f->start; t < f->end; t++)
		if (w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].label == STRETCH_MIXED)
		{
			if (f->first_mixed < 0)
				f->first_mixed = w->stretch_of[t];
			f->last_mixed = w->stretch_of[t];
		}
	frame_clause(w, f);
}

/* --- starts ---------------------------------------------------------------------- */

/* "told the BBC the road is closed": who is told is not what is told. */
static bool
starts_with_hearer(const quote_work *w, const frame *f, int32_t t)
{
	int			class = class_at(w, t);

	if (!f->hearing || t != f->c->words.end || class == CLASS_THAT || class == CLASS_TO || class == CLASS_OPEN)
		return false;
	for (int32_t h = t; h < t + 8 && h < f->end; h++)
		if (w->phrase_at[h] >= 0)
			return w->phrases[w->phrase_at[h]].core.start == t;
	return false;
}

/* "told The Jakarta Post radio broadcasts were ...", "told reporters today tests will ...": what is told follows without a word between. */
static bool
follows_hearer(const quote_work *w, const frame *f, int32_t t)
{
	int32_t		m = w->mention_at[t - 1];

	if (!f->hearing || t <= f->c->words.end || t > f->c->words.end + 8)
		return false;
	return (m >= 0 && w->doc->mentions[m].end == t) || pos_at(w, t - 1) == XPOS_NNS || is_word(w, t - 1, "media") || is_word(w, t - 1, "today") ||
		is_word(w, t - 1, "yesterday") || (lexicon_sets(&w->doc->tokens[t - 1]) & SET_WEEKDAY);
}

static bool
may_start(const quote_work *w, const frame *f, int32_t t)
{
	int			class = class_at(w, t);

	if (splits_stretch(w, t) || in_direct(w, t) || (is_punctuation(w, t) && !(w->doc->tokens[t].flags & TOKEN_OPEN_MARK)))
		return false;
	if (t == f->clause.end || t == f->c->words.end || is_punctuation(w, t - 1) || follows_hearer(w, f, t))
		return true;
	if (class == CLASS_THAT || class == CLASS_TO || class == CLASS_OPEN || class == CLASS_WHO || w->doc->tokens[t].upos == UPOS_SCONJ)
		return true;
	if (w->doc->tokens[t - 1].upos == UPOS_ADP)
		return true;
	for (int32_t h = t; h < t + 8 && h < f->end; h++)
		if (w->phrase_at[h] >= 0 && w->phrases[w->phrase_at[h]].core.start == t)
			return true;
	return false;
}

static void
start_features(quote_work *w, const frame *f, int32_t t, int rank)
{
	const cue  *c = f->c;
	int			phrases = 0,
				verbs = 0,
				commas = 0;
	bool		that = false,
				later_that = false,
				stretch = false;
	int			class = class_at(w, t),
				before = class_at(w, t - 1);

	for (int32_t i = c->words.end; i < t; i++)
	{
		phrases += w->phrase_at[i] >= 0;
		verbs += is_finite_verb(w, i);
		commas += class_at(w, i) == CLASS_COMMA;
		that |= class_at(w, i) == CLASS_THAT;
		stretch |= w->stretch_of[i] >= 0;
	}
	for (int32_t i = t + 1; i < f->end && i < t + 12; i++)
		later_that |= class_at(w, i) == CLASS_THAT;
	FEATURE3(w, 400, class, before, c->kind);
	FEATURE3(w, 401, c->lemma, class, before);
	FEATURE3(w, 421, c->group, class, before);
	FEATURE(w, 422, c->group);
	FEATURE2(w, 423, group_at(w, t), before);
	FEATURE2(w, 402, rank, c->kind);
	FEATURE2(w, 403, rank, class);
	FEATURE2(w, 404, bucket(t - c->words.end), c->kind);
	FEATURE2(w, 405, class, t == f->clause.end);
	FEATURE(w, 406, c->lemma);
	FEATURE3(w, 407, bucket(phrases), bucket(verbs), commas);
	FEATURE3(w, 408, c->lemma, bucket(phrases), verbs > 0);
	FEATURE3(w, 409, that, later_that, class == CLASS_THAT);
	FEATURE3(w, 410, later_that, before, phrases);
	FEATURE2(w, 411, word_at(w, t), before);
	FEATURE2(w, 412, word_at(w, t - 1), class);
	FEATURE2(w, 413, c->lemma, word_at(w, t));
	FEATURE2(w, 414, c->lemma, word_at(w, t - 1));
	FEATURE3(w, 415, stretch, class == CLASS_OPEN, f->first_mixed >= 0);
	FEATURE3(w, 416, f->source_behind, t == f->clause.end, before);
	FEATURE3(w, 417, c->kind, f->source_behind, before);
	FEATURE3(w, 418, pos_at(w, t), pos_at(w, t - 1), c->kind);
	FEATURE3(w, 419, pos_at(w, t), pos_at(w, t + 1), rank);
	FEATURE3(w, 420, t < f->clause.end, f->source_behind, class);
}

static void
add_start(quote_work *w, frame *f, int32_t t)
{
	int			rank = f->n_starts;

	f->starts[f->n_starts++] = (edge) {t, part_add(w)};
	start_features(w, f, t, rank);
}

static void
propose_starts(quote_work *w, frame *f)
{
	int32_t		limit = f->clause.end + START_TOKENS < f->end ? f->clause.end + START_TOKENS : f->end;

	for (int32_t t = f->c->words.end; t < limit && f->n_starts < MAX_STARTS; t++)
	{
		if (f->source_behind && t > f->source->core.start && t < f->source->core.end)
			continue;
		if (may_start(w, f, t) && !starts_with_hearer(w, f, t))
			add_start(w, f, t);
	}
}

/* --- ends ------------------------------------------------------------------------- */

static bool
may_end(const quote_work *w, const frame *f, int32_t t)
{
	int			class = class_at(w, t),
				last = class_at(w, t - 1);

	if (splits_stretch(w, t) || last == CLASS_COMMA || last == CLASS_SEMICOLON || last == CLASS_DASH || last == CLASS_AND || last == CLASS_OPEN)
		return false;
	if (class == CLASS_COMMA || class == CLASS_SEMICOLON || class == CLASS_DASH || class == CLASS_COLON || class == CLASS_AND || class == CLASS_BRACKET)
		return true;
	if (last == CLASS_CLOSE || class == CLASS_CLOSE || class == CLASS_WHO)
		return true;
	if (w->doc->tokens[t].upos == UPOS_SCONJ)
		return true;
	if (w->cue_at[t] >= 0 && w->cues[w->cue_at[t]].kind != CUE_NOUN)
		return true;
	return false;
}

static void
end_features(quote_work *w, const frame *f, int32_t t)
{
	const cue  *c = f->c;
	int			class = t >= f->end ? CLASS_OUTSIDE : class_at(w, t),
				last = class_at(w, t - 1);
	int			verbs = 0,
				cues = 0,
				commas = 0,
				mixed = 0;

	for (int32_t i = t; i < f->end && i < t + 40; i++)
	{
		verbs += is_finite_verb(w, i);
		cues += w->cue_at[i] >= 0 && (w->cues[w->cue_at[i]].sets & SET_SPEECH_VERB);
		commas += class_at(w, i) == CLASS_COMMA;
		mixed += w->stretch_of[i] >= 0;
	}
	FEATURE2(w, 440, class, c->kind);
	FEATURE3(w, 441, class, last, t >= f->end);
	FEATURE3(w, 442, class, bucket(verbs), bucket(cues));
	FEATURE3(w, 443, class, class_at(w, t + 1), verbs > 0);
	FEATURE2(w, 444, bucket(f->end - t), class);
	FEATURE2(w, 445, class, t >= f->end);
	FEATURE2(w, 446, c->lemma, t >= f->end);
	FEATURE3(w, 447, word_at(w, t), class, verbs > 0);
	FEATURE3(w, 448, class == CLASS_COMMA ? word_at(w, t + 1) : 0, verbs > 0, cues > 0);
	FEATURE3(w, 449, class == CLASS_COMMA ? pos_at(w, t + 1) : 99, verbs > 0, commas);
	FEATURE3(w, 450, mixed > 0, last == CLASS_CLOSE || class == CLASS_CLOSE, t >= f->end);
	FEATURE3(w, 451, bucket(commas), bucket(verbs), t >= f->end);
	FEATURE3(w, 452, pos_at(w, t), pos_at(w, t + 1), t >= f->end);
	FEATURE3(w, 453, c->kind, class, bucket(f->end - t));
	FEATURE2(w, 454, class, word_at(w, t + 1));
	FEATURE2(w, 458, class, class == CLASS_COMMA ? word_at(w, t + 1) : word_at(w, t));
	FEATURE2(w, 455, class, verbs > 0);
}

static void
add_end(quote_work *w, frame *f, int32_t t)
{
	f->ends[f->n_ends++] = (edge) {t, part_add(w)};
	end_features(w, f, t);
}

static void
propose_ends(quote_work *w, frame *f)
{
	for (int32_t t = f->c->words.end + 1; t < f->end && f->n_ends < MAX_ENDS - 1; t++)
	{
		if (in_direct(w, t))
		{
			if (f->n_ends == 0 || f->ends[f->n_ends - 1].token != t)
				add_end(w, f, t);
			return;
		}
		if (may_end(w, f, t))
			add_end(w, f, t);
	}
	if (f->end > f->c->words.end)
		add_end(w, f, f->end);
}

/* --- spans ------------------------------------------------------------------------ */

static void
span_features(quote_work *w, const frame *f, int type, const span *pieces, int n)
{
	const cue  *c = f->c;
	int			length = 0,
				verbs = 0,
				cues = 0;
	bool		mixed = false,
				verbal = false,	/* "stressed his support" reports nothing; "said his support was firm" does */
				all_mixed,
				first_mixed = f->first_mixed < 0,
				last_mixed = f->last_mixed < 0,
				holds_source = false;

	for (int p = 0; p < n; p++)
	{
		length += pieces[p].end - pieces[p].start;
		for (int32_t t = pieces[p].start; t < pieces[p].end; t++)
		{
			verbs += is_finite_verb(w, t);
			verbal |= w->doc->tokens[t].upos == UPOS_VERB || w->doc->tokens[t].upos == UPOS_AUX;
			cues += w->cue_at[t] >= 0 && (w->cues[w->cue_at[t]].sets & SET_SPEECH_VERB);
			mixed |= w->stretch_of[t] >= 0;
			first_mixed |= f->first_mixed >= 0 && w->stretch_of[t] == f->first_mixed;
			last_mixed |= f->last_mixed >= 0 && w->stretch_of[t] == f->last_mixed;
		}
		if (f->source && f->source->head >= pieces[p].start && f->source->head < pieces[p].end)
			holds_source = true;
	}
	all_mixed = first_mixed && last_mixed;
	FEATURE3(w, 460, type, c->kind, f->source_behind);
	FEATURE3(w, 461, type, c->lemma, f->source_behind);
	FEATURE3(w, 475, type, c->group, f->source_behind);
	FEATURE3(w, 476, type, c->group, verbs > 0);
	FEATURE3(w, 462, type, bucket(length), c->kind);
	FEATURE3(w, 463, type, bucket(verbs), bucket(length));
	FEATURE3(w, 464, type, c->lemma, verbs > 0);
	FEATURE3(w, 465, type, mixed, f->first_mixed >= 0);
	FEATURE3(w, 466, type, all_mixed, f->first_mixed >= 0);
	FEATURE(w, 467, type);
	FEATURE3(w, 469, type, bucket(cues), bucket(verbs));
	FEATURE2(w, 470, type, holds_source);
	FEATURE2(w, 477, type, verbs > 1);
	FEATURE2(w, 479, type, c->group);
	FEATURE3(w, 471, type, f->source ? 1 + f->source_far : 0, c->kind);
	FEATURE3(w, 472, type, class_at(w, f->clause.end), class_at(w, f->clause.start - 1));
	FEATURE3(w, 473, type, pos_at(w, c->token), verbs > 0);
	FEATURE3(w, 474, c->lemma, class_at(w, pieces[0].start), bucket(length));
	FEATURE3(w, 468, type, verbal, mixed);
	FEATURE3(w, 478, c->lemma, verbal, mixed);
	FEATURE3(w, 490, class_at(w, pieces[0].start), verbal, hash_mix(mixed, c->kind));
}

static void
add_span(quote_work *w, const frame *f, int type, const span *pieces, int n, int start_part, int end_part)
{
	option	   *o = option_add(w, type);

	o->n_pieces = n;
	for (int p = 0; p < n; p++)
		o->piece[p] = pieces[p];
	if (start_part >= 0)
		option_include(w, start_part);
	if (end_part >= 0)
		option_include(w, end_part);
	span_features(w, f, type, pieces, n);
}

/* In reading, only the best edges by their own features go on; in training all do. */
static int
keep_best(const quote_work *w, edge *edges, int n, int best)
{
	int32_t		score[MAX_ENDS > MAX_STARTS ? MAX_ENDS : MAX_STARTS];
	int			kept = 0;

	if (w->teacher || n <= best)
		return n;
	for (int i = 0; i < n; i++)
		score[i] = w->options[edges[i].part].score;
	for (int i = 0; i < n; i++)
	{
		int			better = 0;

		for (int j = 0; j < n; j++)
			better += score[j] > score[i] || (score[j] == score[i] && j < i);
		if (better < best)
			edges[kept++] = edges[i];
	}
	return kept;
}

static void
add_behind(quote_work *w, frame *f)
{
	for (int a = 0; a < f->n_starts; a++)
		for (int b = 0; b < f->n_ends; b++)
		{
			span		s = {f->starts[a].token, f->ends[b].token};

			if (s.start < s.end)
				add_span(w, f, BEHIND, &s, 1, f->starts[a].part, f->ends[b].part);
		}
}

/* Features of a content that begins before the clause. */
static void
before_features(quote_work *w, const frame *f, int32_t t, int rank)
{
	FEATURE2(w, 480, rank, t == f->start);
	FEATURE3(w, 481, class_at(w, t - 1), rank, t == f->start);
	FEATURE3(w, 482, class_at(w, t), class_at(w, f->clause.start - 1), f->source_behind);
	FEATURE3(w, 483, class_at(w, f->clause.start - 1), f->source_behind, f->c->kind);
	FEATURE2(w, 484, word_at(w, t), t == f->start);
	FEATURE3(w, 485, class_at(w, f->clause.end), f->source_behind, f->c->kind);
	FEATURE3(w, 486, f->c->lemma, class_at(w, f->clause.start - 1), f->source_behind);
	FEATURE3(w, 487, f->c->lemma, class_at(w, f->clause.end), class_at(w, f->clause.start - 1));
	FEATURE3(w, 488, f->clause.end >= f->end, class_at(w, f->clause.start - 1), f->c->kind);
	FEATURE3(w, 489, word_at(w, f->clause.start - 1), f->source_behind, f->c->kind);
}

static int32_t
end_before_clause(const quote_work *w, const frame *f)
{
	int32_t		e = f->clause.start;

	while (e > f->start && is_punctuation(w, e - 1) && !(w->doc->tokens[e - 1].flags & TOKEN_CLOSE_MARK))
		e--;
	if (e > f->start && (is_word(w, e - 1, "as") || is_word(w, e - 1, "and") || is_word(w, e - 1, "but")))
		e--;
	while (e > f->start && is_punctuation(w, e - 1) && !(w->doc->tokens[e - 1].flags & TOKEN_CLOSE_MARK))
		e--;
	return e;
}

static void
add_before(quote_work *w, frame *f)
{
	int32_t		end = end_before_clause(w, f),
				begins[MAX_BEFORE];
	int			n = 0;
	int32_t		go_on = f->clause.end;

	for (int32_t t = f->start; t < end && n < MAX_BEFORE; t++)
	{
		int			before = class_at(w, t - 1);

		if (in_direct(w, t))
		{
			n = 0;
			continue;
		}
		if (is_punctuation(w, t) && !(w->doc->tokens[t].flags & TOKEN_OPEN_MARK))
			continue;
		if (!splits_stretch(w, t) && (t == f->start || in_direct(w, t - 1) || before == CLASS_SEMICOLON || before == CLASS_COLON || before == CLASS_DASH ||
									  before == CLASS_COMMA || (before == CLASS_AND && n > 0) || (before == CLASS_AND && t == f->start + 1)))
			begins[n++] = t;
	}
	while (go_on < f->end && is_punctuation(w, go_on) && !(w->doc->tokens[go_on].flags & TOKEN_OPEN_MARK))
		go_on++;
	for (int i = 0; i < n; i++)
	{
		span		pieces[2] = {{begins[i], end}, {go_on, 0}};
		int			part = part_add(w);

		before_features(w, f, begins[i], i);
		add_span(w, f, BEFORE, pieces, 1, part, -1);
		if (splits_stretch(w, go_on) || is_word(w, go_on, "citing"))	/* "..., Reuters reported, citing officials" */
			continue;
		for (int b = 0; b < f->n_ends; b++)
			if (f->ends[b].token > go_on)
			{
				pieces[1].end = f->ends[b].token;
				add_span(w, f, AROUND, pieces, 2, part, f->ends[b].part);
			}
	}
}

static void
no_content_features(quote_work *w, const frame *f, int32_t n)
{
	const phrase *p = f->source;

	FEATURE(w, 1000, 0);
	cue_features(w, n);
	FEATURE2(w, 495, p != NULL, f->c->kind);
	if (p)
	{
		FEATURE3(w, 496, f->source_behind, f->source_far, p->pronoun);
		FEATURE2(w, 497, p->pronoun ? word_at(w, p->head) : 0, p->mention >= 0 ? w->doc->mentions[p->mention].kind : 20);
		FEATURE2(w, 498, lemma_at(w, p->head), 0);
		FEATURE2(w, 502, group_at(w, p->head), 0);
		FEATURE2(w, 503, f->c->group, p->pronoun);
		FEATURE2(w, 499, f->c->lemma, p->mention >= 0 ? w->doc->mentions[p->mention].kind : 20);
		FEATURE2(w, 500, f->first_mixed >= 0, p->pronoun);
	}
	FEATURE2(w, 501, f->first_mixed >= 0, f->c->sets & SET_SPEECH_VERB);
}

bool
find_content(quote_work *w, int32_t n, reported *answer)
{
	frame		f;
	int32_t		best,
				span = -1;

	frame_open(w, n, &f);
	decision_open(w, DECIDE_CONTENT);
	option_add(w, -1);
	no_content_features(w, &f, n);
	propose_starts(w, &f);
	propose_ends(w, &f);
	f.n_starts = keep_best(w, f.starts, f.n_starts, BEST_STARTS);
	f.n_ends = keep_best(w, f.ends, f.n_ends, BEST_ENDS);
	add_behind(w, &f);
	add_before(w, &f);
	best = decision_close(w, n, NULL);
	for (int32_t i = 1; i < w->n_options; i++)
		if (!w->options[i].part && (span < 0 || w->options[i].score > w->options[span].score))
			span = i;
	if (best > 0)
		span = best;
	answer->probability = 1 - option_probability(w, 0);
	answer->n_pieces = span < 0 ? 0 : w->options[span].n_pieces;
	for (int p = 0; p < answer->n_pieces; p++)
		answer->pieces[p] = w->options[span].piece[p];
	return best > 0;
}
