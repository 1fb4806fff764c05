/*
 * voices.h - who speaks in a document: its quotes grouped by speaker.
 */
#ifndef NEWS_PAGE_VOICES_H
#define NEWS_PAGE_VOICES_H

#include "text/document.h"

typedef struct voice
{
	const char *name;			/* NULL: the text names nobody */
	uint8_t		kind;			/* entity_kind; KIND_NONE */
	const char *role;			/* the first that a quote gives; NULL */
	int32_t		n_quotes;
	int32_t		first_quote;
	int32_t		last_quote;
} voice;

typedef struct voices
{
	voice	   *all;			/* in order of their first quotes */
	int32_t		n;
	int32_t		n_named;		/* with a name */
	int32_t    *of_quote;		/* voice of each quote */
	int32_t    *next_quote;		/* next quote of the same voice, -1 */
	int32_t    *of_entity;		/* voice of each entity, -1 */
} voices;

/* Needs QUOTES.  In `memory`, in linear time. */
voices		find_voices(const document *doc, arena *memory);

#endif
