#!/usr/bin/env bash
# Texts that nobody would print, through every function: rows or no rows, never an error, in bounded time. Then the places
# of a query where the functions may stand, and databases of other encodings.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/tap.sh"
BIN=${BIN:-$(server_programs)}
SECONDS_A_TEXT=${SECONDS_A_TEXT:-30}
server_start
psql -Xq -v ON_ERROR_STOP=1 -c "CREATE EXTENSION news_analytics" >/dev/null || exit 1

psql -Xq -v ON_ERROR_STOP=1 >/dev/null <<'SQL' || exit 1
CREATE TABLE nasty (name text, body text);
INSERT INTO nasty VALUES ('empty', ''), ('one character', 'x'), ('one mark', '"'), ('one space', ' '), ('null', NULL),
	('1 MB of quotation marks', repeat('"', 1000000)), ('500,000 curly marks', repeat('“', 250000) || repeat('”', 250000)), ('500,000 single marks', repeat('''', 500000)),
	('10 MB of one word', repeat('a', 10000000)), ('1 MB of one capital word', repeat('A', 1000000)), ('200,000 times said', repeat('said ', 200000)),
	('100,000 names', repeat('John Smith ', 100000)), ('100,000 commas', repeat('a, ', 100000)), ('nested brackets', repeat('(', 100000) || repeat(')', 100000)),
	('lone combining marks', repeat(U&'\0301\0308 ', 10000)), ('one letter, 100,000 accents', 'e' || repeat(U&'\0301', 100000)),
	('CRLF', E'"We won,"\r\nsaid Helen Archer.\r\n\r\n"Never,"\r\nsaid Peter Lindholm.\r\n'), ('NBSP', U&'"We\00A0won,"\00A0said\00A0Helen\00A0Archer.'),
	('blank lines', repeat(E'\n', 500000)), ('directions', repeat(U&'\202E\202Aabc\202C\200F ', 10000)), ('joiners', repeat(U&'\200D\200C\FEFF', 30000));
INSERT INTO nasty SELECT 'control characters', string_agg(chr(i) || 'word ', '') FROM generate_series(1, 31) i;
INSERT INTO nasty SELECT 'plane ' || p, string_agg(chr(p * 65536 + i), CASE WHEN i % 7 = 0 THEN ' ' ELSE '' END ORDER BY i)
	FROM generate_series(0, 16) p, generate_series(1, 65535, 3) i WHERE NOT (p = 0 AND i BETWEEN 55296 AND 57343) GROUP BY p;
CREATE FUNCTION all_rows(body text) RETURNS bigint LANGUAGE sql AS $$
	SELECT (SELECT count(*) FROM extract_quotes(body)) + (SELECT count(*) FROM extract_entities(body)) + (SELECT count(*) FROM extract_topics(body))
		+ (SELECT count(*) FROM extract_keyphrases(body)) $$;
CREATE FUNCTION wrong_spans(body text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM (SELECT unnest(quote_span) FROM extract_quotes(body) UNION ALL SELECT speaker_span FROM extract_quotes(body)
		UNION ALL SELECT cue_span FROM extract_quotes(body) UNION ALL SELECT unnest(spans) FROM extract_entities(body)
		UNION ALL SELECT unnest(evidence_span) FROM extract_topics(body) UNION ALL SELECT unnest(spans) FROM extract_keyphrases(body)) s(span)
	WHERE isempty(span) OR lower(span) < 1 OR upper(span) > length(body) + 1 $$;
SQL
sql "SELECT name FROM nasty ORDER BY name" | while read -r name; do
	got=$(sql "SET statement_timeout = '${SECONDS_A_TEXT}s'; SELECT coalesce(all_rows(body), 0) >= 0, coalesce(wrong_spans(body), 0) FROM nasty WHERE name = '$name'")
	is "extractors: $name" "$got" "t|0"
	[ "$name" = "10 MB of one word" ] && continue
	got=$(sql "SET statement_timeout = '${SECONDS_A_TEXT}s'; SELECT count(*) >= 0, (SELECT count(article_html(body)) + count(html_to_text(body)) >= 0 FROM nasty WHERE name = '$name')
		FROM nasty n, LATERAL analyze_text(n.body) t WHERE name = '$name'")
	is "analyze_text, article_html, html_to_text: $name" "$got" "t|t"
done >"$WORK/texts.log"
cat "$WORK/texts.log"
FAILED=$((FAILED + $(grep -c '^not ok' "$WORK/texts.log")))

# Spans count characters: what they cut out is the text that the row gives.
psql -Xq -v ON_ERROR_STOP=1 >/dev/null <<'SQL'
CREATE TABLE articles (id int, body text);
INSERT INTO articles SELECT n, format('Über 𝒳 — “We have %s ships,” said Helen Archer in Hamburg. Peter Lindholm disagreed.', n) FROM generate_series(1, 3000) n;
ANALYZE articles;
SQL
is "quote spans cut out the quote" "$(sql "SELECT count(*) > 0, bool_and(substr(a.body, lower(r), upper(r) - lower(r)) = q.verbatim) FROM (SELECT * FROM articles WHERE id <= 20) a,
	LATERAL extract_quotes(a.body) q, unnest(q.verbatim_span) r WHERE q.kind = 'direct'")" "t|t"
is "entity spans cut out a name" "$(sql "SELECT count(*) > 0, bool_and(substr(a.body, lower(r), upper(r) - lower(r)) = ANY (e.aliases || e.entity)) FROM (SELECT * FROM articles WHERE id <= 20) a,
	LATERAL extract_entities(a.body) e, unnest(e.spans) r")" "t|t"

is "in a select list" "$(sql "SELECT count(*) FROM (SELECT (extract_quotes(body)).speaker FROM articles WHERE id <= 10) x")" 10
is "LATERAL and left join" "$(sql "SELECT count(*), count(q.quote) FROM (VALUES ('No quote here.'), ('\"We won,\" said Helen Archer.')) a(body) LEFT JOIN LATERAL extract_quotes(a.body) q ON true")" "2|1"
is "LIMIT 1" "$(sql "SELECT count(*) FROM (SELECT 1 FROM articles, LATERAL extract_entities(body) LIMIT 1) x")" 1
is "a cursor read in part" "$(sql "BEGIN; DECLARE c CURSOR FOR SELECT entity FROM articles, LATERAL extract_entities(body); MOVE 3 IN c; CLOSE c; SELECT 1; COMMIT")" 1
parallel="SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2;"
query="SELECT count(*), md5(string_agg(e.entity, ',' ORDER BY a.id, e.entity)) FROM articles a, LATERAL extract_entities(a.body) e WHERE a.id <= 1000"
ok "a plan with parallel workers" grep -q "Workers Planned" <<<"$(sql "$parallel EXPLAIN $query")"
is "parallel rows are the serial ones" "$(sql "$parallel $query")" "$(sql "SET max_parallel_workers_per_gather = 0; $query")"
is "an index on a wrapper" "$(sql "CREATE FUNCTION first_speaker(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT speaker FROM public.extract_quotes(\$1) LIMIT 1';
	CREATE TABLE indexed AS SELECT * FROM articles WHERE id <= 200; CREATE INDEX ON indexed (first_speaker(body)); SET enable_seqscan = off;
	SELECT count(*) FROM indexed WHERE first_speaker(body) = 'Helen Archer'")" 200
began=$(date +%s%N)
got=$(sql "SET statement_timeout = '300ms'; SELECT count(*) FROM extract_quotes(repeat('\"We have won the race,\" said Helen Archer in Hamburg on Monday. ', 160000))")
took=$((($(date +%s%N) - began) / 1000000))
case $got in
*"canceling statement due to statement timeout"*) ok "statement_timeout cancels an extraction of 10 MB soon (after $took ms)" [ "$took" -lt 2000 ] ;;
*) echo "not ok - statement_timeout cancels an extraction of 10 MB: $got"; FAILED=$((FAILED + 1)) ;;
esac

# Other encodings. LATIN1 has the curly marks not at all, WIN1252 bytes that are no character, EUC_JP characters of two and three bytes; SQL_ASCII
# takes any byte. Every byte that an encoding takes stands in the texts.
for encoding in LATIN1 WIN1252 SQL_ASCII EUC_JP; do
	database=$(tr A-Z a-z <<<"$encoding")
	"$BIN/createdb" -T template0 -E "$encoding" --locale=C "$database"
	psql -Xq -d "$database" -c "CREATE EXTENSION news_analytics" -c "SELECT create_news_store('news')" >/dev/null
	other="chr(233)"
	bytes="chr(i)"
	[ "$encoding" = SQL_ASCII ] && other="'e'"
	[ "$encoding" = EUC_JP ] && other="convert_from('\\xa4a2', 'EUC_JP')" && bytes="CASE WHEN i > 160 AND i < 255 THEN convert_from(decode('8f' || to_hex(i) || 'a1' || 'a9' || to_hex(i), 'hex'), 'EUC_JP') END"
	is "$encoding: a quote and its span" "$(sql "SELECT quote, speaker, substr(b, lower(quote_span), upper(quote_span) - lower(quote_span)) FROM (SELECT 'Caf' || $other || ': \"We won,\" said Helen Archer.' AS b) x, extract_quotes(b)" -d "$database" |
		sed 's/,|/|/; s/,$//')" "We won|Helen Archer|We won"
	is "$encoding: a character that has no Unicode hides no other" "$(sql "SELECT position('Caf' || $other IN html_to_text(string_agg($bytes, '') || '<p>Caf' || $other)) > 0, position('Caf' || $other IN article_html(string_agg($bytes, '') || ' Caf' || $other)) > 0
		FROM generate_series(128, 255) i" -d "$database")" "t|t"
	sql "INSERT INTO news.articles (body, published_at) SELECT string_agg($bytes || ' \"We won,\" said Helen Archer. ', ''), '2026-03-05 08:00Z' FROM generate_series(128, 255) i" -d "$database" >/dev/null
	sql "CALL refresh_news_store('news')" -d "$database" >/dev/null
	is "$encoding: a store over every byte" "$(sql "SELECT extracted, failed, (SELECT count(*) FROM check_news_store('news')), news_report('news', '2026-03-05') LIKE '%</html>_' FROM news.refresh_status" -d "$database")" "1|0|0|t"
done
exit $((FAILED > 0))
