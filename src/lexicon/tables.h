/*
 * tables.h - layout of lexicon.bin, for train/lexicon_build.c that writes it and
 * lexicon.c that reads it.  No other file knows it.
 *
 * The file is a header with an offset and a count for each section, and the
 * sections, each 64-byte aligned.  Integers are the machine's: the file is built
 * where it is used.  Strings lie NUL-terminated in one pool and are named by
 * their offset; offset 0 is "".
 *
 * Every hash table is open-addressed with linear probing; a key of 64 bits
 * chooses the slot by its mixed upper half and is told apart by its lower half.
 */
#ifndef NEWS_LEXICON_TABLES_H
#define NEWS_LEXICON_TABLES_H

#include <stdint.h>

#define LEXICON_MAGIC UINT32_C(0x3158454c)	/* "LEX1" */

enum lexicon_section
{
	SECTION_WORD_SLOTS,			/* word_slot: lower_hash -> row of SECTION_WORDS */
	SECTION_WORDS,				/* word_info */
	SECTION_BIGRAMS,			/* bigram_slot */
	SECTION_NAME_FILTER,		/* bits: may a name begin with this token? */
	SECTION_NAME_SLOTS,			/* name_slot: chain of lower_hashes -> endings */
	SECTION_NAMES,				/* stored_name: the ways to write one lower-cased phrase, side by side */
	SECTION_NAME_KNOWLEDGE,		/* uint32_t rows of SECTION_KNOWLEDGE, named by stored_name.knowledge */
	SECTION_KNOWLEDGE,			/* stored_knowledge */
	SECTION_CODES,				/* uint32_t strings: countries and regions; row 0 is "" */
	SECTION_NATIONALITIES,		/* nationality_slot */
	SECTION_STRINGS,
	N_SECTIONS
};

typedef struct lexicon_header
{
	uint32_t	magic;
	uint32_t	n_documents;
	uint32_t	offset[N_SECTIONS]; /* bytes from the start of the file */
	uint32_t	count[N_SECTIONS];	/* elements (of SECTION_NAME_FILTER: bits, of SECTION_STRINGS: bytes) */
} lexicon_header;

typedef struct word_slot
{
	uint32_t	tag;
	uint32_t	row;			/* + 1; 0 = empty */
} word_slot;

typedef struct bigram_slot
{
	uint32_t	tag;			/* lower half of the key */
	uint16_t	tag2;
	uint16_t	frequency;		/* 0 = empty; at most 65535 */
} bigram_slot;

#define NAME_SLOT_LONGER UINT32_C(0x80000000)	/* a longer phrase begins like this */

typedef struct name_slot
{
	uint32_t	tag;
	uint32_t	value;			/* NAME_SLOT_LONGER, and row of SECTION_NAMES + 1 where a phrase ends; 0 = empty */
} name_slot;

typedef struct stored_name
{
	uint32_t	form_tag;		/* of the chain of form_hashes */
	uint32_t	types;
	uint32_t	knowledge;		/* STORED_NAME_*: first row and number of rows in SECTION_NAME_KNOWLEDGE */
} stored_name;

#define STORED_NAME_HAS_NEXT UINT32_C(0x80000000)	/* the next row is another way to write the same phrase */
#define STORED_NAME_FIRST(knowledge) ((knowledge) & UINT32_C(0xfffff))
#define STORED_NAME_COUNT(knowledge) (((knowledge) >> 20) & UINT32_C(0x7ff))
#define STORED_NAME_MAX_FIRST 0xfffff
#define STORED_NAME_MAX_COUNT 0x7ff

typedef struct stored_knowledge
{
	uint32_t	name;
	uint32_t	types_and_kind; /* NAME_TYPE_* in the lower 24 bits, entity_kind above */
	uint32_t	wikidata;
	uint32_t	prominence;
	float		longitude;		/* NO_LOCATION when unknown */
	float		latitude;
	uint16_t	country;		/* rows of SECTION_CODES */
	uint16_t	region;
} stored_knowledge;

#define NO_LOCATION 1000.0f

typedef struct nationality_slot
{
	uint32_t	tag;
	uint32_t	country;		/* string; 0 = empty */
} nationality_slot;

#define NAME_CHAIN_SEED UINT64_C(0x6e616d65732e2e2e)
#define MAX_NAME_TOKENS 14

/* Where the search for a key begins in a table of n slots. */
static inline uint32_t
lexicon_slot(uint64_t key, uint32_t n_slots)
{
	uint64_t	mixed = (key * UINT64_C(0xd6e8feb86659fd93)) >> 32;

	return (uint32_t) ((mixed * n_slots) >> 32);
}

#endif
