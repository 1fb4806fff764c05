-- The library's version is the control file's; every object has a comment.
SELECT news_analytics_version() = extversion AS same_version FROM pg_extension WHERE extname = 'news_analytics';
SELECT count(*) AS without_comment
FROM pg_depend d
WHERE d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'news_analytics')
  AND obj_description(d.objid, d.classid::regclass::text) IS NULL;
