/*
 * document.h - a text and everything that the rooms find in it.
 *
 * A document holds flat arrays; each stage adds its own and changes no other's:
 *
 *   read_text            text/     paragraphs, sentences, tokens
 *   tag_words            tag/      upos, xpos, lemma of each token
 *   tag_names            tag/      name_tag of each token, mentions
 *   parse_sentence       parse/    head, relation of a sentence's tokens
 *   find_entities        entity/   entities, mention.entity
 *   find_quotes          quote/    quotes
 *   find_topics          topic/    topics
 *   find_keyphrases      topic/    keyphrases
 *
 * Units: *_byte are byte offsets into `text`, 0-based; *_char are code points,
 * 0-based; every span is [start, end).  Indexes of tokens, sentences ... are
 * 0-based; -1 means none.  All memory is the arena's.  No stage fails.
 */
#ifndef NEWS_TEXT_DOCUMENT_H
#define NEWS_TEXT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "text/arena.h"

struct marked_stretch;

typedef struct span			/* of tokens, unless the name says otherwise */
{
	int32_t		start;
	int32_t		end;
} span;

typedef struct byte_span
{
	uint32_t	start;
	uint32_t	end;
} byte_span;

/* Bits of token.flags, set by read_text from the token's own characters. */
enum
{
	TOKEN_INITIAL_CAPITAL = 1 << 0, /* first letter is upper or title case */
	TOKEN_ALL_CAPITALS = 1 << 1,	/* two letters or more, none lower case */
	TOKEN_MIXED_CASE = 1 << 2,	/* an upper-case letter after a lower-case one: iPhone, McCain */
	TOKEN_HAS_LETTER = 1 << 3,
	TOKEN_HAS_DIGIT = 1 << 4,
	TOKEN_ALL_DIGITS = 1 << 5,	/* digits with separators: 1,000.5 */
	TOKEN_PUNCTUATION = 1 << 6, /* no letter and no digit */
	TOKEN_SPACE_BEFORE = 1 << 7,	/* white space stands before it */
	TOKEN_SENTENCE_START = 1 << 8,
	TOKEN_PARAGRAPH_START = 1 << 9,
	TOKEN_OPEN_MARK = 1 << 10,	/* a quotation mark that opens (see text/marks.h) */
	TOKEN_CLOSE_MARK = 1 << 11, /* a quotation mark that closes */
	TOKEN_HAS_HYPHEN = 1 << 12,
	TOKEN_HAS_PERIOD = 1 << 13, /* a letter and a full stop: U.S., Mr. */
	TOKEN_NOT_ASCII = 1 << 14,
	TOKEN_URL = 1 << 15,		/* URL, e-mail address, @handle or #tag */
	TOKEN_CLITIC = 1 << 16		/* cut off the word before it: 's n't 're */
};

typedef struct token
{
	uint32_t	start_byte;
	uint32_t	end_byte;
	uint32_t	start_char;
	uint32_t	end_char;
	const char *lower;			/* case-folded form, typographic apostrophes as ', NUL-terminated */
	uint32_t	lower_bytes;
	uint32_t	flags;
	uint64_t	lower_hash;		/* hash_bytes(lower) */
	uint64_t	form_hash;		/* hash_bytes of the form as written, typographic apostrophes as ' */
	int32_t		word;			/* row of the lexicon's word table, -1 when unknown (lexicon/words.h) */
	int32_t		sentence;
	int32_t		head;			/* token index; -1 for the root or when not parsed */
	const char *lemma;			/* NUL-terminated; NULL before tag_words */
	uint8_t		upos;			/* enum upos; 0 before tag_words */
	uint8_t		xpos;			/* index into xpos_names; 0 before tag_words */
	uint8_t		relation;		/* index into relation_names; 0 when not parsed */
	uint8_t		name_tag;		/* name_begin(kind) ..., 0 = outside; see NAME_* */
} token;

/* token.name_tag: 0 outside, else 1 + 2 * kind (first token of a name) or 2 + 2 * kind (later token). */
#define NAME_OUTSIDE 0
#define NAME_FIRST(kind) (1 + 2 * (kind))
#define NAME_LATER(kind) (2 + 2 * (kind))

typedef struct sentence
{
	int32_t		start;			/* tokens */
	int32_t		end;
	int32_t		paragraph;
	bool		parsed;
} sentence;

typedef enum paragraph_kind
{
	PARAGRAPH_BODY,
	PARAGRAPH_HEADING,			/* short, no full stop, Title Case or CAPITALS */
	PARAGRAPH_LIST_ITEM,
	PARAGRAPH_BOILERPLATE		/* "Follow", "Read more", "Share this article", (c) lines */
} paragraph_kind;

typedef struct paragraph
{
	int32_t		start;			/* tokens */
	int32_t		end;
	int32_t		first_sentence;
	int32_t		end_sentence;
	uint32_t	start_byte;
	uint32_t	end_byte;
	paragraph_kind kind;
} paragraph;

typedef enum upos
{
	UPOS_NONE, UPOS_ADJ, UPOS_ADP, UPOS_ADV, UPOS_AUX, UPOS_CCONJ, UPOS_DET, UPOS_INTJ, UPOS_NOUN, UPOS_NUM,
	UPOS_PART, UPOS_PRON, UPOS_PROPN, UPOS_PUNCT, UPOS_SCONJ, UPOS_SYM, UPOS_VERB, UPOS_X, N_UPOS
} upos;

typedef enum entity_kind
{
	KIND_PERSON, KIND_ORGANIZATION, KIND_PLACE, KIND_FACILITY, KIND_NATIONALITY, KIND_EVENT, KIND_PRODUCT,
	KIND_WORK, KIND_LAW, KIND_AWARD, KIND_LANGUAGE, N_ENTITY_KINDS,
	KIND_GROUP = N_ENTITY_KINDS,	/* of speakers only: police, critics */
	KIND_DOCUMENT,				/* of speakers only: the report, a lawsuit */
	KIND_NONE = 255
} entity_kind;

/* A place in the text where an entity is named.  In text order. */
typedef struct mention
{
	int32_t		start;			/* tokens; without article, title and possessive */
	int32_t		end;
	uint8_t		kind;			/* entity_kind */
	float		probability;	/* that span and kind are right, 0..1 */
	int32_t		entity;			/* index into entities; -1 before find_entities */
	span		title;			/* tokens of the title before it ("U.S. Treasury Secretary"); empty when none */
	span		apposition;		/* tokens of the description behind it; empty when none */
} mention;

typedef enum gender
{
	GENDER_UNKNOWN, GENDER_FEMALE, GENDER_MALE, GENDER_NEUTER
} gender;

typedef struct entity
{
	const char *name;			/* canonical; NUL-terminated */
	uint8_t		kind;
	uint8_t		gender;
	bool		plural;
	int32_t		n_mentions;
	int32_t		first_mention;	/* index into mentions */
	int32_t		fullest_mention;	/* the mention with the fullest form */
	const char *role;			/* NULL when the text gives none */
	const char **aliases;		/* other forms in this text, in order */
	int32_t		n_aliases;
	float		salience;		/* 0..1 */
	int32_t		knowledge;		/* row of the lexicon's knowledge table, -1 */
	char		country[3];		/* ISO 3166-1 alpha-2, "" when unknown */
	const char *wikidata;		/* "Q..." or NULL */
	bool		has_location;
	double		longitude;
	double		latitude;
} entity;

typedef enum quote_kind
{
	QUOTE_DIRECT, QUOTE_MIXED, QUOTE_INDIRECT
} quote_kind;

typedef struct quote
{
	uint8_t		kind;			/* quote_kind */
	uint8_t		speaker_kind;	/* entity_kind; KIND_NONE when the text gives no speaker */
	byte_span  *content;		/* the words attributed, without marks at the edges; in text order */
	int32_t		n_content;
	byte_span  *verbatim;		/* the stretches between marks, marks left out; none when indirect */
	int32_t		n_verbatim;
	byte_span	source;			/* the mention at this quote ("he"); start == end when none */
	byte_span	cue;			/* start == end when none */
	int32_t		speaker_entity; /* -1 */
	const char *speaker;		/* fullest name or describing noun phrase; NULL when nobody can tell */
	const char *role;			/* NULL */
	const char *addressee;		/* NULL */
	const char *via;			/* NULL */
	float		confidence;		/* 0..1 */
} quote;

typedef struct topic
{
	int32_t		concept;		/* row of the topic tree (topic/tree.h) */
	float		score;			/* calibrated, 0..1 */
	byte_span  *evidence;		/* sentences */
	int32_t		n_evidence;
} topic;

typedef struct keyphrase
{
	const char *phrase;
	float		score;
	byte_span  *spans;
	int32_t		n_spans;
} keyphrase;

/* Bits of document.done. */
enum
{
	STAGE_TEXT = 1 << 0,
	STAGE_WORDS = 1 << 1,		/* tag_words */
	STAGE_NAMES = 1 << 2,		/* tag_names */
	STAGE_ENTITIES = 1 << 3,
	STAGE_QUOTES = 1 << 4,
	STAGE_TOPICS = 1 << 5,
	STAGE_KEYPHRASES = 1 << 6,
	STAGE_PARSE = 1 << 7		/* every sentence parsed: analyze_text only */
};

typedef struct document
{
	arena	   *memory;
	const char *text;			/* UTF-8; invalid bytes are read as U+FFFD, one character each */
	uint32_t	n_bytes;
	uint32_t	n_chars;
	void		(*tick) (void *context);	/* called at least once a sentence; may longjmp; may be NULL */
	void	   *tick_context;
	uint32_t	done;			/* STAGE_* */

	const uint32_t *checkpoints;	/* of document_char_of_byte */
	struct marked_stretch *stretches;	/* find_marked_stretches gives them */
	int32_t		n_stretches;
	token	   *tokens;
	int32_t		n_tokens;
	sentence   *sentences;
	int32_t		n_sentences;
	paragraph  *paragraphs;
	int32_t		n_paragraphs;
	mention    *mentions;
	int32_t		n_mentions;
	entity	   *entities;		/* in order of first mention */
	int32_t		n_entities;
	int32_t    *by_salience;	/* entity indexes, most salient first */
	struct references *references;	/* of the room entity/: what coreference.h asks; made by find_entities */
	quote	   *quotes;			/* in order of appearance */
	int32_t		n_quotes;
	topic	   *topics;			/* best first */
	int32_t		n_topics;
	keyphrase  *keyphrases;		/* best first, at most MAX_KEYPHRASES */
	int32_t		n_keyphrases;
	void	   *parse_scratch;	/* working memory of parse_sentence */
} document;

#define MAX_KEYPHRASES 100

extern const char *const upos_names[N_UPOS];		/* "ADJ", ... as in Universal Dependencies */
extern const char *const entity_kind_names[KIND_DOCUMENT + 1];	/* "person", ... */

/* A document over text, which must live as long as the arena. */
document   *document_create(arena *memory, const char *text, uint32_t n_bytes);

/* Runs the stages that are missing, those they rest on included.  Linear in the length of the text. */
void		document_need(document *doc, uint32_t stages);

/* Number of code points before byte offset `at`.  Costs a scan of at most 256 bytes. */
uint32_t	document_char_of_byte(const document *doc, uint32_t at);

static inline void
document_tick(const document *doc)
{
	if (doc->tick)
		doc->tick(doc->tick_context);
}

/* The same inside a loop over tokens, marks or bytes: at every 1,024th turn. */
static inline void
document_tick_at(const document *doc, uint32_t turn)
{
	if (turn % 1024 == 0)
		document_tick(doc);
}

/* FNV-like 64-bit hash of bytes, the one hash of words everywhere (tables in data/ are built with it). */
static inline uint64_t
hash_bytes(const char *s, size_t n_bytes)
{
	uint64_t	h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < n_bytes; i++)
		h = (h ^ (unsigned char) s[i]) * UINT64_C(0x100000001b3);
	return h ^ (h >> 29);
}

/* Mixes a value into a hash; order matters. */
static inline uint64_t
hash_mix(uint64_t h, uint64_t value)
{
	h = (h ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ (h >> 32);
}

#endif
