#!/usr/bin/env python3
"""Pages of the extension in a headless Chromium: run by scripts/test pages, with psql's environment set."""
import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from browser import Browser
from checks import headings, inert, ok, readable, result, tab_order

ROOT = Path(__file__).resolve().parent.parent.parent
WORK = Path(tempfile.mkdtemp(prefix="pages."))

HOSTILE = {
    "script": "<script>window.ran=1</script>\n\n\"I won,\" said John Miller. <script src=https://example.com/x.js></script> He <b>said</b> that he lost.",
    "handlers": "\"<img src=x onerror=window.ran=1> is fine,\" said John <svg onload=window.ran=1> Miller of <a href=javascript:window.ran=1>Acme Corp</a>.",
    "attributes": "\"Fine,\" said John\" onmouseover=\"window.ran=1 Miller. \"So be it' onfocus='window.ran=1,\" said Ann O'Hara' autofocus='1.",
    "a mark in a name": "\"We lost,\" said Robert \"Bobby\" Hanlon. \"Never again,\" Robert \"Bobby\" Hanlon said.",
    "closing tags": "</title></style></head><script>window.ran=1</script>\n\n</main></div>--><!-- \"We did,\" said Ann Lee. ]]><![CDATA[ </span></a>",
    "style": "<style>body{display:none}</style>\n\n</style><style>*{background:url(https://example.com/)}\n\n\"Hm,\" said Ann Lee. <link rel=stylesheet href=//example.com>",
    "meta and base": "<meta http-equiv=refresh content=0;url=https://example.com>\n\n<base href=https://example.com/> \"Go,\" said Ann Lee. <iframe srcdoc='<script>parent.ran=1</script>'>",
    "entities": "&lt;script&gt;window.ran=1&lt;/script&gt; &#60;b&#62; &amp; \"A &quot;B&quot; C,\" said Ann &amp; Lee.",
    "utf-7": "+ADw-script+AD4-window.ran=1+ADw-/script+AD4- \"Go,\" said Ann Lee.",
    "directions": "\"Go \u202egnihton,\" said Ann \u2066Lee\u2067 of \u202bAcme Corp. He said that \u202d it was over.",
    "nested quotes": "\"He told me, 'I will never say \"yes\" again,' and left,\" said Ann Lee. \"'So,' said Bob Ray, 'I said \"no\".'\" The court said that \"Lee said 'no' twice.\"",
    "marks alone": "\"\"\"'''\u201c\u201d\u201c\u201c\u201d \"\" said \"\" Ann Lee \"\u201d",
    "long words": "<" * 3000 + " \"" + "x" * 5000 + ",\" said " + "Mc" * 500 + " " + "\U0001f600" * 50,
    "one token": "Rotterdam",
    "markup alone": "<div><img src=x onerror=window.ran=1></div>",
    "empty": "",
    "paragraphs": "A quote over paragraphs\n\n\"We began early,\n\n\"and we ended late,\" said Ann Lee.\n\n\"First.\n\n\"Second.\n\n\"Third,\" Bob Ray said.",
}

OWN_TEXT = "(() => { const m = document.querySelector('main').cloneNode(true); m.querySelectorAll('.num, .unseen').forEach(e => e.remove()); return m.textContent; })()"


def sql(query, **variables):
    settings = [f"-v{k}={v}" for k, v in variables.items()]
    run = subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", *settings], input=query, capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return run.stdout


def squeezed(text):
    """Letters and digits: the text without its spacing and what the page drops."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf"))


def written(name, html):
    path = WORK / (re.sub(r"\W+", "-", name) + ".html")
    path.write_text(html)
    return path.as_uri()


def article(name, browser, body, policy):
    """The page of a text, with what holds for every text checked."""
    html = sql("SELECT article_html(:'body')", body=body)
    page = browser.open(written(name, html), policy=policy)
    inert(page, name)
    rows = int(sql("SELECT count(*) FROM extract_quotes(:'body')", body=body))
    marked = page.js("new Set([...document.querySelectorAll('main [id^=q]')].map(e => e.id)).size")
    links = page.js("document.querySelectorAll('main a.num').length")
    listed = page.js("document.querySelectorAll('aside li[id^=w]').length")
    ok([marked, links, listed] == [rows] * 3, f"{name}: {rows} quotes are marked, linked and listed", [marked, links, listed])
    speakers = sql("SELECT coalesce(speaker, 'speaker unknown') FROM extract_quotes(:'body')", body=body).splitlines()
    named = page.js("[...document.querySelectorAll('main [id^=q]')].map(e => e.title)")
    ok(len(named) == len(speakers) and all(squeezed(n).startswith(squeezed(s[:40])) for n, s in zip(named, speakers)), f"{name}: each mark names its speaker", [named, speakers])
    text = squeezed(page.js(OWN_TEXT))
    ok(text == squeezed(body), f"{name}: the text is whole", text)
    return page


def sample_article(browser):
    body = (ROOT / "examples/article.txt").read_text().strip()
    page = article("sample article", browser, body, True)
    quotes = json.loads(sql("SELECT json_agg(json_build_object('quote', quote, 'speaker', speaker)) FROM extract_quotes(:'body')", body=body))
    shown = page.js("[...document.querySelectorAll('main [role=mark][id]')].map(e => [e.textContent, e.title])")
    wrong = [(q, s) for q, s in zip(quotes, shown) if squeezed(s[0]) not in squeezed(q["quote"]) or not s[1].startswith(q["speaker"] or "speaker unknown")]
    ok(not wrong, "sample article: each mark holds its quote and names its speaker", wrong)
    tree = headings(page, "sample article")
    roles = [r for r, _ in tree]
    ok(roles.count("mark") >= len(quotes) and "complementary" in roles, "sample article: a screen reader hears of marks and of the list beside", sorted(set(roles)))
    named = [n for r, n in tree if r == "link" and n.startswith("Quote 3: Marieke van Dijk")]
    ok(len(named) == 1, "sample article: a quote's link says whose it is", [n for r, n in tree if r == "link"])
    n = len(quotes)
    reached = tab_order(page)
    listed = page.js("[...document.querySelectorAll('aside li[id^=w] a')].map(e => e.getAttribute('href'))")
    ok(reached == ["#found"] + [f"#w{i + 1}" for i in range(n)] + listed and sorted(listed) == sorted(f"#q{i + 1}" for i in range(n)),
       "sample article: Tab goes through the text's quotes in order, then the list", reached)
    page.js("document.querySelector('main a[href=\"#w5\"]').focus()")
    page.key("Enter", 13)
    ok(page.js("location.hash === '#w5' && document.querySelector(':target').closest('aside') !== null"), "sample article: Enter goes to the quote's line in the list", page.js("location.hash"))
    lit = "[...document.querySelectorAll('main .quote')].filter(e => getComputedStyle(e).boxShadow !== 'none').map(e => e.title.split(',')[0])"
    page.js("document.activeElement.blur(); window.scrollTo(0, 0)")
    x, y = page.js("(r => [r.x + r.width / 2, r.y + r.height / 2])([...document.querySelectorAll('main .source')].find(e => e.textContent === 'Van Dijk').getBoundingClientRect())")
    page.pointer(x, y)
    speakers = page.js(lit)
    ok(len(speakers) >= 4 and set(speakers) == {"Marieke van Dijk"}, "sample article: pointing at a speaker lights up her quotes", speakers)
    page.pointer(2, 2)
    page.key("Tab", 9)
    speakers = page.js(lit)
    ok(len(set(speakers)) == 1, "sample article: so does the keyboard", speakers)
    readable(page, "sample article")
    page.close()


def report(browser):
    """The report of a day on which ten speakers talk about ten others, then with markup in every name."""
    sql("""SET client_min_messages = warning;
        SELECT create_news_store('pages');
        INSERT INTO pages.articles (title, body, outlet, published_at)
        SELECT format('Council <b>%s</b>', n), format('"The council of %s will hear from %s %s today," said %s %s. The harbour was calm.', p[1 + n % 10], f[1 + n * 7 % 10], l[1 + n * 3 % 10],
            f[1 + n % 10], s[1 + n % 10]), 'Outlet ' || n % 4, timestamptz '2026-03-01 06:00Z' + n * interval '45 minutes'
        FROM generate_series(1, 900) n, (SELECT ARRAY['Helen', 'Peter', 'Maria', 'Thomas', 'Ingrid', 'Walter', 'Susan', 'Karen', 'Robert', 'Edward'] AS f,
            ARRAY['Archer', 'Lindholm', 'Castell', 'Brandt', 'Falk', 'Moreau', 'Okafor', 'Tanaka', 'Novak', 'Haas'] AS l,
            ARRAY['Abbott', 'Byrne', 'Costa', 'Doyle', 'Eriksen', 'Fontaine', 'Grant', 'Hoffman', 'Jansen', 'Keller'] AS s,
            ARRAY['Rotterdam', 'Hamburg', 'Lisbon', 'Oslo', 'Vienna', 'Dublin', 'Madrid', 'Prague', 'Warsaw', 'Athens'] AS p) x;
        CALL refresh_news_store('pages');""")
    name = "report"
    page = browser.open(written(name, sql("SELECT news_report('pages', '2026-03-27')")), policy=True)
    inert(page, name)
    tree = headings(page, name)
    drawings = [n for r, n in tree if r in ("img", "image") and n]
    ok([d.split(" Lines")[0].split(" Bars")[0] for d in drawings] == ["Who talks about whom", "Share of voice"], f"{name}: a screen reader is told what the drawings show", drawings)
    ok(page.js("document.querySelectorAll('svg > desc').length") == 2 and [r for r, _ in tree].count("DisclosureTriangle") == 2, f"{name}: each drawing has a description and a table behind it")
    stories = page.js("[...document.querySelectorAll('.stories li')].map(e => e.querySelector('strong').textContent)")
    ok(stories and all(re.match(r"Council <b>\d+</b>$", s) for s in stories), f"{name}: top stories with their titles as they are written", stories)
    said = page.js("[...document.querySelectorAll('blockquote')].map(e => e.textContent)")
    ok(said and all(re.match(r"“The council of \w+ will hear from .* today”$", t) for t in said) and "&" not in page.js("document.body.textContent"),
       f"{name}: quotes of the day stand in marks, and no escape is seen", said)
    nodes = page.js("document.querySelectorAll('.node').length")
    overlaps = """(() => {
        const boxes = [...document.querySelectorAll('svg text')].map(e => [e.closest('svg'), e.getBoundingClientRect(), e.textContent]);
        return boxes.flatMap(([s, a, t], i) => boxes.slice(i + 1).filter(([o, b]) => o === s && a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom).map(b => t + ' / ' + b[2]));
    })()"""
    outside = """[...document.querySelectorAll('svg[role=img] text, svg[role=img] rect')].filter(e => { const a = e.getBoundingClientRect(), s = e.closest('svg').getBoundingClientRect();
        return a.x < s.x - 1 || a.right > s.right + 1 || a.y < s.y - 1 || a.bottom > s.bottom + 1; }).map(e => e.textContent)"""
    ok(nodes == 20, f"{name}: the drawing has {nodes} nodes", nodes)
    ok(not page.js(overlaps) and not page.js(outside), f"{name}: no label overlaps another or leaves its drawing", [page.js(overlaps), page.js(outside)])
    reached = tab_order(page)
    ok(len(reached) >= 6 and reached[0].startswith("#"), f"{name}: Tab reaches the contents, the drawings and their tables", reached)
    page.js("document.querySelector('summary').focus()")
    page.key("Enter", 13)
    ok(page.js("document.querySelector('details').open"), f"{name}: a table opens by the keyboard")
    readable(page, name)
    page.close()
    hostile = "</text></svg><script>window.ran=1</script><img src=x onerror=window.ran=1>\" onload=\"window.ran=1' onfocus='"
    sql("""UPDATE pages.entities SET name = :'bad' || repeat('W', 40) || entity_id, kind = :'bad';
        UPDATE pages.quotes SET role = :'bad', verbatim = :'bad' || article_id, quote = :'bad';
        UPDATE pages.extractions SET outlet = :'bad' || outlet;""", bad=hostile)
    name = "report of hostile names"
    page = browser.open(written(name, sql("SELECT news_report('pages', '2026-03-27')")), policy=False)
    inert(page, name)
    ok(not page.js(overlaps) and not page.js(outside), f"{name}: no label overlaps another or leaves its drawing", [page.js(overlaps), page.js(outside)])
    ok(page.js("document.body.textContent.includes('<script>window.ran=1')"), f"{name}: the names are seen as they are written")
    page.close()


def main():
    with Browser() as browser:
        control = browser.open(written("control", "<script>window.ran=1</script><img src=https://example.com/x.png>"), policy=False)
        ok(control.js("window.ran") == 1 and len(control.requests) == 2, "a script that gets through would be seen", control.requests)
        control.close()
        sample_article(browser)
        report(browser)
        for name, body in HOSTILE.items():
            page = article(name, browser, body, False)
            ok(page.js("document.querySelectorAll('h1').length") == 1 and page.js("document.title.length > 0 && getComputedStyle(document.body).display === 'block'"),
               f"{name}: a title, one h1, and it is seen", page.js("document.documentElement.outerHTML"))
            page.close()
    return result()


sys.exit(main())
