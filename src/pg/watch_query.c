/*
 * watch_query.c - news_watch_terms, news_watch_holds and news_watch_words: watch queries for the store.
 *
 * A mistake in a query is an error that says where and what to do; no text makes one.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "pg/analysis.h"
#include "pg/context_arena.h"
#include "pg/rows.h"
#include "text/utf8.h"
#include "watch/watch.h"

#define SHOWN_BYTES 60			/* of the query, from the mistake on */

PG_FUNCTION_INFO_V1(news_watch_terms);
PG_FUNCTION_INFO_V1(news_watch_holds);
PG_FUNCTION_INFO_V1(news_watch_words);

/* The query of a text value, read into the current memory context; ereport(ERROR) when it is wrong. */
static const watch_query *
query_of(const text *t)
{
	Size		n_bytes;
	const char *utf8 = utf8_from_server(VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t), &n_bytes);
	const watch_query *query;

	query = parse_watch_query(context_arena(CurrentMemoryContext), utf8, n_bytes);
	if (query->problem)
	{
		const char *rest = utf8 + query->problem_byte;
		size_t		n_rest = n_bytes > WATCH_MAX_BYTES ? 0 : n_bytes - query->problem_byte;
		text	   *shown = text_from_utf8(rest, pg_encoding_mbcliplen(PG_UTF8, rest, (int) n_rest, SHOWN_BYTES));

		ereport(ERROR,
				(errcode(ERRCODE_SYNTAX_ERROR),
				 errmsg("wrong watch query: %s", query->problem),
				 n_rest ? errdetail("At character %u: %s", utf8_count(utf8, query->problem_byte) + 1, text_to_cstring(shown)) : 0,
				 errhint("%s", query->remedy)));
	}
	return query;
}

Datum
news_watch_terms(PG_FUNCTION_ARGS)
{
	const watch_query *query = query_of(PG_GETARG_TEXT_PP(0));
	rows		r = rows_begin(fcinfo, NULL);

	for (int32_t i = 0; i < query->n_terms; i++)
	{
		rows_int(&r, i + 1);
		rows_text(&r, watch_field_names[query->terms[i].field]);
		rows_text(&r, query->terms[i].value);
		rows_bool(&r, query->terms[i].positive);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_watch_holds(PG_FUNCTION_ARGS)
{
	const watch_query *query = query_of(PG_GETARG_TEXT_PP(0));
	ArrayType  *terms = PG_GETARG_ARRAYTYPE_P(1);
	const int32 *numbers = (const int32 *) ARR_DATA_PTR(terms);
	int			n = ArrayGetNItems(ARR_NDIM(terms), ARR_DIMS(terms));
	bool		holds[WATCH_MAX_TERMS] = {false};

	if (ARR_HASNULL(terms))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("numbers of terms must not be null"),
				 errhint("Give the numbers that news_watch_terms() shows.")));
	for (int i = 0; i < n; i++)
		if (numbers[i] >= 1 && numbers[i] <= query->n_terms)
			holds[numbers[i] - 1] = true;
	PG_RETURN_BOOL(watch_holds(query, holds));
}

/* The index over the queries of one call, kept for the next with the same. */
typedef struct kept_index
{
	Size		n_bytes;
	const char *bytes;
	watch_index *index;
} kept_index;

static watch_index *
index_of(FunctionCallInfo fcinfo, ArrayType *array)
{
	kept_index *kept = fcinfo->flinfo->fn_extra;
	MemoryContext old;
	Datum	   *texts;
	bool	   *nulls;
	int			n;
	const watch_query **queries;

	if (kept && kept->n_bytes == VARSIZE(array) && memcmp(kept->bytes, array, kept->n_bytes) == 0)
		return kept->index;
	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	array = (ArrayType *) memcpy(palloc(VARSIZE(array)), array, VARSIZE(array));
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &texts, &nulls, &n);
	queries = palloc(sizeof(*queries) * Max(n, 1));
	for (int i = 0; i < n; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("a watch query must not be null"),
					 errhint("Leave it out of the array.")));
		queries[i] = query_of(DatumGetTextPP(texts[i]));
	}
	kept = palloc(sizeof(*kept));
	kept->n_bytes = VARSIZE(array);
	kept->bytes = (const char *) array;
	kept->index = watch_index_create(context_arena(fcinfo->flinfo->fn_mcxt), queries, n);
	fcinfo->flinfo->fn_extra = kept;
	MemoryContextSwitchTo(old);
	return kept->index;
}

Datum
news_watch_words(PG_FUNCTION_ARGS)
{
	watch_index *index = index_of(fcinfo, PG_GETARG_ARRAYTYPE_P(1));
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_TEXT);
	int32_t		n_matches;
	watch_match *matches = watch_words(context_arena(CurrentMemoryContext), index, doc, &n_matches);
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < n_matches; i++)
	{
		rows_int(&r, matches[i].query + 1);
		rows_int(&r, matches[i].term + 1);
		rows_multirange(&r, matches[i].places, matches[i].n_places);
		rows_put(&r);
	}
	return rows_end(&r);
}
