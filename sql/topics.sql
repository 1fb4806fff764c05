-- What a text is about, and the tree.
\pset format unaligned
SELECT path LIKE 'sport%' AS sport, level BETWEEN 1 AND 3 AS level_in_range, score BETWEEN 0 AND 1 AS score_in_range, evidence_span IS NOT NULL AS has_evidence
FROM extract_topics('The striker scored twice as the football club won the league match 3-1. The coach praised his players after the final whistle of the season.')
LIMIT 1;
SELECT count(*) FROM extract_topics('');
SELECT count(*) > 1000 AS whole_tree, count(*) FILTER (WHERE parent IS NULL) AS roots, bool_and(code LIKE 'medtop:%') AS codes FROM topic_tree();
SELECT mediatopic_path('medtop:15000000'), mediatopic_path('15000000'), mediatopic_path('no such code');
-- Every parent is there, one level up.
SELECT count(*) FROM topic_tree() c LEFT JOIN topic_tree() p ON p.code = c.parent WHERE c.parent IS NOT NULL AND p.level IS DISTINCT FROM c.level - 1;
-- Key phrases.
SELECT count(*) BETWEEN 1 AND 3 AS few FROM extract_keyphrases('The solar power plant in the desert will power a million homes. The solar power plant cost two billion dollars.', 3);
SELECT bool_or(phrase ILIKE '%solar power plant%') AS found FROM extract_keyphrases('The solar power plant in the desert will power a million homes. The solar power plant cost two billion dollars.');
SELECT count(*) FROM extract_keyphrases('The solar power plant.', 0);
SELECT * FROM extract_keyphrases('x', -1);
-- A text whose topics leave no doubt.
SELECT topic, code, level, path FROM extract_topics('A 6.8 magnitude earthquake destroyed hundreds of homes in the mountain province on Sunday. Rescue workers searched the rubble for survivors.');
SELECT phrase, substr(body, lower(s), upper(s) - lower(s)) AS there
FROM (VALUES ('The solar power plant in the desert will power a million homes.')) t(body), extract_keyphrases(body, 1), unnest(spans) s;
