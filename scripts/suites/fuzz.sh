# Each stage's fuzzer for FUZZ_SECONDS, over its kept corpus.

suite_fuzz() {
	count "fuzzers" make -s fuzz FUZZ_SECONDS="${FUZZ_SECONDS:-60}"
}
