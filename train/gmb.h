/*
 * gmb.h - the table of tokens of the Groningen Meaning Bank (sentence, word, PTB tag, name tag).
 *
 * Its tags were made by a tagger and corrected in part: silver.  UPOS and lemma
 * are not given; words with hyphens, which Universal Dependencies cuts, are cut
 * here, and their parts have no tag.
 */
#ifndef NEWS_TRAIN_GMB_H
#define NEWS_TRAIN_GMB_H

#include "conllu.h"

/* One document a sentence; exits on failure. */
int32_t		gmb_read(arena *memory, const char *path, gold_document **documents);

#endif
