/*
 * sources.c - noun phrases of a sentence, and the one that names the speaker at a cue.
 *
 * Phrases are chunks of tags (determiner, adjectives, nouns, names, possessors),
 * extended by what words alone tell to belong to them: linked chunks and an
 * apposition ("Howard Rubel, a Toronto lawyer").
 */
#include "quote/work.h"
#include "tag/tagset.h"

#define PHRASES_BEFORE 8
#define PHRASES_AFTER 5

/* --- phrases -------------------------------------------------------------------- */

static bool
is_pronoun_head(const quote_work *w, int32_t t)
{
	static const char *const heads[] = {
		"he", "she", "they", "it", "i", "we", "you", "some", "others", "many", "most", "both", "all", "several", "another", "one", "few", "this", "these", "those",
		"someone", "everyone", "everybody", "somebody", "nobody", "none", "him", "her", "them", "us", "me"
	};
	const token *x = &w->doc->tokens[t];

	if (x->upos == UPOS_ADJ || x->upos == UPOS_NOUN)
		return is_word(w, t, "others");
	if (x->upos == UPOS_DET && !is_word(w, t, "some") && !is_word(w, t, "both") && !is_word(w, t, "many"))
		return false;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (is_word(w, t, heads[i]))
			return pos_at(w, t) != XPOS_PRP_S;
	return false;
}

/* May the token stand inside a chunk? */
static bool
is_chunk_part(const quote_work *w, int32_t t)
{
	const token *x = &w->doc->tokens[t];

	if (w->mention_at[t] >= 0)
		return true;
	if (x->flags & TOKEN_PUNCTUATION)
		return is_word(w, t, "&") || is_word(w, t, "-") || (is_word(w, t, ".") && !(x->flags & TOKEN_SPACE_BEFORE) && t + 1 < sentence_end(w, t));
	switch (x->upos)
	{
		case UPOS_DET:
		case UPOS_ADJ:
		case UPOS_NUM:
		case UPOS_NOUN:
		case UPOS_PROPN:
			return true;
		case UPOS_PRON:
			return pos_at(w, t) == XPOS_PRP_S;
		case UPOS_PART:
			return pos_at(w, t) == XPOS_POS;
		case UPOS_VERB:			/* "the running candidate", "a retired officer" */
			return (pos_at(w, t) == XPOS_VBG || pos_at(w, t) == XPOS_VBN) && t > 0 && w->cue_at[t] < 0 &&
				w->doc->tokens[t - 1].upos == UPOS_DET;
		default:
			return false;
	}
}

static bool
is_nominal(const quote_work *w, int32_t t)
{
	const token *x = &w->doc->tokens[t];

	return x->upos == UPOS_NOUN || x->upos == UPOS_PROPN || w->mention_at[t] >= 0;
}

int32_t
add_phrase(quote_work *w, int32_t head, span core, bool pronoun)
{
	w->phrases = arena_grow(w->memory, w->phrases, w->n_phrases, &w->phrase_capacity, sizeof(phrase));
	w->phrase_at[head] = w->n_phrases;
	w->phrases[w->n_phrases++] = (phrase) {head, core, core, pronoun ? -1 : w->mention_at[head], pronoun, 0};
	return w->n_phrases - 1;
}

static bool
begins_name(const quote_work *w, int32_t t)
{
	return w->mention_at[t] >= 0 && w->doc->mentions[w->mention_at[t]].start == t && w->doc->mentions[w->mention_at[t]].kind != KIND_NATIONALITY;
}

/* End of the chunk that starts at t; a new determiner or another mention after a comma-less name begins a new one. */
static int32_t
chunk_end(const quote_work *w, int32_t t, int32_t end)
{
	int32_t		at = t;

	while (at < end && is_chunk_part(w, at))
	{
		if (at > t && (w->doc->tokens[at].upos == UPOS_DET || pos_at(w, at) == XPOS_PRP_S) && is_nominal(w, at - 1))
			break;
		if (at > t && (w->doc->tokens[at].flags & TOKEN_OPEN_MARK))
			break;
		if (at > t && w->cue_at[at] >= 0 && w->cues[w->cue_at[at]].kind == CUE_VERB && w->doc->tokens[at].upos == UPOS_NOUN)
			break;
		if (at > t && begins_name(w, at) && (pos_at(w, at - 1) == XPOS_NNS || is_word(w, at - 1, "media")))
			break;
		at++;
	}
	return at;
}

static bool
links_phrase(const quote_work *w, int32_t t)
{
	return is_word(w, t, "of") || is_word(w, t, "for") || is_word(w, t, "from") || is_word(w, t, "at");
}

/* "one of the victims", "the head of the port authority": chunks behind prepositions. */
static int32_t
end_of_links(const quote_work *w, int32_t end, int32_t limit)
{
	for (int i = 0; i < 3 && end + 1 < limit && links_phrase(w, end); i++)
	{
		int32_t		next = chunk_end(w, end + 1, limit);

		if (next == end + 1)
			break;
		end = next;
	}
	return end;
}

/* With what follows the head, by words: linked chunks, and an apposition between commas or before the cue. */
static span
extend_flat(const quote_work *w, span s)
{
	int32_t		limit = sentence_end(w, s.start),
				end,
				next;
	int			behind;

	s.end = end_of_links(w, s.end, limit);
	if (s.end + 1 >= limit || class_at(w, s.end) != CLASS_COMMA || w->doc->tokens[s.end + 1].upos == UPOS_PRON)
		return s;
	next = chunk_end(w, s.end + 1, limit);
	if (next == s.end + 1)
		return s;
	end = end_of_links(w, next, limit);
	behind = end < limit ? class_at(w, end) : CLASS_OUTSIDE;
	if (behind == CLASS_COMMA || behind == CLASS_STOP || behind == CLASS_OUTSIDE || behind == CLASS_SPEECH)
		s.end = end;
	return s;
}

/* "one officer", "many local people", not "one of them": the word is a determiner here. */
static bool
starts_chunk(const quote_work *w, int32_t at, int32_t end)
{
	if (is_personal_pronoun(w, at) || w->doc->tokens[at].upos == UPOS_NOUN)
		return false;
	while (at + 1 < end && (w->doc->tokens[at + 1].upos == UPOS_ADJ || w->doc->tokens[at + 1].upos == UPOS_NUM))
		at++;
	return at + 1 < end && is_nominal(w, at + 1);
}

void
collect_phrases(quote_work *w, int32_t sentence)
{
	const struct sentence *s = &w->doc->sentences[sentence];

	if (w->phrased[sentence])
		return;
	w->phrased[sentence] = true;
	for (int32_t at = s->start; at < s->end;)
	{
		int32_t		end,
					head;

		if (is_pronoun_head(w, at) && !starts_chunk(w, at, s->end))
		{
			add_phrase(w, at, (span) {at, at + 1}, true);
			at++;
			continue;
		}
		end = chunk_end(w, at, s->end);
		for (head = end - 1; head >= at && !is_nominal(w, head) && !is_word(w, head, "old"); head--)
			;
		if (end == at || head < at)
		{
			at = end > at ? end : at + 1;
			continue;
		}
		while (at < head && (w->doc->tokens[at].flags & TOKEN_PUNCTUATION))
			at++;
		add_phrase(w, head, (span) {at, head + 1}, false);
		at = end;
	}
	for (int32_t t = s->start; t < s->end; t++)
		if (w->phrase_at[t] >= 0)
		{
			phrase	   *p = &w->phrases[w->phrase_at[t]];

			p->whole = extend_flat(w, p->core);
		}
}

/* --- what a phrase does ------------------------------------------------------------ */

#define ASIDE_TOKENS 25			/* longest apposition or relative clause between a subject and its verb */

/* Token behind adverbs. */
static int32_t
behind_adverbs(const quote_work *w, int32_t t, int32_t end)
{
	while (t < end && class_at(w, t) == CLASS_ADVERB)
		t++;
	return t;
}

static phrase_role
look_at_role(const quote_work *w, const phrase *p)
{
	int32_t		end = sentence_end(w, p->head),
				t = behind_adverbs(w, p->core.end, end);
	int			before = class_at(w, p->core.start - 1);

	if (p->core.start > sentence_start(w, p->head) && w->doc->tokens[p->core.start - 1].upos == UPOS_ADP)
		return ROLE_OF_PREPOSITION;
	if (t < end && is_finite_verb(w, t))
		return ROLE_SUBJECT;
	t = p->whole.end;
	if (t < end && (class_at(w, t) == CLASS_COMMA || class_at(w, t) == CLASS_WHO || class_at(w, t) == CLASS_BRACKET))
	{
		int32_t		limit = t + ASIDE_TOKENS < end ? t + ASIDE_TOKENS : end;
		int32_t		at = t + 1;

		while (at < limit && class_at(w, at) != CLASS_COMMA && class_at(w, at) != CLASS_BRACKET)
			at++;
		t = at < limit ? at + 1 : t;
	}
	t = behind_adverbs(w, t, end);
	if (t > p->core.end && t < end && is_finite_verb(w, t))
		return ROLE_SUBJECT_FAR;
	return before == CLASS_SPEECH || before == CLASS_VERB || before == CLASS_THOUGHT ? ROLE_OBJECT : ROLE_OTHER;
}

phrase_role
role_of_phrase(quote_work *w, int32_t k)
{
	phrase	   *p = &w->phrases[k];

	if (p->role == 0)
		p->role = (uint8_t) (1 + look_at_role(w, p));
	return (phrase_role) (p->role - 1);
}

/* --- the source of a cue ---------------------------------------------------------- */

/* What kind of speaker the phrase could be. */
static int
phrase_type(const quote_work *w, const phrase *p)
{
	uint32_t	sets;

	if (p->pronoun)
		return 20 + class_at(w, p->head);
	if (p->mention >= 0)
		return w->doc->mentions[p->mention].kind;
	sets = lexicon_sets(&w->doc->tokens[p->head]);
	if (sets & SET_ROLE)
		return 60;
	if (sets & SET_GROUP)
		return 61;
	if (sets & SET_DOCUMENT)
		return 62;
	if (sets & SET_ORGANIZATION_NOUN)
		return 63;
	if (sets & (SET_FEMALE_NOUN | SET_MALE_NOUN | SET_RELATIVE))
		return 64;
	if (sets & (SET_MONTH | SET_WEEKDAY | SET_UNITS))
		return 65;
	return w->doc->tokens[p->head].upos == UPOS_PROPN ? 66 : 67;
}

typedef struct between
{
	int			words;
	int			commas;
	int			verbs;
	int			phrases;
	int			stretches;
	int			cues;
	bool		who;
} between;

static between
walk_between(const quote_work *w, int32_t from, int32_t to)
{
	between		b = {0};

	for (int32_t t = from; t < to; t++)
	{
		int			class = class_at(w, t);

		if (w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].open == t)
			b.stretches++;
		b.words += !(w->doc->tokens[t].flags & TOKEN_PUNCTUATION);
		b.commas += class == CLASS_COMMA;
		b.verbs += is_finite_verb(w, t);
		b.phrases += w->phrase_at[t] >= 0;
		b.cues += w->cue_at[t] >= 0 && w->cues[w->cue_at[t]].kind != CUE_COLON;
		b.who |= class == CLASS_WHO;
	}
	return b;
}

static void
phrase_features(quote_work *w, int32_t n, int32_t k, int side, int rank)
{
	const cue  *c = &w->cues[n];
	const phrase *p = &w->phrases[k];
	between		b = side ? walk_between(w, c->words.end, p->core.start) : walk_between(w, p->core.end, c->token);
	span		whole = p->whole;
	between		bw = side ? b : walk_between(w, whole.end < c->token ? whole.end : p->core.end, c->token);
	int			type = phrase_type(w, p);
	int			quoted = w->stretch_of[p->head] >= 0 ? 1 + w->stretches[w->stretch_of[p->head]].label : 0;
	int32_t		previous = n > 0 ? w->cues[n - 1].source : -1;
	uint64_t	sided = hash_mix((uint64_t) side, c->kind);
	uint64_t	voice = hash_mix((uint64_t) pos_at(w, c->token), (uint64_t) class_at(w, c->token - 1));
	uint64_t	gap4 = side ? hash_mix(hash_mix((uint64_t) class_at(w, c->words.end), (uint64_t) class_at(w, c->words.end + 1)), b.words < 3)
		: hash_mix(hash_mix((uint64_t) class_at(w, c->token - 1), (uint64_t) class_at(w, c->token - 2)), bw.words < 3);

	FEATURE3(w, 300, sided, rank, type);
	FEATURE3(w, 304, sided, bucket(b.words), bucket(b.commas));
	FEATURE3(w, 305, sided, bucket(bw.words), bw.commas);
	FEATURE3(w, 306, sided, bucket(b.phrases), bucket(b.verbs));
	FEATURE3(w, 307, sided, bucket(bw.phrases), bucket(bw.verbs));
	FEATURE3(w, 308, sided, b.who, bucket(b.verbs));
	FEATURE3(w, 309, sided, b.stretches, b.cues);
	FEATURE2(w, 310, type, quoted);
	FEATURE2(w, 311, type, c->kind);
	FEATURE2(w, 312, c->lemma, type);
	FEATURE2(w, 313, lemma_at(w, p->head), side);
	FEATURE2(w, 333, group_at(w, p->head), side);
	FEATURE3(w, 334, group_at(w, p->head), c->kind, rank);
	FEATURE2(w, 336, c->group, type);
	FEATURE3(w, 314, word_at(w, p->core.start - 1), side, c->kind);
	FEATURE3(w, 315, class_at(w, p->core.start - 1), sided, type);
	FEATURE3(w, 318, previous == k, sided, pos_at(w, c->token));
	FEATURE3(w, 319, previous == k, c->lemma, side);
	FEATURE2(w, 320, sided, gap4);
	FEATURE3(w, 321, sided, gap4, type);
	FEATURE3(w, 322, side, voice, rank);
	FEATURE3(w, 324, side, voice, word_at(w, p->core.start - 1));
	FEATURE3(w, 325, side, c->lemma, word_at(w, p->core.start - 1));
	FEATURE3(w, 326, sided, p->core.start == sentence_start(w, p->head), bucket(b.verbs));
	FEATURE3(w, 327, class_at(w, whole.end), side, bw.words == 0);
	FEATURE3(w, 328, pos_at(w, p->head), side, rank);
	FEATURE3(w, 329, c->n_taken, side, rank);
	FEATURE3(w, 330, c->n_taken, side, quoted);
	FEATURE3(w, 331, hash_mix((uint64_t) side, (uint64_t) (b.words == 0)), class_at(w, c->token - 1), class_at(w, c->words.end));
	FEATURE3(w, 337, class_at(w, p->core.start - 1) == CLASS_BY, sided, pos_at(w, c->token) == XPOS_VBN);
	FEATURE3(w, 338, class_at(w, p->core.start - 1) == CLASS_BY, hash_mix((uint64_t) side, class_at(w, c->token - 1) == CLASS_BE), bucket(b.phrases));
}

/* What the phrase does in its clause, and the form of the cue: "..., telling reporters that", "and warned". */
static void
role_features(quote_work *w, int32_t n, int32_t k, int side, int subjects)
{
	const cue  *c = &w->cues[n];
	const phrase *p = &w->phrases[k];
	phrase_role role = role_of_phrase(w, k);
	int			form = pos_at(w, c->token),
				before = class_at(w, c->token - 1);
	bool		plural = pos_at(w, p->head) == XPOS_NNS || pos_at(w, p->head) == XPOS_NNPS || class_at(w, p->head) == CLASS_THEY;
	bool		first = p->core.start == sentence_start(w, p->head);
	uint64_t	sided = hash_mix((uint64_t) side, c->kind);

	FEATURE3(w, 345, sided, role, form);
	FEATURE3(w, 346, hash_mix(sided, role), form, before);
	FEATURE3(w, 347, hash_mix(sided, role), form, subjects);
	FEATURE3(w, 348, sided, plural, form);
	FEATURE3(w, 349, hash_mix(sided, role), phrase_type(w, p), subjects);
	FEATURE3(w, 350, hash_mix(sided, role), hash_mix(first, (uint64_t) form), before);
	FEATURE3(w, 351, hash_mix(sided, role), subjects, before);
	FEATURE3(w, 352, hash_mix(sided, role), c->lemma, subjects);
}

static void
no_source_features(quote_work *w, const cue *c)
{
	FEATURE(w, 340, c->lemma);
	FEATURE2(w, 341, c->kind, c->n_taken);
	FEATURE2(w, 342, pos_at(w, c->token), class_at(w, c->token - 1));
	FEATURE2(w, 343, class_at(w, c->token - 1), class_at(w, c->words.end));
}

static bool
in_direct_stretch(const quote_work *w, int32_t t)
{
	return w->stretch_of[t] >= 0 && w->stretches[w->stretch_of[t]].label == STRETCH_DIRECT;
}

static int32_t
phrase_from(const quote_work *w, int32_t start, int32_t end)
{
	for (int32_t t = start; t < end; t++)
		if (w->phrase_at[t] >= 0)
			return in_direct_stretch(w, t) ? -1 : w->phrase_at[t];
	return -1;
}

/*
 * "was described as a disgrace by opposition leader Nora Lind": the agent of a passive cue speaks; -1.  "by" stands right
 * behind the cue or behind the marks of what was said.
 */
static int32_t
agent_of(const quote_work *w, const cue *c)
{
	int32_t		end = sentence_end(w, c->token);
	bool		be = false;

	for (int32_t at = c->token - 4 > 0 ? c->token - 4 : 0; at < c->token; at++)
		be |= class_at(w, at) == CLASS_BE;
	if (c->kind != CUE_VERB || pos_at(w, c->token) != XPOS_VBN || !be)
		return -1;
	for (int32_t at = c->words.end; at < end && at < c->words.end + 40; at++)
		if (is_word(w, at, "by") && (at == c->words.end || class_at(w, at - 1) == CLASS_CLOSE))
			return phrase_from(w, at + 1, end < at + 12 ? end : at + 12);
	return -1;
}

static void
add_phrase_option(quote_work *w, int32_t n, int32_t k, int side, int rank, int *subjects)
{
	phrase_role role = role_of_phrase(w, k);

	option_add(w, k);
	phrase_features(w, n, k, side, rank);
	role_features(w, n, k, side, *subjects);
	*subjects += role == ROLE_SUBJECT || role == ROLE_SUBJECT_FAR;
}

void
find_source(quote_work *w, int32_t n)
{
	cue		   *c = &w->cues[n];
	int32_t		start = sentence_start(w, c->token),
				end = sentence_end(w, c->token);
	int			rank = 0,
				subjects = 0;

	if (c->sourced)
		return;
	c->sourced = true;
	collect_phrases(w, w->doc->tokens[c->token].sentence);
	c->source = w->teacher ? -1 : agent_of(w, c);
	if (c->source >= 0)
	{
		c->source_p = 0.95f;
		return;
	}
	decision_open(w, DECIDE_SOURCE);
	option_add(w, -1);
	no_source_features(w, c);
	for (int32_t t = c->token - 1; t >= start && rank < PHRASES_BEFORE && t > c->token - 120; t--)
		if (w->phrase_at[t] >= 0 && !in_direct_stretch(w, t))
			add_phrase_option(w, n, w->phrase_at[t], 0, rank++, &subjects);
	rank = subjects = 0;
	for (int32_t t = c->words.end; t < end && rank < PHRASES_AFTER && t < c->words.end + 60; t++)
		if (w->phrase_at[t] >= 0 && !in_direct_stretch(w, t))
			add_phrase_option(w, n, w->phrase_at[t], 1, rank++, &subjects);
	c->source = w->options[decision_close(w, n, &c->source_p)].value;
}
