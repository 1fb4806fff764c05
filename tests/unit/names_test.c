/*
 * names_test.c - names in small texts of this project's own: spans, kinds, other letter cases, what a text teaches, hostile texts.
 */
#include "check.h"

#include "stages.h"
#include "tag/tag_names.h"

static document *
read_names(const char *text)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) strlen(text));

	document_need(doc, STAGE_NAMES);
	return doc;
}

/* Is `name`, at its n-th place in the text (from 0), exactly one mention, of this kind? */
static bool
has(const document *doc, const char *name, int n, entity_kind kind)
{
	const char *at = doc->text - 1;

	do
	{
		at = strstr(at + 1, name);
	} while (at != NULL && n-- > 0);
	for (int32_t i = 0; at != NULL && i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];
		uint32_t	start = (uint32_t) (at - doc->text);

		if (doc->tokens[m->start].start_byte == start && doc->tokens[m->end - 1].end_byte == start + strlen(name))
			return m->kind == kind;
	}
	return false;
}

static void
test_spans(void)
{
	document   *doc = read_names("WASHINGTON (Reuters) - U.S. President Barack Obama met Chancellor Angela Merkel in Berlin on Monday.\n\n"
								 "Mr. Obama praised the German government's plan. \"We agree,\" Obama said after visiting the Ministry of Defence.\n");
	bool		inside = true;

	CHECK(has(doc, "Barack Obama", 0, KIND_PERSON), "a person without the title before it");
	CHECK(has(doc, "Angela Merkel", 0, KIND_PERSON), "a second person behind a title");
	CHECK(has(doc, "Berlin", 0, KIND_PLACE), "a city is a place");
	CHECK(has(doc, "German", 0, KIND_NATIONALITY), "an adjective of a people is a nationality");
	CHECK(has(doc, "Obama", 2, KIND_PERSON), "a short form is the person again");
	CHECK(has(doc, "Ministry of Defence", 0, KIND_ORGANIZATION), "a ministry, small words inside, is an organization");
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];

		inside &= m->start < m->end && m->end <= doc->n_tokens && m->kind < N_ENTITY_KINDS && m->entity == -1;
		inside &= m->probability >= 0 && m->probability <= 1 && (i == 0 || m->start >= doc->mentions[i - 1].end);
		inside &= doc->tokens[m->start].name_tag == NAME_FIRST(m->kind);
		for (int32_t k = m->start + 1; k < m->end; k++)
			inside &= doc->tokens[k].name_tag == NAME_LATER(m->kind);
	}
	CHECK(doc->n_mentions > 0 && inside, "mentions are in order, apart, and agree with the tokens' labels");
	check_free();
}

static void
test_document(void)
{
	document   *doc = read_names("Hurricane Wilfrida reached Florida on Tuesday. Wilfrida weakened later. Forecasters said Wilfrida would turn north.\n");

	CHECK(has(doc, "Hurricane Wilfrida", 0, KIND_EVENT), "a storm is an event");
	CHECK(has(doc, "Wilfrida", 1, KIND_EVENT), "its short form is the same event");
	check_free();
	doc = read_names("MERKEL MEETS OBAMA IN BERLIN FOR TALKS ON TRADE\n\nGerman Chancellor Angela Merkel met President Barack Obama in Berlin on Monday. "
					 "Merkel said that Obama was welcome.\n");
	CHECK(has(doc, "MERKEL", 0, KIND_PERSON), "a heading in capitals is read by the body");
	CHECK(has(doc, "BERLIN", 0, KIND_PLACE), "a place in a heading in capitals");
	check_free();
}

/* What a noun beside a name says of it, there and elsewhere in the text. */
static void
test_type_nouns(void)
{
	document   *doc = read_names("Telvo, the company that owned the boat, said it was sorry. Telvo has other boats, and Telvo will pay.\n");

	CHECK(has(doc, "Telvo", 1, KIND_ORGANIZATION), "a company by its apposition");
	check_free();
	doc = read_names("He wrote the songs \"Blue Acre\" and \"Long Winter Road\" for the film Harrow Street. The band released its third album, "
					 "Glass Rivers, in May. The novel Amber House was a hit.\n");
	CHECK(has(doc, "Harrow Street", 0, KIND_WORK), "a film by the noun before it");
	CHECK(has(doc, "Glass Rivers", 0, KIND_WORK), "an album by its apposition");
	CHECK(has(doc, "Amber House", 0, KIND_WORK), "a novel by the noun before it");
	check_free();
}

/* Texts as they come: headings, small letters, names from every part of the world. */
static void
test_variants(void)
{
	static const char *const persons[] = {
		"Chukwuemeka Okafor", "Nguyen Thi Minh", "Park Ji-hoon", "Priya Raghunathan", "Dmitri Volkov", "Fatima al-Zahra Haddad", "Siobhan O'Leary",
		"Bjørn Sørensen", "María José Ferreira", "Tomasz Wiśniewski", "Ayşe Demir", "Keoni Kahale", "Tendai Moyo", "Giorgi Beridze"
	};
	int			found = 0;
	document   *doc;

	for (size_t i = 0; i < sizeof(persons) / sizeof(persons[0]); i++)
	{
		char		text[256];

		snprintf(text, sizeof(text), "The harbour was closed on Monday, said %s, who runs the port.\n", persons[i]);
		doc = read_names(text);
		found += has(doc, persons[i], 0, KIND_PERSON);
	}
	CHECK(found >= 13, "persons of many countries are found whole");
	doc = read_names("Prime Minister Visits Japan As Trade Talks Stall\n\nprime minister david cameron visited japan on tuesday, the foreign office said\n");
	CHECK(has(doc, "Japan", 0, KIND_PLACE), "a place in a heading in Title Case");
	CHECK(has(doc, "japan", 0, KIND_PLACE), "a place in small letters");
	CHECK(has(doc, "david cameron", 0, KIND_PERSON), "a person in small letters");
	check_free();
}

static void
test_hostile(void)
{
	static const char *const texts[] = {"", " ", "A", "\xff\xfe", "Mr.", "'s", "\"\"\"\"", "THE THE THE THE", "a\n\nB\n\nc", "\xe2\x80\x99s"};
	size_t		n = 400000;
	char	   *big = malloc(n + 1);

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		read_names(texts[i]);
	for (size_t i = 0; i < n; i++)
		big[i] = "Of Ox "[i % 6];
	big[n] = 0;
	read_names(big);
	CHECK(true, "empty, broken and very long sentences end");
	check_free();
	free(big);
}

static void
test_file(void)
{
	static const names_header none = {.magic = NAMES_MAGIC, .first_offset = 4000000000u, .first_bytes = 5};
	names_model m;

	CHECK(!names_model_open(&m, &none, sizeof(none)), "a model that points outside its file is refused");
	CHECK(!names_model_open(&m, "names", 5), "a short file is refused");
}

int
main(void)
{
	test_spans();
	test_document();
	test_type_nouns();
	test_variants();
	test_hostile();
	test_file();
	return check_result();
}
