
-- What 0.9.0 had and later versions do not.
DROP FUNCTION @extschema@.news_delta_add(text, int);
DROP FUNCTION @extschema@.news_extract_article(int, text);
DROP FUNCTION @extschema@.news_replace_facts(text);
DROP FUNCTION @extschema@.news_speaker_rule(text);
DROP FUNCTION @extschema@.create_news_store(text, regclass, text, text, text, text, text, text, text);
