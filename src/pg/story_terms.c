/*
 * story_terms.c - what tells an article's story from others: story_terms(body text), and the packed signature that a store keeps.
 */
#include "postgres.h"

#include "fmgr.h"

#include "pg/analysis.h"
#include "pg/rows.h"
#include "story/signature.h"

PG_FUNCTION_INFO_V1(news_story_terms);
PG_FUNCTION_INFO_V1(news_story_signature);
PG_FUNCTION_INFO_V1(news_story_keys);
PG_FUNCTION_INFO_V1(news_story_similarity);

Datum
news_story_terms(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_TEXT);
	story_term *terms = palloc(sizeof(story_term) * SIGNATURE_TERMS);
	int			n = story_terms(doc, terms);
	rows		r = rows_begin(fcinfo, doc);

	for (int i = 0; i < n; i++)
	{
		rows_text(&r, terms[i].word);
		rows_real(&r, (float) terms[i].weight / SIGNATURE_UNIT);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_story_signature(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_TEXT);
	bytea	   *packed = palloc(VARHDRSZ + SIGNATURE_MAX_BYTES);

	SET_VARSIZE(packed, VARHDRSZ + signature_pack(doc, (uint8_t *) VARDATA(packed)));
	PG_RETURN_BYTEA_P(packed);
}

/* A signature that is none has no terms. */
static signature *
unpacked(const bytea *packed)
{
	signature  *s = palloc(sizeof(signature));

	signature_unpack((const uint8_t *) VARDATA_ANY(packed), VARSIZE_ANY_EXHDR(packed), s);
	return s;
}

Datum
news_story_keys(PG_FUNCTION_ARGS)
{
	signature  *s = unpacked(PG_GETARG_BYTEA_PP(0));
	int			wanted = Max(Min(PG_GETARG_INT32(1), SIGNATURE_TERMS), 0);
	int			top[SIGNATURE_TERMS];
	int			n = signature_top_terms(s, wanted, top);
	rows		r = rows_begin(fcinfo, NULL);

	for (int i = 0; i < n; i++)
	{
		rows_int(&r, (int32) s->terms[top[i]]);
		rows_int(&r, s->weights[top[i]]);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_story_similarity(PG_FUNCTION_ARGS)
{
	signature  *a = unpacked(PG_GETARG_BYTEA_PP(0));
	signature  *b = unpacked(PG_GETARG_BYTEA_PP(1));

	PG_RETURN_FLOAT4((float4) signature_cosine(a, b));
}
