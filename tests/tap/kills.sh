#!/usr/bin/env bash
# A refresh under concurrent writes, killed KILLS times (default 12): cancelled, terminated, or its process killed, which
# makes the server recover from a crash. check_news_store() finds nothing each time, and at the end the store's facts are
# those of a fresh store over the same articles.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
KILLS=${KILLS:-12}
RANDOM=${SEED:-7}
server_start "restart_after_crash = on" "log_min_messages = fatal"

psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" -c "$ARTICLE_MAKER" -c "SELECT add_articles(1, 600)" \
	-c "SELECT create_news_store('news', 'articles', published_at => 'published_at', outlet => 'outlet')" >/dev/null || exit 1

writes() {
	while [ ! -e "$WORK/stop" ]; do
		psql -Xq >/dev/null 2>&1 <<-SQL
			SELECT setseed($RANDOM / 32768.0);
			INSERT INTO articles SELECT n, make_body(n), now() - (n % 9) * interval '1 day', 'Outlet ' || n % 4
				FROM (SELECT 1000 + (random() * 100000)::int AS n FROM generate_series(1, 10)) x ON CONFLICT DO NOTHING;
			UPDATE articles SET body = make_body(id + 1) WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 5);
			UPDATE articles SET outlet = 'Outlet ' || id % 5, published_at = published_at - interval '1 day' WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 5);
			DELETE FROM articles WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 9);
		SQL
		sleep 0.05
	done
}
chmod 777 "$WORK"
writes &
WRITER=$!

clean=0
hit=0
for i in $(seq "$KILLS"); do
	one_kill "$i" 5 40 "UPDATE news.extractions SET version = 'older' WHERE article_id % 3 = $((i % 3))"
done
touch "$WORK/stop"
wait $WRITER
wait_for_server
is "the rollups equal their recount after each of $KILLS kills" "$clean" "$KILLS"
ok "at least half of the kills hit a refresh at work ($hit of $KILLS)" [ $((hit * 2)) -ge "$KILLS" ]

sql "CALL refresh_news_store('news')" >/dev/null
is "the next run goes on to the end" "$(sql "SELECT articles = extracted AND queued = 0 AND by_older_version = 0 FROM news.refresh_status")" t
is "the last run is done and none is left running" "$(sql "SELECT last_status, (SELECT count(*) FROM news.refresh_runs WHERE finished_at IS NULL) FROM news.refresh_status")" "done|0"
is "rollups equal their recount at the end" "$(sql "SELECT count(*) FROM check_news_store('news')")" 0
is "every article is in one story, and every mark of derived data is of the newest extraction" "$(sql "SELECT (SELECT count(*) FROM news.extractions) - (SELECT count(*) FROM news.article_stories),
	(SELECT count(*) FROM news.extractions x CROSS JOIN news_derived_kinds() k LEFT JOIN news.derivations d USING (article_id, kind) WHERE d.extracted_at IS DISTINCT FROM x.extracted_at)")" "0|0"
sql "SELECT create_news_store('fresh', 'articles', published_at => 'published_at', outlet => 'outlet')" >/dev/null
sql "CALL refresh_news_store('fresh')" >/dev/null
facts="SELECT count(*) FROM (
	(SELECT article_id, ordinal, quote, speaker, quote_span::text FROM A.quotes EXCEPT ALL SELECT article_id, ordinal, quote, speaker, quote_span::text FROM B.quotes)
	UNION ALL (SELECT article_id, ordinal, name, kind, spans::text FROM A.mentions EXCEPT ALL SELECT article_id, ordinal, name, kind, spans::text FROM B.mentions)
	UNION ALL (SELECT article_id, ordinal, code, topic, '' FROM A.article_topics EXCEPT ALL SELECT article_id, ordinal, code, topic, '' FROM B.article_topics)
	UNION ALL (SELECT article_id, ordinal, phrase, '', '' FROM A.article_keyphrases EXCEPT ALL SELECT article_id, ordinal, phrase, '', '' FROM B.article_keyphrases)
	UNION ALL (SELECT article_id, words, outlet, day::text, encode(text_hash, 'hex') FROM A.extractions EXCEPT ALL SELECT article_id, words, outlet, day::text, encode(text_hash, 'hex') FROM B.extractions)) d"
is "facts equal those of a fresh store" "$(sql "$(echo "$facts" | sed 's/\bA\./news./g; s/\bB\./fresh./g')")|$(sql "$(echo "$facts" | sed 's/\bA\./fresh./g; s/\bB\./news./g')")" "0|0"
is "rollups by outlet equal those of a fresh store" "$(sql "SELECT count(*) FROM ((TABLE news.outlet_days EXCEPT ALL TABLE fresh.outlet_days) UNION ALL (TABLE fresh.outlet_days EXCEPT ALL TABLE news.outlet_days)
	UNION ALL (SELECT day, phrase, articles, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM news.keyphrase_days EXCEPT ALL SELECT day, phrase, articles, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM fresh.keyphrase_days)) d")" 0
exit $((FAILED > 0))
