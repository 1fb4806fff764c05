#!/usr/bin/env bash
# Who may do what with a store, row level security on articles, a dump restored, a replica.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
server_start "wal_level = replica" "max_wal_senders = 4"
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" -c "$ARTICLE_MAKER" -c "SELECT add_articles(1, 30)" >/dev/null || exit 1

# Roles.
sql "CREATE ROLE owner LOGIN; CREATE ROLE reader LOGIN; CREATE ROLE refresher LOGIN; CREATE ROLE stranger LOGIN; CREATE ROLE analyst LOGIN; GRANT CREATE ON DATABASE postgres TO owner;
	GRANT SELECT ON articles TO owner, refresher" >/dev/null
as() { sql "$2" -U "$1"; }
# refused NAME ROLE STATEMENT: the role may not.
refused() {
	case $(as "$2" "$3") in
	*"permission denied"* | *"must be owner"* | *"must be able to"*) echo "ok - $1" ;;
	*) echo "not ok - $1: $(as "$2" "$3")"; FAILED=$((FAILED + 1)) ;;
	esac
}
is "an owner without superuser rights makes a store" "$(as owner "SELECT create_news_store('news', 'articles', published_at => 'published_at', outlet => 'outlet')")" ""
is "and refreshes it" "$(as owner "SET client_min_messages = warning; CALL refresh_news_store('news'); SELECT extracted FROM news.refresh_status")" 30
refused "a stranger may not read" stranger "SELECT * FROM news.latest_quotes"
refused "a stranger may not refresh" stranger "CALL refresh_news_store('news')"
refused "a stranger may not drop" stranger "SELECT drop_news_store('news')"
as owner "SELECT grant_news_store('news', 'reader'), grant_news_store('news', 'refresher', 'refresher')" >/dev/null
is "a reader reads the views" "$(as reader "SELECT count(*) > 0 FROM news.latest_quotes, news.share_of_voice, news.sourcing")" t
refused "a reader does not refresh" reader "CALL refresh_news_store('news')"
refused "a reader does not write" reader "DELETE FROM news.quotes"
sql "SELECT add_articles(31, 40)" >/dev/null
said=$(as refresher "CALL refresh_news_store('news', batch_size => 5); SELECT extracted FROM news.refresh_status")
is "a refresher refreshes" "$(tail -1 <<<"$said")" 40
is "and hears of each batch" "$(sed -nE 's/^NOTICE: .*: ([0-9]+ of 10) articles done \(([0-9]+) extracted, 0 removed, 0 failed\), [0-9]+ words\/s$/\1: \2/p' <<<"$said" | paste -sd,)" "5 of 10: 5,10 of 10: 5"
refused "a refresher does not change the articles" refresher "DELETE FROM articles"
refused "a refresher does not change the settings" refresher "UPDATE news.store_settings SET body_format = 'html'"
refused "a refresher does not drop" refresher "SELECT drop_news_store('news')"
as owner "SELECT create_news_store('monthly', partition_by => 'month'), grant_news_store('monthly', 'refresher', 'refresher')" >/dev/null
refused "a refresher does not change the articles of one month either" refresher "DELETE FROM monthly.articles_default"
is "rollups equal their recount" "$(sql "SELECT count(*) FROM check_news_store('news')")" 0

# Row level security on articles.
sql "CREATE TABLE secret_articles AS SELECT *, id % 2 = 0 AS open FROM articles; ALTER TABLE secret_articles OWNER TO owner" >/dev/null
as owner "ALTER TABLE secret_articles ENABLE ROW LEVEL SECURITY; CREATE POLICY open ON secret_articles USING (open); GRANT SELECT ON secret_articles TO reader, refresher, analyst;
	SELECT create_news_store('closed', 'secret_articles'), grant_news_store('closed', 'reader'), grant_news_store('closed', 'refresher', 'refresher')" >/dev/null
as owner "CALL refresh_news_store('closed')" >/dev/null 2>&1
is "the owner's store has all articles" "$(as owner "SELECT count(*), count(*) FILTER (WHERE article_id % 2 = 1) FROM closed.extractions")" "40|20"
for view in latest_quotes quotes_about mentions quotes article_topics article_keyphrases extractions; do
	is "a reader sees only facts of visible articles in $view" "$(as reader "SELECT count(*) > 0 OR '$view' IN ('quotes_about', 'article_topics'), count(*) FILTER (WHERE article_id % 2 = 1) FROM closed.$view")" "t|0"
done
is "and only entities that visible articles name" "$(as reader "SELECT (SELECT count(*) FROM closed.entities) > 0, (SELECT count(*) FROM closed.entities e WHERE NOT EXISTS (SELECT 1 FROM closed.mentions m WHERE m.entity_id = e.entity_id))")|$(as owner "SELECT count(*) > 0 FROM closed.entities e WHERE NOT EXISTS (SELECT 1 FROM closed.mentions m WHERE m.entity_id = e.entity_id AND m.article_id % 2 = 0)")" "t|0|t"
is "counts over all articles are not for a reader" "$(as reader "SELECT (SELECT count(*) FROM closed.entity_days) + (SELECT count(*) FROM closed.quotes_by_speaker) + (SELECT count(*) FROM closed.sourcing) + (SELECT count(*) FROM closed.trending_keyphrases)")" 0
as owner "SELECT grant_news_store('closed', 'analyst', 'analyst')" >/dev/null
is "they are for an analyst" "$(as analyst "SELECT (SELECT count(*) FROM closed.quotes_by_speaker) > 0, (SELECT sum(articles) FROM closed.sourcing), (SELECT count(*) FROM closed.keyphrase_days) > 0")" "t|40|t"
is "who still sees only facts of visible articles" "$(as analyst "SELECT count(*) > 0, count(*) FILTER (WHERE article_id % 2 = 1) FROM closed.quotes")" "t|0"
refused "and does not refresh" analyst "CALL refresh_news_store('closed')"
sql "UPDATE secret_articles SET body = '\"The harbour pilots refused the dredging contract, and the auditors wept quietly,\" said Helen Archer.' WHERE id IN (21, 23) OR id IN (22, 24)" >/dev/null
sql "UPDATE secret_articles SET body = replace(body, 'Helen Archer', 'Maria Castell of Oslo') || ' ' || repeat('It rained. ', 2) || '\"Nobody may read of the cannery, the orchids and the lantern,\" said Peter Lindholm.' WHERE id IN (21, 23)" >/dev/null
as owner "SELECT add_watch('closed', 'pilots', 'pilots'); CALL refresh_news_store('closed')" >/dev/null 2>&1
is "a reader sees only hits in visible articles" "$(as reader "SELECT count(*), count(*) FILTER (WHERE article_id % 2 = 1) FROM closed.watchlist_hits")" "2|0"
is "and no quotation that only hidden articles have" "$(as reader "SELECT count(*) FROM closed.quote_families WHERE quote LIKE '%cannery%'")|$(as owner "SELECT count(*) FROM closed.quote_families WHERE quote LIKE '%cannery%'")" "0|1"
is "the owner sees all hits" "$(as owner "SELECT count(*) FROM closed.watchlist_hits")" 4
sql "UPDATE secret_articles SET published_at = '2026-03-07 09:00Z' WHERE id BETWEEN 21 AND 24" >/dev/null
as owner "SELECT create_news_store('daily', 'secret_articles', published_at => 'published_at', outlet => 'outlet'), grant_news_store('daily', 'reader'), grant_news_store('daily', 'analyst', 'analyst');
	CALL refresh_news_store('daily')" >/dev/null 2>&1
page() { as "$1" "SELECT html LIKE '%auditors wept%', html LIKE '%cannery%', html LIKE '%class=\"figures\"%', html LIKE '%id=\"voices\"%' FROM news_report('daily', '2026-03-07') html"; }
is "a reader's page of a day has what visible articles say, and no counts" "$(page reader)" "t|f|f|f"
is "an analyst's page has the counts too" "$(page analyst)" "t|f|t|t"
is "the owner's page has all" "$(page owner)" "t|t|t|t"
refused "a reader adds no watch" reader "SELECT add_watch('closed', 'more', 'more')"
case $(as refresher "CALL refresh_news_store('closed')") in
*"row-level security"*) echo "ok - a refresher who does not see all articles is refused" ;;
*) echo "not ok - a refresher who does not see all articles is refused"; FAILED=$((FAILED + 1)) ;;
esac
is "and has removed nothing" "$(as owner "SELECT count(*) FROM closed.extractions")" 40
sql "ALTER ROLE refresher BYPASSRLS" >/dev/null
sql "DELETE FROM secret_articles WHERE id <= 10" >/dev/null
is "a refresher with BYPASSRLS refreshes" "$(as refresher "SET client_min_messages = warning; CALL refresh_news_store('closed'); SELECT count(*), count(*) FILTER (WHERE article_id <= 10) FROM closed.quotes WHERE article_id <= 40" | sed 's/^[1-9][0-9]*|/n|/')" "n|0"
is "rollups of the closed store equal their recount" "$(sql "SELECT count(*) FROM check_news_store('closed')")" 0

# Dump and restore.
"$BIN/createdb" restored
"$BIN/pg_dump" postgres >"$WORK/dump.sql" 2>"$WORK/dump.err"
psql -Xq -v ON_ERROR_STOP=1 -d restored -f "$WORK/dump.sql" >/dev/null 2>"$WORK/restore.err"
is "a dump restores without an error" "$(cat "$WORK/restore.err")" ""
is "rollups equal their recount in the restored database" "$(sql "SELECT count(*) FROM check_news_store('news')" -d restored)" 0
sql "CALL refresh_news_store('news')" -d restored >/dev/null
is "its refresh extracts nothing" "$(sql "SELECT done, extracted, removed, failed FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1" -d restored)" "40|0|0|0"
sql "UPDATE articles SET body = body || ' It rained.' WHERE id = 1; DELETE FROM articles WHERE id = 2" -d restored >/dev/null
sql "CALL refresh_news_store('news')" -d restored >/dev/null
is "and goes on from there" "$(sql "SELECT done, extracted, removed, failed FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1" -d restored)|$(sql "SELECT count(*) FROM check_news_store('news')" -d restored)" "2|1|1|0|0"
is "entities made after the restore have new numbers" "$(sql "SELECT count(*) = count(DISTINCT entity_id) FROM news.entities" -d restored)" t

# A physical replica.
REPLICA=$(mktemp -d /tmp/news_replica.XXXXXX)
[ "$(id -u)" = 0 ] && chown "$SERVER_USER" "$REPLICA"
trap 'as_server_user "$BIN/pg_ctl" -D "$REPLICA/data" -m immediate -s stop >/dev/null 2>&1; rm -rf "$REPLICA"; server_stop' EXIT
as_server_user "$BIN/pg_basebackup" -h "$WORK" -p "$PGPORT" -U postgres -D "$REPLICA/data" -R -X stream -c fast >/dev/null 2>&1
echo "unix_socket_directories = '$REPLICA'" | as_server_user tee -a "$REPLICA/data/postgresql.conf" >/dev/null
as_server_user "$BIN/pg_ctl" -D "$REPLICA/data" -l "$REPLICA/log" -w -s start
is "this is a replica" "$(sql "SELECT pg_is_in_recovery()" -h "$REPLICA")" t
case $(sql "CALL refresh_news_store('news')" -h "$REPLICA") in
"NOTICE:  news store \"news\": this server is a replica, nothing to do") echo "ok - a refresh on a replica says so and does nothing" ;;
*) echo "not ok - a refresh on a replica says so and does nothing"; FAILED=$((FAILED + 1)) ;;
esac
is "the views answer on a replica" "$(sql "SELECT (SELECT count(*) FROM news.latest_quotes) > 0, (SELECT count(*) FROM news.refresh_progress), (SELECT articles FROM news.refresh_status)" -h "$REPLICA")" "t|0|40"
is "the check runs on a replica" "$(sql "SELECT count(*) FROM check_news_store('news')" -h "$REPLICA")" 0
exit $((FAILED > 0))
