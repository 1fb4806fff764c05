/*
 * forms.c - folding names and collecting the forms of a text (see forms.h).
 *
 * In: mentions.  Out: one row a distinct folded spelling and kind, with a chain
 * of its mentions.  Accents are dropped by Unicode decomposition (utf8proc);
 * letters without one (ø, ł, ...) by a small table.
 */
#include "entity/forms.h"

#include <string.h>
#include <utf8proc.h>

/* Small words of names, folded. */
static const char *const small_words[] = {
	"a", "al", "an", "and", "at", "bin", "by", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
	"el", "en", "et", "for", "from", "ibn", "in", "la", "las", "le", "les", "los", "of", "on", "or", "the", "to",
	"und", "upon", "van", "von", "with", "y"
};

/* Suffixes of persons and of companies, folded. */
static const char *const suffixes[] = {
	"ab", "ag", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "esq", "gmbh", "holdings", "ii", "iii", "inc", "incorporated", "iv",
	"jnr", "jr", "junior", "limited", "llc", "llp", "lp", "ltd", "md", "nv", "oyj", "phd", "plc", "pty", "sa", "snr", "spa", "sr"
};

/* Honorifics that a tagger may leave inside a person's name. */
static const char *const honorifics[] = {
	"congressman", "congresswoman", "dr", "governor", "judge", "justice", "king", "lady", "lord", "miss", "mr", "mrs", "ms", "president",
	"prince", "princess", "prof", "professor", "queen", "rep", "sen", "senator", "sir"
};

/* Pairs of words that everybody abbreviates. */
static const char *const abbreviated[][3] = {
	{"united", "states", "us"}, {"united", "kingdom", "uk"}, {"united", "nations", "un"}, {"european", "union", "eu"}
};

bool
word_in_list(const char *const *list, int n, const char *word)
{
	int			low = 0;

	while (low < n)
	{
		int			middle = (low + n) / 2;
		int			order = strcmp(list[middle], word);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			n = middle;
	}
	return false;
}

#define IN_LIST(list, word) word_in_list(list, (int) (sizeof(list) / sizeof(list[0])), word)

static const char *
plain_letter(utf8proc_int32_t c)
{
	switch (c)
	{
		case 0xf8:
			return "o";			/* o with stroke */
		case 0x142:
			return "l";			/* l with stroke */
		case 0x111:
		case 0xf0:
			return "d";
		case 0x131:
			return "i";			/* dotless i */
		case 0xe6:
			return "ae";
		case 0x153:
			return "oe";
		case 0xfe:
			return "th";
		case 0xdf:
			return "ss";
		default:
			return NULL;
	}
}

/* Appends the code point without its accents; returns the new length. */
static size_t
put_folded(char *to, size_t at, size_t limit, utf8proc_int32_t c)
{
	utf8proc_int32_t parts[8];
	int			boundary = 0;
	const char *plain = plain_letter(c);
	utf8proc_ssize_t n;

	if (plain)
	{
		for (; *plain && at < limit; plain++)
			to[at++] = *plain;
		return at;
	}
	n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, &boundary);
	for (utf8proc_ssize_t i = 0; i < n && i < 8 && at + 4 <= limit; i++)
		at += (size_t) utf8proc_encode_char(parts[i], (utf8proc_uint8_t *) to + at);
	return at;
}

/* Folds one token into `to`: hyphens stay as '-' for the caller to split at.  Returns the length. */
static size_t
fold_token(const token *t, char *to, size_t limit)
{
	const utf8proc_uint8_t *s = (const utf8proc_uint8_t *) t->lower;
	utf8proc_ssize_t left = t->lower_bytes;
	size_t		at = 0;

	while (left > 0 && at + 8 < limit)
	{
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate(s, left, &c);

		if (n <= 0)
		{
			n = 1;
			c = 0xfffd;
		}
		s += n;
		left -= n;
		if (c == '.')
			continue;
		if (c == 0x2010 || c == 0x2011 || c == 0x2013)
			c = '-';
		if (c < 0x80)
			to[at++] = (char) c;
		else
			at = put_folded(to, at, limit, c);
	}
	to[at] = '\0';
	return at;
}

static void
set_word(name_word *w, const token *t, const char *text, size_t n_bytes, int32_t at)
{
	w->text = text;
	w->n_bytes = (uint16_t) n_bytes;
	w->hash = hash_bytes(text, n_bytes);
	w->token = at;
	w->flags = 0;
	if (n_bytes == 1)
		w->flags |= WORD_INITIAL;
	if (n_bytes < 6 && IN_LIST(small_words, text))
		w->flags |= WORD_SMALL;
	if (IN_LIST(suffixes, text))
		w->flags |= WORD_SUFFIX;
	if (n_bytes > 1 && (t->flags & TOKEN_ALL_CAPITALS))
		w->flags |= WORD_CAPITALS;
}

/* "United States Supreme Court" as "US Supreme Court". */
static int
abbreviate(name_word *words, int n)
{
	for (int i = 0; i + 1 < n; i++)
		for (size_t k = 0; k < sizeof(abbreviated) / sizeof(abbreviated[0]); k++)
			if (strcmp(words[i].text, abbreviated[k][0]) == 0 && strcmp(words[i + 1].text, abbreviated[k][1]) == 0)
			{
				words[i].text = abbreviated[k][2];
				words[i].n_bytes = 2;
				words[i].hash = hash_bytes(words[i].text, 2);
				words[i].flags = WORD_CAPITALS | WORD_SPELLED;
				memmove(words + i + 1, words + i + 2, sizeof(name_word) * (size_t) (n - i - 2));
				n--;
				break;
			}
	return n;
}

int
fold_words(const document *doc, int32_t start, int32_t end, name_word *words)
{
	int			n = 0;

	for (int32_t i = start; i < end && n < MAX_FORM_WORDS; i++)
	{
		const token *t = &doc->tokens[i];
		char		buffer[256];
		size_t		length;

		if (t->flags & (TOKEN_PUNCTUATION | TOKEN_CLITIC))
			continue;
		if (!(t->flags & (TOKEN_NOT_ASCII | TOKEN_HAS_PERIOD | TOKEN_HAS_HYPHEN)) && t->lower_bytes < 200)
		{
			set_word(&words[n++], t, t->lower, t->lower_bytes, i);
			continue;
		}
		length = fold_token(t, buffer, sizeof(buffer));
		for (size_t from = 0; from < length && n < MAX_FORM_WORDS;)
		{
			size_t		to = from;

			while (to < length && buffer[to] != '-')
				to++;
			if (to > from)
				set_word(&words[n++], t, arena_text(doc->memory, buffer + from, to - from), to - from, i);
			from = to + 1;
		}
	}
	return abbreviate(words, n);
}

bool
nearly_equal(const name_word *a, const name_word *b, int least)
{
	const char *x = a->text,
			   *y = b->text;
	int			nx = a->n_bytes,
				ny = b->n_bytes;

	if (nx < least || ny < least || nx - ny > 1 || ny - nx > 1 || *x != *y)
		return false;
	while (nx > 0 && ny > 0 && *x == *y)
	{
		x++;
		y++;
		nx--;
		ny--;
	}
	while (nx > 0 && ny > 0 && x[nx - 1] == y[ny - 1])
	{
		nx--;
		ny--;
	}
	return (nx <= 1 && ny <= 1) || (nx == 2 && ny == 2 && x[0] == y[1] && x[1] == y[0]);
}

static void
describe_form(const document *doc, form *f, const mention *m)
{
	name_hit	hits[4];
	int			n = lexicon_names_at(doc, m->start, m->end, hits, 4);

	f->knowledge = -1;
	f->n_core = f->n_words;
	while (f->n_core > 1 && (f->words[f->n_core - 1].flags & WORD_SUFFIX))
		f->n_core--;
	if (f->n_core == 1 && f->kind == KIND_PERSON)
		f->n_core = f->n_words; /* Richard III */
	for (int i = 0; i < n; i++)
	{
		if (hits[i].end != m->end)
			continue;
		f->types |= hits[i].types;
		for (int k = 0; k < hits[i].n_knowledge && f->knowledge < 0; k++)
		{
			int32_t		row = lexicon_knowledge_of(&hits[i], k);

			if (lexicon_knowledge(row).kind == f->kind)
				f->knowledge = row;
		}
	}
}

static int32_t
form_of_mention(form_table *table, int32_t *slots, uint32_t mask, int32_t *capacity, int32_t at)
{
	document   *doc = table->doc;
	const mention *m = &doc->mentions[at];
	name_word	words[MAX_FORM_WORDS];
	int			n = fold_words(doc, m->start, m->end, words);
	uint64_t	key = m->kind + 1;
	int			skip = 0;
	uint32_t	slot;
	form	   *f;

	if (n == 0)					/* "$" or "?": stands for itself */
	{
		const token *t = &doc->tokens[m->start];

		set_word(&words[n++], t, t->lower, t->lower_bytes > 60000 ? 60000 : t->lower_bytes, m->start);
	}
	while (m->kind == KIND_PERSON && skip + 1 < n && IN_LIST(honorifics, words[skip].text))
		skip++;
	n -= skip;
	memmove(words, words + skip, sizeof(name_word) * (size_t) n);
	for (int i = 0; i < n; i++)
		key = hash_mix(key, words[i].hash);
	for (slot = (uint32_t) (key >> 20) & mask; slots[slot] >= 0; slot = (slot + 1) & mask)
		if (table->forms[slots[slot]].key == key)
		{
			f = &table->forms[slots[slot]];
			for (int i = 0; i < n && i < f->n_words; i++)
				f->words[i].flags |= words[i].flags & WORD_SPELLED;
			return slots[slot];
		}
	table->forms = arena_grow(doc->memory, table->forms, table->n_forms, capacity, sizeof(form));
	f = &table->forms[table->n_forms];
	memset(f, 0, sizeof(*f));
	f->key = key;
	f->kind = m->kind;
	f->n_words = (uint8_t) n;
	f->words = arena_array(doc->memory, name_word, n);
	memcpy(f->words, words, sizeof(name_word) * (size_t) n);
	f->first = f->last = -1;
	f->cluster = table->n_forms;
	describe_form(doc, f, m);
	slots[slot] = table->n_forms;
	return table->n_forms++;
}

void
collect_forms(document *doc, form_table *table)
{
	uint32_t	n_slots = 16;
	int32_t    *slots;
	int32_t		capacity = 0;

	while (n_slots < 2 * (uint32_t) doc->n_mentions)
		n_slots *= 2;
	slots = arena_array(doc->memory, int32_t, n_slots);
	memset(slots, 0xff, sizeof(int32_t) * n_slots);
	memset(table, 0, sizeof(*table));
	table->doc = doc;
	table->form_of = arena_array(doc->memory, int32_t, doc->n_mentions);
	table->next = arena_array(doc->memory, int32_t, doc->n_mentions);
	for (int32_t i = 0; i < doc->n_mentions; i++)
	{
		int32_t		at = form_of_mention(table, slots, n_slots - 1, &capacity, i);
		form	   *f = &table->forms[at];

		table->form_of[i] = at;
		table->next[i] = -1;
		if (f->n++ == 0)
			f->first = i;
		else
			table->next[f->last] = i;
		f->last = i;
		f->weight += doc->mentions[i].probability;
	}
}
