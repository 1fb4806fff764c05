/*
 * conllu.h - CoNLL-U files (Universal Dependencies), gzipped or not, as documents with given tokens.
 *
 * Tokens, sentences and paragraphs are the file's; flags, folded forms and
 * hashes are filled by the functions that read_text uses, so that a stage sees
 * what it would see of the same text.  STAGE_TEXT is set in `done`; gold tags stand
 * beside the document, not in it.
 */
#ifndef NEWS_TRAIN_CONLLU_H
#define NEWS_TRAIN_CONLLU_H

#include "text/document.h"

typedef struct gold_token
{
	uint8_t		upos;			/* enum upos */
	uint8_t		xpos;			/* enum xpos */
	const char *lemma;
	const char *relation;		/* with subtype: "nsubj:pass" */
	int32_t		head;			/* token index in the document, -1 = root */
} gold_token;

typedef struct gold_document
{
	document   *doc;
	gold_token *gold;			/* [doc->n_tokens] */
	const char *name;			/* of "# newdoc id = ", or "" */
} gold_document;

typedef enum conllu_case		/* copies as other habits of writing would have them */
{
	CASE_AS_IT_IS,
	CASE_LOWER,					/* a post */
	CASE_UPPER,					/* a heading in capitals */
	CASE_TITLE					/* A Heading With Capitals on All but Small Words */
} conllu_case;

/* All documents of a file; exits on failure.  Memory is the arena's. */
int32_t		conllu_read(arena *memory, const char *path, conllu_case letters, gold_document **documents);

/* The same of a text in memory, which is changed and must live as long as the arena. */
int32_t		conllu_parse(arena *memory, char *text, conllu_case letters, gold_document **documents);

/* An arena of malloc blocks for programs. */
arena	   *conllu_arena(void);

/* A whole file, gunzipped, with a NUL behind it; exits on failure. */
char	   *read_whole_file(arena *memory, const char *path, size_t *n_bytes);

#endif
