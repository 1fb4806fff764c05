/*
 * stretches.c - marked stretches: direct speech, part of a reported clause, or no quote (a title, a nickname, a term).
 *
 * Outermost stretches are judged in text order, each with the label of the one
 * before it among its features.  What stands inside a nested mark is its parent's.
 */
#include "quote/work.h"

static span
trim_inside(const document *doc, int32_t open, int32_t close)
{
	span		s = {open + 1, close};

	while (s.start < s.end && (doc->tokens[s.start].flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK)))
		s.start++;
	while (s.end > s.start && (doc->tokens[s.end - 1].flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK)))
		s.end--;
	return s;
}

static bool
has_word(const document *doc, span s)
{
	int32_t		limit = s.end < s.start + 50 ? s.end : s.start + 50;

	for (int32_t t = s.start; t < limit; t++)
		if (!(doc->tokens[t].flags & TOKEN_PUNCTUATION))
			return true;
	return false;
}

void
collect_stretches(quote_work *w)
{
	const document *doc = w->doc;
	marked_stretch *marked;
	int32_t		n = find_marked_stretches(doc, &marked);

	w->stretches = arena_array(w->memory, stretch, n);
	w->n_stretches = 0;
	for (int32_t i = 0; i < n; i++)
	{
		span		inside = trim_inside(doc, marked[i].open, marked[i].close);
		int32_t		last = marked[i].has_close ? marked[i].close : marked[i].close - 1;

		if (marked[i].depth > 0 || !has_word(doc, inside))
			continue;
		if (w->n_stretches > 0 && w->stretches[w->n_stretches - 1].inside.end > marked[i].open)
			continue;
		for (int32_t t = marked[i].open; t <= last && t < doc->n_tokens; t++)
			w->stretch_of[t] = w->n_stretches;
		w->stretches[w->n_stretches++] = (stretch) {marked[i].open, marked[i].close, inside, marked[i].has_close, marked[i].continues,
			STRETCH_NONE, -1, false, 0, 0, 0, {0, 0}, false, -1};
	}
}

/* What stands inside. */
typedef struct inside_counts
{
	int			n_words;
	int			n_capital;
	int			n_finite;
	int			n_first_person;
	int			n_stops;
	int			n_names;
	int			n_function;
} inside_counts;

static inside_counts
count_inside(const quote_work *w, span s)
{
	inside_counts n = {0};
	int32_t		limit = s.end < s.start + 60 ? s.end : s.start + 60;

	for (int32_t t = s.start; t < limit; t++)
	{
		const token *x = &w->doc->tokens[t];
		int			class = class_at(w, t);

		n.n_words += !(x->flags & TOKEN_PUNCTUATION);
		n.n_capital += (x->flags & TOKEN_INITIAL_CAPITAL) != 0;
		n.n_finite += is_finite_verb(w, t);
		n.n_first_person += class == CLASS_I || is_word(w, t, "my") || is_word(w, t, "our");
		n.n_stops += class == CLASS_STOP || class == CLASS_QUESTION;
		n.n_names += w->mention_at[t] >= 0;
		n.n_function += (lexicon_sets(x) & SET_STOP) != 0;
	}
	return n;
}

static void
inside_features(quote_work *w, const stretch *s, int label)
{
	inside_counts n = count_inside(w, s->inside);
	int32_t		last = s->inside.end - 1;
	int			size = bucket(n.n_words);
	int			start_capital = (w->doc->tokens[s->inside.start].flags & TOKEN_INITIAL_CAPITAL) != 0;
	int			all_capital = n.n_capital + n.n_function >= n.n_words && n.n_capital > 1;

	FEATURE2(w, 1, label, size);
	FEATURE3(w, 2, label, start_capital, class_at(w, last));
	FEATURE3(w, 3, label, size, class_at(w, last));
	FEATURE3(w, 4, label, size, start_capital);
	FEATURE3(w, 5, label, size, all_capital);
	FEATURE3(w, 6, label, bucket(n.n_finite), size);
	FEATURE3(w, 7, label, n.n_first_person > 0, size);
	FEATURE3(w, 8, label, bucket(n.n_stops), start_capital);
	FEATURE2(w, 9, label, word_at(w, s->inside.start));
	FEATURE2(w, 10, label, word_at(w, last));
	FEATURE3(w, 11, label, pos_at(w, s->inside.start), size > 4);
	FEATURE3(w, 12, label, pos_at(w, last), size > 4);
	FEATURE3(w, 13, label, n.n_names > 0, n.n_names == n.n_words);
	FEATURE3(w, 14, label, n.n_finite > 0, start_capital);
}

static void
around_features(quote_work *w, const stretch *s, int label)
{
	const document *doc = w->doc;
	int32_t		before = s->open - 1,
				after = s->has_close ? s->close + 1 : s->close;
	int32_t		last = s->inside.end - 1;
	int			size = bucket(s->inside.end - s->inside.start);
	int			start_capital = (doc->tokens[s->inside.start].flags & TOKEN_INITIAL_CAPITAL) != 0;
	bool		first = before < 0 || !same_paragraph(w, before, s->open),
				final = after >= doc->n_tokens || !same_paragraph(w, after, last);
	int			cb = first ? CLASS_OUTSIDE : class_at(w, before),
				ca = final ? CLASS_OUTSIDE : class_at(w, after),
				ca2 = final ? CLASS_OUTSIDE : class_at(w, after + 1);
	int			cb2 = first ? CLASS_OUTSIDE : class_at(w, before - 1);

	FEATURE3(w, 20, label, first, final);
	FEATURE3(w, 21, label, cb, cb2);
	FEATURE3(w, 22, label, cb, start_capital);
	FEATURE3(w, 23, label, ca, ca2);
	FEATURE3(w, 24, label, ca, class_at(w, last));
	FEATURE3(w, 25, label, cb, ca);
	FEATURE2(w, 26, label, lemma_at(w, before));
	FEATURE2(w, 39, label, group_at(w, before));
	FEATURE2(w, 19, label, group_at(w, before - 1));
	FEATURE3(w, 27, label, lemma_at(w, before), lemma_at(w, before - 1));
	FEATURE2(w, 28, label, word_at(w, after));
	FEATURE3(w, 29, label, word_at(w, after), word_at(w, after + 1));
	FEATURE3(w, 30, label, cb, size);
	FEATURE3(w, 31, label, ca, size);
	FEATURE3(w, 32, label, hash_mix(hash_mix((uint64_t) cb, (uint64_t) start_capital), (uint64_t) ca), size > 3);
	FEATURE3(w, 33, label, class_at(w, last), hash_mix((uint64_t) first, (uint64_t) final));
	FEATURE3(w, 34, label, hash_mix((uint64_t) cb, (uint64_t) class_at(w, last)), ca);
	FEATURE3(w, 35, label, doc->tokens[s->open].lower_hash, size);
	FEATURE2(w, 36, label, !s->has_close);
	FEATURE3(w, 37, label, hash_mix((uint64_t) pos_at(w, before), (uint64_t) pos_at(w, after)), size > 4);
	FEATURE2(w, 38, label, doc->paragraphs[paragraph_at(w, s->open)].kind);
}

/* Nearest cue of speech on one side in the same sentence or next to it; -1. */
static int32_t
near_cue(const quote_work *w, int32_t from, int step, int32_t *distance)
{
	int32_t		t = from;

	for (int i = 0; i < 25 && t >= 0 && t < w->doc->n_tokens; i++, t += step)
	{
		if (w->stretch_of[t] >= 0 && i > 0 && !same_paragraph(w, t, from))
			break;
		if (w->cue_at[t] >= 0 && w->cues[w->cue_at[t]].kind != CUE_COLON)
		{
			*distance = i;
			return w->cue_at[t];
		}
		if (class_at(w, t) == CLASS_STOP && i > 0)
			break;
	}
	return -1;
}

static void
near_cue_features(quote_work *w, const stretch *s, int label)
{
	int32_t		d_before = 0,
				d_after = 0;
	int32_t		after = s->has_close ? s->close + 1 : s->close;
	int32_t		b = near_cue(w, s->open - 1, -1, &d_before),
				a = near_cue(w, after, 1, &d_after);
	int			size = bucket(s->inside.end - s->inside.start);
	uint64_t	lb = b >= 0 ? w->cues[b].lemma : 0,
				la = a >= 0 ? w->cues[a].lemma : 0;

	FEATURE3(w, 40, label, b >= 0 ? bucket(d_before) : 20, a >= 0 ? bucket(d_after) : 20);
	FEATURE2(w, 41, label, lb);
	FEATURE2(w, 42, label, la);
	FEATURE2(w, 49, label, b >= 0 ? w->cues[b].group : -1);
	FEATURE2(w, 59, label, a >= 0 ? w->cues[a].group : -1);
	FEATURE3(w, 43, label, lb, bucket(d_before));
	FEATURE3(w, 44, label, la, bucket(d_after));
	FEATURE3(w, 45, label, hash_mix(b >= 0, a >= 0), size);
	FEATURE3(w, 46, label, b >= 0 ? w->cues[b].kind : 20, a >= 0 ? w->cues[a].kind : 20);
	FEATURE3(w, 47, label, lb, size > 4);
	FEATURE3(w, 48, label, b >= 0 ? bucket(d_before) : 20, (w->doc->tokens[s->inside.start].flags & TOKEN_INITIAL_CAPITAL) != 0);
}

static void
history_features(quote_work *w, int32_t n, int label)
{
	const stretch *s = &w->stretches[n];
	const stretch *p = n > 0 ? s - 1 : NULL;
	int			where = !p ? 0 : w->doc->tokens[p->inside.end - 1].sentence == w->doc->tokens[s->open].sentence ? 1
		: same_paragraph(w, p->inside.end - 1, s->open) ? 2 : 3;
	int			gap = p ? bucket(s->open - p->close - 1) : 20;

	FEATURE3(w, 60, label, where, p ? p->label : 9);
	FEATURE3(w, 61, label, hash_mix((uint64_t) where, p ? p->label : 9), gap);
	FEATURE3(w, 62, label, hash_mix((uint64_t) where, p ? p->label : 9), bucket(s->inside.end - s->inside.start));
	FEATURE3(w, 63, label, w->n_stretches > 2, where);
	if (n + 1 < w->n_stretches)
		FEATURE3(w, 64, label, same_paragraph(w, s->open, s[1].open), bucket(s[1].open - s->close - 1));
}

void
label_stretches(quote_work *w)
{
	for (int32_t n = 0; n < w->n_stretches; n++)
	{
		stretch    *s = &w->stretches[n];

		if (s->colon || sign_stretch(w, s))
			continue;
		decision_open(w, DECIDE_STRETCH);
		option_add(w, STRETCH_NONE);
		FEATURE(w, 1000, 0);
		for (int label = STRETCH_DIRECT; label <= STRETCH_MIXED; label++)
		{
			option_add(w, label);
			FEATURE(w, 0, label);
			inside_features(w, s, label);
			around_features(w, s, label);
			near_cue_features(w, s, label);
			history_features(w, n, label);
		}
		s->label = (uint8_t) w->options[decision_close(w, n, &s->label_p)].value;
		document_tick(w->doc);
	}
}
