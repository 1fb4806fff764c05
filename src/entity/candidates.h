/*
 * candidates.h - the entities that a pronoun or a description may mean, with the features that rank them.
 *
 * Inside the room entity/ and its trainer.
 */
#ifndef NEWS_ENTITY_CANDIDATES_H
#define NEWS_ENTITY_CANDIDATES_H

#include "entity/references.h"

/* Labels of the model's rows: each anaphor is scored by its own class and by what all share. */
typedef enum anaphor_class
{
	ANAPHOR_HE_SUBJECT, ANAPHOR_HE_OBJECT, ANAPHOR_HE_POSSESSIVE, ANAPHOR_THEY, ANAPHOR_IT, ANAPHOR_WE, ANAPHOR_DESCRIPTION,
	ANAPHOR_ALL, N_ANAPHOR_CLASSES
} anaphor_class;

#define MAX_CANDIDATES 24
#define MAX_CANDIDATE_FEATURES 64

typedef struct anaphor
{
	span		tokens;
	uint8_t		class;			/* anaphor_class */
	uint8_t		pronoun;		/* pronoun_class; PRONOUN_NONE of a description */
	uint8_t		gender;
	uint8_t		role;			/* reference_role */
	int32_t		head;			/* token of the description's noun, -1 */
	int32_t		reference;		/* first reference at or behind it */
	int32_t		last_speaker;	/* entity, -1 */
	bool		source;			/* asked as the source of a quote */
} anaphor;

typedef struct candidate
{
	int32_t		entity;			/* -1: nobody that is named */
	int32_t		last;			/* nearest reference before the anaphor, -1: only behind it */
	int32_t		next;			/* nearest reference behind it, -1 */
	int32_t		n;				/* references in the window before it */
	int32_t		score;
	bool		described;		/* the text gave it this description: noun, a modifier and nobody else's */
	int			n_features;
	uint64_t	features[MAX_CANDIDATE_FEATURES];
} candidate;

/* Describes the anaphor; false when it is none that can be resolved ("you"). */
bool		read_anaphor(const document *doc, const references *r, span tokens, int32_t last_speaker, bool source, anaphor *a);

/* Candidates with their features; list[0] is "nobody".  At most MAX_CANDIDATES. */
int			list_candidates(const document *doc, const references *r, const anaphor *a, candidate *list);

/* Score of a candidate under the trained model. */
void		score_candidates(const anaphor *a, candidate *list, int n);

/* For the trainer alone: another model than the embedded one (n_bytes = 0: none), for the whole process. */
void		use_coreference_model(const void *data, size_t n_bytes);

/* Real score of one unit of candidate.score; 0 when there is no model. */
float		candidate_score_unit(void);

#endif
