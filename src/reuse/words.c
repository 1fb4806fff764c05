/*
 * words.c - a quotation as a sequence of packed words.
 *
 * In: the tokens of a text.  Out: per word its hash and its information.  Punctuation is left out, hyphened words are
 * taken apart, full stops inside abbreviations and commas inside numbers are dropped, so that "decision-making" is
 * "decision making" and "U.S." is "US".
 *
 * A word's information alone is -log2 of the share of news articles that have it (Sparck Jones 1972); behind another word it
 * is at most -log2 of the share of the articles with the word before that have the pair, and half a bit at least: ten common words in
 * one order are no coincidence.  A word said twice in a row tells nothing the second time.  A name tells less than its rarity
 * says, since an event repeats it in every sentence.
 */
#include "reuse/reuse.h"

#include <string.h>

#include "lexicon/lexicon.h"

#define MOST_INFORMATION 31u	/* half bits */
#define UNKNOWN_WORD 20u
#define UNKNOWN_SHORT 6u		/* of three letters or fewer: syllables ("gon-na"), not words */
#define UNKNOWN_NAME 8u
#define NUMBER 8u

/* Twice the logarithm of a / b to the base 2, rounded down; a >= b >= 1. */
static uint32_t
half_bits(uint64_t a, uint64_t b)
{
	uint64_t	ratio = a * a / (b * b);
	uint32_t	bits = 0;

	while (ratio >>= 1)
		bits++;
	return bits < MOST_INFORMATION ? bits : MOST_INFORMATION;
}

static uint32_t
information(const token *t, uint64_t hash, uint32_t *frequency)
{
	int32_t		row = hash == t->lower_hash ? t->word : lexicon_word(hash);
	const word_info *word;
	uint32_t	alone;

	*frequency = 0;
	if (t->flags & TOKEN_HAS_DIGIT)
		return NUMBER;
	if (row < 0)
		return t->flags & TOKEN_INITIAL_CAPITAL ? UNKNOWN_NAME : t->lower_bytes <= 3 ? UNKNOWN_SHORT : UNKNOWN_WORD;
	word = lexicon_word_info(row);
	*frequency = word->document_frequency;
	if (*frequency == 0)
		return UNKNOWN_WORD * (255u - word->capital_share * 3u / 4u) / 255u;
	if (*frequency >= lexicon_n_documents())
		return 0;
	alone = half_bits(lexicon_n_documents(), *frequency);
	return alone * (255u - word->capital_share * 3u / 4u) / 255u;
}

static uint32_t
behind(uint64_t before, uint32_t before_frequency, uint64_t hash, uint32_t alone)
{
	uint32_t	pair;
	uint32_t	bits;

	if (before == hash)
		return 1;
	pair = before_frequency ? lexicon_bigram_frequency(before, hash) : 0;
	bits = pair == 0 || pair > before_frequency ? alone : half_bits(before_frequency, pair);
	if (bits > alone)
		bits = alone;
	return bits ? bits : 1;
}

int32_t
reuse_words(const document *doc, uint32_t words[REUSE_MAX_WORDS])
{
	int32_t		n = 0;
	uint64_t	before = 0;
	uint32_t	before_frequency = 0;

	for (int32_t i = 0; i < doc->n_tokens && n < REUSE_MAX_WORDS; i++)
	{
		const token *t = &doc->tokens[i];
		uint32_t	at = 0;

		if (t->flags & TOKEN_PUNCTUATION && !(t->lower_bytes == 1 && *t->lower == '%'))
			continue;
		while (at < t->lower_bytes && n < REUSE_MAX_WORDS)
		{
			char		part[64];
			uint32_t	n_part = 0;
			uint64_t	hash;
			uint32_t	frequency;
			uint32_t	alone;

			for (; at < t->lower_bytes && t->lower[at] != '-'; at++)
				if (n_part < sizeof(part) && t->lower[at] != '.' && t->lower[at] != ',')
					part[n_part++] = t->lower[at];
			at++;
			if (n_part == 0)
				continue;
			hash = n_part == t->lower_bytes && n_part < sizeof(part) ? t->lower_hash
				: *part == '%' ? hash_bytes("percent", 7) : hash_bytes(part, n_part);
			alone = information(t, hash, &frequency);
			words[n++] = (uint32_t) (hash_mix(hash, 0) >> 42) << 10 | alone << 5 | behind(before, before_frequency, hash, alone);
			before = hash;
			before_frequency = frequency;
		}
	}
	return n;
}
