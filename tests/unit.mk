# Unit tests of the core, without a server: built with AddressSanitizer and UndefinedBehaviorSanitizer, so that a leak, an
# overrun or an overflow fails too.  A test that needs more sources names them in UNIT_EXTRA_<test>.
SANITIZE = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
SANITIZED_OBJECTS = $(CORE_SOURCES:%.c=build/sanitized/%.o)
UNIT_TESTS = $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*_test.c))
UNIT_EXTRA_sequence_test = train/sequence_train.c train/sequence_write.c train/weights_writer.c

build/sanitized/%.o: %.c $(wildcard src/*.h src/*/*.h)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) $(SANITIZE) -c -o $@ $<

build/sanitized/libnews.a: $(SANITIZED_OBJECTS)
	rm -f $@
	ar rcs $@ $^

# What the core's objects need, they need here too.
build/sanitized/src/topic/tree.o: build/topic_tree.inc

.SECONDEXPANSION:
build/unit/%: tests/unit/%.c tests/unit/check.h tests/fuzz/invariants.c build/sanitized/libnews.a $$(UNIT_EXTRA_%)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -Itests/fuzz $(SANITIZE) -o $@ $< tests/fuzz/invariants.c $(UNIT_EXTRA_$*) build/sanitized/libnews.a $(LIBRARIES)

unit-tests: $(UNIT_TESTS:%=build/unit/%)
	@failed=0; for t in $(UNIT_TESTS); do \
		build/unit/$$t || { failed=1; echo "not ok - $$t ends without an error"; }; done; exit $$failed
.PHONY: unit-tests
