/*
 * sequence_trainer.h - the inside of the trainer of sequence models: sequence_train.c learns, sequence_write.c chooses
 * the rows to keep and writes the file.  Other trainers use sequence_train.h.
 */
#ifndef NEWS_TRAIN_SEQUENCE_TRAINER_H
#define NEWS_TRAIN_SEQUENCE_TRAINER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sequence_train.h"

#define LANES 16				/* rows are padded to multiples of this many floats */
#define NO_ROW UINT32_MAX

typedef struct example
{
	size_t		first_token;	/* in token arrays */
	int32_t		n_tokens;
	float		weight;
	int			group;
} example;

struct sequence_trainer
{
	sequence_options o;
	int32_t		n;				/* labels */
	int32_t		stride;

	/* features by hash while sentences are added; later only what is written */
	uint64_t   *slots;			/* feature hashes, 0 = empty */
	uint32_t   *slot_ids;
	size_t		n_slots;
	uint64_t   *hashes;			/* [id] */
	uint32_t   *counts;			/* [id] */
	size_t		n_ids;
	size_t		ids_capacity;

	example    *examples;
	size_t		n_examples;
	size_t		examples_capacity;
	label_set  *allowed;		/* [token] */
	int16_t    *fixed;			/* [token] label or -1 */
	size_t	   *first;			/* [token + 1] into features */
	size_t		n_tokens;
	size_t		tokens_capacity;
	uint32_t   *features;		/* ids */
	size_t		n_features;
	size_t		features_capacity;

	float	   *rows;			/* [id][weights stride | squares stride] */
	uint32_t   *stamps;			/* [id] step of the last regularisation */
	uint32_t	step;
	float	   *chain;			/* start row, n transition rows, end row: weights */
	float	   *chain_squares;
	float	   *chain_gradient;
	float	   *row_sums;		/* of the weights noted for the mean, [id * stride] */
	float	   *chain_sums;
	int			n_noted;
	float	   *factor;			/* exp of the transition rows */
	float	   *factor_turned;	/* transposed */
	float	   *pair;			/* expected pairs of a sentence, without the factor */

	/* of one sentence */
	float	   *score,
			   *own,
			   *forward,
			   *backward,
			   *marginal,
			   *gradient,
			   *norm;
	uint32_t   *active;
	size_t	   *active_first;
	uint64_t	random;
	int			group;			/* of the sentences added now */
	float		group_scale[SEQUENCE_GROUPS];
};

/* Applies the regularisation that rows not touched lately have missed. */
void		sequence_bring_up_to_date(sequence_trainer *t);

/* Gives features new numbers, map[old]; NO_ROW drops one. */
void		sequence_renumber(sequence_trainer *t, const uint32_t *map, size_t n_new);

static inline void *
must(void *p)
{
	if (!p)
	{
		fprintf(stderr, "sequence_train: out of memory\n");
		exit(1);
	}
	return p;
}

static inline void *
aligned(size_t n_floats)
{
	void	   *p = must(aligned_alloc(64, (n_floats * sizeof(float) + 63) / 64 * 64 + 64));

	memset(p, 0, n_floats * sizeof(float));
	return p;
}

static inline void
add_scaled(float *restrict to, const float *restrict from, float by, int32_t n)
{
	for (int32_t j = 0; j < n; j++)
		to[j] += by * from[j];
}

static inline bool
forbidden(const sequence_trainer *t, int32_t from, int32_t to)
{
	return t->o.forbidden && t->o.forbidden[from * t->n + to];
}

#endif
