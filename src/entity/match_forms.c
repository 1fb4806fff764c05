/*
 * match_forms.c - may a shorter form name what a fuller one names?
 *
 * In: two forms of one kind.  Out: 0, or how good the match is.  Persons: parts
 * of the name in order, with initials, pet names and spelling variants; the
 * surname at either end (Li Chenggang is Li, Jamieson Greer is Greer, Alexis
 * Leiva Machado is Leiva).  Organisations and the rest: acronyms, a suffix that
 * is dropped, the head words, the first words.
 */
#include "entity/link_forms.h"

#include <string.h>

#include "tag/tagset.h"

#define N_OF(list) ((int) (sizeof(list) / sizeof(list[0])))

/* Pet names of given names that do not begin alike. */
static const char *const pet_names[][2] = {
	{"abby", "abigail"}, {"andy", "andrew"}, {"becky", "rebecca"}, {"bernie", "bernard"}, {"beth", "elizabeth"}, {"betty", "elizabeth"},
	{"bill", "william"}, {"billy", "william"}, {"bob", "robert"}, {"bobby", "robert"}, {"chuck", "charles"}, {"cindy", "cynthia"},
	{"dick", "richard"}, {"don", "donald"}, {"ed", "edward"}, {"gerry", "gerald"}, {"hank", "henry"}, {"harry", "henry"},
	{"jack", "john"}, {"jerry", "gerald"}, {"jim", "james"}, {"jimmy", "james"}, {"jon", "jonathan"}, {"kate", "catherine"},
	{"kate", "katherine"}, {"kathy", "katherine"}, {"larry", "lawrence"}, {"liz", "elizabeth"}, {"meg", "margaret"}, {"mick", "michael"},
	{"mike", "michael"}, {"mimi", "miriam"}, {"ned", "edward"}, {"nick", "nicholas"}, {"peggy", "margaret"}, {"polly", "mary"},
	{"rick", "richard"}, {"sally", "sarah"}, {"sandy", "alexander"}, {"sasha", "alexander"}, {"steve", "stephen"}, {"steve", "steven"}, {"ted", "edward"},
	{"ted", "theodore"}, {"tim", "timothy"}, {"tony", "anthony"}, {"vlad", "vladimir"}, {"volodya", "vladimir"}
};

/* Words that may be left out at the end of an organisation's name. */
static const char *const droppable_ends[] = {
	"administration", "agency", "airlines", "airways", "alliance", "assembly", "association", "bank", "center", "centre", "charity", "club", "college",
	"commission", "committee", "company", "constabulary", "corporation", "council", "department", "entertainment", "estate", "firm",
	"force", "foundation", "fund", "group", "holdings", "hospital", "industries", "institute", "institution", "international",
	"laboratories", "laboratory", "media", "ministry", "motors", "movement", "museum", "network", "news", "newspaper", "organisation",
	"organization", "party", "police", "primary", "productions", "project", "school", "society", "studios", "systems", "technologies", "trust", "union", "university"
};

/* Words in front of a name that add nothing to it. */
static const char *const droppable_starts[] = {
	"american", "britain", "british", "city", "federal", "her", "his", "lake", "majesty", "mount", "mt", "national", "new", "river", "royal", "state", "states", "uk", "united", "us"
};

static bool
is_pet_name(const char *pet, const char *name)
{
	for (int i = 0; i < N_OF(pet_names); i++)
		if (strcmp(pet_names[i][0], pet) == 0 && strcmp(pet_names[i][1], name) == 0)
			return true;
	return false;
}

/* Two given names of one person: equal, initial, pet name, or a short form of at least three letters (Joe - Joseph is not one, Alex is). */
static bool
same_given(const name_word *a, const name_word *b)
{
	if (a->hash == b->hash || nearly_equal(a, b, 5))
		return true;
	if (a->n_bytes > b->n_bytes)
	{
		const name_word *swap = a;

		a = b;
		b = swap;
	}
	if (a->flags & WORD_INITIAL)
		return a->text[0] == b->text[0];
	if (a->n_bytes >= 3 && memcmp(a->text, b->text, a->n_bytes) == 0)
		return true;
	return is_pet_name(a->text, b->text) || is_pet_name(b->text, a->text);
}

static bool
same_word(const name_word *a, const name_word *b)
{
	return a->hash == b->hash || nearly_equal(a, b, 5);
}

/* Equal, or one the plural of the other. */
static bool
same_noun(const name_word *a, const name_word *b)
{
	if (a->hash == b->hash)
		return true;
	if (a->n_bytes > b->n_bytes)
	{
		const name_word *swap = a;

		a = b;
		b = swap;
	}
	return (a->n_bytes >= 3 || (a->n_bytes == 2 && a->text[0] >= '0' && a->text[0] <= '9')) && b->n_bytes - a->n_bytes <= 2 && memcmp(a->text, b->text, a->n_bytes) == 0 &&
		(strcmp(b->text + a->n_bytes, "s") == 0 || strcmp(b->text + a->n_bytes, "es") == 0);
}

/* Position in f[0 .. n) of the words s[0 .. ns) side by side, -1 when they are not there; `nouns`: plurals are equal. */
static int
find_run(const name_word *s, int ns, const name_word *f, int n, bool nouns)
{
	for (int at = 0; at + ns <= n; at++)
	{
		int			k = 0;

		while (k < ns && (s[k].hash == f[at + k].hash || (nouns && same_noun(&s[k], &f[at + k]))))
			k++;
		if (k == ns)
			return at;
	}
	return -1;
}

/* Do all words of s stand in f in the same order?  Initials in s may be anything in f or nothing. */
static bool
is_subsequence(const form *s, const form *f)
{
	int			at = 0;

	for (int k = 0; k < s->n_core; k++)
	{
		int			i = at;

		while (i < f->n_core && !same_word(&s->words[k], &f->words[i]))
			i++;
		if (i < f->n_core)
			at = i + 1;
		else if (!(k > 0 && (s->words[k].flags & WORD_INITIAL)))
			return false;
	}
	return true;
}

static bool
has_word(const form *f, const char *word)
{
	for (int i = 1; i + 1 < f->n_words; i++)
		if (strcmp(f->words[i].text, word) == 0)
			return true;
	return false;
}

/* "MS" of Michael Siegel, as interviews print it. */
static bool
are_initials(const name_word *w, const form *f)
{
	for (int i = 0; i < f->n_core; i++)
		if (f->words[i].text[0] != w->text[i])
			return false;
	return true;
}

/* II, III, IV of kings. */
static bool
is_numeral(const name_word *w)
{
	return (w->flags & WORD_SUFFIX) && w->text[strspn(w->text, "iv")] == '\0';
}

static int
match_one_word_person(const name_word *w, const form *f)
{
	int			last = f->n_core - 1;

	if (last > 0 && is_numeral(&f->words[last]))
		last--;					/* Richard III */
	if (w->flags & (WORD_INITIAL | WORD_SMALL) || has_word(f, "and"))
		return 0;
	if (has_word(f, "of") || has_word(f, "the"))
		return f->words[0].hash == w->hash ? 6 : 0; /* William the Conqueror */
	if ((w->flags & WORD_CAPITALS) && w->n_bytes == f->n_core && w->n_bytes < 4 && are_initials(w, f))
		return 7;
	if (f->words[last].hash == w->hash)
		return 10;
	if (f->words[0].hash == w->hash)
		return 8;
	for (int i = 1; i < last; i++)
		if (f->words[i].hash == w->hash)
			return 6;
	if (nearly_equal(w, &f->words[last], 5))
		return 4;
	return 0;
}

/*
 * What stays of a word whatever alphabet it was written out of: q and k are one, vowels, doubled letters and marks go.
 * Returns the number of letters, at most `limit`.
 */
static int
skeleton(const name_word *w, char *to, int limit)
{
	int			n = 0;

	for (int i = 0; i < w->n_bytes && n < limit; i++)
	{
		char		c = w->text[i] == 'q' ? 'k' : w->text[i];

		if (c < 'a' || c > 'z' || strchr("aeiouyw", c) || (n > 0 && to[n - 1] == c))
			continue;
		to[n++] = c;
	}
	return n;
}

/* Two spellings of one foreign name: Usama bin Ladin, Osama bin Laden. */
static bool
sound_alike(const form *s, const form *f)
{
	int			consonants = 0;

	if (s->n_words != f->n_words || s->n_words < 2)
		return false;
	for (int i = 0; i < s->n_words; i++)
	{
		char		a[24],
					b[24];
		int			n = skeleton(&s->words[i], a, 24);

		if (n != skeleton(&f->words[i], b, 24) || memcmp(a, b, (size_t) n) != 0)
			return false;
		consonants += n;
	}
	return consonants >= 5;
}

static int
match_persons(const form *s, const form *f)
{
	int			at;

	if (s->n_core == 1)
		return f->n_core == 1 ? 0 : match_one_word_person(&s->words[0], f);
	if (has_word(f, "and"))
		return 0;				/* Duke and Duchess of Cambridge */
	at = find_run(s->words, s->n_core, f->words, f->n_core, false);
	if (at >= 0 && at + s->n_core == f->n_core)
		return 10;
	if (at == 0)
		return 8;
	if (same_given(&s->words[0], &f->words[0]))
	{
		if (same_word(&s->words[s->n_core - 1], &f->words[f->n_core - 1]))
			return 9;
		if (is_subsequence(s, f))
			return 8;
	}
	else if (is_subsequence(s, f) && !(s->words[0].flags & WORD_SMALL))
		return 7;
	if (s->n_core == 2 && f->n_core == 2 && s->words[0].hash == f->words[1].hash && s->words[1].hash == f->words[0].hash)
		return 7;
	return sound_alike(s, f) ? 8 : 0;
}

bool
is_acronym_of(const form *s, const form *f)
{
	name_word	letters = s->words[0];
	const name_word *a = &letters;
	char		plain[13];
	uint32_t	reached = 1;	/* bit p: the first p letters are used up */

	if (s->n_words != 1 || a->n_bytes < 2 || a->n_bytes > 12 || f->n_words < 2)
		return false;
	letters.n_bytes = 0;
	for (int i = 0; i < s->words[0].n_bytes; i++)	/* J&K */
		if (s->words[0].text[i] != '&')
			plain[letters.n_bytes++] = s->words[0].text[i];
	plain[letters.n_bytes] = '\0';
	letters.text = plain;
	for (int i = 0; i < f->n_words; i++)
	{
		const name_word *w = &f->words[i];
		uint32_t	next = 0;

		for (int p = 0; p <= a->n_bytes; p++)
		{
			if (!(reached >> p & 1))
				continue;
			if (p < a->n_bytes && a->text[p] == w->text[0])
				next |= 2u << p;
			if ((w->flags & (WORD_SMALL | WORD_SUFFIX)) || (p == 0 && word_in_list(droppable_starts, N_OF(droppable_starts), w->text)))
				next |= 1u << p;
			if ((w->flags & WORD_CAPITALS) && w->n_bytes + p <= a->n_bytes && memcmp(a->text + p, w->text, w->n_bytes) == 0)
				next |= 1u << (p + w->n_bytes);
		}
		reached = next;
	}
	return reached >> a->n_bytes & 1;
}

static bool
all_droppable(const name_word *words, int n, const char *const *list, int n_list)
{
	for (int i = 0; i < n; i++)
		if (!(words[i].flags & (WORD_SMALL | WORD_SUFFIX)) && !word_in_list(list, n_list, words[i].text))
			return false;
	return true;
}

/* Word by word, words in capitals being initials of several: "UH Manoa" of "University of Hawaii at Manoa". */
static bool
is_partly_acronym(const form *s, const form *f)
{
	int			at = 0;

	if (s->n_words < 2 || s->n_words >= f->n_words)
		return false;
	for (int k = 0; k < s->n_words; k++)
	{
		const name_word *w = &s->words[k];

		while (at < f->n_words && (f->words[at].flags & WORD_SMALL) && f->words[at].hash != w->hash)
			at++;
		if (at < f->n_words && f->words[at].hash == w->hash)
		{
			at++;
			continue;
		}
		if (!(w->flags & WORD_CAPITALS))
			return false;
		for (int p = 0; p < w->n_bytes; p++, at++)
		{
			while (at < f->n_words && (f->words[at].flags & WORD_SMALL))
				at++;
			if (at == f->n_words || f->words[at].text[0] != w->text[p])
				return false;
		}
	}
	return at == f->n_words;
}

/* The same words about an "of": the U.S. Constitution, the Constitution of the United States of America. */
static bool
is_turned_around(const form *s, const form *f)
{
	uint32_t	used = 0;
	int			n = 0,
				rest = 0;

	if (!has_word(f, "of") || s->n_words < 2)
		return false;
	for (int i = 0; i < f->n_words; i++)
		rest += !(f->words[i].flags & WORD_SMALL) && !(i > 1 && strcmp(f->words[i].text, "america") == 0);
	for (int k = 0; k < s->n_words; k++)
	{
		int			i = 0;

		if (s->words[k].flags & WORD_SMALL)
			continue;
		while (i < f->n_words && ((used >> i & 1) || f->words[i].hash != s->words[k].hash))
			i++;
		if (i == f->n_words)
			return false;
		used |= 1u << i;
		n++;
	}
	return n >= 2 && n == rest;
}

/* Amazon.com of Amazon; full stops are gone in folding. */
static bool
is_address_of(const form *s, const form *f)
{
	static const char *const domains[] = {"com", "couk", "net", "org"};
	const name_word *a = &s->words[0],
			   *b = &f->words[0];

	if (s->n_words != 1 || f->n_words != 1 || a->n_bytes <= b->n_bytes || b->n_bytes < 4 || memcmp(a->text, b->text, b->n_bytes) != 0)
		return false;
	return word_in_list(domains, N_OF(domains), a->text + b->n_bytes);
}

/* Bodies whose committees and offices bear their name in front. */
static const char *const parent_bodies[] = {"army", "cabinet", "congress", "house", "navy", "parliament", "pentagon", "senate"};

/* Is the one word the other's words written together (MarineTraffic)? */
static bool
is_joined(const form *s, const form *f)
{
	const char *text = s->words[0].text;
	size_t		at = 0;

	if (s->n_words != 1 || f->n_words < 2)
		return false;
	for (int i = 0; i < f->n_words; i++)
	{
		if (strncmp(text + at, f->words[i].text, f->words[i].n_bytes) != 0)
			return false;
		at += f->words[i].n_bytes;
	}
	return text[at] == '\0';
}

/* The form is the beginning of the fuller one. */
static int
match_beginning(const form *s, const form *f)
{
	const name_word *next = &f->words[s->n_core];

	if (all_droppable(next, f->n_core - s->n_core, droppable_ends, N_OF(droppable_ends)))
		return 9;
	if (s->words[0].flags & WORD_CAPITALS && s->n_core == 1)
		return 0;
	if (next->flags & WORD_SMALL)
		return 6;				/* Accord on Fire and Building Safety */
	if (s->kind == KIND_ORGANIZATION || s->kind == KIND_PRODUCT || s->kind == KIND_LAW)
		return s->n_core > 1 || s->types || word_in_list(parent_bodies, N_OF(parent_bodies), s->words[0].text) ? 0 : 4;
	return 4;
}

/* Words before the name of a storm. */
static const char *const storm_words[] = {"cyclone", "hurricane", "storm", "subtropical", "super", "tropical", "typhoon"};

static bool
is_same_storm(const form *s, const form *f)
{
	return s->words[s->n_core - 1].hash == f->words[f->n_core - 1].hash && s->n_core > 1 &&
		all_droppable(s->words, s->n_core - 1, storm_words, N_OF(storm_words)) &&
		all_droppable(f->words, f->n_core - 1, storm_words, N_OF(storm_words));
}

/* Organisations, facilities, events, products, works, laws, awards. */
static int
match_things(const form *s, const form *f)
{
	int			at;

	if (s->knowledge >= 0 && s->knowledge == f->knowledge)
		return 10;
	if (s->n_words == 1 && (is_joined(s, f) || is_joined(f, s) || is_address_of(s, f) || is_address_of(f, s)))
		return 10;
	if (is_partly_acronym(s, f))
		return 9;
	if (is_turned_around(s, f) || is_turned_around(f, s))
		return 9;
	if (s->n_words == 1 && is_acronym_of(s, f))
		return s->knowledge >= 0 && f->knowledge >= 0 ? 0 : s->words[0].n_bytes > 2 ? 9 : s->knowledge >= 0 ? 0 : 5;
	if (s->n_core == f->n_core)
	{
		int			same = 0;

		for (int i = 0; i < s->n_core; i++)
			same += same_noun(&s->words[i], &f->words[i]) || nearly_equal(&s->words[i], &f->words[i], 6);
		if (same == s->n_core)
			return 10;
	}
	if (s->kind == KIND_EVENT && is_same_storm(s, f))
		return 10;
	at = find_run(s->words, s->n_core, f->words, f->n_core, true);
	if (at == 0 && s->n_core < f->n_core)
		return match_beginning(s, f);
	if (at > 0 && at + s->n_core == f->n_core)
	{
		if (all_droppable(f->words, at, droppable_starts, N_OF(droppable_starts)))
			return 10;
		if (s->n_core == 1 && word_in_list(parent_bodies, N_OF(parent_bodies), s->words[0].text) && strcmp(s->words[0].text, "house") == 0)
			return 0;			/* the White House is another */
		if (s->n_core == 1 && s->words[0].hash != f->words[at].hash && s->kind != KIND_PRODUCT)
			return 0;
		return s->n_core > 1 ? 8 : 6;
	}
	if (at > 0)
		return 5;
	if (s->n_core > 1 && is_subsequence(s, f) && s->words[s->n_core - 1].hash == f->words[f->n_core - 1].hash)
		return 7;
	if (s->n_words == 1 && s->words[0].n_bytes == 3 && f->n_words > 1 && memcmp(f->words[0].text, s->words[0].text, 3) == 0 &&
		s->kind == KIND_ORGANIZATION && !(s->words[0].flags & WORD_CAPITALS))
		return 4;				/* the Fed */
	return 0;
}

/* Nouns behind a place's name that may be left out. */
static const char *const place_ends[] = {
	"atoll", "desert", "island", "islands", "mountains", "national", "ocean", "park", "peninsula", "rainforest", "sea", "strait"
};

/* Words in front of a place's name that may be left out, with "of" or without. */
static const char *const place_starts[] = {
	"city", "commonwealth", "county", "dr", "english", "kingdom", "lake", "mount", "mt", "new", "republic", "river", "southern", "state", "town",
	"upstate", "village", "western"
};

static bool
is_britain(const form *f)
{
	return strcmp(f->words[f->n_words - 1].text, "britain") == 0;
}

/* A text that says "United Kingdom" means it by "Britain" too; one that says "UK" may keep the two apart. */
static bool
is_spelled_out(const form *f)
{
	return f->words[0].flags & WORD_SPELLED;
}

static int
match_places(const form *s, const form *f)
{
	int			at;
	int			rest = f->n_words - s->n_words;
	bool		country = (s->types & NAME_TYPE_COUNTRY) != 0;

	if (s->knowledge >= 0 && s->knowledge == f->knowledge && country && (f->types & NAME_TYPE_COUNTRY) && (!is_britain(s) || is_spelled_out(f)) &&
		(!is_britain(f) || is_spelled_out(s)))
		return 10;				/* the US and America */
	if (s->n_words == 1 && (s->words[0].flags & WORD_CAPITALS) && is_acronym_of(s, f))
		return 9;
	if (s->n_words == f->n_words)
	{
		for (int i = 0; i < s->n_words; i++)
			if (s->words[i].hash != f->words[i].hash && (s->words[i].n_bytes < 7 || !nearly_equal(&s->words[i], &f->words[i], 6)))
				return 0;
		return 8;
	}
	at = find_run(s->words, s->n_words, f->words, f->n_words, false);
	if (at == 0)
	{
		const name_word *next = &f->words[s->n_words];

		if (all_droppable(next, rest, place_ends, N_OF(place_ends)) && !(next->flags & WORD_SMALL))
			return 8;
		if (strcmp(next->text, "dc") == 0 || (strcmp(next->text, "city") == 0 && !country))
			return 8;
		if (next->flags & WORD_SMALL && !country && rest > 1)
			return 6;			/* Rio de Janeiro, Stratford-upon-Avon */
		return country && rest > 1 && strcmp(next->text, "of") == 0 ? 6 : 0;
	}
	if (at > 0 && at + s->n_words == f->n_words && word_in_list(place_starts, N_OF(place_starts), f->words[0].text))
	{
		if (rest == 1 && !country)
			return 7;
		if (rest == 2 && strcmp(f->words[1].text, "of") == 0)
			return 7;
	}
	return 0;
}

/* Beginnings of words for a people and of its adjective. */
static const char *const peoples[][2] = {
	{"argentine", "argentinian"}, {"brit", "british"}, {"briton", "british"}, {"croat", "croatian"}, {"dane", "danish"},
	{"democrat", "democrat"}, {"finn", "finnish"}, {"filipino", "philippine"}, {"jew", "jewish"}, {"kurd", "kurdish"}, {"pole", "polish"},
	{"scot", "scottish"}, {"serb", "serb"}, {"slovak", "slovak"}, {"slovene", "slovenian"}, {"spaniard", "spanish"}, {"swede", "swedish"},
	{"turk", "turkish"}, {"englishm", "english"}, {"frenchm", "french"}, {"irishm", "irish"}, {"dutchm", "dutch"}, {"welshm", "welsh"}
};

static bool
begins_with(const name_word *w, const char *beginning)
{
	size_t		n = strlen(beginning);

	return w->n_bytes >= n && w->n_bytes <= n + 3 && memcmp(w->text, beginning, n) == 0;
}

static int
match_nationalities(const form *s, const form *f)
{
	if (s->n_words == f->n_words)
	{
		bool		same = true;

		for (int i = 0; i < s->n_words; i++)
			same &= same_noun(&s->words[i], &f->words[i]);
		if (same)
			return 10;
	}
	if (s->n_words == 1 && f->n_words == 2 && strcmp(f->words[0].text, "roman") == 0 && same_noun(&s->words[0], &f->words[1]))
		return 9;
	if (s->n_words == 1 && f->n_words == 2 && strcmp(f->words[0].text, "saudi") == 0 && same_noun(&s->words[0], &f->words[0]))
		return 9;
	if (s->n_words != 1 || f->n_words != 1)
		return 0;
	for (int i = 0; i < N_OF(peoples); i++)
		if (begins_with(&s->words[0], peoples[i][0]) && begins_with(&f->words[0], peoples[i][1]))
			return 9;
		else if (begins_with(&s->words[0], peoples[i][1]) && begins_with(&f->words[0], peoples[i][0]))
			return 9;
	return 0;
}

int
match_forms(const form *s, const form *f)
{
	if (s->kind != f->kind)
		return 0;
	switch (s->kind)
	{
		case KIND_PERSON:
			return match_persons(s, f);
		case KIND_PLACE:
			return match_places(s, f);
		case KIND_NATIONALITY:
		case KIND_LANGUAGE:
			return match_nationalities(s, f);
		default:
			return match_things(s, f);
	}
}
