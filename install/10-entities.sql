
CREATE FUNCTION @extschema@.extract_entities(
	body text,
	OUT entity text, OUT kind text, OUT mentions int, OUT spans int4multirange, OUT salience real, OUT role text,
	OUT aliases text[], OUT country text, OUT wikidata text, OUT location point)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 20
	AS 'MODULE_PATHNAME', 'news_extract_entities';
COMMENT ON FUNCTION @extschema@.extract_entities(text) IS
	'Whom and what a text names: one row per entity, most salient first. entity: the canonical name, else the fullest in this text. '
	'kind: person, organization, place, facility, nationality, event, product, work, law, award or language. mentions: how often it is named '
	'(names, not pronouns). spans: where, in characters, 1-based, end exclusive. salience: 0..1, how far the text is about it. role: title or '
	'description given in the text. aliases: its other forms in this text. country: ISO 3166-1 alpha-2, wikidata: QID, location: longitude and '
	'latitude, each null where unknown. Never raises an error on text.';
