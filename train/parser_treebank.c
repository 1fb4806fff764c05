/*
 * parser_treebank.c - from a loaded treebank to what the parser trains on (see parser_train.h).
 */
#include "parser_train.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
shuffle(int *order, int n, uint64_t *state)
{
	for (int i = n - 1; i > 0; i--)
	{
		int			j,
					swapped = order[i];

		*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		j = (int) ((*state >> 33) % (uint64_t) (i + 1));
		order[i] = order[j];
		order[j] = swapped;
	}
}

void
skip_templates(bool *skipped, double share, uint64_t *state)
{
	for (int i = 0; i < MAX_FEATURES; i++)
	{
		*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		skipped[i] = (double) (*state >> 40) / (1 << 24) < share;
	}
}

/* Is every token between a token and its head below the head? */
static bool
is_projective_arc(const int32_t *head, int32_t start, int32_t end, int32_t token)
{
	int32_t		h = head[token],
				low = token < h ? token : h,
				high = token < h ? h : token;

	if (h < 0)
		return true;
	for (int32_t i = low + 1; i < high; i++)
	{
		int32_t		at = i;

		for (int32_t n = end - start; n > 0 && at >= 0 && at != h; n--)
			at = head[at];
		if (at != h)
			return false;
	}
	return true;
}

static void
make_projective(int32_t *head, int32_t start, int32_t end)
{
	for (;;)
	{
		int32_t		best = -1;

		for (int32_t i = start; i < end; i++)
			if (head[i] >= 0 && (best < 0 || abs(head[i] - i) < abs(head[best] - best)) &&
				!is_projective_arc(head, start, end, i))
				best = i;
		if (best < 0)
			return;
		head[best] = head[head[best]];
	}
}

static uint8_t
relation_of(const char *name)
{
	for (int r = 1; r < N_RELATIONS; r++)
		if (strcmp(relation_names[r], name) == 0)
			return (uint8_t) r;
	return REL_DEP;
}

gold_heads
gold_heads_of(const gold_document *g)
{
	gold_heads	b = {g->doc};
	size_t		n = (size_t) g->doc->n_tokens;

	b.head = must_alloc(n * sizeof(int32_t));
	b.lifted = must_alloc(n * sizeof(int32_t));
	b.relation = must_alloc(n);
	for (size_t i = 0; i < n; i++)
	{
		b.head[i] = b.lifted[i] = g->gold[i].head;
		b.relation[i] = relation_of(g->gold[i].relation);
	}
	for (int32_t s = 0; s < g->doc->n_sentences; s++)
		make_projective(b.lifted, g->doc->sentences[s].start, g->doc->sentences[s].end);
	return b;
}

/* Head position of i; heads that the search does not see hand their children up. */
static int
head_word(const gold_heads *b, const gold_piece *g, int32_t start, int i)
{
	int			n = g->piece.n;

	do
	{
		int32_t		head = b->lifted[start + i - 1];

		i = head < 0 ? n + 1 : head - start + 1;
	} while (i <= n && !g->piece.is_word[i]);
	return i;
}

/* A sentence whose root is punctuation may then have no root word, or several: one is enough. */
static void
mend_roots(gold_piece *g)
{
	int			root = 0,
				n = g->piece.n;

	for (int i = 1; i <= n; i++)
	{
		if (!g->piece.is_word[i] || g->head[i] <= n)
			continue;
		if (root)
			g->head[i] = (int16_t) root;
		else
			root = i;
	}
}

void
gold_piece_close(gold_piece *g)
{
	size_t		n = (size_t) g->piece.n + 3;

	memset(g->n_left, 0, n);
	memset(g->n_right, 0, n);
	for (int i = 1; i <= g->piece.n; i++)
		if (g->piece.is_word[i])
			(i < g->head[i] ? g->n_left : g->n_right)[g->head[i]]++;
	g->tree = (gold_tree) {g->head, g->n_left, g->n_right};
}

bool
gold_piece_of(const gold_heads *b, int32_t sentence, const affinity_table *affinities, gold_piece *g)
{
	int32_t		start = b->doc->sentences[sentence].start,
				n = b->doc->sentences[sentence].end - start;

	if (n < 1 || n > MAX_PIECE)
		return false;
	g->piece = (piece) {.n = n,.first = start,.affinities = affinities};
	g->piece.atoms = must_alloc(sizeof(atom) * (size_t) (n + 3));
	g->piece.next_word = must_alloc(sizeof(int16_t) * (size_t) (n + 3));
	g->piece.is_word = must_alloc(sizeof(bool) * (size_t) (n + 3));
	piece_prepare(b->doc, &g->piece);
	g->head = must_alloc(sizeof(int16_t) * (size_t) (n + 3));
	g->n_left = must_alloc((size_t) n + 3);
	g->n_right = must_alloc((size_t) n + 3);
	g->relation = must_alloc((size_t) n + 3);
	for (int32_t i = 1; i <= n; i++)
	{
		g->head[i] = (int16_t) head_word(b, g, start, i);
		g->relation[i] = b->relation[start + i - 1];
	}
	mend_roots(g);
	gold_piece_close(g);
	return true;
}

gold_piece
mirrored_gold(const gold_piece *g)
{
	int			n = g->piece.n;
	gold_piece	m = *g;

	m.piece.atoms = must_alloc(sizeof(atom) * (size_t) (n + 3));
	m.piece.next_word = must_alloc(sizeof(int16_t) * (size_t) (n + 3));
	m.piece.is_word = must_alloc(sizeof(bool) * (size_t) (n + 3));
	piece_mirror(&g->piece, &m.piece);
	m.head = must_alloc(sizeof(int16_t) * (size_t) (n + 3));
	m.n_left = must_alloc((size_t) n + 3);
	m.n_right = must_alloc((size_t) n + 3);
	m.frequency = must_alloc(sizeof(uint32_t) * (size_t) (n + 3));
	for (int i = 1; i <= n; i++)
	{
		m.head[i] = (int16_t) mirrored_position(n, g->head[n + 1 - i]);
		m.frequency[i] = g->frequency[n + 1 - i];
	}
	for (int i = 1; i <= n; i++)
		if (m.piece.is_word[i])
			(i < m.head[i] ? m.n_left : m.n_right)[m.head[i]]++;
	m.tree = (gold_tree) {m.head, m.n_left, m.n_right};
	return m;
}

typedef struct word_count
{
	uint64_t	word;
	uint32_t	n;
} word_count;

static word_count *
find_count(word_count *counts, uint32_t mask, uint64_t word)
{
	uint32_t	at = (uint32_t) (word >> 24) & mask;

	while (counts[at].n && counts[at].word != word)
		at = (at + 1) & mask;
	return &counts[at];
}

void
count_words(gold_piece *pieces, int n_pieces)
{
	uint32_t	mask = (1u << 18) - 1;
	word_count *counts = must_alloc(sizeof(word_count) * (mask + 1));

	for (int p = 0; p < n_pieces; p++)
		for (int i = 1; i <= pieces[p].piece.n; i++)
		{
			word_count *c = find_count(counts, mask, pieces[p].piece.atoms[i].word);

			c->word = pieces[p].piece.atoms[i].word;
			c->n++;
		}
	for (int p = 0; p < n_pieces; p++)
	{
		pieces[p].frequency = must_alloc(sizeof(uint32_t) * (size_t) (pieces[p].piece.n + 3));
		for (int i = 1; i <= pieces[p].piece.n; i++)
			pieces[p].frequency[i] = find_count(counts, mask, pieces[p].piece.atoms[i].word)->n;
	}
	free(counts);
}

piece
forget_words(const gold_piece *g, double rate, atom *atoms, uint64_t *seed)
{
	piece		p = g->piece;

	memcpy(atoms, g->piece.atoms, sizeof(atom) * (size_t) (p.n + 3));
	p.atoms = atoms;
	for (int i = 1; i <= p.n; i++)
	{
		*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		if ((double) (*seed >> 40) / (1 << 24) * (rate + g->frequency[i]) >= rate)
			continue;
		atoms[i].word = *seed;
		atoms[i].word_tag = *seed * 31;
	}
	return p;
}
