/*
 * news_page.c - what pages written in SQL take from the core: their head and
 * the escaping of everything that comes from articles.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "page/page.h"
#include "pg/analysis.h"
#include "pg/context_arena.h"

PG_FUNCTION_INFO_V1(news_html);
PG_FUNCTION_INFO_V1(news_page_head);

/* Every multibyte encoding of a server leaves ASCII to ASCII, so that the escapes need no conversion. */
Datum
news_html(PG_FUNCTION_ARGS)
{
	text	   *t = PG_GETARG_TEXT_PP(0);
	page		p = page_begin(context_arena(CurrentMemoryContext));
	size_t		n_bytes;
	char	   *html;

	page_text(&p, VARDATA_ANY(t), VARSIZE_ANY_EXHDR(t));
	html = page_end(&p, &n_bytes);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(html, (int) n_bytes));
}

Datum
news_page_head(PG_FUNCTION_ARGS)
{
	text	   *title = PG_GETARG_TEXT_PP(0);
	page		p = page_begin(context_arena(CurrentMemoryContext));
	Size		n_title;
	const char *utf8 = utf8_from_server(VARDATA_ANY(title), VARSIZE_ANY_EXHDR(title), &n_title);
	size_t		n_bytes;
	char	   *html;

	page_head(&p, utf8, n_title, page_report_style());
	html = page_end(&p, &n_bytes);
	PG_RETURN_TEXT_P(text_from_utf8(html, n_bytes));
}
