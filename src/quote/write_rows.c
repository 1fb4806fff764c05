/*
 * write_rows.c - the rows of the room's work as quotes of the document: text of speaker, role, addressee and via, kinds, bytes.
 */
#include "entity/coreference.h"
#include "quote/work.h"
#include "tag/tagset.h"

static byte_span
bytes_of(const document *doc, span s)
{
	return (byte_span) {doc->tokens[s.start].start_byte, doc->tokens[s.end - 1].end_byte};
}

/* Text of tokens, white space made single; the first letter in lower case when the word is common. */
static const char *
text_of(const quote_work *w, span s, bool lower)
{
	const document *doc = w->doc;
	byte_span	b = bytes_of(doc, s);
	char	   *out = arena_text(w->memory, doc->text + b.start, b.end - b.start);
	char	   *to = out;
	bool		space = false;

	for (const char *from = out; *from; from++)
	{
		bool		white = *from == ' ' || *from == '\n' || *from == '\t' || *from == '\r';

		if (white && space)
			continue;
		*to++ = white ? ' ' : *from;
		space = white;
	}
	*to = '\0';
	if (lower && out[0] >= 'A' && out[0] <= 'Z' && w->mention_at[s.start] < 0 && doc->tokens[s.start].upos != UPOS_PROPN &&
		(doc->tokens[s.start].flags & TOKEN_SENTENCE_START) && !(doc->tokens[s.start].flags & TOKEN_ALL_CAPITALS))
		out[0] = (char) (out[0] - 'A' + 'a');
	return out;
}

/* --- kinds --------------------------------------------------------------------------- */

/* "APM Terminals, which runs two quays": of a person it would be who. */
static bool
which_follows(const quote_work *w, const phrase *p)
{
	int32_t		t = p->core.end;

	return is_word(w, t, "which") || (class_at(w, t) == CLASS_COMMA && is_word(w, t + 1, "which"));
}

static uint8_t
kind_of_phrase(const quote_work *w, const phrase *p)
{
	uint32_t	sets = lexicon_sets(&w->doc->tokens[p->head]);
	int			pos = pos_at(w, p->head);

	if (sets & SET_DOCUMENT)
		return KIND_DOCUMENT;
	if (sets & SET_GROUP || pos == XPOS_NNS || pos == XPOS_NNPS)
		return KIND_GROUP;
	if (sets & SET_ORGANIZATION_NOUN || which_follows(w, p))
		return KIND_ORGANIZATION;
	if (p->pronoun && class_at(w, p->head) != CLASS_HE && !is_word(w, p->head, "one") && !is_word(w, p->head, "another"))
		return class_at(w, p->head) == CLASS_IT ? KIND_ORGANIZATION : KIND_GROUP;
	return KIND_PERSON;
}

static uint8_t
kind_of_entity(const entity *e)
{
	switch (e->kind)
	{
		case KIND_PERSON:
		case KIND_ORGANIZATION:
		case KIND_PLACE:
			return e->kind;
		case KIND_NATIONALITY:
			return KIND_GROUP;
		case KIND_WORK:
		case KIND_LAW:
			return KIND_DOCUMENT;
		default:
			return KIND_ORGANIZATION;
	}
}

/* --- addressee and via ------------------------------------------------------------------ */

/* Verbs whose object is who hears it. */
static const char *const hearing_verbs[] = {
	"tell", "ask", "inform", "assure", "remind", "warn", "urge", "advise", "notify", "address", "encourage", "email"
};

/* What somebody says something in, and the word before who hears it: "in an interview with the BBC", "in a letter to members". */
static const struct
{
	const char *word;
	const char *preposition;
}			occasions[] = {
	{"interview", "with"}, {"interviews", "with"}, {"call", "with"}, {"interviewed", "by"}, {"speaking", "to"}, {"remarks", "to"}, {"comments", "to"},
	{"letter", "to"}, {"email", "to"}, {"message", "to"}, {"speech", "to"}, {"statement", "to"}, {"filing", "to"}, {"testimony", "to"}
};

static bool
is_occasion(const quote_work *w, int32_t t)
{
	for (size_t i = 0; i < sizeof(occasions) / sizeof(occasions[0]); i++)
		if (is_word(w, t, occasions[i].word))
			return is_word(w, t + 1, occasions[i].preposition);
	return false;
}

static bool
takes_hearer(const cue *c)
{
	return has_lemma(c, hearing_verbs, sizeof(hearing_verbs) / sizeof(hearing_verbs[0]));
}

/* "urged residents to leave": the hearer is part of what is reported. */
static bool
is_urged(const quote_work *w, const quote_row *r, const phrase *p)
{
	return p->core.start == r->content[0].start && (is_word(w, p->whole.end, "to") || is_word(w, p->core.end, "to"));
}

static const char *
name_of_hearer(quote_work *w, const phrase *p, int32_t at, int32_t last)
{
	int32_t		e = -1;

	if (p && p->pronoun)
	{
		if (class_at(w, p->head) == CLASS_IT || is_word(w, p->head, "me") || is_word(w, p->head, "us") || is_word(w, p->head, "them") || is_word(w, p->head, "you"))
			return NULL;
		e = is_word(w, p->head, "him") || is_word(w, p->head, "her") ? resolve_pronoun(w->doc, p->head, NULL) : -1;
		if (e < 0)
			return NULL;
	}
	else if (w->mention_at[last] >= 0 && w->doc->mentions[w->mention_at[last]].kind == KIND_PERSON)
		e = w->doc->mentions[w->mention_at[last]].entity;
	return e >= 0 ? w->doc->entities[e].name : text_of(w, (span) {at, last + 1}, false);
}

/* The hearer who is named from token `at` on, up to where the content begins; NULL. */
static const char *
hearer_at(quote_work *w, const quote_row *r, int32_t at)
{
	int32_t		end = sentence_end(w, at - 1) < at + 9 ? sentence_end(w, at - 1) : at + 9;

	for (int32_t t = at; t < end && w->stretch_of[t] < 0 && !(w->doc->tokens[t].flags & TOKEN_PUNCTUATION); t++)
	{
		const phrase *p = w->phrase_at[t] >= 0 ? &w->phrases[w->phrase_at[t]] : NULL;

		if (p && (p->core.start != at || w->phrase_at[t] == r->source || (holds_token(r, t) && !is_urged(w, r, p))))
			return NULL;
		if (p || (t > at && is_word(w, t, "press")))
			return name_of_hearer(w, p, at, t);
		if (t + 1 < end && !holds_token(r, t) && holds_token(r, t + 1) && w->doc->tokens[t].upos == UPOS_NOUN)
			return name_of_hearer(w, NULL, at, t);
	}
	return NULL;
}

/* "In an interview with the BBC, she said", "he said in a letter to members", "Speaking to reporters, ...": the hearer; NULL. */
static const char *
hearer_of_occasion(quote_work *w, const quote_row *r)
{
	int32_t		here = w->cues[r->cue].token,
				start = sentence_start(w, here),
				end = sentence_end(w, here);

	for (int32_t t = start > here - 40 ? start : here - 40; t + 2 < end && t < here + 20; t++)
		if (w->stretch_of[t] < 0 && !holds_token(r, t) && is_occasion(w, t))
			return hearer_at(w, r, t + 2);
	return NULL;
}

/* The row's cue; of "He told workers in Leeds: ..." the verb before the colon. */
static const cue *
cue_of_hearing(const quote_work *w, const quote_row *r)
{
	const cue  *c = &w->cues[r->cue];

	if (c->kind == CUE_COLON)
		for (int32_t t = c->token - 1; t > c->token - 25 && t >= sentence_start(w, c->token); t--)
			if (w->cue_at[t] >= 0 && takes_hearer(&w->cues[w->cue_at[t]]))
				return &w->cues[w->cue_at[t]];
	return c;
}

/* "told reporters", "said to the BBC": the phrase right behind the cue. */
static const char *
find_addressee(quote_work *w, const quote_row *r)
{
	const cue  *c;
	int32_t		at,
				source_end;
	const char *hearer = NULL;

	if (r->cue < 0)
		return NULL;
	c = cue_of_hearing(w, r);
	if (c->kind != CUE_VERB)
		return hearer_of_occasion(w, r);
	at = c->words.end;
	source_end = r->source >= 0 && w->phrases[r->source].core.start >= at ? w->phrases[r->source].whole.end : -1;
	if (takes_hearer(c))
		hearer = hearer_at(w, r, at);
	else
	{
		if (source_end >= 0 && source_end < at + 8)
			at = source_end;
		if (is_word(w, at, "to"))
			hearer = hearer_at(w, r, at + 1);
	}
	return hearer ? hearer : hearer_of_occasion(w, r);
}

static bool
is_row_cue(const quote_work *w, int32_t c, int32_t near)
{
	for (int32_t i = near - 8 > 0 ? near - 8 : 0; i < w->n_rows && i < near + 8; i++)
		if (w->rows[i].cue == c)
			return true;
	return false;
}

static const char *
name_of_phrase(const quote_work *w, const phrase *p)
{
	if (p->mention >= 0 && w->doc->mentions[p->mention].entity >= 0)
		return w->doc->entities[w->doc->mentions[p->mention].entity].name;
	return text_of(w, p->core, true);
}

/* Whether another row's cue stands between two tokens: then the medium is that row's. */
static bool
row_cue_between(const quote_work *w, int32_t from, int32_t to, int32_t n)
{
	for (int32_t t = from + 1; t < to; t++)
		if (w->cue_at[t] >= 0 && is_row_cue(w, w->cue_at[t], n))
			return true;
	return false;
}

static const char *
name_of_speaker(const quote_work *w, const quote_row *r)
{
	if (r->entity >= 0)
		return w->doc->entities[r->entity].name;
	return r->phrase >= 0 ? name_of_phrase(w, &w->phrases[r->phrase]) : NULL;
}

static bool
same_speaker(const quote_row *a, const quote_row *b)
{
	return a->entity == b->entity && a->phrase == b->phrase;
}

static bool
says(const cue *c)
{
	static const char *const lemmas[] = {"say", "tell", "claim"};

	return has_lemma(c, lemmas, sizeof(lemmas) / sizeof(lemmas[0]));
}

/* "Dallorso said his roommates said ...": the row that reports this one with its source; -1. */
static int32_t
row_around(const quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];

	if (r->cue < 0 || r->source < 0 || !says(&w->cues[r->cue]))
		return -1;
	for (int32_t i = n > 4 ? n - 4 : 0; i < w->n_rows && i < n + 4; i++)
	{
		const quote_row *x = &w->rows[i];

		if (i != n && x->kind != QUOTE_DIRECT && !same_speaker(x, r) && holds_token(x, w->cues[r->cue].token) &&
			holds_token(x, w->phrases[r->source].head) && w->phrases[r->source].core.start <= x->content[0].start + 1)
			return i;
	}
	return -1;
}

/* A phrase that begins at `first` and names who could pass something on; behind "via" only a medium does ("via Twitter" does not). */
static bool
is_channel(const quote_work *w, const phrase *p, int32_t first, bool via)
{
	bool		medium = is_outlet(w, p);

	for (int32_t t = first; t < p->head && !medium; t++)
		medium = is_word(w, t, "agency") || is_word(w, t, "newspaper") || is_word(w, t, "broadcaster");
	return p->core.start == first && (medium || (!via && p->mention >= 0));
}

/* "via news agency Interfax", "as quoted by the Daily Mail": the phrase behind those words, after the row's cue. */
static const char *
named_channel(quote_work *w, const quote_row *r)
{
	int32_t		here = w->cues[r->cue].token,
				end = sentence_end(w, here);

	for (int32_t t = here + 1; t + 1 < end && t < here + 60; t++)
	{
		bool		via = is_word(w, t, "via");
		int32_t		first = t + 1,
					last;

		if (!via && !((is_word(w, t - 1, "quoted") || is_word(w, t - 1, "cited")) && is_word(w, t, "by")))
			continue;
		if (holds_token(r, t) || w->stretch_of[t] >= 0)
			continue;
		last = first;
		while (last < end && last < first + 6 && w->phrase_at[last] < 0)
			last++;
		if (last < end && last < first + 6 && is_channel(w, &w->phrases[w->phrase_at[last]], first, via))
			return name_of_phrase(w, &w->phrases[w->phrase_at[last]]);
	}
	return NULL;
}

/*
 * Whether the medium at cue c passes on what is said at token `here`: "..., Li said, Reuters reported"; "Reuters reported
 * Li as saying ...".
 */
static bool
passes_on_row(const quote_work *w, const quote_row *r, const cue *c, int32_t here, int32_t n)
{
	int32_t		from = w->phrases[c->source].core.start < c->token ? w->phrases[c->source].core.start : c->token;

	if (c->token > here)
		return !row_cue_between(w, here, c->token, n) && class_at(w, from - 1) == CLASS_COMMA;
	return r->source >= 0 && w->phrases[r->source].head > c->token && w->phrases[r->source].head < here && !row_cue_between(w, c->token, here, n);
}

/* Through whom the text has it: another cue of the sentence, without a row of its own, whose source is a medium. */
static const char *
find_via(quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];
	int32_t		here = r->cue >= 0 ? w->cues[r->cue].token : -1;
	int32_t		start,
				end,
				around;

	if (r->via >= 0)
		return name_of_phrase(w, &w->phrases[r->via]);
	if (here < 0)
		return NULL;
	around = row_around(w, n);
	if (around >= 0)
		return name_of_speaker(w, &w->rows[around]);
	start = sentence_start(w, here);
	end = sentence_end(w, here);
	for (int32_t t = start > here - 80 ? start : here - 80; t < end && t < here + 80; t++)
	{
		int32_t		c = w->cue_at[t];
		const cue  *x;

		if (c < 0 || c == r->cue || w->stretch_of[t] >= 0 || is_row_cue(w, c, n))
			continue;
		x = &w->cues[c];
		if (x->kind != CUE_ACCORDING && !(x->kind == CUE_VERB && (x->sets & SET_SPEECH_VERB)))
			continue;
		if (x->kind == CUE_ACCORDING && ((t < here && w->cues[r->cue].kind == CUE_ACCORDING) || row_cue_between(w, here, t, n)))
			continue;
		find_source(w, c);
		if (x->source >= 0 && x->source != r->source && is_medium(w, &w->phrases[x->source], x) &&
			(x->kind == CUE_ACCORDING || passes_on_row(w, r, x, here, n)))
			return name_of_phrase(w, &w->phrases[x->source]);
	}
	return named_channel(w, r);
}

/* --- rows ------------------------------------------------------------------------------- */

/* What describes an unnamed speaker: the phrase without what a comma sets apart. */
static span
up_to_comma(const quote_work *w, const phrase *p)
{
	span		s = p->whole;

	for (int32_t t = p->core.end; t < s.end; t++)
		if (class_at(w, t) == CLASS_COMMA)
			s.end = t;
	return s;
}

static void
write_speaker(quote_work *w, const quote_row *r, quote *q)
{
	const document *doc = w->doc;

	q->speaker_entity = r->entity;
	q->speaker_kind = KIND_NONE;
	if (r->shown >= 0)
		q->source = bytes_of(doc, w->phrases[r->shown].whole);
	if (r->entity >= 0)
	{
		q->speaker = doc->entities[r->entity].name;
		q->role = doc->entities[r->entity].role;
		q->speaker_kind = kind_of_entity(&doc->entities[r->entity]);
	}
	else if (r->phrase >= 0)
	{
		q->speaker = text_of(w, up_to_comma(w, &w->phrases[r->phrase]), true);
		q->speaker_kind = kind_of_phrase(w, &w->phrases[r->phrase]);
	}
}

static byte_span *
write_spans(quote_work *w, const span *from, int32_t n)
{
	byte_span  *to = arena_array(w->memory, byte_span, n);

	for (int32_t i = 0; i < n; i++)
		to[i] = bytes_of(w->doc, from[i]);
	return to;
}

void
write_rows(quote_work *w)
{
	document   *doc = w->doc;

	doc->quotes = arena_zero_array(w->memory, quote, w->n_rows);
	doc->n_quotes = w->n_rows;
	for (int32_t n = 0; n < w->n_rows; n++)
	{
		const quote_row *r = &w->rows[n];
		quote	   *q = &doc->quotes[n];

		q->kind = r->kind;
		q->content = write_spans(w, r->content, r->n_content);
		q->n_content = r->n_content;
		q->verbatim = write_spans(w, r->verbatim, r->n_verbatim);
		q->n_verbatim = r->n_verbatim;
		if (r->cue >= 0)
			q->cue = bytes_of(doc, w->cues[r->cue].words);
		write_speaker(w, r, q);
		q->addressee = find_addressee(w, r);
		q->via = find_via(w, n);
		q->confidence = confidence_of(w, r);
	}
}
