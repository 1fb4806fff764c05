# The library and the core build without a warning, with gcc and with clang.

core_without_warnings() {
	local cc=$1 out=build/warnings-$1
	mkdir -p "$out"
	find src -name '*.c' | while read -r f; do
		case $f in
		src/pg/*) includes="-isystem $("$PG_CONFIG" --includedir-server)" ;;
		*) includes= ;;
		esac
		"$cc" -std=gnu11 -O1 -Wall -Wextra -Werror -Wvla -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers \
			-DNEWS_ANALYTICS_VERSION='"0"' -Isrc -I. $includes -c -o "$out/x.o" "$f" || exit 1
	done
}

no_postgres_outside_pg() {
	! grep -rln 'postgres\.h' src --include='*.[ch]' | grep -v '^src/pg/'
}

suite_build() {
	check "gcc builds without a warning" core_without_warnings gcc
	check "clang builds without a warning" core_without_warnings clang
	check "postgres.h is known in src/pg only" no_postgres_outside_pg
}
