/*
 * sequence_test.c - training and labelling of linear chains against brute force.
 *
 * A toy language: a token is a number, its label depends on the number and on the
 * label before.  The trained model must learn it as far as a chain can (where an even run
 * changes its label is not always told), from partial labels too; best
 * path and probabilities of the pruned lattice must be those of all paths.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sequence_train.h"
#include "text/document.h"

#define N 4
#define LENGTH 6

static int	failures;

#define CHECK(condition, what) \
	do { \
		int ok_ = (condition) != 0; \
		failures += !ok_; \
		printf("%s - %s\n", ok_ ? "ok" : "not ok", what); \
	} while (0)

/* Blocks stay reachable until the end, so that they are no leak. */
static void *taken[4096];
static int	n_taken;

static void *
take(void *context, size_t n_bytes)
{
	if (n_taken == 4096)
		abort();
	return taken[n_taken++] = aligned_alloc(64, (n_bytes + 63) / 64 * 64);
}

static uint32_t random_state = 7;

static uint32_t
random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % n;
}

typedef struct toy
{
	int			n;
	int			words[40];
	uint8_t		labels[40];
} toy;

static int
toy_features(void *context, int32_t at, uint64_t *features, int32_t *fixed)
{
	const toy  *s = context;

	if (s->words[at] == 99)
		*fixed = 2;
	features[0] = hash_mix(UINT64_C(0x1000000), (uint64_t) s->words[at]);
	features[1] = hash_mix(UINT64_C(0x2000000), at > 0 ? (uint64_t) s->words[at - 1] : 1000);
	return 2;
}

/* Even words repeat the label before; odd words say it; 99 is always label 2; label 3 never follows label 1. */
static void
make_toy(toy *s, int n)
{
	s->n = n;
	for (int i = 0; i < n; i++)
	{
		int			w = random_below(12) == 0 ? 99 : (int) random_below(20),
					before = i ? s->labels[i - 1] : 0,
					y = w == 99 ? 2 : w % 2 ? (w / 2) % N : before;

		if (before == 1 && y == 3)
		{
			w = 1;
			y = 0;
		}
		s->words[i] = w;
		s->labels[i] = (uint8_t) y;
	}
}

static void
train(const char *path, double partial)
{
	uint8_t		forbidden[N * N] = {0};
	sequence_options o = {.n_labels = N,.rate = 0.2f,.l2 = 1e-5f,.dropout = 0.05f,.seed = 3,.forbidden = forbidden};
	static const char *const names[N] = {"a", "b", "c", "d"};
	sequence_trainer *t;

	forbidden[1 * N + 3] = 1;
	random_state = 11;
	t = sequence_trainer_create(&o);
	for (int i = 0; i < 3000; i++)
	{
		toy			s;
		label_set	allowed[40];

		make_toy(&s, 5 + (int) random_below(20));
		for (int j = 0; j < s.n; j++)
		{
			allowed[j] = label_set_of(s.labels[j]);
			if (random_below(1000) < partial * 1000)
				label_set_add(&allowed[j], (int) random_below(N));
		}
		sequence_trainer_add(t, s.n, toy_features, &s, allowed, 1);
	}
	sequence_trainer_begin(t, 2);
	for (int i = 0; i < 6; i++)
		sequence_trainer_epoch(t);
	sequence_trainer_write(t, path, 16, 0, names);
	sequence_trainer_free(t);
}

static void *
read_file(const char *path, size_t *n)
{
	FILE	   *f = fopen(path, "rb");
	void	   *data;

	fseek(f, 0, SEEK_END);
	*n = (size_t) ftell(f);
	rewind(f);
	data = take(NULL, *n);
	if (fread(data, 1, *n, f) != *n)
		exit(1);
	fclose(f);
	return data;
}

static double
accuracy(const sequence_model *m, sequence_lattice *l)
{
	int			good = 0,
				all = 0;

	random_state = 5;
	for (int i = 0; i < 300; i++)
	{
		toy			s;
		uint8_t		labels[40];

		make_toy(&s, 30);
		sequence_label(l, s.n, -1, true, toy_features, &s, labels);
		for (int j = 0; j < s.n; j++, all++)
			good += labels[j] == s.labels[j];
	}
	return (double) good / all;
}

static double
path_score(const sequence_model *m, toy *s, const int *path)
{
	double		score = m->start[path[0]] + m->end[path[s->n - 1]];

	for (int i = 0; i < s->n; i++)
	{
		uint64_t	features[SEQUENCE_MAX_FEATURES];
		int32_t		fixed = -1;
		int			n = toy_features(s, i, features, &fixed);

		if (fixed >= 0 && fixed != path[i])
			return -INFINITY;
		for (int k = 0; fixed < 0 && k < n; k++)
			score += weights_one(&m->weights, features[k], (uint32_t) path[i]);
		if (i > 0)
		{
			int32_t		x = m->transitions[path[i - 1] * N + path[i]];

			if (x == SEQUENCE_FORBIDDEN)
				return -INFINITY;
			score += x;
		}
	}
	return score * m->weights.header->unit;
}

static void
against_all_paths(sequence_model *m, sequence_lattice *l)
{
	int			same = 1,
				near = 1,
				near_path = 1;

	m->margin = 1 << 28;
	for (int round = 0; round < 30; round++)
	{
		toy			s;
		uint8_t		labels[40];
		double		sum = 0,
					best = -INFINITY,
					marginal[LENGTH][N] = {{0}},
					span = 0,
					own = 0;

		make_toy(&s, LENGTH);
		sequence_label(l, s.n, -1, true, toy_features, &s, labels);
		sequence_probabilities(l);
		for (int code = 0; code < 1 << (2 * LENGTH); code++)
		{
			int			path[LENGTH],
						is_span = 1,
						is_own = 1;
			double		score,
						p;

			for (int i = 0; i < LENGTH; i++)
			{
				path[i] = code >> (2 * i) & 3;
				is_own &= path[i] == labels[i];
				is_span &= !(i >= 2 && i < 4) || path[i] == labels[i];
			}
			score = path_score(m, &s, path);
			p = exp(score);
			sum += p;
			best = score > best ? score : best;
			own = is_own ? score : own;
			span += is_span && path[4] != 2 ? p : 0;
			for (int i = 0; i < LENGTH; i++)
				marginal[i][path[i]] += p;
		}
		same &= fabs(own - best) < 1e-6;
		for (int i = 0; i < LENGTH; i++)
			for (int y = 0; y < N; y++)
				near &= fabs(marginal[i][y] / sum - sequence_probability(l, i, y)) < 1e-4;
		near_path &= fabs(span / sum - sequence_path_probability(l, 2, 4, labels + 2, 2)) < 1e-4;
	}
	CHECK(same, "the path found is the best of all paths");
	CHECK(near, "probabilities of labels are those of all paths");
	CHECK(near_path, "probabilities of spans are those of all paths");
}

int
main(void)
{
	arena	   *memory = arena_create((block_source) {take, NULL});
	const char *paths[2] = {"build/sequence_test.1.bin", "build/sequence_test.2.bin"};
	sequence_model m;
	sequence_lattice *l;
	size_t		n,
				n2;
	void	   *data,
			   *again;
	toy			empty = {0};

	train(paths[0], 0);
	train(paths[1], 0);
	data = read_file(paths[0], &n);
	again = read_file(paths[1], &n2);
	CHECK(n == n2 && memcmp(data, again, n) == 0, "training twice gives the same bytes");
	CHECK(sequence_open(&m, data, n), "the file opens");
	CHECK(!sequence_open(&m, data, n - 1), "a file cut short does not");
	sequence_open(&m, data, n);
	CHECK(sequence_label_of_name(&m, "c") == 2 && sequence_label_of_name(&m, "e") == -1, "labels have names");
	l = sequence_lattice_create(memory, &m);
	sequence_label(l, 0, -1, true, toy_features, &empty, NULL);
	printf("# accuracy %.4f\n", accuracy(&m, l));
	CHECK(accuracy(&m, l) > 0.9, "the toy language is learned");
	against_all_paths(&m, l);
	train(paths[1], 0.5);
	again = read_file(paths[1], &n2);
	sequence_open(&m, again, n2);
	printf("# accuracy from partial labels %.4f\n", accuracy(&m, l));
	CHECK(accuracy(&m, l) > 0.9, "partial labels teach it too");
	unlink(paths[0]);
	unlink(paths[1]);
	return failures != 0;
}
