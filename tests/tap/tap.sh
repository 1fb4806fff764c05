# Shared by the tests here, sourced after scripts/lib.sh: ok and is print the lines that scripts/test counts.

FAILED=0

# ok NAME CONDITION...: passes when the command succeeds.
ok() {
	local name=$1
	shift
	if "$@" >/dev/null 2>&1; then echo "ok - $name"; else echo "not ok - $name"; FAILED=$((FAILED + 1)); fi
}

# is NAME GOT EXPECTED
is() {
	if [ "$2" = "$3" ]; then echo "ok - $1"; else printf 'not ok - %s\n    got:      %s\n    expected: %s\n' "$1" "$2" "$3"; FAILED=$((FAILED + 1)); fi
}

# sql QUERY [PSQL-OPTION...]: unaligned rows, errors among them.
sql() {
	local query=$1
	shift
	psql -XAtq "$@" 2>&1 <<<"$query"
}

# Small articles, made by SQL: names, outlets and days vary with n.
ARTICLE_MAKER="
CREATE TABLE articles (id int PRIMARY KEY, body text, published_at timestamptz, outlet text);
CREATE FUNCTION make_body(n int) RETURNS text LANGUAGE sql AS \$\$
SELECT format('%s %s met %s %s in %s on Monday. \"The number is %s,\" said %s %s. The council of %s will vote in %s days.',
	f[1 + n % 7], l[1 + n % 11], f[1 + n % 5], l[1 + n % 13], p[1 + n % 6], n, f[1 + n % 7], l[1 + n % 11], p[1 + n % 6], n % 30)
FROM (SELECT ARRAY['Helen', 'Peter', 'Maria', 'Thomas', 'Ingrid', 'Walter', 'Susan'] AS f,
	ARRAY['Archer', 'Lindholm', 'Castell', 'Brandt', 'Falk', 'Moreau', 'Okafor', 'Tanaka', 'Novak', 'Silva', 'Haas', 'Byrne', 'Costa'] AS l,
	ARRAY['Rotterdam', 'Hamburg', 'Lisbon', 'Oslo', 'Vienna', 'Dublin'] AS p) x \$\$;
CREATE FUNCTION add_articles(low int, high int) RETURNS void LANGUAGE sql AS \$\$
INSERT INTO articles SELECT n, make_body(n), timestamptz '2026-03-01 12:00Z' + (n % 20) * interval '1 day', 'Outlet ' || n % 3 FROM generate_series(low, high) n \$\$;"


# Until the server answers, as it does again after a crash.
wait_for_server() {
	local i
	for i in $(seq 300); do
		[ "$(sql 'SELECT 1')" = 1 ] && return
		sleep 0.1
	done
}

# one_kill I KINDS BATCH STATEMENT: runs the statement and a refresh in batches of up to BATCH, and ends it in the middle: by I modulo KINDS terminated,
# cancelled or, at 4, its process killed, which makes the server recover from a crash. Each fourth has a second refresh beside it.
# hit counts the refreshes found at work, clean those after which check_news_store finds nothing.
one_kill() {
	local i=$1 victim second= pid differences
	psql -Xq >/dev/null 2>&1 <<-SQL &
		SET application_name = 'victim';
		$4;
		CALL refresh_news_store('news', batch_size => $((RANDOM % $3 + 3)));
	SQL
	victim=$!
	if [ $((i % 4)) = 0 ]; then
		psql -Xq -c "CALL refresh_news_store('news', batch_size => 20)" >/dev/null 2>&1 &
		second=$!
	fi
	sleep "0.$((RANDOM % 600 + 100))"
	pid=$(sql "SELECT pid FROM pg_stat_activity WHERE application_name = 'victim' AND query LIKE 'CALL%' AND state = 'active'" | head -1)
	case $pid in
	'' | *[!0-9]*) ;;
	*)
		hit=$((hit + 1))
		case $((i % $2)) in
		0 | 2) sql "SELECT pg_terminate_backend($pid)" >/dev/null ;;
		1 | 3) sql "SELECT pg_cancel_backend($pid)" >/dev/null ;;
		*) as_server_user kill -9 "$pid" ;;
		esac
		;;
	esac
	wait $victim
	[ -z "$second" ] || wait "$second"
	wait_for_server
	differences=$(sql "SELECT rollup, difference, count(*) FROM check_news_store('news') GROUP BY 1, 2")
	if [ -z "$differences" ]; then clean=$((clean + 1)); else echo "# kill $i: $differences"; fi
}
