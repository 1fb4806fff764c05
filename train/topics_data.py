#!/usr/bin/env python3
"""Texts for train_topics and topic_clusters, as one file.

  topics_data.py labelled CORPORA OUT
  topics_data.py all      CORPORA OUT
  topics_data.py names    CORPORA OUT.tsv

labelled, in: CORPORA/topics/mediatopics_labelled*.jsonl.gz and data/topics/readings*.tsv (rows of HuffPost headlines and of Wikinews).
Out: for each text a line "split TAB weight TAB codes TAB bytes" and then the bytes: title, blank line, text.
Split: of each labelled file every fifth text (the scorer's --part 4/5) and the articles of annotated/articles.dev are `dev`; a text
of `readings` is always `train`.  Made-up news in brief (data/topics/briefs.tsv), the word lists of data/topics/seeds.tsv, whole and in pieces, and the labels and definitions of the tree follow as
texts of less weight.  Probabilities are learned from texts of weight 1 alone.

Concepts that no text is given are reached by their names' words: data/topics/name_words.tsv.

names, in: as for all, and the labelled texts.  Out: for each such concept the words that stand in the same news texts as its name
more often than elsewhere.

all, in: the news corpora and the sentences of the name corpora, the first 400 words of each text; their words are only counted.
"""
import gzip
import collections
import json
import math
import re
import sys
from pathlib import Path

what, corpora, out = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
READING_WEIGHT, BRIEF_WEIGHT, SEED_WEIGHT, SEED_WORDS, NAME_WEIGHT, TREE_WEIGHT = 0.95, 0.9, 0.6, 6, 0.8, 0.2
N_NAME_WORDS, LEAST_TEXTS, LEAST_WORD_TEXTS, LEAST_RATIO, MOST_TEXTS = 30, 5, 3, 5, 0.05
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
    for line in open(here / "data/topics/briefs.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            codes, text = line.rstrip("\n").split("\t")
            write(f, "train", BRIEF_WEIGHT, codes.split(","), None, text)
    for line in open(here / "data/topics/seeds.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            codes, words = line.rstrip("\n").split("\t")
            write(f, "train", SEED_WEIGHT, codes.split(","), None, words)
            words = words.split(", ")
            for at in range(0, len(words), SEED_WORDS):
                write(f, "train", SEED_WEIGHT, codes.split(","), None, ", ".join(words[at:at + SEED_WORDS]))
    for line in open(here / "data/topics/name_words.tsv", encoding="utf-8"):
        if not line.startswith("#"):
            code, words = line.rstrip("\n").split("\t")
            write(f, "train", NAME_WEIGHT, [code], None, words)
    for code, _, label, definition, level in tree():
        if level <= 4:
            write(f, "train", TREE_WEIGHT, [code], label, definition)


def tree():
    with gzip.open(here / "data/topics/mediatopics.tsv.gz", "rt", encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                code, parent, label, definition, _, level = line.rstrip("\n").split("\t")
                yield code, parent, label, definition, int(level)


def codes_with_texts():
    """Every code of a training text, and the codes above it."""
    up = {code: parent for code, parent, *_ in tree()}
    codes = set()
    for path in ("topics/mediatopics_labelled.jsonl.gz", "topics/mediatopics_labelled_2.jsonl.gz"):
        codes.update(c.replace("medtop:", "") for i, d in enumerate(rows(path)) if i % 5 != 4 for c in d["topics"])
    for name in ("readings", "readings_wikinews", "briefs", "seeds"):
        for line in open(here / "data/topics" / (name + ".tsv"), encoding="utf-8"):
            if not line.startswith("#"):
                codes.update(line.rstrip("\n").split("\t")[name.startswith("readings")].split(","))
    for code in list(codes):
        while code:
            codes.add(code)
            code = up.get(code)
    return codes


def name_words(f):
    """Words of the news about each concept's name, by the ratio of their frequencies there and everywhere."""
    known = codes_with_texts()
    wanted = [(code, label, definition) for code, _, label, definition, level in tree() if level <= 3 and code not in known]
    by_first = collections.defaultdict(list)
    for code, label, _ in wanted:
        words = re.findall("[a-z]+", re.sub(r"\(.*?\)", "", label).lower())
        by_first[words[0]].append((code, words))
    n_texts, everywhere = 0, collections.Counter()
    texts_of, there = collections.Counter(), collections.defaultdict(collections.Counter)
    for text in unlabelled_texts():
        words = re.findall("[a-z]+", text.lower())
        kinds = set(words)
        n_texts += 1
        everywhere.update(kinds)
        found = set()
        for i, word in enumerate(words):
            for code, name in by_first.get(word, ()):
                if words[i:i + len(name)] == name:
                    found.add(code)
        for code in found:
            texts_of[code] += 1
            there[code].update(kinds)
    f.write(b"# Words that stand in the same news texts as the name of a concept of which there is no labelled text: code of Media Topics; its\n"
            b"# name and definition (IPTC, CC BY 4.0), then words chosen by their counts in the news corpora (see clusters.tsv.gz).\n")
    for code, label, definition in wanted:
        ratio = {w: n * n_texts / (texts_of[code] * everywhere[w]) for w, n in there[code].items()
                 if n >= LEAST_WORD_TEXTS and len(w) > 2 and everywhere[w] < MOST_TEXTS * n_texts and texts_of[code] >= LEAST_TEXTS}
        best = sorted((w for w in ratio if ratio[w] >= LEAST_RATIO),
                      key=lambda w: (-there[code][w] * math.log(ratio[w]), w))[:N_NAME_WORDS]
        f.write(("%s\t%s. %s %s\n" % (code, label, definition, ", ".join(best))).encode())


def unlabelled_texts():
    for path in ("news/allsides", "news_free/congress_press", "news_free/whitehouse", "news_free/wikinews_2004_2006",
                 "news/wikinews_2019", "annotated/articles.train", "topics/huffpost_sample"):
        for d in rows(path + ".jsonl.gz"):
            text = d.get("body") or d.get("text") or d.get("short_description") or ""
            title = d.get("title") or d.get("headline")
            text = " ".join(text.split()[:400])
            yield title + "\n\n" + text if title else text
    for path in ("gmb.train", "uner.train", "crossner.all", "wikigold.all"):
        with gzip.open(corpora / "ner" / (path + ".tsv.gz"), "rt", encoding="utf-8") as tokens:
            sentence = []
            for line in tokens:
                if line.strip():
                    sentence.append(line.split("\t")[0])
                elif sentence:
                    yield " ".join(sentence)
                    sentence = []


def unlabelled(f):
    for text in unlabelled_texts():
        write(f, "none", 1, ["-"], None, text)


with open(out, "wb") as f:
    {"labelled": labelled, "all": unlabelled, "names": name_words}[what](f)
