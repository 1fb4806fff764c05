/*
 * watch_test.c - watch queries: what they parse to, what is wrong with them, and words in texts.
 */
#include "check.h"
#include "stages.h"
#include "watch/watch.h"

static const watch_query *
parse(const char *query)
{
	return parse_watch_query(check_arena(), query, strlen(query));
}

/* The query in postfix order: values, and & | ! */
static const char *
postfix(const char *query)
{
	static char out[1000];
	const watch_query *q = parse(query);

	out[0] = '\0';
	if (q->problem)
		return q->problem;
	for (int32_t i = 0; i < q->n_steps; i++)
	{
		const watch_step *s = &q->steps[i];

		snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%s%s", i ? " " : "",
				 s->operator == WATCH_TERM && q->terms[s->term].field ? watch_field_names[q->terms[s->term].field] : "",
				 s->operator == WATCH_TERM && q->terms[s->term].field ? ":" : "");
		snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s", s->operator == WATCH_AND ? "&" : s->operator == WATCH_OR ? "|"
				 : s->operator == WATCH_NOT ? "!" : q->terms[s->term].value);
	}
	return out;
}

static void
test_parse(void)
{
	CHECK_TEXT(postfix("a"), "a", "one word");
	CHECK_TEXT(postfix("a & b | c"), "a b & c |", "& binds more than |");
	CHECK_TEXT(postfix("a | b & c"), "a b c & |", "on either side");
	CHECK_TEXT(postfix("(a | b) & c"), "a b | c &", "parentheses");
	CHECK_TEXT(postfix("!a & b"), "a ! b &", "! binds most");
	CHECK_TEXT(postfix("a & !(b | !c)"), "a b c ! | ! &", "! before a parenthesis");
	CHECK_TEXT(postfix("!!a"), "a ! !", "! twice");
	CHECK_TEXT(postfix("a|b|c"), "a b | c |", "from left to right, without blanks");
	CHECK_TEXT(postfix("\"new  york\" & 'x y'"), "new york x y &", "both quotation marks, blanks made one");
	CHECK_TEXT(postfix("speaker:\"Helen \"\"H\"\" Archer\" | topic:medtop:01000000"), "speaker:Helen \"H\" Archer topic:medtop:01000000 |", "fields, doubled marks, a code");
	CHECK_TEXT(postfix("a <-> b <3> c & d"), "a b c d &", "a phrase of words apart");
	CHECK_TEXT(postfix("O'Neil & x"), "O'Neil x &", "an apostrophe inside a word");
}

static void
test_problems(void)
{
	static const char *const wrong[] = {
		"", "   ", "a b", "a &", "& a", "a & | b", "(a", "a)", "()", "!", "\"a", "\"\"", "...", "foo:bar", "speaker:", "speaker: x", "a <0> b",
		"a <-> (b)", "a <-> speaker:b", "a <- b", "<-> a", "a !b", "\xff", "(((((a", "exact:..."
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
	{
		const watch_query *q = parse(wrong[i]);

		check_(q->problem && q->remedy && q->problem_byte <= strlen(wrong[i]), "is wrong, with a remedy and a place:", wrong[i]);
	}
	CHECK(parse("abc def")->problem_byte == 4, "the place is that of the mistake");
}

static void
test_sides(void)
{
	const watch_query *q = parse("a & !(b | !c) & !!d");

	CHECK(q->n_terms == 4 && q->terms[0].positive && !q->terms[1].positive && q->terms[2].positive && q->terms[3].positive,
		  "a term under an even number of ! is positive");
	CHECK(watch_holds(q, (bool[]) {true, false, true, true}), "holds");
	CHECK(!watch_holds(q, (bool[]) {true, true, true, true}), "does not, by b");
	CHECK(!watch_holds(q, (bool[]) {true, false, false, true}), "does not, without c");
}

/* Places of the queries' terms in the text: "query.term:start-end ...". */
static const char *
found(const char *text, const char *const *queries, int n)
{
	static char out[2000];
	arena	   *memory = check_arena();
	document   *doc = document_create(memory, text, (uint32_t) strlen(text));
	const watch_query *parsed[8];
	watch_match *matches;
	int32_t		n_matches;

	for (int i = 0; i < n; i++)
		parsed[i] = parse(queries[i]);
	document_need(doc, STAGE_TEXT);
	matches = watch_words(memory, watch_index_create(memory, parsed, n), doc, &n_matches);
	out[0] = '\0';
	for (int32_t i = 0; i < n_matches; i++)
		for (int32_t p = 0; p < matches[i].n_places; p++)
			snprintf(out + strlen(out), sizeof(out) - strlen(out), "%s%d.%d:%u-%u", *out ? " " : "", matches[i].query, matches[i].term,
					 matches[i].places[p].start, matches[i].places[p].end);
	return out;
}

#define FOUND(text, query) found(text, (const char *const[]) {query}, 1)

static void
test_words(void)
{
	CHECK_TEXT(FOUND("Taxes rise.", "tax"), "0.0:0-5", "by stem");
	CHECK_TEXT(FOUND("New York, new york", "\"New York\""), "0.0:0-8 0.0:10-18", "a phrase, in any case");
	CHECK_TEXT(FOUND("New, old York", "\"New York\""), "", "not when something stands between");
	CHECK_TEXT(FOUND("New, old York", "new <2> york"), "0.0:0-13", "but with a distance");
	CHECK_TEXT(FOUND("US and us", "exact:US"), "0.0:0-2", "as written");
	CHECK_TEXT(FOUND("decision-making", "making | \"decision making\" | decision-making"), "0.2:0-15 0.1:0-15 0.0:9-15", "parts of hyphened words");
	CHECK_TEXT(FOUND("Archer's plan", "\"archer plan\""), "0.0:0-13", "'s is no word");
	CHECK_TEXT(FOUND("taxation taxi", "taxa:*"), "0.0:0-8", "a prefix");
	CHECK_TEXT(FOUND("a a a", "\"a a\""), "0.0:0-5", "places that overlap are one");
	CHECK_TEXT(found("ferry strike", (const char *const[]) {"strike & missing", "ferry", "speaker:ferry"}, 3), "1.0:0-5 0.0:6-12", "several queries; fields are not words");
	CHECK_TEXT(FOUND("", "a"), "", "an empty text");
}

int
main(void)
{
	test_parse();
	test_problems();
	test_sides();
	test_words();
	check_free();
	return check_result();
}
