/*
 * extract_topics.c - extract_topics(body text), topic_tree() and mediatopic_path(code): what a text is about.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "pg/analysis.h"
#include "pg/rows.h"
#include "topic/tree.h"

PG_FUNCTION_INFO_V1(news_extract_topics);
PG_FUNCTION_INFO_V1(news_topic_tree);
PG_FUNCTION_INFO_V1(news_mediatopic_path);

/* Labels from the root to the row, joined by " > ". */
static char *
path_of(int32_t row)
{
	StringInfoData path;
	int32_t		line[16];
	int			n = 0;

	for (; row >= 0 && n < (int) lengthof(line); row = topic_tree_row(row)->parent)
		line[n++] = row;
	initStringInfo(&path);
	while (n-- > 0)
	{
		appendStringInfoString(&path, topic_tree_row(line[n])->label);
		if (n > 0)
			appendStringInfoString(&path, " > ");
	}
	return path.data;
}

Datum
news_extract_topics(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), STAGE_TOPICS);
	rows		r = rows_begin(fcinfo, doc);

	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		const topic *t = &doc->topics[i];
		const topic_tree_entry *concept = topic_tree_row(t->concept);

		rows_text(&r, concept->label);
		rows_text(&r, concept->code);
		rows_int(&r, concept->level);
		rows_real(&r, t->score);
		rows_text(&r, path_of(t->concept));
		rows_multirange(&r, t->evidence, t->n_evidence);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_topic_tree(PG_FUNCTION_ARGS)
{
	rows		r = rows_begin(fcinfo, NULL);

	for (int32_t i = 0; i < topic_tree_size(); i++)
	{
		const topic_tree_entry *concept = topic_tree_row(i);

		rows_text(&r, concept->code);
		rows_text(&r, concept->label);
		rows_int(&r, concept->level);
		rows_text(&r, concept->parent >= 0 ? topic_tree_row(concept->parent)->code : NULL);
		rows_text(&r, concept->definition);
		rows_text(&r, concept->wikidata[0] ? concept->wikidata : NULL);
		rows_put(&r);
	}
	return rows_end(&r);
}

Datum
news_mediatopic_path(PG_FUNCTION_ARGS)
{
	int32_t		row = topic_tree_find(text_to_cstring(PG_GETARG_TEXT_PP(0)));
	char	   *path;

	if (row < 0)
		PG_RETURN_NULL();
	path = path_of(row);
	PG_RETURN_TEXT_P(text_from_utf8(path, strlen(path)));
}
