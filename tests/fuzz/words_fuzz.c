/*
 * words_fuzz.c - fuzzes parts of speech and lemmas.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_WORDS;
