/*
 * model.c - opening the topic model and judging a text's terms by it.
 */
#include "topic/model.h"

#include <math.h>

#include "topic/tree.h"

static size_t
padded(size_t n_bytes)
{
	return (n_bytes + 3) & ~(size_t) 3;
}

bool
topic_model_open(topic_model *m, const void *data, size_t n_bytes)
{
	const topic_model_header *h = data;
	const char *at = data;
	size_t		need = sizeof(*h);

	if (n_bytes < sizeof(*h) || h->magic != TOPIC_MODEL_MAGIC || h->version != TOPIC_MODEL_VERSION)
		return false;
	if (h->n_tf == 0 || h->log2_slots > 24 || h->n_tree_rows != (uint32_t) topic_tree_size())
		return false;
	m->header = h;
	m->labels = (const topic_label *) (at + need);
	need += sizeof(topic_label) * (size_t) h->n_labels;
	m->tf = (const uint16_t *) (at + need);
	need += padded(sizeof(uint16_t) * (size_t) h->n_tf);
	m->idf = (const uint16_t *) (at + need);
	need += padded(sizeof(uint16_t) * (size_t) h->n_terms);
	m->first = (const uint32_t *) (at + need);
	need += sizeof(uint32_t) * ((size_t) h->n_terms + 1);
	m->slots = (const uint32_t *) (at + need);
	need += sizeof(uint32_t) * 2 * ((size_t) 1 << h->log2_slots);
	m->entry_label = (const uint16_t *) (at + need);
	need += padded(sizeof(uint16_t) * (size_t) h->n_entries);
	m->entry_weight = (const int8_t *) (at + need);
	need += h->n_entries;
	return n_bytes >= need;
}

int32_t
topic_model_term(const topic_model *m, uint64_t hash)
{
	uint32_t	mask = (1u << m->header->log2_slots) - 1;
	uint32_t	check = (uint32_t) (hash >> 32);

	for (uint32_t at = (uint32_t) hash & mask;; at = (at + 1) & mask)
	{
		if (m->slots[2 * at + 1] == 0)
			return -1;
		if (m->slots[2 * at] == check)
			return (int32_t) (m->slots[2 * at + 1] - 1);
	}
}

int32_t
topic_model_value(const topic_model *m, int32_t term, uint32_t count)
{
	uint32_t	last = m->header->n_tf - 1;

	return (int32_t) (((uint32_t) m->tf[count < last ? count : last] * m->idf[term]) >> 6);
}

static float
logistic(float x)
{
	return 1.0f / (1.0f + expf(-x));
}

int32_t
topic_model_judge(const topic_model *m, arena *memory, const topic_terms *terms, float *probabilities)
{
	uint32_t	n_labels = m->header->n_labels;
	int64_t    *sums = arena_zero_array(memory, int64_t, n_labels);
	int64_t		square = 0;
	int32_t		n_known = 0;
	double		norm;

	for (int32_t i = 0; i < terms->n_terms; i++)
	{
		int32_t		term = topic_model_term(m, terms->terms[i].hash);
		int64_t		value;

		if (term < 0)
			continue;
		n_known++;
		value = topic_model_value(m, term, terms->terms[i].count);
		square += value * value;
		for (uint32_t e = m->first[term]; e < m->first[term + 1]; e++)
			sums[m->entry_label[e]] += value * m->entry_weight[e];
	}
	norm = square > 0 ? sqrt((double) square) : 1;
	for (uint32_t j = 0; j < n_labels; j++)
	{
		const topic_label *l = &m->labels[j];
		double		score = l->bias + l->unit * ((double) sums[j] / norm);

		probabilities[j] = logistic((float) (l->slope * score + l->offset));
		if (l->parent >= 0 && probabilities[j] > probabilities[l->parent])
			probabilities[j] = probabilities[l->parent];
	}
	return n_known;
}

int32_t
topic_model_weight(const topic_model *m, int32_t term, uint32_t label)
{
	for (uint32_t e = m->first[term]; e < m->first[term + 1]; e++)
		if (m->entry_label[e] == label)
			return m->entry_weight[e];
	return 0;
}
