/*
 * tagset.h - the Penn Treebank part-of-speech tags (Marcus et al. 1993, as Universal Dependencies English
 * uses them): values of token.xpos.
 */
#ifndef NEWS_TAG_TAGSET_H
#define NEWS_TAG_TAGSET_H

typedef enum xpos
{
	XPOS_NONE,
	XPOS_DOLLAR, XPOS_CLOSE_QUOTE, XPOS_COMMA, XPOS_LRB, XPOS_RRB, XPOS_PERIOD, XPOS_COLON, XPOS_ADD, XPOS_AFX, XPOS_CC, XPOS_CD, XPOS_DT, XPOS_EX, XPOS_FW, XPOS_GW, XPOS_HYPH, XPOS_IN, XPOS_JJ, XPOS_JJR, XPOS_JJS, XPOS_LS, XPOS_MD, XPOS_NFP, XPOS_NN, XPOS_NNP, XPOS_NNPS, XPOS_NNS, XPOS_PDT, XPOS_POS, XPOS_PRP, XPOS_PRP_S, XPOS_RB, XPOS_RBR, XPOS_RBS, XPOS_RP, XPOS_SYM, XPOS_TO, XPOS_UH, XPOS_VB, XPOS_VBD, XPOS_VBG, XPOS_VBN, XPOS_VBP, XPOS_VBZ, XPOS_WDT, XPOS_WP, XPOS_WP_S, XPOS_WRB, XPOS_OPEN_QUOTE,
	N_XPOS
} xpos;

/* "_", "NN", ... */
extern const char *const xpos_names[N_XPOS];

#endif
