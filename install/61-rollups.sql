
-- Rollups: counts by day and outlet that views read instead of the facts.
--
-- Each is defined once, by the query that recounts it from the facts. A refresh adds the recount of its batch's articles
-- after their facts were replaced and subtracts the one before; check_news_store compares the table with the whole recount.
-- All measures are integers, so sums never drift.

CREATE FUNCTION @extschema@.news_rollups(
	OUT rollup text, OUT keys text[], OUT key_types text[], OUT measures text[], OUT recount text, OUT comment text)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 6
AS $$
VALUES
	('outlet_days', ARRAY['day', 'outlet'], ARRAY['date', 'text'],
	 ARRAY['articles', 'words', 'quotes', 'named', 'official', 'organization', 'unnamed', 'documentary', 'unattributed', 'agency'],
	 $q$SELECT x.day, x.outlet, count(*)::bigint AS articles, sum(x.words)::bigint AS words, sum(q.quotes)::bigint AS quotes,
		sum(q.named)::bigint AS named, sum(q.official)::bigint AS official, sum(q.organization)::bigint AS organization,
		sum(q.unnamed)::bigint AS unnamed, sum(q.documentary)::bigint AS documentary, sum(q.unattributed)::bigint AS unattributed,
		sum(q.agency)::bigint AS agency
	 FROM %1$I.extractions x CROSS JOIN LATERAL (
		SELECT count(*) AS quotes,
			count(*) FILTER (WHERE source = 'named') AS named, count(*) FILTER (WHERE source = 'official') AS official,
			count(*) FILTER (WHERE source = 'organization') AS organization, count(*) FILTER (WHERE source = 'unnamed') AS unnamed,
			count(*) FILTER (WHERE source = 'documentary') AS documentary, count(*) FILTER (WHERE source = 'unattributed') AS unattributed,
			count(*) FILTER (WHERE via IS NOT NULL) AS agency
		FROM (SELECT q.via, @extschema@.news_source_class(q.speaker, q.speaker_kind, q.speaker_id, q.role) AS source
			  FROM %1$I.quotes q WHERE q.article_id = x.article_id OFFSET 0) c) q
	 WHERE x.error IS NULL %2$s GROUP BY x.day, x.outlet$q$,
	 'Articles, words and quotes by day (UTC, -infinity = undated) and outlet; quotes by the class of their source (see sourcing).'),
	('entity_days', ARRAY['day', 'outlet', 'entity_id'], ARRAY['date', 'text', 'bigint'], ARRAY['articles', 'mentions', 'salience'],
	 $q$SELECT day, outlet, entity_id, count(*)::bigint AS articles, sum(mentions)::bigint AS mentions, sum(salience)::bigint AS salience
	 FROM (SELECT x.day, x.outlet, m.entity_id, sum(m.mentions) AS mentions, sum(round(m.salience * 1000))::bigint AS salience
		FROM %1$I.extractions x JOIN %1$I.mentions m USING (article_id)
		WHERE x.error IS NULL %2$s GROUP BY x.article_id, x.day, x.outlet, m.entity_id) a
	 GROUP BY day, outlet, entity_id$q$,
	 'Articles that name an entity, its mentions and the sum of its salience in thousandths, by day and outlet.'),
	('voice_days', ARRAY['day', 'outlet', 'topic', 'entity_id'], ARRAY['date', 'text', 'text', 'bigint'], ARRAY['articles', 'quotes', 'words'],
	 $q$SELECT a.day, a.outlet, coalesce(t.root, '') AS topic, a.speaker_id AS entity_id, count(*)::bigint AS articles,
		sum(a.quotes)::bigint AS quotes, sum(a.words)::bigint AS words
	 FROM (SELECT x.article_id, x.day, x.outlet, q.speaker_id, count(*) AS quotes, sum(q.words) AS words
		FROM %1$I.extractions x JOIN %1$I.quotes q USING (article_id)
		WHERE x.error IS NULL AND q.speaker_id IS NOT NULL %2$s GROUP BY x.article_id, x.day, x.outlet, q.speaker_id) a
		LEFT JOIN %1$I.article_topics t ON t.article_id = a.article_id AND t.ordinal = 1
	 GROUP BY a.day, a.outlet, coalesce(t.root, ''), a.speaker_id$q$,
	 'Quotes and quoted words of each named speaker, by day, outlet and the article''s first level-1 topic.'),
	('topic_days', ARRAY['day', 'outlet', 'code'], ARRAY['date', 'text', 'text'], ARRAY['articles'],
	 $q$SELECT day, outlet, code, count(*)::bigint AS articles
	 FROM (SELECT DISTINCT x.article_id, x.day, x.outlet, t.code FROM %1$I.extractions x JOIN %1$I.article_topics t USING (article_id)
		WHERE x.error IS NULL %2$s) a
	 GROUP BY day, outlet, code$q$,
	 'Articles on each Media Topic by day and outlet.'),
	('keyphrase_days', ARRAY['day', 'phrase'], ARRAY['date', 'text'], ARRAY['articles'],
	 $q$SELECT day, phrase, count(*)::bigint AS articles
	 FROM (SELECT DISTINCT x.article_id, x.day, lower(left(k.phrase, 200)) AS phrase FROM %1$I.extractions x JOIN %1$I.article_keyphrases k USING (article_id)
		WHERE x.error IS NULL %2$s) a
	 GROUP BY day, phrase$q$,
	 'Articles with a key phrase (lower case) by day.'),
	('pair_totals', ARRAY['entity_a', 'entity_b'], ARRAY['bigint', 'bigint'], ARRAY['articles'],
	 $q$SELECT entity_a, entity_b, count(*)::bigint AS articles
	 FROM (SELECT DISTINCT x.article_id, a.entity_id AS entity_a, b.entity_id AS entity_b FROM %1$I.extractions x JOIN %1$I.mentions a USING (article_id)
		JOIN %1$I.mentions b ON b.article_id = a.article_id AND b.entity_id > a.entity_id AND b.ordinal <= 8
		WHERE x.error IS NULL AND a.ordinal <= 8 %2$s) p
	 GROUP BY entity_a, entity_b$q$,
	 'Articles in which two entities are both among the eight most salient; entity_a < entity_b.')
$$;
COMMENT ON FUNCTION @extschema@.news_rollups() IS
	'Definitions of the store''s rollup tables: key columns, integer measures and the query that recounts them (%1$I the store, %2$s a restriction '
	'on x.article_id).';

CREATE FUNCTION @extschema@.news_source_class(speaker text, speaker_kind text, speaker_id bigint, role text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT CASE
	WHEN speaker IS NULL THEN 'unattributed'
	WHEN speaker_kind = 'document' THEN 'documentary'
	WHEN speaker_kind = 'place' THEN 'official'
	WHEN speaker_id IS NULL THEN 'unnamed'
	WHEN speaker_kind = 'organization' THEN 'organization'
	WHEN role ~* '\m(president|minister|premier|chancellor|secretary|senator|sen|representative|rep|congress(man|woman)|governor|gov|mayor|ambassador|envoy|judge|justice|attorney|sheriff|police|commissioner|mp|mep|king|queen|general|admiral|colonel|officials?|spokes(man|woman|person)|councill?or|lawmaker)\M'
		THEN 'official'
	ELSE 'named' END
$$;
COMMENT ON FUNCTION @extschema@.news_source_class(text, text, bigint, text) IS
	'Class of a quote''s source: unattributed (nobody), documentary (a report, a law), official (a government, or somebody with a public office), '
	'unnamed ("a witness", "police sources"), organization, named.';

CREATE FUNCTION @extschema@.news_store_rollups(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		EXECUTE format('CREATE TABLE IF NOT EXISTS %I.%I (%s, %s, PRIMARY KEY (%s)) WITH (fillfactor = 90)', store, r.rollup,
			(SELECT string_agg(format('%I %s NOT NULL', k, r.key_types[i]), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%I bigint NOT NULL', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			(SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)));
		EXECUTE format('COMMENT ON TABLE %I.%I IS %L', store, r.rollup, 'Rollup. ' || r.comment);
	END LOOP;
	EXECUTE format('CREATE INDEX IF NOT EXISTS entity_days_entity_id_day_idx ON %I.entity_days (entity_id, day)', store);
	EXECUTE format('CREATE INDEX IF NOT EXISTS voice_days_entity_id_day_idx ON %I.voice_days (entity_id, day)', store);
	EXECUTE format('CREATE INDEX IF NOT EXISTS topic_days_code_day_idx ON %I.topic_days (code, day)', store);
	EXECUTE format('CREATE INDEX IF NOT EXISTS keyphrase_days_phrase_day_idx ON %I.keyphrase_days (phrase, day)', store);
	EXECUTE format('CREATE INDEX IF NOT EXISTS pair_totals_entity_b_idx ON %I.pair_totals (entity_b)', store);
	EXECUTE format('CREATE INDEX IF NOT EXISTS pair_totals_articles_idx ON %I.pair_totals (articles DESC) WHERE articles >= 3', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_rollups(text) IS 'Part of create_news_store: the rollup tables of news_rollups().';

CREATE FUNCTION @extschema@.check_news_store(store text, OUT rollup text, OUT difference text, OUT row_text text) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	r record;
	columns text;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		columns := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(r.keys || r.measures) c);
		RETURN QUERY EXECUTE format($q$
			WITH kept AS (SELECT %1$s FROM %2$I.%3$I), recount AS (SELECT %1$s FROM (%4$s) f)
			SELECT %5$L::text, 'only in the rollup'::text, d::text FROM (SELECT * FROM kept EXCEPT ALL SELECT * FROM recount) d
			UNION ALL
			SELECT %5$L, 'only in the recount', d::text FROM (SELECT * FROM recount EXCEPT ALL SELECT * FROM kept) d$q$,
			columns, store, r.rollup, format(r.recount, store, ''), r.rollup);
	END LOOP;
	FOR r IN SELECT k.kind FROM @extschema@.news_derived_kinds() k LOOP
		RETURN QUERY EXECUTE format('SELECT * FROM @extschema@.%I($1)', 'news_' || r.kind || '_check') USING store;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.check_news_store(text) IS
	'Recounts every rollup of a store from its facts, checks what its derived data promise, and returns the rows that differ: none, ever, whatever was killed, '
	'changed or deleted.';

-- A rollup's recount of the articles in pg_temp.news_batch that changed.
CREATE FUNCTION @extschema@.news_batch_recount(store text, recount text) RETURNS text
	LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT format(recount, store, 'AND x.article_id IN (SELECT article_id FROM pg_temp.news_batch WHERE changed)') $$;
COMMENT ON FUNCTION @extschema@.news_batch_recount(text, text) IS 'Part of refresh_news_store: the query that counts a rollup over the batch''s articles.';

-- Rollup deltas of the articles in pg_temp.news_batch: sign -1 before their facts change, +1 after.
CREATE FUNCTION @extschema@.news_delta_add(store text, sign int, only_rollup text DEFAULT NULL) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() WHERE rollup = coalesce(only_rollup, rollup) LOOP
		EXECUTE format('INSERT INTO pg_temp.%I SELECT %s, %s FROM (%s) f', 'news_delta_' || r.rollup,
			(SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%s * %I', sign, m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			@extschema@.news_batch_recount(store, r.recount));
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_delta_add(text, int, text) IS
	'Part of refresh_news_store: adds sign times the recount of the batch''s articles to the rollup deltas.';

-- Adds to the rollups what the batch changed: the deltas, or, when none of its articles was known before, the recount of its articles as it is. Rows
-- are locked in key order, tables in a fixed order: refreshers that run at once do not deadlock.
CREATE FUNCTION @extschema@.news_delta_apply(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	keys text;
	delta text;
	added text;
	only_new boolean := NOT EXISTS (SELECT 1 FROM pg_temp.news_batch WHERE known);
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		keys := (SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i));
		delta := quote_ident('news_delta_' || r.rollup);
		IF only_new THEN
			added := format('SELECT %s, %s FROM (%s) f', keys, (SELECT string_agg(quote_ident(m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
				@extschema@.news_batch_recount(store, r.recount));
		ELSE
			PERFORM @extschema@.news_delta_add(store, 1, r.rollup);
			added := format('SELECT %1$s, %2$s FROM pg_temp.%3$s GROUP BY %1$s HAVING %4$s', keys,
				(SELECT string_agg(format('sum(%I)', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)), delta,
				(SELECT string_agg(format('sum(%I) <> 0', m), ' OR ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)));
		END IF;
		EXECUTE format('INSERT INTO %1$I.%2$I AS t (%3$s, %4$s) %5$s ORDER BY %3$s ON CONFLICT (%3$s) DO UPDATE SET %6$s', store, r.rollup, keys,
			(SELECT string_agg(quote_ident(m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)), added,
			(SELECT string_agg(format('%1$I = t.%1$I + excluded.%1$I', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)));
		CONTINUE WHEN only_new;
		EXECUTE format('DELETE FROM %1$I.%2$I t USING (SELECT DISTINCT %3$s FROM pg_temp.%4$s WHERE articles < 0) d WHERE (%5$s) AND t.articles = 0',
			store, r.rollup, keys, delta,
			(SELECT string_agg(format('t.%1$I = d.%1$I', k), ' AND ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)));
		EXECUTE format('TRUNCATE pg_temp.%s', delta);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_delta_apply(text) IS
	'Part of refresh_news_store: adds the batch''s articles as they are now, with what was subtracted before, to the rollups and removes rows that fell to zero.';

CREATE FUNCTION @extschema@.news_temp_tables(key_type text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	r record;
BEGIN
	DROP TABLE IF EXISTS pg_temp.news_derive_batch, pg_temp.news_batch, pg_temp.news_batch_rows, pg_temp.news_batch_entities;
	EXECUTE format('CREATE TEMP TABLE news_batch (n int PRIMARY KEY, article_id %s NOT NULL, known boolean NOT NULL, present boolean NOT NULL, changed boolean NOT NULL, '
		'extract boolean NOT NULL, text_hash bytea, row_version text, published_at timestamptz, outlet text, words int, error text) '
		'ON COMMIT DELETE ROWS', key_type);
	EXECUTE format('CREATE TEMP TABLE news_derive_batch (n int PRIMARY KEY, article_id %s NOT NULL, gone boolean NOT NULL, extracted_at timestamptz, '
		'published_at timestamptz, day date, outlet text) ON COMMIT DELETE ROWS', key_type);
	-- The rows of the four extractors side by side: quote, entity, topic and phrase number `ordinal` of article n, each null past its last.
	EXECUTE format('CREATE TEMP TABLE news_batch_rows (
		article_id %s, n int, ordinal int, text_hash bytea, words int, signature bytea, title text,
		quote text, quote_kind text, verbatim text, speaker text, speaker_kind text, speaker_role text, cue text, addressee text, via text,
		quote_span int4multirange, verbatim_span int4multirange, speaker_span int4range, cue_span int4range, confidence real,
		entity text, kind text, mentions int, spans int4multirange, salience real, role text, aliases text[], country text, wikidata text, location point,
		topic text, code text, level int, topic_score real, path text, evidence_span int4multirange,
		phrase text, phrase_score real, phrase_spans int4multirange)
		ON COMMIT DELETE ROWS', key_type);
	EXECUTE format('CREATE TEMP TABLE news_batch_entities (article_id %s, n int, ordinal int, entity text, kind text, wikidata text, spans int4multirange, '
		'alias_key text, entity_id bigint) ON COMMIT DELETE ROWS', key_type);
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', 'news_delta_' || r.rollup);
		EXECUTE format('CREATE TEMP TABLE %I (%s, %s) ON COMMIT DELETE ROWS', 'news_delta_' || r.rollup,
			(SELECT string_agg(format('%I %s', k, r.key_types[i]), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%I bigint', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)));
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_temp_tables(text) IS 'Part of refresh_news_store: the session''s temporary tables of one batch.';
