/*
 * gmb.c - the Groningen Meaning Bank's table, rewritten as CoNLL-U (see gmb.h).
 */
#include "gmb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct output
{
	char	   *text;
	size_t		n;
	size_t		capacity;
	int			id;				/* of the last token in its sentence */
} output;

static void
put_token(output *o, const char *form, size_t n_bytes, const char *tag, bool space_after)
{
	if (o->n + n_bytes + 100 > o->capacity && !(o->text = realloc(o->text, o->capacity = o->capacity * 2 + n_bytes + 100)))
		exit(1);
	o->n += (size_t) sprintf(o->text + o->n, "%d\t%.*s\t_\t_\t%s\t_\t0\t_\t_\t%s\n", ++o->id, (int) n_bytes, form, tag,
							 space_after ? "_" : "SpaceAfter=No");
}

static void
put_word(output *o, const char *form, const char *tag)
{
	const char *hyphen = strchr(form, '-');

	if (!hyphen || hyphen == form || hyphen[1] == '\0' || strchr(form, '.'))
	{
		put_token(o, form, strlen(form), tag, true);
		return;
	}
	while (hyphen && hyphen[1])
	{
		put_token(o, form, (size_t) (hyphen - form), "_", false);
		put_token(o, "-", 1, "HYPH", false);
		form = hyphen + 1;
		hyphen = strchr(form, '-');
	}
	put_token(o, form, strlen(form), "_", true);
}

/* Next field of a CSV line, unquoted in place; NULL at the end. */
static char *
next_field(char **at)
{
	char	   *field = *at,
			   *to = *at,
			   *from = *at;
	bool		quoted = false;

	if (!field)
		return NULL;
	for (; *from && (quoted || *from != ','); from++)
	{
		if (*from == '"' && quoted && from[1] == '"')
			*to++ = *from++;
		else if (*from == '"')
			quoted = !quoted;
		else
			*to++ = *from;
	}
	*at = *from ? from + 1 : NULL;
	*to = '\0';
	return field;
}

static const char *
ptb_tag(const char *tag)
{
	if (strcmp(tag, "LRB") == 0)
		return "-LRB-";
	if (strcmp(tag, "RRB") == 0)
		return "-RRB-";
	return strcmp(tag, ";") == 0 ? ":" : tag;
}

int32_t
gmb_read(arena *memory, const char *path, gold_document **documents)
{
	char	   *line = read_whole_file(memory, path, NULL);
	output		o = {malloc(1 << 20), 0, 1 << 20, 0};

	line = strchr(line, '\n');
	while (line && *++line)
	{
		char	   *end = strchr(line, '\n'),
				   *at = line,
				   *number,
				   *word,
				   *tag;

		if (end)
			*end = '\0';
		number = next_field(&at);
		word = next_field(&at);
		tag = next_field(&at);
		if (word && tag && *word && !strpbrk(word, " \t"))
		{
			if (*number)
			{
				o.n += (size_t) sprintf(o.text + o.n, "\n# newdoc\n");
				o.id = 0;
			}
			put_word(&o, word, ptb_tag(tag));
		}
		line = end;
	}
	line = arena_text(memory, o.text, o.n);
	free(o.text);
	return conllu_parse(memory, line, CASE_AS_IT_IS, documents);
}
