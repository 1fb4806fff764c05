# Servers that are killed, copied, dumped and scheduled.  KILLS=12: how often a refresh is killed.

suite_tap() {
	apt-cache show "postgresql-$PG_MAJOR-cron" >/dev/null 2>&1 && install_packages "postgresql-$PG_MAJOR-cron"
	count "roles, row level security, dump, replica" bash tests/tap/roles.sh
	count "schedule" bash tests/tap/cron.sh
	count "upgrade, crash, pg_upgrade" bash tests/tap/upgrade.sh
	count "kills" bash tests/tap/kills.sh
	count "derived data" bash tests/tap/derived.sh
}
