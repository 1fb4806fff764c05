-- The installation script of version 0.9.0, the one before the first release, whole and as it was: tests/tap/upgrade.sh makes a store with it and upgrades.
-- Frozen: it is nobody's source, so that what it shares with install/ is no duplicate to be removed. It stands here rather than in the repository's
-- history because the tests also run from an archive, which has none. Not part of what `make install` installs.
\echo Use "CREATE EXTENSION news_analytics" to load this file. \quit

CREATE FUNCTION @extschema@.news_analytics_version() RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
	AS 'MODULE_PATHNAME', 'news_analytics_version';
COMMENT ON FUNCTION @extschema@.news_analytics_version() IS
	'Version of the loaded library, as ''1.0.0''; the store extracts an article anew when it was extracted by an older one.';

CREATE FUNCTION @extschema@.html_to_text(html text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5000
	AS 'MODULE_PATHNAME', 'news_html_to_text';
COMMENT ON FUNCTION @extschema@.html_to_text(text) IS
	'The readable text of an HTML page or fragment (a CMS body): block elements become paragraphs separated by a blank line, line breaks become newlines, '
	'entities are decoded, scripts, styles and hidden parts are left out. Parsed by Gumbo, as a browser would. Never raises an error on any text; linear time.';

CREATE FUNCTION @extschema@.extract_entities(
	body text,
	OUT entity text, OUT kind text, OUT mentions int, OUT spans int4multirange, OUT salience real, OUT role text,
	OUT aliases text[], OUT country text, OUT wikidata text, OUT location point)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 20
	AS 'MODULE_PATHNAME', 'news_extract_entities';
COMMENT ON FUNCTION @extschema@.extract_entities(text) IS
	'Whom and what a text names: one row per entity, most salient first. entity: the canonical name, else the fullest in this text. '
	'kind: person, organization, place, facility, nationality, event, product, work, law, award or language. mentions: how often it is named '
	'(names, not pronouns). spans: where, in characters, 1-based, end exclusive. salience: 0..1, how far the text is about it. role: title or '
	'description given in the text. aliases: its other forms in this text. country: ISO 3166-1 alpha-2, wikidata: QID, location: longitude and '
	'latitude, each null where unknown. Never raises an error on text.';

CREATE FUNCTION @extschema@.extract_quotes(
	body text,
	OUT quote text, OUT kind text, OUT verbatim text, OUT speaker text, OUT speaker_kind text, OUT role text, OUT cue text,
	OUT addressee text, OUT via text, OUT quote_span int4multirange, OUT verbatim_span int4multirange,
	OUT speaker_span int4range, OUT cue_span int4range, OUT confidence real)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 30000 ROWS 10
	AS 'MODULE_PATHNAME', 'news_extract_quotes';
COMMENT ON FUNCTION @extschema@.extract_quotes(text) IS
	'Who said what: one row per quote, in order of appearance. quote: the words attributed to the speaker, never null. kind: direct (between '
	'marks), mixed (a clause partly in marks) or indirect (no marks). verbatim: only the words between marks, stretches joined by " … ", null when '
	'indirect. speaker: by the fullest name that the text gives, null when it gives none. speaker_kind: person, organization, place (a government), '
	'group or document. role: the speaker''s role as the text gives it. cue: the words that say it was said. addressee: who was told. via: through '
	'whom the text has it. quote_span, verbatim_span, speaker_span (the mention at this quote), cue_span: characters, 1-based, end exclusive. '
	'confidence: 0..1, calibrated: of the rows given 0.8, eight in ten are right. Never raises an error on text.';

CREATE FUNCTION @extschema@.extract_topics(
	body text,
	OUT topic text, OUT code text, OUT level int, OUT score real, OUT path text, OUT evidence_span int4multirange)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 4
	AS 'MODULE_PATHNAME', 'news_extract_topics';
COMMENT ON FUNCTION @extschema@.extract_topics(text) IS
	'What a text is about: one row per IPTC Media Topic (CC BY 4.0), best first, none when nothing fits. topic: its label. code: "medtop:...". '
	'level: 1 (widest) to 3. score: 0..1, calibrated: of the topics given 0.8, eight in ten are right. path: labels from the root. evidence_span: '
	'the sentences that carry the most weight, characters, 1-based, end exclusive. Never raises an error on text.';

CREATE FUNCTION @extschema@.topic_tree(
	OUT code text, OUT label text, OUT level int, OUT parent text, OUT definition text, OUT wikidata text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1100
	AS 'MODULE_PATHNAME', 'news_topic_tree';
COMMENT ON FUNCTION @extschema@.topic_tree() IS
	'The IPTC Media Topics tree (CC BY 4.0), parents before children. code: "medtop:...". level: 1 = widest. parent: code, null at level 1. '
	'wikidata: QID or null.';

CREATE FUNCTION @extschema@.mediatopic_path(code text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
	AS 'MODULE_PATHNAME', 'news_mediatopic_path';
COMMENT ON FUNCTION @extschema@.mediatopic_path(text) IS
	'Labels from the root of the Media Topics tree to a concept ("medtop:20000001" or "20000001"), joined by " > "; null for an unknown code.';

CREATE FUNCTION @extschema@.extract_keyphrases(
	body text, max_phrases int DEFAULT 10,
	OUT phrase text, OUT score real, OUT spans int4multirange)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20000 ROWS 10
	AS 'MODULE_PATHNAME', 'news_extract_keyphrases';
COMMENT ON FUNCTION @extschema@.extract_keyphrases(text, int) IS
	'What a text is about in its own words: up to max_phrases (0..100) noun phrases and names, best first. score: comparable within one text. '
	'spans: where the phrase stands, characters, 1-based, end exclusive. Raises an error when max_phrases is negative, never on text.';

CREATE FUNCTION @extschema@.analyze_text(
	body text,
	OUT sentence int, OUT ordinal int, OUT token text, OUT span int4range, OUT lemma text, OUT upos text, OUT xpos text,
	OUT head int, OUT relation text, OUT entity_tag text)
	RETURNS SETOF record
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50000 ROWS 500
	AS 'MODULE_PATHNAME', 'news_analyze_text';
COMMENT ON FUNCTION @extschema@.analyze_text(text) IS
	'One row per token, all that the extractors rest on. sentence, ordinal: 1-based numbers of the sentence and of the token in the text. span: '
	'characters, 1-based, end exclusive. upos: Universal Dependencies part of speech, xpos: Penn Treebank tag. head: ordinal of the syntactic '
	'head, 0 for a root; relation: Universal Dependencies relation to it. entity_tag: B-kind or I-kind inside a name, else null. Never raises an '
	'error on text.';

CREATE FUNCTION @extschema@.article_html(body text) RETURNS text
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 60000
	AS 'MODULE_PATHNAME', 'news_article_html';
COMMENT ON FUNCTION @extschema@.article_html(text) IS
	'The text as one self-contained HTML5 page: quotes, speakers, cues and names marked, with lists of quotes, topics and names beside it. Everything of the '
	'text is escaped; no script, no outside resource; light and dark. Never raises an error on text.';

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
	published_at text DEFAULT NULL, outlet text DEFAULT NULL, url text DEFAULT NULL, body_format text DEFAULT 'text')
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
		EXECUTE format($ddl$
			CREATE TABLE %1$I.articles (
				id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
				title text,
				body text NOT NULL,
				published_at timestamptz DEFAULT now(),
				outlet text,
				url text)$ddl$, store);
		EXECUTE format('COMMENT ON TABLE %I.articles IS %L', store,
			'The articles: put them here. body: plain text with paragraphs, or HTML when the store was made with body_format => ''html''. '
			'published_at may be null (undated). An insert does no work for the store; refresh_news_store does.');
		key_expression := 'a.id';
		title := 'title';
		published_at := 'published_at';
		outlet := 'outlet';
		row_version := 'a.xmin::text || a.ctid::text || a.tableoid::text';
		EXECUTE format('CREATE VIEW %1$I.article_texts AS SELECT a.id AS article_id,
			concat_ws(E''\n\n'', nullif(a.title, ''''), %3$s) AS text, a.published_at, coalesce(left(a.outlet, 200), '''') AS outlet, a.title, a.url,
			%4$s AS row_version FROM %1$I.articles a', store, '',
			CASE body_format WHEN 'html' THEN '@extschema@.html_to_text(a.body)' ELSE 'a.body' END, row_version);
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
		EXECUTE format('CREATE VIEW %1$I.article_texts %2$s AS SELECT a.id AS article_id,
			concat_ws(E''\n\n'', nullif(a.title, ''''), %3$s) AS text, a.published_at, coalesce(left(a.outlet, 200), '''') AS outlet, a.title, a.url,
			a.row_version FROM %1$I.articles a', store, security,
			CASE body_format WHEN 'html' THEN '@extschema@.html_to_text(a.body)' ELSE 'a.body' END);
	END IF;
	EXECUTE format('COMMENT ON VIEW %I.article_texts IS %L', store,
		'What is extracted: the title, a blank line and the body as plain text. All spans in the store count characters of text, 1-based, end exclusive. '
		'row_version changes whenever the row was written; null when the articles come from a view.');

	PERFORM @extschema@.news_store_tables(store, key_type);
	EXECUTE format('INSERT INTO %I.store_settings (articles, own_articles, key_type, body_format, protected) VALUES ($1, $2, $3, $4, $5)', store)
		USING coalesce(articles, format('%I.articles', store)::regclass), articles IS NULL, key_type, body_format, protected;
	PERFORM @extschema@.news_store_rollups(store);
	PERFORM @extschema@.news_store_views(store);
	IF protected THEN
		PERFORM @extschema@.news_store_protect(store);
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.create_news_store(text, regclass, text, text, text, text, text, text, text) IS
	'Makes a news store: a schema with fact tables, identities, rollups and views, owned by the caller. articles: a table or view that exists, with '
	'the names of its columns (id: smallint, integer, bigint, uuid or text; body: text; title, published_at, outlet, url: null when there is none); '
	'without it the store has its own table "articles". body_format: text or html. Timestamps without a zone are read as UTC. Raises '
	'duplicate_object, undefined_column, datatype_mismatch or invalid_parameter_value. Fill it with CALL refresh_news_store.';

-- Fact tables, identities and the refresh's own tables.
CREATE FUNCTION @extschema@.news_store_tables(store text, key_type text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	statement text;
	comment text[];
BEGIN
	FOREACH statement IN ARRAY ARRAY[
		$ddl$CREATE TABLE %1$I.store_settings (
			articles regclass NOT NULL, own_articles boolean NOT NULL, key_type text NOT NULL, body_format text NOT NULL,
			protected boolean NOT NULL, created_at timestamptz NOT NULL DEFAULT now(), one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row))$ddl$,
		$ddl$CREATE TABLE %1$I.extractions (
			article_id %2$s PRIMARY KEY, text_hash bytea NOT NULL, row_version text, version text NOT NULL, published_at timestamptz,
			day date NOT NULL, outlet text NOT NULL, extracted_at timestamptz NOT NULL, words int NOT NULL, error text)$ddl$,
		$ddl$CREATE INDEX ON %1$I.extractions (day)$ddl$,
		$ddl$CREATE INDEX ON %1$I.extractions (article_id) WHERE error IS NOT NULL$ddl$,
		$ddl$CREATE TABLE %1$I.entities (
			entity_id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text NOT NULL, kind text NOT NULL, wikidata text,
			country text, location point, last_names text[] NOT NULL DEFAULT '{}')$ddl$,
		$ddl$CREATE INDEX ON %1$I.entities (lower(left(name, 200)))$ddl$,
		$ddl$CREATE INDEX ON %1$I.entities USING gin (last_names)$ddl$,
		$ddl$CREATE TABLE %1$I.entity_aliases (
			kind text NOT NULL, alias_key text NOT NULL, entity_id bigint NOT NULL, by_hand boolean NOT NULL DEFAULT false,
			PRIMARY KEY (kind, alias_key))$ddl$,
		$ddl$CREATE INDEX ON %1$I.entity_aliases (entity_id)$ddl$,
		$ddl$CREATE TABLE %1$I.mentions (
			article_id %2$s NOT NULL, ordinal int NOT NULL, entity_id bigint NOT NULL, name text NOT NULL, kind text NOT NULL,
			mentions int NOT NULL, spans int4multirange NOT NULL, salience real NOT NULL, role text, aliases text[] NOT NULL,
			alias_key text NOT NULL, PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX ON %1$I.mentions (entity_id)$ddl$,
		$ddl$CREATE TABLE %1$I.quotes (
			article_id %2$s NOT NULL, ordinal int NOT NULL, quote text NOT NULL, kind text NOT NULL, verbatim text, speaker text,
			speaker_kind text, speaker_id bigint, role text, cue text, addressee text, via text, quote_span int4multirange NOT NULL,
			verbatim_span int4multirange, speaker_span int4range, cue_span int4range, confidence real NOT NULL, words int NOT NULL,
			PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX ON %1$I.quotes (speaker_id) WHERE speaker_id IS NOT NULL$ddl$,
		$ddl$CREATE INDEX ON %1$I.quotes (lower(left(speaker, 200))) WHERE speaker IS NOT NULL$ddl$,
		$ddl$CREATE TABLE %1$I.quote_mentions (
			article_id %2$s NOT NULL, ordinal int NOT NULL, entity_id bigint NOT NULL, PRIMARY KEY (article_id, ordinal, entity_id))$ddl$,
		$ddl$CREATE INDEX ON %1$I.quote_mentions (entity_id)$ddl$,
		$ddl$CREATE TABLE %1$I.article_topics (
			article_id %2$s NOT NULL, ordinal int NOT NULL, code text NOT NULL, topic text NOT NULL, root text NOT NULL, level int NOT NULL,
			score real NOT NULL, path text NOT NULL, evidence_span int4multirange, PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX ON %1$I.article_topics (code)$ddl$,
		$ddl$CREATE TABLE %1$I.article_keyphrases (
			article_id %2$s NOT NULL, ordinal int NOT NULL, phrase text NOT NULL, score real NOT NULL, spans int4multirange,
			PRIMARY KEY (article_id, ordinal))$ddl$,
		$ddl$CREATE INDEX ON %1$I.article_keyphrases (lower(left(phrase, 200)))$ddl$,
		$ddl$CREATE TABLE %1$I.refresh_queue (
			article_id %2$s PRIMARY KEY, priority smallint NOT NULL, published_at timestamptz)$ddl$,
		$ddl$CREATE INDEX ON %1$I.refresh_queue (priority, published_at DESC NULLS LAST)$ddl$,
		$ddl$CREATE TABLE %1$I.refresh_runs (
			run_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, pid int NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz,
			status text NOT NULL, found bigint NOT NULL DEFAULT 0, done bigint NOT NULL DEFAULT 0, extracted bigint NOT NULL DEFAULT 0,
			removed bigint NOT NULL DEFAULT 0, failed bigint NOT NULL DEFAULT 0, words bigint NOT NULL DEFAULT 0, progress_at timestamptz)$ddl$]
	LOOP
		EXECUTE format(statement, store, key_type);
	END LOOP;
	FOREACH comment SLICE 1 IN ARRAY ARRAY[
		['store_settings', 'How the store was made: one row.'],
		['extractions', 'One row per article extracted: hash of its text (SHA-256), the row version and the extractor''s version it was extracted by, and its date and outlet then. day: UTC, -infinity when undated. error: why it could not be extracted.'],
		['entities', 'One row per person, organization, place ... across articles. Identity: the knowledge table''s (wikidata), else kind and full name; short forms of people join a full name seen in the same outlet within a week when only one fits.'],
		['entity_aliases', 'Which name means which entity. alias_key: QID, or the lower-cased name. by_hand: set by merge_entities or split_entity; survives re-extraction.'],
		['mentions', 'One row per article and entity: how often and where it is named. ordinal: rank by salience. alias_key: the name under which it was looked up.'],
		['quotes', 'One row per quote, columns as extract_quotes gives them. speaker_id: the speaker''s entity, null when unnamed. words: length of the quote.'],
		['quote_mentions', 'Entities named inside a quote: who talks about whom.'],
		['article_topics', 'One row per article and IPTC Media Topic, best first. root: label of its level-1 topic.'],
		['article_keyphrases', 'One row per article and key phrase, best first.'],
		['refresh_queue', 'Articles found changed and not yet done. Filled and emptied by refresh_news_store. priority: 0 new or changed, 1 gone, 2 extracted by an older version.'],
		['refresh_runs', 'The last 1,000 runs of refresh_news_store. status: running, done, stopped (a limit was reached), skipped.']]
	LOOP
		EXECUTE format('COMMENT ON TABLE %I.%I IS %L', store, comment[1], comment[2]);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_tables(text, text) IS 'Part of create_news_store: the tables of facts, identities and refresh.';

CREATE FUNCTION @extschema@.news_store_protect(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	fact text;
BEGIN
	FOREACH fact IN ARRAY ARRAY['quotes', 'mentions', 'quote_mentions', 'article_topics', 'article_keyphrases', 'extractions']
	LOOP
		EXECUTE format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', store, fact);
		EXECUTE format('CREATE POLICY visible_articles ON %1$I.%2$I USING (EXISTS (SELECT 1 FROM %1$I.articles a WHERE a.id = article_id)) WITH CHECK (true)',
			store, fact);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_protect(text) IS
	'Part of create_news_store over articles with row level security: facts are seen by those who see their article. Rollups stay as the refresher sees them.';

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
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM @extschema@.news_store_check(store);
	IF access IS NULL OR access NOT IN ('reader', 'refresher') THEN
		RAISE EXCEPTION 'unknown access %', coalesce(quote_literal(access), 'NULL')
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Use ''reader'' or ''refresher''.';
	END IF;
	EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', store, role);
	EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %s', store, role);
	IF access = 'refresher' THEN
		EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO %s', (SELECT string_agg(c.oid::regclass::text, ', ') FROM pg_class c
			WHERE c.relnamespace = to_regnamespace(quote_ident(store)) AND c.relkind = 'r' AND c.relname NOT IN ('articles', 'store_settings')), role);
		EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO %s', store, role);
	END IF;
END
$$;
COMMENT ON FUNCTION @extschema@.grant_news_store(text, regrole, text) IS
	'Lets a role read a store (access ''reader'') or also run refresh_news_store on it (''refresher''). Over a table of your own, grant SELECT on that '
	'table as well: the store''s view of it checks the rights of whoever asks. Over articles with row level security a refresher must see all of them: '
	'it needs the attribute BYPASSRLS, else refresh_news_store refuses.';

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
			  FROM %1$I.quotes q WHERE q.article_id = x.article_id) c) q
	 WHERE x.error IS NULL %2$s GROUP BY x.day, x.outlet$q$,
	 'Articles, words and quotes by day (UTC, -infinity = undated) and outlet; quotes by the class of their source (see sourcing).'),
	('entity_days', ARRAY['day', 'outlet', 'entity_id'], ARRAY['date', 'text', 'bigint'], ARRAY['articles', 'mentions', 'salience'],
	 $q$SELECT x.day, x.outlet, m.entity_id, count(DISTINCT m.article_id)::bigint AS articles, sum(m.mentions)::bigint AS mentions,
		sum(round(m.salience * 1000))::bigint AS salience
	 FROM %1$I.extractions x JOIN %1$I.mentions m USING (article_id)
	 WHERE x.error IS NULL %2$s GROUP BY x.day, x.outlet, m.entity_id$q$,
	 'Articles that name an entity, its mentions and the sum of its salience in thousandths, by day and outlet.'),
	('voice_days', ARRAY['day', 'outlet', 'topic', 'entity_id'], ARRAY['date', 'text', 'text', 'bigint'], ARRAY['articles', 'quotes', 'words'],
	 $q$SELECT x.day, x.outlet, coalesce(t.root, '') AS topic, q.speaker_id AS entity_id, count(DISTINCT q.article_id)::bigint AS articles,
		count(*)::bigint AS quotes, sum(q.words)::bigint AS words
	 FROM %1$I.extractions x JOIN %1$I.quotes q USING (article_id) LEFT JOIN %1$I.article_topics t ON t.article_id = x.article_id AND t.ordinal = 1
	 WHERE x.error IS NULL AND q.speaker_id IS NOT NULL %2$s GROUP BY x.day, x.outlet, coalesce(t.root, ''), q.speaker_id$q$,
	 'Quotes and quoted words of each named speaker, by day, outlet and the article''s first level-1 topic.'),
	('topic_days', ARRAY['day', 'outlet', 'code'], ARRAY['date', 'text', 'text'], ARRAY['articles'],
	 $q$SELECT x.day, x.outlet, t.code, count(DISTINCT t.article_id)::bigint AS articles
	 FROM %1$I.extractions x JOIN %1$I.article_topics t USING (article_id)
	 WHERE x.error IS NULL %2$s GROUP BY x.day, x.outlet, t.code$q$,
	 'Articles on each Media Topic by day and outlet.'),
	('keyphrase_days', ARRAY['day', 'phrase'], ARRAY['date', 'text'], ARRAY['articles'],
	 $q$SELECT x.day, lower(left(k.phrase, 200)) AS phrase, count(DISTINCT k.article_id)::bigint AS articles
	 FROM %1$I.extractions x JOIN %1$I.article_keyphrases k USING (article_id)
	 WHERE x.error IS NULL %2$s GROUP BY x.day, lower(left(k.phrase, 200))$q$,
	 'Articles with a key phrase (lower case) by day.'),
	('pair_totals', ARRAY['entity_a', 'entity_b'], ARRAY['bigint', 'bigint'], ARRAY['articles'],
	 $q$SELECT a.entity_id AS entity_a, b.entity_id AS entity_b, count(DISTINCT a.article_id)::bigint AS articles
	 FROM %1$I.extractions x JOIN %1$I.mentions a USING (article_id)
		JOIN %1$I.mentions b ON b.article_id = a.article_id AND b.entity_id > a.entity_id AND b.ordinal <= 8
	 WHERE x.error IS NULL AND a.ordinal <= 8 %2$s GROUP BY a.entity_id, b.entity_id$q$,
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
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		EXECUTE format('CREATE TABLE %I.%I (%s, %s, PRIMARY KEY (%s)) WITH (fillfactor = 90)', store, r.rollup,
			(SELECT string_agg(format('%I %s NOT NULL', k, r.key_types[i]), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%I bigint NOT NULL', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			(SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)));
		EXECUTE format('COMMENT ON TABLE %I.%I IS %L', store, r.rollup, 'Rollup. ' || r.comment);
	END LOOP;
	EXECUTE format('CREATE INDEX ON %I.entity_days (entity_id, day)', store);
	EXECUTE format('CREATE INDEX ON %I.voice_days (entity_id, day)', store);
	EXECUTE format('CREATE INDEX ON %I.topic_days (code, day)', store);
	EXECUTE format('CREATE INDEX ON %I.keyphrase_days (phrase, day)', store);
	EXECUTE format('CREATE INDEX ON %I.pair_totals (entity_b)', store);
	EXECUTE format('CREATE INDEX ON %I.pair_totals (articles DESC) WHERE articles >= 3', store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_rollups(text) IS 'Part of create_news_store: the rollup tables of news_rollups().';

CREATE FUNCTION @extschema@.check_news_store(store text, OUT rollup text, OUT difference text, OUT row_text text) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
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
END
$$;
COMMENT ON FUNCTION @extschema@.check_news_store(text) IS
	'Recounts every rollup of a store from its facts and returns the rows that differ: none, ever, whatever was killed, changed or deleted.';

-- Rollup deltas of the articles in pg_temp.news_batch: sign -1 before their facts change, +1 after.
CREATE FUNCTION @extschema@.news_delta_add(store text, sign int) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		EXECUTE format('INSERT INTO pg_temp.%I SELECT %s, %s FROM (%s) f', 'news_delta_' || r.rollup,
			(SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%s * %I', sign, m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			format(r.recount, store, 'AND x.article_id IN (SELECT article_id FROM pg_temp.news_batch WHERE changed)'));
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_delta_add(text, int) IS
	'Part of refresh_news_store: adds sign times the recount of the batch''s articles to the rollup deltas.';

-- Applies the deltas. Rows are locked in key order, tables in a fixed order: refreshers that run at once do not deadlock.
CREATE FUNCTION @extschema@.news_delta_apply(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r record;
	keys text;
	delta text;
BEGIN
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		keys := (SELECT string_agg(quote_ident(k), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i));
		delta := quote_ident('news_delta_' || r.rollup);
		EXECUTE format('INSERT INTO %1$I.%2$I AS t (%3$s, %4$s) SELECT %3$s, %5$s FROM pg_temp.%6$s GROUP BY %3$s HAVING %7$s ORDER BY %3$s '
			'ON CONFLICT (%3$s) DO UPDATE SET %8$s', store, r.rollup, keys,
			(SELECT string_agg(quote_ident(m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			(SELECT string_agg(format('sum(%I)', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)), delta,
			(SELECT string_agg(format('sum(%I) <> 0', m), ' OR ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)),
			(SELECT string_agg(format('%1$I = t.%1$I + excluded.%1$I', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)));
		EXECUTE format('DELETE FROM %1$I.%2$I t USING (SELECT DISTINCT %3$s FROM pg_temp.%4$s WHERE articles < 0) d WHERE (%5$s) AND t.articles = 0',
			store, r.rollup, keys, delta,
			(SELECT string_agg(format('t.%1$I = d.%1$I', k), ' AND ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)));
		EXECUTE format('TRUNCATE pg_temp.%s', delta);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_delta_apply(text) IS 'Part of refresh_news_store: adds the deltas to the rollups and removes rows that fell to zero.';

CREATE FUNCTION @extschema@.news_temp_tables(key_type text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	r record;
BEGIN
	DROP TABLE IF EXISTS pg_temp.news_batch, pg_temp.news_batch_quotes, pg_temp.news_batch_entities, pg_temp.news_batch_topics,
		pg_temp.news_batch_keyphrases;
	EXECUTE format('CREATE TEMP TABLE news_batch (n int PRIMARY KEY, article_id %s NOT NULL, present boolean NOT NULL, changed boolean NOT NULL, '
		'extract boolean NOT NULL, text_hash bytea, row_version text, published_at timestamptz, outlet text, words int, error text) '
		'ON COMMIT DELETE ROWS', key_type);
	CREATE TEMP TABLE news_batch_quotes (
		n int, ordinal int, quote text, kind text, verbatim text, speaker text, speaker_kind text, role text, cue text, addressee text, via text,
		quote_span int4multirange, verbatim_span int4multirange, speaker_span int4range, cue_span int4range, confidence real)
		ON COMMIT DELETE ROWS;
	CREATE TEMP TABLE news_batch_entities (
		n int, ordinal int, entity text, kind text, mentions int, spans int4multirange, salience real, role text, aliases text[], country text,
		wikidata text, location point, alias_key text, entity_id bigint)
		ON COMMIT DELETE ROWS;
	CREATE TEMP TABLE news_batch_topics (
		n int, ordinal int, topic text, code text, level int, score real, path text, evidence_span int4multirange)
		ON COMMIT DELETE ROWS;
	CREATE TEMP TABLE news_batch_keyphrases (n int, ordinal int, phrase text, score real, spans int4multirange)
		ON COMMIT DELETE ROWS;
	FOR r IN SELECT * FROM @extschema@.news_rollups() LOOP
		EXECUTE format('DROP TABLE IF EXISTS pg_temp.%I', 'news_delta_' || r.rollup);
		EXECUTE format('CREATE TEMP TABLE %I (%s, %s) ON COMMIT DELETE ROWS', 'news_delta_' || r.rollup,
			(SELECT string_agg(format('%I %s', k, r.key_types[i]), ', ' ORDER BY i) FROM unnest(r.keys) WITH ORDINALITY u(k, i)),
			(SELECT string_agg(format('%I bigint', m), ', ' ORDER BY i) FROM unnest(r.measures) WITH ORDINALITY u(m, i)));
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_temp_tables(text) IS 'Part of refresh_news_store: the session''s temporary tables of one batch.';

-- Identities: one person, organization or place across articles.

CREATE FUNCTION @extschema@.news_last_names(kind text, name text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT CASE WHEN kind = 'person' AND position(' ' IN name) > 0 THEN ARRAY[lower(left(substring(name FROM '[^ ]+$'), 200))] ELSE '{}' END $$;
COMMENT ON FUNCTION @extschema@.news_last_names(text, text) IS
	'Part of the identities: the last names under which a person of this full name may be called; empty for anything else.';

-- Which entity spoke a quote, by the rows of mentions of its article: %1$I the store, q the quote.
CREATE FUNCTION @extschema@.news_speaker_rule(store text) RETURNS text
	LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
SELECT format('(SELECT m.entity_id FROM %I.mentions m WHERE m.article_id = q.article_id AND (m.name = q.speaker OR q.speaker = ANY (m.aliases)) '
	'ORDER BY m.kind = q.speaker_kind DESC, m.name = q.speaker DESC, m.ordinal LIMIT 1)', store)
$$;
COMMENT ON FUNCTION @extschema@.news_speaker_rule(text) IS
	'Part of refresh_news_store, merge_entities and split_entity: the expression that finds the speaker of a quote q among the mentions of its article.';

-- Links the quotes of the articles in pg_temp.news_batch to their mentions anew, as an extraction would.
CREATE FUNCTION @extschema@.news_link_quotes(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('UPDATE %I.quotes q SET speaker_id = %s WHERE q.article_id IN (SELECT article_id FROM pg_temp.news_batch)',
		store, @extschema@.news_speaker_rule(store));
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
	UPDATE pg_temp.news_batch_entities SET alias_key = coalesce(wikidata, lower(left(entity, 200)));
	EXECUTE format('UPDATE pg_temp.news_batch_entities b SET entity_id = a.entity_id FROM %I.entity_aliases a WHERE a.kind = b.kind AND a.alias_key = b.alias_key AND '
		'(a.by_hand OR NOT (b.kind = ''person'' AND b.wikidata IS NULL AND position('' '' IN b.entity) = 0))', store);
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
			SELECT DISTINCT ON (kind, alias_key) kind, alias_key, entity, wikidata, country, location
			FROM pg_temp.news_batch_entities WHERE entity_id IS NULL ORDER BY kind, alias_key, n),
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
	'and full name; a last name alone joins the only full name with it in that outlet within seven days.';

-- Puts the articles that name an entity into pg_temp.news_batch. The caller holds the lock that keeps refreshers out.
CREATE FUNCTION @extschema@.news_identity_change(store text, entity_ids bigint[]) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM @extschema@.news_temp_tables(@extschema@.news_key_type(store));
	EXECUTE format($q$
		INSERT INTO pg_temp.news_batch (n, article_id, present, changed, extract)
		SELECT row_number() OVER (), article_id, true, true, false FROM (
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
	PERFORM @extschema@.news_store_check(store);
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
	spelled text[];
BEGIN
	PERFORM @extschema@.news_store_check(store);
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
	PERFORM @extschema@.news_delta_add(store, 1);
	PERFORM @extschema@.news_delta_apply(store);
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION @extschema@.split_entity(text, bigint, text[]) IS
	'Says that under these names the entity is another one; returns the new entity''s id. Mentions and quotes under the names move to it, rollups follow, '
	'and it stays so when articles are extracted anew. Raises no_data_found when the entity has none of the names.';

-- Refresh: finds by comparison what is new, changed, gone or extracted by an older version, and replaces its facts batch by batch.
--
-- 1. news_refresh_find compares articles with extractions and puts the difference into refresh_queue.
-- 2. Each batch takes queue rows that no other refresher holds (SKIP LOCKED), reads the articles as they are now, extracts,
--    replaces facts, adds the rollup deltas, deletes the queue rows, and commits. Killed anywhere, the batch never was.

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

CREATE FUNCTION @extschema@.news_text_hash(article_text text) RETURNS bytea
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT pg_catalog.sha256(pg_catalog.convert_to(article_text, pg_catalog.getdatabaseencoding())) $$;
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
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT pg_catalog.cardinality(pg_catalog.array_remove(pg_catalog.string_to_array(pg_catalog.translate(words, E'\n\r\t', '   '), ' '), '')) $$;
COMMENT ON FUNCTION @extschema@.news_word_count(text) IS 'Words of a text as its blanks, tabs and line ends divide it.';

-- Extracts the batch's articles into the session's temporary tables. guarded: each in a subtransaction of its own, errors noted.
CREATE FUNCTION @extschema@.news_extract_batch(store text, guarded boolean) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	i int;
	article_text text;
	message text;
	get_text text := format('SELECT t.text FROM pg_temp.news_batch b JOIN %I.article_texts t ON t.article_id = b.article_id WHERE b.n = $1', store);
BEGIN
	IF NOT guarded THEN
		FOR i, article_text IN EXECUTE format('SELECT b.n, t.text FROM pg_temp.news_batch b JOIN %I.article_texts t ON t.article_id = b.article_id WHERE b.extract', store) LOOP
			PERFORM @extschema@.news_extract_article(i, article_text);
		END LOOP;
		RETURN;
	END IF;
	FOR i IN SELECT n FROM pg_temp.news_batch WHERE extract ORDER BY n LOOP
		BEGIN
			EXECUTE get_text INTO article_text USING i;
			PERFORM @extschema@.news_extract_article(i, article_text);
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
			UPDATE pg_temp.news_batch SET error = message WHERE n = i;
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_extract_batch(text, boolean) IS 'Part of refresh_news_store: extracts the batch''s articles.';

CREATE FUNCTION @extschema@.news_extract_article(n int, article_text text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	INSERT INTO news_batch_quotes SELECT news_extract_article.n, q.ordinality, q.quote, q.kind, q.verbatim, q.speaker, q.speaker_kind, q.role, q.cue, q.addressee, q.via,
		q.quote_span, q.verbatim_span, q.speaker_span, q.cue_span, q.confidence
		FROM @extschema@.extract_quotes(article_text) WITH ORDINALITY q;
	INSERT INTO news_batch_entities SELECT news_extract_article.n, e.ordinality, e.entity, e.kind, e.mentions, e.spans, e.salience, e.role, e.aliases, e.country, e.wikidata, e.location
		FROM @extschema@.extract_entities(article_text) WITH ORDINALITY e;
	INSERT INTO news_batch_topics SELECT news_extract_article.n, t.ordinality, t.topic, t.code, t.level, t.score, t.path, t.evidence_span
		FROM @extschema@.extract_topics(article_text) WITH ORDINALITY t;
	INSERT INTO news_batch_keyphrases SELECT news_extract_article.n, k.ordinality, k.phrase, k.score, k.spans
		FROM @extschema@.extract_keyphrases(article_text) WITH ORDINALITY k;
	UPDATE news_batch b SET words = @extschema@.news_word_count(article_text) WHERE b.n = news_extract_article.n;
END
$$;
COMMENT ON FUNCTION @extschema@.news_extract_article(int, text) IS 'Part of refresh_news_store: the facts of one text into the session''s temporary tables.';

-- Replaces the facts of the batch's changed articles by those in the temporary tables.
CREATE FUNCTION @extschema@.news_replace_facts(store text) RETURNS void
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	fact text;
BEGIN
	FOREACH fact IN ARRAY ARRAY['quotes', 'mentions', 'quote_mentions', 'article_topics', 'article_keyphrases', 'extractions'] LOOP
		EXECUTE format('DELETE FROM %I.%I WHERE article_id IN (SELECT article_id FROM pg_temp.news_batch WHERE changed)', store, fact);
	END LOOP;
	EXECUTE format($q$INSERT INTO %1$I.extractions
		(article_id, text_hash, row_version, version, published_at, day, outlet, extracted_at, words, error)
		SELECT article_id, text_hash, row_version, $1, published_at, coalesce((published_at AT TIME ZONE 'UTC')::date, '-infinity'), outlet,
			clock_timestamp(), coalesce(words, 0), error
		FROM pg_temp.news_batch WHERE present AND changed$q$, store) USING @extschema@.news_analytics_version();
	EXECUTE format($q$INSERT INTO %1$I.mentions
		(article_id, ordinal, entity_id, name, kind, mentions, spans, salience, role, aliases, alias_key)
		SELECT b.article_id, e.ordinal, e.entity_id, e.entity, e.kind, e.mentions, e.spans, e.salience, e.role, e.aliases, e.alias_key
		FROM pg_temp.news_batch b JOIN pg_temp.news_batch_entities e USING (n) WHERE b.error IS NULL$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.quotes
		(article_id, ordinal, quote, kind, verbatim, speaker, speaker_kind, speaker_id, role, cue, addressee, via, quote_span, verbatim_span,
		 speaker_span, cue_span, confidence, words)
		SELECT b.article_id, q.ordinal, q.quote, q.kind, q.verbatim, q.speaker, q.speaker_kind,
			%2$s,
			q.role, q.cue, q.addressee, q.via, q.quote_span, q.verbatim_span, q.speaker_span, q.cue_span, q.confidence,
			@extschema@.news_word_count(q.quote)
		FROM pg_temp.news_batch b JOIN LATERAL (SELECT b.article_id, t.* FROM pg_temp.news_batch_quotes t WHERE t.n = b.n) q ON true WHERE b.error IS NULL$q$,
		store, @extschema@.news_speaker_rule(store));
	EXECUTE format($q$INSERT INTO %1$I.quote_mentions (article_id, ordinal, entity_id)
		SELECT DISTINCT b.article_id, q.ordinal, e.entity_id
		FROM pg_temp.news_batch b JOIN pg_temp.news_batch_quotes q USING (n)
			JOIN pg_temp.news_batch_entities e ON e.n = b.n AND e.spans && q.quote_span WHERE b.error IS NULL$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.article_topics (article_id, ordinal, code, topic, root, level, score, path, evidence_span)
		SELECT b.article_id, t.ordinal, t.code, t.topic, split_part(t.path, ' > ', 1), t.level, t.score, t.path, t.evidence_span
		FROM pg_temp.news_batch b JOIN pg_temp.news_batch_topics t USING (n) WHERE b.error IS NULL$q$, store);
	EXECUTE format($q$INSERT INTO %1$I.article_keyphrases (article_id, ordinal, phrase, score, spans)
		SELECT b.article_id, k.ordinal, k.phrase, k.score, k.spans
		FROM pg_temp.news_batch b JOIN pg_temp.news_batch_keyphrases k USING (n) WHERE b.error IS NULL$q$, store);
END
$$;
COMMENT ON FUNCTION @extschema@.news_replace_facts(text) IS 'Part of refresh_news_store: the batch''s facts into the store''s tables.';

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
		INSERT INTO pg_temp.news_batch (n, article_id, present, changed, extract)
		SELECT row_number() OVER (ORDER BY priority, published_at %2$s NULLS LAST), article_id, false, true, false FROM taken$q$,
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
	PERFORM @extschema@.news_delta_add(store, -1);
	PERFORM @extschema@.news_replace_facts(store);
	PERFORM @extschema@.news_delta_add(store, 1);
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
		UPDATE pg_temp.news_batch b SET present = true, text_hash = @extschema@.news_text_hash(t.text), row_version = t.row_version,
			published_at = t.published_at, outlet = t.outlet
		FROM %1$I.article_texts t WHERE t.article_id = b.article_id$q$, store);
BEGIN
	IF NOT guarded THEN
		EXECUTE read_rows;
		RETURN;
	END IF;
	FOR i IN SELECT n FROM pg_temp.news_batch ORDER BY n LOOP
		BEGIN
			EXECUTE read_rows || ' AND b.n = $1' USING i;
		EXCEPTION WHEN OTHERS THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
			EXECUTE format($q$
				UPDATE pg_temp.news_batch b SET present = true, text_hash = '', row_version = a.row_version, published_at = a.published_at, outlet = coalesce(left(a.outlet, 200), ''), error = $2
				FROM %1$I.articles a WHERE a.id = b.article_id AND b.n = $1$q$, store) USING i, message;
		END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_read_batch(text, boolean) IS 'Part of refresh_news_store: hash, date and outlet of the batch''s articles.';

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

-- Schedules, through pg_cron in this database or, by dblink, in the one where it lives.

-- Runs a query on cron's database: here when pg_cron is installed here, else through dblink.
CREATE FUNCTION @extschema@.news_cron(query text) RETURNS SETOF text
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := current_setting('cron.database_name', true);
	dblink_schema text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'dblink');
	connection text;
BEGIN
	IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_cron') THEN
		RETURN QUERY EXECUTE query;
		RETURN;
	END IF;
	IF home IS NULL OR home = '' THEN
		RAISE EXCEPTION 'pg_cron is not installed on this server' USING ERRCODE = 'feature_not_supported',
			HINT = 'Install the package postgresql-NN-cron, set shared_preload_libraries = ''pg_cron'', restart, and CREATE EXTENSION pg_cron; '
				'or call refresh_news_store from a systemd timer or crontab (see README, Scheduling).';
	END IF;
	IF home = current_database() THEN
		RAISE EXCEPTION 'pg_cron is loaded but not created in this database' USING ERRCODE = 'feature_not_supported',
			HINT = 'Run CREATE EXTENSION pg_cron; as a superuser.';
	END IF;
	IF dblink_schema IS NULL THEN
		RAISE EXCEPTION 'pg_cron lives in database %', quote_ident(home) USING ERRCODE = 'feature_not_supported',
			HINT = format('Run CREATE EXTENSION dblink; here, or run there: %s', query);
	END IF;
	connection := (SELECT string_agg(format('%s=''%s''', k, replace(replace(v, '\', '\\'), '''', '\''')), ' ')
		FROM (VALUES ('dbname', home), ('user', current_user::text), ('port', current_setting('port')),
			('host', btrim(split_part(current_setting('unix_socket_directories'), ',', 1)))) p(k, v));
	IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
		RAISE EXCEPTION 'only a superuser can reach pg_cron in database % from here', quote_ident(home) USING ERRCODE = 'insufficient_privilege',
			HINT = format('Run there: %s', query);
	END IF;
	RETURN QUERY EXECUTE format('SELECT r.line FROM %I.dblink(%L, %L) r(line text)', dblink_schema, connection, query);
END
$$;
COMMENT ON FUNCTION @extschema@.news_cron(text) IS
	'Part of the schedule functions: runs a query, whose one column is text, where pg_cron lives. Raises feature_not_supported with a hint that names what to do.';

CREATE FUNCTION @extschema@.schedule_news_refresh(store text, schedule text DEFAULT '*/5 * * * *') RETURNS bigint
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	job text := format('news refresh %s.%s', current_database(), store);
	command text;
BEGIN
	PERFORM @extschema@.news_store_check(store);
	command := format('CALL %I.refresh_news_store(%L, skip_if_running => true)', '@extschema@', store);
	PERFORM @extschema@.news_cron(format('SELECT cron.unschedule(jobid)::text FROM cron.job WHERE jobname = %L AND username = current_user', job));
	RETURN (SELECT max(j::bigint) FROM @extschema@.news_cron(format(
		'WITH job AS (SELECT cron.schedule_in_database(%L, %L, %L, %L) AS id) SELECT id::text FROM job', job, schedule, command, current_database())) j);
END
$$;
COMMENT ON FUNCTION @extschema@.schedule_news_refresh(text, text) IS
	'Lets pg_cron (1.4 or newer) refresh a store: schedule in cron''s syntax, "*/5 * * * *" = every five minutes. Replaces the store''s schedule when it has one; a '
	'run that would overlap another is skipped. Returns pg_cron''s job id. Also works when pg_cron lives in another database (through dblink, as superuser). '
	'Raises feature_not_supported with a hint when there is no pg_cron.';

CREATE FUNCTION @extschema@.unschedule_news_refresh(store text) RETURNS boolean
	LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN EXISTS (SELECT 1 FROM @extschema@.news_cron(format('SELECT cron.unschedule(jobid)::text FROM cron.job WHERE jobname = %L AND username = current_user',
		format('news refresh %s.%s', current_database(), store))));
END
$$;
COMMENT ON FUNCTION @extschema@.unschedule_news_refresh(text) IS 'Ends a store''s schedule; false when it had none.';

-- The first minute after `after` that a schedule names.
CREATE FUNCTION @extschema@.news_cron_next(schedule text, after timestamptz) RETURNS timestamptz
	LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
	part text[] := regexp_split_to_array(btrim(schedule), '\s+');
	minutes int[]; hours int[]; days int[]; months int[]; weekdays int[];
	at timestamptz := date_trunc('minute', after) + interval '1 minute';
BEGIN
	IF array_length(part, 1) <> 5 THEN
		RETURN CASE WHEN schedule ~ '^\d+ seconds?$' THEN after + schedule::interval END;
	END IF;
	minutes := @extschema@.news_cron_field(part[1], 0, 59);
	hours := @extschema@.news_cron_field(part[2], 0, 23);
	days := @extschema@.news_cron_field(part[3], 1, 31);
	months := @extschema@.news_cron_field(part[4], 1, 12);
	weekdays := @extschema@.news_cron_field(part[5], 0, 7);
	FOR i IN 1 .. 3000 LOOP
		IF NOT date_part('month', at)::int = ANY (months)
			OR NOT (CASE WHEN part[3] <> '*' AND part[5] <> '*'
				THEN date_part('day', at)::int = ANY (days) OR date_part('dow', at)::int = ANY (weekdays) OR (date_part('dow', at) = 0 AND 7 = ANY (weekdays))
				ELSE date_part('day', at)::int = ANY (days) AND (date_part('dow', at)::int = ANY (weekdays) OR (date_part('dow', at) = 0 AND 7 = ANY (weekdays))) END)
		THEN
			at := date_trunc('day', at) + interval '1 day';
		ELSIF NOT date_part('hour', at)::int = ANY (hours) THEN
			at := date_trunc('hour', at) + interval '1 hour';
		ELSIF NOT date_part('minute', at)::int = ANY (minutes) THEN
			at := at + interval '1 minute';
		ELSE
			RETURN at;
		END IF;
	END LOOP;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION @extschema@.news_cron_next(text, timestamptz) IS
	'The first time after a moment that a cron schedule (five fields, UTC as pg_cron reads them) names; null when there is none within years or the schedule is not understood.';

CREATE FUNCTION @extschema@.news_cron_field(field text, low int, high int) RETURNS int[]
	LANGUAGE sql IMMUTABLE STRICT SET search_path = pg_catalog, pg_temp
AS $$
SELECT coalesce(array_agg(DISTINCT v ORDER BY v), '{}')
FROM regexp_split_to_table(field, ',') item,
	LATERAL (SELECT split_part(item, '/', 1) AS range, coalesce(nullif(split_part(item, '/', 2), ''), '1') AS step) p,
	LATERAL (SELECT CASE WHEN range = '*' THEN low::text ELSE split_part(range, '-', 1) END AS first,
		CASE WHEN range = '*' THEN high::text WHEN position('-' IN range) > 0 THEN split_part(range, '-', 2)
			WHEN position('/' IN item) > 0 THEN high::text ELSE range END AS last) r,
	LATERAL generate_series(first::int, last::int, step::int) v
WHERE first ~ '^\d+$' AND last ~ '^\d+$' AND step ~ '^[1-9]\d*$' AND v BETWEEN low AND high
$$;
COMMENT ON FUNCTION @extschema@.news_cron_field(text, int, int) IS 'Part of news_cron_next: the numbers that one field of a cron schedule names.';

CREATE FUNCTION @extschema@.news_refresh_jobs(
	OUT store text, OUT schedule text, OUT job_id bigint, OUT active boolean, OUT last_run timestamptz, OUT last_status text, OUT last_message text,
	OUT next_start timestamptz, OUT failures bigint)
	RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF coalesce(current_setting('cron.database_name', true), '') = '' THEN
		RETURN;
	END IF;
	RETURN QUERY
	SELECT substr(j->>'jobname', length(format('news refresh %s.', current_database())) + 1), j->>'schedule', (j->>'jobid')::bigint, (j->>'active')::boolean,
		(j->>'start_time')::timestamptz, j->>'status', j->>'return_message',
		CASE WHEN (j->>'active')::boolean THEN @extschema@.news_cron_next(j->>'schedule', now()) END, (j->>'failures')::bigint
	FROM (SELECT line::json AS j FROM @extschema@.news_cron(format(
		'SELECT row_to_json(x)::text FROM (SELECT j.jobname, j.schedule, j.jobid, j.active, d.start_time, d.status, d.return_message, '
		'(SELECT count(*) FROM cron.job_run_details f WHERE f.jobid = j.jobid AND f.status = ''failed'') AS failures '
		'FROM cron.job j LEFT JOIN LATERAL (SELECT * FROM cron.job_run_details d WHERE d.jobid = j.jobid ORDER BY d.runid DESC LIMIT 1) d ON true '
		'WHERE j.jobname LIKE %L) x', replace(replace(replace(format('news refresh %s.', current_database()), '\', '\\'), '_', '\_'), '%', '\%') || '%')) line) lines;
END
$$;
COMMENT ON FUNCTION @extschema@.news_refresh_jobs() IS
	'The scheduled refreshes of this database''s stores: schedule, last run and its status, next start (UTC schedule), and how many runs failed. No rows without pg_cron.';

CREATE VIEW @extschema@.news_refresh_jobs AS SELECT * FROM @extschema@.news_refresh_jobs();
COMMENT ON VIEW @extschema@.news_refresh_jobs IS 'Is the refresh running on schedule? One row per scheduled store: last run, status, next start, failures.';
GRANT SELECT ON @extschema@.news_refresh_jobs TO PUBLIC;

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
	FOR v IN SELECT * FROM @extschema@.news_view_definitions() LOOP
		EXECUTE format('CREATE OR REPLACE VIEW %I.%I %s AS %s', store, v.view_name, invoker, format(v.query, store));
		EXECUTE format('COMMENT ON VIEW %I.%I IS %L', store, v.view_name, v.question);
	END LOOP;
END
$$;
COMMENT ON FUNCTION @extschema@.news_store_views(text) IS
	'Makes a store''s views anew as this version of the extension defines them. Part of create_news_store; run it after an upgrade of the extension.';

CREATE FUNCTION @extschema@.news_store_objects(store text) RETURNS text[]
	LANGUAGE sql STABLE
AS $$
SELECT ARRAY['articles', 'article_texts', 'store_settings', 'extractions', 'entities', 'entity_aliases', 'mentions', 'quotes', 'quote_mentions',
		'article_topics', 'article_keyphrases', 'refresh_queue', 'refresh_runs', 'last_day']
	|| (SELECT array_agg(rollup) FROM @extschema@.news_rollups()) || (SELECT array_agg(view_name) FROM @extschema@.news_view_definitions())
$$;
COMMENT ON FUNCTION @extschema@.news_store_objects(text) IS 'Names of the tables and views that a store consists of.';
