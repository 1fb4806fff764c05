# Pages in a headless Chromium: nothing of a text runs, keyboard and screen reader, light and dark, contrast.

pages() {
	server_start
	psql -Xq -v ON_ERROR_STOP=1 -c "SET client_min_messages = warning" -c "CREATE EXTENSION news_analytics" || return 1
	python3 tests/pages/pages_test.py
}

suite_pages() {
	install_packages chromium python3
	count "pages in Chromium" in_subshell pages
}
