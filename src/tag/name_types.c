/*
 * name_types.c - the noun that says what a name is: "the boat, Conception", "apps such as Headspace", "Eon, the company".
 *
 * In: runs of capitals and tags.  Out: for each token of a run the noun before and the noun behind that speak of it, the kinds
 * these stand for (a hand-kept table, singular and plural), and the kinds that the text gives the word or the run anywhere.
 *
 * Patterns are those of hyponymy (Hearst 1992) and of apposition, over a window of a few tokens.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon/lexicon.h"
#include "tag/name_memory.h"
#include "tag/tagset.h"

#define REACH 7					/* tokens that a description may have */

/* How a noun speaks of a name. */
enum
{
	BEHIND_NOUN = 1,			/* sitcom X */
	BEHIND_NOUN_AND_MARK,		/* sitcom "X" */
	APPOSED,					/* the boat, X, */
	EXAMPLE,					/* apps such as X, a boat called X */
	LISTED,						/* ... and X */
	BEFORE_NOUN,				/* X fans */
	RELATIVE,					/* X, who */
	DESCRIBED,					/* X, a small town */
	COPULA						/* X is a small town */
};

typedef struct type_noun
{
	const char *word;
	uint16_t	kinds;			/* bit of each entity_kind */
} type_noun;

#define P (1 << KIND_PERSON)
#define O (1 << KIND_ORGANIZATION)
#define L (1 << KIND_PLACE)
#define F (1 << KIND_FACILITY)
#define N (1 << KIND_NATIONALITY)
#define E (1 << KIND_EVENT)
#define R (1 << KIND_PRODUCT)
#define W (1 << KIND_WORK)
#define A (1 << KIND_LAW)
#define D (1 << KIND_AWARD)
#define G (1 << KIND_LANGUAGE)

static const type_noun type_nouns[] = {
	{"abbey", F}, {"abbeys", F}, {"accord", A}, {"accords", A}, {"act", A}, {"activist", P}, {"activists", P}, {"actor", P},
	{"actors", P}, {"actress", P}, {"acts", A}, {"adaptation", W}, {"adaptations", W}, {"agencies", O}, {"agency", O},
	{"agreement", A}, {"agreements", A}, {"aircraft", R}, {"aircrafts", R}, {"airfield", F}, {"airfields", F}, {"airline", O},
	{"airliner", R}, {"airliners", R}, {"airlines", O}, {"airport", F}, {"airports", F}, {"album", W}, {"albums", W},
	{"alliance", O}, {"alliances", O}, {"amendment", A}, {"amendments", A}, {"anthem", W}, {"anthems", W}, {"anthologies", W},
	{"anthology", W}, {"app", R}, {"application", R}, {"applications", R}, {"apps", R}, {"aquarium", F}, {"aquariums", F},
	{"architect", P}, {"architects", P}, {"area", L}, {"areas", L}, {"arena", F}, {"arenas", F}, {"artefact", R},
	{"artefacts", R}, {"artist", P}, {"artists", P}, {"artwork", W}, {"artworks", W}, {"association", O}, {"associations", O},
	{"athlete", P}, {"athletes", P}, {"attack", E}, {"attacks", E}, {"author", P}, {"authors", P}, {"autobiographies", W},
	{"autobiography", W}, {"automaker", O}, {"automakers", O}, {"award", D}, {"awards", D}, {"ballad", W}, {"ballads", W},
	{"ballet", W}, {"ballets", W}, {"band", O}, {"bands", O}, {"bank", O}, {"banks", O}, {"bar", F}, {"bars", F}, {"base", F},
	{"bases", F}, {"bassist", P}, {"bassists", P}, {"battle", E}, {"battles", E}, {"beer", R}, {"beers", R}, {"bicycle", R},
	{"bicycles", R}, {"bike", R}, {"bikes", R}, {"bill", A}, {"bills", A}, {"biographies", W}, {"biography", W}, {"blizzard", E},
	{"blizzards", E}, {"blockbuster", W}, {"blockbusters", W}, {"blogger", P}, {"bloggers", P}, {"boat", R}, {"boats", R},
	{"bombing", E}, {"bombings", E}, {"book", W}, {"books", W}, {"bookseller", O}, {"booksellers", O}, {"borough", L},
	{"boroughs", L}, {"boxer", P}, {"boxers", P}, {"boy", P}, {"boys", P}, {"brand", O}, {"brands", O}, {"bridge", F},
	{"bridges", F}, {"broadcaster", P | O}, {"broadcasters", P | O}, {"brother", P}, {"brothers", P}, {"browser", R},
	{"browsers", R}, {"building", F}, {"buildings", F}, {"bureau", O}, {"bureaus", O}, {"bus", R}, {"business", O}, {"cafe", F},
	{"cafes", F}, {"café", F}, {"cafés", F}, {"camera", R}, {"cameras", R}, {"camp", F}, {"campaign", E}, {"campaigns", E},
	{"camps", F}, {"capital", L}, {"capitals", L}, {"captain", P}, {"captains", P}, {"car", R}, {"carmaker", O}, {"carmakers", O},
	{"carrier", R}, {"carriers", R}, {"cars", R}, {"cartoon", W}, {"cartoons", W}, {"castle", F}, {"castles", F}, {"cat", P},
	{"cathedral", F}, {"cathedrals", F}, {"cats", P}, {"celebration", E}, {"celebrations", E}, {"cemeteries", F}, {"cemetery", F},
	{"ceremonies", E}, {"ceremony", E}, {"chain", O}, {"chains", O}, {"championship", E}, {"championships", E}, {"channel", O},
	{"channels", O}, {"character", P | W}, {"characters", P | W}, {"charities", O}, {"charity", O}, {"charter", A},
	{"charters", A}, {"chef", P}, {"chefs", P}, {"choir", O}, {"choirs", O}, {"church", O}, {"churches", O}, {"cinema", F},
	{"cinemas", F}, {"cities", L}, {"city", L}, {"club", O}, {"clubs", O}, {"coach", P}, {"coaches", P}, {"coalition", O},
	{"coalitions", O}, {"cocktail", R}, {"cocktails", R}, {"code", A}, {"codes", A}, {"college", O}, {"colleges", O},
	{"colonies", L}, {"colony", L}, {"comedian", P}, {"comedians", P}, {"comedies", W}, {"comedy", W}, {"comic", W},
	{"comics", W}, {"commission", O}, {"commissions", O}, {"committee", O}, {"committees", O}, {"companies", O}, {"company", O},
	{"competition", E}, {"competitions", E}, {"composer", P}, {"composers", P}, {"computer", R}, {"computers", R}, {"concert", E},
	{"concerts", E}, {"conference", E}, {"conferences", E}, {"conglomerate", O}, {"conglomerates", O}, {"congress", E},
	{"console", R}, {"consoles", R}, {"consortium", O}, {"consortiums", O}, {"constitution", A}, {"constitutions", A},
	{"consultancies", O}, {"consultancy", O}, {"contest", E}, {"contests", E}, {"continent", L}, {"continents", L},
	{"convention", E | A}, {"conventions", E | A}, {"cooperative", O}, {"cooperatives", O}, {"corporation", O},
	{"corporations", O}, {"council", O}, {"councils", O}, {"counties", L}, {"countries", L}, {"country", L}, {"county", L},
	{"courthouse", F}, {"courthouses", F}, {"crater", L}, {"craters", L}, {"crisis", E}, {"cruiser", R}, {"cruisers", R},
	{"cup", E}, {"cups", E}, {"cyclist", P}, {"cyclists", P}, {"cyclone", E}, {"cyclones", E}, {"dam", F}, {"dams", F},
	{"daughter", P}, {"daughters", P}, {"deal", A}, {"deals", A}, {"debate", E}, {"debates", E}, {"decree", A}, {"decrees", A},
	{"department", O}, {"departments", O}, {"derbies", E}, {"derby", E}, {"desert", L}, {"deserts", L}, {"designer", P},
	{"designers", P}, {"detective", P}, {"detectives", P}, {"developer", O}, {"developers", O}, {"device", R}, {"devices", R},
	{"dialect", G}, {"dialects", G}, {"directive", A}, {"directives", A}, {"director", P}, {"directors", P}, {"disaster", E},
	{"disasters", E}, {"distributor", O}, {"distributors", O}, {"district", L}, {"districts", L}, {"doctor", P}, {"doctors", P},
	{"documentaries", W}, {"documentary", W}, {"dog", P}, {"dogs", P}, {"drama", W}, {"dramas", W}, {"drone", R}, {"drones", R},
	{"drug", R}, {"drugmaker", O}, {"drugmakers", O}, {"drugs", R}, {"drummer", P}, {"drummers", P}, {"duo", O}, {"duos", O},
	{"earthquake", E}, {"earthquakes", E}, {"economist", P}, {"economists", P}, {"editor", P}, {"editors", P}, {"election", E},
	{"elections", E}, {"employer", O}, {"employers", O}, {"enclave", L}, {"enclaves", L}, {"engine", R}, {"engines", R},
	{"ensemble", O}, {"ensembles", O}, {"enterprise", O}, {"enterprises", O}, {"entrepreneur", P}, {"entrepreneurs", P},
	{"episode", W}, {"episodes", W}, {"essay", W}, {"essays", W}, {"ethnic", N}, {"ethnics", N}, {"event", E}, {"events", E},
	{"exhibition", E}, {"exhibitions", E}, {"expo", E}, {"expos", E}, {"factories", F}, {"factory", F}, {"fair", E}, {"fairs", E},
	{"faith", N}, {"faiths", N}, {"farm", F}, {"farmer", P}, {"farmers", P}, {"farms", F}, {"father", P}, {"fathers", P},
	{"ferries", R}, {"ferry", R}, {"festival", E}, {"festival-hall", F}, {"festival-halls", F}, {"festivals", E}, {"fighter", R},
	{"fighters", R}, {"film", W}, {"films", W}, {"firm", O}, {"firms", O}, {"flood", E}, {"floods", E}, {"footballer", P},
	{"footballers", P}, {"forum", E}, {"forums", E}, {"foundation", O}, {"foundations", O}, {"founder", P}, {"founders", P},
	{"franchise", W}, {"franchises", W}, {"friend", P}, {"friends", P}, {"gadget", R}, {"gadgets", R}, {"gala", E}, {"galas", E},
	{"galaxies", L}, {"galaxy", L}, {"galleries", F}, {"gallery", F}, {"game", R}, {"games", E | R}, {"gang", O}, {"gangs", O},
	{"genocide", E}, {"genocides", E}, {"giant", O}, {"giants", O}, {"girl", P}, {"girls", P}, {"gorilla", P}, {"gorillas", P},
	{"group", O}, {"groups", O}, {"guitarist", P}, {"guitarists", P}, {"hall", F}, {"halls", F}, {"hamlet", L}, {"hamlets", L},
	{"handset", R}, {"handsets", R}, {"harbour", L}, {"harbours", L}, {"headquarters", F}, {"helicopter", R}, {"helicopters", R},
	{"highway", F}, {"highways", F}, {"historian", P}, {"historians", P}, {"hit", W}, {"hits", W}, {"honor", D}, {"honors", D},
	{"honour", D}, {"honours", D}, {"horse", P}, {"horses", P}, {"hospital", F}, {"hospitals", F}, {"hotel", F}, {"hotels", F},
	{"house", F}, {"houses", F}, {"hurricane", E}, {"hurricanes", E}, {"husband", P}, {"husbands", P}, {"initiative", O},
	{"initiatives", O}, {"installation", W}, {"installations", W}, {"institute", O}, {"institutes", O}, {"institution", O},
	{"institutions", O}, {"insurer", O}, {"insurers", O}, {"inventor", P}, {"inventors", P}, {"island", L}, {"islands", L},
	{"jail", F}, {"jails", F}, {"jet", R}, {"jets", R}, {"journal", O}, {"journalist", P}, {"journalists", P}, {"journals", O},
	{"judge", P}, {"judges", P}, {"king", P}, {"kingdom", L}, {"kingdoms", L}, {"kings", P}, {"label", O}, {"labels", O},
	{"laboratories", O}, {"laboratory", O}, {"lake", L}, {"lakes", L}, {"landmark", F}, {"landmarks", F}, {"language", G},
	{"languages", G}, {"laptop", R}, {"laptops", R}, {"law", A}, {"laws", A}, {"lawyer", P}, {"lawyers", P}, {"legislation", A},
	{"legislations", A}, {"libraries", F}, {"library", F}, {"lion", P}, {"lions", P}, {"localities", L}, {"locality", L},
	{"locomotive", R}, {"locomotives", R}, {"lounge", F}, {"lounges", F}, {"magazine", O}, {"magazines", O}, {"maker", O},
	{"makers", O}, {"mall", F}, {"malls", F}, {"man", P}, {"mansion", F}, {"mansions", F}, {"manufacturer", O},
	{"manufacturers", O}, {"marathon", E}, {"marathons", E}, {"massacre", E}, {"massacres", E}, {"mayor", P}, {"mayors", P},
	{"medal", D}, {"medals", D}, {"medicine", R}, {"medicines", R}, {"meeting", E}, {"meetings", E}, {"memoir", W},
	{"memoirs", W}, {"men", P}, {"militia", O}, {"militias", O}, {"mine", F}, {"mines", F}, {"minister", P}, {"ministers", P},
	{"ministries", O}, {"ministry", O}, {"minorities", N}, {"minority", N}, {"missile", R}, {"missiles", R}, {"model", R},
	{"models", R}, {"monument", F}, {"monuments", F}, {"moon", L}, {"moons", L}, {"mosque", F}, {"mosques", F}, {"mother", P},
	{"mothers", P}, {"motorcycle", R}, {"motorcycles", R}, {"motorway", F}, {"motorways", F}, {"mountain", L}, {"mountains", L},
	{"movement", O}, {"movements", O}, {"movie", W}, {"movies", W}, {"municipalities", L}, {"municipality", L}, {"mural", W},
	{"murals", W}, {"museum", F}, {"museums", F}, {"musical", W}, {"musicals", W}, {"musician", P}, {"musicians", P},
	{"nation", L}, {"nations", L}, {"neighborhood", L}, {"neighborhoods", L}, {"neighbourhood", L}, {"neighbourhoods", L},
	{"network", O}, {"networks", O}, {"newspaper", O}, {"newspapers", O}, {"ngo", O}, {"ngos", O}, {"nightclub", F},
	{"nightclubs", F}, {"novel", W}, {"novelist", P}, {"novelists", P}, {"novels", W}, {"nurse", P}, {"nurses", P}, {"ocean", L},
	{"oceans", L}, {"octopus", P}, {"officer", P}, {"officers", P}, {"olympics", E}, {"opera", W}, {"operas", W},
	{"operating-system", R}, {"operating-systems", R}, {"operator", O}, {"operators", O}, {"orchestra", O}, {"orchestras", O},
	{"ordinance", A}, {"ordinances", A}, {"organisation", O}, {"organisations", O}, {"organization", O}, {"organizations", O},
	{"outfit", O}, {"outfits", O}, {"outlet", O}, {"outlets", O}, {"pact", A}, {"pacts", A}, {"painter", P}, {"painters", P},
	{"painting", W}, {"paintings", W}, {"palace", F}, {"palaces", F}, {"pandemic", E}, {"pandemics", E}, {"parade", E},
	{"parades", E}, {"park", F}, {"parks", F}, {"parties", O}, {"party", O}, {"pavilion", F}, {"pavilions", F}, {"peninsula", L},
	{"peninsulas", L}, {"people", N}, {"peoples", N}, {"phone", R}, {"phones", R}, {"photograph", W}, {"photographer", P},
	{"photographers", P}, {"photographs", W}, {"physicist", P}, {"physicists", P}, {"pier", F}, {"piers", F}, {"pilot", P},
	{"pilots", P}, {"plane", R}, {"planes", R}, {"planet", L}, {"planets", L}, {"plant", F}, {"plants", F}, {"platform", O},
	{"platforms", O}, {"play", W}, {"player", P}, {"players", P}, {"plays", W}, {"playwright", P}, {"playwrights", P},
	{"poem", W}, {"poems", W}, {"poet", P}, {"poets", P}, {"police", O}, {"polices", O}, {"politician", P}, {"politicians", P},
	{"port", L}, {"portrait", W}, {"portraits", W}, {"ports", L}, {"prefecture", L}, {"prefectures", L}, {"premiere", W},
	{"premieres", W}, {"prequel", W}, {"prequels", W}, {"prince", P}, {"princes", P}, {"princess", P}, {"printer", R},
	{"printers", R}, {"prison", F}, {"prisons", F}, {"prize", D}, {"prizes", D}, {"probe", R}, {"probes", R}, {"producer", P},
	{"producers", P}, {"professor", P}, {"professors", P}, {"program", R}, {"programme", W}, {"programmes", W}, {"programs", R},
	{"protest", E}, {"protests", E}, {"protocol", A}, {"protocols", A}, {"province", L}, {"provinces", L}, {"pub", F},
	{"publication", O}, {"publications", O}, {"publisher", O}, {"publishers", O}, {"pubs", F}, {"queen", P}, {"queens", P},
	{"race", E}, {"races", E}, {"rallies", E}, {"rally", E}, {"rapper", P}, {"rappers", P}, {"record", W}, {"records", W},
	{"referendum", E}, {"referendums", E}, {"regatta", E}, {"regattas", E}, {"region", L}, {"regions", L}, {"regulation", A},
	{"regulations", A}, {"regulator", O}, {"regulators", O}, {"release", W}, {"releases", W}, {"religion", N}, {"religions", N},
	{"remake", W}, {"remakes", W}, {"republic", L}, {"republics", L}, {"researcher", P}, {"researchers", P}, {"reserve", L},
	{"reserves", L}, {"resolution", A}, {"resolutions", A}, {"resort", L}, {"resorts", L}, {"restaurant", F}, {"restaurants", F},
	{"retailer", O}, {"retailers", O}, {"revolution", E}, {"revolutions", E}, {"riot", E}, {"riots", E}, {"river", L},
	{"rivers", L}, {"road", F}, {"roads", F}, {"robot", R}, {"robots", R}, {"rocket", R}, {"rockets", R}, {"rover", R},
	{"rovers", R}, {"satellite", R}, {"satellites", R}, {"scandal", E}, {"scandals", E}, {"school", O}, {"schools", O},
	{"scientist", P}, {"scientists", P}, {"sculptor", P}, {"sculptors", P}, {"sculpture", W}, {"sculptures", W}, {"sea", L},
	{"seas", L}, {"season", E}, {"seasons", E}, {"sect", N}, {"sects", N}, {"senator", P}, {"senators", P}, {"sequel", W},
	{"sequels", W}, {"series", W}, {"serieses", W}, {"service", O}, {"services", O}, {"settlement", L}, {"settlements", L},
	{"ship", R}, {"ships", R}, {"show", E | W}, {"shows", E | W}, {"shrine", F}, {"shrines", F}, {"shuttle", R}, {"shuttles", R},
	{"side", O}, {"sides", O}, {"singer", P}, {"singers", P}, {"single", W}, {"singles", W}, {"sister", P}, {"sisters", P},
	{"sitcom", W}, {"sitcoms", W}, {"site", O}, {"sites", O}, {"skyscraper", F}, {"skyscrapers", F}, {"slum", L}, {"slums", L},
	{"smartphone", R}, {"smartphones", R}, {"soap", W}, {"soaps", W}, {"societies", O}, {"society", O}, {"software", R},
	{"softwares", R}, {"soldier", P}, {"soldiers", P}, {"son", P}, {"song", W}, {"songs", W}, {"sons", P}, {"soundtrack", W},
	{"soundtracks", W}, {"spacecraft", R}, {"spacecrafts", R}, {"speedway", F}, {"speedways", F}, {"spokesman", P},
	{"spokesmen", P}, {"spokesperson", P}, {"spokespersons", P}, {"spokeswoman", P}, {"spokeswomen", P}, {"squad", O},
	{"squads", O}, {"square", F}, {"squares", F}, {"stadium", F}, {"stadiums", F}, {"star", L}, {"stars", L}, {"start-up", O},
	{"start-ups", O}, {"startup", O}, {"startups", O}, {"state", L}, {"states", L}, {"station", F}, {"stations", F},
	{"statue", W}, {"statues", W}, {"statute", A}, {"statutes", A}, {"store", O}, {"stores", O}, {"stories", W}, {"storm", E},
	{"storms", E}, {"story", W}, {"street", F}, {"streets", F}, {"strike", E}, {"striker", P}, {"strikers", P}, {"strikes", E},
	{"student", P}, {"students", P}, {"studio", O}, {"studios", O}, {"submarine", R}, {"submarines", R}, {"subsidiaries", O},
	{"subsidiary", O}, {"suburb", L}, {"suburbs", L}, {"summit", E}, {"summits", E}, {"supercomputer", R}, {"supercomputers", R},
	{"supermarket", O}, {"supermarkets", O}, {"supplier", O}, {"suppliers", O}, {"suspect", P}, {"suspects", P},
	{"symphonies", W}, {"symphony", W}, {"syndicate", O}, {"syndicates", O}, {"system", R}, {"systems", R}, {"tablet", R},
	{"tablets", R}, {"tabloid", O}, {"tabloids", O}, {"tanker", R}, {"tankers", R}, {"teacher", P}, {"teachers", P}, {"team", O},
	{"teams", O}, {"teenager", P}, {"teenagers", P}, {"telescope", R}, {"telescopes", R}, {"temple", F}, {"temples", F},
	{"territories", L}, {"territory", L}, {"theater", F}, {"theaters", F}, {"theatre", F}, {"theatres", F}, {"thinktank", O},
	{"thinktanks", O}, {"thriller", W}, {"thrillers", W}, {"title", W | D}, {"titles", W | D}, {"tour", E}, {"tournament", E},
	{"tournaments", E}, {"tours", E}, {"tower", F}, {"towers", F}, {"town", L}, {"towns", L}, {"toy", R}, {"toys", R},
	{"track", W}, {"tracks", W}, {"trailer", W}, {"trailers", W}, {"train", R}, {"trains", R}, {"treaties", A}, {"treatment", R},
	{"treatments", R}, {"treaty", A}, {"tribe", N}, {"tribes", N}, {"trilogies", W}, {"trilogy", W}, {"trio", O}, {"trios", O},
	{"trophies", D}, {"trophy", D}, {"troupe", O}, {"troupes", O}, {"truck", R}, {"trucks", R}, {"trust", O}, {"trusts", O},
	{"tsunami", E}, {"tsunamis", E}, {"tune", W}, {"tunes", W}, {"tunnel", F}, {"tunnels", F}, {"typhoon", E}, {"typhoons", E},
	{"union", O}, {"unions", O}, {"universities", O}, {"university", O}, {"uprising", E}, {"uprisings", E}, {"vaccine", R},
	{"vaccines", R}, {"valley", L}, {"valleys", L}, {"vehicle", R}, {"vehicles", R}, {"venue", F}, {"venues", F}, {"vessel", R},
	{"vessels", R}, {"victim", P}, {"victims", P}, {"video", W}, {"video-game", W}, {"video-games", W}, {"videos", W},
	{"village", L}, {"villages", L}, {"volcano", L}, {"volcanos", L}, {"war", E}, {"wars", E}, {"warship", R}, {"warships", R},
	{"watch", R}, {"watches", R}, {"weapon", R}, {"weapons", R}, {"website", O}, {"websites", O}, {"wedding", E}, {"weddings", E},
	{"wife", P}, {"wifes", P}, {"wine", R}, {"wines", R}, {"woman", P}, {"women", P}, {"workshop", O | E}, {"workshops", O | E},
	{"writer", P}, {"writers", P}, {"yacht", R}, {"yachts", R}, {"youth", P}, {"youths", P}, {"zoo", F}, {"zoos", F}
};

#define N_TYPE_NOUNS (sizeof(type_nouns) / sizeof(type_nouns[0]))

static int
compare_nouns(const void *key, const void *row)
{
	return strcmp(key, ((const type_noun *) row)->word);
}

/* Kinds of the things that a noun may stand for; a role is a person. */
static uint16_t
kinds_of_noun(const token *t)
{
	const type_noun *found = t->lower_bytes < 20 ? bsearch(t->lower, type_nouns, N_TYPE_NOUNS, sizeof(type_noun), compare_nouns) : NULL;

	if (found != NULL)
		return found->kinds;
	return lexicon_sets(t) & (SET_ROLE | SET_RELATIVE) ? P : 0;
}

static bool
is_word(const token *t, const char *word)
{
	return strcmp(t->lower, word) == 0;
}

static bool
is_noun(const name_view *v, int32_t i)
{
	return v->cues[i].written == 0 && v->cues[i].upos == UPOS_NOUN;
}

/* Steps over opening marks and articles to the left. */
static int32_t
skip_left(const name_view *v, int32_t i, int32_t start)
{
	while (i >= start && ((v->doc->tokens[i].flags & TOKEN_OPEN_MARK) || v->cues[i].upos == UPOS_DET))
		i--;
	return i;
}

/* The noun at `i` or up to three words before it. */
static int32_t
noun_left(const name_view *v, int32_t i, int32_t start)
{
	for (int32_t limit = i - 3; i >= start && i >= limit; i--)
		if (is_noun(v, i))
			return i;
	return -1;
}

static void
set_type(name_cue *c, int side, const name_view *v, int32_t noun, uint8_t code)
{
	c->type_word[side] = v->cues[noun].word;
	c->type_path[side] = v->cues[noun].class_known ? v->cues[noun].class_path : 0;
	c->type_code[side] = code;
	if (code == BEFORE_NOUN)
		c->type_kinds |= kinds_of_noun(&v->doc->tokens[noun]) & ~P;	/* "Elmas residents" are not Elmas */
	else
		c->type_kinds |= kinds_of_noun(&v->doc->tokens[noun]);
}

/* A capital that only a sentence's beginning gives: "The", "Some". */
static bool
is_function_word(const name_cue *c)
{
	return c->upos == UPOS_DET || c->upos == UPOS_PRON || c->upos == UPOS_ADP || c->upos == UPOS_SCONJ || c->upos == UPOS_CCONJ ||
		c->upos == UPOS_ADV || c->upos == UPOS_AUX || c->upos == UPOS_PART;
}

/* The noun that speaks of the run from the left. */
static void
type_from_left(const name_view *v, const sentence *s, int32_t first, int32_t end, name_cue *c)
{
	const token *tokens = v->doc->tokens;
	int32_t		i = skip_left(v, first - 1, s->start),
				noun = -1;

	if (i < s->start)
		return;
	if (is_noun(v, i))
	{
		set_type(c, 0, v, i, i == first - 1 ? BEHIND_NOUN : BEHIND_NOUN_AND_MARK);
		return;
	}
	if (tokens[i].lower[0] == ',' && i - 1 >= s->start && is_noun(v, i - 1) && end < s->end && tokens[end].lower[0] == ',')
	{
		set_type(c, 0, v, i - 1, APPOSED);
		return;
	}
	if (is_word(&tokens[i], "called") || is_word(&tokens[i], "named") || is_word(&tokens[i], "titled") || is_word(&tokens[i], "entitled") ||
		is_word(&tokens[i], "dubbed"))
		noun = noun_left(v, i - 1, s->start);
	else if (is_word(&tokens[i], "as") && i - 1 >= s->start && (is_word(&tokens[i - 1], "such") || is_word(&tokens[i - 1], "known")))
		noun = noun_left(v, i - 2, s->start);
	else if (is_word(&tokens[i], "including") || is_word(&tokens[i], "like"))
		noun = noun_left(v, i - 1, s->start);
	if (noun >= 0)
	{
		set_type(c, 0, v, noun, EXAMPLE);
		return;
	}
	/* the next of a list is what the one before is: "e-bike companies Currie, Pedego or ElectroBike" */
	if (tokens[i].lower[0] == ',' || v->cues[i].upos == UPOS_CCONJ)
	{
		int32_t		k = i - 1;

		while (k >= s->start && ((tokens[k].flags & (TOKEN_CLOSE_MARK | TOKEN_OPEN_MARK)) || tokens[k].lower[0] == ','))
			k--;
		if (k >= s->start && v->runs[k].last == k && v->cues[k].type_code[0] != 0)
		{
			c->type_word[0] = v->cues[k].type_word[0];
			c->type_path[0] = v->cues[k].type_path[0];
			c->type_code[0] = LISTED;
			c->type_kinds |= v->cues[k].type_kinds;
		}
	}
}

/* The head of the noun phrase that begins at `i`: the last noun of its run of adjectives and nouns; -1. */
static int32_t
phrase_head(const name_view *v, int32_t i, int32_t end)
{
	int32_t		noun = -1;

	for (int32_t limit = i + REACH; i < end && i < limit; i++)
	{
		uint8_t		upos = v->cues[i].upos;

		if (is_noun(v, i))
			noun = i;
		else if (noun >= 0 || !(upos == UPOS_ADJ || upos == UPOS_PROPN || upos == UPOS_NUM || upos == UPOS_ADV || upos == UPOS_DET ||
								(upos == UPOS_VERB && v->cues[i].written == 0) || v->cues[i].written == 5))
			break;
		if (v->doc->tokens[i].lower[0] == ',')
			break;
	}
	return noun;
}

/* The noun that speaks of the run from the right; the run ends before `i`. */
static void
type_from_right(const name_view *v, const sentence *s, int32_t i, name_cue *c)
{
	const token *tokens = v->doc->tokens;

	if (i < s->end && (tokens[i].flags & TOKEN_CLOSE_MARK))
		i++;
	if (i >= s->end)
		return;
	if (is_noun(v, i))
	{
		if (i + 1 < s->end && is_noun(v, i + 1))
			i++;
		set_type(c, 1, v, i, BEFORE_NOUN);
	}
	else if (tokens[i].lower[0] == ',' && i + 2 < s->end)
	{
		int32_t		noun = v->cues[i + 1].upos == UPOS_DET || v->cues[i + 1].upos == UPOS_PRON ? phrase_head(v, i + 2, s->end) : -1;

		if (v->cues[i + 1].xpos == XPOS_WP || v->cues[i + 1].xpos == XPOS_WDT)
			set_type(c, 1, v, i + 1, RELATIVE);
		else if (noun >= 0)
			set_type(c, 1, v, noun, DESCRIBED);
	}
	else if (v->cues[i].upos == UPOS_AUX && i + 2 < s->end && v->cues[i + 1].upos == UPOS_DET)
	{
		int32_t		noun = phrase_head(v, i + 2, s->end);

		if (noun >= 0)
			set_type(c, 1, v, noun, COPULA);
	}
	else if (is_word(&tokens[i], "who"))
		set_type(c, 1, v, i, RELATIVE);
	if (c->type_code[1] == RELATIVE && is_word(&tokens[tokens[i].lower[0] == ',' ? i + 1 : i], "who"))
		c->type_kinds |= P;
}

void
name_view_find_types(name_view *v, const sentence *s)
{
	for (int32_t i = s->start; i < s->end; i++)
	{
		const name_run *r = &v->runs[i];
		name_cue   *c = &v->cues[i];

		if (r->last < 0 || r->first != i || c->case_mode != CASE_SENTENCE ||
			(r->last == i && is_function_word(c)))
			continue;
		type_from_left(v, s, i, r->last + 1, c);
		type_from_right(v, s, r->last + 1, c);
		for (int32_t k = i + 1; k <= r->last; k++)
		{
			memcpy(v->cues[k].type_word, c->type_word, sizeof(c->type_word));
			memcpy(v->cues[k].type_path, c->type_path, sizeof(c->type_path));
			memcpy(v->cues[k].type_code, c->type_code, sizeof(c->type_code));
			v->cues[k].type_kinds = c->type_kinds;
		}
	}
}

static uint64_t
word_key(const name_cue *c)
{
	return hash_mix(UINT64_C(0x7e57), c->word);
}

/* The last words of a run, which a short name may repeat, are told apart from the others. */
static uint64_t
run_key(const name_view *v, const name_run *r)
{
	uint64_t	key = UINT64_C(0x7e58);

	for (int32_t i = r->first; i <= r->last; i++)
		key = hash_mix(key, v->cues[i].word);
	return key;
}

void
name_view_share_types(name_view *v)
{
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		const name_cue *c = &v->cues[i];

		if (c->type_kinds == 0 || v->runs[i].last < 0)
			continue;
		memory_at(v->memory, word_key(c), true)->kinds |= c->type_kinds;
		if (v->runs[i].first == i)
			memory_at(v->memory, run_key(v, &v->runs[i]), true)->kinds |= c->type_kinds;
	}
	for (int32_t i = 0; i < v->doc->n_tokens; i++)
	{
		name_cue   *c = &v->cues[i];
		const word_memory *m;

		if (!c->may_be_name || v->runs[i].last < 0)
			continue;
		m = memory_at(v->memory, word_key(c), false);
		if (m != NULL)
			c->word_kinds = m->kinds;
		if (v->runs[i].first == i)
		{
			m = memory_at(v->memory, run_key(v, &v->runs[i]), false);
			for (int32_t k = i; m != NULL && k <= v->runs[i].last; k++)
				v->cues[k].run_kinds = m->kinds;
		}
	}
}
