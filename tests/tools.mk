# Programs over the core without a server.
build/extract: tests/tools/extract.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
build/reuse: tests/tools/reuse.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)

build/cluster: tests/tools/cluster.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
