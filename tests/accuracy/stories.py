#!/usr/bin/env python3
"""Stories: B-cubed precision, recall and F1 of build/cluster on articles grouped by event.

  make build/cluster && tests/accuracy/stories.py [SHARED]

SHARED (../shared by default) holds corpora/news/{story_clusters.odd,basil_2010_2014}.jsonl.gz and scoring/clusters.py. Each file alone, then both among the
articles of allsides.jsonl.gz (--background), where only the grouped ones count.
"""
import gzip
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def day(text):
    return (datetime.fromisoformat(str(text)[:19]) - datetime(1970, 1, 1)).total_seconds() / 86400


def rows(path, gold, date, body):
    with gzip.open(path, "rt") as f:
        for line in f:
            r = json.loads(line)
            yield day(r[date]), gold(r), (r["title"] or "") + "\n\n" + (r[body] or "")


def stories(articles):
    articles.sort(key=lambda a: a[0])
    feed = []
    for number, (published, _, text) in enumerate(articles):
        data = text.encode()
        feed += [b"%d\t%.5f\t%d\n" % (number, published, len(data)), data]
    out = subprocess.run([ROOT / "build/cluster"], input=b"".join(feed), stdout=subprocess.PIPE, check=True).stdout.decode()
    return {int(n): story for n, story, *_ in (line.split("\t") for line in out.splitlines())}


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared"
    sys.path.insert(0, str(shared / "scoring"))
    from clusters import bcubed
    news = shared / "corpora/news"
    files = {
        "story_clusters.odd": list(rows(news / "story_clusters.odd.jsonl.gz", lambda r: f"odd {r['newsCluster']['EventId']}", "date_publish", "text")),
        "basil_2010_2014": list(rows(news / "basil_2010_2014.jsonl.gz", lambda r: f"basil {r['triplet-uuid']}", "date", "body")),
    }
    runs = [(name, list(a)) for name, a in files.items()]
    if "--background" in sys.argv:
        background = list(rows(news / "allsides.jsonl.gz", lambda r: None, "date", "body"))
        runs.append(("both among allsides", sum(files.values(), []) + background))
    for name, articles in runs:
        guess = stories(articles)
        for prefix in ("odd", "basil"):
            gold = {n: a[1] for n, a in enumerate(articles) if a[1] and a[1].startswith(prefix)}
            if gold:
                print(f"{name}: {prefix}: {len(gold)} articles, B-cubed P %.3f R %.3f F1 %.3f" % bcubed(gold, {n: guess[n] for n in gold}))


if __name__ == "__main__":
    main()
