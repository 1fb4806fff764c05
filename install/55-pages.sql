
CREATE FUNCTION @extschema@.article_html(body text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60000
	AS 'MODULE_PATHNAME', 'news_article_html';
COMMENT ON FUNCTION @extschema@.article_html(text) IS
	'The text as one self-contained HTML5 page: quotes, speakers, cues and names marked, with lists of quotes, topics and names beside it. Everything of the '
	'text is escaped; no script, no outside resource; light and dark. Of a text above 2 MB the first 2 MB are shown. Never raises an error on text.';
