/*
 * story_fuzz.c - fuzzes the signature of an article, and the comparison of two: halves of the input.
 */
#include <stdlib.h>

#include "../unit/check.h"
#include "stages.h"
#include "story/stories.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static signature *
sign(const uint8_t *data, size_t size)
{
	document   *doc = document_create(check_arena(), (const char *) data, (uint32_t) size);
	uint8_t    *packed = arena_alloc(check_arena(), SIGNATURE_MAX_BYTES);
	signature  *s = arena_zero(check_arena(), sizeof(signature));
	size_t		n_bytes;

	document_need(doc, STAGE_TEXT);
	n_bytes = signature_pack(doc, packed);
	if (n_bytes > SIGNATURE_MAX_BYTES || !signature_unpack(packed, n_bytes, s))
		abort();
	for (int i = 1; i < s->n_terms; i++)
		if (s->terms[i] <= s->terms[i - 1])
			abort();
	return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	signature	raw;
	story_article both[2] = {
		{sign(data, size / 2), size % 3 ? (double) size : 0, 0, 0},
		{sign(data + size / 2, size - size / 2), 1, 1, 1}
	};
	story_pair	pair = {0, 1};
	story_choice choice;
	double		cosine = signature_cosine(both[0].signature, both[1].signature);
	double		contained = signature_containment(both[0].signature, both[1].signature);

	if (!(cosine >= 0 && cosine <= 1.01 && contained >= 0 && contained <= 1))
		abort();
	story_choose(check_arena(), both, 1, 2, &pair, 1, &choice);
	if (choice.story != 1 && choice.story != -1)
		abort();
	signature_unpack(data, size, &raw);
	if (raw.n_terms > SIGNATURE_TERMS || raw.n_shingles > SIGNATURE_SHINGLES)
		abort();
	check_free();
	return 0;
}
