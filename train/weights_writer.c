/*
 * weights_writer.c - prune, quantise, lay out (see weights_writer.h).
 */
#include "weights_writer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "tag/weights.h"

static const uint64_t *sort_features;

static int
by_feature(const void *a, const void *b)
{
	uint64_t	x = sort_features[*(const uint32_t *) a],
				y = sort_features[*(const uint32_t *) b];

	return x < y ? -1 : x > y;
}

static float
largest(const float *row, uint32_t n)
{
	float		m = 0;

	for (uint32_t i = 0; i < n; i++)
		if (fabsf(row[i]) > m)
			m = fabsf(row[i]);
	return m;
}

static int32_t
quantise(float x, float unit, int32_t limit)
{
	long		q = lrintf(x / unit);

	return (int32_t) (q > limit ? limit : q < -limit ? -limit : q);
}

void
weights_write(const char *path, const uint64_t *features, const float *rows, size_t n_features,
			  uint32_t n_labels, float prune, uint32_t bits, float clip, const void *extra, size_t n_extra_bytes)
{
	uint32_t   *kept = must_alloc(n_features * sizeof(uint32_t));
	int32_t		limit = bits == 8 ? 127 : 32767;
	double		square = 0;
	size_t		n_kept = 0,
				n_weights = 0;
	float		top = 0;
	weights_header h = {0};
	weights_slot *slots;
	char	   *out;
	size_t		n_slots;
	FILE	   *f;

	for (size_t i = 0; i < n_features; i++)
	{
		float		m = largest(rows + i * n_labels, n_labels);

		if (m <= prune)
			continue;
		kept[n_kept++] = (uint32_t) i;
		if (m > top)
			top = m;
		for (uint32_t j = 0; j < n_labels; j++)
			if (rows[i * n_labels + j] != 0)
			{
				square += (double) rows[i * n_labels + j] * rows[i * n_labels + j];
				n_weights++;
			}
	}
	if (bits == 8 && clip > 0 && n_weights > 0)
	{
		float		limit_value = clip * (float) sqrt(square / (double) n_weights);

		if (limit_value < top)
			top = limit_value;
	}
	sort_features = features;
	qsort(kept, n_kept, sizeof(uint32_t), by_feature);

	h.magic = WEIGHTS_MAGIC;
	h.version = WEIGHTS_VERSION;
	h.n_labels = n_labels;
	h.row_stride = (n_labels + 7) / 8 * 8;
	h.n_rows = (uint32_t) n_kept;
	h.unit = top > 0 ? top / (float) limit : 1.0f;
	h.bits = bits;
	for (h.log2_slots = 4; ((size_t) 1 << h.log2_slots) < n_kept + n_kept / 3 + 1; h.log2_slots++)
		;
	n_slots = (size_t) 1 << h.log2_slots;
	slots = must_alloc(n_slots * sizeof(weights_slot));
	out = must_alloc(n_kept * h.row_stride * (bits / 8));
	for (size_t r = 0; r < n_kept; r++)
	{
		uint64_t	feature = features[kept[r]];
		size_t		at = (uint32_t) feature & (n_slots - 1);

		while (slots[at].row)
			at = (at + 1) & (n_slots - 1);
		slots[at].check = (uint32_t) (feature >> 32);
		slots[at].row = (uint32_t) (r + 1);
		for (uint32_t j = 0; j < n_labels; j++)
		{
			int32_t		q = quantise(rows[(size_t) kept[r] * n_labels + j], h.unit, limit);

			if (bits == 8)
				((int8_t *) out)[r * h.row_stride + j] = (int8_t) q;
			else
				((int16_t *) out)[r * h.row_stride + j] = (int16_t) q;
		}
	}
	f = fopen(path, "wb");
	if (!f || fwrite(&h, sizeof(h), 1, f) != 1 ||
		fwrite(slots, sizeof(weights_slot), n_slots, f) != n_slots ||
		fwrite(out, 1, n_kept * h.row_stride * (bits / 8), f) != n_kept * h.row_stride * (bits / 8) ||
		fwrite(extra, 1, n_extra_bytes, f) != n_extra_bytes || fclose(f))
	{
		perror(path);
		exit(1);
	}
	fprintf(stderr, "%s: %zu of %zu features kept, unit %g\n", path, n_kept, n_features, h.unit);
	free(kept);
	free(slots);
	free(out);
}
