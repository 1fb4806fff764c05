
-- Views: each answers a question; parameters are plain WHERE.

CREATE FUNCTION @extschema@.news_view_definitions(OUT view_name text, OUT question text, OUT query text) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
AS $$
VALUES
	('latest_quotes', 'What was said last, by whom, where?',
	 $q$SELECT x.published_at, nullif(x.outlet, '') AS outlet, coalesce(e.name, q.speaker) AS speaker, q.speaker_kind, q.role, q.cue, q.kind, q.quote, q.verbatim, q.addressee,
		q.via, q.confidence, q.article_id, q.ordinal, q.speaker_id
	 FROM %1$I.quotes q JOIN %1$I.extractions x USING (article_id) LEFT JOIN %1$I.entities e ON e.entity_id = q.speaker_id
	 ORDER BY x.published_at DESC NULLS LAST, q.article_id, q.ordinal$q$),
	('quotes_by_speaker', 'Who is quoted most, how often, since when, by how many outlets?',
	 $q$SELECT e.name AS speaker, e.kind AS speaker_kind, sum(v.quotes)::bigint AS quotes, sum(v.words)::bigint AS words, sum(v.articles)::bigint AS articles,
		count(DISTINCT nullif(v.outlet, '')) AS outlets, nullif(min(v.day), '-infinity') AS first_day, nullif(max(v.day), '-infinity') AS last_day, e.entity_id, e.country, e.wikidata
	 FROM %1$I.voice_days v JOIN %1$I.entities e USING (entity_id)
	 GROUP BY e.entity_id ORDER BY 3 DESC, 1$q$),
	('share_of_voice', 'Of all quotes of named speakers on a day, in an outlet, on a topic: which share is whose?',
	 $q$SELECT nullif(v.day, '-infinity') AS day, nullif(v.outlet, '') AS outlet, nullif(v.topic, '') AS topic, e.name AS speaker, e.kind AS speaker_kind, v.quotes, v.words,
		round(v.quotes::numeric / sum(v.quotes) OVER (PARTITION BY nullif(v.day, '-infinity'), nullif(v.outlet, ''), nullif(v.topic, '')), 4) AS share_of_quotes,
		round(v.words::numeric / sum(v.words) OVER (PARTITION BY nullif(v.day, '-infinity'), nullif(v.outlet, ''), nullif(v.topic, '')), 4) AS share_of_words, v.entity_id
	 FROM %1$I.voice_days v JOIN %1$I.entities e USING (entity_id)$q$),
	('quotes_about', 'Who talks about whom: quotes that name somebody or something.',
	 $q$SELECT about.name AS about, about.kind AS about_kind, coalesce(s.name, q.speaker) AS speaker, q.role, q.cue, q.quote, x.published_at, nullif(x.outlet, '') AS outlet,
		q.confidence, m.entity_id AS about_id, q.speaker_id, q.article_id, q.ordinal
	 FROM %1$I.quote_mentions m JOIN %1$I.quotes q USING (article_id, ordinal) JOIN %1$I.extractions x USING (article_id)
		JOIN %1$I.entities about ON about.entity_id = m.entity_id LEFT JOIN %1$I.entities s ON s.entity_id = q.speaker_id
	 WHERE m.entity_id IS DISTINCT FROM q.speaker_id$q$),
	('speaker_topics', 'On which topics is a speaker quoted, and how much more than speakers are on average?',
	 $q$SELECT e.name AS speaker, nullif(v.topic, '') AS topic, v.quotes, round(v.quotes / sum(v.quotes) OVER (PARTITION BY v.entity_id), 4) AS share,
		round((v.quotes / sum(v.quotes) OVER (PARTITION BY v.entity_id)) / (sum(v.quotes) OVER (PARTITION BY v.topic) / sum(v.quotes) OVER ()), 2) AS times_average,
		v.entity_id
	 FROM (SELECT entity_id, topic, sum(quotes)::numeric AS quotes FROM %1$I.voice_days GROUP BY entity_id, topic) v JOIN %1$I.entities e USING (entity_id)$q$),
	('entity_timeline', 'How often is somebody or something in the news, day by day?',
	 $q$SELECT e.name AS entity, e.kind, nullif(d.day, '-infinity') AS day, sum(d.articles)::bigint AS articles, sum(d.mentions)::bigint AS mentions, count(DISTINCT nullif(d.outlet, '')) AS outlets,
		round(sum(d.salience) / 1000.0 / sum(d.articles), 3) AS mean_salience, d.entity_id
	 FROM %1$I.entity_days d JOIN %1$I.entities e USING (entity_id) GROUP BY e.entity_id, d.entity_id, e.name, e.kind, d.day$q$),
	('topic_timeline', 'How much is written on a topic, day by day?',
	 $q$SELECT t.label AS topic, t.level, nullif(d.day, '-infinity') AS day, sum(d.articles)::bigint AS articles, count(DISTINCT nullif(d.outlet, '')) AS outlets, d.code
	 FROM %1$I.topic_days d JOIN @extschema@.topic_tree() t USING (code) GROUP BY t.label, t.level, d.code, d.day$q$),
	('trending_entities', 'Who and what is in the news on the last day more than in the four weeks before?',
	 $q$SELECT e.name AS entity, e.kind, t.articles, t.expected, t.score, t.day, t.entity_id FROM (
		SELECT d.entity_id, l.day, sum(d.articles) FILTER (WHERE d.day = l.day)::bigint AS articles,
			round(@extschema@.news_expected(sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS expected,
			round(@extschema@.news_trend(sum(d.articles) FILTER (WHERE d.day = l.day), sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS score
		FROM %1$I.last_day l JOIN %1$I.entity_days d ON d.day BETWEEN l.day - 28 AND l.day
		GROUP BY d.entity_id, l.day, l.before, l.now HAVING bool_or(d.day = l.day)) t JOIN %1$I.entities e USING (entity_id)
	 WHERE t.score > 0 ORDER BY t.score DESC, t.articles DESC, e.name$q$),
	('trending_topics', 'Which topics are covered on the last day more than in the four weeks before?',
	 $q$SELECT c.label AS topic, c.level, t.articles, t.expected, t.score, t.day, t.code FROM (
		SELECT d.code, l.day, sum(d.articles) FILTER (WHERE d.day = l.day)::bigint AS articles,
			round(@extschema@.news_expected(sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS expected,
			round(@extschema@.news_trend(sum(d.articles) FILTER (WHERE d.day = l.day), sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS score
		FROM %1$I.last_day l JOIN %1$I.topic_days d ON d.day BETWEEN l.day - 28 AND l.day
		GROUP BY d.code, l.day, l.before, l.now HAVING bool_or(d.day = l.day)) t JOIN @extschema@.topic_tree() c USING (code)
	 WHERE t.score > 0 ORDER BY t.score DESC, t.articles DESC, c.label$q$),
	('trending_keyphrases', 'Which phrases are new or rising on the last day?',
	 $q$SELECT t.phrase, t.articles, t.expected, t.score, t.day FROM (
		SELECT d.phrase, l.day, sum(d.articles) FILTER (WHERE d.day = l.day)::bigint AS articles,
			round(@extschema@.news_expected(sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS expected,
			round(@extschema@.news_trend(sum(d.articles) FILTER (WHERE d.day = l.day), sum(d.articles) FILTER (WHERE d.day < l.day), l.before, l.now)::numeric, 2) AS score
		FROM %1$I.last_day l JOIN %1$I.keyphrase_days d ON d.day BETWEEN l.day - 28 AND l.day
		GROUP BY d.phrase, l.day, l.before, l.now HAVING bool_or(d.day = l.day)) t
	 WHERE t.score > 0 ORDER BY t.score DESC, t.articles DESC, t.phrase$q$),
	('entity_pairs', 'Who and what appears together, more than chance? npmi: -1 never, 0 as by chance, 1 only together.',
	 $q$SELECT a.name AS entity_a, a.kind AS kind_a, b.name AS entity_b, b.kind AS kind_b, p.articles,
		round((ln(p.articles::numeric * n.articles / (fa.articles * fb.articles)) / nullif(-ln(p.articles::numeric / n.articles), 0))::numeric, 3) AS npmi,
		p.entity_a AS a_id, p.entity_b AS b_id
	 FROM %1$I.pair_totals p JOIN %1$I.entities a ON a.entity_id = p.entity_a JOIN %1$I.entities b ON b.entity_id = p.entity_b
		CROSS JOIN (SELECT sum(articles) AS articles FROM %1$I.outlet_days) n
		CROSS JOIN LATERAL (SELECT sum(articles) AS articles FROM %1$I.entity_days d WHERE d.entity_id = p.entity_a) fa
		CROSS JOIN LATERAL (SELECT sum(articles) AS articles FROM %1$I.entity_days d WHERE d.entity_id = p.entity_b) fb
	 WHERE p.articles >= 3$q$),
	('outlet_profile', 'What does an outlet cover and whom does it quote more than the others? z: log-odds against the other outlets over the last 28 days, in standard deviations, with all outlets as prior (Monroe, Colaresi and Quinn 2008).',
	 $q$WITH counts AS (
		SELECT 'entity' AS what, d.outlet, d.entity_id::text AS item, sum(d.articles)::float8 AS n
			FROM %1$I.last_day l JOIN %1$I.entity_days d ON d.day BETWEEN l.day - 27 AND l.day GROUP BY d.outlet, d.entity_id
		UNION ALL
		SELECT 'speaker', d.outlet, d.entity_id::text, sum(d.quotes) FROM %1$I.last_day l JOIN %1$I.voice_days d ON d.day BETWEEN l.day - 27 AND l.day GROUP BY d.outlet, d.entity_id
		UNION ALL
		SELECT 'topic', d.outlet, d.code, sum(d.articles) FROM %1$I.last_day l JOIN %1$I.topic_days d ON d.day BETWEEN l.day - 27 AND l.day GROUP BY d.outlet, d.code),
	 totals AS (
		SELECT c.*, sum(n) OVER (PARTITION BY what, item) AS of_item, sum(n) OVER (PARTITION BY what, outlet) AS of_outlet, sum(n) OVER (PARTITION BY what) AS of_all FROM counts c),
	 odds AS (
		SELECT t.*, p.prior, ln((n + prior) / (of_outlet + 500 - n - prior)) - ln((of_item - n + prior) / (of_all - of_outlet + 500 - (of_item - n) - prior)) AS delta,
			1 / (n + prior) + 1 / (of_item - n + prior) AS variance
		FROM totals t CROSS JOIN LATERAL (SELECT 500 * of_item / of_all AS prior) p
		WHERE of_all > of_outlet AND of_outlet + 500 > n + prior AND of_all - of_outlet + 500 > of_item - n + prior)
	 SELECT nullif(o.outlet, '') AS outlet, o.what, coalesce(e.name, c.label) AS item, o.n::bigint AS here, o.of_item::bigint AS everywhere,
		round((o.delta / sqrt(o.variance))::numeric, 2) AS z
	 FROM odds o LEFT JOIN %1$I.entities e ON o.what <> 'topic' AND e.entity_id::text = o.item LEFT JOIN @extschema@.topic_tree() c ON o.what = 'topic' AND c.code = o.item
	 WHERE o.delta > 0 ORDER BY z DESC$q$),
	('sourcing', 'On whom does an outlet rely: named people, officials, organizations, unnamed sources, documents, agencies?',
	 $q$SELECT nullif(outlet, '') AS outlet, sum(articles)::bigint AS articles, sum(quotes)::bigint AS quotes, round(sum(quotes)::numeric / sum(articles), 2) AS quotes_per_article,
		round(sum(named)::numeric / nullif(sum(quotes), 0), 4) AS named, round(sum(official)::numeric / nullif(sum(quotes), 0), 4) AS official,
		round(sum(organization)::numeric / nullif(sum(quotes), 0), 4) AS organization, round(sum(unnamed)::numeric / nullif(sum(quotes), 0), 4) AS unnamed,
		round(sum(documentary)::numeric / nullif(sum(quotes), 0), 4) AS documentary, round(sum(unattributed)::numeric / nullif(sum(quotes), 0), 4) AS unattributed,
		round(sum(agency)::numeric / nullif(sum(quotes), 0), 4) AS through_others
	 FROM %1$I.outlet_days GROUP BY outlet ORDER BY 3 DESC$q$),
	('refresh_status', 'Is the store fresh? How many articles are extracted, waiting, failed, and how did the last run end?',
	 $q$SELECT (SELECT count(*) FROM %1$I.articles) AS articles, (SELECT count(*) FROM %1$I.extractions WHERE error IS NULL) AS extracted,
		(SELECT count(*) FROM %1$I.extractions WHERE error IS NOT NULL) AS failed, (SELECT count(*) FROM %1$I.refresh_queue) AS queued,
		(SELECT count(*) FROM %1$I.extractions WHERE version <> @extschema@.news_analytics_version()) AS by_older_version,
		r.started_at AS last_started_at, r.finished_at AS last_finished_at, r.status AS last_status, r.done AS last_done
	 FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT * FROM %1$I.refresh_runs WHERE status <> 'skipped' ORDER BY run_id DESC LIMIT 1) r ON true$q$),
	('refresh_progress', 'How far is a refresh that is running, and when will it be done?',
	 $q$SELECT r.run_id, r.pid, r.started_at, r.done, q.n AS remaining, round((r.done / greatest(date_part('epoch', r.progress_at - r.started_at), 0.001))::numeric, 1) AS articles_per_second,
		round((r.words / greatest(date_part('epoch', r.progress_at - r.started_at), 0.001))::numeric) AS words_per_second,
		CASE WHEN r.done > 0 THEN r.progress_at + (r.progress_at - r.started_at) * (q.n::float8 / r.done) END AS expected_end
	 FROM %1$I.refresh_runs r CROSS JOIN (SELECT count(*) AS n FROM %1$I.refresh_queue) q
	 WHERE r.finished_at IS NULL AND @extschema@.news_run_alive(%1$L, r.run_id)$q$),
	('extraction_errors', 'Which articles could not be extracted, and why?',
	 $q$SELECT x.article_id, x.error, x.extracted_at, nullif(x.outlet, '') AS outlet, x.published_at, x.version FROM %1$I.extractions x WHERE x.error IS NOT NULL$q$)
$$;
COMMENT ON FUNCTION @extschema@.news_view_definitions() IS 'The views that a store has: name, the question that each answers, and its query (%1$I the store).';

CREATE FUNCTION @extschema@.news_expected(earlier numeric, all_before numeric, all_now numeric) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(earlier, 0)::float8 / greatest(coalesce(all_before, 0), coalesce(all_now, 0), 1)::float8 * coalesce(all_now, 0)::float8 $$;
COMMENT ON FUNCTION @extschema@.news_expected(numeric, numeric, numeric) IS
	'Articles expected on the last day, had an item kept its share of the four weeks before: earlier of all_before articles, all_now on the last day.';

CREATE FUNCTION @extschema@.news_trend(now_count numeric, earlier numeric, all_before numeric, all_now numeric) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT 2 * (sqrt(coalesce(now_count, 0)::float8 + 0.375) - sqrt(@extschema@.news_expected(earlier, all_before, all_now) + 0.375)) - 1
$$;
COMMENT ON FUNCTION @extschema@.news_trend(numeric, numeric, numeric, numeric) IS
	'How surprising a count is: the difference of its variance-stabilised value 2 sqrt(x + 3/8) (Anscombe 1948) and that of the expected count, in standard '
	'deviations of a Poisson count, less one as a margin. One article where none was expected scores 0.1, ten score 4.2.';

CREATE FUNCTION @extschema@.news_store_views(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	v record;
	definitions text := 'SELECT * FROM @extschema@.news_view_definitions()';
	invoker text := '';
BEGIN
	IF current_setting('server_version_num')::int >= 150000 THEN
		EXECUTE format('SELECT CASE WHEN protected THEN ''WITH (security_invoker = true)'' ELSE '''' END FROM %I.store_settings', store) INTO invoker;
	END IF;
	-- MATERIALIZED: the views that join it must not count the four weeks again for each of their rows.
	EXECUTE format($q$CREATE OR REPLACE VIEW %1$I.last_day AS WITH counted AS MATERIALIZED (
		SELECT l.day, (SELECT sum(articles) FROM %1$I.outlet_days d WHERE d.day BETWEEN l.day - 28 AND l.day - 1) AS before,
			(SELECT sum(articles) FROM %1$I.outlet_days d WHERE d.day = l.day) AS now
		FROM (SELECT max(day) AS day FROM %1$I.outlet_days WHERE day <= (now() AT TIME ZONE 'UTC')::date) l WHERE l.day > '-infinity')
		SELECT day, before, now FROM counted$q$, store);
	EXECUTE format('COMMENT ON VIEW %I.last_day IS %L', store,
		'The newest day in the store (not after today), with the number of articles on it and in the four weeks before: what the trends compare.');
	SELECT definitions || coalesce(string_agg(format(' UNION ALL SELECT * FROM @extschema@.%I()', 'news_' || k.kind || '_views'), ''), '')
		INTO definitions FROM @extschema@.news_derived_kinds() k;
	FOR v IN EXECUTE definitions LOOP
		BEGIN
			EXECUTE format('CREATE OR REPLACE VIEW %I.%I %s AS %s', store, v.view_name, invoker, format(v.query, store));
		EXCEPTION WHEN invalid_table_definition THEN
			-- Its columns are others than an older version's.
			EXECUTE format('DROP VIEW %I.%I', store, v.view_name);
			EXECUTE format('CREATE VIEW %I.%I %s AS %s', store, v.view_name, invoker, format(v.query, store));
		END;
		EXECUTE format('COMMENT ON VIEW %I.%I IS %L', store, v.view_name, v.question);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_views(text) IS
	'Makes a store''s views anew as this version of the extension defines them. Part of create_news_store and upgrade_news_store.';

CREATE FUNCTION @extschema@.news_store_objects(store text) RETURNS text[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	names text[] := ARRAY['articles', 'article_texts', 'store_settings', 'extractions', 'entities', 'entity_aliases', 'mentions', 'quotes', 'quote_mentions',
		'article_topics', 'article_keyphrases', 'refresh_queue', 'refresh_runs', 'derive_queue', 'derivations', 'last_day']
		|| (SELECT array_agg(rollup) FROM @extschema@.news_rollups()) || (SELECT array_agg(view_name) FROM @extschema@.news_view_definitions());
	k record;
	views text[];
BEGIN
	FOR k IN SELECT * FROM @extschema@.news_derived_kinds() LOOP
		EXECUTE format('SELECT array_agg(view_name) FROM @extschema@.%I()', 'news_' || k.kind || '_views') INTO views;
		names := names || k.tables || views;
	END LOOP;
	RETURN names;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_objects(text) IS 'Names of the tables and views that a store consists of.';
