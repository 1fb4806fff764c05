/*
 * topic_regress.h - small logistic regressions, from scores to probabilities.
 */
#ifndef NEWS_TRAIN_TOPIC_REGRESS_H
#define NEWS_TRAIN_TOPIC_REGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "topic/model.h"

#define MAX_INPUTS N_RELATED

/* One example of a small regression. */
typedef struct observation
{
	float		x[MAX_INPUTS];
	bool		right;
} observation;

/* Logistic regression of n_inputs numbers by Newton's method, into w. */
void		regress(const observation *o, size_t n, int n_inputs, float *w);

#endif
