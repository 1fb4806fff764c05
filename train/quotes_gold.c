/*
 * quotes_gold.c - see quotes_gold.h.
 */
#include "quotes_gold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
field(char **at)
{
	char	   *from = *at,
			   *tab = strchr(from, '\t');

	if (tab)
	{
		*tab = '\0';
		*at = tab + 1;
	}
	else
		*at = from + strlen(from);
	return strdup(from);
}

static int
type_of(const char *name)
{
	return name[0] == 'd' ? QUOTE_DIRECT : name[0] == 'm' ? QUOTE_MIXED : QUOTE_INDIRECT;
}

static void
add_piece(gold_quote *q, char code, byte_span s)
{
	byte_span  *to = code == 'c' ? q->content : code == 's' ? q->source : q->cue;
	int		   *n = code == 'c' ? &q->n_content : code == 's' ? &q->n_source : &q->n_cue;

	if (*n < MAX_PIECES)
		to[(*n)++] = s;
}

static void
add_mention(gold_document *d, const char *at)
{
	byte_span	s;
	char		kind[32];

	if (sscanf(at, "%u\t%u\t%31[a-z]", &s.start, &s.end, kind) != 3)
		return;
	d->mentions = realloc(d->mentions, sizeof(byte_span) * (size_t) (d->n_mentions + 1));
	d->mention_kinds = realloc(d->mention_kinds, (size_t) (d->n_mentions + 1));
	d->mentions[d->n_mentions] = s;
	d->mention_kinds[d->n_mentions] = KIND_ORGANIZATION;
	for (int k = 0; k < N_ENTITY_KINDS; k++)
		if (!strcmp(entity_kind_names[k], kind))
			d->mention_kinds[d->n_mentions] = (uint8_t) k;
	d->n_mentions++;
}

void
gold_read(const char *path, gold_document **docs, int *n_docs)
{
	FILE	   *f = fopen(path, "rb");
	char		line[65536];
	gold_document *d = NULL;

	if (!f)
	{
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), f))
	{
		char	   *at = line;
		char	   *code;

		line[strcspn(line, "\n")] = '\0';
		code = field(&at);
		if (!strcmp(code, "DOC"))
		{
			*docs = realloc(*docs, sizeof(gold_document) * (size_t) (*n_docs + 1));
			d = &(*docs)[(*n_docs)++];
			memset(d, 0, sizeof(*d));
			d->id = field(&at);
			d->n_bytes = (uint32_t) atoi(at);
			d->text = calloc(1, d->n_bytes + 1);
			if (fread(d->text, 1, d->n_bytes, f) != d->n_bytes || fgetc(f) != '\n')
			{
				fprintf(stderr, "%s: broken at %s\n", path, d->id);
				exit(1);
			}
		}
		else if (!strcmp(code, "M"))
			add_mention(d, at);
		else if (!strcmp(code, "Q"))
		{
			gold_quote *q;
			char	   *type;

			d->quotes = realloc(d->quotes, sizeof(gold_quote) * (size_t) (d->n_quotes + 1));
			q = &d->quotes[d->n_quotes++];
			memset(q, 0, sizeof(*q));
			type = field(&at);
			q->type = type_of(type);
			free(type);
			q->speaker_kind = field(&at);
			q->speaker = field(&at);
			q->names = field(&at);
			q->via = field(&at);
			q->addressee = field(&at);
		}
		else if (code[0] && !code[1] && strchr("csu", code[0]) && d->n_quotes > 0)
		{
			byte_span	s = {0, 0};

			if (sscanf(at, "%u\t%u", &s.start, &s.end) == 2)
				add_piece(&d->quotes[d->n_quotes - 1], code[0], s);
		}
		free(code);
	}
	fclose(f);
}

/* --- names --------------------------------------------------------------------- */

#define MAX_WORDS 24

static int
words_of(const char *s, size_t n, char words[MAX_WORDS][48])
{
	static const char *const titles[] = {"mr", "mrs", "ms", "dr", "the"};
	int			count = 0;
	size_t		i = 0;

	while (i < n && count < MAX_WORDS)
	{
		size_t		length = 0;
		bool		title = false;

		while (i < n && (unsigned char) s[i] < 0x80 && !((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') && !(s[i] >= '0' && s[i] <= '9'))
			i++;
		while (i < n && ((unsigned char) s[i] >= 0x80 || ((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') || (s[i] >= '0' && s[i] <= '9')))
		{
			if (length < 47)
				words[count][length++] = (char) (s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]);
			i++;
		}
		words[count][length] = '\0';
		for (int t = 0; t < 5; t++)
			title |= !strcmp(words[count], titles[t]);
		if (length > 0 && !title)
			count++;
	}
	return count;
}

static bool
all_in(char a[MAX_WORDS][48], int na, char b[MAX_WORDS][48], int nb)
{
	for (int i = 0; i < na; i++)
	{
		bool		found = false;

		for (int j = 0; j < nb; j++)
			found |= !strcmp(a[i], b[j]);
		if (!found)
			return false;
	}
	return true;
}

bool
gold_same_name(const char *name, const char *names)
{
	char		a[MAX_WORDS][48],
				b[MAX_WORDS][48];
	int			na = words_of(name, strlen(name), a);

	while (na > 0 && *names)
	{
		size_t		n = strcspn(names, "|");
		int			nb = words_of(names, n, b);

		if (all_in(a, na, b, nb) || all_in(b, nb, a, na))
			return true;
		names += n + (names[n] == '|');
	}
	return false;
}
