# Measuring the room text: tests/accuracy/reading.py.
build/read: tests/tools/read.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $< build/libnews.a $(LIBRARIES)
