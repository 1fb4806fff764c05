"""Words of the lexicon: how common they are, given names, surnames, the sets of lemmas.

Used by lexicon_tables.py, which says what the arguments are.
"""
import csv
import gzip
import io
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

CORPORA = sys.argv[1]
COUNTS = sys.argv[2]
OUT = sys.argv[3] if len(sys.argv) > 3 else 'data/lexicon'
G = os.path.join(CORPORA, 'gazetteer')


def lines(path, header=True):
    """Rows of a tab-separated file, plain or gzip, as lists."""
    full = os.path.join(G, path)
    f = gzip.open(full, 'rt', encoding='utf-8') if full.endswith('.gz') else open(full, encoding='utf-8')
    with f:
        if header:
            next(f)
        for line in f:
            if not line.startswith('#'):
                yield line.rstrip('\n').split('\t')


def table(path, delimiter='\t'):
    """Rows as dicts."""
    full = os.path.join(G, path)
    f = gzip.open(full, 'rt', encoding='utf-8', newline='') if full.endswith('.gz') else open(full, encoding='utf-8', newline='')
    with f:
        quoting = csv.QUOTE_NONE if delimiter == '\t' else csv.QUOTE_MINIMAL
        yield from csv.DictReader(f, delimiter=delimiter, quoting=quoting)


def corpus(name):
    with open(os.path.join(G, 'misc-corpora', name), encoding='utf-8') as f:
        return json.load(f)


def write_gz(name, head, rows):
    """A gzip table without a time stamp, so that it is the same each time."""
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode='wb', mtime=0, compresslevel=9, filename='') as f:
        f.write(('\n'.join('# ' + h for h in head) + '\n').encode())
        for row in rows:
            f.write((row + '\n').encode())
    with open(os.path.join(OUT, name), 'wb') as f:
        f.write(raw.getvalue())


def plain(s):
    """Without accents."""
    s = s.replace('ø', 'o').replace('Ø', 'O').replace('ł', 'l').replace('Ł', 'L').replace('ı', 'i').replace('đ', 'd').replace('Đ', 'D')
    s = s.replace('ß', 'ss').replace('æ', 'ae').replace('Æ', 'Ae').replace('ʻ', "'").replace('‘', "'").replace('’', "'").replace('ə', 'a')
    return ''.join(c for c in unicodedata.normalize('NFKD', s) if not unicodedata.combining(c))


# ---- words: what is an everyday word, a given name, a surname ----

level, capital, frequency = {}, {}, {}


def read_levels():
    for word, kind, size in lines('lex-scowl/words.tsv.gz'):
        w = word.casefold()
        if kind == 'words' and int(size) <= 70:
            level[w] = min(int(size), level.get(w, 99))


def words():
    """words.tsv.gz: the counts, joined with the levels of the word list; bigrams.tsv.gz as counted."""
    head, rows = [], []
    for row in lines(os.path.join(os.path.abspath(COUNTS), 'words.tsv.gz'), False):
        w, df, _, cap, cls, path = row
        frequency[w], capital[w] = int(df), int(cap)
        rows.append(f'{w}\t{df}\t{cap}\t{cls}\t{int(path, 16)}\t{level.get(w, 0)}')
    rows += [f'{w}\t0\t0\t0\t0\t{n}' for w, n in sorted(level.items()) if w not in frequency and n <= 50]
    with gzip.open(os.path.join(COUNTS, 'words.tsv.gz'), 'rt', encoding='utf-8') as f:
        head = [line[2:].rstrip('\n') for line in f if line.startswith('# ')]
    head = ['word, document frequency, capital share (255ths), class, class path, SCOWL level (0: not in the word list)'] + head[1:] + [
        'Levels: SCOWL (see NOTICE).']
    write_gz('words.tsv.gz', head, rows)
    with gzip.open(os.path.join(COUNTS, 'bigrams.tsv.gz'), 'rt', encoding='utf-8') as f:
        text = f.read().splitlines()
    write_gz('bigrams.tsv.gz', [t[2:] for t in text if t.startswith('#')], [t for t in text if not t.startswith('#')])


def everyday(word, most=60):
    """A word of the word list that news mostly writes small."""
    w = word.casefold()
    return 0 < level.get(w, 0) <= most and (capital.get(w, 0) < 190 or frequency.get(w, 0) == 0)


def plain_word(form):
    """A single word that the word list has among its commonest, however news writes it: Nice, Justice, Island."""
    return ' ' not in form and 0 < level.get(form.casefold(), 0) <= 50


def all_everyday(name):
    return all(everyday(w) or len(w) < 2 for w in re.split(r"[ '-]", name))


given = {}
surname = set()
famous = set()     # surnames of the people that news knows well


def small_word(word):
    """An everyday word that hardly ever begins with a capital inside a sentence: no help as a name."""
    return 0 < level.get(word, 0) <= 50 and capital.get(word, 0) < 25 and frequency.get(word, 0) > 100


def add_given(name, gender):
    known = given.get(name)
    given[name] = gender if known is None or known == gender else 'FM'


def read_given_names():
    """Given names: US births since 1940, Wikidata's lists, Congress, a hand list of other countries' names."""
    for name, f, m, _, _ in lines('names-us-ssa/given_names.tsv.gz'):
        f, m = int(f or 0), int(m or 0)
        if f + m >= 1500:
            given[name.casefold()] = ('F' if f >= 0.9 * (f + m) else '') + ('M' if m >= 0.9 * (f + m) else '') or 'FM'
    for gender, path in (('F', 'female'), ('M', 'male'), ('FM', 'unisex')):
        for name, in lines(f'names-wikidata-npm/{path}.tsv'):
            if re.fullmatch(r"[\w'-]+", name):
                given.setdefault(name.casefold(), gender)
                given.setdefault(plain(name).casefold(), gender)
    for gender, names in lines(os.path.abspath(os.path.join(OUT, 'given_names.tsv')), False):
        for name in names.split():
            add_given(name, gender)
            if plain(name) != name:
                add_given(plain(name), gender)
    for r in table('people-us-congress/legislators.tsv'):
        given.setdefault(r['first'].casefold(), r['gender'])
    for name in [n for n in given if small_word(n) or len(n) < 2]:
        del given[name]


def read_surnames():
    """Surnames: US Census, a hand list of other countries' names, Wikidata, members of Congress, leaders of countries and parties, the people of names_own_people*.tsv."""
    found = [row[0] for row in lines('names-smashew/surnames_us.txt.gz', False)]
    found += [row[0] for row in lines('names-us-census2010-top/surnames2010_top.tsv')]
    found += [row[0] for row in lines('names-wikidata-npm/family.tsv')]
    found += [r['last'] for r in table('people-us-congress/legislators.tsv')] + [r['last'] for r in table('people-us-congress/legislators_historical.tsv.gz')]
    for row in lines(os.path.abspath(os.path.join(OUT, 'surnames.tsv')), False):
        found += row[0].split()
    for r in table('factbook/leaders.tsv.gz'):
        if r['surname'] and len(r['surname'].split()) == 1 and r['role'] in ('HOS', 'HOG'):
            found.append(r['surname'])
    for r in table('factbook/parties.tsv.gz'):
        found += [w.capitalize() for w in re.findall(r"\b[A-ZÀ-Þ][A-ZÀ-Þ'-]{2,}\b", r['leader'])]
    for path in ('names_own_people.tsv', 'names_own_people_world.tsv', 'names_own_people_news.tsv'):
        full = os.path.abspath(os.path.join(OUT, path))
        if os.path.exists(full):
            for row in lines(full, False):
                words = [w for w in row[1].replace(',', '').split() if w not in ('Jr.', 'Sr.', 'II', 'III', 'XIV', 'XVI', 'VI', 'VIII', 'I', 'X')]
                if len(words) > 1 and words[0] not in ('King', 'Queen', 'Prince', 'Princess', 'Pope', 'Emperor', 'Saint'):
                    found.append(words[-1])
                    famous.add(words[-1].casefold())
    for name in found:
        for w in (name.casefold(), plain(name).casefold()):
            if re.fullmatch(r"[\w'-]+", w) and len(w) > 1 and not small_word(w):
                surname.add(w)


def names_sets():
    rows = []
    for bit, wanted in (('female_name', 'F'), ('male_name', 'M')):
        words = sorted(n for n, g in given.items() if wanted in g)
        rows += [f'{bit}\t{" ".join(words[i:i + 200])}' for i in range(0, len(words), 200)]
    words = sorted(surname)
    rows += ['surname\t' + ' '.join(words[i:i + 200]) for i in range(0, len(words), 200)]
    write_gz('sets_names.tsv.gz', [
        'Given names by gender and surnames.',
        'Given names: US Social Security Administration (public domain), Wikidata (CC0). Surnames: US Census (public domain), Wikidata (CC0).',
    ], rows)


# ---- sets of lemmas.tsv ----

def irregular(path):
    forms = defaultdict(set)
    for row in lines(path, False):
        f = row[0].split(' ')
        if len(f) == 2:
            forms[f[1]].add(f[0])
    return forms


DOUBLED = set('admit beg brag chat ban bar chip crop drag drop fan fit grab grin hug jab jot knit lag log man map mop nag nod pan pat permit '
              'plan plug pop prod program quip quit quiz rap rat rebut rib rip rob rub scan skip slam slap slip snap spot stab star step stir '
              'dub deadpan blog begin embed stop strip sum tag tap tip top trap trim tug yap demur refer defer concur gab blab fib bet commit submit omit transmit rebuff crow'.split())
DOUBLED -= {'rebuff', 'crow'}
IRREGULAR_VERBS = {'say': 'said', 'tell': 'told', 'write': 'wrote written', 'speak': 'spoke spoken', 'swear': 'swore sworn', 'read': 'read',
                   'sing': 'sang sung', 'begin': 'began begun', 'ring': 'rang rung', 'teach': 'taught', 'know': 'knew known', 'think': 'thought',
                   'feel': 'felt', 'see': 'saw seen', 'find': 'found', 'hold': 'held', 'mean': 'meant', 'understand': 'understood',
                   'forget': 'forgot forgotten', 'foresee': 'foresaw foreseen', 'foretell': 'foretold', 'retell': 'retold', 'forecast': 'forecast forecasted',
                   'broadcast': 'broadcast broadcasted', 'bet': 'bet', 'dream': 'dreamt', 'learn': 'learnt', 'seek': 'sought', 'overstate': '',
                   'telecast': 'telecast', 'let': 'let', 'quit': 'quit', 'plead': 'pled', 'lie': 'lied'}


def verb_forms(v):
    forms = {v}
    last, before = v[-1], v[-2]
    vowel = before in 'aeiou'
    if last in 'sxzo' or v.endswith(('ch', 'sh')):
        forms.add(v + 'es' if not v.endswith('quiz') else v + 'zes')
    elif last == 'y' and not vowel:
        forms.add(v[:-1] + 'ies')
    else:
        forms.add(v + 's')
    if v in DOUBLED:
        forms |= {v + last + 'ing', v + last + 'ed'}
    elif v.endswith('ie'):
        forms |= {v[:-2] + 'ying', v + 'd'}
    elif last == 'e' and not v.endswith(('ee', 'oe', 'ye')):
        forms |= {v[:-1] + 'ing', v + 'd'}
    elif last == 'e':
        forms |= {v + 'ing', v + 'd'}
    elif last == 'y' and not vowel:
        forms |= {v + 'ing', v[:-1] + 'ied'}
    else:
        forms |= {v + 'ing', v + 'ed'}
    if v in ('label', 'signal', 'model', 'counsel', 'travel', 'marvel', 'sermonize'):
        forms |= {v + 'led', v + 'ling'}
    if v in IRREGULAR_VERBS and v != 'plead' and v != 'dream' and v != 'learn':
        forms = {f for f in forms if not f.endswith('ed')} if v not in ('forecast', 'broadcast', 'overstate', 'lie') else forms
    return forms | set(IRREGULAR_VERBS.get(v, '').split())


def noun_forms(n, exceptions):
    if n in exceptions:
        return {n} | exceptions[n]
    if n.endswith('-in-law'):
        return {n, n[:-7] + 's-in-law'}
    if n.endswith('man') and n not in ('human', 'roman', 'shaman', 'ombudsman', 'german'):
        return {n, n[:-3] + 'men'}
    if n.endswith('person'):
        return {n, n + 's', n[:-6] + 'people'}
    if n.endswith(('s', 'x', 'z', 'ch', 'sh')):
        return {n, n + 'es'}
    if n.endswith('y') and n[-2] not in 'aeiou':
        return {n, n[:-1] + 'ies'}
    if n in ('hero', 'potato', 'veto', 'echo'):
        return {n, n + 'es'}
    return {n, n + 's'}


PLURALS = {'child': {'children'}, 'grandchild': {'grandchildren'}, 'policeman': {'policemen'}, 'wife': {'wives'}, 'ex-wife': {'ex-wives'}, 'housewife': {'housewives'}, 'midwife': {'midwives'}, 'foot': {'feet'},
           'alumnus': {'alumni'}, 'alumna': {'alumnae'}, 'ombudsman': {'ombudsmen'}, 'analysis': {'analyses'}, 'thesis': {'theses'}, 'crisis': {'crises'},
           'chief': {'chiefs'}, 'thief': {'thieves'}, 'fireman': {'firemen'}, 'police': {'police'}, 'testimony': {'testimonies'}, 'quiz': {'quizzes'}}


def lemma_sets():
    sets = defaultdict(set)
    for name, kind, words in lines(os.path.abspath(os.path.join(OUT, 'lemmas.tsv')), False):
        for w in words.split():
            sets[name] |= verb_forms(w) if kind == 'v' else noun_forms(w, PLURALS) if kind == 'n' else {w}
    rows = []
    for name in sorted(sets):
        words = sorted(sets[name])
        rows += [f'{name}\t{" ".join(words[i:i + 20])}' for i in range(0, len(words), 20)]
    with open(os.path.join(OUT, 'sets.tsv'), 'w', encoding='utf-8') as f:
        f.write('# Sets of words, made from lemmas.tsv by train/lexicon_tables.py.\n' + '\n'.join(rows) + '\n')
