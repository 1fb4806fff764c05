#include "postgres.h"
#include "fmgr.h"

PG_FUNCTION_INFO_V1(news_html_to_text);

Datum
news_html_to_text(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}
