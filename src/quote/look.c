/*
 * look.c - what the steps ask of tokens (see work.h).
 */
#include <string.h>

#include "quote/work.h"
#include "stages.h"
#include "tag/tagset.h"

#define OUTSIDE UINT64_C(0x9d1f)

uint64_t
word_at(const quote_work *w, int32_t t)
{
	if (t < 0 || t >= w->doc->n_tokens)
		return OUTSIDE;
	return w->doc->tokens[t].lower_hash;
}

uint64_t
lemma_at(const quote_work *w, int32_t t)
{
	const token *x;

	if (t < 0 || t >= w->doc->n_tokens)
		return OUTSIDE;
	x = &w->doc->tokens[t];
	if (!x->lemma)
		return x->lower_hash;
	if (w->lemma_of[t] == 0)
		w->lemma_of[t] = hash_bytes(x->lemma, strlen(x->lemma));
	return w->lemma_of[t];
}

int
group_at(const quote_work *w, int32_t t)
{
	int32_t		row;

	if (t < 0 || t >= w->doc->n_tokens)
		return -1;
	row = w->doc->tokens[t].word;
	return row < 0 ? 0 : lexicon_word_info(row)->class_id;
}

int
pos_at(const quote_work *w, int32_t t)
{
	if (t < 0 || t >= w->doc->n_tokens)
		return N_XPOS;
	return w->doc->tokens[t].xpos;
}

bool
is_word(const quote_work *w, int32_t t, const char *lower)
{
	return t >= 0 && t < w->doc->n_tokens && w->doc->tokens[t].lower[0] == lower[0] && strcmp(w->doc->tokens[t].lower, lower) == 0;
}

static int
class_of_mark(const token *x)
{
	if (x->flags & TOKEN_OPEN_MARK)
		return CLASS_OPEN;
	if (x->flags & TOKEN_CLOSE_MARK)
		return CLASS_CLOSE;
	switch (x->lower[0])
	{
		case ',':
			return CLASS_COMMA;
		case '.':
			return CLASS_STOP;
		case ':':
			return CLASS_COLON;
		case ';':
			return CLASS_SEMICOLON;
		case '?':
		case '!':
			return CLASS_QUESTION;
		case '-':
			return CLASS_DASH;
		case '(':
		case ')':
		case '[':
		case ']':
			return CLASS_BRACKET;
		default:
			break;
	}
	if (!strncmp(x->lower, "\xE2\x80", 2) && (unsigned char) x->lower[2] >= 0x93 && (unsigned char) x->lower[2] <= 0x95)
		return CLASS_DASH;
	if (!strcmp(x->lower, "\xE2\x80\xA6"))
		return CLASS_STOP;
	return CLASS_OTHER_MARK;
}

typedef struct word_class
{
	const char *lower;
	int			class;
} word_class;

static const word_class closed_class[] = {
	{"he", CLASS_HE}, {"she", CLASS_HE}, {"i", CLASS_I}, {"we", CLASS_I}, {"you", CLASS_I}, {"it", CLASS_IT}, {"they", CLASS_THEY},
	{"who", CLASS_WHO}, {"which", CLASS_WHO}, {"that", CLASS_THAT}, {"not", CLASS_NOT}, {"n't", CLASS_NOT}, {"never", CLASS_NOT},
	{"and", CLASS_AND}, {"but", CLASS_AND}, {"or", CLASS_AND}, {"by", CLASS_BY}, {"as", CLASS_AS}, {"to", CLASS_TO}, {"of", CLASS_OF},
	{"be", CLASS_BE}, {"is", CLASS_BE}, {"was", CLASS_BE}, {"are", CLASS_BE}, {"were", CLASS_BE}, {"been", CLASS_BE}, {"being", CLASS_BE},
	{"have", CLASS_HAVE}, {"has", CLASS_HAVE}, {"had", CLASS_HAVE}, {"'s", CLASS_POSSESSIVE}
};

static int
class_of_word(const quote_work *w, int32_t t, const token *x)
{
	uint32_t	sets;

	if (x->lower_bytes <= 5)
		for (size_t i = 0; i < sizeof(closed_class) / sizeof(closed_class[0]); i++)
			if (closed_class[i].lower[0] == x->lower[0] && strcmp(closed_class[i].lower, x->lower) == 0)
				return closed_class[i].class;
	if (w->mention_at[t] >= 0)
		return CLASS_NAME;
	sets = lexicon_sets(x);
	if (sets & SET_SPEECH_VERB && x->upos != UPOS_NOUN && x->upos != UPOS_ADJ)
		return CLASS_SPEECH;
	if (sets & SET_THOUGHT_VERB && x->upos == UPOS_VERB)
		return CLASS_THOUGHT;
	switch (x->upos)
	{
		case UPOS_DET:
			return CLASS_DETERMINER;
		case UPOS_ADP:
		case UPOS_SCONJ:
			return CLASS_PREPOSITION;
		case UPOS_ADV:
			return CLASS_ADVERB;
		case UPOS_ADJ:
			return CLASS_ADJECTIVE;
		case UPOS_NOUN:
			return sets & (SET_ROLE | SET_TITLE) ? CLASS_TITLE : CLASS_NOUN;
		case UPOS_PROPN:
			return CLASS_NAME;
		case UPOS_VERB:
			return CLASS_VERB;
		case UPOS_AUX:
			return CLASS_MODAL;
		case UPOS_NUM:
			return CLASS_NUMBER;
		default:
			return CLASS_OTHER;
	}
}

int
class_at(const quote_work *w, int32_t t)
{
	const token *x;

	if (t < 0 || t >= w->doc->n_tokens)
		return CLASS_OUTSIDE;
	x = &w->doc->tokens[t];
	if (w->class_of[t] == 0)
		w->class_of[t] = (uint8_t) (1 + (x->flags & TOKEN_PUNCTUATION ? class_of_mark(x) : class_of_word(w, t, x)));
	return w->class_of[t] - 1;
}

bool
same_paragraph(const quote_work *w, int32_t a, int32_t b)
{
	const document *doc = w->doc;

	if (a < 0 || b < 0 || a >= doc->n_tokens || b >= doc->n_tokens)
		return false;
	return paragraph_at(w, a) == paragraph_at(w, b);
}

int32_t
paragraph_at(const quote_work *w, int32_t t)
{
	return w->doc->sentences[w->doc->tokens[t].sentence].paragraph;
}

int
bucket(int32_t n)
{
	static const int32_t limits[] = {0, 1, 2, 3, 4, 6, 9, 14, 24, 49, 99};
	int			b = 0;

	while (b < 11 && n > limits[b])
		b++;
	return b;
}

int32_t
sentence_start(const quote_work *w, int32_t t)
{
	return w->doc->sentences[w->doc->tokens[t].sentence].start;
}

int32_t
sentence_end(const quote_work *w, int32_t t)
{
	return w->doc->sentences[w->doc->tokens[t].sentence].end;
}

bool
is_finite_verb(const quote_work *w, int32_t t)
{
	switch (pos_at(w, t))
	{
		case XPOS_VBD:
		case XPOS_VBP:
		case XPOS_VBZ:
		case XPOS_MD:
			return true;
		default:
			return false;
	}
}

bool
is_personal_pronoun(const quote_work *w, int32_t t)
{
	int			class = class_at(w, t);

	return class == CLASS_HE || class == CLASS_I || class == CLASS_IT || class == CLASS_THEY;
}

bool
holds_token(const quote_row *r, int32_t t)
{
	for (int32_t p = 0; p < r->n_content; p++)
		if (t >= r->content[p].start && t < r->content[p].end)
			return true;
	return false;
}

static bool
is_named_outlet(const quote_work *w, const mention *m)
{
	name_hit	hits[4];
	int			n = lexicon_names_at(w->doc, m->start, m->end, hits, 4);

	for (int i = 0; i < n; i++)
		if (hits[i].end == m->end && (hits[i].types & NAME_TYPE_OUTLET))
			return true;
	return false;
}

bool
is_outlet(const quote_work *w, const phrase *p)
{
	static const char *const words[] = {"media", "press", "newspaper", "newspapers", "agency", "website", "magazine", "broadcaster", "tabloid", "outlet", "outlets"};

	if (p->pronoun)
		return false;
	if (p->mention >= 0)
		return is_named_outlet(w, &w->doc->mentions[p->mention]);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(w, p->head, words[i]))
			return true;
	return false;
}

bool
has_lemma(const cue *c, const char *const *lemmas, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c->lemma == hash_bytes(lemmas[i], strlen(lemmas[i])))
			return true;
	return false;
}

/* "reported", "quoted": what an organisation does to what others said. */
static bool
passes_on(const cue *c)
{
	static const char *const lemmas[] = {"report", "quote", "cite"};

	return c->kind == CUE_VERB && has_lemma(c, lemmas, sizeof(lemmas) / sizeof(lemmas[0]));
}

bool
is_medium(const quote_work *w, const phrase *p, const cue *c)
{
	if (passes_on(c) && p->mention >= 0 && w->doc->mentions[p->mention].kind == KIND_ORGANIZATION)
		return true;
	return is_outlet(w, p) || (c->kind == CUE_ACCORDING && !p->pronoun && p->mention < 0 && (lexicon_sets(&w->doc->tokens[p->head]) & SET_DOCUMENT));
}
