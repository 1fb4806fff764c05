/*
 * tag_names.h - the names model and its two passes, for the tagger and its trainer.
 */
#ifndef NEWS_TAG_TAG_NAMES_H
#define NEWS_TAG_TAG_NAMES_H

#include "tag/name_features.h"

#define NAMES_MAGIC 0x534d414eu
#define N_CALIBRATION 21		/* probabilities 0, 0.05 ... 1 as they come, and what they are worth */

/* The head of data/models/names.bin; the two models follow at the given offsets, multiples of 64. */
typedef struct names_header
{
	uint32_t	magic;
	uint32_t	unused;
	uint32_t	first_offset;
	uint32_t	first_bytes;
	uint32_t	second_offset;
	uint32_t	second_bytes;
	float		worth[N_CALIBRATION];
	uint32_t	padding[5];
} names_header;					/* 128 bytes */

typedef struct names_model
{
	const names_header *header;
	sequence_model first;		/* sees a sentence */
	sequence_model second;		/* ... and what the first found in the whole text */
} names_model;

/* Opens the file image (64-byte aligned); false when it is none of this version. */
bool		names_model_open(names_model *m, const void *data, size_t n_bytes);

/* Labels of all tokens by one model; probabilities of names (at their first token) when `probability` is not NULL. */
void		names_label(name_view *v, const sequence_model *m, uint8_t *labels, float *probability);

/* Writes labels to the document's tokens and makes its mentions. */
void		names_to_mentions(document *doc, const uint8_t *labels, const float *probability, const float *worth);

/* Both passes. */
void		names_tag(document *doc, const names_model *m);

#endif
