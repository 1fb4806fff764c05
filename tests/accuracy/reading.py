#!/usr/bin/env python3
"""Scores the room text: tokens, sentences, quotation marks.

usage: reading.py [--errors N] [--shared DIR] [--part tokens|sentences|marks|mentions]

tokens     token F1 on EWT and GUM raw text, rebuilt from `# text`, SpaceAfter and paragraph comments
sentences  F1 of sentence spans on the same texts, and of their starts
mentions   share of the gold mentions of the annotated articles that start and end at token boundaries
marks      of gold direct and mixed contents that stand between marks, the share whose stretch is found exactly
"""
import argparse
import collections
import gzip
import json
import re
import subprocess
import sys
import unicodedata

OPENERS = "\"“„«‹‘'`‟"
CLOSERS = "\"”»›’'“"


def read(texts, tool="build/read"):
    """Paragraphs, sentences, tokens and marked stretches of each text, in characters."""
    raw = b"\0".join(t.encode("utf-8") for t in texts)
    lines = subprocess.run([tool], input=raw, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    documents = []
    doc = collections.defaultdict(list)
    for line in lines:
        kind, *numbers = line.split()
        numbers = [int(n) for n in numbers]
        if kind != "E":
            doc[kind].append(numbers)
            continue
        text = texts[len(documents)]
        to_char = {}
        at = 0
        for i, c in enumerate(text):
            to_char[at] = i
            at += len(c.encode("utf-8"))
        to_char[at] = len(text)
        assert numbers[0] == len(text), (numbers, len(text))
        documents.append({k: [(to_char[r[0]], to_char[r[1]], *r[2:]) for r in v] for k, v in doc.items()})
        doc = collections.defaultdict(list)
    return documents


def conllu(path):
    """Texts with gold token and sentence spans: a text of each document, its paragraphs between blank lines."""
    texts = []
    text, tokens, sentences = "", [], []
    start_paragraph = True
    words = []
    previous_space = True

    def flush_document():
        nonlocal text, tokens, sentences
        if text:
            texts.append((text, tokens, sentences))
        text, tokens, sentences = "", [], []

    skip = 0
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            flush_document()
            start_paragraph = True
        elif line.startswith("# newpar"):
            start_paragraph = True
        elif not line:
            begin = None
            for i, (form, pieces, space) in enumerate(words):
                if begin is None:
                    if text:
                        text += "\n\n" if start_paragraph else (" " if previous_space else "")
                    begin = len(text)
                at = len(text)
                text += form
                if "".join(pieces) == form:
                    for p in pieces:
                        tokens.append((at, at + len(p)))
                        at += len(p)
                else:
                    tokens.append((at, at + len(form)))
                previous_space = space
                if space and i + 1 < len(words):
                    text += " "
            sentences.append((begin, len(text)))
            words, start_paragraph = [], False
        elif line[0] != "#":
            f = line.split("\t")
            if "." in f[0]:
                continue
            space = "SpaceAfter=No" not in f[9]
            if "-" in f[0]:
                a, b = f[0].split("-")
                skip = int(b) - int(a) + 1
                words.append((f[1], [], space))
            elif skip:
                words[-1][1].append(f[1])
                skip -= 1
            else:
                words.append((f[1], [f[1]], space))
    flush_document()
    return texts


def f1(gold, found):
    common = len(gold & found)
    return 2 * common / (len(gold) + len(found)) if gold or found else 0.0


def score_treebanks(shared, n_errors, part, split):
    for name in ("en_ewt-ud-", "gum_clean."):
        texts = conllu(f"{shared}/corpora/ud/{name}{split}.conllu.gz")
        documents = read([t[0] for t in texts])
        counts = {}
        for kind, place in (("T", 1), ("S", 2)):
            gold, found = set(), set()
            for i, (t, doc) in enumerate(zip(texts, documents)):
                gold |= {(i, *s) for s in t[place]}
                found |= {(i, s[0], s[1]) for s in doc.get(kind, [])}
            counts[kind] = gold, found
        starts = f1({s[:2] for s in counts["S"][0]}, {s[:2] for s in counts["S"][1]})
        print(f"{name}{split}: tokens {f1(*counts['T']):.4f}, sentences {f1(*counts['S']):.4f}, sentence starts {starts:.4f}")
        if n_errors and part in ("tokens", "sentences"):
            gold, found = counts[part[0].upper()]
            covering = collections.defaultdict(list)
            for i, s, e in sorted(found - gold):
                for at in range(s, min(e, s + 100)):
                    covering[i, at].append((s, e))
            for i, a, b in sorted(gold - found)[:n_errors] if part == "tokens" else []:
                text = texts[i][0]
                near = " ".join(text[s:e] for s, e in sorted({x for at in range(a, b) for x in covering[i, at]}))
                print("  gold", repr(text[a:b]), "found", repr(near), "in", repr(text[max(0, a - 20):b + 20]))
            if part == "sentences":
                gold_starts = {s[:2] for s in gold}
                found_starts = {s[:2] for s in found}
                for label, rows in (("missed", gold_starts - found_starts), ("wrong", found_starts - gold_starts)):
                    for i, a in sorted(rows)[:n_errors]:
                        text = texts[i][0]
                        print("  ", label, repr(text[max(0, a - 50):a]), "|", repr(text[a:a + 40]))


RUBY_STRING = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""


def ruby(literal):
    body = literal[1:-1]
    if literal[0] == "'":
        return re.sub(r"\\(['\\])", r"\\1", body)
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m.group(1), m.group(1)), body)


def score_golden_rules(shared, n_errors):
    """Cases of the pragmatic_segmenter specification; white space does not count."""
    try:
        spec = open(f"{shared}/corpora/sentence-segmentation/english_spec.rb", encoding="utf-8").read()
    except FileNotFoundError:
        print("golden rules: skipped, no specification")
        return
    cases = []
    for title, body in re.findall(r"^\s+it ['\"](.*?)['\"] do$(.*?)^    end$", spec, re.M | re.S):
        text = re.search(r"text: " + RUBY_STRING, body) or re.search(r"text = " + RUBY_STRING, body)
        expected = re.search(r"eq\(\[(.*)\]\)", body, re.S)
        if text and expected:
            cases.append((title, ruby(text.group(1)), [ruby(m) for m in re.findall(RUBY_STRING, expected.group(1))]))
    good = [0, 0]
    total = [0, 0]
    for (title, text, expected), doc in zip(cases, read([c[1] for c in cases])):
        group = 0 if "correctly segments" not in title else 1
        found = ["".join(text[s[0]:s[1]].split()) for s in doc.get("S", [])]
        ok = found == ["".join(e.split()) for e in expected]
        total[group] += 1
        good[group] += ok
        if not ok and n_errors > 0:
            n_errors -= 1
            print("  ", title, "\n      expected", expected, "\n      found   ", [text[s[0]:s[1]] for s in doc.get("S", [])])
    print(f"golden rules: {good[0]} of {total[0]}; other cases of the specification: {good[1]} of {total[1]}")


def articles(path):
    return [json.loads(line) for line in gzip.open(path, "rt", encoding="utf-8")]


def score_mentions(shared, n_errors):
    for split in ("train", "dev"):
        docs = articles(f"{shared}/corpora/annotated/articles.{split}.jsonl.gz")
        good = total = 0
        for d, r in zip(docs, read([d["text"] for d in docs])):
            starts = {t[0] for t in r["T"]}
            ends = {t[1] for t in r["T"]}
            for m in d["mentions"]:
                total += 1
                ok = m["start"] in starts and m["end"] in ends
                good += ok
                if not ok and n_errors > 0:
                    n_errors -= 1
                    print("  ", repr(m["text"]), repr(d["text"][m["start"] - 10:m["end"] + 10]))
        print(f"annotated {split}: {good} of {total} mentions at token boundaries ({good / total:.4f})")


def gold_stretches(text, quotes):
    """Pieces of direct and mixed content that stand directly between quotation marks."""
    for q in quotes:
        if q["type"] not in ("direct", "mixed"):
            continue
        for c in q["content"]:
            yield c["start"], c["end"], q["type"]


def score_marks(shared, n_errors):
    sets = [("annotated train", articles(f"{shared}/corpora/annotated/articles.train.jsonl.gz")),
            ("annotated dev", articles(f"{shared}/corpora/annotated/articles.dev.jsonl.gz")),
            ("polnear dev", articles(f"{shared}/corpora/quotes/polnear.dev.jsonl.gz"))]
    for name, docs in sets:
        good = total = 0
        for d, r in zip(docs, read([d["text"] for d in docs])):
            text = d["text"]
            found = {(m[0], m[1]) for m in r.get("M", [])}
            trimmed = {strip(text, a, b) for a, b in found}
            quotes = d["quotes"] if "quotes" in d else [q for a in d.get("annotations", []) for q in a.get("quotes", [])]
            for a, b in sorted(set(marked_pieces(text, quotes))):
                total += 1
                ok = (a, b) in trimmed
                good += ok
                if not ok and n_errors > 0:
                    n_errors -= 1
                    near = [text[x:y] for x, y in sorted(trimmed) if x < b and y > a]
                    print("  ", d["id"], repr(text[max(0, a - 25):b + 25]), "\n      found", near)
        print(f"{name}: {good} of {total} marked contents are stretches ({good / total:.4f})")


def strip(text, a, b):
    while a < b and text[a].isspace():
        a += 1
    while a < b and text[b - 1].isspace():
        b -= 1
    return a, b


def marked_pieces(text, quotes):
    """Contents, or parts of contents, of which a mark stands before and behind."""
    for q in quotes:
        for c in q["content"]:
            a, b = strip(text, c["start"], c["end"])
            while a < b and text[a] in "\"“„«":
                a += 1
            while a < b and text[b - 1] in "\"”»":
                b -= 1
            # PolNeAR writes '' in some files
            if text[a:a + 2] == "''":
                a += 2
            if text[b - 2:b] == "''":
                b -= 2
            inner = text[a:b]
            if any(x in inner for x in "\"“”„«»\n") or "''" in inner:
                continue
            before, behind = text[:a].rstrip(), text[b:].lstrip()
            if not before or not behind:
                continue
            opens = before[-1] in "\"“„«" or before.endswith("''") or before[-1] in "‘'" and before[-2:-1] in " \n"
            closes = behind[0] in "\"”»" or behind.startswith("''") or behind[0] in "’'"
            if opens and closes:
                yield strip(text, a, b)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--part")
    parser.add_argument("--split", default="dev", help="of the treebanks: dev or train")
    args = parser.parse_args()
    if args.part in (None, "tokens", "sentences"):
        score_treebanks(args.shared, args.errors, args.part, args.split)
    if args.part in (None, "golden"):
        score_golden_rules(args.shared, args.errors)
    if args.part in (None, "mentions"):
        score_mentions(args.shared, args.errors)
    if args.part in (None, "marks"):
        score_marks(args.shared, args.errors)


if __name__ == "__main__":
    main()
