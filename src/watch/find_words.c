/*
 * find_words.c - the words and phrases of many watch queries in one text.
 *
 * Phrases are filed by their first word (its stem, or its form for words as they are written); at each word of the text those filed
 * there are followed word by word.  A phrase that begins with a prefix is tried at every word.  Linear in the text, since a phrase has
 * at most WATCH_MAX_WORDS words.
 */
#include <string.h>

#include "topic/terms.h"
#include "watch/watch.h"

typedef struct filed_term
{
	const watch_term *term;
	int32_t		query;
	int32_t		number;			/* of the term in its query */
	int32_t		next;			/* filed under the same word, -1 = none */
	watch_match *match;			/* in the text that is looked at, NULL = none yet */
} filed_term;

typedef struct slot
{
	uint64_t	hash;
	int32_t		first;			/* filed term + 1; 0 = empty */
} slot;

struct watch_index
{
	filed_term *terms;
	int32_t		n_terms;
	slot	   *slots;
	uint64_t	mask;
	int32_t		first_prefix;	/* terms that begin with a prefix, -1 = none */
};

static slot *
slot_of(const watch_index *index, uint64_t hash)
{
	for (uint64_t at = hash & index->mask;; at = (at + 1) & index->mask)
		if (index->slots[at].first == 0 || index->slots[at].hash == hash)
			return &index->slots[at];
}

/* Stems and forms are filed together: a form's hash is mixed with its field. */
static uint64_t
filing_hash(watch_field field, uint64_t hash)
{
	return field == WATCH_EXACT ? hash_mix(hash, WATCH_EXACT) : hash;
}

static void
file_term(watch_index *index, const watch_term *term, int32_t query, int32_t number)
{
	filed_term *f = &index->terms[index->n_terms++];
	slot	   *s;

	*f = (filed_term) {
		.term = term, .query = query, .number = number
	};
	if (term->words[0].prefix)
	{
		f->next = index->first_prefix;
		index->first_prefix = index->n_terms - 1;
		return;
	}
	s = slot_of(index, filing_hash(term->field, term->words[0].hash));
	s->hash = filing_hash(term->field, term->words[0].hash);
	f->next = s->first - 1;
	s->first = index->n_terms;
}

watch_index *
watch_index_create(arena *memory, const watch_query *const *queries, int32_t n_queries)
{
	watch_index *index = arena_zero(memory, sizeof(watch_index));
	int64_t		n = 0;

	for (int32_t q = 0; q < n_queries; q++)
		n += queries[q]->n_terms;
	index->terms = arena_array(memory, filed_term, n);
	for (index->mask = 15; (int64_t) index->mask < 2 * n;)
		index->mask = index->mask * 2 + 1;
	index->slots = arena_zero_array(memory, slot, index->mask + 1);
	index->first_prefix = -1;
	for (int32_t q = 0; q < n_queries; q++)
		for (int32_t t = 0; t < queries[q]->n_terms; t++)
			if (queries[q]->terms[t].field <= WATCH_EXACT && queries[q]->terms[t].n_words)
				file_term(index, &queries[q]->terms[t], q, t);
	return index;
}

watch_part *
watch_parts(arena *memory, const document *doc, int32_t *n_parts)
{
	watch_part *parts = NULL;
	int32_t		capacity = 0;
	int32_t		n = 0;

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		const token *t = &doc->tokens[i];
		uint32_t	at = 0;
		/* Where folding changes no lengths, and it does in few words, a part of the token has its own place. */
		bool		aligned = t->lower_bytes == t->end_byte - t->start_byte;

		if (t->flags & TOKEN_PUNCTUATION || (t->flags & TOKEN_CLITIC && t->lower_bytes == 2 && t->lower[1] == 's'))
			continue;
		while (at < t->lower_bytes)
		{
			const char *dash = memchr(t->lower + at, '-', t->lower_bytes - at);
			uint32_t	end = dash ? (uint32_t) (dash - t->lower) : t->lower_bytes;

			if (end > at)
			{
				watch_part *p;
				uint32_t	n_stem;
				const char *stem = stem_of(t->lower + at, end - at, &n_stem);
				bool		whole = end - at == t->lower_bytes;

				parts = arena_grow(memory, parts, n, &capacity, sizeof(watch_part));
				p = &parts[n++];
				p->stem_hash = hash_bytes(stem, n_stem);
				p->place = whole || !aligned ? (byte_span) {t->start_byte, t->end_byte} : (byte_span) {t->start_byte + at, t->start_byte + end};
				p->form_hash = whole ? t->form_hash : hash_bytes(doc->text + p->place.start, p->place.end - p->place.start);
				p->lower = t->lower + at;
				p->n_lower = end - at;
			}
			at = end + 1;
		}
	}
	*n_parts = n;
	return parts;
}

static bool
word_is(const watch_word *w, watch_field field, const watch_part *p)
{
	if (w->prefix)
		return p->n_lower >= w->n_prefix && memcmp(p->lower, w->prefix, w->n_prefix) == 0;
	return w->hash == (field == WATCH_EXACT ? p->form_hash : p->stem_hash);
}

/* The last part of the phrase that begins at parts[i], -1 when it does not. */
static int32_t
phrase_end(const watch_term *t, const watch_part *parts, int32_t n_parts, int32_t i)
{
	for (int32_t w = 0; w < t->n_words; w++)
	{
		if (w)
			i += t->words[w].distance;
		if (i >= n_parts || !word_is(&t->words[w], t->field, &parts[i]))
			return -1;
	}
	return i;
}

typedef struct finder
{
	arena	   *memory;
	watch_match *matches;
	int32_t		n_matches;
	const watch_part *parts;
	int32_t		n_parts;
} finder;

static void
try_term(finder *f, filed_term *filed, int32_t i)
{
	int32_t		last = phrase_end(filed->term, f->parts, f->n_parts, i);
	watch_match *m = filed->match;
	byte_span	place;

	if (last < 0)
		return;
	if (!m)
	{
		m = filed->match = &f->matches[f->n_matches++];
		*m = (watch_match) {
			.query = filed->query, .term = filed->number, .places = arena_array(f->memory, byte_span, MAX_WATCH_PLACES)
		};
	}
	place = (byte_span) {f->parts[i].place.start, f->parts[last].place.end};
	if (m->n_places && m->places[m->n_places - 1].end >= place.start)
		m->places[m->n_places - 1].end = place.end > m->places[m->n_places - 1].end ? place.end : m->places[m->n_places - 1].end;
	else if (m->n_places < MAX_WATCH_PLACES)
		m->places[m->n_places++] = place;
}

watch_match *
watch_words(arena *memory, const watch_index *index, const document *doc, int32_t *n_matches)
{
	finder		f = {.memory = memory};

	*n_matches = 0;
	if (index->n_terms == 0)
		return NULL;
	for (int32_t i = 0; i < index->n_terms; i++)
		index->terms[i].match = NULL;
	f.matches = arena_array(memory, watch_match, index->n_terms);
	f.parts = watch_parts(memory, doc, &f.n_parts);
	for (int32_t i = 0; i < f.n_parts; i++)
	{
		const slot *stem = slot_of(index, f.parts[i].stem_hash);
		const slot *form = slot_of(index, filing_hash(WATCH_EXACT, f.parts[i].form_hash));

		for (int32_t t = stem->first - 1; t >= 0; t = index->terms[t].next)
			try_term(&f, &index->terms[t], i);
		for (int32_t t = form->first - 1; t >= 0; t = index->terms[t].next)
			try_term(&f, &index->terms[t], i);
		for (int32_t t = index->first_prefix; t >= 0; t = index->terms[t].next)
			try_term(&f, &index->terms[t], i);
		if (i % 64 == 0)
			document_tick(doc);
	}
	*n_matches = f.n_matches;
	return f.matches;
}
