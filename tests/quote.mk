# Hard cases of src/quote/: build/quote_test.
build/quote_test: tests/unit/quote_test.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
