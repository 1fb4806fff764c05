
CREATE FUNCTION @extschema@.analyze_text(
	body text,
	OUT sentence int, OUT ordinal int, OUT token text, OUT span int4range, OUT lemma text, OUT upos text, OUT xpos text,
	OUT head int, OUT relation text, OUT entity_tag text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50000 ROWS 500
	AS 'MODULE_PATHNAME', 'news_analyze_text';
COMMENT ON FUNCTION @extschema@.analyze_text(text) IS
	'One row per token, all that the extractors rest on. sentence, ordinal: 1-based numbers of the sentence and of the token in the text. span: '
	'characters, 1-based, end exclusive. upos: Universal Dependencies part of speech, xpos: Penn Treebank tag. head: ordinal of the syntactic '
	'head, 0 for a root; relation: Universal Dependencies relation to it. entity_tag: B-kind or I-kind inside a name, else null. Never raises an '
	'error on text.';
