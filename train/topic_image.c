/*
 * topic_image.c - see topic_image.h.
 */
#include "topic_image.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"

#define PRUNE 0.03				/* of a label's largest weight: weights below it are left out */

static void
put(topic_image *out, const void *from, size_t n_bytes)
{
	out->bytes = realloc(out->bytes, out->n + n_bytes + 4);
	if (!out->bytes)
	{
		fprintf(stderr, "train_topics: out of memory\n");
		exit(1);
	}
	memcpy(out->bytes + out->n, from, n_bytes);
	out->n += n_bytes;
}

static void
put_part(topic_image *out, const void *from, size_t n_bytes)
{
	put(out, from, n_bytes);
	put(out, "\0\0\0", (4 - out->n % 4) % 4);
}

static float
largest_weight(const topic_fit *fit, int32_t n_units)
{
	float		m = 1e-6f;

	for (int32_t u = 0; u < n_units; u++)
		m = fmaxf(m, fabsf(fit->weights[u]));
	return m;
}

topic_image
topic_image_make(const topic_parts *p)
{
	topic_model_header *header = p->header;
	size_t		n_all = (size_t) p->n_units * header->n_labels;
	uint32_t   *first = must_alloc(sizeof(uint32_t) * ((size_t) p->n_units + 1));
	uint16_t   *entry_label = must_alloc(sizeof(uint16_t) * n_all);
	int8_t	   *entry_weight = must_alloc(n_all);
	topic_image out = {NULL, 0};

	for (uint32_t j = 0; j < header->n_labels; j++)
	{
		p->labels[j].unit = largest_weight(&p->fits[j], p->n_units) / 127;
		p->labels[j].bias = p->fits[j].bias;
	}
	for (int32_t u = 0; u < p->n_units; u++)
	{
		first[u] = header->n_entries;
		for (uint32_t j = 0; j < header->n_labels; j++)
			if (fabsf(p->fits[j].weights[u]) > PRUNE * 127 * p->labels[j].unit)
			{
				entry_label[header->n_entries] = (uint16_t) j;
				entry_weight[header->n_entries++] = (int8_t) lrintf(p->fits[j].weights[u] / p->labels[j].unit);
			}
	}
	first[p->n_units] = header->n_entries;
	put_part(&out, header, sizeof(*header));
	put_part(&out, p->labels, sizeof(topic_label) * header->n_labels);
	put_part(&out, p->tf, sizeof(uint16_t) * header->n_tf);
	put_part(&out, p->idf, sizeof(uint16_t) * (size_t) p->n_units);
	put_part(&out, p->clusters, sizeof(uint16_t) * TOPIC_CLUSTER_LEVELS * header->n_terms);
	put_part(&out, first, sizeof(uint32_t) * ((size_t) p->n_units + 1));
	put_part(&out, p->slots, sizeof(uint32_t) * 2 * ((size_t) 1 << header->log2_slots));
	put_part(&out, entry_label, sizeof(uint16_t) * header->n_entries);
	put_part(&out, entry_weight, header->n_entries);
	free(first);
	free(entry_label);
	free(entry_weight);
	return out;
}
