/*
 * choose.c - which concepts of the tree a text gets.
 *
 * Every branch of level 2 that is probable enough gives one row: the concept itself, or
 * a concept below it when that is nearly as probable (or far less so, when the branch itself says little).  A subject (level 1) that is
 * probable without any branch gives itself.  When nothing is probable there is
 * no row: silence is better than a guess.
 */
#include "topic/choose.h"

#include <math.h>

#define LEAST_SCORE 0.20f		/* of any row */
#define LEAST_FIRST 0.10f		/* probability of any row */
#define LEAST_SHARE 0.40f		/* of the parent's probability that a child must have to stand for it */
#define LEAST_SHARE_OF_GROUP 0.20f	/* the same below a concept that only groups others */

typedef struct chosen
{
	topic_choice *rows;
	int			n;
} chosen;

/* Keeps the best MAX_TOPICS rows in order; of equal scores the earlier label comes first. */
static void
keep(chosen *c, int32_t label, float score)
{
	int			at = c->n;

	while (at > 0 && c->rows[at - 1].score < score)
		at--;
	if (at == MAX_TOPICS)
		return;
	if (c->n < MAX_TOPICS)
		c->n++;
	for (int i = c->n - 1; i > at; i--)
		c->rows[i] = c->rows[i - 1];
	c->rows[at] = (topic_choice) {label, score};
}

static float
logit(float p)
{
	p = fminf(fmaxf(p, 1e-6f), 1 - 1e-6f);
	return logf(p / (1 - p));
}

void
topic_row_inputs(const topic_model *m, const float *p, int32_t label, float inputs[N_SHARPEN])
{
	const topic_label *l = &m->labels[label];

	inputs[0] = logit(p[label]);
	inputs[1] = logit(p[l->level > 2 ? l->parent : label]);
	inputs[2] = 1;
}

/* Turns the probabilities of the chosen rows into their scores, and orders the rows by them. */
static void
sharpen(const topic_model *m, const float *p, topic_choice *rows, int n)
{
	topic_choice sorted[MAX_TOPICS];
	chosen		c = {sorted, 0};

	for (int i = 0; i < n; i++)
	{
		const float *w = m->header->sharpen[m->labels[rows[i].label].level - 1];
		float		x[N_SHARPEN];

		topic_row_inputs(m, p, rows[i].label, x);
		keep(&c, rows[i].label, 1.0f / (1.0f + expf(-(w[0] * x[0] + w[1] * x[1] + w[2] * x[2]))));
	}
	for (int i = 0; i < n; i++)
		rows[i] = sorted[i];
}

int
choose_topics(const topic_model *m, const float *p, topic_choice rows[MAX_TOPICS])
{
	int32_t		n_labels = (int32_t) m->header->n_labels;
	chosen		c = {rows, 0};

	/* Labels are in depth-first order: a subject, then its branches, each followed by what is below it. */
	for (int32_t subject = 0; subject < n_labels;)
	{
		int32_t		at = subject + 1;
		bool		any = false;

		while (at < n_labels && m->labels[at].parent >= 0)
		{
			int32_t		branch = at;
			int32_t		best = -1;

			for (at++; at < n_labels && m->labels[at].parent >= branch; at++)
				if (best < 0 || p[at] > p[best])
					best = at;
			if (p[branch] < LEAST_FIRST)
				continue;
			any = true;
			if (best >= 0 && p[best] >= (m->labels[branch].is_group ? LEAST_SHARE_OF_GROUP : LEAST_SHARE) * p[branch])
				keep(&c, best, p[best]);
			else
				keep(&c, branch, p[branch]);
		}
		if (!any && p[subject] >= LEAST_FIRST)
			keep(&c, subject, p[subject]);
		subject = at;
	}
	sharpen(m, p, rows, c.n);
	while (c.n > 0 && rows[c.n - 1].score < LEAST_SCORE)
		c.n--;
	return c.n;
}
