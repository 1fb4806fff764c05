#include "stages.h"

void
find_keyphrases(document *doc)
{
	(void) doc;
}
