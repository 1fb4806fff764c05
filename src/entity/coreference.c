#include "entity/coreference.h"

int32_t
resolve_pronoun(const document *doc, int32_t token, float *confidence)
{
	(void) doc;
	(void) token;
	(void) confidence;
	return -1;
}

int32_t
resolve_description(const document *doc, span tokens, float *confidence)
{
	(void) doc;
	(void) tokens;
	(void) confidence;
	return -1;
}
