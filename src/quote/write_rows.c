/*
 * write_rows.c - the rows of the room's work as quotes of the document: text of speaker, role, addressee and via, kinds, bytes.
 */
#include <string.h>

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

static uint8_t
kind_of_phrase(const quote_work *w, const phrase *p)
{
	uint32_t	sets = lexicon_sets(&w->doc->tokens[p->head]);
	int			pos = pos_at(w, p->head);

	if (sets & SET_DOCUMENT)
		return KIND_DOCUMENT;
	if (sets & SET_GROUP || pos == XPOS_NNS || pos == XPOS_NNPS)
		return KIND_GROUP;
	if (sets & SET_ORGANIZATION_NOUN)
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

/* Verbs whose object is who hears it, by lemma and by form. */
static const char *const hearing_verbs[] = {
	"tell", "told", "tells", "telling", "ask", "asked", "asks", "asking", "inform", "informed", "assure", "assured", "remind", "reminded", "warn", "warned",
	"urge", "urged", "advise", "advised", "notify", "notified"
};

static bool
takes_hearer(const quote_work *w, const cue *c)
{
	for (size_t i = 0; i < sizeof(hearing_verbs) / sizeof(hearing_verbs[0]); i++)
		if (c->lemma == hash_bytes(hearing_verbs[i], strlen(hearing_verbs[i])))
			return true;
	return false;
}

/* "told reporters", "said to the BBC": the phrase right behind the cue. */
static const char *
find_addressee(quote_work *w, const quote_row *r)
{
	const cue  *c;
	int32_t		at,
				source_end;

	if (r->cue < 0 || w->cues[r->cue].kind != CUE_VERB)
		return NULL;
	c = &w->cues[r->cue];
	at = c->words.end;
	source_end = r->source >= 0 && w->phrases[r->source].core.start >= at ? w->phrases[r->source].whole.end : -1;
	if (!takes_hearer(w, c))
	{
		if (source_end >= 0 && source_end < at + 8)
			at = source_end;
		if (!is_word(w, at, "to"))
			return NULL;
		at++;
	}
	for (int32_t t = at; t < at + 8 && t < sentence_end(w, c->token); t++)
	{
		int32_t		k = w->phrase_at[t];

		if (k < 0 || k == r->source)
			continue;
		if (w->phrases[k].core.start != at || holds_token(r, t) || (w->phrases[k].pronoun && class_at(w, t) == CLASS_IT))
			return NULL;
		if (w->phrases[k].mention >= 0 && w->doc->mentions[w->phrases[k].mention].entity >= 0 && w->doc->mentions[w->phrases[k].mention].kind == KIND_PERSON)
			return w->doc->entities[w->doc->mentions[w->phrases[k].mention].entity].name;
		return text_of(w, w->phrases[k].core, false);
	}
	return NULL;
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

/* Through whom the text has it: another cue of the sentence, without a row of its own, whose source is a medium. */
static const char *
find_via(quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];
	int32_t		here = r->cue >= 0 ? w->cues[r->cue].token : -1;
	int32_t		start,
				end;

	if (r->via >= 0)
		return name_of_phrase(w, &w->phrases[r->via]);
	if (here < 0)
		return NULL;
	start = sentence_start(w, here);
	end = sentence_end(w, here);
	for (int32_t t = start > here - 80 ? start : here - 80; t < end && t < here + 80; t++)
	{
		int32_t		c = w->cue_at[t];
		const cue  *x;
		bool		below;

		if (c < 0 || c == r->cue || w->stretch_of[t] >= 0 || is_row_cue(w, c, n))
			continue;
		x = &w->cues[c];
		if (x->kind != CUE_ACCORDING && !(x->kind == CUE_VERB && (x->sets & SET_SPEECH_VERB)))
			continue;
		below = x->kind == CUE_ACCORDING ? t > here || w->cues[r->cue].kind != CUE_ACCORDING : tree_is_within(tree_of(w, w->doc->tokens[t].sentence), here, t);
		if (!below || (x->kind == CUE_ACCORDING && row_cue_between(w, here, t, n)))
			continue;
		find_source(w, c);
		if (x->source >= 0 && x->source != r->source && is_medium(w, &w->phrases[x->source], x))
			return name_of_phrase(w, &w->phrases[x->source]);
	}
	return NULL;
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
