#include "stages.h"

void
parse_sentence(document *doc, int32_t sentence)
{
	(void) doc;
	(void) sentence;
}
