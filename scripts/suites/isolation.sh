# Sessions against each other: two refreshers, a refresh against writes, merge_entities against a refresh.

isolation() {
	local runner rc=0
	runner=$(dirname "$("$PG_CONFIG" --pgxs)")/../../src/test/isolation/pg_isolation_regress
	[ -x "$runner" ] || runner=$(dirname "$("$PG_CONFIG" --pgxs)")/../test/isolation/pg_isolation_regress
	server_start
	mkdir -p "$WORK/out"
	"$runner" --bindir="$BIN" --inputdir=tests/isolation --outputdir="$WORK/out" --load-extension=news_analytics \
		$(cd tests/isolation/specs && ls *.spec | sed 's/\.spec$//') >"$WORK/isolation.log" 2>&1 || rc=$?
	[ $rc = 0 ] || cat "$WORK/out/regression.diffs"
	sed -E 's/^test (.*[^ ]) +\.\.\. ok.*/ok - \1/; s/^test (.*[^ ]) +\.\.\. FAILED.*/not ok - \1/' "$WORK/isolation.log"
	return $rc
}

suite_isolation() {
	count "isolation" in_subshell isolation
}
