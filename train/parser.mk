# The dependency parser.  make train-parser writes data/models/parser.bin and prints its scores: the treebanks are
# tagged part by part by taggers that have not seen the part (and stand beside it with gold tags), a first parser counts in news which words belong
# together, and a second one learns with these counts.
CORPORA ?= ../shared/corpora
PARSER_TRAIN = train/train_parser.c train/parser_treebank.c train/parser_perceptron.c train/parser_actions.c \
	train/parser_punctuation.c train/parser_labels.c train/parser_affinities.c train/corpus_reader.c train/conllu.c \
	train/weights_writer.c
PARSER_FOLDS = build/parser/folds
PARSER_PARTS = $(foreach k,0 1 2 3,$(foreach b,en_ewt-ud gum_clean,$(PARSER_FOLDS)/$k/part.$b.conllu@$(PARSER_FOLDS)/$k/words.bin))
PARSER_GOLD = $(foreach k,0 1 2 3,$(foreach b,en_ewt-ud gum_clean,$(PARSER_FOLDS)/$k/part.$b.conllu@gold))
PARSER_DEV = $(CORPORA)/ud/en_ewt-ud-dev.conllu.gz $(CORPORA)/ud/gum_clean.dev.conllu.gz
PARSER_NEWS = $(sort $(wildcard $(CORPORA)/news_free/*.jsonl.gz)) $(CORPORA)/news/wikinews_2019.jsonl.gz

build/train_parser: $(PARSER_TRAIN) $(wildcard train/*.h) build/libnews.a
	$(CC) $(CORE_CFLAGS) -O3 -ffp-contract=off -o $@ $(PARSER_TRAIN) build/libnews.a $(LIBRARIES) -lz

train-parser: build/train_parser build/train_words
	train/folds.sh $(abspath $(CORPORA)) 4 $(PARSER_FOLDS)
	for k in 0 1 2 3; do \
		build/train_words -c $(PARSER_FOLDS)/$$k -o $(PARSER_FOLDS)/$$k/words.bin epochs=4 late=2 cases=0 >$(PARSER_FOLDS)/$$k/log || exit 1; \
	done
	build/train_parser epochs=3 second_epochs=0 label_epochs=2 drop=0.3 label_drop=0 build/parser/first.bin $(PARSER_PARTS) --
	build/train_parser affinities build/parser/first.bin build/parser/affinities.bin -- $(PARSER_NEWS)
	build/train_parser affinities=build/parser/affinities.bin data/models/parser.bin $(PARSER_PARTS) $(PARSER_GOLD) -- \
		$(PARSER_DEV)
.PHONY: train-parser
