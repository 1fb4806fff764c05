# Unit tests of the core without a server, under AddressSanitizer and UndefinedBehaviorSanitizer.

suite_units() {
	count "unit tests" make -s -j2 unit-tests
}
