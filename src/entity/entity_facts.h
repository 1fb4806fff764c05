/*
 * entity_facts.h - what is added to an entity once its mentions are together.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_ENTITY_FACTS_H
#define NEWS_ENTITY_ENTITY_FACTS_H

#include "entity/forms.h"

/*
 * Sets knowledge, country, wikidata and location of every entity that the lexicon knows.
 * Among places of one name the text decides (the country or state named beside it or
 * elsewhere in the text), then size; where neither tells, the fields stay empty.
 */
void		link_knowledge(document *doc);

/* Sets salience of every entity and doc->by_salience. */
void		rate_salience(document *doc);

#define N_SALIENCE_FEATURES 14

/* The features of every entity, N_SALIENCE_FEATURES each: for the trainer. */
void		salience_features(const document *doc, float *x);

/* Gender of given names and of the titles of a person's mentions. */
uint8_t		given_name_gender(const document *doc, int32_t token);

#endif
