# news_analytics - see README.md.  A PGXS Makefile with three additions: the
# lexicon generator, the core as a static library (tests, train), the joined SQL.

EXTENSION = news_analytics
EXTVERSION = $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" news_analytics.control)
MODULE_big = news_analytics
# install/upgrade/OLD.sql: what an upgrade from version OLD has to drop; the rest is the new version's script with OR REPLACE.
UPGRADES = $(patsubst install/upgrade/%.sql,$(EXTENSION)--%--$(EXTVERSION).sql,$(wildcard install/upgrade/*.sql))
DATA_built = $(EXTENSION)--$(EXTVERSION).sql $(UPGRADES)

CORE_SOURCES = $(sort $(wildcard src/*.c src/text/*.c src/lexicon/*.c src/tag/*.c src/parse/*.c src/entity/*.c src/quote/*.c src/topic/*.c src/story/*.c src/page/*.c src/reuse/*.c src/watch/*.c))
PG_SOURCES = $(sort $(wildcard src/pg/*.c))
OBJS = $(CORE_SOURCES:.c=.o) $(PG_SOURCES:.c=.o)

REGRESS = $(patsubst sql/%.sql,%,$(sort $(wildcard sql/*.sql)))
REGRESS_OPTS = --inputdir=. --load-extension=news_analytics

WARNINGS = -Wall -Wextra -Wvla -Wno-unused-parameter -Wno-declaration-after-statement -Wno-sign-compare -Wno-missing-field-initializers
PG_CPPFLAGS = -I$(srcdir)/src -I$(srcdir) -DNEWS_ANALYTICS_VERSION='"$(EXTVERSION)"'
# The same library wherever it is built: no path of the tree in it.
PG_CFLAGS = $(WARNINGS) -O2 -ftree-vectorize -ffile-prefix-map=$(CURDIR)=.
LIBRARIES = -lpcre2-8 -lutf8proc -lstemmer -lgumbo -lm
SHLIB_LINK = $(LIBRARIES) -Wl,--version-script=$(srcdir)/src/pg/exports.map
EXTRA_CLEAN = build $(EXTENSION)--$(EXTVERSION).sql $(UPGRADES)

# The C functions are immutable scans of a text: inlining them by JIT gains nothing.
override with_llvm = no

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
srcdir ?= .
include $(PGXS)

# A server built by a newer compiler asks for warnings that the one at hand may not know.
NEWER_WARNINGS = -Wmissing-variable-declarations
ifneq ($(filter $(NEWER_WARNINGS),$(CFLAGS)),)
ifneq ($(shell $(CC) -Werror $(NEWER_WARNINGS) -x c -c -o /dev/null /dev/null 2>&1),)
override CFLAGS := $(filter-out $(NEWER_WARNINGS),$(CFLAGS))
endif
endif

$(EXTENSION)--$(EXTVERSION).sql: $(sort $(wildcard install/*.sql))
	cat $^ > $@

$(UPGRADES): $(EXTENSION)--%--$(EXTVERSION).sql: install/upgrade/%.sql $(EXTENSION)--$(EXTVERSION).sql
	sed -E 's/^(.echo Use )"CREATE EXTENSION [a-z_]+"/\1"ALTER EXTENSION $(EXTENSION) UPDATE"/; s/^CREATE (FUNCTION|PROCEDURE|VIEW) /CREATE OR REPLACE \1 /' \
		$(EXTENSION)--$(EXTVERSION).sql | sed '1r install/upgrade/$*.sql' > $@

# --- lexicon -----------------------------------------------------------------
CORE_CFLAGS = -std=gnu11 -O2 -ftree-vectorize -fPIC -fvisibility=hidden $(WARNINGS) -Isrc -I. -Itrain $(EXTRA_CFLAGS)
LEXICON_SOURCES = $(wildcard data/lexicon/*.tsv data/lexicon/*.tsv.gz)

# The generator cuts names into tokens with src/text, which therefore may not need lexicon.bin to link.
LEXICON_BUILD = train/lexicon_build.c train/lexicon_names.c train/lexicon_write.c

build/lexicon_build: $(LEXICON_BUILD) train/lexicon_build.h $(wildcard src/text/*.c src/text/*.h src/lexicon/*.h) src/stages.h src/text/document.h
	@mkdir -p build
	$(CC) $(CORE_CFLAGS) -o $@ $(LEXICON_BUILD) $(wildcard src/text/*.c) $(LIBRARIES) -lz

build/lexicon.bin: build/lexicon_build $(LEXICON_SOURCES)
	build/lexicon_build data/lexicon $@


$(OBJS): $(wildcard src/*.h src/*/*.h)

# --- the core without PostgreSQL: make core ----------------------------------
CORE_OBJECTS = $(CORE_SOURCES:%.c=build/core/%.o)

build/core/%.o: %.c $(wildcard src/*.h src/*/*.h)
	@mkdir -p $(@D)
	$(CC) $(CORE_CFLAGS) -c -o $@ $<

build/libnews.a: $(CORE_OBJECTS)
	rm -f $@
	ar rcs $@ $^

core: build/libnews.a
.PHONY: core

include $(wildcard train/*.mk tests/*.mk)

# Objects that embed a file are made anew when it changes.
define embeds
build/core/src/$(1).o build/sanitized/src/$(1).o build/fuzz/src/$(1).o src/$(1).o: $(2)
endef
$(eval $(call embeds,tag/tag_names,data/models/names.bin))
$(eval $(call embeds,tag/tag_words,data/models/words.bin))
$(eval $(call embeds,parse/parse_sentence,data/models/parser.bin))
$(eval $(call embeds,entity/candidates,data/models/coreference.bin))
$(eval $(call embeds,topic/find_topics,data/models/topics.bin))
$(eval $(call embeds,quote/find_quotes,data/models/quotes.bin))
$(eval $(call embeds,lexicon/lexicon,build/lexicon.bin))
$(eval $(call embeds,page/page,src/page/page.css src/page/report.css))

# --- archive for PGXN: make dist ---------------------------------------------
DIST_COMMIT ?= HEAD
DIST_NAME = $(EXTENSION)-$(EXTVERSION)

dist:
	@mkdir -p build
	git archive --format=zip --prefix=$(DIST_NAME)/ -o build/$(DIST_NAME).zip $(DIST_COMMIT)
.PHONY: dist
