/*
 * lexicon_test.c - lookups of the lexicon: words, sets, phrases, case, knowledge.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lexicon/lexicon.h"
#include "lexicon/tables.h"

static int	n_failed;

static void
check(bool ok, const char *what)
{
	printf("%s - %s\n", ok ? "ok" : "not ok", what);
	n_failed += !ok;
}

/* A document of the tokens between the spaces of text, lower-cased as ASCII. */
#define MAX_TOKENS 64
static token tokens[MAX_TOKENS];
static document doc;

static void
set_text(const char *text)
{
	memset(tokens, 0, sizeof(tokens));
	doc = (document) {.text = text, .tokens = tokens};
	for (const char *at = text; *at && doc.n_tokens < MAX_TOKENS;)
	{
		size_t		n = strcspn(at, " ");
		char		lower[128];
		token	   *t = &tokens[doc.n_tokens++];
		int			n_upper = 0;
		int			n_letters = 0;

		for (size_t i = 0; i < n; i++)
		{
			bool		upper = at[i] >= 'A' && at[i] <= 'Z';

			lower[i] = upper ? at[i] + 32 : at[i];
			n_upper += upper;
			n_letters += upper || (at[i] >= 'a' && at[i] <= 'z') || (at[i] & 0x80);
		}
		t->start_char = at - text;
		t->end_char = t->start_char + n;
		t->lower_bytes = n;
		t->form_hash = hash_bytes(at, n);
		t->lower_hash = hash_bytes(lower, n);
		t->flags = (n_letters ? TOKEN_HAS_LETTER : 0) | (at[0] >= 'A' && at[0] <= 'Z' ? TOKEN_INITIAL_CAPITAL : 0)
			| (n_letters > 1 && n_upper == n_letters ? TOKEN_ALL_CAPITALS : 0);
		t->word = lexicon_word(t->lower_hash);
		at += n;
		at += strspn(at, " ");
	}
}

static name_hit hits[MAX_NAME_TOKENS];

/* Length in tokens of the longest name at the start of text, 0 when there is none. */
static int
longest(const char *text)
{
	set_text(text);
	return lexicon_names_at(&doc, 0, doc.n_tokens, hits, MAX_NAME_TOKENS) > 0 ? hits[0].end : 0;
}

static uint32_t
types(const char *text)
{
	int			n = longest(text);

	return n == doc.n_tokens && n > 0 ? hits[0].types : 0;
}

static uint32_t
sets(const char *word)
{
	set_text(word);
	return lexicon_sets(&tokens[0]);
}

static bool
knows(const char *text, const char *name, uint8_t kind, const char *country)
{
	knowledge_row row;

	if (longest(text) != doc.n_tokens || hits[0].knowledge < 0)
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
	return lexicon_country_of_nationality(tokens[0].lower_hash);
}

static void
test_words(void)
{
	set_text("government zzxqv");
	check(tokens[0].word >= 0, "a frequent word has a row");
	check(tokens[1].word == -1, "an unknown word has none");
	check(lexicon_sets(&tokens[1]) == 0, "an unknown word is in no set");
	check(lexicon_word_info(tokens[0].word)->document_frequency > 1000, "document frequency of a frequent word");
	check(lexicon_word_info(tokens[0].word)->level > 0 && lexicon_is_common(tokens[0].word), "government is an everyday word");
	check(!lexicon_is_common(-1), "an unknown word is not an everyday word");
	set_text("london");
	check(lexicon_word_info(tokens[0].word)->capital_share > 230, "London is written with a capital");
	check(lexicon_n_documents() > 10000, "number of documents");
	check(lexicon_word(0) == -1 && lexicon_word(UINT64_MAX) == -1, "keys at both ends of the table");
}

static void
test_sets(void)
{
	static const char *const speech[] = {"said", "says", "saying", "tweeted", "quipped", "blasted", "slammed", "conceded", "told", "wrote"};

	for (size_t i = 0; i < sizeof(speech) / sizeof(speech[0]); i++)
		check((sets(speech[i]) & SET_SPEECH_VERB) != 0, speech[i]);
	check(!(sets("ran") & SET_SPEECH_VERB), "ran is no verb of speech");
	check(!(sets("table") & (SET_SPEECH_VERB | SET_ROLE | SET_TITLE)), "table is neither verb of speech nor role");
	check((sets("President") & SET_TITLE) != 0 && (sets("Sen.") & SET_TITLE) != 0, "titles");
	check((sets("spokeswoman") & (SET_ROLE | SET_FEMALE_NOUN)) == (SET_ROLE | SET_FEMALE_NOUN), "spokeswoman is a role and a woman");
	check((sets("Maria") & (SET_FEMALE_NAME | SET_MALE_NAME)) == SET_FEMALE_NAME, "Maria is a woman's name");
	check((sets("Mohammed") & (SET_FEMALE_NAME | SET_MALE_NAME)) == SET_MALE_NAME, "Mohammed is a man's name");
	check((sets("Smith") & SET_SURNAME) != 0, "Smith is a surname");
	check((sets("January") & SET_MONTH) != 0 && (sets("Friday") & SET_WEEKDAY) != 0, "months and weekdays");
	set_text("Maria");
	check(lexicon_given_name_gender(tokens[0].word) == GENDER_FEMALE, "gender of a given name");
	check(lexicon_given_name_gender(-1) == GENDER_UNKNOWN, "gender of an unknown word");
}

static void
test_names(void)
{
	check(longest("New York City officials") == 3 || longest("New York officials") == 2, "longest match");
	check(longest("New shoes") == 0, "a beginning alone is no name");
	check((types("United States") & NAME_TYPE_COUNTRY) != 0, "United States is a country");
	check((types("U.S.") & NAME_TYPE_COUNTRY) != 0 && (types("UK") & NAME_TYPE_COUNTRY) != 0, "short forms of countries");
	check((types("Chinese") & NAME_TYPE_NATIONALITY) != 0, "Chinese is a nationality");
	check((types("NEW YORK") & NAME_TYPE_CITY) != 0, "capitals match");
	check((types("LONDON") & NAME_TYPE_CITY) != 0, "one word in capitals matches");
	check(longest("london") == 0, "a small letter does not match");
	check(longest("us") == 0, "us is no country");
	check((types("House Of Representatives") & NAME_TYPE_AGENCY) != 0, "title case matches");
	check((types("Barack Obama") & NAME_TYPE_PERSON) != 0, "a known person");
	check((types("Secretary of State") & NAME_TYPE_TITLE) != 0, "a title of several tokens");
	set_text("Washington");
	check(lexicon_names_at(&doc, 0, 0, hits, MAX_NAME_TOKENS) == 0, "nothing before the limit");
	check(lexicon_names_at(&doc, 1, 5, hits, MAX_NAME_TOKENS) == 0, "nothing behind the last token");
	set_text("New York City");
	check(lexicon_names_at(&doc, 0, 3, hits, 0) == 0, "no room, no hits");
	check(lexicon_names_at(&doc, 0, 3, hits, 1) == 1 && hits[0].end >= 2, "one hit of room gives the longest");
}

static void
test_knowledge(void)
{
	check(knows("Britain", "United Kingdom", KIND_PLACE, "GB"), "Britain is the United Kingdom");
	check(knows("Germany", "Germany", KIND_PLACE, "DE"), "Germany");
	check(longest("Paris") == 1 && hits[0].n_knowledge >= 2, "there are several places named Paris");
	if (hits[0].n_knowledge >= 2)
	{
		knowledge_row first = lexicon_knowledge(lexicon_knowledge_of(&hits[0], 0));
		knowledge_row second = lexicon_knowledge(lexicon_knowledge_of(&hits[0], 1));

		check(strcmp(first.country, "FR") == 0 && first.prominence > second.prominence, "the most prominent first");
		check(first.has_location && first.latitude > 48 && first.latitude < 49 && first.longitude > 2 && first.longitude < 3, "where Paris lies");
		check(lexicon_knowledge_of(&hits[0], 0) == hits[0].knowledge, "row 0 is the hit's own");
		check(lexicon_knowledge_of(&hits[0], hits[0].n_knowledge) == -1, "no row behind the last");
	}
	check(strcmp(country_of("chinese"), "CN") == 0 && strcmp(country_of("british"), "GB") == 0, "countries of nationalities");
	check(strcmp(country_of("table"), "") == 0, "no country of a table");
}

int
main(void)
{
	test_words();
	test_sets();
	test_names();
	test_knowledge();
	return n_failed != 0;
}
