/*
 * article_html.c - article_html(body text): the text as a page, what was found in it marked.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"

#include "page/article_html.h"
#include "pg/analysis.h"
#include "pg/context_arena.h"

PG_FUNCTION_INFO_V1(news_article_html);

/* Bytes of a text that are shown: marks make a page many times larger than its text, and a value holds 1 GB. */
#define MOST_OF_A_TEXT 2000000

/* The text, or its start and a sign that the rest was left out. */
static const text *
shown_part(const text *body)
{
	static const char rest_left_out[] = "\n\n[...]";
	const char *bytes = VARDATA_ANY(body);
	int			n_bytes = VARSIZE_ANY_EXHDR(body);
	text	   *start;

	if (n_bytes <= MOST_OF_A_TEXT)
		return body;
	n_bytes = pg_mbcliplen(bytes, n_bytes, MOST_OF_A_TEXT);
	start = palloc(VARHDRSZ + n_bytes + sizeof(rest_left_out) - 1);
	SET_VARSIZE(start, VARHDRSZ + n_bytes + sizeof(rest_left_out) - 1);
	memcpy(VARDATA(start), bytes, n_bytes);
	memcpy(VARDATA(start) + n_bytes, rest_left_out, sizeof(rest_left_out) - 1);
	return start;
}

Datum
news_article_html(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(shown_part(PG_GETARG_TEXT_PP(0)), ARTICLE_HTML_STAGES);
	size_t		n_bytes;
	char	   *html = article_html(doc, context_arena(CurrentMemoryContext), &n_bytes);

	PG_RETURN_TEXT_P(text_from_utf8(html, n_bytes));
}
