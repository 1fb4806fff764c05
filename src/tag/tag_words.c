/*
 * tag_words.c - the stage: part of speech, PTB tag and lemma of every token.
 *
 * In: tokens and sentences.  Out: upos, xpos, lemma.  A linear chain
 * (sequence.h) over the features of word_features.h; the best pair of tags wins.
 */
#include "embed.h"
#include "stages.h"
#include "tag/words_model.h"

EMBED(words_model_file, "data/models/words.bin");

bool
words_model_open(words_model *m, const void *data, size_t n_bytes)
{
	const words_header *h = data;
	const unsigned char *base = data;

	if (n_bytes < sizeof(words_header) || h->magic != WORDS_MAGIC || h->version != WORDS_VERSION)
		return false;
	for (int i = 0; i < N_WORDS_SECTIONS; i++)
		if ((size_t) h->offset[i] + h->n_bytes[i] > n_bytes)
			return false;
	if (!sequence_open(&m->sequence, base + h->offset[WORDS_SEQUENCE], h->n_bytes[WORDS_SEQUENCE]))
		return false;
	m->tags = base + h->offset[WORDS_TAGS];
	m->fixed.slots = (const weights_slot *) (base + h->offset[WORDS_FIXED]);
	m->fixed.mask = h->n_bytes[WORDS_FIXED] / (uint32_t) sizeof(weights_slot) - 1;
	return lemma_open(&m->lemmas, base + h->offset[WORDS_LEMMAS], h->n_bytes[WORDS_LEMMAS]);
}

static void
tag_sentence(const words_model *m, document *doc, const sentence *s, word_features *f, sequence_lattice *l, uint8_t *labels)
{
	int32_t		before = -1;

	for (int32_t start = s->start; start < s->end; start += SEQUENCE_MAX_TOKENS)
	{
		int32_t		end = s->end - start > SEQUENCE_MAX_TOKENS ? start + SEQUENCE_MAX_TOKENS : s->end;

		word_features_piece(f, s, start, end);
		sequence_label(l, end - start, before, end == s->end, word_features_extract, f, labels);
		before = labels[end - start - 1];
		for (int32_t i = start; i < end; i++)
		{
			doc->tokens[i].upos = m->tags[labels[i - start] * 2];
			doc->tokens[i].xpos = m->tags[labels[i - start] * 2 + 1];
		}
	}
}

void
tag_words_with(const words_model *m, document *doc)
{
	word_features *f = word_features_create(doc->memory, doc, &m->fixed);
	sequence_lattice *l = sequence_lattice_create(doc->memory, &m->sequence);
	uint8_t    *labels = arena_array(doc->memory, uint8_t, SEQUENCE_MAX_TOKENS);

	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		document_tick(doc);
		if (doc->sentences[s].start < doc->sentences[s].end)
			tag_sentence(m, doc, &doc->sentences[s], f, l, labels);
		for (int32_t i = doc->sentences[s].start; i < doc->sentences[s].end; i++)
			doc->tokens[i].lemma = lemma_of(&m->lemmas, doc, &doc->tokens[i]);
	}
}

void
tag_words(document *doc)
{
	words_model m;

	if (words_model_open(&m, words_model_file_data, EMBED_BYTES(words_model_file)))
	{
		tag_words_with(&m, doc);
		return;
	}
	for (int32_t i = 0; i < doc->n_tokens; i++)
		doc->tokens[i].lemma = doc->tokens[i].lower;
}
