/*
 * sequence.h - labels for the tokens of a sentence by a linear-chain model over hashed features.
 *
 * The score of a labelling is the sum, over tokens, of the weights of the
 * token's features for its label (rows of tag/weights.h) and of the transition
 * from the label before.  Training (train/sequence_train.h) makes it a
 * conditional random field (Lafferty, McCallum, Pereira 2001); here the best
 * labelling is found by Viterbi over a pruned lattice: a token keeps the labels
 * whose own score is within a margin of its best one, at most
 * SEQUENCE_MAX_CANDIDATES of them.
 *
 * All scores are integers, so the labels are the same on every platform.
 * Probabilities are floats, for confidences only.
 *
 * The caller describes a token by the hashes of its features, in a callback
 * that training uses as well.  Memory is taken once, by the lattice; labelling
 * itself takes none.
 */
#ifndef NEWS_TAG_SEQUENCE_H
#define NEWS_TAG_SEQUENCE_H

#include "tag/weights.h"
#include "text/arena.h"

#define SEQUENCE_MAX_LABELS 128
#define SEQUENCE_MAX_FEATURES 128	/* of one token */
#define SEQUENCE_MAX_CANDIDATES 12
#define SEQUENCE_MAX_TOKENS 1024	/* of one call; longer sentences are cut into pieces by the caller */
#define SEQUENCE_FORBIDDEN (-(1 << 24)) /* transition score of label pairs that may not follow each other */

typedef struct sequence_model
{
	weights		weights;
	int32_t		n_labels;
	const int32_t *start;		/* score of a label at the beginning of a sentence */
	const int32_t *end;			/* ... at its end */
	const int32_t *transitions; /* [from * n_labels + to] */
	const char *label_names;	/* NUL-terminated, one after the other */
	const uint64_t *filter;		/* one bit for many hashes: where it is clear, no feature of them has a row */
	uint32_t	filter_mask;
	int32_t		margin;			/* in score units */
	bool		constrained;	/* some transition is forbidden: label 0 then stays a candidate everywhere */
	uint64_t	may_follow[SEQUENCE_MAX_LABELS + 1][2]; /* sets of labels by the one before; the last at the start */
} sequence_model;

/*
 * The features of token `at` (0-based in the sentence): writes their hashes to
 * `features` and returns their number, at most SEQUENCE_MAX_FEATURES.  A token
 * whose label is beyond doubt sets *fixed to it and may return no features.
 */
typedef int sequence_extract(void *context, int32_t at, uint64_t *features, int32_t *fixed);

/* Opens a model file image (16-byte aligned); false when it is none of this version. */
bool		sequence_open(sequence_model *m, const void *data, size_t n_bytes);

/* Label number of a name, -1. */
int32_t		sequence_label_of_name(const sequence_model *m, const char *name);

typedef struct sequence_lattice
{
	const sequence_model *model;
	int32_t		n_tokens;		/* of the last call */
	uint8_t    *n_candidates;	/* [token] */
	uint8_t    *candidates;		/* [token][SEQUENCE_MAX_CANDIDATES] label */
	uint8_t    *back;			/* ... candidate before on the best path */
	int32_t    *unary;			/* ... score of the label by the token's features */
	uint8_t    *chosen;			/* [token] candidate on the best path */
	float	   *forward;		/* sequence_probabilities */
	float	   *backward;
	float	   *scale;			/* [token] */
} sequence_lattice;

/* Room for labelling; may be used for any number of sentences, one after the other. */
sequence_lattice *sequence_lattice_create(arena *memory, const sequence_model *m);

/*
 * Best labels of n_tokens tokens, at most SEQUENCE_MAX_TOKENS.  `before` is the
 * label of the token before when this is a later piece of a sentence, else -1;
 * `last` says that the sentence ends here.
 */
void		sequence_label(sequence_lattice *l, int32_t n_tokens, int32_t before, bool last,
						   sequence_extract *extract, void *context, uint8_t *labels);

/* Prepares the two functions below for the tokens of the last call of sequence_label. */
void		sequence_probabilities(sequence_lattice *l);

/* Probability that a token has a label; 0 for labels that were pruned. */
float		sequence_probability(const sequence_lattice *l, int32_t at, int32_t label);

/*
 * Probability that the tokens [start, end) have these labels and that the token
 * behind, if any, does not have label `not_next` (-1: any label will do).
 */
float		sequence_path_probability(const sequence_lattice *l, int32_t start, int32_t end,
									  const uint8_t *labels, int32_t not_next);

/*
 * What a trainer puts behind the weights (sequence_train.c writes it): this
 * head, the filter, start, end, transitions, then the names.
 */
#define SEQUENCE_MAGIC 0x51455351u
#define SEQUENCE_MAGIC_FILTER 0x51455352u	/* with the last two fields and the filter */

typedef struct sequence_extra
{
	uint32_t	magic;
	int32_t		n_labels;
	int32_t		constrained;
	int32_t		name_bytes;
	uint32_t	log2_filter;	/* bits; at least 6 */
	uint32_t	unused;
} sequence_extra;

/* Bit of a feature in the filter: bits of the hash that the slots do not use first. */
static inline uint32_t
sequence_filter_bit(uint64_t feature)
{
	return (uint32_t) (feature >> 20);
}

#endif
