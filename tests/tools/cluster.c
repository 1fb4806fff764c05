/*
 * cluster.c - stories of a stream of articles without a server, by the rule and with the candidates that a store uses.
 *
 *   build/cluster < articles > rows
 *
 * In: for each article, in order of publication, a line "id TAB day TAB bytes NEWLINE" and then the bytes; day: a number that may have a fraction.
 * Out: a line "id TAB story TAB score TAB number of the article copied, -1 = none" for each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blocks.h"
#include "stages.h"
#include "story/stories.h"

#define KEYS 25
#define NEWEST 30
#define CANDIDATES 30
#define MAX_ARTICLES 200000
#define N_LISTS (1 << 22)

/* The newest articles that have a term; a ring. */
typedef struct list
{
	uint32_t	term;
	int32_t		n;
	int32_t		articles[NEWEST];
	uint16_t	weights[NEWEST];
} list;

static list **lists;
static story_article articles[MAX_ARTICLES];
static int32_t sizes[MAX_ARTICLES + 1];
static char ids[MAX_ARTICLES][24];

static list **
list_of(uint32_t term)
{
	uint32_t	at = (term * 2654435761u) >> 10;

	while (lists[at] && lists[at]->term != term)
		at = (at + 1) & (N_LISTS - 1);
	return &lists[at];
}

static uint64_t shared[MAX_ARTICLES];

static int
by_shared(const void *a, const void *b)
{
	int32_t		x = *(const int32_t *) a;
	int32_t		y = *(const int32_t *) b;

	return shared[x] != shared[y] ? (shared[x] < shared[y] ? 1 : -1) : x < y ? -1 : x > y;
}

static int32_t
candidates_of(const signature *s, const int *keys, int n_keys, int32_t *found)
{
	int32_t		n = 0;

	for (int k = 0; k < n_keys; k++)
	{
		list	   *l = *list_of(s->terms[keys[k]]);

		for (int32_t i = 0; l && i < l->n && i < NEWEST; i++)
		{
			if (!shared[l->articles[i]])
				found[n++] = l->articles[i];
			shared[l->articles[i]] += (uint64_t) s->weights[keys[k]] * l->weights[i];
		}
	}
	qsort(found, (size_t) n, sizeof(int32_t), by_shared);
	for (int32_t i = 0; i < n; i++)
		shared[found[i]] = 0;
	return n < CANDIDATES ? n : CANDIDATES;
}

static void
post(const signature *s, const int *keys, int n_keys, int32_t article)
{
	for (int k = 0; k < n_keys; k++)
	{
		list	  **l = list_of(s->terms[keys[k]]);

		if (!*l)
		{
			*l = must_alloc(sizeof(list));
			(*l)->term = s->terms[keys[k]];
		}
		(*l)->articles[(*l)->n % NEWEST] = article;
		(*l)->weights[(*l)->n++ % NEWEST] = s->weights[keys[k]];
	}
}

int
main(void)
{
	char		line[256];
	int32_t		n = 0;
	int64_t		n_stories = 0;

	lists = must_alloc(sizeof(list *) * N_LISTS);
	while (n < MAX_ARTICLES && fgets(line, sizeof(line), stdin))
	{
		long		n_bytes;
		char	   *text;
		void	   *blocks = NULL;
		arena	   *memory = arena_create((block_source) {blocks_take, &blocks});
		document   *doc;
		signature  *s = must_alloc(sizeof(signature));
		uint8_t		packed[SIGNATURE_MAX_BYTES];
		int			keys[KEYS];
		int			n_keys;
		int32_t		found[KEYS * NEWEST];
		int32_t		n_found;
		story_article work[CANDIDATES + 1];
		story_pair	pairs[CANDIDATES];
		story_choice choice;

		if (sscanf(line, "%23[^\t]\t%lf\t%ld", ids[n], &articles[n].day, &n_bytes) != 3)
			return 1;
		text = must_alloc((size_t) n_bytes + 1);
		if (fread(text, 1, (size_t) n_bytes, stdin) != (size_t) n_bytes)
			return 1;
		doc = document_create(memory, text, (uint32_t) n_bytes);
		document_need(doc, STAGE_TEXT);
		signature_unpack(packed, signature_pack(doc, packed), s);
		n_keys = signature_top_terms(s, KEYS, keys);
		n_found = candidates_of(s, keys, n_keys, found);
		articles[n].signature = s;
		work[0] = articles[n];
		for (int32_t i = 0; i < n_found; i++)
		{
			work[i + 1] = articles[found[i]];
			work[i + 1].story_size = sizes[work[i + 1].story];
			pairs[i] = (story_pair) {0, i + 1};
		}
		story_choose(memory, work, 1, n_found + 1, pairs, n_found, &choice);
		articles[n].story = choice.story > 0 ? choice.story : ++n_stories;
		sizes[articles[n].story]++;
		post(s, keys, n_keys, n);
		printf("%s\t%lld\t%.3f\t%d\n", ids[n], (long long) articles[n].story, choice.score, choice.copy_of < 1 ? -1 : found[choice.copy_of - 1]);
		blocks_give_back(&blocks);
		free(text);
		n++;
	}
	return 0;
}
