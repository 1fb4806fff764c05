/*
 * quote_test.c - hard cases of who said what, in texts of the project's own; and hostile texts.
 *
 * A case is a text and what must come out: a row whose content holds a phrase and whose speaker has a name ("" = nobody,
 * "!Name" = anybody else or nobody, NULL = not asked), or, with `absent`, no row that holds the phrase.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "blocks.h"
#include "stages.h"

static int	n_checks,
			n_failed;

static void
report(bool ok, const char *name, const char *detail)
{
	n_checks++;
	n_failed += !ok;
	printf("%s %d - %s%s%s\n", ok ? "ok" : "not ok", n_checks, name, detail[0] ? ": " : "", detail);
}

typedef struct wanted
{
	const char *content;		/* a phrase that the row's content holds */
	const char *speaker;
	const char *addressee;
	const char *via;
	bool		absent;
} wanted;

typedef struct test_case
{
	const char *name;
	const char *text;
	wanted		rows[4];
} test_case;

static const test_case cases[] = {
	{"opener repeated over paragraphs",
		"Mayor Anna Delgado defended the plan on Monday.\n\n"
		"“We looked at every street in the city and asked where children cross,” Delgado said. “Some of the answers were hard to hear.\n\n"
		"“But nobody who saw the numbers would want to leave things as they are.”\n\n"
		"Her opponent, Peter Novak, disagreed. “This is an attack on drivers,” he said.",
		{{"every street in the city", "Anna Delgado"}, {"nobody who saw the numbers", "Anna Delgado"}, {"attack on drivers", "Peter Novak"}}},
	{"a missing closer does not swallow the next speaker",
		"“The harvest is lost,” farmer Tom Ashby said. “We have never seen water this high.\n\n"
		"“We will send help within a week,” said Governor Lucia Marin.",
		{{"harvest is lost", "Tom Ashby"}, {"send help within a week", "Lucia Marin"}}},
	{"low and high marks",
		"„We have no reserves left“, said hospital director Jonas Weber on Friday.",
		{{"no reserves left", "Jonas Weber"}}},
	{"guillemets",
		"«The talks will go on», said Foreign Minister Claire Dubois.",
		{{"talks will go on", "Claire Dubois"}}},
	{"nested marks",
		"“She told me, ‘Never open that door,’ and I never did,” said Marcus Bell, a retired guard.",
		{{"Never open that door", "Marcus Bell"}, {"I never did", "Marcus Bell"}}},
	{"single quotes as the main mark, with apostrophes",
		"'It's the players' money and they can't touch it,' said union leader Carol Finch. 'That isn't fair.'",
		{{"players' money", "Carol Finch"}, {"isn't fair", "Carol Finch"}}},
	{"nickname in the speaker's name",
		"“We played with heart,” said Robert “Bobby” Hanlon after the match.",
		{{"played with heart", "Hanlon"}, {"Bobby", NULL, NULL, NULL, true}}},
	{"nominal speaker",
		"“I have slept here since March,” said a homeless man who would not give his name.",
		{{"slept here since March", "a homeless man"}}},
	{"apposition, then a pronoun in the next paragraph",
		"Grace Okafor, the head of the port authority, said the cranes would arrive in May.\n\n"
		"“We paid for them two years ago,” she added.",
		{{"cranes would arrive in May", "Grace Okafor"}, {"paid for them", "Grace Okafor"}}},
	{"the nearest name is the object of the cue",
		"“You have failed this town,” Helen Price told Mayor David Stone at the meeting.",
		{{"failed this town", "Helen Price"}}},
	{"a name inside the quote",
		"“Maria Lopez was the bravest of us,” said Captain Henry Walsh.",
		{{"bravest of us", "Henry Walsh"}}},
	{"a name in the next sentence",
		"“I never signed anything,” she said. Mark Turner, her lawyer, sat beside Linda Brooks.",
		{{"never signed anything", "!Mark Turner"}}},
	{"unusual cue",
		"“Look at the size of it!” chuckled gardener Alfred Moss.",
		{{"size of it", "Alfred Moss"}}},
	{"dash and name",
		"“A quiet triumph of a film.” — Susan Hale, The Daily Courier",
		{{"quiet triumph", "Susan Hale"}}},
	{"parenthesis without marks",
		"The bridge, engineer Omar Haddad said, will stay closed until spring.",
		{{"will stay closed until spring", "Omar Haddad"}}},
	{"two adjacent speakers",
		"“It was a clean win,” said coach Dana Fox. “It was robbery,” said rival coach Ivan Petrov.",
		{{"clean win", "Dana Fox"}, {"robbery", "Ivan Petrov"}}},
	{"passive",
		"The decision was described as “a disgrace” by opposition leader Nora Lind.",
		{{"a disgrace", "Nora Lind"}}},
	{"told a broadcaster",
		"“The bill is dead,” Senator Paul Reyes told CNN on Sunday.",
		{{"bill is dead", "Paul Reyes", "CNN"}}},
	{"speaker before a colon",
		"Chief executive Mary Chen was blunt: “We missed our targets.”",
		{{"missed our targets", "Mary Chen"}}},
	{"speaker introduced after the quote",
		"“Nobody warned us that the river would rise so fast. We lost everything.”\n\nElena Rossi stands where her kitchen was.",
		{{"Nobody warned us", "Elena Rossi"}}},
	{"a question whether something was said",
		"Did the minister really say that taxes will rise?",
		{{"taxes will rise", NULL, NULL, NULL, true}}},
	{"lead-in line",
		"From the desk of Mary Stone\n\n“Dear friends, the year was hard and we are still here.”",
		{{"the year was hard", "Mary Stone"}}},
	{"abstract subject",
		"Experience shows that such deals fail within a year.",
		{{"such deals fail", NULL, NULL, NULL, true}}},
	{"headline with a colon",
		"Poll: Most voters want change\n\nThe survey was taken in May.",
		{{"Most voters want change", NULL, NULL, NULL, true}}},
	{"described before the name",
		"Talks went well, Washington’s trade envoy said on Sunday.\n\nTrade Representative Laura Finch spoke after two days of meetings.",
		{{"Talks went well", "Laura Finch"}}},
	{"of joint speakers the first",
		"Smith and Jones said the deal was dead.",
		{{"the deal was dead", "Smith"}}},
	{"according to",
		"Sales fell by a third last year, according to a report by the ministry.",
		{{"Sales fell by a third", "a report"}}},
	{"through an agency",
		"Finance Minister Karl Brandt said the budget was sound, Reuters reported.",
		{{"budget was sound", "Karl Brandt", NULL, "Reuters"}}},
	{"titles, terms and scare quotes are nobody's words",
		"The film “Silent Harbour” opens on Friday. Its “test screenings” drew large crowds.",
		{{"Silent Harbour", NULL, NULL, NULL, true}, {"test screenings", NULL, NULL, NULL, true}}},
	{"not said",
		"The spokesman did not say whether the plant would close.",
		{{"the plant would close", NULL, NULL, NULL, true}}},
	{"interview turns without marks",
		"Q: When did the work begin?\n\nA: We started in early spring, when the ground was dry.\n\n"
		"Q: Who paid for it?\n\nA: The villagers collected the money themselves.",
		{{"started in early spring", ""}, {"collected the money", ""}}},
	{"a sentence goes on in small letters behind the cue",
		"“We trained for a year,” team member Rosa Adams told the press, “to show that girls can build robots too.”",
		{{"trained for a year", "Rosa Adams", "the press"}, {"girls can build robots", "Rosa Adams"}}},
	{"a very short opening quote",
		"“Nobody warned us.” Elena Rossi stands where her kitchen was.",
		{{"Nobody warned us", "Elena Rossi"}}},
	{"a verb of speech that looks like a noun",
		"“The roof leaks,” the report says. “I will not pay,” Karl claims.",
		{{"I will not pay", "Karl"}}},
	{"in the words of",
		"In the words of prosecutor Mark Hale, “the fire was no accident.”",
		{{"the fire was no accident", "Mark Hale"}}},
	{"never said",
		"The mayor never said that the bridge was safe.",
		{{"the bridge was safe", NULL, NULL, NULL, true}}},
	{"nobody said",
		"Nobody claimed that the plan was perfect.",
		{{"the plan was perfect", NULL, NULL, NULL, true}}},
	{"if somebody said",
		"If the minister said that taxes will rise, the party would split.",
		{{"taxes will rise", NULL, NULL, NULL, true}}},
	{"would say if",
		"He would say that the law is fine if anyone asked him.",
		{{"the law is fine", NULL, NULL, NULL, true}}},
	{"reported speech in a question that is real",
		"Why did voters turn away? Analyst Rita Moss said that prices decided it.",
		{{"prices decided it", "Rita Moss"}}},
	{"a name in the middle, quoted by a newspaper",
		"The carmaker will cut 5,000 jobs next year, Finance Minister Karl Brandt said, as quoted by the Daily Herald.",
		{{"cut 5,000 jobs", "Karl Brandt", NULL, "Daily Herald"}, {"as quoted by", NULL, NULL, NULL, true}}},
	{"via an agency",
		"The factory will close in June, according to the mayor of Halden via news agency NTB.",
		{{"factory will close", "the mayor of Halden", NULL, "NTB"}}},
	{"an agency reports what somebody said",
		"Bloomberg reported that Chief Executive Ana Torres said the merger was off.",
		{{"the merger was off", "Ana Torres", NULL, "Bloomberg"}}},
	{"a medium that cites others says it",
		"German carmakers will cut 5,000 jobs next year, Reuters reported on Monday, citing two people familiar with the matter.",
		{{"cut 5,000 jobs", "Reuters"}, {"citing", NULL, NULL, NULL, true}}},
	{"a medium that cites others right behind the cue",
		"German carmakers expect the first delayed parts next week, Reuters reported, citing a person familiar with the matter.",
		{{"first delayed parts next week", "Reuters"}, {"citing", NULL, NULL, NULL, true}}},
	{"who is told is not what is told",
		"Police told local media Adam Novak’s car was found on Monday.",
		{{"car was found on Monday", NULL, "local media"}, {"media", NULL, NULL, NULL, true}}},
	{"an interview with a newspaper",
		"In an interview with the Daily Herald, coach Dana Fox said the team was tired.",
		{{"the team was tired", "Dana Fox", "Daily Herald"}}},
	{"of joint speakers behind marks the first",
		"“The merger is off,” Ana Torres and Ben Holt said in a joint statement.",
		{{"The merger is off", "Ana Torres"}}},
	{"a second verb of the same subject",
		"Rosa Adams urged her husband to leave the house and said that the river would rise.",
		{{"the river would rise", "Rosa Adams"}}},
	{"a deed is no speech",
		"Police announced the arrest of two men. The government declared a state of emergency.",
		{{"arrest of two men", NULL, NULL, NULL, true}, {"state of emergency", NULL, NULL, NULL, true}}},
	{"hailed with a mere object, beside a clause that is reported",
		"Trade envoy Wei Long described the talks as intense and hailed progress on tariffs, according to the Daily Herald.",
		{{"the talks as intense", "Wei Long", NULL, "Daily Herald"}, {"progress on tariffs", NULL, NULL, NULL, true}}},
	{"speaker named only paragraphs later",
		"“I was asleep when the water came.”\n\nThe street was silent on Monday. Cars lay on their roofs.\n\n"
		"Elena Rossi, 62, said she had lost her shop.",
		{{"asleep when the water came", "Elena Rossi"}, {"she had lost her shop", "Elena Rossi"}}},
	{"two candidates for he and they",
		"Prime Minister Ingrid Solberg met President Michael Hart on Tuesday. “We will pay our share,” he said.\n\n"
		"Union leaders were angry. They said the talks had failed.",
		{{"pay our share", "Michael Hart"}, {"the talks had failed", "union leaders"}}},
	{"a pronoun whose name stands paragraphs later",
		"“I was asleep when the water came,” she said.\n\nThe street was silent on Monday. Cars lay on their roofs.\n\n"
		"Elena Rossi, 62, has run the bakery on the corner since 1994.",
		{{"asleep when the water came", "Elena Rossi"}}},
	{"a description whose name stands paragraphs later",
		"“I was asleep when the water came,” said the baker.\n\nThe street was silent on Monday. Cars lay on their roofs.\n\n"
		"The baker, Elena Rossi, lost her shop.",
		{{"asleep when the water came", "Elena Rossi"}}},
	{"criticised by somebody, who is not the next speaker",
		"Nora Lind was criticised by Peter Novak for her speech. “I stand by every word,” she said.",
		{{"I stand by every word", "Nora Lind"}}},
	{"criticised by people, who say nothing",
		"The plan was sharply criticised by residents. “Nobody asked us,” said Tom Ashby.",
		{{"Nobody asked us", "Tom Ashby"}, {"by residents", NULL, NULL, NULL, true}}},
	{"an orphan",
		"“There is nobody left here.”",
		{{"nobody left here", ""}}},
	{"a tweet",
		"“We will rebuild,” Mayor Lucia Marin tweeted on Sunday. Later she wrote on Twitter: “It will take years.”",
		{{"We will rebuild", "Lucia Marin"}, {"It will take years", "Lucia Marin"}}},
	{"reported as saying",
		"Bloomberg reported Li Wen as saying the talks would resume in May.",
		{{"the talks would resume", "Li Wen", NULL, "Bloomberg"}}},
	{"a court and a survey",
		"The Supreme Court ruled that the law was void. A survey by the Halden Institute says most voters want change.",
		{{"the law was void", "Supreme Court"}, {"most voters want change", "survey"}}},
	{"a nickname is nobody's words",
		"The so-called “bridge to nowhere” will be pulled down.",
		{{"bridge to nowhere", NULL, NULL, NULL, true}}},
	{"the first of two women",
		"“Come in,” she said. Ingrid Solberg had met Prime Minister Clara Haas at the gate.",
		{{"Come in", "Ingrid Solberg"}}},
	{"a letter to members",
		"“The year was hard,” chairwoman Olga Brandt wrote in a letter to members.",
		{{"The year was hard", "Olga Brandt", "members"}}},
	{"two candidates for she",
		"Prime Minister Ingrid Solberg met President Michael Hart on Tuesday. “We agreed on almost everything,” she said.",
		{{"agreed on almost everything", "Ingrid Solberg"}}},
};

static bool
row_holds(const document *doc, const quote *q, const char *phrase)
{
	for (int32_t p = 0; p < q->n_content; p++)
	{
		uint32_t	n = (uint32_t) strlen(phrase);

		for (uint32_t at = q->content[p].start; at + n <= q->content[p].end; at++)
			if (memcmp(doc->text + at, phrase, n) == 0)
				return true;
	}
	return false;
}

static bool
same(const char *is, const char *want)
{
	if (!want)
		return true;
	if (want[0] == '!')
		return !is || !strstr(is, want + 1);
	return is ? strstr(is, want) != NULL : want[0] == '\0';
}

static void
run_case(const test_case *c)
{
	void	   *blocks = NULL;
	document   *doc = document_create(arena_create((block_source) {blocks_take, &blocks}), c->text, (uint32_t) strlen(c->text));

	document_need(doc, STAGE_QUOTES);
	for (int w = 0; w < 4 && c->rows[w].content; w++)
	{
		const wanted *x = &c->rows[w];
		const quote *found = NULL;
		char		detail[512] = "";

		for (int32_t i = 0; i < doc->n_quotes && !found; i++)
			if (row_holds(doc, &doc->quotes[i], x->content))
				found = &doc->quotes[i];
		if (x->absent)
		{
			if (found)
				snprintf(detail, sizeof(detail), "“%s” is no quote", x->content);
		}
		else if (!found)
			snprintf(detail, sizeof(detail), "no row with “%s”", x->content);
		else if (!same(found->speaker, x->speaker) || !same(found->addressee, x->addressee) || !same(found->via, x->via))
			snprintf(detail, sizeof(detail), "“%s” by %s to %s via %s", x->content, found->speaker ? found->speaker : "nobody",
					 found->addressee ? found->addressee : "nobody", found->via ? found->via : "nobody");
		report(!detail[0], c->name, detail);
	}
	blocks_give_back(&blocks);
}

/* --- hostile texts ------------------------------------------------------------------ */

static double
seconds_for(const char *unit, size_t n_bytes, bool *sane)
{
	size_t		n = strlen(unit);
	char	   *text = malloc(n_bytes + n);
	void	   *blocks = NULL;
	document   *doc;
	clock_t		from = clock();

	for (size_t i = 0; i < n_bytes; i += n)
		memcpy(text + i, unit, n);
	doc = document_create(arena_create((block_source) {blocks_take, &blocks}), text, (uint32_t) n_bytes);
	document_need(doc, STAGE_QUOTES);
	*sane = true;
	for (int32_t i = 0; i < doc->n_quotes; i++)
		for (int32_t p = 0; p < doc->quotes[i].n_content; p++)
			*sane &= doc->quotes[i].content[p].start < doc->quotes[i].content[p].end && doc->quotes[i].content[p].end <= n_bytes;
	blocks_give_back(&blocks);
	free(text);
	return (double) (clock() - from) / CLOCKS_PER_SEC;
}

static void
run_hostile(void)
{
	static const char *const units[] = {
		"\"", "“", "'", "''", "\"a\" ", "said ", "he said, \"yes\", ", "\"yes,\" he said. ", ": \"", "(", "a", "\n", "— ", "said Smith said Smith ",
		"\"\n\n", "Q: a\n\nA: b\n\n", "according to ", "\xff\xfe", "“‘", "X, he said, Y; "
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
	{
		bool		sane,
					sane2;
		double		small = seconds_for(units[i], 100000, &sane),
					large = seconds_for(units[i], 400000, &sane2);
		char		detail[128] = "";

		if (!sane || !sane2)
			snprintf(detail, sizeof(detail), "a span outside the text");
		else if (large > 8 * small + 0.3)
			snprintf(detail, sizeof(detail), "%.2f s for 100 kB, %.2f s for 400 kB", small, large);
		report(!detail[0], "linear time", detail);
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		run_case(&cases[i]);
	run_hostile();
	printf("1..%d\n", n_checks);
	return n_failed > 0;
}
