/*
 * search.c - the arc-hybrid transition system and its beam.
 *
 * In: a piece of n words and a scorer of actions.  Out: the states after each
 * of the 2 * n actions that every tree takes.  The artificial root stands
 * behind the last word and takes exactly one child, so every end state is a
 * tree with one root.  States share their stacks: an action makes one new cell.
 * Of two ways to states that features cannot tell apart,
 * now or later, only the better one goes on: nothing is lost (Huang & Sagae 2010).
 */
#include "parse/parser.h"

#include <string.h>

typedef struct candidate
{
	const item *from;
	int32_t		score;
	uint8_t		action;
	uint64_t	visible;
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
mixed(uint64_t a, uint64_t b)
{
	a = (a ^ (a >> 29) ^ b) * UINT64_C(0x94d049bb133111eb);
	return a ^ (a >> 32);
}

/* Of what features see of a cell, `below` apart. */
static uint64_t
cell_hash(const cell *c)
{
	return mixed((uint64_t) c->left_tags << 32 | c->right_tags,
				 ((uint64_t) c->at << 48 | (uint64_t) c->left[0] << 32 | (uint64_t) c->right[0] << 16 | (uint64_t) c->n_left << 8 | c->n_right) *
				 UINT64_C(0x9e3779b97f4a7c15));
}

static uint64_t
stack_hash(const cell *top)
{
	return top ? top->stack : 0;
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

/* Hash of all that the state after an action lets features see, now or later. */
static uint64_t
visible_after(const item *s, const piece *p, int action)
{
	const cell *top = s->top;
	cell		changed;

	switch (action)
	{
		case SHIFT:
			return mixed(mixed(stack_hash(top), cell_hash(&s->front)), (uint64_t) p->next_word[s->front.at]);
		case LEFT:
			changed = s->front;
			add_left_child(&changed, top, p);
			return mixed(stack_hash(top->below), cell_hash(&changed));
		default:
			changed = *top->below;
			add_right_child(&changed, top, p);
			return mixed(mixed(stack_hash(changed.below), cell_hash(&changed)), cell_hash(&s->front));
	}
}

/* Notes the hashes of a cell that goes onto the stack. */
static void
close_cell(cell *c)
{
	c->own = cell_hash(c);
	c->stack = mixed(stack_hash(c->below), c->own);
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
	to->visible = c->visible;
	switch (c->action)
	{
		case SHIFT:
			*fresh = from->front;
			fresh->below = from->top;
			close_cell(fresh);
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
			close_cell(fresh);
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
		if (best[i].visible == c->visible)
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

/* Hash of what features see of a state now; never 0. */
static uint64_t
sight_of(const item *s)
{
	const cell *top = s->top,
			   *below = top ? top->below : NULL;
	uint64_t	deeper = (uint64_t) (s->depth < 5 ? s->depth : 5) << 16 | (uint64_t) (below && below->below ? below->below->at : 0);

	return mixed(mixed(mixed(top ? top->own : 0, below ? below->own : 0), cell_hash(&s->front)), deeper) | 1;
}

static void
score_actions(const search *s, const piece *p, const item *from, scorer by, int32_t *scores)
{
	uint32_t	keys[MAX_FEATURES];
	uint64_t	sight = sight_of(from);
	kept_scores *kept = &s->kept[(sight >> 32) % N_KEPT_SCORES];

	if (kept->sight != sight)
	{
		memset(kept->scores, 0, sizeof(kept->scores));
		by.score(by.model, keys, action_features(p, from, keys), kept->scores);
		kept->sight = sight;
	}
	memcpy(scores, kept->scores, sizeof(kept->scores));
}

static int
expand(const search *s, const piece *p, const item *from, scorer by, candidate *best, int n)
{
	int32_t		scores[N_ACTIONS] = {0};
	int			n_legal = 0;

	for (int a = 0; a < N_ACTIONS; a++)
		n_legal += is_legal(p, from, a);
	if (n_legal > 1)
		score_actions(s, p, from, by, scores);
	for (int a = 0; a < N_ACTIONS; a++)
	{
		candidate	c = {from, from->score + scores[a], (uint8_t) a, 0};

		if (!is_legal(p, from, a))
			continue;
		if (s->only_correct && !keeps_gold(s->gold, from, a))
			continue;
		c.visible = visible_after(from, p, a);
		n = insert_candidate(best, n, s->width, &c);
	}
	return n;
}

void
beam_search(search *s, const piece *p, scorer by)
{
	int32_t		n_steps = 2 * p->n_words;
	cell	   *next_cell = s->cells;

	memset(s->kept, 0, sizeof(kept_scores) * N_KEPT_SCORES);
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
