/*
 * search.c - the arc-hybrid transition system and its beam.
 *
 * In: a piece of n words and a scorer of actions.  Out: the states after each
 * of the 2 * n actions that every tree takes.  The artificial root stands
 * behind the last word and takes exactly one child, so every end state is a
 * tree with one root.  States share their stacks: an action makes one new cell.
 * Two ways to the same state keep the better one.
 */
#include "parse/parser.h"

#include <string.h>

typedef struct candidate
{
	const item *from;
	int32_t		score;
	uint8_t		action;
	uint64_t	arcs;
} candidate;

static bool
is_legal(const piece *p, const item *s, int action)
{
	bool		at_root = s->front.at == p->n + 1;

	switch (action)
	{
		case SHIFT:
			return !at_root;
		case LEFT:
			return s->depth == 1 || (s->depth > 1 && !at_root);
		default:
			return s->depth > 1;
	}
}

/* Whether a correct state stays correct: every gold arc can still be made (Goldberg & Nivre 2013). */
static bool
keeps_gold(const gold_tree *g, const item *s, int action)
{
	const cell *top = s->top;
	int			front = s->front.at;

	switch (action)
	{
		case SHIFT:
			return s->front.n_left == g->n_left[front] &&
				(g->head[front] > front || top == NULL || g->head[front] == top->at);
		case LEFT:
			return g->head[top->at] == front;
		default:
			return g->head[top->at] == top->below->at && top->n_right == g->n_right[top->at];
	}
}

static uint64_t
arc_hash(int head, int dependent)
{
	uint64_t	x = (uint64_t) (head * 1024 + dependent + 1) * UINT64_C(0x9e3779b97f4a7c15);

	return (x ^ (x >> 31)) * UINT64_C(0xd6e8feb86659fd93);
}

static uint64_t
arcs_after(const item *s, int action)
{
	switch (action)
	{
		case SHIFT:
			return s->arcs + 1;
		case LEFT:
			return s->arcs + arc_hash(s->front.at, s->top->at);
		default:
			return s->arcs + arc_hash(s->top->below->at, s->top->at);
	}
}

static void
add_left_child(cell *head, const cell *child, const piece *p)
{
	head->left[1] = head->left[0];
	head->left[0] = child->at;
	if (head->n_left < UINT8_MAX)
		head->n_left++;
	head->left_tags = (head->left_tags + 1) * 31 + p->atoms[child->at].upos;
}

static void
add_right_child(cell *head, const cell *child, const piece *p)
{
	head->right[1] = head->right[0];
	head->right[0] = child->at;
	if (head->n_right < UINT8_MAX)
		head->n_right++;
	head->right_tags = (head->right_tags + 1) * 31 + p->atoms[child->at].upos;
}

/* Carries out a candidate into `to`, using the new cell. */
static void
make_item(const candidate *c, const piece *p, cell *fresh, item *to)
{
	const item *from = c->from;

	*to = *from;
	to->from = from;
	to->score = c->score;
	to->action = c->action;
	to->arcs = c->arcs;
	switch (c->action)
	{
		case SHIFT:
			*fresh = from->front;
			fresh->below = from->top;
			to->top = fresh;
			to->front = (cell) {.at = p->next_word[from->front.at]};
			to->depth++;
			break;
		case LEFT:
			add_left_child(&to->front, from->top, p);
			to->top = from->top->below;
			to->depth--;
			break;
		default:
			*fresh = *from->top->below;
			add_right_child(fresh, from->top, p);
			to->top = fresh;
			to->depth--;
			break;
	}
}

/* Keeps the best `width` candidates, best first; of equal ones the earlier. */
static int
insert_candidate(candidate *best, int n, int width, const candidate *c)
{
	int			at;

	for (int i = 0; i < n; i++)
		if (best[i].arcs == c->arcs)
		{
			if (best[i].score >= c->score)
				return n;
			memmove(&best[i], &best[i + 1], sizeof(candidate) * (size_t) (n - i - 1));
			n--;
			break;
		}
	if (n == width)
	{
		if (best[n - 1].score >= c->score)
			return n;
		n--;
	}
	for (at = n; at > 0 && best[at - 1].score < c->score; at--)
		best[at] = best[at - 1];
	best[at] = *c;
	return n + 1;
}

static int
expand(const search *s, const piece *p, const item *from, scorer by, candidate *best, int n)
{
	uint32_t	keys[MAX_FEATURES];
	int32_t		scores[N_ACTIONS] = {0};
	int			n_legal = 0;

	for (int a = 0; a < N_ACTIONS; a++)
		n_legal += is_legal(p, from, a);
	if (n_legal > 1)
		by.score(by.model, keys, action_features(p, from, keys), scores);
	for (int a = 0; a < N_ACTIONS; a++)
	{
		candidate	c = {from, from->score + scores[a], (uint8_t) a, 0};

		if (!is_legal(p, from, a))
			continue;
		if (s->only_correct && !keeps_gold(s->gold, from, a))
			continue;
		c.arcs = arcs_after(from, a);
		n = insert_candidate(best, n, s->width, &c);
	}
	return n;
}

void
beam_search(search *s, const piece *p, scorer by)
{
	int32_t		n_steps = 2 * p->n_words;
	cell	   *next_cell = s->cells;

	s->items[0] = (item) {.front.at = p->next_word[0], .correct = true};
	s->n_items[0] = 1;
	for (int32_t step = 0; step < n_steps; step++)
	{
		const item *now = s->items + (size_t) step * s->width;
		item	   *then = s->items + (size_t) (step + 1) * s->width;
		candidate	best[MAX_BEAM];
		int			n = 0,
					n_kept = 0;

		for (int i = 0; i < s->n_items[step]; i++)
			n = expand(s, p, &now[i], by, best, n);
		for (int i = 0; i < n && best[i].score >= best[0].score - s->margin; i++)
		{
			make_item(&best[i], p, next_cell++, &then[i]);
			if (s->gold)
				then[i].correct = best[i].from->correct && keeps_gold(s->gold, best[i].from, best[i].action);
			n_kept++;
		}
		s->n_items[step + 1] = (uint8_t) n_kept;
	}
}

void
item_heads(const item *last, int16_t *heads)
{
	for (; last->from; last = last->from)
	{
		const item *from = last->from;

		if (last->action == LEFT)
			heads[from->top->at] = from->front.at;
		else if (last->action == RIGHT)
			heads[from->top->at] = from->top->below->at;
	}
}
