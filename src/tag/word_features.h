/*
 * word_features.h - what the word tagger looks at: the features of a token among its neighbours.
 *
 * Made once a document, then pointed at one piece of a sentence after the
 * other; word_features_extract is the callback that training and tagging share.
 */
#ifndef NEWS_TAG_WORD_FEATURES_H
#define NEWS_TAG_WORD_FEATURES_H

#include "tag/sequence.h"
#include "text/document.h"

#define WORD_REACH 3			/* tokens on each side that features look at */

/* What is known of one token without its neighbours. */
typedef struct word_atoms
{
	uint64_t	word;			/* lower-cased, digits as 0 */
	uint64_t	form;
	uint64_t	shape;
	uint64_t	suffix[5];		/* last 1 .. 5 bytes of the lower-cased form; 0 when it is not longer */
	uint64_t	prefix[4];		/* first 1 .. 4 */
	uint16_t	class_id;
	uint16_t	class_path;
	uint8_t		capital;		/* 1 = first letter, 2 = all letters */
	uint8_t		habit;			/* how often it is capitalised in news, 0 = unknown, 1 .. 5 */
	uint8_t		level;			/* how common, 0 = in no word list */
	uint8_t		seen;			/* elsewhere in the document: bits of SEEN_* */
	uint32_t	sets;
} word_atoms;

/* Words of one tag only, by hash of the form as written. */
typedef struct fixed_words
{
	const weights_slot *slots;	/* row is label + 1 */
	uint32_t	mask;
} fixed_words;

typedef struct word_features
{
	const document *doc;
	const fixed_words *fixed;	/* may be NULL */
	uint64_t   *seen;			/* hash table of the document's words and their letter case */
	uint32_t	seen_mask;
	int32_t		start;			/* token of the piece's first word */
	int32_t		end;
	int32_t		sentence_start;
	int32_t		sentence_end;
	uint8_t		letters;		/* letter case of the sentence */
	uint64_t	last_mark;		/* hash of the sentence's last token */
	word_atoms *atoms;			/* [SEQUENCE_MAX_TOKENS + 2 * WORD_REACH] */
	uint64_t	helper;			/* the last auxiliary, "to" or determiner before the token, and how far */
	int32_t		helper_at;
} word_features;

word_features *word_features_create(arena *memory, const document *doc, const fixed_words *fixed);

/* Points at tokens [start, end) of a sentence; end - start <= SEQUENCE_MAX_TOKENS. */
void		word_features_piece(word_features *f, const sentence *s, int32_t start, int32_t end);

/* A sequence_extract; tokens must be asked for in order. */
int			word_features_extract(void *context, int32_t at, uint64_t *features, int32_t *fixed);

#endif
