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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "quotes_teacher.h"
#include "stages.h"

#define FOLDS_AT_MOST 20

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
/* Added to the score of "none" after training, chosen by cross-validation: cues and marked words are rather let through. */
static float no_content_bias,
			no_stretch_bias = -0.7f,
			no_cue_bias = -0.5f;

static void
train_model(const bool *use, const char *path)
{
	ranker_train(teacher_learner, use, settings);
	ranker_shift(teacher_learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_CONTENT, 0), no_content_bias);
	ranker_shift(teacher_learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_STRETCH, 0), no_stretch_bias);
	ranker_shift(teacher_learner, hash_mix((uint64_t) 1000 * 64 + DECIDE_CUE, 0), no_cue_bias);
	ranker_write(teacher_learner, path, 0, calibration, sizeof(calibration));
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
	teacher_learner = ranker_create();
	for (int i = 0; i < n_docs; i++)
	{
		docs[i].narrow = strncmp(docs[i].id, "GUM_", 4) != 0;
		docs[i].group = folds ? i % folds : 0;
		analyse(&docs[i]);
		learn_from(&docs[i]);
	}
	fprintf(stderr, "%zu features of options\n", ranker_size(teacher_learner));
	for (int k = 0; k < N_DECISIONS; k++)
		fprintf(stderr, "decision %d: %ld recorded, %ld without a gold option\n", k, teacher_recorded[k], teacher_lost[k]);
	if (folds)
		cross_validate(docs, n_docs, folds);
	for (int i = 0; i < FOLDS_AT_MOST; i++)
		all[i] = true;
	train_model(all, out);
	for (int i = 0; i < n_files; i++)
		predict_file(files[i], out);
	return 0;
}
