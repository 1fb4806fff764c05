# PostgreSQL 15, 16 and 18: minutes, so by name only.

suite_versions() {
	install_packages python3-venv
	count "versions" bash tests/versions/versions.sh
}
