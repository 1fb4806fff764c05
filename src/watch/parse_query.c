/*
 * parse_query.c - from a watch query to its terms and a program in postfix order (Dijkstra's shunting yard).
 *
 * In: any bytes.  Out: a query, or what is wrong with it, where, and what to do about it.  Nothing here recurses, so that any number of
 * parentheses is only long.
 */
#include <string.h>

#include "stages.h"
#include "topic/terms.h"
#include "watch/watch.h"

const char *const watch_field_names[N_WATCH_FIELDS] = {"words", "exact", "entity", "speaker", "about", "topic", "outlet"};

typedef enum lexeme_kind
{
	LEXEME_END, LEXEME_OPEN, LEXEME_CLOSE, LEXEME_AND, LEXEME_OR, LEXEME_NOT, LEXEME_DISTANCE, LEXEME_VALUE
} lexeme_kind;

typedef struct parser
{
	arena	   *memory;
	const char *text;
	uint32_t	n_bytes;
	uint32_t	at;
	watch_query *query;

	/* The lexeme that stands next. */
	lexeme_kind kind;
	uint32_t	start;			/* byte */
	uint32_t	value_start;	/* LEXEME_VALUE: of the value itself */
	uint32_t	value_end;
	bool		prefix;			/* ... :* behind it */
	watch_field field;
	int32_t		distance;

	uint8_t    *operators;		/* stack: lexeme_kind */
	int32_t		n_operators;
} parser;

static void
fail(parser *p, uint32_t at, const char *problem, const char *remedy)
{
	if (p->query->problem)
		return;
	p->query->problem = problem;
	p->query->remedy = remedy;
	p->query->problem_byte = at;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static bool
ends_word(const parser *p, uint32_t at)
{
	return at >= p->n_bytes || is_space(p->text[at]) || strchr("&|!()<\"", p->text[at]);
}

/* <-> and <N>. */
static void
read_distance(parser *p)
{
	uint32_t	at = p->at + 1;
	int32_t		n = 0;

	if (at < p->n_bytes && p->text[at] == '-')
	{
		n = 1;
		at++;
	}
	else
		for (; at < p->n_bytes && p->text[at] >= '0' && p->text[at] <= '9' && n < 1000; at++)
			n = n * 10 + (p->text[at] - '0');
	if (n < 1 || n > WATCH_MAX_WORDS || at >= p->n_bytes || p->text[at] != '>')
		fail(p, p->at, "no such operator", "Write <-> or <2> between words that stand one or two words apart; < in a text must be in quotation marks.");
	p->kind = LEXEME_DISTANCE;
	p->distance = n;
	p->at = at + 1;
}

/* A value in quotation marks: one mark inside is written twice. */
static void
read_quoted(parser *p)
{
	char		mark = p->text[p->at];
	uint32_t	start = p->at++;

	p->value_start = p->at;
	for (;; p->at++)
	{
		const char *end = p->at < p->n_bytes ? memchr(p->text + p->at, mark, p->n_bytes - p->at) : NULL;

		if (!end)
		{
			fail(p, start, "a quotation mark is not closed", "Close it, or leave it out.");
			p->at = p->value_end = p->n_bytes;
			return;
		}
		p->at = (uint32_t) (end - p->text) + 1;
		p->value_end = p->at - 1;
		if (p->at >= p->n_bytes || p->text[p->at] != mark)
			return;
	}
}

static bool
find_field(parser *p, uint32_t start, uint32_t end)
{
	for (int i = WATCH_EXACT; i < N_WATCH_FIELDS; i++)
		if (strlen(watch_field_names[i]) == end - start && memcmp(watch_field_names[i], p->text + start, end - start) == 0)
		{
			p->field = (watch_field) i;
			return true;
		}
	return false;
}

/* Behind a value: the :* of a prefix. */
static void
read_prefix(parser *p)
{
	if (p->at >= p->n_bytes || p->text[p->at] != ':')
		return;
	if (p->at + 1 < p->n_bytes && p->text[p->at + 1] == '*' && p->field == WATCH_WORDS)
		p->prefix = true;
	else
		fail(p, p->at, "what stands before the colon is no field",
			 "The fields are entity, speaker, about, topic, outlet and exact; words with a colon must be in quotation marks.");
	p->at += 2;
}

static void
read_value(parser *p)
{
	uint32_t	at = p->at;

	p->kind = LEXEME_VALUE;
	p->field = WATCH_WORDS;
	p->prefix = false;
	if (p->text[at] != '"' && p->text[at] != '\'')
	{
		while (!ends_word(p, at) && p->text[at] != ':')
			at++;
		if (at < p->n_bytes && p->text[at] == ':' && find_field(p, p->at, at))
		{
			p->at = at + 1;
			if (p->at >= p->n_bytes || (ends_word(p, p->at) && p->text[p->at] != '"'))
			{
				fail(p, p->start, "a field has no value", "Write the value right behind the colon, in quotation marks when it is of several words: speaker:\"Helen Archer\".");
				p->value_start = p->value_end = p->at;
				return;
			}
		}
	}
	if (p->text[p->at] == '"' || p->text[p->at] == '\'')
		read_quoted(p);
	else
	{
		p->value_start = p->at;
		while (!ends_word(p, p->at) && (p->text[p->at] != ':' || p->field != WATCH_WORDS))
			p->at++;
		p->value_end = p->at;
	}
	if (p->field == WATCH_WORDS)
		read_prefix(p);
}

static void
next_lexeme(parser *p)
{
	while (p->at < p->n_bytes && is_space(p->text[p->at]))
		p->at++;
	p->start = p->at;
	if (p->at >= p->n_bytes)
	{
		p->kind = LEXEME_END;
		return;
	}
	switch (p->text[p->at])
	{
		case '(':
			p->kind = LEXEME_OPEN;
			break;
		case ')':
			p->kind = LEXEME_CLOSE;
			break;
		case '&':
			p->kind = LEXEME_AND;
			break;
		case '|':
			p->kind = LEXEME_OR;
			break;
		case '!':
			p->kind = LEXEME_NOT;
			break;
		case '<':
			read_distance(p);
			return;
		default:
			read_value(p);
			return;
	}
	p->at++;
}

/* The value without doubled marks, with single blanks. */
static char *
copy_value(parser *p, uint32_t *n)
{
	char	   *copy = arena_alloc(p->memory, p->value_end - p->value_start + 1);
	char		mark = p->value_start > 0 ? p->text[p->value_start - 1] : 0;

	*n = 0;
	for (uint32_t at = p->value_start; at < p->value_end; at++)
	{
		char		c = is_space(p->text[at]) || !p->text[at] ? ' ' : p->text[at];

		if (c == ' ' && (*n == 0 || copy[*n - 1] == ' '))
			continue;
		copy[(*n)++] = c;
		if ((c == '"' || c == '\'') && c == mark)
			at++;
	}
	while (*n && copy[*n - 1] == ' ')
		(*n)--;
	copy[*n] = '\0';
	return copy;
}

/* Adds the words of the value to the term, `distance` behind what it has. */
static void
add_words(parser *p, watch_term *t, const char *value, uint32_t n, int32_t distance)
{
	document   *doc = document_create(p->memory, value, n);
	watch_part *parts;
	int32_t		n_parts;

	document_need(doc, STAGE_TEXT);
	parts = watch_parts(p->memory, doc, &n_parts);
	if (n_parts == 0)
		fail(p, p->start, "there is no word here", "Only letters and digits are looked for.");
	if (t->n_words + n_parts > WATCH_MAX_WORDS)
	{
		fail(p, p->start, "the phrase is too long", "Give at most 50 words, the rarest part of it.");
		return;
	}
	for (int32_t i = 0; i < n_parts; i++)
	{
		watch_word *w = &t->words[t->n_words++];

		*w = (watch_word) {
			.hash = t->field == WATCH_EXACT ? parts[i].form_hash : parts[i].stem_hash, .distance = i ? 1 : distance
		};
		if (p->prefix && i == n_parts - 1)
		{
			w->prefix = parts[i].lower;
			w->n_prefix = parts[i].n_lower;
		}
	}
}

static void
read_term(parser *p, bool positive)
{
	watch_query *q = p->query;
	watch_term *t;
	uint32_t	n;

	if (q->n_terms == WATCH_MAX_TERMS)
	{
		fail(p, p->start, "the query has too many terms", "Make several watches of it, of at most 200 terms each.");
		return;
	}
	t = &q->terms[q->n_terms];
	*t = (watch_term) {
		.field = p->field, .positive = positive, .value = copy_value(p, &n)
	};
	if (n == 0)
		fail(p, p->start, "there is no word here", "Leave the empty quotation marks out.");
	if (t->field == WATCH_WORDS || t->field == WATCH_EXACT)
	{
		t->words = arena_array(p->memory, watch_word, WATCH_MAX_WORDS);
		add_words(p, t, t->value, n, 0);
	}
	q->steps[q->n_steps++] = (watch_step) {WATCH_TERM, q->n_terms++};
	next_lexeme(p);
	while (p->kind == LEXEME_DISTANCE && !q->problem)
	{
		int32_t		distance = p->distance;
		char	   *joined;
		const char *value;
		uint32_t	n_value;

		next_lexeme(p);
		if (p->kind != LEXEME_VALUE || p->field != WATCH_WORDS || t->field != WATCH_WORDS)
		{
			fail(p, p->start, "<-> joins words only", "Write each phrase of its own: (a <-> c) | (b <-> c).");
			return;
		}
		value = copy_value(p, &n_value);
		add_words(p, t, value, n_value, distance);
		joined = arena_alloc(p->memory, n + n_value + 2);
		memcpy(joined, t->value, n);
		joined[n] = ' ';
		memcpy(joined + n + 1, value, n_value + 1);
		n += n_value + 1;
		t->value = joined;
		next_lexeme(p);
	}
}

static void
emit(parser *p, lexeme_kind kind)
{
	p->query->steps[p->query->n_steps++] = (watch_step) {
		kind == LEXEME_AND ? WATCH_AND : kind == LEXEME_OR ? WATCH_OR : WATCH_NOT, -1
	};
}

/* Ends the operators on the stack that bind at least as much. */
static void
reduce(parser *p, lexeme_kind kind)
{
	while (p->n_operators > 0)
	{
		lexeme_kind top = p->operators[p->n_operators - 1];

		if (top == LEXEME_OPEN || (top == LEXEME_OR && kind == LEXEME_AND))
			return;
		emit(p, top);
		p->n_operators--;
	}
}

/* Operands and the prefixes before them, up to and with one term; false at an error. */
static bool
read_operand(parser *p)
{
	for (;; next_lexeme(p))
		switch (p->kind)
		{
			case LEXEME_NOT:
			case LEXEME_OPEN:
				p->operators[p->n_operators++] = (uint8_t) p->kind;
				break;
			case LEXEME_VALUE:
				{
					bool		positive = true;

					for (int32_t i = 0; i < p->n_operators; i++)
						if (p->operators[i] == LEXEME_NOT)
							positive = !positive;
					read_term(p, positive);
					return !p->query->problem;
				}
			case LEXEME_END:
				fail(p, p->start, p->query->n_terms ? "the query ends too early" : "the query is empty",
					 p->query->n_terms ? "Write a word, a phrase in quotation marks or a field behind the last operator."
					 : "Write a word, a phrase in quotation marks or a field: speaker:\"Helen Archer\".");
				return false;
			default:
				fail(p, p->start, "a word is missing before this", "& and | stand between two terms: tax & budget.");
				return false;
		}
}

static void
read_query(parser *p)
{
	next_lexeme(p);
	while (read_operand(p))
	{
		while (p->kind == LEXEME_CLOSE)
		{
			reduce(p, LEXEME_CLOSE);
			if (p->n_operators == 0)
			{
				fail(p, p->start, "a parenthesis is closed that was not opened", "Open it with (, or leave it out.");
				return;
			}
			p->n_operators--;
			next_lexeme(p);
		}
		if (p->kind == LEXEME_END)
		{
			reduce(p, LEXEME_END);
			if (p->n_operators)
				fail(p, p->n_bytes, "a parenthesis is not closed", "Close it with ).");
			return;
		}
		if (p->kind != LEXEME_AND && p->kind != LEXEME_OR)
		{
			fail(p, p->start, "an operator is missing before this", "Write & or | between terms, and put phrases into quotation marks: \"ferry fares\" & strike.");
			return;
		}
		reduce(p, p->kind);
		p->operators[p->n_operators++] = (uint8_t) p->kind;
		next_lexeme(p);
	}
}

const watch_query *
parse_watch_query(arena *memory, const char *query, size_t n_bytes)
{
	parser		p = {.memory = memory};

	p.query = arena_zero(memory, sizeof(watch_query));
	p.text = arena_text(memory, query, n_bytes > WATCH_MAX_BYTES ? 0 : n_bytes);
	p.n_bytes = n_bytes > WATCH_MAX_BYTES ? 0 : (uint32_t) n_bytes;
	p.query->terms = arena_array(memory, watch_term, WATCH_MAX_TERMS);
	p.query->steps = arena_array(memory, watch_step, p.n_bytes + WATCH_MAX_TERMS + 2);
	p.operators = arena_array(memory, uint8_t, p.n_bytes + 2);
	if (n_bytes > WATCH_MAX_BYTES)
		fail(&p, 0, "the query is too long", "Make several watches of it, of at most 10,000 bytes each.");
	else
		read_query(&p);
	return p.query;
}

bool
watch_holds(const watch_query *query, const bool *holds)
{
	/* A right query needs no deeper stack than it has terms. */
	bool		stack[WATCH_MAX_TERMS + 1];
	int32_t		n = 0;

	for (int32_t i = 0; i < query->n_steps; i++)
		switch (query->steps[i].operator)
		{
			case WATCH_TERM:
				stack[n++] = holds[query->steps[i].term];
				break;
			case WATCH_NOT:
				stack[n - 1] = !stack[n - 1];
				break;
			case WATCH_AND:
				n--;
				stack[n - 1] = stack[n - 1] && stack[n];
				break;
			case WATCH_OR:
				n--;
				stack[n - 1] = stack[n - 1] || stack[n];
				break;
		}
	return n > 0 && stack[n - 1];
}
