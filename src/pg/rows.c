/*
 * rows.c - a materialised set of rows (see rows.h).
 */
#include "pg/rows.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/geo_decls.h"
#include "utils/memutils.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "pg/analysis.h"

#if PG_VERSION_NUM >= 160000
#define make_range_here(type, lower, upper) make_range(type, lower, upper, false, NULL)
#else
#define make_range_here(type, lower, upper) make_range(type, lower, upper, false)
#endif

rows
rows_begin(FunctionCallInfo fcinfo, const document *doc)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	rows		r = {0};
	MemoryContext old;

	if (!info || !IsA(info, ReturnSetInfo) || !(info->allowedModes & SFRM_Materialize))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-valued function called in context that cannot accept a set")));
	old = MemoryContextSwitchTo(info->econtext->ecxt_per_query_memory);
	if (get_call_result_type(fcinfo, NULL, &r.columns) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	r.columns = CreateTupleDescCopy(r.columns);
	r.store = tuplestore_begin_heap((info->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	info->returnMode = SFRM_Materialize;
	info->setResult = r.store;
	info->setDesc = r.columns;
	MemoryContextSwitchTo(old);
	r.doc = doc;
	r.range_type = lookup_type_cache(INT4RANGEOID, TYPECACHE_RANGE_INFO);
	r.row_context = AllocSetContextCreate(CurrentMemoryContext, "news_analytics row", ALLOCSET_DEFAULT_SIZES);
	r.caller_context = MemoryContextSwitchTo(r.row_context);
	return r;
}

static void
put_value(rows *r, Datum value)
{
	Assert(r->next < r->columns->natts);
	r->nulls[r->next] = false;
	r->values[r->next++] = value;
}

void
rows_null(rows *r)
{
	Assert(r->next < r->columns->natts);
	r->values[r->next] = (Datum) 0;
	r->nulls[r->next++] = true;
}

void
rows_text(rows *r, const char *s)
{
	if (s)
		put_value(r, PointerGetDatum(text_from_utf8(s, strlen(s))));
	else
		rows_null(r);
}

void
rows_shared_text(rows *r, shared_texts *s, int i)
{
	Assert(i < MAX_SHARED_TEXTS);
	if (!s->values[i])
	{
		MemoryContextSwitchTo(r->caller_context);
		s->values[i] = PointerGetDatum(text_from_utf8(s->texts[i], strlen(s->texts[i])));
		MemoryContextSwitchTo(r->row_context);
	}
	put_value(r, s->values[i]);
}

void
rows_text_span(rows *r, byte_span s)
{
	put_value(r, PointerGetDatum(text_from_utf8(r->doc->text + s.start, s.end - s.start)));
}

void
rows_texts(rows *r, const char *const *items, int n)
{
	Datum	   *elements = palloc(sizeof(Datum) * (n ? n : 1));

	for (int i = 0; i < n; i++)
		elements[i] = PointerGetDatum(text_from_utf8(items[i], strlen(items[i])));
	put_value(r, PointerGetDatum(construct_array(elements, n, TEXTOID, -1, false, TYPALIGN_INT)));
}

void
rows_joined(rows *r, const byte_span *spans, int n, const char *separator)
{
	StringInfoData s;

	if (n == 0)
	{
		rows_null(r);
		return;
	}
	initStringInfo(&s);
	for (int i = 0; i < n; i++)
	{
		if (i)
			appendStringInfoString(&s, separator);
		appendBinaryStringInfo(&s, r->doc->text + spans[i].start, (int) (spans[i].end - spans[i].start));
	}
	put_value(r, PointerGetDatum(text_from_utf8(s.data, s.len)));
}

void
rows_int(rows *r, int32 value)
{
	put_value(r, Int32GetDatum(value));
}

void
rows_bigint(rows *r, int64 value)
{
	put_value(r, Int64GetDatum(value));
}

void
rows_bool(rows *r, bool value)
{
	put_value(r, BoolGetDatum(value));
}

void
rows_real(rows *r, float value)
{
	put_value(r, Float4GetDatum(value));
}

void
rows_point(rows *r, double x, double y)
{
	Point	   *p = palloc(sizeof(Point));

	p->x = x;
	p->y = y;
	put_value(r, PointPGetDatum(p));
}

static RangeType *
range_of(const rows *r, uint32 start, uint32 end)
{
	RangeBound	lower = {Int32GetDatum((int32) start + 1), false, true, true};
	RangeBound	upper = {Int32GetDatum((int32) end + 1), false, false, false};

	return make_range_here(r->range_type, &lower, &upper);
}

static RangeType *
char_range(const rows *r, byte_span s)
{
	return range_of(r, document_char_of_byte(r->doc, s.start), document_char_of_byte(r->doc, s.end));
}

void
rows_char_range(rows *r, uint32 start, uint32 end)
{
	put_value(r, RangeTypePGetDatum(range_of(r, start, end)));
}

void
rows_range(rows *r, byte_span s)
{
	if (s.start < s.end)
		put_value(r, RangeTypePGetDatum(char_range(r, s)));
	else
		rows_null(r);
}

void
rows_multirange(rows *r, const byte_span *spans, int n)
{
	TypeCacheEntry *type = lookup_type_cache(INT4MULTIRANGEOID, TYPECACHE_MULTIRANGE_INFO);
	RangeType **ranges = palloc(sizeof(RangeType *) * (n ? n : 1));

	if (n == 0)
	{
		rows_null(r);
		return;
	}
	for (int i = 0; i < n; i++)
		ranges[i] = char_range(r, spans[i]);
	put_value(r, MultirangeTypePGetDatum(make_multirange(type->type_id, type->rngtype, n, ranges)));
}

void
rows_put(rows *r)
{
	Assert(r->next == r->columns->natts);
	tuplestore_putvalues(r->store, r->columns, r->values, r->nulls);
	r->next = 0;
	MemoryContextReset(r->row_context);
	CHECK_FOR_INTERRUPTS();
}

Datum
rows_end(rows *r)
{
	MemoryContextSwitchTo(r->caller_context);
	MemoryContextDelete(r->row_context);
	return (Datum) 0;
}
