/*
 * sequence_train.h - trains the models that tag/sequence.h runs.
 *
 * A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001),
 * stochastic gradient with AdaGrad steps (Duchi, Hazan, Singer 2011), L1 and L2
 * applied lazily to the rows that a sentence touches, and random omission of
 * features.  Labels may be partial: a token has a set of allowed labels, and the
 * likelihood is that of all allowed paths together (Tsuboi et al. 2008).
 *
 * One thread, fixed order: the same calls give the same file.
 *
 *   t = sequence_trainer_create(&options);
 *   sequence_trainer_add(t, ...) for each sentence;
 *   sequence_trainer_begin(t, 2);
 *   for each epoch: sequence_trainer_epoch(t);
 *   sequence_trainer_prune(t, 120000); some more epochs;
 *   sequence_trainer_write(t, path, 8, 12, names);
 *
 * Every function exits the program on failure.
 */
#ifndef NEWS_TRAIN_SEQUENCE_TRAIN_H
#define NEWS_TRAIN_SEQUENCE_TRAIN_H

#include "tag/sequence.h"

typedef struct label_set
{
	uint64_t	bits[2];
} label_set;

static inline label_set
label_set_of(int32_t label)
{
	label_set	s = {{0, 0}};

	s.bits[label >> 6] |= UINT64_C(1) << (label & 63);
	return s;
}

static inline void
label_set_add(label_set *s, int32_t label)
{
	s->bits[label >> 6] |= UINT64_C(1) << (label & 63);
}

static inline bool
label_set_has(const label_set *s, int32_t label)
{
	return s->bits[label >> 6] >> (label & 63) & 1;
}

typedef struct sequence_options
{
	int32_t		n_labels;
	float		rate;			/* AdaGrad step; 0.1 .. 0.3 */
	float		l1;				/* a sentence; 1e-6 .. 1e-4 */
	float		l2;				/* a sentence; 1e-6 .. 1e-4 */
	float		dropout;		/* share of feature occurrences left out of a sentence, 0 .. 0.3 */
	uint64_t	seed;			/* of order and dropout */
	const uint8_t *forbidden;	/* [from * n_labels + to] != 0: may not follow; NULL = none */
	const uint8_t *forbidden_start; /* [label]; NULL = none */
} sequence_options;

typedef struct sequence_trainer sequence_trainer;

sequence_trainer *sequence_trainer_create(const sequence_options *options);

/*
 * Adds a sentence.  allowed[i] is the set of labels that token i may truly
 * have (label_set_of(gold) when it is known); `weight` scales its gradient.  A
 * token that the extractor fixes is given to the model: it has that label in
 * numerator and denominator.
 */
void		sequence_trainer_add(sequence_trainer *t, int32_t n_tokens, sequence_extract *extract, void *context,
								 const label_set *allowed, float weight);

/*
 * Sentences added from now on belong to this group, 0 .. SEQUENCE_GROUPS - 1 (0 at first); later epochs multiply
 * their weights by the group's scale (1 at first; 0 leaves them out).
 */
#define SEQUENCE_GROUPS 4
void		sequence_trainer_set_group(sequence_trainer *t, int group);
void		sequence_trainer_scale_group(sequence_trainer *t, int group, float scale);

/* After the last sentence: features that occur less than min_count times are dropped. */
void		sequence_trainer_begin(sequence_trainer *t, uint32_t min_count);

/* One pass over the sentences in a new order; returns the mean loss a token. */
double		sequence_trainer_epoch(sequence_trainer *t);

/* Changes the step size, which usually falls over the epochs. */
void		sequence_trainer_set_rate(sequence_trainer *t, float rate);

/* Keeps the max_rows features that matter most. */
void		sequence_trainer_prune(sequence_trainer *t, size_t max_rows);

/* Notes the weights as they are: what is written is the mean of what was noted since the last pruning. */
void		sequence_trainer_average(sequence_trainer *t);

/* Features that have a row now. */
size_t		sequence_trainer_rows(const sequence_trainer *t);

/* Writes the model; bits and clip as in weights_writer.h; names[n_labels]. */
void		sequence_trainer_write(sequence_trainer *t, const char *path, uint32_t bits, float clip, const char *const *names);

void		sequence_trainer_free(sequence_trainer *t);

#endif
