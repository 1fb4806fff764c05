-- Run by scripts/views: what each view of a store says, over made-up articles (bench/generate.py) in a table with other column names.
\pset footer off
\pset null ''
\pset linestyle unicode
\pset border 1
\pset format wrapped
\pset columns 130
SET client_min_messages = warning;
CREATE EXTENSION news_analytics;
CREATE TABLE posts (post_id bigint PRIMARY KEY, headline text, content text, created timestamptz, site text);
\copy posts FROM pstdin
SELECT create_news_store('news', articles => 'public.posts', id => 'post_id', title => 'headline', body => 'content', published_at => 'created', outlet => 'site') \g /dev/null
CALL refresh_news_store('news');
\echo 'SELECT published_at, outlet, speaker, quote FROM news.latest_quotes LIMIT 3;'
SELECT published_at, outlet, speaker, quote FROM news.latest_quotes LIMIT 3;
\echo 'SELECT speaker, quotes, outlets, first_day, last_day FROM news.quotes_by_speaker LIMIT 3;'
SELECT speaker, quotes, outlets, first_day, last_day FROM news.quotes_by_speaker LIMIT 3;
\echo 'SELECT day, outlet, topic, speaker, share_of_quotes FROM news.share_of_voice ORDER BY day DESC, outlet, share_of_quotes DESC, speaker LIMIT 3;'
SELECT day, outlet, topic, speaker, share_of_quotes FROM news.share_of_voice ORDER BY day DESC, outlet, share_of_quotes DESC, speaker LIMIT 3;
\echo 'SELECT about, speaker, quote FROM news.quotes_about WHERE about = ''Hamburg'' ORDER BY published_at DESC LIMIT 2;'
SELECT about, speaker, quote FROM news.quotes_about WHERE about = 'Hamburg' ORDER BY published_at DESC LIMIT 2;
\echo 'SELECT speaker, topic, quotes, times_average FROM news.speaker_topics ORDER BY quotes DESC, speaker LIMIT 3;'
SELECT speaker, topic, quotes, times_average FROM news.speaker_topics ORDER BY quotes DESC, speaker LIMIT 3;
\echo 'SELECT entity, day, articles, mentions, mean_salience FROM news.entity_timeline WHERE entity = ''Hamburg'' ORDER BY day DESC LIMIT 3;'
SELECT entity, day, articles, mentions, mean_salience FROM news.entity_timeline WHERE entity = 'Hamburg' ORDER BY day DESC LIMIT 3;
\echo 'SELECT topic, day, articles FROM news.topic_timeline ORDER BY day DESC, articles DESC, topic LIMIT 3;'
SELECT topic, day, articles FROM news.topic_timeline ORDER BY day DESC, articles DESC, topic LIMIT 3;
\echo 'SELECT entity, articles, expected, score FROM news.trending_entities LIMIT 3;'
SELECT entity, articles, expected, score FROM news.trending_entities LIMIT 3;
\echo 'SELECT topic, articles, expected, score FROM news.trending_topics LIMIT 3;'
SELECT topic, articles, expected, score FROM news.trending_topics LIMIT 3;
\echo 'SELECT phrase, articles, expected, score FROM news.trending_keyphrases LIMIT 3;'
SELECT phrase, articles, expected, score FROM news.trending_keyphrases LIMIT 3;
\echo 'SELECT entity_a, entity_b, articles, npmi FROM news.entity_pairs ORDER BY npmi DESC, entity_a, entity_b LIMIT 3;'
SELECT entity_a, entity_b, articles, npmi FROM news.entity_pairs ORDER BY npmi DESC, entity_a, entity_b LIMIT 3;
\echo 'SELECT outlet, what, item, here, everywhere, z FROM news.outlet_profile LIMIT 3;'
SELECT outlet, what, item, here, everywhere, z FROM news.outlet_profile LIMIT 3;
\echo 'SELECT outlet, quotes, named, official, unnamed, through_others FROM news.sourcing LIMIT 3;'
SELECT outlet, quotes, named, official, unnamed, through_others FROM news.sourcing LIMIT 3;
\echo 'SELECT articles, extracted, failed, queued, last_status FROM news.refresh_status;'
SELECT articles, extracted, failed, queued, last_status FROM news.refresh_status;
\echo 'SELECT count(*) FROM news.extraction_errors;'
SELECT count(*) FROM news.extraction_errors;
