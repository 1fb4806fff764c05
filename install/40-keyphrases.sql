
CREATE FUNCTION @extschema@.extract_keyphrases(
	body text, max_phrases int DEFAULT 10,
	OUT phrase text, OUT score real, OUT spans int4multirange)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
	AS 'MODULE_PATHNAME', 'news_extract_keyphrases';
COMMENT ON FUNCTION @extschema@.extract_keyphrases(text, int) IS
	'What a text is about in its own words: up to max_phrases (0..100) noun phrases and names, best first. score: comparable within one text. '
	'spans: where the phrase stands, characters, 1-based, end exclusive. Raises an error when max_phrases is negative, never on text.';
