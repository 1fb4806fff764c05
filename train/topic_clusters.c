/*
 * topic_clusters.c - clusters of stems that stand in the same news texts.
 *
 *   topic_clusters TEXTS OUT.tsv
 *
 * In: the file of `topics_data.py all`.  Out: a row a stem: stem, cluster at each of the levels of `sizes`; each
 * cluster of a level is a part of one of the level before.
 *
 * The matrix of texts and stems (tf * idf, rows of length 1) is reduced to its N_DIMENSIONS strongest
 * directions by subspace iteration (latent semantic analysis, Deerwester et al. 1990; Halko, Martinsson and
 * Tropp 2011): with Q an orthonormal basis of the stems' side, Q'X'XQ = LL' (Cholesky) gives
 * each stem the row of QL, which is VS up to a rotation.  Rows of length 1 are then cut by k-means,
 * started by k-means++ (Arthur and Vassilvitskii 2007).  The seed is fixed.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topic_texts.h"

#define N_DIMENSIONS 200
#define N_ROUNDS 5
#define LEAST_TEXTS 4			/* of a stem */
#define N_LEVELS 3
#define KMEANS_ROUNDS 20
#define N_STEM_SLOTS (1u << 20)

static const int32_t sizes[N_LEVELS] = {200, 800, 2500};

typedef struct stem
{
	char	   *text;
	uint64_t	hash;
	int32_t		n_texts;
	int32_t		column;			/* -1: too rare */
	int32_t		cluster[N_LEVELS];
} stem;

typedef struct cell
{
	int32_t		column;			/* a stem's number while reading */
	float		value;			/* a count while reading */
} cell;

static stem *stems;
static int32_t n_stems,
			stem_capacity;
static int32_t stem_slots[N_STEM_SLOTS];
static cell *cells;
static size_t n_cells,
			cell_capacity;
static size_t *text_start;
static int32_t n_texts,
			text_capacity;
static int32_t n_columns;
static uint64_t seed = 1;

static double
next_uniform(void)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double) (seed >> 11) / 9007199254740992.0;
}

static void *
grown(void *array, size_t n, size_t *capacity, size_t element)
{
	if (n < *capacity)
		return array;
	*capacity = *capacity * 2 + 1024;
	array = realloc(array, *capacity * element);
	if (!array)
		exit(1);
	return array;
}

/* --- the matrix ----------------------------------------------------------------- */

static int32_t
stem_number(const topic_text *text, int32_t term)
{
	uint64_t	hash = text->terms.terms[term].hash;
	uint32_t	at = (uint32_t) hash & (N_STEM_SLOTS - 1);
	size_t		capacity = (size_t) stem_capacity;
	uint32_t	n_bytes;
	const char *form;
	int32_t		i = 0;

	for (; stem_slots[at]; at = (at + 1) & (N_STEM_SLOTS - 1))
		if (stems[stem_slots[at] - 1].hash == hash)
			return stem_slots[at] - 1;
	while (text->terms.of_token[i] != term)
		i++;
	form = stem_of(text->doc->tokens[i].lower, text->doc->tokens[i].lower_bytes, &n_bytes);
	stems = grown(stems, (size_t) n_stems, &capacity, sizeof(stem));
	stem_capacity = (int32_t) capacity;
	stems[n_stems] = (stem) {.text = must_alloc(n_bytes + 1),.hash = hash,.column = -1};
	memcpy(stems[n_stems].text, form, n_bytes);
	stem_slots[at] = ++n_stems;
	if ((uint32_t) n_stems > N_STEM_SLOTS / 4 * 3)
		exit(1);
	return n_stems - 1;
}

static void
add_text(topic_text *text)
{
	size_t		capacity = (size_t) text_capacity;

	text_start = grown(text_start, (size_t) n_texts + 1, &capacity, sizeof(size_t));
	text_capacity = (int32_t) capacity;
	text_start[n_texts++] = n_cells;
	for (int32_t t = 0; t < text->terms.n_terms; t++)
	{
		int32_t		s = stem_number(text, t);

		cells = grown(cells, n_cells, &cell_capacity, sizeof(cell));
		cells[n_cells++] = (cell) {s, (float) text->terms.terms[t].count};
		stems[s].n_texts++;
	}
	text_start[n_texts] = n_cells;
}

/* Counts become tf * idf of the frequent stems, rows of length 1. */
static void
finish_matrix(void)
{
	size_t		kept = 0;

	for (int32_t s = 0; s < n_stems; s++)
		if (stems[s].n_texts >= LEAST_TEXTS)
			stems[s].column = n_columns++;
	for (int32_t i = 0; i < n_texts; i++)
	{
		size_t		from = text_start[i],
					first = kept;
		double		square = 0;

		for (size_t c = from; c < text_start[i + 1]; c++)
		{
			const stem *s = &stems[cells[c].column];
			double		value = log(1 + cells[c].value / 4) * log((double) n_texts / s->n_texts);

			if (s->column < 0)
				continue;
			square += value * value;
			cells[kept++] = (cell) {s->column, (float) value};
		}
		text_start[i] = first;
		for (size_t c = first; c < kept; c++)
			cells[c].value /= (float) sqrt(square);
	}
	text_start[n_texts] = kept;
	n_cells = kept;
	printf("%d texts, %d stems, %zu cells\n", n_texts, n_columns, n_cells);
}

/* --- the strongest directions ------------------------------------------------------ */

/* out = X'X in, both n_columns * N_DIMENSIONS. */
static void
apply(const float *in, float *out)
{
	float		row[N_DIMENSIONS];

	memset(out, 0, sizeof(float) * (size_t) n_columns * N_DIMENSIONS);
	for (int32_t i = 0; i < n_texts; i++)
	{
		memset(row, 0, sizeof(row));
		for (size_t c = text_start[i]; c < text_start[i + 1]; c++)
		{
			const float *from = in + (size_t) cells[c].column * N_DIMENSIONS;

			for (int d = 0; d < N_DIMENSIONS; d++)
				row[d] += cells[c].value * from[d];
		}
		for (size_t c = text_start[i]; c < text_start[i + 1]; c++)
		{
			float	   *to = out + (size_t) cells[c].column * N_DIMENSIONS;

			for (int d = 0; d < N_DIMENSIONS; d++)
				to[d] += cells[c].value * row[d];
		}
	}
}

/* gram = a'b, N_DIMENSIONS square. */
static void
multiply_transposed(const float *a, const float *b, double *gram)
{
	memset(gram, 0, sizeof(double) * N_DIMENSIONS * N_DIMENSIONS);
	for (int32_t r = 0; r < n_columns; r++)
		for (int i = 0; i < N_DIMENSIONS; i++)
		{
			double		x = a[(size_t) r * N_DIMENSIONS + i];

			for (int j = 0; j < N_DIMENSIONS; j++)
				gram[i * N_DIMENSIONS + j] += x * b[(size_t) r * N_DIMENSIONS + j];
		}
}

/* Lower triangle L of a = LL', in place. */
static void
cholesky(double *a)
{
	for (int j = 0; j < N_DIMENSIONS; j++)
		for (int i = j; i < N_DIMENSIONS; i++)
		{
			double		sum = a[i * N_DIMENSIONS + j];

			for (int k = 0; k < j; k++)
				sum -= a[i * N_DIMENSIONS + k] * a[j * N_DIMENSIONS + k];
			if (i == j)
				a[j * N_DIMENSIONS + j] = sqrt(fmax(sum, 1e-12));
			else
				a[i * N_DIMENSIONS + j] = sum / a[j * N_DIMENSIONS + j];
		}
}

/* Columns of y become orthonormal: y L'^-1 with y'y = LL'. */
static void
orthonormalise(float *y, double *gram)
{
	multiply_transposed(y, y, gram);
	cholesky(gram);
	for (int32_t r = 0; r < n_columns; r++)
	{
		float	   *row = y + (size_t) r * N_DIMENSIONS;

		for (int j = 0; j < N_DIMENSIONS; j++)
		{
			double		sum = row[j];

			for (int k = 0; k < j; k++)
				sum -= row[k] * gram[j * N_DIMENSIONS + k];
			row[j] = (float) (sum / gram[j * N_DIMENSIONS + j]);
		}
	}
}

/* A row of length 1 for each column of the matrix. */
static float *
embed(void)
{
	size_t		n = (size_t) n_columns * N_DIMENSIONS;
	float	   *q = must_alloc(sizeof(float) * n);
	float	   *y = must_alloc(sizeof(float) * n);
	double	   *gram = must_alloc(sizeof(double) * N_DIMENSIONS * N_DIMENSIONS);

	for (size_t i = 0; i < n; i++)
		q[i] = (float) (next_uniform() - 0.5);
	for (int round = 0; round < N_ROUNDS; round++)
	{
		float	   *swap = q;

		apply(q, y);
		q = y;
		y = swap;
		orthonormalise(q, gram);
		orthonormalise(q, gram);
	}
	apply(q, y);
	multiply_transposed(q, y, gram);
	cholesky(gram);
	for (int32_t r = 0; r < n_columns; r++)
	{
		float	   *to = y + (size_t) r * N_DIMENSIONS;
		const float *from = q + (size_t) r * N_DIMENSIONS;
		double		square = 1e-20;

		for (int j = 0; j < N_DIMENSIONS; j++)
		{
			double		sum = 0;

			for (int k = j; k < N_DIMENSIONS; k++)
				sum += from[k] * gram[k * N_DIMENSIONS + j];
			to[j] = (float) sum;
			square += sum * sum;
		}
		for (int j = 0; j < N_DIMENSIONS; j++)
			to[j] /= (float) sqrt(square);
	}
	free(q);
	free(gram);
	return y;
}

/* --- k-means -------------------------------------------------------------------------- */

static float
distance(const float *a, const float *b)
{
	float		sum = 0;

	for (int d = 0; d < N_DIMENSIONS; d++)
		sum += (a[d] - b[d]) * (a[d] - b[d]);
	return sum;
}

static void
start_centres(const float *rows, const int32_t *members, int32_t n, int32_t k, float *centres)
{
	float	   *nearest = must_alloc(sizeof(float) * (size_t) n);
	int32_t		next = (int32_t) (next_uniform() * n);

	for (int32_t i = 0; i < n; i++)
		nearest[i] = 1e9f;
	for (int32_t c = 0; c < k; c++)
	{
		float	   *centre = centres + (size_t) c * N_DIMENSIONS;
		double		total = 0,
					stop;

		memcpy(centre, rows + (size_t) members[next] * N_DIMENSIONS, sizeof(float) * N_DIMENSIONS);
		for (int32_t i = 0; i < n; i++)
		{
			nearest[i] = fminf(nearest[i], distance(rows + (size_t) members[i] * N_DIMENSIONS, centre));
			total += nearest[i];
		}
		stop = next_uniform() * total;
		for (next = 0; next < n - 1 && stop > nearest[next]; next++)
			stop -= nearest[next];
	}
	free(nearest);
}

/* Cuts the members into k clusters, numbered from first, into chosen[]. */
static void
kmeans(const float *rows, const int32_t *members, int32_t n, int32_t k, int32_t first, int32_t *chosen)
{
	float	   *centres = must_alloc(sizeof(float) * (size_t) k * N_DIMENSIONS);
	int32_t    *count = must_alloc(sizeof(int32_t) * (size_t) k);

	start_centres(rows, members, n, k, centres);
	for (int round = 0; round < KMEANS_ROUNDS; round++)
	{
		for (int32_t i = 0; i < n; i++)
		{
			const float *row = rows + (size_t) members[i] * N_DIMENSIONS;
			float		best = 1e9f;

			for (int32_t c = 0; c < k; c++)
			{
				float		d = distance(row, centres + (size_t) c * N_DIMENSIONS);

				if (d < best)
				{
					best = d;
					chosen[i] = first + c;
				}
			}
		}
		memset(centres, 0, sizeof(float) * (size_t) k * N_DIMENSIONS);
		memset(count, 0, sizeof(int32_t) * (size_t) k);
		for (int32_t i = 0; i < n; i++)
		{
			float	   *centre = centres + (size_t) (chosen[i] - first) * N_DIMENSIONS;

			count[chosen[i] - first]++;
			for (int d = 0; d < N_DIMENSIONS; d++)
				centre[d] += rows[(size_t) members[i] * N_DIMENSIONS + d];
		}
		for (int32_t c = 0; c < k; c++)
			for (int d = 0; d < N_DIMENSIONS && count[c] > 0; d++)
				centres[(size_t) c * N_DIMENSIONS + d] /= (float) count[c];
	}
	free(centres);
	free(count);
}

/* Cuts each cluster of `parents` (all stems in one when NULL) in proportion to its size. */
static int32_t
cut_level(const float *rows, const int32_t *parents, int32_t n_parents, int32_t size, int32_t *clusters)
{
	int32_t    *members = must_alloc(sizeof(int32_t) * (size_t) n_columns);
	int32_t    *chosen = must_alloc(sizeof(int32_t) * (size_t) n_columns);
	int32_t		n_clusters = 0;

	for (int32_t p = 0; p < n_parents; p++)
	{
		int32_t		n = 0,
					k;

		for (int32_t r = 0; r < n_columns; r++)
			if (!parents || parents[r] == p)
				members[n++] = r;
		k = (int32_t) ((double) size * n / n_columns + 0.5);
		if (n == 0)
			continue;
		kmeans(rows, members, n, k < 1 ? 1 : k, n_clusters, chosen);
		for (int32_t i = 0; i < n; i++)
			clusters[members[i]] = chosen[i];
		n_clusters += k < 1 ? 1 : k;
	}
	free(members);
	free(chosen);
	return n_clusters;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(((const stem *) a)->text, ((const stem *) b)->text);
}

int
main(int argc, char **argv)
{
	int32_t    *clusters[N_LEVELS];
	int32_t		n_clusters = 1;
	float	   *rows;
	FILE	   *out;

	if (argc != 3)
		return 2;
	topic_texts_read(argv[1], add_text);
	finish_matrix();
	rows = embed();
	for (int level = 0; level < N_LEVELS; level++)
	{
		clusters[level] = must_alloc(sizeof(int32_t) * (size_t) n_columns);
		n_clusters = cut_level(rows, level ? clusters[level - 1] : NULL, n_clusters, sizes[level], clusters[level]);
		printf("level %d: %d clusters\n", level, n_clusters);
	}
	qsort(stems, (size_t) n_stems, sizeof(stem), by_text);
	out = fopen(argv[2], "w");
	if (!out)
		return 1;
	fprintf(out, "# stem, cluster at %d levels, each inside the one before: stems that stand in the same news texts.\n"
			"# Clusters only, of the words of AllSides articles (publishers' copyright), press releases of members of the US Congress and\n"
			"# White House articles (public domain), Wikinews (CC BY 2.5), HuffPost headlines (CC BY 4.0), and the name corpora's sentences.\n", N_LEVELS);
	for (int32_t s = 0; s < n_stems; s++)
		if (stems[s].column >= 0)
		{
			fputs(stems[s].text, out);
			for (int level = 0; level < N_LEVELS; level++)
				fprintf(out, "\t%d", clusters[level][stems[s].column]);
			fputc('\n', out);
		}
	return fclose(out) != 0;
}
