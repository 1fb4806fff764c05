#!/usr/bin/env python3
"""Makes the tables of data/lexicon out of the gazetteers and the counts of words.

    python3 train/lexicon_tables.py CORPORA COUNTS [data/lexicon]

CORPORA is the folder with gazetteer/; COUNTS holds words.tsv.gz and bigrams.tsv.gz
of train/counts.c and train/word_classes.c.  The hand-made tables (lemmas.tsv,
names_own_*.tsv) lie beside the output and are not touched; the names there add to
the rows made here (see train/lexicon_build.c).  The same input gives the same bytes.
"""
import re
import unicodedata
from collections import defaultdict

from lexicon_words import (all_everyday, capital, corpus, everyday, famous, frequency, given, lemma_sets, lines, names_sets, plain, plain_word,
                           read_given_names, read_levels, read_surnames, surname, table, words, write_gz)

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
            add(r['Name'], '', 5_000)     # listed in the US, of any country


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
