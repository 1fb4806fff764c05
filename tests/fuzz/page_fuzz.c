/*
 * page_fuzz.c - fuzzes article_html: whatever the text, the page is well-formed.
 */
#include <stdlib.h>

#include "../unit/check.h"
#include "page/article_html.h"
#include "page_shape.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), (const char *) data, (uint32_t) n_bytes);
	size_t		n;
	const char *html,
			   *broken;

	document_need(doc, ARTICLE_HTML_STAGES);
	html = article_html(doc, doc->memory, &n);
	broken = broken_page(doc, html, n);
	if (broken)
	{
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	check_free();
	return 0;
}
