# The dependency parser: make train-parser writes data/models/parser.bin and prints its scores.
PARSER_TRAIN = train/train_parser.c train/parser_treebank.c train/parser_perceptron.c \
	train/parser_actions.c train/parser_punctuation.c train/parser_labels.c \
	train/conllu.c train/weights_writer.c
UD = ../../shared/corpora/ud

build/train_parser: $(PARSER_TRAIN) $(wildcard train/*.h) build/libnews.a
	$(CC) $(CORE_CFLAGS) -O3 -ffp-contract=off -o $@ $(PARSER_TRAIN) build/libnews.a $(LIBRARIES) -lz
