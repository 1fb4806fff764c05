/*
 * reuse.c - how src/reuse sees pairs of quotations.
 *
 *   build/reuse < pairs      lines "A TAB B"; prints shared and total information (half bits), the longest stretch, common
 *                            keys, and whether the two are one when the speakers are unknown, agree, differ
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/check.h"
#include "reuse/reuse.h"
#include "stages.h"

static char line[1 << 20];

static int32_t
read_words(const char *s, size_t n, uint32_t *words)
{
	document   *doc = document_create(check_arena(), s, (uint32_t) n);

	document_need(doc, STAGE_TEXT);
	return reuse_words(doc, words);
}

int
main(void)
{
	while (fgets(line, sizeof(line), stdin))
	{
		static uint32_t words[2][REUSE_MAX_WORDS];
		uint32_t	keys[2][REUSE_MAX_KEYS];
		int32_t		n[2];
		int32_t		n_keys[2];
		int32_t		common = 0;
		char	   *tab = strchr(line, '\t');
		reuse_overlap o;

		if (!tab)
			continue;
		n[0] = read_words(line, (size_t) (tab - line), words[0]);
		n[1] = read_words(tab + 1, strcspn(tab + 1, "\n"), words[1]);
		for (int i = 0; i < 2; i++)
			n_keys[i] = reuse_keys(words[i], n[i], REUSE_VERBATIM, keys[i]);
		for (int32_t i = 0; i < n_keys[0]; i++)
			for (int32_t j = 0; j < n_keys[1]; j++)
				common += keys[0][i] == keys[1][j];
		o = reuse_compare(words[0], n[0], words[1], n[1]);
		printf("%d/%d %d/%d longest %d(%d) keys %d of %d,%d same %d%d%d\n", o.shared[0], o.total[0], o.shared[1], o.total[1], o.longest,
			   o.longest_words, common, n_keys[0], n_keys[1], reuse_same(&o, REUSE_VERBATIM, SPEAKERS_UNKNOWN),
			   reuse_same(&o, REUSE_VERBATIM, SPEAKERS_AGREE), reuse_same(&o, REUSE_VERBATIM, SPEAKERS_DIFFER));
		check_free();
	}
	return 0;
}
