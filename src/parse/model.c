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
				arc_bytes,
				punctuation_bytes,
				affinity_bytes;

	if (n_bytes < sizeof(parser_header) || h->magic != PARSER_MAGIC || h->version != PARSER_VERSION ||
		!is_size(h->log2_action_buckets) || !is_size(h->log2_punctuation_buckets) || !is_size(h->log2_affinity_buckets) ||
		(h->log2_arc_buckets && !is_size(h->log2_arc_buckets)) || h->width < 1 || h->width > MAX_BEAM)
		return false;
	m->looks_twice = h->log2_arc_buckets != 0;
	action_bytes = (size_t) 16 << h->log2_action_buckets;
	arc_bytes = m->looks_twice ? (size_t) 16 << h->log2_arc_buckets : 0;
	punctuation_bytes = (size_t) 16 << h->log2_punctuation_buckets;
	affinity_bytes = (size_t) 8 << h->log2_affinity_buckets;
	if ((size_t) (end - at) < action_bytes * (m->looks_twice + 1) + arc_bytes + punctuation_bytes + affinity_bytes)
		return false;
	for (int side = 0; side <= m->looks_twice; side++)
	{
		m->actions[side] = (bucket_table) {(const uint32_t *) at, 32 - h->log2_action_buckets};
		at += action_bytes;
	}
	m->arcs = (bucket_table) {(const uint32_t *) at, 32 - h->log2_arc_buckets};
	at += arc_bytes;
	m->punctuation = (bucket_table) {(const uint32_t *) at, 32 - h->log2_punctuation_buckets};
	at += punctuation_bytes;
	m->affinities = (affinity_table) {(const uint16_t *) at, 32 - h->log2_affinity_buckets};
	at += affinity_bytes;
	m->margin = h->margin;
	m->width = h->width;
	m->bonus[0] = h->bonus[0];
	m->bonus[1] = h->bonus[1];
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

typedef uint32_t slot_vector __attribute__((vector_size(16)));
typedef int16_t half_vector __attribute__((vector_size(16)));

/* The four slots of a bucket at a time: those of another check become 0, their bytes are summed in 16 bits. */
void
bucket_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores)
{
	const bucket_table *t = model;
	half_vector shift_and_right = {0},
				left = {0};

	for (int i = 0; i < n_keys; i++)
		__builtin_prefetch(t->slots + (size_t) (keys[i] >> t->shift) * 4);
	for (int i = 0; i < n_keys; i++)
	{
		const slot_vector *bucket = (const slot_vector *) (t->slots + (size_t) (keys[i] >> t->shift) * 4);
		slot_vector found = *bucket & (slot_vector) ((*bucket & 0xff) == (keys[i] & 0xff));

		shift_and_right += (half_vector) found >> 8;
		left += (half_vector) (found << 8) >> 8;
	}
	scores[SHIFT] = shift_and_right[0] + shift_and_right[2] + shift_and_right[4] + shift_and_right[6];
	scores[LEFT] = left[1] + left[3] + left[5] + left[7];
	scores[RIGHT] = shift_and_right[1] + shift_and_right[3] + shift_and_right[5] + shift_and_right[7];
}
