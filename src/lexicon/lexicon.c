#include "lexicon/lexicon.h"

int32_t
lexicon_word(uint64_t lower_hash)
{
	return -1;
}

const word_info *
lexicon_word_info(int32_t word)
{
	return 0;
}

uint32_t
lexicon_sets(const token *t)
{
	return 0;
}

int
lexicon_names_at(const document *doc, int32_t start, int32_t limit, name_hit *hits, int capacity)
{
	return 0;
}
