# --- topics: the tree, its model, its tests -----------------------------------
build/topic_tree_build: train/topic_tree_build.c src/topic/tree.h
	@mkdir -p build
	$(CC) $(CORE_CFLAGS) -o $@ train/topic_tree_build.c -lz

build/topic_tree.inc: build/topic_tree_build data/topics/mediatopics.tsv.gz
	build/topic_tree_build data/topics/mediatopics.tsv.gz $@

src/topic/tree.o src/topic/tree.bc build/core/src/topic/tree.o: build/topic_tree.inc

TOPIC_TRAINING = train/topic_texts.c train/corpus_reader.c build/libnews.a
CORPORA ?= ../shared/corpora

TOPIC_TRAINER = train/train_topics.c train/topic_image.c train/topic_regress.c train/topic_report.c

build/train_topics: $(TOPIC_TRAINER) train/topic_texts.h train/topic_examples.h train/topic_image.h train/topic_regress.h $(TOPIC_TRAINING)
	$(CC) $(CORE_CFLAGS) -O3 -o $@ $(TOPIC_TRAINER) $(TOPIC_TRAINING) $(LIBRARIES) -lz

build/topic_clusters: train/topic_clusters.c train/topic_texts.h $(TOPIC_TRAINING)
	$(CC) $(CORE_CFLAGS) -O3 -ffast-math -o $@ train/topic_clusters.c $(TOPIC_TRAINING) $(LIBRARIES) -lz

train-topic-clusters: build/topic_clusters
	python3 train/topics_data.py all $(CORPORA) build/topics_texts
	build/topic_clusters build/topics_texts build/clusters.tsv
	gzip -9nc build/clusters.tsv > data/topics/clusters.tsv.gz

train-topic-names:
	python3 train/topics_data.py names $(CORPORA) data/topics/name_words.tsv

train-topics: build/train_topics
	python3 train/topics_data.py labelled $(CORPORA) build/topics_documents
	build/train_topics build/topics_documents data/topics/clusters.tsv.gz data/models/topics.bin

.PHONY: train-topics train-topic-names train-topic-clusters
