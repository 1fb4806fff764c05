/*
 * reading.h - what the files of this room share while a document is read.
 *
 * read_text finds paragraphs, cuts each into tokens, pairs the quotation marks
 * of the whole document, and then cuts the paragraphs into sentences.
 */
#ifndef NEWS_TEXT_READING_H
#define NEWS_TEXT_READING_H

#include "text/document.h"
#include "text/utf8.h"

/* A paragraph before it has tokens; lines that were wrapped by hand are joined. */
typedef struct block
{
	uint32_t	start_byte;
	uint32_t	end_byte;
} block;

/* Adds tokens to a document. */
typedef struct token_writer
{
	document   *doc;
	int32_t		capacity;
	char	   *pool;			/* room for folded forms */
	char	   *pool_end;
	uint32_t	at_byte;		/* characters before at_byte: at_char */
	uint32_t	at_char;
	uint32_t	pending;		/* flags of the next token */
} token_writer;

/* paragraphs.c */
int32_t		find_blocks(document *doc, block **blocks);
paragraph_kind kind_of_paragraph(const document *doc, const paragraph *p);

/* token_fields.c */
void		token_writer_start(token_writer *w, document *doc);
void		add_token(token_writer *w, uint32_t start_byte, uint32_t end_byte, uint32_t flags);

/* tokens.c */
void		tokenize(token_writer *w, uint32_t start_byte, uint32_t end_byte);

/* markup.c: an HTML tag or entity that was left in the text; its length in bytes, 0 when there is none. */
uint32_t	tag_length(const char *s, size_t n_bytes, bool *is_block);
uint32_t	entity_length(const char *s, size_t n_bytes, int32_t *character);

/* marks.c: pairs the marks and sets TOKEN_OPEN_MARK and TOKEN_CLOSE_MARK. */
void		pair_marks(document *doc);

/* sentences.c: cuts paragraphs[p] into sentences. */
void		cut_sentences(document *doc, int32_t p, int32_t *capacity);

#endif
