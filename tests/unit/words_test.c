/*
 * words_test.c - parts of speech, PTB tags and lemmas of sentences that leave no doubt, and texts that try to break them.
 */
#include "check.h"
#include "stages.h"
#include "tag/tagset.h"

static document *
tagged(const char *text, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, STAGE_WORDS);
	return doc;
}

/* "form/xpos/lemma ..." of a text. */
static const char *
line_of(const document *doc)
{
	static char line[4096];
	size_t		n = 0;

	line[0] = '\0';
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];

		n += (size_t) snprintf(line + n, sizeof(line) - n, "%s%.*s/%s/%s", i ? " " : "", (int) (t->end_byte - t->start_byte),
							   doc->text + t->start_byte, xpos_names[t->xpos], t->lemma);
	}
	return line;
}

static void
check_line(const char *text, const char *expected)
{
	CHECK_TEXT(line_of(tagged(text, strlen(text))), expected, text);
}

static void
test_sentences(void)
{
	check_line("The children were running to their mothers.",
			   "The/DT/the children/NNS/child were/VBD/be running/VBG/run to/IN/to their/PRP$/their mothers/NNS/mother ././.");
	check_line("\"We will not leave,\" the minister told reporters in Paris on Monday.",
			   "\"/``/\" We/PRP/we will/MD/will not/RB/not leave/VB/leave ,/,/, \"/''/\" the/DT/the minister/NN/minister told/VBD/tell "
			   "reporters/NNS/reporter in/IN/in Paris/NNP/Paris on/IN/on Monday/NNP/Monday ././.");
	check_line("She has bought bigger houses, but he didn't.",
			   "She/PRP/she has/VBZ/have bought/VBN/buy bigger/JJR/big houses/NNS/house ,/,/, but/CC/but he/PRP/he did/VBD/do "
			   "n't/RB/not ././.");
	check_line("He's been there; it's hoping against hope.",
			   "He/PRP/he 's/VBZ/have been/VBN/be there/RB/there ;/:/; it/PRP/it 's/VBZ/be hoping/VBG/hope against/IN/against "
			   "hope/NN/hope ././.");
	check_line("I paid $5 million for the French company's shares in 2019.",
			   "I/PRP/I paid/VBD/pay $/$/$ 5/CD/5 million/CD/million for/IN/for the/DT/the French/JJ/French company/NN/company "
			   "'s/POS/'s shares/NNS/share in/IN/in 2019/CD/2019 ././.");
}

/* The same words in capitals, and with capitals as in a headline, are verbs and nouns still. */
static void
test_letter_case(void)
{
	static const char *const texts[] = {
		"The official said the company would cut jobs this year.",
		"THE OFFICIAL SAID THE COMPANY WOULD CUT JOBS THIS YEAR.",
		"the official said the company would cut jobs this year.",
		"The Official Said the Company Would Cut Jobs This Year."
	};
	static const uint8_t expected[] = {UPOS_DET, UPOS_NOUN, UPOS_VERB, UPOS_DET, UPOS_NOUN, UPOS_AUX, UPOS_VERB, UPOS_NOUN, UPOS_DET, UPOS_NOUN, UPOS_PUNCT};

	for (int k = 0; k < 4; k++)
	{
		document   *doc = tagged(texts[k], strlen(texts[k]));
		int			n = 0;

		for (int32_t i = 0; i < doc->n_tokens && i < 11; i++)
			n += doc->tokens[i].upos == expected[i];
		CHECK(doc->n_tokens == 11 && n >= (k == 3 ? 10 : 11), texts[k]);
	}
}

/* Every token has tags and a lemma that ends, whatever the bytes. */
static bool
complete(const document *doc)
{
	for (int32_t i = 0; i < doc->n_tokens; i++)
		if (doc->tokens[i].upos == UPOS_NONE || doc->tokens[i].upos >= N_UPOS || doc->tokens[i].xpos == XPOS_NONE ||
			doc->tokens[i].xpos >= N_XPOS || doc->tokens[i].lemma == NULL || strlen(doc->tokens[i].lemma) > 300000)
			return false;
	return true;
}

static void
test_hostile(void)
{
	enum { SIZE = 300000 };
	char	   *text = malloc(SIZE);
	uint32_t	random = 1;

	CHECK(complete(tagged("", 0)), "an empty text");
	CHECK(complete(tagged("a", 1)), "one letter");
	memset(text, 'a', SIZE);
	CHECK(complete(tagged(text, 99000)), "one long word");
	for (int i = 0; i < SIZE; i++)
		text[i] = "a "[i % 2];
	CHECK(complete(tagged(text, SIZE)), "a sentence without end");
	memset(text, '"', SIZE);
	CHECK(complete(tagged(text, SIZE)), "quotation marks only");
	for (int i = 0; i < SIZE; i++)
	{
		random = random * 1664525u + 1013904223u;
		text[i] = (char) (random >> 24);
	}
	CHECK(complete(tagged(text, SIZE)), "random bytes");
	free(text);
}

int
main(void)
{
	test_sentences();
	test_letter_case();
	test_hostile();
	return check_result();
}
