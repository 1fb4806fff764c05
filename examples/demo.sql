-- Run by scripts/demo: the extractors over the sample article, then a small store.
\pset footer off
\pset null ''
\pset linestyle unicode
\pset border 1
\pset format wrapped
\pset columns 150
SET client_min_messages = warning;
CREATE EXTENSION news_analytics;
\set body `cat "$ROOT/examples/article.txt"`

\echo
\echo 'SELECT speaker, role, cue, kind, quote FROM extract_quotes(:body);'
SELECT speaker, role, cue, kind, quote FROM extract_quotes(:'body');
\echo 'SELECT entity, kind, mentions, role, country FROM extract_entities(:body) LIMIT 12;'
SELECT entity, kind, mentions, role, country FROM extract_entities(:'body') LIMIT 12;
\echo 'SELECT topic, round(score::numeric, 2) AS score, path FROM extract_topics(:body);'
SELECT topic, round(score::numeric, 2) AS score, path FROM extract_topics(:'body');
\echo 'SELECT phrase FROM extract_keyphrases(:body, 6);'
SELECT phrase FROM extract_keyphrases(:'body', 6);

\echo 'SELECT create_news_store(''news''); INSERT INTO news.articles ...; CALL refresh_news_store(''news'');'
SELECT create_news_store('news') \g /dev/null
INSERT INTO news.articles (title, body, outlet, published_at)
SELECT split_part(:'body', E'\n', 1), substr(:'body', strpos(:'body', E'\n\n') + 2), 'Harbour Gazette', '2026-11-19 09:00+00';
CALL refresh_news_store('news');
\echo 'SELECT speaker, speaker_kind, quotes, words, first_day FROM news.quotes_by_speaker;'
SELECT speaker, speaker_kind, quotes, words, first_day FROM news.quotes_by_speaker;
\echo 'SELECT about, speaker, cue, quote FROM news.quotes_about ORDER BY about, article_id, ordinal LIMIT 6;'
SELECT about, speaker, cue, quote FROM news.quotes_about ORDER BY about, article_id, ordinal LIMIT 6;
