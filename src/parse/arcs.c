/*
 * arcs.c - the second look at a tree: which of the proposed heads a word takes.
 *
 * In: the states of two searches over one piece, from the left and from the
 * right.  Out: a tree.  Where a search erred it has most often seen the right arc
 * and let it go, and the two err in different places: so each word keeps a few
 * proposed heads, with how far the proposal lay below the best, and a model that
 * sees whole trees (arcs, siblings, grandparents: McDonald & Pereira 2006,
 * Carreras 2007) and the proposals (stacking: Nivre & McDonald 2008) chooses.  It
 * climbs from the first search's tree, changing one head at a time while that
 * makes the tree better (Zhang et al. 2014).
 */
#include "parse/parser.h"

#include "tag/tagset.h"

#define K_DEPENDENT UINT64_C(0x9e3779b97f4a7c15)
#define K_HEAD UINT64_C(0xc2b2ae3d27d4eb4f)
#define K_THIRD UINT64_C(0x165667b19e3779f9)
#define K_FOURTH UINT64_C(0xd6e8feb86659fd93)
#define K_GAP UINT64_C(0x8ebc6af09c88c6e3)
#define K_WAY UINT64_C(0x1d8e4e27c47d124f)
#define K_TEMPLATE UINT64_C(0x2545f4914f6cdd1d)

#define MAX_ROUNDS 4
#define DOUBT 2					/* class of a gap so small that a sentence is worth a second look */

/* --- proposals ------------------------------------------------------------- */

void
arcs_clear(arc_lattice *l, const piece *p)
{
	l->piece = p;
	for (int i = 0; i <= p->n + 1; i++)
		l->n_candidates[i] = 0;
}

static int
gap_class(int32_t gap)
{
	return gap <= 25 ? 1 : gap <= 75 ? 2 : gap <= 150 ? 3 : gap <= 250 ? 4 : gap <= 400 ? 5 : 6;
}

static int
least_gap(const head_candidate *c)
{
	return c->gap[0] < c->gap[1] ? c->gap[0] : c->gap[1];
}

static void
propose(arc_lattice *l, int d, int h, int side, int gap)
{
	head_candidate *c = l->candidates + (size_t) d * MAX_HEADS;
	int			n = l->n_candidates[d],
				at = 0;

	while (at < n && c[at].head != h)
		at++;
	if (at == n)
	{
		if (n == MAX_HEADS)
		{
			at = 0;
			for (int i = 1; i < n; i++)
				if (least_gap(&c[i]) >= least_gap(&c[at]))
					at = i;
			if (least_gap(&c[at]) <= gap)
				return;
		}
		else
			l->n_candidates[d]++;
		c[at] = (head_candidate) {(int16_t) h, {NOT_PROPOSED, NOT_PROPOSED}};
	}
	if (gap < c[at].gap[side])
		c[at].gap[side] = (uint8_t) gap;
}

static void
propose_arc(arc_lattice *l, const item *i, int side, int gap)
{
	int			n = l->piece->n,
				d = i->from->top->at,
				h = i->action == LEFT ? i->from->front.at : i->from->top->below->at;

	if (side)
		propose(l, mirrored_position(n, d), mirrored_position(n, h), side, gap);
	else
		propose(l, d, h, side, gap);
}

void
arcs_collect(arc_lattice *l, const search *s, const piece *searched, int side)
{
	int32_t		n_steps = 2 * searched->n_words;

	for (const item *i = &s->items[(size_t) n_steps * s->width]; i->from; i = i->from)
		if (i->action != SHIFT)
			propose_arc(l, i, side, 0);
	for (int32_t step = 1; step <= n_steps; step++)
	{
		const item *items = &s->items[(size_t) step * s->width];

		for (int k = 0; k < s->n_items[step]; k++)
			if (items[k].action != SHIFT)
				propose_arc(l, &items[k], side, gap_class(items[0].score - items[k].score));
	}
}

bool
arcs_in_doubt(const arc_lattice *l)
{
	for (int d = 1; d <= l->piece->n; d++)
		for (int c = 0; c < l->n_candidates[d]; c++)
		{
			int			gap = l->candidates[(size_t) d * MAX_HEADS + c].gap[0];

			if (gap > 0 && gap <= DOUBT)
				return true;
		}
	return false;
}

/* --- features -------------------------------------------------------------- */

/* Templates of different parts have different numbers. */
#define F(sum) (keys[n] = (uint32_t) (((sum) + (uint64_t) (n + FIRST_TEMPLATE) * K_TEMPLATE) >> 32), n++)

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Classes of the gaps of a candidate and of its nearest rivals. */
static uint64_t
gaps_of(const arc_lattice *l, int d, int candidate, uint64_t *with_rivals)
{
	const head_candidate *c = l->candidates + (size_t) d * MAX_HEADS;
	int			rival[2] = {NOT_PROPOSED, NOT_PROPOSED};
	int			own = c[candidate].gap[0] * 8 + c[candidate].gap[1];

	for (int i = 0; i < l->n_candidates[d]; i++)
		if (i != candidate)
			for (int side = 0; side < 2; side++)
				rival[side] = least(rival[side], c[i].gap[side]);
	*with_rivals = spread(0xc0000 + (own * 8 + rival[0]) * 8 + rival[1]) * K_GAP;
	return spread(0xc8000 + own) * K_GAP;
}

int
arc_features(const arc_lattice *l, int d, int candidate, uint32_t *keys)
{
	enum { FIRST_TEMPLATE = 1 };
	const piece *p = l->piece;
	const atom *atoms = p->atoms;
	int			h = l->candidates[(size_t) d * MAX_HEADS + candidate].head,
				low = least(d, h),
				high = d < h ? h : d;
	uint64_t	way = spread(0xc1000 + (d < h)) * K_WAY,
				near = spread(0xc1100 + distance_class(high - low) * 2 + (d < h)) * K_WAY,
				stands = between(p, low, high) * K_THIRD,
				rivals,
				gaps = gaps_of(l, d, candidate, &rivals);
	const atom *a = &atoms[d],
			   *b = &atoms[h];
	uint64_t	dw = a->word * K_DEPENDENT + way,
				dt = a->tag * K_DEPENDENT + way,
				dwt = a->word_tag * K_DEPENDENT + way,
				dc = a->class_full * K_DEPENDENT + way,
				dp = a->class_top * K_DEPENDENT + way,
				hw = b->word * K_HEAD,
				ht = b->tag * K_HEAD,
				hwt = b->word_tag * K_HEAD,
				hc = b->class_full * K_HEAD,
				hp = b->class_top * K_HEAD,
				d_before = atoms[d - 1].tag * K_THIRD,
				d_behind = atoms[d + 1].tag * K_THIRD,
				h_before = atoms[h - 1].tag * K_FOURTH,
				h_behind = atoms[least(h + 1, p->n + 2)].tag * K_FOURTH,
				affine = spread(0xc1200 + (h <= p->n ? affinity_grade(p->affinities, affinity_key(b->word, a->word, 0, d < h)) : 9)) * K_THIRD;
	int			inside = (atoms[d].marks & 1) * 2 + (atoms[h].marks & 1),
				n = 0;
	uint64_t	quoted = spread(0xc1300 + inside) * K_FOURTH;

	F(gaps); F(rivals); F(gaps + near); F(gaps + dt); F(gaps + ht); F(gaps + dt + ht); F(rivals + dt + ht);
	F(gaps + dp + hp); F(gaps + hw); F(gaps + dw); F(rivals + dt); F(gaps + dt + ht + near);
	F(dwt); F(dw + ht); F(dt + hw); F(dw + hw); F(dwt + hwt); F(dwt + ht); F(dt + hwt); F(dt + ht);
	F(dc + hc); F(dp + hp); F(dw + hc); F(dc + hw); F(dc + ht); F(dt + hc); F(dp + ht); F(dt + hp); F(hwt + way);
	F(dt + ht + near); F(dw + near); F(hw + near); F(dp + hp + near); F(dt + near); F(ht + near); F(dc + near); F(hc + near);
	F(dt + ht + stands); F(dw + stands); F(hw + way + stands); F(dt + stands); F(ht + way + stands); F(dp + hp + stands);
	F(dt + ht + stands + near * 3);
	F(dt + ht + d_before); F(dt + ht + d_behind); F(dt + ht + h_before); F(dt + ht + h_behind);
	F(dt + ht + d_before + h_before); F(dt + ht + d_behind + h_behind); F(dt + ht + d_behind + h_before);
	F(dt + ht + d_before + h_behind); F(dt + ht + d_before + d_behind); F(dt + ht + h_before + h_behind);
	F(dt + ht + affine); F(affine); F(dp + ht + affine); F(dt + ht + quoted); F(dt + hw + quoted);
	F(a->sets * K_DEPENDENT + b->sets * K_HEAD + near); F(a->sets * K_DEPENDENT + ht + way); F(dt + b->sets * K_HEAD);
	F(dw + atoms[d - 1].word * K_THIRD); F(dw + atoms[d + 1].word * K_THIRD + ht); F(dt + atoms[d - 1].word * K_THIRD + ht);
	F(dt + atoms[d - 1].word * K_THIRD + hw);
	return n;
}

int
sibling_features(const piece *p, int h, int inner, int d, uint32_t *keys)
{
	enum { FIRST_TEMPLATE = 101 };
	const atom *a = &p->atoms[d],
			   *b = &p->atoms[h],
			   *s = &p->atoms[inner];
	uint64_t	way = spread(0xc2000 + (d < h)) * K_WAY,
				near = spread(0xc2100 + (inner ? distance_class(d < inner ? inner - d : d - inner) + 1 : 0)) * K_WAY,
				stands = (inner ? between(p, least(d, inner), d < inner ? inner : d) : 0) * K_GAP,
				dt = a->tag * K_DEPENDENT + way,
				ht = b->tag * K_HEAD,
				st = s->tag * K_THIRD;
	int			n = 0;

	F(dt + ht + st); F(dt + st); F(a->word * K_DEPENDENT + way + st); F(dt + s->word * K_THIRD);
	F(a->word * K_DEPENDENT + way + s->word * K_THIRD); F(a->word_tag * K_DEPENDENT + way + ht + st);
	F(dt + b->word_tag * K_HEAD + st); F(dt + ht + s->word_tag * K_THIRD);
	F(a->class_full * K_DEPENDENT + way + s->class_full * K_THIRD);
	F(a->class_full * K_DEPENDENT + way + s->class_full * K_THIRD + b->class_full * K_HEAD);
	F(a->class_top * K_DEPENDENT + way + s->class_top * K_THIRD + b->class_top * K_HEAD);
	F(dt + ht + st + stands); F(dt + ht + st + near); F(dt + st + stands + near);
	F(dt + b->word * K_HEAD + s->word * K_THIRD);
	return n;
}

int
grand_features(const piece *p, int g, int h, int d, uint32_t *keys)
{
	enum { FIRST_TEMPLATE = 131 };
	const atom *a = &p->atoms[d],
			   *b = &p->atoms[h],
			   *c = &p->atoms[g];
	uint64_t	way = spread(0xc3000 + (d < h) * 4 + (h < g) * 2 + (d < g)) * K_WAY,
				near = spread(0xc3100 + distance_class(h < g ? g - h : h - g)) * K_FOURTH,
				dw = a->word * K_DEPENDENT + way,
				dt = a->tag * K_DEPENDENT + way,
				ht = b->tag * K_HEAD,
				hw = b->word * K_HEAD,
				gt = c->tag * K_THIRD,
				gw = c->word * K_THIRD,
				affine = 0;
	int			n = 0;

	if (a->upos == UPOS_ADP && d < h && g <= p->n)
		affine = spread(0xc3200 + affinity_grade(p->affinities, affinity_key(c->word, b->word, a->word, h < g)) * 16 +
						affinity_grade(p->affinities, affinity_key(c->word, 0, a->word, h < g))) * K_GAP;
	F(dt + ht + gt); F(dt + gt); F(dw + gt); F(dt + gw); F(dw + gw); F(dw + ht + gt); F(dt + hw + gt); F(dt + ht + gw);
	F(dw + hw + gw); F(dw + ht + gw); F(dw + hw + gt); F(a->class_full * K_DEPENDENT + way + c->class_full * K_THIRD);
	F(a->class_top * K_DEPENDENT + way + b->class_top * K_HEAD + c->class_top * K_THIRD);
	F(dw + b->class_full * K_HEAD + c->class_full * K_THIRD); F(dt + ht + gt + near); F(dw + gt + near);
	F(dt + ht + gt + affine); F(dt + gt + affine + near);
	return n;
}

/* --- the tree --------------------------------------------------------------- */

void
arcs_link(arc_lattice *l)
{
	const piece *p = l->piece;

	for (int i = 0; i <= p->n + 1; i++)
		l->first_child[i] = 0;
	for (int i = p->n; i >= 1; i--)
		if (p->is_word[i])
		{
			l->next_sibling[i] = l->first_child[l->heads[i]];
			l->first_child[l->heads[i]] = (int16_t) i;
		}
}

int
inner_sibling(const arc_lattice *l, int h, int d)
{
	int			found = 0;

	for (int c = l->first_child[h]; c; c = l->next_sibling[c])
	{
		if (d < h && c > d && c < h)
			return c;
		if (d > h && c > h && c < d)
			found = c;
	}
	return found;
}

int
outer_sibling(const arc_lattice *l, int h, int d)
{
	int			found = 0;

	for (int c = l->first_child[h]; c; c = l->next_sibling[c])
	{
		if (d > h && c > d)
			return c;
		if (d < h && c < d)
			found = c;
	}
	return found;
}

static bool
is_below(const arc_lattice *l, int node, int ancestor)
{
	for (; node <= l->piece->n; node = l->heads[node])
		if (node == ancestor)
			return true;
	return false;
}

/* --- scores ----------------------------------------------------------------- */

static int32_t
keys_score(scorer by, const uint32_t *keys, int n)
{
	int32_t		scores[N_ACTIONS] = {0};

	by.score(by.model, keys, n, scores);
	return scores[0];
}

static int32_t
arc_score(const arc_lattice *l, scorer by, int d, int candidate)
{
	head_candidate *c = &l->candidates[(size_t) d * MAX_HEADS + candidate];
	uint32_t	keys[MAX_FEATURES];

	if (!c->is_scored)
	{
		c->score = keys_score(by, keys, arc_features(l, d, candidate, keys));
		for (int side = 0; side < 2; side++)
			if (c->gap[side] == 0)
				c->score += l->bonus[side];
		c->is_scored = true;
	}
	return c->score;
}

static int32_t
sibling_score(const arc_lattice *l, scorer by, int h, int inner, int d)
{
	uint32_t	keys[MAX_FEATURES];

	return d ? keys_score(by, keys, sibling_features(l->piece, h, inner, d, keys)) : 0;
}

static int32_t
grand_score(const arc_lattice *l, scorer by, int g, int h, int d)
{
	uint32_t	keys[MAX_FEATURES];

	return h <= l->piece->n ? keys_score(by, keys, grand_features(l->piece, g, h, d, keys)) : 0;
}

/* What the tree gains by d as a child of h; d is not among h's children. */
static int32_t
gain_under(const arc_lattice *l, scorer by, int d, int candidate)
{
	int			h = l->candidates[(size_t) d * MAX_HEADS + candidate].head,
				inner = inner_sibling(l, h, d),
				outer = outer_sibling(l, h, d);
	int32_t		gain = arc_score(l, by, d, candidate) + sibling_score(l, by, h, inner, d);

	if (outer)
		gain += sibling_score(l, by, h, d, outer) - sibling_score(l, by, h, inner, outer);
	if (h <= l->piece->n)
		gain += grand_score(l, by, l->heads[h], h, d);
	for (int c = l->first_child[d]; c; c = l->next_sibling[c])
		gain += grand_score(l, by, h, d, c);
	return gain;
}

static int
candidate_of(const arc_lattice *l, int d, int h)
{
	const head_candidate *c = l->candidates + (size_t) d * MAX_HEADS;

	for (int i = 0; i < l->n_candidates[d]; i++)
		if (c[i].head == h)
			return i;
	return -1;
}

static void
cut(arc_lattice *l, int d)
{
	int16_t    *at = &l->first_child[l->heads[d]];

	while (*at != d)
		at = &l->next_sibling[*at];
	*at = l->next_sibling[d];
}

static void
hang(arc_lattice *l, int d, int h)
{
	int16_t    *at = &l->first_child[h];

	while (*at && *at < d)
		at = &l->next_sibling[*at];
	l->next_sibling[d] = *at;
	*at = (int16_t) d;
	l->heads[d] = (int16_t) h;
}

/* Moves d to its best head other than the root; d is cut off.  Returns the gain there. */
static int32_t
hang_best(arc_lattice *l, scorer by, int d)
{
	const head_candidate *c = l->candidates + (size_t) d * MAX_HEADS;
	int32_t		most = INT32_MIN;
	int			best = -1;

	for (int i = 0; i < l->n_candidates[d]; i++)
	{
		int32_t		gain;

		if (c[i].head > l->piece->n || is_below(l, c[i].head, d))
			continue;
		gain = gain_under(l, by, d, i);
		if (gain > most)
		{
			most = gain;
			best = i;
		}
	}
	if (best < 0)
		return INT32_MIN;
	hang(l, d, c[best].head);
	return most;
}

/* Makes d the root in place of the root, if that is better. */
static bool
try_root(arc_lattice *l, scorer by, int d, int as_root)
{
	int			behind = l->piece->n + 1,
				root = l->first_child[behind],
				before = l->heads[d];
	int32_t		loss,
				gain,
				rest;

	cut(l, d);
	loss = gain_under(l, by, d, candidate_of(l, d, before));
	cut(l, root);
	loss += gain_under(l, by, root, candidate_of(l, root, behind));
	gain = gain_under(l, by, d, as_root);
	hang(l, d, behind);
	rest = hang_best(l, by, root);
	if (rest > INT32_MIN && gain + rest > loss)
		return true;
	if (rest > INT32_MIN)
		cut(l, root);
	cut(l, d);
	hang(l, root, behind);
	hang(l, d, before);
	return false;
}

/* Gives d a better head if there is one. */
static bool
improve(arc_lattice *l, scorer by, int d)
{
	const head_candidate *c = l->candidates + (size_t) d * MAX_HEADS;
	int			before = l->heads[d];

	if (before > l->piece->n)
		return false;
	for (int i = 0; i < l->n_candidates[d]; i++)
		if (c[i].head > l->piece->n && try_root(l, by, d, i))
			return true;
	cut(l, d);
	{
		int32_t		now = gain_under(l, by, d, candidate_of(l, d, before)),
					most = now;
		int			best = before;

		for (int i = 0; i < l->n_candidates[d]; i++)
		{
			int32_t		gain;

			if (c[i].head == before || c[i].head > l->piece->n || is_below(l, c[i].head, d))
				continue;
			gain = gain_under(l, by, d, i);
			if (gain > most)
			{
				most = gain;
				best = c[i].head;
			}
		}
		hang(l, d, best);
		return best != before;
	}
}

void
arcs_choose(arc_lattice *l, scorer by)
{
	bool		changed = true;

	for (int i = 1; i <= l->piece->n; i++)
		for (int c = 0; c < l->n_candidates[i]; c++)
			l->candidates[(size_t) i * MAX_HEADS + c].is_scored = false;
	arcs_link(l);
	for (int round = 0; changed && round < MAX_ROUNDS; round++)
	{
		changed = false;
		for (int d = 1; d <= l->piece->n; d++)
			if (l->piece->is_word[d] && l->n_candidates[d] > 1)
				changed |= improve(l, by, d);
	}
}
