/*
 * sequence_write.c - which rows a trained linear-chain model keeps, the mean of its weights, and its file.
 *
 * In: a trainer between two epochs or after the last (sequence_trainer.h).
 * Out: the same with fewer rows; the file that tag/sequence.h opens: the rows
 * (weights_writer.h), then the scores of the chain and the filter of features.
 */
#include "sequence_trainer.h"

#include <math.h>

#include "weights_writer.h"

typedef struct ranked
{
	float		value;
	uint32_t	id;
} ranked;

static int
by_value(const void *a, const void *b)
{
	const ranked *x = a,
			   *y = b;

	if (x->value != y->value)
		return x->value < y->value ? 1 : -1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* What a row does to scores over the training data: its largest weight, times the root of how often it occurs. */
static float
importance(const sequence_trainer *t, size_t id)
{
	const float *w = t->rows + id * 2 * t->stride;
	float		top = 0;

	for (int32_t j = 0; j < t->n; j++)
		top = fabsf(w[j]) > top ? fabsf(w[j]) : top;
	return top * sqrtf((float) t->counts[id]);
}

void
sequence_trainer_prune(sequence_trainer *t, size_t max_rows)
{
	ranked	   *r = must(malloc((t->n_ids + 1) * sizeof(ranked)));
	uint32_t   *map = must(malloc((t->n_ids + 1) * sizeof(uint32_t)));
	uint32_t	n = 0;

	sequence_bring_up_to_date(t);
	for (size_t id = 0; id < t->n_ids; id++)
	{
		r[id].value = importance(t, id);
		r[id].id = (uint32_t) id;
		map[id] = NO_ROW;
	}
	qsort(r, t->n_ids, sizeof(ranked), by_value);
	for (size_t i = 0; i < t->n_ids && i < max_rows && r[i].value > 0; i++)
		map[r[i].id] = 0;
	for (size_t id = 0; id < t->n_ids; id++)
	{
		if (map[id] == NO_ROW)
			continue;
		map[id] = n;
		memmove(t->rows + (size_t) n * 2 * t->stride, t->rows + id * 2 * t->stride, 2 * t->stride * sizeof(float));
		t->stamps[n] = t->stamps[id];
		n++;
	}
	sequence_renumber(t, map, n);
	free(t->row_sums);
	free(t->chain_sums);
	t->row_sums = t->chain_sums = NULL;
	t->n_noted = 0;
	free(r);
	free(map);
}

size_t
sequence_trainer_rows(const sequence_trainer *t)
{
	return t->n_ids;
}

static int32_t
scaled(float x, float unit)
{
	return (int32_t) lrintf(x / unit);
}

void
sequence_trainer_average(sequence_trainer *t)
{
	size_t		n_chain = (size_t) (t->n + 2) * t->stride;

	sequence_bring_up_to_date(t);
	if (!t->n_noted)
	{
		t->row_sums = aligned(t->n_ids * t->stride);
		t->chain_sums = aligned(n_chain);
	}
	for (size_t id = 0; id < t->n_ids; id++)
		add_scaled(t->row_sums + id * t->stride, t->rows + id * 2 * t->stride, 1.0f, t->stride);
	add_scaled(t->chain_sums, t->chain, 1.0f, (int32_t) n_chain);
	t->n_noted++;
}

/* Weight to write of a feature, and of a transition. */
static float
row_weight(const sequence_trainer *t, size_t id, int32_t label)
{
	return t->n_noted ? t->row_sums[id * t->stride + label] / (float) t->n_noted : t->rows[id * 2 * t->stride + label];
}

static float
chain_weight(const sequence_trainer *t, size_t row, size_t label)
{
	size_t		at = row * t->stride + label;

	return t->n_noted ? t->chain_sums[at] / (float) t->n_noted : t->chain[at];
}

/* The unit of the scores is known once the rows are written: the chain's scores follow in the same file. */
static void
write_chain(const sequence_trainer *t, const char *path, size_t bytes_from_end)
{
	FILE	   *f = fopen(path, "r+b");
	weights_header h;
	int32_t    *scores = must(malloc((size_t) (t->n + 2) * t->n * sizeof(int32_t)));
	size_t		n = (size_t) t->n,
				at = 0;

	if (!f || fread(&h, sizeof(h), 1, f) != 1)
		goto failed;
	for (size_t j = 0; j < n; j++)
		scores[at++] = t->o.forbidden_start && t->o.forbidden_start[j] ? SEQUENCE_FORBIDDEN : scaled(chain_weight(t, 0, j), h.unit);
	for (size_t j = 0; j < n; j++)
		scores[at++] = scaled(chain_weight(t, n + 1, j), h.unit);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++)
			scores[at++] = forbidden(t, (int32_t) i, (int32_t) j) ? SEQUENCE_FORBIDDEN :
				scaled(chain_weight(t, i + 1, j), h.unit);
	if (fseek(f, -(long) bytes_from_end, SEEK_END) != 0 ||
		fwrite(scores, sizeof(int32_t), at, f) != at || fclose(f) != 0)
		goto failed;
	free(scores);
	return;
failed:
	perror(path);
	exit(1);
}

static void
fill_filter(const sequence_trainer *t, uint64_t *filter, uint32_t mask)
{
	for (size_t id = 0; id < t->n_ids; id++)
	{
		uint32_t	bit = sequence_filter_bit(t->hashes[id]) & mask;

		filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
	}
}

void
sequence_trainer_write(sequence_trainer *t, const char *path, uint32_t bits, float clip, const char *const *names)
{
	float	   *rows = must(malloc((t->n_ids + 1) * t->n * sizeof(float)));
	size_t		name_bytes = 0,
				chain_bytes = ((size_t) t->n + 2) * t->n * sizeof(int32_t),
				filter_bytes,
				extra_bytes;
	uint32_t	log2_filter = 6;
	sequence_extra *extra;
	char	   *at;

	sequence_bring_up_to_date(t);
	for (size_t id = 0; id < t->n_ids; id++)
		for (int32_t j = 0; j < t->n; j++)
			rows[id * t->n + j] = row_weight(t, id, j);
	for (int32_t i = 0; i < t->n; i++)
		name_bytes += strlen(names[i]) + 1;
	while ((t->n_ids << 3) > (size_t) 1 << log2_filter)
		log2_filter++;
	filter_bytes = (size_t) 1 << (log2_filter - 3);
	extra_bytes = sizeof(sequence_extra) + filter_bytes + chain_bytes + name_bytes;
	extra = must(calloc(1, extra_bytes));
	extra->log2_filter = log2_filter;
	fill_filter(t, (uint64_t *) (extra + 1), (uint32_t) (filter_bytes * 8 - 1));
	extra->magic = SEQUENCE_MAGIC_FILTER;
	extra->n_labels = t->n;
	extra->constrained = t->o.forbidden || t->o.forbidden_start;
	extra->name_bytes = (int32_t) name_bytes;
	at = (char *) (extra + 1) + filter_bytes + chain_bytes;
	for (int32_t i = 0; i < t->n; i++, at += strlen(at) + 1)
		strcpy(at, names[i]);
	weights_write(path, t->hashes, rows, t->n_ids, (uint32_t) t->n, 0, bits, clip, extra, extra_bytes);
	write_chain(t, path, chain_bytes + name_bytes);
	free(extra);
	free(rows);
}
