/*
 * token_fields.c - what a token knows of itself: characters, folded form,
 * hashes, flags.
 *
 * In: byte spans in text order.  Out: tokens of the document.  ASCII words, nearly
 * all of a news text, take one loop of table look-ups; others are folded
 * character by character.
 */
#include "lexicon/lexicon.h"
#include "text/reading.h"

#include <string.h>

#define POOL_BYTES ((size_t) 64 * 1024)
#define LONGEST_FOLD 12			/* bytes that one character may fold to */

void
token_writer_start(token_writer *w, document *doc)
{
	memset(w, 0, sizeof(*w));
	w->doc = doc;
	w->capacity = (int32_t) (doc->n_bytes / 5 + 16);
	doc->tokens = arena_array(doc->memory, token, w->capacity);
	doc->n_tokens = 0;
}

/* Room for n_bytes of folded form. */
static char *
pool_room(token_writer *w, size_t n_bytes)
{
	if (n_bytes > (size_t) (w->pool_end - w->pool))
	{
		size_t		size = n_bytes > POOL_BYTES ? n_bytes : POOL_BYTES;

		w->pool = arena_alloc(w->doc->memory, size);
		w->pool_end = w->pool + size;
	}
	return w->pool;
}

/* Moves the count of characters forward to byte offset `to`. */
static uint32_t
chars_to(token_writer *w, uint32_t to)
{
	w->at_char += utf8_count(w->doc->text + w->at_byte, to - w->at_byte);
	w->at_byte = to;
	return w->at_char;
}

/* What has been seen of the letters of a form. */
typedef struct shape
{
	int			n_letters;
	bool		first_is_upper;
	bool		any_lower;
	bool		upper_after_lower;
	bool		any_digit;
	bool		any_other;		/* neither digit nor separator of digits */
	bool		hyphen;
	bool		period;
} shape;

static void
shape_add(shape *s, int32_t character, char_class class)
{
	if (class_is_letter(class))
	{
		if (s->n_letters == 0)
			s->first_is_upper = class == CLASS_UPPER;
		if (class == CLASS_UPPER && s->any_lower)
			s->upper_after_lower = true;
		if (class == CLASS_LOWER)
			s->any_lower = true;
		s->n_letters++;
		s->any_other = true;
	}
	else if (class == CLASS_DIGIT)
		s->any_digit = true;
	else if (character == '.')
		s->period = true;
	else if (character == '-' || character == 0x2010 || character == 0x2011)
	{
		s->hyphen = true;
		s->any_other = true;
	}
	else if (character != ',' && character != ':' && character != '/')
		s->any_other = true;
}

static uint32_t
shape_flags(const shape *s)
{
	uint32_t	flags = 0;

	if (s->n_letters)
		flags |= TOKEN_HAS_LETTER;
	if (s->first_is_upper)
		flags |= TOKEN_INITIAL_CAPITAL;
	if (s->n_letters >= 2 && !s->any_lower)
		flags |= TOKEN_ALL_CAPITALS;
	if (s->upper_after_lower)
		flags |= TOKEN_MIXED_CASE;
	if (s->any_digit)
		flags |= s->any_other ? TOKEN_HAS_DIGIT : TOKEN_HAS_DIGIT | TOKEN_ALL_DIGITS;
	if (!s->n_letters && !s->any_digit)
		flags |= TOKEN_PUNCTUATION;
	if (s->hyphen && s->n_letters)
		flags |= TOKEN_HAS_HYPHEN;
	if (s->period && s->n_letters)
		flags |= TOKEN_HAS_PERIOD;
	return flags;
}

typedef struct fnv
{
	uint64_t	hash;
} fnv;

#define FNV_START UINT64_C(0xcbf29ce484222325)

static inline void
fnv_add(fnv *f, const char *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		f->hash = (f->hash ^ (unsigned char) bytes[i]) * UINT64_C(0x100000001b3);
}

static inline uint64_t
fnv_end(fnv f)
{
	return f.hash ^ (f.hash >> 29);
}

/* Folds a form with characters beyond ASCII; false when there are none. */
static void
fold_characters(token_writer *w, token *t, const char *form, uint32_t n_bytes)
{
	char	   *lower = pool_room(w, (size_t) n_bytes * 4 + LONGEST_FOLD + 1);
	char	   *end = lower;
	shape		s = {0};
	fnv			form_hash = {FNV_START};

	for (uint32_t i = 0; i < n_bytes;)
	{
		int32_t		character;
		uint32_t	length = utf8_decode(form + i, n_bytes - i, &character);

		shape_add(&s, character, char_class_of(character));
		if (character == 0x2019 || character == 0x2018)
		{
			fnv_add(&form_hash, "'", 1);
			*end++ = '\'';
		}
		else
		{
			fnv_add(&form_hash, form + i, length);
			end += utf8_fold(character, end);
		}
		i += length;
	}
	*end = '\0';
	t->lower = lower;
	t->lower_bytes = (uint32_t) (end - lower);
	t->lower_hash = hash_bytes(lower, t->lower_bytes);
	t->form_hash = fnv_end(form_hash);
	t->flags |= shape_flags(&s) | TOKEN_NOT_ASCII;
	w->pool = end + 1;
}

/* Folds a form while it is ASCII; false at the first byte that is not. */
static bool
fold_ascii(token_writer *w, token *t, const char *form, uint32_t n_bytes)
{
	char	   *lower = pool_room(w, (size_t) n_bytes + 1);
	uint64_t	form_hash = FNV_START;
	uint64_t	lower_hash = FNV_START;
	shape		s = {0};

	for (uint32_t i = 0; i < n_bytes; i++)
	{
		unsigned char c = (unsigned char) form[i];
		char_class	class;

		if (c >= 0x80)
			return false;
		class = (char_class) ascii_class[c];
		shape_add(&s, c, class);
		form_hash = (form_hash ^ c) * UINT64_C(0x100000001b3);
		if (class == CLASS_UPPER)
			c += 'a' - 'A';
		lower_hash = (lower_hash ^ c) * UINT64_C(0x100000001b3);
		lower[i] = (char) c;
	}
	lower[n_bytes] = '\0';
	t->lower = lower;
	t->lower_bytes = n_bytes;
	t->lower_hash = lower_hash ^ (lower_hash >> 29);
	t->form_hash = form_hash ^ (form_hash >> 29);
	t->flags |= shape_flags(&s);
	w->pool = lower + n_bytes + 1;
	return true;
}

void
add_token(token_writer *w, uint32_t start_byte, uint32_t end_byte, uint32_t flags)
{
	document   *doc = w->doc;
	const char *form = doc->text + start_byte;
	token	   *t;

	doc->tokens = arena_grow(doc->memory, doc->tokens, doc->n_tokens, &w->capacity, sizeof(token));
	t = &doc->tokens[doc->n_tokens++];
	memset(t, 0, sizeof(*t));
	t->start_byte = start_byte;
	t->end_byte = end_byte;
	t->start_char = chars_to(w, start_byte);
	t->end_char = chars_to(w, end_byte);
	t->flags = flags | w->pending;
	w->pending = 0;
	if (!fold_ascii(w, t, form, end_byte - start_byte))
		fold_characters(w, t, form, end_byte - start_byte);
	t->word = lexicon_word(t->lower_hash);
	t->sentence = -1;
	t->head = -1;
}
