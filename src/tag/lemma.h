/*
 * lemma.h - the dictionary form of a tagged token, as Universal Dependencies English has it.
 *
 * Rules are edits of the word's end, found by the longest end of the word that
 * training saw under the same tag and letter case; irregular words are ends that
 * are whole words.  train/lemma_train.c makes the table.
 */
#ifndef NEWS_TAG_LEMMA_H
#define NEWS_TAG_LEMMA_H

#include "tag/weights.h"
#include "text/document.h"

#define LEMMA_LONGEST_END 7		/* bytes of an end that is not the whole word */
#define LEMMA_MAGIC 0x4d454c4eu

enum							/* what an edit is applied to */
{
	LEMMA_LOWER,				/* the lower-cased form */
	LEMMA_FORM,					/* the form as written */
	LEMMA_CAPITAL				/* the lower-cased form with a capital */
};

typedef struct lemma_edit
{
	uint8_t		letters;		/* LEMMA_* */
	uint8_t		strip;			/* bytes off the end */
	uint16_t	append;			/* offset into the strings */
} lemma_edit;

typedef struct lemma_header
{
	uint32_t	magic;
	uint32_t	log2_slots;
	uint32_t	n_edits;
	uint32_t	n_string_bytes;
} lemma_header;					/* then slots, edits, strings */

/* Row of a slot: (edit + 1) * 2 + (1 when longer ends may have another edit). */
typedef struct lemma_table
{
	const weights_slot *slots;
	uint32_t	mask;
	const lemma_edit *edits;
	const char *strings;
} lemma_table;

/* Opens an image (8-byte aligned); false when it is none. */
bool		lemma_open(lemma_table *t, const void *data, size_t n_bytes);

/* What rules are learned for: tags and letter case together. */
uint64_t	lemma_group(const token *t);

/* Whether lemmas under a tag keep capitals of the form: names, nouns, adjectives of nationality. */
bool		lemma_minds_letters(uint8_t xpos);

/* Key of the word's last n bytes within a group, and of the whole word. */
uint64_t	lemma_end_key(uint64_t group, const char *lower, uint32_t n_bytes, uint32_t n);
uint64_t	lemma_word_key(uint64_t group, uint64_t lower_hash);

/* NUL-terminated lemma of a tagged token, in read-only data, the arena, or t->lower itself. */
const char *lemma_of(const lemma_table *table, const document *doc, const token *t);

/* Applies an edit; `out` has room for n_bytes + 32; returns the length. */
uint32_t	lemma_apply(const lemma_edit *e, const char *append, const char *form, const char *lower, uint32_t n_bytes, char *out);

#endif
