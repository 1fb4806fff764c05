/*
 * reuse_fuzz.c - fuzzes the comparison of quotations: the bytes are two of them, split at the first line end.  What is shared
 * is not more than there is, the comparison does not depend on the order, a quotation holds itself, and the keys are ordered.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/check.h"
#include "reuse/reuse.h"
#include "stages.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

static int32_t
words_of(const uint8_t *data, size_t n_bytes, uint32_t *words)
{
	document   *doc = document_create(check_arena(), (const char *) data, (uint32_t) n_bytes);

	document_need(doc, STAGE_TEXT);
	return reuse_words(doc, words);
}

static const char *
broken_pair(const uint32_t *a, int32_t n_a, const uint32_t *b, int32_t n_b)
{
	reuse_overlap o = reuse_compare(a, n_a, b, n_b);
	reuse_overlap other = reuse_compare(b, n_b, a, n_a);
	reuse_overlap self = reuse_compare(a, n_a, a, n_a);

	if (o.shared[0] != other.shared[1] || o.shared[1] != other.shared[0] || o.total[0] != other.total[1] || o.longest != other.longest)
		return "the order does not matter";
	if (o.shared[0] < 0 || o.shared[0] > o.total[0] || o.shared[1] < 0 || o.shared[1] > o.total[1])
		return "what is shared is a part of the whole";
	if (n_a >= 3 && self.shared[0] != self.total[0])
		return "a quotation shares all with itself";
	if (!(reuse_containment(&o) >= 0 && reuse_containment(&o) <= 1))
		return "containment is a share";
	for (int s = SPEAKERS_UNKNOWN; s <= SPEAKERS_DIFFER; s++)
		if (reuse_same(&o, REUSE_VERBATIM, (reuse_speakers) s) != reuse_same(&other, REUSE_VERBATIM, (reuse_speakers) s))
			return "nor does it for the judgement";
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	static uint32_t a[REUSE_MAX_WORDS],
				b[REUSE_MAX_WORDS];
	uint32_t	keys[REUSE_MAX_KEYS];
	const uint8_t *end = n_bytes ? memchr(data, '\n', n_bytes) : NULL;
	size_t		n_first = end ? (size_t) (end - data) : n_bytes;
	int32_t		n_a = words_of(data, n_first, a);
	int32_t		n_b = words_of(data + n_first, n_bytes - n_first, b);
	const char *broken = broken_pair(a, n_a, b, n_b);

	for (int kind = REUSE_VERBATIM; kind <= REUSE_REPORTED; kind++)
	{
		int32_t		n = reuse_keys(a, n_a, (reuse_kind) kind, keys);

		for (int32_t i = 1; i < n; i++)
			if (keys[i - 1] >= keys[i])
				broken = "keys are ordered, each once";
	}
	if (broken)
	{
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	check_free();
	return 0;
}
