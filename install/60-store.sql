
-- The store: ordinary tables of the caller, in a schema of their own, outside the extension.
--
-- Everything here is PL/pgSQL that builds statements with format(): %1$I is the store's schema, %2$s the type of the
-- article key, %3$I the extension's schema.

CREATE FUNCTION @extschema@.news_store_check(store text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF store IS NULL OR to_regclass(format('%I.store_settings', store)) IS NULL THEN
		RAISE EXCEPTION 'there is no news store in schema %', coalesce(quote_ident(store), 'NULL')
			USING ERRCODE = 'undefined_object', HINT = 'Make one with SELECT create_news_store(''news'').';
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_check(text) IS
	'Raises undefined_object unless the schema holds a news store. Called by the other store functions.';

-- The SELECT list of the articles view over a user's table: one expression a column.
CREATE FUNCTION @extschema@.news_article_column(articles regclass, column_name text, what text, types text[]) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found_type regtype;
BEGIN
	IF column_name IS NULL THEN
		RETURN NULL;
	END IF;
	SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END INTO found_type
	FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
	WHERE a.attrelid = articles AND a.attname = column_name AND a.attnum > 0 AND NOT a.attisdropped;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'column % of % does not exist', quote_ident(column_name), articles
			USING ERRCODE = 'undefined_column', HINT = format('Name the column that holds the %s with %s => ''...''.', what, what);
	END IF;
	IF NOT found_type::text = ANY (types) THEN
		RAISE EXCEPTION 'column % of % is of type %, which cannot be the %', quote_ident(column_name), articles, found_type, what
			USING ERRCODE = 'datatype_mismatch', HINT = format('Use a column of type %s.', array_to_string(types, ', '));
	END IF;
	RETURN CASE found_type::text
		WHEN 'timestamp without time zone' THEN format('a.%I AT TIME ZONE ''UTC''', column_name)
		WHEN 'date' THEN format('a.%I::timestamp AT TIME ZONE ''UTC''', column_name)
		WHEN 'character varying' THEN format('a.%I::text', column_name)
		WHEN 'character' THEN format('a.%I::text', column_name)
		ELSE format('a.%I', column_name) END;
END
$$;
COMMENT ON FUNCTION @extschema@.news_article_column(regclass, text, text, text[]) IS
	'The SQL expression by which a store reads a column of somebody''s articles; null for no column. Raises undefined_column or '
	'datatype_mismatch with a hint.';

CREATE FUNCTION @extschema@.create_news_store(
	store text, articles regclass DEFAULT NULL, id text DEFAULT 'id', body text DEFAULT 'body', title text DEFAULT NULL,
	published_at text DEFAULT NULL, outlet text DEFAULT NULL, url text DEFAULT NULL, body_format text DEFAULT 'text',
	partition_by text DEFAULT NULL)
	RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	key_type text := 'bigint';
	key_expression text;
	row_version text;
	security text := '';
	protected boolean := false;
	taken text;
	kind text;
	texts constant text[] := ARRAY['text', 'character varying', 'character'];
	times constant text[] := ARRAY['timestamp with time zone', 'timestamp without time zone', 'date'];
BEGIN
	IF store IS NULL OR store = '' OR length(store) > 50 THEN
		RAISE EXCEPTION 'the store needs a name of 1 to 50 characters' USING ERRCODE = 'invalid_parameter_value', HINT = 'For example: SELECT create_news_store(''news'').';
	END IF;
	IF articles IS NOT NULL AND (id IS NULL OR body IS NULL) THEN
		RAISE EXCEPTION 'articles need an id and a body' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Name the columns with id => ''...'' and body => ''...''.';
	END IF;
	IF body_format IS NULL OR body_format NOT IN ('text', 'html') THEN
		RAISE EXCEPTION 'unknown body_format %', coalesce(quote_literal(body_format), 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Use ''text'' or ''html''.';
	END IF;
	IF partition_by <> 'month' THEN
		RAISE EXCEPTION 'unknown partition_by %', quote_literal(partition_by) USING ERRCODE = 'invalid_parameter_value', HINT = 'Use ''month'', or leave it out.';
	END IF;
	IF partition_by IS NOT NULL AND articles IS NOT NULL THEN
		RAISE EXCEPTION 'partition_by is for a store''s own table of articles' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'A table of yours may be partitioned in any way: leave partition_by out.';
	END IF;
	IF to_regclass(format('%I.store_settings', store)) IS NOT NULL THEN
		RAISE EXCEPTION 'schema % already holds a news store', quote_ident(store)
			USING ERRCODE = 'duplicate_object', HINT = format('Drop it with SELECT drop_news_store(%L), or choose another name.', store);
	END IF;
	IF to_regnamespace(quote_ident(store)) IS NULL THEN
		EXECUTE format('CREATE SCHEMA %I', store);
	END IF;
	SELECT c.oid::regclass::text INTO taken FROM pg_class c
	WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relname = ANY (@extschema@.news_store_objects(store))
	ORDER BY 1 LIMIT 1;
	IF taken IS NOT NULL THEN
		RAISE EXCEPTION 'schema % already holds %, a name that the store needs', quote_ident(store), taken
			USING ERRCODE = 'duplicate_table', HINT = 'Choose another name for the store: it becomes a schema of its own.';
	END IF;

	IF articles IS NULL THEN
		IF partition_by IS NULL THEN
			EXECUTE format($ddl$
				CREATE TABLE %I.articles (
					id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
					title text,
					body text NOT NULL,
					published_at timestamptz DEFAULT now(),
					outlet text,
					url text)$ddl$, store);
		ELSE
			-- A partition of a server before 17 does not know its parent's identity: a sequence by name.
			EXECUTE format('CREATE SEQUENCE %I.articles_id_seq', store);
			EXECUTE format($ddl$
				CREATE TABLE %1$I.articles (
					id bigint NOT NULL DEFAULT nextval(%2$L),
					title text,
					body text NOT NULL,
					published_at timestamptz NOT NULL DEFAULT now(),
					outlet text,
					url text,
					PRIMARY KEY (id, published_at)) PARTITION BY RANGE (published_at)$ddl$, store, format('%I.articles_id_seq', store));
			EXECUTE format('ALTER SEQUENCE %1$I.articles_id_seq OWNED BY %1$I.articles.id', store);
			EXECUTE format('CREATE TABLE %1$I.articles_default PARTITION OF %1$I.articles DEFAULT', store);
		END IF;
		EXECUTE format('COMMENT ON TABLE %I.articles IS %L', store,
			'The articles: put them here. body: plain text with paragraphs, or HTML when the store was made with body_format => ''html''. '
			'published_at may be null (undated). An insert does no work for the store; refresh_news_store does.');
		row_version := 'a.xmin::text || a.ctid::text || a.tableoid::text';
	ELSE
		key_expression := @extschema@.news_article_column(articles, id, 'id', ARRAY['smallint', 'integer', 'bigint', 'uuid'] || texts);
		SELECT CASE format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL)
				WHEN 'character varying' THEN 'text' WHEN 'character' THEN 'text' ELSE format_type(coalesce(nullif(t.typbasetype, 0), t.oid), NULL) END
			INTO key_type
			FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid WHERE a.attrelid = articles AND a.attname = id;
		SELECT CASE WHEN c.relkind IN ('r', 'p', 'm') THEN 'a.xmin::text || a.ctid::text || a.tableoid::text' ELSE 'NULL::text' END,
			c.relrowsecurity OR (c.relkind = 'v' AND coalesce(c.reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on'])
			INTO row_version, protected
			FROM pg_class c WHERE c.oid = articles;
		IF current_setting('server_version_num')::int >= 150000 THEN
			security := 'WITH (security_invoker = true)';
		ELSIF protected THEN
			RAISE EXCEPTION 'row level security on % cannot be respected before PostgreSQL 15', articles
				USING ERRCODE = 'feature_not_supported', HINT = 'Upgrade the server, or copy the articles into a store of their own.';
		END IF;
		EXECUTE format($ddl$
			CREATE VIEW %1$I.articles %2$s AS
			SELECT %3$s AS id, %4$s AS title, %5$s AS body, %6$s AS published_at, %7$s AS outlet, %8$s AS url, %9$s AS row_version
			FROM %10$s a WHERE %3$s IS NOT NULL$ddl$,
			store, security, key_expression,
			coalesce(@extschema@.news_article_column(articles, title, 'title', texts), 'NULL::text'),
			coalesce(@extschema@.news_article_column(articles, body, 'body', texts), 'NULL::text'),
			coalesce(@extschema@.news_article_column(articles, published_at, 'published_at', times), 'NULL::timestamptz'),
			coalesce(@extschema@.news_article_column(articles, outlet, 'outlet', texts), 'NULL::text'),
			coalesce(@extschema@.news_article_column(articles, url, 'url', texts), 'NULL::text'),
			row_version, articles);
		EXECUTE format('COMMENT ON VIEW %I.articles IS %L', store, format(
			'The articles of %s under the names that the store uses. The table stays yours: the store never writes to it.', articles));
		row_version := 'a.row_version';
	END IF;
	EXECUTE format('CREATE VIEW %1$I.article_texts %2$s AS SELECT a.id AS article_id,
		concat_ws(E''\n\n'', nullif(a.title, ''''), %3$s) AS text, a.published_at, coalesce(left(a.outlet, 200), '''') AS outlet, a.title, a.url,
		%4$s AS row_version FROM %1$I.articles a', store, security,
		CASE body_format WHEN 'html' THEN '@extschema@.html_to_text(a.body)' ELSE 'a.body' END, row_version);
	EXECUTE format('COMMENT ON VIEW %I.article_texts IS %L', store,
		'What is extracted: the title, a blank line and the body as plain text. All spans in the store count characters of text, 1-based, end exclusive. '
		'row_version changes whenever the row was written; null when the articles come from a view.');

	PERFORM @extschema@.news_store_tables(store, key_type);
	EXECUTE format('INSERT INTO %I.store_settings (articles, own_articles, key_type, body_format, protected) VALUES ($1, $2, $3, $4, $5)', store)
		USING coalesce(articles, format('%I.articles', store)::regclass), articles IS NULL, key_type, body_format, protected;
	PERFORM @extschema@.news_store_rollups(store);
	FOR kind IN SELECT k.kind FROM @extschema@.news_derived_kinds() k LOOP
		EXECUTE format('SELECT @extschema@.%I($1, $2)', 'news_' || kind || '_tables') USING store, key_type;
	END LOOP;
	PERFORM @extschema@.news_store_views(store);
	IF protected THEN
		PERFORM @extschema@.news_store_protect(store);
	END IF;
	EXECUTE format('UPDATE %I.store_settings SET definitions = $1', store) USING @extschema@.news_store_definitions();
	PERFORM @extschema@.news_add_months(store);
END
$$;
COMMENT ON FUNCTION @extschema@.create_news_store(text, regclass, text, text, text, text, text, text, text, text) IS
	'Makes a news store: a schema with fact tables, identities, rollups and views, owned by the caller. articles: a table or view that exists, with '
	'the names of its columns (id: smallint, integer, bigint, uuid or text; body: text; title, published_at, outlet, url: null when there is none); '
	'without it the store has its own table "articles", range-partitioned by month of published_at (which then must be given) with partition_by => ''month''. body_format: text or html. Timestamps without a zone are read as UTC. Raises '
	'duplicate_object, undefined_column, datatype_mismatch or invalid_parameter_value. Fill it with CALL refresh_news_store.';

-- Partitions of a store's own articles: the months of the rows in the default partition, this month and the next two.
CREATE FUNCTION @extschema@.news_add_months(store text) RETURNS int
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET row_security = off
AS $$
DECLARE
	parent regclass := to_regclass(format('%I.articles', store));
	month timestamptz;
	partition text;
	made int := 0;
BEGIN
	IF NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = parent AND relkind = 'p' AND pg_has_role(relowner, 'USAGE')) OR to_regclass(format('%I.articles_default', store)) IS NULL THEN
		RETURN 0;
	END IF;
	FOR month IN EXECUTE format($q$
		SELECT m FROM (SELECT DISTINCT date_trunc('month', published_at) AS m FROM %1$I.articles_default WHERE published_at BETWEEN '1000-01-01' AND '9999-01-01'
			UNION SELECT date_trunc('month', now()) + i * interval '1 month' FROM generate_series(0, 2) i) months
		WHERE to_regclass(format('%%I.%%I', %1$L, 'articles_p' || to_char(m, 'YYYYMMDD'))) IS NULL ORDER BY m$q$, store)
	LOOP
		partition := 'articles_p' || to_char(month, 'YYYYMMDD');
		EXECUTE format('LOCK TABLE %I.articles_default IN ACCESS EXCLUSIVE MODE', store);
		EXECUTE format('CREATE TABLE %1$I.%2$I (LIKE %1$I.articles INCLUDING ALL)', store, partition);
		EXECUTE format('WITH moved AS (DELETE FROM %1$I.articles_default WHERE published_at >= $1 AND published_at < $2 RETURNING *) INSERT INTO %1$I.%2$I SELECT * FROM moved',
			store, partition) USING month, month + interval '1 month';
		EXECUTE format('ALTER TABLE %1$I.articles ATTACH PARTITION %1$I.%2$I FOR VALUES FROM (%3$L) TO (%4$L)', store, partition, month, month + interval '1 month');
		made := made + 1;
	END LOOP;
	RETURN made;
END
$$;
COMMENT ON FUNCTION @extschema@.news_add_months(text) IS
	'Adds the partitions that a store made with partition_by => ''month'' lacks: for the months of the rows in its default partition, which move there, and this '
	'month and the next two (UTC). Returns how many. Every refresh that the store''s owner runs begins with it. Names are those of pg_partman (articles_p20260301).';

-- Fact tables, identities and the refresh's own tables.
CREATE FUNCTION @extschema@.news_store_tables(store text, key_type text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	statement text;
	comment text[];
BEGIN
	-- Indexes are those that refresh and the views need; the first line takes away those of older versions that neither used.
	FOREACH statement IN ARRAY ARRAY[
		$ddl$DROP INDEX IF EXISTS %1$I.extractions_day_idx, %1$I.quotes_lower_idx, %1$I.article_keyphrases_lower_idx, %1$I.article_topics_code_idx, %1$I.entities_lower_idx$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.store_settings (
			articles regclass NOT NULL, own_articles boolean NOT NULL, key_type text NOT NULL, body_format text NOT NULL,
			protected boolean NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), definitions jsonb NOT NULL DEFAULT '{}', one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row))$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.extractions (
			article_id %2$s PRIMARY KEY, text_hash bytea NOT NULL, row_version text, version text NOT NULL, published_at timestamptz,
			day date NOT NULL, outlet text NOT NULL, extracted_at timestamptz NOT NULL, words int NOT NULL, error text)$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS extractions_published_at_idx ON %1$I.extractions (published_at DESC NULLS LAST)$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS extractions_article_id_idx ON %1$I.extractions (article_id) WHERE error IS NOT NULL$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.entities (
			entity_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL, kind text NOT NULL, wikidata text,
			country text, location point, last_names text[] NOT NULL DEFAULT '{}')$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS entities_name_idx ON %1$I.entities USING hash (name)$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS entities_last_names_idx ON %1$I.entities USING gin (last_names)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.entity_aliases (
			kind text NOT NULL, alias_key text NOT NULL, entity_id bigint NOT NULL, by_hand boolean NOT NULL DEFAULT false,
			PRIMARY KEY (kind, alias_key))$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS entity_aliases_entity_id_idx ON %1$I.entity_aliases (entity_id)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.mentions (
			article_id %2$s NOT NULL, ordinal int NOT NULL, entity_id bigint NOT NULL, name text NOT NULL, kind text NOT NULL,
			mentions int NOT NULL, spans int4multirange NOT NULL, salience real NOT NULL, role text, aliases text[] NOT NULL,
			alias_key text NOT NULL, PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS mentions_entity_id_idx ON %1$I.mentions (entity_id)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.quotes (
			article_id %2$s NOT NULL, ordinal int NOT NULL, quote text NOT NULL, kind text NOT NULL, verbatim text, speaker text,
			speaker_kind text, speaker_id bigint, role text, cue text, addressee text, via text, quote_span int4multirange NOT NULL,
			verbatim_span int4multirange, speaker_span int4range, cue_span int4range, confidence real NOT NULL, words int NOT NULL,
			PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS quotes_speaker_id_idx ON %1$I.quotes (speaker_id) WHERE speaker_id IS NOT NULL$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.quote_mentions (
			article_id %2$s NOT NULL, ordinal int NOT NULL, entity_id bigint NOT NULL, PRIMARY KEY (article_id, ordinal, entity_id))$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS quote_mentions_entity_id_idx ON %1$I.quote_mentions (entity_id)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.article_topics (
			article_id %2$s NOT NULL, ordinal int NOT NULL, code text NOT NULL, topic text NOT NULL, root text NOT NULL, level int NOT NULL,
			score real NOT NULL, path text NOT NULL, evidence_span int4multirange, PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.article_keyphrases (
			article_id %2$s NOT NULL, ordinal int NOT NULL, phrase text NOT NULL, score real NOT NULL, spans int4multirange,
			PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.refresh_queue (
			article_id %2$s PRIMARY KEY, priority smallint NOT NULL, published_at timestamptz)$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS refresh_queue_priority_published_at_idx ON %1$I.refresh_queue (priority, published_at DESC NULLS LAST)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.refresh_runs (
			run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pid int NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz,
			status text NOT NULL, found bigint NOT NULL DEFAULT 0, done bigint NOT NULL DEFAULT 0, extracted bigint NOT NULL DEFAULT 0,
			removed bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, words bigint NOT NULL DEFAULT 0, progress_at timestamptz)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.derive_queue (
			kind text NOT NULL, article_id %2$s NOT NULL, published_at timestamptz, PRIMARY KEY (kind, article_id))$ddl$,
		$ddl$CREATE INDEX IF NOT EXISTS derive_queue_kind_published_at_article_id_idx ON %1$I.derive_queue (kind, published_at NULLS FIRST, article_id)$ddl$,
		$ddl$CREATE TABLE IF NOT EXISTS %1$I.derivations (
			kind text NOT NULL, article_id %2$s NOT NULL, extracted_at timestamptz NOT NULL, PRIMARY KEY (kind, article_id))$ddl$]
	LOOP
		EXECUTE format(statement, store, key_type);
	END LOOP;
	FOREACH comment SLICE 1 IN ARRAY ARRAY[
		['store_settings', 'How the store was made: one row. definitions: of which definition (MD5) its tables, rollups and views are; see upgrade_news_store.'],
		['extractions', 'One row per article extracted: hash of its text (SHA-256), the row version and the extractor''s version it was extracted by, and its date and outlet then. day: UTC, -infinity when undated. error: why it could not be extracted.'],
		['entities', 'One row per person, organization, place ... across articles. Identity: the knowledge table''s (wikidata), else kind and full name; short forms of people join a full name seen in the same outlet within a week when only one fits.'],
		['entity_aliases', 'Which name means which entity. alias_key: QID, or the lower-cased name. by_hand: set by merge_entities or split_entity; survives re-extraction.'],
		['mentions', 'One row per article and entity: how often and where it is named. ordinal: rank by salience. alias_key: the name under which it was looked up.'],
		['quotes', 'One row per quote, columns as extract_quotes gives them. speaker_id: the speaker''s entity, null when unnamed. words: length of the quote.'],
		['quote_mentions', 'Entities named inside a quote: who talks about whom.'],
		['article_topics', 'One row per article and IPTC Media Topic, best first. root: label of its level-1 topic.'],
		['article_keyphrases', 'One row per article and key phrase, best first.'],
		['refresh_queue', 'Articles found changed and not yet done. Filled and emptied by refresh_news_store. priority: 0 new or changed, 1 gone, 2 extracted by an older version.'],
		['refresh_runs', 'The last 1,000 runs of refresh_news_store. status: running, done, stopped (a limit was reached), skipped.'],
		['derive_queue', 'Articles whose derived data (stories, quote families ...) are behind their extraction, by kind. Filled and emptied by refresh_news_store.'],
		['derivations', 'From which extraction of an article its derived data of a kind were made: extractions.extracted_at then.']]
	LOOP
		EXECUTE format('COMMENT ON TABLE %I.%I IS %L', store, comment[1], comment[2]);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_tables(text, text) IS 'Part of create_news_store: the tables of facts, identities and refresh.';

CREATE FUNCTION @extschema@.news_store_protect(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM @extschema@.news_policy(store, f, 'EXISTS (SELECT 1 FROM %1$I.articles a WHERE a.id = article_id)')
		FROM unnest(ARRAY['quotes', 'mentions', 'quote_mentions', 'article_topics', 'article_keyphrases', 'extractions']
			|| ARRAY(SELECT f FROM @extschema@.news_derived_kinds() k, unnest(k.facts) f)) f;
	PERFORM @extschema@.news_policy(store, 'quote_families', 'EXISTS (SELECT 1 FROM %1$I.articles a WHERE a.id = head_article_id)');
	-- An entity is seen by those who see an article that names it.
	PERFORM @extschema@.news_policy(store, e, format('EXISTS (SELECT 1 FROM %%1$I.mentions m WHERE m.entity_id = %I.entity_id)', e)) FROM unnest(ARRAY['entities', 'entity_aliases']) e;
	-- Counts are of all articles: for those whom grant_news_store made an analyst.
	PERFORM @extschema@.news_policy(store, r.rollup, 'false') FROM @extschema@.news_rollups() r;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_protect(text) IS
	'Part of create_news_store over articles with row level security: facts are seen by those who see their article, entities by those who see an article that '
	'names them, rollups (and the views of counts over them) only by the owner, roles with BYPASSRLS and analysts.';

CREATE FUNCTION @extschema@.news_policy(store text, relation text, condition text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
BEGIN
	EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', store, relation);
	EXECUTE format('DROP POLICY IF EXISTS visible_articles ON %I.%I', store, relation);
	EXECUTE format('CREATE POLICY visible_articles ON %I.%I USING (%s) WITH CHECK (true)', store, relation, format(condition, store));
END
$$;
COMMENT ON FUNCTION @extschema@.news_policy(text, text, text) IS 'Part of create_news_store: who sees the rows of a table of a store over protected articles.';

CREATE FUNCTION @extschema@.drop_news_store(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	foreign_object text;
	kind text;
	names text;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	SELECT format('%s %s', CASE c.relkind WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END, c.oid::regclass) INTO foreign_object
	FROM pg_class c
	WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
	  AND NOT c.relname = ANY (@extschema@.news_store_objects(store))
	LIMIT 1;
	IF foreign_object IS NOT NULL THEN
		RAISE EXCEPTION 'schema % also holds %, which is not the store''s', quote_ident(store), foreign_object
			USING ERRCODE = 'dependent_objects_still_exist', HINT = 'Move it to another schema or drop it first.';
	END IF;
	-- Without CASCADE: what others built on the store or put into its schema stands in the way.
	FOR kind, names IN
		SELECT CASE WHEN c.relkind = 'v' THEN 'VIEW' ELSE 'TABLE' END, string_agg(c.oid::regclass::text, ', ')
		FROM pg_class c
		WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
		GROUP BY 1 ORDER BY 1 DESC
	LOOP
		EXECUTE format('DROP %s %s', kind, names);
	END LOOP;
	EXECUTE format('DROP SCHEMA %I', store);
END
$$;
COMMENT ON FUNCTION @extschema@.drop_news_store(text) IS
	'Drops a store''s schema: its facts, rollups, views and, when it has its own table of articles, that too. A table or view given as articles => '
	'is never touched. Refuses when the schema holds anything that is not the store''s, or a view elsewhere reads the store.';

CREATE FUNCTION @extschema@.grant_news_store(store text, role regrole, access text DEFAULT 'reader') RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	is_protected boolean;
	rollup text;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	IF access IS NULL OR access NOT IN ('reader', 'analyst', 'refresher') THEN
		RAISE EXCEPTION 'unknown access %', coalesce(quote_literal(access), 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Use ''reader'', ''analyst'' or ''refresher''.';
	END IF;
	EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', store, role);
	EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %s', store, role);
	EXECUTE format('SELECT protected FROM %I.store_settings', store) INTO is_protected;
	IF access = 'analyst' AND is_protected THEN
		FOR rollup IN SELECT r.rollup FROM @extschema@.news_rollups() r LOOP
			EXECUTE format('DROP POLICY IF EXISTS %I ON %I.%I', 'analyst ' || role::oid, store, rollup);
			EXECUTE format('CREATE POLICY %I ON %I.%I FOR SELECT TO %s USING (true)', 'analyst ' || role::oid, store, rollup, role);
		END LOOP;
	END IF;
	IF access = 'refresher' THEN
		EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', (SELECT string_agg(c.oid::regclass::text, ', ') FROM pg_class c
			WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relkind = 'r' AND NOT c.relispartition AND c.relname NOT IN ('articles', 'store_settings')), role);
		EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %s', store, role);
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.grant_news_store(text, regrole, text) IS
	'Lets a role read a store (access ''reader''), or also run refresh_news_store on it (''refresher''). Where articles have row level security, counts over all '
	'articles are shown to an ''analyst'', facts to whoever sees their article. Over a table of your own, grant SELECT on that '
	'table as well: the store''s view of it checks the rights of whoever asks. Over articles with row level security a refresher must see all of them: '
	'it needs the attribute BYPASSRLS, else refresh_news_store refuses.';
