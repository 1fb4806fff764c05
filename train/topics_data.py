#!/usr/bin/env python3
"""The labelled texts of the topic model as one file for train_topics.

  topics_data.py CORPORA OUT

In: CORPORA/topics/mediatopics_labelled*.jsonl.gz and data/topics/readings.tsv (rows of CORPORA/topics/huffpost_sample.jsonl.gz).
Out: for each text a line "split TAB weight TAB codes TAB bytes" and then the bytes: title, blank line, text.
Split: of each labelled file every fifth text (the scorer's --part 4/5) and the articles of annotated/articles.dev are `dev`; a text
of `readings` is always `train`.
"""
import gzip
import json
import sys
from pathlib import Path

corpora, out = Path(sys.argv[1]), sys.argv[2]
here = Path(__file__).resolve().parent.parent


def rows(path):
    with gzip.open(corpora / path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def write(f, split, weight, codes, title, text):
    body = ((title + "\n\n" + text) if title else text).encode()
    f.write(("%s\t%g\t%s\t%d\n" % (split, weight, ",".join(c.replace("medtop:", "") for c in codes), len(body))).encode())
    f.write(body + b"\n")


measured = {d["id"] for d in rows("annotated/articles.dev.jsonl.gz")}
with open(out, "wb") as f:
    for path in ("topics/mediatopics_labelled.jsonl.gz", "topics/mediatopics_labelled_2.jsonl.gz"):
        for i, d in enumerate(rows(path)):
            dev = i % 5 == 4 or d["id"] in measured
            write(f, "dev" if dev else "train", 1, d["topics"], d["title"], d["text"])
    headlines = rows("topics/huffpost_sample.jsonl.gz")
    for line in open(here / "data/topics/readings.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            i, codes = line.rstrip("\n").split("\t")
            d = headlines[int(i)]
            write(f, "train", 1, codes.split(","), d["headline"], d["short_description"])
