/*
 * rows.h - rows of a set-returning function, built column by column.
 *
 *   rows r = rows_begin(fcinfo, doc);
 *   rows_text(&r, name); rows_int(&r, 3); ... rows_put(&r);
 *
 * The set is materialised, which serves the FROM clause and the select list
 * alike.  Character spans become 1-based, end-exclusive int4 ranges.
 */
#ifndef NEWS_PG_ROWS_H
#define NEWS_PG_ROWS_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/tuplestore.h"

#include "text/document.h"

#define MAX_COLUMNS 16

typedef struct rows
{
	Tuplestorestate *store;
	TupleDesc	columns;
	const document *doc;		/* for byte spans; may be NULL */
	MemoryContext row_context;	/* reset after each row */
	MemoryContext caller_context;
	struct TypeCacheEntry *range_type;	/* int4range */
	int			next;
	Datum		values[MAX_COLUMNS];
	bool		nulls[MAX_COLUMNS];
} rows;

/* Texts that many rows share, made when one is first needed. */
#define MAX_SHARED_TEXTS 96

typedef struct shared_texts
{
	const char *const *texts;
	Datum		values[MAX_SHARED_TEXTS];	/* 0 = not made yet */
} shared_texts;

/* Begins the set; ereport(ERROR) when the caller takes no set.  Every value is allocated in the row's context. */
rows		rows_begin(FunctionCallInfo fcinfo, const document *doc);

void		rows_null(rows *r);
void		rows_text(rows *r, const char *s);	/* NUL-terminated UTF-8; NULL gives a null */
void		rows_shared_text(rows *r, shared_texts *s, int i);	/* s->texts[i] */
void		rows_text_span(rows *r, byte_span s);	/* of the document */
void		rows_texts(rows *r, const char *const *items, int n);	/* text[] */
void		rows_joined(rows *r, const byte_span *spans, int n, const char *separator); /* null when n = 0 */
void		rows_int(rows *r, int32 value);
void		rows_bigint(rows *r, int64 value);
void		rows_bool(rows *r, bool value);
void		rows_real(rows *r, float value);
void		rows_point(rows *r, double x, double y);
void		rows_range(rows *r, byte_span s);	/* int4range; null when empty */
void		rows_char_range(rows *r, uint32 start, uint32 end);	/* the same of 0-based characters, not empty */
void		rows_multirange(rows *r, const byte_span *spans, int n);	/* int4multirange; null when n = 0 */

/* Ends a row; every column must have been given. */
void		rows_put(rows *r);

/* Frees what the rows needed; the value that the SQL function returns. */
Datum		rows_end(rows *r);

#endif
