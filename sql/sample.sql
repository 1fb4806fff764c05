-- The sample article, row by row. Quotes are what a careful reader finds; of the names, Maasvlakte and APM Terminals are missed.
\pset format unaligned
\getenv tree PG_ABS_SRCDIR
\set read 'cat ' :tree '/examples/article.txt'
\set body `:read`
SELECT kind, speaker, speaker_kind, role, cue, addressee, via, quote FROM extract_quotes(:'body');
SELECT entity, kind, mentions, role, aliases, country FROM extract_entities(:'body') ORDER BY lower(spans);
SELECT topic, code, round(score::numeric, 1) AS score FROM extract_topics(:'body');
SELECT phrase FROM extract_keyphrases(:'body', 6);
