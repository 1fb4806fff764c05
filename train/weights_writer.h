/*
 * weights_writer.h - from real-valued training weights to the file that weights.h reads.
 */
#ifndef NEWS_TRAIN_WEIGHTS_WRITER_H
#define NEWS_TRAIN_WEIGHTS_WRITER_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes n_features rows of n_labels floats (row i belongs to features[i], all
 * different) to `path`.  Rows whose largest magnitude is below `prune` are left
 * out.  Weights are scaled so that the largest magnitude uses the whole of
 * `bits` (8 or 16) bits; with 8 bits, weights beyond `clip` standard units are
 * clipped (clip <= 0: no clipping).  `extra` is appended as it is.  Rows are
 * sorted by feature hash: the same weights give the same file.  Exits on failure.
 */
void		weights_write(const char *path, const uint64_t *features, const float *rows, size_t n_features,
						  uint32_t n_labels, float prune, uint32_t bits, float clip, const void *extra, size_t n_extra_bytes);

#endif
