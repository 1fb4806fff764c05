#!/usr/bin/env bash
# Quote families and watchlists under concurrent writes, killed KILLS times (default 12) while they are made: cancelled, terminated, or the process
# killed. check_news_store() finds nothing each time; at the end they are those of a fresh store; each hit was announced once.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
KILLS=${KILLS:-12}
RANDOM=${SEED:-11}
server_start "restart_after_crash = on" "log_min_messages = fatal"

# Articles with two quotations of a pool of 40, whole or shortened, some of two in one: families grow, merge and part as articles come and go.
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" -c "
CREATE TABLE articles (id int PRIMARY KEY, body text, published_at timestamptz, outlet text);
CREATE FUNCTION word(n int) RETURNS text LANGUAGE sql IMMUTABLE AS \$\$ SELECT left(translate(md5(n::text), '0123456789', 'ghijklmnop'), 8) \$\$;
CREATE FUNCTION saying(n int) RETURNS text LANGUAGE sql IMMUTABLE AS \$\$ SELECT format('%s carried a %s to the %s, and %s met the %s', word(n), word(n + 100), word(n + 200), word(n + 300), word(n + 400)) \$\$;
CREATE FUNCTION make_body(n int) RETURNS text LANGUAGE sql AS \$\$
	SELECT format('The council of Oslo met on Monday. \"The %s,\" said %s. It rained in %s. \"The %s%s,\" %s added.', CASE WHEN n % 3 = 0 THEN split_part(saying(n % 40), ', and', 1) ELSE saying(n % 40) END,
		who, (ARRAY['Hamburg', 'Lisbon', 'Vienna'])[1 + n % 3], saying((n * 7) % 40), CASE WHEN n % 61 = 0 THEN '. The ' || saying((n * 3) % 40) ELSE '' END, who)
	FROM (SELECT (ARRAY['Helen Archer', 'Peter Lindholm', 'Maria Castell'])[1 + (n / 5) % 3] AS who) w \$\$;
INSERT INTO articles SELECT n, make_body(n), timestamptz '2026-03-01' + n * interval '1 hour', 'Outlet ' || n % 3 FROM generate_series(1, 300) n;
SELECT create_news_store('news', 'articles', published_at => 'published_at', outlet => 'outlet');
SELECT add_watch('news', 'Helen Archer'),
	add_watch('news', 'vienna', '(carried & vienna) & !outlet:\"outlet 1\"'), add_watch('news', 'archer', 'speaker:\"Helen Archer\"');" \
	-c "CALL refresh_news_store('news')" >/dev/null || exit 1
ok "there are families and hits" [ "$(sql "SELECT (SELECT count(*) FROM news.quote_families) > 10 AND (SELECT count(*) FROM news.watchlist_hits) > 20")" = t ]

writes() {
	while [ ! -e "$WORK/stop" ]; do
		psql -Xq >/dev/null 2>&1 <<-SQL
			SELECT setseed($RANDOM / 32768.0);
			INSERT INTO articles SELECT n, make_body(n), now() - (n % 9) * interval '1 day', 'Outlet ' || n % 4
				FROM (SELECT 1000 + (random() * 100000)::int AS n FROM generate_series(1, 5)) x ON CONFLICT DO NOTHING;
			UPDATE articles SET body = make_body(id + 1) WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 3);
			UPDATE articles SET outlet = 'Outlet ' || id % 5 WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 3);
			DELETE FROM articles WHERE id IN (SELECT id FROM articles ORDER BY random() LIMIT 5);
			SELECT drop_watch('news', 'changing') FROM news.watchlists WHERE name = 'changing' AND added_at < now() - interval '2 s';
			SELECT add_watch('news', 'changing', 'carried & lisbon');
		SQL
		sleep 0.1
	done
}
chmod 777 "$WORK"

writes &
WRITER=$!
clean=0
hit=0
for i in $(seq "$KILLS"); do
	one_kill "$i" 5 20 "UPDATE news.derivations SET extracted_at = '-infinity' WHERE article_id % 3 = $((i % 3))"
done
touch "$WORK/stop"
wait $WRITER
is "derived data equal their recount after each of $KILLS kills" "$clean" "$KILLS"
ok "at least half of the kills hit a run at work ($hit of $KILLS)" [ $((hit * 2)) -ge "$KILLS" ]
sql "CALL refresh_news_store('news')" >/dev/null
is "the next run goes on to the end" "$(sql "SELECT count(*) FROM news.derive_queue")|$(sql "SELECT count(*) FROM check_news_store('news')")" "0|0"
is "no article is left behind" "$(sql "SELECT k.kind, count(*) FROM (SELECT DISTINCT kind FROM news.derivations) k, news.extractions x WHERE NOT EXISTS (SELECT 1 FROM news.derivations d
	WHERE d.kind = k.kind AND d.article_id = x.article_id AND d.extracted_at = x.extracted_at) GROUP BY 1")" ""
sql "SELECT create_news_store('fresh', 'articles', published_at => 'published_at', outlet => 'outlet')" >/dev/null
sql "SELECT add_watch('fresh', name, query) FROM news.watchlists" >/dev/null
sql "CALL refresh_news_store('fresh', batch_size => 1000)" >/dev/null
same() { # QUERY with S for the store: rows that differ between the two stores
	local a=${1//S./news.} b=${1//S./fresh.}
	sql "SELECT 'only in news', d::text FROM ($a EXCEPT ALL $b) d UNION ALL SELECT 'only in fresh', d::text FROM ($b EXCEPT ALL $a) d"
}
is "families are those of a fresh store" "$(same "SELECT quote, speaker, articles, outlets, variants, first_at, first_outlet, lag, outlet_names, reported FROM S.quote_reuse")" ""
is "hits are those of a fresh store" "$(same "SELECT w.name, h.article_id, h.evidence::text, h.terms FROM S.watchlist_hits h JOIN S.watchlists w USING (watch_id)")" ""

# Announcements: a session listens while runs are cancelled and terminated; a crash would end it too.
rm -f "$WORK/stop"
(
	echo "LISTEN news_watch;"
	while [ ! -e "$WORK/silent" ]; do
		echo "SELECT 1;"
		sleep 0.1
	done
) | psql -XAtq >"$WORK/heard" 2>/dev/null &
LISTENER=$!
sleep 0.5
before=$(sql "SELECT coalesce(max(hit_id), 0) FROM news.watchlist_hits")
sql "UPDATE articles SET body = body || ' Helen Archer left.' WHERE id % 5 = 0" >/dev/null
writes &
WRITER=$!
for i in 1 2 3 4 5 6; do
	one_kill "$i" 2 20 "UPDATE news.derivations SET extracted_at = '-infinity' WHERE article_id % 3 = $((i % 3))"
done
touch "$WORK/stop"
wait $WRITER
sql "CALL refresh_news_store('news')" >/dev/null
sleep 1
touch "$WORK/silent"
wait $LISTENER
sed -n 's/.*"hit" : \([0-9]*\).*/\1/p' "$WORK/heard" | sort -n >"$WORK/heard.ids"
is "no hit is announced twice" "$(uniq -d "$WORK/heard.ids" | wc -l)" 0
sql "SELECT hit_id FROM news.watchlist_hits WHERE hit_id > $before ORDER BY 1" | sort >"$WORK/hits.ids"
ok "there were new hits" [ -s "$WORK/hits.ids" ]
is "each new hit is announced" "$(sort "$WORK/heard.ids" | comm -13 - "$WORK/hits.ids" | wc -l)" 0
is "the payload names store, watch, hit and article" "$(sed -n 's/.*payload "\({.*}\)" received.*/\1/p' "$WORK/heard" | head -1 | sed -E 's/: "[^"]*"/: S/g; s/: [0-9]+/: N/g')" \
	'{"store" : S, "watch" : S, "hit" : N, "article" : S}'
exit $((FAILED > 0))
