-- Whom and what a text names.
\pset format unaligned
SELECT entity, kind, mentions, role, aliases, country FROM extract_entities(
	'German Chancellor Angela Merkel met Barack Obama in Paris. Merkel said the North Atlantic Treaty Organization (NATO) was strong. NATO has members in Europe.')
ORDER BY entity;
-- Spans count characters, not bytes.
SELECT entity, spans, substr(body, lower(spans), upper(spans) - lower(spans)) AS named
FROM (VALUES ('Señor José Gómez visited Zürich.')) t(body), extract_entities(body) ORDER BY lower(spans);
SELECT bool_and(salience BETWEEN 0 AND 1) AS in_range, bool_and(mentions > 0) AS named FROM extract_entities('Angela Merkel met Barack Obama in Paris.');
SELECT entity, location IS NOT NULL AS located FROM extract_entities('The mayor of Nairobi spoke.');
SELECT count(*) FROM extract_entities('nothing here has a name');
-- Other kinds than people, organizations and places.
SELECT entity, kind FROM extract_entities('The Nobel Peace Prize went to Médecins Sans Frontières. The Clean Air Act of 1970 was amended after World War II. She read "War and Peace" in French on her iPhone.')
ORDER BY entity COLLATE "C";
-- A role behind the name, a last name, two of one family.
SELECT entity, mentions, role, aliases FROM extract_entities('Alice Munroe met her husband, Tom Munroe. Jamieson Greer, the U.S. trade representative, flew to Beijing. Greer will meet Li Chenggang there; Li arrived early.')
WHERE kind = 'person' ORDER BY entity;
