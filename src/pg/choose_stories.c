/*
 * choose_stories.c - the rule of src/story/ over arrays: a refresh hands in the signatures and dates of the articles concerned.
 *
 * Arrays are 1-based for SQL and 0-based for the core.  They come from the store's own statements, yet anybody may call these
 * functions: lengths and indexes are checked.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include <math.h>

#include "pg/context_arena.h"
#include "pg/rows.h"
#include "story/stories.h"

PG_FUNCTION_INFO_V1(news_choose_stories);
PG_FUNCTION_INFO_V1(news_story_affinity);
PG_FUNCTION_INFO_V1(news_story_pieces);
PG_FUNCTION_INFO_V1(news_story_central);

static Datum *
elements_of(FunctionCallInfo fcinfo, int argument, Oid type, int *n, bool **nulls)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argument);
	int16		length;
	bool		by_value;
	char		alignment;
	Datum	   *elements;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument %d must be an array of one dimension", argument + 1)));
	length = type == BYTEAOID ? -1 : type == INT4OID ? 4 : 8;
	by_value = type == BYTEAOID ? false : type == INT4OID ? true : FLOAT8PASSBYVAL;
	alignment = type == BYTEAOID || type == INT4OID ? TYPALIGN_INT : TYPALIGN_DOUBLE;
	deconstruct_array(array, type, length, by_value, alignment, &elements, nulls, n);
	return elements;
}

static void
same_length(int n, int expected)
{
	if (n != expected)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("arrays of %d and %d elements do not belong together", n, expected)));
}

/* Articles from an array of signatures and one of dates; those without a signature have no terms. */
static story_article *
articles_of(FunctionCallInfo fcinfo, int argument, int *n)
{
	bool	   *nulls;
	bool	   *undated;
	int			n_dates;
	Datum	   *packed = elements_of(fcinfo, argument, BYTEAOID, n, &nulls);
	Datum	   *dates = elements_of(fcinfo, argument + 1, TIMESTAMPTZOID, &n_dates, &undated);
	story_article *articles = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(story_article) * (Size) (*n + 1));
	signature  *signatures = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(signature) * (Size) (*n + 1));

	same_length(n_dates, *n);
	for (int i = 0; i < *n; i++)
	{
		const bytea *b = nulls[i] ? NULL : DatumGetByteaPP(packed[i]);
		TimestampTz date = undated[i] ? DT_NOEND : DatumGetTimestampTz(dates[i]);

		signature_unpack(b ? (const uint8_t *) VARDATA_ANY(b) : NULL, b ? VARSIZE_ANY_EXHDR(b) : 0, &signatures[i]);
		articles[i] = (story_article)
		{
			&signatures[i], TIMESTAMP_NOT_FINITE(date) ? NAN : (double) date / USECS_PER_DAY, 0, 0
		};
	}
	return articles;
}

static story_pair *
pairs_of(FunctionCallInfo fcinfo, int argument, int n_articles, int *n)
{
	bool	   *nulls;
	bool	   *null_candidates;
	int			n_candidates;
	Datum	   *first = elements_of(fcinfo, argument, INT4OID, n, &nulls);
	Datum	   *second = elements_of(fcinfo, argument + 1, INT4OID, &n_candidates, &null_candidates);
	story_pair *pairs = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(story_pair) * (Size) (*n + 1));

	same_length(n_candidates, *n);
	for (int i = 0; i < *n; i++)
	{
		int			a = nulls[i] ? 0 : DatumGetInt32(first[i]);
		int			c = null_candidates[i] ? 0 : DatumGetInt32(second[i]);

		if (a < 1 || a > n_articles || c < 1 || c > n_articles || (i > 0 && a - 1 < pairs[i - 1].article))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("pair %d names no two articles, or comes out of order", i + 1)));
		pairs[i] = (story_pair) {a - 1, c - 1};
	}
	return pairs;
}

/* (signatures, published, stories, sizes, pair_articles, pair_candidates): one row for each article whose story is null. */
Datum
news_choose_stories(PG_FUNCTION_ARGS)
{
	int			n;
	int			n_stories;
	int			n_sizes;
	int			n_pairs;
	int			n_new = 0;
	bool	   *unassigned;
	bool	   *no_size;
	story_article *articles = articles_of(fcinfo, 0, &n);
	Datum	   *stories = elements_of(fcinfo, 2, INT8OID, &n_stories, &unassigned);
	Datum	   *sizes = elements_of(fcinfo, 3, INT4OID, &n_sizes, &no_size);
	story_pair *pairs = pairs_of(fcinfo, 4, n, &n_pairs);
	story_choice *choices = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(story_choice) * (Size) (n + 1));
	rows		r;

	same_length(n_stories, n);
	same_length(n_sizes, n);
	while (n_new < n && unassigned[n_new])
		n_new++;
	for (int i = n_new; i < n; i++)
	{
		if (unassigned[i] || DatumGetInt64(stories[i]) <= 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("article %d has no story, but comes behind one that has", i + 1)));
		articles[i].story = DatumGetInt64(stories[i]);
		articles[i].story_size = no_size[i] ? 1 : DatumGetInt32(sizes[i]);
	}
	story_choose(context_arena(CurrentMemoryContext), articles, n_new, n, pairs, n_pairs, choices);
	r = rows_begin(fcinfo, NULL);
	for (int i = 0; i < n_new; i++)
	{
		rows_int(&r, i + 1);
		rows_bigint(&r, choices[i].story);
		rows_real(&r, (float) choices[i].score);
		if (choices[i].nearest >= 0)
			rows_int(&r, choices[i].nearest + 1);
		else
			rows_null(&r);
		if (choices[i].copy_of >= 0)
			rows_int(&r, choices[i].copy_of + 1);
		else
			rows_null(&r);
		if (choices[i].rival)
			rows_bigint(&r, choices[i].rival);
		else
			rows_null(&r);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_story_affinity(PG_FUNCTION_ARGS)
{
	int			n_a;
	int			n_b;
	story_article *a = articles_of(fcinfo, 0, &n_a);
	story_article *b = articles_of(fcinfo, 2, &n_b);

	PG_RETURN_FLOAT4((float4) story_affinity(context_arena(CurrentMemoryContext), a, n_a, b, n_b));
}

Datum
news_story_pieces(PG_FUNCTION_ARGS)
{
	int			n;
	story_article *articles = articles_of(fcinfo, 0, &n);
	arena	   *memory = context_arena(CurrentMemoryContext);
	int32_t    *pieces = arena_array(memory, int32_t, n);
	Datum	   *numbers = palloc(sizeof(Datum) * (Size) (n + 1));

	story_pieces(memory, articles, n, pieces);
	for (int i = 0; i < n; i++)
		numbers[i] = Int32GetDatum(pieces[i] + 1);
	PG_RETURN_ARRAYTYPE_P(construct_array(numbers, n, INT4OID, sizeof(int32), true, TYPALIGN_INT));
}

Datum
news_story_central(PG_FUNCTION_ARGS)
{
	int			n;
	story_article *articles = articles_of(fcinfo, 0, &n);

	if (n == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(story_central(context_arena(CurrentMemoryContext), articles, n) + 1);
}
