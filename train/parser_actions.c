/*
 * parser_actions.c - weights of the parser's actions by structured perceptron.
 *
 * For each sentence the beam runs freely, and once more over correct states
 * only.  Where the free one's best state leads most over the correct one, the
 * weights move from the former's actions to the latter's (max violation: Huang,
 * Fayong & Guo 2012).  Any correct sequence may be the reference, so the oracle
 * is as nondeterministic as the system (Goldberg & Nivre 2012).  The weights of
 * all moments are averaged.
 */
#include "parser_train.h"

#include <stdio.h>
#include <stdlib.h>

#define NO_MARGIN (INT32_MAX / 4)

/* States of the way to `last`, in order; returns their number (actions taken). */
static int
way_to(const item *last, const item **way)
{
	int			n = 0;

	for (const item *i = last; i->from; i = i->from)
		n++;
	for (int at = n; at >= 0; at--, last = last->from)
		way[at] = last;
	return n;
}

static void
update_to_correct(perceptron *m, const piece *p, const item *wrong, const item *right)
{
	const item *wrong_way[2 * MAX_PIECE + 2],
			   *right_way[2 * MAX_PIECE + 2];
	uint32_t	keys[MAX_FEATURES];
	int			n = way_to(wrong, wrong_way);

	way_to(right, right_way);
	for (int i = 0; i < n; i++)
	{
		if (wrong_way[i]->visible == right_way[i]->visible && wrong_way[i + 1]->action == right_way[i + 1]->action)
			continue;
		perceptron_update(m, keys, action_features(p, right_way[i], keys), right_way[i + 1]->action, 1);
		perceptron_update(m, keys, action_features(p, wrong_way[i], keys), wrong_way[i + 1]->action, -1);
	}
}

search
new_search(int width, int margin)
{
	size_t		n = (size_t) (2 * MAX_PIECE + 1) * (size_t) width;

	return (search) {.width = width,.margin = margin,.items = must_alloc(n * sizeof(item)),
					 .cells = must_alloc(n * sizeof(cell)),.n_items = must_alloc(2 * MAX_PIECE + 1),
		.kept = must_alloc(sizeof(kept_scores) * N_KEPT_SCORES)};
}

static bool
learn_sentence(perceptron *m, const piece *p, const gold_tree *gold, search *freely, search *correct)
{
	const item *wrong = NULL,
			   *right = NULL;
	int32_t		most = INT32_MIN;

	freely->gold = correct->gold = gold;
	beam_search(freely, p, (scorer) {perceptron_score, m});
	if (freely->items[(size_t) 2 * p->n_words * freely->width].correct)
		return true;
	correct->only_correct = true;
	beam_search(correct, p, (scorer) {perceptron_score, m});
	for (int step = 1; step <= 2 * p->n_words; step++)
	{
		const item *best = &freely->items[(size_t) step * freely->width],
				   *reference = &correct->items[(size_t) step * correct->width];

		if (best->correct || best->score - reference->score <= most)
			continue;
		most = best->score - reference->score;
		wrong = best;
		right = reference;
	}
	if (wrong && most >= 0)
		update_to_correct(m, p, wrong, right);
	return false;
}

static void
learn_epochs(perceptron *m, gold_piece *pieces, int n_pieces, const training_options *o, int epochs, uint64_t seed)
{
	search		freely = new_search(o->width, NO_MARGIN),
				correct = new_search(o->width > 4 ? 4 : o->width, NO_MARGIN);
	int		   *order = must_alloc(sizeof(int) * (size_t) n_pieces);
	atom	   *atoms = must_alloc(sizeof(atom) * (MAX_PIECE + 3));

	for (int i = 0; i < n_pieces; i++)
		order[i] = i;
	for (int epoch = 0; epoch < epochs; epoch++)
	{
		int			n_right = 0;

		shuffle(order, n_pieces, &seed);
		for (int i = 0; i < n_pieces; i++)
		{
			piece		p = forget_words(&pieces[order[i]], o->forget, atoms, &seed);

			skip_templates(m->skipped, o->drop, &seed);
			n_right += learn_sentence(m, &p, &pieces[order[i]].tree, &freely, &correct);
			m->moment++;
		}
		fprintf(stderr, "actions: epoch %d, %.2f%% of sentences right, %u features\n", epoch + 1,
				100.0 * n_right / n_pieces, m->n);
	}
	free(order);
	free(atoms);
}

/* Once to find the features that matter, once more with only those, for the table to choose from. */
uint32_t *
train_actions(gold_piece *pieces, int n_pieces, const training_options *o)
{
	perceptron *m = perceptron_create(o->min_updates);

	learn_epochs(m, pieces, n_pieces, o, o->epochs, o->seed);
	if (o->second_epochs > 0)
	{
		m = perceptron_of_strongest(m, o->log2_buckets + 1, o->clip);
		learn_epochs(m, pieces, n_pieces, o, o->second_epochs, o->seed + 3);
	}
	return perceptron_finish(m, o->log2_buckets, o->clip);
}
