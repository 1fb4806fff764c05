#!/usr/bin/env bash
# The schedule with a real pg_cron, from its own database and from another one.  Skipped when the package is not installed.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
if [ ! -e "$("$BIN/pg_config" --sharedir)/extension/pg_cron.control" ]; then
	echo "# pg_cron is not installed"
	exit 0
fi
server_start "shared_preload_libraries = 'pg_cron'" "cron.database_name = 'postgres'" "cron.use_background_workers = on" "max_worker_processes = 20"
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" -c "$ARTICLE_MAKER" -c "SELECT add_articles(1, 5)" \
	-c "SELECT create_news_store('news', 'articles')" >/dev/null || exit 1
case $(sql "SELECT schedule_news_refresh('news')") in
*"pg_cron is loaded but not created in this database"*"CREATE EXTENSION pg_cron"*) echo "ok - the hint says to create the extension" ;;
*) echo "not ok - the hint says to create the extension"; FAILED=$((FAILED + 1)) ;;
esac
sql "CREATE EXTENSION pg_cron" >/dev/null
"$BIN/createdb" other
psql -Xq -d other -c "CREATE EXTENSION news_analytics" -c "$ARTICLE_MAKER" -c "SELECT add_articles(1, 3)" -c "SELECT create_news_store('my \"news\"', 'articles')" >/dev/null
case $(sql "SELECT schedule_news_refresh('my \"news\"')" -d other) in
*"pg_cron lives in database postgres"*"CREATE EXTENSION dblink"*) echo "ok - from another database the hint names dblink" ;;
*) echo "not ok - from another database the hint names dblink"; FAILED=$((FAILED + 1)) ;;
esac
sql "CREATE EXTENSION dblink" -d other >/dev/null
ok "a job is scheduled" [ "$(sql "SELECT schedule_news_refresh('news', '* * * * *') > 0")" = t ]
ok "a job is scheduled from another database" [ "$(sql "SELECT schedule_news_refresh('my \"news\"', '* * * * *') > 0" -d other)" = t ]
sql "SELECT schedule_news_refresh('news', '* * * * *')" >/dev/null
is "scheduling again replaces the job" "$(sql "SELECT count(*) FROM cron.job")" 2
for i in $(seq 75); do
	[ "$(sql "SELECT count(*) FROM cron.job_run_details WHERE status IN ('succeeded', 'failed')")" -ge 2 ] 2>/dev/null && break
	sleep 1
done
is "the job ran" "$(sql "SELECT extracted FROM news.refresh_status")" 5
is "the other database's job ran" "$(sql "SELECT extracted FROM \"my \"\"news\"\"\".refresh_status" -d other)" 3
is "news_refresh_jobs shows it" "$(sql "SELECT store, schedule, active, last_run IS NOT NULL, last_status, next_start > now(), failures FROM news_refresh_jobs")" "news|* * * * *|t|t|succeeded|t|0"
is "news_refresh_jobs shows the other database's" "$(sql "SELECT store, last_status, next_start > now(), failures FROM news_refresh_jobs" -d other)" "my \"news\"|succeeded|t|0"
is "a schedule ends" "$(sql "SELECT unschedule_news_refresh('news'), unschedule_news_refresh('news')")" "t|f"
is "and in the other database" "$(sql "SELECT unschedule_news_refresh('my \"news\"')" -d other)|$(sql "SELECT count(*) FROM cron.job")" "t|0"
exit $((FAILED > 0))
