#!/usr/bin/env python3
"""Cases for train_coreference and entity_check: texts with gold mentions and anaphors, one simple format for all corpora.

  train/coreference_cases.py CORPORA OUT     CORPORA = ../shared/corpora; writes OUT/{gap,gum,gum_dev,articles,articles_dev}.cases

    D id bytes fold        and the bytes of the text
    M start end kind gid   a gold name, byte offsets; gid numbers the document's entities
    P start end gid last   an anaphor (pronoun or description); gid -1: nobody named; last: gid of the last speaker, -1 none
    S gid salience         gold salience of an entity, 0..5 of five summaries
    E

Standard library only.
"""
import gzip
import json
import re
import sys
from pathlib import Path

KINDS = {"person": "person", "organization": "organization", "place": "place", "event": "event", "object": "product", "abstract": "work",
         "animal": "person", "plant": "product", "substance": "product", "time": None}
TITLES = set("president mr mr. mrs mrs. ms ms. dr dr. sen. sen senator rep. rep representative gov. gov governor king queen prince princess "
             "sir lord lady professor prof. judge justice minister secretary chancellor mayor pope saint st. captain general".split())
PRONOUNS = set("he she him her his hers himself herself they them their theirs themselves it its itself".split())


def write_case(out, name, text, mentions, anaphors, fold=0, salience=()):
    offsets, at = [0], 0
    for c in text:
        at += len(c.encode())
        offsets.append(at)
    data = text.encode()
    out.write(b"D %s %d %d\n" % (name.encode(), len(data), fold) + data + b"\n")
    for s, e, kind, gid in sorted(mentions):
        out.write(b"M %d %d %s %d\n" % (offsets[s], offsets[e], kind.encode(), gid))
    for s, e, gid, last in anaphors:
        out.write(b"P %d %d %d %d\n" % (offsets[s], offsets[e], gid, last))
    for gid, n in salience:
        out.write(b"S %d %d\n" % (gid, n))
    out.write(b"E\n")


def gap(path, out):
    for n, line in enumerate(gzip.open(path, "rt", encoding="utf-8")):
        f = line.rstrip("\n").split("\t")
        if n == 0:
            continue
        text, at = f[1], int(f[3])
        a, b = (int(f[5]), int(f[5]) + len(f[4])), (int(f[8]), int(f[8]) + len(f[7]))
        gid = 0 if f[6].upper() == "TRUE" else 1 if f[9].upper() == "TRUE" else -1
        write_case(out, f[0], text, [(*a, "person", 0), (*b, "person", 1)], [(at, at + len(f[2]), gid, -1)], n % 10)


def articles(path, out):
    for n, doc in enumerate(map(json.loads, gzip.open(path, "rt", encoding="utf-8"))):
        ids = {}
        mentions = [(m["start"], m["end"], m["kind"], ids.setdefault((m["name"], m["kind"]), len(ids))) for m in doc["mentions"]]
        by_name = {}
        for (name, _), i in ids.items():
            by_name.setdefault(name, i)
        anaphors, last = [], -1
        for q in doc["quotes"]:
            speaker = q["speaker"] or {"name": None, "names": []}
            gid = by_name.get(speaker["name"], -1)
            source = q["source"]
            if source and not any(x in " ".join(s["text"] for s in source) for x in speaker["names"]):
                anaphors.append((source[0]["start"], source[0]["end"], gid, last))
            last = gid
        write_case(out, doc["id"], doc["text"], mentions, anaphors, n % 10)


def name_span(tokens, s, e, head):
    """The run of proper nouns around the head, without titles."""
    def proper(i):
        return tokens[i][3] in ("NNP", "NNPS")
    if not proper(head):
        return None
    a = b = head
    while a > s and (proper(a - 1) or (a - 2 >= s and tokens[a - 1][2] in ("of", "-", "de", "van") and proper(a - 2))):
        a -= 1
    while b + 1 < e and (proper(b + 1) or (b + 2 < e and tokens[b + 1][2] in ("of", "-", "de", "van") and proper(b + 2))):
        b += 1
    while a < b and tokens[a][2].lower() in TITLES:
        a += 1
    return a, b + 1


def gum_documents(path):
    doc, paragraph = None, True
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            if doc:
                yield doc
            doc = {"id": line.split("=")[1].strip(), "text": "", "tokens": [], "open": [], "spans": [], "salient": {}}
        elif line.startswith("# newpar"):
            paragraph = True
        elif line.startswith("# meta::salientEntities"):
            doc["salient"] = {int(a): int(b) for a, b in re.findall(r"(\d+) \((\d)\*?\)", line)}
        elif line and line[0] != "#":
            f = line.split("\t")
            if not f[0].isdigit():
                continue
            if paragraph:
                doc["text"] = doc["text"].rstrip(" ") + ("\n\n" if doc["text"] else "")
                paragraph = False
            start = len(doc["text"])
            doc["text"] += f[1]
            at = len(doc["tokens"])
            doc["tokens"].append((start, len(doc["text"]), f[1], f[4]))
            m = re.search(r"Entity=([^|]+)", f[9])
            for piece in re.findall(r"\([^()]+\)?|[^()]+\)", m.group(1)) if m else []:
                if piece[0] == "(":
                    x = piece.strip("()").split("-")
                    head = int(x[5].split(",")[0]) if len(x) > 5 else 1
                    doc["open"].append((x[0], x[1], at, head))
                if piece[-1] == ")":
                    key = piece.strip("()").split("-")[0]
                    for i in range(len(doc["open"]) - 1, -1, -1):
                        if doc["open"][i][0] == key:
                            k, etype, s, head = doc["open"].pop(i)
                            doc["spans"].append((k, etype, s, at + 1, s + head - 1))
                            break
            if "SpaceAfter=No" not in f[9]:
                doc["text"] += " "
    if doc:
        yield doc


def gum(path, out):
    for n, doc in enumerate(gum_documents(path)):
        if re.search(r"_(vlog|conversation)_", doc["id"]):
            continue
        tokens = doc["tokens"]
        named, mentions = set(), {}
        for k, etype, s, e, head in doc["spans"]:
            kind = KINDS.get(etype)
            span = name_span(tokens, s, e, head) if kind and head < e else None
            if span and (span[1], span[0]) not in mentions:
                mentions[span[1], span[0]] = (tokens[span[0]][0], tokens[span[1] - 1][1], kind, int(k))
                named.add(k)
        last_end, kept = -1, []
        for m in sorted(mentions.values(), key=lambda m: (m[0], -m[1])):
            if m[0] >= last_end:
                kept.append(m)
                last_end = m[1]
        anaphors = []
        for k, etype, s, e, head in doc["spans"]:
            word = tokens[s][2].lower()
            gid = int(k) if k in named else -1
            if e - s == 1 and word in PRONOUNS:
                anaphors.append((tokens[s][0], tokens[s][1], gid, -1))
            elif word in ("the", "this") and 1 < e - s <= 8 and tokens[head][3] in ("NN", "NNS") and etype in ("person", "organization", "place"):
                anaphors.append((tokens[s][0], tokens[e - 1][1], gid, -1))
        salience = [(int(k), doc["salient"].get(int(k), 0)) for k in named]
        write_case(out, doc["id"], doc["text"], kept, sorted(anaphors), n % 10, sorted(set(salience)))


def main():
    corpora, to = Path(sys.argv[1]), Path(sys.argv[2])
    to.mkdir(parents=True, exist_ok=True)
    for name, read, path in (("gap", gap, "coref/gap-development.tsv.gz"), ("articles", articles, "annotated/articles.train.jsonl.gz"),
                             ("articles_dev", articles, "annotated/articles.dev.jsonl.gz"),
                             ("gum", gum, "ud/gum_clean.train.conllu.gz"), ("gum_dev", gum, "ud/gum_clean.dev.conllu.gz")):
        with open(to / (name + ".cases"), "wb") as out:
            read(corpora / path, out)


if __name__ == "__main__":
    main()
