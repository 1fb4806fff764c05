/*
 * article_html.c - article_html(body text): the text as a page, what was found in it marked.
 */
#include "postgres.h"

#include "fmgr.h"

#include "page/article_html.h"
#include "pg/analysis.h"

PG_FUNCTION_INFO_V1(news_article_html);

Datum
news_article_html(PG_FUNCTION_ARGS)
{
	const document *doc = analysed(PG_GETARG_TEXT_PP(0), ARTICLE_HTML_STAGES);
	size_t		n_bytes;
	char	   *html = article_html(doc, &n_bytes);

	PG_RETURN_TEXT_P(text_from_utf8(html, n_bytes));
}
