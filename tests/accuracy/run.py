#!/usr/bin/env python3
"""Score the core on a gold file without a server: runs build/extract and hands its rows to ../shared/scoring.

  tests/accuracy/run.py quotes   GOLD.jsonl.gz [--misses N]
  tests/accuracy/run.py articles GOLD.jsonl.gz [--misses N]
  tests/accuracy/run.py entities GOLD.tsv.gz   [--misses N]
  tests/accuracy/run.py raw OUTPUT FILE.jsonl.gz      print build/extract's rows (OUTPUT: quotes, entities, topics, ...)
"""
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCORING = ROOT.parent / "shared" / "scoring"
sys.path.insert(0, str(SCORING))


def extract(texts, *outputs):
    """Rows of build/extract for (id, text) pairs."""
    data = b"".join(b"%s\t%d\n" % (str(i).encode(), len(t)) + t for i, t in ((i, t.encode()) for i, t in texts))
    out = subprocess.run([str(ROOT / "build" / "extract"), *outputs], input=data, stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in out.stdout.decode("utf-8", "replace").splitlines()]


def read_jsonl(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def score(scorer, gold, rows, rest):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for row in rows:
            f.write(json.dumps(row, ensure_ascii=False) + "\n")
        f.flush()
        subprocess.run([sys.executable, str(SCORING / (scorer + ".py")), gold, "--predictions", f.name, *rest], check=True)


def main():
    what, gold, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    if what == "raw":
        for row in extract([(d.get("id", d.get("ID")), d.get("text", d.get("body"))) for d in read_jsonl(rest[0])], gold):
            print(json.dumps(row, ensure_ascii=False))
    elif what == "entities":
        import entities
        items = list(entities.load(gold))
        rows = extract([(i, text) for i, (text, _, _) in enumerate(items)], "entities")
        score(what, gold, [{"id": int(r["id"]), "mentions": [[s, e, x["kind"]] for x in r["entities"] for s, e in x["spans"]]}
                           for r in rows], rest)
    else:
        docs = read_jsonl(gold)
        output = {"quotes": "quotes", "articles": "entities"}[what]
        score(what, gold, extract([(d["id"], d["text"]) for d in docs], output), rest)


if __name__ == "__main__":
    main()
