/*
 * model.c - opening the topic model and judging a text's terms by it.
 */
#include "topic/model.h"

#include <math.h>

#include "topic/tree.h"

#define NAMED_OFTEN 12			/* quarters: once in a title or three times in the first paragraphs */
#define SHARE_OF_NAMED 0.9f

/* Reads the parts of the file one behind the other. */
typedef struct reader
{
	const char *data;
	size_t		at;
} reader;

static const void *
part(reader *r, size_t n_elements, size_t element_bytes)
{
	const char *p = r->data + r->at;

	r->at += (n_elements * element_bytes + 3) & ~(size_t) 3;
	return p;
}

bool
topic_model_open(topic_model *m, const void *data, size_t n_bytes)
{
	const topic_model_header *h = data;
	reader		r = {data, sizeof(*h)};
	size_t		n_units;

	if (n_bytes < sizeof(*h) || h->magic != TOPIC_MODEL_MAGIC || h->version != TOPIC_MODEL_VERSION)
		return false;
	if (h->n_tf == 0 || h->log2_slots > 24 || h->n_tree_rows != (uint32_t) topic_tree_size())
		return false;
	n_units = (size_t) h->n_terms + h->n_clusters + N_TOPIC_KINDS;
	m->header = h;
	m->labels = part(&r, h->n_labels, sizeof(topic_label));
	m->tf = part(&r, h->n_tf, sizeof(uint16_t));
	m->idf = part(&r, n_units, sizeof(uint16_t));
	m->clusters = part(&r, (size_t) h->n_terms * TOPIC_CLUSTER_LEVELS, sizeof(uint16_t));
	m->first = part(&r, n_units + 1, sizeof(uint32_t));
	m->slots = part(&r, (size_t) 2 << h->log2_slots, sizeof(uint32_t));
	m->entry_label = part(&r, h->n_entries, sizeof(uint16_t));
	m->entry_weight = part(&r, h->n_entries, sizeof(int8_t));
	return n_bytes >= r.at;
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
topic_model_value(const topic_model *m, int32_t unit, uint32_t count)
{
	uint32_t	last = m->header->n_tf - 1;

	return (int32_t) (((uint32_t) m->tf[count < last ? count : last] * m->idf[unit]) >> 6);
}

const float topic_block_length[N_TOPIC_BLOCKS] = {1.0f, 1.2f, 0.7f, 0.4f};

static int32_t
add_terms(const topic_model *m, const topic_term *terms, int32_t n, topic_unit *out)
{
	int32_t		n_known = 0;

	for (int32_t i = 0; i < n; i++)
	{
		int32_t		term = topic_model_term(m, terms[i].hash);

		if (term >= 0)
			out[n_known++] = (topic_unit) {term, terms[i].count};
	}
	return n_known;
}

/* The clusters of the terms units[0, n), written behind them; returns their number. */
static int32_t
add_clusters(const topic_model *m, arena *memory, topic_unit *units, int32_t n)
{
	int32_t    *place = arena_zero_array(memory, int32_t, m->header->n_clusters);	/* 1-based among the clusters found */
	topic_unit *out = units + n;
	int32_t		n_clusters = 0;

	for (int32_t i = 0; i < n; i++)
		for (int level = 0; level < TOPIC_CLUSTER_LEVELS; level++)
		{
			uint16_t	cluster = m->clusters[units[i].unit * TOPIC_CLUSTER_LEVELS + level];

			if (cluster == NO_CLUSTER)
				continue;
			if (place[cluster] == 0)
			{
				out[n_clusters] = (topic_unit) {(int32_t) (m->header->n_terms + cluster), 0};
				place[cluster] = ++n_clusters;
			}
			out[place[cluster] - 1].count += units[i].count;
		}
	return n_clusters;
}

topic_units
topic_model_units(const topic_model *m, arena *memory, const topic_terms *terms)
{
	int32_t		first_kind = (int32_t) (m->header->n_terms + m->header->n_clusters);
	topic_units out;
	int32_t		n;

	out.units = arena_array(memory, topic_unit,
							terms->n_terms * (1 + TOPIC_CLUSTER_LEVELS) + terms->n_pairs + N_TOPIC_KINDS);
	out.end[BLOCK_TERMS] = n = add_terms(m, terms->terms, terms->n_terms, out.units);
	out.end[BLOCK_CLUSTERS] = n += add_clusters(m, memory, out.units, n);
	out.end[BLOCK_PAIRS] = n += add_terms(m, terms->pairs, terms->n_pairs, out.units + n);
	for (int kind = 0; kind < N_TOPIC_KINDS; kind++)
		if (terms->kinds[kind] > 0)
			out.units[n++] = (topic_unit) {first_kind + kind, terms->kinds[kind]};
	out.end[BLOCK_KINDS] = n;
	return out;
}

/* Adds the scores of a vector of units, brought to this length. */
static void
add_scores(const topic_model *m, const topic_unit *units, int32_t n, float length, int64_t *sums, float *scores)
{
	uint32_t	n_labels = m->header->n_labels;
	int64_t		square = 0;
	double		norm;

	for (uint32_t j = 0; j < n_labels; j++)
		sums[j] = 0;
	for (int32_t i = 0; i < n; i++)
	{
		int64_t		value = topic_model_value(m, units[i].unit, units[i].count);
		uint32_t	end = m->first[units[i].unit + 1];

		square += value * value;
		for (uint32_t e = m->first[units[i].unit]; e < end; e++)
			sums[m->entry_label[e]] += value * m->entry_weight[e];
	}
	if (square == 0)
		return;
	norm = sqrt((double) square);
	for (uint32_t j = 0; j < n_labels; j++)
		scores[j] += (float) (length * m->labels[j].unit * ((double) sums[j] / norm));
}

int32_t
topic_model_score(const topic_model *m, arena *memory, const topic_terms *terms, float *scores)
{
	int64_t    *sums = arena_array(memory, int64_t, m->header->n_labels);
	topic_units u = topic_model_units(m, memory, terms);
	int32_t		start = 0;

	for (uint32_t j = 0; j < m->header->n_labels; j++)
		scores[j] = m->labels[j].bias;
	for (int block = 0; block < N_TOPIC_BLOCKS; block++)
	{
		add_scores(m, u.units + start, u.end[block] - start, topic_block_length[block], sums, scores);
		start = u.end[block];
	}
	return u.end[BLOCK_TERMS];
}

/* Best score among the labels of `level` in [label, end); `none` when there is none. */
static float
best_below(const topic_label *labels, const float *scores, int32_t label, int32_t level, float none)
{
	float		best = 0;
	bool		any = false;

	for (int32_t j = label; j < labels[label].end; j++)
		if (labels[j].level == level && (!any || scores[j] > best))
		{
			best = scores[j];
			any = true;
		}
	return any ? best : none;
}

void
topic_related_scores(const topic_label *labels, const float *scores, int32_t label, float related[N_RELATED])
{
	int32_t		parent = labels[label].parent;

	related[0] = scores[label];
	related[3] = 0;
	related[4] = 1;
	if (labels[label].level == 1)
	{
		related[1] = best_below(labels, scores, label, 2, scores[label]);
		related[2] = best_below(labels, scores, label, 3, related[1]);
	}
	else if (labels[label].level == 2)
	{
		related[1] = scores[parent];
		related[2] = best_below(labels, scores, label, 3, scores[label]);
		related[3] = best_below(labels, scores, parent, 3, scores[label]);
	}
	else
	{
		related[1] = scores[parent];
		related[2] = scores[labels[parent].parent];
	}
}

void
topic_model_probabilities(const topic_model *m, const float *scores, float *probabilities)
{
	for (int32_t j = 0; j < (int32_t) m->header->n_labels; j++)
	{
		const float *combine = m->header->combine[m->labels[j].level - 1];
		float		related[N_RELATED];
		float		logit = 0;

		topic_related_scores(m->labels, scores, j, related);
		for (int k = 0; k < N_RELATED; k++)
			logit += combine[k] * related[k];
		probabilities[j] = 1.0f / (1.0f + expf(-logit));
		if (m->labels[j].parent >= 0 && probabilities[j] > probabilities[m->labels[j].parent])
			probabilities[j] = probabilities[m->labels[j].parent];
	}
}

static void
hear_name(const topic_model *m, const topic_term *t, float *probabilities)
{
	int32_t		unit = t->count < NAMED_OFTEN ? -1 : topic_model_term(m, t->hash);

	for (int32_t j = 0; unit >= 0 && j < (int32_t) m->header->n_labels; j++)
		if (m->labels[j].name == unit && m->labels[j].parent >= 0)
			probabilities[j] = fmaxf(probabilities[j], SHARE_OF_NAMED * probabilities[m->labels[j].parent]);
}

void
topic_model_hear_names(const topic_model *m, const topic_terms *terms, float *probabilities)
{
	for (int32_t i = 0; i < terms->n_terms; i++)
		hear_name(m, &terms->terms[i], probabilities);
	for (int32_t i = 0; i < terms->n_pairs; i++)
		hear_name(m, &terms->pairs[i], probabilities);
}

int32_t
topic_model_weight(const topic_model *m, int32_t unit, uint32_t label)
{
	uint32_t	low = m->first[unit],
				end = m->first[unit + 1],
				high = end;

	while (low < high)
	{
		uint32_t	middle = low + (high - low) / 2;

		if (m->entry_label[middle] < label)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && m->entry_label[low] == label ? m->entry_weight[low] : 0;
}
