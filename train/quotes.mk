# Training of src/quote/.  CORPORA is the folder of shared corpora; QUOTE_GOLD gets the readings laid out for C.
CORPORA ?= ../shared/corpora
QUOTE_GOLD ?= build/quotes
QUOTE_TRAINER_SOURCES = train/train_quotes.c train/quotes_teacher.c train/quotes_gold.c train/ranker.c train/weights_writer.c

# Without find_quotes.o's model the core cannot link; the first model is an empty one.
data/models/quotes.bin:
	@mkdir -p data/models
	printf '' > $@


build/train_quotes: $(QUOTE_TRAINER_SOURCES) train/quotes_teacher.h train/quotes_gold.h train/ranker.h train/weights_writer.h build/libnews.a
	$(CC) $(CORE_CFLAGS) -o $@ $(QUOTE_TRAINER_SOURCES) build/libnews.a $(LIBRARIES)

$(QUOTE_GOLD)/annotated.train: train/quotes_data.py
	python3 train/quotes_data.py $(CORPORA) $(QUOTE_GOLD)

train-quotes: build/train_quotes $(QUOTE_GOLD)/annotated.train
	build/train_quotes -c 5 -o data/models/quotes.bin $(QUOTE_GOLD)/annotated.train $(QUOTE_GOLD)/gum.train $(QUOTE_GOLD)/gum.dev

.PHONY: train-quotes
