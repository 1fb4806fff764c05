/*
 * parser_arcs.c - weights of the second look (src/parse/arcs.c) by averaged structured perceptron.
 *
 * Sentences are searched with tables of actions that have not learned from
 * them; the tree that the second look climbs to is compared with the best tree of
 * the proposed heads, and the weights of the parts in which they differ move.
 */
#include "parser_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct lattice_piece
{
	const gold_piece *gold;
	arc_lattice lattice;
	int16_t    *first;			/* tree of the search from the left */
	int16_t    *best;			/* the best tree of the proposals */
} lattice_piece;

static bool
is_proposed(const arc_lattice *l, int d, int h)
{
	for (int i = 0; i < l->n_candidates[d]; i++)
		if (l->candidates[(size_t) d * MAX_HEADS + i].head == h)
			return true;
	return false;
}

static bool
is_below(const int16_t *heads, int n, int node, int ancestor)
{
	for (; node <= n; node = heads[node])
		if (node == ancestor)
			return true;
	return false;
}

/* Gives words their annotated heads where these are proposed and the tree stays one. */
static void
find_best_tree(lattice_piece *x)
{
	const gold_piece *g = x->gold;
	int			n = g->piece.n,
				root = 0;
	bool		changed = true;

	memcpy(x->best, x->first, sizeof(int16_t) * (size_t) (n + 2));
	for (int i = 1; i <= n; i++)
		if (g->piece.is_word[i] && x->best[i] > n)
			root = i;
	for (int i = 1; i <= n; i++)
		if (g->piece.is_word[i] && g->head[i] > n && i != root && is_proposed(&x->lattice, i, n + 1))
		{
			x->best[i] = (int16_t) (n + 1);
			x->best[root] = (int16_t) i;
			break;
		}
	for (int round = 0; changed && round < 10; round++)
	{
		changed = false;
		for (int i = 1; i <= n; i++)
			if (g->piece.is_word[i] && x->best[i] <= n && g->head[i] <= n && x->best[i] != g->head[i] &&
				is_proposed(&x->lattice, i, g->head[i]) && !is_below(x->best, n, g->head[i], i))
			{
				x->best[i] = g->head[i];
				changed = true;
			}
	}
}

static lattice_piece
propose_heads(const gold_piece *g, const bucket_table *tables, search *s)
{
	size_t		n = (size_t) g->piece.n + 3;
	gold_piece	mirror = mirrored_gold(g);
	lattice_piece x = {g};
	static const int32_t no_bonus[2];

	x.lattice.bonus = no_bonus;
	x.lattice.candidates = must_alloc(sizeof(head_candidate) * n * MAX_HEADS);
	x.lattice.n_candidates = must_alloc(n);
	x.lattice.first_child = must_alloc(sizeof(int16_t) * n);
	x.lattice.next_sibling = must_alloc(sizeof(int16_t) * n);
	x.first = must_alloc(sizeof(int16_t) * n);
	x.best = must_alloc(sizeof(int16_t) * n);
	x.lattice.heads = must_alloc(sizeof(int16_t) * n);
	arcs_clear(&x.lattice, &g->piece);
	beam_search(s, &g->piece, (scorer) {bucket_score, &tables[0]});
	item_heads(&s->items[(size_t) 2 * g->piece.n_words * s->width], x.first);
	arcs_collect(&x.lattice, s, &g->piece, 0);
	beam_search(s, &mirror.piece, (scorer) {bucket_score, &tables[1]});
	arcs_collect(&x.lattice, s, &mirror.piece, 1);
	find_best_tree(&x);
	free(mirror.piece.atoms);
	free(mirror.piece.next_word);
	free(mirror.piece.is_word);
	free(mirror.head);
	free(mirror.n_left);
	free(mirror.n_right);
	free(mirror.frequency);
	return x;
}

static void
move_arc(perceptron *m, const arc_lattice *l, int d, int h, int delta)
{
	uint32_t	keys[MAX_FEATURES];

	for (int i = 0; i < l->n_candidates[d]; i++)
		if (l->candidates[(size_t) d * MAX_HEADS + i].head == h)
			perceptron_update(m, keys, arc_features(l, d, i, keys), 0, delta);
}

/* Moves the weights of the parts of one tree that the other has not. */
static void
move_parts(perceptron *m, const arc_lattice *l, const arc_lattice *other, int delta)
{
	const piece *p = l->piece;
	uint32_t	keys[MAX_FEATURES];

	for (int d = 1; d <= p->n; d++)
	{
		int			h = l->heads[d],
					k = other->heads[d],
					inner;

		if (!p->is_word[d])
			continue;
		inner = inner_sibling(l, h, d);
		if (h != k)
			move_arc(m, l, d, h, delta);
		if (h != k || inner != inner_sibling(other, k, d))
			perceptron_update(m, keys, sibling_features(p, h, inner, d, keys), 0, delta);
		if (h <= p->n && (h != k || l->heads[h] != other->heads[k]))
			perceptron_update(m, keys, grand_features(p, l->heads[h], h, d, keys), 0, delta);
	}
}

static int
learn_piece(perceptron *m, lattice_piece *x)
{
	int			n = x->gold->piece.n,
				n_right = 0;
	int16_t		first_child[MAX_PIECE + 3],
				next_sibling[MAX_PIECE + 3];
	arc_lattice best = x->lattice;
	bool		wrong = false;

	best.heads = x->best;
	best.first_child = first_child;
	best.next_sibling = next_sibling;
	memcpy(x->lattice.heads, x->first, sizeof(int16_t) * (size_t) (n + 2));
	arcs_choose(&x->lattice, (scorer) {perceptron_score, m});
	for (int i = 1; i <= n; i++)
		if (x->gold->piece.is_word[i])
		{
			n_right += x->lattice.heads[i] == x->gold->head[i];
			wrong = wrong || x->lattice.heads[i] != x->best[i];
		}
	m->moment++;
	if (!wrong)
		return n_right;
	arcs_link(&best);
	move_parts(m, &best, &x->lattice, 1);
	move_parts(m, &x->lattice, &best, -1);
	return n_right;
}

static void
print_start(const lattice_piece *x, int n)
{
	int			n_words = 0,
				n_first = 0,
				n_best = 0;

	for (int i = 0; i < n; i++)
		for (int d = 1; d <= x[i].gold->piece.n; d++)
			if (x[i].gold->piece.is_word[d])
			{
				n_words++;
				n_first += x[i].first[d] == x[i].gold->head[d];
				n_best += x[i].best[d] == x[i].gold->head[d];
			}
	fprintf(stderr, "arcs: %d sentences, from the left %.2f%% right, best of the proposals %.2f%%\n", n, 100.0 * n_first / n_words,
			100.0 * n_best / n_words);
}

static void
learn_epochs(perceptron *m, lattice_piece *x, int *order, int n, const training_options *o, uint64_t *seed)
{
	for (int epoch = 0; epoch < o->arc_epochs; epoch++)
	{
		int			n_right = 0,
					n_words = 0;

		shuffle(order, n, seed);
		for (int i = 0; i < n; i++)
		{
			skip_templates(m->skipped, o->arc_drop, seed);
			n_right += learn_piece(m, &x[order[i]]);
			n_words += x[order[i]].gold->piece.n_words;
		}
		fprintf(stderr, "arcs: epoch %d, %.2f%% right, %u features\n", epoch + 1, 100.0 * n_right / n_words, m->n);
	}
}

uint32_t *
train_arcs(gold_piece *pieces, int n_pieces, const bucket_table (*tables)[2], const training_options *o)
{
	search		s = new_search(o->run_width, o->run_margin);
	lattice_piece *x = must_alloc(sizeof(lattice_piece) * (size_t) n_pieces);
	int		   *order = must_alloc(sizeof(int) * (size_t) n_pieces),
				n = 0;
	perceptron *m = perceptron_create(o->min_updates);
	uint64_t	seed = o->seed + 5;

	for (int i = 0; i < n_pieces; i++)
		if (tables[pieces[i].treebank][0].slots && pieces[i].piece.n_words >= 3)
			x[n++] = propose_heads(&pieces[i], tables[pieces[i].treebank], &s);
	print_start(x, n);
	for (int i = 0; i < n; i++)
		order[i] = i;
	learn_epochs(m, x, order, n, o, &seed);
	m = perceptron_of_strongest(m, o->log2_arc_buckets + 1, o->clip);
	learn_epochs(m, x, order, n, o, &seed);
	free(order);
	return perceptron_finish(m, o->log2_arc_buckets, o->clip);
}
