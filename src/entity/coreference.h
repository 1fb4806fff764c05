/*
 * coreference.h - whom a pronoun or a description means.
 *
 * All need find_entities' arrays; find_quotes calls them for the words that name a speaker.
 * The first call builds an index of the document's references (linear time) and resolves
 * its pronouns in order; later calls look up.
 */
#ifndef NEWS_ENTITY_COREFERENCE_H
#define NEWS_ENTITY_COREFERENCE_H

#include "text/document.h"

/*
 * Entity that the personal pronoun at `token` means ("he", "her", "they", "it", "we" of an
 * organisation), -1 when nothing fits.  Looks back within the paragraph and the
 * few before it, and forward inside the sentence (cataphora).  `confidence`
 * (may be NULL) gets 0..1.
 */
int32_t		resolve_pronoun(const document *doc, int32_t token, float *confidence);

/*
 * The same for the source of a quote, when the caller knows who spoke last (entity, -1 when
 * nobody did): "he added" mostly means him.  "I", "me", "my" and "we" mean `last_speaker` himself.
 */
int32_t		resolve_pronoun_in_context(const document *doc, int32_t token, int32_t last_speaker, float *confidence);

/*
 * Entity that a description means ("the minister", "Washington's trade envoy",
 * "the company"), by head noun, titles, roles and appositions, before or
 * after it in the text; -1 when it introduces somebody unnamed ("a homeless man").
 */
int32_t		resolve_description(const document *doc, span tokens, float *confidence);

/* The same, when the caller knows who spoke last. */
int32_t		resolve_description_in_context(const document *doc, span tokens, int32_t last_speaker, float *confidence);

#endif
