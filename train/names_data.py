#!/usr/bin/env python3
"""Text and mentions of every corpus of names in one plain form, for train_names.

  names_data.py CORPORA OUT_DIRECTORY

Writes OUT_DIRECTORY/{train,annotated_dev,uner_dev}.names.  A document is

  D corpus open_kinds n_bytes n_lines        open_kinds: bits of the kinds that the corpus does not mark
  the text, n_bytes bytes, and a newline
  M start_byte end_byte kinds                a mention that is one of these kinds (bit 11: or no name at all)
  W start_byte end_byte weight               sentences that start here count so much (thousandths; default 1000)

Sentences of token files are joined in tens, as ../shared/scoring/entities.py does.  The annotated articles come again,
with small weights, with headings in Title Case and capitals above the body, and a third each in lower case, capitals and Title Case.
"""
import gzip
import json
import os
import random
import re
import sys

import names_gum

KINDS = ["person", "organization", "place", "facility", "nationality", "event", "product", "work", "law", "award", "language"]
BIT = {k: 1 << i for i, k in enumerate(KINDS)}
NO_NAME = 1 << 11
ALL = (1 << 11) - 1
MISC = BIT["nationality"] | BIT["event"] | BIT["product"] | BIT["work"] | BIT["law"] | BIT["award"] | BIT["language"]
LABELS = {"PER": BIT["person"], "ORG": BIT["organization"], "LOC": BIT["place"] | BIT["facility"],
          "NORP": BIT["nationality"], "MISC": MISC | NO_NAME}
NO_SPACE_BEFORE = {".", ",", ";", ":", "?", "!", ")", "]", "}", "%", "'s", "’s", "n't", "n’t", "'re", "’re", "'ve", "’ve",
                   "'ll", "’ll", "'d", "’d", "'m", "’m", "''", "”", "'", "’", "..."}
NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "``", "“", "‘"}
LEAD = re.compile(r"^(?:the|mr\.?|mrs\.?|ms\.?|dr\.?|sen\.?|rep\.?|gov\.?|gen\.?|lt\.?|col\.?|capt\.?|sgt\.?|prof\.?|rev\.?|president|"
                  r"senator|minister|prime minister|general|judge|sir|king|queen|pope|governor|congressman|congresswoman|secretary) +(?=[A-Z])")


def opened(path):
    return gzip.open(path, "rt", encoding="utf-8")


def sentences_of(path):
    sentence = []
    with opened(path) as f:
        for line in f:
            line = line.rstrip("\n")
            if line:
                sentence.append(line.split("\t")[:2])
            elif sentence:
                yield sentence
                sentence = []
    if sentence:
        yield sentence


def detokenize(tokens):
    text, spans, glue, open_quote = "", [], True, False
    for token in tokens:
        shown = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}.get(token, token)
        before = open_quote if shown == '"' else shown in NO_SPACE_BEFORE
        if not glue and not before:
            text += " "
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        glue = shown in NO_SPACE_AFTER
        if shown == '"':
            open_quote = not open_quote
            glue = open_quote
    return text, spans


def trim(text, s, e, kinds):
    """Without article, title and possessive, as the annotated articles have it."""
    while True:
        lead = LEAD.match(text[s:e]) if kinds & BIT["person"] else re.match(r"^the +", text[s:e])
        if not lead:
            break
        s += lead.end()
    if text[s:e].endswith(("'s", "’s")):
        e -= 2
    while e > s and text[e - 1] == " ":
        e -= 1
    return s, e


class Writer:
    def __init__(self, path):
        self.f = open(path, "wb")
        self.n = 0

    def document(self, corpus, open_kinds, text, mentions, regions=()):
        text = text.replace("\0", " ")
        raw = text.encode("utf-8", "replace")
        at = [0]
        for c in text:
            at.append(at[-1] + len(c.encode("utf-8", "replace")))
        lines = ["M %d %d %d" % (at[s], at[e], k) for s, e, k in sorted(mentions)]
        lines += ["W %d %d %d" % (at[s], at[e], w) for s, e, w in regions]
        self.f.write(b"D %s %d %d %d\n" % (corpus.encode(), open_kinds, len(raw), len(lines)))
        self.f.write(raw + b"\n")
        for line in lines:
            self.f.write(line.encode() + b"\n")
        self.n += 1


def token_file(out, corpus, path, open_kinds, labels, size=10):
    batch = list(sentences_of(path))
    for at in range(0, len(batch), size):
        text, mentions = "", []
        for sentence in batch[at:at + size]:
            shown, where = detokenize([t for t, _ in sentence])
            if text:
                text += "\n"
            base = len(text)
            text += shown
            i = 0
            while i < len(sentence):
                tag = sentence[i][1]
                if not tag.startswith("B-"):
                    i += 1
                    continue
                j = i + 1
                while j < len(sentence) and sentence[j][1] == "I-" + tag[2:]:
                    j += 1
                s, e = trim(text, where[i][0] + base, where[j - 1][1] + base, labels[tag[2:]])
                if s < e:
                    mentions.append((s, e, labels[tag[2:]]))
                i = j
        out.document(corpus, open_kinds, text, mentions)


def recase(text, how):
    """Another case of the same length."""
    if how == "title":
        changed = re.sub(r"(?<![\w'’])\w", lambda m: m.group().upper(), text)
    else:
        changed = text.upper() if how == "upper" else text.lower()
    if len(changed) == len(text):
        return changed
    return "".join(b if len(b) == 1 else a for a, b in ((c, c.upper() if how == "upper" else c.lower()) for c in text))


def sentence_spans(text):
    """Rough sentences inside paragraphs, for headings made of them."""
    for p in re.finditer(r"[^\n]+", text):
        for m in re.finditer(r"[^.!?]+", p.group()):
            s, e = m.start() + p.start(), m.end() + p.start()
            while s < e and text[s] in " \"'”’)“":
                s += 1
            if 20 < e - s < 90:
                yield s, e


def with_headings(out, rng, text, mentions, how):
    """The body with three of its sentences as headings above it; only the headings count."""
    spans = [x for x in sentence_spans(text) if not any(s < x[0] < e or s < x[1] < e for s, e, _ in mentions)]
    chosen = rng.sample(spans, min(3, len(spans)))
    head, moved, regions = "", [], []
    for s, e in chosen:
        base = len(head)
        head += recase(text[s:e].strip(), how) + "\n\n"
        moved += [(a - s + base, b - s + base, k) for a, b, k in mentions if a >= s and b <= e and b - s + base <= len(head)]
        regions.append((base, len(head), 250))
    regions.append((len(head), len(head) + len(text), 0))
    out.document("headings", 0, head + text, moved + [(a + len(head), b + len(head), k) for a, b, k in mentions], regions)


def annotated(out, path, copies):
    rng = random.Random(7)
    for n, doc in enumerate(json.loads(line) for line in opened(path)):
        text = doc["text"]
        mentions = [(m["start"], m["end"], BIT[m["kind"]]) for m in doc["mentions"] if m["kind"] in BIT]
        out.document("annotated", 0, text, mentions)
        if copies:
            with_headings(out, rng, text, mentions, "title")
            with_headings(out, rng, text, mentions, "upper")
            out.document("cases", 0, recase(text, ("lower", "upper", "title")[n % 3]), mentions)


def main():
    corpora, to = sys.argv[1:3]
    os.makedirs(to, exist_ok=True)
    other = ALL & ~(LABELS["PER"] | LABELS["ORG"] | LABELS["LOC"])
    out = Writer(to + "/train.names")
    annotated(out, corpora + "/annotated/articles.train.jsonl.gz", True)
    token_file(out, "uner", corpora + "/ner/uner.train.tsv.gz", other, LABELS)
    token_file(out, "wikigold", corpora + "/ner/wikigold.all.tsv.gz", BIT["facility"], LABELS)
    token_file(out, "crossner", corpora + "/ner/crossner.all.tsv.gz", MISC, LABELS)
    token_file(out, "btc", corpora + "/ner/btc.train.tsv.gz", other, LABELS)
    titles = names_gum.titles_of(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../data/lexicon/sets.tsv"))
    for text, mentions, regions in names_gum.texts(corpora + "/ud/gum_clean.train.conllu.gz", titles):
        out.document("gum", other & ~BIT["event"], text, [(s, e, sum(BIT[k] for k in kinds)) for s, e, kinds in mentions], regions)
    print("train: %d documents" % out.n)
    out = Writer(to + "/annotated_dev.names")
    annotated(out, corpora + "/annotated/articles.dev.jsonl.gz", False)
    out = Writer(to + "/uner_dev.names")
    token_file(out, "uner", corpora + "/ner/uner.dev.tsv.gz", other, LABELS)


if __name__ == "__main__":
    main()
