/*
 * analyze_text.c - analyze_text(body text): one row a token, all that reading found.
 */
#include "postgres.h"

#include "fmgr.h"

#include "parse/relations.h"
#include "pg/analysis.h"
#include "pg/rows.h"
#include "tag/tagset.h"

PG_FUNCTION_INFO_V1(news_analyze_text);

/* "B-person", "I-person" or null. */
static void
put_entity_tag(rows *r, uint8_t tag)
{
	if (tag == NAME_OUTSIDE)
		rows_null(r);
	else
		rows_text(r, psprintf("%s-%s", tag % 2 ? "B" : "I", entity_kind_names[(tag - 1) / 2]));
}

Datum
news_analyze_text(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_PARSE | STAGE_ENTITIES);
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];
		byte_span	where = {t->start_byte, t->end_byte};

		rows_int(&r, t->sentence + 1);
		rows_int(&r, i + 1);
		rows_text_span(&r, where);
		rows_range(&r, where);
		rows_text(&r, t->lemma);
		rows_text(&r, upos_names[t->upos]);
		rows_text(&r, xpos_names[t->xpos]);
		rows_int(&r, t->head + 1);
		rows_text(&r, relation_names[t->relation]);
		put_entity_tag(&r, t->name_tag);
		rows_put(&r);
	}
	return rows_end(&r);
}
