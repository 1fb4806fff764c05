
-- Identities: one person, organization or place across articles.

-- Gives every row of pg_temp.news_batch_entities its alias_key and entity_id, making entities that are new.
CREATE FUNCTION @extschema@.news_identify(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	UPDATE pg_temp.news_batch_entities SET alias_key = coalesce(wikidata, lower(entity));
	EXECUTE format('UPDATE pg_temp.news_batch_entities b SET entity_id = a.entity_id FROM %I.entity_aliases a WHERE a.kind = b.kind AND a.alias_key = b.alias_key AND '
		'(a.by_hand OR NOT (b.kind = ''person'' AND b.wikidata IS NULL AND position('' '' IN b.entity) = 0))', store);
	-- A person's last name alone: the one full name with it in the same outlet within a week, if there is just one.
	EXECUTE format($q$
		UPDATE pg_temp.news_batch_entities b SET entity_id = c.entity_id
		FROM (SELECT b.n, b.ordinal, min(d.entity_id) AS entity_id
			FROM pg_temp.news_batch_entities b JOIN pg_temp.news_batch t ON t.n = b.n
				JOIN %1$I.entities e ON e.last_name = lower(b.entity)
				JOIN %1$I.entity_days d ON d.entity_id = e.entity_id AND d.outlet = t.outlet
					AND d.day BETWEEN (t.published_at AT TIME ZONE 'UTC')::date - 7 AND (t.published_at AT TIME ZONE 'UTC')::date + 7
			WHERE b.entity_id IS NULL AND b.kind = 'person' AND b.wikidata IS NULL AND position(' ' IN b.entity) = 0
			GROUP BY b.n, b.ordinal
			HAVING min(d.entity_id) = max(d.entity_id)) c
		WHERE c.n = b.n AND c.ordinal = b.ordinal$q$, store);
	-- New names, in key order: of two refreshers that meet the same name, the second waits and takes the first's.
	EXECUTE format($q$
		WITH missing AS (
			SELECT DISTINCT ON (kind, alias_key) kind, alias_key, entity, wikidata, country, location
			FROM pg_temp.news_batch_entities WHERE entity_id IS NULL ORDER BY kind, alias_key, n),
		named AS (
			INSERT INTO %1$I.entity_aliases (kind, alias_key, entity_id)
			SELECT kind, alias_key, nextval(pg_get_serial_sequence(%2$L, 'entity_id')) FROM missing ORDER BY kind, alias_key
			ON CONFLICT DO NOTHING RETURNING kind, alias_key, entity_id)
		INSERT INTO %1$I.entities (entity_id, name, kind, wikidata, country, location, last_name)
		SELECT named.entity_id, m.entity, m.kind, m.wikidata, m.country, m.location,
			CASE WHEN m.kind = 'person' AND position(' ' IN m.entity) > 0 THEN lower(substring(m.entity FROM '[^ ]+$')) END
		FROM named JOIN missing m USING (kind, alias_key)$q$, store, format('%I.entities', store));
	EXECUTE format('UPDATE pg_temp.news_batch_entities b SET entity_id = a.entity_id FROM %I.entity_aliases a WHERE b.entity_id IS NULL AND a.kind = b.kind AND a.alias_key = b.alias_key', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_identify(text) IS
	'Part of refresh_news_store: which entity of the store each entity of the batch''s articles is. By hand first, then the knowledge table''s QID or kind '
	'and full name; a last name alone joins the only full name with it in that outlet within seven days.';

-- Puts the articles that name an entity into pg_temp.news_batch and takes the lock that keeps refreshers out.
CREATE FUNCTION @extschema@.news_identity_change(store text, entity_ids bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	key_type text;
BEGIN
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store));
	EXECUTE format('SELECT key_type FROM %I.store_settings', store) INTO key_type;
	PERFORM @extschema@.news_temp_tables(key_type);
	EXECUTE format($q$
		INSERT INTO pg_temp.news_batch (n, article_id, present, changed, extract)
		SELECT row_number() OVER (), article_id, true, true, false FROM (
			SELECT article_id FROM %1$I.mentions WHERE entity_id = ANY ($1) UNION SELECT article_id FROM %1$I.quotes WHERE speaker_id = ANY ($1)) a$q$, store)
		USING entity_ids;
	PERFORM @extschema@.news_delta_add(store, -1);
END
$$;
COMMENT ON FUNCTION @extschema@.news_identity_change(text, bigint[]) IS 'Part of merge_entities and split_entity: waits for running batches, subtracts the articles concerned from the rollups.';

CREATE FUNCTION @extschema@.merge_entities(store text, into_entity bigint, other_entity bigint) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	n int;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	EXECUTE format('SELECT count(*) FROM %I.entities WHERE entity_id IN ($1, $2)', store) INTO n USING into_entity, other_entity;
	IF n IS DISTINCT FROM 2 THEN
		RAISE EXCEPTION 'entities % and % are not two entities of store %', into_entity, other_entity, quote_ident(store)
			USING ERRCODE = 'no_data_found', HINT = format('Look them up with SELECT entity_id, name, kind FROM %I.entities.', store);
	END IF;
	PERFORM @extschema@.news_identity_change(store, ARRAY[into_entity, other_entity]);
	EXECUTE format('UPDATE %I.entity_aliases SET entity_id = $1, by_hand = true WHERE entity_id = $2', store) USING into_entity, other_entity;
	EXECUTE format('UPDATE %I.mentions SET entity_id = $1 WHERE entity_id = $2', store) USING into_entity, other_entity;
	EXECUTE format('UPDATE %I.quotes SET speaker_id = $1 WHERE speaker_id = $2', store) USING into_entity, other_entity;
	EXECUTE format('INSERT INTO %1$I.quote_mentions SELECT article_id, ordinal, $1 FROM %1$I.quote_mentions WHERE entity_id = $2 ON CONFLICT DO NOTHING', store) USING into_entity, other_entity;
	EXECUTE format('DELETE FROM %I.quote_mentions WHERE entity_id = $1', store) USING other_entity;
	EXECUTE format('DELETE FROM %I.entities WHERE entity_id = $1', store) USING other_entity;
	PERFORM @extschema@.news_delta_add(store, 1);
	PERFORM @extschema@.news_delta_apply(store);
END
$$;
COMMENT ON FUNCTION @extschema@.merge_entities(text, bigint, bigint) IS
	'Says that other_entity is into_entity: its names, mentions and quotes become into_entity''s, rollups follow, and it stays so when articles are '
	'extracted anew. Waits for running refresh batches. Raises no_data_found unless both exist.';

CREATE FUNCTION @extschema@.split_entity(store text, entity bigint, names text[]) RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	new_id bigint;
	keys text[];
BEGIN
	PERFORM @extschema@.news_store_check(store);
	EXECUTE format('SELECT array_agg(DISTINCT m.alias_key) FROM %I.mentions m WHERE m.entity_id = $1 AND lower(m.name) = ANY (SELECT lower(x) FROM unnest($2) x)', store)
		INTO keys USING entity, names;
	IF keys IS NULL THEN
		RAISE EXCEPTION 'entity % of store % is never named %', entity, quote_ident(store), array_to_string(names, ', ')
			USING ERRCODE = 'no_data_found', HINT = format('See the names with SELECT DISTINCT name FROM %I.mentions WHERE entity_id = %s.', store, entity);
	END IF;
	PERFORM @extschema@.news_identity_change(store, ARRAY[entity]);
	EXECUTE format('INSERT INTO %1$I.entities (name, kind, wikidata, country, location, last_name) SELECT $2[1], kind, wikidata, country, location, '
		'CASE WHEN kind = ''person'' AND position('' '' IN $2[1]) > 0 THEN lower(substring($2[1] FROM ''[^ ]+$'')) END FROM %1$I.entities WHERE entity_id = $1 RETURNING entity_id', store)
		INTO new_id USING entity, names;
	EXECUTE format('INSERT INTO %1$I.entity_aliases (kind, alias_key, entity_id, by_hand) SELECT e.kind, k, e.entity_id, true FROM %1$I.entities e, unnest($2) k '
		'WHERE e.entity_id = $1 ON CONFLICT (kind, alias_key) DO UPDATE SET entity_id = excluded.entity_id, by_hand = true', store) USING new_id, keys;
	EXECUTE format('UPDATE %1$I.quotes q SET speaker_id = $1 FROM %1$I.mentions m WHERE m.article_id = q.article_id AND m.entity_id = $2 AND m.alias_key = ANY ($3) '
		'AND q.speaker_id = $2', store) USING new_id, entity, keys;
	EXECUTE format('INSERT INTO %1$I.quote_mentions SELECT q.article_id, q.ordinal, $1 FROM %1$I.quote_mentions q JOIN %1$I.mentions m ON m.article_id = q.article_id '
		'AND m.entity_id = $2 AND m.alias_key = ANY ($3) WHERE q.entity_id = $2 ON CONFLICT DO NOTHING', store) USING new_id, entity, keys;
	EXECUTE format('DELETE FROM %1$I.quote_mentions q USING %1$I.mentions m WHERE m.article_id = q.article_id AND m.entity_id = $1 AND m.alias_key = ANY ($2) '
		'AND q.entity_id = $1', store) USING entity, keys;
	EXECUTE format('UPDATE %I.mentions SET entity_id = $1 WHERE entity_id = $2 AND alias_key = ANY ($3)', store) USING new_id, entity, keys;
	PERFORM @extschema@.news_delta_add(store, 1);
	PERFORM @extschema@.news_delta_apply(store);
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION @extschema@.split_entity(text, bigint, text[]) IS
	'Says that under these names the entity is another one; returns the new entity''s id. Mentions and quotes under the names move to it, rollups follow, '
	'and it stays so when articles are extracted anew. Raises no_data_found when the entity has none of the names.';
