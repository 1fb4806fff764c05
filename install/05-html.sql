
CREATE FUNCTION @extschema@.html_to_text(html text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000
	AS 'MODULE_PATHNAME', 'news_html_to_text';
COMMENT ON FUNCTION @extschema@.html_to_text(text) IS
	'The readable text of an HTML page or fragment (a CMS body): block elements become paragraphs separated by a blank line, line breaks become newlines, '
	'entities are decoded, scripts, styles, navigation, captions and hidden parts are left out. Parsed by Gumbo, as a browser would. Never raises an error on any text; linear time.';
