/*
 * marks_test.c - quotation marks: which stretches are found, and how they hang together.
 */
#include "check.h"

#include "stages.h"
#include "text/marks.h"

static char found[4096];

/* What stands inside the stretches, joined by "|": "+" before one without a closer, "~" when it goes on, ">" for each depth. */
static void
describe(const char *text)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) strlen(text));
	marked_stretch *s;
	int32_t		n;
	size_t		used = 0;

	document_need(doc, STAGE_TEXT);
	n = find_marked_stretches(doc, &s);
	found[0] = '\0';
	for (int32_t i = 0; i < n; i++)
	{
		bool		empty = s[i].close == s[i].open + 1;
		uint32_t	start = empty ? 0 : doc->tokens[s[i].open + 1].start_byte;
		uint32_t	end = empty ? 0 : doc->tokens[s[i].close - 1].end_byte;

		used += (size_t) snprintf(found + used, sizeof(found) - used, "%s%.*s%s%s%.*s", i ? "|" : "", s[i].depth, ">>>>>>",
								  s[i].has_close ? "" : "+", s[i].continues ? "~" : "", (int) (end - start), text + start);
	}
	check_free();
}

#define LQ "\xE2\x80\x9C"
#define RQ "\xE2\x80\x9D"
#define LS "\xE2\x80\x98"
#define RS "\xE2\x80\x99"

static const char *const cases[][2] = {
	{"\"We won,\" he said. \"Now rest.\"", "We won,|Now rest."},
	{LQ "We won," RQ " he said.", "We won,"},
	{"\xE2\x80\x9EWir," LQ " he said. \xC2\xABNous\xC2\xBB and \xC2\xBBwir\xC2\xAB.", "Wir,|Nous|wir"},
	{"``We won,'' he said. ''Now rest,'' she said.", "We won,|Now rest,"},
	{"'We won,' he said, 'and the dogs' owner didn't.'", "We won,|and the dogs' owner didn't."},
	{LS "We won," RS " he said. It" RS "s the dogs" RS " day.", "We won,"},
	{"the dogs' owners' club isn't 'in' yet", "in"},
	{"\"He said 'no' to me,\" she said.", "He said 'no' to me,|>no"},
	{LQ "He said " LS "no way" RS " to me," RQ " she said.", "He said " LS "no way" RS " to me,|>no way"},
	{LQ "First.\n\n" LQ "Second.\n\n" LQ "Third." RQ " He left.", "+~First.|+~Second.|Third."},
	{"\"First.\n\n\"Second.\" He left.", "+~First.|Second."},
	{"\"Never closed, he said.\n\nThe next paragraph is \"his\".", "+Never closed, he said.|his"},
	{"He is 6' 2\" tall and said \"yes\".", "yes"},
	{"A 5\" screen, a 6\" screen.", ""},
	{RQ "Wrong way round" LQ ", he said.", "Wrong way round"},
	{LQ "Two openers" LQ " he said.", "Two openers"},
	{"rock 'n' roll in the '90s, 'em all", ""},
	{"&quot;Left over,&quot; he said.", "Left over,"},
	{"(\"in brackets\") and \"dash\"\xE2\x80\x94\"again\"", "in brackets|dash|again"},
	{"'It's a \"great day\",' he said.", "It's a \"great day\",|>great day"},
	{"He said,\"No space.\"Then he left.", "No space."},
	{"He called it \" spaced \" and went.", "spaced"},
	{"\"\" is empty", ""},
	{"'First.\n\n'Second,' he said.", "+~First.|Second,"},
	{"He wrote: \"One. \"Two. \"Three.\"", "+~One.|+~Two.|Three."},
	{LQ "not so" RS " simple, he said. It is.", "not so"},
	{"`Old style,' he said.", "Old style,"},
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		describe(cases[i][0]);
		CHECK_TEXT(found, cases[i][1], cases[i][0]);
	}
	return check_result();
}
