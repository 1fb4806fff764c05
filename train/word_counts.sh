#!/bin/sh
# word_counts.sh OUT CORPUS.jsonl.gz ... - counts of words and word pairs of the news corpus, and the words' classes: OUT/words.tsv.gz and
# OUT/bigrams.tsv.gz, which lexicon_tables.py reads.  The same corpora give the same bytes.
set -e
out=$1
shift
mkdir -p "$out"
build/counts "$out" "$@" | tee "$out/log"
build/word_classes "$out" "$out/classes.tsv"
documents=$(sed -n 's/^counts: \([0-9]*\) documents.*/\1/p' "$out/log")
origin="# Counts of words of $documents articles: AllSides articles 2012-2018 (publishers' copyright; counts and classes only), press releases of members of the
# US Congress and White House articles (public domain), Wikinews (CC BY 2.5), story clusters (Apache-2.0). Made by train/counts.c"
{
	echo "# word, document frequency, corpus frequency, capital share (255ths of its occurrences inside sentences), class, class path (16 bits, hexadecimal)"
	echo "$origin and train/word_classes.c."
	printf '# documents\t%s\n' "$documents"
	cat "$out/classes.tsv"
} | gzip -9n > "$out/words.tsv.gz"
{
	echo "# two adjacent words, document frequency"
	echo "$origin."
	cat "$out/bigrams.tsv"
} | gzip -9n > "$out/bigrams.tsv.gz"
