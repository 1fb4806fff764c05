/*
 * find_topics.c - the topics of a text, with the sentences that speak for each.
 *
 * In: tokens and sentences.  Out: doc->topics, best first, none when nothing fits.
 * How: a text's stems (terms.h) are judged by one linear model a concept
 * (model.h), trained by train/train_topics.c; rows are chosen by choose.h.
 * Evidence: a sentence speaks for a topic by the sum of its terms' parts (the terms' own,
 * their finest clusters' and the pairs') in the topic's score; the best few sentences are given, neighbours as one span.
 */
#include "embed.h"
#include "stages.h"
#include "topic/choose.h"
#include "topic/tree.h"

#define MAX_EVIDENCE 5
#define LEAST_KNOWN 0.4f		/* of a text's terms */
#define FEW_TERMS 6				/* a text of fewer may be all names */
#define LEAST_EVIDENCE 0.35f	/* of the best sentence's part that a further sentence needs */

EMBED(topics_model, "data/models/topics.bin");

typedef struct evidence_sentence
{
	int32_t		sentence;
	int64_t		part;
} evidence_sentence;

/* The first MAX_EVIDENCE sentences by part; of equal ones the earlier. */
static int
best_sentences(const document *doc, const topic_terms *terms, const int64_t *part_of_term, const int64_t *part_of_pair,
			   evidence_sentence best[MAX_EVIDENCE])
{
	int			n = 0;

	for (int32_t s = 0; s < doc->n_sentences && doc->sentences[s].start < terms->n_tokens; s++)
	{
		int64_t		part = 0;
		int32_t		end = doc->sentences[s].end < terms->n_tokens ? doc->sentences[s].end : terms->n_tokens;
		int			at = n;

		document_tick(doc);
		for (int32_t i = doc->sentences[s].start; i < end; i++)
		{
			if (terms->of_token[i] >= 0)
				part += part_of_term[terms->of_token[i]];
			if (terms->pair_of_token[i] >= 0)
				part += part_of_pair[terms->pair_of_token[i]];
		}
		if (part <= 0 && n > 0)
			continue;
		while (at > 0 && best[at - 1].part < part)
			at--;
		if (at == MAX_EVIDENCE)
			continue;
		if (n < MAX_EVIDENCE)
			n++;
		for (int i = n - 1; i > at; i--)
			best[i] = best[i - 1];
		best[at] = (evidence_sentence) {s, part};
	}
	return n;
}

static void
add_evidence(document *doc, topic *t, const evidence_sentence *best, int n)
{
	bool		taken[MAX_EVIDENCE] = {false};
	int			n_good = 0;

	while (n_good < n && (n_good == 0 || (float) best[n_good].part >= LEAST_EVIDENCE * (float) best[0].part))
		n_good++;
	t->evidence = arena_array(doc->memory, byte_span, n_good);
	t->n_evidence = 0;
	for (int round = 0; round < n_good; round++)
	{
		int			next = -1;
		const sentence *s;
		uint32_t	start,
					end;

		for (int i = 0; i < n_good; i++)
			if (!taken[i] && (next < 0 || best[i].sentence < best[next].sentence))
				next = i;
		taken[next] = true;
		s = &doc->sentences[best[next].sentence];
		if (s->end <= s->start)
			continue;
		start = doc->tokens[s->start].start_byte;
		end = doc->tokens[s->end - 1].end_byte;
		if (round > 0 && t->n_evidence > 0 && s->start > 0 &&
			t->evidence[t->n_evidence - 1].end == doc->tokens[s->start - 1].end_byte)
			t->evidence[t->n_evidence - 1].end = end;
		else
			t->evidence[t->n_evidence++] = (byte_span) {start, end};
	}
}

static int64_t
part_of_unit(const topic_model *m, int32_t unit, int32_t label)
{
	return (int64_t) m->idf[unit] * topic_model_weight(m, unit, (uint32_t) label);
}

static void
add_topic(document *doc, const topic_model *m, const topic_terms *terms, const topic_choice *row)
{
	topic	   *t = &doc->topics[doc->n_topics];
	int64_t    *part_of_term = arena_zero_array(doc->memory, int64_t, terms->n_terms);
	int64_t    *part_of_pair = arena_zero_array(doc->memory, int64_t, terms->n_pairs);
	evidence_sentence best[MAX_EVIDENCE];

	for (int32_t i = 0; i < terms->n_terms; i++)
	{
		int32_t		term = topic_model_term(m, terms->terms[i].hash);
		uint16_t	cluster;

		if (term < 0)
			continue;
		cluster = m->clusters[term * TOPIC_CLUSTER_LEVELS + TOPIC_CLUSTER_LEVELS - 1];
		part_of_term[i] = part_of_unit(m, term, row->label);
		if (cluster != NO_CLUSTER)
			part_of_term[i] += part_of_unit(m, (int32_t) (m->header->n_terms + cluster), row->label);
	}
	for (int32_t i = 0; i < terms->n_pairs; i++)
	{
		int32_t		pair = topic_model_term(m, terms->pairs[i].hash);

		if (pair >= 0)
			part_of_pair[i] = part_of_unit(m, pair, row->label);
	}
	t->concept = m->labels[row->label].tree_row;
	t->score = row->score;
	add_evidence(doc, t, best, best_sentences(doc, terms, part_of_term, part_of_pair, best));
	doc->n_topics++;
}

/* Too few words that the model knows to judge by: another language, filler text, code. */
static bool
is_strange(int32_t n_terms, int32_t n_known)
{
	return n_known == 0 || (n_terms >= FEW_TERMS && n_known < LEAST_KNOWN * n_terms);
}

void
find_topics(document *doc)
{
	topic_model m;
	topic_terms terms;
	topic_choice rows[MAX_TOPICS];
	float	   *scores,
			   *probabilities;
	int			n;

	doc->n_topics = 0;
	if (doc->n_tokens == 0 || !topic_model_open(&m, topics_model_data, EMBED_BYTES(topics_model)))
		return;
	terms = topic_terms_of(doc);
	scores = arena_array(doc->memory, float, m.header->n_labels);
	probabilities = arena_array(doc->memory, float, m.header->n_labels);
	if (is_strange(terms.n_terms, topic_model_score(&m, doc->memory, &terms, scores)))
		return;
	topic_model_probabilities(&m, scores, probabilities);
	topic_model_hear_names(&m, &terms, probabilities);
	n = choose_topics(&m, probabilities, rows);
	doc->topics = arena_array(doc->memory, topic, n);
	for (int i = 0; i < n; i++)
		add_topic(doc, &m, &terms, &rows[i]);
}
