/*
 * voices.c - the quotes of a document grouped by speaker (see voices.h).
 *
 * A speaker is an entity when the quote has one, else a name: the same words
 * are the same speaker.  Quotes of nobody form one voice.
 */
#include "page/voices.h"

#include <string.h>

typedef struct name_table
{
	int32_t    *slots;			/* voice + 1; 0 = free */
	uint32_t	mask;
} name_table;

static name_table
new_table(arena *memory, int32_t n)
{
	uint32_t	room = 16;
	name_table	t;

	while (room < (uint32_t) n * 2)
		room *= 2;
	t.slots = arena_zero_array(memory, int32_t, room);
	t.mask = room - 1;
	return t;
}

/* The slot of the voice that is this name and no entity: its own, or a free one. */
static int32_t *
find_name(const name_table *t, const voice *all, const char *name)
{
	uint32_t	i = (uint32_t) (name ? hash_bytes(name, strlen(name)) : 0) & t->mask;

	for (; t->slots[i]; i = (i + 1) & t->mask)
	{
		const char *other = all[t->slots[i] - 1].name;

		if (name == other || (name && other && strcmp(name, other) == 0))
			break;
	}
	return &t->slots[i];
}

static int32_t
add_voice(voices *v, const quote *q, int32_t number)
{
	v->all[v->n] = (voice)
	{
		q->speaker, q->speaker_kind, NULL, 0, number, number
	};
	v->n_named += q->speaker != NULL;
	return v->n++;
}

voices
find_voices(const document *doc, arena *memory)
{
	voices		v = {arena_array(memory, voice, doc->n_quotes), 0, 0, arena_array(memory, int32_t, doc->n_quotes),
	arena_array(memory, int32_t, doc->n_quotes), arena_array(memory, int32_t, doc->n_entities)};
	name_table	names = new_table(memory, doc->n_quotes);

	for (int32_t e = 0; e < doc->n_entities; e++)
		v.of_entity[e] = -1;
	for (int32_t i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];
		voice	   *w;
		int32_t		found;

		if (q->speaker && q->speaker_entity >= 0)
		{
			found = v.of_entity[q->speaker_entity];
			if (found < 0)
				found = v.of_entity[q->speaker_entity] = add_voice(&v, q, i);
		}
		else
		{
			int32_t    *slot = find_name(&names, v.all, q->speaker);

			if (!*slot)
				*slot = add_voice(&v, q, i) + 1;
			found = *slot - 1;
		}
		w = &v.all[found];
		if (w->n_quotes++ > 0)
			v.next_quote[w->last_quote] = i;
		w->last_quote = i;
		if (!w->role)
			w->role = q->role;
		v.of_quote[i] = found;
		v.next_quote[i] = -1;
	}
	return v;
}
