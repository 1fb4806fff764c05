/*
 * train_quotes.c - trains the decisions of src/quote/ on gold readings.
 *
 *   train_quotes [-g] [-o MODEL] [-c FOLDS] [-p GOLD:PREDICTIONS] ... GOLD ...
 *
 * GOLD files are those of quotes_data.py.  The pipeline runs on each text with a
 * teacher in place of the model: at each decision it records the options with
 * their features and what the gold reading chooses, and the run goes on with
 * that.  -o writes the model trained on everything; -c trains and predicts by
 * cross-validation (predictions go to build/quotes.cv.jsonl); -p predicts a
 * file that was not trained on; -g puts gold mentions in the place of predicted ones.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quote/work.h"
#include "quotes_gold.h"
#include "ranker.h"
#include "stages.h"

#define FOLDS_AT_MOST 20

static ranker *learner;
static long n_recorded[N_DECISIONS],
			n_lost[N_DECISIONS];

/* --- memory -------------------------------------------------------------------- */

static void *
take(void *context, size_t n_bytes)
{
	void	   *p = malloc(n_bytes);

	(void) context;
	if (!p)
		exit(1);
	return p;
}

typedef struct block
{
	struct block *next;
	double		pad;
} block;

static void *
take_listed(void *context, size_t n_bytes)
{
	block	   *b = malloc(n_bytes + sizeof(block));
	block	  **list = context;

	if (!b)
		exit(1);
	b->next = *list;
	*list = b;
	return b + 1;
}

static void
give_back(block *b)
{
	while (b)
	{
		block	   *next = b->next;

		free(b);
		b = next;
	}
}

/* --- gold and tokens ------------------------------------------------------------- */

static span
tokens_of(const document *doc, byte_span b)
{
	span		s = {0, 0};
	int32_t		low = 0,
				high = doc->n_tokens;

	while (low < high)
	{
		int32_t		middle = (low + high) / 2;

		if (doc->tokens[middle].end_byte <= b.start)
			low = middle + 1;
		else
			high = middle;
	}
	s.start = s.end = low;
	while (s.end < doc->n_tokens && doc->tokens[s.end].start_byte < b.end)
		s.end++;
	return s;
}

static bool
counts(const document *doc, int32_t t)
{
	return !(doc->tokens[t].flags & TOKEN_PUNCTUATION);
}

/* Words shared by two lists of spans over words in either. */
static float
overlap(const document *doc, const span *a, int na, const span *b, int nb)
{
	int			both = 0,
				in_a = 0,
				in_b = 0;

	for (int i = 0; i < na; i++)
		for (int32_t t = a[i].start; t < a[i].end; t++)
			in_a += counts(doc, t);
	for (int i = 0; i < nb; i++)
		for (int32_t t = b[i].start; t < b[i].end; t++)
		{
			bool		shared = false;

			if (!counts(doc, t))
				continue;
			in_b++;
			for (int j = 0; j < na; j++)
				shared |= t >= a[j].start && t < a[j].end;
			both += shared;
		}
	return in_a + in_b - both > 0 ? (float) both / (float) (in_a + in_b - both) : 0;
}

static float
share_inside(const document *doc, span s, const gold_quote *q)
{
	int			all = 0,
				inside = 0;

	for (int32_t t = s.start; t < s.end; t++)
		if (counts(doc, t))
		{
			all++;
			for (int p = 0; p < q->n_content; p++)
				if (t >= q->tokens[p].start && t < q->tokens[p].end)
				{
					inside++;
					break;
				}
		}
	return all ? (float) inside / (float) all : 0;
}

static bool
touches(const document *doc, span words, const byte_span *spans, int n)
{
	byte_span	b = {doc->tokens[words.start].start_byte, doc->tokens[words.end - 1].end_byte};

	for (int i = 0; i < n; i++)
		if (spans[i].start < b.end && b.start < spans[i].end)
			return true;
	return false;
}

/* --- the teacher ------------------------------------------------------------------ */

typedef struct lesson
{
	gold_document *gold;
	bool		right[8192];
} lesson;

#define LOST (-2)				/* the gold choice is not among the options */

/* The gold quote of a stretch; *share of its words. */
static const gold_quote *
quote_of_stretch(const lesson *l, const document *doc, span inside, float *share)
{
	const gold_quote *best = NULL;

	*share = 0;
	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];
		float		s = share_inside(doc, inside, q);

		if (s > *share || (s == *share && s > 0 && q->type == QUOTE_DIRECT))
		{
			best = q;
			*share = s;
		}
	}
	return best;
}

static int
teach_stretch(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *q = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share);
	int			label = !q || share < 0.2f || q->type == QUOTE_INDIRECT ? STRETCH_NONE : q->type == QUOTE_DIRECT ? STRETCH_DIRECT : STRETCH_MIXED;

	l->right[label] = true;
	if (q && share >= 0.2f && share < 0.6f)
		return LOST;
	return label;
}

static int
teach_cue_of_stretch(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *q = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share);

	if (!q || q->n_cue == 0)
	{
		l->right[0] = true;
		return 0;
	}
	for (int i = 1; i < w->n_options; i++)
		if (touches(w->doc, w->cues[w->options[i].value].words, q->cue, q->n_cue))
		{
			l->right[i] = true;
			return i;
		}
	return LOST;
}

static int
teach_join(lesson *l, quote_work *w, int32_t n)
{
	float		share;
	const gold_quote *a = quote_of_stretch(l, w->doc, w->stretches[n].inside, &share),
			   *b = quote_of_stretch(l, w->doc, w->stretches[n - 1].inside, &share);

	l->right[a == b] = true;
	return a == b;
}

static bool
is_cue_of(const quote_work *w, int32_t c, const gold_quote *q)
{
	return q->n_cue > 0 && touches(w->doc, w->cues[c].words, q->cue, q->n_cue);
}

static int
teach_cue(lesson *l, quote_work *w, int32_t c)
{
	bool		clause = false,
				direct = false,
				thought = false;

	for (int i = 0; i < l->gold->n_quotes; i++)
		if (is_cue_of(w, c, &l->gold->quotes[i]))
		{
			if (l->gold->quotes[i].type == QUOTE_DIRECT)
				direct = true;
			else if (l->gold->narrow || l->gold->quotes[i].type == QUOTE_MIXED || (w->cues[c].sets & SET_SPEECH_VERB) || w->cues[c].kind == CUE_ACCORDING)
				clause = true;
			else
				thought = true;
		}
	l->right[clause] = true;
	if ((direct || thought) && !clause)
		return LOST;
	return clause;
}

/* Of several phrases inside the gold source, the first is its head. */
static int
teach_source(lesson *l, quote_work *w, int32_t c)
{
	const gold_quote *q = NULL;
	int			best = LOST;

	for (int i = 0; i < l->gold->n_quotes; i++)
		if (is_cue_of(w, c, &l->gold->quotes[i]) && (!q || (q->n_source == 0 && l->gold->quotes[i].n_source)))
			q = &l->gold->quotes[i];
	if (!q)
		return LOST;
	if (q->n_source == 0)
	{
		l->right[0] = true;
		return 0;
	}
	for (int i = 1; i < w->n_options; i++)
	{
		const phrase *p = &w->phrases[w->options[i].value];

		if (touches(w->doc, (span) {p->head, p->head + 1}, q->source, q->n_source) &&
			(best < 0 || p->head < w->phrases[w->options[best].value].head))
			best = i;
	}
	if (best > 0)
		l->right[best] = true;
	return best;
}

static int
teach_content(lesson *l, quote_work *w, int32_t c)
{
	float		top = 0;
	float	   *share = calloc((size_t) w->n_options, sizeof(float));
	int			best = 0;
	bool		any = false;

	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];

		if (!is_cue_of(w, c, q) || q->type == QUOTE_DIRECT)
			continue;
		any = true;
		for (int o = 1; o < w->n_options; o++)
		{
			float		s = w->options[o].part ? 0 : overlap(w->doc, w->options[o].piece, w->options[o].n_pieces, q->tokens, q->n_content);

			share[o] = s > share[o] ? s : share[o];
			if (s > top)
			{
				top = s;
				best = o;
			}
		}
	}
	for (int o = 0; any && o < w->n_options; o++)
		l->right[o] = share[o] >= top - 0.02f && share[o] > 0;
	l->right[0] = !any;
	free(share);
	if (any && top < 0.5f)
		return LOST;
	return best;
}

/* The gold quote that a row answers to. */
static const gold_quote *
quote_of_row(const lesson *l, const quote_work *w, const quote_row *r)
{
	const gold_quote *best = NULL;
	float		top = 0.4f;

	for (int i = 0; i < l->gold->n_quotes; i++)
	{
		const gold_quote *q = &l->gold->quotes[i];
		float		s = overlap(w->doc, r->content, r->n_content, q->tokens, q->n_content);

		if (s > top)
		{
			top = s;
			best = q;
		}
	}
	return best;
}

static bool
is_entity(const document *doc, int32_t e, const char *names)
{
	if (gold_same_name(doc->entities[e].name, names))
		return true;
	return false;
}

#define UNNAMED (1 << 28)

static int
teach_speaker(lesson *l, quote_work *w, int32_t n)
{
	const gold_quote *q = quote_of_row(l, w, &w->rows[n]);
	int			best = 0;

	if (!q)
		return LOST;
	if (!strcmp(q->names, "-"))
	{
		for (int i = 1; i < w->n_options; i++)
			if (w->options[i].value >= UNNAMED)
				for (int r = 0; r < n; r++)
				{
					const gold_quote *other = w->rows[r].phrase == w->options[i].value - UNNAMED ? quote_of_row(l, w, &w->rows[r]) : NULL;

					if (other && strcmp(q->speaker, "-") && !strcmp(other->speaker, q->speaker))
					{
						l->right[i] = true;
						best = i;
					}
				}
		if (best == 0 && l->gold->narrow && strcmp(q->speaker, "-") && q->n_source == 0)
			return LOST;
		l->right[0] = best == 0;
		return best;
	}
	for (int i = 1; i < w->n_options; i++)
		if (w->options[i].value < UNNAMED && is_entity(w->doc, w->options[i].value, q->names))
		{
			l->right[i] = true;
			best = best ? best : i;
		}
	return best ? best : LOST;
}

static int32_t
teach(void *context, quote_work *w, decision_kind kind, int32_t subject)
{
	static int	(*const teachers[N_DECISIONS]) (lesson *, quote_work *, int32_t) =
	{teach_stretch, teach_cue_of_stretch, teach_join, teach_cue, teach_source, teach_content, teach_speaker};
	lesson	   *l = context;
	const uint64_t *features[8192];
	int32_t		n_features[8192];
	bool		right[8192];
	int			n = 0,
				answer;

	if (w->n_options > 8192)
		exit(1);
	memset(l->right, 0, (size_t) w->n_options);
	answer = teachers[kind] (l, w, subject);
	if (answer == LOST)
	{
		n_lost[kind]++;
		return 0;
	}
	for (int i = 0; i < w->n_options; i++)
		if (!w->options[i].part)
		{
			features[n] = w->features + w->options[i].first_feature;
			n_features[n] = w->options[i].n_features;
			right[n++] = l->right[i];
		}
	n_recorded[kind]++;
	ranker_add(learner, l->gold->group, 1, n, features, n_features, right);
	if (kind == DECIDE_CUE && answer == 0)
	{
		uint64_t	h = hash_mix(w->cues[subject].lemma, (uint64_t) w->doc->tokens[w->cues[subject].token].start_byte);

		return (h >> 20) % 8 < (w->cues[subject].sets & SET_SPEECH_VERB ? 8 : 4);
	}
	return answer;
}

/* --- runs ----------------------------------------------------------------------- */

static bool gold_names;

/* The gold mentions in place of those that tag_names would find. */
static void
set_gold_mentions(gold_document *d)
{
	document   *doc = d->doc;

	document_need(doc, STAGE_WORDS);
	doc->mentions = arena_zero_array(doc->memory, mention, d->n_mentions);
	for (int i = 0; i < d->n_mentions; i++)
	{
		span		s = tokens_of(doc, d->mentions[i]);
		mention    *m = &doc->mentions[doc->n_mentions];

		if (s.start >= s.end || (doc->n_mentions > 0 && m[-1].end > s.start))
			continue;
		*m = (mention) {s.start, s.end, d->mention_kinds[i], 1, -1, {s.start, s.start}, {s.end, s.end}};
		for (int32_t t = s.start; t < s.end; t++)
			doc->tokens[t].name_tag = (uint8_t) (t == s.start ? NAME_FIRST(m->kind) : NAME_LATER(m->kind));
		doc->n_mentions++;
	}
	doc->done |= STAGE_NAMES;
}

static void
analyse(gold_document *d)
{
	d->doc = document_create(arena_create((block_source) {take, NULL}), d->text, d->n_bytes);
	if (gold_names && d->n_mentions > 0)
		set_gold_mentions(d);
	document_need(d->doc, STAGE_ENTITIES);
	for (int i = 0; i < d->n_quotes; i++)
		for (int p = 0; p < d->quotes[i].n_content; p++)
			d->quotes[i].tokens[p] = tokens_of(d->doc, d->quotes[i].content[p]);
}

static void
learn_from(gold_document *d)
{
	static lesson l;
	quote_work	w;
	block	   *blocks = NULL;

	if (d->doc->n_tokens == 0)
		return;
	l.gold = d;
	quote_work_open(&w, d->doc, NULL);
	w.memory = arena_create((block_source) {take_listed, &blocks});
	w.teacher = teach;
	w.teacher_context = &l;
	quote_work_run(&w);
	give_back(blocks);
}

/* --- confidence --------------------------------------------------------------------- */

static float *judged;			/* N_CONFIDENCE inputs, then 1 when the row was right */
static int	n_judged,
			judged_capacity;
static float calibration[N_CONFIDENCE];

static bool
row_is_right(const lesson *l, const quote_work *w, int32_t n)
{
	const quote_row *r = &w->rows[n];
	const gold_quote *q = quote_of_row(l, w, r);
	const char *said = w->doc->quotes[n].speaker;

	if (!q || overlap(w->doc, r->content, r->n_content, q->tokens, q->n_content) < 0.5f)
		return false;
	if (!strcmp(q->names, "-") && !strcmp(q->speaker, "-"))
		return said == NULL;
	return said && gold_same_name(said, strcmp(q->names, "-") ? q->names : q->speaker);
}

static void
judge_rows(gold_document *d, const quote_work *w)
{
	static lesson l;

	l.gold = d;
	for (int32_t n = 0; n < w->n_rows; n++)
	{
		if (n_judged == judged_capacity)
		{
			judged_capacity = judged_capacity ? judged_capacity * 2 : 1024;
			judged = realloc(judged, sizeof(float) * (N_CONFIDENCE + 1) * (size_t) judged_capacity);
		}
		confidence_inputs(w, &w->rows[n], judged + n_judged * (N_CONFIDENCE + 1));
		judged[n_judged * (N_CONFIDENCE + 1) + N_CONFIDENCE] = row_is_right(&l, w, n);
		n_judged++;
	}
}

/* Logistic regression by gradient descent. */
static void
calibrate(void)
{
	memset(calibration, 0, sizeof(calibration));
	for (int step = 0; step < 4000 && n_judged > 0; step++)
	{
		double		gradient[N_CONFIDENCE] = {0};

		for (int i = 0; i < n_judged; i++)
		{
			const float *x = judged + i * (N_CONFIDENCE + 1);
			float		sum = 0,
						error;

			for (int k = 0; k < N_CONFIDENCE; k++)
				sum += calibration[k] * x[k];
			error = 1 / (1 + expf(-sum)) - x[N_CONFIDENCE];
			for (int k = 0; k < N_CONFIDENCE; k++)
				gradient[k] += error * x[k];
		}
		for (int k = 0; k < N_CONFIDENCE; k++)
			calibration[k] -= (float) (0.1 * (gradient[k] / n_judged + 1e-4 * calibration[k]));
	}
}

/* --- predictions -------------------------------------------------------------------- */

static void
print_json(FILE *f, const char *s)
{
	if (!s)
	{
		fputs("null", f);
		return;
	}
	fputc('"', f);
	for (; *s; s++)
		if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else if ((unsigned char) *s < 0x20)
			fprintf(f, "\\u%04x", *s);
		else
			fputc(*s, f);
	fputc('"', f);
}

static void
print_spans(FILE *f, const document *doc, const byte_span *s, int n)
{
	fputc('[', f);
	for (int i = 0; i < n; i++)
		fprintf(f, "%s[%" PRIu32 ",%" PRIu32 "]", i ? "," : "", document_char_of_byte(doc, s[i].start), document_char_of_byte(doc, s[i].end));
	fputc(']', f);
}

static void
print_span(FILE *f, const document *doc, byte_span s)
{
	if (s.start == s.end)
		fputs("null", f);
	else
		fprintf(f, "[%" PRIu32 ",%" PRIu32 "]", document_char_of_byte(doc, s.start), document_char_of_byte(doc, s.end));
}

static void
print_prediction(FILE *f, const gold_document *d, const document *doc)
{
	static const char *const kinds[] = {"direct", "mixed", "indirect"};

	fputs("{\"id\":", f);
	print_json(f, d->id);
	fputs(",\"quotes\":[", f);
	for (int i = 0; i < doc->n_quotes; i++)
	{
		const quote *q = &doc->quotes[i];

		fprintf(f, "%s{\"kind\":\"%s\",\"content\":", i ? "," : "", kinds[q->kind]);
		print_spans(f, doc, q->content, q->n_content);
		fputs(",\"verbatim\":", f);
		print_spans(f, doc, q->verbatim, q->n_verbatim);
		fputs(",\"source\":", f);
		print_span(f, doc, q->source);
		fputs(",\"cue\":", f);
		print_span(f, doc, q->cue);
		fputs(",\"speaker\":", f);
		print_json(f, q->speaker);
		fputs(",\"via\":", f);
		print_json(f, q->via);
		fputs(",\"addressee\":", f);
		print_json(f, q->addressee);
		fprintf(f, ",\"confidence\":%.4f}", q->confidence);
	}
	fputs("]}\n", f);
}

static bool judging;

static void
predict(gold_document *d, const weights *model, FILE *f)
{
	quote_work	w;
	block	   *blocks = NULL;

	d->doc->quotes = NULL;
	d->doc->n_quotes = 0;
	if (d->doc->n_tokens > 0)
	{
		quote_work_open(&w, d->doc, model);
		w.memory = arena_create((block_source) {take_listed, &blocks});
		quote_work_run(&w);
		write_rows(&w);
		if (judging && d->narrow)
			judge_rows(d, &w);
	}
	if (f)
		print_prediction(f, d, d->doc);
	give_back(blocks);
	d->doc->quotes = NULL;
	d->doc->n_quotes = 0;
}

static void *
load(const char *path, weights *model)
{
	FILE	   *f = fopen(path, "rb");
	void	   *image;
	long		n;

	if (!f)
	{
		perror(path);
		exit(1);
	}
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	image = aligned_alloc(64, ((size_t) n + 63) / 64 * 64);
	if (!image || fread(image, 1, (size_t) n, f) != (size_t) n || !weights_open(model, image, (size_t) n))
	{
		fprintf(stderr, "%s: not a model\n", path);
		exit(1);
	}
	fclose(f);
	return image;
}

static ranker_settings settings = {8, 0.1f, 1.0f, 1.0f};
static float no_content_bias,
			no_stretch_bias,
			no_cue_bias;

static void
train_model(const bool *use, const char *path)
{
	ranker_train(learner, use, settings);
	ranker_shift(learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_CONTENT, 0), no_content_bias);
	ranker_shift(learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_STRETCH, 0), no_stretch_bias);
	ranker_shift(learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_CUE, 0), no_cue_bias);
	ranker_write(learner, path, 0, calibration, sizeof(calibration));
}

static void
cross_validate(gold_document *docs, int n_docs, int folds)
{
	FILE	   *f = fopen("build/quotes.cv.jsonl", "w");
	bool		use[FOLDS_AT_MOST];
	weights		model[FOLDS_AT_MOST];
	void	   *image[FOLDS_AT_MOST];

	judging = true;
	for (int fold = 0; fold < folds; fold++)
	{
		for (int i = 0; i < folds; i++)
			use[i] = i != fold;
		train_model(use, "build/quotes.fold.bin");
		image[fold] = load("build/quotes.fold.bin", &model[fold]);
		for (int i = 0; i < n_docs; i++)
			if (docs[i].group == fold)
				predict(&docs[i], &model[fold], NULL);
	}
	judging = false;
	calibrate();
	for (int fold = 0; fold < folds; fold++)
	{
		model[fold].extra = (const unsigned char *) calibration;
		for (int i = 0; i < n_docs; i++)
			if (docs[i].group == fold)
				predict(&docs[i], &model[fold], f);
		free(image[fold]);
	}
	fclose(f);
}

static void
predict_file(const char *argument, const char *model_path)
{
	char	   *from = strdup(argument),
			   *to = strchr(from, ':');
	gold_document *docs = NULL;
	int			n_docs = 0;
	weights		model;
	void	   *image = load(model_path, &model);
	FILE	   *f;

	*to++ = '\0';
	f = fopen(to, "w");
	gold_read(from, &docs, &n_docs);
	for (int i = 0; i < n_docs; i++)
	{
		analyse(&docs[i]);
		predict(&docs[i], &model, f);
	}
	fclose(f);
	free(image);
}

int
main(int argc, char **argv)
{
	const char *out = "build/quotes.bin";
	const char *files[20];
	int			n_files = 0,
				folds = 0,
				n_docs = 0;
	gold_document *docs = NULL;
	bool		all[FOLDS_AT_MOST];

	for (int a = 1; a < argc; a++)
		if (!strcmp(argv[a], "-o") && a + 1 < argc)
			out = argv[++a];
		else if (!strcmp(argv[a], "-c") && a + 1 < argc)
			folds = atoi(argv[++a]);
		else if (!strcmp(argv[a], "-p") && a + 1 < argc)
			files[n_files++] = argv[++a];
		else if (!strcmp(argv[a], "-g"))
			gold_names = true;
		else if (!strcmp(argv[a], "-s") && a + 1 < argc)
			sscanf(argv[++a], "%d,%f,%f,%f,%f,%f,%f", &settings.epochs, &settings.alpha, &settings.l1, &settings.l2, &no_content_bias,
				   &no_stretch_bias, &no_cue_bias);
		else
			gold_read(argv[a], &docs, &n_docs);
	learner = ranker_create();
	for (int i = 0; i < n_docs; i++)
	{
		docs[i].narrow = strncmp(docs[i].id, "GUM_", 4) != 0;
		docs[i].group = folds ? i % folds : 0;
		analyse(&docs[i]);
		learn_from(&docs[i]);
	}
	fprintf(stderr, "%zu features of options\n", ranker_size(learner));
	for (int k = 0; k < N_DECISIONS; k++)
		fprintf(stderr, "decision %d: %ld recorded, %ld without a gold option\n", k, n_recorded[k], n_lost[k]);
	if (folds)
		cross_validate(docs, n_docs, folds);
	for (int i = 0; i < FOLDS_AT_MOST; i++)
		all[i] = true;
	train_model(all, out);
	for (int i = 0; i < n_files; i++)
		predict_file(files[i], out);
	return 0;
}
