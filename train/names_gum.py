"""Names in GUM, read off its entity annotation, for names_data.py.

GUM marks every noun phrase with a type and lists the words that make up its head; names are those whose head words
are written as names.  A title, an apposition and what belongs to another phrase inside are cut off, as the annotated articles
have it.  A sentence that holds a capital that this reading cannot place counts nothing.
"""
import gzip
import re

TYPES = {"person": ("person",), "organization": ("organization",), "place": ("place", "facility"), "event": ("event",),
         "object": ("product", "work", "facility"), "abstract": ("work", "law", "language", "award", "product")}
GENRES = {"news": 1000, "interview": 800, "bio": 800, "speech": 600, "court": 600, "voyage": 500, "textbook": 400}
SMALL = {"of", "the", "and", "for", "de", "la", "le", "du", "del", "der", "von", "van", "bin", "al", "el", "&", "'s", "’s", "-", "–", "'", "’", ".", "to", "on", "in", "at"}
ORGANIZATION = set("university college institute society association committee council party president minister department ministry court".split())
NO_NAME = set("i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
              "november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec am pm a.m. p.m. ad bc bce ce "
              "god lord mr. mr mrs. mrs ms. ms dr. dr no. q a image est gmt utc bst edt ok".split())


def documents(path):
    """(name, sentences) of a CoNLL-U file; a sentence is (tokens, begins a paragraph), a token its ten fields."""
    name, doc, sentence, paragraph = None, [], [], True
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                if doc:
                    yield name, doc
                name, doc, paragraph = line[14:], [], True
            elif line.startswith("# newpar"):
                paragraph = True
            elif line and not line.startswith("#"):
                sentence.append(line.split("\t"))
            elif not line and sentence:
                doc.append((sentence, paragraph))
                sentence, paragraph = [], False
    if doc:
        yield name, doc


def field(token, name):
    for x in token[9].split("|"):
        if x.startswith(name + "="):
            return x[len(name) + 1:]
    return ""


def phrases(tokens):
    """(start, end, type, head tokens, identity) of the noun phrases of a sentence."""
    done, stack = [], []
    for i, t in enumerate(tokens):
        for m in re.finditer(r"\((\d+-[^()]*)(\)?)|(\d+)\)", field(t, "Entity")):
            if m.group(1):
                f = m.group(1).split("-", 7)
                phrase = [i, 0, f[1], [i + int(n) - 1 for n in f[5].split(",") if n.isdigit()] if len(f) > 5 else [], f[7] if len(f) > 7 else "", f[0]]
                if m.group(2):
                    done.append(phrase[:1] + [i + 1] + phrase[2:5])
                else:
                    stack.append(phrase)
            else:
                for phrase in reversed(stack):
                    if phrase[5] == m.group(3):
                        done.append(phrase[:1] + [i + 1] + phrase[2:5])
                        stack.remove(phrase)
                        break
    return done


def is_capital(token):
    return token[1][:1].isupper() or (token[1][:1].isdigit() and token[3] == "PROPN")


def core(tokens, phrase, inner, titles):
    """The name in a phrase, (start, end), or None: its head words up to the first gap that no small word fills."""
    start, end, kind, head, _ = phrase
    head = [i for i in head if start <= i < end]
    if kind == "person":
        while len(head) > 1 and (any(head[0] in range(*x[:2]) and head[-1] >= x[1] for x in inner) or
                                 tokens[head[0]][1].lower() in titles or not is_capital(tokens[head[0]])):
            before = head[0]
            head = head[1:]
            if len(head) > 1 and head[0] > start and head[0] - before > 1 and tokens[before][1].lower() in titles:
                return None
    if not head or not is_capital(tokens[head[0]]) or (len(head) == 1 and tokens[head[0]][1].lower() in titles):
        return None
    last = head[0]
    for i in head[1:]:
        if i > last + 1 and not all(tokens[k][1].lower() in SMALL or is_capital(tokens[k]) for k in range(last + 1, i)):
            break
        if kind == "person" and any(tokens[k][1] in (",", "and", "of") for k in range(last + 1, i)):
            break
        if any(tokens[k][1] in (",", "(", ")", ";", ":") for k in range(last + 1, i)):
            break
        last = i
    while last > head[0] and not is_capital(tokens[last]) and not tokens[last][1][:1].isdigit():
        last -= 1
    first = head[0]
    while first > start and is_capital(tokens[first - 1]) and kind != "person" and tokens[first - 1][1].lower() not in titles | {"the", "a", "an"}:
        first -= 1
    if any(x[3] == "NOUN" and not is_capital(x) for x in tokens[first:last + 1]):
        return None
    if not any(tokens[k][3] == "PROPN" for k in range(first, last + 1)):
        return None
    return first, last + 1


def names_of(tokens, titles):
    """Names of a sentence, [(start, end, kinds)], and whether every capital is accounted for."""
    found, doubtful = [], False
    all_phrases = phrases(tokens)
    for p in sorted(all_phrases, key=lambda p: p[0] - p[1]):
        if p[2] not in TYPES:
            continue
        inner = [x for x in all_phrases if x is not p and x[0] >= p[0] and x[1] <= p[1] and x[2] in TYPES]
        span = core(tokens, p, inner, titles)
        if span is None or any(s < span[1] and span[0] < e for s, e, _ in found):
            continue
        kinds = TYPES[p[2]]
        if p[2] in ("object", "abstract") and (span[1] - span[0] == 1 or not p[4] or any(t[1].lower() in ORGANIZATION for t in tokens[span[0]:span[1]])):
            doubtful = True
        if p[2] == "person" and tokens[span[1] - 1][4] == "NNPS":
            kinds = ("nationality",) if span[1] - span[0] == 1 else ("person", "nationality", "organization")
        found.append((span[0], span[1], kinds))
    held = {i for s, e, _ in found for i in range(s, e)}
    timed = {i for p in all_phrases if p[2] == "time" for i in range(p[0], p[1])}
    clean = not doubtful
    for i, t in enumerate(tokens):
        if t[3] == "PROPN" and i not in held and i not in timed and t[1].lower() not in NO_NAME and t[1].lower() not in titles:
            clean = False
    return found, clean


def titles_of(path):
    words = set()
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("title\t"):
                words |= set(line.rstrip("\n").split("\t")[1].split())
    return words


def texts(path, titles):
    """(text, [(start, end, kinds)], [(start, end, thousandths)]) of the documents of the genres that read like articles."""
    for name, doc in documents(path):
        weight = GENRES.get(name.split("_")[1])
        if weight is None:
            continue
        text, mentions, regions = "", [], []
        for fields, paragraph in doc:
            tokens, shown, skip = [], [], 0
            for t in fields:
                if "-" in t[0]:
                    skip = int(t[0].split("-")[1])
                    shown.append((t[1], "SpaceAfter=No" not in t[9]))
                elif "." not in t[0]:
                    tokens.append(t)
                    if int(t[0]) > skip:
                        shown.append((t[1], "SpaceAfter=No" not in t[9]))
            text = text.rstrip(" ") + ("" if not text else "\n\n" if paragraph else " ")
            begin = len(text)
            text += "".join(w + (" " if space else "") for w, space in shown)
            at, where = begin, []
            for t in tokens:
                place = text.find(t[1], at)
                if place < 0 or place > at + 4:
                    place = at
                where.append((place, place + len(t[1])))
                at = place + len(t[1])
            found, clean = names_of(tokens, titles)
            mentions += [(where[s][0], where[e - 1][1], kinds) for s, e, kinds in found]
            regions.append((begin, len(text), weight if clean else 0))
        yield text, mentions, regions
