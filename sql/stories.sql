-- Stories: their terms, which articles they join at refresh, copies, what happens to them when articles change, and their views.
SET client_min_messages = warning;
SET TimeZone = 'UTC';

-- Terms and signatures.
SELECT string_agg(term, ' ' ORDER BY term) AS terms, round(sum(weight * weight)::numeric, 2) AS squares FROM story_terms('The ferry company raises the fares of the ferry.');
SELECT count(*) AS terms_of_nothing FROM story_terms('') UNION ALL SELECT count(*) FROM story_terms('It is what it is.');
SELECT story_terms(NULL) IS NULL AS strict;
SELECT (SELECT count(*) FROM story_terms(t)) AS bounded, octet_length(news_story_signature(t)) AS packed_small
FROM (SELECT string_agg(translate(md5(n::text), '0123456789', 'ghijklmnop'), ' ') AS t FROM generate_series(1, 20000) n) x;
SELECT round(news_story_similarity(a, a)::numeric, 2) AS itself, news_story_similarity(a, b) AS another, news_story_similarity(a, '\x00ff') AS none
FROM (SELECT news_story_signature('Ferry company raises fares') AS a, news_story_signature('Surgeon acquitted in Lyon') AS b) s;
SELECT (SELECT count(*) FROM news_story_keys(news_story_signature('Ferry company raises fares'), 3)) AS three, (SELECT count(*) FROM news_story_keys('', 3)) AS none,
	(SELECT count(*) FROM news_story_keys(news_story_signature('Ferry company raises fares'), -1)) AS fewer;

-- The rule over arrays refuses what does not belong together.
SELECT * FROM news_choose_stories('{}', '{}', '{}', '{}', '{}', '{}');
SELECT n, story, copy_of FROM news_choose_stories(ARRAY[news_story_signature('Ferry company raises fares'), news_story_signature('Ferry company raises fares again')],
	ARRAY[NULL, '2026-03-01'::timestamptz], ARRAY[NULL, 5]::bigint[], ARRAY[NULL, 1], ARRAY[1], ARRAY[2]);
SELECT * FROM news_choose_stories(ARRAY[NULL::bytea], '{}', '{}', '{}', '{}', '{}');
SELECT * FROM news_choose_stories(ARRAY['\x'::bytea], ARRAY[NULL::timestamptz], ARRAY[NULL::bigint], ARRAY[NULL::int], ARRAY[1], ARRAY[2]);
SELECT * FROM news_choose_stories(ARRAY['\x'::bytea], ARRAY[NULL::timestamptz], ARRAY[0::bigint], ARRAY[1], '{}', '{}');
SELECT n, story FROM news_choose_stories(ARRAY['\x'::bytea], ARRAY['infinity'::timestamptz], ARRAY[NULL::bigint], ARRAY[NULL::int], ARRAY[1], ARRAY[1]);
SELECT news_story_pieces('{}', '{}'), news_story_central('{}', '{}') IS NULL AS no_centre, news_story_affinity('{}', '{}', '{}', '{}') AS no_affinity;

-- Two events, one of them carried by three outlets, one article copied from an agency.
CREATE TABLE pieces (n int PRIMARY KEY, at timestamptz, outlet text, title text, body text);
INSERT INTO pieces VALUES
	(1, '2026-03-02 08:00', 'Harbour Gazette', 'Norland Ferries raises its fares',
	 'Norland Ferries will raise its fares to the island of Terschelling in May. "We have no other choice," said Helen Archer, the chief executive of Norland Ferries. Passengers protested at the pier in Harlingen. The islanders pay twice as much as they did ten years ago, and many of them commute to the mainland each morning.'),
	(2, '2026-03-02 11:30', 'Morning Courier', 'Norland Ferries: dearer tickets',
	 'Norland Ferries will raise its fares to the island of Terschelling in May. "We have no other choice," said Helen Archer, the chief executive of Norland Ferries. Passengers protested at the pier in Harlingen. The islanders pay twice as much as they did ten years ago.'),
	(3, '2026-03-03 09:00', 'Evening Post', 'Islanders march against Norland Ferries',
	 'Hundreds of islanders from Terschelling marched through Harlingen against the fares of Norland Ferries. "Our children cannot get to school," said Maria Castell, a teacher. Helen Archer would not speak to the passengers at the pier.'),
	(4, '2026-03-03 10:00', 'Evening Post', 'Surgeon acquitted of manslaughter',
	 'A jury in Lyon acquitted the surgeon Paul Morel of manslaughter on Tuesday. The prosecutor had asked for six years. The patient, a cellist, died after an operation on her knee.'),
	(5, '2026-03-03 15:00', 'Harbour Gazette', 'Lyon jury clears surgeon Morel',
	 'The surgeon Paul Morel was cleared of manslaughter by a jury in Lyon. The cellist whom he had operated on at the knee bled to death. "It is over," Paul Morel said.'),
	(6, '2026-03-04 07:00', 'Morning Courier', 'Snow closes the airport',
	 'Heavy snow closed the airport of Oslo for three hours on Wednesday. Ploughs cleared the runways by noon.');
SELECT create_news_store('st', 'pieces', id => 'n', title => 'title', published_at => 'at', outlet => 'outlet');
CREATE FUNCTION groups(OUT articles text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT string_agg(article_id || coalesce('=' || duplicate_of, ''), ' ' ORDER BY article_id) FROM st.article_stories GROUP BY story_id ORDER BY min(article_id) $$;
CALL refresh_news_store('st', batch_size => 2);
SELECT * FROM groups();
SELECT * FROM check_news_store('st');
SELECT title, articles, outlets, copies, first, last, speakers, rise FROM st.top_stories;
SELECT title, outlet, articles, copies, first, lag, place FROM st.story_coverage;
SELECT title, day, articles, outlets, copies, headline FROM st.story_timeline ORDER BY day, headline;
CREATE TABLE kept AS SELECT article_id, story_id, duplicate_of FROM st.article_stories;

-- Extracted anew without a change: all stays as it was. In one batch: the same stories.
UPDATE st.extractions SET version = '0.0.1';
CALL refresh_news_store('st');
SELECT count(*) AS differences FROM ((TABLE kept EXCEPT SELECT article_id, story_id, duplicate_of FROM st.article_stories)
	UNION ALL (SELECT article_id, story_id, duplicate_of FROM st.article_stories EXCEPT TABLE kept)) d;
SELECT count(*) AS changes FROM st.story_changes;
SELECT create_news_store('at_once', 'pieces', id => 'n', title => 'title', published_at => 'at', outlet => 'outlet');
CALL refresh_news_store('at_once');
SELECT count(*) AS differences FROM st.article_stories a JOIN st.article_stories b USING (story_id) FULL JOIN
	(SELECT a.article_id AS x, b.article_id AS y FROM at_once.article_stories a JOIN at_once.article_stories b USING (story_id)) o ON o.x = a.article_id AND o.y = b.article_id
	WHERE o.x IS NULL OR a.article_id IS NULL;

-- The original goes: its copy is one no longer. An earlier copy comes late: it is the original.
DELETE FROM pieces WHERE n = 1;
CALL refresh_news_store('st');
SELECT * FROM groups();
INSERT INTO pieces SELECT 7, '2026-03-01 20:00', 'Agency', title, body FROM pieces WHERE n = 2;
CALL refresh_news_store('st');
SELECT * FROM groups();
SELECT outlet, lag, place FROM st.story_coverage WHERE title LIKE '%Norland%' ORDER BY place;
SELECT * FROM check_news_store('st');

-- An article is changed and tells the other story; a story that is left alone keeps its id when its article is edited, moved or re-dated.
UPDATE pieces SET title = 'Prosecutor appeals against Morel verdict', body = 'The prosecutor in Lyon appealed against the verdict of the jury that cleared the surgeon Paul Morel of manslaughter.' WHERE n = 3;
UPDATE pieces SET body = replace(body, 'three', 'four') WHERE n = 6;
UPDATE pieces SET outlet = 'Evening Post' WHERE n = 7;
SELECT story_id AS snow FROM st.article_stories WHERE article_id = 6 \gset
CALL refresh_news_store('st');
SELECT * FROM groups();
SELECT story_id = :snow AS same_story FROM st.article_stories WHERE article_id = 6;
UPDATE pieces SET at = NULL WHERE n = 6;
CALL refresh_news_store('st');
SELECT story_id = :snow AS same_story, published_at FROM st.article_stories WHERE article_id = 6;
SELECT outlets, articles, first_at FROM st.stories ORDER BY first_at;
SELECT * FROM check_news_store('st');

-- A story whose articles hang together by one only falls apart without it: its larger piece keeps the id, the change is noted.
UPDATE st.article_stories SET story_id = (SELECT story_id FROM st.article_stories WHERE article_id = 4) WHERE article_id IN (2, 7);
UPDATE st.stories s SET articles = c.n, outlets = c.o, copies = c.c, first_at = c.f, last_at = c.l, article_id = c.a FROM (SELECT story_id, count(*) AS n, count(DISTINCT outlet) AS o,
	count(duplicate_of) AS c, min(published_at) AS f, max(published_at) AS l, min(article_id) AS a FROM st.article_stories GROUP BY story_id) c WHERE c.story_id = s.story_id;
DELETE FROM st.stories s WHERE NOT EXISTS (SELECT 1 FROM st.article_stories a WHERE a.story_id = s.story_id);
SELECT * FROM groups();
DELETE FROM pieces WHERE n = 3;
CALL refresh_news_store('st');
SELECT * FROM groups();
SELECT change, articles FROM st.story_changes ORDER BY change_id;
SELECT * FROM check_news_store('st');

-- Two stories that an article shows to be one: the larger keeps its id, and remembers the other's.
DELETE FROM pieces;
INSERT INTO pieces SELECT 10 + i, '2026-04-01'::timestamptz + i * interval '1 hour', 'Outlet ' || i, 'Dam at Vesterby cracks',
	'The dam at Vesterby cracked on Wednesday night and 4,000 villagers were brought to safety. Engineer Lotte Brun said that the spillway had been blocked. Paragraph ' || i || '.'
	FROM generate_series(1, 2) i;
CALL refresh_news_store('st');
SELECT story_id AS dam FROM st.article_stories WHERE article_id = 11 \gset
UPDATE st.article_stories SET story_id = 1000, duplicate_of = NULL WHERE article_id = 12;
INSERT INTO st.stories SELECT 1000, title, 12, 1, 1, 0, at, at FROM pieces WHERE n = 12;
UPDATE st.stories SET articles = 1, outlets = 1, copies = 0, article_id = 11, last_at = first_at WHERE story_id = :dam;
SELECT * FROM check_news_store('st');
INSERT INTO pieces VALUES (13, '2026-04-01 08:00', 'Outlet 3', 'Vesterby dam: villagers return', 'The villagers of Vesterby returned to their houses after engineer Lotte Brun had opened the blocked spillway of the cracked dam.');
CALL refresh_news_store('st');
SELECT * FROM groups();
SELECT merged_ids IN (ARRAY[1000::bigint], ARRAY[:dam::bigint]) AS remembered FROM st.stories WHERE articles = 3;
SELECT change, articles FROM st.story_changes WHERE change = 'merged';
SELECT * FROM check_news_store('st');

-- The oracle sees what is wrong.
BEGIN;
UPDATE st.stories SET articles = articles + 1;
DELETE FROM st.story_postings WHERE term = (SELECT min(term) FROM st.story_postings);
UPDATE st.article_stories SET duplicate_of = article_id WHERE article_id = 11;
DELETE FROM st.derivations WHERE article_id = 12;
SELECT DISTINCT rollup, difference FROM check_news_store('st') ORDER BY 1, 2;
ROLLBACK;
DELETE FROM pieces;
CALL refresh_news_store('st');
SELECT (SELECT count(*) FROM st.stories) AS stories, (SELECT count(*) FROM st.article_stories) AS articles, (SELECT count(*) FROM st.story_postings) AS postings,
	(SELECT count(*) FROM st.article_signatures) AS signatures;
SELECT drop_news_store('st'), drop_news_store('at_once');
DROP TABLE pieces, kept;
DROP FUNCTION groups();
