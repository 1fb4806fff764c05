#include "stages.h"

void
find_quotes(document *doc)
{
	(void) doc;
}
