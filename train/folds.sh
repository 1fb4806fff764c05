#!/bin/sh
# folds.sh CORPORA N OUT - splits the training treebanks into N parts by document, for tags as a tagger gives them to
# texts it has not seen: OUT/k/ud/ is laid out like CORPORA/ud, its train files without part k (and the
# other corpora beside it); OUT/k/part.*.conllu is
# part k.
set -e
corpora=$1 n=$2 out=$3
for k in $(seq 0 $((n - 1))); do
	mkdir -p "$out/$k/ud"
	for room in "$corpora"/*/; do
		[ "$(basename "$room")" = ud ] || ln -sfn "$room" "$out/$k/"
	done
	for bank in en_ewt-ud gum_clean; do
		train=$(ls "$corpora"/ud/$bank*train.conllu.gz)
		dev=$(ls "$corpora"/ud/$bank*dev.conllu.gz)
		ln -sf "$dev" "$out/$k/ud/"
		gzip -dc "$train" | awk -v n="$n" -v k="$k" -v part="$out/$k/part.$bank.conllu" '
			/^# newdoc/ { document++ }
			{ if (document % n == k) print > part; else print }' | gzip -n > "$out/$k/ud/$(basename "$train")"
	done
done
