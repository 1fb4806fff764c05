#include "stages.h"

void
tag_words(document *doc)
{
	(void) doc;
}
