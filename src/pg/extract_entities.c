/*
 * extract_entities.c - extract_entities(body text): whom and what a text names.
 */
#include "postgres.h"

#include "fmgr.h"

#include "pg/analysis.h"
#include "pg/rows.h"

PG_FUNCTION_INFO_V1(news_extract_entities);

/*
 * Mentions by entity: spans[first[e] .. first[e + 1]) are entity e's, in text order.
 */
static byte_span *
spans_by_entity(const document *doc, int32_t **first)
{
	byte_span  *spans = palloc(sizeof(byte_span) * (Size) (doc->n_mentions + 1));
	int32_t    *at = palloc0(sizeof(int32_t) * (Size) (doc->n_entities + 2));

	for (int32_t m = 0; m < doc->n_mentions; m++)
		if (doc->mentions[m].entity >= 0)
			at[doc->mentions[m].entity + 2]++;
	for (int32_t e = 0; e < doc->n_entities; e++)
		at[e + 2] += at[e + 1];
	for (int32_t m = 0; m < doc->n_mentions; m++)
	{
		const mention *x = &doc->mentions[m];

		if (x->entity >= 0)
			spans[at[x->entity + 1]++] = (byte_span)
		{
			doc->tokens[x->start].start_byte, doc->tokens[x->end - 1].end_byte
		};
	}
	*first = at;
	return spans;
}

static void
put_entity(rows *r, const entity *e, const byte_span *spans, int32_t n_spans)
{
	rows_text(r, e->name);
	rows_text(r, entity_kind_names[e->kind]);
	rows_int(r, n_spans);
	rows_multirange(r, spans, n_spans);
	rows_real(r, e->salience);
	rows_text(r, e->role);
	rows_texts(r, e->aliases, e->n_aliases);
	rows_text(r, e->country[0] ? e->country : NULL);
	rows_text(r, e->wikidata && e->wikidata[0] ? e->wikidata : NULL);
	if (e->has_location)
		rows_point(r, e->longitude, e->latitude);
	else
		rows_null(r);
	rows_put(r);
}

Datum
news_extract_entities(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_ENTITIES);
	int32_t    *first;
	byte_span  *spans = spans_by_entity(doc, &first);
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		int32_t		e = doc->by_salience[i];

		put_entity(&r, &doc->entities[e], spans + first[e], first[e + 1] - first[e]);
	}
	return rows_end(&r);
}
