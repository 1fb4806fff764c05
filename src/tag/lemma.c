/*
 * lemma.c - edits of words' ends (see lemma.h).
 */
#include "tag/lemma.h"

#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/tagset.h"

#define LONGEST_WORD 200		/* bytes; longer tokens are their own lemma */
#define OFTEN_CAPITAL 128		/* of capital_share */

bool
lemma_open(lemma_table *t, const void *data, size_t n_bytes)
{
	const lemma_header *h = data;
	size_t		n_slots;

	if (n_bytes < sizeof(lemma_header) || h->magic != LEMMA_MAGIC || h->log2_slots > 24)
		return false;
	n_slots = (size_t) 1 << h->log2_slots;
	if (n_bytes < sizeof(lemma_header) + n_slots * sizeof(weights_slot) + h->n_edits * sizeof(lemma_edit) + h->n_string_bytes)
		return false;
	t->slots = (const weights_slot *) (h + 1);
	t->mask = (uint32_t) (n_slots - 1);
	t->edits = (const lemma_edit *) (t->slots + n_slots);
	t->strings = (const char *) (t->edits + h->n_edits);
	return true;
}

bool
lemma_minds_letters(uint8_t xpos)
{
	switch (xpos)
	{
		case XPOS_NN:
		case XPOS_NNS:
		case XPOS_NNP:
		case XPOS_NNPS:
		case XPOS_JJ:
		case XPOS_JJR:
		case XPOS_JJS:
		case XPOS_CD:
		case XPOS_FW:
		case XPOS_ADD:
			return true;
		default:
			return false;
	}
}

uint64_t
lemma_group(const token *t)
{
	uint64_t	part = t->upos == UPOS_AUX || (t->xpos == XPOS_NNP && t->upos != UPOS_PROPN) ? t->upos : 0;
	uint64_t	letters = t->flags & TOKEN_ALL_CAPITALS ? 2 : (t->flags & TOKEN_INITIAL_CAPITAL) != 0;

	if (!lemma_minds_letters(t->xpos))
		letters = 0;
	else if ((letters || t->xpos == XPOS_NNP || t->xpos == XPOS_NNPS) && t->word >= 0 && lexicon_word_info(t->word)->capital_share > OFTEN_CAPITAL)
		letters |= 4;
	return hash_mix(UINT64_C(0x1e33a) << 32, t->xpos | letters << 8 | part << 12);
}

uint64_t
lemma_end_key(uint64_t group, const char *lower, uint32_t n_bytes, uint32_t n)
{
	uint64_t	h = group + n;

	for (uint32_t i = 1; i <= n; i++)
		h = hash_mix(h, (unsigned char) lower[n_bytes - i]);
	return h;
}

uint64_t
lemma_word_key(uint64_t group, uint64_t lower_hash)
{
	return hash_mix(group ^ UINT64_C(0xa5a5a5a5), lower_hash);
}

static uint32_t
find(const lemma_table *t, uint64_t key)
{
	uint32_t	check = (uint32_t) (key >> 32);

	for (uint32_t at = (uint32_t) key & t->mask; t->slots[at].row != 0; at = (at + 1) & t->mask)
		if (t->slots[at].check == check)
			return t->slots[at].row;
	return 0;
}

/* The edit of the whole word, else of its longest known end; NULL when the group is unknown. */
static const lemma_edit *
edit_of(const lemma_table *table, const token *t)
{
	uint64_t	group = lemma_group(t);
	uint32_t	row = find(table, lemma_word_key(group, t->lower_hash)),
				found = row;

	for (uint32_t n = 0; !row && n <= LEMMA_LONGEST_END && n <= t->lower_bytes; n++)
	{
		uint32_t	next = find(table, lemma_end_key(group, t->lower, t->lower_bytes, n));

		if (next >> 1)
			found = next;
		if (!(next & 1))
			break;
	}
	return found >> 1 ? &table->edits[(found >> 1) - 1] : NULL;
}

uint32_t
lemma_apply(const lemma_edit *e, const char *append, const char *form, const char *lower, uint32_t n_bytes, char *out)
{
	uint32_t	n = n_bytes > e->strip ? n_bytes - e->strip : 0;
	uint32_t	n_append = (uint32_t) strlen(append);

	memcpy(out, e->letters == LEMMA_FORM ? form : lower, n);
	if (e->letters == LEMMA_CAPITAL && n > 0 && out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char) (out[0] - 'a' + 'A');
	memcpy(out + n, append, n_append + 1);
	return n + n_append;
}

/* "'s" before these is "has", else "is". */
static bool
has_perfect(const document *doc, const token *t)
{
	static const char *const participles[] = {"been", "got", "had", "become", "gone", "begun"};
	int32_t		at = (int32_t) (t - doc->tokens) + 1;

	while (at < doc->n_tokens && doc->tokens[at].xpos == XPOS_RB && at - (t - doc->tokens) < 4)
		at++;
	for (size_t i = 0; at < doc->n_tokens && i < sizeof(participles) / sizeof(participles[0]); i++)
		if (strcmp(doc->tokens[at].lower, participles[i]) == 0)
			return true;
	return false;
}

const char *
lemma_of(const lemma_table *table, const document *doc, const token *t)
{
	const lemma_edit *e;
	const char *form = doc->text + t->start_byte;
	uint32_t	n_form = t->end_byte - t->start_byte;
	char		out[LONGEST_WORD + 64];
	uint32_t	n;

	if (t->lower_bytes > LONGEST_WORD || n_form > LONGEST_WORD)
		return t->lower;
	if (t->upos == UPOS_AUX && t->xpos == XPOS_VBZ && strcmp(t->lower, "'s") == 0 && has_perfect(doc, t))
		return "have";
	e = edit_of(table, t);
	if (!e)
		return t->lower;
	if (e->letters == LEMMA_LOWER)
	{
		if (e->strip == 0 && table->strings[e->append] == '\0')
			return t->lower;
		if (e->strip >= t->lower_bytes)
			return table->strings + e->append;
	}
	else if (e->strip == 0 && e->letters == LEMMA_FORM)
		return arena_text(doc->memory, form, n_form);
	if (e->letters == LEMMA_FORM && n_form != t->lower_bytes)
		return arena_text(doc->memory, form, n_form);
	n = lemma_apply(e, table->strings + e->append, form, t->lower, t->lower_bytes, out);
	return arena_text(doc->memory, out, n);
}
