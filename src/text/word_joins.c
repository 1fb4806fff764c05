/*
 * word_joins.c - which marks belong into a word: U.S., 1,000, 9/11, AT&T, O'Neill, e-mail.
 *
 * Every question looks at a few characters on either side of the mark, so the
 * tokenizer stays linear.  Hyphens follow the treebanks: a word is cut at them
 * unless the part before is a prefix (e-mail, non-profit) or the part behind a suffix.
 */
#include "text/word_joins.h"

#include "text/abbreviations.h"

#include <string.h>

#define WINDOW 24				/* bytes looked at on either side */

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_ascii_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Byte at p, NUL at the end. */
static char
byte_at(const scan *s, uint32_t p)
{
	return p < s->end ? s->text[p] : '\0';
}

uint32_t
apostrophe_length(const scan *s, uint32_t p)
{
	if (p >= s->end)
		return 0;
	if (s->text[p] == '\'')
		return 1;
	return s->end - p >= 3 && memcmp(s->text + p, "\xE2\x80", 2) == 0 &&
		((unsigned char) s->text[p + 2] == 0x99 || (unsigned char) s->text[p + 2] == 0x98) ? 3 : 0;
}

bool
all_digits(const scan *s, uint32_t p, uint32_t end)
{
	for (uint32_t i = p; i < end; i++)
		if (!is_digit(s->text[i]))
			return false;
	return p < end;
}

/* Length of the run of ASCII letters and digits that starts at p, at most WINDOW. */
static uint32_t
part_behind(const scan *s, uint32_t p)
{
	uint32_t	n = 0;

	while (n < WINDOW && (is_ascii_letter(byte_at(s, p + n)) || is_digit(byte_at(s, p + n))))
		n++;
	return n;
}

static uint32_t
digits_behind(const scan *s, uint32_t p)
{
	uint32_t	n = 0;

	while (n < WINDOW && is_digit(byte_at(s, p + n)))
		n++;
	return n;
}

static uint32_t
digits_before(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	n = 0;

	while (n < WINDOW && q - n > start && is_digit(s->text[q - n - 1]))
		n++;
	return n;
}

/* Length of the run of letters and digits that ends at q, not before start, at most WINDOW. */
static uint32_t
part_before(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	n = 0;

	while (n < WINDOW && q - n > start && (is_ascii_letter(s->text[q - n - 1]) || is_digit(s->text[q - n - 1])))
		n++;
	return n;
}

static bool
same_word(const char *word, const char *s, uint32_t n_bytes)
{
	if (strlen(word) != n_bytes)
		return false;
	for (uint32_t i = 0; i < n_bytes; i++)
		if ((s[i] | 0x20) != word[i])
			return false;
	return true;
}

static bool
in_list(const char *const *list, size_t n, const char *s, uint32_t n_bytes)
{
	for (size_t i = 0; i < n; i++)
		if (same_word(list[i], s, n_bytes))
			return true;
	return false;
}

/* --- full stops -------------------------------------------------------------- */

/* Ends of host and file names. */
static const char *const domains[] = {
	"com", "org", "net", "gov", "edu", "uk", "co", "eu", "de", "fr", "ca", "au", "ie", "info", "tv", "mil", "int",
	"ru", "cn", "jp", "io", "me", "nz", "za", "gob", "ac", "es", "it", "nl", "dk", "mx", "biz",
};
static const char *const file_types[] = {
	"doc", "docx", "pdf", "xls", "xlsx", "ppt", "txt", "html", "htm", "jpg", "jpeg", "png", "gif", "zip", "exe", "mp3", "js", "php",
};

bool
ends_in_domain(const scan *s, uint32_t start, uint32_t end)
{
	uint32_t	n = part_before(s, start, end);

	return n >= 2 && end - n > start + 1 && s->text[end - n - 1] == '.' &&
		in_list(domains, LENGTH(domains), s->text + end - n, n);
}

static bool
period_joins(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	before = part_before(s, start, q);
	uint32_t	behind = part_behind(s, q + 1);
	char		next = byte_at(s, q + 1);

	if (behind == 0 || before == 0)
		return false;
	if (is_digit(s->text[q - 1]) && is_digit(next))
		return true;
	if (before == 1 && behind == 1 && is_ascii_letter(next))
		return true;
	if (before <= 2 && behind == 1 && is_upper(next) && is_upper(s->text[q - before]) && !is_digit(s->text[q - 1]))
		return true;
	if (in_list(file_types, LENGTH(file_types), s->text + q + 1, behind))
		return true;
	if (!in_list(domains, LENGTH(domains), s->text + q + 1, behind))
		/* a host name of three parts: news.bbc.co.uk */
		return byte_at(s, q + 1 + behind) == '.' && !is_upper(next) &&
			in_list(domains, LENGTH(domains), s->text + q + 2 + behind, part_behind(s, q + 2 + behind)) && before > 1;
	/* "said.It is": a capital after a lower-case word starts a sentence */
	return before > 1 && !(is_upper(next) && !is_upper(s->text[q - 1]));
}

/* First character behind the full stop at q and white space. */
static uint32_t
behind_space(const scan *s, uint32_t p)
{
	uint32_t	limit = s->end - p > 64 ? p + 64 : s->end;

	while (p < limit)
	{
		int32_t		character;
		uint32_t	length = char_at(s, p, &character);

		if (char_class_of(character) != CLASS_SPACE)
			break;
		p += length;
	}
	return p;
}

/* End of the ASCII word at p. */
static bool
starter_at(const scan *s, uint32_t p)
{
	uint32_t	n = 0;

	while (n < WINDOW && (is_ascii_letter(byte_at(s, p + n)) || byte_at(s, p + n) == '\''))
		n++;
	return is_sentence_starter(s->text + p, n);
}

static const token *
last_token(const scan *s)
{
	const document *doc = s->writer->doc;

	return doc->n_tokens && doc->tokens[doc->n_tokens - 1].start_byte >= s->start ? &doc->tokens[doc->n_tokens - 1] : NULL;
}

/* J. in "George J. Smith"; not the letter that ends a sentence. */
static bool
is_initial(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	next = behind_space(s, q + 1);
	const token *before = last_token(s);
	bool		after_name = before && before->flags & TOKEN_INITIAL_CAPITAL && !is_sentence_starter(s->text + before->start_byte, before->end_byte - before->start_byte);
	char_class	class = class_at(s, next);

	if (next >= s->end)
		return false;
	if (next == q + 1)
		return class_is_word(class) || strchr(",-)", s->text[next]);
	if (class != CLASS_UPPER)
		return class == CLASS_LOWER && after_name && s->text[start] != 'I';
	if (s->text[start] == 'I' && !after_name)
		return false;
	if (starter_at(s, next) && part_behind(s, next) > 1)
		return after_name && before->lower_bytes == 1;
	return true;
}

bool
takes_period(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	last = part_before(s, start, q);
	uint32_t	next = behind_space(s, q + 1);
	const token *before;

	if (byte_at(s, q + 1) == '.')
		return false;
	if (last == 1 && q - start > 1)
		return s->text[q - 2] == '.' && is_ascii_letter(s->text[q - 1]);
	if (q - start == 1 && is_upper(s->text[start]))
		return is_initial(s, start, q);
	switch (abbreviation_of(s->text + start, q - start))
	{
		case ABBREVIATION_TITLE:
			return next < s->end;
		case ABBREVIATION_NUMBER:
			return next < s->end && is_digit(s->text[next]);
		case ABBREVIATION_MONTH:
		case ABBREVIATION_INNER:
			return next < s->end;
		case ABBREVIATION_SUFFIX:
			return true;
		case ABBREVIATION_ENUMERATION:
			return next < s->end && class_at(s, next) != CLASS_UPPER;
		case ABBREVIATION_UNIT:
			before = last_token(s);
			return before && before->flags & TOKEN_ALL_DIGITS && next < s->end;
		default:
			return false;
	}
}

/* --- numbers ----------------------------------------------------------------- */

static const char *const joined_units[] = {
	"m", "b", "k", "bn", "mn", "mm", "am", "pm", "cm", "km", "kg", "mg", "lb", "lbs", "ft", "hr", "hrs", "min", "mins",
	"mph", "kph", "hh", "p", "hz", "khz", "mhz", "ghz", "mb", "gb", "tb", "kw", "mw", "oz", "ml", "kb", "yrs", "yr", "tn",
};

bool
is_joined_unit(const char *word, uint32_t n_bytes)
{
	/* one capital letter is part of a name: 5G, 3D, 747B */
	return in_list(joined_units, LENGTH(joined_units), word, n_bytes) && !(n_bytes == 1 && is_upper(word[0]));
}

static int
small_number(const scan *s, uint32_t p, uint32_t n)
{
	int			value = 0;

	for (uint32_t i = 0; i < n && i < 4; i++)
		value = value * 10 + (s->text[p + i] - '0');
	return value;
}

static bool
slash_joins(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	before = part_before(s, start, q);
	uint32_t	behind = part_behind(s, q + 1);
	uint32_t	digits = digits_before(s, start, q);
	uint32_t	next_digits = digits_behind(s, q + 1);

	if (digits && digits == before && next_digits && next_digits == behind)
	{
		if (byte_at(s, q + 1 + behind) == '/' || (q - digits > start && s->text[q - digits - 1] == '/'))
			return digits <= 4 && next_digits <= 4;
		if (digits == 3 && next_digits == 3)
			return byte_at(s, q + 4) == '-';
		/* a date, not a fraction */
		return digits <= 2 && next_digits <= 2 && digits + next_digits > 2 && small_number(s, q - digits, digits) <= 12 && small_number(s, q + 1, next_digits) <= 31;
	}
	return before == 1 && behind == 1 && q - start == 1 && is_ascii_letter(s->text[q - 1]) && is_ascii_letter(s->text[q + 1]);
}

/* Telephone numbers, ZIP codes, dates; not ranges and scores. */
static bool
digit_hyphen_joins(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	before = digits_before(s, start, q);
	uint32_t	behind = digits_behind(s, q + 1);
	uint32_t	third = byte_at(s, q + 1 + behind) == '-' ? digits_behind(s, q + 2 + behind) : 0;

	if (q - before > start && s->text[q - before - 1] == '-')
		return true;
	if (third)
		return before + behind + third >= 7;
	return behind == 4 && (before == 3 || before == 5 || before == 1) && is_digit(s->text[start]);
}

/* --- hyphens ----------------------------------------------------------------- */

static const char *const prefixes[] = {
	"e", "anti", "arch", "bi", "co", "counter", "couter", "cross", "cyber", "eco", "ex", "extra", "inter", "intra", "macro", "mega", "micro",
	"mid", "mini", "multi", "neo", "non", "over", "pan", "para", "post", "pre", "pro", "proto", "pseudo", "psycho",
	"re", "semi", "socio", "sub", "trans", "tri", "ultra", "un", "vice",
};
static const char *const suffixes[] = {
	"esque", "ette", "fest", "fold", "gate", "itis", "less", "wise",
};

static bool
hyphen_joins(const scan *s, uint32_t start, uint32_t q, uint32_t length)
{
	uint32_t	behind = part_behind(s, q + length);

	if (!class_is_word(class_at(s, q + length)))
		return false;
	if (is_digit(s->text[q - 1]) && is_digit(byte_at(s, q + length)) && length == 1)
		return digit_hyphen_joins(s, start, q);
	if (q - start <= 7 && in_list(prefixes, LENGTH(prefixes), s->text + start, q - start))
		/* the treebanks keep "anti-Muslim" whole, but the name in it has to be a token */
		return class_is_letter(class_at(s, q + length))
			? class_at(s, q + length) != CLASS_UPPER || is_upper(s->text[start]) || same_word("mid", s->text + start, q - start)
			: same_word("mid", s->text + start, q - start);
	return behind >= 4 && in_list(suffixes, LENGTH(suffixes), s->text + q + length, behind);
}

/* --- all marks --------------------------------------------------------------- */

static uint32_t
apostrophe_joins(const scan *s, uint32_t q, uint32_t length)
{
	return class_is_letter(class_at(s, q + length)) && (q == s->start || class_is_word(class_at(s, q - 1)) ||
														(unsigned char) s->text[q - 1] >= 0x80) ? length : 0;
}

static bool
ampersand_joins(const scan *s, uint32_t start, uint32_t q)
{
	char		before = s->text[q - 1];
	char		behind = byte_at(s, q + 1);

	if (entity_length(s->text + q, s->end - q, &(int32_t) {0}))
		return false;
	if (is_upper(before) && is_upper(behind))
		return true;
	return q - start == 1 && part_behind(s, q + 1) == 1 && is_ascii_letter(before) && is_ascii_letter(behind);
}

static bool
dollar_joins(const scan *s, uint32_t start, uint32_t q)
{
	uint32_t	before = part_before(s, start, q);
	char		behind = byte_at(s, q + 1);

	if (is_ascii_letter(s->text[q - 1]) && (behind | 0x20) >= 'a' && (behind | 0x20) <= 'z')
		return true;
	if (before > 3 || before != q - start)
		return false;
	for (uint32_t i = start; i < q; i++)
		if (!is_upper(s->text[i]))
			return false;
	return true;
}

uint32_t
word_join(const scan *s, uint32_t start, uint32_t q, int32_t mark, uint32_t length)
{
	char		before = q > start ? s->text[q - 1] : '\0';
	char		behind = byte_at(s, q + length);

	switch (mark)
	{
		case '\'':
		case 0x2019:
		case 0x2018:
			return q > start ? apostrophe_joins(s, q, length) : 0;
		case '`':
			return q > start && is_ascii_letter(before) && (behind | 0x20) == 's' && part_behind(s, q + 1) == 1 ? 1 : 0;
		case '.':
			if (q == start)
				return is_digit(behind) ? 1 : 0;
			return period_joins(s, start, q) ? 1 : 0;
		case '+':
			return q == start && is_digit(behind) ? 1 : 0;
		case ',':
			return q > start && is_digit(before) && digits_before(s, start, q) <= 3 && digits_behind(s, q + 1) == 3 ? 1 : 0;
		case ':':
			return is_digit(before) && is_digit(behind) ? 1 : 0;
		case '/':
			return q > start && slash_joins(s, start, q) ? 1 : 0;
		case '-':
		case 0x2010:
		case 0x2011:
			return q > start && hyphen_joins(s, start, q, length) ? length : 0;
		case '&':
			return q > start && ampersand_joins(s, start, q) ? 1 : 0;
		case '_':
			return q > start && (class_is_word(class_at(s, q + 1)) || behind == '_') ? 1 : 0;
		case '*':
			return is_ascii_letter(before) && is_ascii_letter(behind) ? 1 : 0;
		case '$':
			return q > start && dollar_joins(s, start, q) ? 1 : 0;
		default:
			return 0;
	}
}
