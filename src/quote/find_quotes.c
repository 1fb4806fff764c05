/*
 * find_quotes.c - the quotes of a document (see work.h for the steps).
 *
 * Rows come from direct stretches (with those joined to them) and from cues that
 * report a clause.  A marked stretch judged part of a clause that no cue took
 * goes to the most likely of the cues that were turned down, and is dropped when there is none.
 */
#include <stdlib.h>
#include <string.h>

#include "embed.h"
#include "quote/work.h"
#include "stages.h"

EMBED(quotes_model, "data/models/quotes.bin");

#define UNCOVERED_AT_LEAST 0.1f	/* probability of a clause around a stretch that must be in one */
#define INNER_AT_LEAST 0.15f	/* probability of a clause inside what a medium reports */

static quote_row *
add_row(quote_work *w, int kind)
{
	quote_row  *r;

	w->rows = arena_grow(w->memory, w->rows, w->n_rows, &w->row_capacity, sizeof(quote_row));
	r = &w->rows[w->n_rows++];
	memset(r, 0, sizeof(*r));
	r->kind = (uint8_t) kind;
	r->cue = r->source = r->stretch = r->turn = r->entity = r->phrase = r->via = r->shown = -1;
	return r;
}

static void
add_verbatim(quote_row *r, span inside)
{
	if (r->n_verbatim < (int32_t) (sizeof(r->verbatim) / sizeof(r->verbatim[0])))
		r->verbatim[r->n_verbatim++] = inside;
}

/* --- direct speech ------------------------------------------------------------------ */

static void
add_direct_rows(quote_work *w)
{
	for (int32_t n = 0; n < w->n_stretches; n++)
	{
		const stretch *s = &w->stretches[n];
		quote_row  *r;

		if (s->label != STRETCH_DIRECT)
			continue;
		if (s->joined && w->n_rows > 0 && w->rows[w->n_rows - 1].n_content < 3)
			r = &w->rows[w->n_rows - 1];
		else
		{
			r = add_row(w, QUOTE_DIRECT);
			r->stretch = n;
			r->turn = s->turn;
			r->cue = s->cue;
			r->source = s->cue >= 0 ? w->cues[s->cue].source : -1;
			r->p_found = s->label_p;
			r->p_source = s->cue_p * (s->cue >= 0 ? w->cues[s->cue].source_p : 1);
		}
		r->content[r->n_content++] = s->inside;
		if (!s->colon)
			add_verbatim(r, s->inside);
	}
}

/* --- reported clauses ---------------------------------------------------------------- */

/* The source of a passive cue may stand at the end of what it reports: "... as a disgrace by Nora Lind". */
static int32_t
end_before_agent(const quote_work *w, const phrase *source, span piece)
{
	int32_t		by = source ? source->core.start - 1 : -1;

	return by > piece.start && by < piece.end && is_word(w, by, "by") ? by : piece.end;
}

/* "..., as quoted by the Daily Herald" is about what is reported, no part of it. */
static int32_t
end_before_channel(const quote_work *w, span piece)
{
	for (int32_t t = piece.start; t + 2 < piece.end; t++)
		if (is_word(w, t, "as") && (is_word(w, t + 1, "quoted") || is_word(w, t + 1, "reported") || is_word(w, t + 1, "cited")) && is_word(w, t + 2, "by"))
			return t > piece.start && class_at(w, t - 1) == CLASS_COMMA ? t - 1 : t;
	return piece.end;
}

static void
add_clause_row(quote_work *w, int32_t c, const reported *o)
{
	quote_row  *r = add_row(w, QUOTE_INDIRECT);
	int32_t		last = -1;

	w->cues[c].has_row = true;
	r->cue = c;
	r->source = w->cues[c].source;
	r->p_found = o->probability;
	r->p_source = w->cues[c].source_p;
	for (int p = 0; p < o->n_pieces; p++)
	{
		span		piece = o->pieces[p];

		piece.end = end_before_agent(w, r->source >= 0 ? &w->phrases[r->source] : NULL, piece);
		piece.end = end_before_channel(w, piece);
		if (piece.end <= piece.start)
			continue;
		r->content[r->n_content++] = piece;
		for (int32_t t = piece.start; t < piece.end; t++)
		{
			int32_t		s = w->stretch_of[t];

			if (s < 0 || s == last || w->stretches[s].label == STRETCH_NONE)
				continue;
			last = s;
			r->kind = QUOTE_MIXED;
			add_verbatim(r, w->stretches[s].inside);
		}
	}
	if (r->n_content == 0)
	{
		w->cues[c].has_row = false;
		w->n_rows--;
	}
}

static bool
is_quoted(const quote_work *w, int32_t t)
{
	return w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].label != STRETCH_NONE;
}

static bool
is_covered(const quote_work *w, int32_t token)
{
	for (int32_t i = w->n_rows - 1; i >= 0 && i >= w->n_rows - 12; i--)
		if (holds_token(&w->rows[i], token))
			return true;
	return false;
}

/*
 * A stretch that is part of a clause should be in a row: of the best of the cues turned down near it.  Without any it
 * is dropped: mostly a term.
 */
static void
add_uncovered(quote_work *w, int32_t n, reported *offers)
{
	const stretch *s = &w->stretches[n];
	int32_t		start = sentence_start(w, s->inside.start),
				end = sentence_end(w, s->inside.start);
	int32_t		best = -1;

	if (end > s->close + 60)
		end = s->close + 60;
	for (int32_t t = start > s->open - 60 ? start : s->open - 60; t < end; t++)
	{
		int32_t		c = w->cue_at[t];

		if (c < 0 || w->cues[c].n_taken || w->cues[c].has_row || is_quoted(w, t) || w->cues[c].kind == CUE_COLON || w->cues[c].kind == CUE_DASH)
			continue;
		if (offers[c].n_pieces == 0)
		{
			find_source(w, c);
			find_content(w, c, &offers[c]);
		}
		if (offers[c].probability < UNCOVERED_AT_LEAST || (best >= 0 && offers[c].probability <= offers[best].probability))
			continue;
		for (int p = 0; p < offers[c].n_pieces; p++)
			if (offers[c].pieces[p].start <= s->inside.start && offers[c].pieces[p].end >= s->inside.end)
				best = c;
	}
	if (best >= 0)
		add_clause_row(w, best, &offers[best]);
}

static void
add_clause_rows(quote_work *w)
{
	reported   *offers = arena_zero_array(w->memory, reported, w->n_cues);
	int32_t		next = 0;

	for (int32_t c = 0; c < w->n_cues; c++)
	{
		cue		   *x = &w->cues[c];
		float		gate;

		for (; next < w->n_stretches && w->stretches[next].close < sentence_start(w, x->token); next++)
			if (w->stretches[next].label == STRETCH_MIXED && !is_covered(w, w->stretches[next].inside.start))
				add_uncovered(w, next, offers);
		document_tick(w->doc);
		if (is_quoted(w, x->token))
			continue;
		if (x->n_taken > 0)
			find_source(w, c);
		if (x->n_taken > 0 || x->kind == CUE_DASH || x->kind == CUE_COLON || !judge_cue(w, c, &gate))
			continue;
		find_source(w, c);
		if (find_content(w, c, &offers[c]))
			add_clause_row(w, c, &offers[c]);
	}
	for (; next < w->n_stretches; next++)
		if (w->stretches[next].label == STRETCH_MIXED && !is_covered(w, w->stretches[next].inside.start))
			add_uncovered(w, next, offers);
}

/* --- through whom ---------------------------------------------------------------------- */

/*
 * A medium that reports a clause with a speaker and a verb of speech of its own: what counts is that inner cue, even
 * when it was turned down by itself.
 */
static void
add_inner_rows(quote_work *w)
{
	int32_t		n = w->n_rows;

	for (int32_t b = 0; b < n; b++)
	{
		const quote_row outer = w->rows[b];
		reported	inner;

		if (outer.kind == QUOTE_DIRECT || outer.source < 0 || outer.cue < 0 || !is_medium(w, &w->phrases[outer.source], &w->cues[outer.cue]))
			continue;
		for (int32_t t = outer.content[0].start; t < outer.content[outer.n_content - 1].end; t++)
		{
			int32_t		c = w->cue_at[t];

			if (c < 0 || w->cues[c].has_row || w->cues[c].kind != CUE_VERB || !(w->cues[c].sets & SET_SPEECH_VERB) || is_quoted(w, t))
				continue;
			if (w->cues[c].n_taken > 0 || !holds_token(&outer, t))
				continue;
			find_source(w, c);
			if (w->cues[c].source < 0 || !holds_token(&outer, w->phrases[w->cues[c].source].head))
				continue;
			find_content(w, c, &inner);
			if (inner.n_pieces > 0 && inner.probability >= INNER_AT_LEAST)
			{
				add_clause_row(w, c, &inner);
				break;
			}
		}
	}
}

/* Takes the clause of another cue off the end of a row's content: "..., according to Bloomberg". */
static void
cut_clause(quote_work *w, quote_row *r, const quote_row *outer)
{
	const phrase *p = &w->phrases[outer->source];
	int32_t		at = w->cues[outer->cue].words.start < p->core.start ? w->cues[outer->cue].words.start : p->core.start;
	span	   *last = &r->content[r->n_content - 1];

	if (at <= last->start || at >= last->end)
		return;
	last->end = at;
	while (last->end > last->start + 1 && class_at(w, last->end - 1) == CLASS_COMMA)
		last->end--;
}

/* Of the rows near row b, the one whose cue stands inside what row b reports, nearest to its cue; -1. */
static int32_t
row_inside(const quote_work *w, int32_t b)
{
	const quote_row *outer = &w->rows[b];
	int32_t		best = -1,
				nearest = INT32_MAX;

	for (int32_t a = b > 4 ? b - 4 : 0; a < w->n_rows && a < b + 5; a++)
	{
		const quote_row *inner = &w->rows[a];
		int32_t		distance;

		if (a == b || inner->cue < 0 || inner->cue == outer->cue || inner->source == outer->source)
			continue;
		if (!holds_token(outer, w->cues[inner->cue].token))
			continue;
		distance = abs(w->cues[inner->cue].token - w->cues[outer->cue].token);
		if (distance < nearest)
		{
			nearest = distance;
			best = a;
		}
	}
	return best;
}

/*
 * "Smith described the talks as intense, according to Bloomberg": the row of a medium that holds another row's cue only
 * says through whom the text has that row, and becomes its via.
 */
static void
absorb_media(quote_work *w)
{
	bool	   *dropped = arena_zero_array(w->memory, bool, w->n_rows);
	int32_t		kept = 0;

	for (int32_t b = 0; b < w->n_rows; b++)
	{
		const quote_row *outer = &w->rows[b];
		int32_t		a;

		if (outer->kind == QUOTE_DIRECT || outer->source < 0 || outer->cue < 0 || !is_medium(w, &w->phrases[outer->source], &w->cues[outer->cue]))
			continue;
		a = row_inside(w, b);
		if (a < 0)
			continue;
		for (int32_t i = b > 4 ? b - 4 : 0; i < w->n_rows && i < b + 5; i++)
			if (i == a || (i != b && w->rows[i].kind != QUOTE_DIRECT && w->rows[i].source == w->rows[a].source && w->rows[i].cue >= 0 &&
						   w->rows[i].cue != outer->cue && holds_token(outer, w->cues[w->rows[i].cue].token)))
			{
				w->rows[i].via = outer->source;
				cut_clause(w, &w->rows[i], outer);
			}
		dropped[b] = true;
	}
	for (int32_t b = 0; b < w->n_rows; b++)
		if (!dropped[b])
			w->rows[kept++] = w->rows[b];
	w->n_rows = kept;
}

/* "He said that ... and added that ...": what one cue reports ends before the next cue of the same source. */
static void
part_rows(quote_work *w)
{
	for (int32_t a = 0; a < w->n_rows; a++)
		for (int32_t b = a + 1; b < w->n_rows && b < a + 4; b++)
		{
			quote_row  *r = &w->rows[a];
			span	   *last = &r->content[r->n_content - 1];
			int32_t		cue = w->rows[b].cue >= 0 ? w->cues[w->rows[b].cue].token : -1;

			if (r->kind == QUOTE_DIRECT || r->source < 0 || w->rows[b].source != r->source || w->rows[b].kind == QUOTE_DIRECT)
				continue;
			if (cue <= last->start + 1 || cue >= last->end || cue < w->cues[r->cue].token)
				continue;
			last->end = cue;
			while (last->end > last->start + 1 && (class_at(w, last->end - 1) == CLASS_AND || class_at(w, last->end - 1) == CLASS_COMMA ||
												  class_at(w, last->end - 1) == CLASS_ADVERB))
				last->end--;
		}
}

/* "hailed progress", "declared a state of emergency": with a mere object these verbs are deeds and report nothing. */
static bool
is_deed(const quote_work *w, const quote_row *r)
{
	static const char *const deeds[] = {"hail", "praise", "welcome", "applaud", "salute", "celebrate", "declare", "condemn"};

	if (r->kind != QUOTE_INDIRECT || r->cue < 0 || !has_lemma(&w->cues[r->cue], deeds, sizeof(deeds) / sizeof(deeds[0])))
		return false;
	for (int32_t p = 0; p < r->n_content; p++)
		for (int32_t t = r->content[p].start; t < r->content[p].end; t++)
			if (w->doc->tokens[t].upos == UPOS_VERB || w->doc->tokens[t].upos == UPOS_AUX || class_at(w, t) == CLASS_AS)
				return false;
	return true;
}

static void
drop_deeds(quote_work *w)
{
	int32_t		kept = 0;

	for (int32_t n = 0; n < w->n_rows; n++)
		if (!is_deed(w, &w->rows[n]))
			w->rows[kept++] = w->rows[n];
	w->n_rows = kept;
}

/* Bottom-up merge sort by place: stable, no libc memory. */
static void
sort_rows(quote_work *w)
{
	quote_row  *from = w->rows,
			   *to = arena_array(w->memory, quote_row, w->n_rows);

	for (int32_t width = 1; width < w->n_rows; width *= 2)
	{
		quote_row  *swap = from;

		for (int32_t low = 0; low < w->n_rows; low += 2 * width)
		{
			int32_t		middle = low + width < w->n_rows ? low + width : w->n_rows,
						high = middle + width < w->n_rows ? middle + width : w->n_rows;
			int32_t		a = low,
						b = middle;

			for (int32_t i = low; i < high; i++)
				to[i] = b >= high || (a < middle && from[a].content[0].start <= from[b].content[0].start) ? from[a++] : from[b++];
		}
		from = to;
		to = swap;
	}
	w->rows = from;
}

void
quote_work_open(quote_work *w, document *doc, const weights *model)
{
	int32_t		n = doc->n_tokens;

	memset(w, 0, sizeof(*w));
	w->doc = doc;
	w->model = model;
	w->memory = doc->memory;
	w->stretch_of = arena_array(w->memory, int32_t, n);
	w->cue_at = arena_array(w->memory, int32_t, n);
	w->phrase_at = arena_array(w->memory, int32_t, n);
	w->mention_at = arena_array(w->memory, int32_t, n);
	w->class_of = arena_zero_array(w->memory, uint8_t, n);
	w->lemma_of = arena_zero_array(w->memory, uint64_t, n);
	w->phrased = arena_zero_array(w->memory, bool, doc->n_sentences);
	for (int32_t t = 0; t < n; t++)
		w->stretch_of[t] = w->cue_at[t] = w->phrase_at[t] = w->mention_at[t] = -1;
	for (int32_t m = 0; m < doc->n_mentions; m++)
		for (int32_t t = doc->mentions[m].start; t < doc->mentions[m].end; t++)
			w->mention_at[t] = m;
}

void
quote_work_run(quote_work *w)
{
	collect_stretches(w);
	collect_turns(w);
	collect_cues(w);
	label_stretches(w);
	assign_stretches_to_cues(w);
	add_clause_rows(w);
	add_inner_rows(w);
	add_direct_rows(w);
	sort_rows(w);
	absorb_media(w);
	part_rows(w);
	drop_deeds(w);
	find_speakers(w);
}

void
find_quotes(document *doc)
{
	weights		model;
	quote_work	w;

	if (doc->n_tokens == 0 || !weights_open(&model, quotes_model_data, EMBED_BYTES(quotes_model)))
		return;
	quote_work_open(&w, doc, &model);
	quote_work_run(&w);
	write_rows(&w);
}
