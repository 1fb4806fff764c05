/*
 * ranker.h - learning to choose among options: a softmax over sparse features, trained by FTRL-proximal
 * (McMahan et al. 2013), whose L1 term leaves most features without a weight.
 *
 * Examples are kept packed; the same examples in the same order give the same weights.
 */
#ifndef NEWS_TRAIN_RANKER_H
#define NEWS_TRAIN_RANKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ranker ranker;

typedef struct ranker_settings
{
	int			epochs;
	float		alpha;			/* step size */
	float		l1;
	float		l2;
} ranker_settings;

ranker	   *ranker_create(void);

/*
 * One decision: options[i] has n_features[i] features; right[i] says whether it
 * may be chosen (one at least).  `group` is for leaving examples out; `weight`
 * scales the step.
 */
void		ranker_add(ranker *r, int group, float weight, int n_options, const uint64_t *const *features, const int32_t *n_features,
					   const bool *right);

/* Trains on all groups for which use[group] holds.  Forgets earlier weights. */
void		ranker_train(ranker *r, const bool *use, ranker_settings settings);

/* Writes the weights (see tag/weights.h), 16 bits, with `extra` behind them. */
void		ranker_write(const ranker *r, const char *path, float prune, const void *extra, size_t n_extra_bytes);

/* Adds `value` to the weight of one feature. */
void		ranker_shift(ranker *r, uint64_t feature, float value);

size_t		ranker_size(const ranker *r);

#endif
