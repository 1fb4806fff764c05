/*
 * choose.h - from the probabilities of all concepts to the few rows that are given.
 */
#ifndef NEWS_TOPIC_CHOOSE_H
#define NEWS_TOPIC_CHOOSE_H

#include "topic/model.h"

#define MAX_TOPICS 8

typedef struct topic_choice
{
	int32_t		label;
	float		score;
} topic_choice;

/* At most MAX_TOPICS rows, best first; none of them lies above another.  Returns their number. */
int			choose_topics(const topic_model *m, const float *probabilities, topic_choice rows[MAX_TOPICS]);

/* What the score of a chosen row rests on: the logits of its probability and of its branch's, 1. */
void		topic_row_inputs(const topic_model *m, const float *probabilities, int32_t label, float inputs[N_SHARPEN]);

#endif
