#include "stages.h"

void
find_topics(document *doc)
{
	(void) doc;
}
