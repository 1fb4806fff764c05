\echo Use "CREATE EXTENSION news_analytics" to load this file. \quit

CREATE FUNCTION @extschema@.news_analytics_version() RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
	AS 'MODULE_PATHNAME', 'news_analytics_version';
COMMENT ON FUNCTION @extschema@.news_analytics_version() IS
	'Version of the loaded library, as ''1.0.0''; the store extracts an article anew when it was extracted by an older one.';
