/*
 * sequence.c - scoring, pruned Viterbi and pruned forward-backward (see sequence.h).
 *
 * Most features of a text were never seen in training, and looking for them
 * would be most of the work: a filter of a few bits a row, small enough for the
 * cache, drops them first.  The others are looked up in three steps that run one token
 * apart, so that the memory is there when it is read: the features of token t + 2
 * are made and their slots prefetched, the slots of t + 1 are read and its rows
 * prefetched, the rows of t are summed.
 */
#include "tag/sequence.h"

#include <math.h>
#include <string.h>

#define CANDIDATES SEQUENCE_MAX_CANDIDATES
#define MARGIN 9.0f				/* labels less likely than e^-9 of the best by the token's own features are dropped */

/* Which labels may follow which: a label that none before allows is no candidate. */
static void
fill_may_follow(sequence_model *m)
{
	memset(m->may_follow, 0, sizeof(m->may_follow));
	for (int32_t i = 0; i <= m->n_labels; i++)
		for (int32_t j = 0; j < m->n_labels; j++)
			if ((i < m->n_labels ? m->transitions[i * m->n_labels + j] : m->start[j]) > SEQUENCE_FORBIDDEN)
				m->may_follow[i < m->n_labels ? i : SEQUENCE_MAX_LABELS][j >> 6] |= UINT64_C(1) << (j & 63);
}

bool
sequence_open(sequence_model *m, const void *data, size_t n_bytes)
{
	static const uint64_t everything = UINT64_MAX;
	const sequence_extra *head;
	const int32_t *scores;
	size_t		n,
				head_bytes,
				filter_words,
				need;

	if (!weights_open(&m->weights, data, n_bytes) || m->weights.n_extra_bytes < sizeof(sequence_extra))
		return false;
	head = (const sequence_extra *) m->weights.extra;
	n = (size_t) head->n_labels;
	if (n > SEQUENCE_MAX_LABELS || n != m->weights.header->n_labels)
		return false;
	if (head->magic == SEQUENCE_MAGIC_FILTER && head->log2_filter >= 6 && head->log2_filter < 32)
	{
		head_bytes = sizeof(sequence_extra);
		filter_words = (size_t) 1 << (head->log2_filter - 6);
		m->filter = (const uint64_t *) (m->weights.extra + head_bytes);
		m->filter_mask = (uint32_t) (filter_words * 64 - 1);
	}
	else if (head->magic == SEQUENCE_MAGIC)
	{
		head_bytes = offsetof(sequence_extra, log2_filter);
		filter_words = 0;
		m->filter = &everything;
		m->filter_mask = 63;
	}
	else
		return false;
	need = head_bytes + filter_words * sizeof(uint64_t) + (2 * n + n * n) * sizeof(int32_t) + (size_t) head->name_bytes;
	if (m->weights.n_extra_bytes < need)
		return false;
	scores = (const int32_t *) (m->weights.extra + head_bytes + filter_words * sizeof(uint64_t));
	m->n_labels = head->n_labels;
	m->start = scores;
	m->end = scores + n;
	m->transitions = scores + 2 * n;
	m->label_names = (const char *) (scores + 2 * n + n * n);
	m->constrained = head->constrained != 0;
	m->margin = (int32_t) (MARGIN / m->weights.header->unit);
	if (m->constrained)
		fill_may_follow(m);
	return true;
}

int32_t
sequence_label_of_name(const sequence_model *m, const char *name)
{
	const char *at = m->label_names;

	for (int32_t i = 0; i < m->n_labels; i++, at += strlen(at) + 1)
		if (strcmp(at, name) == 0)
			return i;
	return -1;
}

sequence_lattice *
sequence_lattice_create(arena *memory, const sequence_model *m)
{
	sequence_lattice *l = arena_zero(memory, sizeof(sequence_lattice));
	size_t		cells = (size_t) SEQUENCE_MAX_TOKENS * CANDIDATES;

	l->model = m;
	l->n_candidates = arena_array(memory, uint8_t, SEQUENCE_MAX_TOKENS);
	l->chosen = arena_array(memory, uint8_t, SEQUENCE_MAX_TOKENS);
	l->candidates = arena_array(memory, uint8_t, cells);
	l->back = arena_array(memory, uint8_t, cells);
	l->unary = arena_array(memory, int32_t, cells);
	l->forward = arena_array(memory, float, cells);
	l->backward = arena_array(memory, float, cells);
	l->scale = arena_array(memory, float, SEQUENCE_MAX_TOKENS);
	return l;
}

/* --- scores of a token's labels ------------------------------------------- */

typedef struct pending			/* a token between its features and its scores */
{
	int			n;
	int32_t		fixed;
	union
	{
		uint64_t	features[SEQUENCE_MAX_FEATURES];
		const void *rows[SEQUENCE_MAX_FEATURES];
	}			u;
} pending;

static void
make_features(const sequence_model *m, pending *p, int32_t at, sequence_extract *extract, void *context)
{
	int			n;

	p->fixed = -1;
	p->n = 0;
	n = extract(context, at, p->u.features, &p->fixed);
	for (int i = 0; i < n; i++)
	{
		uint64_t	feature = p->u.features[i];
		uint32_t	bit = sequence_filter_bit(feature) & m->filter_mask;

		p->u.features[p->n] = feature;
		p->n += (int) (m->filter[bit >> 6] >> (bit & 63) & 1);
	}
	for (int i = 0; i < p->n; i++)
		__builtin_prefetch(&m->weights.slots[(uint32_t) p->u.features[i] & m->weights.mask]);
}

static void
find_rows(const sequence_model *m, pending *p)
{
	size_t		bytes = (size_t) m->weights.header->row_stride * (m->weights.header->bits / 8);
	int			n = 0;

	for (int i = 0; i < p->n; i++)
	{
		int32_t		row = weights_row(&m->weights, p->u.features[i]);

		if (row < 0)
			continue;
		p->u.rows[n] = (const char *) m->weights.rows + (size_t) row * bytes;
		__builtin_prefetch(p->u.rows[n]);
		if (bytes > 64)
			__builtin_prefetch((const char *) p->u.rows[n] + 64);
		n++;
	}
	p->n = n;
}

typedef int16_t short_vector __attribute__((vector_size(16)));
typedef int8_t byte_vector __attribute__((vector_size(8)));

static inline short_vector
widened(const int8_t *from)
{
	byte_vector b;

	memcpy(&b, from, 8);
	return __builtin_convertvector(b, short_vector);
}

/* Sums 8 labels, and 64 labels, of 8-bit rows; the sums stay in registers. */
static void
sum_8(const pending *p, int32_t from, int32_t *scores)
{
	short_vector sum = {0};

	for (int i = 0; i < p->n; i++)
		sum += widened((const int8_t *) p->u.rows[i] + from);
	for (int k = 0; k < 8; k++)
		scores[from + k] = sum[k];
}

static void
sum_64(const pending *p, int32_t from, int32_t *scores)
{
	short_vector a = {0},
				b = a,
				c = a,
				d = a,
				e = a,
				f = a,
				g = a,
				h = a;

	for (int i = 0; i < p->n; i++)
	{
		const int8_t *row = (const int8_t *) p->u.rows[i] + from;

		a += widened(row);
		b += widened(row + 8);
		c += widened(row + 16);
		d += widened(row + 24);
		e += widened(row + 32);
		f += widened(row + 40);
		g += widened(row + 48);
		h += widened(row + 56);
	}
	for (int k = 0; k < 8; k++)
	{
		scores[from + k] = a[k];
		scores[from + 8 + k] = b[k];
		scores[from + 16 + k] = c[k];
		scores[from + 24 + k] = d[k];
		scores[from + 32 + k] = e[k];
		scores[from + 40 + k] = f[k];
		scores[from + 48 + k] = g[k];
		scores[from + 56 + k] = h[k];
	}
}

static void
sum_rows(const sequence_model *m, const pending *p, int32_t *scores)
{
	int32_t		stride = (int32_t) m->weights.header->row_stride;
	int32_t		from = 0;

	if (m->weights.header->bits == 8)
	{
		for (; from + 64 <= stride; from += 64)
			sum_64(p, from, scores);
		for (; from + 8 <= stride; from += 8)
			sum_8(p, from, scores);
		return;
	}
	memset(scores, 0, (size_t) stride * sizeof(int32_t));
	for (int i = 0; i < p->n; i++)
	{
		const int16_t *row = p->u.rows[i];

		for (int32_t j = 0; j < stride; j++)
			scores[j] += row[j];
	}
}

/* Gives labels that no candidate before token `at` allows a score below all others. */
static void
drop_unreachable(const sequence_lattice *l, int32_t at, int32_t before, int32_t *scores)
{
	const sequence_model *m = l->model;
	const uint8_t *from = at > 0 ? l->candidates + (size_t) (at - 1) * CANDIDATES : NULL;
	uint64_t	set[2] = {0, 0};

	if (at == 0)
		memcpy(set, m->may_follow[before < 0 ? SEQUENCE_MAX_LABELS : before], sizeof(set));
	else
		for (int i = 0; i < l->n_candidates[at - 1]; i++)
		{
			set[0] |= m->may_follow[from[i]][0];
			set[1] |= m->may_follow[from[i]][1];
		}
	for (int32_t y = 0; y < m->n_labels; y++)
		if (!(set[y >> 6] >> (y & 63) & 1))
			scores[y] = SEQUENCE_FORBIDDEN;
}

/* The labels within the margin; when there are too many, the best of them. */
static void
keep_candidates(sequence_lattice *l, int32_t at, const pending *p, const int32_t *scores)
{
	const sequence_model *m = l->model;
	uint8_t    *label = l->candidates + (size_t) at * CANDIDATES;
	int32_t    *unary = l->unary + (size_t) at * CANDIDATES;
	int32_t		top = scores[0],
				floor;
	int			n = 0;

	if (p->fixed >= 0)
	{
		label[0] = (uint8_t) p->fixed;
		unary[0] = 0;
		l->n_candidates[at] = 1;
		return;
	}
	for (int32_t y = 1; y < m->n_labels; y++)
		top = scores[y] > top ? scores[y] : top;
	floor = top - m->margin;
	if (m->constrained)
	{
		label[0] = 0;
		unary[0] = scores[0];
		n = 1;
	}
	for (int32_t y = n; y < m->n_labels; y++)
	{
		int			to = n;

		if (scores[y] < floor)
			continue;
		if (n < CANDIDATES)
			n++;
		else
		{
			to = m->constrained ? 1 : 0;
			for (int i = to + 1; i < n; i++)
				if (unary[i] < unary[to])
					to = i;
			if (scores[y] <= unary[to])
				continue;
		}
		label[to] = (uint8_t) y;
		unary[to] = scores[y];
	}
	l->n_candidates[at] = (uint8_t) n;
}

/* --- best path ------------------------------------------------------------- */

/* One step of Viterbi: `best` goes from the candidates of at - 1 to those of `at`, its largest value to 0. */
static void
step(sequence_lattice *l, int32_t at, int32_t *best)
{
	const sequence_model *m = l->model;
	const uint8_t *from = l->candidates + (size_t) (at - 1) * CANDIDATES;
	const uint8_t *to = l->candidates + (size_t) at * CANDIDATES;
	const int32_t *unary = l->unary + (size_t) at * CANDIDATES;
	uint8_t    *back = l->back + (size_t) at * CANDIDATES;
	int			n_from = l->n_candidates[at - 1],
				n_to = l->n_candidates[at];
	int32_t		next[CANDIDATES],
				top = INT32_MIN;

	if (n_to == 1 && n_from == 1)
	{
		back[0] = 0;
		best[0] = 0;
		return;
	}
	for (int j = 0; j < n_to; j++)
	{
		int32_t		value = INT32_MIN;
		int			with = 0;

		for (int i = 0; i < n_from; i++)
		{
			int32_t		v = best[i] + m->transitions[from[i] * m->n_labels + to[j]];

			if (v > value)
			{
				value = v;
				with = i;
			}
		}
		back[j] = (uint8_t) with;
		next[j] = value + unary[j];
		if (next[j] > top)
			top = next[j];
	}
	for (int j = 0; j < n_to; j++)
	{
		int32_t		v = next[j] - top;

		best[j] = v < 2 * SEQUENCE_FORBIDDEN ? 2 * SEQUENCE_FORBIDDEN : v;
	}
}

static void
read_path(sequence_lattice *l, const int32_t *best, bool last, uint8_t *labels)
{
	const sequence_model *m = l->model;
	int32_t		at = l->n_tokens - 1,
				value = INT32_MIN;
	int			c = 0;

	for (int i = 0; i < l->n_candidates[at]; i++)
	{
		int32_t		v = best[i] + (last ? m->end[l->candidates[(size_t) at * CANDIDATES + i]] : 0);

		if (v > value)
		{
			value = v;
			c = i;
		}
	}
	for (; at >= 0; at--)
	{
		l->chosen[at] = (uint8_t) c;
		labels[at] = l->candidates[(size_t) at * CANDIDATES + c];
		if (at > 0)
			c = l->back[(size_t) at * CANDIDATES + c];
	}
}

void
sequence_label(sequence_lattice *l, int32_t n_tokens, int32_t before, bool last,
			   sequence_extract *extract, void *context, uint8_t *labels)
{
	const sequence_model *m = l->model;
	const int32_t *start = before < 0 ? m->start : m->transitions + (size_t) before * m->n_labels;
	int32_t		scores[SEQUENCE_MAX_LABELS];
	int32_t		best[CANDIDATES];
	pending		ring[3];

	l->n_tokens = n_tokens > SEQUENCE_MAX_TOKENS ? SEQUENCE_MAX_TOKENS : n_tokens;
	if (l->n_tokens <= 0)
		return;
	for (int32_t at = -2; at < l->n_tokens; at++)
	{
		if (at + 2 < l->n_tokens)
			make_features(m, &ring[(at + 2) % 3], at + 2, extract, context);
		if (at + 1 >= 0 && at + 1 < l->n_tokens)
			find_rows(m, &ring[(at + 1) % 3]);
		if (at < 0)
			continue;
		if (ring[at % 3].fixed < 0)
		{
			sum_rows(m, &ring[at % 3], scores);
			if (m->constrained)
				drop_unreachable(l, at, before, scores);
		}
		keep_candidates(l, at, &ring[at % 3], scores);
		if (at > 0)
			step(l, at, best);
		else
		{
			/* the piece's first token takes its way in as part of its own score */
			for (int i = 0; i < l->n_candidates[0]; i++)
				best[i] = l->unary[i] += start[l->candidates[i]];
		}
	}
	if (last)
	{
		size_t		cell = (size_t) (l->n_tokens - 1) * CANDIDATES;

		for (int i = 0; i < l->n_candidates[l->n_tokens - 1]; i++)
			l->unary[cell + i] += m->end[l->candidates[cell + i]];
	}
	read_path(l, best, last, labels);
}

/* --- probabilities --------------------------------------------------------- */

static float
factor_of(const sequence_lattice *l, uint8_t from, uint8_t to)
{
	int32_t		score = l->model->transitions[from * l->model->n_labels + to];

	return score <= SEQUENCE_FORBIDDEN ? 0.0f : expf((float) score * l->model->weights.header->unit);
}

/* exp of a token's own scores, the largest scaled to 1. */
static void
own_factors(const sequence_lattice *l, int32_t at, float *own)
{
	const int32_t *unary = l->unary + (size_t) at * CANDIDATES;
	int			n = l->n_candidates[at];
	int32_t		top = unary[0];

	for (int i = 1; i < n; i++)
		top = unary[i] > top ? unary[i] : top;
	for (int i = 0; i < n; i++)
		own[i] = expf((float) (unary[i] - top) * l->model->weights.header->unit);
}

static float
normalise(float *values, int n)
{
	float		sum = 0;

	for (int i = 0; i < n; i++)
		sum += values[i];
	if (!(sum > 1e-30f))
	{
		for (int i = 0; i < n; i++)
			values[i] = 1.0f / (float) n;
		return 1.0f;
	}
	for (int i = 0; i < n; i++)
		values[i] /= sum;
	return sum;
}

/*
 * Scaled forward and backward values: forward is the distribution of a label
 * given the tokens up to it, scale the sum that was divided out, and
 * forward * backward the marginal.
 */
void
sequence_probabilities(sequence_lattice *l)
{
	float		own[CANDIDATES];

	for (int32_t at = 0; at < l->n_tokens; at++)
	{
		const uint8_t *to = l->candidates + (size_t) at * CANDIDATES;
		const uint8_t *from = to - CANDIDATES;
		float	   *f = l->forward + (size_t) at * CANDIDATES;

		own_factors(l, at, own);
		for (int j = 0; j < l->n_candidates[at]; j++)
		{
			float		sum = at > 0 ? 0.0f : 1.0f;

			for (int i = 0; at > 0 && i < l->n_candidates[at - 1]; i++)
				sum += f[i - CANDIDATES] * factor_of(l, from[i], to[j]);
			f[j] = sum * own[j];
		}
		l->scale[at] = normalise(f, l->n_candidates[at]);
	}
	for (int32_t at = l->n_tokens - 1; at >= 0; at--)
	{
		const uint8_t *from = l->candidates + (size_t) at * CANDIDATES;
		const uint8_t *to = from + CANDIDATES;
		float	   *b = l->backward + (size_t) at * CANDIDATES;

		if (at + 1 < l->n_tokens)
			own_factors(l, at + 1, own);
		for (int i = 0; i < l->n_candidates[at]; i++)
		{
			b[i] = at + 1 < l->n_tokens ? 0.0f : 1.0f;
			for (int j = 0; at + 1 < l->n_tokens && j < l->n_candidates[at + 1]; j++)
				b[i] += factor_of(l, from[i], to[j]) * own[j] * b[CANDIDATES + j] / l->scale[at + 1];
		}
	}
}

static int
candidate_of(const sequence_lattice *l, int32_t at, int32_t label)
{
	const uint8_t *c = l->candidates + (size_t) at * CANDIDATES;

	for (int i = 0; i < l->n_candidates[at]; i++)
		if (c[i] == label)
			return i;
	return -1;
}

float
sequence_probability(const sequence_lattice *l, int32_t at, int32_t label)
{
	int			c = candidate_of(l, at, label);

	return c < 0 ? 0.0f : l->forward[(size_t) at * CANDIDATES + c] * l->backward[(size_t) at * CANDIDATES + c];
}

float
sequence_path_probability(const sequence_lattice *l, int32_t start, int32_t end, const uint8_t *labels, int32_t not_next)
{
	int			c = start < end && end <= l->n_tokens ? candidate_of(l, start, labels[0]) : -1;
	float		own[CANDIDATES],
				p,
				rest = 0;

	if (c < 0)
		return 0.0f;
	p = l->forward[(size_t) start * CANDIDATES + c];
	for (int32_t at = start + 1; at < end; at++)
	{
		c = candidate_of(l, at, labels[at - start]);
		if (c < 0)
			return 0.0f;
		own_factors(l, at, own);
		p *= factor_of(l, labels[at - start - 1], labels[at - start]) * own[c] / l->scale[at];
	}
	if (end == l->n_tokens || not_next < 0)
		return p * l->backward[(size_t) (end - 1) * CANDIDATES + c];
	own_factors(l, end, own);
	for (int j = 0; j < l->n_candidates[end]; j++)
	{
		size_t		cell = (size_t) end * CANDIDATES + j;

		if (l->candidates[cell] != not_next)
			rest += factor_of(l, labels[end - start - 1], l->candidates[cell]) * own[j] * l->backward[cell];
	}
	return p * rest / l->scale[end];
}
