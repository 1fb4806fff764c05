# What lies in examples/ works.

suite_examples() {
	install_packages python3
	count "examples" bash tests/examples/examples.sh
}
