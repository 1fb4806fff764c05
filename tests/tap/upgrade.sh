#!/usr/bin/env bash
# A store made by an older version of the extension, after ALTER EXTENSION UPDATE; pg_upgrade of its cluster; a crash of the server.
# NEW_BIN: program directory of a newer PostgreSQL that has the extension (default: the same version's, into a second cluster).
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
NEW_BIN=${NEW_BIN:-$BIN}
OLD=0.9.0
OLD_FILE=$("$BIN/pg_config" --sharedir)/extension/news_analytics--$OLD.sql
server_start
trap 'as_root rm -f "$OLD_FILE"; server_stop' EXIT
as_root install -m 644 "$ROOT/tests/upgrade/news_analytics--$OLD.sql" "$OLD_FILE"
quiet="SET client_min_messages = warning;"

# The extension: what an upgrade leaves is what a new installation has.
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics VERSION '$OLD'" -c "$ARTICLE_MAKER" -c "SELECT add_articles(1, 40)" >/dev/null || exit 1
sql "CREATE ROLE owner LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE refresher LOGIN; GRANT CREATE ON DATABASE postgres TO owner; GRANT SELECT ON articles TO owner, refresher" >/dev/null
as() { sql "$2" -U "$1"; }
as owner "SELECT create_news_store('news', 'articles', published_at => 'published_at', outlet => 'outlet');
	SELECT grant_news_store('news', 'reader'), grant_news_store('news', 'refresher', 'refresher')" >/dev/null
as owner "CALL refresh_news_store('news')" >/dev/null 2>&1
is "$OLD extracts" "$(sql "SELECT extracted FROM news.refresh_status")" 40
as owner "SELECT merge_entities('news', a.entity_id, b.entity_id) FROM news.entities a, news.entities b WHERE a.name = 'Helen Archer' AND b.name = 'Maria Castell'" >/dev/null
sql "CREATE SCHEMA own; CREATE VIEW own.dashboard AS SELECT speaker, count(*) FROM news.latest_quotes GROUP BY speaker" >/dev/null
# As the older library would have written them; and a rollup that its definition counted in another way.
as owner "UPDATE news.extractions SET version = '$OLD'; UPDATE news.entity_days SET salience = salience + 1; DELETE FROM news.pair_totals WHERE entity_a % 2 = 0" >/dev/null
sql "SELECT add_articles(101, 102); UPDATE articles SET published_at = '2020-01-01' WHERE id > 100" >/dev/null
is "ALTER EXTENSION UPDATE runs" "$(sql "ALTER EXTENSION news_analytics UPDATE; SELECT extversion = news_analytics_version() FROM pg_extension WHERE extname = 'news_analytics'")" t
objects="SELECT pg_describe_object(classid, objid, 0) FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' ORDER BY 1"
functions="SELECT p.oid::regprocedure, md5(concat_ws('|', p.prosrc, p.provolatile, p.proparallel, p.procost, p.prorows, p.proconfig, pg_get_function_result(p.oid), pg_get_function_arguments(p.oid))),
	md5(obj_description(p.oid)) FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass ORDER BY p.oid::regprocedure::text"
"$BIN/createdb" fresh
sql "CREATE EXTENSION news_analytics" -d fresh >/dev/null
is "and leaves the objects of a new installation" "$(sql "$objects" | md5sum)" "$(sql "$objects" -d fresh | md5sum)"
is "with its definitions" "$(diff <(sql "$functions") <(sql "$functions" -d fresh) | head -3)" ""

# The store.
is "views answer before the first refresh" "$(sql "SELECT count(*) > 0 FROM news.latest_quotes")" t
case $(as refresher "CALL refresh_news_store('news')") in
*"made by another version"*"upgrade_news_store"*) echo "ok - a refresher who is not its owner is told what to do" ;;
*) echo "not ok - a refresher who is not its owner is told what to do"; FAILED=$((FAILED + 1)) ;;
esac
is "the first refresh brings the store to the new version" "$(as owner "SET client_min_messages = notice; CALL refresh_news_store('news', max_articles => 4, batch_size => 1)" | grep -c 'brought to version')" 1
is "rollups equal their recount, one by an older definition too" "$(sql "SELECT count(*) FROM check_news_store('news')")" 0
is "new articles come first, then the newest of the older version's" "$(sql "SELECT string_agg(article_id::text, ',' ORDER BY article_id) FILTER (WHERE article_id > 100),
	count(*) FILTER (WHERE article_id < 100), min(published_at) FILTER (WHERE article_id < 100) >= (SELECT max(published_at) FROM news.extractions WHERE version = '$OLD')
	FROM news.extractions WHERE version <> '$OLD'")" "101,102|2|t"
as refresher "$quiet CALL refresh_news_store('news')" >/dev/null
is "the next run does the rest" "$(sql "SELECT articles, extracted, by_older_version, queued FROM news.refresh_status")|$(sql "SELECT count(*) FROM check_news_store('news')")" "42|42|0|0|0"
is "a merge by hand survives" "$(sql "SELECT count(DISTINCT entity_id) FROM news.mentions WHERE name IN ('Helen Archer', 'Maria Castell')")" 1
is "a reader reads tables and views that are new" "$(as reader "SELECT count(*) >= 0 FROM news.derivations, news.refresh_status")" t
is "somebody's view over the store still answers" "$(sql "SELECT count(*) > 0 FROM own.dashboard")" t
is "there is nothing more to upgrade" "$(as owner "SELECT upgrade_news_store('news')")" f
as owner "UPDATE news.store_settings SET definitions = definitions || '{\"voice_days\": \"another\"}'; DELETE FROM news.voice_days WHERE quotes = 1" >/dev/null
as owner "$quiet CALL refresh_news_store('news')" >/dev/null
is "a rollup whose definition changed is counted anew" "$(sql "SELECT count(*) FROM check_news_store('news')")|$(sql "SELECT count(*) > 0 FROM news.voice_days WHERE quotes = 1")" "0|t"
as owner "DROP VIEW IF EXISTS own.dashboard" >/dev/null; sql "DROP SCHEMA own CASCADE" >/dev/null
as owner "ALTER TABLE news.topic_days ADD COLUMN extra int; UPDATE news.store_settings SET definitions = definitions || '{\"topic_days\": \"another\"}'" >/dev/null
as owner "$quiet CALL refresh_news_store('news')" >/dev/null
is "one with other columns is made anew, with its grants" "$(sql "SELECT count(*) FROM check_news_store('news')")|$(as reader "SELECT count(*) > 0 FROM news.topic_days, news.trending_topics RIGHT JOIN (SELECT 1) x ON true")" "0|t"

# A crash of the server during a refresh.
sql "UPDATE articles SET body = body || ' It rained.'; SELECT add_articles(1000, 3000)" >/dev/null
psql -Xq -U owner -c "CALL refresh_news_store('news', batch_size => 50)" >/dev/null 2>&1 &
for i in $(seq 100); do [ "$(sql "SELECT done > 100 FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1")" = t ] && break; sleep 0.1; done
is "refresh_progress shows done, left, rate and expected end while it runs" "$(sql "SELECT done > 0, remaining > 0, articles_per_second > 0, words_per_second > 0, expected_end > started_at FROM news.refresh_progress")" "t|t|t|t|t"
as_server_user "$BIN/pg_ctl" -D "$WORK/data" -m immediate -s stop
wait
as_server_user "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -w -s start
is "after a crash the rollups equal their recount" "$(sql "SELECT count(*) FROM check_news_store('news')")" 0
is "no run is shown as running" "$(sql "SELECT count(*) FROM news.refresh_progress")" 0
as owner "$quiet CALL refresh_news_store('news')" >/dev/null
is "the next run goes on to the end" "$(sql "SELECT articles = extracted, queued FROM news.refresh_status")|$(sql "SELECT count(*) FROM check_news_store('news')")" "t|0|0"

# pg_upgrade into another cluster.
NEW=$WORK/new
as_server_user "$NEW_BIN/initdb" -D "$NEW" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null 2>&1
as_server_user cp "$WORK/data/postgresql.conf" "$NEW/postgresql.conf.old"
as_server_user "$BIN/pg_ctl" -D "$WORK/data" -m fast -s stop
as_root rm -f "$OLD_FILE"
as_server_user mkdir "$WORK/pg_upgrade"
(cd "$WORK/pg_upgrade" && as_server_user sh -c "cd '$WORK/pg_upgrade' && '$NEW_BIN/pg_upgrade' -b '$BIN' -B '$NEW_BIN' -d '$WORK/data' -D '$NEW' -U postgres -s '$WORK/pg_upgrade' --link") >"$WORK/pg_upgrade.log" 2>&1
ok "pg_upgrade succeeds" grep -q "Upgrade Complete" "$WORK/pg_upgrade.log"
grep -q "Upgrade Complete" "$WORK/pg_upgrade.log" || tail -20 "$WORK/pg_upgrade.log" | sed 's/^/# /'
as_server_user sh -c "printf \"unix_socket_directories = '%s'\nlisten_addresses = ''\nport = 54329\nfsync = off\n\" '$WORK' >>'$NEW/postgresql.conf'"
as_server_user "$NEW_BIN/pg_ctl" -D "$NEW" -l "$WORK/server.log" -w -s start
is "rollups equal their recount in the new cluster" "$(sql "SELECT count(*) FROM check_news_store('news')")" 0
as owner "$quiet CALL refresh_news_store('news')" >/dev/null
is "its refresh extracts nothing" "$(sql "SELECT extracted, removed, failed FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1")" "0|0|0"
sql "UPDATE articles SET body = make_body(7) WHERE id = 1; DELETE FROM articles WHERE id = 2" >/dev/null
as owner "$quiet CALL refresh_news_store('news')" >/dev/null
is "and goes on from there" "$(sql "SELECT extracted, removed, failed FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1")|$(sql "SELECT count(*) FROM check_news_store('news')")" "1|1|0|0"
as_server_user "$NEW_BIN/pg_ctl" -D "$NEW" -m immediate -s stop
exit $((FAILED > 0))
