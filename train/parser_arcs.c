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

#include "corpus_reader.h"
#include "stages.h"

typedef struct lattice_piece
{
	const gold_piece *gold;
	arc_lattice lattice;
	int16_t    *first;			/* tree of the search from the left */
	int16_t    *best;			/* the best tree of the proposals */
} lattice_piece;

static search
new_search(int width, int margin)
{
	size_t		n = (size_t) (2 * MAX_PIECE + 1) * (size_t) width;

	return (search) {.width = width,.margin = margin,.items = must_alloc(n * sizeof(item)),
					 .cells = must_alloc(n * sizeof(cell)),.n_items = must_alloc(2 * MAX_PIECE + 1),
		.kept = must_alloc(sizeof(kept_scores) * N_KEPT_SCORES)};
}

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

/* --- news parsed by the model itself ----------------------------------------- */

static struct
{
	const parser_model *model;
	search		s;
	gold_piece *pieces;
	int			n;
	int			capacity;
	int			every;			/* of the documents only each so many-th */
	int			n_documents;
	long		n_tokens;
}			own;

/* Whether the tree is the one that the search from the right found too. */
static bool
both_agree(const arc_lattice *l)
{
	for (int d = 1; d <= l->piece->n; d++)
		for (int c = 0; l->piece->is_word[d] && c < l->n_candidates[d]; c++)
			if (l->candidates[(size_t) d * MAX_HEADS + c].head == l->heads[d] && l->candidates[(size_t) d * MAX_HEADS + c].gap[1] != 0)
				return false;
	return true;
}

static void
free_lattice(lattice_piece *x)
{
	free(x->lattice.candidates);
	free(x->lattice.n_candidates);
	free(x->lattice.first_child);
	free(x->lattice.next_sibling);
	free(x->lattice.heads);
	free(x->first);
	free(x->best);
}

/* Gives a piece the tree of the second look; false when it is not worth learning. */
static bool
parse_own(gold_piece *g)
{
	lattice_piece x = propose_heads(g, own.model->actions, &own.s);
	size_t		n_bytes = sizeof(int16_t) * (size_t) (g->piece.n + 2);
	bool		agree;

	x.lattice.bonus = own.model->bonus;
	memcpy(x.lattice.heads, x.first, n_bytes);
	arcs_choose(&x.lattice, (scorer) {bucket_score, &own.model->arcs});
	agree = both_agree(&x.lattice);
	memcpy(g->head, x.lattice.heads, n_bytes);
	free_lattice(&x);
	return agree;
}

static void
add_document(document *doc)
{
	gold_document empty = {doc};
	gold_heads	heads;

	if (own.n_documents++ % own.every)
		return;
	document_need(doc, STAGE_WORDS);
	empty.gold = must_alloc(sizeof(*empty.gold) * (size_t) (doc->n_tokens + 1));
	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		empty.gold[i].head = -1;
		empty.gold[i].relation = "dep";
	}
	heads = gold_heads_of(&empty);
	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		int32_t		n = doc->sentences[s].end - doc->sentences[s].start;
		gold_piece *g;

		if (n < 5 || n > 50)
			continue;
		if (own.n == own.capacity)
		{
			own.capacity = own.capacity * 2 + 1024;
			own.pieces = realloc(own.pieces, sizeof(gold_piece) * (size_t) own.capacity);
		}
		g = &own.pieces[own.n];
		if (!gold_piece_of(&heads, s, &own.model->affinities, g) || g->piece.n_words < 4)
			continue;
		g->frequency = must_alloc(sizeof(uint32_t) * (size_t) (n + 3));
		if (!parse_own(g))
			continue;
		gold_piece_close(g);
		own.n_tokens += n;
		own.n++;
	}
	free(heads.head);
	free(heads.lifted);
	free(heads.relation);
	free(empty.gold);
}

int
parse_news(const parser_model *m, char **paths, int n_paths, const training_options *o, gold_piece **pieces, int n)
{
	own.model = m;
	own.s = new_search(8, 300);
	own.every = o->own_every;
	own.pieces = *pieces;
	own.n = own.capacity = n;
	for (int i = 0; i < n_paths; i++)
		corpus_read_texts(paths[i], add_document);
	fprintf(stderr, "own parses: %d sentences, %ld tokens, of every %dth of %d texts\n", own.n - n, own.n_tokens, own.every, own.n_documents);
	*pieces = own.pieces;
	return own.n;
}

/* --- training ----------------------------------------------------------------- */

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
	for (int epoch = 0; epoch < o->arc_epochs; epoch++)
	{
		int			n_right = 0,
					n_words = 0;

		shuffle(order, n, &seed);
		for (int i = 0; i < n; i++)
		{
			skip_templates(m->skipped, o->arc_drop, &seed);
			n_right += learn_piece(m, &x[order[i]]);
			n_words += x[order[i]].gold->piece.n_words;
		}
		fprintf(stderr, "arcs: epoch %d, %.2f%% right, %u features\n", epoch + 1, 100.0 * n_right / n_words, m->n);
	}
	free(order);
	return perceptron_finish(m, o->log2_arc_buckets, o->clip);
}
