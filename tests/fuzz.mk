# Fuzzers, one a stage: make -k -j2 fuzz FUZZ_SECONDS=60.  Each starts from tests/fuzz/corpus and what earlier runs found
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

$(FUZZ_STAGES:%=fuzz-run-%): fuzz-run-%: build/fuzz/%_fuzz
	@mkdir -p build/fuzz/corpus-$*; \
	if build/fuzz/$*_fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
		-artifact_prefix=build/fuzz/ build/fuzz/corpus-$* tests/fuzz/corpus >build/fuzz/$*.log 2>&1; \
	then echo "ok - $* fuzzer, $(FUZZ_SECONDS) s"; \
	else echo "not ok - $* fuzzer: $$(grep -m1 -E 'broken|ERROR|runtime error' build/fuzz/$*.log)"; exit 1; fi

fuzz: $(FUZZ_STAGES:%=fuzz-run-%)
.PHONY: fuzz $(FUZZ_STAGES:%=fuzz-run-%)
