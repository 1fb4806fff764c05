
CREATE FUNCTION @extschema@.extract_quotes(
	body text,
	OUT quote text, OUT kind text, OUT verbatim text, OUT speaker text, OUT speaker_kind text, OUT role text, OUT cue text,
	OUT addressee text, OUT via text, OUT quote_span int4multirange, OUT verbatim_span int4multirange,
	OUT speaker_span int4range, OUT cue_span int4range, OUT confidence real)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30000 ROWS 10
	AS 'MODULE_PATHNAME', 'news_extract_quotes';
COMMENT ON FUNCTION @extschema@.extract_quotes(text) IS
	'Who said what: one row per quote, in order of appearance. quote: the words attributed to the speaker, never null. kind: direct (between '
	'marks, or a turn of an interview), mixed (a clause partly in marks) or indirect. verbatim: only the words between marks, stretches joined by '
	'news_ellipsis(), null where there are no marks. speaker: by the fullest name that the text gives, null when it gives none. speaker_kind: person, organization, place (a government), '
	'group or document. role: the speaker''s role as the text gives it. cue: the words that say it was said. addressee: who was told. via: through '
	'whom the text has it. quote_span, verbatim_span, speaker_span (the mention at this quote), cue_span: characters, 1-based, end exclusive. '
	'confidence: 0..1, calibrated: of the rows given 0.8, eight in ten are right. Never raises an error on text.';

CREATE FUNCTION @extschema@.news_ellipsis() RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
	AS 'MODULE_PATHNAME', 'news_ellipsis';
COMMENT ON FUNCTION @extschema@.news_ellipsis() IS
	'What stands between the stretches of a verbatim: an ellipsis (U+2026) between two spaces, a question mark in an encoding that lacks it.';
