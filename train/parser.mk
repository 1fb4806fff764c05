# The dependency parser.  make -j2 train-parser writes data/models/parser.bin and prints its scores:
#   folds      the treebanks are tagged part by part by taggers that have not seen the part
#   affinities a first parser counts in news which words belong together
#   tables     searches from the left and from the right, for each part without it, and for all parts
#   model      the second look, learned from what the parts' searches propose; punctuation; relations
# Searches and relations learn from gold tags beside those of the taggers.
CORPORA ?= ../shared/corpora
PARSER_TRAIN = train/train_parser.c train/parser_treebank.c train/parser_perceptron.c train/parser_actions.c \
	train/parser_arcs.c train/parser_punctuation.c train/parser_labels.c train/parser_affinities.c train/corpus_reader.c train/conllu.c \
	train/weights_writer.c
PARSER_BUILD = build/parser
PARSER_FOLDS = $(PARSER_BUILD)/folds
PARSER_TABLES = $(PARSER_BUILD)/tables
PARSER_BANKS = en_ewt-ud gum_clean
PARSER_TAGGERS = $(foreach k,0 1 2 3,$(PARSER_FOLDS)/$k/words.bin)
PARSER_PARTS = $(foreach k,0 1 2 3,$(foreach b,$(PARSER_BANKS),$(PARSER_FOLDS)/$k/part.$b.conllu@$(PARSER_FOLDS)/$k/words.bin))
PARSER_GOLD = $(foreach k,0 1 2 3,$(foreach b,$(PARSER_BANKS),$(PARSER_FOLDS)/$k/part.$b.conllu@gold))
PARSER_DEV = $(CORPORA)/ud/en_ewt-ud-dev.conllu.gz $(CORPORA)/ud/gum_clean.dev.conllu.gz
PARSER_NEWS = $(sort $(wildcard $(CORPORA)/news_free/*.jsonl.gz)) $(CORPORA)/news/wikinews_2019.jsonl.gz
PARSER_SIDES = forward backward
PARSER_ALL_TABLES = $(foreach s,$(PARSER_SIDES),$(PARSER_TABLES)/$s.bin $(foreach k,0 1 2 3,$(PARSER_TABLES)/$s.$k.bin))

build/train_parser: $(PARSER_TRAIN) $(wildcard train/*.h) build/libnews.a
	$(CC) $(CORE_CFLAGS) -O3 -ffp-contract=off -o $@ $(PARSER_TRAIN) build/libnews.a $(LIBRARIES) -lz

$(PARSER_FOLDS)/made: train/folds.sh
	train/folds.sh $(abspath $(CORPORA)) 4 $(PARSER_FOLDS)
	touch $@

$(PARSER_TAGGERS): $(PARSER_FOLDS)/%/words.bin: $(PARSER_FOLDS)/made | build/train_words
	build/train_words -c $(@D) -o $@ epochs=2 late=2 average=2 gmb=0 cases=0 >$(@D)/log

$(PARSER_BUILD)/first.bin: $(PARSER_TAGGERS) | build/train_parser
	build/train_parser epochs=2 second_epochs=0 label_epochs=1 $@ $(PARSER_PARTS) --

$(PARSER_BUILD)/affinities.bin: $(PARSER_BUILD)/first.bin
	build/train_parser affinities $< $@ -- $(PARSER_NEWS)

# forward.bin, backward.3.bin ...
$(PARSER_ALL_TABLES): $(PARSER_TABLES)/%.bin: $(PARSER_BUILD)/affinities.bin
	@mkdir -p $(@D)
	build/train_parser affinities=$< backward=$(if $(findstring backward,$*),1,0) \
		$(if $(suffix $*),hold=folds/$(subst .,,$(suffix $*))/ epochs=2 second_epochs=1) actions $@ $(PARSER_PARTS) $(PARSER_GOLD)

$(PARSER_BUILD)/labels.bin: $(PARSER_TAGGERS)
	build/train_parser labels $@ $(PARSER_PARTS) $(PARSER_GOLD)

train-parser: $(PARSER_ALL_TABLES) $(PARSER_BUILD)/labels.bin
	build/train_parser affinities=$(PARSER_BUILD)/affinities.bin tables=$(PARSER_TABLES) labels=$(PARSER_BUILD)/labels.bin \
		data/models/parser.bin $(PARSER_PARTS) -- $(PARSER_DEV)
.PHONY: train-parser
