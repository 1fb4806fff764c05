/*
 * name_features.h - what a token shows of being part of a name.
 *
 * The tagger (tag_names.c) and its trainer (train/train_names.c) describe
 * tokens by the same hashes.  A name_view prepares, for every token of a
 * document, what the features are made of: the word's row and class, its shape,
 * the phrases of the lexicon that cover it, how the document writes the word
 * elsewhere, and, for the second pass, how the first pass labelled it elsewhere.
 */
#ifndef NEWS_TAG_NAME_FEATURES_H
#define NEWS_TAG_NAME_FEATURES_H

#include "tag/sequence.h"
#include "text/document.h"

#define N_NAME_LABELS (1 + 2 * N_ENTITY_KINDS)	/* as token.name_tag */

/* How a sentence is written. */
typedef enum name_case
{
	CASE_SENTENCE,
	CASE_TITLE,					/* Most Words Begin With a Capital */
	CASE_CAPITALS,
	CASE_NONE					/* a longer sentence without any capital */
} name_case;

typedef struct name_cue			/* of one token */
{
	uint64_t	word;			/* hash of the lower-cased word; another value outside the sentence */
	uint32_t	shape;
	uint32_t	sets;
	uint32_t	types;			/* of the longest phrase of the lexicon over the token */
	uint32_t	single_types;	/* of the token as a phrase of its own */
	uint16_t	class_path;
	uint8_t		class_known;
	uint8_t		place;			/* in that phrase: 0 none, 1 first, 2 inner, 3 last, 4 only */
	uint8_t		phrase_length;
	uint8_t		capital_share;	/* 0 .. 5, 6 = unknown */
	uint8_t		level;			/* of the word list, 0 .. 9 */
	uint8_t		upos;
	uint8_t		xpos;
	uint8_t		written;		/* a capital (1), all capitals (2), mixed (3), none (0); digits (4), mark (5) */
	uint8_t		case_mode;		/* name_case of its sentence */
	uint8_t		habit;			/* how this text writes the word inside sentences: 1 capital, 2 lower case, 3 both */
	uint8_t		first;			/* first word of the sentence or behind an opening mark */
	uint8_t		may_be_name;	/* 0: the token is outside any name, for sure */
	uint8_t		majority;		/* label that the first pass gave the word elsewhere; 255 none */
	uint8_t		majority_share; /* 0 .. 3 */
	uint8_t		pair_majority;	/* the same for the word together with the next one */
	uint8_t		back_majority;	/* and with the one before */
	uint8_t		long_majority;	/* ... inside longer names elsewhere */
	uint8_t		marks;			/* in a short stretch between quotation marks: 1 its first word, 2 inside, 3 its last; + 4 when Title Case */
	uint8_t		acronym_kind;	/* 1 + kind of a name of the text that it abbreviates, 0 none */
	uint8_t		type_code[2];	/* how a noun before [0] and behind [1] speaks of the name; 0 = none does */
	uint16_t	type_path[2];	/* class of that noun */
	uint16_t	type_kinds;		/* bits of the kinds that they stand for */
	uint16_t	run_kinds;		/* ... wherever the text has these capitals together */
	uint16_t	word_kinds;		/* ... wherever it has the word */
	uint64_t	type_word[2];
} name_cue;

/* Runs of words with capitals: their ends tell what the whole is (Richard J. Donovan Correctional Facility). */
typedef struct name_run
{
	int32_t		first;
	int32_t		last;			/* token; -1 when the token is in no run */
} name_run;

typedef struct name_memory name_memory; /* what the text did with each word */

typedef struct name_view
{
	const document *doc;
	name_cue   *cues;			/* [n_tokens] */
	name_run   *runs;			/* [n_tokens] */
	name_memory *memory;
	bool		second_pass;
	int32_t		start;			/* the piece of a sentence that is described now */
	int32_t		end;
	int32_t		sentence_start;
	int32_t		sentence_end;
} name_view;

/* Prepares the cues of a document whose words are tagged. */
name_view  *name_view_create(const document *doc);

/* Learns from first-pass labels of all tokens and fills the cues of the second pass. */
void		name_view_learn(name_view *v, const uint8_t *labels);

/*
 * Gives short names the kind of the longer ones that they repeat, where the second pass must be wrong: "Dorian", a
 * person that no full name of a person supports, behind "Hurricane Dorian".  A heading in capitals gets the names of the body.
 */
void		name_view_unify(name_view *v, uint8_t *labels);

/* Sets the piece [start, end) of sentence s to describe. */
void		name_view_select(name_view *v, int32_t s, int32_t start, int32_t end);

/* A sequence_extract; its context is the view. */
int			name_features(void *view, int32_t at, uint64_t *features, int32_t *fixed);

#endif
