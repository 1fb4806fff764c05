/*
 * conllu.c - reading of CoNLL-U files (see conllu.h).
 */
#include "conllu.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tag/tagset.h"
#include "text/reading.h"

#define N_COLUMNS 10

typedef struct row				/* of the document being read */
{
	char	   *form;
	char	   *lemma;
	char	   *relation;
	uint8_t		upos,
				xpos;
	int32_t		head;			/* of the document, -1 = root */
	bool		space_after;
	bool		clitic;			/* a later part of a multi-word token */
	bool		starts_sentence;
	bool		starts_paragraph;
} row;

typedef struct reader
{
	arena	   *memory;
	conllu_case letters;
	row		   *rows;			/* of the document */
	int32_t		n_rows;
	int32_t		rows_capacity;
	int32_t		sentence_start; /* first row of the sentence */
	int32_t		part_first;		/* rows of the parts of the last multi-word token, -1 */
	int32_t		part_last;
	bool		part_space;		/* white space behind it */
	bool		new_paragraph;
	const char *name;
	gold_document *documents;
	int32_t		n_documents;
	int32_t		documents_capacity;
} reader;

static void *
take_block(void *context, size_t n_bytes)
{
	void	   *p = aligned_alloc(64, (n_bytes + 63) / 64 * 64);

	if (!p)
	{
		fprintf(stderr, "out of memory\n");
		exit(1);
	}
	return p;
}

arena *
conllu_arena(void)
{
	return arena_create((block_source) {take_block, NULL});
}

char *
read_whole_file(arena *memory, const char *path, size_t *n_bytes)
{
	gzFile		f = gzopen(path, "rb");
	size_t		capacity = 1 << 20,
				n = 0;
	char	   *data = malloc(capacity),
			   *copy;
	int			got;

	if (!f || !data)
	{
		perror(path);
		exit(1);
	}
	while ((got = gzread(f, data + n, (unsigned) (capacity - n))) > 0)
	{
		n += (size_t) got;
		if (n == capacity && !(data = realloc(data, capacity *= 2)))
			exit(1);
	}
	if (got < 0)
	{
		fprintf(stderr, "%s: cannot be read\n", path);
		exit(1);
	}
	gzclose(f);
	copy = arena_text(memory, data, n);
	free(data);
	if (n_bytes)
		*n_bytes = n;
	return copy;
}

/* --- case ------------------------------------------------------------------- */

static bool
is_small_word(const row *r)
{
	return strlen(r->form) <= 4 &&
		(r->upos == UPOS_ADP || r->upos == UPOS_DET || r->upos == UPOS_CCONJ || r->upos == UPOS_PART);
}

/* ASCII letters only: the copies teach habits, not spelling. */
static void
change_case(const reader *in, int32_t at)
{
	row		   *r = &in->rows[at];

	for (char *c = r->form; *c; c++)
	{
		if (in->letters == CASE_LOWER)
			*c = (char) tolower((unsigned char) *c);
		else if (in->letters == CASE_UPPER ||
				 (in->letters == CASE_TITLE && c == r->form && r->form[0] != '\'' && !r->clitic &&
				  (r->starts_sentence || !is_small_word(r))))
			*c = (char) toupper((unsigned char) *c);
	}
}

/* --- a document --------------------------------------------------------------- */

static char *
join_forms(const reader *in, uint32_t *n_bytes)
{
	size_t		n = 0;
	char	   *text,
			   *at;

	for (int32_t i = 0; i < in->n_rows; i++)
		n += strlen(in->rows[i].form) + 2;
	text = at = arena_alloc(in->memory, n + 1);
	for (int32_t i = 0; i < in->n_rows; i++)
	{
		const row  *r = &in->rows[i];

		if (r->starts_paragraph && i > 0)
		{
			if (at > text && at[-1] == ' ')
				at--;
			*at++ = '\n';
			*at++ = '\n';
		}
		at = stpcpy(at, r->form);
		if (r->space_after)
			*at++ = ' ';
	}
	*at = '\0';
	*n_bytes = (uint32_t) (at - text);
	return text;
}

static uint32_t
given_flags(const row *r, bool space_before)
{
	const char *f = r->form;
	bool		url = strncmp(f, "http", 4) == 0 || strncmp(f, "www.", 4) == 0 ||
		((f[0] == '@' || f[0] == '#') && isalnum((unsigned char) f[1])) ||
		(strchr(f, '@') && strchr(f, '.') && f[0] != '@');

	return (space_before ? TOKEN_SPACE_BEFORE : 0) | (url ? TOKEN_URL : 0) | (r->clitic ? TOKEN_CLITIC : 0) |
		(r->starts_sentence ? TOKEN_SENTENCE_START : 0) | (r->starts_paragraph ? TOKEN_PARAGRAPH_START : 0);
}

static void
fill_tokens(const reader *in, document *doc)
{
	token_writer w;
	uint32_t	at = 0;

	token_writer_start(&w, doc);
	for (int32_t i = 0; i < in->n_rows; i++)
	{
		const row  *r = &in->rows[i];
		uint32_t	length = (uint32_t) strlen(r->form);
		uint32_t	from = at;

		while (doc->text[at] == '\n' || (doc->text[at] == ' ' && r->form[0] != ' '))
			at++;
		add_token(&w, at, at + length, given_flags(r, at > from));
		at += length;
	}
}

static void
fill_spans(const reader *in, document *doc)
{
	int32_t		n_sentences = 0,
				n_paragraphs = 0;

	for (int32_t i = 0; i < in->n_rows; i++)
	{
		n_sentences += in->rows[i].starts_sentence;
		n_paragraphs += in->rows[i].starts_paragraph;
	}
	doc->sentences = arena_zero_array(in->memory, sentence, n_sentences + 1);
	doc->paragraphs = arena_zero_array(in->memory, paragraph, n_paragraphs + 1);
	for (int32_t i = 0; i < in->n_rows; i++)
	{
		if (in->rows[i].starts_paragraph)
		{
			paragraph  *p = &doc->paragraphs[doc->n_paragraphs++];

			p->start = i;
			p->first_sentence = doc->n_sentences;
			p->start_byte = doc->tokens[i].start_byte;
		}
		if (in->rows[i].starts_sentence)
		{
			doc->sentences[doc->n_sentences].start = i;
			doc->sentences[doc->n_sentences++].paragraph = doc->n_paragraphs - 1;
		}
		doc->tokens[i].sentence = doc->n_sentences - 1;
		doc->sentences[doc->n_sentences - 1].end = i + 1;
		doc->paragraphs[doc->n_paragraphs - 1].end = i + 1;
		doc->paragraphs[doc->n_paragraphs - 1].end_sentence = doc->n_sentences;
		doc->paragraphs[doc->n_paragraphs - 1].end_byte = doc->tokens[i].end_byte;
	}
}

static void
end_document(reader *in)
{
	gold_document *g;
	char	   *text;
	uint32_t	n_bytes;

	if (in->n_rows == 0)
		return;
	in->rows[0].starts_paragraph = true;
	for (int32_t i = 0; i < in->n_rows; i++)
		change_case(in, i);
	in->documents = arena_grow(in->memory, in->documents, in->n_documents, &in->documents_capacity, sizeof(gold_document));
	g = &in->documents[in->n_documents++];
	text = join_forms(in, &n_bytes);
	g->doc = document_create(in->memory, text, n_bytes);
	g->doc->n_chars = utf8_count(text, n_bytes);
	g->name = in->name;
	fill_tokens(in, g->doc);
	fill_spans(in, g->doc);
	pair_marks(g->doc);
	g->doc->done |= STAGE_TEXT;
	g->gold = arena_zero_array(in->memory, gold_token, in->n_rows);
	for (int32_t i = 0; i < in->n_rows; i++)
	{
		g->gold[i].upos = in->rows[i].upos;
		g->gold[i].xpos = in->rows[i].xpos;
		g->gold[i].lemma = in->rows[i].lemma;
		g->gold[i].relation = in->rows[i].relation;
		g->gold[i].head = in->rows[i].head;
	}
	in->n_rows = 0;
	in->sentence_start = 0;
	in->new_paragraph = true;
}

/* --- lines --------------------------------------------------------------------- */

static uint8_t
number_of(const char *const *names, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return (uint8_t) i;
	return 0;
}

static void
read_columns(reader *in, char **column)
{
	int32_t		first_id = atoi(column[0]);
	row		   *r;

	if (strchr(column[0], '.'))
		return;
	if (strchr(column[0], '-'))
	{
		in->part_first = in->sentence_start + first_id - 1;
		in->part_last = in->sentence_start + atoi(strchr(column[0], '-') + 1) - 1;
		in->part_space = !strstr(column[9], "SpaceAfter=No");
		return;
	}
	in->rows = arena_grow(in->memory, in->rows, in->n_rows, &in->rows_capacity, sizeof(row));
	r = &in->rows[in->n_rows];
	memset(r, 0, sizeof(*r));
	r->form = column[1];
	r->lemma = column[2];
	r->upos = number_of(upos_names, N_UPOS, column[3]);
	r->xpos = number_of(xpos_names, N_XPOS, column[4]);
	r->head = atoi(column[6]) ? in->sentence_start + atoi(column[6]) - 1 : -1;
	r->relation = column[7];
	r->space_after = !strstr(column[9], "SpaceAfter=No");
	r->starts_sentence = first_id == 1;
	r->starts_paragraph = first_id == 1 && in->new_paragraph;
	r->clitic = in->n_rows > in->part_first && in->n_rows <= in->part_last;
	if (in->part_last >= in->n_rows)
		r->space_after = in->part_last == in->n_rows && in->part_space;
	in->new_paragraph = false;
	in->n_rows++;
}

static void
read_line(reader *in, char *line)
{
	char	   *column[N_COLUMNS];
	int			n = 0;

	if (line[0] == '\0')
	{
		in->sentence_start = in->n_rows;
		in->part_last = -1;
	}
	else if (strncmp(line, "# newdoc", 8) == 0)
	{
		char	   *id = strstr(line, "id = ");

		end_document(in);
		in->name = id ? id + 5 : "";
	}
	else if (strncmp(line, "# newpar", 8) == 0 && strncmp(line, "# newpar_", 9) != 0)
		in->new_paragraph = true;
	else if (line[0] != '#')
	{
		for (char *at = line; at && n < N_COLUMNS; n++)
		{
			column[n] = at;
			at = strchr(at, '\t');
			if (at)
				*at++ = '\0';
		}
		if (n == N_COLUMNS)
			read_columns(in, column);
	}
}

int32_t
conllu_read(arena *memory, const char *path, conllu_case letters, gold_document **documents)
{
	return conllu_parse(memory, read_whole_file(memory, path, NULL), letters, documents);
}

int32_t
conllu_parse(arena *memory, char *line, conllu_case letters, gold_document **documents)
{
	reader		in = {.memory = memory,.letters = letters,.part_last = -1,.new_paragraph = true,.name = ""};

	while (line)
	{
		char	   *end = strchr(line, '\n');

		if (end)
		{
			*end = '\0';
			if (end > line && end[-1] == '\r')
				end[-1] = '\0';
		}
		read_line(&in, line);
		line = end ? end + 1 : NULL;
	}
	end_document(&in);
	*documents = in.documents;
	return in.n_documents;
}
