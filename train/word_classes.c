/*
 * word_classes.c - word classes of the news corpus and a binary hierarchy over them.
 *
 *   word_classes DIRECTORY OUT.tsv [N_CLASSES [N_ROUNDS]]
 *
 * In: DIRECTORY/counts.tsv and counts.ids, made by counts.
 * Out: OUT.tsv: word, document frequency, corpus frequency, capital share, class (1-based), path of the class in the
 * hierarchy, as 16 bits in hexadecimal, root first in the highest bit, filled with zeros behind the leaf.
 *
 * Classes: the likelihood of a class bigram model (Brown et al. 1992) is climbed by the exchange algorithm (Martin,
 * Liermann and Ney 1998): the most frequent words start in a class each, all others outside; then, round by round and the most frequent
 * first, each word moves to the class that raises sum f(N(c,d)) - sum f(N(c,.)) - sum f(N(.,c)) most, f(n) = n log n.
 * Hierarchy: the two classes whose merging loses least mutual information merge, until one is left.
 * No randomness: the same counts give the same classes.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_CLASSES 2048
#define N_TABLE (1u << 20)

typedef struct neighbour
{
	uint32_t	word;
	uint32_t	count;
} neighbour;

typedef struct neighbours		/* of all words: those of word w at [start[w], start[w + 1]) */
{
	uint32_t   *start;
	neighbour  *list;
} neighbours;

static uint32_t n_words;		/* 1 .. n_words; 0 is the boundary, n_words + 1 the other words */
static char **lines;			/* their rows of counts.tsv */
static uint32_t n_classes;
static uint32_t n_all;			/* and the fixed classes: boundary, other words, words without a class yet */
static uint32_t *class_of;
static int32_t *forward;		/* [c * n_all + d] = how often d follows c */
static int32_t *backward;		/* its transpose */
static int64_t *left_total,		/* occurrences of a class as first and as second of a pair */
		   *right_total;
static uint32_t *class_size;
static double f_table[N_TABLE];

static void *
checked(void *p)
{
	if (p == NULL)
	{
		fprintf(stderr, "word_classes: out of memory\n");
		exit(1);
	}
	return p;
}

static inline double
f(int64_t n)
{
	return n < N_TABLE ? f_table[n] : (double) n * log((double) n);
}

static void
read_counts(const char *directory)
{
	char		path[4096],
				line[1024];
	FILE	   *in;
	uint32_t	capacity = 1 << 18;

	snprintf(path, sizeof(path), "%s/counts.tsv", directory);
	in = fopen(path, "rb");
	if (in == NULL)
	{
		perror(path);
		exit(1);
	}
	lines = checked(calloc(capacity, sizeof(char *)));
	while (fgets(line, sizeof(line), in))
	{
		if (line[0] == '#' && line[1] == ' ')
			continue;
		line[strcspn(line, "\n")] = 0;
		if (n_words + 2 == capacity)
			break;
		lines[++n_words] = checked(strdup(line));
	}
	fclose(in);
}

static int
by_pair(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a,
				y = *(const uint64_t *) b;

	return x < y ? -1 : x > y;
}

/* Radix sort on the lower 34 bits would be faster; qsort of the pairs takes seconds and is enough. */
static void
read_pairs(const char *directory, neighbours *after, neighbours *before)
{
	char		path[4096];
	FILE	   *in;
	size_t		n,
				n_pairs = 0,
				distinct = 0;
	uint32_t   *ids;
	uint64_t   *pairs;

	snprintf(path, sizeof(path), "%s/counts.ids", directory);
	in = fopen(path, "rb");
	if (in == NULL)
	{
		perror(path);
		exit(1);
	}
	fseek(in, 0, SEEK_END);
	n = (size_t) ftell(in) / sizeof(uint32_t);
	rewind(in);
	ids = checked(malloc(n * sizeof(uint32_t)));
	if (fread(ids, sizeof(uint32_t), n, in) != n)
		exit(1);
	fclose(in);
	pairs = checked(malloc(n * sizeof(uint64_t)));
	for (size_t i = 0; i + 1 < n; i++)
		if (ids[i] != 0 || ids[i + 1] != 0)
			pairs[n_pairs++] = (uint64_t) ids[i] << 32 | ids[i + 1];
	free(ids);
	for (int side = 0; side < 2; side++)
	{
		neighbours *to = side == 0 ? after : before;

		if (side == 1)
			for (size_t i = 0; i < n_pairs; i++)
				pairs[i] = pairs[i] << 32 | pairs[i] >> 32;
		qsort(pairs, n_pairs, sizeof(uint64_t), by_pair);
		distinct = 0;
		for (size_t i = 0; i < n_pairs; i++)
			distinct += i == 0 || pairs[i] != pairs[i - 1];
		to->start = checked(calloc(n_words + 3, sizeof(uint32_t)));
		to->list = checked(malloc(distinct * sizeof(neighbour)));
		distinct = 0;
		for (size_t i = 0; i < n_pairs; i++)
		{
			if (i == 0 || pairs[i] != pairs[i - 1])
			{
				to->list[distinct++] = (neighbour) {(uint32_t) pairs[i], 0};
				to->start[(pairs[i] >> 32) + 1]++;
			}
			to->list[distinct - 1].count++;
		}
		for (uint32_t w = 0; w <= n_words + 1; w++)
			to->start[w + 1] += to->start[w];
	}
	free(pairs);
	printf("word_classes: %u words, %zu pairs, %zu different\n", n_words, n_pairs, distinct);
}

/* Adds (sign 1) or takes away (-1) a word's pairs from its class's counts. */
static void
account(const neighbours *after, const neighbours *before, uint32_t w, uint32_t c, int sign)
{
	for (uint32_t i = after->start[w]; i < after->start[w + 1]; i++)
	{
		neighbour	x = after->list[i];
		uint32_t	d = x.word == w ? c : class_of[x.word];
		int32_t		count = sign * (int32_t) x.count;

		forward[c * n_all + d] += count;
		backward[d * n_all + c] += count;
		left_total[c] += count;
		right_total[d] += count;
	}
	for (uint32_t i = before->start[w]; i < before->start[w + 1]; i++)
	{
		neighbour	x = before->list[i];
		uint32_t	d = class_of[x.word];
		int32_t		count = sign * (int32_t) x.count;

		if (x.word == w)
			continue;
		forward[d * n_all + c] += count;
		backward[c * n_all + d] += count;
		left_total[d] += count;
		right_total[c] += count;
	}
}

/* Sums a word's pairs by its neighbours' classes: counts[class], and the list of classes met. */
static uint32_t
by_class(const neighbours *side, uint32_t w, int32_t *counts, uint32_t *met, int64_t *total, int32_t *self)
{
	uint32_t	n = 0;

	*total = *self = 0;
	for (uint32_t i = side->start[w]; i < side->start[w + 1]; i++)
	{
		uint32_t	d = class_of[side->list[i].word];

		*total += side->list[i].count;
		if (side->list[i].word == w)
		{
			*self = (int32_t) side->list[i].count;
			continue;
		}
		if (counts[d] == 0)
			met[n++] = d;
		counts[d] += (int32_t) side->list[i].count;
	}
	return n;
}

/* gain[c] += sum over the classes met of f(N + n) - f(N), N in row d of `table`. */
static void
add_gains(const int32_t *table, int32_t *counts, const uint32_t *met, uint32_t n_met, double *gain)
{
	for (uint32_t i = 0; i < n_met; i++)
	{
		const int32_t *row = table + (size_t) met[i] * n_all;
		int32_t		n = counts[met[i]];

		for (uint32_t c = 0; c < n_classes; c++)
		{
			int32_t		old = row[c];

			if (old == 0)
				gain[c] += f(n);
			else
				gain[c] += f(old + n) - f(old);
		}
		counts[met[i]] = 0;
	}
}

/* The class in which the word, now outside all classes, raises the likelihood most. */
static uint32_t
best_class(const neighbours *after, const neighbours *before, uint32_t w)
{
	static double gain[MAX_CLASSES];
	static int32_t counts_after[MAX_CLASSES + 3],
				counts_before[MAX_CLASSES + 3];
	static uint32_t met_after[MAX_CLASSES + 3],
				met_before[MAX_CLASSES + 3];
	int64_t		total_after,
				total_before;
	int32_t		self;
	uint32_t	n_after = by_class(after, w, counts_after, met_after, &total_after, &self);
	uint32_t	n_before = by_class(before, w, counts_before, met_before, &total_before, &self);
	uint32_t	best = 0;

	for (uint32_t c = 0; c < n_classes; c++)
	{
		int64_t		within = (int64_t) counts_after[c] + counts_before[c] + self;

		gain[c] = f(left_total[c]) - f(left_total[c] + total_after) + f(right_total[c]) - f(right_total[c] + total_before);
		if (within != 0)
		{
			/* the pairs with its own class fall into one cell: correct the two sums below */
			int64_t		old = forward[c * n_all + c];

			gain[c] += f(old + within) - f(old);
			gain[c] -= f(old + counts_after[c]) - f(old) + f(old + counts_before[c]) - f(old);
		}
	}
	add_gains(backward, counts_after, met_after, n_after, gain);
	add_gains(forward, counts_before, met_before, n_before, gain);
	for (uint32_t c = 1; c < n_classes; c++)
		if (gain[c] > gain[best])
			best = c;
	return best;
}

static double
objective(void)
{
	double		sum = 0;

	for (size_t i = 0; i < (size_t) n_all * n_all; i++)
		sum += f(forward[i]);
	for (uint32_t c = 0; c < n_all; c++)
		sum -= f(left_total[c]) + f(right_total[c]);
	return sum;
}

static void
exchange(const neighbours *after, const neighbours *before, int n_rounds)
{
	uint32_t	outside = n_classes + 2;

	class_of = checked(malloc((n_words + 2) * sizeof(uint32_t)));
	class_size = checked(calloc(n_all, sizeof(uint32_t)));
	forward = checked(calloc((size_t) n_all * n_all, sizeof(int32_t)));
	backward = checked(calloc((size_t) n_all * n_all, sizeof(int32_t)));
	left_total = checked(calloc(n_all, sizeof(int64_t)));
	right_total = checked(calloc(n_all, sizeof(int64_t)));
	for (uint32_t w = 0; w <= n_words + 1; w++)
		class_of[w] = w == 0 ? n_classes : w == n_words + 1 ? n_classes + 1 : w <= n_classes ? w - 1 : outside;
	for (uint32_t w = 0; w <= n_words + 1; w++)
	{
		class_size[class_of[w]]++;
		for (uint32_t i = after->start[w]; i < after->start[w + 1]; i++)
		{
			neighbour	x = after->list[i];

			forward[class_of[w] * n_all + class_of[x.word]] += (int32_t) x.count;
			backward[class_of[x.word] * n_all + class_of[w]] += (int32_t) x.count;
			left_total[class_of[w]] += x.count;
			right_total[class_of[x.word]] += x.count;
		}
	}
	for (int round = 1; round <= n_rounds; round++)
	{
		uint32_t	moved = 0;

		for (uint32_t w = 1; w <= n_words; w++)
		{
			uint32_t	old = class_of[w],
						new;

			if (old < n_classes && class_size[old] == 1)
				continue;
			account(after, before, w, old, -1);
			new = best_class(after, before, w);
			class_of[w] = new;
			account(after, before, w, new, 1);
			class_size[old]--;
			class_size[new]++;
			moved += new != old;
		}
		printf("word_classes: round %d: %u words moved, objective %.0f\n", round, moved, objective());
		fflush(stdout);
		if (moved < n_words / 500)
			break;
	}
}

/* ---- hierarchy ---- */

typedef struct node
{
	int			left;
	int			right;
} node;

/* What merging rows and columns i and j loses through their pairs with class k. */
static inline double
loss_with(const int64_t *n, int stride, int i, int j, int k)
{
	int64_t		ik = n[i * stride + k],
				jk = n[j * stride + k],
				ki = n[k * stride + i],
				kj = n[k * stride + j];

	double		sum = 0;

	if (ik && jk)
		sum += f(ik) + f(jk) - f(ik + jk);
	if (ki && kj)
		sum += f(ki) + f(kj) - f(ki + kj);
	return sum;
}

static double
loss_own(const int64_t *n, int stride, const int64_t *left, const int64_t *right, int i, int j)
{
	int64_t		ii = n[i * stride + i],
				ij = n[i * stride + j],
				ji = n[j * stride + i],
				jj = n[j * stride + j];

	return f(ii) + f(ij) + f(ji) + f(jj) - f(ii + ij + ji + jj)
		- f(left[i]) - f(left[j]) + f(left[i] + left[j]) - f(right[i]) - f(right[j]) + f(right[i] + right[j]);
}

static void
assign_paths(const node *nodes, int root, uint16_t *paths)
{
	struct
	{
		int			node;
		uint32_t	path;
		int			depth;
	}		   *stack = checked(malloc(sizeof(*stack) * 4 * n_classes));
	int			n = 0;

	stack[n].node = root;
	stack[n].path = 0;
	stack[n++].depth = 0;
	while (n > 0)
	{
		int			at = stack[--n].node,
					depth = stack[n].depth;
		uint32_t	path = stack[n].path;

		if (at < (int) n_classes)
		{
			paths[at] = (uint16_t) path;
			continue;
		}
		for (int side = 0; side < 2; side++)
		{
			stack[n].node = side ? nodes[at].right : nodes[at].left;
			stack[n].path = side && depth < 16 ? path | (0x8000u >> depth) : path;
			stack[n++].depth = depth + 1;
		}
	}
	free(stack);
}

static void
build_hierarchy(uint16_t *paths)
{
	int			n = (int) n_classes;
	int64_t    *counts = checked(malloc(sizeof(int64_t) * n_all * n_all));
	double	   *loss = checked(calloc((size_t) n * n, sizeof(double)));	/* parts through third classes, i < j */
	int		   *alive = checked(malloc(sizeof(int) * n)),
			   *name = checked(malloc(sizeof(int) * n));
	node	   *nodes = checked(calloc(2 * n, sizeof(node)));
	int			next = n,
				n_alive = n;

	for (size_t i = 0; i < (size_t) n_all * n_all; i++)
		counts[i] = forward[i];
	for (int i = 0; i < n; i++)
		alive[i] = name[i] = i;
	for (int i = 0; i < n; i++)
		for (int j = i + 1; j < n; j++)
			for (int k = 0; k < (int) n_all; k++)
				if (k != i && k != j)
					loss[i * n + j] += loss_with(counts, n_all, i, j, k);
	while (n_alive > 1)
	{
		double		best = INFINITY;
		int			a = -1,
					b = -1;

		for (int x = 0; x < n_alive; x++)
			for (int y = x + 1; y < n_alive; y++)
			{
				int			i = alive[x],
							j = alive[y];
				double		l = loss[i * n + j] + loss_own(counts, n_all, left_total, right_total, i, j);

				if (l < best)
				{
					best = l;
					a = i;
					b = j;
				}
			}
		for (int x = 0; x < n_alive; x++)
			for (int y = x + 1; y < n_alive; y++)
				if (alive[x] != a && alive[x] != b && alive[y] != a && alive[y] != b)
					loss[alive[x] * n + alive[y]] -= loss_with(counts, n_all, alive[x], alive[y], a) +
						loss_with(counts, n_all, alive[x], alive[y], b);
		for (int k = 0; k < (int) n_all; k++)
		{
			counts[a * n_all + k] += counts[b * n_all + k];
			counts[b * n_all + k] = 0;
		}
		for (int k = 0; k < (int) n_all; k++)
		{
			counts[k * n_all + a] += counts[k * n_all + b];
			counts[k * n_all + b] = 0;
		}
		left_total[a] += left_total[b];
		right_total[a] += right_total[b];
		nodes[next] = (node) {name[a], name[b]};
		name[a] = next++;
		for (int x = 0, to = 0; x < n_alive; x++)
			if (alive[x] != b)
				alive[to++] = alive[x];
		n_alive--;
		for (int x = 0; x < n_alive; x++)
		{
			int			i = alive[x];

			if (i == a)
				continue;
			for (int y = x + 1; y < n_alive; y++)
				if (alive[y] != a)
					loss[i * n + alive[y]] += loss_with(counts, n_all, i, alive[y], a);
			double	   *own = i < a ? &loss[i * n + a] : &loss[a * n + i];

			*own = 0;
			for (int k = 0; k < (int) n_all; k++)
				if (k != i && k != a)
					*own += loss_with(counts, n_all, i, a, k);
		}
	}
	assign_paths(nodes, next - 1, paths);
	free(nodes);
	free(name);
	free(alive);
	free(loss);
	free(counts);
}

int
main(int argc, char **argv)
{
	neighbours	after,
				before;
	static uint16_t paths[MAX_CLASSES];
	FILE	   *out;
	int			n_rounds = argc > 4 ? atoi(argv[4]) : 12;

	if (argc < 3)
	{
		fprintf(stderr, "usage: word_classes DIRECTORY OUT.tsv [N_CLASSES [N_ROUNDS]]\n");
		return 1;
	}
	n_classes = argc > 3 ? (uint32_t) atoi(argv[3]) : 1000;
	if (n_classes < 2 || n_classes > MAX_CLASSES)
		return 1;
	n_all = n_classes + 3;
	for (uint32_t i = 2; i < N_TABLE; i++)
		f_table[i] = i * log(i);
	read_counts(argv[1]);
	read_pairs(argv[1], &after, &before);
	exchange(&after, &before, n_rounds);
	build_hierarchy(paths);
	out = fopen(argv[2], "wb");
	if (out == NULL)
	{
		perror(argv[2]);
		return 1;
	}
	for (uint32_t w = 1; w <= n_words; w++)
		fprintf(out, "%s\t%u\t%04x\n", lines[w], class_of[w] + 1, paths[class_of[w]]);
	return fclose(out) != 0;
}
