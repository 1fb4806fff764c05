/*
 * quote_reuse.c - quote_words, quote_shingles, quote_same and quote_containment: one quotation in its variants.
 *
 * Words and shingles travel as int4[], whose && has an index (GIN).
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"

#include "pg/analysis.h"
#include "reuse/reuse.h"
#include "stages.h"

PG_FUNCTION_INFO_V1(news_quote_words);
PG_FUNCTION_INFO_V1(news_quote_shingles);
PG_FUNCTION_INFO_V1(news_quote_same);
PG_FUNCTION_INFO_V1(news_quote_containment);

static ArrayType *
int4_array(const uint32_t *values, int32_t n)
{
	ArrayType  *array;
	Size		n_bytes = ARR_OVERHEAD_NONULLS(1) + sizeof(int32) * n;

	if (n == 0)
		return construct_empty_array(INT4OID);
	array = palloc0(n_bytes);
	SET_VARSIZE(array, n_bytes);
	array->ndim = 1;
	array->elemtype = INT4OID;
	ARR_DIMS(array)[0] = n;
	ARR_LBOUND(array)[0] = 1;
	memcpy(ARR_DATA_PTR(array), values, sizeof(int32) * n);
	return array;
}

/* The words in an array made by quote_words; whatever else a user gives is read as words too. */
static const uint32_t *
words_of(const ArrayType *array, int32_t *n)
{
	if (ARR_ELEMTYPE(array) != INT4OID || ARR_HASNULL(array))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("words of a quotation must not be null"),
				 errhint("Give an array that quote_words() made.")));
	*n = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	*n = Min(*n, REUSE_MAX_WORDS);
	return (const uint32_t *) ARR_DATA_PTR(array);
}

Datum
news_quote_words(PG_FUNCTION_ARGS)
{
	uint32_t	words[REUSE_MAX_WORDS];
	int32_t		n = reuse_words(analysed(PG_GETARG_TEXT_PP(0), STAGE_TEXT), words);

	PG_RETURN_ARRAYTYPE_P(int4_array(words, n));
}

Datum
news_quote_shingles(PG_FUNCTION_ARGS)
{
	uint32_t	keys[REUSE_MAX_KEYS];
	int32_t		n_words;
	const uint32_t *words = words_of(PG_GETARG_ARRAYTYPE_P(0), &n_words);
	int32_t		n = reuse_keys(words, n_words, PG_GETARG_BOOL(1) ? REUSE_REPORTED : REUSE_VERBATIM, keys);

	PG_RETURN_ARRAYTYPE_P(int4_array(keys, n));
}

Datum
news_quote_same(PG_FUNCTION_ARGS)
{
	int32_t		n_a;
	int32_t		n_b;
	const uint32_t *a;
	const uint32_t *b;
	reuse_overlap overlap;
	reuse_speakers speakers = SPEAKERS_UNKNOWN;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	a = words_of(PG_GETARG_ARRAYTYPE_P(0), &n_a);
	b = words_of(PG_GETARG_ARRAYTYPE_P(1), &n_b);
	if (!PG_ARGISNULL(3))
		speakers = PG_GETARG_BOOL(3) ? SPEAKERS_AGREE : SPEAKERS_DIFFER;
	overlap = reuse_compare(a, n_a, b, n_b);
	PG_RETURN_BOOL(reuse_same(&overlap, PG_GETARG_BOOL(2) ? REUSE_REPORTED : REUSE_VERBATIM, speakers));
}

Datum
news_quote_containment(PG_FUNCTION_ARGS)
{
	uint32_t	a[REUSE_MAX_WORDS];
	uint32_t	b[REUSE_MAX_WORDS];
	int32_t		n_a = reuse_words(analysed(PG_GETARG_TEXT_PP(0), STAGE_TEXT), a);
	int32_t		n_b = reuse_words(analysed(PG_GETARG_TEXT_PP(1), STAGE_TEXT), b);
	reuse_overlap overlap = reuse_compare(a, n_a, b, n_b);

	PG_RETURN_FLOAT4(reuse_containment(&overlap));
}
