
-- Upgrade of stores: what an older version of the extension made becomes as this version makes it.
--
-- A store is the caller's, so ALTER EXTENSION UPDATE does not touch it. store_settings.definitions remembers of which definition each part
-- is; whoever is about to write (a refresh, merge_entities, split_entity) compares it first. Facts stay; rollups whose definition changed
-- are counted anew from the facts; views follow. Articles are extracted anew by the refresh, newest first, since their version differs.

-- MD5 of the definition of every part: each rollup, "tables" and "views".
CREATE FUNCTION @extschema@.news_store_definitions() RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	kinds text[] := ARRAY(SELECT k.kind FROM @extschema@.news_derived_kinds() k);
	parts jsonb := (SELECT jsonb_object_agg(r.rollup, md5(concat_ws('|', r.keys, r.key_types, r.measures, r.recount))) FROM @extschema@.news_rollups() r);
	sources text[] := ARRAY['news_store_views', 'news_view_definitions'] || ARRAY(SELECT 'news_' || k || '_views' FROM unnest(kinds) k);
BEGIN
	RETURN parts
		|| jsonb_build_object('tables', (SELECT md5(string_agg(p.prosrc, '' ORDER BY p.proname COLLATE "C")) FROM pg_proc p
			WHERE p.pronamespace = '@extschema@'::regnamespace
			  AND p.proname = ANY (ARRAY['news_store_tables', 'news_store_rollups', 'news_store_protect'] || ARRAY(SELECT 'news_' || k || '_tables' FROM unnest(kinds) k))))
		|| jsonb_build_object('views', (SELECT md5(string_agg(p.prosrc, '' ORDER BY p.proname COLLATE "C")) FROM pg_proc p
			WHERE p.pronamespace = '@extschema@'::regnamespace AND p.proname = ANY (sources)));
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_definitions() IS
	'Part of upgrade_news_store: MD5 of the definition of each rollup, and of the tables and the views of a store.';

-- Counts a rollup anew from the facts; makes its table anew when its columns are others.
CREATE FUNCTION @extschema@.news_rollup_rebuild(store text, rollup_name text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	view_name text;
	columns text;
BEGIN
	SELECT * INTO r FROM @extschema@.news_rollups() d WHERE d.rollup = rollup_name;
	IF r.keys || r.measures <> ARRAY(SELECT a.attname::text FROM pg_attribute a
		WHERE a.attrelid = to_regclass(format('%I.%I', store, rollup_name)) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum)
	THEN
		FOR view_name IN SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relkind = 'v'
			AND c.relname = ANY (@extschema@.news_store_objects(store)) AND c.relname NOT IN ('articles', 'article_texts', 'last_day')
		LOOP
			EXECUTE format('DROP VIEW %s', view_name);
		END LOOP;
		EXECUTE format('DROP VIEW IF EXISTS %I.last_day', store);
		EXECUTE format('DROP TABLE %I.%I', store, rollup_name);
		PERFORM @extschema@.news_store_rollups(store);
	END IF;
	columns := (SELECT string_agg(quote_ident(c), ', ') FROM unnest(r.keys || r.measures) c);
	EXECUTE format('DELETE FROM %I.%I', store, rollup_name);
	EXECUTE format('INSERT INTO %I.%I (%s) SELECT %3$s FROM (%4$s) f', store, rollup_name, columns, format(r.recount, store, ''));
END
$$;
COMMENT ON FUNCTION @extschema@.news_rollup_rebuild(text, text) IS 'Part of upgrade_news_store: a rollup counted anew from the facts.';

-- What was granted on the store's extractions is granted on the tables and views that are new.
CREATE FUNCTION @extschema@.news_store_regrant(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	g record;
BEGIN
	FOR g IN SELECT a.grantee, bool_or(a.privilege_type = 'INSERT') AS refreshes
		FROM pg_class c, aclexplode(c.relacl) a
		WHERE c.oid = to_regclass(format('%I.extractions', store)) AND a.grantee <> c.relowner AND a.grantee <> 0
		GROUP BY a.grantee
	LOOP
		PERFORM @extschema@.grant_news_store(store, g.grantee::regrole, CASE WHEN g.refreshes THEN 'refresher' ELSE 'reader' END);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_regrant(text) IS 'Part of upgrade_news_store: readers and refreshers of the store become so of its new tables and views.';

CREATE FUNCTION @extschema@.upgrade_news_store(store text) RETURNS boolean
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	wanted jsonb := @extschema@.news_store_definitions();
	has jsonb := '{}';
	key_type text;
	kind text;
	part text;
	is_protected boolean;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(format('%I.store_settings', store)) AND attname = 'definitions') THEN
		EXECUTE format('SELECT definitions FROM %I.store_settings', store) INTO has;
	END IF;
	IF has = wanted THEN
		RETURN false;
	END IF;
	IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass(format('%I.store_settings', store))), 'USAGE') THEN
		RAISE EXCEPTION 'store % was made by another version of the extension', quote_ident(store)
			USING ERRCODE = 'object_not_in_prerequisite_state', HINT = format('Its owner has to run SELECT upgrade_news_store(%L) once.', store);
	END IF;
	-- As for merges: no refresh batch at work, and another session that upgrades comes first.
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store));
	EXECUTE format('ALTER TABLE %I.store_settings ADD COLUMN IF NOT EXISTS definitions jsonb NOT NULL DEFAULT ''{}''', store);
	EXECUTE format('SELECT definitions, key_type, protected FROM %I.store_settings', store) INTO has, key_type, is_protected;
	IF has = wanted THEN
		RETURN false;
	END IF;
	IF has->'tables' IS DISTINCT FROM wanted->'tables' THEN
		PERFORM @extschema@.news_store_tables(store, key_type);
		PERFORM @extschema@.news_store_rollups(store);
		FOR kind IN SELECT k.kind FROM @extschema@.news_derived_kinds() k WHERE to_regclass(format('%I.%I', store, k.tables[1])) IS NULL LOOP
			EXECUTE format('SELECT @extschema@.%I($1, $2)', 'news_' || kind || '_tables') USING store, key_type;
		END LOOP;
	END IF;
	FOR part IN SELECT r.rollup FROM @extschema@.news_rollups() r LOOP
		IF has->part IS DISTINCT FROM wanted->part THEN
			PERFORM @extschema@.news_rollup_rebuild(store, part);
		END IF;
	END LOOP;
	PERFORM @extschema@.news_store_views(store);
	IF is_protected THEN
		PERFORM @extschema@.news_store_protect(store);
	END IF;
	PERFORM @extschema@.news_store_regrant(store);
	EXECUTE format('UPDATE %I.store_settings SET definitions = $1', store) USING wanted;
	RETURN true;
END
$$;
COMMENT ON FUNCTION @extschema@.upgrade_news_store(text) IS
	'Brings a store that an older version of the extension made to this version: new tables and views, rollups counted anew where their definition changed. '
	'Facts stay. False when there is nothing to do. The first refresh after ALTER EXTENSION UPDATE does it when the store''s owner runs it; others get '
	'object_not_in_prerequisite_state. Waits for running refresh batches.';
