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
put_entity_tag(rows *r, shared_texts *names, uint8_t tag)
{
	if (tag == NAME_OUTSIDE)
		rows_null(r);
	else
		rows_shared_text(r, names, tag);
}

/* By name tag. */
static const char *const *
entity_tag_names(void)
{
	const char **names = palloc(sizeof(char *) * (NAME_LATER(N_ENTITY_KINDS) + 1));

	for (int kind = 0; kind < N_ENTITY_KINDS; kind++)
	{
		names[NAME_FIRST(kind)] = psprintf("B-%s", entity_kind_names[kind]);
		names[NAME_LATER(kind)] = psprintf("I-%s", entity_kind_names[kind]);
	}
	return names;
}

Datum
news_analyze_text(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_PARSE | STAGE_ENTITIES);
	shared_texts entity_tags = {entity_tag_names()};
	shared_texts upos = {upos_names},
				xpos = {xpos_names},
				relations = {relation_names};
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];

		rows_int(&r, t->sentence + 1);
		rows_int(&r, i + 1);
		rows_text_span(&r, (byte_span) {t->start_byte, t->end_byte});
		rows_char_range(&r, t->start_char, t->end_char);
		rows_text(&r, t->lemma);
		rows_shared_text(&r, &upos, t->upos);
		rows_shared_text(&r, &xpos, t->xpos);
		rows_int(&r, t->head + 1);
		rows_shared_text(&r, &relations, t->relation);
		put_entity_tag(&r, &entity_tags, t->name_tag);
		rows_put(&r);
	}
	return rows_end(&r);
}
