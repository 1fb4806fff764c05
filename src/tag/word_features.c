/*
 * word_features.c - features of the word tagger (see word_features.h).
 *
 * Templates in the tradition of Ratnaparkhi (1996) and Toutanova et al. (2003):
 * the word, its ends, its shape, its neighbours, their word classes; besides, how the
 * word is written elsewhere in the document, which tells names from first
 * words and from headlines.
 */
#include "tag/word_features.h"

#include <string.h>

#include "lexicon/lexicon.h"

enum							/* letter case of a sentence */
{
	LETTERS_USUAL, LETTERS_ALL_CAPITALS, LETTERS_TITLE, LETTERS_NO_CAPITALS
};

enum							/* word_atoms.seen */
{
	SEEN_LOWER = 1,				/* without capital */
	SEEN_CAPITAL = 2			/* with capital where nothing but the word itself asks for one */
};

#define SEEN_BITS 2

/* --- letter case: sentence and document -------------------------------------- */

static uint8_t
letters_of(const document *doc, int32_t start, int32_t end)
{
	int32_t		n_words = 0,
				n_capital = 0,
				n_all = 0,
				n_long = 0,
				n_long_capital = 0;

	for (int32_t i = start; i < end && i < start + 100; i++)
	{
		uint32_t	flags = doc->tokens[i].flags;

		if (!(flags & TOKEN_HAS_LETTER) || (flags & (TOKEN_CLITIC | TOKEN_URL)))
			continue;
		n_words++;
		n_capital += (flags & TOKEN_INITIAL_CAPITAL) != 0;
		n_all += (flags & TOKEN_ALL_CAPITALS) != 0;
		if (doc->tokens[i].lower_bytes >= 4 && n_words > 1)
		{
			n_long++;
			n_long_capital += (flags & TOKEN_INITIAL_CAPITAL) != 0;
		}
	}
	if (n_words >= 3 && n_all * 4 >= n_words * 3)
		return LETTERS_ALL_CAPITALS;
	if (n_long >= 3 && n_long_capital * 10 >= n_long * 8)
		return LETTERS_TITLE;
	if (n_words >= 3 && n_capital == 0)
		return LETTERS_NO_CAPITALS;
	return LETTERS_USUAL;
}

static uint64_t *
seen_slot(const word_features *f, uint64_t lower_hash)
{
	uint64_t	key = lower_hash >> SEEN_BITS;
	uint32_t	at = (uint32_t) key & f->seen_mask;

	key += !key;
	while (f->seen[at] >> SEEN_BITS != 0 && f->seen[at] >> SEEN_BITS != key)
		at = (at + 1) & f->seen_mask;
	if (f->seen[at] == 0)
		f->seen[at] = key << SEEN_BITS;
	return &f->seen[at];
}

/* Notes how each word of the document is written in sentences of usual letter case. */
static void
look_at_document(word_features *f)
{
	const document *doc = f->doc;

	for (int32_t s = 0; s < doc->n_sentences; s++)
	{
		uint8_t		letters = letters_of(doc, doc->sentences[s].start, doc->sentences[s].end);

		for (int32_t i = doc->sentences[s].start; i < doc->sentences[s].end; i++)
		{
			const token *t = &doc->tokens[i];

			if (!(t->flags & TOKEN_HAS_LETTER))
				continue;
			if (!(t->flags & TOKEN_INITIAL_CAPITAL))
			{
				if (letters != LETTERS_NO_CAPITALS)
					*seen_slot(f, t->lower_hash) |= SEEN_LOWER;
			}
			else if (letters == LETTERS_USUAL && i > doc->sentences[s].start && !(doc->tokens[i - 1].flags & TOKEN_PUNCTUATION))
				*seen_slot(f, t->lower_hash) |= SEEN_CAPITAL;
		}
	}
}

word_features *
word_features_create(arena *memory, const document *doc, const fixed_words *fixed)
{
	word_features *f = arena_zero(memory, sizeof(word_features));
	uint32_t	slots = 16;

	while (slots < (uint32_t) doc->n_tokens * 2u)
		slots *= 2;
	f->doc = doc;
	f->fixed = fixed;
	f->seen = arena_zero_array(memory, uint64_t, slots);
	f->seen_mask = slots - 1;
	f->atoms = arena_array(memory, word_atoms, SEQUENCE_MAX_TOKENS + 2 * WORD_REACH);
	look_at_document(f);
	return f;
}

/* --- atoms --------------------------------------------------------------------- */

static uint32_t
find_slot(const weights_slot *slots, uint32_t mask, uint64_t hash)
{
	uint32_t	check = (uint32_t) (hash >> 32);

	for (uint32_t at = (uint32_t) hash & mask; slots[at].row != 0; at = (at + 1) & mask)
		if (slots[at].check == check)
			return slots[at].row;
	return 0;
}

/* Kinds of characters in order, runs of a kind cut to two: "Xxx", "XX", "dd", "Xx.X". */
static uint64_t
shape_of(const char *form, uint32_t n_bytes)
{
	uint64_t	h = UINT64_C(0x51ab5e);
	char		before = 0;
	int			run = 0;

	for (uint32_t i = 0; i < n_bytes && i < 24; i++)
	{
		char		c = form[i];

		if (c >= 'a' && c <= 'z')
			c = 'x';
		else if (c >= 'A' && c <= 'Z')
			c = 'X';
		else if (c >= '0' && c <= '9')
			c = 'd';
		else if ((unsigned char) c >= 0x80)
			c = 'x';
		run = c == before ? run + 1 : 1;
		before = c;
		if (run <= 2)
			h = (h ^ (unsigned char) c) * UINT64_C(0x100000001b3);
	}
	return h ^ (h >> 29);
}

static void
ends_of(word_atoms *a, const char *lower, uint32_t n_bytes)
{
	uint64_t	h = UINT64_C(0xcbf29ce484222325);

	memset(a->suffix, 0, sizeof(a->suffix));
	memset(a->prefix, 0, sizeof(a->prefix));
	for (uint32_t i = 0; i < 5 && i < n_bytes; i++)
	{
		unsigned char c = (unsigned char) lower[n_bytes - 1 - i];

		h = (h ^ (c >= '0' && c <= '9' ? '0' : c)) * UINT64_C(0x100000001b3);
		a->suffix[i] = h ^ (h >> 29);
	}
	h = UINT64_C(0xcbf29ce484222325);
	for (uint32_t i = 0; i < 4 && i < n_bytes; i++)
	{
		unsigned char c = (unsigned char) lower[i];

		h = (h ^ (c >= '0' && c <= '9' ? '0' : c)) * UINT64_C(0x100000001b3);
		a->prefix[i] = h ^ (h >> 29);
	}
}

static uint64_t
word_with_zeros(const token *t)
{
	uint64_t	h = UINT64_C(0xcbf29ce484222325);

	if (!(t->flags & TOKEN_HAS_DIGIT))
		return t->lower_hash;
	for (uint32_t i = 0; i < t->lower_bytes && i < 24; i++)
	{
		unsigned char c = (unsigned char) t->lower[i];

		h = (h ^ (c >= '0' && c <= '9' ? '0' : c)) * UINT64_C(0x100000001b3);
	}
	return h ^ (h >> 29);
}

static void
make_atoms(const word_features *f, word_atoms *a, const token *t)
{
	a->word = word_with_zeros(t);
	a->form = t->form_hash;
	a->capital = t->flags & TOKEN_ALL_CAPITALS ? 2 : (t->flags & TOKEN_INITIAL_CAPITAL) != 0;
	a->shape = shape_of(f->doc->text + t->start_byte, t->end_byte - t->start_byte);
	ends_of(a, t->lower, t->lower_bytes);
	a->seen = 0;
	if (t->flags & TOKEN_HAS_LETTER)
		a->seen = (uint8_t) (*seen_slot(f, t->lower_hash) & (SEEN_LOWER | SEEN_CAPITAL));
	a->class_id = a->class_path = 0;
	a->habit = a->level = 0;
	a->sets = 0;
	if (t->word >= 0)
	{
		const word_info *info = lexicon_word_info(t->word);

		a->class_id = info->class_id;
		a->class_path = info->class_path;
		a->habit = (uint8_t) (info->document_frequency < 5 ? 0 : 1 + (info->capital_share > 10) + (info->capital_share > 100) +
							  (info->capital_share > 200) + (info->capital_share > 250));
		a->level = info->level;
		a->sets = info->sets;
	}
}

/* Beyond the sentence stands the same nothing on every side. */
static void
make_edge(word_atoms *a, uint64_t which)
{
	memset(a, 0, sizeof(*a));
	a->word = a->form = a->shape = which;
	for (int i = 0; i < 5; i++)
		a->suffix[i] = which;
}

void
word_features_piece(word_features *f, const sentence *s, int32_t start, int32_t end)
{
	f->start = start;
	f->end = end;
	f->sentence_start = s->start;
	f->sentence_end = s->end;
	f->letters = letters_of(f->doc, s->start, s->end);
	f->last_mark = f->doc->tokens[s->end - 1].lower_hash;
	if (!(f->doc->tokens[s->end - 1].flags & TOKEN_PUNCTUATION))
		f->last_mark = 1;
	f->helper = 0;
	f->helper_at = -100;
	for (int32_t i = start - WORD_REACH; i < end + WORD_REACH; i++)
	{
		word_atoms *a = &f->atoms[i - start + WORD_REACH];

		if (i < s->start)
			make_edge(a, 11);
		else if (i >= s->end)
			make_edge(a, 12);
		else
			make_atoms(f, a, &f->doc->tokens[i]);
	}
}

/* --- templates ------------------------------------------------------------------ */

#define HELPER_REACH 6			/* tokens behind a helper that it still tells of */

#define SEED(template) ((uint64_t) (template) * UINT64_C(0xd6e8feb86659fd93))
#define ONE(template, a) (features[n++] = hash_mix(SEED(template), (uint64_t) (a)))
#define TWO(template, a, b) (features[n++] = hash_mix(hash_mix(SEED(template), (uint64_t) (a)), (uint64_t) (b)))

/* Auxiliaries and "to": the last one before a verb tells its form. */
static bool
is_helper(const token *t)
{
	static const char *const helpers[] = {
		"to", "be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "'ve", "'d", "'ll", "have", "has",
		"had", "having", "do", "does", "did", "will", "would", "can", "could", "may", "might", "must", "should", "shall",
		"get", "got", "gets", "getting", "ca", "wo", "let", "make", "makes", "made", "help", "helped"
	};

	if (t->lower_bytes > 7)
		return false;
	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++)
		if (helpers[i][0] == t->lower[0] && strcmp(helpers[i], t->lower) == 0)
			return true;
	return false;
}

static int
own_features(const word_features *f, const word_atoms *a, const token *t, bool first, uint64_t *features)
{
	int			n = 0;
	uint32_t	capital = t->flags & TOKEN_ALL_CAPITALS ? 2 : (t->flags & TOKEN_INITIAL_CAPITAL) != 0;
	uint32_t	manner = capital | (uint32_t) first << 2 | (uint32_t) f->letters << 3;

	ONE(1, a->word);
	ONE(2, a->form);
	TWO(3, a->shape, first);
	for (int i = 0; i < 5; i++)
		if (a->suffix[i])
			ONE(4 + i, a->suffix[i]);
	for (int i = 0; i < 4; i++)
		if (a->prefix[i])
			ONE(9 + i, a->prefix[i]);
	TWO(13, a->suffix[2], manner);
	TWO(14, a->shape, f->letters);
	TWO(15, a->seen, manner);
	if (a->habit)
		TWO(16, a->habit, manner);
	TWO(17, a->level, capital | (a->class_id != 0) << 2);
	if (a->class_id)
	{
		ONE(18, a->class_id);
		TWO(19, a->class_path >> 12, a->suffix[1]);
		ONE(20, a->class_path >> 10);
		ONE(21, a->class_path >> 7);
	}
	if (a->sets)
		TWO(22, a->sets, capital);
	TWO(25, manner, (a->level != 0) | a->seen << 1 | a->habit << 3 | (uint32_t) (a->class_id != 0) << 6);
	ONE(26, f->letters);
	return n;
}

static int
neighbour_features(const word_features *f, const word_atoms *a, uint64_t *features)
{
	const word_atoms *b = a - 1,
			   *c = a - 2,
			   *y = a + 1,
			   *z = a + 2;
	int			n = 0;

	ONE(30, b->word);
	ONE(31, y->word);
	ONE(32, c->word);
	ONE(33, z->word);
	TWO(34, b->word, a->word);
	TWO(35, a->word, y->word);
	TWO(36, b->word, y->word);
	TWO(37, c->word, b->word);
	TWO(38, y->word, z->word);
	ONE(39, b->suffix[2]);
	ONE(40, y->suffix[2]);
	ONE(42, y->suffix[1]);
	TWO(43, b->shape, a->shape);
	TWO(44, f->letters, b->capital | a->capital << 2 | y->capital << 4 | z->capital << 6);
	TWO(41, b->word, a->capital | (a->level != 0) << 2 | f->letters << 3);
	TWO(45, b->word, a->suffix[2]);
	TWO(46, a->suffix[2], y->word);
	TWO(47, a->suffix[1], y->suffix[1]);
	TWO(48, b->suffix[1], a->suffix[1]);
	ONE(51, (a + 3)->word);
	if (b->class_id)
		ONE(53, b->class_id);
	if (y->class_id)
		ONE(54, y->class_id);
	if (z->class_id)
		ONE(55, z->class_id);
	if (c->class_id)
		ONE(56, c->class_id);
	TWO(57, b->class_id, a->class_id);
	TWO(58, a->class_id, y->class_id);
	TWO(59, b->class_path >> 9, y->class_path >> 9);
	TWO(60, a->word, y->class_path >> 9);
	TWO(61, a->word, b->class_path >> 9);
	TWO(66, y->class_path >> 9, z->class_path >> 9);
	return n;
}

int
word_features_extract(void *context, int32_t at, uint64_t *features, int32_t *fixed)
{
	word_features *f = context;
	const token *t = &f->doc->tokens[f->start + at];
	const word_atoms *a = &f->atoms[at + WORD_REACH];
	uint32_t	label = f->fixed ? find_slot(f->fixed->slots, f->fixed->mask, t->form_hash) : 0;
	bool		first = f->start + at == f->sentence_start;
	int			n = 0;

	if (label)
		*fixed = (int32_t) label - 1;
	else
	{
		n = own_features(f, a, t, first, features);
		n += neighbour_features(f, a, features + n);
		TWO(73, f->last_mark, first);
		if (t->flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK))
			ONE(76, t->flags & (TOKEN_OPEN_MARK | TOKEN_CLOSE_MARK));
		if (at - f->helper_at <= HELPER_REACH)
		{
			TWO(70, f->helper, a->suffix[1]);
			TWO(71, f->helper, hash_mix(a->suffix[1], (uint64_t) (at - f->helper_at)));
			TWO(74, f->helper, a->word);
		}
		else
		{
			ONE(72, a->suffix[1]);
			TWO(75, 0, a->word);
		}
	}
	if (is_helper(t))
	{
		f->helper = a->word;
		f->helper_at = at;
	}
	return n;
}
