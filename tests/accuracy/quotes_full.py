#!/usr/bin/env python3
"""Score predicted quotes on every gold row, floating ones included, and the columns that scoring/quotes.py leaves out.

  quotes_full.py GOLD.jsonl.gz PREDICTIONS.jsonl [--misses N] [--table] [--join]

scoring/quotes.py drops gold rows without a cue (photo credits in GUM); in the annotated articles those are the quotes that
go on without a cue, so rows that find them would count as wrong there.  Here they count.  Also printed: unnamed
speakers, via, addressee, and how far confidence can be trusted (a row is right when it matches a gold row and its
speaker agrees).  PolNeAR marks an utterance that goes on behind its cue as one quote, where the annotated articles have a
quote of its own: --join puts direct rows without a cue to the row before them when the speaker is the same.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent.parent / "shared" / "scoring"))
import quotes as scorer  # noqa: E402
from corpus import read_jsonl  # noqa: E402


def gold_rows(doc):
    gum = doc["id"].startswith("GUM_")
    for q in doc["quotes"] if "quotes" in doc else doc["annotations"][0]["quotes"]:
        content = scorer.flat(q.get("content"))
        if not content or (gum and not q["cue"]):
            continue
        cue = " ".join(x["text"].lower() for x in q.get("cue") or [])
        speaker = q.get("speaker") if isinstance(q.get("speaker"), dict) else {}
        yield {"content": content, "source": scorer.flat(q.get("source")), "kind": q["type"], "cue": cue,
               "speech": bool(set(re.findall(r"[a-z]+", cue)) & scorer.SPEECH) or "according" in cue,
               "names": speaker.get("names") or [], "speaker": speaker.get("name"), "via": q.get("via"),
               "addressee": q.get("addressee")}


def same_text(a, b):
    words = lambda s: set(re.findall(r"\w+", s.lower())) - {"the", "a", "an"}
    return bool(a and b and (words(a) <= words(b) or words(b) <= words(a)) and words(a) & words(b))


def columns(docs, predictions, misses):
    """Speakers of all matched rows by kind of source, via, addressee; pairs of confidence and right."""
    count, trust, shown = {}, [], 0

    def add(name, right):
        n = count.setdefault(name, [0, 0])
        n[0] += right
        n[1] += 1
    for doc, predicted in zip(docs, predictions):
        text = doc["text"]
        gold = [dict(q, chars=scorer.chars(q["content"], text)) for q in gold_rows(doc)]
        for p in predicted:
            p["chars"] = scorer.chars(p["content"], text)
            best = max(gold, key=lambda g: scorer.iou(g["chars"], p["chars"]), default=None)
            matched = best and scorer.iou(best["chars"], p["chars"]) >= 0.5
            ok = False
            if matched:
                if best["names"]:
                    ok = bool(p["speaker"]) and scorer.same_name(p["speaker"], best["names"])
                    kind = "no source" if not best["source"] else "pronoun" if text[slice(*best["source"][0])].lower() in (
                        "he", "she", "they", "it", "i", "we") else "name" if any(n in text[slice(*best["source"][0])] for n in best["names"]) else "other"
                    add("speaker named, source: " + kind, ok)
                    if not ok and shown < misses:
                        shown += 1
                        s = best["content"][0][0]
                        print("SPEAKER [%s] %s: %r, gold %r, source %r\n   %s" % (
                            doc["id"], kind, p["speaker"], best["names"][0], p["source"] and text[slice(*p["source"])],
                            text[max(0, s - 200):s + 150].replace("\n", " / ")))
                elif best["speaker"]:
                    ok = same_text(p["speaker"], best["speaker"])
                    add("speaker unnamed", ok)
                else:
                    ok = not p["speaker"]
                    add("speaker nobody", ok)
                if best["via"] or p["via"]:
                    add("via", same_text(p["via"], best["via"]))
                if best["addressee"] or p["addressee"]:
                    add("addressee", same_text(p["addressee"], best["addressee"]))
                add("kind", p["kind"] == best["kind"])
            trust.append((p.get("confidence", 0), ok))
    return count, trust


def reliability(trust, show):
    bins = [[0, 0, 0.0] for _ in range(10)]
    for c, ok in trust:
        b = bins[min(9, int(c * 10))]
        b[0] += 1
        b[1] += ok
        b[2] += c
    error = sum(abs(b[1] - b[2]) for b in bins) / max(1, len(trust))
    if show:
        for i, b in enumerate(bins):
            if b[0]:
                print("  confidence %.1f-%.1f: %5d rows, mean %.3f, right %.3f" % (i / 10, i / 10 + 0.1, b[0], b[2] / b[0], b[1] / b[0]))
    print("  expected calibration error %.3f" % error)


def join(quotes):
    joined = []
    for q in quotes:
        last = joined[-1] if joined else None
        if last and not q["cue"] and q["kind"] == last["kind"] == "direct" and q["speaker"] == last["speaker"]:
            joined[-1] = dict(last, content=last["content"] + q["content"], verbatim=last["verbatim"] + q["verbatim"])
        else:
            joined.append(q)
    return joined


def main():
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    misses = int(sys.argv[sys.argv.index("--misses") + 1]) if "--misses" in sys.argv else 0
    docs = read_jsonl(arguments[0])
    by_id = {d["id"]: d["quotes"] for d in read_jsonl(arguments[1])}
    predictions = [by_id.get(d["id"], []) for d in docs]
    if "--join" in sys.argv:
        predictions = [join(p) for p in predictions]
    scorer.gold_quotes = gold_rows
    scorer.score(docs, predictions)
    count, trust = columns(docs, predictions, misses)
    for name, (right, n) in sorted(count.items()):
        print("  %-32s %.3f of %d" % (name, right / n, n))
    reliability(trust, "--table" in sys.argv)


if __name__ == "__main__":
    main()
