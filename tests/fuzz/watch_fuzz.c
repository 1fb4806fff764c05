/*
 * watch_fuzz.c - fuzzes watch queries: the first line is one, the rest a text.  A query is right, with terms and a program
 * that can be run, or has a problem, a remedy and a place; places of words lie in the text, in order and apart.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/check.h"
#include "stages.h"
#include "watch/watch.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

static const char *
broken_query(const watch_query *q, size_t n_bytes)
{
	bool		holds[WATCH_MAX_TERMS];
	int32_t		depth = 0;

	if (q->problem)
		return q->remedy && q->problem_byte <= n_bytes ? NULL : "a problem has a remedy and a place";
	if (q->n_terms < 1 || q->n_terms > WATCH_MAX_TERMS)
		return "a right query has terms";
	for (int32_t i = 0; i < q->n_steps; i++)
	{
		depth += q->steps[i].operator == WATCH_TERM ? 1 : q->steps[i].operator == WATCH_NOT ? 0 : -1;
		if (depth < 1)
			return "no operator without its operands";
	}
	if (depth != 1)
		return "one result";
	for (int32_t t = 0; t < q->n_terms; t++)
	{
		holds[t] = q->terms[t].positive;
		if (q->terms[t].field <= WATCH_EXACT && q->terms[t].n_words < 1)
			return "a term of words has some";
	}
	/* Each positive term true, each other false, is the best that a query can get. */
	return watch_holds(q, holds) ? NULL : "holds where all is as it wants";
}

static const char *
broken_places(const watch_query *q, const uint8_t *data, size_t n_bytes)
{
	arena	   *memory = check_arena();
	document   *doc = document_create(memory, (const char *) data, (uint32_t) n_bytes);
	watch_match *matches;
	int32_t		n;

	document_need(doc, STAGE_TEXT);
	matches = watch_words(memory, watch_index_create(memory, &q, 1), doc, &n);
	for (int32_t i = 0; i < n; i++)
	{
		if (matches[i].query != 0 || matches[i].term < 0 || matches[i].term >= q->n_terms || matches[i].n_places < 1)
			return "a match is of a term and has places";
		for (int32_t p = 0; p < matches[i].n_places; p++)
			if (matches[i].places[p].start >= matches[i].places[p].end || matches[i].places[p].end > n_bytes ||
				(p && matches[i].places[p].start <= matches[i].places[p - 1].end))
				return "places lie in the text, in order and apart";
	}
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	const uint8_t *end = n_bytes ? memchr(data, '\n', n_bytes) : NULL;
	size_t		n_query = end ? (size_t) (end - data) : n_bytes;
	const watch_query *q = parse_watch_query(check_arena(), (const char *) data, n_query);
	const char *broken = broken_query(q, n_query);

	if (!broken && !q->problem)
		broken = broken_places(q, data + n_query, n_bytes - n_query);
	if (broken)
	{
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	check_free();
	return 0;
}
