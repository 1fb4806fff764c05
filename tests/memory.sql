-- For a single-user backend under valgrind: one statement a line, each with one column named rows.

SELECT count(*) AS rows FROM texts, LATERAL extract_quotes(body);
SELECT count(*) AS rows FROM texts, LATERAL extract_entities(body);
SELECT count(*) AS rows FROM texts, LATERAL extract_topics(body);
SELECT count(*) AS rows FROM texts, LATERAL extract_keyphrases(body);
SELECT count(*) AS rows FROM texts, LATERAL analyze_text(body);
SELECT length(article_html(body)) AS rows FROM texts;
SELECT length(html_to_text('<div><p>"We won,"</p> <p>said <b>Helen Archer</b> &amp; &#x201c;Peter&#8221; <script>x</script><p>' || body)) AS rows FROM texts;
SELECT count(*) AS rows FROM topic_tree() t WHERE mediatopic_path(t.code) <> '';
SELECT count(*) AS rows FROM (SELECT upper(body) AS body FROM texts) t, LATERAL extract_quotes(body), LATERAL extract_entities(body);
SELECT count(*) AS rows FROM (SELECT lower(body) AS body FROM texts) t, LATERAL extract_entities(body);
SELECT count(*) AS rows FROM (SELECT left(body, n) AS body FROM texts, generate_series(0, 240) n) t, LATERAL extract_quotes(body);
SELECT count(*) AS rows FROM (SELECT repeat(m, 3000) AS body FROM unnest(ARRAY['"', 'a', 'A. ', '“”', 'said ', ', ', E'\n', '(', '''', 'John Smith ', U&'\0301 ', U&'\200D\FEFF']) m) t, LATERAL extract_quotes(body);
SELECT count(*) AS rows FROM (SELECT repeat(m, 3000) AS body FROM unnest(ARRAY['"', 'a', 'A. ', '“”', 'said ', ', ', E'\n', '(', '''', 'John Smith ', U&'\0301 ', U&'\200D\FEFF']) m) t, LATERAL analyze_text(body);
SELECT count(*) AS rows FROM (SELECT string_agg(chr(p * 65536 + i), ' ') AS body FROM generate_series(0, 3) p, generate_series(33, 65535, 97) i WHERE NOT (p = 0 AND i BETWEEN 55296 AND 57343) GROUP BY p) t, LATERAL extract_entities(body);
