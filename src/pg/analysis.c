/*
 * analysis.c - a small cache of analysed texts.
 *
 * In: a text value and the stages wanted.  Out: its document.  Each entry has a
 * memory context of its own below one cache context; an entry whose analysis
 * was cut short by an error or a cancel is marked busy and dropped by the next
 * call.  Entries are looked up by length, hash and bytes, replaced in order
 * of last use, and those above KEPT_BYTES are dropped at the end of the
 * transaction, so that an idle backend holds little.
 */
#include "pg/analysis.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "pg/context_arena.h"

#define N_ENTRIES 4
#define KEPT_BYTES ((Size) 4 * 1024 * 1024)

typedef struct cache_entry
{
	MemoryContext context;		/* NULL = free */
	document   *doc;
	uint64		hash;			/* of the bytes in the database's encoding */
	Size		n_bytes;
	const char *bytes;			/* in the database's encoding */
	uint64		last_use;
	bool		busy;			/* analysis under way, or cut short */
} cache_entry;

static cache_entry cache[N_ENTRIES];
static MemoryContext cache_context;
static uint64 cache_clock;

static void
drop_entry(cache_entry *e)
{
	MemoryContext context = e->context;

	memset(e, 0, sizeof(*e));
	if (context)
		MemoryContextDelete(context);
}

static void
drop_large_entries(XactEvent event, void *arg)
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT &&
		event != XACT_EVENT_PARALLEL_COMMIT && event != XACT_EVENT_PARALLEL_ABORT && event != XACT_EVENT_PREPARE)
		return;
	for (int i = 0; i < N_ENTRIES; i++)
		if (cache[i].context && (cache[i].busy || arena_used(cache[i].doc->memory) > KEPT_BYTES))
			drop_entry(&cache[i]);
}

/*
 * The bytes in another encoding, NUL-terminated, in the current memory context: the longest stretches that the server's
 * conversion takes, and '?' for each character between them that the other encoding lacks.
 */
static char *
converted(const char *bytes, Size n_bytes, int from, int to, Size *n_out)
{
	Oid			procedure = FindDefaultConversionProc(from, to);
	Size		room = n_bytes * MAX_CONVERSION_GROWTH + 1,
				at = 0,
				n = 0;
	char	   *out = MemoryContextAllocHuge(CurrentMemoryContext, room);

	while (at < n_bytes)
	{
		if (OidIsValid(procedure))
		{
			at += pg_do_encoding_conversion_buf(procedure, from, to, (unsigned char *) unconstify(char *, bytes + at), (int) (n_bytes - at),
												(unsigned char *) out + n, (int) Min(room - n, INT_MAX), true);
			n += strlen(out + n);
		}
		if (at < n_bytes)
		{
			out[n++] = IS_HIGHBIT_SET(bytes[at]) ? '?' : bytes[at];
			at += n_bytes - at > 1 ? pg_encoding_mblen(from, bytes + at) : 1;
		}
	}
	out[n] = '\0';
	*n_out = n;
	return out;
}

const char *
utf8_from_server(const char *bytes, Size n_bytes, Size *n_utf8)
{
	int			encoding = GetDatabaseEncoding();

	*n_utf8 = n_bytes;
	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return bytes;
	return converted(bytes, n_bytes, encoding, PG_UTF8, n_utf8);
}

text *
text_from_utf8(const char *s, size_t n_bytes)
{
	int			encoding = GetDatabaseEncoding();
	char	   *server;
	Size		n;
	text	   *result;

	if (encoding == PG_UTF8 || encoding == PG_SQL_ASCII)
		return cstring_to_text_with_len(s, (int) n_bytes);
	server = converted(s, n_bytes, PG_UTF8, encoding, &n);
	result = cstring_to_text_with_len(server, (int) n);
	pfree(server);
	return result;
}

static cache_entry *
find_entry(const char *bytes, Size n_bytes, uint64 hash)
{
	for (int i = 0; i < N_ENTRIES; i++)
	{
		cache_entry *e = &cache[i];

		if (e->context && e->busy)
			drop_entry(e);
		else if (e->context && e->hash == hash && e->n_bytes == n_bytes && memcmp(e->bytes, bytes, n_bytes) == 0)
			return e;
	}
	return NULL;
}

static cache_entry *
new_entry(const char *bytes, Size n_bytes, uint64 hash)
{
	cache_entry *oldest = &cache[0];
	MemoryContext old;
	char	   *copy;
	const char *utf8;
	Size		n_utf8;

	for (int i = 1; i < N_ENTRIES; i++)
		if (cache[i].last_use < oldest->last_use)
			oldest = &cache[i];
	drop_entry(oldest);
	if (!cache_context)
	{
		cache_context = AllocSetContextCreate(TopMemoryContext, "news_analytics cache", ALLOCSET_SMALL_SIZES);
		RegisterXactCallback(drop_large_entries, NULL);
	}
	oldest->busy = true;
	oldest->context = AllocSetContextCreate(cache_context, "news_analytics document", ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(oldest->context);
	copy = MemoryContextAllocHuge(oldest->context, n_bytes + 1);
	memcpy(copy, bytes, n_bytes);
	copy[n_bytes] = '\0';
	utf8 = utf8_from_server(copy, n_bytes, &n_utf8);
	oldest->doc = document_create(context_arena(oldest->context), utf8, (uint32_t) n_utf8);
	oldest->doc->tick = context_tick;
	oldest->bytes = copy;
	oldest->n_bytes = n_bytes;
	oldest->hash = hash;
	MemoryContextSwitchTo(old);
	return oldest;
}

const document *
analysed(const text *body, uint32_t stages)
{
	const char *bytes = VARDATA_ANY(body);
	Size		n_bytes = VARSIZE_ANY_EXHDR(body);
	uint64		hash = hash_bytes(bytes, n_bytes);
	cache_entry *e = find_entry(bytes, n_bytes, hash);

	if (!e)
		e = new_entry(bytes, n_bytes, hash);
	e->busy = true;
	document_need(e->doc, stages);
	e->busy = false;
	e->last_use = ++cache_clock;
	return e->doc;
}
