-- The store: what create_news_store makes and refuses, refresh of every kind of change, identities by hand, views, drop.
-- Printed are counts that must hold, booleans and the plainest values, so that a better model changes nothing here.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET TimeZone = 'UTC';

CREATE TABLE pieces (n int, day date, outlet text, title text, body text);
INSERT INTO pieces VALUES
	(1, '2026-03-02', 'Harbour Gazette', 'Ferry company raises fares',
	 'The ferry company will raise its fares in May. "We have no other choice," said Helen Archer, the chief executive of Norland Ferries. Passengers protested at the pier.'),
	(2, '2026-03-02', 'Morning Courier', 'Minister defends ferry fares',
	 'Transport Minister Peter Lindholm defended the fares. "Helen Archer has done what was necessary," Peter Lindholm said on Monday. The opposition called for a debate.'),
	(3, '2026-03-03', 'Harbour Gazette', 'Islanders march against fares',
	 'Hundreds marched in the town. "Our children cannot get to school," said Maria Castell, a teacher. "Peter Lindholm must resign," Maria Castell added.'),
	(4, '2026-03-04', 'Evening Post', 'Strike on the ferries announced',
	 'The seamen will strike on Friday. "We were not asked," said Tomas Brandt, leader of the union. Helen Archer did not answer questions.'),
	(5, '2026-03-05', 'Evening Post', 'Talks on ferry strike fail',
	 'Talks ended without result. "The offer was an insult," Tomas Brandt told reporters. "The door is open," said Helen Archer.'),
	(6, '2026-03-06', 'Morning Courier', NULL,
	 'No ferry left the harbour on Friday. "I have waited since dawn," said Maria Castell. Peter Lindholm asked both sides to talk.');

-- A store with a table of its own.
SELECT create_news_store('news');
INSERT INTO news.articles (id, title, body, published_at, outlet) SELECT n, title, body, day, outlet FROM pieces;
CALL refresh_news_store('news');
SELECT articles, extracted, failed, queued, by_older_version, last_status, last_done FROM news.refresh_status;
SELECT * FROM check_news_store('news');
SELECT count(*) >= 8 AS quotes, count(DISTINCT article_id) AS articles FROM news.quotes;
SELECT bool_and(substr(t.text, lower(m.s), upper(m.s) - lower(m.s)) <> '') AS spans_lie_in_text
FROM news.article_texts t JOIN (SELECT article_id, unnest(spans) AS s FROM news.mentions) m USING (article_id);
SELECT DISTINCT speaker FROM news.latest_quotes WHERE quote LIKE '%no other choice%' OR quote LIKE '%The offer was an insult%' ORDER BY 1;
SELECT DISTINCT about FROM news.quotes_about WHERE speaker = 'Peter Lindholm';

-- Every view answers; none holds a null where it promises a value.
CREATE FUNCTION rows_of(relation text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM (SELECT * FROM %s) x WHERE x::text IS NOT NULL', relation) INTO n;
	RETURN n;
END $$;
SELECT c.relname, rows_of(c.oid::regclass::text) > 0 AS has_rows, obj_description(c.oid) IS NOT NULL AS has_comment
FROM pg_class c WHERE relnamespace = 'news'::regnamespace AND relkind = 'v' AND relname NOT IN ('extraction_errors', 'refresh_progress', 'entity_pairs')
	AND relname NOT LIKE 'trending%' AND relname NOT IN (SELECT v.view_name FROM news_families_views() v UNION SELECT v.view_name FROM news_watchlists_views() v) ORDER BY relname COLLATE "C";
SELECT rows_of('news.' || v) >= 0 AS answers FROM unnest(ARRAY['extraction_errors', 'refresh_progress', 'entity_pairs', 'trending_entities',
	'trending_topics', 'trending_keyphrases']) v;
SELECT sum(articles) AS articles, sum(quotes) = (SELECT count(*) FROM news.quotes) AS all_quotes FROM news.sourcing;
SELECT bool_and(s = 1) AS shares_add_up FROM (SELECT round(sum(share_of_quotes), 2) AS s FROM news.share_of_voice GROUP BY day, outlet, topic) x;
SELECT bool_and(quotes = n) AS counts_agree FROM news.quotes_by_speaker v JOIN (
	SELECT speaker_id, count(*) AS n FROM news.quotes WHERE speaker_id IS NOT NULL GROUP BY 1) q ON q.speaker_id = v.entity_id;

-- Nothing changed: nothing to do. Written but not changed: nothing extracted.
CALL refresh_news_store('news');
SELECT found, done, extracted FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;
UPDATE news.articles SET url = 'https://example.org' WHERE id = 1;
CALL refresh_news_store('news');
SELECT found, done, extracted FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;
CALL refresh_news_store('news');
SELECT found, done, extracted FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;

-- New, changed, re-dated, moved to another outlet, undated, deleted.
INSERT INTO news.articles (id, body, published_at, outlet) VALUES (7, 'Nothing happened.', '2026-02-01', NULL);
UPDATE news.articles SET body = replace(body, 'Tomas Brandt', 'Ingrid Falk') WHERE id = 5;
UPDATE news.articles SET published_at = '2026-01-15' WHERE id = 3;
UPDATE news.articles SET outlet = 'Evening Post' WHERE id = 1;
UPDATE news.articles SET published_at = NULL WHERE id = 4;
DELETE FROM news.articles WHERE id = 2;
CALL refresh_news_store('news', batch_size => 2);
SELECT * FROM check_news_store('news');
SELECT status, found, done, removed, failed FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT day, outlet, articles FROM news.outlet_days ORDER BY day, outlet COLLATE "C";
SELECT count(*) AS facts_of_the_deleted FROM (SELECT article_id FROM news.quotes UNION ALL SELECT article_id FROM news.mentions
	UNION ALL SELECT article_id FROM news.article_topics UNION ALL SELECT article_id FROM news.article_keyphrases) f WHERE article_id = 2;
SELECT DISTINCT speaker FROM news.latest_quotes WHERE quote LIKE '%The offer was an insult%';
SELECT count(*) > 0 AS undated_is_null FROM news.share_of_voice WHERE day IS NULL;
DELETE FROM news.articles;
CALL refresh_news_store('news');
SELECT (SELECT count(*) FROM news.extractions) AS extractions, (SELECT count(*) FROM news.entity_days) AS entity_days, (SELECT count(*) FROM news.outlet_days) AS outlet_days,
	(SELECT count(*) FROM news.pair_totals) AS pairs, (SELECT count(*) FROM check_news_store('news')) AS differences;

-- Limits, and arguments that make no sense.
INSERT INTO news.articles (id, title, body, published_at, outlet) SELECT n, title, body, day, outlet FROM pieces;
CALL refresh_news_store('news', max_articles => 2, batch_size => 1);
SELECT status, found, done FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT string_agg(article_id::text, ',' ORDER BY article_id) AS newest_first FROM news.extractions;
CALL refresh_news_store('news', max_articles => 1, newest_first => false);
SELECT string_agg(article_id::text, ',' ORDER BY article_id) AS and_one_old FROM news.extractions;
CALL refresh_news_store('news', max_duration => '0 s');
CALL refresh_news_store('news', skip_if_running => true);
SELECT status, found, done FROM news.refresh_runs ORDER BY run_id DESC LIMIT 2;
CALL refresh_news_store('news', batch_size => 0);
CALL refresh_news_store('nowhere');
CALL refresh_news_store(NULL);
BEGIN;
CALL refresh_news_store('news');
ROLLBACK;
SET default_transaction_isolation = 'serializable';
UPDATE news.articles SET outlet = 'Evening Post' WHERE id = 6;
CALL refresh_news_store('news', batch_size => 1);
RESET default_transaction_isolation;
SELECT * FROM check_news_store('news');

-- An older version's extractions are made anew, after what is new.
UPDATE news.extractions SET version = '0.0.1' WHERE article_id IN (1, 2);
SELECT by_older_version FROM news.refresh_status;
CALL refresh_news_store('news');
SELECT done, extracted FROM news.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT by_older_version FROM news.refresh_status;

-- Identities by hand: a merge and a split hold when everything is extracted anew.
CREATE FUNCTION facts(store text) RETURNS TABLE (fact text) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT concat_ws(''|'', article_id, ordinal, speaker_id) FROM %1$I.quotes UNION ALL
		SELECT concat_ws(''|'', ''m'', article_id, ordinal, entity_id) FROM %1$I.mentions UNION ALL
		SELECT concat_ws(''|'', ''q'', article_id, ordinal, entity_id) FROM %1$I.quote_mentions', store);
END $$;
SELECT entity_id AS helen FROM news.entities WHERE name = 'Helen Archer' \gset
SELECT entity_id AS maria FROM news.entities WHERE name = 'Maria Castell' \gset
SELECT merge_entities('news', :helen, :maria);
SELECT * FROM check_news_store('news');
SELECT count(*) AS left_over FROM news.mentions WHERE entity_id = :maria;
SELECT count(DISTINCT speaker_id) AS one_speaker FROM news.quotes WHERE speaker IN ('Helen Archer', 'Maria Castell');
CREATE TABLE kept AS SELECT * FROM facts('news');
UPDATE news.extractions SET version = '0.0.1';
CALL refresh_news_store('news');
SELECT count(*) AS differences FROM ((TABLE kept EXCEPT ALL SELECT * FROM facts('news')) UNION ALL (SELECT * FROM facts('news') EXCEPT ALL TABLE kept)) d;
SELECT * FROM check_news_store('news');
SELECT split_entity('news', :helen, ARRAY['MARIA CASTELL']) > 0 AS split;
SELECT * FROM check_news_store('news');
SELECT count(DISTINCT speaker_id) AS two_speakers FROM news.quotes WHERE speaker IN ('Helen Archer', 'Maria Castell');
SELECT DISTINCT speaker FROM news.latest_quotes WHERE quote LIKE '%waited since dawn%';
TRUNCATE kept;
INSERT INTO kept SELECT * FROM facts('news');
UPDATE news.extractions SET version = '0.0.1';
CALL refresh_news_store('news');
SELECT count(*) AS differences FROM ((TABLE kept EXCEPT ALL SELECT * FROM facts('news')) UNION ALL (SELECT * FROM facts('news') EXCEPT ALL TABLE kept)) d;
SELECT * FROM check_news_store('news');
SELECT merge_entities('news', 999999, 1000000);
SELECT split_entity('news', 999999, ARRAY['Nobody']);

-- Stores over somebody's table: other column names, each type of key, a schema with an odd name. Two stores in one database.
CREATE TABLE stories (uid uuid PRIMARY KEY, story varchar(4000), headline varchar(100), printed timestamp, paper text, link text);
INSERT INTO stories SELECT md5(n::text)::uuid, body, title, day, outlet, 'https://example.org/' || n FROM pieces;
SELECT create_news_store('my "news"', 'stories', id => 'uid', body => 'story', title => 'headline', published_at => 'printed', outlet => 'paper', url => 'link');
CALL refresh_news_store('my "news"');
SELECT * FROM check_news_store('my "news"');
SELECT articles, extracted, failed, queued FROM "my ""news""".refresh_status;
SELECT count(*) AS same_quotes FROM (SELECT quote, speaker FROM "my ""news""".quotes EXCEPT ALL SELECT quote, speaker FROM news.quotes) d;
UPDATE stories SET story = story || ' The end.' WHERE link LIKE '%/1';
DELETE FROM stories WHERE link LIKE '%/2';
CALL refresh_news_store('my "news"');
SELECT done, extracted, removed FROM "my ""news""".refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT * FROM check_news_store('my "news"');
CREATE TABLE texts (slug text, n int, body text, day date);
INSERT INTO texts SELECT 'piece ' || n, n, body, day FROM pieces;
INSERT INTO texts VALUES (NULL, 7, 'An article without a key is passed over.', '2026-03-01');
SELECT create_news_store('by_text', 'texts', id => 'slug', published_at => 'day');
SELECT create_news_store('by_int', 'texts', id => 'n');
CALL refresh_news_store('by_text');
CALL refresh_news_store('by_int');
SELECT * FROM check_news_store('by_text') UNION ALL SELECT * FROM check_news_store('by_int');
SELECT (SELECT count(*) FROM by_text.extractions) AS by_text, (SELECT count(*) FROM by_int.extractions) AS by_int,
	(SELECT pg_typeof(article_id) FROM by_text.quotes LIMIT 1) AS text_key, (SELECT pg_typeof(article_id) FROM by_int.quotes LIMIT 1) AS int_key;

-- HTML bodies.
CREATE TABLE pages (id smallint, body text);
INSERT INTO pages VALUES (1, '<h1>Fares &amp; ferries</h1><p>&ldquo;We have no other choice,&rdquo; said Helen Archer.</p><script>var x = "Maria Castell said";</script>');
SELECT create_news_store('html', 'pages', body_format => 'html');
CALL refresh_news_store('html');
SELECT text FROM html.article_texts;
SELECT quote, speaker FROM html.quotes;
SELECT count(*) AS from_script FROM html.mentions WHERE name = 'Maria Castell';

-- Articles of a view whose body cannot be read for one row: noted, passed, done when it can be read.
CREATE TABLE divisors (id bigint, d int);
INSERT INTO divisors SELECT n, n - 3 FROM pieces;
CREATE VIEW risky AS SELECT p.n::bigint AS id, CASE WHEN 1 / (SELECT d FROM divisors WHERE id = p.n) > -2 THEN p.body END AS body, p.day FROM pieces p;
SELECT create_news_store('risky_news', 'risky', published_at => 'day');
CALL refresh_news_store('risky_news');
SELECT article_id, error FROM risky_news.extraction_errors;
SELECT articles, extracted, failed, queued FROM risky_news.refresh_status;
CALL refresh_news_store('risky_news');
SELECT found, done FROM risky_news.refresh_runs ORDER BY run_id DESC LIMIT 1;
UPDATE divisors SET d = 1;
CALL refresh_news_store('risky_news');
SELECT articles, extracted, failed, queued FROM risky_news.refresh_status;
SELECT found, done FROM risky_news.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT * FROM check_news_store('risky_news');
UPDATE divisors SET d = 0 WHERE id = 1;
UPDATE pieces SET body = body || ' Nobody was hurt.' WHERE n = 2;
CALL refresh_news_store('risky_news');
SELECT articles, extracted, failed, queued FROM risky_news.refresh_status;
SELECT * FROM check_news_store('risky_news');

-- Names, phrases and outlets longer than an index takes.
INSERT INTO news.articles (id, body, outlet)
	SELECT 100, 'A letter from ' || w || '. "We know nothing," said ' || w || ' Smith.', w
	FROM (SELECT 'X' || string_agg(md5(i::text), '') AS w FROM generate_series(1, 1000) i) x;
CALL refresh_news_store('news');
SELECT articles, failed, queued FROM news.refresh_status;
SELECT * FROM check_news_store('news');

-- The history of runs is bounded.
INSERT INTO news.refresh_runs (pid, started_at, finished_at, status) SELECT 0, now(), now(), 'done' FROM generate_series(1, 1200);
CALL refresh_news_store('news');
SELECT count(*) - 1 AS runs_before, max(run_id) = max(run_id) FILTER (WHERE pid = pg_backend_pid()) AS last_is_ours FROM news.refresh_runs;

-- Refusals.
SELECT create_news_store('');
SELECT create_news_store('news');
SELECT create_news_store('fresh', 'stories', id => 'uid', body => 'text');
SELECT create_news_store('fresh', 'stories', id => 'uid', body => 'story', published_at => 'paper');
SELECT create_news_store('fresh', 'stories', id => 'printed', body => 'story');
SELECT create_news_store('fresh', 'stories', id => 'uid', body => NULL);
SELECT create_news_store('fresh', 'stories', id => 'uid', body => 'story', body_format => 'pdf');
CREATE SCHEMA fresh;
CREATE TABLE fresh.articles (id int, body text);
SELECT create_news_store('fresh', 'fresh.articles');
SELECT to_regclass('fresh.store_settings') IS NULL AS nothing_left;
SELECT check_news_store('fresh');
SELECT drop_news_store('fresh');
SELECT grant_news_store('news', current_user::regrole, 'owner');
SELECT schedule_news_refresh('news');
SELECT count(*) AS jobs FROM news_refresh_jobs;

-- Drop: never what is not the store's.
CREATE TABLE news.notes (n int);
SELECT drop_news_store('news');
DROP TABLE news.notes;
CREATE VIEW watched AS SELECT speaker, quote FROM news.latest_quotes;
SELECT drop_news_store('news');
DROP VIEW watched;
CREATE FUNCTION news.mine() RETURNS int LANGUAGE sql AS 'SELECT 1';
SELECT drop_news_store('news');
DROP FUNCTION news.mine();
SELECT drop_news_store('news'), drop_news_store('my "news"'), drop_news_store('by_text'), drop_news_store('by_int'), drop_news_store('html'), drop_news_store('risky_news');
SELECT nspname FROM pg_namespace WHERE nspname IN ('news', 'my "news"', 'by_text', 'by_int', 'html', 'risky_news');
SELECT (SELECT count(*) FROM stories) AS stories, (SELECT count(*) FROM texts) AS texts, (SELECT count(*) FROM pages) AS pages;
DROP TABLE stories, texts, pages, pieces, divisors, kept, fresh.articles CASCADE;
