/*
 * topic_image.h - from a trained topic model to the bytes of data/models/topics.bin (src/topic/model.h).
 */
#ifndef NEWS_TRAIN_TOPIC_IMAGE_H
#define NEWS_TRAIN_TOPIC_IMAGE_H

#include "topic/model.h"

typedef struct topic_fit
{
	float	   *weights;		/* a unit each */
	float		bias;
} topic_fit;

typedef struct topic_parts
{
	topic_model_header *header; /* n_entries is set here */
	topic_label *labels;		/* unit and bias are set here */
	const topic_fit *fits;		/* a label each */
	const uint16_t *tf;
	const uint16_t *idf;
	const uint16_t *clusters;
	const uint32_t *slots;
	int32_t		n_units;
} topic_parts;

typedef struct topic_image
{
	char	   *bytes;			/* on the heap */
	size_t		n;
} topic_image;

/* Quantises the weights, leaves out the small ones, and writes the parts one behind the other. */
topic_image topic_image_make(const topic_parts *parts);

#endif
