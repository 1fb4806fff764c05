#!/usr/bin/env python3
"""Made-up news articles for measurements: the project's own sample article with its names, places, numbers, outlets and dates varied.

  bench/generate.py N [--seed S] [--format jsonl|copy]

The same seed gives the same articles. Each is a sample of the paragraphs of examples/*.txt, in order, with every name of
the cast replaced by another; n-th articles of days 2026-01-01 .. 2026-06-29. jsonl: id, title, body, published_at, outlet;
copy: the same columns for COPY.
"""
import argparse
import json
import random
import re
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GIVEN = "Anna Boris Carla David Elena Farid Greta Henrik Irene Jonas Katya Liam Mona Nadia Oscar Paula Quentin Rosa Stefan Tessa Ulrich Vera Willem Yara".split()
LAST = ("Abbott Becker Castell Dupont Eriksen Fontaine Grant Hoffman Ivanova Jansen Keller Lindholm Moreau Novak Okafor Petrov Quinn Rossi Silva "
        "Tanaka Ueda Vargas Weber Young Zimmer Archer Brandt Costa Doyle Falk").split()
PLACES = ("Hamburg Antwerp Lisbon Marseille Dublin Oslo Gdansk Valencia Genoa Athens Helsinki Riga Bremen Bilbao Naples Porto Stockholm Copenhagen "
          "Liverpool Glasgow Boston Seattle Houston Montreal").split()
FIRMS = "Norland Meridian Castor Baltica Hanse Pelican Orion Viking Atlas Coral".split()
OUTLETS = ["Harbour Gazette", "Morning Courier", "Evening Post", "Daily Chronicle", "North Tribune", "Port Observer", "City Herald", "The Standard"]
CAST = [("Marieke", "van Dijk", "Van Dijk"), ("Pieter", "Hoekman", "Hoekman"), ("Wei", "Zhang", "Zhang"), ("Joris", "Bakker", "Bakker")]
SOME_PLACES = ["Rotterdam", "Hamburg", "Antwerp", "Shanghai", "Maasvlakte"]
SOME_FIRMS = ["APM Terminals"]


def varied(text, rng):
    swap = {}
    for given, last, capital in CAST:
        new = rng.choice(LAST)
        swap[f"{given} {last}"] = f"{rng.choice(GIVEN)} {new}"
        swap[last] = swap[capital] = new
    for old in SOME_PLACES:
        swap[old] = rng.choice(PLACES)
    for old in SOME_FIRMS:
        swap[old] = rng.choice(FIRMS) + " Terminals"
    swap["ROTTERDAM"] = swap["Rotterdam"].upper()
    names = re.compile("|".join(re.escape(k) for k in sorted(swap, key=len, reverse=True)))
    text = names.sub(lambda m: swap[m.group()], text)
    return re.sub(r"\b\d[\d,]*\b", lambda m: str(rng.randint(2, 9999)), text)


def articles(n, seed):
    samples = [p.read_text().strip().split("\n\n") for p in sorted((ROOT / "examples").glob("*.txt"))]
    for i in range(1, n + 1):
        rng = random.Random(f"{seed}/{i}")
        title, *paragraphs = rng.choice(samples)
        kept = [p for p in paragraphs[1:] if rng.random() < 0.85]
        title, *body = varied("\n\n".join([title, paragraphs[0]] + kept), rng).split("\n\n")
        day = datetime(2026, 1, 1) + timedelta(minutes=rng.randrange(180 * 1440))
        yield {"id": i, "title": title, "body": "\n\n".join(body), "published_at": day.isoformat() + "Z", "outlet": rng.choice(OUTLETS)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=["jsonl", "copy"], default="jsonl")
    args = parser.parse_args()
    for article in articles(args.n, args.seed):
        if args.format == "jsonl":
            print(json.dumps(article, ensure_ascii=False))
        else:
            print("\t".join(str(v).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") for v in article.values()))


if __name__ == "__main__":
    main()
