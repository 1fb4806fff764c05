/*
 * model.h - the topic model: for each concept a linear score over a text's terms and the probability it stands for.
 *
 * data/models/topics.bin is, in this order and in the machine's byte order:
 *
 *   topic_model_header
 *   topic_label[n_labels]        ordered by row of the tree
 *   uint16 tf[n_tf]              64ths: weight of a term by its count, the last for all larger counts
 *   uint16 idf[n_terms]          256ths (padded to 4 bytes)
 *   uint32 first[n_terms + 1]    of each term, its first entry
 *   uint32 slots: pairs {check, term + 1}, 1 << log2_slots of them
 *   uint16 entry_label[n_entries] (padded to 4 bytes)
 *   int8   entry_weight[n_entries]
 *
 * A text's term has the value tf * idf; the score of a label is its bias plus
 * unit * sum(value * weight) / sqrt(sum(value^2)), all sums in integers.
 */
#ifndef NEWS_TOPIC_MODEL_H
#define NEWS_TOPIC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "topic/terms.h"

#define TOPIC_MODEL_MAGIC 0x4d54574eu	/* "NWTM" */
#define TOPIC_MODEL_VERSION 1u

typedef struct topic_model_header
{
	uint32_t	magic;
	uint32_t	version;
	uint32_t	n_labels;
	uint32_t	n_terms;
	uint32_t	n_entries;
	uint32_t	n_tf;
	uint32_t	log2_slots;
	uint32_t	n_tree_rows;	/* of the tree it was trained with */
} topic_model_header;

typedef struct topic_label
{
	int32_t		tree_row;		/* of topic/tree.h */
	int32_t		parent;			/* label of the concept above, -1 */
	float		unit;			/* of the weights */
	float		bias;
	float		slope;			/* probability = logistic(slope * score + offset) */
	float		offset;
} topic_label;

typedef struct topic_model
{
	const topic_model_header *header;
	const topic_label *labels;
	const uint16_t *tf;
	const uint16_t *idf;
	const uint32_t *first;
	const uint32_t *slots;
	const uint16_t *entry_label;
	const int8_t *entry_weight;
} topic_model;

/* Opens the file image at `data`, 16-byte aligned; false when it is no model of this version. */
bool		topic_model_open(topic_model *m, const void *data, size_t n_bytes);

/* Term number of a hash, -1 when training did not see it. */
int32_t		topic_model_term(const topic_model *m, uint64_t hash);

/* Value of a term with this count; at least 0. */
int32_t		topic_model_value(const topic_model *m, int32_t term, uint32_t count);

/*
 * Probability of each label, into probabilities[n_labels]; a concept's is at most its parent's.  Returns the number of
 * terms known to the model.  Scratch memory comes from `memory`.
 */
int32_t		topic_model_judge(const topic_model *m, arena *memory, const topic_terms *terms, float *probabilities);

/* Weight of `label` in a term, 0 when it has none. */
int32_t		topic_model_weight(const topic_model *m, int32_t term, uint32_t label);

#endif
