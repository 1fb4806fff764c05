/*
 * tree.h - walking the dependency tree of one sentence.
 *
 * tree_build costs time and memory linear in the sentence; every question after
 * it costs constant time (a walk over children: their number).  Tokens are
 * indexes into document.tokens; -1 means none.  The sentence should be parsed;
 * of an unparsed one every token is a root of its own, and no function fails.
 */
#ifndef NEWS_PARSE_TREE_H
#define NEWS_PARSE_TREE_H

#include "parse/relations.h"
#include "text/document.h"

typedef struct tree_node
{
	int32_t		first_child;	/* in text order, left and right ones alike */
	int32_t		last_child;
	int32_t		next_sibling;
	int32_t		leftmost;		/* first and last token of the subtree; the token itself included */
	int32_t		rightmost;
	int32_t		enter;			/* number in preorder */
	int32_t		size;			/* tokens in the subtree, itself included */
	int32_t		depth;			/* 0 = the root */
} tree_node;

typedef struct tree
{
	const document *doc;
	int32_t		start;			/* tokens of the sentence */
	int32_t		end;
	int32_t		root;			/* -1 when the sentence is empty */
	tree_node  *nodes;			/* by token - start; in the document's arena */
} tree;

/* Reads heads of the sentence's tokens.  Does not parse: call parse_sentence before. */
void		tree_build(const document *doc, int32_t sentence, tree *t);

static inline const tree_node *
tree_at(const tree *t, int32_t token)
{
	return &t->nodes[token - t->start];
}

static inline int32_t
tree_first_child(const tree *t, int32_t token)
{
	return tree_at(t, token)->first_child;
}

static inline int32_t
tree_next_sibling(const tree *t, int32_t token)
{
	return tree_at(t, token)->next_sibling;
}

/* for (TREE_EACH_CHILD(t, verb, child)) ... visits children in text order. */
#define TREE_EACH_CHILD(t, token, child) \
	int32_t child = tree_first_child(t, token); child >= 0; child = tree_next_sibling(t, child)

/* Tokens [leftmost, rightmost + 1) that the subtree of `token` reaches; in a projective tree, exactly the subtree. */
static inline span
tree_span(const tree *t, int32_t token)
{
	return (span) {tree_at(t, token)->leftmost, tree_at(t, token)->rightmost + 1};
}

/* Whether `token` is `ancestor` or below it; both in the tree's sentence. */
static inline bool
tree_is_within(const tree *t, int32_t token, int32_t ancestor)
{
	const tree_node *a = tree_at(t, ancestor);
	int32_t		enter = tree_at(t, token)->enter;

	return enter >= a->enter && enter < a->enter + a->size;
}

static inline bool
tree_is_descendant(const tree *t, int32_t token, int32_t ancestor)
{
	return token != ancestor && tree_is_within(t, token, ancestor);
}

/* First child of `token` with this relation, -1. */
int32_t		tree_child(const tree *t, int32_t token, relation wanted);

/* First child whose relation is `wanted` or a subtype of it (REL_NSUBJ also finds nsubj:pass and nsubj:outer), -1. */
int32_t		tree_child_like(const tree *t, int32_t token, relation wanted);

/* Whether `r` is `wanted` or a subtype of it. */
bool		relation_like(uint8_t r, relation wanted);

/*
 * Head word of a stretch of tokens, all in the tree's sentence: the token nearest to the root, of two equally near ones
 * the first; punctuation only when there is nothing else.  -1 when the stretch is empty.
 */
int32_t		tree_head_of_span(const tree *t, span tokens);

#endif
