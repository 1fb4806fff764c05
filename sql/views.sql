-- What the views compute, over counts made by hand: figures that a reader can check with a pencil, whatever the extractors find.
SET client_min_messages = warning;
SET TimeZone = 'UTC';
SELECT create_news_store('counts');
INSERT INTO counts.entities (entity_id, name, kind) VALUES (1, 'Ada Alder', 'person'), (2, 'Bo Birch', 'person'), (3, 'Oslo', 'place'), (4, 'Turin', 'place');

-- Ten articles a day in four weeks, twenty on the last day. The day before them and one in the future count for no trend.
INSERT INTO counts.outlet_days (day, outlet, articles, words, quotes, named, official, organization, unnamed, documentary, unattributed, agency)
	SELECT date '2020-03-01' + i, 'Post', 10, 1000, 4, 1, 1, 0, 1, 0, 1, 1 FROM generate_series(0, 28) i
	UNION ALL VALUES (date '2020-03-29', 'Herald', 10, 1000, 0, 0, 0, 0, 0, 0, 0, 0), ('2020-02-29', 'Post', 10, 1000, 0, 0, 0, 0, 0, 0, 0, 0),
		('2999-01-01', 'Post', 90, 9000, 0, 0, 0, 0, 0, 0, 0, 0);
INSERT INTO counts.entity_days (day, outlet, entity_id, articles, mentions, salience)
	SELECT date '2020-03-01' + i, 'Post', 1, 1, 2, 500 FROM generate_series(0, 27) i
	UNION ALL VALUES (date '2020-03-29', 'Post', 1, 2, 4, 1000), ('2020-02-29', 'Post', 2, 10, 10, 1000), ('2020-03-29', 'Post', 2, 4, 4, 800),
		('2020-03-29', 'Herald', 2, 6, 8, 3000), ('2020-03-29', 'Herald', 3, 1, 1, 100), ('2020-03-28', 'Post', 4, 3, 3, 300);
INSERT INTO counts.topic_days (day, outlet, code, articles) SELECT date '2020-03-29', 'Post', code, 5 FROM topic_tree() WHERE label = 'sport'
	UNION ALL SELECT date '2020-03-01' + i, 'Post', code, 3 FROM topic_tree(), generate_series(0, 28) i WHERE label = 'politics';
INSERT INTO counts.keyphrase_days (day, phrase, articles) VALUES ('2020-03-29', 'ice hockey', 10), ('2020-03-28', 'budget', 28), ('2020-03-29', 'budget', 2);
INSERT INTO counts.pair_totals (entity_a, entity_b, articles) VALUES (1, 2, 12), (2, 3, 2);
INSERT INTO counts.voice_days (day, outlet, topic, entity_id, articles, quotes, words) VALUES ('2020-03-29', 'Post', 'sport', 1, 2, 3, 45), ('2020-03-29', 'Post', 'sport', 2, 1, 1, 5),
	('2020-03-29', 'Post', 'politics', 1, 1, 1, 10), ('2020-03-29', 'Herald', 'sport', 2, 3, 4, 40), ('-infinity', '', '', 3, 1, 1, 9);

SELECT * FROM counts.last_day;
-- Who keeps a share does not trend, nor who was there yesterday only; one article of a newcomer hardly does, ten do.
SELECT entity, articles, expected, score, day FROM counts.trending_entities;
SELECT topic, articles, expected, score FROM counts.trending_topics;
SELECT phrase, articles, expected, score FROM counts.trending_keyphrases;
SELECT entity, day, articles, mentions, outlets, mean_salience FROM counts.entity_timeline WHERE entity <> 'Ada Alder' ORDER BY entity, day;
SELECT topic, day, articles, outlets FROM counts.topic_timeline WHERE topic = 'sport';
SELECT day, outlet, topic, speaker, quotes, share_of_quotes, share_of_words FROM counts.share_of_voice ORDER BY day, outlet, topic, speaker;
SELECT speaker, quotes, words, articles, outlets, first_day FROM counts.quotes_by_speaker;
SELECT speaker, topic, quotes, share, times_average FROM counts.speaker_topics ORDER BY speaker, topic;
SELECT entity_a, entity_b, articles, npmi FROM counts.entity_pairs;
SELECT outlet, what, item, here, everywhere, z FROM counts.outlet_profile ORDER BY what, outlet, item;
SELECT outlet, articles, quotes, quotes_per_article, named, official, organization, unnamed, documentary, unattributed, through_others FROM counts.sourcing ORDER BY outlet;
SELECT drop_news_store('counts');
