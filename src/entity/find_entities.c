#include "stages.h"

void
find_entities(document *doc)
{
	(void) doc;
}
