
-- Refresh: finds by comparison what is new, changed, gone or extracted by an older version, and replaces its facts batch by batch.
--
-- 1. news_refresh_find compares articles with extractions and puts the difference into refresh_queue.
-- 2. Each batch takes queue rows that no other refresher holds (SKIP LOCKED), reads the articles as they are now, extracts,
--    replaces facts, adds the rollup deltas, deletes the queue rows, and commits. Killed anywhere, the batch never was.
-- 3. Derived data (stories, quote families ...) follow, each kind in batches of its own: see news_derived_kinds.

CREATE FUNCTION @extschema@.news_lock_key(store text) RETURNS bigint
	LANGUAGE sql STABLE
AS $$ SELECT (x'4e657773'::bigint << 32) | to_regnamespace(quote_ident(store))::oid::bigint $$;
COMMENT ON FUNCTION @extschema@.news_lock_key(text) IS
	'Key of the store''s advisory lock: held shared by refresh batches, exclusively while identities are changed by hand.';

CREATE FUNCTION @extschema@.news_refresh_begin(store text, skip_if_running boolean) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	run bigint;
	others boolean;
BEGIN
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store) # (1::bigint << 31));
	-- A run of this session that ended by an error left its lock behind.
	EXECUTE format('SELECT pg_advisory_unlock(@extschema@.news_run_class(%2$L), run_id::int) FROM %1$I.refresh_runs r WHERE finished_at IS NULL AND pid = pg_backend_pid() '
		'AND EXISTS (SELECT 1 FROM pg_locks l WHERE l.pid = pg_backend_pid() AND l.locktype = ''advisory'' AND l.classid = @extschema@.news_run_class(%2$L)::oid '
		'AND l.objid = r.run_id::int::oid AND l.objsubid = 2)', store, store);
	EXECUTE format('UPDATE %I.refresh_runs SET status = ''stopped'', finished_at = coalesce(progress_at, started_at) WHERE finished_at IS NULL AND '
		'(pid = pg_backend_pid() OR NOT @extschema@.news_run_alive(%L, run_id))', store, store);
	EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.refresh_runs WHERE finished_at IS NULL)', store) INTO others;
	EXECUTE format('DELETE FROM %1$I.refresh_runs WHERE run_id <= (SELECT max(run_id) - 1000 FROM %1$I.refresh_runs)', store);
	IF others AND skip_if_running THEN
		EXECUTE format('INSERT INTO %I.refresh_runs (pid, started_at, finished_at, status) VALUES (pg_backend_pid(), clock_timestamp(), clock_timestamp(), ''skipped'')', store);
		RETURN NULL;
	END IF;
	EXECUTE format('INSERT INTO %I.refresh_runs (pid, started_at, status, progress_at) VALUES (pg_backend_pid(), clock_timestamp(), ''running'', clock_timestamp()) RETURNING run_id', store)
		INTO run;
	PERFORM pg_advisory_lock(@extschema@.news_run_class(store), run::int);
	RETURN run;
END
$$;
COMMENT ON FUNCTION @extschema@.news_refresh_begin(text, boolean) IS
	'Part of refresh_news_store: notes the run, and closes runs whose session is gone. Null when another run is under way and skip_if_running.';

CREATE FUNCTION @extschema@.news_run_class(store text) RETURNS int
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT x'4e657772'::int # to_regnamespace(quote_ident(store))::oid::bigint::bit(32)::int $$;
COMMENT ON FUNCTION @extschema@.news_run_class(text) IS 'First key of the advisory locks that the runs of a store hold; the second is the run''s number.';

CREATE FUNCTION @extschema@.news_run_alive(store text, run_id bigint) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
SELECT EXISTS (SELECT 1 FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
	WHERE l.locktype = 'advisory' AND l.classid = @extschema@.news_run_class($1)::oid AND l.objid = $2::int::oid AND l.objsubid = 2
	AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND (a.state IS NULL OR a.state NOT LIKE 'idle%'))
$$;
COMMENT ON FUNCTION @extschema@.news_run_alive(text, bigint) IS
	'Whether a refresh run still works: its session holds an advisory lock with the run''s number and is not idle, as after a cancelled run.';

-- The server's own sha256(bytea): a text's value is its bytes.
CREATE FUNCTION @extschema@.news_text_hash(article_text text) RETURNS bytea
	LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE COST 100
	AS 'sha256_bytea';
COMMENT ON FUNCTION @extschema@.news_text_hash(text) IS 'SHA-256 of an article''s text in the database''s encoding.';

CREATE FUNCTION @extschema@.news_refresh_find(store text) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	found_now bigint;
	key text;
	message text;
	compare text := format($q$
		INSERT INTO %1$I.refresh_queue (article_id, priority, published_at)
		SELECT t.article_id, CASE WHEN x.version <> $1 AND x.row_version IS NOT DISTINCT FROM t.row_version THEN 2 ELSE 0 END, t.published_at
		FROM %1$I.article_texts t LEFT JOIN %1$I.extractions x USING (article_id)
		WHERE (CASE WHEN x.article_id IS NULL OR x.version <> $1 THEN true
			WHEN t.row_version IS NULL OR x.row_version IS NULL
				THEN x.text_hash <> @extschema@.news_text_hash(t.text) OR x.published_at IS DISTINCT FROM t.published_at OR x.outlet <> t.outlet
			ELSE x.row_version <> t.row_version END)$q$, store);
BEGIN
	-- One refresher looks at a time; the others find the queue filled.
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store) # (1::bigint << 30));
	BEGIN
		EXECUTE compare || ' ON CONFLICT DO NOTHING' USING @extschema@.news_analytics_version();
	EXCEPTION WHEN insufficient_privilege THEN
		RAISE;
	WHEN OTHERS THEN
		-- An article of a view that cannot be read: one by one; it is queued again only when it fails in another way.
		FOR key IN EXECUTE format('SELECT id::text FROM %I.articles', store) LOOP
			BEGIN
				EXECUTE format('%s AND t.article_id = $2::%s ON CONFLICT DO NOTHING', compare, (@extschema@.news_key_type(store)))
					USING @extschema@.news_analytics_version(), key;
			EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
				EXECUTE format('INSERT INTO %1$I.refresh_queue (article_id, priority) SELECT $1::%2$s, 0 WHERE NOT EXISTS (SELECT 1 FROM %1$I.extractions '
					'WHERE article_id = $1::%2$s AND error = $2) ON CONFLICT DO NOTHING', store, @extschema@.news_key_type(store)) USING key, message;
			END;
		END LOOP;
	END;
	EXECUTE format($q$
		INSERT INTO %1$I.refresh_queue (article_id, priority)
		SELECT x.article_id, 1 FROM %1$I.extractions x WHERE NOT EXISTS (SELECT 1 FROM %1$I.articles a WHERE a.id = x.article_id)
		ON CONFLICT DO NOTHING$q$, store);
	EXECUTE format('SELECT count(*) FROM %I.refresh_queue', store) INTO found_now;
	RETURN found_now;
END
$$;
COMMENT ON FUNCTION @extschema@.news_refresh_find(text) IS
	'Part of refresh_news_store: queues every article that differs from its extraction; returns the length of the queue. A row whose version (xmin, ctid) '
	'is as it was is not read again; otherwise the text''s hash decides. row_security = off: who does not see all articles would take the others for deleted, so that '
	'is an error.';

CREATE FUNCTION @extschema@.news_key_type(store text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_type text;
BEGIN
	EXECUTE format('SELECT key_type FROM %I.store_settings', store) INTO found_type;
	RETURN found_type;
END
$$;
COMMENT ON FUNCTION @extschema@.news_key_type(text) IS 'Type of the article key of a store.';

CREATE FUNCTION @extschema@.news_word_count(words text) RETURNS int
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	AS 'MODULE_PATHNAME', 'news_word_count';
COMMENT ON FUNCTION @extschema@.news_word_count(text) IS 'Words of a text as its blanks, tabs and line ends divide it.';

-- Extracts the batch's articles into the session's temporary tables. guarded: each in a subtransaction of its own, errors noted.
-- The four extractors run side by side over one value of the text, so that it is read and analysed once.
CREATE FUNCTION @extschema@.news_extract_batch(store text, guarded boolean) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	i int;
	message text;
	extract text := format($q$
		INSERT INTO pg_temp.news_batch_rows
		SELECT t.article_id, t.n, coalesce(r.ordinality, 1), CASE WHEN coalesce(r.ordinality, 1) = 1 THEN @extschema@.news_text_hash(t.text) END,
			CASE WHEN coalesce(r.ordinality, 1) = 1 THEN @extschema@.news_word_count(t.text) END,
			CASE WHEN coalesce(r.ordinality, 1) = 1 THEN @extschema@.news_story_signature(t.text) END,
			CASE WHEN coalesce(r.ordinality, 1) = 1 THEN left(split_part(t.text, E'\n', 1), 200) END,
			r.quote, r.quote_kind, r.verbatim, r.speaker, r.speaker_kind, r.speaker_role, r.cue, r.addressee, r.via, r.quote_span, r.verbatim_span,
			r.speaker_span, r.cue_span, r.confidence,
			r.entity, r.kind, r.mentions, r.spans, r.salience, r.role, r.aliases, r.country, r.wikidata, r.location,
			r.topic, r.code, r.level, r.topic_score, r.path, r.evidence_span, r.phrase, r.phrase_score, r.phrase_spans
		FROM (SELECT b.article_id, b.n, t.text FROM pg_temp.news_batch b JOIN %1$I.article_texts t ON t.article_id = b.article_id WHERE b.extract AND b.n = coalesce($1, b.n) OFFSET 0) t
			LEFT JOIN LATERAL ROWS FROM (@extschema@.extract_quotes(t.text), @extschema@.extract_entities(t.text), @extschema@.extract_topics(t.text),
				@extschema@.extract_keyphrases(t.text)) WITH ORDINALITY
			AS r(quote, quote_kind, verbatim, speaker, speaker_kind, speaker_role, cue, addressee, via, quote_span, verbatim_span, speaker_span, cue_span, confidence,
				entity, kind, mentions, spans, salience, role, aliases, country, wikidata, location,
				topic, code, level, topic_score, path, evidence_span, phrase, phrase_score, phrase_spans, ordinality) ON true$q$, store);
BEGIN
	IF NOT guarded THEN
		EXECUTE extract USING NULL::int;
	ELSE
		FOR i IN SELECT n FROM pg_temp.news_batch b WHERE b.extract ORDER BY n LOOP
			BEGIN
				EXECUTE extract USING i;
			EXCEPTION WHEN OTHERS THEN
				GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
				UPDATE pg_temp.news_batch SET error = message, text_hash = '' WHERE n = i;
				BEGIN
					EXECUTE format('UPDATE pg_temp.news_batch b SET text_hash = @extschema@.news_text_hash(t.text) FROM %I.article_texts t '
						'WHERE t.article_id = b.article_id AND b.n = $1', store) USING i;
				EXCEPTION WHEN OTHERS THEN
					NULL;
				END;
			END;
		END LOOP;
	END IF;
	UPDATE pg_temp.news_batch b SET text_hash = r.text_hash, words = r.words FROM pg_temp.news_batch_rows r WHERE r.n = b.n AND r.ordinal = 1;
	-- Deleted since it was read.
	UPDATE pg_temp.news_batch b SET present = false, extract = false
		WHERE b.extract AND b.error IS NULL AND NOT EXISTS (SELECT 1 FROM pg_temp.news_batch_rows r WHERE r.n = b.n);
END
$$;
COMMENT ON FUNCTION @extschema@.news_extract_batch(text, boolean) IS
	'Part of refresh_news_store: extracts the batch''s articles. Their hash is of the very text that was extracted, whatever was committed since they were compared.';

-- Takes the facts of the batch's changed articles out of the store, and their counts out of the rollups.
CREATE FUNCTION @extschema@.news_remove_facts(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	fact text;
BEGIN
	IF NOT EXISTS (SELECT 1 FROM pg_temp.news_batch WHERE known AND changed) THEN
		RETURN;
	END IF;
	PERFORM @extschema@.news_delta_add(store, -1);
	FOREACH fact IN ARRAY ARRAY['quotes', 'mentions', 'quote_mentions', 'article_topics', 'article_keyphrases', 'article_signatures', 'extractions'] LOOP
		EXECUTE format('DELETE FROM %I.%I WHERE article_id IN (SELECT article_id FROM pg_temp.news_batch WHERE changed)', store, fact);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_remove_facts(text) IS 'Part of refresh_news_store: the batch''s articles out of the store''s tables and rollups.';

-- Puts the facts in the temporary tables into the store.
CREATE FUNCTION @extschema@.news_add_facts(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format($q$INSERT INTO %1$I.extractions
		(article_id, text_hash, row_version, version, published_at, day, outlet, extracted_at, words, error)
		SELECT article_id, text_hash, row_version, $1, published_at, coalesce((published_at AT TIME ZONE 'UTC')::date, '-infinity'), outlet,
			clock_timestamp(), coalesce(words, 0), error
		FROM pg_temp.news_batch WHERE present AND changed$q$, store) USING @extschema@.news_analytics_version();
	EXECUTE format('INSERT INTO %I.article_signatures (article_id, signature, title) SELECT article_id, signature, title FROM pg_temp.news_batch_rows WHERE ordinal = 1', store);
	EXECUTE format($q$INSERT INTO %1$I.mentions
		(article_id, ordinal, entity_id, name, kind, mentions, spans, salience, role, aliases, alias_key)
		SELECT r.article_id, r.ordinal, e.entity_id, r.entity, r.kind, r.mentions, r.spans, r.salience, r.role, r.aliases, e.alias_key
		FROM pg_temp.news_batch_rows r JOIN pg_temp.news_batch_entities e USING (n, ordinal)$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.quotes
		(article_id, ordinal, quote, kind, verbatim, speaker, speaker_kind, speaker_id, role, cue, addressee, via, quote_span, verbatim_span,
		 speaker_span, cue_span, confidence, words)
		SELECT q.article_id, q.ordinal, q.quote, q.quote_kind, q.verbatim, q.speaker, q.speaker_kind, s.entity_id,
			q.speaker_role, q.cue, q.addressee, q.via, q.quote_span, q.verbatim_span, q.speaker_span, q.cue_span, q.confidence,
			@extschema@.news_word_count(q.quote)
		FROM pg_temp.news_batch_rows q LEFT JOIN (%2$s) s USING (article_id, ordinal)
		WHERE q.quote IS NOT NULL$q$, store, @extschema@.news_speakers(store, 'pg_temp.news_batch_rows'));
	EXECUTE format($q$INSERT INTO %1$I.quote_mentions (article_id, ordinal, entity_id)
		SELECT DISTINCT q.article_id, q.ordinal, e.entity_id
		FROM pg_temp.news_batch_rows q JOIN pg_temp.news_batch_entities e ON e.n = q.n AND e.spans && q.quote_span
		WHERE q.quote IS NOT NULL$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.article_topics (article_id, ordinal, code, topic, root, level, score, path, evidence_span)
		SELECT r.article_id, r.ordinal, r.code, r.topic, split_part(r.path, ' > ', 1), r.level, r.topic_score, r.path, r.evidence_span
		FROM pg_temp.news_batch_rows r WHERE r.code IS NOT NULL$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.article_keyphrases (article_id, ordinal, phrase, score, spans)
		SELECT r.article_id, r.ordinal, r.phrase, r.phrase_score, r.phrase_spans
		FROM pg_temp.news_batch_rows r WHERE r.phrase IS NOT NULL$q$, store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_add_facts(text) IS 'Part of refresh_news_store: the batch''s facts into the store''s tables.';

CREATE FUNCTION @extschema@.news_refresh_batch(
	store text, run bigint, batch_size int, newest_first boolean,
	OUT done int, OUT extracted int, OUT removed int, OUT failed int, OUT words bigint)
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM pg_advisory_xact_lock_shared(@extschema@.news_lock_key(store));
	EXECUTE format($q$
		WITH picked AS MATERIALIZED (
			SELECT article_id FROM %1$I.refresh_queue ORDER BY priority, published_at %2$s NULLS LAST LIMIT $1 FOR UPDATE SKIP LOCKED),
		taken AS (
			DELETE FROM %1$I.refresh_queue WHERE article_id IN (SELECT article_id FROM picked)
			RETURNING article_id, priority, published_at)
		INSERT INTO pg_temp.news_batch (n, article_id, known, present, changed, extract)
		SELECT row_number() OVER (ORDER BY priority, published_at %2$s NULLS LAST), article_id,
			EXISTS (SELECT 1 FROM %1$I.extractions x WHERE x.article_id = taken.article_id), false, true, false FROM taken$q$,
		store, CASE WHEN newest_first THEN 'DESC' ELSE 'ASC' END) USING batch_size;
	GET DIAGNOSTICS done = ROW_COUNT;
	extracted := 0; removed := 0; failed := 0; words := 0;
	IF done = 0 THEN
		RETURN;
	END IF;
	BEGIN
		PERFORM @extschema@.news_read_batch(store, false);
	EXCEPTION WHEN OTHERS THEN
		PERFORM @extschema@.news_read_batch(store, true);
	END;
	-- What is as it was needs no work but the row's new version.
	EXECUTE format($q$
		UPDATE pg_temp.news_batch b SET changed = false FROM %1$I.extractions x
		WHERE b.present AND x.article_id = b.article_id AND x.version = $1 AND x.text_hash = b.text_hash AND x.outlet = b.outlet
		  AND x.published_at IS NOT DISTINCT FROM b.published_at AND x.error IS NOT DISTINCT FROM b.error$q$, store)
		USING @extschema@.news_analytics_version();
	EXECUTE format('UPDATE %I.extractions x SET row_version = b.row_version FROM pg_temp.news_batch b WHERE x.article_id = b.article_id AND NOT b.changed', store);
	UPDATE pg_temp.news_batch b SET extract = present AND changed AND error IS NULL;
	BEGIN
		PERFORM @extschema@.news_extract_batch(store, false);
	EXCEPTION WHEN OTHERS THEN
		PERFORM @extschema@.news_extract_batch(store, true);
	END;
	PERFORM @extschema@.news_identify(store);
	PERFORM @extschema@.news_remove_facts(store);
	PERFORM @extschema@.news_add_facts(store);
	PERFORM @extschema@.news_delta_apply(store);
	SELECT count(*) FILTER (WHERE b.extract AND b.error IS NULL), count(*) FILTER (WHERE NOT b.present), count(*) FILTER (WHERE b.error IS NOT NULL),
		coalesce(sum(b.words), 0)
		INTO extracted, removed, failed, words
		FROM pg_temp.news_batch b;
	EXECUTE format('UPDATE %I.refresh_runs r SET done = r.done + $2, extracted = r.extracted + $3, removed = r.removed + $4, failed = r.failed + $5, '
		'words = r.words + $6, progress_at = clock_timestamp() WHERE run_id = $1', store) USING run, done, extracted, removed, failed, words;
END
$$;
COMMENT ON FUNCTION @extschema@.news_refresh_batch(text, bigint, int, boolean) IS
	'Part of refresh_news_store: takes up to batch_size articles from the queue and brings their facts and the rollups up to date, in the caller''s transaction.';

-- The articles of the batch as they are now. guarded: one by one, an article that cannot be read is noted with its error.
CREATE FUNCTION @extschema@.news_read_batch(store text, guarded boolean) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	i int;
	message text;
	read_rows text := format($q$
		UPDATE pg_temp.news_batch b SET present = true, row_version = t.row_version, published_at = t.published_at, outlet = t.outlet,
			text_hash = CASE WHEN b.known THEN @extschema@.news_text_hash(t.text) END
		FROM %1$I.article_texts t WHERE t.article_id = b.article_id$q$, store);
BEGIN
	IF NOT guarded THEN
		EXECUTE read_rows;
	END IF;
	FOR i IN SELECT n FROM pg_temp.news_batch WHERE guarded ORDER BY n LOOP
		BEGIN
			EXECUTE read_rows || ' AND b.n = $1' USING i;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
			EXECUTE format($q$
				UPDATE pg_temp.news_batch b SET present = true, text_hash = '', row_version = a.row_version, published_at = a.published_at, outlet = coalesce(left(a.outlet, 200), ''), error = $2
				FROM %1$I.articles a WHERE a.id = b.article_id AND b.n = $1$q$, store) USING i, message;
		END;
	END LOOP;
	EXECUTE format('UPDATE pg_temp.news_batch b SET error = ''more than one article has this id'', text_hash = '''', row_version = NULL FROM (SELECT b.n FROM pg_temp.news_batch b '
		'JOIN %I.articles a ON a.id = b.article_id GROUP BY b.n HAVING count(*) > 1) d WHERE d.n = b.n', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_read_batch(text, boolean) IS 'Part of refresh_news_store: date and outlet of the batch''s articles, and the text''s hash of those that were extracted before.';

-- Derived data: what compares articles with each other (stories, quote families, watchlists), made behind the extraction.
--
-- A kind is one row of news_derived_kinds() and four functions, called by name:
--   news_<kind>_tables(store text, key_type text)   makes its tables, with comments; part of create_news_store
--   news_<kind>_views()                             its views: rows (view_name, question, query) like news_view_definitions()
--   news_<kind>_derive(store text)                  brings its rows up to date for the articles in pg_temp.news_derive_batch
--   news_<kind>_check(store text)                   its part of check_news_store: rows (rollup, difference, row_text) that differ
--
-- news_derive_batch has a row for each article of this step, in the order n in which they were published: article_id, gone
-- (no facts any more: deleted, or its extraction failed), and published_at, day and outlet as extractions has them. The
-- function first takes away what it had made of these articles, then makes it anew for those not gone. It runs in one
-- transaction with the marks in `derivations`: killed anywhere, the step never was. One session at a time works on a kind of
-- a store, in READ COMMITTED; extraction goes on beside it, so that facts may be newer than the batch says, or no longer
-- there: the article is then behind again, and done again. What is behind is found by comparing `derivations` with
-- `extractions`, never by a watermark.
CREATE FUNCTION @extschema@.news_derived_kinds(OUT kind text, OUT tables text[], OUT facts text[]) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3
AS $$
VALUES
	('stories', ARRAY['article_signatures', 'stories', 'article_stories', 'story_postings', 'story_changes'], ARRAY['article_signatures', 'article_stories', 'stories']),
	('families', ARRAY['quote_families', 'quote_variants', 'quote_family_members', 'quote_family_merges'], ARRAY['quote_family_members']),
	('watchlists', ARRAY['watchlists', 'watchlist_terms', 'watchlist_hits'], ARRAY['watchlist_hits'])
$$;
COMMENT ON FUNCTION @extschema@.news_derived_kinds() IS
	'The kinds of derived data that a store has, in the order in which they are made: name, its tables, and those of them that are facts of one article '
	'(they have a column article_id, and are seen by those who see the article).';

CREATE FUNCTION @extschema@.news_derive_find(store text, kind text) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_now bigint;
BEGIN
	EXECUTE format($q$
		INSERT INTO %1$I.derive_queue (kind, article_id, published_at)
		SELECT $1, article_id, x.published_at
		FROM (SELECT article_id, published_at, extracted_at FROM %1$I.extractions WHERE error IS NULL) x
			FULL JOIN (SELECT article_id, extracted_at FROM %1$I.derivations WHERE derivations.kind = $1) d USING (article_id)
		WHERE x.extracted_at IS DISTINCT FROM d.extracted_at
		ON CONFLICT (kind, article_id) DO UPDATE SET published_at = excluded.published_at$q$, store) USING kind;
	GET DIAGNOSTICS found_now = ROW_COUNT;
	RETURN found_now;
END
$$;
COMMENT ON FUNCTION @extschema@.news_derive_find(text, text) IS
	'Part of refresh_news_store: queues the articles whose derived rows of this kind do not come from their newest extraction.';

CREATE FUNCTION @extschema@.news_derive_key(store text, kind text) RETURNS bigint
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT @extschema@.news_lock_key(store) # ((hashtext(kind)::bigint & x'3fffffff'::bigint) << 32) $$;
COMMENT ON FUNCTION @extschema@.news_derive_key(text, text) IS 'Key of the advisory lock of who works on a kind of derived data of a store.';

CREATE FUNCTION @extschema@.news_derive(store text, kind text, batch_size int, find boolean, wait boolean) RETURNS int
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	key constant bigint := @extschema@.news_derive_key(store, kind);
	done int;
BEGIN
	IF wait THEN
		PERFORM pg_advisory_xact_lock(key);
	ELSIF NOT pg_try_advisory_xact_lock(key) THEN
		RETURN NULL;
	END IF;
	PERFORM pg_advisory_xact_lock_shared(@extschema@.news_lock_key(store));
	IF find THEN
		PERFORM @extschema@.news_derive_find(store, kind);
	END IF;
	EXECUTE format($q$
		WITH picked AS (
			SELECT article_id FROM %1$I.derive_queue q WHERE q.kind = $1 ORDER BY q.published_at NULLS FIRST, article_id LIMIT $2),
		taken AS (
			DELETE FROM %1$I.derive_queue q WHERE q.kind = $1 AND article_id IN (SELECT article_id FROM picked) RETURNING article_id)
		INSERT INTO pg_temp.news_derive_batch (n, article_id, gone, extracted_at, published_at, day, outlet)
		SELECT row_number() OVER (ORDER BY x.published_at NULLS FIRST, article_id), article_id, x.article_id IS NULL, x.extracted_at, x.published_at, x.day, x.outlet
		FROM taken LEFT JOIN (SELECT * FROM %1$I.extractions WHERE error IS NULL) x USING (article_id)$q$, store) USING kind, batch_size;
	GET DIAGNOSTICS done = ROW_COUNT;
	IF done > 0 THEN
		EXECUTE format('SELECT @extschema@.%I($1)', 'news_' || kind || '_derive') USING store;
		EXECUTE format('DELETE FROM %I.derivations d USING pg_temp.news_derive_batch b WHERE d.kind = $1 AND d.article_id = b.article_id', store) USING kind;
		EXECUTE format('INSERT INTO %I.derivations (kind, article_id, extracted_at) SELECT $1, article_id, extracted_at FROM pg_temp.news_derive_batch '
			'WHERE NOT gone', store) USING kind;
	END IF;
	RETURN done;
END
$$;
COMMENT ON FUNCTION @extschema@.news_derive(text, text, int, boolean, boolean) IS
	'Part of refresh_news_store: one step of a kind of derived data, for up to batch_size articles, in the caller''s transaction; returns how many. find: look '
	'first for what is behind. Null when another session works on this kind and wait is false.';

CREATE PROCEDURE @extschema@.refresh_news_store(
	store text, batch_size int DEFAULT 500, max_articles bigint DEFAULT NULL, max_duration interval DEFAULT NULL,
	newest_first boolean DEFAULT true, skip_if_running boolean DEFAULT false)
	LANGUAGE plpgsql
AS $$
DECLARE
	run bigint;
	queued bigint;
	total bigint := 0;
	batch record;
	started pg_catalog.timestamptz := pg_catalog.clock_timestamp();
	batch_started pg_catalog.timestamptz;
	outcome text := 'done';
	kinds text[];
	busy text[] := '{}';
	kind text;
	wait bool;
	find bool;
	derived int;
BEGIN
	IF pg_catalog.pg_is_in_recovery() THEN
		RAISE NOTICE 'news store "%": this server is a replica, nothing to do', store;
		RETURN;
	END IF;
	PERFORM @extschema@.news_store_check(store);
	IF batch_size IS NULL OR batch_size < 1 THEN
		RAISE EXCEPTION 'batch_size must be 1 or more' USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave it out for 500 articles a transaction.';
	END IF;
	-- Each SET comes right after a COMMIT: it must be the first thing in its transaction.
	COMMIT;
	SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
	IF @extschema@.upgrade_news_store(store) THEN
		RAISE NOTICE 'news store "%": brought to version %', store, @extschema@.news_analytics_version();
	END IF;
	COMMIT;
	SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
	PERFORM @extschema@.news_add_months(store);
	COMMIT;
	SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
	run := @extschema@.news_refresh_begin(store, skip_if_running);
	COMMIT;
	SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
	IF run IS NULL THEN
		RAISE NOTICE 'news store "%": another refresh is running, skipped', store;
		RETURN;
	END IF;
	PERFORM @extschema@.news_temp_tables(@extschema@.news_key_type(store));
	queued := @extschema@.news_refresh_find(store);
	EXECUTE pg_catalog.format('UPDATE %I.refresh_runs SET found = $1 WHERE run_id = $2', store) USING queued, run;
	COMMIT;
	SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
	LOOP
		IF total >= max_articles OR pg_catalog.clock_timestamp() - started >= max_duration THEN
			outcome := 'stopped';
			EXIT;
		END IF;
		batch_started := pg_catalog.clock_timestamp();
		batch := @extschema@.news_refresh_batch(store, run, LEAST(batch_size, max_articles - total)::pg_catalog.int4, newest_first);
		COMMIT;
		SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
		EXIT WHEN batch.done = 0;
		total := total + batch.done;
		RAISE NOTICE 'news store "%": % of % articles done (% extracted, % removed, % failed), % words/s', store, total, GREATEST(queued, total),
			batch.extracted, batch.removed, batch.failed,
			pg_catalog.round(batch.words / GREATEST(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - batch_started), 0.001));
	END LOOP;
	-- Derived data. A kind on which another session works comes last: by then that session may have done it, or ended before it saw these articles.
	kinds := ARRAY(SELECT k.kind FROM @extschema@.news_derived_kinds() k);
	FOREACH wait IN ARRAY ARRAY[false, true] LOOP
		FOREACH kind IN ARRAY kinds LOOP
			find := true;
			total := 0;
			LOOP
				IF pg_catalog.clock_timestamp() - started >= max_duration THEN
					outcome := 'stopped';
					EXIT;
				END IF;
				derived := @extschema@.news_derive(store, kind, batch_size, find, wait);
				COMMIT;
				SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
				IF derived IS NULL THEN
					busy := busy || kind;
				END IF;
				total := total + derived;
				EXIT WHEN derived IS NULL OR derived < batch_size;
				find := false;
			END LOOP;
			IF total > 0 THEN
				RAISE NOTICE 'news store "%": %, % articles done', store, kind, total;
			END IF;
		END LOOP;
		kinds := busy;
	END LOOP;
	EXECUTE pg_catalog.format('UPDATE %I.refresh_runs SET status = $2, finished_at = clock_timestamp() WHERE run_id = $1', store) USING run, outcome;
	PERFORM pg_catalog.pg_advisory_unlock(@extschema@.news_run_class(store), run::pg_catalog.int4);
	COMMIT;
END
$$;
COMMENT ON PROCEDURE @extschema@.refresh_news_store(text, int, bigint, interval, boolean, boolean) IS
	'Brings a store up to date with its articles: new, changed, re-dated and deleted ones, and those extracted by an older version. Commits after each '
	'batch_size articles; may be killed or cancelled at any point, and run several times at once (the runs share the work). max_articles, '
	'max_duration: stop after so much. newest_first: order of work. skip_if_running: do nothing while another run is under way. An article that cannot be extracted is '
	'noted in extraction_errors and passed. Does nothing on a replica. Cannot run inside a transaction block.';
