/*
 * role_synonyms.h - nouns that texts put for one another when they describe somebody.  Inside the room entity/ only.
 */
#ifndef NEWS_ENTITY_ROLE_SYNONYMS_H
#define NEWS_ENTITY_ROLE_SYNONYMS_H

#include "text/document.h"

/* May the two lower-cased nouns describe one person or body ("envoy", "representative")?  Equal words may. */
bool		same_role(const char *a, const char *b);

/* Does the noun describe a person, not a body? */
bool		is_personal_role(const char *word);

/* Number of the word's class (1 ..), 0 = in none. */
int			role_class(const char *word);

#endif
