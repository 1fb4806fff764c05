/*
 * abbreviations.c - words that a full stop belongs to, and words that start sentences.
 *
 * Written by hand for news; checked against the lists of pragmatic_segmenter
 * (Kevin S. Dias, MIT licence).  Both tables are sorted for binary search.
 */
#include "text/abbreviations.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_WORD 12

typedef struct abbreviation
{
	const char *word;			/* lower case */
	uint8_t		kind;
	bool		capital;		/* only when written with a capital: an ordinary word otherwise */
} abbreviation;

static const abbreviation abbreviations[] = {
	{"a.k.a", ABBREVIATION_INNER, false},
	{"acad", ABBREVIATION_SUFFIX, false},
	{"adm", ABBREVIATION_TITLE, true},
	{"aka", ABBREVIATION_INNER, false},
	{"al", ABBREVIATION_SUFFIX, false},
	{"ala", ABBREVIATION_SUFFIX, false},
	{"ald", ABBREVIATION_TITLE, false},
	{"alta", ABBREVIATION_SUFFIX, false},
	{"amb", ABBREVIATION_TITLE, false},
	{"anon", ABBREVIATION_SUFFIX, false},
	{"approx", ABBREVIATION_INNER, false},
	{"apr", ABBREVIATION_MONTH, true},
	{"apt", ABBREVIATION_SUFFIX, false},
	{"ariz", ABBREVIATION_SUFFIX, false},
	{"ark", ABBREVIATION_SUFFIX, false},
	{"arrv", ABBREVIATION_SUFFIX, false},
	{"art", ABBREVIATION_NUMBER, true},
	{"assn", ABBREVIATION_SUFFIX, false},
	{"assoc", ABBREVIATION_TITLE, true},
	{"asst", ABBREVIATION_TITLE, true},
	{"attn", ABBREVIATION_SUFFIX, false},
	{"atty", ABBREVIATION_TITLE, true},
	{"aug", ABBREVIATION_MONTH, true},
	{"ave", ABBREVIATION_SUFFIX, false},
	{"avg", ABBREVIATION_UNIT, false},
	{"bart", ABBREVIATION_SUFFIX, true},
	{"bldg", ABBREVIATION_SUFFIX, false},
	{"blvd", ABBREVIATION_SUFFIX, false},
	{"bn", ABBREVIATION_SUFFIX, false},
	{"br", ABBREVIATION_TITLE, true},
	{"brig", ABBREVIATION_TITLE, true},
	{"bros", ABBREVIATION_SUFFIX, false},
	{"c", ABBREVIATION_NUMBER, false},
	{"ca", ABBREVIATION_INNER, false},
	{"calif", ABBREVIATION_SUFFIX, false},
	{"capt", ABBREVIATION_TITLE, true},
	{"cdr", ABBREVIATION_TITLE, true},
	{"cf", ABBREVIATION_INNER, false},
	{"ch", ABBREVIATION_NUMBER, false},
	{"chap", ABBREVIATION_NUMBER, false},
	{"cl", ABBREVIATION_NUMBER, false},
	{"cllr", ABBREVIATION_TITLE, false},
	{"cm", ABBREVIATION_UNIT, false},
	{"cmdr", ABBREVIATION_TITLE, true},
	{"co", ABBREVIATION_SUFFIX, false},
	{"col", ABBREVIATION_TITLE, true},
	{"colo", ABBREVIATION_SUFFIX, false},
	{"comdr", ABBREVIATION_TITLE, false},
	{"conf", ABBREVIATION_SUFFIX, false},
	{"cong", ABBREVIATION_TITLE, true},
	{"congr", ABBREVIATION_TITLE, false},
	{"conn", ABBREVIATION_SUFFIX, false},
	{"corp", ABBREVIATION_SUFFIX, false},
	{"cos", ABBREVIATION_SUFFIX, false},
	{"cpl", ABBREVIATION_TITLE, true},
	{"ctr", ABBREVIATION_SUFFIX, false},
	{"cu", ABBREVIATION_UNIT, false},
	{"dec", ABBREVIATION_MONTH, true},
	{"del", ABBREVIATION_SUFFIX, true},
	{"dep", ABBREVIATION_TITLE, true},
	{"dept", ABBREVIATION_SUFFIX, false},
	{"det", ABBREVIATION_TITLE, true},
	{"dir", ABBREVIATION_SUFFIX, false},
	{"dist", ABBREVIATION_SUFFIX, true},
	{"dr", ABBREVIATION_TITLE, false},
	{"drs", ABBREVIATION_TITLE, false},
	{"e.g", ABBREVIATION_INNER, false},
	{"ed", ABBREVIATION_INNER, true},
	{"eds", ABBREVIATION_SUFFIX, false},
	{"eg", ABBREVIATION_INNER, false},
	{"ens", ABBREVIATION_TITLE, true},
	{"eq", ABBREVIATION_NUMBER, false},
	{"esp", ABBREVIATION_INNER, false},
	{"esq", ABBREVIATION_SUFFIX, false},
	{"etc", ABBREVIATION_ENUMERATION, false},
	{"excl", ABBREVIATION_INNER, false},
	{"ext", ABBREVIATION_NUMBER, false},
	{"feb", ABBREVIATION_MONTH, true},
	{"fig", ABBREVIATION_NUMBER, false},
	{"figs", ABBREVIATION_NUMBER, false},
	{"fla", ABBREVIATION_SUFFIX, false},
	{"fr", ABBREVIATION_TITLE, true},
	{"fri", ABBREVIATION_MONTH, true},
	{"ft", ABBREVIATION_TITLE, true},
	{"ga", ABBREVIATION_SUFFIX, true},
	{"gal", ABBREVIATION_UNIT, false},
	{"gen", ABBREVIATION_TITLE, true},
	{"gov", ABBREVIATION_TITLE, true},
	{"gov't", ABBREVIATION_SUFFIX, false},
	{"govt", ABBREVIATION_SUFFIX, false},
	{"hon", ABBREVIATION_TITLE, true},
	{"hosp", ABBREVIATION_SUFFIX, false},
	{"hr", ABBREVIATION_UNIT, false},
	{"hrs", ABBREVIATION_UNIT, false},
	{"hwy", ABBREVIATION_SUFFIX, false},
	{"i.e", ABBREVIATION_INNER, false},
	{"ibid", ABBREVIATION_SUFFIX, false},
	{"ie", ABBREVIATION_INNER, false},
	{"ill", ABBREVIATION_SUFFIX, true},
	{"in", ABBREVIATION_UNIT, false},
	{"inc", ABBREVIATION_SUFFIX, false},
	{"incl", ABBREVIATION_INNER, false},
	{"ind", ABBREVIATION_SUFFIX, true},
	{"insp", ABBREVIATION_TITLE, true},
	{"inst", ABBREVIATION_SUFFIX, false},
	{"int'l", ABBREVIATION_SUFFIX, false},
	{"intl", ABBREVIATION_SUFFIX, false},
	{"jan", ABBREVIATION_MONTH, true},
	{"jr", ABBREVIATION_SUFFIX, false},
	{"jul", ABBREVIATION_MONTH, true},
	{"jun", ABBREVIATION_MONTH, true},
	{"kan", ABBREVIATION_SUFFIX, false},
	{"kans", ABBREVIATION_SUFFIX, true},
	{"kg", ABBREVIATION_UNIT, false},
	{"km", ABBREVIATION_UNIT, false},
	{"ky", ABBREVIATION_SUFFIX, false},
	{"la", ABBREVIATION_SUFFIX, true},
	{"lb", ABBREVIATION_UNIT, false},
	{"lbs", ABBREVIATION_UNIT, false},
	{"lib", ABBREVIATION_SUFFIX, false},
	{"llc", ABBREVIATION_SUFFIX, false},
	{"lt", ABBREVIATION_TITLE, true},
	{"ltd", ABBREVIATION_SUFFIX, false},
	{"maj", ABBREVIATION_TITLE, true},
	{"mar", ABBREVIATION_MONTH, true},
	{"mass", ABBREVIATION_SUFFIX, true},
	{"md", ABBREVIATION_SUFFIX, true},
	{"med", ABBREVIATION_INNER, false},
	{"messrs", ABBREVIATION_TITLE, false},
	{"mex", ABBREVIATION_SUFFIX, true},
	{"mfg", ABBREVIATION_SUFFIX, false},
	{"mgmt", ABBREVIATION_SUFFIX, false},
	{"mgr", ABBREVIATION_SUFFIX, false},
	{"mi", ABBREVIATION_UNIT, false},
	{"mich", ABBREVIATION_SUFFIX, false},
	{"min", ABBREVIATION_UNIT, false},
	{"minn", ABBREVIATION_SUFFIX, false},
	{"mins", ABBREVIATION_UNIT, false},
	{"miss", ABBREVIATION_SUFFIX, true},
	{"mlle", ABBREVIATION_TITLE, false},
	{"mln", ABBREVIATION_SUFFIX, false},
	{"mm", ABBREVIATION_UNIT, false},
	{"mme", ABBREVIATION_TITLE, false},
	{"mo", ABBREVIATION_SUFFIX, true},
	{"mon", ABBREVIATION_MONTH, true},
	{"mont", ABBREVIATION_SUFFIX, false},
	{"mos", ABBREVIATION_UNIT, false},
	{"mph", ABBREVIATION_UNIT, false},
	{"mr", ABBREVIATION_TITLE, false},
	{"mrs", ABBREVIATION_TITLE, false},
	{"ms", ABBREVIATION_TITLE, true},
	{"msgr", ABBREVIATION_TITLE, false},
	{"mt", ABBREVIATION_TITLE, true},
	{"mx", ABBREVIATION_TITLE, false},
	{"n.b", ABBREVIATION_SUFFIX, false},
	{"nat'l", ABBREVIATION_SUFFIX, false},
	{"natl", ABBREVIATION_SUFFIX, false},
	{"neb", ABBREVIATION_SUFFIX, false},
	{"nebr", ABBREVIATION_SUFFIX, true},
	{"nev", ABBREVIATION_SUFFIX, false},
	{"nfld", ABBREVIATION_SUFFIX, false},
	{"no", ABBREVIATION_NUMBER, false},
	{"nos", ABBREVIATION_NUMBER, false},
	{"nov", ABBREVIATION_MONTH, true},
	{"oct", ABBREVIATION_MONTH, true},
	{"ofc", ABBREVIATION_TITLE, false},
	{"okla", ABBREVIATION_SUFFIX, false},
	{"ont", ABBREVIATION_SUFFIX, false},
	{"op", ABBREVIATION_NUMBER, true},
	{"ore", ABBREVIATION_SUFFIX, true},
	{"orig", ABBREVIATION_INNER, false},
	{"oz", ABBREVIATION_UNIT, false},
	{"p", ABBREVIATION_NUMBER, false},
	{"p.e.i", ABBREVIATION_SUFFIX, false},
	{"p.s", ABBREVIATION_SUFFIX, false},
	{"pa", ABBREVIATION_SUFFIX, true},
	{"para", ABBREVIATION_NUMBER, false},
	{"paras", ABBREVIATION_NUMBER, false},
	{"penn", ABBREVIATION_SUFFIX, false},
	{"penna", ABBREVIATION_SUFFIX, true},
	{"pfc", ABBREVIATION_TITLE, false},
	{"phd", ABBREVIATION_SUFFIX, false},
	{"pkwy", ABBREVIATION_SUFFIX, false},
	{"plc", ABBREVIATION_SUFFIX, false},
	{"pp", ABBREVIATION_NUMBER, false},
	{"pres", ABBREVIATION_TITLE, true},
	{"prof", ABBREVIATION_TITLE, false},
	{"pt", ABBREVIATION_NUMBER, false},
	{"pvt", ABBREVIATION_TITLE, false},
	{"que", ABBREVIATION_SUFFIX, false},
	{"rd", ABBREVIATION_SUFFIX, false},
	{"rep", ABBREVIATION_TITLE, true},
	{"reps", ABBREVIATION_TITLE, true},
	{"resp", ABBREVIATION_INNER, false},
	{"ret", ABBREVIATION_SUFFIX, false},
	{"rev", ABBREVIATION_TITLE, true},
	{"rm", ABBREVIATION_NUMBER, false},
	{"rs", ABBREVIATION_NUMBER, false},
	{"rt", ABBREVIATION_TITLE, true},
	{"sask", ABBREVIATION_SUFFIX, false},
	{"sat", ABBREVIATION_MONTH, true},
	{"sec", ABBREVIATION_NUMBER, true},
	{"secs", ABBREVIATION_UNIT, false},
	{"sect", ABBREVIATION_NUMBER, false},
	{"secy", ABBREVIATION_TITLE, true},
	{"sen", ABBREVIATION_TITLE, true},
	{"sens", ABBREVIATION_TITLE, true},
	{"sep", ABBREVIATION_MONTH, true},
	{"sept", ABBREVIATION_MONTH, true},
	{"seq", ABBREVIATION_SUFFIX, false},
	{"sfc", ABBREVIATION_TITLE, false},
	{"sgt", ABBREVIATION_TITLE, true},
	{"spc", ABBREVIATION_TITLE, true},
	{"sq", ABBREVIATION_SUFFIX, false},
	{"sr", ABBREVIATION_SUFFIX, false},
	{"st", ABBREVIATION_TITLE, false},
	{"ste", ABBREVIATION_TITLE, false},
	{"sun", ABBREVIATION_MONTH, true},
	{"supt", ABBREVIATION_TITLE, true},
	{"surg", ABBREVIATION_TITLE, true},
	{"tbsp", ABBREVIATION_UNIT, false},
	{"tel", ABBREVIATION_SUFFIX, false},
	{"temp", ABBREVIATION_UNIT, false},
	{"tenn", ABBREVIATION_SUFFIX, false},
	{"tex", ABBREVIATION_SUFFIX, true},
	{"thu", ABBREVIATION_MONTH, true},
	{"thur", ABBREVIATION_MONTH, true},
	{"thurs", ABBREVIATION_MONTH, true},
	{"tsp", ABBREVIATION_UNIT, false},
	{"tue", ABBREVIATION_MONTH, true},
	{"tues", ABBREVIATION_MONTH, true},
	{"univ", ABBREVIATION_SUFFIX, false},
	{"v", ABBREVIATION_INNER, false},
	{"va", ABBREVIATION_SUFFIX, false},
	{"ver", ABBREVIATION_NUMBER, false},
	{"viz", ABBREVIATION_INNER, false},
	{"vol", ABBREVIATION_NUMBER, false},
	{"vols", ABBREVIATION_NUMBER, false},
	{"vs", ABBREVIATION_INNER, false},
	{"vt", ABBREVIATION_SUFFIX, false},
	{"w.r.t", ABBREVIATION_INNER, false},
	{"wash", ABBREVIATION_SUFFIX, true},
	{"wed", ABBREVIATION_MONTH, true},
	{"weds", ABBREVIATION_MONTH, true},
	{"wg", ABBREVIATION_TITLE, true},
	{"wis", ABBREVIATION_SUFFIX, false},
	{"wisc", ABBREVIATION_SUFFIX, true},
	{"wk", ABBREVIATION_UNIT, false},
	{"wks", ABBREVIATION_UNIT, false},
	{"wyo", ABBREVIATION_SUFFIX, false},
	{"yr", ABBREVIATION_UNIT, false},
	{"yrs", ABBREVIATION_UNIT, false},
};

static const char *const sentence_starters[] = {
	"a", "about", "according", "after", "all", "although", "an", "and", "another", "any", "are", "as", "asked",
	"at", "because", "before", "being", "both", "but", "by", "can", "could", "did", "do", "does", "during",
	"each", "either", "even", "every", "few", "first", "following", "for", "from", "given", "had", "has",
	"have", "he", "he's", "her", "here", "his", "how", "however", "i", "i'm", "i've", "if", "in", "instead",
	"into", "is", "it", "it's", "its", "let", "let's", "like", "many", "meanwhile", "more", "most", "much",
	"my", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "now", "of", "on", "once", "one",
	"only", "or", "other", "others", "our", "over", "perhaps", "please", "police", "she", "she's", "should",
	"since", "so", "some", "such", "surely", "that", "that's", "the", "their", "them", "then", "there",
	"there's", "these", "they", "they're", "this", "those", "though", "three", "through", "to", "today",
	"together", "two", "under", "unlike", "until", "was", "we", "we're", "were", "what", "what's", "when",
	"where", "whether", "which", "while", "who", "whoever", "whose", "why", "will", "with", "within", "without",
	"would", "yes", "yesterday", "yet", "you", "you're", "your"
};

static int
compare_abbreviation(const void *key, const void *row)
{
	return strcmp(key, ((const abbreviation *) row)->word);
}

static int
compare_word(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *) row);
}

/* Lower-cases an ASCII word into copy (typographic apostrophes too); false when it is too long or not ASCII. */
static bool
lower_copy(const char *word, uint32_t n_bytes, char *copy)
{
	uint32_t	n = 0;

	for (uint32_t i = 0; i < n_bytes; i++)
	{
		char		c = word[i];

		if (n == LONGEST_WORD)
			return false;
		if (n_bytes - i >= 3 && memcmp(word + i, "\xE2\x80\x99", 3) == 0)
		{
			c = '\'';
			i += 2;
		}
		copy[n++] = c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
	}
	copy[n] = '\0';
	return true;
}

abbreviation_kind
abbreviation_of(const char *word, uint32_t n_bytes)
{
	char		lower[LONGEST_WORD + 1];
	const abbreviation *row;

	if (!lower_copy(word, n_bytes, lower))
		return ABBREVIATION_NONE;
	row = bsearch(lower, abbreviations, sizeof(abbreviations) / sizeof(abbreviations[0]),
				  sizeof(abbreviations[0]), compare_abbreviation);
	if (!row || (row->capital && word[0] == lower[0]))
		return ABBREVIATION_NONE;
	return (abbreviation_kind) row->kind;
}

bool
is_sentence_starter(const char *word, uint32_t n_bytes)
{
	char		lower[LONGEST_WORD + 1];

	return lower_copy(word, n_bytes, lower) &&
		bsearch(lower, sentence_starters, sizeof(sentence_starters) / sizeof(sentence_starters[0]),
				sizeof(sentence_starters[0]), compare_word) != NULL;
}
