/*
 * parse_test.c - trees are trees whatever the text, long sentences cost linear time, plain sentences are parsed right;
 * the two readings of a piece mirror each other, and the second look climbs to the best tree and to nothing but trees.
 */
#include "check.h"

#include <time.h>

#include "parse/parser.h"
#include "parse/relations.h"
#include "stages.h"

static document *
parsed(const char *text, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, STAGE_PARSE);
	return doc;
}

/* --- every sentence is a tree -------------------------------------------------- */

static bool
is_tree(const document *doc, const sentence *s)
{
	int32_t		n_roots = 0;

	for (int32_t i = s->start; i < s->end; i++)
	{
		const token *t = &doc->tokens[i];
		int32_t		at = i,
					steps = 0;

		n_roots += t->head == -1;
		if (t->relation == 0 || t->relation >= N_RELATIONS || (t->head == -1) != (t->relation == REL_ROOT))
			return false;
		while (at >= 0 && steps++ <= s->end - s->start)
		{
			at = doc->tokens[at].head;
			if (at != -1 && (at < s->start || at >= s->end))
				return false;
		}
		if (at != -1)
			return false;
	}
	return n_roots == (s->end > s->start);
}

static bool
all_trees(const document *doc)
{
	for (int32_t s = 0; s < doc->n_sentences; s++)
		if (!doc->sentences[s].parsed || !is_tree(doc, &doc->sentences[s]))
			return false;
	return true;
}

static void
test_hostile(void)
{
	static const char *const texts[] = {
		"", " ", "Yes", ".", "\"", "\"\"\"\"\"\"\"\"\"\"", "...", "(((((((((( ))))", "\xFF\xFE\x80", ", , , , ,",
		"a", "\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\x9C", "!?!?!? ... ---- ;;;; ::::", "said said said said said said",
		"\"He said \"she said \"they said \"we said", "and and or but the of of of to to", "- - - -\n\n* * *\n1. 2. 3.",
	};
	char		name[64];

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
	{
		snprintf(name, sizeof(name), "hostile text %zu gives trees", i);
		CHECK(all_trees(parsed(texts[i], strlen(texts[i]))), name);
		check_free();
	}
}

static void
test_random(void)
{
	static const char *const words[] = {
		"the", "President", "said", ",", "\"", "to", "of", "and", "that", "(", ")", "-", "New", "York", "is", "was", "he",
		"which", "7", "%", "'s", "n't", ":", ";", "running", "\xE2\x80\x9C", "\xE2\x80\x9D", "who", "Smith", "quickly", "$"
	};
	uint64_t	seed = 7;
	bool		good = true;

	for (int round = 0; round < 60; round++)
	{
		char		text[4096];
		size_t		n = 0;

		while (n < 2000)
		{
			seed = seed * UINT64_C(6364136223846793005) + 1;
			if (round % 3 == 0)
				text[n++] = (char) (seed >> 56);
			else
				n += (size_t) sprintf(text + n, "%s ", words[(seed >> 33) % (sizeof(words) / sizeof(words[0]))]);
		}
		good = good && all_trees(parsed(text, n));
		check_free();
	}
	CHECK(good, "random bytes and random words give trees");
}

/* --- long sentences -------------------------------------------------------------- */

/* Seconds for one sentence of n tokens. */
static double
seconds_for(int32_t n, bool with_commas, bool *good)
{
	size_t		n_bytes = (size_t) n * 5;
	char	   *text = malloc(n_bytes);
	document   *doc;
	clock_t		from;
	double		seconds;

	for (size_t i = 0; i < n_bytes; i += 5)
		memcpy(text + i, with_commas && i % 100 == 95 ? "   , " : i % 3 ? "dogs " : "bark ", 5);
	doc = document_create(check_arena(), text, (uint32_t) n_bytes);
	document_need(doc, STAGE_WORDS);
	doc->n_sentences = 1;
	doc->sentences[0] = (sentence) {0, doc->n_tokens, 0, false};
	from = clock();
	parse_sentence(doc, 0);
	seconds = (double) (clock() - from) / CLOCKS_PER_SEC;
	*good = *good && doc->n_tokens == n;
	for (int32_t i = 0, n_roots = 0; i < doc->n_tokens; i++)
	{
		n_roots += doc->tokens[i].head == -1;
		*good = *good && n_roots <= 1 && doc->tokens[i].relation != 0;
	}
	check_free();
	free(text);
	return seconds;
}

static void
test_long(void)
{
	for (int commas = 0; commas <= 1; commas++)
	{
		bool		good = true;
		double		few = seconds_for(10000, commas, &good),
					many = seconds_for(100000, commas, &good);

		CHECK(good, "a sentence of 100,000 tokens has one root");
		CHECK(many < 25 * few + 0.5, "ten times the tokens take about ten times as long");
	}
}

/* --- plain sentences --------------------------------------------------------------- */

typedef struct expected_arc
{
	const char *text;
	const char *word;			/* its first token with this form ... */
	const char *head;			/* ... hangs on this one, "" = root */
	const char *relation;		/* NULL = any */
} expected_arc;

static const expected_arc arcs[] = {
	{"Dogs bark loudly.", "Dogs", "bark", "nsubj"},
	{"Dogs bark loudly.", "bark", "", "root"},
	{"The minister signed the treaty in Paris.", "treaty", "signed", "obj"},
	{"The minister signed the treaty in Paris.", "in", "Paris", "case"},
	{"The minister signed the treaty in Paris.", "minister", "signed", "nsubj"},
	{"She said that the talks had failed.", "failed", "said", "ccomp"},
	{"She said that the talks had failed.", "that", "failed", "mark"},
	{"She said that the talks had failed.", "She", "said", "nsubj"},
	{"She said that the talks had failed.", ".", "said", "punct"},
	{"Officials said they would review the plan.", "review", "said", "ccomp"},
	{"\"We are ready,\" said Maria Lopez.", "Maria", "said", "nsubj"},
	{"\"We are ready,\" she said.", "she", "said", "nsubj"},
	{"\"We need more time,\" Mr. Brown told reporters.", "reporters", "told", NULL},
	{"\"We need more time,\" Mr. Brown told reporters.", "Brown", "told", "nsubj"},
	{"According to the report, prices rose.", "report", "rose", "obl"},
	{"According to the report, prices rose.", "prices", "rose", "nsubj"},
	{"According to the report, prices rose.", ",", "report", "punct"},
	{"The bill was rejected by the Senate.", "bill", "rejected", "nsubj:pass"},
	{"The bill was rejected by the Senate.", "Senate", "rejected", "obl:agent"},
	{"He wants to leave.", "leave", "wants", "xcomp"},
	{"The man who called is my brother.", "called", "man", "acl:relcl"},
};

static int32_t
token_of(const document *doc, const char *form)
{
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];

		if (strlen(form) == t->end_byte - t->start_byte && strncmp(doc->text + t->start_byte, form, strlen(form)) == 0)
			return i;
	}
	return -1;
}

static void
test_plain(void)
{
	for (size_t i = 0; i < sizeof(arcs) / sizeof(arcs[0]); i++)
	{
		const expected_arc *a = &arcs[i];
		document   *doc = parsed(a->text, strlen(a->text));
		int32_t		word = token_of(doc, a->word);
		const token *t = &doc->tokens[word];
		char		name[256];

		snprintf(name, sizeof(name), "%s: %s <- %s (%s)", a->text, a->word, a->head, a->relation ? a->relation : "any");
		CHECK(t->head == (a->head[0] ? token_of(doc, a->head) : -1) &&
			  (a->relation == NULL || strcmp(relation_names[t->relation], a->relation) == 0), name);
		check_free();
	}
}

/* --- two readings, and the second look ------------------------------------------------- */

#define SMALL_PIECE 16

typedef struct small_piece
{
	piece		p;
	atom		atoms[SMALL_PIECE];
	int16_t		next_word[SMALL_PIECE];
	bool		is_word[SMALL_PIECE];
} small_piece;

static const affinity_table no_affinities = {(const uint16_t[8]) {0}, 31};

static void
small_piece_init(small_piece *s, int32_t n)
{
	s->p = (piece) {.n = n,.atoms = s->atoms,.next_word = s->next_word,.is_word = s->is_word,.affinities = &no_affinities};
}

static void
test_mirror(void)
{
	const char *text = "He said , \" go and see it \" .";
	document   *doc = document_create(check_arena(), text, (uint32_t) strlen(text));
	small_piece forward,
				backward,
				again;
	bool		same = true;

	document_need(doc, STAGE_WORDS);
	small_piece_init(&forward, doc->n_tokens);
	small_piece_init(&backward, 0);
	small_piece_init(&again, 0);
	piece_prepare(doc, &forward.p);
	piece_mirror(&forward.p, &backward.p);
	piece_mirror(&backward.p, &again.p);
	for (int i = 0; i <= forward.p.n + 2; i++)
		same = same && forward.atoms[i].word == again.atoms[i].word && forward.atoms[i].commas == again.atoms[i].commas &&
			forward.atoms[i].marks == again.atoms[i].marks && forward.next_word[i] == again.next_word[i];
	CHECK(same && forward.p.n_words == again.p.n_words, "mirrored twice is as it was");
	CHECK(backward.atoms[1].word == forward.atoms[forward.p.n].word && backward.atoms[2].marks == 1 && forward.atoms[2].marks == 0,
		  "mirrored once counts from the end");
	check_free();
}

/* A model that likes some arcs: the keys of one of their features. */
typedef struct liked
{
	int			n;
	uint32_t	keys[SMALL_PIECE];
} liked;

#define TELLING_FEATURE 15		/* words and places of both ends */

static void
score_liked(const void *model, const uint32_t *keys, int n_keys, int32_t *scores)
{
	const liked *l = model;

	for (int i = 0; i < l->n; i++)
		if (n_keys > TELLING_FEATURE && keys[TELLING_FEATURE] == l->keys[i])
			scores[0] += 10;
}

/* Lets every word but the last choose among all heads, from a chain; fills the heads that it comes to. */
static void
choose_among_all(const int16_t *wanted, int n_wanted, int16_t *heads, int32_t n)
{
	static head_candidate candidates[SMALL_PIECE * MAX_HEADS];
	static const int32_t bonus[2];
	const char *text = "alpha bravo charlie delta echo foxtrot";
	document   *doc = document_create(check_arena(), text, (uint32_t) strlen(text));
	uint8_t		n_candidates[SMALL_PIECE];
	int16_t		first_child[SMALL_PIECE],
				next_sibling[SMALL_PIECE];
	small_piece s;
	arc_lattice l = {&s.p, candidates, n_candidates, heads, first_child, next_sibling, bonus};
	liked		model = {0};

	document_need(doc, STAGE_TEXT);
	small_piece_init(&s, n);
	piece_prepare(doc, &s.p);
	arcs_clear(&l, &s.p);
	for (int d = 1; d <= n; d++)
	{
		heads[d] = (int16_t) (d + 1);
		for (int h = 1; h <= n + 1; h++)
			if (h != d)
				candidates[d * MAX_HEADS + n_candidates[d]++] = (head_candidate) {(int16_t) h, {h != d + 1, 1}};
	}
	for (int d = 1; d <= n_wanted; d++)
		for (int c = 0; c < n_candidates[d]; c++)
			if (candidates[d * MAX_HEADS + c].head == wanted[d])
			{
				uint32_t	keys[MAX_FEATURES];

				arc_features(&l, d, c, keys);
				model.keys[model.n++] = keys[TELLING_FEATURE];
			}
	arcs_choose(&l, (scorer) {score_liked, &model});
	check_free();
}

static void
test_second_look(void)
{
	static const int16_t tree_heads[] = {0, 2, 7, 2, 5, 2, 5};
	static const int16_t circle[] = {0, 2, 3, 1, 5, 6, 4};
	int16_t		heads[SMALL_PIECE] = {0};
	bool		good = true;
	int			n_roots = 0;

	choose_among_all(tree_heads, 6, heads, 6);
	CHECK(memcmp(heads + 1, tree_heads + 1, 6 * sizeof(int16_t)) == 0, "the second look climbs to the tree with the best arcs, root included");
	choose_among_all(circle, 6, heads, 6);
	for (int d = 1; d <= 6; d++)
	{
		int			at = d,
					steps = 0;

		n_roots += heads[d] == 7;
		while (at <= 6 && steps++ <= 6)
			at = heads[at];
		good = good && at == 7;
	}
	CHECK(good && n_roots == 1, "arcs in a circle do not make it leave the trees");
}

int
main(void)
{
	test_mirror();
	test_second_look();
	test_hostile();
	test_random();
	test_long();
	test_plain();
	return check_result();
}
