/*
 * paragraphs.c - where paragraphs begin and end, and what kind each is.
 *
 * A line end or a block tag ends a paragraph.  Lines that were wrapped at a
 * fixed width are joined: in a run of lines without a blank one, each line but the
 * last is long, about as long as the longest, and the first word of the next would not have fitted.
 */
#include "text/reading.h"

#include <string.h>

#define WIDEST_WRAP 100			/* columns of wrapped text, at most */
#define NARROWEST_WRAP 40
#define LONGEST_HEADING 20		/* tokens */

typedef struct line
{
	uint32_t	start;			/* without white space at the edges; start == end when blank */
	uint32_t	end;
	bool		by_tag;			/* ended by a block tag: never joined with the next */
	bool		space_before_end;	/* white space stood before the line end */
} line;

/* Length of the line end at s, 0 when there is none. */
static uint32_t
line_end_length(const char *s, size_t n_bytes)
{
	switch ((unsigned char) s[0])
	{
		case '\r':
			return n_bytes > 1 && s[1] == '\n' ? 2 : 1;
		case '\n':
		case '\v':
		case '\f':
			return 1;
		case 0xC2:
			return n_bytes > 1 && (unsigned char) s[1] == 0x85 ? 2 : 0;
		case 0xE2:
			return n_bytes > 2 && (unsigned char) s[1] == 0x80 &&
				((unsigned char) s[2] == 0xA8 || (unsigned char) s[2] == 0xA9) ? 3 : 0;
		default:
			return 0;
	}
}

static const uint8_t may_end_line[256] = {
	['\r'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, [0xC2] = 1, [0xE2] = 1, ['<'] = 1
};

/* Reads one line from *at on and moves *at behind its end. */
static line
next_line(const document *doc, uint32_t *at)
{
	const char *text = doc->text;
	uint32_t	n = doc->n_bytes;
	uint32_t	p = *at;
	uint32_t	length = 0;
	line		l = {.start = p};

	for (; p < n; p++)
	{
		if (!may_end_line[(unsigned char) text[p]])
			continue;
		length = text[p] == '<' ? tag_length(text + p, n - p, &l.by_tag) : line_end_length(text + p, n - p);
		if (length && (text[p] != '<' || l.by_tag))
			break;
		length = 0;
	}
	if (!length)
		l.by_tag = false;
	*at = p + length;
	l.end = p;
	while (l.start < l.end && ascii_class[text[l.start] & 0x7F] == CLASS_SPACE && (unsigned char) text[l.start] < 0x80)
		l.start++;
	while (l.end > l.start && ascii_class[text[l.end - 1] & 0x7F] == CLASS_SPACE && (unsigned char) text[l.end - 1] < 0x80)
		l.end--;
	l.space_before_end = l.end < p;
	return l;
}

static uint32_t
first_word_length(const document *doc, const line *l)
{
	uint32_t	p = l->start;

	while (p < l->end && doc->text[p] != ' ')
		p++;
	return p - l->start;
}

static bool
starts_lower(const document *doc, const line *l)
{
	int32_t		character;

	utf8_decode(doc->text + l->start, l->end - l->start, &character);
	return char_class_of(character) == CLASS_LOWER;
}

static bool
ends_sentence(const document *doc, const line *l)
{
	return strchr(".!?:;\"'", doc->text[l->end - 1]) != NULL || (unsigned char) doc->text[l->end - 1] >= 0x80;
}

/* Were the lines of this run wrapped at a fixed width? */
static bool
is_wrapped(const document *doc, const line *lines, int32_t n)
{
	uint32_t	widest = 0;
	int32_t		fitting = 0;

	for (int32_t i = 0; i < n; i++)
	{
		uint32_t	width = lines[i].end - lines[i].start;

		if (width > widest)
			widest = width;
		if (lines[i].by_tag && i < n - 1)
			return false;
	}
	if (n < 3 || widest > WIDEST_WRAP || widest < NARROWEST_WRAP)
		return false;
	for (int32_t i = 0; i + 1 < n; i++)
	{
		uint32_t	width = lines[i].end - lines[i].start;

		if (width * 2 < widest)
			return false;
		if (width + 1 + first_word_length(doc, &lines[i + 1]) + 3 >= widest)
			fitting++;
	}
	return fitting * 10 >= (n - 1) * 8;
}

/* Does the sentence of line l plainly go on in the next, although the run as a whole is not wrapped? */
static bool
goes_on(const document *doc, const line *l, const line *next)
{
	if (l->by_tag || ends_sentence(doc, l) || !starts_lower(doc, next) || starts_lower(doc, l))
		return false;
	if (l->end - l->start > 200 || l->end - l->start < 10)
		return false;
	return l->space_before_end || strchr(".!?", doc->text[next->end - 1]) != NULL;
}

typedef struct block_list
{
	block	   *blocks;
	int32_t		n;
	int32_t		capacity;
} block_list;

static void
add_block(document *doc, block_list *list, uint32_t start, uint32_t end)
{
	list->blocks = arena_grow(doc->memory, list->blocks, list->n, &list->capacity, sizeof(block));
	list->blocks[list->n++] = (block) {start, end};
}

/* Blocks of a run of lines none of which is blank. */
static void
add_run(document *doc, block_list *list, const line *lines, int32_t n)
{
	bool		wrapped = is_wrapped(doc, lines, n);
	uint32_t	start = lines[0].start;

	for (int32_t i = 0; i < n; i++)
	{
		if (i + 1 < n && (wrapped || goes_on(doc, &lines[i], &lines[i + 1])))
			continue;
		add_block(doc, list, start, lines[i].end);
		if (i + 1 < n)
			start = lines[i + 1].start;
	}
}

int32_t
find_blocks(document *doc, block **blocks)
{
	block_list	list = {0};
	line	   *run = NULL;
	int32_t		n = 0;
	int32_t		capacity = 0;
	uint32_t	at = 0;

	while (at < doc->n_bytes)
	{
		line		l = next_line(doc, &at);

		if (l.start < l.end)
		{
			run = arena_grow(doc->memory, run, n, &capacity, sizeof(line));
			run[n++] = l;
		}
		else if (n)
		{
			add_run(doc, &list, run, n);
			n = 0;
		}
	}
	if (n)
		add_run(doc, &list, run, n);
	*blocks = list.blocks;
	return list.n;
}

/* Lines of news pages that are no news: how they begin, folded. */
static const char *const boilerplate_starts[] = {
	"(also on", "( also on", "advertisement", "all rights reserved", "click here", "copyright", "enlarge this image",
	"find out more", "follow @", "follow us", "get our", "have a tip", "image:", "join us on", "link copied", "listen to this",
	"more from", "more on this", "most read", "photo credit", "photo:", "read also", "read full", "read more", "read next",
	"recommended", "related articles", "related stories", "related:", "see also", "share this", "sign up", "story continues",
	"story highlights", "subscribe", "this article was", "this material may not", "toggle caption", "view comments",
	"watch the latest", "watch:", "write to", "\xC2\xA9",
};

/* The same, anywhere in a short line. */
static const char *const boilerplate_parts[] = {
	"all rights reserved", "contributed to this report", "contributed to this story", "follow me on twitter", "manage newsletters",
	"sign up for our", "toggle caption", "click here to",
};

#define LONGEST_BOILERPLATE 40	/* tokens */

/* Does s start with this folded ASCII phrase, as whole words? */
static bool
starts_with_phrase(const char *s, uint32_t n_bytes, const char *phrase)
{
	uint32_t	i;

	for (i = 0; phrase[i]; i++)
		if (i >= n_bytes || (s[i] != phrase[i] && !(s[i] >= 'A' && s[i] <= 'Z' && s[i] + 'a' - 'A' == phrase[i])))
			return false;
	return i == n_bytes || phrase[i - 1] == '@' || (unsigned char) s[i] >= 0x80 || !class_is_word((char_class) ascii_class[(unsigned char) s[i]]);
}

static bool
is_boilerplate(const document *doc, const paragraph *p)
{
	const char *s = doc->text + p->start_byte;
	uint32_t	n_bytes = p->end_byte - p->start_byte;

	if (p->end - p->start > LONGEST_BOILERPLATE)
		return false;
	for (size_t i = 0; i < sizeof(boilerplate_starts) / sizeof(boilerplate_starts[0]); i++)
		if (starts_with_phrase(s, n_bytes, boilerplate_starts[i]))
			return true;
	for (int32_t t = p->start; t < p->end; t++)
	{
		uint32_t	at = doc->tokens[t].start_byte - p->start_byte;

		for (size_t i = 0; i < sizeof(boilerplate_parts) / sizeof(boilerplate_parts[0]); i++)
			if (starts_with_phrase(s + at, n_bytes - at, boilerplate_parts[i]))
				return true;
	}
	return false;
}

static bool
is_list_item(const document *doc, const paragraph *p)
{
	const token *t = &doc->tokens[p->start];
	const char *s = doc->text + t->start_byte;
	uint32_t	length = t->end_byte - t->start_byte;

	if (p->end - p->start < 2)
		return false;
	if ((length == 1 && strchr("*-", *s)) ||
		(length == 3 && (memcmp(s, "\xE2\x80\xA2", 3) == 0 || memcmp(s, "\xE2\x96\xAA", 3) == 0 ||
						 memcmp(s, "\xE2\x97\x8F", 3) == 0 || memcmp(s, "\xE2\x81\x83", 3) == 0 ||
						 memcmp(s, "\xE2\x80\x93", 3) == 0)) ||
		(length == 2 && memcmp(s, "\xC2\xB7", 2) == 0))
		return true;
	s = doc->text + t[1].start_byte;
	return length <= 2 && (t->flags & TOKEN_ALL_DIGITS) && !(t[1].flags & TOKEN_SPACE_BEFORE) && (*s == '.' || *s == ')');
}

static bool
is_heading(const document *doc, const paragraph *p)
{
	const token *last = &doc->tokens[p->end - 1];
	int32_t		words = 0;
	int32_t		capitals = 0;

	if (p->end - p->start > LONGEST_HEADING || last->end_byte - last->start_byte != 1 ?
		(p->end - p->start > LONGEST_HEADING) : strchr(".,;\"", doc->text[last->start_byte]) != NULL)
		return false;
	for (int32_t i = p->start; i < p->end; i++)
	{
		const token *t = &doc->tokens[i];

		if (!(t->flags & TOKEN_HAS_LETTER) || t->lower_bytes < 4)
			continue;
		words++;
		if (t->flags & TOKEN_INITIAL_CAPITAL)
			capitals++;
	}
	if (doc->tokens[p->start].flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK))
		return false;
	return capitals * 10 >= words * 7 || p->end - p->start <= 8;
}

paragraph_kind
kind_of_paragraph(const document *doc, const paragraph *p)
{
	if (p->end == p->start)
		return PARAGRAPH_BODY;
	if (is_boilerplate(doc, p))
		return PARAGRAPH_BOILERPLATE;
	if (is_list_item(doc, p))
		return PARAGRAPH_LIST_ITEM;
	if (is_heading(doc, p))
		return PARAGRAPH_HEADING;
	return PARAGRAPH_BODY;
}
