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
	size_t		action_bytes,
				need;

	if (n_bytes < sizeof(parser_header) || h->magic != PARSER_MAGIC || h->version != PARSER_VERSION ||
		!is_size(h->log2_action_buckets) || !is_size(h->log2_punctuation_buckets) || h->width < 1 || h->width > MAX_BEAM)
		return false;
	action_bytes = (size_t) 16 << h->log2_action_buckets;
	need = sizeof(parser_header) + action_bytes + ((size_t) 16 << h->log2_punctuation_buckets);
	if (n_bytes < need)
		return false;
	m->actions = (bucket_table) {(const uint32_t *) (h + 1), 32 - h->log2_action_buckets};
	m->punctuation = (bucket_table) {m->actions.slots + action_bytes / sizeof(uint32_t), 32 - h->log2_punctuation_buckets};
	m->margin = h->margin;
	m->width = h->width;
	return weights_open(&m->labels, (const char *) data + need, n_bytes - need);
}

void
bucket_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores)
{
	const bucket_table *t = model;
	int32_t		shift = 0,
				left = 0,
				right = 0;

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
