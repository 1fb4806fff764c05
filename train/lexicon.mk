# --- lexicon: its tests; the rules of lexicon.bin are in the Makefile ----------
build/lexicon_test: tests/unit/lexicon_test.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ tests/unit/lexicon_test.c build/libnews.a $(LIBRARIES)
