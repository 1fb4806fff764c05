#!/usr/bin/env bash
# What lies in examples/ works: the reports over a store of made-up articles, and each query of the Grafana dashboard.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/../tap/tap.sh"
BIN=${BIN:-$(server_programs)}
server_start
export PGOPTIONS='-c client_min_messages=warning'
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" -c "CREATE TABLE posts (id bigint, title text, body text, published_at timestamptz, outlet text)" || exit 1
# Two hundred articles, and three more on the last day so that something rises.
python3 "$ROOT/bench/generate.py" 200 --format copy | psql -Xq -c '\copy posts FROM pstdin' || exit 1
psql -Xq -v ON_ERROR_STOP=1 >/dev/null <<'SQL' || exit 1
INSERT INTO posts SELECT 1000 + n, 'Ferry sails again', 'The senate voted on the tax bill in parliament. "We sail again," said Maria Castell of Norland Ferries in Lisbon. The president and the opposition will campaign before the election.',
	(SELECT max(published_at) FROM posts), 'Outlet ' || n FROM generate_series(1, 6) n;
SELECT create_news_store('news', 'posts', title => 'title', published_at => 'published_at', outlet => 'outlet');
CALL refresh_news_store('news');
SQL
# printed NAME FILE [PSQL OPTION...]: no error, and each heading has rows under it.
printed() {
	local name=$1 file=$2 out
	shift 2
	out=$(ROOT=$ROOT psql -X -q "$@" -f "$file" 2>&1)
	if [ $? = 0 ] && ! grep -q 'ERROR' <<<"$out"; then echo "ok - $name runs"; else echo "not ok - $name runs: $out"; FAILED=$((FAILED + 1)); fi
	if awk '/─┼─|^─+$/ { getline following; if (following == "") empty++; tables++ } END { exit !(tables > 0 && empty == 0) }' <<<"$out"; then
		echo "ok - $name: no empty table"
	else
		printf 'not ok - %s: no empty table\n%s\n' "$name" "$out"
		FAILED=$((FAILED + 1))
	fi
}
printed "report.sql on the last day" examples/report.sql
printed "report.sql with a store and a day" examples/report.sql -v store=news -v day="$(psql -XAtqc 'SELECT day FROM news.last_day')"
ok "report.sql of no store says so" grep -q 'there is no news store' <<<"$(psql -X -q -v store=nowhere -f examples/report.sql 2>&1)"
"$BIN/createdb" demo
PGDATABASE=demo printed "demo.sql" examples/demo.sql
python3 tests/examples/grafana.py || FAILED=$((FAILED + 1))
exit $((FAILED > 0))
