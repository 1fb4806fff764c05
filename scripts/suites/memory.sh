# Every function inside a server under valgrind: a single-user backend reads tests/memory.sql.  Errors count when the library
# is on their stack; those of the server itself do not.

# What valgrind's log says of the library: the error blocks that name it.
errors_of_the_library() {
	awk 'BEGIN { RS = "==[0-9]+== \n" } /news_analytics\.so|src\/(pg|text|lexicon|tag|parse|entity|quote|topic|page|story)\// && !/Command:/' "$1"
}

under_valgrind() {
	server_start
	psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" \
		-c "CREATE TABLE texts AS SELECT 1 AS id, \$article\$$(cat examples/article.txt)\$article\$ AS body" >/dev/null
	as_server_user "$BIN/pg_ctl" -D "$WORK/data" -m fast -s stop
	# memmove's checked form is the same function as memcpy's, so valgrind takes the one for the other.
	printf '{\n  memmove\n  Memcheck:Overlap\n  fun:__memcpy_chk\n}\n' >"$WORK/suppressions"
	# In single-user mode a statement ends with its line.
	grep -vE '^(--|$)' tests/memory.sql | as_server_user valgrind --leak-check=no --num-callers=30 --fullpath-after= --suppressions="$WORK/suppressions" --log-file="$WORK/valgrind.log" \
		"$BIN/postgres" --single -D "$WORK/data" postgres >"$WORK/single.log" 2>&1
	if [ "$(grep -c 'rows = "' "$WORK/single.log")" != "$(grep -c 'AS rows' tests/memory.sql)" ] || grep -q 'ERROR:' "$WORK/single.log"; then
		echo "not ok - each statement gave its row"
		tail -20 "$WORK/single.log"
	fi
	as_server_user cat "$WORK/valgrind.log" >"$WORK/log"
	if [ -n "$(errors_of_the_library "$WORK/log")" ]; then
		echo "not ok - valgrind finds no error in the library"
		errors_of_the_library "$WORK/log" | head -60
	else
		echo "ok - valgrind finds no error in the library ($(grep -c 'AS rows' tests/memory.sql) statements)"
	fi
}

suite_memory() {
	count "functions under valgrind" in_subshell under_valgrind
}
