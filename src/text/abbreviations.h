/*
 * abbreviations.h - words that a full stop belongs to.
 */
#ifndef NEWS_TEXT_ABBREVIATIONS_H
#define NEWS_TEXT_ABBREVIATIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef enum abbreviation_kind
{
	ABBREVIATION_NONE,
	ABBREVIATION_TITLE,			/* Mr., Gen.: a name follows, the sentence goes on */
	ABBREVIATION_NUMBER,		/* No., p.: an abbreviation only before a number */
	ABBREVIATION_MONTH,			/* Jan.: mostly before a number */
	ABBREVIATION_SUFFIX,		/* Inc., Jr., Ave., Calif., etc.: may end a sentence */
	ABBREVIATION_INNER,			/* vs., e.g.: the sentence goes on */
	ABBREVIATION_ENUMERATION,	/* etc.: keeps its full stop inside a sentence only, as the treebanks have it */
	ABBREVIATION_UNIT			/* oz., min.: only behind a number; may end a sentence */
} abbreviation_kind;

/* Kind of a word (as written, without its full stop).  Words of names (Sun, Mar) must start with a capital. */
abbreviation_kind abbreviation_of(const char *word, uint32_t n_bytes);

/* Words that start a sentence far more often than they follow an abbreviation inside one: The, He, But. */
bool		is_sentence_starter(const char *word, uint32_t n_bytes);

#endif
