#!/usr/bin/env python3
"""Lay gold quotes out for train_quotes: quotes_data.py CORPORA OUT_FOLDER

One file a corpus.  Lines, tab-separated, offsets in bytes:
  DOC id n_bytes          followed by the text itself and a line feed
  M start end kind name   a gold mention (annotated articles only)
  Q type speaker_kind speaker names(|) via addressee
  c start end             a piece of the content of the quote above; s: its source; u: its cue
  END
"""
import gzip
import json
import sys
from pathlib import Path


def read(path):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def flat(s):
    return " ".join((s or "").split())


def write(docs, path):
    with open(path, "wb") as out:
        def line(*fields):
            out.write(("\t".join(str(f) for f in fields) + "\n").encode())
        for d in docs:
            text = d["text"].replace("\0", " ")
            at = [0]
            for ch in text:
                at.append(at[-1] + len(ch.encode()))
            line("DOC", d["id"], at[-1])
            out.write(text.encode() + b"\n")
            for m in d.get("mentions", []):
                line("M", at[m["start"]], at[m["end"]], m["kind"], flat(m["name"]))
            for q in d["quotes"] if "quotes" in d else d["annotations"][0]["quotes"]:
                s = q.get("speaker") or {}
                names = s.get("names") or []
                line("Q", q["type"], s.get("kind") or "-", flat(s.get("name") or (names[-1] if names else "")) or "-",
                     "|".join(flat(n) for n in names) or "-", flat(q.get("via")) or "-", flat(q.get("addressee")) or "-")
                for code, field in (("c", "content"), ("s", "source"), ("u", "cue")):
                    for p in q.get(field) or []:
                        line(code, at[p["start"]], at[p["end"]])
            line("END")


def main():
    corpora, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    write(read(corpora / "annotated/articles.train.jsonl.gz"), out / "annotated.train")
    write(read(corpora / "annotated/articles.dev.jsonl.gz"), out / "annotated.dev")
    gum = read(corpora / "quotes/gum_attributions.train_dev.jsonl.gz")
    write([d for n, d in enumerate(gum) if n % 4 != 3], out / "gum.train")
    write([d for n, d in enumerate(gum) if n % 4 == 3], out / "gum.dev")
    for part in ("train", "dev"):
        write(read(corpora / "quotes/polnear.{}.jsonl.gz".format(part)), out / "polnear.{}".format(part))


if __name__ == "__main__":
    main()
