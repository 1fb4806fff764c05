"""What every page of the extension must hold, asked of a page that is open in a browser."""
import re
import sys

TAGS = set("html head meta title style body header main aside footer nav section figure figcaption blockquote details summary div p h1 h2 h3 ul ol li span strong em a q bdi br "
           "table caption thead tbody tr th td svg g rect path line circle text tspan desc defs marker time".split())
ATTRIBUTES = re.compile(r"^(id|class|href|title|role|lang|charset|name|content|http-equiv|style|tabindex|scope|datetime|aria-[a-z]+|"
                        r"x|y|x1|x2|y1|y2|cx|cy|r|rx|d|width|height|viewBox|fill|stroke|stroke-width|stroke-linecap|text-anchor|transform|"
                        r"markerWidth|markerHeight|refX|refY|orient|marker-end|preserveAspectRatio|xmlns|colspan|dominant-baseline|focusable)$")

# Contrast of each text with what lies behind it, as WCAG 2 counts it: [ratio, text] of the worst.
CONTRAST = """(() => {
	const parts = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
	const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const opaque = c => c.length < 4 || c[3] > 0;
	const behind = e => {
		for (; e; e = e.parentElement) {
			const c = parts(getComputedStyle(e).backgroundColor);
			if (opaque(c)) return c;
		}
		return [255, 255, 255];
	};
	let worst = [21, ''], n = 0;
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const t = texts.currentNode, e = t.parentElement;
		if (!t.data.trim() || !e.checkVisibility() || e.closest('title, desc, style')) continue;
		const style = getComputedStyle(e), svg = e.closest('svg');
		const a = light(parts(svg ? style.fill : style.color)), b = light(behind(svg ? svg.parentElement : e));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
		n++;
		if (ratio < worst[0]) worst = [ratio, t.data.trim().slice(0, 40)];
	}
	return [...worst, n];
})()"""

failed = 0


def ok(holds, what, found=None):
    global failed
    failed += not holds
    print(("ok - " if holds else "not ok - ") + what + ("" if holds or found is None else f": found {str(found)[:600]}"))
    sys.stdout.flush()


def result():
    return 1 if failed else 0


def inert(page, name):
    """No script of the text runs, nothing is loaded, no markup of the text got through."""
    ran = page.js("window.ran === undefined && document.scripts.length === 0")
    ok(ran and not page.complaints and len(page.requests) == 1, f"{name}: no script runs, nothing is loaded", [ran, page.complaints, page.requests])
    tags = set(t.lower() for t in page.js("[...new Set([...document.querySelectorAll('*')].map(e => e.localName))]"))
    names = page.js("[...new Set([...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => a.name)))]")
    strange = sorted(tags - set(t.lower() for t in TAGS)) + sorted(a for a in names if not ATTRIBUTES.match(a))
    ok(not strange, f"{name}: elements and attributes are the page's own", strange)
    links = page.js("[...document.querySelectorAll('[href]')].filter(e => !/^#[a-z0-9-]+$/.test(e.getAttribute('href')) "
                    "|| !document.getElementById(e.getAttribute('href').slice(1))).map(e => e.getAttribute('href'))")
    ok(not links, f"{name}: links lead to places of the page", links)
    twice = page.js("(a => a.length - new Set(a).size)([...document.querySelectorAll('[id]')].map(e => e.id))")
    ok(twice == 0, f"{name}: no id stands twice", twice)


def readable(page, name):
    """Light, dark, narrow and printed."""
    papers = {}
    for scheme in ("light", "dark"):
        page.scheme(scheme)
        ratio, text, n = page.js(CONTRAST)
        ok(ratio >= 4.5 and n > 0, f"{name}: contrast of {scheme} is {ratio:.2f} at least", [ratio, text])
        papers[scheme] = page.js("getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color")
    ok(papers["light"] != papers["dark"], f"{name}: dark differs from light", papers)
    page.scheme("light")
    page.size(360, 800)
    wide = page.js("document.documentElement.scrollWidth")
    ok(wide <= 360, f"{name}: a telephone needs no scrolling to the side", wide)
    page.size(1280, 900)
    ok(page.pdf()[:5] == b"%PDF-", f"{name}: prints")


def headings(page, name):
    """One h1, no level left out; every landmark and link has a name."""
    levels = page.js("[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.localName[1]))")
    ok(levels.count(1) == 1 and all(b - a <= 1 for a, b in zip([0] + levels, levels)), f"{name}: one h1 and no heading level left out", levels)
    tree = page.tree()
    roles = [r for r, _ in tree]
    ok("main" in roles and "heading" in roles, f"{name}: a screen reader finds the main text and headings", sorted(set(roles)))
    nameless = [r for r, n in tree if r in ("link", "complementary", "region", "img", "table", "graphics-document") and not n]
    ok(not nameless, f"{name}: nothing that needs a name lacks one", nameless)
    return tree


def tab_order(page, most=400):
    """What the Tab key reaches, in order: the addresses of the links."""
    reached = []
    page.js("document.activeElement && document.activeElement.blur()")
    for _ in range(most):
        page.key("Tab", 9)
        at = page.js("document.activeElement === document.body ? null : document.activeElement.getAttribute('href') || document.activeElement.id")
        if at is None or (reached and at == reached[0]):
            break
        reached.append(at)
    return reached
