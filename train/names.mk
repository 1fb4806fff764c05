# the names model

build/train_names: train/train_names.c train/corpus_reader.c train/corpus_reader.h train/sequence_train.c train/sequence_write.c train/sequence_train.h train/sequence_trainer.h \
		train/weights_writer.c build/libnews.a
	$(CC) $(CORE_CFLAGS) -O3 -march=native -o $@ train/train_names.c train/corpus_reader.c train/sequence_train.c train/sequence_write.c train/weights_writer.c \
		build/libnews.a $(LIBRARIES) -lz

build/names/train.names: train/names_data.py train/names_gum.py data/lexicon/sets.tsv
	python3 train/names_data.py ../shared/corpora build/names

train-names: build/train_names build/names/train.names
	build/train_names build/names data/models/names.bin
.PHONY: train-names

