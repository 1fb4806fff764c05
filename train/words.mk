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


build/tag_speed: tests/tools/tag_speed.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
