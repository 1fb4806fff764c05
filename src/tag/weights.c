/*
 * weights.c - opening and summing the rows of a linear model.
 */
#include "tag/weights.h"

static size_t
row_bytes(const weights_header *h)
{
	return (size_t) h->row_stride * (h->bits / 8);
}

bool
weights_open(weights *w, const void *data, size_t n_bytes)
{
	const weights_header *h = data;
	size_t		n_slots,
				need;

	if (n_bytes < sizeof(weights_header) || h->magic != WEIGHTS_MAGIC || h->version != WEIGHTS_VERSION)
		return false;
	if ((h->bits != 8 && h->bits != 16) || h->log2_slots > 28)
		return false;
	n_slots = (size_t) 1 << h->log2_slots;
	need = sizeof(weights_header) + n_slots * sizeof(weights_slot) + (size_t) h->n_rows * row_bytes(h);
	if (n_bytes < need)
		return false;
	w->header = h;
	w->slots = (const weights_slot *) ((const char *) data + sizeof(weights_header));
	w->rows = w->slots + n_slots;
	w->mask = (uint32_t) (n_slots - 1);
	w->extra = (const unsigned char *) data + need;
	w->n_extra_bytes = n_bytes - need;
	return true;
}

void
weights_add(const weights *w, uint64_t feature, int32_t *scores)
{
	int32_t		row = weights_row(w, feature);
	uint32_t	stride = w->header->row_stride;

	if (row < 0)
		return;
	if (w->header->bits == 8)
	{
		const int8_t *from = (const int8_t *) w->rows + (size_t) row * stride;

		for (uint32_t i = 0; i < stride; i++)
			scores[i] += from[i];
	}
	else
	{
		const int16_t *from = (const int16_t *) w->rows + (size_t) row * stride;

		for (uint32_t i = 0; i < stride; i++)
			scores[i] += from[i];
	}
}

int32_t
weights_one(const weights *w, uint64_t feature, uint32_t label)
{
	int32_t		row = weights_row(w, feature);
	size_t		at;

	if (row < 0)
		return 0;
	at = (size_t) row * w->header->row_stride + label;
	return w->header->bits == 8 ? ((const int8_t *) w->rows)[at] : ((const int16_t *) w->rows)[at];
}
