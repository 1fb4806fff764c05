/*
 * reuse_test.c - quotations in their variants, and connected components.
 */
#include "check.h"
#include "reuse/components.h"
#include "reuse/reuse.h"
#include "stages.h"

typedef struct quotation
{
	uint32_t	words[REUSE_MAX_WORDS];
	int32_t		n_words;
	uint32_t	keys[REUSE_MAX_KEYS];
	int32_t		n_keys;
} quotation;

static const quotation *
quotation_of(const char *text, reuse_kind kind)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) strlen(text));
	quotation  *q = check_take(NULL, sizeof(*q));

	document_need(doc, STAGE_TEXT);
	q->n_words = reuse_words(doc, q->words);
	q->n_keys = reuse_keys(q->words, q->n_words, kind, q->keys);
	return q;
}

static bool
common_key(const quotation *a, const quotation *b)
{
	for (int32_t i = 0; i < a->n_keys; i++)
		for (int32_t j = 0; j < b->n_keys; j++)
			if (a->keys[i] == b->keys[j])
				return true;
	return false;
}

static reuse_overlap
overlap_of(const char *a, const char *b)
{
	const quotation *x = quotation_of(a, REUSE_VERBATIM);
	const quotation *y = quotation_of(b, REUSE_VERBATIM);

	return reuse_compare(x->words, x->n_words, y->words, y->n_words);
}

/* As the store joins: a common key, and the comparison. */
static bool
joined(const char *a, const char *b, reuse_kind kind, reuse_speakers speakers)
{
	const quotation *x = quotation_of(a, kind);
	const quotation *y = quotation_of(b, kind);
	reuse_overlap o = reuse_compare(x->words, x->n_words, y->words, y->n_words);

	return common_key(x, y) && reuse_same(&o, kind, speakers);
}

#define ONE(a, b, speakers, what) CHECK(joined(a, b, REUSE_VERBATIM, speakers), what)
#define TWO(a, b, speakers, what) CHECK(!joined(a, b, REUSE_VERBATIM, speakers), what)

static const char long_one[] = "The harbour pilots refused the dredging contract in March, and nobody asked the fishermen "
"whether the breakwater should be rebuilt before winter";

static void
test_variants(void)
{
	ONE(long_one, "nobody asked the fishermen whether the breakwater should be rebuilt", SPEAKERS_UNKNOWN, "a part is the whole quotation");
	ONE(long_one, "The harbour pilots … refused the dredging contract", SPEAKERS_AGREE, "split with dots");
	ONE("The harbour-pilots refused the dredging contract", "the harbour pilots refused the “dredging” contract!", SPEAKERS_UNKNOWN, "hyphens and marks");
	ONE("He can’t be trusted with the lighthouse archives", "He can't be trusted with the lighthouse archives", SPEAKERS_UNKNOWN, "typographic apostrophe");
	ONE("The U.S. embargo on granite cost 1,000 jobs", "the US embargo on granite cost 1000 jobs", SPEAKERS_AGREE, "full stops and commas inside words");
	ONE("Dredging costs rose by 40% along the northern estuary", "Dredging costs rose by 40 percent along the northern estuary", SPEAKERS_AGREE, "% is percent");
	ONE("Our orchestra rehearses beneath the aqueduct. The tenor lost his manuscript inside the observatory",
		"The tenor lost his manuscript inside the observatory. Afterwards the choir went home by tram", SPEAKERS_AGREE, "overlapping excerpts of one speaker");
	ONE(long_one, long_one, SPEAKERS_DIFFER, "the same words of two speakers");
	ONE("The seamstress buried her lantern beneath the viaduct. Nobody asked the fishermen whether the granite breakwater should be rebuilt before winter",
		"Nobody asked the fishermen whether the granite breakwater should be rebuilt before winter. The cannery burned, and seventeen penguins escaped",
		SPEAKERS_UNKNOWN, "overlapping excerpts whose speaker is unknown share a long stretch");
	CHECK(quotation_of("decision-making", REUSE_VERBATIM)->n_words == 2, "a hyphen parts words");
}

static void
test_different(void)
{
	const char *terms[] = {"gun control laws", "health care reform", "public health emergency", "the prime minister"};
	reuse_overlap o = overlap_of(terms[0], terms[0]);

	for (int i = 0; i < 4; i++)
		CHECK(quotation_of(terms[i], REUSE_VERBATIM)->n_keys == 0, "a term that everybody uses makes no key");
	CHECK(!common_key(quotation_of("health care reform will bankrupt the orchestra", REUSE_VERBATIM),
					  quotation_of("health care reform saved the fishermen of the estuary", REUSE_VERBATIM)), "nor do two quotations that share such a term have one in common");
	CHECK(o.shared[0] == o.total[0] && !reuse_same(&o, REUSE_VERBATIM, SPEAKERS_AGREE), "nor is the term alone one quotation, even of one speaker");
	CHECK(quotation_of("This is the right thing to do for our country", REUSE_VERBATIM)->n_keys == 0, "common words make no key");
	TWO("I don't know", "I don't know", SPEAKERS_AGREE, "a common phrase has no key");
	TWO("No comment", "No comment", SPEAKERS_AGREE, "no comment");
	TWO("It is what it is", "It is what it is", SPEAKERS_AGREE, "a saying of common words");
	TWO("The harbour pilots refused the dredging contract in March", "The harbour pilots welcomed the new tugboat in March", SPEAKERS_AGREE,
		"one subject, two quotations");
	TWO("We are monitoring the situation closely", "We are monitoring the situation closely and preparing evacuation by helicopter", SPEAKERS_DIFFER,
		"a formula of two speakers");
	TWO("House of Representatives", "the House of Representatives will debate the granite subsidy tomorrow", SPEAKERS_UNKNOWN, "a name is no quotation");
	TWO("", "", SPEAKERS_AGREE, "nothing");
	TWO("… — “”", "… — “”", SPEAKERS_AGREE, "marks only");
}

static void
test_reported(void)
{
	const char *copy = "the granite breakwater would be dismantled next spring and the lighthouse keeper would receive a cottage beside the cannery";
	const char *longer = "the granite breakwater would be dismantled next spring and the lighthouse keeper would receive a cottage beside the cannery "
	"while seventeen penguins escaped from the observatory and the orchestra rehearsed beneath the viaduct";
	reuse_overlap o;

	CHECK(joined(copy, "the granite breakwater would be dismantled next spring, and the lighthouse keeper would receive a cottage beside a cannery",
				 REUSE_REPORTED, SPEAKERS_UNKNOWN), "reported speech, nearly the same");
	CHECK(!joined(copy, "the granite breakwater would be dismantled next spring", REUSE_REPORTED, SPEAKERS_AGREE), "a part of reported speech stays apart");
	o = overlap_of(longer, copy);
	CHECK(o.shared[1] == o.total[1] && o.shared[1] >= 64 && !reuse_same(&o, REUSE_REPORTED, SPEAKERS_AGREE), "nor is a report inside a longer one its copy");
	CHECK(!common_key(quotation_of(copy, REUSE_REPORTED), quotation_of(copy, REUSE_VERBATIM)), "reported speech never meets a verbatim quotation");
}

static void
test_limits(void)
{
	static char many[100000];
	const quotation *q;
	const quotation *part;
	reuse_overlap o;
	bool		ordered = true;

	for (size_t i = 0; i + 10 < sizeof(many); i += 9)
		snprintf(many + i, sizeof(many) - i, "w%07u ", (unsigned) (i * 2654435761u % 9999999u));
	q = quotation_of(many, REUSE_VERBATIM);
	CHECK(q->n_words == REUSE_MAX_WORDS, "words at most");
	CHECK(q->n_keys == REUSE_MAX_KEYS, "keys at most");
	for (int32_t i = 1; i < q->n_keys; i++)
		ordered &= q->keys[i - 1] < q->keys[i];
	CHECK(ordered, "keys are ordered, each once");
	q = quotation_of(long_one, REUSE_VERBATIM);
	part = quotation_of("nobody asked the fishermen whether the breakwater", REUSE_VERBATIM);
	o = reuse_compare(q->words, q->n_words, part->words, part->n_words);
	CHECK(reuse_containment(&o) == 1.0f, "a part is contained wholly");
	CHECK(o.shared[0] < o.total[0], "the whole is not");
	o = reuse_compare(q->words, q->n_words, q->words, q->n_words);
	CHECK(o.shared[0] == o.total[0] && o.longest_words == q->n_words, "a quotation shares all with itself in one stretch");
	o = reuse_compare(q->words, q->n_words, q->words, 0);
	CHECK(o.shared[0] == 0 && o.total[1] == 0 && reuse_containment(&o) == 0, "an empty one shares nothing");
}

static void
test_components(void)
{
	const int64_t a[] = {5, 3, 9, 7, -2, 20},
				b[] = {3, 1, 9, -2, 8, 5};
	int32_t		n;
	const graph_node *nodes = find_components(check_arena(), a, b, 6, &n);
	const graph_node expected[] = {{-2, -2}, {1, 1}, {3, 1}, {5, 1}, {7, -2}, {8, -2}, {9, 9}, {20, 1}};

	CHECK(n == 8 && memcmp(nodes, expected, sizeof(expected)) == 0, "components by their smallest node");
	find_components(check_arena(), a, b, 0, &n);
	CHECK(n == 0, "no edges, no nodes");
}

int
main(void)
{
	test_variants();
	test_different();
	test_reported();
	test_limits();
	test_components();
	check_free();
	return check_result();
}
