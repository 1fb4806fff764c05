# Entities and coreference: cases out of the corpora, the trainer, the checker.
CORPORA ?= ../shared/corpora

build/coreference/%.cases: train/coreference_cases.py
	@mkdir -p build/coreference
	python3 train/coreference_cases.py $(CORPORA) build/coreference

build/entity_check: tests/tools/entity_check.c train/cases.c train/cases.h build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/tools/entity_check.c train/cases.c build/libnews.a $(LIBRARIES)

build/train_coreference: train/train_coreference.c train/cases.c train/cases.h train/weights_writer.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ train/train_coreference.c train/cases.c train/weights_writer.c build/libnews.a $(LIBRARIES)

# The model is data; it is made anew by hand: make train-coreference
train-coreference: build/train_coreference build/coreference/gap.cases
	build/train_coreference data/models/coreference.bin build/coreference/gap.cases:1:both build/coreference/gum.cases:1 build/coreference/articles.cases:5
.PHONY: train-coreference


build/entity_test: tests/unit/entity_test.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/unit/entity_test.c build/libnews.a $(LIBRARIES)

# Prints the weights that stand in src/entity/salience.c.
build/train_salience: train/train_salience.c train/cases.c train/cases.h build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ train/train_salience.c train/cases.c build/libnews.a $(LIBRARIES)
