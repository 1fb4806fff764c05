/*
 * html_to_text.c - html_to_text(html): the paragraphs of an HTML body.
 *
 * The work is done in a context of its own, since the tree is many times larger than the text.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "pg/analysis.h"
#include "pg/context_arena.h"
#include "text/html.h"

PG_FUNCTION_INFO_V1(news_html_to_text);

Datum
news_html_to_text(PG_FUNCTION_ARGS)
{
	text	   *html = PG_GETARG_TEXT_PP(0);
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "news_analytics html", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(work);
	Size		n_html;
	const char *utf8 = utf8_from_server(VARDATA_ANY(html), VARSIZE_ANY_EXHDR(html), &n_html);
	size_t		n_text;
	char	   *paragraphs;
	text	   *result;

	paragraphs = html_to_text(context_arena(work), utf8, n_html, &n_text);
	MemoryContextSwitchTo(old);
	result = text_from_utf8(paragraphs, n_text);
	MemoryContextDelete(work);
	PG_RETURN_TEXT_P(result);
}
