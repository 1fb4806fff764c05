/*
 * entity_test.c - entities and coreference on texts of the project's own.
 *
 * Mentions are put by hand ("[p:Jamieson Greer]" in the text), so that the test
 * asks this room and no other.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "entity/coreference.h"
#include "stages.h"

static int	n_tests,
			n_failed;

static void
ok(bool right, const char *what, const char *got)
{
	n_tests++;
	n_failed += !right;
	printf("%sok - %s%s%s\n", right ? "" : "not ", what, right ? "" : ": got ", right ? "" : got ? got : "(null)");
}

static void *blocks;

static void *
take(void *context, size_t n_bytes)
{
	void	  **block = malloc(n_bytes + 16);

	(void) context;
	if (!block)
		exit(1);
	*block = blocks;
	blocks = block;
	return (char *) block + 16;
}

static void
give_back(void)
{
	while (blocks)
	{
		void	   *next = *(void **) blocks;

		free(blocks);
		blocks = next;
	}
}

static uint8_t
kind_of_letter(char c)
{
	switch (c)
	{
		case 'p':
			return KIND_PERSON;
		case 'o':
			return KIND_ORGANIZATION;
		case 'l':
			return KIND_PLACE;
		case 'n':
			return KIND_NATIONALITY;
		case 'e':
			return KIND_EVENT;
		default:
			return KIND_PRODUCT;
	}
}

#define MAX_MARKED 256

/* A document whose mentions are the marked stretches: [p:Name] a person, o organisation, l place, n nationality, e event. */
static document *
read_marked(const char *marked)
{
	static uint32_t from[MAX_MARKED],
				to[MAX_MARKED];
	static uint8_t kind[MAX_MARKED];
	arena	   *memory = arena_create((block_source) {take, NULL});
	char	   *text = arena_alloc(memory, strlen(marked) + 1);
	uint32_t	n = 0;
	int			n_marked = 0;
	int32_t		t = 0;
	document   *doc;

	for (const char *s = marked; *s; s++)
	{
		if (s[0] == '[' && s[1] && s[2] == ':')
		{
			kind[n_marked] = kind_of_letter(s[1]);
			from[n_marked] = n;
			s += 2;
		}
		else if (s[0] == ']')
			to[n_marked++] = n;
		else
			text[n++] = *s;
	}
	text[n] = '\0';
	doc = document_create(memory, text, n);
	document_need(doc, STAGE_WORDS);
	doc->mentions = arena_zero_array(memory, mention, n_marked);
	for (int i = 0; i < n_marked; i++)
	{
		mention    *m = &doc->mentions[doc->n_mentions];

		while (t < doc->n_tokens && doc->tokens[t].end_byte <= from[i])
			t++;
		m->start = t;
		while (t < doc->n_tokens && doc->tokens[t].start_byte < to[i])
			t++;
		m->end = t;
		m->kind = kind[i];
		m->probability = 1;
		m->entity = -1;
		doc->n_mentions += m->end > m->start;
	}
	doc->done |= STAGE_NAMES;
	document_need(doc, STAGE_ENTITIES);
	return doc;
}

static int32_t
mention_of(const document *doc, const char *form, int nth)
{
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const token *a = &doc->tokens[doc->mentions[i].start],
				   *b = &doc->tokens[doc->mentions[i].end - 1];

		if (b->end_byte - a->start_byte == strlen(form) && memcmp(doc->text + a->start_byte, form, strlen(form)) == 0 && nth-- == 0)
			return i;
	}
	return -1;
}

static const entity *
entity_of(const document *doc, const char *form, int nth)
{
	static const entity none = {.name = "(no such mention)",.country = ""};
	int32_t		m = mention_of(doc, form, nth);

	return m < 0 ? &none : &doc->entities[doc->mentions[m].entity];
}

/* The nth mention of `form` belongs to the entity called `name`. */
static void
is_named(const document *doc, const char *form, int nth, const char *name)
{
	char		what[200];
	const entity *e = entity_of(doc, form, nth);

	snprintf(what, sizeof(what), "\"%s\" (%d) is %s", form, nth + 1, name);
	ok(strcmp(e->name, name) == 0, what, e->name);
}

static int32_t
token_of(const document *doc, const char *word, int nth)
{
	for (int32_t i = 0; i < doc->n_tokens; i++)
		if (strcmp(doc->tokens[i].lower, word) == 0 && nth-- == 0)
			return i;
	return -1;
}

static void
pronoun_is(const document *doc, const char *word, int nth, const char *name)
{
	char		what[200];
	int32_t		e = resolve_pronoun(doc, token_of(doc, word, nth), NULL);

	snprintf(what, sizeof(what), "pronoun \"%s\" (%d) is %s", word, nth + 1, name ? name : "nobody");
	ok(name ? e >= 0 && strcmp(doc->entities[e].name, name) == 0 : e < 0, what, e >= 0 ? doc->entities[e].name : "nobody");
}

/* The description of `n_words` tokens whose last word is the nth `last`. */
static void
description_is(const document *doc, const char *last, int nth, int n_words, const char *name)
{
	char		what[200];
	span		s;
	int32_t		e;

	s.end = token_of(doc, last, nth) + 1;
	s.start = s.end - n_words;
	e = resolve_description(doc, s, NULL);
	snprintf(what, sizeof(what), "description \"... %s\" (%d) is %s", last, nth + 1, name ? name : "nobody");
	ok(name ? e >= 0 && strcmp(doc->entities[e].name, name) == 0 : e < 0, what, e >= 0 ? doc->entities[e].name : "nobody");
}

static void
test_persons(void)
{
	document   *doc = read_marked("Chinese trade envoy [p:Lin Haoran] met [p:Marta J. Keller] in [l:Geneva]. [p:Lin] said talks went well. "
								  "Mrs. [p:Keller] agreed. [p:Pedro Álvarez Ruiz] was absent, but [p:Alvarez] wrote. [p:Marta Keller] left.");

	is_named(doc, "Lin", 0, "Lin Haoran");
	is_named(doc, "Keller", 0, "Marta J. Keller");
	is_named(doc, "Marta Keller", 0, "Marta J. Keller");
	is_named(doc, "Alvarez", 0, "Pedro Álvarez Ruiz");
	ok(entity_of(doc, "Keller", 0)->gender == GENDER_FEMALE, "Mrs. makes her a woman", "another gender");
	ok(doc->n_entities == 4, "four entities", "another number");
	give_back();
}

static void
test_relatives(void)
{
	document   *doc = read_marked("[p:Oskar Brandt] jumped as his mother, [p:Ida Brandt], watched. [p:Brandt] landed safely. Mr. [p:Brandt] waved. "
								  "Later Mrs. [p:Brandt] hugged him. [p:Jonas Weber] and [p:Petra Weber] came too.");

	is_named(doc, "Brandt", 0, "Oskar Brandt");
	is_named(doc, "Brandt", 1, "Oskar Brandt");
	is_named(doc, "Brandt", 2, "Ida Brandt");
	ok(entity_of(doc, "Jonas Weber", 0) != entity_of(doc, "Petra Weber", 0), "two first names are two persons", "one");
	give_back();
}

static void
test_organizations(void)
{
	document   *doc = read_marked("The [o:Northern Water Research Institute] ([o:NWRI]) sued [o:Calder Mills Inc.] on Monday. [o:NWRI] said "
								  "[o:Calder Mills] had paid. The [o:Association of River Towns] backed it; [o:ART] lent money. "
								  "The [o:House Budget Committee] met before the [o:House] voted. The [o:Federal Reserve] paused. The [o:Fed] is calm.");

	is_named(doc, "NWRI", 1, "Northern Water Research Institute");
	is_named(doc, "Calder Mills", 0, "Calder Mills Inc.");
	is_named(doc, "ART", 0, "Association of River Towns");
	is_named(doc, "House", 0, "House");
	is_named(doc, "Fed", 0, "Federal Reserve");
	give_back();
}

static void
test_places(void)
{
	document   *doc = read_marked("[l:WASHINGTON] - The [l:United States] and [l:France] agreed. The [l:U.S.] will pay; [n:French] mills will "
								  "build in [l:Paris], [l:Texas]. [n:Frenchmen] cheered.");

	is_named(doc, "U.S.", 0, "United States");
	ok(strcmp(entity_of(doc, "U.S.", 0)->country, "US") == 0, "country of the U.S.", entity_of(doc, "U.S.", 0)->country);
	ok(strcmp(entity_of(doc, "French", 0)->country, "FR") == 0, "country of French", entity_of(doc, "French", 0)->country);
	ok(strcmp(entity_of(doc, "Paris", 0)->country, "US") == 0, "Paris, Texas is in the US", entity_of(doc, "Paris", 0)->country);
	ok(entity_of(doc, "French", 0) != entity_of(doc, "France", 0), "a nationality is no country", "one");
	give_back();
}

static void
test_roles(void)
{
	document   *doc = read_marked("U.S. Treasury Secretary [p:Dana Whitlow] spoke. [p:Ivo Maric], the Croatian foreign minister, answered. "
								  "A spokesman for the ministry, [p:Luka Horvat], declined.");

	ok(strcmp(entity_of(doc, "Dana Whitlow", 0)->role ? entity_of(doc, "Dana Whitlow", 0)->role : "", "U.S. Treasury Secretary") == 0,
	   "title before the name", entity_of(doc, "Dana Whitlow", 0)->role);
	ok(strcmp(entity_of(doc, "Ivo Maric", 0)->role ? entity_of(doc, "Ivo Maric", 0)->role : "", "Croatian foreign minister") == 0,
	   "apposition behind the name", entity_of(doc, "Ivo Maric", 0)->role);
	ok(strcmp(entity_of(doc, "Luka Horvat", 0)->role ? entity_of(doc, "Luka Horvat", 0)->role : "", "spokesman for the ministry") == 0,
	   "description before the name", entity_of(doc, "Luka Horvat", 0)->role);
	give_back();
}

static void
test_repair(void)
{
	document   *doc = read_marked("[p:Nadia Osei] won. [p:Osei] smiled. Then Osei left. [o:Osei] came back.");
	char		number[16];

	snprintf(number, sizeof(number), "%d", (int) doc->n_mentions);
	ok(doc->n_mentions == 4, "a missed name is added", number);
	ok(doc->n_entities == 1, "a kind read once against many is corrected", "several entities");
	give_back();
	doc = read_marked("The [l:Port] of [o:Rosvik Authority] paid. The Bank of [o:Tarland Council] lent. The Director of [o:Harn Council] left; "
					  "the port of [o:Velm Authority] closed.");
	is_named(doc, "Port of Rosvik Authority", 0, "Port of Rosvik Authority");
	is_named(doc, "Bank of Tarland Council", 0, "Bank of Tarland Council");
	is_named(doc, "Harn Council", 0, "Harn Council");
	is_named(doc, "Velm Authority", 0, "Velm Authority");
	snprintf(number, sizeof(number), "%d", (int) doc->n_mentions);
	ok(doc->n_mentions == 4, "a body's name goes on to the left over of, a role's or a common noun does not join it", number);
	give_back();
}

/* Names by which the text says that somebody or something goes as well. */
static void
test_other_names(void)
{
	document   *doc = read_marked("[p:Dora Vale], the singer, was born [p:Dora Anna Kappel] in [l:Linz]. [p:Vale] sang. [p:Ivor Stane], Lord "
								  "[p:Stane of Hythe], listened. [o:Norr Bank], formerly [o:Sparbanken], paid.\n\nBorn [p:Dora Maria Kappel], she was a "
								  "chorister. [p:Vale] moved. [p:Vale] won. The island of [l:Tarawe], also known as [l:Long Isle], is far.");

	is_named(doc, "Dora Anna Kappel", 0, "Dora Vale");
	is_named(doc, "Dora Maria Kappel", 0, "Dora Vale");
	is_named(doc, "Stane of Hythe", 0, "Ivor Stane");
	ok(entity_of(doc, "Sparbanken", 0) == entity_of(doc, "Norr Bank", 0), "formerly", "two");
	ok(entity_of(doc, "Tarawe", 0) == entity_of(doc, "Long Isle", 0), "also known as", "two");
	give_back();
	doc = read_marked("[p:Yusuf bin Karim] fled in May. A report calls him [p:Yousef bin Kareem]. [p:Anna Berg] and [p:Anne Borg] stayed.");
	is_named(doc, "Yousef bin Kareem", 0, "Yusuf bin Karim");
	ok(entity_of(doc, "Anna Berg", 0) != entity_of(doc, "Anne Borg", 0), "names alike are not one", "one");
	give_back();
}

static void
test_forms(void)
{
	document   *doc = read_marked("The [o:University of Harland at Tull] ([o:UH Tull]) won. [o:UH Tull] cheered. The [o:Constitution Court of the Republic] sat; "
								  "the [o:Republic Constitution Court] rose. [o:Sollan.com] fell with [o:Sollan]. The "
								  "[o:Officials Committee for Domestic Security] [[o:OCDS]] met. [l:Jarra and Kish] is cold. [l:J&K] is dry.");

	is_named(doc, "UH Tull", 1, "University of Harland at Tull");
	ok(entity_of(doc, "Republic Constitution Court", 0) == entity_of(doc, "Constitution Court of the Republic", 0), "the same words about an of", "two");
	ok(entity_of(doc, "Sollan.com", 0) == entity_of(doc, "Sollan", 0), "an address is the company", "two");
	ok(entity_of(doc, "J&K", 0) == entity_of(doc, "Jarra and Kish", 0), "& in an acronym", "two");
	give_back();
	doc = read_marked("[l:Britain] left. The [l:United Kingdom] is calm; the [l:UK] will vote. [n:Britons] and [n:British] firms wait.");
	ok(entity_of(doc, "Britain", 0) == entity_of(doc, "UK", 0), "Britain is the United Kingdom where the text spells it out", "two");
	ok(entity_of(doc, "Britons", 0) == entity_of(doc, "British", 0), "a people by its noun and its adjective", "two");
	give_back();
	doc = read_marked("The [o:White House] answered [l:Washington]'s critics in [l:Washington]. The [o:House] sat. [p:Rolf I] and [p:Rolf II] ruled; [p:Rolf II] fell.");
	ok(entity_of(doc, "White House", 0) != entity_of(doc, "Washington", 0), "the White House is not the city", "one");
	ok(entity_of(doc, "House", 1) != entity_of(doc, "White House", 0), "the House is not the White House", "one");
	ok(entity_of(doc, "Rolf I", 0) != entity_of(doc, "Rolf II", 0), "two kings of one name", "one");
	give_back();
}

/* Places of one name: by what stands beside them, by the countries of the text, or not at all. */
static void
test_places_of_one_name(void)
{
	document   *doc = read_marked("Police in [l:Springfield] said so.");

	ok(!entity_of(doc, "Springfield", 0)->has_location, "a name of many places alone says nothing", "a location");
	give_back();
	doc = read_marked("Police in [l:Springfield], [l:Illinois], said so.");
	ok(strcmp(entity_of(doc, "Springfield", 0)->country, "US") == 0 && entity_of(doc, "Springfield", 0)->has_location, "the state beside it tells which",
	   "none");
	give_back();
	doc = read_marked("The [n:Australian] team left for [l:Perth], as [l:Australia] had wished.");
	ok(strcmp(entity_of(doc, "Perth", 0)->country, "AU") == 0, "Perth in a text about Australia", entity_of(doc, "Perth", 0)->country);
	give_back();
}

/* What a text does with a name decides how it is read at each place. */
static void
test_repair_by_longer(void)
{
	document   *doc = read_marked("[o:Tavoro Air] fell. [p:Tavoro] said it would sue. [p:Ford Nylan] ran [o:Nylan Foods]; [p:Nylan] left.");

	ok(entity_of(doc, "Tavoro", 0)->kind == KIND_ORGANIZATION, "the beginning of a company's name is the company", "another kind");
	ok(entity_of(doc, "Nylan", 0)->kind == KIND_PERSON, "unless somebody bears it", "another kind");
	give_back();
	doc = read_marked("[o:Long Range Signal System] works. The LRSS failed. [p:Mira Oduya] spoke to us.\n\nMO: It is late.");
	ok(mention_of(doc, "LRSS", 0) >= 0, "initials of a name are found", "none");
	is_named(doc, "MO", 0, "Mira Oduya");
	give_back();
	doc = read_marked("[p:Mira Oduya] spoke to us. The MO is new.");
	ok(mention_of(doc, "MO", 0) < 0, "initials of a person only begin turns", "a mention");
	give_back();
	doc = read_marked("[p:Emil Fields] was there. [p:Fields] ran. Then Fields fell.");
	ok(mention_of(doc, "Fields", 1) >= 0, "a common word that the text never writes small", "none");
	give_back();
	doc = read_marked("[p:Emil Fields] was there. Fields of wheat burned, more fields than ever.");
	ok(mention_of(doc, "Fields", 0) < 0, "a common word that it does", "a mention");
	give_back();
	doc = read_marked("[o:Tai Raksa Party] won. The Tai Raksa party sang. [p:Mme Spanton] left; [p:Spanton] came.");
	ok(mention_of(doc, "Tai Raksa party", 0) >= 0, "a name with a small letter", "none");
	ok(mention_of(doc, "Mme Spanton", 0) < 0 || mention_of(doc, "Spanton", 0) >= 0, "a title is cut off", "kept");
	give_back();
}

static void
test_salience(void)
{
	document   *doc = read_marked("[o:Vexa Motors] recalls cars\n\n[o:Vexa Motors] said it would recall cars in [l:Peru]. [o:Vexa] shares fell. A dealer in [l:Lima] shrugged.");

	ok(doc->n_entities > 0 && doc->by_salience[0] == 0, "what the headline names is most salient", "another");
	give_back();
}

static void
test_pronouns(void)
{
	document   *doc = read_marked("Mayor [p:Helen Strand] met President [p:Victor Amari] on Friday. She said the bridge would open in May. "
								  "He thanked her.\n\n[p:Amari] flew home. \"I am glad,\" he told reporters.");

	pronoun_is(doc, "she", 0, "Helen Strand");
	pronoun_is(doc, "he", 0, "Victor Amari");
	pronoun_is(doc, "her", 0, "Helen Strand");
	pronoun_is(doc, "he", 1, "Victor Amari");
	ok(resolve_pronoun(doc, -5, NULL) == -1 && resolve_pronoun(doc, 1 << 30, NULL) == -1, "no token, nobody", "somebody");
	give_back();
}

static void
test_descriptions(void)
{
	document   *doc = read_marked("[l:Washington]'s trade envoy said on Sunday that talks were going well.\n\n"
								  "U.S. Trade Representative [p:Carla Dunn] arrived in [l:Oslo] on Friday. Norwegian Finance Minister [p:Erik Moen] met her. "
								  "[o:Brightwater Energy], a power company based in [l:Bergen], paid for the hall.\n\n"
								  "The company said it was proud. The minister said he would call. A homeless man said he was cold.");

	description_is(doc, "envoy", 0, 4, "Carla Dunn");
	description_is(doc, "company", 1, 2, "Brightwater Energy");
	description_is(doc, "minister", 1, 2, "Erik Moen");
	description_is(doc, "man", 0, 3, NULL);
	give_back();
}

static void
test_hostile(void)
{
	static const char *const texts[] = {"", " ", "\"\"\"\"\"", "\xff\xfe\x80", "[p:\xff]", "he he he she it they who we I", "[o:$] [p:.] [l:-]"};
	arena	   *memory;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		document   *doc = read_marked(texts[i]);

		for (int32_t t = 0; t < doc->n_tokens; t++)
		{
			resolve_pronoun(doc, t, NULL);
			resolve_description(doc, (span) {t, t + 1}, NULL);
		}
		give_back();
	}
	memory = arena_create((block_source) {take, NULL});
	{
		document   *doc = document_create(memory, "x", 1);

		ok(resolve_pronoun(doc, 0, NULL) == -1, "a document without stages answers nobody", "somebody");
	}
	give_back();
	ok(true, "hostile texts pass", "");
}

int
main(void)
{
	test_persons();
	test_relatives();
	test_organizations();
	test_places();
	test_roles();
	test_repair();
	test_other_names();
	test_forms();
	test_places_of_one_name();
	test_repair_by_longer();
	test_salience();
	test_pronouns();
	test_descriptions();
	test_hostile();
	printf("%d tests, %d failed\n", n_tests, n_failed);
	return n_failed > 0;
}
