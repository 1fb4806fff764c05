-- The library's version is the control file's; every object has a comment; the row types of views are members too since PostgreSQL 18.
SELECT news_analytics_version() = extversion AS same_version FROM pg_extension WHERE extname = 'news_analytics';
SELECT count(*) AS without_comment
FROM pg_depend d
WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'news_analytics') AND d.classid <> 'pg_type'::regclass
  AND obj_description(d.objid, d.classid::regclass::text) IS NULL;
