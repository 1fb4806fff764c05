/*
 * topic_report.c - the scores of a topic model on the texts kept for measuring (see topic_examples.h).
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus_reader.h"
#include "topic/choose.h"
#include "topic/tree.h"
#include "topic_examples.h"

bool
is_example_of(const example *e, int32_t row)
{
	for (int32_t i = 0; i < e->n_rows; i++)
		if (e->rows[i] >= row && e->rows[i] < topic_tree_row(row)->end)
			return true;
	return false;
}

typedef struct tally
{
	int			n,
				n_second,
				first,
				second,
				silent,
				rows;
	int			bin_n[10],
				bin_right[10];
	double		bin_score[10];
} tally;

static bool
shares_ancestor(const example *e, int32_t row, int32_t level)
{
	int32_t		mine = topic_tree_at_level(row, level);

	for (int32_t i = 0; mine >= 0 && i < e->n_rows; i++)
		if (topic_tree_at_level(e->rows[i], level) == mine)
			return true;
	return false;
}

/* Adds what the rows chosen from `scores` say of the example. */
static void
add_example(const topic_model *m, const example *e, arena *memory, const float *scores, tally *t)
{
	float	   *p = arena_array(memory, float, m->header->n_labels);
	topic_choice rows[MAX_TOPICS];
	int			n;
	bool		second = false,
				has_second = false;

	topic_model_probabilities(m, scores, p);
	topic_model_hear_names(m, &e->terms, p);
	n = choose_topics(m, p, rows);
	t->n++;
	t->silent += n == 0;
	t->rows += n;
	for (int32_t i = 0; i < e->n_rows; i++)
		has_second |= topic_tree_row(e->rows[i])->level >= 2;
	for (int i = 0; i < n; i++)
	{
		int32_t		row = m->labels[rows[i].label].tree_row;
		int			bin = (int) (rows[i].score * 10);

		bin = bin > 9 ? 9 : bin;
		if (i == 0)
			t->first += shares_ancestor(e, row, 1);
		if (i < 3)
			second |= shares_ancestor(e, row, 2);
		t->bin_n[bin]++;
		t->bin_score[bin] += rows[i].score;
		t->bin_right[bin] += is_example_of(e, row);
	}
	t->n_second += has_second;
	t->second += second;
}

static void
print(const char *name, const tally *t)
{
	printf("%s: %d texts; L1@1 %.4f  L2@3 %.4f; rows a text %.2f, silent %d\n", name, t->n, (double) t->first / t->n,
		   (double) t->second / t->n_second, (double) t->rows / t->n, t->silent);
	puts("score      rows  mean score  right");
	for (int b = 0; b < 10; b++)
		if (t->bin_n[b])
			printf("%.1f-%.1f  %6d  %10.3f  %5.3f\n", b / 10.0, (b + 1) / 10.0, t->bin_n[b], t->bin_score[b] / t->bin_n[b],
				   (double) t->bin_right[b] / t->bin_n[b]);
}

void
topic_report(const void *image, size_t n_bytes, const example *examples, int32_t n_examples)
{
	topic_model m;
	tally		dev = {0},
				folds = {0};

	if (!topic_model_open(&m, image, n_bytes))
	{
		fprintf(stderr, "the model does not open\n");
		exit(1);
	}
	for (int32_t i = 0; i < n_examples; i++)
	{
		const example *e = &examples[i];
		arena	   *memory = arena_create(corpus_blocks());

		if (e->dev)
		{
			float	   *scores = arena_array(memory, float, m.header->n_labels);

			topic_model_score(&m, memory, &e->terms, scores);
			add_example(&m, e, memory, scores, &dev);
		}
		else if (e->weight >= 1)
			add_example(&m, e, memory, e->held_out, &folds);
		corpus_release();
	}
	print("left out in turn", &folds);
	print("dev", &dev);
}
