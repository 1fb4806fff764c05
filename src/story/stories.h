/*
 * stories.h - which articles tell one story.
 *
 * Two articles are as close as the cosine of their terms, less a penalty for the time between them.  A story's score for an
 * article is half the mean of its NEAREST closest members and half that of its BREADTH closest: the first finds the turn that a story
 * has taken, the second keeps it from drifting from one thing to the next.  An article joins the best story when that score,
 * less MARGIN times the runner-up's, reaches JOIN; else it begins one.  So where many stories resemble the article (a busy
 * day's politics) the best must stand out, and where little else is there a loose resemblance is enough.
 */
#ifndef NEWS_STORY_STORIES_H
#define NEWS_STORY_STORIES_H

#include "story/signature.h"

#define STORY_NEAREST 3
#define STORY_BREADTH 20
#define STORY_JOIN 0.09
#define STORY_MARGIN 0.5
#define STORY_TIME_PENALTY 0.2	/* after a year; as the square of the logarithm of days */
#define STORY_UNDATED_DAYS 14	/* the distance of an article without a date from any other */
#define STORY_COPY 0.75			/* containment from which an article is a copy of another ... */
#define STORY_COPY_CLOSENESS 0.6	/* ... if they are about the same: outlets repeat captions and lists under many articles */

typedef struct story_article
{
	const signature *signature;
	double		day;			/* when it was published; NAN when unknown */
	int64_t		story;			/* 0: to be chosen; else the story that it belongs to, > 0 */
	int32_t		story_size;		/* articles in that story */
} story_article;

/* Two articles to be compared, by index. */
typedef struct story_pair
{
	int32_t		article;
	int32_t		candidate;
} story_pair;

typedef struct story_choice
{
	int64_t		story;			/* an existing one, or -(n + 1): the one that article n began */
	double		score;			/* of the best story, joined or not; 0 when nothing was near */
	int32_t		nearest;		/* index of the closest member of the story joined; -1 */
	int32_t		copy_of;		/* index of the article that it shares its wording with; -1 */
	int64_t		rival;			/* the runner-up, when it would have been joined too; 0 */
} story_choice;

/* Closeness of two articles, at most 1; may be negative. */
double		story_closeness(const story_article *a, const story_article *b);

/*
 * Chooses for articles[0 .. n_new), in this order; the others belong to stories.  pairs: which to compare, ascending by article;
 * a candidate that is itself new counts once it has its story.  Memory of the arena.
 */
void		story_choose(arena *memory, const story_article *articles, int32_t n_new, int32_t n_all,
						 const story_pair *pairs, int32_t n_pairs, story_choice *choices);

/* How well the articles of two stories fit together: the mean score of each of the smaller in the larger. */
double		story_affinity(arena *memory, const story_article *a, int32_t n_a, const story_article *b, int32_t n_b);

/* Numbers the groups of articles that hang together by closeness of at least STORY_JOIN, 0-based in order of appearance. */
int32_t		story_pieces(arena *memory, const story_article *articles, int32_t n, int32_t *pieces);

/* Index of the article closest to all: the one by which the story is best called; -1 when n = 0. */
int32_t		story_central(arena *memory, const story_article *articles, int32_t n);

#endif
