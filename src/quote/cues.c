/*
 * cues.c - words that may say that something was said or written, and which of them a direct stretch belongs to.
 *
 * Candidates are found by the lexicon's sets (verbs and nouns of speech,
 * "according to"), by standing next to a marked stretch (any verb: "...," she
 * grinned), and by punctuation (a colon or a dash beside a stretch).
 */
#include <string.h>

#include "quote/work.h"
#include "tag/tagset.h"

#define CUES_BEFORE 6			/* candidates looked at on each side of a stretch */
#define CUES_AFTER 4
#define TOKENS_BEFORE 70
#define TOKENS_AFTER 45
#define TOKENS_BESIDE 7			/* how far from a mark an unknown verb may stand */

static void
add_cue(quote_work *w, int32_t token, int32_t end, cue_kind kind)
{
	w->cues = arena_grow(w->memory, w->cues, w->n_cues, &w->cue_capacity, sizeof(cue));
	w->cue_at[token] = w->n_cues;
	w->cues[w->n_cues++] = (cue) {token, {token, end}, (uint8_t) kind, lemma_at(w, token), lexicon_sets(&w->doc->tokens[token]),
		group_at(w, token), 0, -1, 0, false, false};
}

/* Whether a mark stands within TOKENS_BESIDE of t in its paragraph, no full stop between. */
static bool
is_beside_mark(const quote_work *w, int32_t t)
{
	for (int step = -1; step <= 1; step += 2)
		for (int32_t i = 1, at = t + step; i <= TOKENS_BESIDE && at >= 0 && at < w->doc->n_tokens; i++, at += step)
		{
			if (w->stretch_of[at] >= 0)
				return true;
			if (class_at(w, at) == CLASS_STOP || (w->doc->tokens[at].flags & TOKEN_PARAGRAPH_START && step > 0))
				break;
		}
	return false;
}

static bool
is_verb(const quote_work *w, int32_t t)
{
	uint8_t		upos = w->doc->tokens[t].upos;

	return upos == UPOS_VERB || upos == UPOS_AUX || upos == UPOS_NONE;
}

/* Where the words of a verbal cue end: particles and the like. */
static int32_t
end_of_verb(const quote_work *w, int32_t t)
{
	static const char *const pairs[][2] = {
		{"call", "for"}, {"call", "on"}, {"call", "upon"}, {"refer", "to"}, {"talk", "of"}, {"talk", "about"}, {"speak", "of"}, {"make", "clear"},
		{"appeal", "to"}, {"appeal", "for"}, {"put", "it"}, {"point", "out"}, {"point", "to"}, {"go", "on"}, {"warn", "of"}, {"attest", "to"}
	};
	const char *lemma = w->doc->tokens[t].lemma;

	if (t + 1 >= w->doc->n_tokens)
		return t + 1;
	if (pos_at(w, t + 1) == XPOS_RP)
		return t + 2;
	if (lemma)
		for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
			if (strcmp(lemma, pairs[i][0]) == 0 && is_word(w, t + 1, pairs[i][1]))
				return t + 2;
	return t + 1;
}

static bool
opens_stretch(const quote_work *w, int32_t t)
{
	return t < w->doc->n_tokens && w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].open == t;
}

/* "“…,” the site notes." "“…,” Ofcom claims.": a verb of speech that the tagger takes for the last noun of a phrase. */
static bool
closes_speech(const quote_work *w, int32_t t)
{
	int32_t		at = t - 1;

	if (pos_at(w, t) != XPOS_NNS || !(lexicon_sets(&w->doc->tokens[t]) & SET_SPEECH_VERB))
		return false;
	if (same_paragraph(w, t, t + 1) && !(w->doc->tokens[t + 1].flags & TOKEN_PUNCTUATION))
		return false;
	while (at > t - 6 && at > 0 && w->stretch_of[at] < 0 && !(w->doc->tokens[at].flags & TOKEN_PUNCTUATION))
		at--;
	return at < t - 1 && at >= 0 && w->stretch_of[at] >= 0 && same_paragraph(w, at, t);
}

void
collect_cues(quote_work *w)
{
	const document *doc = w->doc;

	for (int32_t t = 0; t < doc->n_tokens; t++)
	{
		const token *x = &doc->tokens[t];
		uint32_t	sets = lexicon_sets(x);

		w->cue_at[t] = -1;
		if (x->flags & TOKEN_PUNCTUATION)
		{
			if (opens_stretch(w, t + 1) && w->stretches[w->stretch_of[t + 1]].labelled)
				add_cue(w, t, t + 1, CUE_TURN);
			else if (class_at(w, t) == CLASS_COLON && opens_stretch(w, t + 1))
				add_cue(w, t, t + 1, CUE_COLON);
			else if (class_at(w, t) == CLASS_DASH && t > 0 && w->stretch_of[t - 1] >= 0 && w->stretch_of[t] < 0)
				add_cue(w, t, t + 1, CUE_DASH);
		}
		else if (is_word(w, t, "according") && is_word(w, t + 1, "to"))
			add_cue(w, t, t + 2, CUE_ACCORDING);
		else if (is_word(w, t, "words") && is_word(w, t + 1, "of") && is_word(w, t - 1, "the") && is_word(w, t - 2, "in"))
			add_cue(w, t, t + 2, CUE_ACCORDING);
		else if (is_word(w, t, "per") && x->upos == UPOS_ADP)
			add_cue(w, t, t + 1, CUE_ACCORDING);
		else if (is_verb(w, t) && ((sets & (SET_SPEECH_VERB | SET_THOUGHT_VERB)) || (x->upos == UPOS_VERB && is_beside_mark(w, t))))
			add_cue(w, t, end_of_verb(w, t), CUE_VERB);
		else if (closes_speech(w, t))
			add_cue(w, t, t + 1, CUE_VERB);
		else if ((sets & SET_SPEECH_NOUN) && x->upos == UPOS_NOUN && (is_word(w, t + 1, "that") || is_beside_mark(w, t)))
			add_cue(w, t, t + 1, CUE_NOUN);
		else if ((sets & SET_SPEECH_VERB) && x->upos == UPOS_NOUN && is_beside_mark(w, t))
			add_cue(w, t, t + 1, CUE_NOUN);
	}
}

/* --- a cue by itself ---------------------------------------------------------- */

/* Features of the cue's own words and what stands around it. */
static void
word_features(quote_work *w, const cue *c)
{
	int32_t		t = c->token,
				end = c->words.end;
	uint64_t	form = word_at(w, t);

	FEATURE(w, 100, c->lemma);
	FEATURE2(w, 101, c->lemma, pos_at(w, t));
	FEATURE2(w, 102, c->kind, pos_at(w, t));
	FEATURE2(w, 103, c->sets & SET_SPEECH_VERB, c->sets & SET_THOUGHT_VERB);
	FEATURE3(w, 104, class_at(w, t - 1), class_at(w, end), c->sets & SET_SPEECH_VERB);
	FEATURE3(w, 105, class_at(w, t - 2), class_at(w, t - 1), c->kind);
	FEATURE3(w, 106, class_at(w, end), class_at(w, end + 1), c->kind);
	FEATURE2(w, 107, c->lemma, class_at(w, t - 1));
	FEATURE2(w, 108, c->lemma, class_at(w, end));
	FEATURE2(w, 109, c->lemma, word_at(w, t - 1));
	FEATURE2(w, 110, c->lemma, word_at(w, end));
	FEATURE2(w, 111, form, class_at(w, end));
	FEATURE2(w, 112, pos_at(w, t), word_at(w, t - 1));
	FEATURE2(w, 113, pos_at(w, t), word_at(w, t - 2));
	FEATURE2(w, 114, pos_at(w, t), word_at(w, end));
	FEATURE2(w, 115, c->lemma, word_at(w, t - 2));
	FEATURE3(w, 116, class_at(w, t - 1), class_at(w, t - 2), class_at(w, t - 3));
	FEATURE3(w, 117, class_at(w, end), class_at(w, end + 1), class_at(w, end + 2));
	FEATURE2(w, 160, c->group, pos_at(w, t));
	FEATURE2(w, 161, c->group, class_at(w, t - 1));
	FEATURE2(w, 162, c->group, class_at(w, end));
	FEATURE3(w, 163, c->group, class_at(w, t - 1), class_at(w, end));
	FEATURE2(w, 164, group_at(w, t - 1), c->kind);
	FEATURE2(w, 118, bucket(t - sentence_start(w, t)), pos_at(w, t));
	FEATURE2(w, 119, bucket(sentence_end(w, t) - t), class_at(w, end));
}

/* Verbs and commas on both sides of the cue in its sentence: is there a clause to report? */
static void
clause_features(quote_work *w, const cue *c)
{
	int32_t		start = sentence_start(w, c->token) > c->token - 40 ? sentence_start(w, c->token) : c->token - 40,
				end = sentence_end(w, c->token) < c->words.end + 30 ? sentence_end(w, c->token) : c->words.end + 30;
	int			before = 0,
				after = 0,
				to = 0,
				that = 0,
				commas = 0;

	for (int32_t t = start; t < c->token; t++)
		before += is_finite_verb(w, t);
	for (int32_t t = c->words.end; t < end && class_at(w, t) != CLASS_SEMICOLON; t++)
	{
		commas += class_at(w, t) == CLASS_COMMA;
		after += is_finite_verb(w, t);
		to += class_at(w, t) == CLASS_TO && after == 0;
		that += class_at(w, t) == CLASS_THAT && after == 0;
	}
	FEATURE3(w, 165, c->lemma, after > 0, that > 0);
	FEATURE3(w, 166, c->group, after > 0, that > 0);
	FEATURE3(w, 167, pos_at(w, c->token), bucket(after), bucket(before));
	FEATURE3(w, 168, c->lemma, after > 0, before > 0);
	FEATURE3(w, 169, c->group, hash_mix(after > 0, before > 0), class_at(w, c->words.end));
	FEATURE3(w, 170, c->lemma, after > 0, to > 0);
	FEATURE3(w, 171, c->lemma, after > 0, class_at(w, c->words.end));
	FEATURE3(w, 172, hash_mix((uint64_t) bucket(after), (uint64_t) bucket(commas)), class_at(w, c->words.end), class_at(w, c->token - 1));
}

/* Negation, modals, questions: what makes speech unreal. */
static void
mood_features(quote_work *w, const cue *c)
{
	int32_t		from = c->token - 5 > sentence_start(w, c->token) ? c->token - 5 : sentence_start(w, c->token);
	int32_t		last = sentence_end(w, c->token) - 1;
	bool		not = false,
				modal = false,
				to = false,
				aux = false;

	for (int32_t t = from; t < c->token; t++)
	{
		int			class = class_at(w, t);

		if (class == CLASS_COMMA || class == CLASS_NAME || class == CLASS_HE)
			not = modal = to = aux = false;
		not |= class == CLASS_NOT || is_word(w, t, "without");
		modal |= class == CLASS_MODAL;
		to |= class == CLASS_TO;
		aux |= class == CLASS_BE || class == CLASS_HAVE;
	}
	FEATURE2(w, 120, not, c->sets & SET_SPEECH_VERB);
	FEATURE3(w, 121, hash_mix(not, modal), hash_mix(to, aux), pos_at(w, c->token));
	FEATURE2(w, 122, c->lemma, hash_mix(hash_mix(not, modal), hash_mix(to, aux)));
	FEATURE2(w, 123, is_word(w, last, "?"), modal);
	FEATURE2(w, 124, is_word(w, sentence_start(w, c->token), "if"), modal);
}

/* Marked stretches of the cue's sentence. */
static void
stretch_features(quote_work *w, const cue *c)
{
	int32_t		start = sentence_start(w, c->token),
				end = sentence_end(w, c->token);
	int			after = 9,
				before = 9,
				d_after = 20,
				d_before = 20;

	for (int32_t t = c->token + 1, i = 0; t < end && i < 40; t++, i++)
		if (w->stretch_of[t] >= 0)
		{
			after = w->stretches[w->stretch_of[t]].label;
			d_after = bucket(i);
			break;
		}
	for (int32_t t = c->token - 1, i = 0; t >= start && i < 40; t--, i++)
		if (w->stretch_of[t] >= 0)
		{
			before = w->stretches[w->stretch_of[t]].label;
			d_before = bucket(i);
			break;
		}
	FEATURE2(w, 140, after, before);
	FEATURE2(w, 141, after, d_after);
	FEATURE2(w, 142, before, d_before);
	FEATURE2(w, 143, c->lemma, after);
	FEATURE2(w, 146, c->group, after);
	FEATURE3(w, 144, c->sets & SET_SPEECH_VERB, after, before);
	FEATURE3(w, 145, c->kind, after, d_after);
}

void
cue_features(quote_work *w, int32_t n)
{
	const cue  *c = &w->cues[n];

	FEATURE(w, 99, 0);
	word_features(w, c);
	clause_features(w, c);
	mood_features(w, c);
	stretch_features(w, c);
	FEATURE2(w, 150, c->n_taken, c->kind);
	FEATURE2(w, 151, c->n_taken, c->lemma);
	FEATURE(w, 152, w->doc->paragraphs[paragraph_at(w, c->token)].kind);
}

/* "Did the minister say that ...?": a question whether something was said reports nothing. */
static bool
is_asked(const quote_work *w, const cue *c)
{
	int32_t		start = sentence_start(w, c->token),
				last = sentence_end(w, c->token) - 1;

	if (c->kind != CUE_VERB || !is_word(w, last, "?") || pos_at(w, c->token) != XPOS_VB)
		return false;
	return w->doc->tokens[start].upos == UPOS_AUX && c->token - start < 12 && w->stretch_of[start] < 0;
}

/*
 * Speech that did not happen reports nothing: "never said", "nobody claimed", "if she says", "would say ... if".  Looks
 * at the words of the verb's group, at its subject and at the head of its clause.
 */
static bool
is_unreal(const quote_work *w, const cue *c)
{
	int32_t		start = sentence_start(w, c->token),
				end = sentence_end(w, c->token),
				at = c->token - 1;
	bool		would = false;

	if (c->kind != CUE_VERB)
		return false;
	for (; at >= start; at--)
	{
		int			class = class_at(w, at);

		if (class == CLASS_NOT)
			return true;
		if (class != CLASS_ADVERB && class != CLASS_BE && class != CLASS_HAVE && class != CLASS_MODAL && w->doc->tokens[at].upos != UPOS_AUX)
			break;
		if (is_word(w, at, "later"))
			return false;
		would |= is_word(w, at, "would") || is_word(w, at, "could") || is_word(w, at, "might");
	}
	if (at >= start && (is_word(w, at, "nobody") || is_word(w, at, "none") || (is_word(w, at, "one") && is_word(w, at - 1, "no"))))
		return true;
	for (int32_t t = at; t >= start && t > c->token - 10 && class_at(w, t) != CLASS_COMMA && w->cue_at[t] < 0; t--)
		if (is_word(w, t, "if") || is_word(w, t, "unless"))
			return t == start || class_at(w, t - 1) == CLASS_COMMA || class_at(w, t - 1) == CLASS_AND || class_at(w, t - 1) == CLASS_OPEN;
	for (int32_t t = c->words.end; would && t < end && t < c->words.end + 60; t++)
		if (is_word(w, t, "if") && w->stretch_of[t] < 0)
			return true;
	return false;
}

bool
judge_cue(quote_work *w, int32_t n, float *probability)
{
	int32_t		best;

	if (is_asked(w, &w->cues[n]) || is_unreal(w, &w->cues[n]))
		return false;
	decision_open(w, DECIDE_CUE);
	option_add(w, 0);
	FEATURE(w, 1000, 0);
	option_add(w, 1);
	cue_features(w, n);
	best = decision_close(w, n, probability);
	return w->options[best].value == 1;
}

/*
 * A stretch that begins its paragraph and is followed by nothing but a dash and a name is signed: direct speech of that
 * name, whatever it looks like.
 */
bool
sign_stretch(quote_work *w, stretch *s)
{
	int32_t		dash = s->close + 1,
				end;
	int32_t		c;

	if (!s->has_close || dash + 1 >= w->doc->n_tokens || w->cue_at[dash] < 0 || w->cues[w->cue_at[dash]].kind != CUE_DASH)
		return false;
	if ((s->open > 0 && same_paragraph(w, s->open - 1, s->open)) || !same_paragraph(w, dash + 1, s->open))
		return false;
	end = w->doc->paragraphs[paragraph_at(w, dash)].end;
	if (end - dash > 20 || !(w->doc->tokens[dash + 1].flags & TOKEN_INITIAL_CAPITAL) || s->inside.end - s->inside.start < 4)
		return false;
	c = w->cue_at[dash];
	collect_phrases(w, w->doc->tokens[dash + 1].sentence);
	for (int32_t t = dash + 1; t < end && w->cues[c].source < 0; t++)
		w->cues[c].source = w->phrase_at[t];
	w->cues[c].source_p = 0.95f;
	w->cues[c].sourced = true;
	w->cues[c].n_taken = 1;
	s->label = STRETCH_DIRECT;
	s->label_p = s->cue_p = 0.95f;
	s->cue = c;
	return true;
}

/* --- stretches and cues -------------------------------------------------------- */

/* What stands between a stretch and a cue. */
typedef struct gap
{
	int			words;
	int			commas;
	int			stops;
	int			stretches;
	int			names;
	int			cues;
	bool		paragraph;
} gap;

static gap
look_between(const quote_work *w, int32_t from, int32_t to)
{
	gap			g = {0};

	for (int32_t t = from; t < to; t++)
	{
		int			class = class_at(w, t);

		if (w->stretch_of[t] >= 0)
		{
			g.stretches += opens_stretch(w, t);
			continue;
		}
		g.words += !(w->doc->tokens[t].flags & TOKEN_PUNCTUATION);
		g.commas += class == CLASS_COMMA;
		g.stops += class == CLASS_STOP || class == CLASS_QUESTION;
		g.names += class == CLASS_NAME || class == CLASS_HE;
		g.cues += w->cue_at[t] >= 0;
		g.paragraph |= t > from && (w->doc->tokens[t].flags & TOKEN_PARAGRAPH_START);
	}
	g.paragraph |= !same_paragraph(w, from, to);
	return g;
}

static void
pair_features(quote_work *w, int32_t n, int32_t k, int rank, int side)
{
	const stretch *s = &w->stretches[n];
	const cue  *c = &w->cues[k];
	int32_t		after = s->has_close ? s->close + 1 : s->close;
	gap			g = side ? look_between(w, after, c->token) : look_between(w, c->words.end, s->open);
	int			last = class_at(w, s->inside.end - 1),
				before = class_at(w, s->open - 1),
				behind = class_at(w, after);
	bool		capital = (w->doc->tokens[s->inside.start].flags & TOKEN_INITIAL_CAPITAL) != 0;
	uint64_t	sided = hash_mix((uint64_t) side, c->kind);

	FEATURE3(w, 200, side, rank, c->kind);
	FEATURE3(w, 201, sided, bucket(g.words), g.stops > 0);
	FEATURE3(w, 202, sided, c->lemma, g.stops > 0);
	FEATURE3(w, 203, sided, g.commas, g.stops);
	FEATURE3(w, 230, sided, c->group, g.stops > 0);
	FEATURE3(w, 231, sided, c->group, bucket(g.words));
	FEATURE3(w, 204, sided, g.stretches, g.paragraph);
	FEATURE3(w, 205, sided, last, bucket(g.words));
	FEATURE3(w, 206, sided, before, bucket(g.words));
	FEATURE3(w, 207, sided, hash_mix((uint64_t) last, (uint64_t) behind), capital);
	FEATURE3(w, 208, sided, hash_mix((uint64_t) before, (uint64_t) last), capital);
	FEATURE3(w, 209, sided, c->n_taken, bucket(g.words));
	FEATURE3(w, 210, sided, c->n_taken, hash_mix((uint64_t) g.stops, (uint64_t) g.stretches));
	FEATURE3(w, 211, sided, hash_mix((uint64_t) class_at(w, c->token - 1), (uint64_t) class_at(w, c->words.end)), g.words < 5);
	FEATURE3(w, 212, sided, hash_mix((uint64_t) class_at(w, c->words.end), (uint64_t) class_at(w, c->words.end + 1)), g.words < 3);
	FEATURE3(w, 213, side, c->lemma, bucket(g.words));
	FEATURE3(w, 214, side, pos_at(w, c->token), bucket(g.words));
	FEATURE3(w, 215, side, pos_at(w, c->token), c->sets & (SET_SPEECH_VERB | SET_THOUGHT_VERB));
	FEATURE3(w, 216, sided, g.cues, g.names);
	FEATURE3(w, 217, side, hash_mix(g.paragraph, (uint64_t) before), bucket(g.words));
	FEATURE3(w, 219, side, pos_at(w, c->token), class_at(w, c->token - 1));
	FEATURE3(w, 220, side, c->lemma, before);
	FEATURE3(w, 221, side, c->lemma, hash_mix((uint64_t) behind, (uint64_t) last));
	FEATURE3(w, 222, side, word_at(w, c->token - 1), g.words < 3);
	FEATURE3(w, 223, side, word_at(w, c->words.end), g.words < 3);
	if (n > 0 && side == 0 && s[-1].label == STRETCH_DIRECT && s[-1].cue == k)
	{
		int			first = class_at(w, s[-1].inside.end - 1);

		FEATURE3(w, 227, capital, before, first);
		FEATURE3(w, 228, capital, before == CLASS_COMMA, c->token > s[-1].open);
		FEATURE2(w, 229, hash_mix(capital, g.stops > 0), hash_mix((uint64_t) first, c->token > s[-1].open));
	}
}

static void
no_cue_features(quote_work *w, int32_t n)
{
	const stretch *s = &w->stretches[n];
	const stretch *p = n > 0 && s[-1].label == STRETCH_DIRECT ? s - 1 : NULL;
	int32_t		after = s->has_close ? s->close + 1 : s->close;
	int			last = class_at(w, s->inside.end - 1);
	bool		first = s->open == 0 || !same_paragraph(w, s->open - 1, s->open),
				final = after >= w->doc->n_tokens || !same_paragraph(w, after, s->close - 1);
	int			before = first ? CLASS_OUTSIDE : class_at(w, s->open - 1);
	int			where = !p ? 0 : same_paragraph(w, p->open, s->open) ? 1 + (p->cue >= 0) : 3 + (p->cue >= 0);

	FEATURE2(w, 240, first, final);
	FEATURE2(w, 241, before, last);
	FEATURE2(w, 242, before, final ? CLASS_OUTSIDE : class_at(w, after));
	FEATURE2(w, 243, where, p ? bucket(s->open - p->close) : 20);
	FEATURE2(w, 244, where, first);
	FEATURE2(w, 245, where, last);
	FEATURE2(w, 246, where, before);
	FEATURE3(w, 247, where, final, last);
	FEATURE2(w, 248, bucket(s->inside.end - s->inside.start), before);
}

static void
choose_cue(quote_work *w, int32_t n)
{
	stretch    *s = &w->stretches[n];
	int32_t		after = s->has_close ? s->close + 1 : s->close;
	int32_t		low = s->open - TOKENS_BEFORE > 0 ? s->open - TOKENS_BEFORE : 0,
				high = after + TOKENS_AFTER < w->doc->n_tokens ? after + TOKENS_AFTER : w->doc->n_tokens;
	int32_t		paragraph = paragraph_at(w, s->open);
	int			rank = 0;

	decision_open(w, DECIDE_CUE_OF_STRETCH);
	option_add(w, -1);
	no_cue_features(w, n);
	for (int32_t t = s->open - 1; t >= low && rank < CUES_BEFORE && paragraph_at(w, t) + 1 >= paragraph; t--)
		if (w->cue_at[t] >= 0 && w->stretch_of[t] < 0)
		{
			option_add(w, w->cue_at[t]);
			pair_features(w, n, w->cue_at[t], rank++, 0);
		}
	rank = 0;
	for (int32_t t = after; t < high && rank < CUES_AFTER && (paragraph_at(w, t) == paragraph_at(w, s->close - 1)); t++)
		if (w->cue_at[t] >= 0 && w->stretch_of[t] < 0)
		{
			option_add(w, w->cue_at[t]);
			pair_features(w, n, w->cue_at[t], rank++, 1);
		}
	s->cue = w->options[decision_close(w, n, &s->cue_p)].value;
	if (s->cue >= 0)
		w->cues[s->cue].n_taken++;
}

/*
 * Does the stretch go into the row of stretch `before`, which has the same cue?  A sentence that goes on in small letters
 * behind the cue always does.
 */
static void
choose_join(quote_work *w, int32_t n, int32_t before)
{
	stretch    *s = &w->stretches[n];
	const stretch *p = &w->stretches[before];
	const cue  *c = &w->cues[s->cue];
	int			where = c->token < p->open ? 0 : c->token < s->open ? 1 : 2;
	int			last = class_at(w, p->inside.end - 1);
	bool		capital = (w->doc->tokens[s->inside.start].flags & TOKEN_INITIAL_CAPITAL) != 0;
	gap			g = look_between(w, p->close, s->open);

	if (!w->teacher && !capital && where == 1 && last == CLASS_COMMA && class_at(w, s->open - 1) == CLASS_COMMA && !g.paragraph && g.stops == 0)
	{
		s->joined = true;
		return;
	}
	decision_open(w, DECIDE_JOIN);
	option_add(w, 0);
	option_add(w, 1);
	FEATURE(w, 259, 0);
	FEATURE2(w, 260, where, last);
	FEATURE2(w, 261, where, class_at(w, s->open - 1));
	FEATURE3(w, 262, where, last, class_at(w, s->open - 1));
	FEATURE2(w, 263, where, capital);
	FEATURE3(w, 264, where, g.stops > 0, g.paragraph);
	FEATURE2(w, 265, where, bucket(g.words));
	FEATURE2(w, 266, where, word_at(w, s->open - 1));
	FEATURE2(w, 267, where, bucket(s->inside.end - s->inside.start));
	FEATURE2(w, 268, where, c->kind);
	s->joined = w->options[decision_close(w, n, NULL)].value == 1;
}

void
assign_stretches_to_cues(quote_work *w)
{
	for (int32_t n = 0; n < w->n_stretches; n++)
	{
		int32_t		p = n - 1;

		if (w->stretches[n].colon)
			bind_turn(w, &w->stretches[n]);
		if (w->stretches[n].label != STRETCH_DIRECT || w->stretches[n].colon || w->stretches[n].cue >= 0)
			continue;
		choose_cue(w, n);
		if (p >= 0 && w->stretches[p].label == STRETCH_DIRECT && w->stretches[n].cue >= 0 && w->stretches[p].cue == w->stretches[n].cue)
			choose_join(w, n, p);
		document_tick(w->doc);
	}
}
