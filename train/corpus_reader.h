/*
 * corpus_reader.h - articles of a JSON-lines file, read by the core.
 */
#ifndef NEWS_TRAIN_CORPUS_READER_H
#define NEWS_TRAIN_CORPUS_READER_H

#include "text/document.h"

/*
 * Calls `each` with every article of the gzipped file, its text read (STAGE_TEXT).  The text is the JSON string
 * "body", else "text".  An article whose first 400 bytes an earlier call of the process has seen is left out.
 * The document's memory goes when `each` returns.  Exits on failure.
 */
void		corpus_read_texts(const char *path, void (*each) (document *doc));

/* A block source over malloc whose blocks corpus_release frees. */
block_source corpus_blocks(void);
void		corpus_release(void);

#endif
