/*
 * article_html.c - a document as a page.
 *
 * The text is cut into regions, which do not overlap: stretches of quotes, the
 * mentions of their speakers, their cues.  Regions are cut again at the
 * borders of paragraphs.  Names are marked inside and outside of regions; one
 * that crosses a region's border is cut there.  So elements always nest.
 */
#include "page/article_html.h"

#include <stdlib.h>
#include <string.h>

#include "page/page.h"
#include "topic/tree.h"

typedef enum region_kind
{
	REGION_QUOTE, REGION_SOURCE, REGION_CUE
} region_kind;

typedef struct region
{
	uint32_t	start;			/* bytes */
	uint32_t	end;
	region_kind kind;
	int32_t		quote;
	bool		first;			/* the quote's first stretch: its link's target */
} region;

static const char *const style =
	":root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--soft:#66676b;--line:#dcdce0;--quote:#e8f1fc;--source:#fdebc8;--cue:#efe6fb;--link:#0b57d0}"
	"@media(prefers-color-scheme:dark){:root{--ink:#e9e9ea;--paper:#17181a;--soft:#a2a4a9;--line:#3a3b40;--quote:#1c3550;--source:#4c3a12;--cue:#3a2d52;--link:#8ab4f8}}"
	"*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 Georgia,'Times New Roman',serif}"
	".page{max-width:76rem;margin:0 auto;padding:1.5rem;display:grid;grid-template-columns:minmax(0,2fr) minmax(16rem,1fr);gap:2.5rem}"
	"@media(max-width:56rem){.page{display:block}}h1{font-size:1.7rem;line-height:1.25;margin:0 0 1rem}h2{font:600 .85rem/1.3 system-ui,sans-serif;"
	"text-transform:uppercase;letter-spacing:.06em;color:var(--soft);margin:1.6rem 0 .5rem}p{margin:0 0 1rem;white-space:pre-line}"
	"aside{font:.9rem/1.45 system-ui,sans-serif}aside ol,aside ul{padding-left:1.3rem;margin:0}aside li{margin:0 0 .6rem}"
	".quote{background:var(--quote);border-radius:.2em;padding:.05em .1em}.quote.indirect{background:none;border-bottom:2px dotted var(--link)}"
	".source{background:var(--source);border-radius:.2em}.cue{background:var(--cue);border-radius:.2em}"
	".name{text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:.2em;text-decoration-color:var(--soft)}"
	".soft{color:var(--soft)}a{color:var(--link)}a:focus-visible,:target{outline:3px solid var(--link);outline-offset:2px}"
	".bar{display:inline-block;height:.55em;background:var(--link);border-radius:.2em;vertical-align:middle}";

static void
text_z(page *p, const char *s)
{
	page_text(p, s, strlen(s));
}

static int
by_place(const void *a, const void *b)
{
	const region *x = a,
			   *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->quote > y->quote) - (x->quote < y->quote);
}

/* Regions of all quotes in text order, cut so that none overlaps an earlier one. */
static region *
collect_regions(const document *doc, int32_t *n)
{
	int32_t		capacity = 0,
				kept = 0;
	region	   *regions = NULL;

	*n = 0;
	for (int32_t q = 0; q < doc->n_quotes; q++)
	{
		const quote *x = &doc->quotes[q];

		for (int32_t i = 0; i < x->n_content + 2; i++)
		{
			bool		content = i < x->n_content;
			byte_span	s = content ? x->content[i] : i == x->n_content ? x->source : x->cue;
			region_kind kind = content ? REGION_QUOTE : i == x->n_content ? REGION_SOURCE : REGION_CUE;

			if (s.start >= s.end)
				continue;
			regions = arena_grow(doc->memory, regions, *n, &capacity, sizeof(region));
			regions[(*n)++] = (region)
			{
				s.start, s.end, kind, q, i == 0
			};
		}
	}
	if (*n > 0)
		qsort(regions, (size_t) *n, sizeof(region), by_place);
	for (int32_t i = 0; i < *n; i++)
	{
		uint32_t	free_from = kept ? regions[kept - 1].end : 0;
		region		r = regions[i];

		if (r.start < free_from)
			r.start = free_from;
		if (r.start < r.end)
			regions[kept++] = r;
	}
	*n = kept;
	return regions;
}

static void
put_label(page *p, const document *doc, const quote *q)
{
	text_z(p, q->speaker ? q->speaker : "speaker unknown");
	if (q->cue.start < q->cue.end)
	{
		page_raw(p, ", ");
		page_text(p, doc->text + q->cue.start, q->cue.end - q->cue.start);
	}
}

static void
open_region(page *p, const document *doc, const region *r, bool continued)
{
	const quote *q = &doc->quotes[r->quote];

	if (r->kind == REGION_QUOTE)
	{
		page_raw(p, q->kind == QUOTE_INDIRECT ? "<span class=\"quote indirect\"" : "<span class=\"quote\"");
		if (r->first && !continued)
		{
			page_raw(p, " id=\"q");
			page_int(p, r->quote + 1);
			page_raw(p, "\"");
		}
		page_raw(p, " title=\"");
		put_label(p, doc, q);
		page_raw(p, "\">");
	}
	else
		page_raw(p, r->kind == REGION_SOURCE ? "<span class=\"source\">" : "<span class=\"cue\">");
}

/* Text from `from` to `to` with its names marked; *m is the first mention that may lie there. */
static void
put_names(page *p, const document *doc, uint32_t from, uint32_t to, int32_t *m)
{
	while (*m < doc->n_mentions && doc->tokens[doc->mentions[*m].end - 1].end_byte <= from)
		(*m)++;
	for (int32_t i = *m; i < doc->n_mentions && from < to; i++)
	{
		const mention *x = &doc->mentions[i];
		uint32_t	start = doc->tokens[x->start].start_byte,
					end = doc->tokens[x->end - 1].end_byte;

		if (start >= to)
			break;
		start = start < from ? from : start;
		end = end > to ? to : end;
		if (start >= end)
			continue;
		page_text(p, doc->text + from, start - from);
		page_raw(p, "<span class=\"name\" title=\"");
		page_raw(p, entity_kind_names[x->kind]);
		if (x->entity >= 0)
		{
			page_raw(p, ": ");
			text_z(p, doc->entities[x->entity].name);
		}
		page_raw(p, "\">");
		page_text(p, doc->text + start, end - start);
		page_raw(p, "</span>");
		from = end;
	}
	page_text(p, doc->text + from, to - from);
}

static void
put_paragraph(page *p, const document *doc, const paragraph *par, const region *regions, int32_t n_regions, int32_t *r, int32_t *m, bool heading)
{
	uint32_t	at = par->start_byte;

	page_raw(p, heading ? "<h1>" : "<p>");
	while (*r < n_regions && regions[*r].end <= par->start_byte)
		(*r)++;
	for (int32_t i = *r; i < n_regions && regions[i].start < par->end_byte; i++)
	{
		uint32_t	start = regions[i].start < par->start_byte ? par->start_byte : regions[i].start;
		uint32_t	end = regions[i].end > par->end_byte ? par->end_byte : regions[i].end;

		put_names(p, doc, at, start, m);
		open_region(p, doc, &regions[i], regions[i].start < par->start_byte);
		put_names(p, doc, start, end, m);
		page_raw(p, "</span>");
		at = end;
	}
	put_names(p, doc, at, par->end_byte, m);
	page_raw(p, heading ? "</h1>\n" : "</p>\n");
}

static void
put_text(page *p, const document *doc)
{
	int32_t		n_regions,
				r = 0,
				m = 0;
	region	   *regions = collect_regions(doc, &n_regions);

	page_raw(p, "<main lang=\"en\">\n");
	for (int32_t i = 0; i < doc->n_paragraphs; i++)
		put_paragraph(p, doc, &doc->paragraphs[i], regions, n_regions, &r, &m,
					  i == 0 && doc->n_paragraphs > 1 && doc->paragraphs[0].kind == PARAGRAPH_HEADING);
	page_raw(p, "</main>\n");
}

static void
put_quotes(page *p, const document *doc)
{
	if (doc->n_quotes == 0)
		return;
	page_raw(p, "<nav aria-labelledby=\"quotes\"><h2 id=\"quotes\">Who said what</h2><ol>\n");
	for (int32_t i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];
		uint32_t	start = q->content[0].start,
					end = q->content[0].end;

		if (end - start > 120)
			for (end = start + 120; end > start && ((unsigned char) doc->text[end] & 0xC0) == 0x80; end--)
				;
		page_raw(p, "<li><a href=\"#q");
		page_int(p, i + 1);
		page_raw(p, "\">");
		put_label(p, doc, q);
		page_raw(p, "</a>");
		if (q->role)
		{
			page_raw(p, " <span class=\"soft\">(");
			text_z(p, q->role);
			page_raw(p, ")</span>");
		}
		page_raw(p, "<br>");
		page_text(p, doc->text + start, end - start);
		page_raw(p, end < q->content[0].end ? "…</li>\n" : "</li>\n");
	}
	page_raw(p, "</ol></nav>\n");
}

static void
put_bar(page *p, float share)
{
	page_raw(p, " <span class=\"bar\" aria-hidden=\"true\" style=\"width:");
	page_int(p, (long) (share * 60));
	page_raw(p, "px\"></span>");
}

static void
put_topics(page *p, const document *doc)
{
	if (doc->n_topics == 0)
		return;
	page_raw(p, "<section aria-labelledby=\"topics\"><h2 id=\"topics\">Topics</h2><ul>\n");
	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		page_raw(p, "<li>");
		text_z(p, topic_tree_row(doc->topics[i].concept)->label);
		put_bar(p, doc->topics[i].score);
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul></section>\n");
}

static void
put_entities(page *p, const document *doc)
{
	if (doc->n_entities == 0)
		return;
	page_raw(p, "<section aria-labelledby=\"names\"><h2 id=\"names\">Names</h2><ul>\n");
	for (int32_t i = 0; i < doc->n_entities; i++)
	{
		const entity *e = &doc->entities[doc->by_salience[i]];

		page_raw(p, "<li>");
		text_z(p, e->name);
		page_raw(p, " <span class=\"soft\">");
		page_raw(p, entity_kind_names[e->kind]);
		if (e->role)
		{
			page_raw(p, ", ");
			text_z(p, e->role);
		}
		page_raw(p, ", ");
		page_int(p, e->n_mentions);
		page_raw(p, "×</span>");
		put_bar(p, e->salience);
		page_raw(p, "</li>\n");
	}
	page_raw(p, "</ul></section>\n");
}

char *
article_html(const document *doc, size_t *n_bytes)
{
	page		p = page_begin(doc->memory);

	page_raw(&p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
			 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>");
	if (doc->n_paragraphs > 0)
	{
		uint32_t	start = doc->paragraphs[0].start_byte,
					end = doc->paragraphs[0].end_byte;

		if (end - start > 100)
			for (end = start + 100; end > start && ((unsigned char) doc->text[end] & 0xC0) == 0x80; end--)
				;
		page_text(&p, doc->text + start, end - start);
	}
	page_raw(&p, "</title>\n<style>");
	page_raw(&p, style);
	page_raw(&p, "</style>\n</head>\n<body>\n<div class=\"page\">\n");
	put_text(&p, doc);
	page_raw(&p, "<aside aria-label=\"What was found\">\n");
	put_quotes(&p, doc);
	put_topics(&p, doc);
	put_entities(&p, doc);
	page_raw(&p, "</aside>\n</div>\n</body>\n</html>\n");
	return page_end(&p, n_bytes);
}
