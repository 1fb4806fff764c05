/*
 * lexicon.h - what the extension knows by heart, as read-only tables.
 *
 * `make` compiles data/lexicon/<name>.tsv (origin and licence in the first lines)
 * with build/lexicon_build into build/lexicon.bin, which is embedded.
 *
 * Three tables:
 *   words      one row a frequent word: its class, document frequency, case habits, sets (verbs of speech ...)
 *   names      phrases of one or more tokens -> bits of what they may be, and a row of `knowledge`
 *   knowledge  one row a known thing: canonical name, kind, country, QID, place, population
 */
#ifndef NEWS_LEXICON_LEXICON_H
#define NEWS_LEXICON_LEXICON_H

#include "text/document.h"

/* Sets that a lower-cased word belongs to (data/lexicon/sets.tsv), bits of word_info.sets. */
enum
{
	SET_SPEECH_VERB = 1u << 0,	/* any form of a verb of speech or writing: said, tells, tweeted */
	SET_SPEECH_NOUN = 1u << 1,	/* statement, tweet, interview, remarks */
	SET_TITLE = 1u << 2,		/* a word of titles before a name: president, sen., mr */
	SET_ROLE = 1u << 3,			/* an occupation or role noun: minister, spokeswoman, analyst */
	SET_GROUP = 1u << 4,		/* plural or collective speakers: police, critics, officials */
	SET_DOCUMENT = 1u << 5,		/* documents that speak: report, study, lawsuit, poll */
	SET_ORGANIZATION_NOUN = 1u << 6,	/* company, ministry, party, agency */
	SET_ORGANIZATION_SUFFIX = 1u << 7,	/* inc, ltd, plc, gmbh */
	SET_PLACE_NOUN = 1u << 8,	/* city, river, province */
	SET_FACILITY_NOUN = 1u << 9,	/* airport, bridge, stadium */
	SET_MONTH = 1u << 10,
	SET_WEEKDAY = 1u << 11,
	SET_NUMBER_WORD = 1u << 12,
	SET_FEMALE_NAME = 1u << 13, /* given name, mostly of women */
	SET_MALE_NAME = 1u << 14,
	SET_SURNAME = 1u << 15,
	SET_FEMALE_NOUN = 1u << 16, /* woman, mother, spokeswoman, queen */
	SET_MALE_NOUN = 1u << 17,
	SET_RELATIVE = 1u << 18,	/* wife, brother, daughter */
	SET_THOUGHT_VERB = 1u << 19,	/* believes, hopes, wants: attribution, not speech */
	SET_STOP = 1u << 20,		/* function words */
	SET_UNITS = 1u << 21		/* percent, dollars, km */
};

typedef struct word_info
{
	uint16_t	class_id;		/* 0 = none; word class of train/word_classes */
	uint16_t	class_path;		/* bits of the class in the hierarchy, root first in the highest bit */
	uint32_t	document_frequency; /* of N_NEWS_DOCUMENTS articles of the news corpus */
	uint8_t		capital_share;	/* of its occurrences inside sentences, 255ths that begin with a capital */
	uint8_t		level;			/* SCOWL size 10 (most common) .. 95, 0 = not in the word list */
	uint32_t	sets;
} word_info;

/* Row of a lower-cased word (token.lower_hash), -1 when unknown. */
int32_t		lexicon_word(uint64_t lower_hash);

/* word >= 0. */
const word_info *lexicon_word_info(int32_t word);

/* Sets of a token, 0 when unknown. */
uint32_t	lexicon_sets(const token *t);

/* Number of documents behind document_frequency. */
uint32_t	lexicon_n_documents(void);

/* Document frequency of two adjacent lower-cased words, 0 when rare. */
uint32_t	lexicon_bigram_frequency(uint64_t first_lower_hash, uint64_t second_lower_hash);

/* An everyday word (SCOWL level 50 or less) that is mostly written small; word may be -1. */
bool		lexicon_is_common(int32_t word);

/* Gender of a given name, GENDER_UNKNOWN when unknown or common to both; word may be -1. */
gender		lexicon_given_name_gender(int32_t word);

/* What a phrase may be, bits of name_hit.types. */
enum
{
	NAME_TYPE_COUNTRY = 1u << 0,
	NAME_TYPE_CITY = 1u << 1,
	NAME_TYPE_REGION = 1u << 2, /* states, provinces, counties */
	NAME_TYPE_GEOGRAPHIC = 1u << 3, /* rivers, seas, continents, mountains */
	NAME_TYPE_NATIONALITY = 1u << 4,
	NAME_TYPE_ORGANIZATION = 1u << 5,	/* any not below */
	NAME_TYPE_COMPANY = 1u << 6,
	NAME_TYPE_PARTY = 1u << 7,
	NAME_TYPE_AGENCY = 1u << 8, /* government bodies, ministries, courts, armed forces */
	NAME_TYPE_OUTLET = 1u << 9, /* news media */
	NAME_TYPE_TEAM = 1u << 10,
	NAME_TYPE_UNIVERSITY = 1u << 11,
	NAME_TYPE_PERSON = 1u << 12,	/* a full name of a known person */
	NAME_TYPE_FACILITY = 1u << 13,
	NAME_TYPE_EVENT = 1u << 14,
	NAME_TYPE_PRODUCT = 1u << 15,
	NAME_TYPE_WORK = 1u << 16,
	NAME_TYPE_LAW = 1u << 17,
	NAME_TYPE_AWARD = 1u << 18,
	NAME_TYPE_LANGUAGE = 1u << 19,
	NAME_TYPE_TITLE = 1u << 20, /* a title before a name: "Treasury Secretary" */
	NAME_TYPE_RELIGION = 1u << 21
};

typedef struct name_hit
{
	int32_t		end;			/* tokens [start, end) are the phrase */
	uint32_t	types;
	int32_t		knowledge;		/* first row of `knowledge` with this name, -1 */
	int32_t		n_knowledge;	/* rows with this name, the most prominent first */
	int32_t		list;			/* for lexicon_knowledge_of */
} name_hit;

/*
 * Phrases of the names table that start at token `start` and end at or before
 * `limit`, longest first; returns their number, at most `capacity`.  Names match
 * as written; a phrase in all capitals (of one token: four letters or more), or of
 * two tokens or more that all begin with a capital, also matches by its
 * lower-cased form ("NEW YORK", "House Of Commons").
 */
int			lexicon_names_at(const document *doc, int32_t start, int32_t limit, name_hit *hits, int capacity);

typedef struct knowledge_row
{
	const char *name;			/* canonical */
	uint8_t		kind;			/* entity_kind */
	uint32_t	types;			/* NAME_TYPE_* */
	const char *country;		/* ISO 3166-1 alpha-2 or "" */
	const char *wikidata;		/* "Q..." or "" */
	bool		has_location;
	float		longitude;
	float		latitude;
	uint32_t	prominence;		/* population of a place; comparable within a kind only */
	const char *region;			/* admin1 of a city ("US-TX"), or "" */
} knowledge_row;

/* row >= 0, from name_hit.knowledge or lexicon_knowledge_of. */
knowledge_row lexicon_knowledge(int32_t row);

/* i-th knowledge row of a hit, the most prominent first (0: name_hit.knowledge); -1 when it has no so many. */
int32_t		lexicon_knowledge_of(const name_hit *hit, int i);

/* Country of a nationality or inhabitant ("Chinese" -> "CN"), "" when unknown. */
const char *lexicon_country_of_nationality(uint64_t lower_hash);

#endif
