/*
 * parse_sentence.c - heads and relations of one sentence.
 *
 * In: a tagged sentence.  Out: token.head and token.relation of its tokens: a
 * tree with exactly one root.  A transition-based parser (arc-hybrid, beam
 * search, averaged structured perceptron: Zhang & Clark 2008, Huang, Fayong &
 * Guo 2012) finds the tree, a second linear model its relations.
 *
 * Time is linear: a sentence of more than MAX_PIECE tokens is cut behind
 * punctuation, and the roots of later pieces hang on the first piece's root.
 */
#include "parse/parser.h"

#include <string.h>

#include "embed.h"
#include "stages.h"

EMBED(parser_data, "data/models/parser.bin");

/* Room for a piece, kept from sentence to sentence in document.parse_scratch. */
typedef struct scratch
{
	int32_t		capacity;		/* tokens */
	int32_t		width;
	atom	   *atoms;
	int16_t    *next_word;
	bool	   *is_word;
	item	   *items;
	cell	   *cells;
	uint8_t    *n_items;
	int16_t    *heads;
	int16_t    *order;
	uint8_t    *relations;
	label_node *nodes;
	int16_t    *partner;
	piece		mirror;			/* the piece read from its end */
	arc_lattice lattice;
	grade_cache grades;
	kept_scores kept[N_KEPT_SCORES];
} scratch;

static scratch *
scratch_for(document *doc, int32_t n, int32_t width)
{
	scratch    *s = doc->parse_scratch;
	int32_t		capacity = s ? s->capacity : 32;
	size_t		n_states;

	if (s && s->capacity >= n && s->width >= width)
		return s;
	while (capacity < n)
		capacity *= 2;
	n_states = (size_t) (2 * capacity + 1) * (size_t) width;
	s = arena_alloc(doc->memory, sizeof(scratch));
	s->capacity = capacity;
	s->width = width;
	s->atoms = arena_array(doc->memory, atom, capacity + 3);
	s->next_word = arena_array(doc->memory, int16_t, capacity + 3);
	s->is_word = arena_array(doc->memory, bool, capacity + 3);
	s->items = arena_array(doc->memory, item, n_states);
	s->cells = arena_array(doc->memory, cell, n_states);
	s->n_items = arena_array(doc->memory, uint8_t, 2 * capacity + 1);
	s->heads = arena_array(doc->memory, int16_t, capacity + 3);
	s->order = arena_array(doc->memory, int16_t, capacity + 3);
	s->relations = arena_zero_array(doc->memory, uint8_t, capacity + 3);
	s->nodes = arena_array(doc->memory, label_node, capacity + 3);
	s->partner = arena_array(doc->memory, int16_t, capacity + 3);
	s->mirror.grades = &s->grades;
	s->mirror.atoms = arena_array(doc->memory, atom, capacity + 3);
	s->mirror.next_word = arena_array(doc->memory, int16_t, capacity + 3);
	s->mirror.is_word = arena_array(doc->memory, bool, capacity + 3);
	s->lattice.candidates = arena_array(doc->memory, head_candidate, (capacity + 3) * MAX_HEADS);
	s->lattice.n_candidates = arena_array(doc->memory, uint8_t, capacity + 3);
	s->lattice.first_child = arena_array(doc->memory, int16_t, capacity + 3);
	s->lattice.next_sibling = arena_array(doc->memory, int16_t, capacity + 3);
	s->lattice.heads = s->heads;
	doc->parse_scratch = s;
	return s;
}

static void
find_heads(const parser_model *m, const piece *p, scratch *s)
{
	search		beam = {.width = m->width, .margin = m->margin, .items = s->items, .cells = s->cells, .n_items = s->n_items,
		.kept = s->kept};

	beam_search(&beam, p, (scorer) {bucket_score, &m->actions[0]});
	item_heads(&s->items[(size_t) 2 * p->n_words * beam.width], s->heads);
	if (!m->looks_twice || p->n_words < 3)
		return;
	arcs_clear(&s->lattice, p);
	s->lattice.bonus = m->bonus;
	arcs_collect(&s->lattice, &beam, p, 0);
	if (!arcs_in_doubt(&s->lattice))
		return;
	piece_mirror(p, &s->mirror);
	beam_search(&beam, &s->mirror, (scorer) {bucket_score, &m->actions[1]});
	arcs_collect(&s->lattice, &beam, &s->mirror, 1);
	arcs_choose(&s->lattice, (scorer) {bucket_score, &m->arcs});
}

/*
 * Sums of the rows of the features: 16 bits hold MAX_FEATURES weights of 8 bits.  Slots, then rows, then sums, so that
 * many reads are under way at a time.
 */
static void
relation_scores(const weights *w, const uint64_t *keys, int n_keys, int16_t *scores)
{
	int16_t		sums[RELATION_STRIDE] = {0};
	const int8_t *rows[MAX_FEATURES];
	int			n = 0;

	for (int i = 0; i < n_keys; i++)
		__builtin_prefetch(&w->slots[(uint32_t) keys[i] & w->mask]);
	for (int i = 0; i < n_keys; i++)
	{
		int32_t		row = weights_row(w, keys[i]);

		if (row < 0)
			continue;
		rows[n] = (const int8_t *) w->rows + (size_t) row * RELATION_STRIDE;
		__builtin_prefetch(rows[n]);
		__builtin_prefetch(rows[n] + RELATION_STRIDE - 1);
		n++;
	}
	for (int i = 0; i < n; i++)
		for (int r = 0; r < RELATION_STRIDE; r++)
			sums[r] += rows[i][r];
	memcpy(scores, sums, sizeof(sums));
}

static uint8_t
best_relation(const weights *w, const label_context *c, int position)
{
	uint64_t	keys[MAX_FEATURES];
	int16_t		scores[RELATION_STRIDE];
	int			best = REL_DEP;

	if (c->heads[position] == c->piece->n + 1)
		return REL_ROOT;
	relation_scores(w, keys, label_features(c, position, keys), scores);
	for (int r = 1; r < N_RELATIONS; r++)
		if (r != REL_ROOT && scores[r] > scores[best])
			best = r;
	return (uint8_t) best;
}

static void
find_relations(const parser_model *m, const piece *p, scratch *s)
{
	label_context c = {p, s->heads, s->order, s->relations, s->nodes};

	label_prepare(&c);
	for (int i = 0; i < p->n_words; i++)
		label_set(&c, s->order[i], best_relation(&m->labels, &c, s->order[i]));
}

static int16_t
best_head(const bucket_table *t, const punctuation_context *c, int position)
{
	punctuation_candidate candidates[MAX_CANDIDATES];
	int			n = punctuation_candidates(c, position, candidates),
				best = 0;
	int32_t		most = INT32_MIN;

	for (int i = 0; i < n; i++)
	{
		uint32_t	keys[MAX_FEATURES];
		int32_t		scores[N_ACTIONS];

		bucket_score(t, keys, punctuation_features(c, position, candidates, n, i, keys), scores);
		if (scores[0] > most)
		{
			most = scores[0];
			best = i;
		}
	}
	return candidates[best].at;
}

static void
hang_punctuation(const parser_model *m, const piece *p, scratch *s)
{
	punctuation_context c = {p, s->heads, s->relations, s->nodes, s->partner};

	punctuation_prepare(&c);
	for (int i = 1; i <= p->n; i++)
		if (!p->is_word[i])
		{
			s->heads[i] = best_head(&m->punctuation, &c, i);
			s->relations[i] = REL_PUNCT;
		}
}

/* Copies a piece's tree to the document; returns the piece's root. */
static int32_t
write_tree(document *doc, const piece *p, const scratch *s, int32_t first_root)
{
	int32_t		root = -1;

	for (int i = 1; i <= p->n; i++)
	{
		token	   *t = &doc->tokens[p->first + i - 1];

		t->relation = s->relations[i];
		if (s->heads[i] <= p->n)
		{
			t->head = p->first + s->heads[i] - 1;
			continue;
		}
		root = p->first + i - 1;
		t->head = first_root;
		t->relation = first_root < 0 ? REL_ROOT : REL_PARATAXIS;
	}
	return root;
}

/* End of the piece that starts at `start`: the whole rest when it is short, else behind the last good punctuation. */
static int32_t
piece_end(const document *doc, int32_t start, int32_t end)
{
	int32_t		limit = start + MAX_PIECE,
				comma = -1;

	if (end - start <= MAX_PIECE)
		return end;
	for (int32_t i = limit; i > start + MAX_PIECE / 2; i--)
	{
		const token *t = &doc->tokens[i - 1];

		if (t->upos != UPOS_PUNCT)
			continue;
		if (t->lower_bytes == 1 && (t->lower[0] == ';' || t->lower[0] == '.' || t->lower[0] == ':'))
			return i;
		if (comma < 0)
			comma = i;
	}
	return comma > 0 ? comma : limit;
}

void
parse_with(const parser_model *m, document *doc, int32_t sentence)
{
	int32_t		start = doc->sentences[sentence].start,
				end = doc->sentences[sentence].end,
				first_root = -1;

	while (start < end)
	{
		piece		p = {piece_end(doc, start, end) - start, start};
		scratch    *s = scratch_for(doc, p.n, m->width);
		int32_t		root;

		p.atoms = s->atoms;
		p.next_word = s->next_word;
		p.is_word = s->is_word;
		p.affinities = &m->affinities;
		p.grades = &s->grades;
		piece_prepare(doc, &p);
		find_heads(m, &p, s);
		find_relations(m, &p, s);
		hang_punctuation(m, &p, s);
		root = write_tree(doc, &p, s, first_root);
		if (first_root < 0)
			first_root = root;
		start += p.n;
	}
	doc->sentences[sentence].parsed = true;
}

void
parse_sentence(document *doc, int32_t sentence)
{
	parser_model m;

	document_tick(doc);
	if (doc->sentences[sentence].parsed || !parser_open(&m, parser_data_data, EMBED_BYTES(parser_data)))
		return;
	parse_with(&m, doc, sentence);
}
