/*
 * labels.c - relations of a finished tree.
 *
 * In: heads of a piece.  Function words are labelled first, then the others,
 * children before heads and siblings from left to right, so that each label is chosen
 * knowing the whole tree, the relations of the token's own children, of its siblings
 * on the left, and the auxiliaries, prepositions and articles beside it.  A
 * linear model scores the relations from the features below.
 */
#include "parse/parser.h"

#include "tag/tagset.h"

static void
link_nodes(label_context *c)
{
	int			n = c->piece->n;

	for (int i = 1; i <= n + 1; i++)
		c->nodes[i] = (label_node) {.leftmost = (int16_t) i, .rightmost = (int16_t) i};
	for (int i = 1; i <= n; i++)
	{
		label_node *head = &c->nodes[c->heads[i]];

		if (!c->piece->is_word[i])
			continue;
		c->nodes[i].previous_sibling = head->last_child;
		if (head->last_child)
			c->nodes[head->last_child].next_sibling = (int16_t) i;
		else
			head->first_child = (int16_t) i;
		head->last_child = (int16_t) i;
	}
}

/* A word that says what kind of phrase or clause its head has: auxiliaries, prepositions, articles ... without children. */
static bool
is_function_word(const label_context *c, int i)
{
	int			u = c->piece->atoms[i].upos;

	return c->nodes[i].first_child == 0 &&
		(u == UPOS_AUX || u == UPOS_ADP || u == UPOS_SCONJ || u == UPOS_CCONJ || u == UPOS_DET || u == UPOS_PART);
}

/* Function words first, then the others in postorder without recursion: down to the first leaf, then along siblings and up. */
void
label_prepare(label_context *c)
{
	int			n = 0,
				at = c->piece->n + 1;

	link_nodes(c);
	for (int i = 1; i <= c->piece->n; i++)
	{
		c->relations[i] = 0;
		if (c->piece->is_word[i] && is_function_word(c, i))
			c->order[n++] = (int16_t) i;
	}
	while (c->nodes[at].first_child)
		at = c->nodes[at].first_child;
	while (at != c->piece->n + 1)
	{
		if (!is_function_word(c, at))
			c->order[n++] = (int16_t) at;
		if (c->nodes[at].next_sibling)
		{
			at = c->nodes[at].next_sibling;
			while (c->nodes[at].first_child)
				at = c->nodes[at].first_child;
		}
		else
			at = c->heads[at];
	}
}

void
label_set(label_context *c, int position, uint8_t relation)
{
	label_node *node = &c->nodes[position],
			   *head = &c->nodes[c->heads[position]];

	c->relations[position] = relation;
	head->child_relations |= UINT64_C(1) << relation;
	if (c->heads[position] == c->piece->n + 1)
		return;
	if (node->leftmost < head->leftmost)
		head->leftmost = node->leftmost;
	if (node->rightmost > head->rightmost)
		head->rightmost = node->rightmost;
}

#define K_DEPENDENT UINT64_C(0x9e3779b97f4a7c15)
#define K_HEAD UINT64_C(0xc2b2ae3d27d4eb4f)
#define K_THIRD UINT64_C(0x165667b19e3779f9)
#define K_FOURTH UINT64_C(0xd6e8feb86659fd93)
#define K_TEMPLATE UINT64_C(0x2545f4914f6cdd1d)

#define F(sum) (keys[n] = mix_key((sum) + (uint64_t) (n + 1) * K_TEMPLATE), n++)

static uint64_t
mix_key(uint64_t x)
{
	x ^= x >> 32;
	return x * UINT64_C(0x94d049bb133111eb);
}

/* Relations that tell what kind of phrase or clause a head is. */
#define KIND_RELATIONS \
	((UINT64_C(1) << REL_NSUBJ) | (UINT64_C(1) << REL_NSUBJ_PASS) | (UINT64_C(1) << REL_CASE) | (UINT64_C(1) << REL_MARK) | \
	 (UINT64_C(1) << REL_COP) | (UINT64_C(1) << REL_AUX) | (UINT64_C(1) << REL_AUX_PASS) | (UINT64_C(1) << REL_DET) | \
	 (UINT64_C(1) << REL_OBJ) | (UINT64_C(1) << REL_CC) | (UINT64_C(1) << REL_EXPL) | (UINT64_C(1) << REL_CSUBJ) | \
	 (UINT64_C(1) << REL_NSUBJ_OUTER) | (UINT64_C(1) << REL_CCOMP) | (UINT64_C(1) << REL_XCOMP) | (UINT64_C(1) << REL_NMOD_POSS))

/* Is there a wh-word among the subtree's first tokens?  1 + its position in the clause, else 0. */
static int
first_wh(const label_context *c, int position)
{
	int			from = c->nodes[position].leftmost;

	for (int i = from; i <= position && i < from + 3; i++)
	{
		int			x = c->piece->atoms[i].xpos;

		if (x == XPOS_WDT || x == XPOS_WP || x == XPOS_WP_S || x == XPOS_WRB)
			return i - from + 1;
	}
	return 0;
}

int
label_features(const label_context *c, int d, uint64_t *keys)
{
	const piece *p = c->piece;
	const atom *atoms = p->atoms;
	int			h = c->heads[d];
	const label_node *node = &c->nodes[d],
			   *head = &c->nodes[h];
	int			low = d < h ? d : h,
				high = d < h ? h : d;
	int			distance = high - low > 6 ? 6 : high - low;
	uint64_t	way = spread(0xa0000 + (d < h)) * K_THIRD,
				near = spread(0xa0010 + (d < h) * 8 + distance) * K_THIRD,
				dw = atoms[d].word * K_DEPENDENT + way,
				dt = atoms[d].tag * K_DEPENDENT + way,
				dc = atoms[d].class_full * K_DEPENDENT + way,
				dp = atoms[d].class_top * K_DEPENDENT + way,
				hw = atoms[h].word * K_HEAD,
				ht = atoms[h].tag * K_HEAD,
				hc = atoms[h].class_full * K_HEAD,
				hp = atoms[h].class_top * K_HEAD,
				own = spread(node->child_relations & KIND_RELATIONS) * K_THIRD,
				sisters = spread(head->child_relations & KIND_RELATIONS) * K_FOURTH,
				all_sisters = spread(head->child_relations) * K_FOURTH;
	const atom *first = &atoms[node->first_child],
			   *outer = &atoms[node->leftmost];
	uint64_t	first_word = first->word * K_FOURTH,
				wh = spread(0xa0100 + first_wh(c, d)) * K_FOURTH,
				stands = spread(0xa0200 + (atoms[high - 1].commas > atoms[low].commas) * 4 +
								(atoms[high - 1].marks > atoms[low].marks) * 2 +
								(atoms[high - 1].verbs > atoms[low].verbs)) * K_FOURTH,
				ends = spread(0xa0300 + (node->rightmost == d) * 2 + (node->leftmost == d)) * K_FOURTH,
				quoted = spread(0xa0400 + (atoms[d].marks & 1) * 2 + (atoms[h].marks & 1)) * K_FOURTH;
	int			sister = node->previous_sibling;
	uint64_t	sister_relation = spread(0xa0500 + (sister ? c->relations[sister] : 0)) * K_FOURTH,
				sister_side = spread(0xa0600 + (sister != 0) * 2 + (sister > h)) * K_FOURTH;
	const atom *next = &atoms[node->next_sibling];
	int			grand = h <= p->n ? c->heads[h] : 0;
	uint64_t	gt = atoms[grand].tag * K_FOURTH;
	int			n = 0;

	F(dw + dt); F(dc); F(hw + ht + way);
	F(dw + hw); F(dw + ht); F(dt + hw); F(dt + ht); F(dt + hw + ht);
	F(dc + hc); F(dp + hp); F(dw + hc); F(dc + hw);
	F(dt + ht + near * K_FOURTH); F(hw + near * K_FOURTH);
	F(dt + ht + atoms[d - 1].tag * K_FOURTH); F(dt + ht + atoms[d + 1].tag * K_FOURTH);
	F(dt + ht + atoms[h - 1].tag * K_FOURTH); F(dt + ht + atoms[h + 1].tag * K_FOURTH);
	F(dw + atoms[d - 1].word * K_FOURTH); F(dw + atoms[d + 1].word * K_FOURTH);
	F(dw + own); F(dt + ht + own); F(dt + hw + own); F(dt + ht + own + first_word);
	F(dt + ht + sisters); F(dt + hw + sisters); F(dt + ht + all_sisters);
	F(dt + ht + own + sisters); F(dp + hw + own + sisters);
	F(dw + first_word); F(dt + hw + first_word); F(dc + hc + first_word); F(dt + ht + first_word);
	F(dt + ht + outer->word * K_FOURTH + own);
	F(dt + ht + own + wh); F(dt + own + stands); F(dw + hw + stands); F(dt + hw + stands); F(dw + ht + ends);
	F(dt + own + quoted); F(dt + hw + quoted + stands);
	F(dt + ht + sister_relation); F(dt + hw + sister_relation); F(dp + hc + sister_relation);
	F(dt + own + sister_relation); F(dt + ht + sister_side);
	F(dt + ht + gt); F(dw + ht + gt); F(atoms[d].sets * K_DEPENDENT + atoms[h].sets * K_HEAD + near);
	F(dt + atoms[h].sets * K_HEAD + own); F(dt + atoms[h].sets * K_HEAD + stands);
	F(dt + ht + next->tag * K_FOURTH); F(dt + hw + next->tag * K_FOURTH); F(dt + ht + next->word * K_FOURTH);
	F(dt + ht + own + sisters + near * K_FOURTH); F(dc + hp + own + sisters);
	F(dt + ht + spread(0xa0700 + (h == p->n + 1) * 4 + (d == 1) * 2 + (d == p->n)) * K_FOURTH);
	return n;
}
