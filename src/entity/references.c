/*
 * references.c - the index behind coreference (see references.h).
 *
 * In: mentions with entities, word tags, quotation marks.  Out: names and
 * personal pronouns in text order with their grammatical role.  Roles are read
 * off the neighbouring words: the parser runs only where quotes may be, and
 * these must hold for every sentence.
 */
#include "entity/references.h"

#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/tagset.h"
#include "text/marks.h"

#define MAX_DESCRIPTORS 40		/* of one entity */

typedef struct pronoun_row
{
	const char *word;
	uint8_t		class;
} pronoun_row;

static const pronoun_row pronouns[] = {
	{"he", PRONOUN_HE}, {"him", PRONOUN_HE}, {"his", PRONOUN_HE}, {"himself", PRONOUN_HE},
	{"she", PRONOUN_SHE}, {"her", PRONOUN_SHE}, {"hers", PRONOUN_SHE}, {"herself", PRONOUN_SHE},
	{"they", PRONOUN_THEY}, {"them", PRONOUN_THEY}, {"their", PRONOUN_THEY}, {"theirs", PRONOUN_THEY}, {"themselves", PRONOUN_THEY},
	{"it", PRONOUN_IT}, {"its", PRONOUN_IT}, {"itself", PRONOUN_IT},
	{"i", PRONOUN_I}, {"me", PRONOUN_I}, {"my", PRONOUN_I}, {"mine", PRONOUN_I}, {"myself", PRONOUN_I},
	{"we", PRONOUN_WE}, {"us", PRONOUN_WE}, {"our", PRONOUN_WE}, {"ours", PRONOUN_WE}, {"ourselves", PRONOUN_WE},
	{"who", PRONOUN_WHO}
};

#define N_PRONOUNS ((int) (sizeof(pronouns) / sizeof(pronouns[0])))

pronoun_class
pronoun_at(const document *doc, int32_t token_index)
{
	const token *t = &doc->tokens[token_index];

	if (t->lower_bytes > 10 || (t->flags & (TOKEN_PUNCTUATION | TOKEN_HAS_DIGIT | TOKEN_NOT_ASCII | TOKEN_HAS_PERIOD)) ||
		(t->upos != UPOS_PRON && t->upos != UPOS_DET && t->upos != UPOS_NONE))
		return PRONOUN_NONE;
	if (t->lower_bytes == 2 && (t->flags & TOKEN_ALL_CAPITALS) && t->lower[0] != 'h' && t->lower[0] != 'w')
		return PRONOUN_NONE;	/* US, IT */
	for (int i = 0; i < N_PRONOUNS; i++)
		if (pronouns[i].word[0] == t->lower[0] && strcmp(pronouns[i].word, t->lower) == 0)
			return pronouns[i].class;
	return PRONOUN_NONE;
}

static bool
is_possessive_clitic(const token *t)
{
	return (t->flags & TOKEN_CLITIC) && t->lower[0] == '\'' && (t->lower[1] == 's' || t->lower[1] == '\0');
}

static bool
is_verb(const token *t)
{
	return t->upos == UPOS_VERB || t->upos == UPOS_AUX;
}

/* Behind commas: the token after the inserted phrase ", the minister," or `at` itself. */
static int32_t
skip_insertion(const document *doc, int32_t at, int32_t limit)
{
	char		closer;

	if (at >= limit || (doc->tokens[at].lower[0] != ',' && doc->tokens[at].lower[0] != '('))
		return at;
	closer = doc->tokens[at].lower[0] == '(' ? ')' : ',';
	for (int32_t i = at + 1; i < limit && i < at + 16; i++)
		if (doc->tokens[i].lower[0] == closer)
			return i + 1;
	return at;
}

reference_role
role_at(const document *doc, int32_t start, int32_t end)
{
	const sentence *s = &doc->sentences[doc->tokens[start].sentence];
	int32_t		before = start - 1;
	int32_t		after = end;

	if (after < s->end && is_possessive_clitic(&doc->tokens[after]))
		return ROLE_POSSESSIVE;
	while (before >= s->start && (doc->tokens[before].upos == UPOS_DET || doc->tokens[before].upos == UPOS_ADJ))
		before--;
	if (before >= s->start)
	{
		const token *t = &doc->tokens[before];

		if (t->upos == UPOS_ADP)
			return ROLE_OBLIQUE;
		if (is_verb(t) && (lexicon_sets(t) & SET_SPEECH_VERB) &&
			(after >= s->end || (doc->tokens[after].flags & TOKEN_PUNCTUATION)))
			return ROLE_SUBJECT;	/* ..., said Greer. */
		if (t->upos == UPOS_VERB)
			return ROLE_OBJECT;
	}
	after = skip_insertion(doc, after, s->end);
	while (after < s->end && doc->tokens[after].upos == UPOS_ADV)
		after++;
	if (after < s->end && is_verb(&doc->tokens[after]) && doc->tokens[after].xpos != XPOS_VBG)
		return ROLE_SUBJECT;
	return ROLE_OTHER;
}

static reference_role
pronoun_role(const document *doc, int32_t at)
{
	const char *w = doc->tokens[at].lower;
	const token *next = at + 1 < doc->n_tokens ? &doc->tokens[at + 1] : NULL;

	if (strcmp(w, "he") == 0 || strcmp(w, "she") == 0 || strcmp(w, "they") == 0 || strcmp(w, "we") == 0 || strcmp(w, "i") == 0 || strcmp(w, "who") == 0)
		return ROLE_SUBJECT;
	if (strcmp(w, "his") == 0 || strcmp(w, "their") == 0 || strcmp(w, "its") == 0 || strcmp(w, "my") == 0 || strcmp(w, "our") == 0)
		return ROLE_POSSESSIVE;
	if (strcmp(w, "her") == 0)
	{
		if (doc->tokens[at].xpos == XPOS_PRP_S)
			return ROLE_POSSESSIVE;
		if (doc->tokens[at].xpos == XPOS_NONE && next && !(next->flags & TOKEN_PUNCTUATION) && !(lexicon_sets(next) & SET_STOP))
			return ROLE_POSSESSIVE;
	}
	if (strcmp(w, "it") == 0)
		return role_at(doc, at, at + 1);
	return at > 0 && doc->tokens[at - 1].upos == UPOS_ADP ? ROLE_OBLIQUE : ROLE_OBJECT;
}

/* Is a verb of speech within three words of the phrase? */
static bool
speaks_at(const document *doc, int32_t start, int32_t end)
{
	const sentence *s = &doc->sentences[doc->tokens[start].sentence];
	int32_t		after = skip_insertion(doc, end, s->end);

	for (int32_t i = after; i < s->end && i < after + 3; i++)
		if ((lexicon_sets(&doc->tokens[i]) & SET_SPEECH_VERB) && doc->tokens[i].upos != UPOS_NOUN)
			return true;
	for (int32_t i = start - 1; i >= s->start && i >= start - 4; i--)
	{
		if (doc->tokens[i].flags & TOKEN_PUNCTUATION)
			return false;
		if ((lexicon_sets(&doc->tokens[i]) & SET_SPEECH_VERB) && doc->tokens[i].upos != UPOS_NOUN)
			return true;
	}
	return false;
}

static void
mark_quoted(const document *doc, references *r)
{
	marked_stretch *stretches;
	int32_t		n = find_marked_stretches(doc, &stretches);
	int32_t		done = 0;

	for (int32_t i = 0; i < n; i++)
	{
		int32_t		from = stretches[i].open + 1 > done ? stretches[i].open + 1 : done;

		if (stretches[i].close - stretches[i].open < 4)
			continue;			/* a title or a nickname */
		for (int32_t k = from; k < stretches[i].close && k < doc->n_tokens; k++)
			r->quoted[k] = 1;
		if (stretches[i].close > done)
			done = stretches[i].close;
	}
}

static void
add_reference(const document *doc, references *r, int32_t *capacity, int32_t start, int32_t end, int32_t mention)
{
	reference  *x;

	r->list = arena_grow(doc->memory, r->list, r->n, capacity, sizeof(reference));
	x = &r->list[r->n];
	memset(x, 0, sizeof(*x));
	x->start = start;
	x->end = end;
	x->mention = mention;
	x->sentence = doc->tokens[start].sentence;
	x->entity = mention >= 0 ? doc->mentions[mention].entity : -1;
	x->pronoun = mention >= 0 ? PRONOUN_NONE : pronoun_at(doc, start);
	x->role = mention >= 0 ? role_at(doc, start, end) : pronoun_role(doc, start);
	if (mention >= 0 && x->role == ROLE_OTHER && doc->mentions[mention].title.end > doc->mentions[mention].title.start)
		x->role = role_at(doc, doc->mentions[mention].title.start, end);
	x->quoted = r->quoted[start];
	x->speaks = speaks_at(doc, start, end);
	x->first = r->n == 0 || r->list[r->n - 1].sentence != x->sentence;
	x->confidence = mention >= 0 ? 1.0f : 0.0f;
	r->n++;
}

static void
collect_references(const document *doc, references *r)
{
	int32_t		capacity = 0,
				m = 0;

	for (int32_t i = 0; i < doc->n_tokens;)
	{
		if (m < doc->n_mentions && doc->mentions[m].start <= i)
		{
			add_reference(doc, r, &capacity, doc->mentions[m].start, doc->mentions[m].end, m);
			i = doc->mentions[m].end > i ? doc->mentions[m].end : i + 1;
			m++;
			continue;
		}
		if (pronoun_at(doc, i) != PRONOUN_NONE)
			add_reference(doc, r, &capacity, i, i + 1, -1);
		i++;
	}
}

int32_t
head_of_phrase(const document *doc, span tokens)
{
	int32_t		head = -1;

	for (int32_t i = tokens.start; i < tokens.end; i++)
	{
		const token *t = &doc->tokens[i];

		if (head >= 0 && (t->upos == UPOS_ADP || t->upos == UPOS_SCONJ || t->upos == UPOS_VERB || t->upos == UPOS_AUX || t->xpos == XPOS_WP ||
						  t->xpos == XPOS_WDT || t->lower[0] == ',' || t->lower[0] == '('))
			break;
		if (t->upos == UPOS_NOUN || t->upos == UPOS_PROPN || t->upos == UPOS_NUM || (t->upos == UPOS_NONE && !(lexicon_sets(t) & SET_STOP)))
			head = i;
		else if (t->upos == UPOS_ADJ && i + 1 == tokens.end)
			head = i;			/* the accused */
	}
	return head;
}

static void
add_descriptors(const document *doc, references *r, int32_t *capacity, int32_t *counts, int32_t e, span tokens)
{
	int32_t		head = head_of_phrase(doc, tokens);

	for (int32_t i = tokens.start; i < tokens.end && counts[e] < MAX_DESCRIPTORS; i++)
	{
		const token *t = &doc->tokens[i];
		descriptor *d;

		if ((t->flags & (TOKEN_PUNCTUATION | TOKEN_CLITIC)) || t->upos == UPOS_DET || t->upos == UPOS_ADP || (lexicon_sets(t) & SET_STOP))
			continue;
		r->descriptors = arena_grow(doc->memory, r->descriptors, r->n_descriptors, capacity, sizeof(descriptor));
		d = &r->descriptors[r->n_descriptors];
		d->lower_hash = t->lower_hash;
		d->token = i;
		d->head = i == head;
		d->next = r->first_descriptor[e];
		r->first_descriptor[e] = r->n_descriptors++;
		counts[e]++;
	}
}

/* "X is a Y", "X, who is the Y": the phrase behind the verb; empty when there is none. */
static span
complement_of(const document *doc, const mention *m)
{
	const sentence *s = &doc->sentences[doc->tokens[m->start].sentence];
	int32_t		at = m->end;
	span		found = {0, 0};

	if (at + 1 < s->end && doc->tokens[at].lower[0] == ',' && strcmp(doc->tokens[at + 1].lower, "who") == 0)
		at += 2;
	if (at >= s->end || doc->tokens[at].upos != UPOS_AUX || doc->tokens[at].lemma == NULL || strcmp(doc->tokens[at].lemma, "be") != 0)
		return found;
	at++;
	if (at >= s->end || doc->tokens[at].upos != UPOS_DET)
		return found;
	found.start = at + 1;
	for (found.end = found.start; found.end < s->end && found.end < at + 10; found.end++)
	{
		const token *t = &doc->tokens[found.end];

		if (t->upos == UPOS_VERB || t->upos == UPOS_AUX || (t->flags & TOKEN_PUNCTUATION && t->lower[0] != '-') || t->xpos == XPOS_WP || t->xpos == XPOS_WDT)
			break;
	}
	return found;
}

static void
collect_descriptors(const document *doc, references *r)
{
	int32_t    *counts = arena_zero_array(doc->memory, int32_t, doc->n_entities);
	int32_t		capacity = 0;

	r->first_descriptor = arena_array(doc->memory, int32_t, doc->n_entities);
	memset(r->first_descriptor, 0xff, sizeof(int32_t) * (size_t) doc->n_entities);
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		const mention *m = &doc->mentions[i];

		if (m->entity < 0 || (m->kind != KIND_PERSON && m->kind != KIND_ORGANIZATION))
			continue;
		add_descriptors(doc, r, &capacity, counts, m->entity, m->title);
		add_descriptors(doc, r, &capacity, counts, m->entity, m->apposition);
		add_descriptors(doc, r, &capacity, counts, m->entity, complement_of(doc, m));
	}
}

int32_t
reference_from(const references *r, int32_t token_index)
{
	int32_t		low = 0,
				high = r->n;

	while (low < high)
	{
		int32_t		middle = (low + high) / 2;

		if (r->list[middle].start < token_index)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

references *
references_of(const document *doc)
{
	references *r = doc->references;

	if (r->quoted)
		return r;
	r->quoted = arena_zero_array(doc->memory, uint8_t, doc->n_tokens + 1);
	r->mention_at = arena_array(doc->memory, int32_t, doc->n_tokens + 1);
	memset(r->mention_at, 0xff, sizeof(int32_t) * (size_t) (doc->n_tokens + 1));
	for (int32_t i = 0; i < doc->n_mentions; i++)
		for (int32_t k = doc->mentions[i].start; k < doc->mentions[i].end; k++)
			r->mention_at[k] = i;
	r->gender = arena_array(doc->memory, uint8_t, doc->n_entities);
	for (int32_t i = 0; i < doc->n_entities; i++)
		r->gender[i] = doc->entities[i].gender;
	mark_quoted(doc, r);
	collect_references(doc, r);
	collect_descriptors(doc, r);
	return r;
}
