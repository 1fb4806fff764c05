/*
 * signature.c - weighted words and sampled word sequences of an article (see signature.h).
 *
 * A word weighs (1 + ln tf) * idf (Salton and Buckley 1988), idf by the lexicon's document frequencies, more when it is
 * written with a capital inside sentences (names tell events apart) and more when it stands at the beginning, where news
 * says what happened.  All sums are of integers, logarithms in 1/256: the same text gives the same bytes everywhere.
 *
 * Names of several words as terms of their own, and inverse frequencies of a higher power, made clusters worse: both turn
 * away articles that tell the same event in other words.
 */
#include "story/signature.h"

#include <stdlib.h>
#include <string.h>

#include "lexicon/lexicon.h"

#define LOG_ONE 256				/* fixed point of the logarithms, base 2 */
#define LN_2 177				/* ln 2 in the same */
#define LEAST_IDF 443			/* 1.2 / ln 2: words in more than three of ten articles tell nothing */
#define LEAD_TOKENS 120			/* title and first paragraphs */
#define LEAD_WEIGHT 2
#define SHINGLE_WORDS 4
#define MIN_WORD_BYTES 3		/* shorter words count when they have a digit */
#define MAX_WORD_BYTES 100

typedef struct word_count
{
	const token *first;
	uint64_t	weight;			/* 0 before it is weighed */
	int32_t		first_index;
	int32_t		count;
	int32_t		capitals;		/* of count: with a capital inside a sentence */
	uint32_t	hash;
} word_count;

/* 256 times the logarithm of x > 0 to base 2. */
static uint32_t
log2_fixed(uint32_t x)
{
	uint32_t	whole = 31 - (uint32_t) __builtin_clz(x);
	uint64_t	m = ((uint64_t) x << 31) >> whole;	/* 1.0 .. 2.0, 31 bits behind the point */
	uint32_t	part = 0;

	for (int bit = 0; bit < 8; bit++)
	{
		m = (m * m) >> 31;
		part <<= 1;
		if (m >> 32)
		{
			part |= 1;
			m >>= 1;
		}
	}
	return whole * LOG_ONE + part;
}

static uint64_t
root_of(uint64_t x)
{
	uint64_t	root = 0;

	for (uint64_t bit = UINT64_C(1) << 31; bit; bit >>= 1)
		if ((root | bit) * (root | bit) <= x)
			root |= bit;
	return root;
}

/* The 32-bit hash of a word; 0 stands for none. */
static uint32_t
term_hash(uint64_t hash)
{
	uint32_t	folded = (uint32_t) (hash ^ (hash >> 32));

	return folded ? folded : 1;
}

static bool
is_word(const token *t)
{
	return (t->flags & (TOKEN_HAS_LETTER | TOKEN_HAS_DIGIT)) && !(t->flags & TOKEN_CLITIC);
}

static bool
may_be_term(const token *t)
{
	if (!is_word(t) || (t->flags & TOKEN_URL) || t->lower_bytes > MAX_WORD_BYTES)
		return false;
	if (t->lower_bytes < MIN_WORD_BYTES && !((t->flags & TOKEN_HAS_DIGIT) && t->lower_bytes == MIN_WORD_BYTES - 1))
		return false;
	return !(lexicon_sets(t) & SET_STOP);
}

/* Distinct words of the text's beginning with their counts; returns their number. */
static int32_t
count_words(const document *doc, word_count **words)
{
	int32_t		n_tokens = doc->n_tokens < SIGNATURE_TOKENS ? doc->n_tokens : SIGNATURE_TOKENS;
	uint32_t	size = 16;
	int32_t    *slots;
	int32_t		n = 0;

	while (size < (uint32_t) n_tokens * 2)
		size *= 2;
	slots = arena_zero_array(doc->memory, int32_t, size);
	*words = arena_array(doc->memory, word_count, n_tokens);
	for (int32_t i = 0; i < n_tokens; i++)
	{
		const token *t = &doc->tokens[i];
		uint32_t	hash = term_hash(t->lower_hash);
		uint32_t	at = hash & (size - 1);
		word_count *w;

		if (!may_be_term(t))
			continue;
		while (slots[at] && (*words)[slots[at] - 1].hash != hash)
			at = (at + 1) & (size - 1);
		if (!slots[at])
		{
			(*words)[n] = (word_count) {.first = t, .first_index = i, .hash = hash};
			slots[at] = ++n;
		}
		w = &(*words)[slots[at] - 1];
		w->count++;
		w->capitals += (t->flags & TOKEN_INITIAL_CAPITAL) && !(t->flags & TOKEN_SENTENCE_START);
	}
	return n;
}

static uint64_t
weigh(const word_count *w)
{
	uint32_t	n_documents = lexicon_n_documents();
	uint32_t	frequency = w->first->word >= 0 ? lexicon_word_info(w->first->word)->document_frequency : 0;
	uint32_t	idf = log2_fixed(n_documents ? n_documents : 1) - log2_fixed(frequency ? frequency : 1);
	uint64_t	weight;

	if (frequency >= n_documents || idf < LEAST_IDF)
		return 0;
	weight = (uint64_t) (LOG_ONE + log2_fixed((uint32_t) w->count) * LN_2 / LOG_ONE) * idf;
	if (w->capitals * 2 >= w->count)
		weight = weight * 3 / 2;
	if (w->first_index < LEAD_TOKENS)
		weight *= LEAD_WEIGHT;
	return weight;
}

static int
by_weight(const void *a, const void *b)
{
	const word_count *x = a;
	const word_count *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return x->first_index < y->first_index ? -1 : 1;
}

int
story_terms(const document *doc, story_term *terms)
{
	word_count *words;
	int32_t		n_words = count_words(doc, &words);
	int32_t		n = 0;
	int			kept = 0;
	uint64_t	squares = 0;
	uint64_t	norm;

	for (int32_t i = 0; i < n_words; i++)
	{
		words[i].weight = weigh(&words[i]);
		if (words[i].weight)
			words[n++] = words[i];
	}
	qsort(words, (size_t) n, sizeof(word_count), by_weight);
	if (n > SIGNATURE_TERMS)
		n = SIGNATURE_TERMS;
	for (int32_t i = 0; i < n; i++)
		squares += words[i].weight * words[i].weight;
	norm = root_of(squares);
	for (int32_t i = 0; i < n; i++)
	{
		uint64_t	weight = words[i].weight * SIGNATURE_UNIT / (norm ? norm : 1);

		if (weight == 0)
			break;
		terms[kept++] = (story_term)
		{
			words[i].first->lower, words[i].hash, weight < SIGNATURE_UNIT ? (uint32_t) weight : SIGNATURE_UNIT
		};
	}
	return kept;
}

/* Puts `hash` among the n smallest of `least`, ascending, unless it is there; returns their number. */
static int
keep_least(uint32_t *least, int n, uint32_t hash)
{
	int			at = n;

	if (n == SIGNATURE_SHINGLES && hash >= least[n - 1])
		return n;
	while (at > 0 && least[at - 1] > hash)
		at--;
	if (at > 0 && least[at - 1] == hash)
		return n;
	if (n == SIGNATURE_SHINGLES)
		n--;
	memmove(least + at + 1, least + at, sizeof(uint32_t) * (size_t) (n - at));
	least[at] = hash;
	return n + 1;
}

/* The sketch of the text's shingles; *all: how many there are, by the density of the sample when there are more. */
static int
sketch(const document *doc, uint32_t *least, uint32_t *all)
{
	int32_t		n_tokens = doc->n_tokens < SIGNATURE_TOKENS ? doc->n_tokens : SIGNATURE_TOKENS;
	uint64_t	window[SHINGLE_WORDS] = {0};
	int32_t		n_words = 0;
	int			n = 0;

	for (int32_t i = 0; i < n_tokens; i++)
	{
		const token *t = &doc->tokens[i];
		uint64_t	hash = 0;

		if (!is_word(t))
			continue;
		window[n_words++ % SHINGLE_WORDS] = t->lower_hash;
		if (n_words < SHINGLE_WORDS)
			continue;
		for (int32_t w = 0; w < SHINGLE_WORDS; w++)
			hash = hash_mix(hash, window[(n_words + w) % SHINGLE_WORDS]);
		n = keep_least(least, n, (uint32_t) (hash ^ (hash >> 32)));
	}
	*all = n < SIGNATURE_SHINGLES ? (uint32_t) n
		: (uint32_t) (((uint64_t) (n - 1) << 32) / ((uint64_t) least[n - 1] + 1));
	return n;
}

static uint8_t *
put_number(uint8_t *at, uint32_t value, int n_bytes)
{
	for (int i = 0; i < n_bytes; i++)
		*at++ = (uint8_t) (value >> (8 * i));
	return at;
}

static uint32_t
get_number(const uint8_t *at, int n_bytes)
{
	uint32_t	value = 0;

	for (int i = 0; i < n_bytes; i++)
		value |= (uint32_t) at[i] << (8 * i);
	return value;
}

static int
by_hash(const void *a, const void *b)
{
	uint32_t	x = ((const story_term *) a)->hash;
	uint32_t	y = ((const story_term *) b)->hash;

	return x < y ? -1 : x > y;
}

size_t
signature_pack(const document *doc, uint8_t *packed)
{
	story_term	terms[SIGNATURE_TERMS];
	uint32_t	least[SIGNATURE_SHINGLES + 1];
	uint32_t	all;
	int			n_terms = story_terms(doc, terms);
	int			n_shingles = sketch(doc, least, &all);
	uint8_t    *at = packed;

	qsort(terms, (size_t) n_terms, sizeof(story_term), by_hash);
	*at++ = SIGNATURE_FORMAT;
	*at++ = (uint8_t) n_terms;
	*at++ = (uint8_t) n_shingles;
	*at++ = 0;
	at = put_number(at, all, 4);
	for (int i = 0; i < n_terms; i++)
		at = put_number(at, terms[i].hash, 4);
	for (int i = 0; i < n_terms; i++)
		at = put_number(at, terms[i].weight, 2);
	for (int i = 0; i < n_shingles; i++)
		at = put_number(at, least[i], 4);
	return (size_t) (at - packed);
}

bool
signature_unpack(const uint8_t *packed, size_t n_bytes, signature *out)
{
	size_t		n_terms;
	size_t		n_shingles;

	out->n_terms = out->n_shingles = 0;
	out->all_shingles = 0;
	if (n_bytes < 8 || packed[0] != SIGNATURE_FORMAT || packed[1] > SIGNATURE_TERMS || packed[2] > SIGNATURE_SHINGLES)
		return false;
	n_terms = packed[1];
	n_shingles = packed[2];
	if (n_bytes != 8 + n_terms * 6 + n_shingles * 4)
		return false;
	out->n_terms = (int) n_terms;
	out->n_shingles = (int) n_shingles;
	out->all_shingles = get_number(packed + 4, 4);
	packed += 8;
	for (size_t i = 0; i < n_terms; i++)
	{
		out->terms[i] = get_number(packed + i * 4, 4);
		out->weights[i] = (uint16_t) get_number(packed + n_terms * 4 + i * 2, 2);
	}
	for (size_t i = 0; i < n_shingles; i++)
		out->shingles[i] = get_number(packed + n_terms * 6 + i * 4, 4);
	return true;
}

int
signature_top_terms(const signature *s, int n, int *indexes)
{
	int			kept = 0;

	/* Insertion into a short list: n is small. */
	for (int i = 0; i < s->n_terms; i++)
	{
		int			at = kept;

		while (at > 0 && s->weights[indexes[at - 1]] < s->weights[i])
			at--;
		if (at >= n)
			continue;
		if (kept < n)
			kept++;
		memmove(indexes + at + 1, indexes + at, sizeof(int) * (size_t) (kept - 1 - at));
		indexes[at] = i;
	}
	return kept;
}

double
signature_cosine(const signature *a, const signature *b)
{
	uint64_t	sum = 0;
	int			i = 0;
	int			j = 0;

	while (i < a->n_terms && j < b->n_terms)
	{
		if (a->terms[i] < b->terms[j])
			i++;
		else if (a->terms[i] > b->terms[j])
			j++;
		else
			sum += (uint64_t) a->weights[i++] * b->weights[j++];
	}
	return (double) sum / ((double) SIGNATURE_UNIT * SIGNATURE_UNIT);
}

double
signature_containment(const signature *a, const signature *b)
{
	int			i = 0;
	int			j = 0;
	int			seen = 0;
	int			both = 0;
	double		resemblance;
	double		total = (double) a->all_shingles + b->all_shingles;
	double		least = a->all_shingles < b->all_shingles ? a->all_shingles : b->all_shingles;
	double		contained;

	if (least < MIN_COPY_SHINGLES)
		return 0;
	/* The smallest hashes of the union are a sample of it: the share found in both estimates |A and B| / |A or B|. */
	while (seen < SIGNATURE_SHINGLES && (i < a->n_shingles || j < b->n_shingles))
	{
		if (j >= b->n_shingles || (i < a->n_shingles && a->shingles[i] < b->shingles[j]))
			i++;
		else if (i >= a->n_shingles || a->shingles[i] > b->shingles[j])
			j++;
		else
			i++, j++, both++;
		seen++;
	}
	resemblance = (double) both / seen;
	contained = resemblance * total / (1 + resemblance) / least;
	return contained < 1 ? contained : 1;
}
