
-- Identities: one person, organization or place across articles.

CREATE FUNCTION @extschema@.news_last_names(kind text, name text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN kind = 'person' AND position(' ' IN name) > 0 THEN ARRAY[lower(left(substring(name FROM '[^ ]+$'), 200))] ELSE '{}' END $$;
COMMENT ON FUNCTION @extschema@.news_last_names(text, text) IS
	'Part of the identities: the last names under which a person of this full name may be called; empty for anything else.';

-- Which entity spoke each quote of the batch's articles, by the rows of mentions of its article: %1$I the store, %2$s where the quotes stand.
CREATE FUNCTION @extschema@.news_speakers(store text, quotes text) RETURNS text
	LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
SELECT format('SELECT DISTINCT ON (q.article_id, q.ordinal) q.article_id, q.ordinal, m.entity_id FROM %2$s q JOIN %1$I.mentions m '
	'ON m.article_id = q.article_id AND (m.name = q.speaker OR q.speaker = ANY (m.aliases)) WHERE q.article_id IN (SELECT article_id FROM pg_temp.news_batch) '
	'ORDER BY q.article_id, q.ordinal, m.kind = q.speaker_kind DESC, m.name = q.speaker DESC, m.ordinal', store, quotes)
$$;
COMMENT ON FUNCTION @extschema@.news_speakers(text, text) IS
	'Part of refresh_news_store, merge_entities and split_entity: the query (article_id, ordinal, entity_id) that finds the speakers of quotes among the '
	'mentions of their articles: by kind, then the mention''s name before its other forms, then the most salient.';

-- Links the quotes of the articles in pg_temp.news_batch to their mentions anew, as an extraction would.
CREATE FUNCTION @extschema@.news_link_quotes(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('UPDATE %1$I.quotes q SET speaker_id = s.entity_id FROM (SELECT q.article_id, q.ordinal, s.entity_id FROM %1$I.quotes q '
		'LEFT JOIN (%2$s) s USING (article_id, ordinal) WHERE q.article_id IN (SELECT article_id FROM pg_temp.news_batch)) s '
		'WHERE q.article_id = s.article_id AND q.ordinal = s.ordinal AND q.speaker_id IS DISTINCT FROM s.entity_id',
		store, @extschema@.news_speakers(store, format('%I.quotes', store)));
	EXECUTE format('DELETE FROM %I.quote_mentions WHERE article_id IN (SELECT article_id FROM pg_temp.news_batch)', store);
	EXECUTE format('INSERT INTO %1$I.quote_mentions (article_id, ordinal, entity_id) SELECT DISTINCT q.article_id, q.ordinal, m.entity_id '
		'FROM %1$I.quotes q JOIN %1$I.mentions m ON m.article_id = q.article_id AND m.spans && q.quote_span '
		'WHERE q.article_id IN (SELECT article_id FROM pg_temp.news_batch)', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_link_quotes(text) IS
	'Part of merge_entities and split_entity: speakers and entities named in quotes of the articles concerned, as their re-extraction would give them.';

-- Gives every row of pg_temp.news_batch_entities its alias_key and entity_id, making entities that are new.
CREATE FUNCTION @extschema@.news_identify(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format($q$
		INSERT INTO pg_temp.news_batch_entities (article_id, n, ordinal, entity, kind, wikidata, spans, alias_key, entity_id)
		SELECT r.article_id, r.n, r.ordinal, r.entity, r.kind, r.wikidata, r.spans, k.alias_key, a.entity_id
		FROM pg_temp.news_batch_rows r CROSS JOIN LATERAL (SELECT coalesce(r.wikidata, lower(left(r.entity, 200))) AS alias_key) k
			LEFT JOIN %1$I.entity_aliases a ON a.kind = r.kind AND a.alias_key = k.alias_key
				AND (a.by_hand OR NOT (r.kind = 'person' AND r.wikidata IS NULL AND position(' ' IN r.entity) = 0))
		WHERE r.entity IS NOT NULL$q$, store);
	-- A person's last name alone: the one full name with it in the same outlet within a week, if there is just one.
	EXECUTE format($q$
		UPDATE pg_temp.news_batch_entities b SET entity_id = c.entity_id
		FROM (SELECT b.n, b.ordinal, min(d.entity_id) AS entity_id
			FROM pg_temp.news_batch_entities b JOIN pg_temp.news_batch t ON t.n = b.n
				JOIN %1$I.entities e ON e.last_names @> ARRAY[lower(left(b.entity, 200))] AND e.kind = 'person'
				JOIN %1$I.entity_days d ON d.entity_id = e.entity_id AND d.outlet = t.outlet
					AND d.day BETWEEN (t.published_at AT TIME ZONE 'UTC')::date - 7 AND (t.published_at AT TIME ZONE 'UTC')::date + 7
			WHERE b.entity_id IS NULL AND b.kind = 'person' AND b.wikidata IS NULL AND position(' ' IN b.entity) = 0
			GROUP BY b.n, b.ordinal
			HAVING min(d.entity_id) = max(d.entity_id)) c
		WHERE c.n = b.n AND c.ordinal = b.ordinal$q$, store);
	-- New names, in key order: of two refreshers that meet the same name, the second waits and takes the first's.
	EXECUTE format($q$
		WITH missing AS (
			SELECT DISTINCT ON (b.kind, b.alias_key) b.kind, b.alias_key, b.entity, b.wikidata, r.country, r.location
			FROM pg_temp.news_batch_entities b JOIN pg_temp.news_batch_rows r USING (n, ordinal) WHERE b.entity_id IS NULL ORDER BY b.kind, b.alias_key, b.n, b.ordinal),
		named AS (
			INSERT INTO %1$I.entity_aliases (kind, alias_key, entity_id)
			SELECT kind, alias_key, nextval(pg_get_serial_sequence(%2$L, 'entity_id')) FROM missing ORDER BY kind, alias_key
			ON CONFLICT DO NOTHING RETURNING kind, alias_key, entity_id)
		INSERT INTO %1$I.entities (entity_id, name, kind, wikidata, country, location, last_names)
		SELECT named.entity_id, m.entity, m.kind, m.wikidata, m.country, m.location,
			@extschema@.news_last_names(m.kind, m.entity)
		FROM named JOIN missing m USING (kind, alias_key)$q$, store, format('%I.entities', store));
	EXECUTE format('UPDATE pg_temp.news_batch_entities b SET entity_id = a.entity_id FROM %I.entity_aliases a WHERE b.entity_id IS NULL AND a.kind = b.kind AND a.alias_key = b.alias_key', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_identify(text) IS
	'Part of refresh_news_store: which entity of the store each entity of the batch''s articles is. By hand first, then the knowledge table''s QID or kind '
	'and full name; a last name alone joins the only full name with it that was extracted before, of that outlet within seven days.';

-- Puts the articles that name an entity into pg_temp.news_batch. The caller holds the lock that keeps refreshers out.
CREATE FUNCTION @extschema@.news_identity_change(store text, entity_ids bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM @extschema@.news_temp_tables(@extschema@.news_key_type(store));
	EXECUTE format($q$
		INSERT INTO pg_temp.news_batch (n, article_id, known, present, changed, extract)
		SELECT row_number() OVER (), article_id, true, true, true, false FROM (
			SELECT article_id FROM %1$I.mentions WHERE entity_id = ANY ($1) UNION SELECT article_id FROM %1$I.quotes WHERE speaker_id = ANY ($1)) a$q$, store)
		USING entity_ids;
	PERFORM @extschema@.news_delta_add(store, -1);
END
$$;
COMMENT ON FUNCTION @extschema@.news_identity_change(text, bigint[]) IS 'Part of merge_entities and split_entity: subtracts the articles concerned from the rollups.';

CREATE FUNCTION @extschema@.merge_entities(store text, into_entity bigint, other_entity bigint) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	n int;
BEGIN
	PERFORM @extschema@.upgrade_news_store(store);
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store));
	EXECUTE format('SELECT count(*) FROM %I.entities WHERE entity_id IN ($1, $2)', store) INTO n USING into_entity, other_entity;
	IF n IS DISTINCT FROM 2 THEN
		RAISE EXCEPTION 'entities % and % are not two entities of store %', into_entity, other_entity, quote_ident(store)
			USING ERRCODE = 'no_data_found', HINT = format('Look them up with SELECT entity_id, name, kind FROM %I.entities.', store);
	END IF;
	PERFORM @extschema@.news_identity_change(store, ARRAY[into_entity, other_entity]);
	EXECUTE format('UPDATE %I.entity_aliases SET entity_id = $1, by_hand = true WHERE entity_id = $2', store) USING into_entity, other_entity;
	EXECUTE format('UPDATE %I.mentions SET entity_id = $1 WHERE entity_id = $2', store) USING into_entity, other_entity;
	EXECUTE format('UPDATE %1$I.entities e SET last_names = (SELECT coalesce(array_agg(DISTINCT n ORDER BY n), ''{}'') FROM unnest(e.last_names || o.last_names) n) '
		'FROM %1$I.entities o WHERE e.entity_id = $1 AND o.entity_id = $2', store) USING into_entity, other_entity;
	PERFORM @extschema@.news_link_quotes(store);
	EXECUTE format('DELETE FROM %I.entities WHERE entity_id = $1', store) USING other_entity;
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
	spelled text[];
BEGIN
	PERFORM @extschema@.upgrade_news_store(store);
	PERFORM pg_advisory_xact_lock(@extschema@.news_lock_key(store));
	EXECUTE format('SELECT array_agg(DISTINCT m.alias_key) FROM %I.mentions m WHERE m.entity_id = $1 AND lower(m.name) = ANY (SELECT lower(x) FROM unnest($2) x)', store)
		INTO keys USING entity, names;
	IF keys IS NULL THEN
		RAISE EXCEPTION 'entity % of store % is never named %', entity, quote_ident(store), array_to_string(names, ', ')
			USING ERRCODE = 'no_data_found', HINT = format('See the names with SELECT DISTINCT name FROM %I.mentions WHERE entity_id = %s.', store, entity);
	END IF;
	EXECUTE format('SELECT array_agg(DISTINCT m.name) FROM %I.mentions m WHERE m.entity_id = $1 AND lower(m.name) = lower($2[1])', store)
		INTO spelled USING entity, names;
	names := coalesce(spelled, names);
	PERFORM @extschema@.news_identity_change(store, ARRAY[entity]);
	EXECUTE format('INSERT INTO %1$I.entities (name, kind, wikidata, country, location, last_names) SELECT $2[1], kind, wikidata, country, location, '
		'@extschema@.news_last_names(kind, $2[1]) FROM %1$I.entities WHERE entity_id = $1 RETURNING entity_id', store)
		INTO new_id USING entity, names;
	EXECUTE format('INSERT INTO %1$I.entity_aliases (kind, alias_key, entity_id, by_hand) SELECT DISTINCT m.kind, m.alias_key, $1, true FROM %1$I.mentions m '
		'WHERE m.entity_id = $3 AND m.alias_key = ANY ($2) ON CONFLICT (kind, alias_key) DO UPDATE SET entity_id = excluded.entity_id, by_hand = true', store) USING new_id, keys, entity;
	EXECUTE format('UPDATE %I.mentions SET entity_id = $1 WHERE entity_id = $2 AND alias_key = ANY ($3)', store) USING new_id, entity, keys;
	PERFORM @extschema@.news_link_quotes(store);
	PERFORM @extschema@.news_delta_apply(store);
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION @extschema@.split_entity(text, bigint, text[]) IS
	'Says that under these names the entity is another one; returns the new entity''s id. Mentions and quotes under the names move to it, rollups follow, '
	'and it stays so when articles are extracted anew. Raises no_data_found when the entity has none of the names.';
