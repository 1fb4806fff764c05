/*
 * page_test.c - the page of a text: well-formed, escaped, each quote in its place.
 */
#include "check.h"
#include "page/article_html.h"
#include "page/page.h"
#include "page/voices.h"
#include "page_shape.h"

static document *
read(const char *text, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), text, (uint32_t) n_bytes);

	document_need(doc, ARTICLE_HTML_STAGES);
	return doc;
}

static void
check_page(const char *text, const char *what)
{
	document   *doc = read(text, strlen(text));
	size_t		n;
	const char *html = article_html(doc, doc->memory, &n),
			   *broken = broken_page(doc, html, n);

	check_(!broken, what, broken);
	CHECK(strstr(html, "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';") != NULL, "its policy lets nothing run or load");
	check_free();
}

static void
test_escapes(void)
{
	static const char text[] = "<a b=\"c\" d='e'> & \x01\x7f\n\t\xE2\x80\xAEx\xE2\x81\xA6y\xE2\x80\x94";
	page		p = page_begin(check_arena());
	size_t		n;

	page_text(&p, text, sizeof(text) - 1);
	CHECK_TEXT(page_end(&p, &n), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt; &amp; \n\txy\xE2\x80\x94",
			   "marks of HTML are escaped, control characters and turns of direction dropped");
	p = page_begin(check_arena());
	page_start(&p, "\xC3\xA9\xC3\xA9\xC3\xA9", 6, 3);
	page_start(&p, "\xC3\xA9", 2, 3);
	CHECK_TEXT(page_end(&p, &n), "\xC3\xA9\xE2\x80\xA6\xC3\xA9", "a long text is cut between characters");
	check_free();
}

static void
test_voices(void)
{
	static const char text[] = "\"We won,\" said Helen Archer. \"They lost,\" said Peter Lindholm. \"It was time,\" Archer said.";
	document   *doc = read(text, sizeof(text) - 1);
	voices		v = find_voices(doc, doc->memory);

	CHECK(doc->n_quotes == 3 && v.n == 2 && v.n_named == 2, "three quotes of two speakers");
	CHECK(v.n == 2 && v.all[0].n_quotes == 2 && v.of_quote[0] == v.of_quote[2] && v.next_quote[0] == 2 && v.next_quote[2] == -1,
		  "the quotes of one speaker are together");
	check_free();
}

/* A name is repeated at each of its marks: with its whole length a text would make a page of its own size squared. */
static void
test_long_name(void)
{
	enum
	{
		NAME = 20000, TIMES = 500
	};
	char	   *text = malloc(NAME + TIMES * 20 + 100),
			   *end = text;
	document   *doc;
	size_t		n;

	end += sprintf(end, "\"Yes,\" said A");
	memset(end, 'a', NAME);
	end += NAME;
	end += sprintf(end, " Miller. ");
	for (int i = 0; i < TIMES; i++)
		end += sprintf(end, "\"No,\" said Miller. ");
	doc = read(text, (size_t) (end - text));
	article_html(doc, doc->memory, &n);
	CHECK(doc->n_quotes == TIMES + 1 && n < 40 * (size_t) (end - text), "the page of a long name is not its length squared");
	check_free();
	free(text);
}

int
main(void)
{
	char	   *many = malloc(200000);

	test_escapes();
	test_voices();
	test_long_name();
	check_page("", "the page of nothing");
	check_page("<div>", "the page of markup alone");
	check_page("\"We won,\" said Helen Archer.", "the page of a quote");
	check_page("\"Yes,\" she said, \"no.\"\n\n\"One.\n\n\"Two,\" said <b>Bob Ray</b>.", "quotes over paragraphs");
	check_page("\"He said 'I know \"it\"' to me,\" said Ann Lee. \"'So,' said Bob Ray, 'I said \"no\".'\"", "quotes in quotes");
	check_page("</main><script>alert(1)</script>\n\n\" onload=\"x\" said Ann Lee's <svg>.", "the page of markup that hurts");
	for (int i = 0; i < 199999; i++)
		many[i] = "\"a\" said Bob Ray. "[i % 18];
	many[199999] = '\0';
	check_page(many, "the page of 11,000 quotes");
	free(many);
	return check_result();
}
