/*
 * role_synonyms.c - classes of role nouns (see role_synonyms.h).
 *
 * Own collection: nouns by which news texts take up a title again.  A word may
 * stand in several classes.
 */
#include "entity/role_synonyms.h"

#include <string.h>

typedef struct role_row
{
	const char *word;
	uint8_t		class;
} role_row;

enum
{
	ROLE_ENVOY = 1, ROLE_HEAD_OF_STATE, ROLE_MINISTER, ROLE_LAWMAKER, ROLE_LEADER, ROLE_COMPANY_HEAD, ROLE_SPOKESPERSON, ROLE_LAWYER,
	ROLE_JUDGE, ROLE_SCIENTIST, ROLE_DOCTOR, ROLE_ECONOMIST, ROLE_WRITER, ROLE_ARTIST, ROLE_MUSICIAN, ROLE_ACTOR, ROLE_FILM, ROLE_PLAYER,
	ROLE_COACH, ROLE_POLICE, ROLE_SOLDIER, ROLE_TEACHER, ROLE_CLERGY, ROLE_ROYAL, ROLE_RELATIVE, ROLE_CHILD, ROLE_BUSINESS, ROLE_ACTIVIST,
	ROLE_SUSPECT, ROLE_CANDIDATE, ROLE_COMPANY, ROLE_SHOP, ROLE_MEDIA, ROLE_AGENCY, ROLE_CHARITY, ROLE_PARTY, ROLE_COURT, ROLE_SCHOOL,
	ROLE_TEAM, ROLE_GOVERNMENT, ROLE_FORCE, ROLE_UNION, ROLE_BANK, ROLE_PARLIAMENT, ROLE_ASTRONAUT, ROLE_CHEF, ROLE_CITY_HEAD, ROLE_OWNER, ROLE_SITE
};

/* Sorted by word. */
static const role_row rows[] = {
	{"academic", ROLE_SCIENTIST}, {"activist", ROLE_ACTIVIST}, {"actor", ROLE_ACTOR}, {"actress", ROLE_ACTOR},
	{"agency", ROLE_AGENCY}, {"airline", ROLE_COMPANY}, {"ambassador", ROLE_ENVOY}, {"anchor", ROLE_WRITER},
	{"anthropologist", ROLE_SCIENTIST}, {"archaeologist", ROLE_SCIENTIST}, {"archbishop", ROLE_CLERGY}, {"architect", ROLE_ARTIST},
	{"artist", ROLE_ARTIST}, {"assembly", ROLE_PARLIAMENT}, {"association", ROLE_UNION}, {"astronaut", ROLE_ASTRONAUT},
	{"astronomer", ROLE_SCIENTIST}, {"attacker", ROLE_SUSPECT}, {"attorney", ROLE_LAWYER}, {"author", ROLE_WRITER},
	{"authority", ROLE_AGENCY}, {"bank", ROLE_BANK}, {"barrister", ROLE_LAWYER}, {"billionaire", ROLE_BUSINESS},
	{"biologist", ROLE_SCIENTIST}, {"bishop", ROLE_CLERGY}, {"board", ROLE_AGENCY}, {"body", ROLE_AGENCY},
	{"boss", ROLE_COMPANY_HEAD}, {"boy", ROLE_CHILD}, {"broadcaster", ROLE_MEDIA}, {"brother", ROLE_RELATIVE},
	{"bureau", ROLE_AGENCY}, {"businessman", ROLE_BUSINESS}, {"businesswoman", ROLE_BUSINESS}, {"campaigner", ROLE_ACTIVIST},
	{"candidate", ROLE_CANDIDATE}, {"captain", ROLE_SOLDIER}, {"captain", ROLE_PLAYER}, {"cardinal", ROLE_CLERGY},
	{"carmaker", ROLE_COMPANY}, {"carrier", ROLE_COMPANY}, {"ceo", ROLE_COMPANY_HEAD}, {"chain", ROLE_SHOP},
	{"chain", ROLE_COMPANY}, {"chair", ROLE_COMPANY_HEAD}, {"chairman", ROLE_COMPANY_HEAD}, {"chairwoman", ROLE_COMPANY_HEAD},
	{"chancellor", ROLE_MINISTER}, {"chancellor", ROLE_HEAD_OF_STATE}, {"channel", ROLE_MEDIA}, {"charity", ROLE_CHARITY},
	{"chef", ROLE_CHEF}, {"chemist", ROLE_SCIENTIST}, {"chief", ROLE_LEADER}, {"chief", ROLE_COMPANY_HEAD}, {"child", ROLE_CHILD},
	{"climatologist", ROLE_SCIENTIST}, {"club", ROLE_TEAM}, {"co-author", ROLE_SCIENTIST}, {"co-founder", ROLE_COMPANY_HEAD},
	{"coach", ROLE_COACH}, {"colonel", ROLE_SOLDIER}, {"columnist", ROLE_WRITER}, {"comedian", ROLE_ACTOR},
	{"commander", ROLE_SOLDIER}, {"commission", ROLE_AGENCY}, {"commissioner", ROLE_LEADER}, {"committee", ROLE_AGENCY},
	{"company", ROLE_COMPANY}, {"composer", ROLE_MUSICIAN}, {"congressman", ROLE_LAWMAKER}, {"congresswoman", ROLE_LAWMAKER},
	{"constable", ROLE_POLICE}, {"cook", ROLE_CHEF}, {"corporation", ROLE_COMPANY}, {"councillor", ROLE_LAWMAKER},
	{"counsel", ROLE_LAWYER}, {"court", ROLE_COURT}, {"critic", ROLE_WRITER}, {"curator", ROLE_ARTIST}, {"daughter", ROLE_RELATIVE},
	{"defendant", ROLE_SUSPECT}, {"department", ROLE_AGENCY}, {"deputy", ROLE_LAWMAKER}, {"designer", ROLE_ARTIST},
	{"detective", ROLE_POLICE}, {"developer", ROLE_COMPANY}, {"diplomat", ROLE_ENVOY}, {"director", ROLE_FILM},
	{"director", ROLE_LEADER}, {"doctor", ROLE_DOCTOR}, {"driver", ROLE_PLAYER}, {"ecologist", ROLE_SCIENTIST},
	{"economist", ROLE_ECONOMIST}, {"editor", ROLE_WRITER}, {"emperor", ROLE_ROYAL}, {"engineer", ROLE_SCIENTIST},
	{"entrepreneur", ROLE_BUSINESS}, {"envoy", ROLE_ENVOY}, {"epidemiologist", ROLE_SCIENTIST}, {"executive", ROLE_COMPANY_HEAD},
	{"expert", ROLE_SCIENTIST}, {"father", ROLE_RELATIVE}, {"filmmaker", ROLE_FILM}, {"firm", ROLE_COMPANY},
	{"footballer", ROLE_PLAYER}, {"force", ROLE_FORCE}, {"foundation", ROLE_CHARITY}, {"founder", ROLE_COMPANY_HEAD},
	{"general", ROLE_SOLDIER}, {"geneticist", ROLE_SCIENTIST}, {"geologist", ROLE_SCIENTIST}, {"giant", ROLE_COMPANY},
	{"girl", ROLE_CHILD}, {"government", ROLE_GOVERNMENT}, {"governor", ROLE_CITY_HEAD}, {"group", ROLE_CHARITY},
	{"group", ROLE_COMPANY}, {"guitarist", ROLE_MUSICIAN}, {"head", ROLE_LEADER}, {"headmaster", ROLE_TEACHER},
	{"headteacher", ROLE_TEACHER}, {"historian", ROLE_SCIENTIST}, {"husband", ROLE_RELATIVE}, {"imam", ROLE_CLERGY},
	{"inspector", ROLE_POLICE}, {"institute", ROLE_SCHOOL}, {"institution", ROLE_AGENCY}, {"inventor", ROLE_SCIENTIST},
	{"investor", ROLE_BUSINESS}, {"journalist", ROLE_WRITER}, {"judge", ROLE_JUDGE}, {"justice", ROLE_JUDGE}, {"king", ROLE_ROYAL},
	{"lawmaker", ROLE_LAWMAKER}, {"lawyer", ROLE_LAWYER}, {"leader", ROLE_LEADER}, {"leader", ROLE_HEAD_OF_STATE},
	{"lecturer", ROLE_SCIENTIST}, {"legislator", ROLE_LAWMAKER}, {"legislature", ROLE_PARLIAMENT}, {"lieutenant", ROLE_SOLDIER},
	{"magazine", ROLE_MEDIA}, {"magistrate", ROLE_JUDGE}, {"magnate", ROLE_BUSINESS}, {"maker", ROLE_COMPANY},
	{"manager", ROLE_COACH}, {"manager", ROLE_COMPANY_HEAD}, {"manufacturer", ROLE_COMPANY}, {"mayor", ROLE_CITY_HEAD},
	{"medic", ROLE_DOCTOR}, {"member", ROLE_LAWMAKER}, {"midfielder", ROLE_PLAYER}, {"millionaire", ROLE_BUSINESS},
	{"minister", ROLE_MINISTER}, {"ministry", ROLE_AGENCY}, {"mogul", ROLE_BUSINESS}, {"monarch", ROLE_ROYAL},
	{"mother", ROLE_RELATIVE}, {"mp", ROLE_LAWMAKER}, {"museum", ROLE_SCHOOL}, {"musician", ROLE_MUSICIAN},
	{"negotiator", ROLE_ENVOY}, {"network", ROLE_MEDIA}, {"neuroscientist", ROLE_SCIENTIST}, {"newspaper", ROLE_MEDIA},
	{"nominee", ROLE_CANDIDATE}, {"novelist", ROLE_WRITER}, {"nurse", ROLE_DOCTOR}, {"officer", ROLE_POLICE},
	{"officer", ROLE_COMPANY_HEAD}, {"organisation", ROLE_CHARITY}, {"organization", ROLE_CHARITY}, {"outlet", ROLE_MEDIA},
	{"owner", ROLE_OWNER}, {"painter", ROLE_ARTIST}, {"panel", ROLE_AGENCY}, {"paper", ROLE_MEDIA}, {"parliament", ROLE_PARLIAMENT},
	{"party", ROLE_PARTY}, {"pastor", ROLE_CLERGY}, {"philanthropist", ROLE_BUSINESS}, {"photographer", ROLE_ARTIST},
	{"physician", ROLE_DOCTOR}, {"physicist", ROLE_SCIENTIST}, {"player", ROLE_PLAYER}, {"playwright", ROLE_WRITER},
	{"poet", ROLE_WRITER}, {"police", ROLE_FORCE}, {"policeman", ROLE_POLICE}, {"politician", ROLE_LAWMAKER},
	{"pontiff", ROLE_CLERGY}, {"pope", ROLE_CLERGY}, {"premier", ROLE_MINISTER}, {"president", ROLE_HEAD_OF_STATE},
	{"president", ROLE_COMPANY_HEAD}, {"priest", ROLE_CLERGY}, {"prince", ROLE_ROYAL}, {"princess", ROLE_ROYAL},
	{"principal", ROLE_TEACHER}, {"producer", ROLE_FILM}, {"professor", ROLE_SCIENTIST}, {"prosecutor", ROLE_LAWYER},
	{"psychologist", ROLE_SCIENTIST}, {"publication", ROLE_MEDIA}, {"queen", ROLE_ROYAL}, {"rabbi", ROLE_CLERGY},
	{"rapper", ROLE_MUSICIAN}, {"regulator", ROLE_AGENCY}, {"reporter", ROLE_WRITER}, {"representative", ROLE_ENVOY},
	{"representative", ROLE_LAWMAKER}, {"researcher", ROLE_SCIENTIST}, {"restaurateur", ROLE_CHEF}, {"retailer", ROLE_COMPANY},
	{"retailer", ROLE_SHOP}, {"scholar", ROLE_SCIENTIST}, {"school", ROLE_SCHOOL}, {"scientist", ROLE_SCIENTIST},
	{"secretary", ROLE_MINISTER}, {"senate", ROLE_PARLIAMENT}, {"senator", ROLE_LAWMAKER}, {"sergeant", ROLE_POLICE},
	{"sheriff", ROLE_POLICE}, {"singer", ROLE_MUSICIAN}, {"sister", ROLE_RELATIVE}, {"site", ROLE_SITE}, {"society", ROLE_CHARITY},
	{"sociologist", ROLE_SCIENTIST}, {"solicitor", ROLE_LAWYER}, {"son", ROLE_RELATIVE}, {"songwriter", ROLE_MUSICIAN},
	{"speaker", ROLE_LAWMAKER}, {"spokesman", ROLE_SPOKESPERSON}, {"spokesperson", ROLE_SPOKESPERSON},
	{"spokeswoman", ROLE_SPOKESPERSON}, {"star", ROLE_ACTOR}, {"startup", ROLE_COMPANY}, {"statesman", ROLE_HEAD_OF_STATE},
	{"station", ROLE_MEDIA}, {"striker", ROLE_PLAYER}, {"student", ROLE_CHILD}, {"studio", ROLE_COMPANY},
	{"superintendent", ROLE_POLICE}, {"supermarket", ROLE_SHOP}, {"surgeon", ROLE_DOCTOR}, {"suspect", ROLE_SUSPECT},
	{"teacher", ROLE_TEACHER}, {"team", ROLE_TEAM}, {"teenager", ROLE_CHILD}, {"think-tank", ROLE_CHARITY}, {"trainer", ROLE_COACH},
	{"tycoon", ROLE_BUSINESS}, {"union", ROLE_UNION}, {"university", ROLE_SCHOOL}, {"virologist", ROLE_SCIENTIST},
	{"website", ROLE_SITE}, {"wife", ROLE_RELATIVE}, {"winner", ROLE_PLAYER}, {"writer", ROLE_WRITER},
	{"zoologist", ROLE_SCIENTIST}
};

#define N_ROWS ((int) (sizeof(rows) / sizeof(rows[0])))

static int
first_row(const char *word)
{
	int			low = 0,
				high = N_ROWS;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (strcmp(rows[middle].word, word) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
role_class(const char *word)
{
	int			at = first_row(word);

	return at < N_ROWS && strcmp(rows[at].word, word) == 0 ? rows[at].class : 0;
}

bool
same_role(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return true;
	for (int i = first_row(a); i < N_ROWS && strcmp(rows[i].word, a) == 0; i++)
		for (int k = first_row(b); k < N_ROWS && strcmp(rows[k].word, b) == 0; k++)
			if (rows[i].class == rows[k].class)
				return true;
	return false;
}

bool
is_personal_role(const char *word)
{
	for (int i = first_row(word); i < N_ROWS && strcmp(rows[i].word, word) == 0; i++)
	{
		uint8_t		class = rows[i].class;

		if (class < ROLE_COMPANY || class == ROLE_ASTRONAUT || class == ROLE_CHEF || class == ROLE_CITY_HEAD || class == ROLE_OWNER)
			return true;
	}
	return false;
}
