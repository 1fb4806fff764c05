/*
 * name_memory.h - what a text did with each of its words: how it wrote them, how the tagger labelled them.
 *
 * Inside the room tag/ only.  A hash table of keys (words, pairs, ends of names ...); never grown, so its maker gives an upper bound.
 */
#ifndef NEWS_TAG_NAME_MEMORY_H
#define NEWS_TAG_NAME_MEMORY_H

#include "tag/name_features.h"

#define NO_MAJORITY 255
#define MAX_VOTED 4				/* different labels remembered for a word */

typedef struct word_memory
{
	uint64_t	key;			/* 0 = empty */
	uint16_t	n_capital;		/* inside sentences */
	uint16_t	n_lower;
	uint16_t	n_votes;		/* of all labels */
	uint16_t	kinds;			/* bits; name_types.c */
	uint16_t	votes[MAX_VOTED];
	uint8_t		labels[MAX_VOTED];	/* NO_MAJORITY = free */
} word_memory;

struct name_memory
{
	word_memory *slots;
	uint32_t	mask;
};

name_memory *memory_create(arena *memory, int32_t n_keys);

/* Slot of a key; NULL when it has none and `insert` is false. */
word_memory *memory_at(const name_memory *m, uint64_t key, bool insert);

/* One more, up to a cap. */
void		count_up(uint16_t *n);

void		vote(word_memory *m, uint8_t label);

/*
 * The label of most other occurrences, NO_MAJORITY when there are none; `own` is the label of the occurrence that
 * asks, NO_MAJORITY when it has no vote.  `share`: 0 .. 3, how far they agree.
 */
uint8_t		majority_of(const word_memory *m, uint8_t own, uint8_t *share);

/* Fills the cues type_*: which nouns of the sentence say what its names are. */
void		name_view_find_types(name_view *v, const sentence *s);

/* Fills run_kinds and word_kinds from type_kinds; needs the memory. */
void		name_view_share_types(name_view *v);

/* Is the word written as names are: a capital, all capitals, mixed case? */
static inline bool
is_capital(const name_cue *c)
{
	return c->written >= 1 && c->written <= 3;
}

#endif
