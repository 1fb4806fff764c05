-- Quote families: one quotation in its variants; changes, deletions, merges and splits of families; identity with the recount.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SET TimeZone = 'UTC';

-- The comparison alone.
SELECT quote_containment('We will rebuild the lighthouse before winter, whatever it costs.', 'rebuild the lighthouse before winter') AS inside,
	quote_containment('We will rebuild the lighthouse before winter', 'We will — rebuild the lighthouse “before winter”!') AS punctuation,
	quote_containment('We will rebuild the lighthouse', 'The orchestra plays tonight') AS different;
SELECT p AS phrase, quote_shingles(quote_words(p)) = '{}' AS says_too_little FROM unnest(ARRAY['I don''t know', 'No comment', 'Yes', '', 'It is what it is',
	'The harbour pilots refused the dredging contract']) p;
SELECT quote_same(quote_words(a), quote_words(b), false, same) AS one_quotation, a, b, same FROM (VALUES
	('The harbour pilots refused the dredging contract in March', 'harbour pilots refused the dredging contract', true),
	('The harbour pilots refused the dredging contract in March', 'The harbour pilots … refused the dredging contract', NULL),
	('The harbour pilots refused the dredging contract in March', 'The harbour pilots welcomed the new tugboat in March', true),
	('I don''t know what to say', 'I don''t know what to do', true)) v (a, b, same);
SELECT cardinality(quote_words(repeat('lighthouse ', 5000))) AS words_at_most, quote_words('') AS none, quote_words('... — !') AS marks;
SELECT quote_same(ARRAY[1, NULL], '{1}', false, NULL);
SELECT * FROM news_components(ARRAY[5, 3, 9, 7, -2], ARRAY[3, 1, 9, -2, 8]) ORDER BY node;

-- A store.
SELECT create_news_store('fam');
CREATE FUNCTION put(n int, day date, outlet text, body text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO fam.articles (id, published_at, outlet, body) VALUES (n, day, outlet, body)
	ON CONFLICT (id) DO UPDATE SET published_at = excluded.published_at, outlet = excluded.outlet, body = excluded.body
$$;
CREATE VIEW families AS SELECT quote, speaker, articles, outlets, variants, first_outlet, first_at::date AS first_day, lag, outlet_names FROM fam.quote_reuse ORDER BY quote COLLATE "C";
SELECT put(1, '2026-04-01', 'Harbour Gazette', '"The harbour pilots refused the dredging contract, and they were right to refuse it," said Helen Archer on Monday. "I don''t know," said Helen Archer.'),
	put(2, '2026-04-02', 'Morning Courier', '"The harbour pilots refused the dredging contract," said Helen Archer. The meeting ended early.'),
	put(3, '2026-04-03', 'Evening Post', 'Tomas Brandt was asked. "I don''t know," said Tomas Brandt. "Our orchestra rehearses beneath the aqueduct," said Maria Castell.'),
	put(4, '2026-04-03', 'Evening Post', '"The ferry sank beside the granite breakwater," said Ingrid Falk.');
CALL refresh_news_store('fam');
SELECT * FROM families;
SELECT * FROM check_news_store('fam');

-- The same words under another name.
SELECT put(5, '2026-04-05', 'Island Times', '"The harbour pilots refused the dredging contract, and they were right to refuse it," said Peter Lindholm on Friday.');
CALL refresh_news_store('fam');
SELECT * FROM families;
SELECT quote, speakers, articles_by_speaker FROM fam.disputed_speakers;
SELECT * FROM check_news_store('fam');

-- Two quotations; a third that holds both joins them under the older id; without it they part again.
SELECT put(6, '2026-04-06', 'Harbour Gazette', '"Our orchestra rehearses beneath the aqueduct," said Maria Castell.'),
	put(7, '2026-04-06', 'Morning Courier', '"The tenor lost his manuscript inside the observatory," said Maria Castell.'),
	put(8, '2026-04-06', 'Evening Post', '"The tenor lost his manuscript inside the observatory," said Maria Castell.');
CALL refresh_news_store('fam');
SELECT * FROM families WHERE speaker = 'Maria Castell';
SELECT family_id AS orchestra FROM fam.quote_families WHERE quote LIKE 'Our orchestra%' \gset
SELECT family_id AS tenor FROM fam.quote_families WHERE quote LIKE 'The tenor%' \gset
SELECT put(9, '2026-04-07', 'Island Times', '"Our orchestra rehearses beneath the aqueduct. The tenor lost his manuscript inside the observatory," said Maria Castell.');
CALL refresh_news_store('fam');
SELECT * FROM families WHERE speaker = 'Maria Castell';
SELECT family_id = least(:orchestra, :tenor) AS the_older_id_stays FROM fam.quote_families WHERE speaker = 'Maria Castell';
SELECT family_id = greatest(:orchestra, :tenor) AS other, into_family = least(:orchestra, :tenor) AS went_into FROM fam.quote_family_merges;
SELECT * FROM check_news_store('fam');
DELETE FROM fam.articles WHERE id = 9;
CALL refresh_news_store('fam');
SELECT * FROM families WHERE speaker = 'Maria Castell';
SELECT count(*) = 1 AS one_keeps_the_id FROM fam.quote_families WHERE family_id = least(:orchestra, :tenor);
SELECT * FROM check_news_store('fam');

-- Changed, re-dated, moved and deleted articles.
SELECT put(1, '2026-04-01', 'Harbour Gazette', 'Nothing was said.'), put(2, '2026-03-20', 'Island Times', '"The harbour pilots refused the dredging contract," said Helen Archer.');
CALL refresh_news_store('fam');
SELECT * FROM families;
SELECT * FROM check_news_store('fam');
DELETE FROM fam.articles WHERE id IN (2, 3, 6);
CALL refresh_news_store('fam', batch_size => 1);
SELECT * FROM families;
SELECT count(*) AS members_of_the_deleted FROM fam.quote_family_members WHERE article_id IN (2, 3, 6);
SELECT * FROM check_news_store('fam');
-- In whatever order and batches they come, the families are the same.
CREATE TABLE families_before AS SELECT * FROM families;
UPDATE fam.extractions SET version = 'older';
CALL refresh_news_store('fam', batch_size => 2, newest_first => false);
SELECT count(*) AS differences FROM ((TABLE families EXCEPT ALL TABLE families_before) UNION ALL (TABLE families_before EXCEPT ALL TABLE families)) d;
SELECT * FROM check_news_store('fam');
-- Copies of one report: indirect speech joins only when long and nearly the same.
SELECT put(11, '2026-04-08', 'Island Times', 'Officials said that the granite breakwater would be dismantled next spring and that the lighthouse keeper would receive a new cottage beside the cannery.'),
	put(12, '2026-04-08', 'Morning Courier', 'Officials said that the granite breakwater would be dismantled next spring and that the lighthouse keeper would receive a new cottage beside the cannery.'),
	put(13, '2026-04-08', 'Evening Post', 'Officials said that the breakwater would be dismantled.');
CALL refresh_news_store('fam');
SELECT articles, outlets, reported FROM fam.quote_reuse WHERE reported;
SELECT * FROM check_news_store('fam');
-- What the check is for: it tells what does not belong.
UPDATE fam.quote_families SET articles = articles + 1 WHERE reported;
SELECT rollup, difference, count(*) FROM check_news_store('fam') GROUP BY 1, 2 ORDER BY 1, 2;
UPDATE fam.quote_variants SET family_id = NULL WHERE reported;
SELECT rollup, difference, count(*) FROM check_news_store('fam') GROUP BY 1, 2 ORDER BY 1, 2;
DELETE FROM fam.quote_family_members WHERE article_id = 8;
SELECT rollup, difference, count(*) FROM check_news_store('fam') GROUP BY 1, 2 ORDER BY 1, 2;
DROP VIEW families;
SELECT drop_news_store('fam');
