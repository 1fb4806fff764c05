/*
 * quotes_teacher.c - see quotes_teacher.h.
 */
#include "quotes_teacher.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

ranker	   *teacher_learner;
long		teacher_recorded[N_DECISIONS],
			teacher_lost[N_DECISIONS];

/* --- gold and tokens ------------------------------------------------------------- */

span
tokens_of(const document *doc, byte_span b)
{
	span		s = {0, 0};
	int32_t		low = 0,
				high = doc->n_tokens;

	while (low < high)
	{
		int32_t		middle = (low + high) / 2;

		if (doc->tokens[middle].end_byte <= b.start)
			low = middle + 1;
		else
			high = middle;
	}
	s.start = s.end = low;
	while (s.end < doc->n_tokens && doc->tokens[s.end].start_byte < b.end)
		s.end++;
	return s;
}

static bool
counts(const document *doc, int32_t t)
{
	return !(doc->tokens[t].flags & TOKEN_PUNCTUATION);
}

/* Words shared by two lists of spans over words in either. */
static float
overlap(const document *doc, const span *a, int na, const span *b, int nb)
{
	int			both = 0,
				in_a = 0,
				in_b = 0;

	for (int i = 0; i < na; i++)
		for (int32_t t = a[i].start; t < a[i].end; t++)
			in_a += counts(doc, t);
	for (int i = 0; i < nb; i++)
		for (int32_t t = b[i].start; t < b[i].end; t++)
		{
			bool		shared = false;

			if (!counts(doc, t))
				continue;
			in_b++;
			for (int j = 0; j < na; j++)
				shared |= t >= a[j].start && t < a[j].end;
			both += shared;
		}
	return in_a + in_b - both > 0 ? (float) both / (float) (in_a + in_b - both) : 0;
}

static float
share_inside(const document *doc, span s, const gold_quote *q)
{
	int			all = 0,
				inside = 0;

	for (int32_t t = s.start; t < s.end; t++)
		if (counts(doc, t))
		{
			all++;
			for (int p = 0; p < q->n_content; p++)
				if (t >= q->tokens[p].start && t < q->tokens[p].end)
				{
					inside++;
					break;
				}
		}
	return all ? (float) inside / (float) all : 0;
}

static bool
touches(const document *doc, span words, const byte_span *spans, int n)
{
	byte_span	b = {doc->tokens[words.start].start_byte, doc->tokens[words.end - 1].end_byte};

	for (int i = 0; i < n; i++)
		if (spans[i].start < b.end && b.start < spans[i].end)
			return true;
	return false;
}

/* --- the teacher ------------------------------------------------------------------ */

#define LOST (-2)				/* the gold choice is not among the options */

/* The gold quote of a stretch; *share of its words. */
static const gold_quote *
quote_of_stretch(const lesson *l, const document *doc, span inside, float *share)
{
	const gold_quote *best = NULL;

	*share = 0;
	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];
		float		s = share_inside(doc, inside, q);

		if (s > *share || (s == *share && s > 0 && q->type == QUOTE_DIRECT))
		{
			best = q;
			*share = s;
		}
	}
	return best;
}

static int
teach_stretch(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *q = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share);
	int			label = !q || share < 0.2f || q->type == QUOTE_INDIRECT ? STRETCH_NONE : q->type == QUOTE_DIRECT ? STRETCH_DIRECT : STRETCH_MIXED;

	l->right[label] = true;
	if (q && share >= 0.2f && share < 0.6f)
		return LOST;
	return label;
}

static int
teach_cue_of_stretch(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *q = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share);

	if (!q || q->n_cue == 0)
	{
		l->right[0] = true;
		return 0;
	}
	for (int i = 1; i < w->n_options; i++)
		if (touches(w->doc, w->cues[w->options[i].value].words, q->cue, q->n_cue))
		{
			l->right[i] = true;
			return i;
		}
	return LOST;
}

static int
teach_join(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *a = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share),
			   *b = quote_of_stretch(l, w->doc, w->stretches[n - 1].inside, &share);

	l->right[a == b] = true;
	return a == b;
}

static bool
is_cue_of(const quote_work *w, int32_t c, const gold_quote *q)
{
	return q->n_cue > 0 && touches(w->doc, w->cues[c].words, q->cue, q->n_cue);
}

static int
teach_cue(lesson *l, quote_work *w, int32_t c)
{
	bool		clause = false,
				direct = false,
				thought = false;

	for (int i = 0; i < l->gold->n_quotes; i++)
		if (is_cue_of(w, c, &l->gold->quotes[i]))
		{
			if (l->gold->quotes[i].type == QUOTE_DIRECT)
				direct = true;
			else if (l->gold->narrow || l->gold->quotes[i].type == QUOTE_MIXED || (w->cues[c].sets & SET_SPEECH_VERB) || w->cues[c].kind == CUE_ACCORDING)
				clause = true;
			else
				thought = true;
		}
	l->right[clause] = true;
	if ((direct || thought) && !clause)
		return LOST;
	return clause;
}

/* Of several phrases inside the gold source, the first is its head. */
static int
teach_source(lesson *l, quote_work *w, int32_t c)
{
	const gold_quote *q = NULL;
	int			best = LOST;

	for (int i = 0; i < l->gold->n_quotes; i++)
		if (is_cue_of(w, c, &l->gold->quotes[i]) && (!q || (q->n_source == 0 && l->gold->quotes[i].n_source)))
			q = &l->gold->quotes[i];
	if (!q)
		return LOST;
	if (q->n_source == 0)
	{
		l->right[0] = true;
		return 0;
	}
	for (int i = 1; i < w->n_options; i++)
	{
		const phrase *p = &w->phrases[w->options[i].value];

		if (touches(w->doc, (span) {p->head, p->head + 1}, q->source, q->n_source) &&
			(best < 0 || p->head < w->phrases[w->options[best].value].head))
			best = i;
	}
	if (best > 0)
		l->right[best] = true;
	return best;
}

static int
teach_content(lesson *l, quote_work *w, int32_t c)
{
	float		top = 0;
	float	   *share = calloc((size_t) w->n_options, sizeof(float));
	int			best = 0;
	bool		any = false;

	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];

		if (!is_cue_of(w, c, q) || q->type == QUOTE_DIRECT)
			continue;
		any = true;
		for (int o = 1; o < w->n_options; o++)
		{
			float		s = w->options[o].part ? 0 : overlap(w->doc, w->options[o].piece, w->options[o].n_pieces, q->tokens, q->n_content);

			share[o] = s > share[o] ? s : share[o];
			if (s > top)
			{
				top = s;
				best = o;
			}
		}
	}
	for (int o = 0; any && o < w->n_options; o++)
		l->right[o] = share[o] >= top - 0.02f && share[o] > 0;
	l->right[0] = !any;
	free(share);
	if (any && top < 0.5f)
		return LOST;
	return best;
}

/* The gold quote that a row answers to. */
static const gold_quote *
quote_of_row(const lesson *l, const quote_work *w, const quote_row *r)
{
	const gold_quote *best = NULL;
	float		top = 0.4f;

	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];
		float		s = overlap(w->doc, r->content, r->n_content, q->tokens, q->n_content);

		if (s > top)
		{
			top = s;
			best = q;
		}
	}
	return best;
}

static bool
is_entity(const document *doc, int32_t e, const char *names)
{
	if (gold_same_name(doc->entities[e].name, names))
		return true;
	return false;
}

#define UNNAMED (1 << 28)

/* Whether a phrase has the words of a description in the gold reading. */
static bool
means_phrase(const quote_work *w, const phrase *p, const char *description)
{
	char		text[256];
	uint32_t	from = w->doc->tokens[p->core.start].start_byte,
				n = w->doc->tokens[p->core.end - 1].end_byte - from;

	if (n >= sizeof(text) || !strcmp(description, "-"))
		return false;
	memcpy(text, w->doc->text + from, n);
	text[n] = '\0';
	return gold_same_name(text, description);
}

static int
teach_speaker(lesson *l, quote_work *w, int32_t n)
{
	const gold_quote *q = quote_of_row(l, w, &w->rows[n]);
	int			best = 0;

	if (!q)
		return LOST;
	if (!strcmp(q->names, "-"))
	{
		for (int i = 1; i < w->n_options; i++)
			if (w->options[i].value >= UNNAMED && means_phrase(w, &w->phrases[w->options[i].value - UNNAMED], q->speaker))
			{
				l->right[i] = true;
				best = i;
			}
			else if (w->options[i].value >= UNNAMED)
				for (int r = 0; r < n; r++)
				{
					const gold_quote *other = w->rows[r].phrase == w->options[i].value - UNNAMED ? quote_of_row(l, w, &w->rows[r]) : NULL;

					if (other && strcmp(q->speaker, "-") && !strcmp(other->speaker, q->speaker))
					{
						l->right[i] = true;
						best = i;
					}
				}
		if (best == 0 && l->gold->narrow && strcmp(q->speaker, "-") &&
			(q->n_source == 0 || (w->rows[n].source >= 0 && w->phrases[w->rows[n].source].pronoun)))
			return LOST;
		l->right[0] = best == 0;
		return best;
	}
	for (int i = 1; i < w->n_options; i++)
		if (w->options[i].value < UNNAMED && is_entity(w->doc, w->options[i].value, q->names))
		{
			l->right[i] = true;
			best = best ? best : i;
		}
	return best ? best : LOST;
}

int32_t
teach(void *context, quote_work *w, decision_kind kind, int32_t subject)
{
	static int	(*const teachers[N_DECISIONS]) (lesson *, quote_work *, int32_t) =
	{teach_stretch, teach_cue_of_stretch, teach_join, teach_cue, teach_source, teach_content, teach_speaker};
	lesson	   *l = context;
	const uint64_t *features[MAX_OPTIONS];
	int32_t		n_features[MAX_OPTIONS];
	bool		right[MAX_OPTIONS];
	int			n = 0,
				answer;

	if (w->n_options > MAX_OPTIONS)
		exit(1);
	memset(l->right, 0, (size_t) w->n_options);
	answer = teachers[kind] (l, w, subject);
	if (answer == LOST)
	{
		teacher_lost[kind]++;
		return 0;
	}
	for (int i = 0; i < w->n_options; i++)
		if (!w->options[i].part)
		{
			features[n] = w->features + w->options[i].first_feature;
			n_features[n] = w->options[i].n_features;
			right[n++] = l->right[i];
		}
	teacher_recorded[kind]++;
	ranker_add(teacher_learner, l->gold->group, 1, n, features, n_features, right);
	if (kind == DECIDE_CUE && answer == 0)
	{
		uint64_t	h = hash_mix(w->cues[subject].lemma, (uint64_t) w->doc->tokens[w->cues[subject].token].start_byte);

		return (h >> 20) % 8 < (w->cues[subject].sets & SET_SPEECH_VERB ? 8 : 4);
	}
	return answer;
}

/* --- confidence --------------------------------------------------------------------- */

static float *judged;			/* N_CONFIDENCE inputs, then 1 when the row was right */
static int	n_judged,
			judged_capacity;
float		calibration[N_CONFIDENCE];

static bool
row_is_right(const lesson *l, const quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];
	const gold_quote *q = quote_of_row(l, w, r);
	const char *said = w->doc->quotes[n].speaker;

	if (!q || overlap(w->doc, r->content, r->n_content, q->tokens, q->n_content) < 0.5f)
		return false;
	if (!strcmp(q->names, "-") && !strcmp(q->speaker, "-"))
		return said == NULL;
	return said && gold_same_name(said, strcmp(q->names, "-") ? q->names : q->speaker);
}

void
judge_rows(gold_document *d, const quote_work *w)
{
	static lesson l;

	l.gold = d;
	for (int32_t n = 0; n < w->n_rows; n++)
	{
		if (n_judged == judged_capacity)
		{
			judged_capacity = judged_capacity ? judged_capacity * 2 : 1024;
			judged = realloc(judged, sizeof(float) * (N_CONFIDENCE + 1) * (size_t) judged_capacity);
		}
		confidence_inputs(w, &w->rows[n], judged + n_judged * (N_CONFIDENCE + 1));
		judged[n_judged * (N_CONFIDENCE + 1) + N_CONFIDENCE] = row_is_right(&l, w, n);
		n_judged++;
	}
}

/* Logistic regression by gradient descent. */
void
calibrate(void)
{
	memset(calibration, 0, sizeof(calibration));
	for (int step = 0; step < 4000 && n_judged > 0; step++)
	{
		double		gradient[N_CONFIDENCE] = {0};

		for (int i = 0; i < n_judged; i++)
		{
			const float *x = judged + i * (N_CONFIDENCE + 1);
			float		sum = 0,
						error;

			for (int k = 0; k < N_CONFIDENCE; k++)
				sum += calibration[k] * x[k];
			error = 1 / (1 + expf(-sum)) - x[N_CONFIDENCE];
			for (int k = 0; k < N_CONFIDENCE; k++)
				gradient[k] += error * x[k];
		}
		for (int k = 0; k < N_CONFIDENCE; k++)
			calibration[k] -= (float) (0.1 * (gradient[k] / n_judged + 1e-4 * calibration[k]));
	}
}
