/*
 * parse_fuzz.c - fuzzes trees of every sentence.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_PARSE;
