/*
 * cases.h - reading the files that train/coreference_cases.py writes: texts with gold mentions and anaphors.
 */
#ifndef NEWS_TRAIN_CASES_H
#define NEWS_TRAIN_CASES_H

#include "text/document.h"

typedef struct case_mention
{
	uint32_t	start_byte;
	uint32_t	end_byte;
	uint8_t		kind;
	int32_t		gid;			/* gold entity */
} case_mention;

typedef struct case_anaphor
{
	uint32_t	start_byte;
	uint32_t	end_byte;
	int32_t		gid;			/* -1: nobody named */
	int32_t		last;			/* gid of the last speaker, -1 */
} case_anaphor;

typedef struct case_text
{
	char		id[128];
	char	   *text;
	uint32_t	n_bytes;
	int32_t		fold;
	case_mention *mentions;
	int32_t		n_mentions;
	case_anaphor *anaphors;
	int32_t		n_anaphors;
	int32_t    *salience;		/* pairs gid, value */
	int32_t		n_salience;
} case_text;

/* All texts of a file; exits on failure. */
case_text  *read_cases(const char *path, int32_t *n);

/*
 * The case as a document.  With `gold` its mentions are the gold ones; else the
 * tagger's, and with `both` the gold ones are put over the tagger's.  Entities
 * are found.  The arena is the caller's.
 */
document   *case_document(arena *memory, const case_text *c, bool gold, bool both);

/* Token that holds byte `at`; n_tokens when behind all. */
int32_t		token_at_byte(const document *doc, uint32_t at);

/* Tokens of a byte span. */
span		tokens_of_bytes(const document *doc, uint32_t start_byte, uint32_t end_byte);

/* Does the entity hold a mention that overlaps a gold mention of `gid`? */
bool		entity_is_gold(const document *doc, const case_text *c, int32_t entity, int32_t gid);

/* An arena on malloc, and giving its blocks back. */
arena	   *heap_arena(void **blocks);
void		give_back_blocks(void **blocks);

#endif
