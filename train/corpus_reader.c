/*
 * corpus_reader.c - articles of a JSON-lines file, read by the core (see corpus_reader.h).
 */
#include "corpus_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "stages.h"

#define N_SEEN (1u << 18)

typedef struct block
{
	struct block *next;
	void	   *unused;			/* keeps what follows 16-byte aligned */
} block;

static block *blocks;
static uint64_t seen[N_SEEN];

static void *
take_block(void *context, size_t n_bytes)
{
	block	   *b = malloc(sizeof(block) + n_bytes);

	(void) context;
	if (b == NULL)
	{
		fprintf(stderr, "corpus reader: out of memory\n");
		exit(1);
	}
	b->next = blocks;
	blocks = b;
	return b + 1;
}

block_source
corpus_blocks(void)
{
	return (block_source) {take_block, NULL};
}

void
corpus_release(void)
{
	while (blocks != NULL)
	{
		block	   *next = blocks->next;

		free(blocks);
		blocks = next;
	}
}

static unsigned
hex4(const char *s)
{
	unsigned	v = 0;

	for (int i = 0; i < 4 && s[i]; i++)
		v = v * 16 + (unsigned) (s[i] <= '9' ? s[i] - '0' : (s[i] | 32) - 'a' + 10);
	return v;
}

static char *
put_utf8(char *to, unsigned c)
{
	if (c < 0x80)
		*to++ = (char) c;
	else if (c < 0x800)
	{
		*to++ = (char) (0xc0 | c >> 6);
		*to++ = (char) (0x80 | (c & 0x3f));
	}
	else if (c < 0x10000)
	{
		*to++ = (char) (0xe0 | c >> 12);
		*to++ = (char) (0x80 | (c >> 6 & 0x3f));
		*to++ = (char) (0x80 | (c & 0x3f));
	}
	else
	{
		*to++ = (char) (0xf0 | c >> 18);
		*to++ = (char) (0x80 | (c >> 12 & 0x3f));
		*to++ = (char) (0x80 | (c >> 6 & 0x3f));
		*to++ = (char) (0x80 | (c & 0x3f));
	}
	return to;
}

/* Decodes the JSON string behind `"key": "` in place; NULL when the line has no such key. */
static char *
json_string(char *line, const char *key, uint32_t *n_bytes)
{
	char	   *s = strstr(line, key),
			   *start,
			   *to;

	if (s == NULL)
		return NULL;
	start = to = s += strlen(key);
	while (*s && *s != '"')
	{
		unsigned	c;

		if (*s != '\\')
		{
			*to++ = *s++;
			continue;
		}
		s++;
		switch (*s)
		{
			case 'u':
				c = hex4(s + 1);
				s += 5;
				if (c >= 0xd800 && c < 0xdc00 && s[0] == '\\' && s[1] == 'u')
				{
					c = 0x10000 + ((c - 0xd800) << 10) + (hex4(s + 2) - 0xdc00);
					s += 6;
				}
				to = put_utf8(to, c ? c : ' ');
				continue;
			case 'n':
				*to++ = '\n';
				break;
			case 't':
				*to++ = '\t';
				break;
			case 'r':
				*to++ = '\r';
				break;
			case 'b':
			case 'f':
				*to++ = ' ';
				break;
			default:
				*to++ = *s;
		}
		s++;
	}
	*n_bytes = (uint32_t) (to - start);
	return start;
}

/* True the first time that a text with this beginning comes. */
static bool
is_new(const char *text, uint32_t n_bytes)
{
	uint64_t	hash = hash_bytes(text, n_bytes < 400 ? n_bytes : 400) | 1;
	uint32_t	at = (uint32_t) (hash >> 20) & (N_SEEN - 1);

	while (seen[at] != 0)
	{
		if (seen[at] == hash)
			return false;
		at = (at + 1) & (N_SEEN - 1);
	}
	seen[at] = hash;
	return true;
}

void
corpus_read_texts(const char *path, void (*each) (document *doc))
{
	gzFile		in = gzopen(path, "rb");
	size_t		capacity = 1 << 22;
	char	   *line = malloc(capacity);

	if (in == NULL || line == NULL)
	{
		perror(path);
		exit(1);
	}
	gzbuffer(in, 1 << 18);
	for (;;)
	{
		size_t		n = 0;
		char	   *text;
		uint32_t	n_bytes;

		while (gzgets(in, line + n, (int) (capacity - n)) != NULL)
		{
			n += strlen(line + n);
			if (n > 0 && line[n - 1] == '\n')
				break;
			if (capacity - n < 2)
			{
				capacity *= 2;
				line = realloc(line, capacity);
				if (line == NULL)
					exit(1);
			}
		}
		if (n == 0)
			break;
		text = json_string(line, "\"body\": \"", &n_bytes);
		if (text == NULL)
			text = json_string(line, "\"text\": \"", &n_bytes);
		if (text == NULL || n_bytes == 0 || !is_new(text, n_bytes))
			continue;
		text[n_bytes] = 0;

		document   *doc = document_create(arena_create(corpus_blocks()), text, n_bytes);

		document_need(doc, STAGE_TEXT);
		each(doc);
		corpus_release();
	}
	free(line);
	gzclose(in);
}
