/*
 * counts.c - what the news corpus says about words: how many articles, how often, how capitalised, and which pairs.
 *
 *   counts OUT_DIRECTORY CORPUS.jsonl.gz ...
 *
 * In: articles, one JSON object a line; the text is the string "body", else "text".  A text whose first 400 bytes
 * were seen before is a copy and is left out.
 * Out: OUT_DIRECTORY/counts.tsv     word, document frequency, corpus frequency, capital share (most frequent first)
 *      OUT_DIRECTORY/bigrams.tsv    two words, document frequency (most frequent first)
 *      OUT_DIRECTORY/counts.ids     the corpus as uint32 ids for word_classes: 0 = sentence boundary, n = n-th row of
 *                                   counts.tsv, n_rows + 1 = any other word
 *
 * The capital share of a word is taken over its occurrences inside sentences: not the first word, not behind an
 * opening mark, and not in a line that is written in Title Case or capitals.  It is in 255ths.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "stages.h"
#include "corpus_reader.h"

#define MIN_FREQUENCY 4
#define MAX_WORDS 100000
#define MIN_BIGRAM_DOCUMENTS 12
#define MAX_BIGRAMS 300000
#define N_COMMON_WORDS 120		/* a pair of two of these tells nothing */
#define MAX_WORD_BYTES 40

typedef struct word_count
{
	const char *text;
	uint32_t	documents;
	uint32_t	occurrences;
	uint32_t	inside;			/* occurrences that can tell the case */
	uint32_t	capital;		/* of them, with an initial capital */
	uint32_t	last_document;
	uint32_t	rank;			/* row of counts.tsv, 1-based; 0 = left out */
} word_count;

typedef struct bigram
{
	uint64_t	pair;			/* first word's number << 32 | second's; 0 = empty slot */
	uint32_t	documents;
	uint32_t	last_document;
} bigram;

static word_count *words;		/* words[0] is not used */
static uint32_t n_words;
static uint32_t *word_slots;
static uint32_t word_mask;
static uint32_t *corpus;
static size_t n_corpus,
			corpus_capacity;
static uint32_t n_documents;

static void *
checked(void *p)
{
	if (p == NULL)
	{
		fprintf(stderr, "counts: out of memory\n");
		exit(1);
	}
	return p;
}

static uint32_t
word_number(const char *text, uint32_t n_bytes, uint64_t hash)
{
	uint32_t	at = (uint32_t) hash & word_mask;

	while (word_slots[at] != 0)
	{
		const char *s = words[word_slots[at]].text;

		if (strlen(s) == n_bytes && memcmp(s, text, n_bytes) == 0)
			return word_slots[at];
		at = (at + 1) & word_mask;
	}
	if (n_words + 1 > word_mask / 2)
	{
		fprintf(stderr, "counts: more than %u different words\n", n_words);
		exit(1);
	}
	word_slots[at] = ++n_words;
	words[n_words] = (word_count) {.text = checked(strndup(text, n_bytes))};
	return n_words;
}

static void
append(uint32_t id)
{
	if (n_corpus == corpus_capacity)
	{
		corpus_capacity = corpus_capacity ? corpus_capacity * 2 : 1 << 24;
		corpus = checked(realloc(corpus, corpus_capacity * sizeof(uint32_t)));
	}
	corpus[n_corpus++] = id;
}

/* Does the case of the words of this paragraph tell nothing: a heading in Title Case or capitals? */
static bool
is_capitalised(const document *doc, const paragraph *p)
{
	int32_t		capital = 0,
				n = 0;

	for (int32_t i = p->start; i < p->end; i++)
		if (doc->tokens[i].flags & TOKEN_HAS_LETTER)
		{
			n++;
			capital += (doc->tokens[i].flags & TOKEN_INITIAL_CAPITAL) != 0;
		}
	return p->kind == PARAGRAPH_HEADING || capital * 10 > n * 6;
}

static void
count_document(document *doc)
{
	n_documents++;
	for (int32_t p = 0; p < doc->n_paragraphs; p++)
	{
		bool		capitalised = is_capitalised(doc, &doc->paragraphs[p]);
		bool		first = true;

		for (int32_t i = doc->paragraphs[p].start; i < doc->paragraphs[p].end; i++)
		{
			const token *t = &doc->tokens[i];
			word_count *w;
			uint32_t	number;

			if (t->flags & TOKEN_SENTENCE_START)
			{
				append(0);
				first = true;
			}
			if (t->lower_bytes == 0 || t->lower_bytes > MAX_WORD_BYTES || (t->flags & TOKEN_URL))
			{
				append(UINT32_MAX);
				continue;
			}
			number = word_number(t->lower, t->lower_bytes, t->lower_hash);
			w = &words[number];
			w->occurrences++;
			if (w->last_document != n_documents)
			{
				w->last_document = n_documents;
				w->documents++;
			}
			if (!first && !capitalised && (t->flags & TOKEN_HAS_LETTER))
			{
				w->inside++;
				w->capital += (t->flags & TOKEN_INITIAL_CAPITAL) != 0;
			}
			append(number);
			first = (t->flags & TOKEN_PUNCTUATION) ? first || (t->flags & TOKEN_OPEN_MARK) || *t->lower == ':' : false;
		}
	}
	append(0);
}

static int
by_frequency(const void *a, const void *b)
{
	const word_count *x = *(word_count *const *) a,
			   *y = *(word_count *const *) b;

	if (x->occurrences != y->occurrences)
		return x->occurrences < y->occurrences ? 1 : -1;
	return strcmp(x->text, y->text);
}

static FILE *
create(const char *directory, const char *name)
{
	char		path[4096];
	FILE	   *f;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	f = fopen(path, "wb");
	if (f == NULL)
	{
		perror(path);
		exit(1);
	}
	return f;
}

/* Ranks the words, writes counts.tsv, and returns the words in rank order (row n at [n - 1]). */
static word_count **
write_words(const char *directory, uint32_t *n_kept)
{
	word_count **order = checked(malloc(sizeof(*order) * (n_words + 1)));
	uint32_t	n = 0;
	FILE	   *f = create(directory, "counts.tsv");

	for (uint32_t i = 1; i <= n_words; i++)
		if (words[i].occurrences >= MIN_FREQUENCY && words[i].documents > 2)
			order[n++] = &words[i];
	qsort(order, n, sizeof(*order), by_frequency);
	if (n > MAX_WORDS)
		n = MAX_WORDS;
	fprintf(f, "# documents\t%u\n", n_documents);
	for (uint32_t i = 0; i < n; i++)
	{
		word_count *w = order[i];

		w->rank = i + 1;
		fprintf(f, "%s\t%u\t%u\t%u\n", w->text, w->documents, w->occurrences,
				w->inside ? (uint32_t) (((uint64_t) w->capital * 255 + w->inside / 2) / w->inside) : 0);
	}
	fclose(f);
	*n_kept = n;
	return order;
}

static int
by_documents(const void *a, const void *b)
{
	const bigram *x = a,
			   *y = b;

	if (x->documents != y->documents)
		return x->documents < y->documents ? 1 : -1;
	return x->pair < y->pair ? -1 : x->pair > y->pair;
}

static bool
worth_pairing(word_count *const *order, uint32_t n_kept, uint32_t id)
{
	const char *s;

	if (id == 0 || id > n_kept)
		return false;
	s = order[id - 1]->text;
	for (; *s; s++)
		if ((*s >= 'a' && *s <= 'z') || (*s & 0x80))
			return true;
	return false;
}

/* Document frequencies of pairs of kept words; a pair of common words, or one with a mark or number, is left out. */
static void
write_bigrams(const char *directory, word_count *const *order, uint32_t n_kept)
{
	uint64_t	mask = (1u << 25) - 1;
	bigram	   *table = checked(calloc(mask + 1, sizeof(bigram)));
	uint32_t	document_number = 1;
	size_t		n = 0;
	FILE	   *f = create(directory, "bigrams.tsv");
	size_t		used = 0;

	for (size_t i = 0; i + 1 < n_corpus; i++)
	{
		uint32_t	a = corpus[i],
					b = corpus[i + 1];
		uint64_t	at,
					pair = (uint64_t) a << 32 | b;

		if (a == 0 && b == 0)
			document_number++;
		if ((a <= N_COMMON_WORDS && b <= N_COMMON_WORDS) || !worth_pairing(order, n_kept, a) || !worth_pairing(order, n_kept, b))
			continue;
		at = hash_mix(0, pair) & mask;
		while (table[at].pair != 0 && table[at].pair != pair)
			at = (at + 1) & mask;
		if (table[at].pair == 0)
		{
			if (++used > mask / 10 * 9)
			{
				fprintf(stderr, "counts: too many word pairs\n");
				exit(1);
			}
			table[at].pair = pair;
		}
		if (table[at].last_document != document_number)
		{
			table[at].last_document = document_number;
			table[at].documents++;
		}
	}
	for (uint64_t i = 0; i <= mask; i++)
		if (table[i].documents >= MIN_BIGRAM_DOCUMENTS)
			table[n++] = table[i];
	qsort(table, n, sizeof(bigram), by_documents);
	if (n > MAX_BIGRAMS)
		n = MAX_BIGRAMS;
	fprintf(f, "# documents\t%u\n", n_documents);
	for (size_t i = 0; i < n; i++)
		fprintf(f, "%s\t%s\t%u\n", order[(table[i].pair >> 32) - 1]->text, order[(uint32_t) table[i].pair - 1]->text,
				table[i].documents);
	fclose(f);
	free(table);
	printf("counts: %zu pairs\n", n);
}

int
main(int argc, char **argv)
{
	uint32_t	n_kept;
	word_count **order;
	FILE	   *f;

	if (argc < 3)
	{
		fprintf(stderr, "usage: counts OUT_DIRECTORY CORPUS.jsonl.gz ...\n");
		return 1;
	}
	word_mask = (1u << 22) - 1;
	word_slots = checked(calloc(word_mask + 1, sizeof(uint32_t)));
	words = checked(calloc(word_mask / 2 + 2, sizeof(word_count)));
	for (int i = 2; i < argc; i++)
		corpus_read_texts(argv[i], count_document);
	order = write_words(argv[1], &n_kept);
	f = create(argv[1], "counts.ids");
	for (size_t i = 0; i < n_corpus; i++)
		if (corpus[i] != 0)
			corpus[i] = corpus[i] == UINT32_MAX || words[corpus[i]].rank == 0 ? n_kept + 1 : words[corpus[i]].rank;
	fwrite(corpus, sizeof(uint32_t), n_corpus, f);
	fclose(f);
	printf("counts: %u documents, %zu tokens, %u different words, %u kept\n", n_documents, n_corpus, n_words, n_kept);
	write_bigrams(argv[1], order, n_kept);
	return 0;
}
