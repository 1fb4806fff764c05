/*
 * model.c - the parser's model and its scores.
 *
 * Actions and heads of punctuation are scored from tables made for few cache
 * lines and no branches (bucket_table); relations from the rows of weights.h.
 */
#include "parse/parser.h"

static bool
is_size(uint32_t log2_buckets)
{
	return log2_buckets >= 1 && log2_buckets <= 24;
}

bool
parser_open(parser_model *m, const void *data, size_t n_bytes)
{
	const parser_header *h = data;
	const char *at = (const char *) data + sizeof(parser_header),
			   *end = (const char *) data + n_bytes;
	size_t		action_bytes,
				punctuation_bytes,
				affinity_bytes;

	if (n_bytes < sizeof(parser_header) || h->magic != PARSER_MAGIC || h->version != PARSER_VERSION ||
		!is_size(h->log2_action_buckets) || !is_size(h->log2_punctuation_buckets) || !is_size(h->log2_affinity_buckets) ||
		h->width < 1 || h->width > MAX_BEAM)
		return false;
	action_bytes = (size_t) 16 << h->log2_action_buckets;
	punctuation_bytes = (size_t) 16 << h->log2_punctuation_buckets;
	affinity_bytes = (size_t) 8 << h->log2_affinity_buckets;
	if ((size_t) (end - at) < action_bytes + punctuation_bytes + affinity_bytes)
		return false;
	m->actions = (bucket_table) {(const uint32_t *) at, 32 - h->log2_action_buckets};
	at += action_bytes;
	m->punctuation = (bucket_table) {(const uint32_t *) at, 32 - h->log2_punctuation_buckets};
	at += punctuation_bytes;
	m->affinities = (affinity_table) {(const uint16_t *) at, 32 - h->log2_affinity_buckets};
	at += affinity_bytes;
	m->margin = h->margin;
	m->width = h->width;
	return weights_open(&m->labels, at, (size_t) (end - at)) && m->labels.header->bits == 8 &&
		m->labels.header->row_stride == RELATION_STRIDE;
}

uint8_t
affinity_grade(const affinity_table *t, uint64_t key)
{
	const uint16_t *bucket = t->slots + (size_t) ((uint32_t) (key >> 32) >> t->shift) * 4;
	uint16_t	found = 0;

	for (int j = 0; j < 4; j++)
		found |= bucket[j] & -(uint16_t) ((bucket[j] & 0xff) == (key & 0xff));
	return (uint8_t) (found >> 8);
}

void
bucket_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores)
{
	const bucket_table *t = model;
	int32_t		shift = 0,
				left = 0,
				right = 0;

	for (int i = 0; i < n_keys; i++)
		__builtin_prefetch(t->slots + (size_t) (keys[i] >> t->shift) * 4);
	for (int i = 0; i < n_keys; i++)
	{
		const uint32_t *bucket = t->slots + (size_t) (keys[i] >> t->shift) * 4;
		uint32_t	check = keys[i] & 0xff,
					found = 0;

		for (int j = 0; j < 4; j++)
			found |= bucket[j] & -(uint32_t) ((bucket[j] & 0xff) == check);
		shift += (int8_t) (found >> 8);
		left += (int8_t) (found >> 16);
		right += (int8_t) (found >> 24);
	}
	scores[SHIFT] = shift;
	scores[LEFT] = left;
	scores[RIGHT] = right;
}
