/*
 * invariants.h - what holds of a document whatever its text.
 */
#ifndef NEWS_TESTS_INVARIANTS_H
#define NEWS_TESTS_INVARIANTS_H

#include "text/document.h"

/* Checks what the stages in doc->done have made; NULL, or what is broken. */
const char *broken_invariant(const document *doc);

#endif
