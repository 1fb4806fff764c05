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
	if (f->words[f->kind == KIND_PERSON ? f->n_core - 1 : 0].n_bytes > 3)
		add_key(l, KEY_PREFIX3, f->kind, hash_bytes(f->words[f->kind == KIND_PERSON ? f->n_core - 1 : 0].text, 3), at);
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
	if (n == 0 && last->n_bytes >= 3)
		n = look_up(l, KEY_PREFIX3, hash_bytes((s->kind == KIND_PERSON ? last : first)->text, 3), at, list, n);
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

	if (s->by_name)
		return;					/* joins at the end */
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

/* "X (Y)" and "X [Y]": the brackets hold nothing else. */
static bool
stands_in_brackets(const document *doc, const mention *x, const mention *y)
{
	int32_t		at = x->end;

	if (at < y->start && (doc->tokens[at].flags & TOKEN_CLITIC))
		at++;
	if (y->start == at + 2 && is_token(doc, at + 1, "the"))
		return is_token(doc, at, "(") && is_token(doc, y->end, ")");
	return at + 1 == y->start && ((is_token(doc, at, "(") && is_token(doc, y->end, ")")) || (is_token(doc, at, "[") && is_token(doc, y->end, "]")));
}

/* The word before the mention, an opening mark and "the" left out; -1 when the sentence begins there. */
static int32_t
word_before(const document *doc, int32_t at)
{
	int32_t		start = doc->sentences[doc->tokens[at].sentence].start;

	for (at--; at >= start && ((doc->tokens[at].flags & TOKEN_OPEN_MARK) || is_token(doc, at, "the")); at--)
		;
	return at >= start ? at : -1;
}

#define ALIAS_REACH 12			/* tokens between a name and "also known as" its other */

/* "X, also known as Y", "X, referred to as Y", "X (formerly Y)", "X was born Y", "X, nicknamed Y". */
static bool
stands_as_alias(const document *doc, const mention *x, const mention *y)
{
	int32_t		w = word_before(doc, y->start);

	if (w < x->end || y->start - x->end > ALIAS_REACH || doc->tokens[x->start].sentence != doc->tokens[y->start].sentence)
		return false;
	if (is_token(doc, w, "as"))
		return is_token(doc, w - 1, "known") || (is_token(doc, w - 1, "to") && is_token(doc, w - 2, "referred"));
	if (is_token(doc, w, "called"))
		return is_token(doc, w - 1, "also") || is_token(doc, w - 1, "once") || is_token(doc, w - 1, "formerly");
	if (is_token(doc, w, "née") || is_token(doc, w, "aka") || is_token(doc, w, "a.k.a.") || is_token(doc, w, "nicknamed"))
		return true;
	if (is_token(doc, w, "formerly"))
		return is_token(doc, x->end, ",") || is_token(doc, x->end, "(");
	return is_token(doc, w, "born") && (w - x->end <= 1 || is_token(doc, w - 1, "was"));
}

/* "Colin Sutherland, Lord Carloway", "George Herbert, 8th Earl of Carnarvon": the second name is a peer's title. */
static bool
stands_as_peer(const document *doc, const mention *x, const mention *y)
{
	static const char *const ranks[] = {"baron", "baroness", "countess", "duchess", "duke", "earl", "lady", "lord", "marquess", "viscount"};
	int32_t		at = x->end + 1;

	if (x->end - x->start < 2 || !is_token(doc, x->end, ",") || y->start - x->end > 4 || y->end <= at)
		return false;
	while (at < y->start && (is_token(doc, at, "the") || (doc->tokens[at].flags & TOKEN_HAS_DIGIT)))
		at++;
	if (at == y->start && (doc->tokens[at].flags & TOKEN_HAS_DIGIT))
		at++;
	return y->start - at <= 1 && word_in_list(ranks, (int) (sizeof(ranks) / sizeof(ranks[0])), doc->tokens[at].lower);
}

/* One word, or two joined by a hyphen, of few letters: C-MORE. */
static bool
is_short(const form *f)
{
	return (f->n_words == 1 && f->words[0].n_bytes <= 10) ||
		(f->n_words == 2 && f->words[0].token == f->words[1].token && (f->words[1].flags & WORD_CAPITALS));
}

/* Do brackets equate two names of this kind?  Of persons and places they may say something else: Paris (France). */
static bool
brackets_equate(const form *a, const form *b)
{
	if (a->kind == KIND_PLACE || a->kind == KIND_NATIONALITY)
		return false;
	return is_short(a) || is_short(b) || a->kind == KIND_WORK || a->kind == KIND_LAW || a->kind == KIND_EVENT || a->kind == KIND_PRODUCT;
}

/*
 * "Born Larissa Machado, the diva ...": the person whom the text names most often.  -1 when the sentence does not begin so.
 */
static int32_t
born_as(const linker *l, int32_t at)
{
	const document *doc = l->doc;
	const form_table *table = l->table;
	const mention *m = &doc->mentions[at];
	int32_t		best = -1;

	if (m->kind != KIND_PERSON || m->end - m->start < 2 || !is_token(doc, m->start - 1, "born") ||
		doc->sentences[doc->tokens[m->start].sentence].start != m->start - 1)
		return -1;
	for (int32_t i = 0; i < table->n_forms; i++)
		if (table->forms[i].kind == KIND_PERSON && (best < 0 || table->forms[i].n > table->forms[best].n))
			best = i;
	return best >= 0 && table->forms[best].n >= 3 ? best : -1;
}

/* "((WN))": who asks in an interview, by two letters of the name. */
static void
state_turns(linker *l)
{
	const document *doc = l->doc;
	form_table *table = l->table;

	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];
		int32_t		at = table->form_of[i];
		const name_word *w = &table->forms[at].words[0];

		if (m->kind != KIND_ORGANIZATION || l->stated[at] >= 0 || table->forms[at].n_words != 1 || !(w->flags & WORD_CAPITALS) || w->n_bytes > 3 ||
			!is_token(doc, m->start - 1, "(") || !is_token(doc, m->start - 2, "("))
			continue;
		for (int32_t k = 0; k < table->n_forms && l->stated[at] < 0; k++)
		{
			const form *f = &table->forms[k];
			const char *p = f->words[0].text;
			int			n = 0;

			if (k == at || f->kind != KIND_ORGANIZATION || f->n_words != 1 || f->words[0].n_bytes < 5 || *p != w->text[0])
				continue;
			for (; *p && n < w->n_bytes; p++)
				n += *p == w->text[n];
			if (n == w->n_bytes)
				l->stated[at] = k;
		}
	}
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
		int32_t		birth = born_as(l, i + 1);

		if (birth >= 0 && birth != b)
		{
			l->stated[b] = birth;
			fb->by_name = true;
		}
		if (a == b || fa->kind != fb->kind)
			continue;
		if (fa->kind == KIND_PERSON && (stands_as_alias(doc, x, y) || stands_as_peer(doc, x, y)))
			fb->by_name = true;
		else if (!(stands_in_brackets(doc, x, y) && brackets_equate(fa, fb)) && !stands_as_alias(doc, x, y))
			continue;
		if (fa->n_core < fb->n_core && !fb->by_name)
			l->stated[a] = b;
		else if (l->stated[a] < 0)
			l->stated[b] = a;
	}
	state_turns(l);
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
		score += title && title == state->title ? 40 : 0;
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

/* Other names of a bearer join with all that joined them. */
static void
join_other_names(linker *l)
{
	form	   *forms = l->table->forms;

	for (int32_t i = 0; i < l->table->n_forms; i++)
		if (forms[i].by_name && forms[i].cluster == i && l->stated[i] >= 0 && forms[l->stated[i]].cluster >= 0)
			forms[i].cluster = forms[l->stated[i]].cluster;
	for (int32_t i = 0; i < l->table->n_forms; i++)
		if (forms[i].cluster >= 0 && forms[forms[i].cluster].cluster >= 0)
			forms[i].cluster = forms[forms[i].cluster].cluster;
	for (int32_t i = 0; i < l->n_choices; i++)
		if (l->choices[i].cluster >= 0 && forms[l->choices[i].cluster].cluster >= 0)
			l->choices[i].cluster = forms[l->choices[i].cluster].cluster;
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
	join_other_names(&l);
	decide_mentions(&l);
}
