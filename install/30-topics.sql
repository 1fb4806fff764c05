
CREATE FUNCTION @extschema@.extract_topics(
	body text,
	OUT topic text, OUT code text, OUT level int, OUT score real, OUT path text, OUT evidence_span int4multirange)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000 ROWS 4
	AS 'MODULE_PATHNAME', 'news_extract_topics';
COMMENT ON FUNCTION @extschema@.extract_topics(text) IS
	'What a text is about: one row per IPTC Media Topic (CC BY 4.0), best first, none when nothing fits. topic: its label. code: "medtop:...". '
	'level: 1 (widest) to 3. score: 0..1, calibrated: of the topics given 0.8, eight in ten are right. path: labels from the root. evidence_span: '
	'the sentences that carry the most weight, characters, 1-based, end exclusive. Never raises an error on text.';

CREATE FUNCTION @extschema@.topic_tree(
	OUT code text, OUT label text, OUT level int, OUT parent text, OUT definition text, OUT wikidata text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1100
	AS 'MODULE_PATHNAME', 'news_topic_tree';
COMMENT ON FUNCTION @extschema@.topic_tree() IS
	'The IPTC Media Topics tree (CC BY 4.0), parents before children. code: "medtop:...". level: 1 = widest. parent: code, null at level 1. '
	'wikidata: QID or null.';

CREATE FUNCTION @extschema@.mediatopic_path(code text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	AS 'MODULE_PATHNAME', 'news_mediatopic_path';
COMMENT ON FUNCTION @extschema@.mediatopic_path(text) IS
	'Labels from the root of the Media Topics tree to a concept ("medtop:20000002" or "20000002"), joined by " > "; null for an unknown code.';
