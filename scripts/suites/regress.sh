# pg_regress on a throw-away server.

regress() {
	server_start
	local rc=0
	make -s installcheck PG_CONFIG="$PG_CONFIG" >"$WORK/regress.log" 2>&1 || rc=$?
	[ $rc = 0 ] || cat regression.diffs
	# PostgreSQL 15 and older print "test NAME ... ok", later ones TAP.
	sed -E 's/^test (.*[^ ]) +\.\.\. ok.*/ok - \1/; s/^test (.*[^ ]) +\.\.\. FAILED.*/not ok - \1/' "$WORK/regress.log"
	return $rc
}

suite_regress() {
	count "regression tests" in_subshell regress
}

# Runs a function in a subshell, so that its server is stopped at its end.
in_subshell() {
	(set -e; trap server_stop EXIT; "$@")
}
