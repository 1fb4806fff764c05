/*
 * references.h - where a text refers to its entities, by name or by pronoun, and what it says they are.
 *
 * Inside the room entity/ only (and its trainer).  Built once a document, at the first question.
 */
#ifndef NEWS_ENTITY_REFERENCES_H
#define NEWS_ENTITY_REFERENCES_H

#include "text/document.h"

typedef enum reference_role
{
	ROLE_OTHER, ROLE_SUBJECT, ROLE_OBJECT, ROLE_OBLIQUE, ROLE_POSSESSIVE, N_REFERENCE_ROLES
} reference_role;

typedef enum pronoun_class
{
	PRONOUN_NONE,
	PRONOUN_HE, PRONOUN_SHE, PRONOUN_THEY, PRONOUN_IT, PRONOUN_I, PRONOUN_WE, PRONOUN_WHO
} pronoun_class;

typedef struct reference
{
	int32_t		start;			/* tokens */
	int32_t		end;
	int32_t		entity;			/* -1: a pronoun not resolved */
	int32_t		mention;		/* -1: a pronoun */
	int32_t		sentence;
	uint8_t		role;			/* reference_role */
	uint8_t		pronoun;		/* pronoun_class */
	bool		quoted;			/* inside quotation marks */
	bool		speaks;			/* beside a verb of speech */
	bool		first;			/* first reference of its sentence */
	float		confidence;		/* of a pronoun's entity */
} reference;

/* A word of a title or apposition of an entity. */
typedef struct descriptor
{
	uint64_t	lower_hash;
	int32_t		token;
	int32_t		next;			/* of the same entity, -1 */
	bool		head;			/* its noun, not a modifier */
} descriptor;

typedef struct references
{
	reference  *list;			/* in text order */
	int32_t		n;
	uint8_t    *quoted;			/* of each token */
	int32_t    *first_descriptor;	/* of each entity, -1 */
	descriptor *descriptors;
	int32_t		n_descriptors;
	uint8_t    *gender;			/* of each entity; the pronouns resolved so far tell it where names do not */
	int32_t    *mention_at;		/* of each token: the mention that covers it, -1 */
	bool		resolved;		/* the pronouns of `list` have been resolved */
} references;

/* The document's index; built at the first call. */
references *references_of(const document *doc);

pronoun_class pronoun_at(const document *doc, int32_t token);

/* Role of a noun phrase [start, end) by the words around it. */
reference_role role_at(const document *doc, int32_t start, int32_t end);

/* Head noun of a noun phrase without a name: last noun before a preposition, comma or relative pronoun; -1. */
int32_t		head_of_phrase(const document *doc, span tokens);

/* Index of the first reference that starts at or behind `token`. */
int32_t		reference_from(const references *r, int32_t token);

#endif
