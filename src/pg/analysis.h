/*
 * analysis.h - the analysis of a text value, once per text and backend.
 */
#ifndef NEWS_PG_ANALYSIS_H
#define NEWS_PG_ANALYSIS_H

#include "postgres.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include "text/document.h"

/*
 * The document of `body` with the given stages (STAGE_*) run.
 *
 * The last analysed texts are kept, so that the three extractors over one
 * text analyse it once.  The document stays valid until the next call of this
 * function; large ones are given up at the end of the transaction.  Can be
 * cancelled.
 */
const document *analysed(const text *body, uint32_t stages);

/*
 * Text of the server as UTF-8 for the core: the bytes themselves in a database of UTF-8 or SQL_ASCII, else converted in the
 * current memory context, NUL-terminated, with '?' for a character that has no Unicode.
 */
const char *utf8_from_server(const char *bytes, Size n_bytes, Size *n_utf8);

/* UTF-8 of the core as a text value in the database's encoding; characters that it lacks become '?'. */
text	   *text_from_utf8(const char *s, size_t n_bytes);

#endif
