/*
 * read_text.c - the first stage: a text becomes paragraphs, sentences and tokens.
 *
 * Also counts characters, so that byte offsets can be turned into offsets of
 * code points: a checkpoint every 256 bytes holds the characters before it.
 */
#include "stages.h"
#include "text/reading.h"

#define CHECKPOINT_BYTES 256

/*
 * checkpoints[b]: number of characters that start before byte 256 * b, times four, plus the
 * distance (0..3) from there to the next start of a character.  A text has less than 2^30 bytes.
 */
static void
count_characters(document *doc)
{
	uint32_t	n = doc->n_bytes / CHECKPOINT_BYTES + 1;
	uint32_t   *checkpoints = arena_array(doc->memory, uint32_t, n);
	uint32_t	at = 0;
	uint32_t	chars = 0;

	for (uint32_t b = 0; b < n; b++)
	{
		uint32_t	edge = b * CHECKPOINT_BYTES;
		int32_t		character;

		document_tick_at(doc, b);
		while (at < edge)
		{
			at += utf8_decode(doc->text + at, doc->n_bytes - at, &character);
			chars++;
		}
		checkpoints[b] = chars * 4 + (at - edge);
	}
	doc->checkpoints = checkpoints;
	doc->n_chars = chars + utf8_count(doc->text + at, doc->n_bytes - at);
}

uint32_t
document_char_of_byte(const document *doc, uint32_t at)
{
	uint32_t	checkpoint;
	uint32_t	from;

	if (at >= doc->n_bytes)
		return doc->n_chars;
	if (doc->n_chars == doc->n_bytes)
		return at;
	checkpoint = doc->checkpoints[at / CHECKPOINT_BYTES];
	from = at / CHECKPOINT_BYTES * CHECKPOINT_BYTES + checkpoint % 4;
	return checkpoint / 4 + (at > from ? utf8_count(doc->text + from, at - from) : 0);
}

static void
read_block(document *doc, token_writer *writer, const block *b, int32_t *capacity)
{
	int32_t		start = doc->n_tokens;
	paragraph  *p;

	writer->pending = TOKEN_PARAGRAPH_START | TOKEN_SPACE_BEFORE;
	tokenize(writer, b->start_byte, b->end_byte);
	if (doc->n_tokens == start)
		return;
	doc->paragraphs = arena_grow(doc->memory, doc->paragraphs, doc->n_paragraphs, capacity, sizeof(paragraph));
	p = &doc->paragraphs[doc->n_paragraphs++];
	*p = (paragraph) {
		.start = start, .end = doc->n_tokens, .start_byte = b->start_byte, .end_byte = b->end_byte
	};
	document_tick(doc);
}

void
read_text(document *doc)
{
	token_writer writer;
	block	   *blocks;
	int32_t		n_blocks;
	int32_t		capacity = 0;

	count_characters(doc);
	n_blocks = find_blocks(doc, &blocks);
	token_writer_start(&writer, doc);
	for (int32_t b = 0; b < n_blocks; b++)
		read_block(doc, &writer, &blocks[b], &capacity);
	pair_marks(doc);
	capacity = 0;
	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		doc->paragraphs[p].kind = kind_of_paragraph(doc, &doc->paragraphs[p]);
		cut_sentences(doc, p, &capacity);
		document_tick(doc);
	}
}
