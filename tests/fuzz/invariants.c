/*
 * invariants.c - what holds of a document whatever its text: spans lie inside,
 * in order and on the edges of characters; indexes point back and forth.
 */
#include "invariants.h"

#include <stddef.h>
#include <string.h>

#include "text/marks.h"
#include "text/utf8.h"

#define HOLDS(condition) \
	do { \
		if (!(condition)) \
			return #condition; \
	} while (0)

/* Is `at` the start of a character, as the reader counts them?  Looks back to the last byte that surely is. */
static bool
on_edge(const document *doc, uint32_t at)
{
	uint32_t	from = at < 8 ? 0 : at - 8;
	int32_t		character;

	if (at > doc->n_bytes)
		return false;
	if (at == doc->n_bytes)
		return true;
	/* an ASCII byte before is an edge; else any start gives the same edges after four bytes */
	while (from > 0 && ((unsigned char) doc->text[from] & 0xC0) == 0x80 && at - from < 12)
		from--;
	while (from < at)
		from += utf8_decode(doc->text + from, doc->n_bytes - from, &character);
	return from == at;
}

static bool
good_span(const document *doc, byte_span s)
{
	return s.start <= s.end && s.end <= doc->n_bytes && on_edge(doc, s.start) && on_edge(doc, s.end);
}

static bool
good_spans(const document *doc, const byte_span *spans, int32_t n)
{
	for (int32_t i = 0; i < n; i++)
		if (!good_span(doc, spans[i]) || spans[i].start == spans[i].end || (i > 0 && spans[i - 1].end > spans[i].start))
			return false;
	return true;
}

static const char *
broken_token(const document *doc, int32_t i)
{
	const token *t = &doc->tokens[i];

	HOLDS(t->start_byte < t->end_byte && t->end_byte <= doc->n_bytes);
	HOLDS(i == 0 || t[-1].end_byte <= t->start_byte);
	HOLDS(on_edge(doc, t->start_byte) && on_edge(doc, t->end_byte));
	HOLDS(t->start_char == document_char_of_byte(doc, t->start_byte));
	HOLDS(t->end_char == document_char_of_byte(doc, t->end_byte));
	HOLDS(t->lower && t->lower[t->lower_bytes] == '\0');
	HOLDS(t->lower_hash == hash_bytes(t->lower, t->lower_bytes));
	HOLDS(t->sentence >= 0 && t->sentence < doc->n_sentences);
	HOLDS(i >= doc->sentences[t->sentence].start && i < doc->sentences[t->sentence].end);
	HOLDS(((t->flags & TOKEN_SENTENCE_START) != 0) == (i == doc->sentences[t->sentence].start));
	HOLDS(t->head >= -1 && t->head < doc->n_tokens && t->head != i);
	return NULL;
}

static const char *
broken_structure(const document *doc)
{
	int32_t		token_at = 0;
	int32_t		sentence_at = 0;

	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		const paragraph *par = &doc->paragraphs[p];

		HOLDS(par->start == token_at && par->end > par->start && par->end <= doc->n_tokens);
		HOLDS(par->first_sentence == sentence_at && par->end_sentence > sentence_at && par->end_sentence <= doc->n_sentences);
		HOLDS(par->start_byte <= doc->tokens[par->start].start_byte && doc->tokens[par->end - 1].end_byte <= par->end_byte);
		HOLDS(doc->tokens[par->start].flags & TOKEN_PARAGRAPH_START);
		for (int32_t s = par->first_sentence; s < par->end_sentence; s++)
		{
			HOLDS(doc->sentences[s].paragraph == p);
			HOLDS(doc->sentences[s].start == token_at && doc->sentences[s].end > token_at);
			token_at = doc->sentences[s].end;
		}
		HOLDS(token_at == par->end);
		sentence_at = par->end_sentence;
	}
	HOLDS(token_at == doc->n_tokens && sentence_at == doc->n_sentences);
	return NULL;
}

static const char *
broken_stretches(const document *doc)
{
	marked_stretch *s;
	int32_t		n = find_marked_stretches(doc, &s);

	for (int32_t i = 0; i < n; i++)
	{
		HOLDS(s[i].open >= 0 && s[i].open < s[i].close && s[i].close <= doc->n_tokens);
		HOLDS(i == 0 || s[i - 1].open < s[i].open);
		HOLDS(!s[i].has_close || s[i].close < doc->n_tokens);
		HOLDS(!s[i].has_close || doc->tokens[s[i].close].flags & TOKEN_CLOSE_MARK);
		HOLDS(doc->tokens[s[i].open].flags & TOKEN_OPEN_MARK);
		HOLDS(s[i].parent >= -1 && s[i].parent < i);
		HOLDS(s[i].depth == (s[i].parent < 0 ? 0 : s[s[i].parent].depth + 1));
		HOLDS(s[i].parent < 0 || (s[s[i].parent].open < s[i].open && s[i].close <= s[s[i].parent].close));
		HOLDS(!s[i].continues || (i + 1 < n && s[i].close == s[i + 1].open) || !s[i].has_close);
		HOLDS(doc->sentences[doc->tokens[s[i].open].sentence].paragraph ==
			  doc->sentences[doc->tokens[s[i].close - 1].sentence].paragraph);
	}
	return NULL;
}

static const char *
broken_names(const document *doc)
{
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];

		HOLDS(m->start >= 0 && m->start < m->end && m->end <= doc->n_tokens);
		HOLDS(i == 0 || m[-1].start <= m->start);
		HOLDS(m->kind < N_ENTITY_KINDS);
		HOLDS(m->probability >= 0 && m->probability <= 1);
		HOLDS(m->entity >= -1 && m->entity < doc->n_entities);
		HOLDS(doc->tokens[m->start].sentence == doc->tokens[m->end - 1].sentence);
	}
	return NULL;
}

static const char *
broken_entities(const document *doc)
{
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		const entity *e = &doc->entities[i];

		HOLDS(e->name && *e->name);
		HOLDS(e->first_mention >= 0 && e->first_mention < doc->n_mentions);
		HOLDS(doc->mentions[e->first_mention].entity == i);
		HOLDS(e->fullest_mention >= 0 && e->fullest_mention < doc->n_mentions);
		HOLDS(e->salience >= 0 && e->salience <= 1);
		HOLDS(e->n_mentions > 0);
		HOLDS(doc->by_salience[i] >= 0 && doc->by_salience[i] < doc->n_entities);
		HOLDS(i == 0 || doc->entities[doc->by_salience[i - 1]].salience >= doc->entities[doc->by_salience[i]].salience);
	}
	return NULL;
}

static const char *
broken_quotes(const document *doc)
{
	for (int32_t i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];

		HOLDS(q->kind <= QUOTE_INDIRECT);
		HOLDS(q->n_content > 0 && good_spans(doc, q->content, q->n_content));
		HOLDS(good_spans(doc, q->verbatim, q->n_verbatim));
		HOLDS((q->kind == QUOTE_INDIRECT) == (q->n_verbatim == 0) || q->kind == QUOTE_DIRECT);
		HOLDS(good_span(doc, q->source) && good_span(doc, q->cue));
		HOLDS(q->speaker_entity >= -1 && q->speaker_entity < doc->n_entities);
		HOLDS(q->confidence >= 0 && q->confidence <= 1);
		HOLDS(i == 0 || q[-1].content[0].start <= q->content[0].start);
	}
	return NULL;
}

static const char *
broken_topics(const document *doc)
{
	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		HOLDS(doc->topics[i].score >= 0 && doc->topics[i].score <= 1);
		HOLDS(i == 0 || doc->topics[i - 1].score >= doc->topics[i].score);
		HOLDS(good_spans(doc, doc->topics[i].evidence, doc->topics[i].n_evidence));
	}
	return NULL;
}

static const char *
broken_keyphrases(const document *doc)
{
	HOLDS(doc->n_keyphrases <= MAX_KEYPHRASES);
	for (int32_t i = 0; i < doc->n_keyphrases; i++)
	{
		const keyphrase *k = &doc->keyphrases[i];

		HOLDS(k->phrase && *k->phrase);
		HOLDS(i == 0 || k[-1].score >= k->score);
		HOLDS(good_spans(doc, k->spans, k->n_spans));
	}
	return NULL;
}

const char *
broken_invariant(const document *doc)
{
	static const struct
	{
		uint32_t	stages;
		const char *(*broken) (const document *doc);
	}			checks[] = {
		{STAGE_TEXT, broken_structure}, {STAGE_TEXT, broken_stretches}, {STAGE_NAMES, broken_names},
		{STAGE_ENTITIES, broken_entities}, {STAGE_QUOTES, broken_quotes}, {STAGE_TOPICS, broken_topics},
		{STAGE_KEYPHRASES, broken_keyphrases},
	};
	const char *broken = NULL;

	HOLDS(doc->n_chars <= doc->n_bytes);
	HOLDS(document_char_of_byte(doc, doc->n_bytes) == doc->n_chars);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]) && !broken; i++)
		if (doc->done & checks[i].stages)
			broken = checks[i].broken(doc);
	for (int32_t i = 0; i < doc->n_tokens && !broken; i++)
		broken = broken_token(doc, i);
	if (doc->done & STAGE_WORDS)
		for (int32_t i = 0; i < doc->n_tokens && !broken; i++)
		{
			HOLDS(doc->tokens[i].upos < N_UPOS);
			HOLDS(doc->tokens[i].upos == UPOS_NONE || doc->tokens[i].lemma);
		}
	return broken;
}
