/*
 * keyphrases_fuzz.c - fuzzes keyphrases.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_KEYPHRASES;
