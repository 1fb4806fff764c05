# --- topics: the tree, its model, its tests -----------------------------------
build/topic_tree_build: train/topic_tree_build.c src/topic/tree.h
	@mkdir -p build
	$(CC) $(CORE_CFLAGS) -o $@ train/topic_tree_build.c -lz

build/topic_tree.inc: build/topic_tree_build data/topics/mediatopics.tsv.gz
	build/topic_tree_build data/topics/mediatopics.tsv.gz $@

src/topic/tree.o src/topic/tree.bc build/core/src/topic/tree.o: build/topic_tree.inc

build/topic_test: tests/unit/topic_test.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/unit/topic_test.c build/libnews.a $(LIBRARIES)

build/train_topics: train/train_topics.c train/corpus_reader.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -O3 -o $@ train/train_topics.c train/corpus_reader.c build/libnews.a $(LIBRARIES) -lz

CORPORA ?= ../shared/corpora

train-topics: build/train_topics
	python3 train/topics_data.py $(CORPORA) build/topics_documents
	build/train_topics build/topics_documents data/models/topics.bin

src/topic/find_topics.o src/topic/find_topics.bc build/core/src/topic/find_topics.o: data/models/topics.bin
.PHONY: train-topics
