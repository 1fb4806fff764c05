/*
 * words_model.h - the model of the word tagger as one file, and tagging with it.
 *
 * The file holds the sequence model (labels are pairs of UPOS and PTB tag seen
 * in training), the words that have one label only, and the lemma rules.  train/train_words.c makes it.
 */
#ifndef NEWS_TAG_WORDS_MODEL_H
#define NEWS_TAG_WORDS_MODEL_H

#include "tag/lemma.h"
#include "tag/sequence.h"
#include "tag/word_features.h"

#define WORDS_MAGIC 0x5357414eu	/* "NAWS" */
#define WORDS_VERSION 2u

enum							/* sections of the file, each 64-byte aligned */
{
	WORDS_SEQUENCE,				/* image of sequence.h */
	WORDS_TAGS,					/* upos, xpos of each label, a byte each */
	WORDS_FIXED,				/* weights_slot by form hash; row is label + 1 */
	WORDS_LEMMAS,				/* lemma.h */
	N_WORDS_SECTIONS
};

typedef struct words_header
{
	uint32_t	magic;
	uint32_t	version;
	uint32_t	offset[N_WORDS_SECTIONS];
	uint32_t	n_bytes[N_WORDS_SECTIONS];
	uint32_t	unused[6];
} words_header;					/* 64 bytes */

typedef struct words_model
{
	sequence_model sequence;
	const uint8_t *tags;		/* [label * 2]: upos, xpos */
	fixed_words fixed;
	lemma_table lemmas;
} words_model;

/* Opens a file image (64-byte aligned); false when it is none of this version. */
bool		words_model_open(words_model *m, const void *data, size_t n_bytes);

/* Sets upos, xpos and lemma of every token. */
void		tag_words_with(const words_model *m, document *doc);

#endif
