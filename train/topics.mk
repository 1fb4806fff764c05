# --- topics: the tree, its model, its tests -----------------------------------
build/topic_tree_build: train/topic_tree_build.c src/topic/tree.h
	@mkdir -p build
	$(CC) $(CORE_CFLAGS) -o $@ train/topic_tree_build.c -lz

build/topic_tree.inc: build/topic_tree_build data/topics/mediatopics.tsv.gz
	build/topic_tree_build data/topics/mediatopics.tsv.gz $@

src/topic/tree.o src/topic/tree.bc build/core/src/topic/tree.o: build/topic_tree.inc

build/topic_test: tests/unit/topic_test.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/unit/topic_test.c build/libnews.a $(LIBRARIES)
