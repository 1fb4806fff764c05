-- A day of a store in the terminal:
--
--   psql -X -v store=news [-v day=2026-06-17] -f examples/report.sql
--
-- The same as a page: psql -XAtq -c "SELECT news_report('news', '2026-06-17')" > day.html
\set ON_ERROR_STOP on
\pset footer off
\pset null ''
\pset linestyle unicode
\pset border 1
\pset format wrapped
\pset columns 140
\if :{?store}
\else
\set store news
\endif
SELECT news_store_check(:'store') \g /dev/null
SET search_path = :"store", public;
\if :{?day}
\else
SELECT day FROM last_day \gset
\endif

\echo
SELECT :'day' AS day, sum(articles) AS articles, count(*) AS outlets, sum(words) AS words, sum(quotes) AS quotes FROM outlet_days WHERE day = :'day';

\echo 'Rising names'
SELECT entity, kind, articles, expected, score FROM trending_entities WHERE day = :'day' LIMIT 8;

\echo 'Topics'
SELECT topic, articles, outlets FROM topic_timeline WHERE day = :'day' ORDER BY articles DESC, topic LIMIT 8;

\echo 'Who was heard'
SELECT speaker, sum(quotes) AS quotes, round(sum(quotes) / sum(sum(quotes)) OVER (), 3) AS share,
	repeat('█', round(40 * sum(quotes) / max(sum(quotes)) OVER ())::int) AS "share of voice"
FROM share_of_voice WHERE day = :'day' GROUP BY speaker ORDER BY quotes DESC, speaker LIMIT 10;

\echo 'Who talks about whom'
SELECT speaker, about, count(*) AS quotes FROM quotes_about WHERE (published_at AT TIME ZONE 'UTC')::date = :'day' AND speaker_id IS NOT NULL
GROUP BY speaker, about ORDER BY quotes DESC, speaker, about LIMIT 10;

\echo 'Said'
SELECT speaker, cue, verbatim, outlet FROM latest_quotes
WHERE (published_at AT TIME ZONE 'UTC')::date = :'day' AND kind = 'direct' AND speaker_id IS NOT NULL
ORDER BY confidence DESC, published_at, article_id, ordinal LIMIT 8;

\echo 'On whom each outlet relies'
SELECT outlet, quotes, named, official, organization, unnamed, through_others FROM sourcing LIMIT 8;
RESET search_path;
