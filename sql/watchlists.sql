-- Watchlists: the query language and its errors, hits of every field, back over the store, changes of articles and watches, the recount.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET TimeZone = 'UTC';

-- Terms, and what holds.
SELECT * FROM news_watch_terms('tax & !("sales tax" | vat:*) & speaker:"Helen ""H"" Archer" | a <-> b <2> c & topic:economy');
SELECT q, t AS terms, news_watch_holds(q, t) AS holds FROM (VALUES ('!a', '{}'::int[]), ('a & !b | c', '{1}'), ('a & !b | c', '{1,2}'), ('a & !b | c', '{2,3}'), ('!(a | b) & c', '{3}'),
	('!(a | b) & c', '{2,3}'), ('!!a', '{1}'), ('a | b & c', '{1}'), ('(a | b) & c', '{1}'), ('((((a))))', '{1}'), ('!(!(a) & b)', '{2}')) v (q, t);
SELECT q.n, w.term, w.spans, substr(x.t, lower(w.spans), upper(w.spans) - lower(w.spans)) AS found
FROM (VALUES ('The taxes on decision-making rise; New York''s mayor, New  York: US and us.')) x (t)
	CROSS JOIN LATERAL news_watch_words(x.t, ARRAY['tax & "new york" & exact:us & exact:US & making & deci:*', 'rise <2> york', '"decision making" | tax <-> on', 'rise <-> york | missing']) w
	JOIN generate_series(1, 4) q (n) ON q.n = w.query ORDER BY 1, 2;
SELECT count(*), max(upper(spans)) > 0 AS found FROM news_watch_words(repeat('ferry ', 100000), ARRAY['ferry', '"ferry ferry"', 'f:*']);
SELECT count(*) FROM news_watch_words('', ARRAY['ferry']);
SELECT count(*) FROM news_watch_words('ferry', '{}');

-- Mistakes.
SELECT news_watch_terms('');
SELECT news_watch_terms('a b');
SELECT news_watch_terms('a &');
SELECT news_watch_terms('& a');
SELECT news_watch_terms('(a | b');
SELECT news_watch_terms('a) | b');
SELECT news_watch_terms('"open');
SELECT news_watch_terms('""');
SELECT news_watch_terms('foo:bar');
SELECT news_watch_terms('speaker:');
SELECT news_watch_terms('speaker:Helen Archer');
SELECT news_watch_terms('a <0> b');
SELECT news_watch_terms('a <-> (b | c)');
SELECT news_watch_terms('...');
SELECT news_watch_terms('Zürich & ünïcode )');
SELECT news_watch_terms(repeat('a & ', 300) || 'a');
SELECT length(news_watch_terms(repeat('(', 400) || 'a' || repeat(')', 400))::text) > 0 AS deep_is_fine;
SELECT news_watch_terms('"' || repeat('word ', 60) || '"');
SELECT news_watch_terms(repeat('x', 10001));
SELECT news_watch_holds('a', ARRAY[NULL]::int[]);
SELECT news_watch_words('a', ARRAY['a', NULL]);

SELECT create_news_store('wat');
INSERT INTO wat.articles (id, published_at, outlet, title, body) VALUES
	(1, '2026-05-01', 'Harbour Gazette', 'Fares', 'Transport Minister Peter Lindholm defended the ferry fares. "Helen Archer has done what was necessary," Peter Lindholm said on Monday.'),
	(2, '2026-05-02', 'Morning Courier', 'Talks', 'Talks ended. "The door is open," said Helen Archer, the chief executive of Norland Ferries. The union called the fare an insult.'),
	(3, '2026-05-03', 'Evening Post', 'Opera', 'The orchestra plays tonight in New York. "It is a long night," said Maria Castell.');
CALL refresh_news_store('wat');
SELECT add_watch('wat', 'Helen Archer') IS NOT NULL AS added;
SELECT add_watch('wat', 'said by Archer', 'speaker:"helen archer"') IS NOT NULL AS added;
SELECT add_watch('wat', 'about Archer', 'about:"Helen Archer"') IS NOT NULL AS added;
SELECT add_watch('wat', 'fares elsewhere', 'fares & !outlet:"harbour gazette"') IS NOT NULL AS added;
SELECT add_watch('wat', 'no ferry', '!ferry & !ferries') IS NOT NULL AS added;
SELECT add_watch('wat', 'the Post', 'outlet:"Evening Post" & !strike') IS NOT NULL AS added;
SELECT add_watch('wat', 'city', NULL, ARRAY['New York', 'NYC']) IS NOT NULL AS added;
SELECT add_watch('wat', 'arts', 'topic:"arts, culture, entertainment and media" | topic:medtop:01000000 | topic:01000000') IS NOT NULL AS added;
SELECT add_watch('wat', 'a ''quoted"; name', 'exact:"O''Neil"") DROP TABLE"') IS NOT NULL AS added;
SELECT add_watch('wat', 'city', 'york');
SELECT add_watch('wat', '');
SELECT add_watch('wat', 'both', 'a', ARRAY['b']);
SELECT add_watch('wat', 'wrong', 'a &');
SELECT add_watch('wat', 'wrong', 'topic:econom');
SELECT add_watch('wat', 'wrong', 'topic:"zzz%"');
SELECT add_watch('nowhere', 'x', 'x');
SELECT change_watch('wat', 'nobody', 'x');
SELECT change_watch('wat', 'city', NULL);
SELECT drop_watch('wat', 'nobody');
SELECT name, query FROM wat.watchlists ORDER BY watch_id;

-- Back over the store, at the next refresh.
SELECT count(*) AS hits FROM wat.watchlist_hits;
CALL refresh_news_store('wat', batch_size => 2);
CREATE VIEW hits AS SELECT watch, article_id AS article, outlet, terms, snippet FROM wat.latest_hits ORDER BY watch COLLATE "C", article_id;
SELECT * FROM hits WHERE watch <> 'arts';
SELECT count(*) AS topic_differences FROM ((SELECT article FROM hits WHERE watch = 'arts') EXCEPT (SELECT article_id FROM wat.article_topics WHERE path LIKE 'arts, culture%')
	UNION ALL (SELECT DISTINCT article_id FROM wat.article_topics WHERE path LIKE 'arts, culture%' EXCEPT SELECT article FROM hits WHERE watch = 'arts')) d;
SELECT * FROM check_news_store('wat');
CREATE TABLE first_hits AS SELECT hit_id FROM wat.watchlist_hits;
-- Nothing to do, nothing new; an article done again keeps its hits.
CALL refresh_news_store('wat');
UPDATE wat.extractions SET version = 'older';
CALL refresh_news_store('wat');
SELECT count(*) AS differences FROM ((SELECT hit_id FROM wat.watchlist_hits EXCEPT TABLE first_hits) UNION ALL (TABLE first_hits EXCEPT SELECT hit_id FROM wat.watchlist_hits)) d;
-- New, changed and deleted articles.
INSERT INTO wat.articles (id, published_at, outlet, body) VALUES (4, '2026-05-04', 'Evening Post', 'NYC was quiet. Helen Archer was not there.');
UPDATE wat.articles SET body = 'The ferry strike ended in New York.' WHERE id = 3;
UPDATE wat.articles SET outlet = 'Evening Post' WHERE id = 1;
DELETE FROM wat.articles WHERE id = 2;
CALL refresh_news_store('wat');
SELECT watch, article, terms FROM hits WHERE watch <> 'arts';
SELECT * FROM check_news_store('wat');
-- Changed and dropped watches.
SELECT change_watch('wat', 'city', 'strike');
SELECT * FROM check_news_store('wat');
CALL refresh_news_store('wat');
SELECT watch, article, terms FROM hits WHERE watch = 'city';
SELECT drop_watch('wat', 'city');
SELECT count(*) FROM wat.watchlist_hits h WHERE NOT EXISTS (SELECT 1 FROM wat.watchlists w WHERE w.watch_id = h.watch_id);
SELECT * FROM check_news_store('wat');
-- What the check is for.
UPDATE wat.watchlist_hits SET evidence = '{[1,2)}' WHERE hit_id = (SELECT min(hit_id) FROM wat.watchlist_hits);
DELETE FROM wat.watchlist_hits WHERE hit_id = (SELECT max(hit_id) FROM wat.watchlist_hits);
SELECT rollup, difference, count(*) FROM check_news_store('wat') GROUP BY 1, 2 ORDER BY 1, 2;
DROP VIEW hits;
SELECT drop_news_store('wat');
