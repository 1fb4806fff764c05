/*
 * name_features.c - the features of the names tagger (see name_features.h).
 *
 * In: the cues of a token and its neighbours.  Out: hashes, each of a template's number and what the template reads.
 */
#include "lexicon/lexicon.h"
#include "tag/name_memory.h"

#define NEAR 3					/* how far the next capital may stand behind small words */

void
name_view_select(name_view *v, int32_t s, int32_t start, int32_t end)
{
	v->start = start;
	v->end = end;
	v->sentence_start = v->doc->sentences[s].start;
	v->sentence_end = v->doc->sentences[s].end;
}

typedef struct list
{
	uint64_t   *to;
	int			n;
} list;

static inline void
add(list *l, unsigned template, uint64_t value)
{
	l->to[l->n++] = hash_mix(hash_mix(template + 1, 0x9a3e), value);
}

static inline void
add2(list *l, unsigned template, uint64_t a, uint64_t b)
{
	add(l, template, hash_mix(a, b));
}

static inline uint64_t
path(const name_cue *c, int bits)
{
	return c->class_known ? (uint64_t) (c->class_path >> (16 - bits)) + 1 : 0;
}

static inline uint64_t
bytes_hash(const char *s, uint32_t n)
{
	uint64_t	h = n;

	for (uint32_t i = 0; i < n; i++)
		h = h << 8 | (unsigned char) s[i];
	return h;
}

static void
add_affixes(list *l, const token *t)
{
	uint32_t	n = t->lower_bytes;

	for (uint32_t k = 2; k <= 4 && k <= n; k++)
	{
		add(l, 10 + k, bytes_hash(t->lower + n - k, k));
		if (k > 2)
			add(l, 20 + k, bytes_hash(t->lower, k));
	}
}

static void
add_bits(list *l, unsigned template, uint32_t bits, uint64_t with)
{
	for (; bits != 0 && l->n < SEQUENCE_MAX_FEATURES - 70; bits &= bits - 1)
		add2(l, template, (uint64_t) __builtin_ctz(bits), with);
}

static inline uint64_t
form_of(const name_cue *c)
{
	return (uint64_t) c->written << 4 | (uint64_t) c->case_mode << 2 | c->first;
}

static void
add_words(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	uint64_t	form = form_of(c);

	add(l, 30, form);
	add(l, 31, c->word);
	add2(l, 32, c->word, form);
	add2(l, 33, b->word, c->written);
	add2(l, 34, a->word, c->written);
	add2(l, 35, b2->word, c->written);
	add2(l, 36, a2->word, c->written);
	add2(l, 37, b->word, c->word);
	add2(l, 38, c->word, a->word);
	add2(l, 39, b->word, a->word);
	add2(l, 40, c->shape, c->case_mode);
	add2(l, 41, b->shape, c->shape);
	add2(l, 42, c->shape, a->shape);
	add2(l, 43, hash_mix(b->written, c->shape), a->written);
	add2(l, 44, (uint64_t) b2->written << 12 | (uint64_t) b->written << 9 | (uint64_t) c->written << 6 | (uint64_t) a->written << 3 | a2->written,
		 c->case_mode);
	add2(l, 45, hash_mix(b2->word, b->word), c->written);
	add2(l, 46, hash_mix(a->word, a2->word), c->written);
}

static void
add_classes(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	add2(l, 50, path(c, 4), c->written);
	add(l, 51, path(c, 6));
	add2(l, 52, path(c, 10), c->written);
	add(l, 53, path(c, 16));
	add2(l, 54, path(b, 6), c->written);
	add2(l, 55, path(b, 10), c->written);
	add2(l, 56, path(b, 16), c->written);
	add2(l, 57, path(a, 6), c->written);
	add2(l, 58, path(a, 10), c->written);
	add2(l, 59, path(a, 16), c->written);
	add2(l, 60, path(b2, 10), c->written);
	add2(l, 61, path(a2, 10), c->written);
	add2(l, 62, path(b, 10), path(c, 10));
	add2(l, 63, path(c, 10), path(a, 10));
	add2(l, 64, hash_mix(path(b, 6), path(c, 10)), path(a, 6));
	add2(l, 65, hash_mix(path(b, 10), path(a, 10)), c->written);
}

static void
add_lexicon(list *l, const name_cue *c, const name_cue *b, const name_cue *a)
{
	uint64_t	place = (uint64_t) c->place << 4 | (c->phrase_length < 4 ? c->phrase_length : 4);

	add2(l, 70, hash_mix(c->types, place), c->case_mode);
	add_bits(l, 71, c->types, place);
	if (c->place != 4)
		add2(l, 72, c->single_types, c->written);
	add2(l, 73, hash_mix(b->types, b->place), c->written);
	add2(l, 74, hash_mix(a->types, a->place), c->written);
	add2(l, 75, hash_mix(c->types, place), path(b, 8));
	add2(l, 76, hash_mix(c->types, place), path(a, 8));
	add_bits(l, 77, c->sets, c->written);
	add_bits(l, 78, b->sets, c->written);
	add_bits(l, 79, a->sets, c->written);
	add2(l, 80, hash_mix(c->sets, b->sets), c->written);
	add2(l, 81, hash_mix(c->sets, a->sets), c->written);
	add2(l, 82, (uint64_t) c->capital_share << 8 | c->level, (uint64_t) c->written << 8 | (uint64_t) c->case_mode << 4 | c->first);
	add2(l, 83, (uint64_t) b->capital_share << 8 | c->capital_share, (uint64_t) a->capital_share << 8 | c->written);
	if (c->marks || b->marks || a->marks)
	{
		add2(l, 85, (uint64_t) b->marks << 6 | (uint64_t) c->marks << 3 | a->marks, form_of(c));
		add2(l, 86, c->marks, path(c, 8));
	}
	add2(l, 84, (uint64_t) c->habit << 8 | c->capital_share, (uint64_t) c->written << 8 | (uint64_t) c->case_mode << 4 | c->first);
}

/* The other end of the run of capitals, and the capitals beyond small words: Parliament [of the] United Kingdom. */
static void
add_runs(list *l, const name_view *v, int32_t i)
{
	const name_cue *c = &v->cues[i];
	const name_run *r = &v->runs[i];
	uint64_t	between = 0;

	if (r->last > i)
	{
		const name_cue *x = &v->cues[r->last];
		uint64_t	distance = r->last - i < 3 ? (uint64_t) (r->last - i) : 3;

		add2(l, 120, x->word, distance);
		add2(l, 121, path(x, 10), distance);
		add_bits(l, 122, x->sets & (SET_ORGANIZATION_NOUN | SET_FACILITY_NOUN | SET_PLACE_NOUN | SET_ORGANIZATION_SUFFIX | SET_DOCUMENT), distance);
	}
	if (r->last >= 0 && r->first < i)
	{
		const name_cue *x = &v->cues[r->first];
		uint64_t	distance = i - r->first < 3 ? (uint64_t) (i - r->first) : 3;

		add2(l, 123, x->word, distance);
		add2(l, 124, path(x, 10), distance);
	}
	for (int32_t k = i - 1; k >= v->sentence_start && i - k <= NEAR + 1; k--)
	{
		const name_cue *x = &v->cues[k];

		if (is_capital(x))
		{
			if (k < i - 1)
			{
				add2(l, 125, x->word, between);
				add2(l, 126, hash_mix(path(x, 10), c->written), between);
				add2(l, 127, hash_mix(x->sets & (SET_ORGANIZATION_NOUN | SET_FACILITY_NOUN | SET_PLACE_NOUN | SET_DOCUMENT), c->written), between);
			}
			break;
		}
		between = hash_mix(between, x->word);
	}
	between = 1;
	for (int32_t k = i + 1; k < v->sentence_end && k - i <= NEAR + 1; k++)
	{
		const name_cue *x = &v->cues[k];

		if (is_capital(x))
		{
			if (k > i + 1)
			{
				add2(l, 128, x->word, between);
				add2(l, 129, hash_mix(path(x, 10), c->written), between);
			}
			break;
		}
		between = hash_mix(between, x->word);
	}
}

static void
add_tags(list *l, const name_cue *c, const name_cue *b2, const name_cue *b, const name_cue *a, const name_cue *a2)
{
	if (c->upos == 0)
		return;
	add2(l, 90, c->xpos, c->written);
	add2(l, 91, (uint64_t) b->xpos << 8 | c->xpos, c->written);
	add2(l, 92, (uint64_t) c->xpos << 8 | a->xpos, c->written);
	add2(l, 93, (uint64_t) b->xpos << 16 | (uint64_t) c->xpos << 8 | a->xpos, c->written);
	add2(l, 94, (uint64_t) b2->upos << 8 | b->upos, c->upos);
	add2(l, 95, (uint64_t) a->upos << 8 | a2->upos, c->upos);
}

/* Nouns that say what the name is, here and elsewhere in the text. */
static void
add_types(list *l, const name_cue *c)
{
	for (int side = 0; side < 2; side++)
		if (c->type_code[side] != 0)
		{
			add2(l, 130 + side, c->type_word[side], c->written);
			add2(l, 132 + side, c->type_path[side] >> 6, c->type_code[side]);
			add2(l, 134 + side, c->type_path[side] >> 8, (uint64_t) c->type_code[side] << 4 | c->written);
		}
	if (c->type_kinds != 0)
		add2(l, 136, c->type_kinds, c->written);
	if (c->run_kinds != 0)
		add2(l, 137, c->run_kinds, c->type_kinds != 0);
	if (c->word_kinds != 0)
		add2(l, 138, c->word_kinds, (uint64_t) (c->type_kinds != 0) << 1 | (c->run_kinds != 0));
}

static void
add_majorities(list *l, const name_cue *c, const name_cue *b, const name_cue *a)
{
	uint64_t	form = form_of(c);

	add2(l, 100, (uint64_t) c->majority << 8 | c->majority_share, form);
	add2(l, 101, (uint64_t) b->majority << 16 | (uint64_t) c->majority << 8 | a->majority, c->written);
	add2(l, 102, (uint64_t) c->majority << 8 | a->majority, c->majority_share);
	add2(l, 103, (uint64_t) b->majority << 8 | c->majority, c->majority_share);
	add2(l, 104, c->pair_majority, c->majority);
	add2(l, 105, c->back_majority, c->majority);
	add2(l, 106, c->acronym_kind, c->majority);
	add2(l, 107, (uint64_t) c->majority << 8 | c->habit, form);
	add2(l, 108, c->majority, path(c, 8));
	add2(l, 110, c->long_majority, form);
	add2(l, 111, c->long_majority, c->majority);
	add2(l, 112, hash_mix(c->long_majority, b->long_majority), a->long_majority);
	add2(l, 109, c->majority, hash_mix(c->types, c->place));
}

int
name_features(void *context, int32_t at, uint64_t *features, int32_t *fixed)
{
	static const name_cue before_cue = {.word = 1, .written = 6, .majority = NO_MAJORITY, .long_majority = NO_MAJORITY},
				after_cue = {.word = 2, .written = 7, .majority = NO_MAJORITY, .long_majority = NO_MAJORITY};
	const name_view *v = context;
	int32_t		i = v->start + at;
	const name_cue *c = &v->cues[i];
	const name_cue *b = i - 1 >= v->sentence_start ? c - 1 : &before_cue,
			   *b2 = i - 2 >= v->sentence_start ? c - 2 : &before_cue,
			   *a = i + 1 < v->sentence_end ? c + 1 : &after_cue,
			   *a2 = i + 2 < v->sentence_end ? c + 2 : &after_cue;
	list		l = {features, 0};

	if (!c->may_be_name)
	{
		*fixed = NAME_OUTSIDE;
		return 0;
	}
	add_words(&l, c, b2, b, a, a2);
	add_affixes(&l, &v->doc->tokens[i]);
	add_classes(&l, c, b2, b, a, a2);
	add_lexicon(&l, c, b, a);
	add_runs(&l, v, i);
	add_tags(&l, c, b2, b, a, a2);
	add_types(&l, c);
	if (v->second_pass)
		add_majorities(&l, c, b, a);
	return l.n;
}
