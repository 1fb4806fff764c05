/*
 * parser.h - the inside of the parser, shared with its trainer.  Other rooms use stages.h and relations.h.
 *
 * A sentence is parsed in pieces of at most MAX_PIECE tokens.  Inside a piece,
 * positions are 1-based: 0 is "none", 1 .. n the tokens, n + 1 the artificial
 * root behind the last token, n + 2 the end.
 */
#ifndef NEWS_PARSE_PARSER_H
#define NEWS_PARSE_PARSER_H

#include "parse/relations.h"
#include "tag/weights.h"
#include "text/document.h"

#define MAX_PIECE 200
#define MAX_BEAM 16

/* Actions of the arc-hybrid system (Kuhlmann et al. 2011). */
enum
{
	SHIFT,						/* the front token goes onto the stack */
	LEFT,						/* the front token becomes head of the stack's top, which leaves */
	RIGHT,						/* the token below the top becomes head of the top, which leaves */
	N_ACTIONS
};

/* A well mixed hash of a small number or of a hash. */
static inline uint64_t
spread(uint64_t x)
{
	x = (x + 1) * UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 29;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 32);
}

/* What features see of a token: hashes, each well mixed. */
typedef struct atom
{
	uint64_t	word;
	uint64_t	tag;			/* upos and xpos */
	uint64_t	word_tag;
	uint64_t	class_full;		/* word class, else the tag */
	uint64_t	class_top;		/* first bits of the class's path, with the tag's coarse part */
	uint64_t	sets;			/* verb of speech, thought, month ... */
	uint16_t	commas;			/* how many stand at or before this position */
	uint16_t	marks;			/* quotation marks */
	uint16_t	brackets;		/* brackets, dashes, colons, semicolons */
	uint16_t	verbs;
	uint16_t	conjunctions;
	uint8_t		upos;
	uint8_t		xpos;
	bool		is_mark;		/* a quotation mark */
} atom;

/* How strongly words attract each other as head and dependent, counted in parsed news (van Noord 2007): grades. */
typedef struct affinity_table
{
	const uint16_t *slots;		/* buckets of four: check in the low byte, grade above it */
	uint32_t	shift;			/* upper half of key >> shift = bucket */
} affinity_table;

#define N_AFFINITY_GRADES 6		/* 0 = not known */

/* What is counted: `preposition` is the word of the dependent's case child, 0 when it has none. */
static inline uint64_t
affinity_key(uint64_t head, uint64_t dependent, uint64_t preposition, bool to_the_left)
{
	return hash_mix(hash_mix(hash_mix(head + to_the_left, preposition), dependent), 7);
}

uint8_t		affinity_grade(const affinity_table *t, uint64_t key);

/* Grades of a sentence's pairs, asked again and again by its states. */
#define N_CACHED_GRADES 512

typedef struct grade_cache
{
	uint32_t	pair[N_CACHED_GRADES];	/* head, dependent, first child, 10 bits each; 0 = empty */
	uint16_t	grade[N_CACHED_GRADES];
} grade_cache;

typedef struct piece
{
	int32_t		n;				/* tokens */
	int32_t		first;			/* document index of position 1 */
	int32_t		n_words;		/* positions that the search sees: all but punctuation, or all when there is nothing else */
	atom	   *atoms;			/* by position, 0 .. n + 2 */
	int16_t    *next_word;		/* by position, 0 .. n + 2: the next position that the search sees; at last n + 1, n + 2 */
	bool	   *is_word;		/* by position */
	bool		mirrored;		/* read from its end: position i is the token n + 1 - i */
	struct grade_cache *grades; /* of affinities asked before; NULL = none kept */
	const affinity_table *affinities;
} piece;

/* A token on the stack or in front, with the children it has so far.  Cells never change: an action makes a new one. */
typedef struct cell
{
	const struct cell *below;
	uint64_t	stack;			/* hash of this cell and those below */
	uint64_t	own;			/* of this cell */
	uint32_t	left_tags;		/* hash of the children's tags, in the order of attachment */
	uint32_t	right_tags;
	int16_t		at;				/* position */
	int16_t		left[2];		/* outermost and next left child; 0 = none */
	int16_t		right[2];
	uint8_t		n_left;
	uint8_t		n_right;
} cell;

/* A state of the search, and how it was reached. */
typedef struct item
{
	const struct item *from;
	const cell *top;			/* NULL when the stack is empty */
	cell		front;			/* `below` unused */
	uint64_t	visible;		/* hash of all that features can see, now or later */
	int32_t		score;
	int16_t		depth;			/* tokens on the stack */
	uint8_t		action;			/* that led here */
	bool		correct;		/* trainer: no gold arc is lost */
} item;

#define MAX_FEATURES 160
#define RELATION_STRIDE ((N_RELATIONS + 7) / 8 * 8)	/* of a row of 8-bit weights (weights.h) */

/* Feature keys of a state; returns their number, the same for every state. */
int			action_features(const piece *p, const item *s, uint32_t *keys);

/* Fills the arrays of p (n + 3 elements each) from the document. */
void		piece_prepare(const document *doc, piece *p);

/* Fills the arrays of m, as long, with p read from its end. */
void		piece_mirror(const piece *p, piece *m);

/* A position of one reading as the other counts it; the root is behind the last word in both. */
static inline int
mirrored_position(int n, int position)
{
	return position > n || position == 0 ? position : n + 1 - position;
}

/* What stands strictly between two positions, a < b. */
uint64_t	between(const piece *p, int a, int b);

int			distance_class(int d);

typedef struct scorer
{
	void		(*score) (const void *model, const uint32_t *keys, int n_keys, int32_t *scores);
	const void *model;
} scorer;

/* Gold tree of a piece, for the trainer; NULL when parsing. */
typedef struct gold_tree
{
	const int16_t *head;		/* by position; n + 1 for the root */
	const uint8_t *n_left;		/* gold children on each side */
	const uint8_t *n_right;
} gold_tree;

/* Scores of states of one search, by what features see of them: other ways often lead to the same sight. */
#define N_KEPT_SCORES 256

typedef struct kept_scores
{
	uint64_t	sight;			/* 0 = empty */
	int32_t		scores[N_ACTIONS];
} kept_scores;

typedef struct search
{
	int32_t		width;			/* 1 .. MAX_BEAM */
	int32_t		margin;			/* items this far below the best of their step are dropped */
	const gold_tree *gold;		/* marks items `correct` when not NULL */
	bool		only_correct;	/* follow correct items only */
	item	   *items;			/* width a step, for 2 * n_words + 1 steps */
	cell	   *cells;			/* as many */
	uint8_t    *n_items;		/* by step */
	kept_scores *kept;			/* N_KEPT_SCORES */
} search;

/* Runs the beam over a piece; items[step * width .. + n_items[step]] are the states after `step` actions, best first. */
void		beam_search(search *s, const piece *p, scorer by);

/* Head positions (n + 1 = root) of the words of the tree that ends in `last`. */
void		item_heads(const item *last, int16_t *heads);

/*
 * The second look: heads that either search (from the left, from the right) proposed for a word, of which a model over
 * arcs, siblings and grandparents chooses.
 */
#define MAX_HEADS 8
#define NOT_PROPOSED 7			/* class of a head that a search did not propose; 0 = of its best tree */

typedef struct head_candidate
{
	int16_t		head;
	uint8_t		gap[2];			/* class of how far below the best of its step it was made: from the left, from the right */
	int32_t		score;			/* of the arc; filled when it is needed */
	bool		is_scored;
} head_candidate;

typedef struct arc_lattice
{
	const piece *piece;
	head_candidate *candidates; /* MAX_HEADS a position */
	uint8_t    *n_candidates;	/* by position */
	int16_t    *heads;			/* the tree */
	int16_t    *first_child;	/* of the tree, by position: words only, in text order */
	int16_t    *next_sibling;
	const int32_t *bonus;		/* two, for arcs of the best tree of each search */
} arc_lattice;

/* Empties the lattice. */
void		arcs_clear(arc_lattice *l, const piece *p);

/* Adds what a search (side 0 from the left, 1 from the right over the mirrored piece) found. */
void		arcs_collect(arc_lattice *l, const search *s, const piece *searched, int side);

/* Whether the search from the left saw other heads that were nearly as good. */
bool		arcs_in_doubt(const arc_lattice *l);

/* Feature keys of the parts of a tree; each returns their number. */
int			arc_features(const arc_lattice *l, int d, int candidate, uint32_t *keys);
int			sibling_features(const piece *p, int h, int inner, int d, uint32_t *keys);
int			grand_features(const piece *p, int g, int h, int d, uint32_t *keys);

/* Climbs from the tree in l->heads to one that no change of a head makes better. */
void		arcs_choose(arc_lattice *l, scorer by);

/* The child of h on d's side that is next to d on the way to h (0: none), or next to d on the way out. */
int			inner_sibling(const arc_lattice *l, int h, int d);
int			outer_sibling(const arc_lattice *l, int h, int d);

/* Makes first_child and next_sibling fit l->heads. */
void		arcs_link(arc_lattice *l);

/* Labels: relations of a finished tree. */
typedef struct label_context
{
	const piece *piece;
	const int16_t *heads;		/* by position */
	int16_t    *order;			/* words: function words, then children before heads, siblings from left to right */
	uint8_t    *relations;		/* by position; those earlier in `order` are known, the others 0 */
	struct label_node *nodes;	/* by position */
} label_context;

typedef struct label_node
{
	int16_t		first_child;
	int16_t		last_child;
	int16_t		next_sibling;
	int16_t		previous_sibling;
	int16_t		leftmost;		/* of the subtree */
	int16_t		rightmost;
	uint64_t	child_relations;	/* set of relations of the children labelled so far */
} label_node;

/* Prepares nodes and order; arrays have n + 2 elements. */
void		label_prepare(label_context *c);

int			label_features(const label_context *c, int position, uint64_t *keys);

/* Records the relation of a position; call in the order of c->order. */
void		label_set(label_context *c, int position, uint8_t relation);

/* Punctuation is hung when the rest of the tree is known. */
typedef struct punctuation_context
{
	const piece *piece;
	const int16_t *heads;		/* by position, as all arrays */
	const uint8_t *relations;
	const label_node *nodes;	/* the reach of each word's subtree */
	int16_t    *partner;		/* the other quotation mark or bracket of a pair, 0 */
} punctuation_context;

#define MAX_CANDIDATES 24

typedef struct punctuation_candidate
{
	int16_t		at;
	bool		from_left;		/* its phrase ends before the mark */
	bool		is_around;		/* it has words on both sides of the mark */
	bool		is_highest;		/* of those from this side that are not around */
	uint8_t		step;			/* phrases below it on this side */
} punctuation_candidate;

void		punctuation_prepare(punctuation_context *c);

/* Heads that a mark may take, at least one. */
int			punctuation_candidates(const punctuation_context *c, int position, punctuation_candidate *candidates);

int			punctuation_features(const punctuation_context *c, int position, const punctuation_candidate *candidates,
								 int n_candidates, int which, uint32_t *keys);

/*
 * Weights in buckets of four 32-bit slots: a key's upper bits choose the bucket, its low byte the slot, and the slot's
 * other bytes are the weights of three actions.
 */
typedef struct bucket_table
{
	const uint32_t *slots;
	uint32_t	shift;			/* key >> shift = bucket */
} bucket_table;

/* Sums of weights for N_ACTIONS actions; `model` is a bucket_table. */
void		bucket_score(const void *model, const uint32_t *keys, int n_keys, int32_t *scores);

/* The model as it lies in the library: a header, five tables, the rows of labels (weights.h). */
typedef struct parser_model
{
	bucket_table actions[2];	/* from the left, from the right */
	bucket_table arcs;
	bucket_table punctuation;
	affinity_table affinities;
	int32_t		margin;
	int32_t		width;
	bool		looks_twice;
	int32_t		bonus[2];		/* of arcs that the search from the left, from the right has in its best tree */
	weights		labels;
} parser_model;

#define PARSER_MAGIC 0x5241504eu	/* "NPAR" */
#define PARSER_VERSION 1u

typedef struct parser_header	/* 64 bytes; the tables of actions (left, right), arcs, punctuation, affinities follow, then the image of `labels` */
{
	uint32_t	magic;
	uint32_t	version;
	uint32_t	log2_action_buckets;
	uint32_t	log2_punctuation_buckets;
	int32_t		margin;
	int32_t		width;
	uint32_t	log2_affinity_buckets;
	uint32_t	log2_arc_buckets;	/* 0 = a model of one search, without a second look */
	int32_t		bonus[2];
	uint32_t	unused[6];
} parser_header;

bool		parser_open(parser_model *m, const void *data, size_t n_bytes);

/* Parses piece after piece of a sentence with a given model (parse_sentence uses the embedded one). */
void		parse_with(const parser_model *m, document *doc, int32_t sentence);

#endif
