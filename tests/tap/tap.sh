# Shared by the tests here, sourced after scripts/lib.sh: ok and is print the lines that scripts/test counts.

FAILED=0

# ok NAME CONDITION...: passes when the command succeeds.
ok() {
	local name=$1
	shift
	if "$@" >/dev/null 2>&1; then echo "ok - $name"; else echo "not ok - $name"; FAILED=$((FAILED + 1)); fi
}

# is NAME GOT EXPECTED
is() {
	if [ "$2" = "$3" ]; then echo "ok - $1"; else printf 'not ok - %s\n    got:      %s\n    expected: %s\n' "$1" "$2" "$3"; FAILED=$((FAILED + 1)); fi
}

# sql QUERY [PSQL-OPTION...]: unaligned rows, errors among them.
sql() {
	local query=$1
	shift
	psql -XAtq "$@" 2>&1 <<<"$query"
}

# Small articles, made by SQL: names, outlets and days vary with n.
ARTICLE_MAKER="
CREATE TABLE articles (id int PRIMARY KEY, body text, published_at timestamptz, outlet text);
CREATE FUNCTION make_body(n int) RETURNS text LANGUAGE sql AS \$\$
SELECT format('%s %s met %s %s in %s on Monday. \"The number is %s,\" said %s %s. The council of %s will vote in %s days.',
	f[1 + n % 7], l[1 + n % 11], f[1 + n % 5], l[1 + n % 13], p[1 + n % 6], n, f[1 + n % 7], l[1 + n % 11], p[1 + n % 6], n % 30)
FROM (SELECT ARRAY['Helen', 'Peter', 'Maria', 'Thomas', 'Ingrid', 'Walter', 'Susan'] AS f,
	ARRAY['Archer', 'Lindholm', 'Castell', 'Brandt', 'Falk', 'Moreau', 'Okafor', 'Tanaka', 'Novak', 'Silva', 'Haas', 'Byrne', 'Costa'] AS l,
	ARRAY['Rotterdam', 'Hamburg', 'Lisbon', 'Oslo', 'Vienna', 'Dublin'] AS p) x \$\$;
CREATE FUNCTION add_articles(low int, high int) RETURNS void LANGUAGE sql AS \$\$
INSERT INTO articles SELECT n, make_body(n), timestamptz '2026-03-01 12:00Z' + (n % 20) * interval '1 day', 'Outlet ' || n % 3 FROM generate_series(low, high) n \$\$;"
