/*
 * topic_examples.h - labelled texts as vectors, and how well a model finds their topics.
 */
#ifndef NEWS_TRAIN_TOPIC_EXAMPLES_H
#define NEWS_TRAIN_TOPIC_EXAMPLES_H

#include <stdbool.h>
#include <stddef.h>

#include "topic/terms.h"

#define MAX_CODES 8

typedef struct example
{
	topic_terms terms;			/* on the heap; the tokens' are not kept */
	int32_t		n_nodes;
	int32_t    *unit;
	float	   *value;			/* each block brought to its length (topic/model.h) */
	double		square;			/* of the vector's length, with the constant term */
	int32_t		rows[MAX_CODES];	/* of the tree */
	int32_t		n_rows;
	float		weight;
	bool		dev;
	int32_t		fold;
	float	   *held_out;		/* score of each label by models that did not see the text */
} example;

/* Is one of the text's codes the concept `row` or below it? */
bool		is_example_of(const example *e, int32_t row);

/*
 * Prints how well the model with this file image finds topics, as ../shared/scoring/topics.py, and its reliability: on the training
 * texts, each by models that did not see it, and on the `dev` texts.
 */
void		topic_report(const void *image, size_t n_bytes, const example *examples, int32_t n_examples);

#endif
