/*
 * html_test.c - the text of HTML bodies, and HTML made to hurt.
 */
#include "check.h"

#include <time.h>

#include "text/html.h"

static const char *const cases[][2] = {
	{"", ""},
	{"plain text", "plain text"},
	{"<p>One <b>two</b>\n three.</p><p>Four.", "One two three.\n\nFour."},
	{"<div>a<div>b</div>c</div>", "a\n\nb\n\nc"},
	{"a<br>b<br/><br>c", "a\nb\n\nc"},
	{"A &amp; B &#8220;c&#x201D; &eacute;&hellip; &lt;p&gt; 1 < 2 &nope;", "A & B \xE2\x80\x9C" "c\xE2\x80\x9D \xC3\xA9\xE2\x80\xA6 <p> 1 < 2 &nope;"},
	{"<ul><li>one<li>two</ul>end", "\xE2\x80\xA2 one\n\xE2\x80\xA2 two\n\nend"},
	{"<table><tr><td>1<td>2<tr><th>3</th><td>4</table>", "1\t2\n3\t4"},
	{"<script>var a = '<p>no</p>';</script>yes<style>p{}</style><noscript>no</noscript>", "yes"},
	{"<nav><a href=/>Home</a></nav><p>Text <a href=\"a>b\">link</a></p><footer>x</footer>", "Text link"},
	{"<nav>only this", "only this"},
	{"<figure><img src=x><figcaption>who took it</figcaption></figure><p>body", "body"},
	{"<p hidden>no</p><div style=\"color:red; display: none\">no</div><p aria-hidden='true'>no</p><p>yes", "yes"},
	{"a<!-- no > <p> -->b<!doctype html>c<?xml?>d", "abcd"},
	{"<!-- never closed > <p>x", ""},
	{"<pre>one\n two</pre>", "one\ntwo"},
	{"<h1>Title</h1>Text<blockquote>Quote</blockquote>", "Title\n\nText\n\nQuote"},
	{"<P>Upper</P><P CLASS=x HIDDEN>no</P>", "Upper"},
	{"a <b and no end", "a <b and no end"},
	{"wo<span>rd</span> <em>em</em>", "word em"},
	{"&#99999999999999999999;&#xFFFFFFFFFFFFFFFFF;&#0000000065;", "\xEF\xBF\xBD\xEF\xBF\xBD" "A"},
	{"<title>no</title><body><p>yes</body>", "yes"},
	{"\xFF<p>\xC3(", "\xEF\xBF\xBD\n\n\xEF\xBF\xBD("},
};

static const char *text;

static size_t
convert(const char *html, size_t n_bytes)
{
	size_t		n;

	text = html_to_text(check_arena(), html, n_bytes, &n);
	return n;
}

static const char *const hostile[] = {
	"<div>", "<div></section>", "<div><table><td></div>", "<table>", "<table><td>", "<table>a<tr>", "<p>", "<p><div>", "<b x=1>", "<li>",
	"<ul><li>", "<dl><dd>", "<h1></h2>", "<a \"", "<a b='", "<", "</", "<!--", "<!", "<script>", "<svg></sv>", "&", "&amp;", "&#",
	"<br>", "</div>", "<p hidden>", "<pre>\n", "<select><option>", "<form>", "<template>", "<frameset>", "<plaintext>", "<math><p>",
	"<caption>", "<col>", "<li><ul></li>", "\xE2\x80\xA8", "\xFF",
};

static void
test_hostile(void)
{
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++)
	{
		size_t		n = strlen(hostile[i]);
		size_t		total = 500000 / n * n;
		char	   *html = malloc(total);
		char		what[64];
		clock_t		start = clock();

		for (size_t at = 0; at < total; at += n)
			memcpy(html + at, hostile[i], n);
		convert(html, total);
		snprintf(what, sizeof(what), "500 kB of %s", hostile[i]);
		CHECK(clock() - start < 10 * CLOCKS_PER_SEC, what);
		check_free();
		free(html);
	}
}

static void
test_attributes(void)
{
	size_t		n = 0;
	char	   *html = malloc(2000000);

	n += (size_t) sprintf(html, "<div");
	for (int i = 0; i < 100000; i++)
		n += (size_t) sprintf(html + n, " a%d=1", i);
	n += (size_t) sprintf(html + n, ">text");
	convert(html, n);
	CHECK_TEXT(text, "text", "100,000 attributes");
	check_free();
	free(html);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		convert(cases[i][0], strlen(cases[i][0]));
		CHECK_TEXT(text, cases[i][1], cases[i][0]);
		check_free();
	}
	test_hostile();
	test_attributes();
	return check_result();
}
