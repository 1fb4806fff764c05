/*
 * topic_tree_build.c - data/topics/mediatopics.tsv.gz -> build/topic_tree.inc, the C source of the table in topic/tree.c.
 *
 *   topic_tree_build IN.tsv.gz OUT.inc
 *
 * Puts the concepts in depth-first order and checks that every parent exists,
 * that levels agree with parents and that no concept lies too deep.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "topic/tree.h"

#define MAX_ROWS 4096

typedef struct concept
{
	char	   *line;			/* owner of the strings */
	char	   *code;
	char	   *parent;			/* "" at level 1 */
	char	   *label;
	char	   *definition;
	char	   *wikidata;
	int32_t		level;
	int32_t		row;			/* in depth-first order */
	int32_t		parent_row;
	int32_t		end;
} concept;

static concept concepts[MAX_ROWS];	/* in the file's order, which is by code */
static int32_t n_concepts;
static int32_t depth_first[MAX_ROWS];
static int32_t n_rows;

static void
fail(const char *what, const char *where)
{
	fprintf(stderr, "topic_tree_build: %s: %s\n", what, where);
	exit(1);
}

static void
read_concepts(const char *path)
{
	static char line[65536];
	gzFile		in = gzopen(path, "rb");

	if (!in)
		fail("cannot open", path);
	while (gzgets(in, line, sizeof(line)))
	{
		concept    *c = &concepts[n_concepts];
		char	   *field[6];
		char	   *at;

		line[strcspn(line, "\r\n")] = 0;
		if (line[0] == '#' || line[0] == 0)
			continue;
		if (n_concepts == MAX_ROWS)
			fail("too many rows", path);
		at = c->line = strdup(line);
		for (int i = 0; i < 6; i++)
		{
			field[i] = strsep(&at, "\t");
			if (!field[i])
				fail("too few columns", line);
		}
		c->code = field[0];
		c->parent = field[1];
		c->label = field[2];
		c->definition = field[3];
		c->wikidata = field[4];
		c->level = atoi(field[5]);
		if (strlen(c->code) != 8)
			fail("a code has eight digits", c->code);
		if (n_concepts > 0 && strcmp(c->code, c[-1].code) <= 0)
			fail("rows are not ordered by code", c->code);
		n_concepts++;
	}
	gzclose(in);
}

/* Adds the children of `parent` and what is below them; the check of the level bounds the depth. */
static void
add_children(const char *parent, int32_t parent_row, int32_t level)
{
	if (level > TOPIC_TREE_DEPTH)
		fail("too deep", parent);
	for (int32_t i = 0; i < n_concepts; i++)
	{
		concept    *c = &concepts[i];

		if (strcmp(c->parent, parent) != 0)
			continue;
		if (c->level != level)
			fail("level does not agree with the parent", c->label);
		c->parent_row = parent_row;
		c->row = n_rows;
		depth_first[n_rows++] = i;
		add_children(c->code, c->row, level + 1);
		c->end = n_rows;
	}
}

static void
print_string(FILE *out, const char *prefix, const char *s)
{
	fprintf(out, "\"%s", prefix);
	for (; *s; s++)
	{
		if (*s == '"' || *s == '\\')
			fputc('\\', out);
		fputc(*s, out);
	}
	fputs("\", ", out);
}

static void
write_table(const char *path)
{
	FILE	   *out = fopen(path, "w");

	if (!out)
		fail("cannot write", path);
	fputs("static const topic_tree_entry topic_tree_rows[] = {\n", out);
	for (int32_t row = 0; row < n_rows; row++)
	{
		const concept *c = &concepts[depth_first[row]];

		fputs("\t{", out);
		print_string(out, "medtop:", c->code);
		print_string(out, "", c->label);
		print_string(out, "", c->definition);
		print_string(out, "", c->wikidata);
		fprintf(out, "%d, %d, %d},\n", c->parent_row, c->level, c->end);
	}
	fputs("};\n\nstatic const int16_t rows_by_code[] = {\n", out);
	for (int32_t i = 0; i < n_concepts; i++)
		fprintf(out, "\t%d,\n", concepts[i].row);
	fputs("};\n", out);
	if (fclose(out))
		fail("cannot write", path);
}

int
main(int argc, char **argv)
{
	if (argc != 3)
		fail("usage", "topic_tree_build IN.tsv.gz OUT.inc");
	read_concepts(argv[1]);
	add_children("", -1, 1);
	if (n_rows != n_concepts)
		fail("concepts without a parent in the file", argv[1]);
	write_table(argv[2]);
	return 0;
}
