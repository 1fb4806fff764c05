/*
 * html_to_text.c - html_to_text(html): the paragraphs of an HTML body.
 *
 * The work is done in a context of its own, since the tree is many times larger than the text.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "pg/analysis.h"
#include "text/html.h"

PG_FUNCTION_INFO_V1(news_html_to_text);

static void *
take_block(void *context, size_t n_bytes)
{
	CHECK_FOR_INTERRUPTS();
	return MemoryContextAllocHuge((MemoryContext) context, n_bytes);
}

Datum
news_html_to_text(PG_FUNCTION_ARGS)
{
	text	   *html = PG_GETARG_TEXT_PP(0);
	MemoryContext work = AllocSetContextCreate(CurrentMemoryContext, "news_analytics html", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(work);
	block_source source = {take_block, work};
	int			n_html = VARSIZE_ANY_EXHDR(html);
	char	   *utf8 = pg_server_to_any(VARDATA_ANY(html), n_html, PG_UTF8);
	size_t		n_text;
	char	   *paragraphs;
	text	   *result;

	if (utf8 != VARDATA_ANY(html))
		n_html = (int) strlen(utf8);
	paragraphs = html_to_text(arena_create(source), utf8, (size_t) n_html, &n_text);
	MemoryContextSwitchTo(old);
	result = text_from_utf8(paragraphs, n_text);
	MemoryContextDelete(work);
	PG_RETURN_TEXT_P(result);
}
