# Fuzzers, one a stage: make fuzz FUZZ_SECONDS=60.  Each starts from tests/fuzz/corpus and what earlier runs found
# (build/fuzz/corpus-<stage>), and prints one line.
FUZZ_CC = clang
FUZZ_SECONDS ?= 60
FUZZ_STAGES ?= $(patsubst tests/fuzz/%_fuzz.c,%,$(wildcard tests/fuzz/*_fuzz.c))
FUZZ_FLAGS = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined
FUZZ_OBJECTS = $(CORE_SOURCES:%.c=build/fuzz/%.o)
FUZZ_OWN_DRIVER = marks html page reuse watch story

build/fuzz/%.o: %.c $(wildcard src/*.h src/*/*.h)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(CORE_CFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer-no-link -c -o $@ $<

build/fuzz/libnews.a: $(FUZZ_OBJECTS)
	rm -f $@
	ar rcs $@ $^

build/fuzz/src/topic/tree.o: build/topic_tree.inc

build/fuzz/%_fuzz: tests/fuzz/%_fuzz.c tests/fuzz/driver.c tests/fuzz/invariants.c build/fuzz/libnews.a
	$(FUZZ_CC) $(CORE_CFLAGS) -Itests/fuzz $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $< \
		$(if $(filter $*,$(FUZZ_OWN_DRIVER)),,tests/fuzz/driver.c) tests/fuzz/invariants.c build/fuzz/libnews.a $(LIBRARIES)

fuzz: $(FUZZ_STAGES:%=build/fuzz/%_fuzz)
	@failed=0; for s in $(FUZZ_STAGES); do \
		mkdir -p build/fuzz/corpus-$$s; \
		if build/fuzz/$${s}_fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
			-artifact_prefix=build/fuzz/ build/fuzz/corpus-$$s tests/fuzz/corpus >build/fuzz/$$s.log 2>&1; \
		then echo "ok - $$s fuzzer, $(FUZZ_SECONDS) s"; \
		else echo "not ok - $$s fuzzer: $$(grep -m1 -E 'broken|ERROR|runtime error' build/fuzz/$$s.log)"; failed=1; fi; done; exit $$failed
.PHONY: fuzz
