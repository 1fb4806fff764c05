/*
 * link_forms.c - bringing the forms of a text together into entities.
 *
 * In: the form table.  Forms are taken fullest first; each looks among the
 * fuller ones that share a word, a beginning or an initial with it (an index
 * over hashes, chains capped, so the time is linear) for those that it may name
 * (match_forms.c).  One entity found: the whole form joins it.  Several (the
 * surname of a couple): each mention is decided in the order of the text, by
 * who was introduced, who was named last, and titles that give away a gender.
 * Names that the text itself equates ("X (Y)", "X, also known as Y") join first.
 */
#include "entity/link_forms.h"

#include <string.h>

#include "entity/roles.h"
#include "tag/tagset.h"

#define MAX_CHAIN 64			/* forms looked at under one key */
#define MAX_CHOICES 8			/* entities that one form may mean */

enum
{
	KEY_WORD = 1, KEY_PREFIX4, KEY_PREFIX3, KEY_LETTER, KEY_KNOWLEDGE
};

typedef struct index_entry
{
	int32_t		form;
	int32_t		next;
} index_entry;

typedef struct choice
{
	int32_t		cluster;
	int32_t		score;
} choice;

typedef struct linker
{
	form_table *table;
	document   *doc;
	int32_t    *slots;			/* key -> last entry, -1 */
	uint32_t	mask;
	index_entry *entries;
	int32_t		n_entries;
	int32_t		capacity;
	int32_t    *stated;			/* of each form: the form that the text equates it with, -1 */
	choice	   *choices;		/* MAX_CHOICES of each ambiguous form */
	int32_t    *first_choice;	/* of each form; -1 */
	int32_t		n_choices;
	int32_t		choices_capacity;
} linker;

static uint32_t
slot_of(const linker *l, int type, uint8_t kind, uint64_t value)
{
	uint64_t	h = hash_mix(hash_mix((uint64_t) type, kind), value);

	return (uint32_t) (h >> 24) & l->mask;
}

static void
add_key(linker *l, int type, uint8_t kind, uint64_t value, int32_t at)
{
	uint32_t	slot = slot_of(l, type, kind, value);

	if (l->slots[slot] >= 0 && l->entries[l->slots[slot]].form == at)
		return;
	l->entries = arena_grow(l->doc->memory, l->entries, l->n_entries, &l->capacity, sizeof(index_entry));
	l->entries[l->n_entries].form = at;
	l->entries[l->n_entries].next = l->slots[slot];
	l->slots[slot] = l->n_entries++;
}

/* The words written together: MarineTraffic. */
static void
add_joined(linker *l, int32_t at)
{
	const form *f = &l->table->forms[at];
	char		joined[96];
	size_t		n = 0;

	for (int i = 0; i < f->n_words; i++)
	{
		if (n + f->words[i].n_bytes > sizeof(joined))
			return;
		memcpy(joined + n, f->words[i].text, f->words[i].n_bytes);
		n += f->words[i].n_bytes;
	}
	add_key(l, KEY_WORD, f->kind, hash_bytes(joined, n), at);
}

static void
add_form(linker *l, int32_t at)
{
	const form *f = &l->table->forms[at];
	int			letters = 0;

	for (int i = 0; i < f->n_words; i++)
	{
		const name_word *w = &f->words[i];

		if (w->flags & WORD_SMALL && f->n_words > 1)
			continue;
		add_key(l, KEY_WORD, f->kind, w->hash, at);
		if (w->n_bytes > 3 && w->text[w->n_bytes - 1] == 's')
			add_key(l, KEY_WORD, f->kind, hash_bytes(w->text, w->n_bytes - 1), at);
		if (w->n_bytes >= 5)
			add_key(l, KEY_PREFIX4, f->kind, hash_bytes(w->text, 4), at);
		if (f->n_words > 1 && letters++ < 3)
			add_key(l, KEY_LETTER, f->kind, (unsigned char) w->text[0], at);
	}
	if (f->n_words > 1 && f->kind != KIND_PERSON)
		add_joined(l, at);
	if (f->knowledge >= 0)
		add_key(l, KEY_KNOWLEDGE, f->kind, (uint64_t) f->knowledge, at);
	if (f->n_words > 1 && f->kind == KIND_ORGANIZATION && f->words[0].n_bytes > 3)
		add_key(l, KEY_PREFIX3, f->kind, hash_bytes(f->words[0].text, 3), at);
}

static int
add_choice(choice *list, int n, int32_t cluster, int32_t score)
{
	for (int i = 0; i < n; i++)
		if (list[i].cluster == cluster)
		{
			if (list[i].score < score)
				list[i].score = score;
			return n;
		}
	if (n == MAX_CHOICES)
		return n;
	list[n].cluster = cluster;
	list[n].score = score;
	return n + 1;
}

static int
look_up(linker *l, int type, uint64_t value, int32_t at, choice *list, int n)
{
	form	   *forms = l->table->forms;
	const form *s = &forms[at];
	int32_t		e = l->slots[slot_of(l, type, s->kind, value)];

	for (int steps = 0; e >= 0 && steps < MAX_CHAIN; e = l->entries[e].next, steps++)
	{
		int32_t		other = l->entries[e].form;
		int			score = match_forms(s, &forms[other]);

		if (score == 0)
			continue;
		if (forms[other].cluster >= 0)
			n = add_choice(list, n, forms[other].cluster, score);
	}
	return n;
}

static int
find_choices(linker *l, int32_t at, choice *list)
{
	const form *s = &l->table->forms[at];
	const name_word *first = &s->words[0],
			   *last = &s->words[s->n_core - 1];
	int			n = look_up(l, KEY_WORD, last->hash, at, list, 0);

	if (s->knowledge >= 0 && s->kind != KIND_PERSON)
		n = look_up(l, KEY_KNOWLEDGE, (uint64_t) s->knowledge, at, list, n);
	if (s->n_core > 1)
		n = look_up(l, KEY_WORD, first->hash, at, list, n);
	if (n == 0 && last->n_bytes > 3 && last->text[last->n_bytes - 1] == 's' && s->kind != KIND_PERSON)
		n = look_up(l, KEY_WORD, hash_bytes(last->text, last->n_bytes - 1), at, list, n);
	if (n == 0 && last->n_bytes >= 5)
		n = look_up(l, KEY_PREFIX4, hash_bytes(last->text, 4), at, list, n);
	if (n == 0 && s->n_words == 1 && s->kind != KIND_NATIONALITY && (first->flags & WORD_CAPITALS || first->n_bytes < 7))
		n = look_up(l, KEY_LETTER, (unsigned char) first->text[0], at, list, n);
	if (n == 0 && s->n_words == 1 && first->n_bytes == 3 && s->kind == KIND_ORGANIZATION)
		n = look_up(l, KEY_PREFIX3, first->hash, at, list, n);
	return n;
}

#define LEAST_SCORE 4			/* with which a form joins */

static void
link_form(linker *l, int32_t at)
{
	form	   *s = &l->table->forms[at];
	choice		list[MAX_CHOICES];
	int			n,
				best = 0,
				n_best = 0;

	if (l->stated[at] >= 0 && l->table->forms[l->stated[at]].cluster >= 0)
	{
		s->cluster = l->table->forms[l->stated[at]].cluster;
		return;
	}
	n = find_choices(l, at, list);
	for (int i = 0; i < n; i++)
		if (list[i].score > best)
			best = list[i].score;
	if (best < LEAST_SCORE)
		return;
	for (int i = 0; i < n; i++)
		if (list[i].score + (s->kind == KIND_PERSON ? 2 : 0) >= best && list[i].score >= LEAST_SCORE)
			list[n_best++] = list[i];
	if (n_best == 1)
	{
		s->cluster = list[0].cluster;
		return;
	}
	l->first_choice[at] = l->n_choices;
	for (int i = 0; i < n_best; i++)
	{
		l->choices = arena_grow(l->doc->memory, l->choices, l->n_choices, &l->choices_capacity, sizeof(choice));
		l->choices[l->n_choices++] = list[i];
	}
	l->choices = arena_grow(l->doc->memory, l->choices, l->n_choices, &l->choices_capacity, sizeof(choice));
	l->choices[l->n_choices].cluster = -1;
	l->choices[l->n_choices++].score = 0;
	s->cluster = -1;
}

/* Forms by their number of words, most first; ties in order of the text. */
static int32_t *
order_forms(const form_table *table)
{
	int32_t    *order = arena_array(table->doc->memory, int32_t, table->n_forms);
	int32_t		n = 0;

	for (int size = MAX_FORM_WORDS; size > 0; size--)
		for (int32_t i = 0; i < table->n_forms; i++)
			if (table->forms[i].n_core == size)
				order[n++] = i;
	return order;
}

/* --- what the text equates ------------------------------------------------- */

static bool
is_token(const document *doc, int32_t at, const char *text)
{
	return at >= 0 && at < doc->n_tokens && strcmp(doc->tokens[at].lower, text) == 0;
}

/* "X (Y)": the brackets hold nothing else. */
static bool
stands_in_brackets(const document *doc, const mention *x, const mention *y)
{
	int32_t		at = x->end;

	if (at < y->start && (doc->tokens[at].flags & TOKEN_CLITIC))
		at++;
	return at + 1 == y->start && is_token(doc, at, "(") && is_token(doc, y->end, ")");
}

/* "X, also known as Y", "X (formerly Y)", "X, born Y". */
static bool
stands_as_alias(const document *doc, const mention *x, const mention *y)
{
	if (y->start - x->end > 7 || y->start - x->end < 2 || doc->tokens[x->start].sentence != doc->tokens[y->start].sentence)
		return false;
	if (is_token(doc, y->start - 1, "as") && (is_token(doc, y->start - 2, "known") || is_token(doc, y->start - 2, "to")))
		return is_token(doc, y->start - 2, "known") || is_token(doc, y->start - 3, "referred");
	return is_token(doc, y->start - 1, "aka") || is_token(doc, y->start - 1, "a.k.a.") || is_token(doc, y->start - 1, "née") ||
		(is_token(doc, y->start - 1, "formerly") && (is_token(doc, x->end, ",") || is_token(doc, x->end, "("))) ||
		(is_token(doc, y->start - 1, "born") && (is_token(doc, x->end, ",") || is_token(doc, x->end, "(")));
}

static bool
is_short(const form *f)
{
	return f->n_words == 1 && f->words[0].n_bytes <= 10;
}

static void
find_stated(linker *l)
{
	const document *doc = l->doc;
	form_table *table = l->table;

	for (int32_t i = 0; i < table->n_forms; i++)
		l->stated[i] = -1;
	for (int32_t i = 0; i + 1 < doc->n_mentions; i++)
	{
		const mention *x = &doc->mentions[i],
				   *y = &doc->mentions[i + 1];
		int32_t		a = table->form_of[i],
					b = table->form_of[i + 1];
		form	   *fa = &table->forms[a],
				   *fb = &table->forms[b];
		bool		brackets = stands_in_brackets(doc, x, y);

		if (a == b || fa->kind != fb->kind || !(brackets || stands_as_alias(doc, x, y)))
			continue;
		if (brackets && fa->kind == KIND_PLACE)
			continue;			/* Paris (France) */
		if (brackets && !(is_short(fb) || is_short(fa)))
			continue;
		if (fa->n_core < fb->n_core)
			l->stated[a] = b;
		else if (l->stated[a] < 0)
			l->stated[b] = a;
	}
}

/* --- mention by mention ------------------------------------------------------ */

typedef struct cluster_state
{
	int32_t		last;			/* mention that last named it, -1 */
	int32_t		n;
	int32_t		last_by_short;	/* last mention by an ambiguous form */
	uint64_t	title;			/* hash of the last word of its title, 0 */
	uint8_t		gender;
	bool		relative;		/* introduced as somebody's relative: "his mother, Ava Baumgartner" */
} cluster_state;

static int32_t
recency(int32_t now, int32_t last)
{
	return last < 0 ? 0 : 12 / (1 + (now - last) / 3);
}

/* Last word of the mention's title. */
static uint64_t
title_word(const document *doc, const mention *m)
{
	return m->title.end > m->title.start ? doc->tokens[m->title.end - 1].lower_hash : 0;
}

static bool
is_relative(const document *doc, const mention *m)
{
	for (int32_t i = m->title.start; i < m->title.end; i++)
		if (lexicon_sets(&doc->tokens[i]) & SET_RELATIVE)
			return true;
	return m->apposition.end > m->apposition.start && doc->tokens[m->apposition.start].xpos == XPOS_PRP_S &&
		(lexicon_sets(&doc->tokens[m->apposition.end - 1]) & SET_RELATIVE);
}

static int32_t
choose(const linker *l, const cluster_state *states, int32_t at, const choice *c)
{
	const mention *m = &l->doc->mentions[at];
	uint8_t		gender = m->kind == KIND_PERSON ? title_gender(l->doc, (span) {m->title.start, m->end - 1}) : GENDER_UNKNOWN;
	uint64_t	title = title_word(l->doc, m);
	int32_t		best = c->cluster,
				best_score = INT32_MIN;

	for (; c->cluster >= 0; c++)
	{
		const cluster_state *state = &states[c->cluster];
		int32_t		score = 4 * c->score + recency(at, state->last) + recency(at, state->last_by_short);

		score += state->last >= 0 ? 30 : 0;
		score += state->n > 8 ? 8 : state->n;
		score += title && title == state->title ? 20 : 0;
		score -= state->relative ? 16 : 0;
		if (gender && state->gender && gender != state->gender)
			score -= 200;
		if (score > best_score)
		{
			best_score = score;
			best = c->cluster;
		}
	}
	return best;
}

static void
decide_mentions(linker *l)
{
	form_table *table = l->table;
	document   *doc = l->doc;
	cluster_state *states = arena_zero_array(doc->memory, cluster_state, table->n_forms);

	for (int32_t i = 0; i < table->n_forms; i++)
	{
		states[i].last = states[i].last_by_short = -1;
		states[i].gender = table->forms[i].gender;
	}
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		int32_t		f = table->form_of[i];
		int32_t		cluster = table->forms[f].cluster;

		if (cluster < 0)
		{
			cluster = choose(l, states, i, l->choices + l->first_choice[f]);
			states[cluster].last_by_short = i;
		}
		doc->mentions[i].entity = cluster;
		if (table->forms[f].cluster >= 0 && states[cluster].n == 0)
			states[cluster].relative = is_relative(doc, &doc->mentions[i]);
		if (states[cluster].title == 0)
			states[cluster].title = title_word(doc, &doc->mentions[i]);
		states[cluster].last = i;
		states[cluster].n++;
	}
}

void
link_forms(form_table *table)
{
	document   *doc = table->doc;
	linker		l = {.table = table,.doc = doc};
	uint32_t	n_slots = 64;
	int32_t    *order;

	while (n_slots < 8 * (uint32_t) table->n_forms)
		n_slots *= 2;
	l.slots = arena_array(doc->memory, int32_t, n_slots);
	memset(l.slots, 0xff, sizeof(int32_t) * n_slots);
	l.mask = n_slots - 1;
	l.stated = arena_array(doc->memory, int32_t, table->n_forms);
	l.first_choice = arena_array(doc->memory, int32_t, table->n_forms);
	find_stated(&l);
	order = order_forms(table);
	for (int32_t i = 0; i < table->n_forms; i++)
	{
		link_form(&l, order[i]);
		add_form(&l, order[i]);
	}
	decide_mentions(&l);
}
