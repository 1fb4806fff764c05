/*
 * lemma_train.h - learns the table of tag/lemma.h.
 */
#ifndef NEWS_TRAIN_LEMMA_TRAIN_H
#define NEWS_TRAIN_LEMMA_TRAIN_H

#include "conllu.h"
#include "tag/lemma.h"

typedef struct lemma_trainer lemma_trainer;

lemma_trainer *lemma_trainer_create(arena *memory);

/* Words of a treebank with their gold tags and lemmas. */
void		lemma_trainer_add(lemma_trainer *t, const gold_document *documents, int32_t n);

/* Irregular forms of WordNet (folder with noun.exc ...) and regular ones of the words in the SCOWL list. */
void		lemma_trainer_add_dictionaries(lemma_trainer *t, const char *wordnet, const char *scowl);

/* The image; *n_bytes gets its size. */
void	   *lemma_trainer_make(lemma_trainer *t, size_t *n_bytes);

#endif
