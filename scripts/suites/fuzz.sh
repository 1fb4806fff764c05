# Each stage's fuzzer for FUZZ_SECONDS, over its kept corpus; two at a time.

suite_fuzz() {
	count "fuzzers" make -s -k -j2 fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-60}"
}
