/*
 * text_test.c - characters, memory, paragraphs, tokens and sentences, on texts of the project's own.
 */
#include "check.h"

#include "invariants.h"
#include "stages.h"
#include "text/utf8.h"

static document *
read_bytes(const char *text, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, STAGE_TEXT);
	return doc;
}

#define JOINED_BYTES 4096
static char joined[JOINED_BYTES];

static void
join(const char *s, size_t n, bool first)
{
	size_t		used = first ? 0 : strlen(joined);

	if (used + n + 2 >= JOINED_BYTES)
		return;
	if (!first)
		joined[used++] = '|';
	memcpy(joined + used, s, n);
	joined[used + n] = '\0';
}

/* --- characters -------------------------------------------------------------- */

static void
test_utf8(void)
{
	static const struct
	{
		const char *bytes;
		int32_t		character;
		uint32_t	length;
	}			rows[] = {
		{"a", 'a', 1}, {"\xC3\xA9", 0xE9, 2}, {"\xE2\x82\xAC", 0x20AC, 3}, {"\xF0\x9F\x98\x80", 0x1F600, 4},
		{"\x80", 0xFFFD, 1}, {"\xC0\xAF", 0xFFFD, 1}, {"\xE0\x80\xAF", 0xFFFD, 1}, {"\xED\xA0\x80", 0xFFFD, 1},
		{"\xF4\x90\x80\x80", 0xFFFD, 1}, {"\xFF", 0xFFFD, 1}, {"\xE2\x82", 0xFFFD, 1}, {"\xC3", 0xFFFD, 1},
	};
	char		out[16];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
	{
		int32_t		character;
		uint32_t	length = utf8_decode(rows[i].bytes, strlen(rows[i].bytes), &character);

		snprintf(joined, JOINED_BYTES, "decoding row %zu", i);
		CHECK(character == rows[i].character && length == rows[i].length, joined);
	}
	CHECK(char_class_of(0xC9) == CLASS_UPPER && char_class_of(0x301) == CLASS_MARK && char_class_of(0xA0) == CLASS_SPACE,
		  "classes beyond ASCII");
	CHECK(utf8_fold(0xDF, out) == 2 && memcmp(out, "ss", 2) == 0, "sharp s folds to ss");
	CHECK(utf8_count("\xE2\x82\xAC\xFF\xFE z", 7) == 5, "an invalid byte is one character");
}

static void
test_offsets(void)
{
	char		text[3000];
	document   *doc;
	bool		same = true;
	uint32_t	chars = 0;

	for (size_t i = 0; i < sizeof(text);)
	{
		static const char *const pieces[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", " ", "\xF0\x9F\x98\x80", "\xFF"};
		const char *piece = pieces[(i * 7 + i / 3) % 6];
		size_t		n = strlen(piece);

		if (i + n > sizeof(text))
		{
			piece = "x";
			n = 1;
		}
		memcpy(text + i, piece, n);
		i += n;
	}
	doc = read_bytes(text, sizeof(text));
	for (uint32_t at = 0; at < sizeof(text); chars++)
	{
		int32_t		character;

		same = same && document_char_of_byte(doc, at) == chars;
		at += utf8_decode(text + at, sizeof(text) - at, &character);
	}
	CHECK(same, "characters before each byte offset");
	CHECK(doc->n_chars == chars, "number of characters");
	check_free();
}

static void
test_arena(void)
{
	arena	   *a = check_arena();
	char	   *first = arena_alloc(a, 3);
	char	   *second = arena_alloc(a, 5);
	char	   *large;
	int32_t    *numbers = NULL;
	int32_t		capacity = 0;
	bool		kept = true;

	CHECK(((uintptr_t) first & 15) == 0 && ((uintptr_t) second & 15) == 0 && second >= first + 3, "aligned and apart");
	large = arena_alloc(a, 50 * 1024 * 1024);
	memset(large, 1, 50 * 1024 * 1024);
	CHECK(arena_used(a) >= 50 * 1024 * 1024, "counts what it took");
	CHECK_TEXT(arena_text(a, "abcdef", 3), "abc", "copies text");
	for (int32_t i = 0; i < 100000; i++)
	{
		numbers = arena_grow(a, numbers, i, &capacity, sizeof(int32_t));
		numbers[i] = i;
	}
	for (int32_t i = 0; i < 100000; i++)
		kept = kept && numbers[i] == i;
	CHECK(kept, "a growing array keeps its elements");
	CHECK(*(char *) arena_zero(a, 1) == 0, "cleared memory");
	check_free();
}

/* --- tokens ------------------------------------------------------------------ */

static const char *const token_cases[][2] = {
	{"He can't, won't and shouldn't've.", "He|ca|n't|,|wo|n't|and|should|n't|'ve|."},
	{"I cannot say they're gonna.", "I|can|not|say|they|'re|gon|na|."},
	{"Trump\xE2\x80\x99s men didn\xE2\x80\x99t.", "Trump|\xE2\x80\x99s|men|did|n\xE2\x80\x99t|."},
	{"the dogs' bowls, the 1980s, the '90s and 'em", "the|dogs|'|bowls|,|the|1980s|,|the|'90s|and|'em"},
	{"O'Neill's rock'n'roll", "O'Neill|'s|rock'n'roll"},
	{"a 43-year-old non-profit e-mail re-elected Coca-Cola", "a|43|-|year|-|old|non-profit|e-mail|re-elected|Coca|-|Cola"},
	{"in 2010-2012, call 713-853-3989", "in|2010|-|2012|,|call|713-853-3989"},
	{"$1,000.50, US$5bn, 3.5%, 10km at 5pm", "$|1,000.50|,|US$|5|bn|,|3.5|%|,|10|km|at|5|pm"},
	{"the U.S. and Mr. J. K. Smith Jr. at 7:30 a.m. sharp", "the|U.S.|and|Mr.|J.|K.|Smith|Jr.|at|7:30|a.m.|sharp"},
	{"See http://a.b/c?d=e. Or www.bbc.co.uk/news, news.bbc.co.uk, a.b@c.org!", "See|http://a.b/c?d=e|.|Or|www.bbc.co.uk/news|,|news.bbc.co.uk|,|a.b@c.org|!"},
	{"@handle and #tag, not # 5", "@handle|and|#tag|,|not|#|5"},
	{"9/11, 24/7, he/she, AT&T, w/o", "9/11|,|24|/|7|,|he|/|she|,|AT&T|,|w/o"},
	{"wait... what?! no -- yes \xE2\x80\x94 so\xE2\x80\xA6", "wait|...|what|?!|no|--|yes|\xE2\x80\x94|so|\xE2\x80\xA6"},
	{"``Old'' style :-)", "``|Old|''|style|:-)"},
	{"world.Today", "world|.|Today"},
	{"A &amp; B&nbsp;c <b>bold</b>", "A|&amp;|B|c|bold"},
	{"6' 2\" tall", "6|'|2|\"|tall"},
	{"Wikinews\xE2\x80\x8D's anti-Muslim, anti-war mid-May Clermont 63's", "Wikinews|'s|anti|-|Muslim|,|anti-war|mid-May|Clermont|63|'s"},
	{"No. 5 said no.", "No.|5|said|no|."},
	{"you and I.", "you|and|I|."},
	{"\xEF\xBB\xBFword\xE2\x80\x8Bword", "word|word"},
};

static void
test_tokens(void)
{
	for (size_t i = 0; i < sizeof(token_cases) / sizeof(token_cases[0]); i++)
	{
		document   *doc = read_bytes(token_cases[i][0], strlen(token_cases[i][0]));

		joined[0] = '\0';
		for (int32_t t = 0; t < doc->n_tokens; t++)
			join(doc->text + doc->tokens[t].start_byte, doc->tokens[t].end_byte - doc->tokens[t].start_byte, t == 0);
		CHECK_TEXT(joined, token_cases[i][1], token_cases[i][0]);
		check_free();
	}
}

static void
test_fields(void)
{
	static const char text[] = "IPHONE iPhone McCain\xE2\x80\x99s 1,000 5G \xC3\x89tat e-mail U.S. @x , don't";
	document   *doc = read_bytes(text, strlen(text));
	const token *t = doc->tokens;

	CHECK(doc->n_tokens == 13, "thirteen tokens");
	CHECK((t[0].flags & TOKEN_ALL_CAPITALS) && !(t[0].flags & TOKEN_MIXED_CASE), "capitals");
	CHECK((t[1].flags & TOKEN_MIXED_CASE) && !(t[1].flags & TOKEN_INITIAL_CAPITAL), "iPhone");
	CHECK((t[2].flags & TOKEN_MIXED_CASE) && (t[2].flags & TOKEN_INITIAL_CAPITAL), "McCain");
	CHECK((t[3].flags & TOKEN_CLITIC) && strcmp(t[3].lower, "'s") == 0 && !(t[3].flags & TOKEN_SPACE_BEFORE), "'s");
	CHECK(t[3].form_hash == hash_bytes("'s", 2), "form hash with a plain apostrophe");
	CHECK(t[4].flags & TOKEN_ALL_DIGITS, "digits with separators");
	CHECK((t[5].flags & TOKEN_HAS_DIGIT) && !(t[5].flags & TOKEN_ALL_DIGITS), "digit and letter");
	CHECK(strcmp(t[6].lower, "\xC3\xA9tat") == 0 && (t[6].flags & TOKEN_NOT_ASCII), "folding beyond ASCII");
	CHECK(t[6].end_char - t[6].start_char == 4, "length in characters");
	CHECK(t[7].flags & TOKEN_HAS_HYPHEN, "hyphen");
	CHECK(t[8].flags & TOKEN_HAS_PERIOD, "period");
	CHECK(t[9].flags & TOKEN_URL, "handle");
	CHECK(t[10].flags & TOKEN_PUNCTUATION, "punctuation");
	CHECK(t[12].flags & TOKEN_CLITIC && t[12].lower_hash == hash_bytes("n't", 3), "n't");
	check_free();
}

/* --- sentences --------------------------------------------------------------- */

static const char *const sentence_cases[] = {
	"He left.|She stayed.",
	"\"We won,\" he said.|\"We lost,\" she said.",
	"\"We won!\" he shouted.|\"Why?\" Mr. Smith asked.",
	"She said: \"It is over. |We go home.\"|Then she left.",
	"Mr. Smith went to the U.S. Senate.|He spoke.",
	"I live in the U.S.|How about you?",
	"It cost $1.5 million.|That is a lot.",
	"Shares of Acme Inc. rose.|Shares of Acme Inc.|He sold them.",
	"He met J. K. Rowling (author of \"Harry Potter\").|They spoke.",
	"Really?|Yes!|Well... maybe.|So...|He left.",
	"KUALA LUMPUR (Reuters) - The prime minister resigned on Monday.",
	"Q: Why did you go?|A: I had to.",
	"The first.|\xE2\x80\xA2 An item|\xE2\x80\xA2 Another item",
	"1. One|2. Two",
	"(a) Hello world.|(b) It [...] Ended here.",
	"It ended (at last.)|They rested.",
	"He is at Yahoo! in California.",
	"At 5 p.m. Monday they met.|They left at 6 p.m.|Everyone was tired.",
	"he came home.|then he slept.",
	"It was settled.[1][2]|Nobody knows why.",
	"\xE2\x80\x9CYes.\xE2\x80\x9D|\xE2\x80\x98No.\xE2\x80\x99|He agreed.",
};

static void
test_sentences(void)
{
	for (size_t i = 0; i < sizeof(sentence_cases) / sizeof(sentence_cases[0]); i++)
	{
		char		text[512];
		char		expected[512];
		size_t		n = 0;
		size_t		m = 0;
		document   *doc;

		for (const char *s = sentence_cases[i]; *s; s++)
		{
			/* a space before the bar is in the text already */
			if (*s != '|')
				text[n++] = *s;
			else if (text[n - 1] != ' ')
				text[n++] = ' ';
			if (*s != ' ' || s[1] != '|')
				expected[m++] = *s;
		}
		text[n] = '\0';
		expected[m] = '\0';
		doc = read_bytes(text, n);
		joined[0] = '\0';
		for (int32_t s = 0; s < doc->n_sentences; s++)
		{
			uint32_t	start = doc->tokens[doc->sentences[s].start].start_byte;

			join(text + start, doc->tokens[doc->sentences[s].end - 1].end_byte - start, s == 0);
		}
		CHECK_TEXT(joined, expected, text);
		check_free();
	}
}

/* --- paragraphs -------------------------------------------------------------- */

static void
test_paragraphs(void)
{
	static const char text[] =
		"Leaders Meet in Geneva for Talks\r\n\r\n"
		"The leaders met on Monday, officials said.\n"
		"They will meet again.\n\n"
		"\xE2\x80\xA2 a first point\n- a second point\n\f"
		"Read more: What the leaders want\n"
		"\xC2\xA9 2019 The Times\xE2\x80\xA9"
		"It was a cold \nnight in the city.<br/>After the break it went on for long, they said.";
	static const char wrapped[] =
		"The committee met for the first time on Monday, and its members were told\n"
		"that the report, which had been expected for months, would be published by\n"
		"the end of the year. Nobody objected to that. The chairman then thanked the\n"
		"staff for its work.\n\n"
		"One\nTwo\nThree\n";
	static const paragraph_kind kinds[] = {
		PARAGRAPH_HEADING, PARAGRAPH_BODY, PARAGRAPH_BODY, PARAGRAPH_LIST_ITEM, PARAGRAPH_LIST_ITEM,
		PARAGRAPH_BOILERPLATE, PARAGRAPH_BOILERPLATE, PARAGRAPH_BODY, PARAGRAPH_BODY
	};
	document   *doc = read_bytes(text, strlen(text));

	CHECK(doc->n_paragraphs == 9, "nine paragraphs");
	for (int32_t p = 0; p < doc->n_paragraphs && p < 9; p++)
	{
		snprintf(joined, JOINED_BYTES, "kind of paragraph %d", p);
		CHECK(doc->paragraphs[p].kind == kinds[p], joined);
	}
	check_free();
	doc = read_bytes(wrapped, strlen(wrapped));
	CHECK(doc->n_paragraphs == 4, "lines wrapped at a width are joined, short lines are not");
	check_free();
}

/* --- hostile ----------------------------------------------------------------- */

static void
test_hostile(void)
{
	static const char *const pieces[] = {
		"a", "\"", "\" ", " \"a", " 'a", "' ", "s' a ", "\n", "a\n", "\xCC\x81", "a.", "a.b@", "e-", "1-", "<a ", "&a",
		"a's", ". ", ".) ", "(. ", "http://", "\xFF", "\xE2\x80\x9C", "\xE2\x80\xA2.", "1. ", "U.S. ", "? \"", "[1]", "'", "a/b.com/",
	};

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
	{
		size_t		n = strlen(pieces[i]);
		size_t		total = 200000 / n * n;
		char	   *text = malloc(total);
		const char *broken;

		for (size_t at = 0; at < total; at += n)
			memcpy(text + at, pieces[i], n);
		broken = broken_invariant(read_bytes(text, total));
		snprintf(joined, JOINED_BYTES, "200 kB of piece %zu", i);
		check_(!broken, joined, broken);
		check_free();
		free(text);
	}
	CHECK(read_bytes("", 0)->n_tokens == 0, "empty text");
	CHECK(read_bytes(" \n\t\r\n ", 6)->n_paragraphs == 0, "white space only");
	CHECK(read_bytes(".", 1)->n_sentences == 1, "one mark");
	check_free();
}

int
main(void)
{
	test_utf8();
	test_offsets();
	test_arena();
	test_tokens();
	test_fields();
	test_sentences();
	test_paragraphs();
	test_hostile();
	return check_result();
}
