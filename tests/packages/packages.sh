#!/usr/bin/env bash
# Archive and packages: what `make dist` packs builds elsewhere to the same bytes as here; the Debian package builds, and
# its library loads in a server from where the package was unpacked.
set -u
. "$(dirname "$0")/../../scripts/lib.sh"
. "$(dirname "$0")/../tap/tap.sh"
cd "$ROOT"
export PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$(pg_major)/bin/pg_config}
BIN=${BIN:-$(server_programs)}
PLACE=$(mktemp -d "${TMPDIR:-/tmp}/packages.XXXXXX")
server_start
trap 'server_stop; rm -rf "$PLACE"' EXIT
VERSION=$(sed -n "s/^default_version = '\(.*\)'/\1/p" news_analytics.control)

# The archive, of the tree with its changes.
commit=$(git stash create 2>/dev/null)
ok "make dist makes build/news_analytics-$VERSION.zip" make -s dist DIST_COMMIT="${commit:-HEAD}"
mkdir "$PLACE/another-place"
unzip -q "build/news_analytics-$VERSION.zip" -d "$PLACE/another-place"
TREE=$PLACE/another-place/news_analytics-$VERSION
is "META.json has the version of the control file, and its files are there" "$(python3 - "$TREE" <<'PYTHON'
import json, os, sys
meta = json.load(open(sys.argv[1] + "/META.json"))
needed = {"name", "version", "abstract", "maintainer", "license", "provides", "meta-spec"}
provided = meta["provides"]["news_analytics"]
files = [provided["file"], provided["docfile"]]
print(meta["version"], provided["version"], sorted(needed - set(meta)), [f for f in files if not os.path.exists(sys.argv[1] + "/" + f)])
PYTHON
)" "$VERSION $VERSION [] []"

# Two builds in two places.
make -s -j2 PG_CONFIG="$PG_CONFIG" >"$PLACE/here.log" 2>&1
ok "the archive builds" make -s -j2 -C "$TREE" PG_CONFIG="$PG_CONFIG"
is "built in two places, the library is the same bytes" "$(sha256sum <"$TREE/news_analytics.so")" "$(sha256sum <news_analytics.so)"
is "and so is its SQL" "$(sha256sum <"$TREE/news_analytics--$VERSION.sql")" "$(sha256sum <"news_analytics--$VERSION.sql")"
is "no path of the tree stands in it" "$(grep -c "$PLACE" "$TREE/news_analytics.so")" 0

# The Debian package.
SOURCE=$PLACE/debian/news-analytics-$VERSION
mkdir -p "$SOURCE"
unzip -q "build/news_analytics-$VERSION.zip" -d "$PLACE/unzipped" && cp -r "$PLACE/unzipped/news_analytics-$VERSION/." "$SOURCE"
rm -rf "$PLACE/unzipped"
if (cd "$SOURCE" && pg_buildext updatecontrol && DEB_BUILD_OPTIONS="parallel=$(nproc) nocheck" dpkg-buildpackage -us -uc -b) >"$PLACE/deb.log" 2>&1; then
	echo "ok - dpkg-buildpackage"
else
	echo "not ok - dpkg-buildpackage"
	tail -40 "$PLACE/deb.log"
	exit 1
fi
deb=$(ls "$PLACE"/debian/postgresql-*-news-analytics_*.deb | head -1)
lintian --tag-display-limit 0 "$deb" 2>/dev/null | sed 's/^/    lintian: /'
dpkg-deb -x "$deb" "$PLACE/root"
major=$(sed -n 's/.*postgresql-\([0-9]*\)-news.*/\1/p' <<<"$deb")
ok "the package of PostgreSQL $major holds library, control file, SQL and documents" ls "$PLACE/root/usr/lib/postgresql/$major/lib/news_analytics.so" \
	"$PLACE/root/usr/share/postgresql/$major/extension/news_analytics.control" "$PLACE/root/usr/share/postgresql/$major/extension/news_analytics--$VERSION.sql" \
	"$PLACE/root/usr/share/doc/postgresql-$major-news-analytics/copyright"
ok "it needs the server and the libraries" grep -Eq "Depends:.*libgumbo1.*postgresql-$major|Depends:.*postgresql-$major.*libgumbo1" <<<"$(dpkg-deb -I "$deb")"
if [ "$major" = "$(pg_major)" ]; then
	chmod -R a+rX "$PLACE"
	is "its library loads and reads" "$(sql "CREATE FUNCTION unpacked(text) RETURNS text LANGUAGE c STRICT AS '$PLACE/root/usr/lib/postgresql/$major/lib/news_analytics.so', 'news_article_html';
		SELECT position('id=\"q1\"' IN unpacked('\"We won,\" said Helen Archer.')) > 0")" t
fi
exit $((FAILED > 0))
