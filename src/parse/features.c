/*
 * features.c - what the parser sees when it chooses an action.
 *
 * In: a piece of a sentence, tagged.  piece_prepare turns each token into a few
 * 64-bit hashes once; action_features adds them up into one 32-bit key a
 * template: each place (top of the stack, front token ...) multiplies the hash
 * by a constant of its own, so a key costs a few additions.
 *
 * Templates follow Zhang & Nivre (2011), turned to the arc-hybrid system, with
 * word classes (Koo et al. 2008), what stands between two tokens (McDonald et
 * al. 2005), the tags of all children so far, and places relative to quotation
 * marks.
 */
#include "parse/parser.h"

#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/tagset.h"

/* Odd constants, one a place. */
#define K_S0 UINT64_C(0x9e3779b97f4a7c15)
#define K_S1 UINT64_C(0xc2b2ae3d27d4eb4f)
#define K_S2 UINT64_C(0x165667b19e3779f9)
#define K_N0 UINT64_C(0xd6e8feb86659fd93)
#define K_N1 UINT64_C(0xa0761d6478bd642f)
#define K_N2 UINT64_C(0xe7037ed1a0b428db)
#define K_CHILD_A UINT64_C(0x8ebc6af09c88c6e3)
#define K_CHILD_B UINT64_C(0x589965cc75374cc3)
#define K_NUMBER UINT64_C(0x1d8e4e27c47d124f)
#define K_NUMBER_B UINT64_C(0xeb44accab455d165)
#define K_TEMPLATE UINT64_C(0x2545f4914f6cdd1d)

/* --- atoms ----------------------------------------------------------------- */

/* The last three letters of a word without a class. */
static uint64_t
ending_of(const token *t)
{
	uint32_t	n = t->lower_bytes < 3 ? t->lower_bytes : 3;

	return hash_bytes(t->lower + t->lower_bytes - n, n);
}

static void
set_word_class(const token *t, atom *a)
{
	const word_info *info = t->word >= 0 ? lexicon_word_info(t->word) : NULL;

	if (info && info->class_id)
	{
		a->class_full = spread(0x10000 + info->class_id);
		a->class_top = spread(0x20000 + (uint64_t) (info->class_path >> 9));
	}
	else
	{
		a->class_full = spread(ending_of(t));
		a->class_top = spread(0x30000 + (t->flags & (TOKEN_INITIAL_CAPITAL | TOKEN_HAS_DIGIT)));
	}
}

static bool
is_quotation_mark(const token *t)
{
	return (t->flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK)) || t->xpos == XPOS_OPEN_QUOTE || t->xpos == XPOS_CLOSE_QUOTE;
}

static void
count_up(const atom *before, atom *a)
{
	a->commas = before->commas + (a->xpos == XPOS_COMMA);
	a->marks = before->marks + a->is_mark;
	a->brackets = before->brackets + (a->upos == UPOS_PUNCT && !a->is_mark && a->xpos != XPOS_COMMA);
	a->verbs = before->verbs + (a->upos == UPOS_VERB);
	a->conjunctions = before->conjunctions + (a->upos == UPOS_CCONJ);
}

static void
token_atom(const token *t, const atom *before, atom *a)
{
	uint32_t	sets = lexicon_sets(t) & (SET_SPEECH_VERB | SET_THOUGHT_VERB | SET_SPEECH_NOUN | SET_TITLE | SET_ROLE |
										  SET_MONTH | SET_WEEKDAY | SET_UNITS | SET_GROUP | SET_DOCUMENT);
	bool		mark = is_quotation_mark(t);

	a->upos = t->upos;
	a->xpos = t->xpos;
	a->tag = spread(0x40000 + t->upos * 64 + t->xpos);
	if (t->flags & TOKEN_ALL_DIGITS)
		a->word = spread(0x50000 + (t->lower_bytes == 4));
	else if (t->flags & TOKEN_URL)
		a->word = spread(0x50002);
	else
		a->word = spread(t->lower_hash);
	a->word_tag = spread(a->word ^ a->tag);
	a->sets = spread(0x60000 + sets);
	set_word_class(t, a);
	a->is_mark = mark;
	count_up(before, a);
}

/* A position that is no token. */
static void
outside_atom(int which, const atom *before, atom *a)
{
	*a = *before;
	a->upos = a->xpos = 0;
	a->word = a->tag = a->word_tag = a->class_full = a->class_top = a->sets = spread(0x70000 + which);
}

/* Which positions the search sees. */
static void
mark_words(piece *p)
{
	int			next = p->n + 1;

	p->n_words = 0;
	for (int i = 1; i <= p->n; i++)
		p->n_words += p->is_word[i] = p->atoms[i].upos != UPOS_PUNCT;
	if (p->n_words == 0)
		for (int i = 1; i <= p->n; i++)
			p->n_words += p->is_word[i] = true;
	p->is_word[0] = false;
	p->next_word[p->n + 2] = p->next_word[p->n + 1] = (int16_t) (p->n + 2);
	for (int i = p->n; i >= 0; i--)
	{
		p->next_word[i] = (int16_t) next;
		if (p->is_word[i])
			next = i;
	}
}

void
piece_prepare(const document *doc, piece *p)
{
	static const atom zero;

	if (p->grades)
		memset(p->grades->pair, 0, sizeof(p->grades->pair));
	outside_atom(0, &zero, &p->atoms[0]);
	for (int32_t i = 0; i < p->n; i++)
		token_atom(&doc->tokens[p->first + i], &p->atoms[i], &p->atoms[i + 1]);
	outside_atom(1, &p->atoms[p->n], &p->atoms[p->n + 1]);
	outside_atom(2, &p->atoms[p->n], &p->atoms[p->n + 2]);
	mark_words(p);
}

void
piece_mirror(const piece *p, piece *m)
{
	m->n = p->n;
	m->first = p->first;
	m->mirrored = true;
	m->affinities = p->affinities;
	if (m->grades)
		memset(m->grades->pair, 0, sizeof(m->grades->pair));
	m->atoms[0] = p->atoms[0];
	for (int i = 1; i <= p->n; i++)
	{
		m->atoms[i] = p->atoms[p->n + 1 - i];
		count_up(&m->atoms[i - 1], &m->atoms[i]);
	}
	outside_atom(1, &m->atoms[p->n], &m->atoms[p->n + 1]);
	outside_atom(2, &m->atoms[p->n], &m->atoms[p->n + 2]);
	mark_words(m);
}

/* --- states ---------------------------------------------------------------- */

int
distance_class(int d)
{
	return d <= 4 ? d : d <= 6 ? 5 : d <= 10 ? 6 : d <= 20 ? 7 : 8;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

uint64_t
between(const piece *p, int a, int b)
{
	const atom *x = &p->atoms[a],
			   *y = &p->atoms[b - 1];

	if (a == 0)
		return spread(0x80000);
	return spread(0x80001 + (((least(y->commas - x->commas, 2) * 3 + least(y->marks - x->marks, 2)) * 2
							  + least(y->brackets - x->brackets, 1)) * 3 + least(y->verbs - x->verbs, 2)) * 2
				  + least(y->conjunctions - x->conjunctions, 1));
}

/* The features of tokens at one place, multiplied by the place's constant. */
typedef struct place
{
	uint64_t	w,
				t,
				wt,
				c,
				p,
				s;
} place;

static inline place
at_place(const atom *a, uint64_t k)
{
	return (place) {a->word * k, a->tag * k, a->word_tag * k, a->class_full * k, a->class_top * k, a->sets * k};
}

/*
 * F adds a key; templates with different constants never meet, because the
 * running number is mixed in.
 */
#define F(sum) (keys[n] = (uint32_t) (((sum) + (uint64_t) (n + 1) * K_TEMPLATE) >> 32), n++)

static int
word_features(const place *s0, const place *s1, const place *s2, const place *n0, const place *n1, const place *n2,
			  uint32_t *keys, int n)
{
	F(s0->wt); F(s1->wt); F(n0->wt); F(n1->wt); F(s2->wt);

	F(s0->wt + n0->t); F(s0->t + n0->wt); F(s0->t + n0->t); F(s0->c + n0->c); F(s0->p + n0->p);
	F(s1->w + s0->w); F(s1->wt + s0->t); F(s1->t + s0->wt); F(s1->t + s0->t);
	F(s1->c + s0->c); F(s1->p + s0->p); F(s1->w + s0->c);
	F(s1->wt + n0->t); F(s1->t + n0->wt); F(s1->c + n0->c);
	F(n0->wt + n1->t); F(n0->t + n1->wt);

	F(s1->t + s0->t + n0->t); F(s0->t + n0->t + n1->t);
	F(n0->t + n1->t + n2->t); F(s2->t + s1->t + s0->t); F(s2->t + s1->t + s0->t + n0->t);
	F(s1->t + s0->t + n0->t + n1->t); F(s0->t + n0->t + n1->t + n2->t);
	F(s1->p + s0->p + n0->p); F(s0->p + n0->p + n1->p); F(s0->p + n0->t); F(s0->t + n0->p);
	F(s1->p + s0->t); F(s1->t + s0->p); F(n0->p + n1->p + n2->p); F(n0->c + n1->c);
	F(s1->s + s0->s + n0->s); F(s0->s + n0->t); F(s1->s + s0->t); F(s0->t + n0->s);
	return n;
}

static int
child_features(const piece *p, const cell *c0, const cell *c1, const cell *front,
			   const place *s0, const place *s1, const place *n0, uint32_t *keys, int n)
{
	const atom *s0l = &p->atoms[c0->left[0]],
			   *s0r = &p->atoms[c0->right[0]],
			   *s1r = &p->atoms[c1->right[0]],
			   *n0l = &p->atoms[front->left[0]];
	uint64_t	s0_left = spread(c0->left_tags) * K_CHILD_A,
				s0_right = spread(c0->right_tags) * K_CHILD_A,
				s1_left = spread(c1->left_tags) * K_CHILD_A,
				s1_right = spread(c1->right_tags) * K_CHILD_A,
				n0_left = spread(front->left_tags) * K_CHILD_B,
				n0lw = n0l->word * K_CHILD_A,
				s0lw = s0l->word * K_CHILD_A;

	F(s0->t + n0->t + s0r->tag * K_CHILD_A); F(s0->t + n0->t + s0l->tag * K_CHILD_A);
	F(s0->t + n0->t + n0l->tag * K_CHILD_A); F(s1->t + s0->t + s0l->tag * K_CHILD_A);
	F(s1->t + s0->t + s0r->tag * K_CHILD_A); F(s1->t + s0->t + s1r->tag * K_CHILD_A);

	F(s0->w + n0lw); F(s1->w + n0lw); F(s1->t + s0->t + n0lw); F(s1->w + s0lw); F(s1->t + s0->t + s0lw);
	F(s0->w + s0r->word * K_CHILD_A); F(n0->w + n0lw); F(s1->w + s1r->word * K_CHILD_A);

	F(s0->wt + (uint64_t) (c0->n_right + 1) * K_NUMBER); F(n0->wt + (uint64_t) (front->n_left + 1) * K_NUMBER);
	F(s1->wt + (uint64_t) (c1->n_right + 1) * K_NUMBER);
	F(s0->t + s0_right); F(n0->t + n0_left); F(s1->t + s1_right); F(s0->wt + s0_left); F(s0->wt + s0_right);
	F(s1->wt + s1_right); F(n0->wt + n0_left);
	F(s1->t + s0->t + s1_left); F(s1->t + s0->t + s1_right); F(s0->t + n0->t + s0_left); F(s0->t + n0->t + n0_left);
	F(s1->t + s0->t + s0_left); F(s0->t + n0->t + s0_left + n0_left); F(s1->t + s0->t + n0->t + n0_left);
	F(s1->p + s0->p + n0lw); F(s1->p + s0->p + n0->p + n0_left);
	return n;
}

/* Grade of an arc between two positions, and of the head with the dependent's preposition. */
static uint64_t
affinity_of(const piece *p, int head, int dependent, int first_child)
{
	const atom *h = &p->atoms[head],
			   *d = &p->atoms[dependent],
			   *c = &p->atoms[first_child];
	bool		to_the_left = (dependent < head) != p->mirrored;

	if (c->upos == UPOS_ADP && (first_child < dependent) != p->mirrored)
		return 8 + affinity_grade(p->affinities, affinity_key(h->word, d->word, c->word, to_the_left)) * 16 +
			affinity_grade(p->affinities, affinity_key(h->word, 0, c->word, to_the_left));
	return affinity_grade(p->affinities, affinity_key(h->word, d->word, 0, to_the_left));
}

static uint64_t
affinity(const piece *p, int head, int dependent, int first_child)
{
	uint32_t	pair = (uint32_t) head << 20 | (uint32_t) dependent << 10 | (uint32_t) first_child,
				at = (pair * UINT32_C(0x9e3779b1)) >> 23;

	if (head == 0 || dependent == 0 || head > p->n || dependent > p->n)
		return 0;
	if (!p->grades)
		return affinity_of(p, head, dependent, first_child);
	if (p->grades->pair[at] != pair)
	{
		p->grades->pair[at] = pair;
		p->grades->grade[at] = (uint16_t) affinity_of(p, head, dependent, first_child);
	}
	return p->grades->grade[at];
}

static int
affinity_features(const piece *p, const cell *c0, const cell *c1, const cell *front,
				  const place *s0, const place *s1, const place *n0, uint32_t *keys, int n)
{
	int			first_child = p->mirrored ? c0->right[0] : c0->left[0];
	uint64_t	from_front = spread(0xa0000 + affinity(p, front->at, c0->at, first_child)) * K_CHILD_A,
				from_below = spread(0xa1000 + affinity(p, c1->at, c0->at, first_child)) * K_CHILD_B,
				to_front = spread(0xa2000 + affinity(p, c0->at, front->at, front->left[0])) * K_NUMBER,
				past_top = spread(0xa3000 + affinity(p, c1->at, front->at, front->left[0])) * K_NUMBER_B;

	F(s0->t + n0->t + from_front + to_front); F(s1->t + s0->t + from_below); F(s1->t + s0->t + from_below + from_front);
	F(s1->t + s0->t + n0->t + to_front + past_top); F(to_front + past_top); F(from_below + from_front);
	F(s1->t + s0->t + from_below + past_top);
	return n;
}

static int
distance_features(const piece *p, const item *s, int i0, int i1, int j, const place *s0, const place *s1,
				  const place *n0, uint32_t *keys, int n)
{
	uint64_t	near = (uint64_t) (i0 ? distance_class(j - i0) + 1 : 0) * K_NUMBER,
				far = (uint64_t) (i1 ? distance_class(i0 - i1) + 1 : 0) * K_NUMBER,
				between_front = between(p, i0, j) * K_NUMBER_B,
				between_stack = between(p, i1, i0) * K_NUMBER_B,
				inside = spread(0x90000 + (p->atoms[i1].marks & 1) * 4 + (p->atoms[i0].marks & 1) * 2 +
								(p->atoms[j].marks & 1)) * K_NUMBER_B,
				depth = (uint64_t) least(s->depth, 5) * K_NUMBER,
				before = p->atoms[j - 1].tag * K_CHILD_A,
				behind = p->atoms[i0 + 1].tag * K_CHILD_A,
				next = p->atoms[least(j + 1, p->n + 2)].tag * K_CHILD_B;

	F(s0->t + n0->t + near); F(s0->w + near); F(n0->w + near);
	F(s1->t + s0->t + far); F(s1->w + far); F(s0->w + far);
	F(s0->t + n0->t + between_front); F(s1->t + s0->t + between_stack); F(s0->w + between_front); F(n0->w + between_front);
	F(s1->w + between_stack); F(s1->t + s0->t + n0->t + between_front);
	F(s1->t + s0->t + n0->t + inside); F(s0->s + n0->s + inside); F(s1->s + s0->s + inside);
	F(s0->t + n0->t + depth); F(s0->t + n0->t + before); F(s0->t + n0->t + before + next); F(s1->t + s0->t + behind);
	F(s0->wt + before);
	return n;
}

int
action_features(const piece *p, const item *s, uint32_t *keys)
{
	static const cell none;
	const cell *c0 = s->top ? s->top : &none,
			   *c1 = c0->below ? c0->below : &none,
			   *c2 = c1->below ? c1->below : &none;
	int			j = s->front.at,
				j1 = p->next_word[j],
				j2 = p->next_word[j1];
	place		s0 = at_place(&p->atoms[c0->at], K_S0),
				s1 = at_place(&p->atoms[c1->at], K_S1),
				s2 = at_place(&p->atoms[c2->at], K_S2),
				n0 = at_place(&p->atoms[j], K_N0),
				n1 = at_place(&p->atoms[j1], K_N1),
				n2 = at_place(&p->atoms[j2], K_N2);
	int			n = 0;

	n = word_features(&s0, &s1, &s2, &n0, &n1, &n2, keys, n);
	n = child_features(p, c0, c1, &s->front, &s0, &s1, &n0, keys, n);
	n = affinity_features(p, c0, c1, &s->front, &s0, &s1, &n0, keys, n);
	return distance_features(p, s, c0->at, c1->at, j, &s0, &s1, &n0, keys, n);
}
