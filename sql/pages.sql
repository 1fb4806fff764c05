-- Pages: escaped, self-contained; HTML to text.
\pset format unaligned
SELECT position('<script>' IN html) = 0 AS escaped, position('&lt;script&gt;' IN html) > 0 AS shown, html LIKE '<!DOCTYPE html>%</html>_' AS whole,
	html !~ '(src|href)="(http|//)' AS self_contained, position('title="John &quot;Jack&quot; O&#39;Hara' IN html) > 0 OR position('class="source"' IN html) > 0 AS marked
FROM article_html('<script>alert(1)</script> "I won & lost," said John "Jack" O''Hara.') html;
SELECT count(*) > 0 AS target FROM regexp_matches(article_html('"Yes," said John Miller.'), 'href="#q1".*|id="q1"', 'g');
SELECT html_to_text('<h1>Title</h1><p>One &amp; two<br>three</p><script>x()</script><ul><li>a</li><li>b</li></ul>');
SELECT html_to_text('plain'), html_to_text('') = '' AS empty, html_to_text('<p>open <b>tags') AS open;
-- Of a text above 2 MB the start.
SELECT position('[...]' IN article_html(repeat('a', 2000000))) = 0 AS whole, article_html(repeat('a', 2000001)) LIKE '%[...]%</html>_' AS start;
