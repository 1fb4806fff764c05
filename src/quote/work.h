/*
 * work.h - the inside of the room: what find_quotes knows while it reads a text, and how it decides.
 *
 * Every judgement of the room is a decision among options: each option is a bag
 * of hashed features, and a linear model ranks them (a softmax trained on gold
 * readings by train/train_quotes.c).  A step opens a decision, adds options with
 * their features, and asks for the best.  In training, a `teacher` sees the
 * options with their features and answers with what the gold reading says, so
 * that training runs the very code that reads.
 *
 * Steps, each a file:
 *   stretches.c  marked stretch -> direct speech, part of a reported clause, or no quote
 *   turns.c      interviews without marks
 *   cues.c       words that may say that something was said; which of them a direct stretch belongs to
 *   sources.c    noun phrases and the one that names the speaker at a cue
 *   contents.c   the reported clause of a cue
 *   speakers.c   source -> entity or describing phrase
 *   find_quotes.c  the rows
 */
#ifndef NEWS_QUOTE_WORK_H
#define NEWS_QUOTE_WORK_H

#include "lexicon/lexicon.h"
#include "tag/weights.h"
#include "text/document.h"
#include "text/marks.h"

typedef enum decision_kind
{
	DECIDE_STRETCH,				/* options: none, direct, mixed */
	DECIDE_CUE_OF_STRETCH,		/* options: none, then cues */
	DECIDE_JOIN,				/* options: a row of its own, joined with the row of the stretch before */
	DECIDE_CUE,					/* options: no, yes */
	DECIDE_SOURCE,				/* options: none, then phrases */
	DECIDE_CONTENT,				/* options: none, then spans */
	DECIDE_SPEAKER,				/* options: none, then candidates */
	N_DECISIONS
} decision_kind;

typedef enum stretch_label
{
	STRETCH_NONE, STRETCH_DIRECT, STRETCH_MIXED
} stretch_label;

/* An outermost marked stretch. */
typedef struct stretch
{
	int32_t		open;			/* token of the opening mark */
	int32_t		close;			/* token of the closing mark, or behind the last one inside */
	span		inside;			/* without punctuation that is nobody's words at the edges; not empty */
	bool		has_close;
	bool		continues;
	uint8_t		label;			/* stretch_label */
	int32_t		cue;			/* of a direct stretch: index into cues, -1 */
	bool		joined;			/* goes into the row of the stretch before */
	float		label_p;
	float		cue_p;
	int32_t		colon;			/* of an interview's turn (turns.c): token behind the label; 0 = marked */
	span		label_words;
	bool		labelled;		/* the label stands in this paragraph */
	int32_t		turn;			/* phrase of the label, -1 */
} stretch;

/* Classes of tokens. */
typedef enum token_class
{
	CLASS_OUTSIDE, CLASS_OPEN, CLASS_CLOSE, CLASS_COMMA, CLASS_STOP, CLASS_COLON, CLASS_SEMICOLON, CLASS_QUESTION, CLASS_DASH,
	CLASS_BRACKET, CLASS_OTHER_MARK, CLASS_HE, CLASS_I, CLASS_IT, CLASS_THEY, CLASS_WHO, CLASS_THAT, CLASS_NAME, CLASS_TITLE, CLASS_SPEECH, CLASS_THOUGHT,
	CLASS_BE, CLASS_HAVE, CLASS_MODAL, CLASS_NOT, CLASS_DETERMINER, CLASS_AND, CLASS_BY, CLASS_AS, CLASS_TO, CLASS_OF, CLASS_PREPOSITION, CLASS_ADVERB,
	CLASS_ADJECTIVE, CLASS_NOUN, CLASS_VERB, CLASS_NUMBER, CLASS_POSSESSIVE, CLASS_OTHER
} token_class;

typedef enum cue_kind
{
	CUE_VERB, CUE_NOUN, CUE_ACCORDING, CUE_COLON, CUE_TURN, CUE_DASH, N_CUE_KINDS
} cue_kind;

typedef struct cue
{
	int32_t		token;			/* head word */
	span		words;			/* "according to", "called for" */
	uint8_t		kind;
	uint64_t	lemma;			/* hash */
	uint32_t	sets;			/* of the lexicon */
	int			group;			/* word class */
	int32_t		n_taken;		/* direct stretches that chose it */
	int32_t		source;			/* index into phrases, -1 */
	float		source_p;
	bool		sourced;		/* the source was looked for */
	bool		has_row;		/* reports a clause */
} cue;

/* A noun phrase or pronoun that may name a speaker. */
typedef struct phrase
{
	int32_t		head;			/* token */
	span		core;			/* determiner .. head, with titles */
	span		whole;			/* with linked chunks and an apposition */
	int32_t		mention;		/* that the head lies in, -1 */
	bool		pronoun;
	uint8_t		role;			/* phrase_role + 1, 0 until asked for */
} phrase;

/* What a phrase does in its clause, by the words around it. */
typedef enum phrase_role
{
	ROLE_OTHER, ROLE_SUBJECT, ROLE_SUBJECT_FAR, ROLE_OF_PREPOSITION, ROLE_OBJECT
} phrase_role;

typedef struct quote_row
{
	uint8_t		kind;			/* quote_kind */
	span		content[3];
	int32_t		n_content;
	span		verbatim[8];
	int32_t		n_verbatim;
	int32_t		cue;			/* index, -1 */
	int32_t		source;			/* phrase, -1 */
	int32_t		stretch;		/* first stretch of a direct row, -1 */
	int32_t		turn;			/* phrase of an interview's label, -1 */
	int32_t		entity;			/* speaker, -1 */
	int32_t		phrase;			/* phrase that describes the unnamed speaker, -1 */
	int32_t		via;			/* phrase that names the medium, -1 */
	int32_t		shown;			/* phrase of the speaker nearest before a row without a source of its own, -1 */
	float		p_found;
	float		p_source;
	float		p_speaker;
} quote_row;

/* The clause that a cue reports. */
typedef struct reported
{
	span		pieces[2];
	int32_t		n_pieces;
	float		probability;	/* that it reports anything */
} reported;

typedef struct option
{
	int32_t		score;
	int32_t		first_feature;	/* in training only */
	int32_t		n_features;
	int32_t		value;			/* of the step's own */
	span		piece[2];		/* contents: the span or spans */
	int32_t		n_pieces;
	bool		part;			/* only features that options share */
} option;

struct quote_work;

/* Sees a decision's options and gives the index of the one to go on with; TEACHER_MODEL: the model's. */
typedef int32_t (*teacher_fn) (void *context, struct quote_work *w, decision_kind kind, int32_t subject);
#define TEACHER_MODEL (-1)

typedef struct quote_work
{
	document   *doc;
	const weights *model;
	arena	   *memory;

	stretch    *stretches;
	int32_t		n_stretches;
	int32_t    *stretch_of;		/* by token: outermost stretch that it stands in, marks included; -1 */
	cue		   *cues;
	int32_t		n_cues;
	int32_t		cue_capacity;
	int32_t    *cue_at;			/* by token: index into cues, -1 */
	phrase	   *phrases;
	int32_t		n_phrases;
	int32_t		phrase_capacity;
	int32_t    *phrase_at;		/* by token: phrase of that head, -1 */
	uint8_t    *class_of;		/* by token: token_class + 1, 0 until asked for */
	uint64_t   *lemma_of;		/* by token: hash of the lemma, 0 until asked for */
	int32_t    *mention_at;		/* by token: mention, -1 */
	bool	   *phrased;		/* by sentence: its phrases are found */
	quote_row  *rows;
	int32_t		n_rows;
	int32_t		row_capacity;

	option	   *options;		/* of the open decision */
	int32_t		n_options;
	int32_t		option_capacity;
	decision_kind deciding;
	uint64_t   *features;		/* in training: of all options and parts of the decision */
	int32_t		n_features;
	int32_t		feature_capacity;
	teacher_fn	teacher;
	void	   *teacher_context;
} quote_work;

/* --- decisions (decide.c) -------------------------------------------------- */

void		decision_open(quote_work *w, decision_kind kind);

/* A new option; features go to the newest one. */
option	   *option_add(quote_work *w, int32_t value);

/* A bag of features that options share: no option itself.  Returns its index. */
int32_t		part_add(quote_work *w);

/* Adds the features of option or part `from` to the newest option. */
void		option_include(quote_work *w, int32_t from);
void		feature_add(quote_work *w, uint64_t hash);

/* Index of the best option (of the teacher's in training); `probability` of it under the model. */
int32_t		decision_close(quote_work *w, int32_t subject, float *probability);

/* Probability of an option of the closed decision under the model. */
float		option_probability(const quote_work *w, int32_t option);

/*
 * A feature is a template number and values.  Numbers are unique in the room: below 100 stretches.c, 99-300 cues.c,
 * 300-400 sources.c, 400-510 contents.c, 600-700 speakers.c, 1000 the constant of "none".
 */
#define FEATURE(w, id, a) feature_add((w), hash_mix((uint64_t) (id) * 64 + (w)->deciding, (uint64_t) (a)))
#define FEATURE2(w, id, a, b) feature_add((w), hash_mix(hash_mix((uint64_t) (id) * 64 + (w)->deciding, (uint64_t) (a)), (uint64_t) (b)))
#define FEATURE3(w, id, a, b, c) \
	feature_add((w), hash_mix(hash_mix(hash_mix((uint64_t) (id) * 64 + (w)->deciding, (uint64_t) (a)), (uint64_t) (b)), (uint64_t) (c)))

/* --- looking at tokens (look.c) -------------------------------------------- */

/* Hash of the lower-cased form; of positions outside the document, a value of their own. */
uint64_t	word_at(const quote_work *w, int32_t t);
uint64_t	lemma_at(const quote_work *w, int32_t t);
int			pos_at(const quote_work *w, int32_t t);
int			group_at(const quote_work *w, int32_t t);	/* the lexicon's word class: words used alike */

/* Coarse class of a token: pronoun, mention, determiner, verb of speech, each mark of punctuation, ... */
int			class_at(const quote_work *w, int32_t t);
bool		is_word(const quote_work *w, int32_t t, const char *lower);
int32_t		paragraph_at(const quote_work *w, int32_t t);
bool		same_paragraph(const quote_work *w, int32_t a, int32_t b);
int			bucket(int32_t n);		/* 0 1 2 3 4 5-6 7-9 10-14 15-24 25-49 50+ */
int32_t		sentence_start(const quote_work *w, int32_t t);
int32_t		sentence_end(const quote_work *w, int32_t t);
bool		is_finite_verb(const quote_work *w, int32_t t);
bool		is_personal_pronoun(const quote_work *w, int32_t t);	/* he she they it we i you who */
bool		holds_token(const quote_row *r, int32_t token);	/* in its content */
bool		has_lemma(const cue *c, const char *const *lemmas, size_t n);	/* one of these */
bool		is_outlet(const quote_work *w, const phrase *p);	/* Reuters, state media */
bool		is_medium(const quote_work *w, const phrase *p, const cue *c);	/* an outlet, an organisation that "reported", "according to the report" */

/* --- the steps ------------------------------------------------------------- */

void		collect_stretches(quote_work *w);
void		collect_turns(quote_work *w);
void		bind_turn(quote_work *w, stretch *s);
void		label_stretches(quote_work *w);		/* needs cues */
bool		sign_stretch(quote_work *w, stretch *s);	/* "..." - Name */
void		collect_cues(quote_work *w);
void		assign_stretches_to_cues(quote_work *w);
void		cue_features(quote_work *w, int32_t c);
bool		judge_cue(quote_work *w, int32_t c, float *probability);
int32_t		add_phrase(quote_work *w, int32_t head, span core, bool pronoun);
void		collect_phrases(quote_work *w, int32_t sentence);
phrase_role role_of_phrase(quote_work *w, int32_t k);
void		find_source(quote_work *w, int32_t c);

/*
 * Content of an indirect or mixed cue; false when it reports nothing, and then `answer` holds what it would report if it
 * did (n_pieces = 0: nothing at all).
 */
bool		find_content(quote_work *w, int32_t c, reported *answer);
void		find_speakers(quote_work *w);
void		quote_work_run(quote_work *w);		/* all steps; rows */
void		quote_work_open(quote_work *w, document *doc, const weights *model);
void		write_rows(quote_work *w);			/* rows -> document.quotes */

/* --- confidence (confidence.c) ----------------------------------------------- */

#define N_CONFIDENCE 14			/* inputs of the calibration; its weights are the model's extra bytes, as floats */

void		confidence_inputs(const quote_work *w, const quote_row *r, float inputs[N_CONFIDENCE]);
float		confidence_of(const quote_work *w, const quote_row *r);

#endif
