/*
 * story_test.c - signatures of small texts, and which of them tell one story.
 */
#include <math.h>

#include "check.h"
#include "stages.h"
#include "story/stories.h"

static const char fares[] =
	"Ferry company raises fares\n\nNorland Ferries will raise its fares to Terschelling in May. \"We have no other choice,\" said Helen Archer, the chief "
	"executive of Norland Ferries, on Monday. Passengers protested at the pier in Harlingen. The islanders pay twice as much as they did ten years ago.\n";
static const char fares_again[] =
	"Islanders march against dearer ferries\n\nHundreds of islanders from Terschelling marched through Harlingen against the fares of Norland Ferries. "
	"Helen Archer, the company's chief executive, would not speak to the passengers who waited at the pier.\n";
static const char fares_cut[] =
	"Ferries: fares up\n\nNorland Ferries will raise its fares to Terschelling in May. \"We have no other choice,\" said Helen Archer, the chief "
	"executive of Norland Ferries, on Monday. Passengers protested at the pier in Harlingen.\n";
static const char fares_later[] =
	"Norland Ferries orders electric ships\n\nNorland Ferries has ordered two electric catamarans from a shipyard in Gdansk. Batteries will be charged in the harbour "
	"while trucks drive aboard. Engineers expect fewer emissions; unions fear for stokers and mechanics.\n";
static const char verdict[] =
	"Surgeon acquitted of manslaughter\n\nA jury in Lyon acquitted the surgeon Paul Morel of manslaughter on Friday. The prosecutor had asked for six years. "
	"The patient, a cellist, died after an operation on her knee.\n";

static document *
read(const char *text, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, STAGE_TEXT);
	return doc;
}

static signature *
sign(const char *text)
{
	static uint8_t packed[SIGNATURE_MAX_BYTES];
	size_t		n_bytes = signature_pack(read(text, strlen(text)), packed);
	signature  *s = arena_zero(check_arena(), sizeof(signature));

	signature_unpack(packed, n_bytes, s);
	return s;
}

static story_article
article(const char *text, double day, int64_t story)
{
	return (story_article) {sign(text), day, story, story ? 1 : 0};
}

static void
test_terms(void)
{
	story_term	terms[SIGNATURE_TERMS];
	int			n = story_terms(read(fares, strlen(fares)), terms);
	double		squares = 0;
	int			descending = 1;
	int			distinct = 1;
	int			stop = 0;

	for (int i = 0; i < n; i++)
	{
		squares += (double) terms[i].weight * terms[i].weight / SIGNATURE_UNIT / SIGNATURE_UNIT;
		descending &= i == 0 || terms[i].weight <= terms[i - 1].weight;
		stop |= strcmp(terms[i].word, "the") == 0 || strcmp(terms[i].word, "no") == 0;
		for (int j = 0; j < i; j++)
			distinct &= terms[i].hash != terms[j].hash;
	}
	CHECK(n > 15 && n <= SIGNATURE_TERMS, "a text has terms");
	CHECK(strcmp(terms[0].word, "ferries") == 0 || strcmp(terms[0].word, "fares") == 0 || strcmp(terms[0].word, "norland") == 0,
		  "the weightiest is what the text is about");
	CHECK(fabs(squares - 1) < 0.01, "squares of the weights add up to one");
	CHECK(descending && distinct, "terms are distinct, the weightiest first");
	CHECK(!stop, "function words are no terms");
	CHECK(story_terms(read("", 0), terms) == 0, "an empty text has none");
	CHECK(story_terms(read("The of and to.", 14), terms) == 0, "nor has one of function words");
}

static void
test_signature(void)
{
	uint8_t		packed[SIGNATURE_MAX_BYTES];
	signature	s;
	size_t		n_bytes = signature_pack(read(fares, strlen(fares)), packed);
	int			ascending = 1;
	int			top[5];

	CHECK(signature_unpack(packed, n_bytes, &s), "a packed signature is taken apart");
	for (int i = 1; i < s.n_terms; i++)
		ascending &= s.terms[i] > s.terms[i - 1];
	for (int i = 1; i < s.n_shingles; i++)
		ascending &= s.shingles[i] > s.shingles[i - 1];
	CHECK(ascending, "terms and shingles ascend");
	CHECK(signature_top_terms(&s, 5, top) == 5 && s.weights[top[0]] >= s.weights[top[1]] && s.weights[top[3]] >= s.weights[top[4]],
		  "the top terms come by weight");
	CHECK(signature_top_terms(&s, 0, top) == 0, "none of them when none is wanted");
	CHECK(!signature_unpack(packed, n_bytes - 1, &s) && s.n_terms == 0, "cut bytes are no signature");
	CHECK(!signature_unpack(packed, 0, &s), "nor is nothing");
	packed[0] = SIGNATURE_FORMAT + 1;
	CHECK(!signature_unpack(packed, n_bytes, &s), "nor is another format");
	n_bytes = signature_pack(read("", 0), packed);
	CHECK(signature_unpack(packed, n_bytes, &s) && s.n_terms == 0 && s.n_shingles == 0, "an empty text has an empty signature");
}

static void
test_closeness(void)
{
	signature  *a = sign(fares);
	signature  *b = sign(fares_again);
	signature  *c = sign(verdict);

	CHECK(fabs(signature_cosine(a, a) - 1) < 0.01, "a text is like itself");
	CHECK(signature_cosine(a, b) > 0.2 && signature_cosine(a, b) > 4 * signature_cosine(a, c), "one event is more alike than two");
	CHECK(fabs(signature_cosine(a, b) - signature_cosine(b, a)) < 1e-9, "likeness has no direction");
	CHECK(signature_containment(a, sign(fares_cut)) > STORY_COPY, "a shortened copy is contained");
	CHECK(signature_containment(a, b) < 0.2, "another text on the event is not");
	CHECK(signature_containment(a, sign("Ferries.")) == 0, "too short to be a copy");
}

static void
test_choice(void)
{
	arena	   *memory = check_arena();
	story_choice chosen[3];
	story_article near[] = {article(fares_again, 101, 0), article(verdict, 101, 0), article(fares_cut, 102, 0), article(fares, 100, 7)};
	story_article far[] = {article(fares_later, 100 + 5000, 0), article(fares, 100, 7)};
	story_article soon[] = {article(fares_later, 100 + 1, 0), article(fares, 100, 7)};
	story_article undated[] = {article(fares_again, NAN, 0), article(fares, 100, 7)};
	story_article alone[] = {article(fares, 1, 0), article(fares_again, 1, 0)};
	story_pair	pairs[] = {{0, 3}, {1, 0}, {1, 3}, {2, 0}, {2, 1}, {2, 3}};
	story_pair	pair[] = {{0, 1}};
	story_pair	batch[] = {{0, 1}, {1, 0}};

	story_choose(memory, near, 3, 4, pairs, 6, chosen);
	CHECK(chosen[0].story == 7 && chosen[0].nearest == 3 && chosen[0].copy_of == -1, "an article joins the story that it tells");
	CHECK(chosen[1].story == -2 && chosen[1].nearest == -1, "another event begins a story");
	CHECK(chosen[2].story == 7 && chosen[2].copy_of == 3, "a copy joins its original");
	story_choose(memory, far, 1, 2, pair, 1, chosen);
	CHECK(chosen[0].story == -1, "years later it is another story");
	story_choose(memory, soon, 1, 2, pair, 1, chosen);
	CHECK(chosen[0].story == 7, "the next day it would have been the same");
	story_choose(memory, undated, 1, 2, pair, 1, chosen);
	CHECK(chosen[0].story == 7, "without a date the words decide");
	story_choose(memory, alone, 2, 2, batch, 2, chosen);
	CHECK(chosen[0].story == -1 && chosen[1].story == -1, "an article joins the story that one before it began");
	story_choose(memory, alone, 2, 2, NULL, 0, chosen);
	CHECK(chosen[0].story == -1 && chosen[1].story == -2, "without candidates each begins a story");
}

static void
test_stories(void)
{
	arena	   *memory = check_arena();
	story_article all[] = {article(fares, 1, 1), article(verdict, 2, 1), article(fares_again, 2, 1), article(fares_cut, 2, 1)};
	int32_t		pieces[4];

	CHECK(story_pieces(memory, all, 4, pieces) == 2 && pieces[0] == 0 && pieces[1] == 1 && pieces[2] == 0 && pieces[3] == 0,
		  "a story of two events falls into two");
	CHECK(story_pieces(memory, all, 0, pieces) == 0, "one without articles into none");
	CHECK(story_affinity(memory, all, 1, all + 2, 2) > 0.2, "two halves of a story fit together");
	CHECK(story_affinity(memory, all, 1, all + 1, 1) < 0.1 && story_affinity(memory, all, 0, all, 4) == 0, "two stories do not");
	CHECK(story_central(memory, all, 4) == 0 || story_central(memory, all, 4) == 3, "the central article is of the larger event");
	CHECK(story_central(memory, all, 0) == -1, "nothing has no centre");
}

int
main(void)
{
	test_terms();
	test_signature();
	test_closeness();
	test_choice();
	test_stories();
	check_free();
	return check_result();
}
