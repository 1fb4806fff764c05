/*
 * article_html.c - a document as a page (see article_html.h).
 *
 * Colour, number and link say the same thing: the quotes of a speaker have
 * one colour, a quote's number stands behind it and before its line in the
 * list, and each number is a link to the other.  Whatever of a speaker the
 * pointer or the keyboard touches lights up everywhere on the page, by rules of
 * the style sheet (:has), for there is no script.
 */
#include "page/article_html.h"

#include "page/marked_text.h"
#include "page/page.h"
#include "topic/tree.h"

#define SHOWN_OF_A_QUOTE 140
#define SHOWN_KEYPHRASES 12

/* Which kinds of names come first in the list, and what they are called there. */
static const struct
{
	entity_kind kind;
	const char *heading;
}			name_groups[] = {
	{KIND_PERSON, "People"}, {KIND_ORGANIZATION, "Organizations"}, {KIND_PLACE, "Places"}, {KIND_FACILITY, "Facilities"},
	{KIND_NATIONALITY, "Nationalities"}, {KIND_EVENT, "Events"}, {KIND_PRODUCT, "Products"}, {KIND_WORK, "Works"}, {KIND_LAW, "Laws"},
	{KIND_AWARD, "Awards"}, {KIND_LANGUAGE, "Languages"}
};

/* Rules by which all of a voice lights up. */
static const char *
highlight_style(arena *memory, const voices *v)
{
	page		p = page_begin(memory);
	size_t		n_bytes;

	for (int32_t i = 0; i < v->n && i < N_HIGHLIGHTS; i++)
	{
		if (!v->all[i].name)
			continue;
		page_raw(&p, "body:has(.v");
		page_int(&p, i);
		page_raw(&p, ":hover,.v");
		page_int(&p, i);
		page_raw(&p, ":focus-visible) .v");
		page_int(&p, i);
		page_raw(&p, ":is(.quote,.source,.name,.voice){box-shadow:0 0 0 2px hsl(var(--h,220) var(--deep))}\n");
	}
	return page_end(&p, &n_bytes);
}

static void
put_topics(page *p, const document *doc)
{
	if (doc->n_topics == 0)
		return;
	page_raw(p, "<ul class=\"chips\" aria-label=\"Topics\">\n");
	for (int32_t i = 0; i < doc->n_topics; i++)
	{
		int32_t		path[TOPIC_TREE_DEPTH];
		int			n = topic_tree_path(doc->topics[i].concept, path);

		page_raw(p, "<li title=\"");
		for (int j = 0; j < n; j++)
		{
			page_raw(p, j ? " &gt; " : "");
			page_string(p, topic_tree_row(path[j])->label);
		}
		page_raw(p, "\">");
		page_string(p, topic_tree_row(doc->topics[i].concept)->label);
		page_raw(p, " <span class=\"soft\">");
		page_int(p, (long) (doc->topics[i].score * 100 + 0.5f));
		page_raw(p, "%</span></li>\n");
	}
	page_raw(p, "</ul>\n");
}

static void
put_count(page *p, long n, const char *one, const char *more)
{
	page_int(p, n);
	page_raw(p, n == 1 ? one : more);
}

static void
put_header(page *p, const document *doc, const voices *v)
{
	long		words = 0;

	for (int32_t i = 0; i < doc->n_tokens; i++)
		words += !(doc->tokens[i].flags & (TOKEN_PUNCTUATION | TOKEN_CLITIC));
	page_raw(p, "<header class=\"top\">\n");
	if (doc->n_quotes > 0)
		page_raw(p, "<a class=\"skip\" href=\"#found\">Skip to who said what</a>\n");
	put_topics(p, doc);
	page_raw(p, "<ul class=\"legend\" aria-label=\"Legend\">\n<li>");
	put_count(p, words, " word", " words");
	page_raw(p, ", ");
	put_count(p, doc->n_quotes, " quote", " quotes");
	page_raw(p, ", ");
	put_count(p, v->n_named, " speaker", " speakers");
	page_raw(p, ", ");
	put_count(p, doc->n_entities, " name", " names");
	page_raw(p, "</li>\n");
	if (doc->n_quotes > 0)
		page_raw(p, "<li class=\"h0\"><span class=\"quote h0\">words in quotation marks</span></li>\n"
				 "<li class=\"h0\"><span class=\"quote indirect h0\">reported words</span></li>\n"
				 "<li class=\"h0\"><span class=\"source h0\">speaker</span></li>\n"
				 "<li class=\"h0\"><span class=\"cue h0\">said</span></li>\n");
	if (doc->n_entities > 0)
		page_raw(p, "<li><span class=\"name person\">person</span></li>\n<li><span class=\"name organization\">organization</span></li>\n"
				 "<li><span class=\"name place\">place</span></li>\n<li><span class=\"name event\">other name</span></li>\n");
	page_raw(p, "</ul>\n</header>\n");
}

static void
put_quote_line(page *p, const document *doc, const voices *v, int32_t i)
{
	const quote *q = &doc->quotes[i];

	page_raw(p, "<li id=\"w");
	page_int(p, i + 1);
	page_raw(p, "\"><a");
	put_voice_class(p, v, v->of_quote[i], "num");
	page_raw(p, " href=\"#q");
	page_int(p, i + 1);
	page_raw(p, "\" aria-label=\"To quote ");
	page_int(p, i + 1);
	page_raw(p, " in the text\">");
	page_int(p, i + 1);
	page_raw(p, "</a><span>");
	if (q->cue.start < q->cue.end)
	{
		page_raw(p, "<span class=\"soft\">");
		page_start(p, doc->text + q->cue.start, q->cue.end - q->cue.start, MOST_OF_A_NAME);
		page_raw(p, "</span> ");
	}
	page_raw(p, "<q>");
	if (q->n_content > 0)
		page_start(p, doc->text + q->content[0].start, q->content[0].end - q->content[0].start, SHOWN_OF_A_QUOTE);
	page_raw(p, q->n_content > 1 ? " …</q></span></li>\n" : "</q></span></li>\n");
}

static void
put_voices(page *p, const document *doc, const voices *v)
{
	page_raw(p, "<section>\n<h2 id=\"said\">Who said what</h2>\n<ol>\n");
	for (int32_t i = 0; i < v->n; i++)
	{
		const voice *w = &v->all[i];

		page_raw(p, "<li");
		put_voice_class(p, v, i, "voice");
		page_raw(p, "><p><strong><bdi>");
		page_string(p, w->name ? w->name : "Nobody named");
		page_raw(p, "</bdi></strong> <span class=\"soft\">");
		if (w->role)
			page_string(p, w->role);
		else if (w->kind != KIND_NONE)
			page_raw(p, entity_kind_names[w->kind]);
		page_raw(p, "</span></p><ol>\n");
		for (int32_t q = w->first_quote; q >= 0; q = v->next_quote[q])
			put_quote_line(p, doc, v, q);
		page_raw(p, "</ol></li>\n");
	}
	page_raw(p, "</ol>\n</section>\n");
}

static void
put_name_row(page *p, const entity *e, float most)
{
	page_raw(p, "<li><span><bdi>");
	page_string(p, e->name);
	page_raw(p, "</bdi>");
	if (e->role)
	{
		page_raw(p, " <span class=\"soft\">");
		page_string(p, e->role);
		page_raw(p, "</span>");
	}
	page_raw(p, "<span class=\"bar\" aria-hidden=\"true\" style=\"width:");
	page_int(p, (long) (most > 0 ? e->salience / most * 100 : 0));
	page_raw(p, "%\"></span></span> <span class=\"soft\">");
	page_int(p, e->n_mentions);
	page_raw(p, "×</span></li>\n");
}

static void
put_names_found(page *p, const document *doc)
{
	float		most = doc->n_entities ? doc->entities[doc->by_salience[0]].salience : 0;

	if (doc->n_entities == 0)
		return;
	page_raw(p, "<section aria-labelledby=\"names\">\n<h2 id=\"names\">Names</h2>\n<div class=\"groups\">\n");
	for (size_t g = 0; g < sizeof(name_groups) / sizeof(name_groups[0]); g++)
	{
		bool		open = false;

		for (int32_t i = 0; i < doc->n_entities; i++)
		{
			const entity *e = &doc->entities[doc->by_salience[i]];

			if (e->kind != name_groups[g].kind)
				continue;
			if (!open)
			{
				page_raw(p, "<div>\n<h3 class=\"group\">");
				page_raw(p, name_groups[g].heading);
				page_raw(p, "</h3>\n<ul class=\"names\">\n");
			}
			open = true;
			put_name_row(p, e, most);
		}
		if (open)
			page_raw(p, "</ul>\n</div>\n");
	}
	page_raw(p, "</div>\n</section>\n");
}

static void
put_keyphrases(page *p, const document *doc)
{
	if (doc->n_keyphrases == 0)
		return;
	page_raw(p, "<section aria-labelledby=\"phrases\">\n<h2 id=\"phrases\">Key phrases</h2>\n<ul class=\"chips\">\n");
	for (int32_t i = 0; i < doc->n_keyphrases && i < SHOWN_KEYPHRASES; i++)
	{
		page_raw(p, "<li><bdi>");
		page_string(p, doc->keyphrases[i].phrase);
		page_raw(p, "</bdi></li>\n");
	}
	page_raw(p, "</ul>\n</section>\n");
}

char *
article_html(const document *doc, arena *memory, size_t *n_bytes)
{
	page		p = page_begin(memory);
	voices		v = find_voices(doc, memory);

	if (doc->n_paragraphs > 0)
		page_head(&p, doc->text + doc->paragraphs[0].start_byte, doc->paragraphs[0].end_byte - doc->paragraphs[0].start_byte,
				  highlight_style(memory, &v));
	else
		page_head(&p, "Article", 7, NULL);
	page_raw(&p, "<div class=\"page\">\n");
	put_header(&p, doc, &v);
	page_raw(&p, "<div class=\"columns\">\n<main>\n");
	put_marked_text(&p, doc, &v);
	page_raw(&p, "</main>\n");
	if (doc->n_quotes > 0)
	{
		page_raw(&p, "<aside class=\"side\" id=\"found\" tabindex=\"-1\" aria-labelledby=\"said\">\n");
		put_voices(&p, doc, &v);
		page_raw(&p, "</aside>\n");
	}
	page_raw(&p, "<div class=\"under\">\n");
	put_keyphrases(&p, doc);
	put_names_found(&p, doc);
	page_raw(&p, "</div>\n</div>\n</div>\n");
	page_foot(&p);
	return page_end(&p, n_bytes);
}
