/*
 * model.h - the topic model: for each concept a linear score over a text's terms and the probability it stands for.
 *
 * A text is seen as four vectors, each of a fixed length: its terms, the clusters of its terms (stems that stand in the
 * same news texts, data/topics/clusters.tsv.gz), its pairs of terms, and the kinds of its names.  A unit is a part of a vector; its
 * value is tf * idf.  The score of a label is its bias and the product of its weights with the vectors, all sums in integers.  The
 * probability of a label rests on its own score and on those of its parent and children (model.c).
 *
 * data/models/topics.bin is, in this order and in the machine's byte order:
 *
 *   topic_model_header
 *   topic_label[n_labels]        ordered by row of the tree
 *   uint16 tf[n_tf]              64ths: weight of a unit by its count, the last for all larger counts
 *   uint16 idf[n_units]          256ths; terms and pairs first, then clusters, then kinds; 0 = a term known only by its clusters
 *   uint16 clusters[n_terms][TOPIC_CLUSTER_LEVELS]   numbers of clusters, NO_CLUSTER = none
 *   uint32 first[n_units + 1]    of each unit, its first entry
 *   uint32 slots: pairs {check, term + 1}, 1 << log2_slots of them
 *   uint16 entry_label[n_entries]     ascending within a unit
 *   int8   entry_weight[n_entries]
 *
 * each part padded to 4 bytes.
 */
#ifndef NEWS_TOPIC_MODEL_H
#define NEWS_TOPIC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "topic/terms.h"

#define TOPIC_MODEL_MAGIC 0x4d54574eu	/* "NWTM" */
#define TOPIC_MODEL_VERSION 3u

#define TOPIC_CLUSTER_LEVELS 3
#define NO_CLUSTER 0xffffu
#define TOPIC_LEVELS 3			/* levels of the tree that have labels */
#define N_RELATED 5				/* numbers that a probability rests on, see topic_related_scores */
#define N_SHARPEN 3

typedef struct topic_model_header
{
	uint32_t	magic;
	uint32_t	version;
	uint32_t	n_labels;
	uint32_t	n_terms;		/* and pairs */
	uint32_t	n_entries;
	uint32_t	n_tf;
	uint32_t	log2_slots;
	uint32_t	n_tree_rows;	/* of the tree it was trained with */
	uint32_t	n_clusters;
	float		combine[TOPIC_LEVELS][N_RELATED];
	float		sharpen[TOPIC_LEVELS][N_SHARPEN];	/* from a chosen row's logits to its score, see choose.c */
} topic_model_header;

typedef struct topic_label
{
	int32_t		tree_row;		/* of topic/tree.h */
	int32_t		parent;			/* label of the concept above, -1 */
	float		unit;			/* of the weights */
	float		bias;
	int32_t		level;
	int32_t		end;			/* labels [this, end) are the concept and those below it */
	int32_t		name;			/* term or pair that names a concept without labelled texts, -1 */
	int32_t		is_group;		/* texts are hardly ever given the concept itself, but those below it */
} topic_label;

typedef struct topic_model
{
	const topic_model_header *header;
	const topic_label *labels;
	const uint16_t *tf;
	const uint16_t *idf;
	const uint16_t *clusters;
	const uint32_t *first;
	const uint32_t *slots;
	const uint16_t *entry_label;
	const int8_t *entry_weight;
} topic_model;

/* Opens the file image at `data`, 16-byte aligned; false when it is no model of this version. */
bool		topic_model_open(topic_model *m, const void *data, size_t n_bytes);

/* Term number of a hash, -1 when training did not see it. */
int32_t		topic_model_term(const topic_model *m, uint64_t hash);

/* Value of a unit with this count; at least 0. */
int32_t		topic_model_value(const topic_model *m, int32_t unit, uint32_t count);

/* A unit of a text and its value. */
typedef struct topic_unit
{
	int32_t		unit;
	uint32_t	count;
} topic_unit;

typedef enum topic_block
{
	BLOCK_TERMS, BLOCK_CLUSTERS, BLOCK_PAIRS, BLOCK_KINDS, N_TOPIC_BLOCKS
} topic_block;

/* Length of each block's vector. */
extern const float topic_block_length[N_TOPIC_BLOCKS];

typedef struct topic_units
{
	topic_unit *units;			/* the arena's; the blocks one behind the other, each in order of first appearance */
	int32_t		end[N_TOPIC_BLOCKS];
} topic_units;

/* The units of a text that the model knows. */
topic_units topic_model_units(const topic_model *m, arena *memory, const topic_terms *terms);

/* Score of each label, into scores[n_labels]; returns the number of known terms. */
int32_t		topic_model_score(const topic_model *m, arena *memory, const topic_terms *terms, float *scores);

/* What the probability of `label` rests on: its score, those of its relatives, 1. */
void		topic_related_scores(const topic_label *labels, const float *scores, int32_t label, float related[N_RELATED]);

/* Probability of each label from the scores; a concept's is at most its parent's. */
void		topic_model_probabilities(const topic_model *m, const float *scores, float *probabilities);

/* Makes a concept without labelled texts, that the text names often, nearly as probable as its parent. */
void		topic_model_hear_names(const topic_model *m, const topic_terms *terms, float *probabilities);

/* Weight of `label` in a unit, 0 when it has none. */
int32_t		topic_model_weight(const topic_model *m, int32_t unit, uint32_t label);

#endif
