/*
 * marked_text.c - the text with its marks (see marked_text.h).
 *
 * The text is cut into regions, which do not overlap: stretches of quotes, the
 * mentions of their speakers, their cues.  Regions are cut again at the
 * borders of paragraphs.  Names are marked inside and outside of regions; one
 * that crosses a region's border is cut there.  So elements always nest.
 * A quote that lies inside others is given an empty region behind them.
 */
#include "page/marked_text.h"

#include <stdlib.h>
#include <string.h>

#define MOST_OF_A_TITLE 250

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
	bool		last;			/* no stretch of the quote behind it */
} region;

typedef struct marker
{
	page	   *p;
	const document *doc;
	const voices *v;
	region	   *regions;
	int32_t		n_regions;
	int32_t		capacity;
	int32_t		region;			/* the first that may lie ahead */
	int32_t		mention;		/* the same */
	bool	   *anchored;		/* quotes that have their id */
	bool	   *linked;			/* quotes that have their link */
} marker;

static int
by_place(const void *a, const void *b)
{
	const region *x = a,
			   *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if ((x->start == x->end) != (y->start == y->end))
		return x->start == x->end ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->quote > y->quote) - (x->quote < y->quote);
}

static void
add_region(marker *m, byte_span s, region_kind kind, int32_t quote)
{
	m->regions = arena_grow(m->p->memory, m->regions, m->n_regions, &m->capacity, sizeof(region));
	m->regions[m->n_regions++] = (region)
	{
		s.start, s.end, kind, quote, false
	};
}

/* Regions in text order, cut so that none overlaps an earlier one. */
static void
cut_overlaps(marker *m)
{
	int32_t		kept = 0;

	qsort(m->regions, (size_t) m->n_regions, sizeof(region), by_place);
	for (int32_t i = 0; i < m->n_regions; i++)
	{
		uint32_t	free_from = kept ? m->regions[kept - 1].end : 0;
		region		r = m->regions[i];

		if (r.start < free_from)
			r.start = free_from;
		if (r.start < r.end)
			m->regions[kept++] = r;
	}
	m->n_regions = kept;
}

static void
collect_regions(marker *m)
{
	const document *doc = m->doc;
	bool	   *seen = arena_zero_array(m->p->memory, bool, doc->n_quotes);
	int32_t		n_cut,
				at = 0;

	for (int32_t q = 0; q < doc->n_quotes; q++)
	{
		const quote *x = &doc->quotes[q];

		for (int32_t i = 0; i < x->n_content; i++)
			if (x->content[i].start < x->content[i].end)
				add_region(m, x->content[i], REGION_QUOTE, q);
		if (x->source.start < x->source.end)
			add_region(m, x->source, REGION_SOURCE, q);
		if (x->cue.start < x->cue.end)
			add_region(m, x->cue, REGION_CUE, q);
	}
	if (m->n_regions == 0)
		return;
	cut_overlaps(m);
	for (int32_t i = 0; i < m->n_regions; i++)
		seen[m->regions[i].quote] |= m->regions[i].kind == REGION_QUOTE;
	n_cut = m->n_regions;
	for (int32_t q = 0; q < doc->n_quotes; q++)
	{
		uint32_t	start = doc->quotes[q].n_content ? doc->quotes[q].content[0].start : 0;

		if (seen[q])
			continue;
		while (at < n_cut && m->regions[at].end <= start)
			at++;
		if (at < n_cut && m->regions[at].start < start)
			start = m->regions[at].end;
		add_region(m, (byte_span) {start, start}, REGION_QUOTE, q);
	}
	qsort(m->regions, (size_t) m->n_regions, sizeof(region), by_place);
	memset(seen, 0, (size_t) doc->n_quotes);
	for (int32_t i = m->n_regions - 1; i >= 0; i--)
		if (m->regions[i].kind == REGION_QUOTE)
		{
			m->regions[i].last = !seen[m->regions[i].quote];
			seen[m->regions[i].quote] = true;
		}
}

void
put_voice_class(page *p, const voices *v, int32_t voice, const char *what)
{
	page_raw(p, " class=\"");
	page_raw(p, what);
	if (v->all[voice].name)
	{
		page_raw(p, " h");
		page_int(p, voice % N_HUES);
		if (voice < N_HIGHLIGHTS)
		{
			page_raw(p, " v");
			page_int(p, voice);
		}
	}
	else
		page_raw(p, " unknown");
	page_raw(p, "\"");
}

void
put_quote_label(page *p, const document *doc, const quote *q)
{
	const char *speaker = q->speaker ? q->speaker : "speaker unknown";

	page_start(p, speaker, strlen(speaker), MOST_OF_A_NAME);
	if (q->cue.start < q->cue.end)
	{
		page_raw(p, ", ");
		page_start(p, doc->text + q->cue.start, q->cue.end - q->cue.start, MOST_OF_A_NAME);
	}
}

static void
open_region(marker *m, const region *r)
{
	page	   *p = m->p;
	const quote *q = &m->doc->quotes[r->quote];
	int32_t		voice = m->v->of_quote[r->quote];

	page_raw(p, "<span");
	if (r->kind == REGION_QUOTE)
	{
		put_voice_class(p, m->v, voice, q->kind == QUOTE_INDIRECT ? "quote indirect" : "quote");
		if (!m->anchored[r->quote])
		{
			page_raw(p, " id=\"q");
			page_int(p, r->quote + 1);
			page_raw(p, "\"");
			m->anchored[r->quote] = true;
		}
		page_raw(p, " role=\"mark\" aria-details=\"w");
		page_int(p, r->quote + 1);
		page_raw(p, "\" title=\"");
		put_quote_label(p, m->doc, q);
		page_raw(p, "\">");
	}
	else
	{
		put_voice_class(p, m->v, voice, r->kind == REGION_SOURCE ? "source" : "cue");
		page_raw(p, ">");
	}
}

static void
put_link(marker *m, int32_t quote)
{
	page	   *p = m->p;

	m->linked[quote] = true;
	page_raw(p, "<a");
	put_voice_class(p, m->v, m->v->of_quote[quote], "num");
	page_raw(p, " href=\"#w");
	page_int(p, quote + 1);
	page_raw(p, "\" aria-label=\"Quote ");
	page_int(p, quote + 1);
	page_raw(p, ": ");
	put_quote_label(p, m->doc, &m->doc->quotes[quote]);
	page_raw(p, "\">");
	page_int(p, quote + 1);
	page_raw(p, "</a>");
}

static void
open_name(marker *m, const mention *x)
{
	page	   *p = m->p;
	int32_t		voice = x->entity >= 0 ? m->v->of_entity[x->entity] : -1;

	page_raw(p, "<span class=\"name ");
	page_raw(p, entity_kind_names[x->kind]);
	if (voice >= 0 && voice < N_HIGHLIGHTS)
	{
		page_raw(p, " v");
		page_int(p, voice);
	}
	page_raw(p, "\" title=\"");
	page_raw(p, entity_kind_names[x->kind]);
	if (x->entity >= 0)
	{
		const char *full = m->doc->entities[x->entity].name;

		page_raw(p, ": ");
		page_start(p, full, strlen(full), MOST_OF_A_NAME);
	}
	page_raw(p, "\">");
}

/* Bytes of the quotation mark that closes at `at`, 0 when none stands there. */
static uint32_t
closing_mark(const document *doc, uint32_t at, uint32_t limit)
{
	static const char *const marks[] = {"\"", "”", "’", "»", "“", "'"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
	{
		uint32_t	n = (uint32_t) strlen(marks[i]);

		if (at + n <= limit && memcmp(doc->text + at, marks[i], n) == 0)
			return n;
	}
	return 0;
}

/* Text from `from` to `to` with its names marked. */
static void
put_names(marker *m, uint32_t from, uint32_t to)
{
	const document *doc = m->doc;

	while (m->mention < doc->n_mentions && doc->tokens[doc->mentions[m->mention].end - 1].end_byte <= from)
		m->mention++;
	for (int32_t i = m->mention; i < doc->n_mentions && from < to; i++)
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
		page_text(m->p, doc->text + from, start - from);
		open_name(m, x);
		page_text(m->p, doc->text + start, end - start);
		page_raw(m->p, "</span>");
		from = end;
	}
	page_text(m->p, doc->text + from, to - from);
}

/*
 * From where paragraph i starts to where the next one does, without the space at the ends: the reader passes over what
 * looks like markup, but a page of the text leaves out nothing.
 */
static byte_span
stretch_of_paragraph(const document *doc, int32_t i)
{
	byte_span	s = {i > 0 ? doc->paragraphs[i].start_byte : 0,
	i + 1 < doc->n_paragraphs ? doc->paragraphs[i + 1].start_byte : doc->n_bytes};

	while (s.end > s.start && strchr(" \t\r\n", doc->text[s.end - 1]))
		s.end--;
	while (s.start < s.end && strchr(" \t\r\n", doc->text[s.start]))
		s.start++;
	return s;
}

static void
put_paragraph(marker *m, byte_span par, const char *open, const char *close)
{
	uint32_t	at = par.start;

	page_raw(m->p, open);
	for (; m->region < m->n_regions && m->regions[m->region].start <= par.end; m->region++)
	{
		const region *r = &m->regions[m->region];
		uint32_t	start = r->start < at ? at : r->start;
		uint32_t	end = r->end > par.end ? par.end : r->end;

		if (r->start < r->end && r->start >= par.end)
			break;
		if (start < end || (r->kind == REGION_QUOTE && !m->anchored[r->quote]))
		{
			end = end < start ? start : end;
			put_names(m, at, start);
			open_region(m, r);
			put_names(m, start, end);
			page_raw(m->p, "</span>");
			at = end;
		}
		if (r->end > par.end)
			break;
		if (r->last)
		{
			uint32_t	limit = m->region + 1 < m->n_regions && r[1].start < par.end ? r[1].start : par.end;
			uint32_t	mark = r->start < r->end ? closing_mark(m->doc, at, limit) : 0;

			put_names(m, at, at + mark);
			at += mark;
			put_link(m, r->quote);
		}
	}
	put_names(m, at, par.end);
	page_raw(m->p, close);
}

/* What no paragraph held, so that every link of the page has its end. */
static void
put_rest(marker *m)
{
	bool		open = false;

	for (int32_t q = 0; q < m->doc->n_quotes; q++)
	{
		if (m->anchored[q] && m->linked[q])
			continue;
		page_raw(m->p, open ? " " : "<p>");
		open = true;
		if (!m->anchored[q])
		{
			page_raw(m->p, "<span id=\"q");
			page_int(m->p, q + 1);
			page_raw(m->p, "\"></span>");
		}
		if (!m->linked[q])
			put_link(m, q);
	}
	if (open)
		page_raw(m->p, "</p>\n");
}

/* Is the first paragraph the title?  A short line without a full stop above others, whatever its capitals. */
static bool
is_titled(const document *doc)
{
	const paragraph *par = doc->paragraphs;

	if (doc->n_paragraphs < 2 || par->end_byte - par->start_byte > MOST_OF_A_TITLE || par->end_sentence - par->first_sentence > 1)
		return false;
	return par->kind == PARAGRAPH_HEADING || (par->kind == PARAGRAPH_BODY && !strchr(".!,:;", doc->text[par->end_byte - 1]));
}

void
put_marked_text(page *p, const document *doc, const voices *v)
{
	marker		m = {p, doc, v, NULL, 0, 0, 0, 0, arena_zero_array(p->memory, bool, doc->n_quotes),
	arena_zero_array(p->memory, bool, doc->n_quotes)};
	bool		titled = is_titled(doc);

	collect_regions(&m);
	if (!titled)
		page_raw(p, "<h1 class=\"unseen\">Article</h1>\n");
	if (doc->n_paragraphs == 0)
		put_paragraph(&m, (byte_span) {0, doc->n_bytes}, "<p>", "</p>\n");
	for (int32_t i = 0; i < doc->n_paragraphs; i++)
	{
		byte_span	s = stretch_of_paragraph(doc, i);

		if (i == 0 && titled)
			put_paragraph(&m, s, "<h1>", "</h1>\n");
		else if (doc->paragraphs[i].kind == PARAGRAPH_HEADING)
			put_paragraph(&m, s, "<h2>", "</h2>\n");
		else if (doc->paragraphs[i].kind == PARAGRAPH_BOILERPLATE)
			put_paragraph(&m, s, "<p class=\"boilerplate\">", "</p>\n");
		else
			put_paragraph(&m, s, "<p>", "</p>\n");
	}
	put_rest(&m);
}
