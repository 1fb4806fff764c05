# Entities and coreference: cases out of the corpora, the trainer, the checker.
CORPORA ?= ../shared/corpora

build/coreference/%.cases: train/coreference_cases.py
	@mkdir -p build/coreference
	python3 train/coreference_cases.py $(CORPORA) build/coreference

build/entity_check: tests/tools/entity_check.c train/cases.c train/cases.h build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/tools/entity_check.c train/cases.c build/libnews.a $(LIBRARIES)
