/*
 * driver.c - the fuzzer of one stage: reads any bytes as a text, runs the stage
 * and those it rests on, and checks what must hold.
 *
 * fuzz_stages is what <stage>_fuzz.c asks for.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "driver.h"
#include "invariants.h"
#include "stages.h"
#include "../unit/check.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n_bytes)
{
	document   *doc = document_create(check_arena(), (const char *) data, (uint32_t) n_bytes);
	const char *broken;

	document_need(doc, fuzz_stages);
	broken = broken_invariant(doc);
	if (broken)
	{
		fprintf(stderr, "broken: %s\n", broken);
		abort();
	}
	check_free();
	return 0;
}
