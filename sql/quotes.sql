-- Who said what, on sentences that leave no doubt.
\pset format unaligned
SELECT kind, quote, verbatim, speaker, speaker_kind, role, cue, addressee FROM extract_quotes(
	'“The bridge will open in May,” said Transport Minister Anna Keller. She told reporters that the work had cost 40 million euros.');
-- A split quote is one row of two ranges; the words are where the spans say.
SELECT quote_span, verbatim_span, speaker, cue FROM extract_quotes('"We lost," Maria Silva said, "because we were tired."');
SELECT bool_and(substr(body, lower(r), upper(r) - lower(r)) IN ('We lost,', 'because we were tired.')) AS spans_are_the_text
FROM (VALUES ('"We lost," Maria Silva said, "because we were tired."')) t(body), extract_quotes(body) q, unnest(q.quote_span) r;
-- Through whom.
SELECT speaker, cue, via FROM extract_quotes('The factory will close in June, Paul Brown told workers, according to Reuters.');
-- Nobody said anything.
SELECT count(*) FROM extract_quotes('The bridge opened in May. It is 400 metres long.');
SELECT count(*) FROM extract_quotes('');
SELECT count(*) FROM extract_quotes(NULL);
-- In the select list, LATERAL, LIMIT.
SELECT (extract_quotes('"Yes," said John Miller.')).speaker;
SELECT t.id, q.speaker FROM (VALUES (1, '"Yes," said John Miller.'), (2, 'Nothing.')) t(id, body) LEFT JOIN LATERAL extract_quotes(t.body) q ON true ORDER BY 1;
SELECT speaker FROM extract_quotes('"Yes," said John Miller. "No," said Jane Cooper.') LIMIT 1;
SELECT provolatile, proparallel, proisstrict, proretset FROM pg_proc WHERE proname = 'extract_quotes';
-- An institution speaks; words that go on without a mark of their own.
SELECT kind, quote, speaker, cue FROM extract_quotes('In a statement on Friday, the company said it would appeal. “We will fight this,” it added.');
-- A turn of an interview has no marks and nobody's name; an orphan has no speaker.
SELECT kind, quote, verbatim, speaker, cue FROM extract_quotes(E'Q: When did the work begin?\n\nA: We started in early spring.\n\nQ: Who paid for it?\n\nA: The villagers did.');
SELECT quote, speaker, speaker_span, cue_span, confidence BETWEEN 0 AND 1 AS confidence_in_range FROM extract_quotes('“There is nobody left here.”');
SELECT count(*) FROM extract_quotes('Did the minister really say that taxes will rise? The film “Silent Harbour” opens on Friday.');
