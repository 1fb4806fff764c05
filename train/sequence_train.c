/*
 * sequence_train.c - training of linear-chain models (see sequence_train.h).
 *
 * Sentences are kept as row numbers of their features.  For each one, the
 * scaled forward-backward recursion runs once over all labels (denominator) and,
 * when labels are partial, once over the allowed ones (numerator); the
 * difference of the two sets of marginals is the gradient.  Inner loops run over
 * all labels of a row, padded to whole vectors, and never reorder a sum.
 */
#include "sequence_trainer.h"

#include <math.h>

#define SMALL 1e-8f				/* shares of probability that are taken as none */
#define FIRST_SQUARE 0.1f		/* AdaGrad sums start here, so that tiny first gradients make tiny steps */

/* --- small things ---------------------------------------------------------- */

static void *
grown(void *array, size_t need, size_t *capacity, size_t size)
{
	if (need <= *capacity)
		return array;
	*capacity = need + need / 2 + 1024;
	return must(realloc(array, *capacity * size));
}

static uint64_t
next_random(sequence_trainer *t)	/* splitmix64 */
{
	uint64_t	z = (t->random += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* e^x for x <= 0, relative error about 1e-7; plain arithmetic, so that loops over it become vector code. */
static inline float
exp_negative(float x)
{
	union
	{
		int32_t		i;
		float		f;
	}			power;
	float		k,
				r,
				p;

	x = x < -80.0f ? -80.0f : x;
	k = (float) (int32_t) (x * 1.44269504f - 0.5f);
	r = x - k * 0.693359375f;
	r = r + k * 2.12194440e-4f;
	p = 1.9875691500e-4f;
	p = p * r + 1.3981999507e-3f;
	p = p * r + 8.3334519073e-3f;
	p = p * r + 4.1665795894e-2f;
	p = p * r + 1.6666665459e-1f;
	p = p * r + 5.0000001201e-1f;
	p = p * r * r + r + 1.0f;
	power.i = ((int32_t) k + 127) << 23;
	return p * power.f;
}

/* --- sentences -------------------------------------------------------------- */

sequence_trainer *
sequence_trainer_create(const sequence_options *options)
{
	sequence_trainer *t = must(calloc(1, sizeof(sequence_trainer)));
	size_t		sentence;

	t->o = *options;
	t->n = options->n_labels;
	t->stride = (t->n + LANES - 1) / LANES * LANES;
	t->random = options->seed;
	for (int g = 0; g < SEQUENCE_GROUPS; g++)
		t->group_scale[g] = 1.0f;
	t->n_slots = (size_t) 1 << 20;
	t->slots = must(calloc(t->n_slots, sizeof(uint64_t)));
	t->slot_ids = must(calloc(t->n_slots, sizeof(uint32_t)));
	t->chain = aligned((size_t) (t->n + 2) * t->stride);
	t->chain_squares = aligned((size_t) (t->n + 2) * t->stride);
	t->chain_gradient = aligned((size_t) (t->n + 2) * t->stride);
	t->factor = aligned((size_t) (t->n + 2) * t->stride);
	t->factor_turned = aligned((size_t) t->stride * t->stride);
	t->pair = aligned((size_t) t->n * t->stride);
	sentence = (size_t) SEQUENCE_MAX_TOKENS * t->stride;
	t->score = aligned(sentence);
	t->own = aligned(sentence);
	t->forward = aligned(sentence);
	t->backward = aligned(sentence);
	t->marginal = aligned(sentence);
	t->gradient = aligned(sentence);
	t->norm = aligned(SEQUENCE_MAX_TOKENS);
	t->active = must(malloc((size_t) SEQUENCE_MAX_TOKENS * SEQUENCE_MAX_FEATURES * sizeof(uint32_t)));
	t->active_first = must(malloc((SEQUENCE_MAX_TOKENS + 1) * sizeof(size_t)));
	for (size_t i = 0; i < (size_t) (t->n + 2) * t->stride; i++)
		t->chain_squares[i] = FIRST_SQUARE;
	return t;
}

static void
slots_grow(sequence_trainer *t)
{
	free(t->slots);
	free(t->slot_ids);
	t->n_slots *= 2;
	t->slots = must(calloc(t->n_slots, sizeof(uint64_t)));
	t->slot_ids = must(calloc(t->n_slots, sizeof(uint32_t)));
	for (size_t id = 0; id < t->n_ids; id++)
	{
		size_t		at = t->hashes[id] & (t->n_slots - 1);

		while (t->slots[at])
			at = (at + 1) & (t->n_slots - 1);
		t->slots[at] = t->hashes[id];
		t->slot_ids[at] = (uint32_t) id;
	}
}

static uint32_t
id_of(sequence_trainer *t, uint64_t feature)
{
	size_t		at,
				counts_capacity = t->ids_capacity;

	feature += !feature;
	for (at = feature & (t->n_slots - 1); t->slots[at]; at = (at + 1) & (t->n_slots - 1))
		if (t->slots[at] == feature)
			return t->slot_ids[at];
	t->hashes = grown(t->hashes, t->n_ids + 1, &t->ids_capacity, sizeof(uint64_t));
	t->counts = grown(t->counts, t->n_ids + 1, &counts_capacity, sizeof(uint32_t));
	t->slots[at] = t->hashes[t->n_ids] = feature;
	t->slot_ids[at] = (uint32_t) t->n_ids;
	t->counts[t->n_ids] = 0;
	if (++t->n_ids > t->n_slots / 2)
		slots_grow(t);
	return (uint32_t) (t->n_ids - 1);
}

static void
add_token(sequence_trainer *t, int32_t at, sequence_extract *extract, void *context, const label_set *allowed)
{
	uint64_t	features[SEQUENCE_MAX_FEATURES];
	int32_t		fixed = -1;
	int			n = extract(context, at, features, &fixed);
	size_t		c1 = t->tokens_capacity,
				c2 = c1,
				c3 = c1;

	t->allowed = grown(t->allowed, t->n_tokens + 2, &c1, sizeof(label_set));
	t->fixed = grown(t->fixed, t->n_tokens + 2, &c2, sizeof(int16_t));
	t->first = grown(t->first, t->n_tokens + 2, &c3, sizeof(size_t));
	t->tokens_capacity = c1;
	t->features = grown(t->features, t->n_features + SEQUENCE_MAX_FEATURES, &t->features_capacity, sizeof(uint32_t));
	t->allowed[t->n_tokens] = fixed >= 0 ? label_set_of(fixed) : *allowed;
	t->fixed[t->n_tokens] = (int16_t) fixed;
	t->first[t->n_tokens] = t->n_features;
	for (int i = 0; fixed < 0 && i < n; i++)
	{
		uint32_t	id = id_of(t, features[i]);

		t->counts[id]++;
		t->features[t->n_features++] = id;
	}
	t->first[++t->n_tokens] = t->n_features;
}

void
sequence_trainer_add(sequence_trainer *t, int32_t n_tokens, sequence_extract *extract, void *context,
					 const label_set *allowed, float weight)
{
	for (int32_t from = 0; from < n_tokens; from += SEQUENCE_MAX_TOKENS)
	{
		int32_t		n = n_tokens - from < SEQUENCE_MAX_TOKENS ? n_tokens - from : SEQUENCE_MAX_TOKENS;

		t->examples = grown(t->examples, t->n_examples + 1, &t->examples_capacity, sizeof(example));
		t->examples[t->n_examples].first_token = t->n_tokens;
		t->examples[t->n_examples].n_tokens = n;
		t->examples[t->n_examples].group = t->group;
		t->examples[t->n_examples++].weight = weight;
		for (int32_t i = 0; i < n; i++)
			add_token(t, from + i, extract, context, &allowed[from + i]);
	}
}

/* Renumbers features: id i becomes map[i]; NO_ROW drops it. */
void
sequence_renumber(sequence_trainer *t, const uint32_t *map, size_t n_new)
{
	size_t		from = 0,
				to = 0;

	for (size_t token = 0; token < t->n_tokens; token++)
	{
		size_t		end = t->first[token + 1];

		t->first[token] = to;
		for (; from < end; from++)
			if (map[t->features[from]] != NO_ROW)
				t->features[to++] = map[t->features[from]];
	}
	t->first[t->n_tokens] = t->n_features = to;
	for (size_t id = 0; id < t->n_ids; id++)
		if (map[id] != NO_ROW)
		{
			t->hashes[map[id]] = t->hashes[id];
			t->counts[map[id]] = t->counts[id];
		}
	t->n_ids = n_new;
}

void
sequence_trainer_begin(sequence_trainer *t, uint32_t min_count)
{
	uint32_t   *map = must(malloc((t->n_ids + 1) * sizeof(uint32_t)));
	uint32_t	n = 0;

	for (size_t id = 0; id < t->n_ids; id++)
		map[id] = t->counts[id] >= min_count ? n++ : NO_ROW;
	sequence_renumber(t, map, n);
	free(map);
	free(t->slots);
	free(t->slot_ids);
	t->slots = NULL;
	t->slot_ids = NULL;
	t->rows = aligned(t->n_ids * 2 * t->stride);
	for (size_t id = 0; id < t->n_ids; id++)
		for (int32_t j = 0; j < t->stride; j++)
			t->rows[(id * 2 + 1) * t->stride + j] = FIRST_SQUARE;
	t->stamps = must(calloc(t->n_ids + 1, sizeof(uint32_t)));
}

/* --- weights ---------------------------------------------------------------- */

/* L1 and L2 of the steps since the row was last seen: its AdaGrad rate has not changed meanwhile. */
static void
regularise(const sequence_trainer *t, float *restrict w, const float *restrict squares, float n_steps)
{
	float		l1 = t->o.l1 * t->o.rate * n_steps,
				l2 = t->o.l2 * t->o.rate * n_steps;

	for (int32_t j = 0; j < t->stride; j++)
	{
		float		r = 1.0f / sqrtf(squares[j]);
		float		keep = 1.0f - l2 * r;
		float		x = w[j] * (keep > 0 ? keep : 0);
		float		cut = l1 * r;
		float		up = x - cut,
					down = x + cut;

		up = up > 0 ? up : 0;
		down = down < 0 ? down : 0;
		w[j] = up + down;
	}
}

static float *
current_row(sequence_trainer *t, uint32_t id)
{
	float	   *w = t->rows + (size_t) id * 2 * t->stride;

	if (t->stamps[id] != t->step)
	{
		regularise(t, w, w + t->stride, (float) (t->step - t->stamps[id]));
		t->stamps[id] = t->step;
	}
	return w;
}

static void
ascend(float *restrict w, float *restrict squares, const float *restrict g, int32_t n, float scale, float rate)
{
	for (int32_t j = 0; j < n; j++)
	{
		float		x = g[j] * scale;

		squares[j] += x * x;
		w[j] += rate * x / sqrtf(squares[j]);
	}
}

void
sequence_bring_up_to_date(sequence_trainer *t)
{
	for (size_t id = 0; id < t->n_ids; id++)
		current_row(t, (uint32_t) id);
}

void
sequence_trainer_set_group(sequence_trainer *t, int group)
{
	t->group = group;
}

void
sequence_trainer_scale_group(sequence_trainer *t, int group, float scale)
{
	t->group_scale[group] = scale;
}

void
sequence_trainer_set_rate(sequence_trainer *t, float rate)
{
	sequence_bring_up_to_date(t);
	t->o.rate = rate;
}

/* --- forward and backward --------------------------------------------------- */

static void
make_factors(sequence_trainer *t)
{
	for (int32_t r = 0; r < t->n + 2; r++)
	{
		float	   *f = t->factor + (size_t) r * t->stride;
		const float *w = t->chain + (size_t) r * t->stride;

		/* transition weights are small: a fixed shift keeps the argument negative and cancels in the norms */
		for (int32_t j = 0; j < t->stride; j++)
			f[j] = exp_negative((w[j] < 20.0f ? w[j] : 20.0f) - 20.0f);
		for (int32_t j = t->n; j < t->stride; j++)
			f[j] = 0;
	}
	for (int32_t i = 0; i < t->n; i++)
	{
		float	   *f = t->factor + (size_t) (i + 1) * t->stride;

		if (t->o.forbidden_start && t->o.forbidden_start[i])
			t->factor[i] = 0;
		for (int32_t j = 0; j < t->n; j++)
		{
			if (forbidden(t, i, j))
				f[j] = 0;
			t->factor_turned[(size_t) j * t->stride + i] = f[j];
		}
	}
}

/* exp of a token's scores over a set of labels, the largest scaled to 1; returns what was taken off. */
static float
own_factors(const sequence_trainer *t, const float *restrict score, const label_set *set, float *restrict own)
{
	float		top = -1e30f;

	for (int32_t y = 0; y < t->n; y++)
		if ((!set || label_set_has(set, y)) && score[y] > top)
			top = score[y];
	for (int32_t y = 0; y < t->stride; y++)
	{
		float		x = score[y] - top;

		own[y] = exp_negative(x < 0 ? x : 0);
	}
	for (int32_t y = 0; y < t->stride; y++)
		if (y >= t->n || (set && !label_set_has(set, y)))
			own[y] = 0;
	return top;
}

static float
normalise(float *v, int32_t n)
{
	float		sum = 0,
				inverse;

	for (int32_t j = 0; j < n; j++)
		sum += v[j];
	inverse = 1.0f / sum;
	for (int32_t j = 0; j < n; j++)
		v[j] *= inverse;
	return sum;
}

/*
 * Marginals of a sentence's tokens over `sets` (NULL: all labels) and the sets
 * that fixed tokens have; adds sign * the expected pairs to chain_gradient.
 * Returns the log of the sum over paths, NAN when there is no path.
 */
static double
forward_backward(sequence_trainer *t, int32_t n_tokens, const label_set *sets, const int16_t *fixed, float sign)
{
	int32_t		s = t->stride;
	double		log_sum = 0;
	float		step[SEQUENCE_MAX_LABELS + LANES],
				sum;

	for (int32_t at = 0; at < n_tokens; at++)
	{
		float	   *f = t->forward + (size_t) at * s;
		float	   *own = t->own + (size_t) at * s;
		label_set	given;
		const label_set *set = sets ? &sets[at] : NULL;

		if (fixed[at] >= 0)
		{
			given = label_set_of(fixed[at]);
			set = &given;
		}
		log_sum += own_factors(t, t->score + (size_t) at * s, set, own) + 20.0;
		if (at == 0)
			memcpy(f, t->factor, s * sizeof(float));
		else
		{
			memset(f, 0, s * sizeof(float));
			for (int32_t i = 0; i < t->n; i++)
				if (f[i - s] > SMALL)
					add_scaled(f, t->factor + (size_t) (i + 1) * s, f[i - s], s);
		}
		for (int32_t j = 0; j < s; j++)
			f[j] *= own[j];
		t->norm[at] = normalise(f, s);
		if (!(t->norm[at] > 1e-35f))
			return NAN;
		log_sum += log(t->norm[at]);
	}
	memset(t->pair, 0, (size_t) t->n * s * sizeof(float));
	memcpy(t->backward + (size_t) (n_tokens - 1) * s, t->factor + (size_t) (t->n + 1) * s, s * sizeof(float));
	sum = 0;
	for (int32_t j = 0; j < t->n; j++)
		sum += t->forward[(size_t) (n_tokens - 1) * s + j] * t->backward[(size_t) (n_tokens - 1) * s + j];
	if (!(sum > 1e-35f))
		return NAN;
	for (int32_t j = 0; j < s; j++)
		t->backward[(size_t) (n_tokens - 1) * s + j] /= sum;
	log_sum += log(sum) + 20.0;
	for (int32_t at = n_tokens - 1; at >= 0; at--)
	{
		float	   *f = t->forward + (size_t) at * s;
		float	   *b = t->backward + (size_t) at * s;
		float	   *own = t->own + (size_t) at * s;
		float		inverse = 1.0f / t->norm[at];

		for (int32_t j = 0; j < s; j++)
			t->marginal[(size_t) at * s + j] = f[j] * b[j];
		for (int32_t j = 0; j < s; j++)
			step[j] = own[j] * b[j] * inverse;
		if (at == 0)
		{
			add_scaled(t->chain_gradient, t->marginal, sign, s);
			break;
		}
		memset(b - s, 0, s * sizeof(float));
		for (int32_t j = 0; j < t->n; j++)
			if (step[j] > 0)
				add_scaled(b - s, t->factor_turned + (size_t) j * s, step[j], s);
		for (int32_t i = 0; i < t->n; i++)
			if (f[i - s] > SMALL)
				add_scaled(t->pair + (size_t) i * s, step, f[i - s], s);
	}
	for (int32_t i = 0; i < t->n; i++)
		for (int32_t j = 0; j < s; j++)
			t->chain_gradient[(size_t) (i + 1) * s + j] +=
				sign * t->pair[(size_t) i * s + j] * t->factor[(size_t) (i + 1) * s + j];
	add_scaled(t->chain_gradient + (size_t) (t->n + 1) * s, t->marginal + (size_t) (n_tokens - 1) * s, sign, s);
	return log_sum;
}

/* --- one sentence ------------------------------------------------------------ */

static void
score_tokens(sequence_trainer *t, const example *e, float keep_scale)
{
	uint64_t	limit = (uint64_t) (t->o.dropout * 65536.0f);
	size_t		n_active = 0;

	for (int32_t at = 0; at < e->n_tokens; at++)
	{
		float	   *score = t->score + (size_t) at * t->stride;
		size_t		token = e->first_token + at;

		memset(score, 0, t->stride * sizeof(float));
		t->active_first[at] = n_active;
		for (size_t i = t->first[token]; i < t->first[token + 1]; i++)
		{
			if (i + 8 < t->n_features)
				__builtin_prefetch(t->rows + (size_t) t->features[i + 8] * 2 * t->stride);
			if (limit && (next_random(t) & 65535) < limit)
				continue;
			add_scaled(score, current_row(t, t->features[i]), keep_scale, t->stride);
			t->active[n_active++] = t->features[i];
		}
	}
	t->active_first[e->n_tokens] = n_active;
}

static void
update_rows(sequence_trainer *t, const example *e, float keep_scale)
{
	for (int32_t at = 0; at < e->n_tokens; at++)
	{
		const float *g = t->gradient + (size_t) at * t->stride;
		float		top = 0;

		for (int32_t j = 0; j < t->n; j++)
			top = fabsf(g[j]) > top ? fabsf(g[j]) : top;
		if (top < 1e-4f)
			continue;
		for (size_t i = t->active_first[at]; i < t->active_first[at + 1]; i++)
		{
			float	   *w = t->rows + (size_t) t->active[i] * 2 * t->stride;

			ascend(w, w + t->stride, g, t->stride, e->weight * keep_scale, t->o.rate);
		}
	}
}

static double
train_on(sequence_trainer *t, const example *e)
{
	float		keep_scale = 1.0f / (1.0f - t->o.dropout);
	size_t		cells = (size_t) e->n_tokens * t->stride;
	const int16_t *fixed = t->fixed + e->first_token;
	double		all,
				truth;

	t->step++;
	score_tokens(t, e, keep_scale);
	make_factors(t);
	memset(t->chain_gradient, 0, (size_t) (t->n + 2) * t->stride * sizeof(float));
	truth = forward_backward(t, e->n_tokens, t->allowed + e->first_token, fixed, 1.0f);
	if (isnan(truth))
		return 0;
	memcpy(t->gradient, t->marginal, cells * sizeof(float));
	all = forward_backward(t, e->n_tokens, NULL, fixed, -1.0f);
	if (isnan(all))
		return 0;
	for (size_t i = 0; i < cells; i++)
		t->gradient[i] -= t->marginal[i];
	update_rows(t, e, keep_scale);
	ascend(t->chain, t->chain_squares, t->chain_gradient, (t->n + 2) * t->stride, e->weight, t->o.rate);
	return (all - truth) * e->weight;
}

double
sequence_trainer_epoch(sequence_trainer *t)
{
	uint32_t   *order = must(malloc((t->n_examples + 1) * sizeof(uint32_t)));
	double		loss = 0,
				tokens = 0;

	for (size_t i = 0; i < t->n_examples; i++)
		order[i] = (uint32_t) i;
	for (size_t i = t->n_examples; i > 1; i--)
	{
		size_t		j = next_random(t) % i;
		uint32_t	x = order[i - 1];

		order[i - 1] = order[j];
		order[j] = x;
	}
	for (size_t i = 0; i < t->n_examples; i++)
	{
		example		e = t->examples[order[i]];

		e.weight *= t->group_scale[e.group];
		if (e.n_tokens == 0 || e.weight <= 0)
			continue;
		loss += train_on(t, &e);
		tokens += e.n_tokens * e.weight;
	}
	free(order);
	return tokens > 0 ? loss / tokens : 0;
}

void
sequence_trainer_free(sequence_trainer *t)
{
	void	   *parts[] = {t->slots, t->slot_ids, t->hashes, t->counts, t->examples, t->allowed, t->fixed, t->first,
		t->features, t->rows, t->stamps, t->chain, t->chain_squares, t->chain_gradient, t->factor, t->factor_turned,
		t->pair, t->score, t->own, t->forward, t->backward, t->marginal, t->gradient, t->norm, t->active,
	t->active_first, t->row_sums, t->chain_sums};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		free(parts[i]);
	free(t);
}
