
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
