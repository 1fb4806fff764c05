/*
 * tokens.c - cuts a paragraph into tokens as Universal Dependencies English
 * (EWT, GUM) and the later Penn treebanks do.
 *
 * One pass from left to right.  A word is a run of letters and digits with the
 * joiners that belong into it (word_joins.c decides); clitics are then cut off
 * its end.  Anything else is a mark of one character, or a run of the same one ("...", "--", "!!").
 */
#include "text/abbreviations.h"
#include "text/reading.h"
#include "text/word_joins.h"

#include <string.h>

#define LONGEST_PLAIN_RUN 8		/* longer runs of one mark are one token */
#define LONGEST_LOCAL_PART 64	/* of an e-mail address */

/* --- addresses --------------------------------------------------------------- */

static bool
starts_with(const scan *s, uint32_t p, const char *ascii)
{
	uint32_t	n = (uint32_t) strlen(ascii);

	if (s->end - p < n)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (s->text[p + i] != ascii[i] && (s->text[p + i] | 0x20) != ascii[i])
			return false;
	return true;
}

/* End of an address that starts at p: up to white space or a mark that cannot be in one, less closing punctuation. */
static uint32_t
address_end(const scan *s, uint32_t p)
{
	uint32_t	q = p;
	bool		parenthesis = false;

	while (q < s->end)
	{
		unsigned char c = (unsigned char) s->text[q];

		if (c >= 0x80 || ascii_class[c] == CLASS_SPACE || strchr("<>\"`|", c))
			break;
		if (c == '(')
			parenthesis = true;
		q++;
	}
	while (q > p && strchr(".,;:!?'*]", s->text[q - 1]))
		q--;
	while (q > p && s->text[q - 1] == ')' && !parenthesis)
		q--;
	while (q > p && strchr(".,;:!?'", s->text[q - 1]))
		q--;
	return q;
}

static const char *const schemes[] = {"http://", "https://", "www.", "ftp://", "mailto:"};

static uint32_t
url_end(const scan *s, uint32_t p)
{
	if (s->end - p < 5 || !strchr("hwfmHWFM", s->text[p]) || !strchr("tTwWaA", s->text[p + 1]))
		return p;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (starts_with(s, p, schemes[i]))
		{
			uint32_t	end = address_end(s, p);

			return end > p + strlen(schemes[i]) ? end : p;
		}
	return p;
}

static bool
in_local_part(unsigned char c)
{
	return c < 0x80 && (class_is_word((char_class) ascii_class[c]) || strchr("._%+-", c)) && c != '\0';
}

/* End of an e-mail address that starts at p, p when there is none. */
static uint32_t
mail_end(const scan *s, uint32_t p)
{
	uint32_t	q = p;
	uint32_t	domain;

	while (q < s->end && q - p <= LONGEST_LOCAL_PART && in_local_part((unsigned char) s->text[q]))
		q++;
	if (q == p || q >= s->end || s->text[q] != '@')
		return p;
	domain = ++q;
	while (q < s->end && in_local_part((unsigned char) s->text[q]))
		q++;
	while (q > domain && strchr("._%+-", s->text[q - 1]))
		q--;
	return q > domain ? q : p;
}

/* @handle and #tag */
static uint32_t
handle_end(const scan *s, uint32_t p)
{
	uint32_t	q = p + 1;

	if (s->text[p] == '#' && !class_is_letter(class_at(s, q)))
		return p;
	while (q < s->end)
	{
		int32_t		character;
		uint32_t	length = char_at(s, q, &character);

		if (character != '_' && !class_is_word(char_class_of(character)))
			break;
		q += length;
	}
	return q > p + 1 ? q : p;
}

/* --- words ------------------------------------------------------------------- */

typedef struct cut_word
{
	const char *word;			/* lower case */
	uint8_t		first;			/* bytes of the first part */
	uint8_t		second;			/* bytes of the second part, 0 = the rest */
	bool		by_next;		/* only before a word of function_words: "its a shame", not "its shame" */
} cut_word;

static const cut_word cut_words[] = {
	{"cannot", 3, 0}, {"gonna", 3, 0}, {"wanna", 3, 0}, {"gotta", 3, 0}, {"lemme", 3, 0}, {"gimme", 3, 0},
	{"dunno", 2, 1}, {"outta", 3, 0}, {"dont", 2, 0}, {"didnt", 3, 0}, {"doesnt", 4, 0}, {"isnt", 2, 0},
	{"wasnt", 3, 0}, {"couldnt", 5, 0}, {"wouldnt", 5, 0}, {"shouldnt", 6, 0}, {"havent", 4, 0}, {"hasnt", 3, 0},
	{"arent", 3, 0}, {"werent", 4, 0}, {"thats", 4, 0}, {"cant", 2, 0}, {"theyre", 4, 0}, {"youre", 3, 0},
	{"im", 1, 0}, {"its", 2, 0, true}, {"your", 3, 0, true},
};

/* Lengths of the words above by their first letter, one bit each: most words need no search. */
static const uint16_t cut_word_lengths[32] = {
	['a' & 31] = 1 << 5, ['c' & 31] = 1 << 4 | 1 << 6 | 1 << 7, ['d' & 31] = 1 << 4 | 1 << 5 | 1 << 6, ['g' & 31] = 1 << 5,
	['h' & 31] = 1 << 5 | 1 << 6, ['i' & 31] = 1 << 2 | 1 << 3 | 1 << 4, ['l' & 31] = 1 << 5, ['o' & 31] = 1 << 5,
	['s' & 31] = 1 << 8, ['t' & 31] = 1 << 5 | 1 << 6, ['w' & 31] = 1 << 5 | 1 << 6 | 1 << 7, ['y' & 31] = 1 << 4 | 1 << 5,
};

/* Words that follow "it is" and "you are", never a possessive. */
static const char *const function_words[] = {
	"a", "an", "the", "not", "been", "just", "so", "too", "very", "really", "still", "because", "like", "kind", "gonna", "going",
	"in", "on", "only", "always", "my", "your", "his", "their", "never", "definitely", "about", "probably",
};

static bool
function_word_at(const scan *s, uint32_t p)
{
	uint32_t	n = 0;

	while (p + n < s->end && n < 12 && (s->text[p + n] | 0x20) >= 'a' && (s->text[p + n] | 0x20) <= 'z')
		n++;
	for (size_t i = 0; i < sizeof(function_words) / sizeof(function_words[0]); i++)
		if (strlen(function_words[i]) == n && starts_with(s, p, function_words[i]))
			return true;
	return false;
}

static const cut_word *
find_cut_word(const scan *s, uint32_t p, uint32_t end)
{
	if (end - p > 8 || !(cut_word_lengths[s->text[p] & 31] >> (end - p) & 1))
		return NULL;
	for (size_t i = 0; i < sizeof(cut_words) / sizeof(cut_words[0]); i++)
		if (strlen(cut_words[i].word) == end - p && starts_with(s, p, cut_words[i].word))
			return cut_words[i].by_next && !function_word_at(s, end + 1) ? NULL : &cut_words[i];
	return NULL;
}

static const char *const clitics[] = {"s", "m", "d", "re", "ve", "ll"};

/* Are the bytes [p, end) the letters of a clitic behind its apostrophe? */
static bool
is_clitic(const scan *s, uint32_t p, uint32_t end)
{
	for (size_t i = 0; i < sizeof(clitics) / sizeof(clitics[0]); i++)
		if (strlen(clitics[i]) == end - p && starts_with(s, p, clitics[i]))
			return true;
	return false;
}

/* The 1980's, the 60's. */
static bool
is_decade(const scan *s, uint32_t p, uint32_t end)
{
	return s->text[end - 1] == '0' && all_digits(s, p, end);
}

/* Start of the clitic at the end of the word [p, end), end when there is none. */
static uint32_t
clitic_start(const scan *s, uint32_t p, uint32_t end)
{
	uint32_t	limit = end - p > 6 ? end - 6 : p;
	uint32_t	q;

	for (q = end - 1; q > limit; q--)
	{
		uint32_t	length = apostrophe_length(s, q);

		if (!length)
			continue;
		if (is_clitic(s, q + length, end))
			return q == p || is_decade(s, p, q) ? end : q;
		if (end - (q + length) == 1 && (s->text[q + length] | 0x20) == 't' && q > p && (s->text[q - 1] | 0x20) == 'n')
			return q - 1 == p ? end : q - 1;
		return end;
	}
	return end;
}

static void
emit(scan *s, uint32_t p, uint32_t end, uint32_t flags)
{
	add_token(s->writer, p, end, flags);
}

/* A number with its unit written together: 5pm, 300m. */
static uint32_t
unit_start(const scan *s, uint32_t p, uint32_t end)
{
	uint32_t	q = p;

	if (s->text[p] < '0' || s->text[p] > '9')
		return end;
	while (q < end && ((s->text[q] >= '0' && s->text[q] <= '9') || s->text[q] == '.' || s->text[q] == ',' || s->text[q] == ':'))
		q++;
	return q < end && is_joined_unit(s->text + q, end - q) ? q : end;
}

/* A word without a full stop at its end: parts and clitics. */
static void
emit_word(scan *s, uint32_t p, uint32_t end, bool simple)
{
	uint32_t	cuts[4];
	int			n = 0;
	uint32_t	rest = end;
	const cut_word *cut;

	if (simple && (end - p < 2 || end - p > 8))
	{
		emit(s, p, end, 0);
		return;
	}
	while (!simple && n < 3)
	{
		uint32_t	q = clitic_start(s, p, rest);

		if (q == rest)
			break;
		cuts[n++] = q;
		rest = q;
	}
	if ((cut = find_cut_word(s, p, rest)) != NULL)
	{
		emit(s, p, p + cut->first, 0);
		if (cut->second)
			emit(s, p + cut->first, p + cut->first + cut->second, TOKEN_CLITIC);
		emit(s, p + cut->first + cut->second, rest, TOKEN_CLITIC);
	}
	else
	{
		uint32_t	unit = unit_start(s, p, rest);

		emit(s, p, unit, 0);
		if (unit < rest)
			emit(s, unit, rest, 0);
	}
	while (n-- > 0)
		emit(s, cuts[n], n > 0 ? cuts[n - 1] : end, TOKEN_CLITIC);
}

/* Joiners, direction marks and soft hyphens: part of a word only between its letters. */
static bool
is_format(int32_t character)
{
	return character == 0xAD || (character >= 0x200C && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
		(character >= 0x2060 && character <= 0x2069);
}

/* The word at p; returns its end. */
static uint32_t
read_word(scan *s, uint32_t p)
{
	uint32_t	q = p;
	bool		simple = true;

	while (q < s->end)
	{
		int32_t		character;
		uint32_t	length = char_at(s, q, &character);
		uint32_t	join;

		if (character < 0x80 && ascii_class[character] >= CLASS_LOWER)
		{
			q++;
			continue;
		}
		if (is_format(character) && !class_is_word(class_at(s, q + length)))
			break;
		if (class_is_word(char_class_of(character)))
		{
			simple = simple && character > 0x7F;
			q += length;
			continue;
		}
		join = word_join(s, p, q, character, length);
		if (!join)
			break;
		simple = false;
		q += join;
		if (character == '$' && q < s->end && s->text[q] >= '0' && s->text[q] <= '9')
			break;
	}
	if (q < s->end && s->text[q] == '.')
	{
		if (takes_period(s, p, q))
		{
			emit(s, p, q + 1, 0);
			return q + 1;
		}
	}
	else if (q < s->end && s->text[q] == '/' && !simple && ends_in_domain(s, p, q) && class_is_word(class_at(s, q + 1)))
	{
		q = address_end(s, q);
		emit(s, p, q, TOKEN_URL);
		return q;
	}
	if (!simple && ends_in_domain(s, p, q))
		emit(s, p, q, TOKEN_URL);
	else
		emit_word(s, p, q, simple);
	return q;
}

/* Tries addresses before words. */
static uint32_t
read_word_or_address(scan *s, uint32_t p)
{
	uint32_t	end = p;

	if (s->has_at)
		end = mail_end(s, p);
	if (end == p && s->has_dot)
		end = url_end(s, p);
	if (end == p)
		return read_word(s, p);
	emit(s, p, end, TOKEN_URL);
	return end;
}

/* --- marks ------------------------------------------------------------------- */

static const char *const emoticons[] = {
	":-)", ":-(", ";-)", ":-D", ":-P", ">:(", "^_^", "-_-", ":)", ":(", ";)", ":D", ":P", ":p", ";P", ":O", ":/",
	"=)", "=(", "<3", ":'(",
};

static uint32_t
emoticon_end(const scan *s, uint32_t p)
{
	for (size_t i = 0; i < sizeof(emoticons) / sizeof(emoticons[0]); i++)
	{
		uint32_t	n = (uint32_t) strlen(emoticons[i]);

		if (s->end - p >= n && memcmp(s->text + p, emoticons[i], n) == 0 &&
			(p + n == s->end || (!class_is_word(class_at(s, p + n)) && s->text[p + n] != '/')))
			return p + n;
	}
	return p;
}

static const char *const elisions[] = {
	"em", "til", "till", "twas", "twill", "cause", "bout", "round", "cos", "nuff", "neath", "n",
};

/* 'em, '90s, 'n': a word that starts with an apostrophe; its end, p when there is none. */
static uint32_t
elision_end(const scan *s, uint32_t p, uint32_t length)
{
	uint32_t	q = p + length;
	uint32_t	start = q;

	while (q < s->end && q - start < 8 && (unsigned char) s->text[q] < 0x80 &&
		   class_is_word((char_class) ascii_class[(unsigned char) s->text[q]]))
		q++;
	if (q == start || class_is_word(class_at(s, q)))
		return p;
	if (q - start >= 2 && s->text[start] >= '0' && s->text[start] <= '9' && s->text[start + 1] >= '0' && s->text[start + 1] <= '9')
		return q - start == 2 || (q - start == 3 && s->text[q - 1] == 's') ? q : p;
	for (size_t i = 0; i < sizeof(elisions) / sizeof(elisions[0]); i++)
		if (strlen(elisions[i]) == q - start && starts_with(s, start, elisions[i]))
			return elisions[i][1] ? q : q + apostrophe_length(s, q);
	return p;
}

/* End of the clitic behind an apostrophe at p that does not touch a word: Jr.'s, "Friends"'s. */
static uint32_t
loose_clitic_end(const scan *s, uint32_t p, uint32_t length)
{
	uint32_t	q = p + length;

	while (q < s->end && q - (p + length) < 3 && (s->text[q] | 0x20) >= 'a' && (s->text[q] | 0x20) <= 'z')
		q++;
	if (class_is_word(class_at(s, q)) || !is_clitic(s, p + length, q) || s->writer->doc->n_tokens == 0)
		return p;
	return q;
}

static uint32_t
read_apostrophe(scan *s, uint32_t p, uint32_t length)
{
	bool		space = p == s->start || s->writer->pending & TOKEN_SPACE_BEFORE;
	uint32_t	end;
	uint32_t	flags = 0;

	if (apostrophe_length(s, p + length) == length && apostrophe_length(s, p + 2 * length) == 0)
		end = p + 2 * length;
	else if ((end = loose_clitic_end(s, p, length)) > p && !space)
		flags = TOKEN_CLITIC;
	else if (!space || (end = elision_end(s, p, length)) == p)
		end = p + length;
	emit(s, p, end, flags);
	return end;
}

/* Marks of which a run is one token. */
static bool
runs_together(int32_t c)
{
	return (c < 0x80 && c > 0 && strchr(".-*=_~+#!?$<>", c)) || c == 0x2026 || c == 0x2014;
}

static uint32_t
run_end(const scan *s, uint32_t p, int32_t first, uint32_t length)
{
	uint32_t	q = p + length;
	bool		mixed = first == '!' || first == '?';

	while (q < s->end)
	{
		int32_t		c;
		uint32_t	n = char_at(s, q, &c);

		if (c != first && !(mixed && (c == '!' || c == '?')) && !(first == 0x2026 && c == '.'))
			break;
		q += n;
	}
	if (runs_together(first) || (q - p) / length > LONGEST_PLAIN_RUN)
		return q;
	return p + length;
}

/* Anything that is no word. */
static uint32_t
read_mark(scan *s, uint32_t p, int32_t c, uint32_t length)
{
	bool		space = p == s->start || s->writer->pending & TOKEN_SPACE_BEFORE;
	uint32_t	end = p;
	int32_t		ignored;

	if (c == '&' && (end = p + entity_length(s->text + p, s->end - p, &ignored)) > p)
	{
		emit(s, p, end, 0);
		return end;
	}
	end = run_end(s, p, c, length);
	if (end == p + length && apostrophe_length(s, p))
		return read_apostrophe(s, p, length);
	if (c == '`' && end == p + 1 && end < s->end && s->text[end] == '`')
		end++;
	else if (space && c < 0x80 && end <= p + 1 && (c == '@' || c == '#') && handle_end(s, p) > p)
	{
		end = handle_end(s, p);
		emit(s, p, end, TOKEN_URL);
		return end;
	}
	else if (space && c < 0x80 && end <= p + 1 && strchr(":;=<>^-", c) && emoticon_end(s, p) > p)
		end = emoticon_end(s, p);
	else if ((space || (c == '.' && p > s->start && s->text[p - 1] == '$')) && (c == '.' || c == '+') && end == p + 1 && end < s->end && s->text[end] >= '0' && s->text[end] <= '9')
		return read_word(s, p);
	emit(s, p, end, 0);
	return end;
}

/* --- the pass ---------------------------------------------------------------- */

/* Length of what counts as white space at p, 0 when there is none. */
static uint32_t
space_length(const scan *s, uint32_t p, int32_t c, uint32_t length)
{
	bool		is_block;
	int32_t		entity;
	uint32_t	n;

	if (char_class_of(c) == CLASS_SPACE)
		return length;
	if (c == '<')
		return tag_length(s->text + p, s->end - p, &is_block);
	if (c == '&' && (n = entity_length(s->text + p, s->end - p, &entity)) > 0 && char_class_of(entity) == CLASS_SPACE)
		return n;
	return 0;
}

void
tokenize(token_writer *w, uint32_t start_byte, uint32_t end_byte)
{
	scan		s = {.writer = w, .text = w->doc->text, .start = start_byte, .end = end_byte};
	uint32_t	p = start_byte;
	uint32_t	turn = 0;

	s.has_at = memchr(s.text + start_byte, '@', end_byte - start_byte) != NULL;
	s.has_dot = memchr(s.text + start_byte, '.', end_byte - start_byte) != NULL || memchr(s.text + start_byte, ':', end_byte - start_byte) != NULL;
	while (p < end_byte)
	{
		int32_t		c;
		uint32_t	length = char_at(&s, p, &c);
		uint32_t	space;

		document_tick_at(w->doc, ++turn);
		if (is_format(c))
			p += length;
		else if (class_is_word(char_class_of(c)))
			p = read_word_or_address(&s, p);
		else if ((space = space_length(&s, p, c, length)) > 0)
		{
			w->pending |= TOKEN_SPACE_BEFORE;
			p += space;
		}
		else
			p = read_mark(&s, p, c, length);
	}
}
