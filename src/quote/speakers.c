/*
 * speakers.c - who the source of each row is: an entity of the text, or the phrase that describes somebody unnamed.
 *
 * A source whose head is a name is its entity.  Pronouns, descriptions and rows
 * without a source are decided among the entities named around, earlier unnamed
 * speakers, and nobody, by where they were named, who spoke last, gender, kind,
 * roles, and what entity/coreference.h says.
 */
#include <string.h>
#include <strings.h>

#include "entity/coreference.h"
#include "quote/work.h"
#include "tag/tagset.h"

#define MENTIONS_BACK 40
#define MENTIONS_AHEAD 4
#define MAX_CANDIDATES 12
#define ROLES_COMPARED 60
#define INTRODUCED_WITHIN 60	/* tokens */

typedef enum source_type
{
	SOURCE_HE, SOURCE_THEY, SOURCE_IT, SOURCE_I, SOURCE_DESCRIPTION, SOURCE_FLOATING, SOURCE_OTHER
} source_type;

typedef struct speaker_view
{
	source_type type;
	int32_t		row;
	int32_t		at;				/* token where the row's source (or content) stands */
	int32_t		resolved;		/* entity that coreference.h gives, -1 */
	int			certainty;		/* of it, 0..10 */
	int			gender;
	bool		plural;
	uint64_t	head;			/* lemma of a description's head */
	uint32_t	sort;			/* sets of it that tell what it can mean */
	int32_t		last_row;		/* row before that has a speaker, -1 */
	bool		first;			/* nobody was named before */
} speaker_view;

static source_type
type_of_source(const quote_work *w, const quote_row *r)
{
	const phrase *p;

	if (r->source < 0)
		return SOURCE_FLOATING;
	p = &w->phrases[r->source];
	if (!p->pronoun)
		return SOURCE_DESCRIPTION;
	switch (class_at(w, p->head))
	{
		case CLASS_HE:
			return SOURCE_HE;
		case CLASS_THEY:
			return SOURCE_THEY;
		case CLASS_IT:
			return SOURCE_IT;
		case CLASS_I:
			return SOURCE_I;
		default:
			return is_word(w, p->head, "him") || is_word(w, p->head, "her") ? SOURCE_HE : SOURCE_OTHER;
	}
}

/* Mention of a person that begins at t and ends where an apposition may: before a mark, a verb of speech or the end; -1. */
static int32_t
person_from(const quote_work *w, int32_t t)
{
	int32_t		m = t < w->doc->n_tokens ? w->mention_at[t] : -1;
	int			behind;

	if (m < 0 || w->doc->mentions[m].start != t || w->doc->mentions[m].kind != KIND_PERSON)
		return -1;
	behind = class_at(w, w->doc->mentions[m].end);
	return behind == CLASS_COMMA || behind == CLASS_STOP || behind == CLASS_SPEECH || behind == CLASS_OUTSIDE || behind == CLASS_COLON || behind == CLASS_DASH ||
		behind == CLASS_OPEN ? m : -1;
}

/* A person's name in the apposition of a description: "the manager of X, Dr Y", "geographer and environmentalist, Y". */
static int32_t
named_in_apposition(quote_work *w, const phrase *p)
{
	int32_t		ends[2] = {p->core.end, p->whole.end};

	if (pos_at(w, p->head) == XPOS_NNS)
		return -1;
	for (int i = 0; i < 2; i++)
	{
		int32_t		next = ends[i],
					m;

		if (class_at(w, next) == CLASS_AND && next + 2 < w->doc->n_tokens && w->doc->tokens[next + 1].upos == UPOS_NOUN)
			next += 2;
		next += class_at(w, next) == CLASS_COMMA;
		m = person_from(w, next);
		if (m < 0 && next < w->doc->n_tokens && (lexicon_sets(&w->doc->tokens[next]) & SET_TITLE))
			m = person_from(w, next + 1);
		if (m >= 0)
			return m;
	}
	return -1;
}

static int32_t
row_position(const quote_work *w, const quote_row *r)
{
	return r->source >= 0 ? w->phrases[r->source].head : r->content[0].start;
}

static speaker_view
view_row(quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];
	speaker_view v = {0};
	float		certainty = 0;

	v.row = n;
	v.type = type_of_source(w, r);
	v.at = row_position(w, r);
	v.resolved = -1;
	v.last_row = -1;
	for (int32_t i = n - 1; i >= 0 && i >= n - 3 && v.last_row < 0; i--)
		if (w->rows[i].entity >= 0 || w->rows[i].phrase >= 0)
			v.last_row = i;
	if (r->source >= 0)
	{
		const phrase *p = &w->phrases[r->source];

		v.head = lemma_at(w, p->head);
		v.sort = lexicon_sets(&w->doc->tokens[p->head]) & (SET_ROLE | SET_GROUP | SET_DOCUMENT | SET_ORGANIZATION_NOUN | SET_RELATIVE | SET_TITLE);
		v.plural = v.type == SOURCE_THEY || pos_at(w, p->head) == XPOS_NNS;
		v.gender = is_word(w, p->head, "he") || is_word(w, p->head, "him") ? GENDER_MALE
			: is_word(w, p->head, "she") || is_word(w, p->head, "her") ? GENDER_FEMALE : GENDER_UNKNOWN;
		if (v.type == SOURCE_DESCRIPTION)
		{
			uint32_t	sets = lexicon_sets(&w->doc->tokens[p->head]);

			v.gender = sets & SET_FEMALE_NOUN ? GENDER_FEMALE : sets & SET_MALE_NOUN ? GENDER_MALE : GENDER_UNKNOWN;
			v.resolved = resolve_description(w->doc, p->core, &certainty);
		}
		else
			v.resolved = resolve_pronoun(w->doc, p->head, &certainty);
	}
	v.certainty = (int) (certainty * 10);
	return v;
}

/* --- features --------------------------------------------------------------------- */

/* Where the entity was named last before the row, and how. */
typedef struct sighting
{
	int32_t		mention;		/* -1 */
	int			rank;			/* among entities of its kind class, nearest first */
	bool		ahead;			/* named only behind the row */
} sighting;

static int
row_distance(const quote_work *w, int32_t a, int32_t b)
{
	int32_t		pa = paragraph_at(w, a),
				pb = paragraph_at(w, b);

	return pa == pb ? 0 : pb - pa < 4 ? pb - pa : 4;
}

static void
history_features(quote_work *w, const speaker_view *v, bool is_last, bool is_previous)
{
	const quote_row *r = &w->rows[v->row];
	const quote_row *l = v->last_row >= 0 ? &w->rows[v->last_row] : NULL;
	int			far = l ? row_distance(w, l->content[0].start, r->content[0].start) : 9;
	uint64_t	typed = hash_mix((uint64_t) v->type, r->kind);

	FEATURE3(w, 600, typed, is_last, is_previous);
	FEATURE3(w, 601, v->type, is_last, far);
	FEATURE3(w, 602, v->type, is_last, l ? 1 + type_of_source(w, l) : 0);
	FEATURE3(w, 603, hash_mix(typed, (uint64_t) far), is_last, l ? l->kind : 9);
	if (v->type == SOURCE_FLOATING && l)
	{
		bool		first = w->doc->tokens[r->content[0].start - (r->content[0].start > 0)].flags & TOKEN_PARAGRAPH_START;
		int			gap = bucket(r->content[0].start - l->content[l->n_content - 1].end);

		FEATURE3(w, 604, is_last, first, far);
		FEATURE3(w, 605, is_last, gap, far);
	}
}

/* Whether a text holds a lower-cased word, whatever its capitals. */
static bool
holds_word(const char *text, const char *lower, size_t n)
{
	for (const char *p = text; *p; p++)
		if ((p == text || p[-1] == ' ' || p[-1] == '-') && strncasecmp(p, lower, n) == 0 && (p[n] == '\0' || p[n] == ' ' || p[n] == ',' || p[n] == '-'))
			return true;
	return false;
}

/* Words of the description that the entity's role has too; `head` is told whether its head is among them. */
static int
shared_with_role(const quote_work *w, const phrase *p, const entity *e, bool *head)
{
	int			n = 0;

	*head = false;
	if (!e->role)
		return 0;
	for (int32_t t = p->core.start; t < p->core.end; t++)
	{
		const token *x = &w->doc->tokens[t];

		if (x->lower_bytes < 4 || !holds_word(e->role, x->lower, x->lower_bytes))
			continue;
		n++;
		*head |= t == p->head;
	}
	return n;
}

static void
entity_features(quote_work *w, const speaker_view *v, int32_t e, sighting s)
{
	const document *doc = w->doc;
	const entity *x = &doc->entities[e];
	const quote_row *l = v->last_row >= 0 ? &w->rows[v->last_row] : NULL;
	bool		is_last = l && l->entity == e,
				is_previous = v->last_row > 0 && w->rows[v->last_row - 1].entity == e;
	bool		agrees = v->resolved == e;
	int			gender = v->gender == GENDER_UNKNOWN || x->gender == GENDER_UNKNOWN ? 2 : v->gender == x->gender;
	int32_t		at = s.mention >= 0 ? doc->mentions[s.mention].start : -1;
	int			sentences = at < 0 ? 20 : bucket(doc->tokens[v->at].sentence - doc->tokens[at].sentence);
	int			far = at < 0 ? 9 : row_distance(w, at, v->at);
	int32_t		top = at >= 0 ? doc->mentions[s.mention].end - 1 : -1;
	int			follows = top >= 0 ? class_at(w, top + 1) : CLASS_OUTSIDE;
	bool		quoted = at >= 0 && w->stretch_of[at] >= 0;
	bool		after_last = l && at > l->content[l->n_content - 1].end;

	bool		own = at >= 0 && holds_token(&w->rows[v->row], at);

	FEATURE3(w, 648, v->type, v->first, hash_mix((uint64_t) s.rank, s.ahead));
	FEATURE3(w, 649, hash_mix((uint64_t) v->type, v->first), s.ahead, gender);
	FEATURE3(w, 650, hash_mix((uint64_t) v->type, v->first), s.ahead, hash_mix((uint64_t) follows, (uint64_t) far));
	FEATURE3(w, 645, v->type, own, s.rank);
	FEATURE3(w, 646, v->type, own, agrees);
	FEATURE3(w, 647, v->type, own, x->kind);
	FEATURE2(w, 610, v->type, x->kind);
	FEATURE3(w, 611, v->type, x->kind, v->plural);
	FEATURE3(w, 612, v->type, gender, x->kind);
	FEATURE3(w, 613, v->type, agrees, v->resolved >= 0 ? v->certainty : 20);
	FEATURE3(w, 614, v->type, s.rank, s.ahead);
	FEATURE3(w, 615, v->type, sentences, s.ahead);
	FEATURE3(w, 616, v->type, far, s.rank);
	FEATURE3(w, 617, v->type, follows, sentences < 2);
	FEATURE3(w, 618, v->type, quoted, s.rank);
	FEATURE3(w, 619, v->type, bucket(x->n_mentions), x->kind == KIND_PERSON);
	FEATURE3(w, 620, v->type, after_last, is_last);
	FEATURE3(w, 621, v->type, at >= 0 && at == sentence_start(w, at), sentences);
	FEATURE3(w, 622, v->type, agrees, is_last);
	FEATURE3(w, 623, v->type, hash_mix(gender, agrees), is_last);
	FEATURE3(w, 624, v->type, after_last, s.rank);
	if (v->type == SOURCE_DESCRIPTION)
	{
		bool		head;
		int			shared = shared_with_role(w, &w->phrases[w->rows[v->row].source], x, &head);

		FEATURE3(w, 634, shared, head, agrees);
		FEATURE3(w, 635, hash_mix(shared > 0, head), x->kind, v->resolved >= 0);
		FEATURE3(w, 636, hash_mix(shared > 0, head), s.ahead, s.rank < 3);
		FEATURE3(w, 637, hash_mix(shared > 0, head), x->role != NULL, agrees);
		FEATURE3(w, 638, hash_mix(shared > 0, head), is_last, x->role != NULL);
		FEATURE3(w, 625, v->head, x->kind, agrees);
		FEATURE3(w, 633, group_at(w, v->at), x->kind, agrees);
		FEATURE3(w, 630, v->sort, x->kind, agrees);
		FEATURE3(w, 631, v->sort, x->kind, v->plural);
		FEATURE3(w, 632, v->sort, is_last, x->kind);
		FEATURE3(w, 627, pos_at(w, w->phrases[w->rows[v->row].source].core.start), x->kind, agrees);
		FEATURE3(w, 628, word_at(w, w->phrases[w->rows[v->row].source].core.start), x->kind, agrees);
		FEATURE3(w, 629, word_at(w, w->phrases[w->rows[v->row].source].core.start), is_last, x->kind);
	}
	history_features(w, v, is_last, is_previous);
}

static void
unnamed_features(quote_work *w, const speaker_view *v, int32_t row)
{
	const quote_row *l = v->last_row >= 0 ? &w->rows[v->last_row] : NULL;
	const phrase *p = &w->phrases[w->rows[row].phrase];

	FEATURE2(w, 640, v->type, v->last_row == row);
	FEATURE3(w, 641, v->type, lemma_at(w, p->head) == v->head, v->last_row == row);
	FEATURE3(w, 642, v->type, pos_at(w, p->head), v->plural);
	FEATURE3(w, 643, v->type, pos_at(w, p->head) == XPOS_NNS, v->gender);
	FEATURE3(w, 644, v->type, row_distance(w, w->rows[row].content[0].start, v->at), v->last_row == row);
	history_features(w, v, l && v->last_row == row, false);
}

/* A group that the sentences before speak of: "Union leaders were angry. They said ..." */
static void
group_features(quote_work *w, const speaker_view *v, int32_t k, int rank)
{
	const phrase *p = &w->phrases[k];
	phrase_role role = role_of_phrase(w, k);
	int			sentences = w->doc->tokens[v->at].sentence - w->doc->tokens[p->head].sentence;
	bool		group = (lexicon_sets(&w->doc->tokens[p->head]) & (SET_GROUP | SET_ROLE | SET_RELATIVE)) != 0;

	FEATURE3(w, 651, role, sentences, rank);
	FEATURE3(w, 652, role, group, sentences);
	FEATURE3(w, 653, group_at(w, p->head), role, sentences > 0);
	FEATURE2(w, 654, v->last_row >= 0, hash_mix((uint64_t) role, (uint64_t) sentences));
	FEATURE2(w, 655, v->resolved >= 0, group);
	FEATURE2(w, 656, p->core.start == sentence_start(w, p->head), sentences);
	history_features(w, v, false, false);
}

static void
nobody_features(quote_work *w, const speaker_view *v)
{
	const quote_row *r = &w->rows[v->row];

	FEATURE(w, 660, v->type);
	FEATURE2(w, 661, v->type, v->resolved >= 0 ? v->certainty : 20);
	FEATURE2(w, 662, v->type, v->last_row >= 0);
	FEATURE3(w, 673, v->type, v->first, v->last_row >= 0);
	FEATURE2(w, 663, v->type, r->kind);
	if (v->type == SOURCE_DESCRIPTION)
	{
		const phrase *p = &w->phrases[r->source];

		FEATURE2(w, 664, v->head, v->resolved >= 0);
		FEATURE2(w, 672, group_at(w, v->at), v->resolved >= 0);
		FEATURE2(w, 670, v->sort, v->resolved >= 0);
		FEATURE3(w, 671, v->sort, v->plural, word_at(w, p->core.start));
		FEATURE2(w, 665, word_at(w, p->core.start), v->resolved >= 0);
		FEATURE2(w, 666, word_at(w, p->core.start), pos_at(w, p->head));
		FEATURE2(w, 667, v->plural, pos_at(w, p->core.start));
		FEATURE2(w, 668, p->core.end - p->core.start, pos_at(w, p->core.start));
		FEATURE2(w, 669, p->whole.end > p->core.end, word_at(w, p->core.start));
	}
	history_features(w, v, false, false);
}

/* --- candidates ------------------------------------------------------------------- */

static bool
offered(const quote_work *w, int32_t e)
{
	for (int32_t i = 0; i < w->n_options; i++)
		if (w->options[i].value == e)
			return true;
	return false;
}

static bool
may_speak(const entity *e)
{
	return e->kind == KIND_PERSON || e->kind == KIND_ORGANIZATION || e->kind == KIND_PLACE;
}

/* First mention that begins at or after token t. */
static int32_t
mention_from(const document *doc, int32_t t)
{
	int32_t		low = 0,
				high = doc->n_mentions;

	while (low < high)
	{
		int32_t		middle = low + (high - low) / 2;

		if (doc->mentions[middle].start < t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* "he" is nobody whom the text knows as a woman. */
static bool
is_excluded(const quote_work *w, const speaker_view *v, int32_t e)
{
	int			gender = w->doc->entities[e].gender;

	return v->type == SOURCE_HE && v->resolved != e && v->gender != GENDER_UNKNOWN && gender != GENDER_UNKNOWN && gender != v->gender;
}

static void
add_entity(quote_work *w, const speaker_view *v, int32_t e, sighting s)
{
	if (is_excluded(w, v, e))
		return;
	option_add(w, e);
	entity_features(w, v, e, s);
}

static void
add_candidates(quote_work *w, const speaker_view *v)
{
	const document *doc = w->doc;
	int32_t		here = mention_from(doc, v->at);
	int			persons = 0,
				others = 0;

	for (int32_t m = here - 1; m >= 0 && m >= here - MENTIONS_BACK && w->n_options < MAX_CANDIDATES; m--)
	{
		int32_t		e = doc->mentions[m].entity;

		if (e < 0 || !may_speak(&doc->entities[e]) || offered(w, e))
			continue;
		add_entity(w, v, e, (sighting) {m, doc->entities[e].kind == KIND_PERSON ? persons++ : others++, false});
	}
	for (int32_t i = v->row - 1; i >= 0 && i >= v->row - 4; i--)
		if (w->rows[i].entity >= 0 && !offered(w, w->rows[i].entity))
			add_entity(w, v, w->rows[i].entity, (sighting) {-1, 9, false});
	for (int32_t m = here, n = 0; m < doc->n_mentions && n < MENTIONS_AHEAD; m++, n++)
	{
		int32_t		e = doc->mentions[m].entity;

		if (doc->mentions[m].start > v->at + 80)
			break;
		if (e >= 0 && may_speak(&doc->entities[e]) && !offered(w, e))
			add_entity(w, v, e, (sighting) {m, n, true});
	}
	if (v->resolved >= 0 && !offered(w, v->resolved))
		add_entity(w, v, v->resolved, (sighting) {-1, 9, false});
	for (int32_t e = 0; v->type == SOURCE_DESCRIPTION && e < doc->n_entities && e < ROLES_COMPARED; e++)
	{
		bool		head;

		if (doc->entities[e].kind == KIND_PERSON && !offered(w, e) &&
			shared_with_role(w, &w->phrases[w->rows[v->row].source], &doc->entities[e], &head) > 0)
			add_entity(w, v, e, (sighting) {doc->entities[e].first_mention, 9, true});
	}
}

/* Whether a person is named in the text before token t (looked for within MENTIONS_BACK). */
static bool
named_before(const quote_work *w, int32_t t)
{
	int32_t		here = mention_from(w->doc, t);

	for (int32_t m = here - 1; m >= 0 && m >= here - MENTIONS_BACK; m--)
		if (w->doc->mentions[m].kind == KIND_PERSON)
			return true;
	return false;
}

/* "From the desk of Mary Stone" in the paragraph before a row that has no source: her entity; -1. */
static int32_t
desk_of(const quote_work *w, const quote_row *r)
{
	static const char *const words[] = {"from", "the", "desk", "of"};
	int32_t		p = paragraph_at(w, r->content[0].start) - 1;
	int32_t		at;

	if (r->source >= 0 || p < 0)
		return -1;
	at = w->doc->paragraphs[p].start;
	for (int i = 0; i < 4; i++)
		if (!is_word(w, at + i, words[i]))
			return -1;
	return at + 4 < w->doc->n_tokens && w->mention_at[at + 4] >= 0 ? w->doc->mentions[w->mention_at[at + 4]].entity : -1;
}

/*
 * A text that opens with somebody's words names the speaker behind them: the first person at the head of one of the next
 * sentences; -1.
 */
static int32_t
introduced_behind(const quote_work *w, const speaker_view *v)
{
	const document *doc = w->doc;
	const quote_row *r = &w->rows[v->row];
	int32_t		end = r->content[r->n_content - 1].end;

	if (!v->first || v->last_row >= 0 || (v->type != SOURCE_FLOATING && v->type != SOURCE_HE))
		return -1;
	for (int32_t m = mention_from(doc, end); m < doc->n_mentions && doc->mentions[m].start < end + INTRODUCED_WITHIN; m++)
	{
		const mention *x = &doc->mentions[m];
		bool		other = x->entity >= 0 && v->gender != GENDER_UNKNOWN && doc->entities[x->entity].gender != GENDER_UNKNOWN &&
			doc->entities[x->entity].gender != v->gender;

		if (x->kind == KIND_PERSON && x->entity >= 0 && !other && w->stretch_of[x->start] < 0 && x->start - sentence_start(w, x->start) < 4)
			return x->entity;
	}
	return -1;
}

#define GROUP_TOKENS 60
#define GROUPS_OFFERED 3
#define UNNAMED (1 << 28)		/* value of an option that stands for the unnamed speaker of a row, or a group */

/* Offers the groups named in the sentence of "they" before it and in the one before. */
static void
add_groups(quote_work *w, const speaker_view *v)
{
	int32_t		sentence = w->doc->tokens[v->at].sentence;
	int32_t		from = sentence > 0 ? w->doc->sentences[sentence - 1].start : 0;
	int			n = 0;

	if (sentence > 0)
		collect_phrases(w, sentence - 1);
	for (int32_t t = v->at - 1; t >= from && t > v->at - GROUP_TOKENS && n < GROUPS_OFFERED; t--)
	{
		int32_t		k = w->phrase_at[t];

		if (k < 0 || w->phrases[k].pronoun || w->phrases[k].mention >= 0 || pos_at(w, t) != XPOS_NNS || w->stretch_of[t] >= 0)
			continue;
		if (offered(w, UNNAMED + k))
			continue;
		option_add(w, UNNAMED + k);
		group_features(w, v, k, n++);
	}
}

static void
decide_speaker(quote_work *w, int32_t n)
{
	speaker_view v = view_row(w, n);
	quote_row  *r = &w->rows[n];
	int32_t		chosen;
	int			unnamed = 0;

	v.first = !named_before(w, v.at);
	decision_open(w, DECIDE_SPEAKER);
	option_add(w, -1);
	nobody_features(w, &v);
	add_candidates(w, &v);
	for (int32_t i = n - 1; i >= 0 && i >= n - 6 && unnamed < 2; i--)
		if (w->rows[i].entity < 0 && w->rows[i].phrase >= 0 && !offered(w, UNNAMED + w->rows[i].phrase))
		{
			option_add(w, UNNAMED + w->rows[i].phrase);
			unnamed_features(w, &v, i);
			unnamed++;
		}
	if (v.type == SOURCE_THEY)
		add_groups(w, &v);
	chosen = w->options[decision_close(w, n, &r->p_speaker)].value;
	if (chosen >= UNNAMED)
		r->phrase = chosen - UNNAMED;
	else if (chosen >= 0)
		r->entity = chosen;
	else if (v.type == SOURCE_DESCRIPTION || v.type == SOURCE_OTHER)
		r->phrase = r->source;
	else
		r->entity = introduced_behind(w, &v);
}

/* Whether an interview's label means the entity: its last word ("TAPPER"), or initials ("NG"). */
static bool
label_means(const document *doc, span label, const entity *e)
{
	const token *x = &doc->tokens[label.end - 1];
	const char *last = strrchr(e->name, ' ');
	uint32_t	n = 0;

	last = last ? last + 1 : e->name;
	if (strlen(last) == x->lower_bytes && strncasecmp(last, x->lower, x->lower_bytes) == 0)
		return true;
	if (label.end != label.start + 1 || x->lower_bytes > 4 || x->lower_bytes < 2)
		return false;
	for (const char *p = e->name; *p; p++)
		if (p == e->name || p[-1] == ' ')
		{
			if (n >= x->lower_bytes || (*p | 32) != x->lower[n])
				return false;
			n++;
		}
	return n == x->lower_bytes;
}

static void
name_turn(quote_work *w, quote_row *r)
{
	const document *doc = w->doc;
	const phrase *p = &w->phrases[r->turn];

	if (p->mention >= 0)
		r->entity = doc->mentions[p->mention].entity;
	for (int32_t e = 0; e < doc->n_entities && e < 200 && r->entity < 0; e++)
		if ((doc->entities[e].kind == KIND_PERSON || doc->entities[e].kind == KIND_ORGANIZATION) && label_means(doc, p->core, &doc->entities[e]))
			r->entity = e;
	if (r->entity < 0 && p->core.end - p->core.start == 1 && doc->tokens[p->head].lower_bytes < 2)
		return;
	if (r->entity < 0)
		r->phrase = r->turn;
}

/* "..., " he said. "And ...": what names the speaker of a row that goes on is the phrase at the row before. */
static void
show_source(quote_work *w, int32_t n)
{
	quote_row  *r = &w->rows[n];
	const quote_row *before = n > 0 ? r - 1 : NULL;

	r->shown = r->source;
	if (r->source >= 0 || !before || (r->entity < 0 && r->phrase < 0))
		return;
	if (before->entity == r->entity && before->phrase == r->phrase &&
		paragraph_at(w, r->content[0].start) - paragraph_at(w, before->content[0].start) <= 1)
		r->shown = before->shown;
}

void
find_speakers(quote_work *w)
{
	for (int32_t n = 0; n < w->n_rows; n++)
	{
		quote_row  *r = &w->rows[n];
		int32_t		m = r->source >= 0 ? w->phrases[r->source].mention : -1;

		r->entity = r->phrase = -1;
		r->p_speaker = 1;
		if (r->turn >= 0)
		{
			name_turn(w, r);
			r->shown = r->source;
			continue;
		}
		if (m < 0 && r->source >= 0 && (!w->phrases[r->source].pronoun || is_word(w, w->phrases[r->source].head, "one")))
			m = named_in_apposition(w, &w->phrases[r->source]);
		r->entity = desk_of(w, r);
		if (r->entity >= 0)
			continue;
		if (m >= 0 && w->doc->mentions[m].entity >= 0 && w->doc->mentions[m].kind != KIND_NATIONALITY)
			r->entity = w->doc->mentions[m].entity;
		else
			decide_speaker(w, n);
		show_source(w, n);
		document_tick(w->doc);
	}
}
