#!/usr/bin/env python3
"""Score build/extract's topics on labelled texts, as ../shared/scoring/topics.py defines it, and how far the scores can be trusted.

  tests/accuracy/topics.py GOLD.jsonl.gz ... [--part K/N] [--words N] [--title-only] [--title-case] [--misses N]

--part 4/5 gives the texts that train/topics_data.py keeps for measuring (but for the articles of annotated/articles.dev, which it
keeps as well).  Reliability: of the rows with a score in a band, the share that is a gold code or lies above one.
"""
import argparse
import gzip

from run import ROOT, extract, read_jsonl


def parents():
    with gzip.open(ROOT / "data/topics/mediatopics.tsv.gz", "rt", encoding="utf-8") as f:
        rows = [line.split("\t") for line in f if not line.startswith("#")]
    return {"medtop:" + c[0]: "medtop:" + c[1] if c[1] else "" for c in rows}


def line_up(code, up):
    path = [code if code.startswith("medtop:") else "medtop:" + code]
    while up.get(path[0]):
        path.insert(0, up[path[0]])
    return path


def main():
    a = argparse.ArgumentParser()
    a.add_argument("gold", nargs="+")
    a.add_argument("--part")
    a.add_argument("--words", type=int)
    a.add_argument("--title-only", action="store_true")
    a.add_argument("--title-case", action="store_true")
    a.add_argument("--misses", type=int, default=0)
    a = a.parse_args()
    docs = []
    for path in a.gold:
        part = read_jsonl(path)
        if a.part:
            k, n = map(int, a.part.split("/"))
            part = part[k::n]
        docs += part
    texts = []
    for d in docs:
        text = d["title"] if a.title_only else d["title"] + "\n\n" + d["text"] if d.get("title") else d["text"]
        if a.words:
            text = " ".join(text.split()[:a.words])
        texts.append("\n\n".join(p.title() for p in text.split("\n\n")) if a.title_case else text)
    up = parents()
    l1 = l2 = best = has2 = silent = n_rows = 0
    bands = [[0, 0, 0.0] for _ in range(10)]
    for d, row in zip(docs, extract(list(enumerate(texts)), "topics")):
        got = [line_up(t["code"], up) for t in row["topics"]]
        gold = [line_up(c, up) for c in d["topics"]]
        above = {c for g in gold for c in g}
        second = {g[1] for g in gold if len(g) > 1}
        first = bool(got) and got[0][0] in {g[0] for g in gold}
        l1 += first
        has2 += bool(second)
        l2 += bool(second & {g[1] for g in got[:3] if len(g) > 1})
        best += bool(got) and (got[0][-1] in {g[-1] for g in gold} or got[0][-1] in gold[0] or gold[0][-1] in got[0])
        silent += not got
        n_rows += len(got)
        for t, g in zip(row["topics"], got):
            band = bands[min(9, int(t["score"] * 10))]
            band[0] += 1
            band[1] += g[-1] in above
            band[2] += t["score"]
        if not first and a.misses > 0:
            a.misses -= 1
            print("%s | %s | ours: %s | gold: %s" % (d["id"], d["title"][:90], ", ".join(
                "%s %.2f" % (t["topic"], t["score"]) for t in row["topics"][:4]), " ".join(d["topics"])))
    print("%d texts: L1@1 %.4f  L2@3 %.4f  best %.4f; %.2f rows a text, without a row %d" %
          (len(docs), l1 / len(docs), l2 / max(1, has2), best / len(docs), n_rows / len(docs), silent))
    for i, (n, right, total) in enumerate(bands):
        if n:
            print("  score %.1f-%.1f: %5d rows, mean %.3f, right %.3f" % (i / 10, (i + 1) / 10, n, total / n, right / n))


if __name__ == "__main__":
    main()
