/*
 * names_fuzz.c - fuzzes names and mentions.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_NAMES;
