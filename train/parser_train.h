/*
 * parser_train.h - the parts of the parser's trainer.
 */
#ifndef NEWS_TRAIN_PARSER_TRAIN_H
#define NEWS_TRAIN_PARSER_TRAIN_H

#include "blocks.h"
#include "conllu.h"
#include "parse/parser.h"

/* A document of a treebank, made fit for a parser. */
typedef struct gold_heads
{
	document   *doc;
	int32_t    *head;			/* document token indexes; -1 = root; as annotated */
	uint8_t    *relation;
	int32_t    *lifted;			/* heads made projective (Nivre & Nilsson 2005: the shortest crossing arc climbs) */
} gold_heads;

gold_heads	gold_heads_of(const gold_document *g);

/* A sentence in the form that the search reads; false when it is empty or longer than MAX_PIECE. */
typedef struct gold_piece
{
	piece		piece;
	gold_tree	tree;
	int16_t    *head;
	uint8_t    *n_left;
	uint8_t    *n_right;
	uint8_t    *relation;		/* by position */
	uint32_t   *frequency;		/* by position: of the word in the training data */
	int			treebank;		/* number of its treebank */
} gold_piece;

/* The piece and its tree read from the end. */
gold_piece	mirrored_gold(const gold_piece *g);

bool		gold_piece_of(const gold_heads *b, int32_t sentence, const affinity_table *affinities, gold_piece *g);

/* Makes the tree fit the heads. */
void		gold_piece_close(gold_piece *g);

/* Fills frequency of all pieces. */
void		count_words(gold_piece *pieces, int n_pieces);

/*
 * The piece with some of its words forgotten, rare ones more often (word dropout: Iyyer et al. 2015), so that weights
 * rest on classes and tags too; `atoms` is room for the copy.
 */
piece		forget_words(const gold_piece *g, double rate, atom *atoms, uint64_t *seed);

typedef struct training_options
{
	int			epochs;
	int			second_epochs;	/* with the features that the first ones found; 0 = none */
	int			label_epochs;
	int			arc_epochs;		/* as many again with the features that the first ones found */
	int			width;			/* of the beam, in training */
	int			min_updates;	/* a feature counts after so many updates (Goldberg & Elhadad 2011) */
	int			label_min_updates;
	int			log2_buckets;	/* of the table of actions */
	int			log2_arc_buckets;
	int			log2_punctuation_buckets;
	double		clip;			/* weights beyond this many standard units are clipped */
	int			bonus_left;		/* of the written model, in its units (parser.h) */
	int			bonus_right;
	int			once;			/* measure without the second look */
	int			run_width;		/* beam of the written model */
	int			run_margin;		/* of the written model, in its units */
	int			max_label_rows;
	const char *affinities;		/* file of grades, NULL = none */
	const char *tables;			/* folder of tables of actions made before, NULL = none */
	const char *labels;			/* file of relations made before, NULL = train them */
	const char *hold;			/* treebanks with this in their name are not trained on */
	int			backward;		/* train actions on sentences read from the end */
	double		drop;			/* share of the templates left out of each sentence's training */
	double		label_drop;
	double		arc_drop;
	double		forget;			/* a word seen n times is forgotten with probability forget / (forget + n) */
	uint64_t	seed;
} training_options;

/* Weights in training: counts, and the sums that average them over all moments. */
typedef struct perceptron
{
	struct perceptron_entry *entries;
	double	  (*sums)[N_ACTIONS];	/* of weight * moment */
	uint32_t	mask;
	uint32_t	n;
	uint32_t	significant;	/* bits of keys that tell features apart */
	bool		is_closed;		/* takes no new features */
	int			min_updates;
	double		moment;			/* the caller counts it up */
	bool		skipped[MAX_FEATURES];	/* templates that play no part at the moment */
} perceptron;

perceptron *perceptron_create(int min_updates);

/*
 * One that knows only the features that m would place in a table of that size, and confuses what that table confuses;
 * its weights are 0.  Frees m.  A table half as large is better filled from what it learns than from what it
 * would learn if it knew no more features than fit.
 */
perceptron *perceptron_of_strongest(perceptron *m, int log2_buckets, double clip);

void		perceptron_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores);
void		perceptron_update(perceptron *m, const uint32_t *keys, int n_keys, int action, int delta);

/* Averages, quantises and frees; the image of 16 << log2_buckets bytes is the caller's. */
uint32_t   *perceptron_finish(perceptron *m, int log2_buckets, double clip);

/* Room for searches over any piece. */
search		new_search(int width, int margin);

/* Trains on all pieces; the image of the table of actions is allocated, its size is 16 << log2_buckets. */
uint32_t   *train_actions(gold_piece *pieces, int n_pieces, const training_options *o);

uint32_t   *train_punctuation(gold_piece *pieces, int n_pieces, const training_options *o);

/* Trains relations and writes the weights file to `path`. */
void		train_labels(gold_piece *pieces, int n_pieces, const training_options *o, const char *path);

/*
 * Trains the second look.  The pieces' heads are proposed by searches with tables[treebank], which have not learned
 * from that treebank; treebanks without tables are left out.
 */
uint32_t   *train_arcs(gold_piece *pieces, int n_pieces, const bucket_table (*tables)[2], const training_options *o);

/* Parses the articles of JSON-lines files with a model; an image of 8 << log2_buckets bytes. */
uint16_t   *count_affinities(const parser_model *m, char **paths, int n_paths, int log2_buckets);

/*
 * Chooses templates to leave out of a sentence's training, so that none leans on another (feature bagging: Sutton et
 * al. 2006); MAX_FEATURES of them.
 */
void		skip_templates(bool *skipped, double share, uint64_t *state);

/* A repeatable order of 0 .. n - 1. */
void		shuffle(int *order, int n, uint64_t *state);

#endif
