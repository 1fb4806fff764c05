CORPORA ?= ../shared/corpora

# Trainers of sequence models: vector code of this machine's kind, but no reordered or fused sums, so that the
# same data give the same bytes.
TRAIN_CFLAGS = $(CORE_CFLAGS) -O3 -ffp-contract=off $(if $(filter x86_64,$(shell uname -m)),-mavx2)
SEQUENCE_TRAIN = train/sequence_train.c train/sequence_write.c train/weights_writer.c

build/sequence_test: tests/unit/sequence_test.c $(SEQUENCE_TRAIN) $(wildcard train/*.h src/tag/*.h) build/libnews.a
	$(CC) $(TRAIN_CFLAGS) -o $@ tests/unit/sequence_test.c $(SEQUENCE_TRAIN) build/libnews.a $(LIBRARIES)

build/train_words: train/train_words.c train/conllu.c train/gmb.c train/lemma_train.c $(SEQUENCE_TRAIN) $(wildcard train/*.h src/tag/*.h) build/libnews.a
	$(CC) $(TRAIN_CFLAGS) -o $@ train/train_words.c train/conllu.c train/gmb.c train/lemma_train.c $(SEQUENCE_TRAIN) build/libnews.a $(LIBRARIES) -lz

train-words: build/train_words
	@mkdir -p data/models
	build/train_words -c $(CORPORA) -o data/models/words.bin
.PHONY: train-words

# Word counts and classes of the news corpus.  Every model's features name these classes, so the table in data/lexicon
# changes only together with all models: this makes build/classes, and
#   python3 train/lexicon_tables.py $(CORPORA) build/classes
# takes it over.
NEWS_CORPUS = $(CORPORA)/news/allsides.jsonl.gz $(sort $(wildcard $(CORPORA)/news_free/*.jsonl.gz)) \
	$(CORPORA)/news/wikinews_2019.jsonl.gz $(CORPORA)/news/story_clusters.odd.jsonl.gz

build/counts: train/counts.c train/corpus_reader.c train/corpus_reader.h build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ train/counts.c train/corpus_reader.c build/libnews.a $(LIBRARIES) -lz

build/word_classes: train/word_classes.c
	@mkdir -p build
	$(CC) $(TRAIN_CFLAGS) -o $@ train/word_classes.c -lm

train-classes: build/counts build/word_classes
	train/word_counts.sh build/classes $(NEWS_CORPUS)
.PHONY: train-classes


build/tag_speed: tests/tools/tag_speed.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
