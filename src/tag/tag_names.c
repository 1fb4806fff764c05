#include "stages.h"

void
tag_names(document *doc)
{
	(void) doc;
}
