/*
 * quotes_teacher.h - what a gold reading answers to the decisions of src/quote/, and how right the rows were.
 */
#ifndef NEWS_TRAIN_QUOTES_TEACHER_H
#define NEWS_TRAIN_QUOTES_TEACHER_H

#include "quote/work.h"
#include "quotes_gold.h"
#include "ranker.h"

#define MAX_OPTIONS 8192

typedef struct lesson
{
	gold_document *gold;
	bool		right[MAX_OPTIONS];
} lesson;

/* Examples go here, counted by decision; lost: the gold choice was not among the options. */
extern ranker *teacher_learner;
extern long teacher_recorded[N_DECISIONS],
			teacher_lost[N_DECISIONS];

/* Tokens that a span of bytes touches. */
span		tokens_of(const document *doc, byte_span b);

/* The teacher_fn of quote/work.h; context is a lesson. */
int32_t		teach(void *context, quote_work *w, decision_kind kind, int32_t subject);

/* Keeps the confidence inputs of all rows, and whether each row was right. */
void		judge_rows(gold_document *d, const quote_work *w);

/* Fits the weights of src/quote/confidence.c to the rows judged so far. */
void		calibrate(void);
extern float calibration[N_CONFIDENCE];

#endif
