/*
 * weights.h - the one form of a trained linear model: rows of quantised weights found by a feature's hash.
 *
 * A model maps a 64-bit feature hash (build it with hash_mix from a template
 * number and token hashes) to a row of `n_labels` int16 weights.  A feature that
 * training did not see has no row.  Scores are sums of int16 in int32: the
 * same on every platform.  score * `unit` is the trained real score.
 *
 * The file (made by train/weights_writer.c) is embedded in the library's
 * read-only data with EMBED of embed.h: nothing to load, shared by all backends.
 */
#ifndef NEWS_TAG_WEIGHTS_H
#define NEWS_TAG_WEIGHTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WEIGHTS_MAGIC 0x5457414eu	/* "NAWT" */
#define WEIGHTS_VERSION 2u

typedef struct weights_header
{
	uint32_t	magic;
	uint32_t	version;
	uint32_t	n_labels;
	uint32_t	row_stride;		/* labels a row, padded to a multiple of 8 */
	uint32_t	log2_slots;
	uint32_t	n_rows;
	float		unit;
	uint32_t	bits;			/* 8 or 16 a weight */
	uint32_t	unused[8];
} weights_header;				/* 64 bytes; then slots, then rows, then extra bytes of the model's own */

typedef struct weights_slot
{
	uint32_t	check;			/* upper half of the feature's hash */
	uint32_t	row;			/* 1-based; 0 = empty */
} weights_slot;

typedef struct weights
{
	const weights_header *header;
	const weights_slot *slots;
	const void *rows;			/* int8_t or int16_t by header->bits */
	uint32_t	mask;
	const unsigned char *extra; /* what the model's trainer put behind the rows */
	size_t		n_extra_bytes;
} weights;

/* Opens the file image at `data`; false when it is no model of this version.  `data` must be 16-byte aligned. */
bool		weights_open(weights *w, const void *data, size_t n_bytes);

/* Row number (0-based) of a feature, -1 when it has none. */
static inline int32_t
weights_row(const weights *w, uint64_t feature)
{
	uint32_t	check = (uint32_t) (feature >> 32);

	for (uint32_t at = (uint32_t) feature & w->mask;; at = (at + 1) & w->mask)
	{
		weights_slot s = w->slots[at];

		if (s.row == 0)
			return -1;
		if (s.check == check)
			return (int32_t) (s.row - 1);
	}
}

/* Adds the feature's row to scores[0 .. row_stride). */
void		weights_add(const weights *w, uint64_t feature, int32_t *scores);

/* Weight of one label of one feature; 0 when the feature has no row. */
int32_t		weights_one(const weights *w, uint64_t feature, uint32_t label);

#endif
