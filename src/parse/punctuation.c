/*
 * punctuation.c - heads of punctuation in a finished, labelled tree.
 *
 * Where a comma or a quotation mark hangs follows from the phrases around it,
 * which a parser that reads from left to right has not seen yet (Ma, Zhang & Zhu
 * 2014).  So the search leaves punctuation out, and it is hung here: a mark's
 * candidates are the heads of the phrases that end just before it or begin
 * just behind it, up to the lowest one around it; a linear model ranks them.
 * All candidates keep the tree projective.
 */
#include "parse/parser.h"

#include "tag/tagset.h"

#define K_MARK UINT64_C(0x9e3779b97f4a7c15)
#define K_CANDIDATE UINT64_C(0xc2b2ae3d27d4eb4f)
#define K_SITUATION UINT64_C(0x165667b19e3779f9)
#define K_OTHER UINT64_C(0xd6e8feb86659fd93)
#define K_TEMPLATE UINT64_C(0x2545f4914f6cdd1d)

static bool
is_mark(const atom *a, const atom *before)
{
	return a->marks > before->marks;
}

/* Quotation marks two by two, brackets by their shape; 0 when alone. */
void
punctuation_prepare(punctuation_context *c)
{
	const atom *atoms = c->piece->atoms;
	int			mark = 0,
				bracket = 0;

	for (int i = 1; i <= c->piece->n; i++)
	{
		int		   *open = NULL;

		c->partner[i] = 0;
		if (is_mark(&atoms[i], &atoms[i - 1]))
			open = &mark;
		else if (atoms[i].xpos == XPOS_LRB)
			bracket = i;
		else if (atoms[i].xpos == XPOS_RRB)
			open = &bracket;
		if (!open)
			continue;
		if (*open)
		{
			c->partner[i] = (int16_t) *open;
			c->partner[*open] = (int16_t) i;
			*open = 0;
		}
		else if (open == &mark)
			mark = i;
	}
}

/* Adds the heads of the phrases from `at` upward that do not go past `d`, then the first that does. */
static int
climb(const punctuation_context *c, int d, int at, bool from_left, punctuation_candidate *to, int n)
{
	int			first = n;

	while (at > 0 && at <= c->piece->n && n < MAX_CANDIDATES)
	{
		bool		around = c->nodes[at].leftmost < d && c->nodes[at].rightmost > d;

		if (around && !from_left)
			break;
		to[n] = (punctuation_candidate) {(int16_t) at, from_left, around, false, (uint8_t) (n + 1 - first)};
		n++;
		if (around)
			break;
		at = c->heads[at];
	}
	if (n > first)
		to[n - 1 - (to[n - 1].is_around && n - 1 > first)].is_highest = true;
	return n;
}

int
punctuation_candidates(const punctuation_context *c, int d, punctuation_candidate *candidates)
{
	int			left = d - 1,
				right = d + 1,
				n;

	while (left > 0 && !c->piece->is_word[left])
		left--;
	while (right <= c->piece->n && !c->piece->is_word[right])
		right++;
	n = climb(c, d, left, true, candidates, 0);
	return climb(c, d, right <= c->piece->n ? right : 0, false, candidates, n);
}

#define F(sum) (keys[n] = (uint32_t) (((sum) + (uint64_t) (n + 1) * K_TEMPLATE) >> 32), n++)

/* How the candidate's phrase lies to the mark's partner. */
static int
place_of_partner(const punctuation_context *c, int d, int a)
{
	int			p = c->partner[d],
				low = p < d ? p : d,
				high = p < d ? d : p;
	int			head = c->heads[a];

	if (!p)
		return 0;
	if (a < low || a > high)
		return 1;
	if (head > low && head < high)
		return 2;
	return c->nodes[a].leftmost > low && c->nodes[a].rightmost < high ? 3 : 4;
}

int
punctuation_features(const punctuation_context *c, int d, const punctuation_candidate *candidates, int n_candidates,
					 int which, uint32_t *keys)
{
	const atom *atoms = c->piece->atoms;
	const punctuation_candidate *x = &candidates[which];
	int			a = x->at,
				n_words = c->piece->n,
				n = 0,
				left_top = 0,
				right_top = 0;
	const label_node *reach = &c->nodes[a];
	uint64_t	mark = atoms[d].word * K_MARK,
				kind = spread(atoms[d].xpos) * K_MARK,
				way = spread(0xb0000 + x->from_left * 4 + x->is_around * 2 + x->is_highest),
				step = spread(0xb0100 + (x->step > 3 ? 3 : x->step)),
				relation = spread(0xb0200 + c->relations[a]),
				tag = atoms[a].tag,
				edge = spread(0xb0300 + (d == 1) * 4 + (d == n_words) * 2 + (candidates[n_candidates - 1].from_left)),
				partner = spread(0xb0400 + place_of_partner(c, d, a)),
				other_edge,
				between = spread(0xb0600 + (a < d ? atoms[d - 1].verbs > atoms[a].verbs : atoms[a - 1].verbs > atoms[d].verbs));
	int			beyond = a < d ? reach->leftmost - 1 : reach->rightmost + 1;

	for (int i = 0; i < n_candidates; i++)
		if (candidates[i].is_highest)
			*(candidates[i].from_left ? &left_top : &right_top) = candidates[i].at;
	other_edge = spread(0xb0500 + (beyond < 1 || beyond > n_words ? 1 : c->piece->is_word[beyond] ? 0 : atoms[beyond].xpos + 2));
	way = (way ^ (step * 3)) * K_CANDIDATE;
	relation *= K_SITUATION;
	tag *= K_OTHER;

	F(mark + way); F(kind + way + edge); F(mark + way + relation); F(mark + way + tag); F(kind + way + relation + tag);
	F(mark + way + edge + relation); F(mark + way + partner * K_OTHER); F(mark + way + partner * K_OTHER + relation);
	F(mark + way + other_edge * K_OTHER); F(mark + way + other_edge * K_OTHER + relation);
	F(mark + way + spread(0xb0700 + c->relations[left_top]) * K_SITUATION);
	F(mark + way + spread(0xb0800 + c->relations[right_top]) * K_SITUATION);
	F(mark + way + spread(0xb0900 + c->relations[left_top] * 64 + c->relations[right_top]) * K_SITUATION);
	F(mark + way + relation + spread(0xb0a00 + c->relations[right_top]) * K_OTHER);
	F(mark + way + relation + spread(0xb0b00 + c->relations[left_top]) * K_OTHER);
	F(mark + way + atoms[d + 1].tag * K_SITUATION); F(mark + way + atoms[d - 1].tag * K_SITUATION);
	F(mark + way + atoms[d + 1].word * K_SITUATION); F(mark + way + atoms[d - 1].tag * K_SITUATION + atoms[d + 1].tag * K_OTHER);
	F(mark + way + relation + atoms[d + 1].tag * K_OTHER); F(mark + way + between * K_SITUATION);
	F(mark + way + relation + between * K_OTHER);
	F(mark + way + spread(0xb0c00 + (c->heads[a] < d) * 2 + (c->heads[a] > n_words)) * K_SITUATION + relation);
	F(mark + way + spread(0xb0d00 + (a < d ? d - a : a - d)) * K_SITUATION);
	F(mark + way + atoms[a].class_top * K_SITUATION); F(mark + way + atoms[a].sets * K_SITUATION + relation);
	F(mark + way + spread(0xb0e00 + c->relations[c->heads[a] <= n_words ? c->heads[a] : 0]) * K_OTHER + relation);
	return n;
}
