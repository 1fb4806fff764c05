-- The page of a day: its parts, its escaping, its refusals.
\pset format unaligned
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT news_html('<a href="x" onclick=''y''>&' || chr(8238) || chr(1) || 'é'), news_counted(1, 'quote'), news_counted(2, 'quote'), news_label(repeat('n', 31)), news_label('A&B');
SELECT create_news_store('day');
INSERT INTO day.articles (title, body, outlet, published_at)
SELECT format('Vote %s in <Hamburg>', n), format('"The council of Hamburg will vote for ship number %s today," said Helen Archer in Oslo. Peter Lindholm said that Helen Archer was wrong about Vienna.', n),
	'Outlet <b>' || n % 3, timestamptz '2026-03-02 08:00Z' + (n % 10) * interval '1 day' FROM generate_series(1, 40) n;
INSERT INTO day.articles (title, body, outlet, published_at) VALUES
	('Ferries', '"We sail again," said Maria Castell of Norland Ferries in Lisbon.', 'Outlet <b>0', '2026-03-05 18:00Z');
CALL refresh_news_store('day');
CREATE FUNCTION parts(html text) RETURNS TABLE (part text) LANGUAGE sql AS $$ SELECT m[1] FROM regexp_matches(html, '<h2 id="([a-z]+)">', 'g') m $$;
SELECT string_agg(part, ' ') FROM parts(news_report('day', '2026-03-05'));
SELECT html LIKE '<!DOCTYPE html>%</html>_' AS whole, position('<h1>Thursday, 5 March 2026</h1>' IN html) > 0 AS dated, position('<strong>5</strong> articles' IN html) > 0 AS counted,
	html = news_report('day', '2026-03-05') AS the_same_again, html !~ '<(script|img|link|iframe)|(src|href)="?(http|//)' AS self_contained
FROM news_report('day', '2026-03-05') html;
SELECT position('Wednesday, 11 March 2026' IN news_report('day')) > 0 AS last_day_by_default;
SELECT m[1] FROM regexp_matches(news_report('day', '2026-03-05'), '<title>(Helen Archer about [^<]*)</title>', 'g') m ORDER BY 1;
SELECT m[1] FROM regexp_matches(news_report('day', '2026-03-05'), '<desc id="voice-desc">([^<]*)</desc>', 'g') m;
SELECT count(*) AS tables FROM regexp_matches(news_report('day', '2026-03-05'), '<table>\n<caption>[^<]+</caption>', 'g');
-- A day between the days of a story has none of it.
INSERT INTO day.articles (title, body, outlet, published_at)
SELECT 'Dam at Vesterby cracks', 'The dam at Vesterby cracked and 4,000 villagers were brought to safety. Engineer Lotte Brun said that the spillway had been blocked.', 'Outlet ' || d, timestamptz '2026-03-20 08:00Z' + d * interval '1 day' FROM unnest(ARRAY[0, 2]) d;
CALL refresh_news_store('day');
SELECT d, position('Dam at Vesterby' IN news_report('day', d)) > 0 AS told, position('class="figures"' IN news_report('day', d)) > 0 AS counted FROM unnest(ARRAY['2026-03-20', '2026-03-21', '2026-03-22']::date[]) d;
-- What an article's author can write anywhere.
UPDATE day.entities SET name = '</text><script>alert(1)</script>' || entity_id, kind = '"><img src=x>';
UPDATE day.quotes SET role = '<i onclick="x">', verbatim = '</blockquote><svg onload=x>' || ordinal;
SELECT html !~* '<(script|img|i |i>)|<svg onload' AS escaped, position('Outlet <b>' IN html) = 0 AS outlet, position('&lt;svg onload' IN html) > 0 AS quote, position('&lt;script&gt;' IN html) > 0 AS name,
	(SELECT count(*) FROM regexp_matches(html, '<(section|figure|table|svg|g|text|details|tr|li|ol|ul|div)[ >]', 'g')) = (SELECT count(*) FROM regexp_matches(html, '</(section|figure|table|svg|g|text|details|tr|li|ol|ul|div)>', 'g')) AS closed
FROM news_report('day', '2026-03-05') html;
SELECT position('nothing in the store' IN news_report('day', '1999-01-01')) > 0 AS empty_day;
SELECT news_report('day', 'infinity');
SELECT news_report('nowhere');
SELECT news_report(NULL);
SELECT create_news_store('bare');
SELECT position('nothing in the store' IN news_report('bare')) > 0 AS empty_store;
SELECT drop_news_store('day'), drop_news_store('bare');
