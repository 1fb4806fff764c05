/*
 * quotes_gold.h - gold readings of quotes, from the files that quotes_data.py writes.
 */
#ifndef NEWS_TRAIN_QUOTES_GOLD_H
#define NEWS_TRAIN_QUOTES_GOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "text/document.h"

#define MAX_PIECES 8

typedef struct gold_quote
{
	int			type;			/* quote_kind */
	char	   *speaker_kind;
	char	   *speaker;		/* "-": none */
	char	   *names;			/* separated by |; "-": not named */
	char	   *via;
	char	   *addressee;
	byte_span	content[MAX_PIECES],
				source[MAX_PIECES],
				cue[MAX_PIECES];
	int			n_content,
				n_source,
				n_cue;
	span		tokens[MAX_PIECES]; /* content */
} gold_quote;

typedef struct gold_document
{
	char	   *id;
	char	   *text;
	uint32_t	n_bytes;
	gold_quote *quotes;
	int			n_quotes;
	byte_span  *mentions;		/* annotated articles only */
	uint8_t    *mention_kinds;	/* entity_kind */
	int			n_mentions;
	int			group;			/* for cross-validation */
	bool		narrow;			/* only speech is marked, as the guidelines of the annotated articles say */
	document   *doc;
} gold_document;

/* Appends the documents of a file; exits on failure. */
void		gold_read(const char *path, gold_document **docs, int *n_docs);

/* Whether a speaker's name agrees with one of the gold names (as shared/scoring/quotes.py judges). */
bool		gold_same_name(const char *name, const char *names);

#endif
