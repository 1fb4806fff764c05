/*
 * document.c - a document's life: which stage rests on which.
 */
#include "stages.h"

const char *const upos_names[N_UPOS] = {
	"_", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
	"PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"
};

const char *const entity_kind_names[KIND_DOCUMENT + 1] = {
	"person", "organization", "place", "facility", "nationality", "event", "product",
	"work", "law", "award", "language", "group", "document"
};

document *
document_create(arena *memory, const char *text, uint32_t n_bytes)
{
	document   *doc = arena_zero(memory, sizeof(document));

	doc->memory = memory;
	doc->text = text;
	doc->n_bytes = n_bytes;
	return doc;
}

static void
parse_all(document *doc)
{
	for (int32_t s = 0; s < doc->n_sentences; s++)
		parse_sentence(doc, s);
}

typedef struct stage
{
	uint32_t	bit;
	uint32_t	needs;
	void		(*run) (document *doc);
} stage;

static const stage stages[] = {
	{STAGE_TEXT, 0, read_text},
	{STAGE_WORDS, STAGE_TEXT, tag_words},
	{STAGE_NAMES, STAGE_WORDS, tag_names},
	{STAGE_ENTITIES, STAGE_NAMES, find_entities},
	{STAGE_QUOTES, STAGE_ENTITIES, find_quotes},
	{STAGE_TOPICS, STAGE_TEXT, find_topics},
	{STAGE_KEYPHRASES, STAGE_WORDS, find_keyphrases},
	{STAGE_PARSE, STAGE_WORDS, parse_all},
};

#define N_STAGES ((int) (sizeof(stages) / sizeof(stages[0])))

void
document_need(document *doc, uint32_t wanted)
{
	for (int i = N_STAGES - 1; i >= 0; i--)
		if (wanted & stages[i].bit)
			wanted |= stages[i].needs;
	for (int i = 0; i < N_STAGES; i++)
	{
		if (!(wanted & stages[i].bit) || (doc->done & stages[i].bit))
			continue;
		stages[i].run(doc);
		doc->done |= stages[i].bit;
	}
}
