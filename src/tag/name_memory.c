/*
 * name_memory.c - a table of a text's words and their votes (see name_memory.h).
 *
 * Open addressing with linear probing; a word remembers the votes of a few labels, the first that came.
 */
#include "tag/name_memory.h"

#include <string.h>

#define VOTES_CAP 60000

word_memory *
memory_at(const name_memory *m, uint64_t key, bool insert)
{
	uint32_t	at;

	key += key == 0;
	for (at = (uint32_t) (key ^ key >> 32) & m->mask; m->slots[at].key != 0; at = (at + 1) & m->mask)
		if (m->slots[at].key == key)
			return &m->slots[at];
	if (!insert)
		return NULL;
	m->slots[at].key = key;
	memset(m->slots[at].labels, NO_MAJORITY, MAX_VOTED);
	return &m->slots[at];
}

name_memory *
memory_create(arena *memory, int32_t n_keys)
{
	name_memory *m = arena_alloc(memory, sizeof(name_memory));
	uint32_t	n_slots = 64;

	while (n_slots < (uint32_t) n_keys * 2)
		n_slots *= 2;
	m->slots = arena_zero_array(memory, word_memory, n_slots);
	m->mask = n_slots - 1;
	return m;
}

void
count_up(uint16_t *n)
{
	if (*n < VOTES_CAP)
		(*n)++;
}

void
vote(word_memory *m, uint8_t label)
{
	count_up(&m->n_votes);
	for (int i = 0; i < MAX_VOTED; i++)
		if (m->labels[i] == label || m->labels[i] == NO_MAJORITY)
		{
			m->labels[i] = label;
			count_up(&m->votes[i]);
			return;
		}
}

uint8_t
majority_of(const word_memory *m, uint8_t own, uint8_t *share)
{
	uint8_t		best = NO_MAJORITY;
	int			most = 0,
				all;

	if (m == NULL)
		return NO_MAJORITY;
	for (int i = 0; i < MAX_VOTED; i++)
	{
		int			n = m->votes[i] - (m->labels[i] == own && own != NO_MAJORITY);

		if (n > most)
		{
			most = n;
			best = m->labels[i];
		}
	}
	all = m->n_votes - (own != NO_MAJORITY);
	*share = (uint8_t) ((most * 10 >= all * 9) + (most >= 3) + (most * 10 >= all * 9 && most >= 3));
	return best;
}
