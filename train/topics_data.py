#!/usr/bin/env python3
"""Texts for train_topics and topic_clusters, as one file.

  topics_data.py labelled CORPORA OUT
  topics_data.py all      CORPORA OUT

labelled, in: CORPORA/topics/mediatopics_labelled*.jsonl.gz and data/topics/readings*.tsv (rows of HuffPost headlines and of Wikinews).
Out: for each text a line "split TAB weight TAB codes TAB bytes" and then the bytes: title, blank line, text.
Split: of each labelled file every fifth text (the scorer's --part 4/5) and the articles of annotated/articles.dev are `dev`; a text
of `readings` is always `train`.  The word lists of data/topics/seeds.tsv, whole and in pieces, and the labels and definitions of the tree follow as
texts of less weight.  Probabilities are learned from texts of weight 1 alone.

all, in: the news corpora and the sentences of the name corpora, the first 400 words of each text; their words are only counted.
"""
import gzip
import json
import sys
from pathlib import Path

what, corpora, out = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
READING_WEIGHT, SEED_WEIGHT, SEED_WORDS, TREE_WEIGHT = 0.95, 0.6, 6, 0.2
here = Path(__file__).resolve().parent.parent


def rows(path):
    with gzip.open(corpora / path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def write(f, split, weight, codes, title, text):
    body = ((title + "\n\n" + text) if title else text).encode()
    f.write(("%s\t%g\t%s\t%d\n" % (split, weight, ",".join(c.replace("medtop:", "") for c in codes), len(body))).encode())
    f.write(body + b"\n")


def labelled(f):
    measured = {d["id"] for d in rows("annotated/articles.dev.jsonl.gz")}
    for path in ("topics/mediatopics_labelled.jsonl.gz", "topics/mediatopics_labelled_2.jsonl.gz"):
        for i, d in enumerate(rows(path)):
            dev = i % 5 == 4 or d["id"] in measured
            write(f, "dev" if dev else "train", 1, d["topics"], d["title"], d["text"])
    for name, path in (("readings", "topics/huffpost_sample.jsonl.gz"), ("readings_wikinews", "news_free/wikinews_2004_2006.jsonl.gz")):
        texts = rows(path)
        for line in open(here / "data/topics" / (name + ".tsv"), encoding="utf-8"):
            if not line.startswith("#"):
                i, codes = line.rstrip("\n").split("\t")
                d = texts[int(i)]
                write(f, "train", READING_WEIGHT, codes.split(","), d.get("headline") or d["title"], d.get("short_description") or d["text"])
    for line in open(here / "data/topics/seeds.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            codes, words = line.rstrip("\n").split("\t")
            write(f, "train", SEED_WEIGHT, codes.split(","), None, words)
            words = words.split(", ")
            for at in range(0, len(words), SEED_WORDS):
                write(f, "train", SEED_WEIGHT, codes.split(","), None, ", ".join(words[at:at + SEED_WORDS]))
    with gzip.open(here / "data/topics/mediatopics.tsv.gz", "rt", encoding="utf-8") as tree:
        for line in tree:
            if not line.startswith("#"):
                code, _, label, definition, _, level = line.rstrip("\n").split("\t")
                if int(level) <= 4:
                    write(f, "train", TREE_WEIGHT, [code], label, definition)


def unlabelled(f):
    for path in ("news/allsides", "news_free/congress_press", "news_free/whitehouse", "news_free/wikinews_2004_2006",
                 "news/wikinews_2019", "annotated/articles.train", "topics/huffpost_sample"):
        for d in rows(path + ".jsonl.gz"):
            text = d.get("body") or d.get("text") or d.get("short_description") or ""
            write(f, "none", 1, ["-"], d.get("title") or d.get("headline"), " ".join(text.split()[:400]))
    for path in ("gmb.train", "uner.train", "crossner.all", "wikigold.all"):
        with gzip.open(corpora / "ner" / (path + ".tsv.gz"), "rt", encoding="utf-8") as tokens:
            sentence = []
            for line in tokens:
                if line.strip():
                    sentence.append(line.split("\t")[0])
                elif sentence:
                    write(f, "none", 1, ["-"], None, " ".join(sentence))
                    sentence = []


with open(out, "wb") as f:
    (labelled if what == "labelled" else unlabelled)(f)
