/*
 * module.c - the library's magic block and its version.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(news_analytics_version);

Datum
news_analytics_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(NEWS_ANALYTICS_VERSION));
}
