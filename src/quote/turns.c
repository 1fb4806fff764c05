/*
 * turns.c - interviews printed without quotation marks: "Q: ...", "TAPPER: ...", "((WN)) ...", "Julia Belluz: ...".
 *
 * A label is what stands at the start of a paragraph before a colon (or inside
 * double brackets) and looks like a speaker: Q or A, capitals, or a person's
 * name.  A text with four labels or more, two of them at least used twice, is an
 * interview; each labelled paragraph is then direct speech of its label, and so
 * are the paragraphs between a label and the next.
 */
#include <string.h>

#include "quote/work.h"
#include "tag/tagset.h"

#define LABEL_TOKENS 6
#define LABELS_AT_LEAST 4
#define LABELS_COMPARED 64

typedef struct turn_label
{
	span		words;			/* empty: none */
	int32_t		colon;			/* token of the colon or the last bracket */
} turn_label;

static bool
is_bracket(const document *doc, int32_t t, char c)
{
	return doc->tokens[t].lower[0] == c;
}

static turn_label
bracketed_label(const document *doc, const paragraph *p)
{
	turn_label	none = {{0, 0}, 0};
	int32_t		t = p->start;
	int			depth = 0;

	while (t < p->end && is_bracket(doc, t, '('))
	{
		depth += (int) doc->tokens[t].lower_bytes;
		t++;
	}
	if (depth != 2)
		return none;
	for (int32_t at = t; at < p->end && at < t + LABEL_TOKENS; at++)
		if (is_bracket(doc, at, ')') && at > t)
		{
			int32_t		last = at;

			while (last + 1 < p->end && is_bracket(doc, last + 1, ')'))
				last++;
			if (last + 1 < p->end && doc->tokens[last + 1].lower[0] == ':')
				last++;
			return (turn_label) {{t, at}, last};
		}
	return none;
}

static bool
is_name_label(const quote_work *w, span s)
{
	int32_t		m = w->mention_at[s.start];
	bool		capitals = true;

	for (int32_t t = s.start; t < s.end; t++)
		if (!(w->doc->tokens[t].flags & TOKEN_PUNCTUATION))
			capitals &= (w->doc->tokens[t].flags & TOKEN_ALL_CAPITALS) != 0;
	if (capitals)
		return true;
	if (s.end == s.start + 1 && (is_word(w, s.start, "q") || is_word(w, s.start, "a")))
		return true;
	return m >= 0 && w->doc->mentions[m].kind == KIND_PERSON && w->doc->mentions[m].start == s.start && w->doc->mentions[m].end == s.end;
}

static turn_label
label_of(const quote_work *w, const paragraph *p)
{
	const document *doc = w->doc;
	turn_label	l = {{0, 0}, 0};

	if (p->end - p->start < 4 || w->stretch_of[p->start] >= 0)
		return l;
	if (is_bracket(doc, p->start, '('))
		return bracketed_label(doc, p);
	for (int32_t t = p->start + 1; t < p->end && t <= p->start + LABEL_TOKENS; t++)
		if (class_at(w, t) == CLASS_COLON)
		{
			span		s = {p->start, t};

			if (t + 2 < p->end && is_name_label(w, s) && w->stretch_of[t + 1] < 0)
				l = (turn_label) {s, t};
			break;
		}
	return l;
}

static uint64_t
hash_of_label(const document *doc, span s)
{
	uint64_t	h = 0;

	for (int32_t t = s.start; t < s.end; t++)
		h = hash_mix(h, doc->tokens[t].lower_hash);
	return h;
}

/* Labels of all paragraphs, NULL when the text is no interview. */
static turn_label *
find_labels(quote_work *w, int32_t *last)
{
	const document *doc = w->doc;
	turn_label *labels = arena_zero_array(w->memory, turn_label, doc->n_paragraphs);
	uint64_t	seen[LABELS_COMPARED];
	int			times[LABELS_COMPARED];
	int			n = 0,
				n_seen = 0,
				repeated = 0;

	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		uint64_t	h;
		int			i = 0;

		labels[p] = label_of(w, &doc->paragraphs[p]);
		if (labels[p].words.end == 0)
			continue;
		*last = p;
		n++;
		h = hash_of_label(doc, labels[p].words);
		while (i < n_seen && seen[i] != h)
			i++;
		if (i < n_seen)
			repeated += ++times[i] == 2;
		else if (n_seen < LABELS_COMPARED)
		{
			seen[n_seen] = h;
			times[n_seen++] = 1;
		}
	}
	return n >= LABELS_AT_LEAST && repeated >= 2 ? labels : NULL;
}

static void
add_turn(quote_work *w, int32_t from, const paragraph *p, const turn_label *l, bool labelled)
{
	stretch    *s = &w->stretches[w->n_stretches];

	*s = (stretch) {from, p->end, {from, p->end}, false, false, STRETCH_DIRECT, -1, false, 0.95f, 0.95f, l->colon, l->words, labelled};
	for (int32_t t = from; t < p->end; t++)
		w->stretch_of[t] = w->n_stretches;
	w->n_stretches++;
}

void
collect_turns(quote_work *w)
{
	const document *doc = w->doc;
	int32_t		last = -1,
				n_old = w->n_stretches,
				next = 0;
	turn_label *labels = find_labels(w, &last);
	const turn_label *current = NULL;
	stretch    *old = w->stretches;

	if (!labels)
		return;
	w->stretches = arena_array(w->memory, stretch, n_old + doc->n_paragraphs);
	w->n_stretches = 0;
	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		const paragraph *x = &doc->paragraphs[p];
		bool		labelled = labels[p].words.end > 0,
					turn;
		int32_t		from = labelled ? labels[p].colon + 1 : x->start;

		current = labelled ? &labels[p] : current;
		turn = current && p <= last && from < x->end && (labelled || x->kind == PARAGRAPH_BODY);
		if (turn)
			add_turn(w, from, x, current, labelled);
		for (; next < n_old && old[next].open < x->end; next++)
		{
			if (turn)
				continue;
			for (int32_t t = old[next].open; t <= old[next].close && t < doc->n_tokens; t++)
				if (w->stretch_of[t] == next)
					w->stretch_of[t] = w->n_stretches;
			w->stretches[w->n_stretches++] = old[next];
		}
	}
}

/* Once cues are there: the label becomes cue and source of its stretch. */
void
bind_turn(quote_work *w, stretch *s)
{
	int32_t		c = w->cue_at[s->colon];

	if (c < 0)
		return;
	if (w->cues[c].source < 0)
	{
		int32_t		head = s->label_words.end - 1;

		w->cues[c].source = add_phrase(w, head, s->label_words, false);
		w->cues[c].source_p = 1;
		w->cues[c].sourced = true;
	}
	s->turn = w->cues[c].source;
	if (s->labelled)
	{
		s->cue = c;
		w->cues[c].n_taken++;
	}
}
