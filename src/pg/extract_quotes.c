/*
 * extract_quotes.c - extract_quotes(body text): who said what.
 */
#include "postgres.h"

#include "fmgr.h"

#include "pg/analysis.h"
#include "pg/rows.h"

PG_FUNCTION_INFO_V1(news_extract_quotes);
PG_FUNCTION_INFO_V1(news_ellipsis);

#define ELLIPSIS " \xE2\x80\xA6 "

static const char *const quote_kind_names[] = {"direct", "mixed", "indirect"};

Datum
news_extract_quotes(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_QUOTES);
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];

		rows_joined(&r, q->content, q->n_content, " ");
		rows_text(&r, quote_kind_names[q->kind]);
		rows_joined(&r, q->verbatim, q->n_verbatim, ELLIPSIS);
		rows_text(&r, q->speaker);
		rows_text(&r, q->speaker && q->speaker_kind <= KIND_DOCUMENT ? entity_kind_names[q->speaker_kind] : NULL);
		rows_text(&r, q->role);
		if (q->cue.start < q->cue.end)
			rows_text_span(&r, q->cue);
		else
			rows_null(&r);
		rows_text(&r, q->addressee);
		rows_text(&r, q->via);
		rows_multirange(&r, q->content, q->n_content);
		rows_multirange(&r, q->verbatim, q->n_verbatim);
		rows_range(&r, q->source);
		rows_range(&r, q->cue);
		rows_real(&r, q->confidence);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_ellipsis(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(text_from_utf8(ELLIPSIS, sizeof(ELLIPSIS) - 1));
}
