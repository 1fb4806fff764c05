#!/usr/bin/env python3
"""Score build/extract's keyphrases: stemmed exact match, macro F1 at 5, 10 and 15, as ../shared/scoring/keyphrases.py defines it.

  tests/accuracy/keyphrases.py GOLD.jsonl.gz [--misses N]      needs the PyPI package `snowballstemmer`
"""
import re
import sys

import snowballstemmer

from run import extract, read_jsonl

STEM = snowballstemmer.stemmer("porter").stemWord


def norm(phrase):
    return " ".join(STEM(w) for w in re.findall(r"\w+", phrase.lower()))


def main():
    docs = read_jsonl(sys.argv[1])
    misses = int(sys.argv[3]) if "--misses" in sys.argv else 0
    rows = extract([(i, d["text"]) for i, d in enumerate(docs)], "keyphrases")
    answers = [[k["phrase"] for k in row["keyphrases"]] for row in rows]
    for n in (5, 10, 15):
        total = 0.0
        for d, phrases in zip(docs, answers):
            gold = {norm(k) for k in d["keyphrases"]}
            got = list(dict.fromkeys(norm(k) for k in phrases[:15]))[:n]
            hit = len(gold & set(got))
            total += 2 * hit / (len(gold) + len(got)) if hit else 0.0
        print("F1@%d %.4f" % (n, total / len(docs)), end="  ")
    print("of %d documents" % len(docs))
    for d, phrases in list(zip(docs, answers))[:misses]:
        print("\n%s\n  gold: %s\n  ours: %s" % (d["id"], "; ".join(d["keyphrases"]), "; ".join(phrases[:15])))


if __name__ == "__main__":
    main()
