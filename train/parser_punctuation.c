/*
 * parser_punctuation.c - weights that choose the head of a punctuation mark, by averaged perceptron.
 *
 * The marks of gold trees are the examples: of a mark's candidates the
 * annotated head should score best.
 */
#include "parser_train.h"

#include <stdio.h>
#include <stdlib.h>

#define EPOCHS 6

static bool
learn_mark(perceptron *m, const punctuation_context *c, int d, int gold)
{
	static uint32_t keys[MAX_CANDIDATES][MAX_FEATURES];
	punctuation_candidate candidates[MAX_CANDIDATES];
	int			n = punctuation_candidates(c, d, candidates),
				n_keys = 0,
				best = 0,
				right = -1;
	int32_t		most = INT32_MIN;

	for (int i = 0; i < n; i++)
	{
		int32_t		scores[N_ACTIONS] = {0};

		n_keys = punctuation_features(c, d, candidates, n, i, keys[i]);
		perceptron_score(m, keys[i], n_keys, scores);
		if (scores[0] > most)
		{
			most = scores[0];
			best = i;
		}
		if (candidates[i].at == gold && right < 0)
			right = i;
	}
	m->moment++;
	if (right >= 0 && candidates[best].at != gold)
	{
		perceptron_update(m, keys[right], n_keys, 0, 1);
		perceptron_update(m, keys[best], n_keys, 0, -1);
	}
	return n > 0 && candidates[best].at == gold;
}

static void
learn_piece(perceptron *m, const gold_piece *g, int *n_marks, int *n_right)
{
	label_node	nodes[MAX_PIECE + 3];
	int16_t		order[MAX_PIECE + 3],
				partner[MAX_PIECE + 3];
	uint8_t		relations[MAX_PIECE + 3];
	label_context tree = {&g->piece, g->head, order, relations, nodes};
	punctuation_context c = {&g->piece, g->head, g->relation, nodes, partner};

	label_prepare(&tree);
	for (int i = 0; i < g->piece.n_words; i++)
		label_set(&tree, order[i], g->relation[order[i]]);
	punctuation_prepare(&c);
	for (int i = 1; i <= g->piece.n; i++)
		if (!g->piece.is_word[i])
		{
			*n_right += learn_mark(m, &c, i, g->head[i]);
			(*n_marks)++;
		}
}

uint32_t *
train_punctuation(gold_piece *pieces, int n_pieces, const training_options *o)
{
	perceptron *m = perceptron_create(2);
	int		   *order = must_alloc(sizeof(int) * (size_t) n_pieces);
	uint64_t	seed = o->seed + 2;

	for (int i = 0; i < n_pieces; i++)
		order[i] = i;
	for (int epoch = 0; epoch < EPOCHS; epoch++)
	{
		int			n_marks = 0,
					n_right = 0;

		shuffle(order, n_pieces, &seed);
		for (int i = 0; i < n_pieces; i++)
			learn_piece(m, &pieces[order[i]], &n_marks, &n_right);
		fprintf(stderr, "punctuation: epoch %d, %.2f%% right, %u features\n", epoch + 1, 100.0 * n_right / n_marks, m->n);
	}
	free(order);
	return perceptron_finish(m, o->log2_punctuation_buckets, o->clip);
}
