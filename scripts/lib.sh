# Shared by the scripts here: packages, build and a throw-away server.  Source it from bash with `set -eu`.
#
# server_start leaves PGHOST, PGPORT and PGUSER set for psql; server_stop (also on exit) leaves nothing running and no files.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
WORK=
SERVER_USER=

say() { printf '== %s\n' "$*" >&2; }

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# install_packages NAME...: those that are missing, by apt-get.
install_packages() {
	local missing=() p
	for p in "$@"; do
		dpkg-query -W -f='${Status}\n' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
	done
	[ ${#missing[@]} = 0 ] && return
	say "installing ${missing[*]}"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# PostgreSQL's major version: that of PG_CONFIG, else PG_MAJOR, else the newest with a server on the machine, else Debian's default.
pg_major() {
	local newest
	if [ -n "${PG_CONFIG:-}" ]; then "$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/'; return; fi
	if [ -n "${PG_MAJOR:-}" ]; then echo "$PG_MAJOR"; return; fi
	newest=$(ls /usr/lib/postgresql 2>/dev/null | grep -E '^[0-9]+$' | while read -r v; do
		[ -x "/usr/lib/postgresql/$v/bin/postgres" ] && echo "$v"; done | sort -n | tail -1)
	if [ -z "$newest" ]; then
		newest=$(apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -1)
	fi
	echo "${newest:-15}"
}

# Directory of the server's programs.
server_programs() { "${PG_CONFIG:-/usr/lib/postgresql/$(pg_major)/bin/pg_config}" --bindir; }

# What building and running need; BIN is the server's program directory.  A server of one's own is given by PG_CONFIG.
install_build_packages() {
	if [ -z "${PG_MAJOR:-}" ] && ! apt-cache show postgresql >/dev/null 2>&1; then
		as_root apt-get update -qq
	fi
	PG_MAJOR=$(pg_major)
	export PG_MAJOR
	local server=()
	[ -n "${PG_CONFIG:-}" ] || server=("postgresql-$PG_MAJOR" "postgresql-server-dev-$PG_MAJOR")
	install_packages gcc make libc6-dev "${server[@]:+${server[@]}}" libpcre2-dev libutf8proc-dev libstemmer-dev libgumbo-dev zlib1g-dev
	export PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$PG_MAJOR/bin/pg_config}
	BIN=$(server_programs)
}

build_and_install() {
	make -s -j2 -C "$ROOT" PG_CONFIG="$PG_CONFIG" >&2
	as_root make -s -C "$ROOT" PG_CONFIG="$PG_CONFIG" install >/dev/null
}

# Runs a command as the user that the server runs under: never root.
as_server_user() {
	if [ "$(id -u)" = 0 ]; then (cd / && runuser -u "$SERVER_USER" -- "$@"); else "$@"; fi
}

# server_start [SETTING...]: initdb in a new directory, start on a private socket, no TCP.
server_start() {
	local setting
	if [ "$(id -u)" = 0 ]; then
		SERVER_USER=$(id -un postgres 2>/dev/null || echo nobody)
	else
		SERVER_USER=$(id -un)
	fi
	WORK=$(mktemp -d "${TMPDIR:-/tmp}/news_analytics.XXXXXX")
	chmod 755 "$WORK"
	[ "$(id -u)" = 0 ] && chown "$SERVER_USER" "$WORK"
	trap server_stop EXIT
	trap 'exit 130' INT TERM
	as_server_user "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$WORK/initdb.log" 2>&1 ||
		{ cat "$WORK/initdb.log" >&2; return 1; }
	{
		echo "unix_socket_directories = '$WORK'"
		echo "listen_addresses = ''"
		echo "port = 54329"
		echo "fsync = off"
		echo "max_connections = 50"
		echo "shared_buffers = 128MB"
		for setting in "$@"; do echo "$setting"; done
	} | as_server_user tee -a "$WORK/data/postgresql.conf" >/dev/null
	as_server_user "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -w -s start ||
		{ as_server_user cat "$WORK/server.log" >&2; return 1; }
	export PGHOST=$WORK PGPORT=54329 PGUSER=postgres PGDATABASE=postgres
}

server_stop() {
	[ -n "$WORK" ] || return 0
	[ -d "$WORK/data" ] && as_server_user "$BIN/pg_ctl" -D "$WORK/data" -m immediate -s stop >/dev/null 2>&1 || true
	rm -rf "$WORK"
	WORK=
}
