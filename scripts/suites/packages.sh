# The PGXN archive, the same library from it as from this tree, and the Debian package.

suite_packages() {
	install_packages zip unzip dpkg-dev debhelper postgresql-server-dev-all lintian
	count "packages" bash tests/packages/packages.sh
}
