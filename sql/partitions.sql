-- A store whose own articles are partitioned by month.
SET client_min_messages = warning;
SET timezone = 'UTC';
SELECT create_news_store('monthly', partition_by => 'month');
SELECT count(*) AS ahead FROM pg_inherits WHERE inhparent = 'monthly.articles'::regclass AND inhrelid <> 'monthly.articles_default'::regclass;
INSERT INTO monthly.articles (title, body, published_at, outlet)
	SELECT 'Fares', '"We have no other choice," said Helen Archer. Peter Lindholm disagreed.', day, 'Harbour Gazette'
	FROM unnest(ARRAY['2020-01-31 23:59Z', '2020-02-01 00:00Z', '2020-02-28 12:00Z', '2020-04-15 08:00Z', 'infinity']::timestamptz[]) day;
INSERT INTO monthly.articles (body) VALUES ('"It is late," said Maria Castell.');
SELECT count(*) AS in_default FROM monthly.articles_default;
CALL refresh_news_store('monthly');
SELECT tableoid::regclass AS partition, id, published_at FROM monthly.articles WHERE published_at < '2021-01-01' ORDER BY id;
SELECT count(*) AS in_default FROM monthly.articles_default;
SELECT articles, extracted, failed, queued FROM monthly.refresh_status;
SELECT * FROM check_news_store('monthly');

-- What was moved is not extracted again; a late article of a month that exists goes there at once.
CALL refresh_news_store('monthly');
SELECT extracted, removed, failed FROM monthly.refresh_runs ORDER BY run_id DESC LIMIT 1;
INSERT INTO monthly.articles (body, published_at) VALUES ('"Never," said Tomas Brandt.', '2020-02-10');
SELECT tableoid::regclass AS partition FROM monthly.articles WHERE body LIKE '%Tomas%';
UPDATE monthly.articles SET published_at = '2020-01-02' WHERE body LIKE '%Tomas%';
CALL refresh_news_store('monthly');
SELECT extracted, removed, failed FROM monthly.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT day, articles FROM monthly.outlet_days WHERE day < '2021-01-01' ORDER BY day;
SELECT * FROM check_news_store('monthly');

-- Retention: a month is detached, its facts and counts go.
ALTER TABLE monthly.articles DETACH PARTITION monthly.articles_p20200201;
DROP TABLE monthly.articles_p20200201;
CALL refresh_news_store('monthly');
SELECT removed FROM monthly.refresh_runs ORDER BY run_id DESC LIMIT 1;
SELECT day, articles FROM monthly.outlet_days WHERE day < '2021-01-01' ORDER BY day;
SELECT * FROM check_news_store('monthly');

-- An id that two months have is noted, and the others go on.
INSERT INTO monthly.articles (id, body, published_at) SELECT 1, '"Twice," said Ingrid Falk.', '2020-04-01';
INSERT INTO monthly.articles (body, published_at) SELECT '"Once," said Ingrid Falk.', '2020-04-02';
CALL refresh_news_store('monthly');
SELECT article_id, error FROM monthly.extraction_errors;
SELECT DISTINCT speaker, quote FROM monthly.latest_quotes WHERE speaker = 'Ingrid Falk';
SELECT * FROM check_news_store('monthly');
DELETE FROM monthly.articles WHERE id = 1 AND published_at = '2020-04-01';
CALL refresh_news_store('monthly');
SELECT count(*) AS errors FROM monthly.extraction_errors;
SELECT * FROM check_news_store('monthly');

SELECT create_news_store('weekly', partition_by => 'week');
CREATE TABLE pieces (id int, body text);
SELECT create_news_store('weekly', 'pieces', partition_by => 'month');
DROP TABLE pieces;
SELECT drop_news_store('monthly');
SELECT to_regnamespace('monthly') IS NULL AS gone;
