/*
 * roles.c - titles before a name ("U.S. Treasury Secretary Scott Bessent") and
 * descriptions beside it ("Jamieson Greer, the U.S. trade representative, said").
 *
 * In: mentions and word tags.  Out: mention.title and mention.apposition.
 *
 * A title is the run of nouns, adjectives and names before a person that ends
 * in a word of titles or roles.  An apposition stands between commas (brackets,
 * dashes) behind the name, or before it ("the U.S. trade representative,
 * Jamieson Greer,"), and holds a role noun before any verb.
 */
#include "entity/roles.h"

#include <string.h>

#include "entity/role_synonyms.h"
#include "lexicon/lexicon.h"
#include "tag/tagset.h"

#define MAX_TITLE 10			/* tokens */
#define MAX_APPOSITION 24

static bool
is_word(const document *doc, int32_t at, const char *word)
{
	return strcmp(doc->tokens[at].lower, word) == 0;
}

static bool
is_article(const token *t)
{
	return t->lower_bytes <= 3 && (strcmp(t->lower, "the") == 0 || strcmp(t->lower, "a") == 0 || strcmp(t->lower, "an") == 0);
}

static bool
is_possessive_pronoun(const token *t)
{
	static const char *const words[] = {"his", "her", "their", "my", "our", "its", "whose"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(t->lower, words[i]) == 0)
			return true;
	return false;
}

static bool
is_possessive(const token *t)
{
	return (t->flags & TOKEN_CLITIC) && (strcmp(t->lower, "'s") == 0 || strcmp(t->lower, "'") == 0);
}

static bool
is_finite_verb(const token *t)
{
	return t->xpos == XPOS_VBD || t->xpos == XPOS_VBZ || t->xpos == XPOS_VBP || t->xpos == XPOS_MD;
}

#define SETS_ROLE (SET_TITLE | SET_ROLE | SET_RELATIVE)

static bool
is_role_word(const token *t)
{
	return (lexicon_sets(t) & SETS_ROLE) != 0 || is_personal_role(t->lower);
}

/* May the token stand inside a title, left of its last word? */
static bool
fits_title(const document *doc, int32_t at)
{
	const token *t = &doc->tokens[at];

	if (is_possessive(t))
		return true;
	if (t->flags & TOKEN_PUNCTUATION)
		return t->lower[0] == '-' || t->lower[0] == '&';
	if (is_possessive_pronoun(t) || (lexicon_sets(t) & (SET_SPEECH_VERB | SET_WEEKDAY)))
		return false;
	if (t->flags & TOKEN_CLITIC)
		return false;
	if (is_word(doc, at, "and") || is_word(doc, at, "for") || is_word(doc, at, "of"))
		return true;
	switch (t->upos)
	{
		case UPOS_NOUN:
		case UPOS_ADJ:
		case UPOS_PROPN:
			return true;
		case UPOS_NONE:
			return !is_article(t) && ((t->flags & TOKEN_INITIAL_CAPITAL) || is_role_word(t));
		default:
			return t->name_tag != NAME_OUTSIDE || is_role_word(t);
	}
}

/* Left end of the title that ends before `end`; `end` when there is none. */
static int32_t
title_start(const document *doc, int32_t end, int32_t from)
{
	int32_t		at = end - 1;
	int32_t		low = end - MAX_TITLE > from ? end - MAX_TITLE : from;

	if (at < low)
		return end;
	/* Secretary of State, Minister for Economic Renewal */
	for (int back = 0; back < 4 && at > low + 1 && !is_role_word(&doc->tokens[at]) && (doc->tokens[at].flags & TOKEN_INITIAL_CAPITAL); back++)
	{
		at--;
		if ((is_word(doc, at, "of") || is_word(doc, at, "for")) && is_role_word(&doc->tokens[at - 1]) && (doc->tokens[at - 1].flags & TOKEN_INITIAL_CAPITAL))
			at--;
	}
	if (!is_role_word(&doc->tokens[at]))
		return end;
	if (at < end - 1 && !(is_word(doc, at + 1, "of") || is_word(doc, at + 1, "for")))
		return end;
	if (doc->tokens[at].upos == UPOS_VERB || doc->tokens[at].upos == UPOS_AUX)
		return end;
	while (at > low && fits_title(doc, at - 1))
		at--;
	/* A title does not begin with a joint. */
	while (at < end - 1)
	{
		const token *t = &doc->tokens[at];

		if (is_possessive(t) || (t->flags & TOKEN_PUNCTUATION) || is_word(doc, at, "and") || is_word(doc, at, "for") || is_word(doc, at, "of"))
			at++;
		else
			break;
	}
	return at;
}

/* End of the description that starts at `start`, `start` when what stands there is none. */
static int32_t
description_end(const document *doc, int32_t start, int32_t limit)
{
	int32_t		at = start;
	int32_t		role = -1;

	if (limit > start + MAX_APPOSITION)
		limit = start + MAX_APPOSITION;
	for (; at < limit; at++)
	{
		const token *t = &doc->tokens[at];

		if (t->flags & TOKEN_PUNCTUATION)
		{
			char		c = t->lower[0];

			if (c == ',' || c == ';' || c == ':' || c == ')' || c == '(' || c == '.' || (t->flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK)))
				break;
			if (strcmp(t->lower, "-") != 0 && t->lower[0] != '&' && t->lower[0] != '/')
				break;
		}
		if (is_finite_verb(t) && role < 0)
			return start;
		if (is_finite_verb(t))
			break;
		if (role < 0 && (is_role_word(t) || (lexicon_sets(t) & (SET_ORGANIZATION_NOUN | SET_FEMALE_NOUN | SET_MALE_NOUN))))
			role = at;
		if (role < 0 && at - start > 8)
			return start;
	}
	if (role < 0)
		return start;
	/* "the minister who said": the relative clause stays out. */
	for (int32_t i = role; i < at; i++)
		if (is_word(doc, i, "who") || is_word(doc, i, "whose") || is_word(doc, i, "which") || is_word(doc, i, "that"))
			return i;
	return at;
}

static bool
opens_apposition(const token *t)
{
	return strcmp(t->lower, ",") == 0 || strcmp(t->lower, "(") == 0 || strcmp(t->lower, "–") == 0 || strcmp(t->lower, "—") == 0 || strcmp(t->lower, "--") == 0;
}

static bool
is_number(const token *t)
{
	return (t->flags & TOKEN_ALL_DIGITS) != 0;
}

/* Can a description begin with the word?  "..., 44, as he walked" is none. */
static bool
begins_description(const token *t)
{
	switch (t->upos)
	{
		case UPOS_SCONJ:
		case UPOS_ADP:
		case UPOS_PRON:
		case UPOS_AUX:
		case UPOS_CCONJ:
		case UPOS_VERB:
			return false;
		default:
			return !(lexicon_sets(t) & SET_SPEECH_VERB);
	}
}

static void
find_apposition(const document *doc, mention *m, int32_t limit)
{
	int32_t		at = m->end;

	if (at + 1 >= limit || !opens_apposition(&doc->tokens[at]))
		return;
	at++;
	if (is_number(&doc->tokens[at]) && at + 2 < limit && opens_apposition(&doc->tokens[at + 1]))
		at += 2;				/* John Smith, 47, a teacher */
	if (!begins_description(&doc->tokens[at]))
		return;
	m->apposition.start = at;
	m->apposition.end = description_end(doc, at, limit);
}

/* Is the preposition one inside a noun phrase ("spokesman for the ministry")? */
static bool
is_inside_phrase(const document *doc, int32_t at, int32_t low)
{
	return at > low && (doc->tokens[at - 1].upos == UPOS_NOUN || doc->tokens[at - 1].upos == UPOS_PROPN);
}

/* "the U.S. trade representative, Jamieson Greer,": a noun phrase with a determiner before a name between commas. */
static void
find_description_before(const document *doc, mention *m, int32_t from)
{
	int32_t		end = m->start - 1;
	int32_t		at = end - 1;
	int32_t		low = end - MAX_APPOSITION / 2 > from ? end - MAX_APPOSITION / 2 : from;

	if (at <= low || !is_word(doc, end, ","))
		return;
	if (m->end < doc->n_tokens && !(doc->tokens[m->end].flags & TOKEN_PUNCTUATION))
		return;
	while (at >= low && !((is_article(&doc->tokens[at]) || is_possessive_pronoun(&doc->tokens[at])) &&
						  (at == low || doc->tokens[at - 1].upos != UPOS_ADP || !is_inside_phrase(doc, at - 1, low))))
	{
		const token *t = &doc->tokens[at];

		if (is_possessive(t) && at > low && description_end(doc, at + 1, end) == end)
		{						/* Trump's personal lawyer, Rudy Giuliani */
			for (at--; at > low && doc->tokens[at - 1].upos == UPOS_PROPN;)
				at--;
			m->title.start = at;
			m->title.end = end;
			return;
		}
		if ((t->flags & TOKEN_PUNCTUATION && t->lower[0] != '-') || is_finite_verb(t) || (lexicon_sets(t) & SET_SPEECH_VERB && t->upos == UPOS_VERB))
			return;
		at--;
	}
	if (at < low)
		return;
	if (description_end(doc, at, end) == end)
	{
		m->title.start = is_article(&doc->tokens[at]) ? at + 1 : at;
		m->title.end = end;
	}
}

void
find_roles(document *doc)
{
	int32_t		last_person = 0;	/* a title does not reach over another person */

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		mention    *m = &doc->mentions[i];
		const sentence *s = &doc->sentences[doc->tokens[m->start].sentence];
		int32_t		from = last_person > s->start ? last_person : s->start;

		m->title.start = m->title.end = m->start;
		m->apposition.start = m->apposition.end = m->end;
		if (m->kind == KIND_PERSON)
		{
			m->title.start = title_start(doc, m->start, from);
			if (m->title.start == m->title.end)
				find_description_before(doc, m, from);
		}
		if (m->kind == KIND_PERSON || m->kind == KIND_ORGANIZATION)
			find_apposition(doc, m, s->end);
		if (m->kind == KIND_PERSON)
			last_person = m->end;
	}
}

uint8_t
title_gender(const document *doc, span title)
{
	for (int32_t i = title.end - 1; i >= title.start; i--)
	{
		uint32_t	sets = lexicon_sets(&doc->tokens[i]);

		/* "her opponent", "the queen's lawyer": a possessor tells nothing. */
		if (doc->tokens[i].upos == UPOS_PRON || (i + 1 < title.end && (doc->tokens[i + 1].flags & TOKEN_CLITIC)))
			continue;
		if (sets & SET_FEMALE_NOUN)
			return GENDER_FEMALE;
		if (sets & SET_MALE_NOUN)
			return GENDER_MALE;
	}
	return GENDER_UNKNOWN;
}

const char *
role_text(const document *doc, span tokens)
{
	size_t		n = 0;
	char	   *text;
	bool		space = false;

	while (tokens.start < tokens.end && is_article(&doc->tokens[tokens.start]))
		tokens.start++;
	if (tokens.start >= tokens.end)
		return NULL;
	text = arena_alloc(doc->memory, doc->tokens[tokens.end - 1].end_byte - doc->tokens[tokens.start].start_byte + 1);
	for (uint32_t i = doc->tokens[tokens.start].start_byte; i < doc->tokens[tokens.end - 1].end_byte; i++)
	{
		char		c = doc->text[i];

		if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0')
		{
			space = n > 0;
			continue;
		}
		if (space)
			text[n++] = ' ';
		space = false;
		text[n++] = c;
	}
	text[n] = '\0';
	return n ? text : NULL;
}
