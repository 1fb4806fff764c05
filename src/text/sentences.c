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
		if (n == 3 && (memcmp(s, "\xE3\x80\x82", 3) == 0 || memcmp(s, "\xEF\xBC\x8E", 3) == 0))
			return STOP_QUESTION;
		return STOP_NONE;
	}
	if (s[n - 1] == '.')
		return STOP_ABBREVIATION;
	return STOP_NONE;
}

static bool
is_emoticon(const document *doc, const token *t)
{
	const char *s = form_of(doc, t);
	uint32_t	n = form_bytes(t);

	return n >= 2 && n <= 4 && strchr(":;=", s[0]) && strchr(")(DP", s[n - 1]);
}

static bool
is_closing(const document *doc, const token *t)
{
	if (!(t->flags & TOKEN_PUNCTUATION) && *form_of(doc, t) != '&')
		return is_emoticon(doc, t);
	if (t->flags & TOKEN_CLOSE_MARK)
		return true;
	if (is_emoticon(doc, t))
		return true;
	return !(t->flags & (TOKEN_SPACE_BEFORE | TOKEN_OPEN_MARK)) && (is_byte(doc, t, ')') || is_byte(doc, t, ']') || is_byte(doc, t, '"'));
}

/* References behind the full stop: "[17][18]", or the number of a note that touches it. */
static int32_t
skip_references(const document *doc, int32_t i, int32_t end)
{
	const token *t = &doc->tokens[i];

	while (i + 2 < end && is_byte(doc, t, '[') && t[1].flags & TOKEN_ALL_DIGITS && is_byte(doc, t + 2, ']'))
	{
		i += 3;
		t += 3;
	}
	if (i + 1 < end && t->flags & TOKEN_ALL_DIGITS && !(t->flags & TOKEN_SPACE_BEFORE) && form_bytes(t) <= 3 &&
		t[1].flags & TOKEN_INITIAL_CAPITAL && t[1].flags & TOKEN_SPACE_BEFORE && i > 1 && !(t[-2].flags & TOKEN_ALL_DIGITS))
		return i + 1;
	return i;
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

static bool
form_in(const document *doc, const token *t, const char *const *list)
{
	(void) doc;
	for (; *list; list++)
		if (strcmp(t->lower, *list) == 0)
			return true;
	return false;
}

/* What follows the hour: "at 5 p.m. Monday", "9 a.m. EST". */
static const char *const behind_hour[] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "et", "est", "est.", "edt", "pt", "pst", "pdt",
	"ct", "cst", "cdt", "mt", "gmt", "bst", "utc", "eastern", "central", "pacific", "mountain", "jan.", "feb.", "march",
	"april", "may", "june", "july", "aug.", "sept.", "oct.", "nov.", "dec.", "january", "february", "august", "september",
	"october", "november", "december", NULL
};

static const char *const hours[] = {"a.m.", "p.m.", NULL};

/* Verbs of speech that follow a question in marks: "Why?" Mr. Smith asked. */
static const char *const speech_verbs[] = {
	"said", "says", "asked", "asks", "added", "adds", "replied", "replies", "told", "tells", "wrote", "writes", "shouted",
	"cried", "exclaimed", "wondered", "tweeted", "quipped", "joked", "yelled", "screamed", "demanded", NULL
};

/* An abbreviation at token i and the word at `next`: does the sentence that started at `start` end between them? */
static bool
abbreviation_ends(const document *doc, int32_t start, int32_t i, int32_t next)
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
				return false;
			if (form_in(doc, t, hours))
				return i - start > 3 && !form_in(doc, n, behind_hour);
			return starter || (n->flags & TOKEN_HAS_PERIOD && abbreviation_of(form_of(doc, n), form_bytes(n) - 1) == ABBREVIATION_TITLE);
		default:
			return starter;
	}
}

/* Is the name behind a closing mark the subject of a verb of speech? */
static bool
speaker_follows(const document *doc, int32_t next, int32_t end)
{
	if (is_sentence_starter(form_of(doc, &doc->tokens[next]), form_bytes(&doc->tokens[next])))
		return false;
	for (int32_t i = next + 1; i < end && i <= next + 4; i++)
	{
		const token *t = &doc->tokens[i];

		if (form_in(doc, t, speech_verbs))
			return true;
		if (!(t->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_CLITIC)))
			return false;
	}
	return false;
}

/* Value of the list number at token i ("2.", "b)", "2.)"), 0 when there is none. */
static int
list_number(const document *doc, int32_t i, int32_t end)
{
	const token *t = &doc->tokens[i];

	if (i + 2 >= end || form_bytes(t) > 2 || t[1].flags & TOKEN_SPACE_BEFORE ||
		!(is_byte(doc, t + 1, '.') || is_byte(doc, t + 1, ')')))
		return 0;
	if (form_bytes(t) == 1 && *form_of(doc, t) >= 'a' && *form_of(doc, t) <= 'z')
		return *form_of(doc, t) - 'a' + 1;
	if (!(t->flags & TOKEN_ALL_DIGITS) || t->flags & TOKEN_NOT_ASCII)
		return 0;
	return form_bytes(t) == 1 ? *form_of(doc, t) - '0' : (form_of(doc, t)[0] - '0') * 10 + form_of(doc, t)[1] - '0';
}

/* Number of marks of a list number, 0 when the sentence starts with none ("1." "a." "Q." "A bullet 9."). */
static bool
is_list_stop(const document *doc, int32_t sentence_start, int32_t i)
{
	const token *t = &doc->tokens[sentence_start];

	if (i - sentence_start > 2 || i == sentence_start)
		return false;
	if (is_bullet(doc, t))
		t++;
	if (form_bytes(t) > 3)
		return false;
	return t->flags & TOKEN_ALL_DIGITS || (t->flags & TOKEN_HAS_LETTER && t->lower_bytes == 1);
}

/* The next word starts with a small letter: only plain speech in small letters has a boundary there. */
static bool
ends_before_lower(const document *doc, stop_kind kind, int32_t stop, bool closed, int32_t n, int32_t end)
{
	const token *before = &doc->tokens[stop - 1];
	const token *next = &doc->tokens[n];

	if (closed || !(next->flags & TOKEN_SPACE_BEFORE))
		return false;
	if (kind == STOP_QUESTION)
		return (*form_of(doc, &doc->tokens[stop]) != '!' || starts_lower(before)) &&
			!(n + 1 < end && form_in(doc, next + 1, speech_verbs));
	return abbreviation_of(form_of(doc, before), form_bytes(before)) == ABBREVIATION_NONE && before->lower_bytes > 1 && !(before->flags & (TOKEN_HAS_PERIOD | TOKEN_PUNCTUATION));
}

/* A mark follows the stop. */
static bool
ends_before_mark(const document *doc, stop_kind kind, int32_t next, int32_t end)
{
	const token *t = &doc->tokens[next];
	const char *s = form_of(doc, t);

	if (kind == STOP_ELLIPSIS || kind == STOP_ABBREVIATION || !(t->flags & TOKEN_SPACE_BEFORE))
		return false;
	if (strchr(",;:)]}%/.?!", *s) || stop_of(doc, t) != STOP_NONE)
		return false;
	if (*s == '-' || (unsigned char) *s == 0xE2)
		return next + 1 < end && t[1].flags & TOKEN_INITIAL_CAPITAL && (is_bullet(doc, t) || (kind == STOP_QUESTION && t[1].flags & TOKEN_SPACE_BEFORE));
	return true;
}

/* Does a sentence end behind token `stop` and the closing marks up to `behind`? */
static bool
ends_between(const document *doc, int32_t start, int32_t stop, int32_t behind, int32_t end)
{
	stop_kind	kind = stop_of(doc, &doc->tokens[stop]);
	int32_t		next = skip_openers(doc, behind, end);
	bool		closed = behind > stop + 1;
	const token *n;

	if (next >= end)
		return true;
	n = &doc->tokens[next];
	if (stop == start || is_list_stop(doc, start, stop))
		return false;
	/* "[...]" leaves words out; "(b)" numbers what follows */
	if (kind == STOP_ELLIPSIS && is_byte(doc, &doc->tokens[stop - 1], '['))
		return false;
	if (kind == STOP_PERIOD && next == behind + 1 && next + 1 < end && n->lower_bytes == 1 && is_byte(doc, n + 1, ')') && !(n->flags & TOKEN_PUNCTUATION))
		return true;
	if (n->flags & TOKEN_PUNCTUATION)
		return next > behind || ends_before_mark(doc, kind, next, end);
	if (kind == STOP_ABBREVIATION)
		return closed ? n->flags & TOKEN_INITIAL_CAPITAL : abbreviation_ends(doc, start, stop, next);
	if (kind == STOP_ELLIPSIS)
		return n->flags & TOKEN_INITIAL_CAPITAL && n->lower_bytes > 1;
	if (kind == STOP_QUESTION && !(n->flags & TOKEN_SPACE_BEFORE) && !closed &&
		(doc->tokens[stop].flags & TOKEN_SPACE_BEFORE || doc->tokens[stop - 1].lower_bytes == 1))
		return false;			/* !Kung, Y!J */
	if (starts_lower(n))
		return ends_before_lower(doc, kind, stop, closed, next, end);
	if (closed && kind == STOP_QUESTION && speaker_follows(doc, next, end))
		return false;
	if (kind == STOP_PERIOD && n->flags & TOKEN_ALL_DIGITS && !closed)
		return !(doc->tokens[stop - 1].flags & TOKEN_PUNCTUATION);
	if (kind == STOP_PERIOD && n->lower_bytes == 1 && doc->tokens[stop].flags & TOKEN_SPACE_BEFORE && doc->tokens[stop - 1].flags & TOKEN_PUNCTUATION)
		return false;			/* . . . I */
	return true;
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
	document_tick(doc);
}

void
cut_sentences(document *doc, int32_t p, int32_t *capacity)
{
	paragraph  *par = &doc->paragraphs[p];
	int32_t		start = par->start;
	int			next_number = list_number(doc, start, par->end) + 1;

	par->first_sentence = doc->n_sentences;
	for (int32_t i = par->start; i < par->end; i++)
	{
		int32_t		behind = i + 1;

		if (i > start && (is_bullet(doc, &doc->tokens[i]) || (next_number > 1 && list_number(doc, i, par->end) == next_number)))
		{
			add_sentence(doc, p, start, i, capacity);
			start = i;
			if (next_number > 1 && !is_bullet(doc, &doc->tokens[i]))
				next_number++;
		}
		if (stop_of(doc, &doc->tokens[i]) == STOP_NONE)
			continue;
		while (behind < par->end && is_closing(doc, &doc->tokens[behind]))
			behind++;
		behind = skip_references(doc, behind, par->end);
		if (!ends_between(doc, start, i, behind, par->end))
			continue;
		add_sentence(doc, p, start, behind, capacity);
		start = behind;
		i = behind - 1;
		if (start < par->end && next_number == list_number(doc, start, par->end))
			next_number++;
	}
	if (start < par->end)
		add_sentence(doc, p, start, par->end, capacity);
	par->end_sentence = doc->n_sentences;
}
