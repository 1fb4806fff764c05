/*
 * tag_names.c - names in a text: two passes of a sequence model.
 *
 * In: tokens with tags.  Out: token.name_tag and the mentions.  The first pass
 * labels each sentence alone; the second one again, with what the first found
 * in the whole text (name_features.h).  Labels are B/I by kind, as in
 * token.name_tag; the spans follow ../shared/corpora/annotated/GUIDELINES.md:
 * no article, no title, no possessive.
 */
#include "tag/tag_names.h"

#include <string.h>

#include "embed.h"
#include "stages.h"

EMBED(names_file, "data/models/names.bin");

#define TAUGHT 0.9f				/* probability, before calibration, of a name that only the rest of the text gives */

bool
names_model_open(names_model *m, const void *data, size_t n_bytes)
{
	const names_header *h = data;

	if (n_bytes < sizeof(names_header) || h->magic != NAMES_MAGIC)
		return false;
	if (h->first_offset > n_bytes || h->first_bytes > n_bytes - h->first_offset ||
		h->second_offset > n_bytes || h->second_bytes > n_bytes - h->second_offset)
		return false;
	m->header = h;
	return sequence_open(&m->first, (const char *) data + h->first_offset, h->first_bytes) &&
		sequence_open(&m->second, (const char *) data + h->second_offset, h->second_bytes) &&
		m->first.n_labels == N_NAME_LABELS && m->second.n_labels == N_NAME_LABELS;
}

/* The end of the name that begins at `start`. */
static int32_t
name_end(const uint8_t *labels, int32_t start, int32_t limit)
{
	int32_t		end = start + 1;

	while (end < limit && labels[end] == labels[start] + 1)
		end++;
	return end;
}

static void
fill_probabilities(const sequence_lattice *l, const uint8_t *labels, int32_t n, float *probability)
{
	for (int32_t i = 0; i < n; i++)
		if (labels[i] & 1)
			probability[i] = sequence_path_probability(l, i, name_end(labels, i, n), labels + i, labels[i] + 1);
}

static bool
has_possible(const name_view *v, int32_t start, int32_t end)
{
	for (int32_t i = start; i < end; i++)
		if (v->cues[i].may_be_name)
			return true;
	return false;
}

void
names_label(name_view *v, const sequence_model *m, uint8_t *labels, float *probability)
{
	const document *doc = v->doc;
	sequence_lattice *l = sequence_lattice_create(doc->memory, m);

	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		int32_t		start = doc->sentences[s].start,
					end = doc->sentences[s].end;
		int32_t		before = -1;

		document_tick(doc);
		if (!has_possible(v, start, end))
		{
			memset(labels + start, NAME_OUTSIDE, (size_t) (end - start));
			continue;
		}
		for (int32_t at = start; at < end; at += SEQUENCE_MAX_TOKENS)
		{
			int32_t		n = end - at < SEQUENCE_MAX_TOKENS ? end - at : SEQUENCE_MAX_TOKENS;

			name_view_select(v, s, at, at + n);
			sequence_label(l, n, before, at + n == end, name_features, v, labels + at);
			if (probability != NULL)
			{
				sequence_probabilities(l);
				fill_probabilities(l, labels + at, n, probability + at);
			}
			before = labels[at + n - 1];
		}
	}
}

/* What a probability is worth, read off the calibration table. */
static float
calibrated(const float *worth, float p)
{
	float		x = p * (N_CALIBRATION - 1);
	int			i = (int) x;

	if (!(p > 0))
		return worth[0];
	if (i >= N_CALIBRATION - 1)
		return worth[N_CALIBRATION - 1];
	return worth[i] + (worth[i + 1] - worth[i]) * (x - (float) i);
}

void
names_to_mentions(document *doc, const uint8_t *labels, const float *probability, const float *worth)
{
	int32_t		n = 0;

	for (int32_t i = 0; i < doc->n_tokens; i++)
	{
		doc->tokens[i].name_tag = labels[i];
		n += labels[i] & 1;
	}
	doc->mentions = arena_zero_array(doc->memory, mention, n + 1);
	doc->n_mentions = 0;
	for (int32_t s = 0; s < doc->n_sentences; s++)
		for (int32_t i = doc->sentences[s].start; i < doc->sentences[s].end; i++)
			if (labels[i] & 1)
				doc->mentions[doc->n_mentions++] = (mention)
			{
				.start = i, .end = name_end(labels, i, doc->sentences[s].end), .kind = (uint8_t) (labels[i] / 2),
				.probability = calibrated(worth, probability[i]), .entity = -1
			};
}

void
names_tag(document *doc, const names_model *m)
{
	uint8_t    *labels = arena_zero_array(doc->memory, uint8_t, doc->n_tokens + 1);
	float	   *probability = arena_zero_array(doc->memory, float, doc->n_tokens + 1);
	name_view  *v = name_view_create(doc);

	names_label(v, &m->first, labels, NULL);
	name_view_learn(v, labels);
	names_label(v, &m->second, labels, probability);
	name_view_unify(v, labels);
	for (int32_t i = 0; i < doc->n_tokens; i++)
		if ((labels[i] & 1) && probability[i] == 0)
			probability[i] = TAUGHT;
	names_to_mentions(doc, labels, probability, m->header->worth);
}

void
tag_names(document *doc)
{
	names_model m;

	if (names_model_open(&m, names_file_data, EMBED_BYTES(names_file)))
		names_tag(doc, &m);
}
