/*
 * extract_keyphrases.c - extract_keyphrases(body text, max_phrases int): the article's own words for what it is about.
 */
#include "postgres.h"

#include "fmgr.h"

#include "pg/analysis.h"
#include "pg/rows.h"

PG_FUNCTION_INFO_V1(news_extract_keyphrases);

Datum
news_extract_keyphrases(PG_FUNCTION_ARGS)
{
	int32		max_phrases = PG_GETARG_INT32(1);
	const document *doc;
	rows		r;

	if (max_phrases < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("max_phrases must not be negative"),
				 errhint("Give a number from 0 to %d.", MAX_KEYPHRASES)));
	doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_KEYPHRASES);
	r = rows_begin(fcinfo, doc);
	for (int32_t i = 0; i < doc->n_keyphrases && i < max_phrases; i++)
	{
		const keyphrase *k = &doc->keyphrases[i];

		rows_text(&r, k->phrase);
		rows_real(&r, k->score);
		rows_multirange(&r, k->spans, k->n_spans);
		rows_put(&r);
	}
	return rows_end(&r);
}
