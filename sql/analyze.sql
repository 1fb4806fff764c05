-- One row a token.
\pset format unaligned
SELECT * FROM analyze_text('Maria Silva said that she won.');
SELECT bool_and(token = substr(body, lower(span), upper(span) - lower(span))) AS tokens_are_the_text, max(ordinal) = count(*) AS numbered
FROM (VALUES (E'“It’s over,” he said.\n\nNew paragraph – naïve café.')) t(body), analyze_text(body);
