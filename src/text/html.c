/*
 * html.c - the text of an HTML body.
 *
 * html_clean makes the HTML harmless, libgumbo builds the tree by the rules of
 * HTML5, and a walk without recursion writes the text.  The tree lives in the arena.
 */
#include "text/html.h"

#include <gumbo.h>
#include <stdbool.h>
#include <string.h>

#include "text/html_clean.h"
#include "text/utf8.h"

/* What has to stand between the text written and the text to come. */
typedef enum gap
{
	GAP_NONE, GAP_SPACE, GAP_CELL, GAP_LINE, GAP_PARAGRAPH
} gap;

typedef struct writer
{
	arena	   *memory;
	char	   *out;
	size_t		n;
	size_t		capacity;
	gap			gap;
	int			n_pre;			/* <pre> elements open */
	bool		keep_all;		/* navigation and the like too */
	bool		left_out;		/* something was left out */
	const char *prefix;			/* of the list item to come */
} writer;

static void *
take(void *memory, size_t n_bytes)
{
	return arena_alloc(memory, n_bytes);
}

/* The arena goes as a whole. */
static void
give_back(void *memory, void *block)
{
	(void) memory;
	(void) block;
}

static void
write_bytes(writer *w, const char *s, size_t n)
{
	if (w->capacity - w->n < n + 1)
	{
		size_t		larger = w->capacity * 2 + n + 1;
		char	   *moved = arena_alloc(w->memory, larger);

		memcpy(moved, w->out, w->n);
		w->out = moved;
		w->capacity = larger;
	}
	memcpy(w->out + w->n, s, n);
	w->n += n;
}

static void
ask_gap(writer *w, gap g)
{
	if (g > w->gap)
		w->gap = g;
}

/* Writes what was asked for between two pieces of text. */
static void
write_gap(writer *w)
{
	static const char *const gaps[] = {"", " ", "\t", "\n", "\n\n"};

	if (w->n)
		write_bytes(w, gaps[w->gap], strlen(gaps[w->gap]));
	w->gap = GAP_NONE;
	write_bytes(w, w->prefix, strlen(w->prefix));
	w->prefix = "";
}

static bool
is_break(const char *s)
{
	return strncmp(s, LINE_BREAK, LINE_BREAK_BYTES) == 0;
}

static void
write_text(writer *w, const char *s)
{
	while (*s)
	{
		size_t		n;

		if (is_break(s) || (w->n_pre && *s == '\n'))
		{
			/* two breaks make a paragraph */
			ask_gap(w, w->gap == GAP_LINE ? GAP_PARAGRAPH : GAP_LINE);
			s += *s == '\n' ? 1 : LINE_BREAK_BYTES;
			continue;
		}
		if ((unsigned char) *s < 0x80 && ascii_class[(unsigned char) *s] == CLASS_SPACE)
		{
			ask_gap(w, GAP_SPACE);
			s++;
			continue;
		}
		n = 1;
		while (s[n] && !is_break(s + n) && ((unsigned char) s[n] >= 0x80 || ascii_class[(unsigned char) s[n]] != CLASS_SPACE))
			n++;
		write_gap(w);
		write_bytes(w, s, n);
		s += n;
	}
}

/* --- elements ---------------------------------------------------------------- */

static bool
is_left_out(writer *w, const GumboElement *e)
{
	if (gumbo_get_attribute(&e->attributes, "hidden"))
		return true;
	if (w->keep_all)
		return false;
	switch (e->tag)
	{
		case GUMBO_TAG_NAV:
		case GUMBO_TAG_ASIDE:
		case GUMBO_TAG_FOOTER:
		case GUMBO_TAG_FIGCAPTION:
			w->left_out = true;
			return true;
		default:
			return false;
	}
}

static gap
gap_of(const GumboElement *e)
{
	switch (e->tag)
	{
		case GUMBO_TAG_LI:
		case GUMBO_TAG_DD:
		case GUMBO_TAG_DT:
		case GUMBO_TAG_TR:
		case GUMBO_TAG_SUMMARY:
			return GAP_LINE;
		case GUMBO_TAG_TD:
		case GUMBO_TAG_TH:
			return GAP_CELL;
		case GUMBO_TAG_TBODY:
		case GUMBO_TAG_THEAD:
		case GUMBO_TAG_TFOOT:
			return GAP_LINE;
		case GUMBO_TAG_HTML:
		case GUMBO_TAG_HEAD:
			return GAP_NONE;
		default:
			return GAP_PARAGRAPH;
	}
}

static void
enter(writer *w, const GumboNode *node)
{
	const GumboElement *e = &node->v.element;

	ask_gap(w, gap_of(e));
	if (e->tag == GUMBO_TAG_PRE)
		w->n_pre++;
	if (e->tag == GUMBO_TAG_LI)
		w->prefix = "\xE2\x80\xA2 ";
}

static void
leave(writer *w, const GumboNode *node)
{
	const GumboElement *e = &node->v.element;

	ask_gap(w, gap_of(e));
	if (e->tag == GUMBO_TAG_PRE)
		w->n_pre--;
	if (e->tag == GUMBO_TAG_LI)
		w->prefix = "";
}

static const GumboVector *
children_of(const GumboNode *node)
{
	static const GumboVector none;

	if (node->type == GUMBO_NODE_DOCUMENT)
		return &node->v.document.children;
	return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children : &none;
}

/* Writes a node that is no element; enters one that is.  Returns whether its children are to be visited. */
static bool
visit(writer *w, const GumboNode *node)
{
	switch (node->type)
	{
		case GUMBO_NODE_TEXT:
		case GUMBO_NODE_WHITESPACE:
		case GUMBO_NODE_CDATA:
			write_text(w, node->v.text.text);
			return false;
		case GUMBO_NODE_ELEMENT:
		case GUMBO_NODE_TEMPLATE:
			if (is_left_out(w, &node->v.element))
			{
				ask_gap(w, GAP_PARAGRAPH);
				return false;
			}
			enter(w, node);
			return true;
		case GUMBO_NODE_DOCUMENT:
			return true;
		default:
			return false;
	}
}

/* Visits the tree below root in the order of the text. */
static void
walk(writer *w, const GumboNode *root)
{
	unsigned	next[DEEPEST_ELEMENT * 8];	/* child to visit next, by depth */
	int			depth = 0;
	const GumboNode *node = root;

	next[0] = 0;
	if (!visit(w, root))
		return;
	for (;;)
	{
		const GumboVector *children = children_of(node);

		if (next[depth] < children->length)
		{
			const GumboNode *child = children->data[next[depth]++];

			if (depth + 1 < (int) (sizeof(next) / sizeof(next[0])) && visit(w, child))
			{
				node = child;
				next[++depth] = 0;
			}
			continue;
		}
		if (node->type != GUMBO_NODE_DOCUMENT)
			leave(w, node);
		if (depth-- == 0)
			return;
		node = node->parent;
	}
}

char *
html_to_text(arena *memory, const char *html, size_t n_bytes, size_t *n_out)
{
	GumboOptions options = kGumboDefaultOptions;
	writer		w = {.memory = memory, .prefix = ""};
	GumboOutput *tree;
	size_t		n_clean;
	char	   *clean = html_clean(memory, html, n_bytes, &n_clean);

	options.allocator = take;
	options.deallocator = give_back;
	options.userdata = memory;
	options.max_errors = 0;
	tree = gumbo_parse_with_options(&options, clean, n_clean);
	w.capacity = n_clean + 64;
	w.out = arena_alloc(memory, w.capacity);
	walk(&w, tree->root);
	if (w.n == 0 && w.left_out)
	{
		/* an unclosed <nav> or the like had swallowed all */
		w.keep_all = true;
		w.gap = GAP_NONE;
		walk(&w, tree->root);
	}
	write_bytes(&w, "", 1);
	*n_out = w.n - 1;
	return w.out;
}
