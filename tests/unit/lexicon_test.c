/*
 * lexicon_test.c - lookups of the lexicon: words, sets, phrases, case, knowledge.
 */
#include "check.h"
#include "lexicon/lexicon.h"
#include "lexicon/tables.h"

static document *doc;

/* A text of one sentence; the tokens of `text` are those between its first word and its last two. */
static void
set_text(const char *text)
{
	static char sentence[1024];

	check_free();
	snprintf(sentence, sizeof(sentence), "They saw %s there.", text);
	doc = document_create(check_arena(), sentence, strlen(sentence));
	document_need(doc, STAGE_TEXT);
}

#define FIRST 2
#define END (doc->n_tokens - 2)

static name_hit hits[MAX_NAME_TOKENS];

/* Length in tokens of the longest name at the start of text, 0 when there is none. */
static int
longest(const char *text)
{
	set_text(text);
	return lexicon_names_at(doc, FIRST, END, hits, MAX_NAME_TOKENS) > 0 ? hits[0].end - FIRST : 0;
}

static uint32_t
types(const char *text)
{
	int			n = longest(text);

	return n == END - FIRST && n > 0 ? hits[0].types : 0;
}

static uint32_t
sets(const char *word)
{
	set_text(word);
	return lexicon_sets(&doc->tokens[FIRST]);
}

static bool
knows(const char *text, const char *name, uint8_t kind, const char *country)
{
	knowledge_row row;

	if (longest(text) != END - FIRST || hits[0].knowledge < 0)
		return false;
	row = lexicon_knowledge(hits[0].knowledge);
	if (strcmp(row.name, name) == 0 && row.kind == kind && strcmp(row.country, country) == 0)
		return true;
	printf("# %s: %s kind %d country %s\n", text, row.name, row.kind, row.country);
	return false;
}

static const char *
country_of(const char *nationality)
{
	set_text(nationality);
	return lexicon_country_of_nationality(doc->tokens[FIRST].lower_hash);
}

static void
test_words(void)
{
	set_text("government zzxqv");
	CHECK(doc->tokens[FIRST].word >= 0, "a frequent word has a row");
	CHECK(doc->tokens[FIRST + 1].word == -1, "an unknown word has none");
	CHECK(lexicon_sets(&doc->tokens[FIRST + 1]) == 0, "an unknown word is in no set");
	CHECK(lexicon_word_info(doc->tokens[FIRST].word)->document_frequency > 1000, "document frequency of a frequent word");
	CHECK(lexicon_word_info(doc->tokens[FIRST].word)->level > 0 && lexicon_is_common(doc->tokens[FIRST].word), "government is an everyday word");
	CHECK(!lexicon_is_common(-1), "an unknown word is not an everyday word");
	set_text("london");
	CHECK(lexicon_word_info(doc->tokens[FIRST].word)->capital_share > 230, "London is written with a capital");
	CHECK(lexicon_n_documents() > 10000, "number of documents");
	CHECK(lexicon_word(0) == -1 && lexicon_word(UINT64_MAX) == -1, "keys at both ends of the table");
}

static void
test_sets(void)
{
	static const char *const speech[] = {"said", "says", "saying", "tweeted", "quipped", "blasted", "slammed", "conceded", "told", "wrote"};

	for (size_t i = 0; i < sizeof(speech) / sizeof(speech[0]); i++)
		CHECK((sets(speech[i]) & SET_SPEECH_VERB) != 0, speech[i]);
	CHECK(!(sets("ran") & SET_SPEECH_VERB), "ran is no verb of speech");
	CHECK(!(sets("table") & (SET_SPEECH_VERB | SET_ROLE | SET_TITLE)), "table is neither verb of speech nor role");
	CHECK((sets("President") & SET_TITLE) != 0 && (sets("Sen.") & SET_TITLE) != 0, "titles");
	CHECK((sets("spokeswoman") & (SET_ROLE | SET_FEMALE_NOUN)) == (SET_ROLE | SET_FEMALE_NOUN), "spokeswoman is a role and a woman");
	CHECK((sets("Maria") & (SET_FEMALE_NAME | SET_MALE_NAME)) == SET_FEMALE_NAME, "Maria is a woman's name");
	CHECK((sets("Mohammed") & (SET_FEMALE_NAME | SET_MALE_NAME)) == SET_MALE_NAME, "Mohammed is a man's name");
	CHECK((sets("Smith") & SET_SURNAME) != 0, "Smith is a surname");
	CHECK((sets("January") & SET_MONTH) != 0 && (sets("Friday") & SET_WEEKDAY) != 0, "months and weekdays");
	set_text("Maria");
	CHECK(lexicon_given_name_gender(doc->tokens[FIRST].word) == GENDER_FEMALE, "gender of a given name");
	CHECK(lexicon_given_name_gender(-1) == GENDER_UNKNOWN, "gender of an unknown word");
}

static void
test_names(void)
{
	CHECK(longest("New York City officials") == 3 || longest("New York officials") == 2, "longest match");
	CHECK(longest("New shoes") == 0, "a beginning alone is no name");
	CHECK((types("United States") & NAME_TYPE_COUNTRY) != 0, "United States is a country");
	CHECK((types("U.S.") & NAME_TYPE_COUNTRY) != 0 && (types("UK") & NAME_TYPE_COUNTRY) != 0, "short forms of countries");
	CHECK((types("Chinese") & NAME_TYPE_NATIONALITY) != 0, "Chinese is a nationality");
	CHECK((types("NEW YORK") & NAME_TYPE_CITY) != 0, "capitals match");
	CHECK((types("LONDON") & NAME_TYPE_CITY) != 0, "one word in capitals matches");
	CHECK(longest("london") == 0, "a small letter does not match");
	CHECK(longest("us") == 0, "us is no country");
	CHECK((types("House Of Representatives") & NAME_TYPE_AGENCY) != 0, "title case matches");
	CHECK((types("Barack Obama") & NAME_TYPE_PERSON) != 0, "a known person");
	CHECK((types("Secretary of State") & NAME_TYPE_TITLE) != 0, "a title of several tokens");
	set_text("Washington");
	CHECK(lexicon_names_at(doc, FIRST, FIRST, hits, MAX_NAME_TOKENS) == 0, "nothing before the limit");
	CHECK(lexicon_names_at(doc, doc->n_tokens, doc->n_tokens + 5, hits, MAX_NAME_TOKENS) == 0, "nothing behind the last token");
	set_text("New York City");
	CHECK(lexicon_names_at(doc, FIRST, END, hits, 0) == 0, "no room, no hits");
	CHECK(lexicon_names_at(doc, FIRST, END, hits, 1) == 1 && hits[0].end >= FIRST + 2, "one hit of room gives the longest");
}

static void
test_knowledge(void)
{
	CHECK(knows("Britain", "United Kingdom", KIND_PLACE, "GB"), "Britain is the United Kingdom");
	CHECK(knows("Germany", "Germany", KIND_PLACE, "DE"), "Germany");
	CHECK(longest("Paris") == 1 && hits[0].n_knowledge >= 2, "there are several places named Paris");
	if (hits[0].n_knowledge >= 2)
	{
		knowledge_row first = lexicon_knowledge(lexicon_knowledge_of(&hits[0], 0));
		knowledge_row second = lexicon_knowledge(lexicon_knowledge_of(&hits[0], 1));

		CHECK(strcmp(first.country, "FR") == 0 && first.prominence > second.prominence, "the most prominent first");
		CHECK(first.has_location && first.latitude > 48 && first.latitude < 49 && first.longitude > 2 && first.longitude < 3, "where Paris lies");
		CHECK(lexicon_knowledge_of(&hits[0], 0) == hits[0].knowledge, "row 0 is the hit's own");
		CHECK(lexicon_knowledge_of(&hits[0], hits[0].n_knowledge) == -1, "no row behind the last");
	}
	CHECK(strcmp(country_of("chinese"), "CN") == 0 && strcmp(country_of("british"), "GB") == 0, "countries of nationalities");
	CHECK(strcmp(country_of("table"), "") == 0, "no country of a table");
}

/* Names that the tokenizer cuts into odd pieces. */
static void
test_tokens(void)
{
	static const char *const names[] = {
		"al-Qaeda", "McDonald's", "AT&T", "St. Louis", "O'Hare", "U.S. Senate", "Boeing 737", "Washington, D.C.", "Xi'an", "Guinea-Bissau",
		"São Paulo", "Johnson & Johnson", "Roe v. Wade", "Côte d'Ivoire", "COVID-19 pandemic", "Yahoo!", "J.K. Rowling", "WASHINGTON, D.C."
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		CHECK(types(names[i]) != 0, names[i]);
	CHECK(types("Xi’an") == types("Xi'an"), "a typographic apostrophe matches a plain one");
}

/* The same tables give the same bytes. */
static void
test_build(void)
{
	CHECK(system("build/lexicon_build data/lexicon build/lexicon.again >/dev/null && cmp build/lexicon.again build/lexicon.bin") == 0,
		  "two builds give the same bytes");
}

int
main(void)
{
	test_words();
	test_sets();
	test_names();
	test_tokens();
	test_knowledge();
	test_build();
	check_free();
	return check_result();
}
