#!/usr/bin/env python3
"""Accuracy of topics on classes they were not trained on: the class of a text is that of its best topic that belongs to a class.

  tests/accuracy/topic_classes.py masakhanews|bbc FILE.jsonl.gz [--misses N]

A class is a set of subtrees of Media Topics; the deepest subtree that holds a topic decides.  A text none of whose topics
belongs to a class gets the class of GENERAL.
"""
import collections
import gzip
import sys
from pathlib import Path

from run import ROOT, extract, read_jsonl

ECONOMY, SPORT, ARTS, POLITICS, HEALTH, SCIENCE = "04000000", "15000000", "01000000", "11000000", "07000000", "13000000"
COMPUTING = ["20000225", "20000763", "20000086", "20001182", "20001361", "20000762", "20001183", "20000769", "20000540"]
CLASSES = {
    "masakhanews": {
        "business": [ECONOMY, "09000000"],
        "sports": [SPORT],
        "entertainment": [ARTS, "20000505", "20000504", "20000498"],
        "politics": [POLITICS, "16000000", "20000771"],
        "health": [HEALTH, "20000737", "20001339", "20000710", "20001359"],
        "technology": [SCIENCE] + COMPUTING,
    },
    "bbc": {
        "business": [ECONOMY, "09000000"],
        "sport": [SPORT],
        "entertainment": [ARTS, "20000505", "20000504", "20000498"],
        "politics": [POLITICS, "16000000", "05000000", "20000771"],
        "tech": [SCIENCE] + COMPUTING,
    },
}
GENERAL = "politics"


def parents():
    with gzip.open(ROOT / "data/topics/mediatopics.tsv.gz", "rt", encoding="utf-8") as f:
        return {c[0]: c[1] for c in (line.split("\t") for line in f if not line.startswith("#"))}


def main():
    what, path = sys.argv[1], sys.argv[2]
    misses = int(sys.argv[4]) if "--misses" in sys.argv else 0
    up, owner = parents(), {}
    for name, codes in CLASSES[what].items():
        for code in codes:
            owner[code] = name

    def class_of(code):
        code = code.replace("medtop:", "")
        while code and code not in owner:
            code = up.get(code)
        return owner.get(code)

    docs = read_jsonl(path)
    texts = [(d.get("title") or d.get("headline") or "") + "\n\n" + d["text"] for d in docs]
    right, confusion = 0, collections.Counter()
    for d, row in zip(docs, extract(list(enumerate(texts)), "topics")):
        got = next((c for c in (class_of(t["code"]) for t in row["topics"]) if c), GENERAL)
        right += got == d["category"]
        confusion[d["category"], got] += 1
        if got != d["category"] and misses > 0:
            misses -= 1
            print("%s, found %s: %s | %s" % (d["category"], got, (d.get("title") or d.get("headline"))[:80],
                                              ", ".join("%s %.2f" % (t["topic"], t["score"]) for t in row["topics"][:4])))
    print("%s: accuracy %.4f of %d" % (Path(path).name, right / len(docs), len(docs)))
    for name in CLASSES[what]:
        print("  %-14s %s" % (name, "  ".join("%s %d" % (g, n) for (c, g), n in sorted(confusion.items()) if c == name)))


if __name__ == "__main__":
    main()
