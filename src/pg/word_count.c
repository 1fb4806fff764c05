/*
 * word_count.c - news_word_count(text): words as blanks, tabs and line ends divide them.
 *
 * Counts starts of runs of other bytes; in every encoding that a server can
 * have these separators are single bytes that are no part of a character.
 */
#include "postgres.h"

#include "fmgr.h"
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

PG_FUNCTION_INFO_V1(news_word_count);

Datum
news_word_count(PG_FUNCTION_ARGS)
{
	text	   *words = PG_GETARG_TEXT_PP(0);
	const char *bytes = VARDATA_ANY(words);
	int			n_bytes = VARSIZE_ANY_EXHDR(words);
	int32		n = 0;
	bool		inside = false;

	for (int i = 0; i < n_bytes; i++)
	{
		bool		blank = bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] == '\t';

		n += !blank && !inside;
		inside = !blank;
	}
	PG_RETURN_INT32(n);
}
