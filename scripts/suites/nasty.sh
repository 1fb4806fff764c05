# Hostile texts through every function inside the server.  SECONDS_A_TEXT=30: the bound for one text.

suite_nasty() {
	count "nasty texts" bash tests/tap/nasty.sh
}
