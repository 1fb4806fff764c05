/*
 * topic_test.c - the topic tree, topics and keyphrases of small texts.
 */
#include "check.h"
#include "stages.h"
#include "topic/choose.h"
#include "topic/tree.h"

static const char match_report[] =
	"Late winner sends City into the final\n\n"
	"A goal in the last minute by substitute Marco Silva took City into the final of the cup on Sunday. "
	"The striker beat two defenders and the goalkeeper after a free kick from the captain.\n\n"
	"\"The players never gave up,\" coach Ana Ruiz said. City had been a goal down at half-time in front of 40,000 fans. "
	"The league leaders meet United in the final in May.\n\n"
	"It rained all day in the city.\n";

static document *
read(const char *text, size_t n_bytes, uint32_t stages)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, stages);
	return doc;
}

/* Code of the subject (level 1) of the first topic, "" when there is none. */
static const char *
first_subject(const document *doc)
{
	return doc->n_topics ? topic_tree_row(topic_tree_at_level(doc->topics[0].concept, 1))->code : "";
}

static void
test_tree(void)
{
	int32_t		soccer = topic_tree_find("medtop:20001065"),
				sport = topic_tree_find("medtop:15000000"),
				path[TOPIC_TREE_DEPTH];
	int			all_found = 1,
				all_nested = 1;

	CHECK(topic_tree_size() == 1100, "the tree has the active concepts");
	CHECK_TEXT(topic_tree_row(soccer)->label, "soccer", "a code finds its label");
	CHECK(topic_tree_find("20001065") == soccer, "a code without its prefix finds the same row");
	CHECK(topic_tree_find("medtop:20001065x") == -1 && topic_tree_find("medtop:99999999") == -1 &&
		  topic_tree_find("") == -1 && topic_tree_find("medtop:2000106") == -1, "other strings find nothing");
	CHECK_TEXT(topic_tree_row(soccer)->wikidata, "Q2736", "a concept carries its Wikidata id");
	CHECK(topic_tree_path(soccer, path) == 3 && path[0] == sport && path[2] == soccer, "the path runs from the root");
	CHECK(topic_tree_at_level(soccer, 1) == sport && topic_tree_at_level(sport, 2) == -1, "ancestor at a level");
	for (int32_t i = 0; i < topic_tree_size(); i++)
	{
		const topic_tree_entry *c = topic_tree_row(i);

		all_found &= topic_tree_find(c->code) == i && c->label[0] != 0;
		all_nested &= c->parent < i && c->end > i && (c->parent < 0 || c->end <= topic_tree_row(c->parent)->end);
	}
	CHECK(all_found, "every row is found by its code and has a label");
	CHECK(all_nested, "subtrees are nested ranges of rows");
}

static void
check_rows(const document *doc, const char *what)
{
	int			good = doc->n_topics <= MAX_TOPICS;

	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		const topic *t = &doc->topics[i];

		good &= t->score > 0 && t->score < 1 && (i == 0 || t->score <= t[-1].score) && t->n_evidence >= 1;
		for (int32_t e = 0; e < t->n_evidence; e++)
			good &= t->evidence[e].start < t->evidence[e].end && t->evidence[e].end <= doc->n_bytes &&
				(e == 0 || t->evidence[e].start >= t->evidence[e - 1].end);
		for (int32_t k = 0; k < i; k++)
			good &= doc->topics[k].concept != t->concept;
	}
	CHECK(good, what);
}

static void
test_topics(void)
{
	static const char headline[] = "Senate passes tax bill after long debate";
	static const char nothing[] = "!!! ... 123 456 ---";
	static const char german[] = "Die Kanzlerin sagte am Montag, dass die Regierung das Gesetz im Herbst vorlegen werde. Die Opposition kritisierte den Entwurf.";
	static const char no_topic[] = "He was there with them before it was so.";
	document   *doc = read(match_report, sizeof(match_report) - 1, STAGE_TOPICS);
	char		shouted[sizeof(match_report)];
	char	   *long_text;
	size_t		n_long = 0;

	CHECK_TEXT(first_subject(doc), "medtop:15000000", "a match report is sport");
	check_rows(doc, "rows are ordered, differ, and have evidence inside the text");
	CHECK(doc->n_topics > 0 && doc->topics[0].evidence[0].start < 250, "the evidence is where the match is told");
	for (size_t i = 0; i < sizeof(match_report); i++)
		shouted[i] = (char) (match_report[i] >= 'a' && match_report[i] <= 'z' ? match_report[i] - 32 : match_report[i]);
	doc = read(shouted, sizeof(shouted) - 1, STAGE_TOPICS);
	CHECK_TEXT(first_subject(doc), "medtop:15000000", "capitals change nothing");
	doc = read(headline, sizeof(headline) - 1, STAGE_TOPICS);
	CHECK_TEXT(first_subject(doc), "medtop:11000000", "a lone headline has a topic");
	CHECK(read("", 0, STAGE_TOPICS)->n_topics == 0, "an empty text has no topic");
	CHECK(read(nothing, sizeof(nothing) - 1, STAGE_TOPICS)->n_topics == 0, "signs and numbers have no topic");
	CHECK(read(german, sizeof(german) - 1, STAGE_TOPICS)->n_topics == 0, "a text in another language has none");
	CHECK(read(no_topic, sizeof(no_topic) - 1, STAGE_TOPICS)->n_topics == 0, "a text without a word of any topic has none");
	long_text = malloc(600 * sizeof(match_report));
	for (int i = 0; i < 600; i++, n_long += sizeof(match_report) - 1)
		memcpy(long_text + n_long, match_report, sizeof(match_report) - 1);
	doc = read(long_text, n_long, STAGE_TOPICS | STAGE_KEYPHRASES);
	CHECK_TEXT(first_subject(doc), "medtop:15000000", "50,000 words of it are sport");
	check_rows(doc, "rows of a long text are in order");
	free(long_text);
}

/* Is the concept among the first `n` rows? */
static bool
has_topic(const document *doc, const char *code, int32_t n)
{
	for (int32_t i = 0; i < doc->n_topics && i < n; i++)
		if (strcmp(topic_tree_row(doc->topics[i].concept)->code, code) == 0)
			return true;
	return false;
}

/* Every word begins with a capital. */
static void
to_title_case(char *s)
{
	for (size_t i = 0; s[i]; i++)
		if (s[i] >= 'a' && s[i] <= 'z' && (i == 0 || s[i - 1] == ' ' || s[i - 1] == '\n'))
			s[i] = (char) (s[i] - 32);
}

/* What a stranger sees first. */
static void
test_sample_article(void)
{
	static char text[16384];
	FILE	   *f = fopen("examples/article.txt", "rb");
	size_t		n = f ? fread(text, 1, sizeof(text) - 1, f) : 0;
	document   *doc = read(text, n, STAGE_TOPICS);

	if (f)
		fclose(f);
	CHECK(n > 1000, "the sample article is there");
	CHECK(has_topic(doc, "medtop:20000529", 2), "the sample article is about a labor dispute");
	check_rows(doc, "its rows are in order");
	to_title_case(text);
	doc = read(text, n, STAGE_TOPICS);
	CHECK(has_topic(doc, "medtop:20000529", 3), "and in Title Case too");
	n = strcspn(text, "\n");
	doc = read(text, n, STAGE_TOPICS);
	CHECK(has_topic(doc, "medtop:20000529", 1), "and so is its headline alone");
}

static void
test_page_lines(void)
{
	static const char story[] =
		"Hospital opens new ward for children\n\nDoctors at the hospital said that patients would be treated sooner. The ward has 40 beds "
		"and its own nurses.\n\n";
	static const char with_lines[] =
		"Hospital opens new ward for children\n\nDoctors at the hospital said that patients would be treated sooner. The ward has 40 beds "
		"and its own nurses.\n\nFollow our page on Facebook, Twitter and Instagram. Send your story ideas to news@example.org. "
		"Watch the video on YouTube.\n";
	document   *plain = read(story, sizeof(story) - 1, STAGE_TOPICS);
	document   *lined = read(with_lines, sizeof(with_lines) - 1, STAGE_TOPICS);
	int			same = plain->n_topics == lined->n_topics;

	for (int32_t i = 0; same && i < plain->n_topics; i++)
		same = plain->topics[i].concept == lined->topics[i].concept && plain->topics[i].score == lined->topics[i].score;
	CHECK(same && !has_topic(lined, "medtop:20001182", 8), "lines that invite the reader change nothing");
}

static void
test_named_concept(void)
{
	static const char text[] =
		"Kabaddi: India beat Iran in the final\n\nIndia won the kabaddi title on Sunday. The kabaddi players scored ten points in the last "
		"minutes, and the coach praised the team.\n";
	document   *doc = read(text, sizeof(text) - 1, STAGE_TOPICS);

	CHECK(has_topic(doc, "medtop:20000978", 1), "a concept without labelled texts is reached by its name");
}

static const keyphrase *
find_phrase(const document *doc, const char *phrase)
{
	for (int32_t i = 0; i < doc->n_keyphrases; i++)
		if (strcmp(doc->keyphrases[i].phrase, phrase) == 0)
			return &doc->keyphrases[i];
	return NULL;
}

static void
test_keyphrases(void)
{
	static const char text[] =
		"The Harbour Bridge will close for repairs in March. Engineers found cracks in the bridge deck last year.\n\n"
		"Steel cables of the Harbour Bridge are 90 years old. Repairs of the steel cables may take two years, "
		"and other repairs will follow.\n";
	document   *doc = read(text, sizeof(text) - 1, STAGE_KEYPHRASES);
	const keyphrase *bridge = find_phrase(doc, "Harbour Bridge"),
			   *cables = find_phrase(doc, "steel cables");
	int			good = doc->n_keyphrases <= MAX_KEYPHRASES;

	CHECK(bridge && bridge->n_spans == 2, "a name is a phrase, with its two places");
	CHECK(cables && cables->n_spans == 2, "a sentence's capital does not make another phrase");
	CHECK(!find_phrase(doc, "other repairs") && !find_phrase(doc, "March") && !find_phrase(doc, "cables"),
		  "vague adjectives, months and parts of better phrases are left out");
	CHECK(bridge && bridge <= doc->keyphrases + 2, "what the text is about comes first");
	for (int32_t i = 0; i < doc->n_keyphrases; i++)
	{
		const keyphrase *k = &doc->keyphrases[i];

		good &= k->n_spans > 0 && k->score > 0 && k->score <= 1 && (i == 0 || k->score <= k[-1].score);
		for (int32_t s = 0; s < k->n_spans; s++)
			good &= k->spans[s].start < k->spans[s].end && k->spans[s].end <= doc->n_bytes &&
				(s == 0 || k->spans[s].start > k->spans[s - 1].start);
	}
	CHECK(good, "scores fall from 1, spans are ordered");
	CHECK(read("", 0, STAGE_KEYPHRASES)->n_keyphrases == 0, "an empty text has no keyphrase");
	CHECK(read("of", 2, STAGE_KEYPHRASES)->n_keyphrases == 0, "a function word is no keyphrase");
}

int
main(void)
{
	test_tree();
	test_topics();
	test_sample_article();
	test_page_lines();
	test_named_concept();
	test_keyphrases();
	check_free();
	return check_result();
}
