#!/usr/bin/env python3
"""Makes the tables of data/lexicon out of the gazetteers and the counts of words.

    python3 train/lexicon_tables.py CORPORA COUNTS [data/lexicon]

CORPORA is the folder with gazetteer/; COUNTS holds words.tsv.gz and bigrams.tsv.gz
of train/counts.c and train/word_classes.c.  The hand-made tables (lemmas.tsv,
names_own_*.tsv) lie beside the output and are not touched; the names there add to
the rows made here (see train/lexicon_build.c).  The same input gives the same bytes.
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
    """Surnames: US Census, Wikidata, members of Congress, leaders of countries and parties, the people of names_own_people*.tsv."""
    found = [row[0] for row in lines('names-smashew/surnames_us.txt.gz', False)]
    found += [row[0] for row in lines('names-us-census2010-top/surnames2010_top.tsv')]
    found += [row[0] for row in lines('names-wikidata-npm/family.tsv')]
    found += [r['last'] for r in table('people-us-congress/legislators.tsv')] + [r['last'] for r in table('people-us-congress/legislators_historical.tsv.gz')]
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


# ---- rows of names ----

class Names:
    """Rows of one output table, merged by kind, name and country."""

    def __init__(self):
        self.rows = {}

    def add(self, types, name, aliases=(), cc='', qid='', lon='', lat='', prominence=0, region='', only_canonical=False):
        name = clean(name)
        if not name:
            return None
        key = (types.split('+')[0], name.casefold(), cc, region if types == 'city' else '')
        row = self.rows.get(key)
        if row is None:
            row = self.rows[key] = dict(types=[], name=name, aliases={}, cc=cc, qid='', lon='', lat='', prominence=0, region='', only=only_canonical)
        for t in types.split('+'):
            if t not in row['types']:
                row['types'].append(t)
        for alias in aliases:
            alias = clean(alias)
            if len(alias) > 1 and alias != name and not alias.startswith('the ') and not plain_word(alias):
                row['aliases'][alias] = True
        for field, value in (('qid', qid), ('lon', lon), ('lat', lat), ('region', region)):
            row[field] = row[field] or value
        row['prominence'] = max(row['prominence'], int(prominence))
        return row

    def find(self, kind, name, cc):
        for (k, n, c, _), row in self.rows.items():
            if k == kind and n == name.casefold() and c == cc:
                return row
        return None

    def write(self, path, head):
        out = []
        for r in self.rows.values():
            columns = ['+'.join(r['types']), ('!' if r['only'] else '') + r['name'], '|'.join(r['aliases']), r['cc'], r['qid'],
                       r['lon'], r['lat'], str(r['prominence'] or ''), r['region']]
            out.append('\t'.join(columns).rstrip('\t'))
        write_gz(path, ['Columns: types, name, other forms, country, Wikidata, longitude, latitude, prominence, region.'] + head, out)
        print(f'{path}: {len(out)} rows, {sum(len(r["aliases"]) for r in self.rows.values())} other forms')


def clean(s):
    s = unicodedata.normalize('NFC', s).replace('’', "'").replace('‘', "'").replace('ʻ', "'").replace('\xa0', ' ').replace('|', ' ')
    return re.sub(r'\s+', ' ', s).strip()


def variants(name):
    """The name and, where it has accents, the name without."""
    return {plain(name)} - {name}


# ---- places ----

def factbook_number(s):
    m = re.match(r'[\d,]+', s)
    return int(m.group().replace(',', '')) if m else 0


def inhabitants(text):
    """'Filipino(s)', 'Briton(s), British (collective plural)' -> forms."""
    forms = []
    text = re.sub(r'\((?!s\)|es\))[^)]*\)', '', text)
    for part in re.split(r',| or |;', text):
        part = part.strip()
        m = re.fullmatch(r"([A-Z][\w' -]+)\((s|es)\)", part)
        if m:
            forms += [m.group(1), m.group(1) + m.group(2)]
        elif re.fullmatch(r"[A-Z][\w' -]+", part):
            forms.append(part)
    return forms


BAD_COUNTRY_ALIAS = {'Congo', 'Guinea', 'Korea', 'Samoa', 'Ireland', 'Virgin Islands', 'Saint Martin', 'English', 'Jordan River'}


def countries(names):
    iso = {r['ISO3166-1-Alpha-2']: r for r in table('countries-datasets-country-codes/country-codes.csv', ',') if r['ISO3166-1-Alpha-2']}
    cldr = defaultdict(list)
    for key, name in lines('cldr-names/territories_en.tsv'):
        cldr[key[:2]].append(name) if re.match(r'[A-Z]{2}(-|$)', key) else None
    rigour = {r['code'].upper(): r for r in table('territories-rigour/territories.tsv.gz') if len(r['code']) == 2}
    book = {r['iso2']: r for r in table('factbook/countries.tsv') if len(r['iso2']) == 2}
    country_names = {n for names_of in cldr.values() for n in names_of} | {'Congo', 'Guinea', 'Korea'}
    for cc in sorted(iso):
        r, b, g = iso[cc], book.get(cc), rigour.get(cc)
        shown = cldr[cc][0] if cldr[cc] else r['CLDR display name']
        shown = SHOWN.get(cc, shown.replace(' & ', ' and ').replace('St. ', 'Saint '))
        aliases = [n for n in cldr[cc]] + [n.replace(' & ', ' and ') for n in cldr[cc]] + [plain(n) for n in cldr[cc]]
        aliases += [r['CLDR display name'], r['UNTERM English Short'].replace(' (the)', ''), r['official_name_en']]
        population = 0
        lon = lat = ''
        if b:
            aliases += [b['name'] if ', ' not in b['name'] else ' '.join(reversed(b['name'].split(', ')))]
            aliases += [re.sub(r';.*', '', b['long_name'])] if b['long_name'] != 'none' else []
            population = factbook_number(b['population'])
            lon, lat = b['lon'], b['lat']
        if g:
            aliases += [g['name'], g['full_name']] + [a for a in g['names_strong_latin'].split('|') if a[:1].isupper() and len(a) > 3]
        aliases = [a for a in aliases if a and (a == shown or not plain_word(a)) and not a.lower().startswith('the ') and '(' not in a and ';' not in a and a not in BAD_COUNTRY_ALIAS and not (a.isupper() and len(a) < 3)]
        names.add('country', shown, aliases, cc, g['qid'] if g else '', lon, lat, max(population, 1000) + 50_000_000)
        if b:
            people = [f for f in inhabitants(b['demonym_noun']) + inhabitants(b['demonym_adj']) if f not in country_names]
            adjective = ([f for f in inhabitants(b['demonym_adj']) if f in people] or people or [''])[0]
            if adjective and adjective != shown:
                names.add('nationality', adjective, people, cc, '', prominence=population)


SHOWN = {'US': 'United States', 'GB': 'United Kingdom', 'KR': 'South Korea', 'KP': 'North Korea', 'CD': 'Democratic Republic of the Congo',
         'CG': 'Republic of the Congo', 'MM': 'Myanmar', 'CI': 'Ivory Coast', 'HK': 'Hong Kong', 'MO': 'Macau', 'PS': 'Palestine',
         'CZ': 'Czech Republic', 'TR': 'Turkey', 'VA': 'Vatican City'}

STATE_OF_FIPS = {}


def us_states(names):
    centres = region_centres()
    for usps, name, ap, other, demonym, capital_city in lines('handmade/us_states.tsv'):
        short = [a for a in [ap] + re.split(r'[|,;]', other) if a.strip() and a.strip().endswith('.')]
        n, lon, lat = centres.get('US.' + usps, (100_000, '', ''))
        names.add('region', name, short, 'US', '', lon, lat, n, 'US-' + usps)
        if demonym:
            people = [d.strip() for d in re.split(r'[|,;/]', demonym)]
            names.add('nationality', people[0], people[1:] + [p + 's' for p in people if not p.endswith('s')], 'US', prominence=100_000, region='US-' + usps)


def region_centres():
    """Inhabitants of a first-level division's cities and their centre, by GeoNames code ("US.TX")."""
    sums = defaultdict(lambda: [0, 0.0, 0.0])
    for row in table('geonames-cities15000/cities15000.latin.tsv.gz'):
        total = sums[row['cc'] + '.' + row['admin1']]
        n = int(row['population'])
        total[0] += n
        total[1] += n * float(row['lon'])
        total[2] += n * float(row['lat'])
    return {code: (n, f'{lon / n:.2f}', f'{lat / n:.2f}') for code, (n, lon, lat) in sums.items() if n > 0}


def regions(names):
    centres = region_centres()
    seen = set()
    for code, name in lines('geonames-citiesjson/admin1.tsv'):
        cc = code[:2]
        if cc == 'US':
            continue
        forms = region_forms(name)
        if (all_everyday(name) or plain_word(name)) and ' ' not in name:
            continue
        n, lon, lat = centres.get(code, (1000, '', ''))
        names.add('region', forms[0], forms[1:], cc, '', lon, lat, n, code.replace('.', '-'))
        seen.add((cc, plain(forms[0]).casefold()))
    for code, name in lines('iso3166-2/cldr_subdivisions_en.tsv'):
        cc = code[:2].upper()
        forms = region_forms(name)
        if cc in ('US', 'GB', 'SI', 'MT', 'LV', 'MK') or (cc, plain(forms[0]).casefold()) in seen or all_everyday(name) or plain_word(name):
            continue
        if given.get(name.casefold()) or name.casefold() in surname:
            continue
        names.add('region', forms[0], forms[1:], cc, prominence=20_000, region=cc + '-' + code[2:].upper())


def region_forms(name):
    """'Rivers State' -> also 'Rivers' unless an everyday word; 'Bavaria' -> itself."""
    forms = [name] + sorted(variants(name))
    m = re.fullmatch(r'(.+?) (State|Province|Region|Oblast|Department|Governorate|County|Prefecture|District|Krai|Republic|Voivodeship|Canton|Autonomous Region)', name)
    if m and not everyday(m.group(1)) and not plain_word(m.group(1)) and len(m.group(1)) > 3:
        short = [m.group(1)] + sorted(variants(m.group(1)))
        return short + forms if m.group(1).casefold() not in surname else forms + short
    return forms


def territories(names):
    """Subdivisions and historical states of the rigour list, with their Wikidata items; they join the rows of the same name."""
    for r in table('territories-rigour/territories.tsv.gz'):
        code, name = r['code'].upper(), r['name']
        if len(code) < 4 or code[2] != '-' or '(' in name or plain_word(name):
            continue
        row = names.find('region', name, code[:2])
        if row is not None:
            row['qid'] = row['qid'] or r['qid']
        elif r['is_historical'] == '0':
            names.add('region', name, sorted(variants(name)), code[:2], r['qid'], prominence=50_000, region=code)


def us_counties(names):
    data = corpus('geography__us_counties.json')['counties']
    for state in sorted(data):
        for county in data[state]:
            kind = ' Parish' if state == 'Louisiana' else ' County'
            names.add('region', county if county.endswith(kind) else county + kind, (), 'US', prominence=15_000, region=state)


def cities(names):
    known_regions = dict(lines('geonames-citiesjson/admin1.tsv'))
    rows = sorted(table('geonames-cities15000/cities15000.latin.tsv.gz'), key=lambda r: (-int(r['population']), int(r['geonameid'])))
    best = {}
    for r in rows:
        best.setdefault(plain(r['name']).casefold(), int(r['population']))
    for r in rows:
        name, population = r['name'], int(r['population'])
        short = plain(name)
        key = short.casefold()
        if r['fcode'] in ('PPLX', 'PPLH', 'PPLQ', 'PPLW') and population < 100_000:
            continue
        hidden = False
        if ' ' not in short and '-' not in short:
            if (everyday(short) or plain_word(short)) and best[key] < 300_000:
                hidden = True
            if (key in given or key in famous) and best[key] < 60_000:
                hidden = True
        if len(short) < 3:
            hidden = True
        if hidden:
            continue
        region = f"US-{r['admin1']}" if r['cc'] == 'US' else r['cc'] + '-' + r['admin1']
        aliases = sorted(variants(name)) + ([r['ascii']] if r['ascii'] != name else [])
        if population >= 150_000 or r['fcode'] in ('PPLC', 'PPLA'):
            aliases += [a for a in r['latin_aliases'].split('|') if good_city_alias(a, key, population, best)]
        names.add('city', CITY_SHOWN.get(name, name), aliases + ([name] if name in CITY_SHOWN else []), r['cc'], '', r['lon'], r['lat'],
                  population + (1_000_000 if r['fcode'] == 'PPLC' else 0), region)


CITY_SHOWN = {'New York City': 'New York', 'Washington': 'Washington', 'Kyiv': 'Kyiv'}


def good_city_alias(alias, key, population, best):
    """Aliases in the gazetteer are of all languages: keep those that news writes with a capital."""
    a = plain(alias).casefold()
    if len(a) < 4 or a == key or not alias[0].isupper() or alias.isupper():
        return False
    if a in given or a in surname or best.get(a, 0) > 0 or a in COUNTRY_WORDS:
        return False
    words = a.split(' ')
    if len(words) == 1:
        return frequency.get(a, 0) >= 4 and capital.get(a, 0) >= 230 and not everyday(a, 80)
    return all(frequency.get(w, 0) >= 6 for w in words) and re.search(r' (City|Beach)$', alias) is not None and best.get(key, 0) == population


COUNTRY_WORDS = set()


def geographic(names):
    """Rivers, seas, mountains, islands, continents."""
    for row in table('factbook/appendix_f_geographic_names.tsv'):
        kind = row['kind']
        if re.search(r'island|sea|ocean|gulf|strait|bay|channel|river|mountain|volcano|desert|peninsula|cape|valley|region|shoal|pass', kind) or kind == '':
            if not all_everyday(row['name']) and not plain_word(row['name']):
                names.add('geographic', row['name'], sorted(variants(row['name'])), '', '', row['lon'], row['lat'], 50_000)
    for sea in corpus('geography__oceans.json')['seas']:
        if len(sea['name'].split()) > 1:
            names.add('geographic', sea['name'], sorted(variants(sea['name'])), prominence=20_000)
    for river in corpus('geography__rivers.json')['rivers']:
        name = re.sub(r' \(.*', '', river['name'])
        if re.fullmatch(r"[A-Z][\w' -]+", name):
            names.add('geographic', name + ' River', ['River ' + name], prominence=20_000)
    for row in table('wordnet/instances.tsv.gz'):
        gloss = row['gloss']
        if row['lexfile'] != 'noun.location' and row['lexfile'] != 'noun.object':
            continue
        forms = [row['name']] + [a for a in row['aliases'].split('|') if a]
        if re.search(r'\b(river|sea|ocean|mountains?|peak|range|lake|island|islands|peninsula|desert|gulf|bay|strait|valley|plateau|cape|continent|waterfall|volcano|region|archipelago|channel|canyon)\b', gloss[:80]):
            forms = [f for f in forms if not everyday(f) and f.casefold() not in given and len(f) > 3 and not f.isupper()]
            if forms:
                names.add('geographic', forms[0], forms[1:], prominence=30_000)


# ---- people ----

def people(names):
    for r in table('people-us-congress/legislators.tsv'):
        full = f"{r['first']} {r['last']}"
        aliases = [a for a in r['aliases'].split('|') if ' ' in a]
        if r['middle']:
            aliases.append(f"{r['first']} {r['middle'][0]}. {r['last']}")
        if r['suffix']:
            aliases += [f"{full} {r['suffix']}", f"{full}, {r['suffix']}"]
        names.add('person', aliases[0] if aliases and ' ' in aliases[0] else full, [full] + aliases, 'US', r['wikidata'], prominence=300_000)
    for r in table('people-us-congress/executive.tsv'):
        full = f"{r['first']} {r['last']}"
        names.add('person', full, [f"{r['first']} {r['middle'][0]}. {r['last']}"] if r['middle'] else [], 'US', prominence=900_000)
    for r in table('factbook/leaders.tsv.gz'):
        name = r['name']
        if r['role'] not in ('HOS', 'HOG') or len(name.split()) > 5 or len(name.split()) < 2:
            continue
        if re.search(r'[\d(),;]|\b(President|Minister|King|Queen|General|Col|Dr|Sir|Prince|Sheikh|Amir|Vice|Governor|Represented)\b', name):
            continue
        names.add('person', name, sorted(variants(name)), r['iso2'], prominence=500_000)
    for r in table('wordnet/instances.tsv.gz'):
        if r['lexfile'] == 'noun.person':
            forms = [f for f in [r['name']] + r['aliases'].split('|') if ' ' in f and not re.match(r'(Saint|St\.|Sir|King|Lord|the) ', f)]
            if forms:
                names.add('person', forms[0], forms[1:], prominence=100_000)


    for file, key in (('celebrities', 'celebrities'), ('britishActors', 'britishActors'), ('scientists', 'scientists')):
        for name in corpus(f'humans__{file}.json')[key]:
            if 1 < len(name.split()) < 5:
                names.add('person', name, sorted(variants(name)), prominence=60_000)
    for rich in corpus('humans__richpeople.json')['richPeople']:
        if 1 < len(rich['name'].split()) < 4 and '&' not in rich['name']:
            names.add('person', rich['name'], prominence=60_000)


# ---- organizations ----

LEGAL = r',? (Inc\.?|Incorporated|Corp\.?|Corporation|Co\.?|Company|Companies|Ltd\.?|Limited|PLC|plc|Plc|N\.?V\.?|S\.?A\.?|SE|AG|ASA|AB|A/S|Oyj|S\.p\.A\.?|SpA|LLC|L\.?P\.?|LP|Holdings?|Group|Trust|Bhd|Berhad|KGaA|Tbk|& Co\.?|\(The\)|\(.*\))$'


def short_company(name):
    """Names of a company without its legal form."""
    forms = []
    while True:
        cut = re.sub(LEGAL, '', name)
        if cut == name or len(cut) < 3:
            return forms
        name = cut
        forms.append(name)


def companies(names):
    def add(name, cc, prominence):
        name = clean(re.sub(r'^The ', '', re.sub(r' \((The|Class [A-C])\)', '', name)))
        forms = [f for f in short_company(name) if usable_company(f)]
        if usable_company(name) and len(name) < 60:
            names.add('company', forms[-1] if forms else name, [name] + forms, cc, prominence=prominence)

    for r in table('orgs-sp500/constituents.csv', ','):
        add(r['Security'], 'US', 60_000)
    for name in corpus('corporations__fortune500.json')['companies']:
        add(name, 'US', 30_000)
    for name in corpus('corporations__cars.json')['cars']:
        if not plain_word(name) or name in KNOWN_SHORT_COMPANIES:
            names.add('company', name, prominence=20_000)
    for name in corpus('corporations__charities.json')['charities']:
        names.add('organization', name, cc='US', prominence=10_000)
    code = {r['CLDR display name']: r['ISO3166-1-Alpha-2'] for r in table('countries-datasets-country-codes/country-codes.csv', ',')}
    code.update({'United States': 'US', 'United Kingdom': 'GB', 'Hong Kong': 'HK', 'South Korea': 'KR'})
    for r in table('orgs-financedatabase/companies_mid_plus.tsv.gz'):
        add(r['name'], code.get(r['country'], ''), {'Mega Cap': 70_000, 'Large Cap': 40_000}.get(r['market_cap'], 10_000))
    for r in table('orgs-sec-us-listed/mappings.csv.gz', ','):
        if r['Exchange'] in ('NYSE', 'Nasdaq') and not re.search(r'\b(Acquisition|Fund|ETF|Trust|Term|Income|Capital Corp|Municipal)\b', r['Name']):
            add(r['Name'], 'US', 5_000)


def usable_company(form):
    words = form.split(' ')
    if len(words) == 1:
        w = form.casefold()
        if (everyday(form) or plain_word(form) or not re.search('[A-Za-z]', form)) and form not in KNOWN_SHORT_COMPANIES:
            return False
        if w in given or (w in surname and form not in KNOWN_SHORT_COMPANIES and frequency.get(w, 0) > 0):
            return False
        return len(form) > 2 and w not in COUNTRY_WORDS
    return not all_everyday(form) or len(words) > 2


KNOWN_SHORT_COMPANIES = set('Apple Target Gap Visa Oracle Intel Shell Amazon Boeing Ford Tesla Chevron Disney Walmart Merck Pfizer Morgan Chase Citi '
                            'Starbucks Nike Macy Dell Lilly Monsanto Cargill Siemens Philips Bayer Renault Porsche Ferrari Honda Toyota Snap Block Zoom '
                            'Uber Lyft Twitter Meta Alphabet Sprint Caterpillar Deere Halliburton Raytheon Corning Salesforce'.split())


def parties(names):
    alpha2 = {r['ISO3166-1-Alpha-3']: r['ISO3166-1-Alpha-2'] for r in table('countries-datasets-country-codes/country-codes.csv', ',')}
    for r in table('orgs-parties-partyfacts/wikidata.csv.gz', ','):
        cc = alpha2.get(r['country'], '')
        name = re.sub(r' \([^)]*\)', '', r['name'])
        aliases = [r['name_short']] if party_acronym(r['name_short']) else []
        aliases += [n for n in [r['name_native']] if n and len(n.split()) > 1]
        if usable_party(name):
            names.add('party', name, aliases, cc, r['wikidata_id'], prominence=5_000)
    for r in table('factbook/parties.tsv.gz'):
        name = re.sub(r'\s*[\[(].*', '', r['party'])
        name = re.sub(r' or [A-Z][A-Za-z-]*$', '', name).strip()
        if usable_party(name) and len(name) < 60 and not re.search(r'\d|coalition|;|note|includ', name):
            native = re.search(r'\(([A-Z][^)]{6,50})\)', r['party'])
            names.add('party', name, ([r['abbr']] if party_acronym(r['abbr']) else []) + ([native.group(1)] if native and 'Ireland' not in native.group(1) and ' ' in native.group(1) else []), r['iso2'], prominence=6_000)


def usable_party(name):
    words = name.split()
    if len(words) == 1:
        return not everyday(name, 70) and not plain_word(name) and name.casefold() not in given and name.casefold() not in surname and len(name) > 3 and name.casefold() not in COUNTRY_WORDS
    return re.search(r'[A-Za-z]', name) is not None and not (len(words) == 2 and name.startswith('The '))


def party_acronym(a):
    """Acronyms that news often writes mean something else than a small party: the well-known parties stand in names_own_parties.tsv."""
    return good_acronym(a) and frequency.get(a.casefold(), 0) < 20


def good_acronym(a):
    return re.fullmatch(r"[A-Z][A-Za-z-]*[A-Z]", a or '') is not None and 3 <= len(a) <= 8 and not everyday(a) and not plain_word(a)


def agencies(names):
    for acronym, name, aliases in lines('handmade/us_agency_acronyms.tsv'):
        others = [a for a in aliases.split('|') if a and not a.startswith('the ')]
        names.add('agency', name, [acronym] + others, 'US', prominence=80_000)
    for row in lines('orgs-us-gov-dotgov/federal_agencies.tsv'):
        name = row[1]
        if len(name.split()) > 1 and not all_everyday(name.split()[0] + ' ' + name.split()[-1]) or re.search(r'Department|Administration|Agency|Commission|Bureau|Office|Board|Service|Council', name):
            if len(name) < 70 and len(name.split()) > 1:
                names.add('agency', name, [name.replace('U.S. ', 'US ')] if 'U.S. ' in name else (), 'US', prominence=20_000)
    for row in table('people-us-congress/committees.tsv'):
        if not row['parent']:
            short = re.sub(r'^(House|Senate) Committee on (the )?(.*)$', r'\1 \3 Committee', row['name'])
            names.add('agency', row['name'], [short] + ([short.replace(' Permanent Select', '').replace(' and ', ' & ')] if ' and ' in short else []), 'US', prominence=20_000)
    for r in table('factbook/legislatures.tsv'):
        name = re.sub(r'\s*[\[(].*', '', r['name']).strip()
        if 4 < len(name) < 50 and not all_everyday(name) or re.fullmatch(r'(National Assembly|House of \w+|Senate|Federal Council|National Council|Supreme Council|People\'s Assembly|Chamber of Deputies|Parliament)', name):
            names.add('agency', name, (), r['iso2'], prominence=10_000)
    for r in table('factbook/high_courts.tsv'):
        name = re.sub(r'\s*[\[(;,].*', '', r['name']).strip()
        if re.fullmatch(r"([A-Z][\w'-]+|of|the|for|and|on)( ([A-Z][\w'-]+|of|the|for|and|on))*", name) and re.search(r'Court|Tribunal|Council', name) and len(name) < 60:
            names.add('agency', name, (), r['iso2'], prominence=5_000)
    for r in table('factbook/military_forces.tsv'):
        for m in re.finditer(r"((?:[A-Z][\w'-]+ )+(?:Armed Forces|Army|Navy|Air Force|Coast Guard|National Guard|Defence Force|Defense Force|Police Force|Police|Gendarmerie|Marines|Border Guard))(?: \(([A-Z]{3,8})\))?", r['text']):
            name = m.group(1)
            if len(name.split()) > 1 and len(name) < 60 and not name.startswith(('Ministry', 'Note', 'The ')):
                names.add('agency', name, [m.group(2)] if m.group(2) and good_acronym(m.group(2)) else (), r['iso2'], prominence=8_000)


def international(names):
    for r in table('factbook/appendix_b_intl_orgs.tsv'):
        name = re.sub(r'\s*\(.*', '', r['name'])
        if name[:1].isupper() and len(name.split()) > 1 and len(name) < 80:
            names.add('organization', name, [a for a in [r['abbr']] if good_acronym(a)], prominence=60_000)
    for r in table('factbook/appendix_t_terrorist_groups.tsv'):
        aka = [a.strip() for a in re.split(r'[,;]', r['aka']) if re.match(r"^[A-Za-z' -]{6,40}$", a.strip()) and ' ' in a.strip()]
        names.add('organization', r['name'], aka + ([r['abbr']] if good_acronym(r['abbr']) else []), prominence=20_000)
    for r in table('wordnet/instances.tsv.gz'):
        if r['lexfile'] == 'noun.group':
            forms = [f for f in [r['name']] + r['aliases'].split('|') if len(f) > 2 and not everyday(f)]
            if forms and not re.match(r'\(', r['gloss']):
                agency = 'agency' if re.search(r'agency|federal|department|bureau|administration|independent', r['gloss'][:60]) and 'terror' not in r['gloss'] else 'organization'
                names.add(agency, forms[0], forms[1:], prominence=15_000)


def universities(names):
    for name, cc, country, state, domains in lines('orgs-universities-hipo/universities.tsv.gz'):
        if len(name.split()) > 1 and len(name) < 70 and (cc in UNIVERSITY_COUNTRIES or re.search(r'University|Institute|College|School', name)):
            names.add('university', name, sorted(variants(name)), cc, prominence=5_000)


UNIVERSITY_COUNTRIES = {'US', 'GB', 'CA', 'AU', 'NZ', 'IE', 'ZA', 'IN', 'FR', 'DE', 'IT', 'ES'}


def outlets(names):
    for name, aliases, domain, cc, kind in lines('handmade/news_outlets.tsv'):
        names.add('outlet', name, [a for a in aliases.split('|') if a and not (len(a) < 3 and a != 'AP')], cc, prominence=40_000)
    for paper in corpus('corporations__newspapers.json')['newspapers']:
        names.add('outlet', paper, [paper[4:]] if paper.startswith('The ') and len(paper.split()) > 2 else (), prominence=5_000)


def teams(names):
    for r in table('orgs-football-clubs/clubs.tsv.gz'):
        forms = [r['name']] + [re.sub(r' \[\w+\]', '', a) for a in r['aliases'].split('|')]
        cleaned = []
        for f in forms:
            f = re.sub(r' \(.*\)', '', f).strip()
            single = ' ' not in f
            w = plain(f).casefold()
            if len(f) < 4 or (single and (everyday(f) or w in given or w in surname or w in COUNTRY_WORDS)):
                continue
            cleaned.append(f)
            short = re.sub(r'^(FC|AC|AS|SC|CF) | (FC|AFC|SC|CF|AC|FK|SK)$', '', f)
            if short != f and ' ' in short:
                cleaned.append(short)
        if cleaned:
            names.add('team', cleaned[0], cleaned[1:], prominence=5_000)
    for league, key in (('nfl', 'nfl_teams'), ('nba', 'nba_teams'), ('mlb', 'mlb_teams'), ('nhl', 'nhl_teams')):
        for team in corpus(f'sports__{league}_teams.json')[key]:
            name = team['name'] if isinstance(team, dict) else team
            nick = name.split()[-1]
            names.add('team', name, [nick] if not all_everyday(nick) else [], 'US', prominence=30_000)


def events(names):
    for r in table('wordnet/instances.tsv.gz'):
        if r['lexfile'] in ('noun.act', 'noun.event', 'noun.time'):
            forms = [r['name']] + r['aliases'].split('|')
            forms = [f for f in forms if re.search(r'\b(War|Battle|Revolution|Crusade|Holocaust|Olympics|Campaign|Siege|Rebellion|Uprising|Massacre|Reformation|Renaissance|Depression|Age|Wars|Offensive|Landing)\b', f)]
            if forms:
                names.add('event', forms[0], [f[0].upper() + f[1:] for f in forms[1:]], prominence=10_000)


def dated_events(names):
    """Games and elections by year."""
    for season in ('summer', 'winter'):
        for games in corpus('sports__olympics.json')['olympics'][season]:
            year, city = games['year'], games['city']
            if int(year) >= 1936:
                names.add('event', f'{year} {season.title()} Olympics', [f'{year} {city} Olympics', f'{year} {season.title()} Olympic Games', f'{city} Olympics', f'{year} {season.title()} Games'] + (
                    [f'{year} Olympics', f'{year} Olympic Games'] if season == 'summer' or int(year) % 4 == 2 else []), prominence=20_000)
    for year in range(1996, 2029):
        if year % 4 == 0:
            names.add('event', f'{year} presidential election', [f'{year} U.S. presidential election', f'{year} US presidential election', f'{year} United States presidential election'], 'US', prominence=20_000)
        elif year % 2 == 0:
            names.add('event', f'{year} midterm elections', [f'{year} midterms', f'{year} midterm election'], 'US', prominence=20_000)
        if year in (1998, 2002, 2006, 2010, 2014, 2018, 2022, 2026):
            names.add('event', f'{year} FIFA World Cup', [f'{year} World Cup'], prominence=20_000)
        if year in (1997, 2001, 2005, 2010, 2015, 2017, 2019, 2024):
            names.add('event', f'{year} general election', (), 'GB', prominence=20_000)


def titles(names):
    for title, _, _ in lines('handmade/titles.tsv'):
        names.add('title', title)


def main():
    read_levels()
    words()
    read_given_names()
    read_surnames()
    names_sets()
    lemma_sets()
    places = Names()
    countries(places)
    for _, r in list(places.rows.items()):
        COUNTRY_WORDS.update(w.casefold() for w in [r['name']] + list(r['aliases']))
    us_states(places)
    COUNTRY_WORDS.update(r['name'].casefold() for r in places.rows.values())
    regions(places)
    territories(places)
    us_counties(places)
    cities(places)
    geographic(places)
    places.write('names_places.tsv.gz', [
        'Sources: GeoNames (CC BY 4.0), CLDR (Unicode-3.0), datasets/country-codes (PDDL), rigour (MIT), The World Factbook (public domain), WordNet.'])
    persons = Names()
    people(persons)
    persons.write('names_people.tsv.gz', ['Sources: unitedstates/congress-legislators (CC0), The World Factbook (public domain), WordNet.'])
    organizations = Names()
    agencies(organizations)
    international(organizations)
    outlets(organizations)
    companies(organizations)
    parties(organizations)
    universities(organizations)
    teams(organizations)
    organizations.write('names_organizations.tsv.gz', [
        'Sources: S&P 500 list (PDDL), FinanceDatabase (MIT), SEC (public domain), Party Facts (MIT), The World Factbook (public domain), university-domains-list (MIT),',
        'football.db (CC0), dotgov-data (CC0), congress-legislators (CC0), WordNet, corpora (CC0), this project.'])
    others = Names()
    events(others)
    dated_events(others)
    titles(others)
    others.write('names_others.tsv.gz', ['Sources: WordNet, this project.'])


if __name__ == '__main__':
    main()
