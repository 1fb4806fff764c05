-- Which entity a name in an article is: rows as the extractors would give them, over entities and days made by hand.
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SELECT create_news_store('ids');
INSERT INTO ids.entities (entity_id, name, kind, wikidata, last_names) OVERRIDING SYSTEM VALUE
	VALUES (1, 'Helen Archer', 'person', NULL, '{archer}'), (2, 'Tom Archer', 'person', NULL, '{archer}'), (3, 'Oslo', 'place', 'Q585', '{}'), (4, 'Maria Falk', 'person', NULL, '{falk}'),
		(5, 'Falk Shipping', 'organization', NULL, '{}');
INSERT INTO ids.entity_aliases (kind, alias_key, entity_id, by_hand) VALUES ('person', 'helen archer', 1, false), ('person', 'tom archer', 2, false), ('place', 'Q585', 3, false),
	('person', 'maria falk', 4, false), ('person', 'nessie', 4, true);
SELECT setval(pg_get_serial_sequence('ids.entities', 'entity_id'), 100) AS last_id;
-- Helen Archer is in the Post, both Archers in the Herald; Maria Falk is in the Post on the first of March.
INSERT INTO ids.entity_days (day, outlet, entity_id, articles, mentions, salience)
	VALUES ('2026-03-05', 'Post', 1, 1, 1, 1), ('2026-03-05', 'Herald', 1, 1, 1, 1), ('2026-03-05', 'Herald', 2, 1, 1, 1), ('2026-03-01', 'Post', 4, 1, 1, 1), ('2026-03-05', 'Post', 5, 1, 1, 1);

SELECT news_temp_tables('bigint');
CREATE TEMP TABLE cases (n int, outlet text, published_at timestamptz, entity text, kind text, wikidata text, why text);
INSERT INTO cases VALUES
	(1, 'Post', '2026-03-05', 'Archer', 'person', NULL, 'a last name, one bearer in the outlet'),
	(2, 'Herald', '2026-03-05', 'Archer', 'person', NULL, 'a last name, two bearers in the outlet'),
	(3, 'Times', '2026-03-05', 'Archer', 'person', NULL, 'a last name, no bearer in the outlet'),
	(4, 'Post', '2026-03-08 23:59', 'Falk', 'person', NULL, 'a last name, its bearer seven days before'),
	(5, 'Post', '2026-03-09 00:00', 'Falk', 'person', NULL, 'a last name, its bearer eight days before'),
	(6, 'Post', NULL, 'Falk', 'person', NULL, 'a last name, undated'),
	(7, 'Post', '2026-03-05', 'Falk', 'organization', NULL, 'no person'),
	(8, 'Times', '2020-01-01', 'HELEN ARCHER', 'person', NULL, 'a full name, whatever its case, outlet and day'),
	(9, 'Times', '2020-01-01', 'Kristiania', 'place', 'Q585', 'another name of the same QID'),
	(10, 'Times', '2020-01-01', 'Oslo', 'place', NULL, 'the same name without its QID'),
	(11, 'Times', '2020-01-01', 'Nessie', 'person', NULL, 'one word, by hand'),
	(12, 'Times', '2020-01-01', 'Jo March', 'person', NULL, 'a new full name'),
	(13, 'Times', '2020-01-01', 'Jo March', 'person', NULL, 'and again in the same batch');
BEGIN;
INSERT INTO news_batch (n, article_id, known, present, changed, extract, published_at, outlet) SELECT n, n, false, true, true, true, published_at, outlet FROM cases;
INSERT INTO news_batch_rows (article_id, n, ordinal, entity, kind, wikidata) SELECT n, n, 1, entity, kind, wikidata FROM cases;
SELECT news_identify('ids');
SELECT c.n, c.entity, c.why, CASE WHEN b.entity_id <= 100 THEN e.name ELSE 'new' END AS is, b.alias_key
FROM cases c JOIN news_batch_entities b USING (n) JOIN ids.entities e USING (entity_id) ORDER BY n;
SELECT e.name, e.kind, e.wikidata, e.last_names, count(*) AS mentions FROM ids.entities e JOIN news_batch_entities USING (entity_id) WHERE entity_id > 100 GROUP BY e.entity_id ORDER BY 1, 2;
COMMIT;
DROP TABLE cases;
SELECT drop_news_store('ids');
