/*
 * quotes_fuzz.c - fuzzes quotes with their speakers.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_QUOTES;
