
-- The page of a day. Each section is a function of its own that gives markup, '' when there is nothing to show. Whatever
-- comes from articles goes through news_html; numbers and dates are made here.

CREATE FUNCTION @extschema@.news_html(value text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'news_html';
COMMENT ON FUNCTION @extschema@.news_html(text) IS
	'The text escaped for HTML, for use between tags and in quoted attributes. Control characters and marks that turn the direction of writing are dropped.';

CREATE FUNCTION @extschema@.news_page_head(title text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
	AS 'MODULE_PATHNAME', 'news_page_head';
COMMENT ON FUNCTION @extschema@.news_page_head(text) IS
	'An HTML page up to <body>, with the style of news_report and a policy by which a browser runs no script and loads nothing. title is escaped.';

CREATE FUNCTION @extschema@.news_counted(n bigint, one text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT format('%s %s%s', coalesce(n, 0), one, CASE WHEN n = 1 THEN '' ELSE 's' END) $$;
COMMENT ON FUNCTION @extschema@.news_counted(bigint, text) IS '"1 quote", "2 quotes".';

-- A name for a drawing: cut to fit, wide characters counted twice.
CREATE FUNCTION @extschema@.news_label(name text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE WHEN length(name) > most THEN @extschema@.news_html(left(name, most - 1)) || '&hellip;' ELSE @extschema@.news_html(name) END
FROM (SELECT CASE WHEN name ~ '[\u1100-\uffff\U0001d000-\U0003ffff]' OR upper(name) = name THEN 17 ELSE 30 END AS most) m
$$;
COMMENT ON FUNCTION @extschema@.news_label(text) IS 'A name as the drawings of news_report write it: escaped, at most 30 characters.';

-- heads: titles of the columns, each with its class and a colon before it where it has one; body: the rows.
CREATE FUNCTION @extschema@.news_report_table(caption text, heads text[], body text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT format(E'<table>\n<caption>%s</caption>\n<thead><tr>%s</tr></thead>\n<tbody>%s\n</tbody>\n</table>\n', caption,
	(SELECT string_agg(format('<th scope="col"%s>%s</th>', ' class="' || substring(h FROM '^(.*):') || '"', substring(h FROM '[^:]*$')), '' ORDER BY i) FROM unnest(heads) WITH ORDINALITY u (h, i)), body)
$$;
COMMENT ON FUNCTION @extschema@.news_report_table(text, text[], text) IS 'Part of news_report: a table.';

CREATE FUNCTION @extschema@.news_report_drawing(id text, title text, description text, height numeric, marks text, data text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT format(E'<div class="plot" tabindex="0" role="group" aria-label="Drawing: %2$s">\n<svg viewBox="0 0 760 %4$s" role="img" aria-labelledby="%1$s-title %1$s-desc">\n'
	'<title id="%1$s-title">%2$s</title>\n<desc id="%1$s-desc">%3$s</desc>\n%5$s</svg>\n</div>\n<details><summary>As a table</summary>\n%6$s</details>\n',
	id, title, description, height, marks, data)
$$;
COMMENT ON FUNCTION @extschema@.news_report_drawing(text, text, text, numeric, text, text) IS
	'Part of news_report: a drawing in SVG, with what it shows in words, and the table behind it.';

CREATE FUNCTION @extschema@.news_report_figures(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	EXECUTE format($q$
		SELECT '<ul class="figures">' || string_agg(format('<li><strong>%%s</strong> %%s</li>', to_char(n, 'FM999,999,999,999,990'), what), E'\n' ORDER BY place) || E'</ul>\n'
		FROM (SELECT coalesce(sum(articles), 0) AS articles, count(*) AS outlets, coalesce(sum(words), 0) AS words, coalesce(sum(quotes), 0) AS quotes,
				(SELECT count(DISTINCT v.entity_id) FROM %1$I.voice_days v WHERE v.day = $1) AS speakers
			FROM %1$I.outlet_days d WHERE d.day = $1) f
			CROSS JOIN LATERAL (VALUES (1, articles, 'articles'), (2, outlets, 'outlets'), (3, quotes, 'quotes'), (4, speakers, 'named speakers'), (5, words, 'words')) v(place, n, what)
		WHERE outlets > 0$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_figures(text, date) IS 'Part of news_report: how much there was; nothing for those who may not see counts.';

CREATE FUNCTION @extschema@.news_report_stories(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	EXECUTE format($q$
		SELECT '<ol class="stories">' || string_agg(format(E'\n<li><strong>%%s</strong>%%s<p class="soft">%%s &middot; %%s &middot; %%s</p>%%s</li>',
			@extschema@.news_html(coalesce(nullif(title, ''), 'Without a title')),
			CASE WHEN rise > 0 AND $1 = (SELECT l.day FROM %1$I.last_day l) THEN '<span class="rise">rising</span>' ELSE '' END,
			@extschema@.news_counted(articles, 'article'), @extschema@.news_counted(outlets, 'outlet'),
			CASE WHEN first_day = $1 THEN 'since ' || to_char(first_at, 'HH24:MI') ELSE 'since ' || to_char(first_at, 'FMDD FMMonth') END,
			CASE WHEN speakers <> '' THEN '<p><span class="soft">Heard:</span> <bdi>' || @extschema@.news_html(speakers) || '</bdi></p>' ELSE '' END),
			'' ORDER BY place) || E'\n</ol>\n'
		FROM (SELECT row_number() OVER () AS place, s.title, s.articles, s.outlets, s.rise, s.first AT TIME ZONE 'UTC' AS first_at, (s.first AT TIME ZONE 'UTC')::date AS first_day,
				array_to_string(s.speakers, ', ') AS speakers
			FROM %1$I.top_stories s
			WHERE EXISTS (SELECT 1 FROM %1$I.article_stories a WHERE a.story_id = s.story_id AND a.published_at >= $1::timestamp AT TIME ZONE 'UTC'
				AND a.published_at < ($1 + 1)::timestamp AT TIME ZONE 'UTC') LIMIT 10) t$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_stories(text, date) IS 'Part of news_report: the first stories of the view top_stories that had an article on the day.';

CREATE FUNCTION @extschema@.news_report_names(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	EXECUTE format($q$
		WITH totals AS (
			SELECT sum(d.articles) FILTER (WHERE d.day < $1) AS before, sum(d.articles) FILTER (WHERE d.day = $1) AS now
			FROM %1$I.outlet_days d WHERE d.day BETWEEN $1 - 28 AND $1),
		rising AS (
			SELECT d.entity_id, d.n, round(@extschema@.news_expected(d.earlier, t.before, t.now)::numeric, 1) AS expected,
				@extschema@.news_trend(d.n, d.earlier, t.before, t.now) AS score, e.name, e.kind
			FROM totals t CROSS JOIN (SELECT entity_id, sum(d.articles) FILTER (WHERE d.day = $1) AS n, sum(d.articles) FILTER (WHERE d.day < $1) AS earlier
					FROM %1$I.entity_days d WHERE d.day BETWEEN $1 - 28 AND $1 GROUP BY entity_id HAVING bool_or(d.day = $1)) d
				JOIN %1$I.entities e USING (entity_id)
			WHERE @extschema@.news_trend(d.n, d.earlier, t.before, t.now) > 0
			ORDER BY score DESC, d.n DESC, e.name, entity_id LIMIT 12),
		drawn AS (
			SELECT r.*, c.line, c.last_y FROM rising r CROSS JOIN LATERAL (
				SELECT 'M' || string_agg(format('%%s %%s', g.i * 5 + 2, p.y), 'L' ORDER BY g.i) AS line, max(p.y) FILTER (WHERE g.i = 28) AS last_y
				FROM generate_series(0, 28) g(i)
					LEFT JOIN LATERAL (SELECT sum(articles) AS n FROM %1$I.entity_days d WHERE d.entity_id = r.entity_id AND d.day = $1 - 28 + g.i) n ON true
					CROSS JOIN LATERAL (SELECT round(22 - 19 * coalesce(n.n, 0) / greatest((SELECT max(s) FROM (SELECT sum(articles) AS s FROM %1$I.entity_days d
						WHERE d.entity_id = r.entity_id AND d.day BETWEEN $1 - 28 AND $1 GROUP BY d.day) m), 3), 1) AS y) p) c)
		SELECT @extschema@.news_report_table('Articles that name them, against what their share of the four weeks before would give',
			ARRAY['Name', 'wide:Kind', 'n:Articles', 'n:Expected', 'wide:Four weeks'],
			string_agg(format(E'\n<tr><th scope="row"><bdi>%%s</bdi></th><td class="wide soft">%%s</td><td class="n">%%s</td><td class="n soft">%%s</td>'
				'<td class="wide"><svg class="spark" viewBox="0 0 146 24" aria-hidden="true"><path d="%%s"/><circle cx="142" cy="%%s" r="2.5"/></svg></td></tr>',
				@extschema@.news_html(name), @extschema@.news_html(kind), n, expected, line, last_y), '' ORDER BY score DESC, n DESC, name, entity_id))
		FROM drawn HAVING count(*) > 0$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_names(text, date) IS 'Part of news_report: what trending_entities gives for its day, with a line of four weeks.';

CREATE FUNCTION @extschema@.news_report_quotes(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	-- One quote of each of the speakers that most outlets quote, of a length to be read, the surest first.
	EXECUTE format($q$
		WITH quoted AS MATERIALIZED (
			SELECT q.*, x.outlet, x.published_at FROM %1$I.extractions x JOIN %1$I.quotes q USING (article_id) WHERE x.day = $1 AND q.speaker_id IS NOT NULL),
		reach AS (SELECT speaker_id AS entity_id, count(DISTINCT outlet) AS outlets FROM quoted GROUP BY speaker_id),
		said AS (
			SELECT *, count(*) OVER (PARTITION BY speaker_id) AS by_speaker,
				row_number() OVER (PARTITION BY speaker_id ORDER BY words BETWEEN 8 AND 40 DESC, kind = 'direct' DESC, confidence DESC, published_at, article_id, ordinal) AS place
			FROM quoted WHERE verbatim IS NOT NULL AND words BETWEEN 4 AND 80 AND confidence >= 0.5),
		fresh AS (SELECT *, row_number() OVER (PARTITION BY lower(verbatim) ORDER BY published_at, article_id, ordinal) AS repeated FROM said WHERE place = 1),
		best AS (
			SELECT row_number() OVER (ORDER BY r.outlets DESC, s.by_speaker DESC, e.name, s.speaker_id) AS rank, s.*, e.name FROM fresh s JOIN reach r ON r.entity_id = s.speaker_id
				JOIN %1$I.entities e ON e.entity_id = s.speaker_id WHERE s.repeated = 1
			ORDER BY r.outlets DESC, s.by_speaker DESC, e.name, s.speaker_id LIMIT 8)
		SELECT E'<div class="said">' || string_agg(format(E'\n<figure class="h%%s"><blockquote><bdi>%%s</bdi></blockquote><figcaption><strong><bdi>%%s</bdi></strong>%%s%%s</figcaption></figure>',
			speaker_id %% 12, CASE kind WHEN 'direct' THEN '&ldquo;' || @extschema@.news_html(trim(trailing ',' FROM verbatim)) || '&rdquo;' ELSE @extschema@.news_html(quote) END, @extschema@.news_html(name),
			CASE WHEN role IS NULL THEN '' ELSE ', ' || @extschema@.news_html(role) END,
			CASE WHEN outlet = '' THEN '' ELSE ' <span class="soft">in <bdi>' || @extschema@.news_html(outlet) || '</bdi></span>' END), '' ORDER BY rank) || E'\n</div>\n'
		FROM best$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_quotes(text, date) IS 'Part of news_report: one quote of each of the speakers whom most outlets quote on the day.';

CREATE FUNCTION @extschema@.news_report_talk(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	-- Two columns, ten at most in each: those who speak most, and first what each of them speaks of most. Both are ordered by the mean place of what they are tied
	-- to, three times over (the barycentre rule of Sugiyama, Tagawa and Toda 1981): few lines cross, no label overlaps.
	EXECUTE format($q$
		WITH pairs AS MATERIALIZED (
			SELECT q.speaker_id AS s, m.entity_id AS a, count(*) AS n
			FROM %1$I.extractions x JOIN %1$I.quotes q USING (article_id) JOIN %1$I.quote_mentions m USING (article_id, ordinal)
			WHERE x.day = $1 AND q.speaker_id IS NOT NULL AND m.entity_id <> q.speaker_id GROUP BY 1, 2),
		speakers AS (SELECT s, sum(n) AS n, row_number() OVER (ORDER BY sum(n) DESC, s) AS place FROM pairs GROUP BY s ORDER BY 2 DESC, 1 LIMIT 10),
		ranked AS (SELECT p.*, row_number() OVER (PARTITION BY p.s ORDER BY p.n DESC, p.a) AS rank FROM pairs p JOIN speakers USING (s)),
		spoken AS (SELECT a, min(rank) AS rank, sum(n) AS n FROM ranked GROUP BY a ORDER BY 2, 3 DESC, 1 LIMIT 10),
		edges AS MATERIALIZED (SELECT r.s, r.a, r.n FROM ranked r JOIN spoken USING (a) ORDER BY r.rank = 1 DESC, r.n DESC, r.s, r.a LIMIT 40),
		right1 AS (SELECT e.a, row_number() OVER (ORDER BY sum(e.n * l.place) / sum(e.n), e.a) AS place FROM edges e JOIN speakers l USING (s) GROUP BY e.a),
		left1 AS (SELECT e.s, row_number() OVER (ORDER BY sum(e.n * r.place) / sum(e.n), e.s) AS place FROM edges e JOIN right1 r USING (a) GROUP BY e.s),
		right2 AS (SELECT e.a, row_number() OVER (ORDER BY sum(e.n * l.place) / sum(e.n), e.a) AS place FROM edges e JOIN left1 l USING (s) GROUP BY e.a),
		size AS (SELECT greatest((SELECT count(*) FROM left1), (SELECT count(*) FROM right2)) AS rows, (SELECT count(*) FROM left1) AS l, (SELECT count(*) FROM right2) AS r,
			greatest((SELECT max(n) FROM edges), 4) AS most),
		names AS (
			SELECT entity_id, name || CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN format(' (%%s)', kind) ELSE '' END AS name
			FROM %1$I.entities WHERE entity_id IN (SELECT s FROM edges UNION SELECT a FROM edges)),
		drawn AS (
			SELECT e.s %% 12 AS hue, e.n, round(1.5 + 8.5 * e.n / size.most, 1) AS width, s.name AS speaker, a.name AS about, l.place AS lp, r.place AS rp,
				round(40 + 34 * (l.place - 0.5 + (size.rows - size.l) / 2.0), 1) AS y1, round(40 + 34 * (r.place - 0.5 + (size.rows - size.r) / 2.0), 1) AS y2
			FROM edges e JOIN left1 l USING (s) JOIN right2 r USING (a) JOIN names s ON s.entity_id = e.s JOIN names a ON a.entity_id = e.a CROSS JOIN size)
		SELECT @extschema@.news_report_drawing('talk', 'Who talks about whom',
			'Lines lead from speakers to those whom their quotes name; the thicker, the more quotes. ' || @extschema@.news_html((SELECT string_agg(format('%%s about %%s: %%s.', speaker, about, n), ' '
				ORDER BY n DESC, speaker, about) FROM (SELECT * FROM drawn ORDER BY n DESC, speaker, about LIMIT 5) d)), max(size.rows) * 34 + 52,
			E'<text class="quiet" x="252" y="22" text-anchor="end">speaker</text><text class="quiet" x="508" y="22">is speaking of</text>\n'
			|| string_agg(format(E'<path class="edge h%%s" d="M264 %%sC380 %%s 380 %%s 496 %%s" stroke-width="%%s"><title>%%s about %%s: %%s</title></path>\n',
				hue, y1, y1, y2, y2, width, @extschema@.news_html(speaker), @extschema@.news_html(about), @extschema@.news_counted(n, 'quote')), '' ORDER BY n, lp, rp)
			|| (SELECT string_agg(DISTINCT format(E'<g class="node h%%s"><rect class="fill" x="258" y="%%s" width="6" height="20" rx="2"/><text x="250" y="%%s" text-anchor="end">%%s<title>%%s</title></text></g>\n',
				hue, y1 - 10, y1 + 4.5, @extschema@.news_label(speaker), @extschema@.news_html(speaker)), '') FROM drawn)
			|| (SELECT string_agg(DISTINCT format(E'<g class="node unknown"><rect class="fill" x="496" y="%%s" width="6" height="20" rx="2"/><text x="510" y="%%s">%%s<title>%%s</title></text></g>\n',
				y2 - 10, y2 + 4.5, @extschema@.news_label(about), @extschema@.news_html(about)), '') FROM drawn),
			@extschema@.news_report_table('Who talks about whom', ARRAY['Speaker', 'Speaks of', 'n:Quotes'],
				string_agg(format(E'\n<tr><th scope="row"><bdi>%%s</bdi></th><td><bdi>%%s</bdi></td><td class="n">%%s</td></tr>', @extschema@.news_html(speaker), @extschema@.news_html(about), n), ''
					ORDER BY n DESC, speaker, about, lp, rp)))
		FROM drawn CROSS JOIN size HAVING count(*) > 0$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_talk(text, date) IS 'Part of news_report: who talks about whom on the day, drawn in SVG and as a table. The same facts give the same drawing.';

CREATE FUNCTION @extschema@.news_report_voices(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	EXECUTE format($q$
		WITH voices AS (
			SELECT v.entity_id, e.name, sum(v.quotes) AS n, sum(v.words) AS words, count(DISTINCT v.outlet) AS outlets,
				sum(v.quotes) / sum(sum(v.quotes)) OVER () AS share, row_number() OVER (ORDER BY sum(v.quotes) DESC, sum(v.words) DESC, e.name, v.entity_id) AS place
			FROM %1$I.voice_days v JOIN %1$I.entities e USING (entity_id) WHERE v.day = $1 GROUP BY v.entity_id, e.name),
		shown AS (SELECT *, max(n) OVER () AS most, round(380 * n / max(n) OVER (), 1) AS width, 30 * (place - 1) AS y FROM voices WHERE place <= 12)
		SELECT @extschema@.news_report_drawing('voice', 'Share of voice',
			'Bars: quotes of each speaker on the day, of all quotes of named speakers. ' || @extschema@.news_html(string_agg(format('%%s: %%s%%%%.', name, round(100 * share, 1)), ' ' ORDER BY place)
				FILTER (WHERE place <= 5)), count(*) * 30 + 4,
			string_agg(format(E'<g class="h%%s"><text x="240" y="%%s" text-anchor="end">%%s<title>%%s</title></text><rect class="fill" x="250" y="%%s" width="%%s" height="18" rx="2"/>'
				'<text x="%%s" y="%%s">%%s%%%%<tspan class="quiet"> &middot; %%s</tspan></text></g>\n', entity_id %% 12, y + 19, @extschema@.news_label(name), @extschema@.news_html(name), y + 5, greatest(width, 1), 258 + width, y + 19,
				round(100 * share, 1), @extschema@.news_counted(n::bigint, 'quote')), '' ORDER BY place),
			@extschema@.news_report_table('Share of voice', ARRAY['Speaker', 'n:Quotes', 'n:Share', 'n:Words', 'n:Outlets'],
				string_agg(format(E'\n<tr><th scope="row"><bdi>%%s</bdi></th><td class="n">%%s</td><td class="n">%%s%%%%</td><td class="n">%%s</td><td class="n">%%s</td></tr>',
					@extschema@.news_html(name), n, round(100 * share, 1), words, outlets), '' ORDER BY place)))
		FROM shown HAVING count(*) > 0$q$, store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_voices(text, date) IS 'Part of news_report: share of voice on the day, as bars in SVG and as a table.';

CREATE FUNCTION @extschema@.news_report_topics(store text, day date) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	html text;
BEGIN
	EXECUTE format($q$
		SELECT '<ul class="chips" aria-label="Topics">' || string_agg(format('<li>%%s <span class="soft">%%s</span></li>', @extschema@.news_html(label), n), E'\n' ORDER BY n DESC, label) || E'</ul>\n'
		FROM (SELECT t.label, sum(d.articles) AS n FROM %1$I.topic_days d JOIN @extschema@.topic_tree() t USING (code) WHERE d.day = $1 GROUP BY t.label ORDER BY 2 DESC, 1 LIMIT 10) x$q$,
		store) INTO html USING day;
	RETURN coalesce(html, '');
END
$$;
COMMENT ON FUNCTION @extschema@.news_report_topics(text, date) IS 'Part of news_report: the day''s topics with their numbers of articles.';

CREATE FUNCTION @extschema@.news_report(store text, day date DEFAULT NULL) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	name text;
	contents text := '';
	body text := '';
	section record;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	IF day IS NULL THEN
		EXECUTE format('SELECT l.day FROM %I.last_day l', store) INTO day;
		day := coalesce(day, (now() AT TIME ZONE 'UTC')::date);
	ELSIF NOT isfinite(day) THEN
		RAISE EXCEPTION 'a report is of one day, not of %', day
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Give a date, or none for the last day of the store.';
	END IF;
	name := to_char(day, 'FMDay, FMDD FMMonth YYYY');
	FOR section IN
		SELECT * FROM (VALUES
			(1, 'stories', 'Top stories', @extschema@.news_report_stories(store, day)),
			(2, 'names', 'Rising names', @extschema@.news_report_names(store, day)),
			(3, 'quotes', 'Quotes of the day', @extschema@.news_report_quotes(store, day)),
			(4, 'talk', 'Who talks about whom', @extschema@.news_report_talk(store, day)),
			(5, 'voices', 'Share of voice', @extschema@.news_report_voices(store, day))) v(place, id, title, html) WHERE html <> '' ORDER BY place
	LOOP
		contents := contents || format(E'<li><a href="#%s">%s</a></li>\n', section.id, section.title);
		body := body || format(E'<section aria-labelledby="%1$s">\n<h2 id="%1$s">%2$s</h2>\n%3$s</section>\n', section.id, section.title, section.html);
	END LOOP;
	RETURN @extschema@.news_page_head('News of ' || name)
		|| format(E'<div class="page report">\n<header class="top">\n<h1>%s</h1>\n', name)
		|| @extschema@.news_report_figures(store, day) || @extschema@.news_report_topics(store, day)
		|| CASE WHEN contents = '' THEN '' ELSE E'<nav class="contents" aria-label="Contents">\n<ul class="legend">\n' || contents || E'</ul>\n</nav>\n' END
		|| E'</header>\n<main>\n' || CASE WHEN body = '' THEN E'<p>There is nothing in the store for this day.</p>\n' ELSE body END
		|| format(E'</main>\n<footer class="foot">From the news store %s. Times and days are UTC.</footer>\n</div>\n</body>\n</html>\n', @extschema@.news_html(store));
END
$$;
COMMENT ON FUNCTION @extschema@.news_report(text, date) IS
	'A day as one self-contained HTML5 page: top stories, rising names, quotes of the day, who talks about whom and share of voice as drawings with tables behind them. day: '
	'UTC, by default the last day of the store. Everything from articles is escaped; no script, no outside resource; light and dark. The same facts give the same page. '
	'Raises undefined_object when there is no such store, invalid_parameter_value for an infinite day.';
