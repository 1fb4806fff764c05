/*
 * sentences.c - where sentences end.
 *
 * In: tokens of a paragraph with their quotation marks paired.  Out: sentences.
 *
 * A candidate is a full stop, question or exclamation mark, ellipsis or abbreviation
 * with the closing marks and brackets behind it; the word behind those decides.
 */
#include "text/abbreviations.h"
#include "text/reading.h"

#include <string.h>

typedef enum stop_kind
{
	STOP_NONE, STOP_PERIOD, STOP_QUESTION, STOP_ELLIPSIS, STOP_ABBREVIATION
} stop_kind;

static const char *
form_of(const document *doc, const token *t)
{
	return doc->text + t->start_byte;
}

static uint32_t
form_bytes(const token *t)
{
	return t->end_byte - t->start_byte;
}

static bool
is_byte(const document *doc, const token *t, char c)
{
	return form_bytes(t) == 1 && *form_of(doc, t) == c;
}

static stop_kind
stop_of(const document *doc, const token *t)
{
	const char *s = form_of(doc, t);
	uint32_t	n = form_bytes(t);

	if (t->flags & TOKEN_PUNCTUATION)
	{
		if (n == 1 && *s == '.')
			return STOP_PERIOD;
		if (*s == '?' || *s == '!')
			return STOP_QUESTION;
		if ((n >= 2 && s[0] == '.' && s[1] == '.') || (n >= 3 && memcmp(s, "\xE2\x80\xA6", 3) == 0))
			return STOP_ELLIPSIS;
		if (n == 3 && memcmp(s, "\xE3\x80\x82", 3) == 0)
			return STOP_QUESTION;
		return STOP_NONE;
	}
	if (s[n - 1] == '.')
		return STOP_ABBREVIATION;
	return STOP_NONE;
}

static bool
is_closing(const document *doc, const token *t)
{
	if (!(t->flags & TOKEN_PUNCTUATION) && *form_of(doc, t) != '&')
		return false;
	if (t->flags & TOKEN_CLOSE_MARK)
		return true;
	return !(t->flags & (TOKEN_SPACE_BEFORE | TOKEN_OPEN_MARK)) && (is_byte(doc, t, ')') || is_byte(doc, t, ']') || is_byte(doc, t, '"'));
}

static bool
is_bullet(const document *doc, const token *t)
{
	const char *s = form_of(doc, t);

	return form_bytes(t) == 3 && (memcmp(s, "\xE2\x80\xA2", 3) == 0 || memcmp(s, "\xE2\x81\x83", 3) == 0 ||
								  memcmp(s, "\xE2\x96\xAA", 3) == 0 || memcmp(s, "\xE2\x97\x8F", 3) == 0);
}

/* The first token from i on that is no opening mark or bracket. */
static int32_t
skip_openers(const document *doc, int32_t i, int32_t end)
{
	while (i < end && (doc->tokens[i].flags & TOKEN_OPEN_MARK || is_byte(doc, &doc->tokens[i], '(') ||
					   is_byte(doc, &doc->tokens[i], '[')))
		i++;
	return i;
}

static bool
starts_lower(const token *t)
{
	return t->flags & TOKEN_HAS_LETTER && !(t->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_HAS_DIGIT)) ;
}

/* An abbreviation at token i and the word at `next`: does the sentence end between them? */
static bool
abbreviation_ends(const document *doc, int32_t i, int32_t next)
{
	const token *t = &doc->tokens[i];
	const token *n = &doc->tokens[next];
	bool		starter = is_sentence_starter(form_of(doc, n), form_bytes(n));

	if (!(n->flags & TOKEN_INITIAL_CAPITAL))
		return false;
	switch (abbreviation_of(form_of(doc, t), form_bytes(t) - 1))
	{
		case ABBREVIATION_TITLE:
		case ABBREVIATION_NUMBER:
		case ABBREVIATION_INNER:
			return false;
		case ABBREVIATION_NONE:
			if (form_bytes(t) == 2)
				return starter && n->lower_bytes > 1 && false;
			return starter || abbreviation_of(form_of(doc, n), form_bytes(n) - 1) == ABBREVIATION_TITLE;
		default:
			return starter;
	}
}

/* "1.", "a." or "Q." at the start of a sentence numbers it. */
static bool
is_list_number(const document *doc, int32_t sentence_start, int32_t i)
{
	const token *t = &doc->tokens[sentence_start];

	if (i - sentence_start > 2 || form_bytes(t) > 3)
		return false;
	if (is_bullet(doc, t) && i > sentence_start)
		t++;
	return t->flags & TOKEN_ALL_DIGITS || (t->flags & TOKEN_HAS_LETTER && t->lower_bytes == 1);
}

/* Does a sentence end behind token `stop`, closing marks up to `end` included, when `next` follows? */
static bool
ends_between(const document *doc, int32_t sentence_start, int32_t stop, int32_t end, int32_t paragraph_end)
{
	stop_kind	kind = stop_of(doc, &doc->tokens[stop]);
	int32_t		next = skip_openers(doc, end, paragraph_end);
	bool		closed = end > stop + 1;
	const token *n;

	if (next >= paragraph_end)
		return true;
	n = &doc->tokens[next];
	if (n->flags & TOKEN_PUNCTUATION && !is_bullet(doc, n))
		return (kind == STOP_PERIOD || kind == STOP_QUESTION) && next == end && !closed ? false : next > end;
	switch (kind)
	{
		case STOP_PERIOD:
			if (is_list_number(doc, sentence_start, stop))
				return false;
			if (starts_lower(n))
				return false;
			return true;
		case STOP_QUESTION:
			return !starts_lower(n);
		case STOP_ELLIPSIS:
			return n->flags & TOKEN_INITIAL_CAPITAL;
		case STOP_ABBREVIATION:
			return closed ? n->flags & TOKEN_INITIAL_CAPITAL : abbreviation_ends(doc, stop, next);
		default:
			return false;
	}
}

static void
add_sentence(document *doc, int32_t p, int32_t start, int32_t end, int32_t *capacity)
{
	sentence   *s;

	doc->sentences = arena_grow(doc->memory, doc->sentences, doc->n_sentences, capacity, sizeof(sentence));
	s = &doc->sentences[doc->n_sentences];
	*s = (sentence) {.start = start, .end = end, .paragraph = p};
	doc->tokens[start].flags |= TOKEN_SENTENCE_START;
	for (int32_t i = start; i < end; i++)
		doc->tokens[i].sentence = doc->n_sentences;
	doc->n_sentences++;
}

void
cut_sentences(document *doc, int32_t p, int32_t *capacity)
{
	paragraph  *par = &doc->paragraphs[p];
	int32_t		start = par->start;

	par->first_sentence = doc->n_sentences;
	for (int32_t i = par->start; i < par->end; i++)
	{
		int32_t		end = i + 1;

		if (i > start && is_bullet(doc, &doc->tokens[i]))
		{
			add_sentence(doc, p, start, i, capacity);
			start = i;
		}
		if (stop_of(doc, &doc->tokens[i]) == STOP_NONE)
			continue;
		while (end < par->end && is_closing(doc, &doc->tokens[end]))
			end++;
		if (!ends_between(doc, start, i, end, par->end))
			continue;
		add_sentence(doc, p, start, end, capacity);
		start = end;
		i = end - 1;
	}
	if (start < par->end)
		add_sentence(doc, p, start, par->end, capacity);
	par->end_sentence = doc->n_sentences;
}
