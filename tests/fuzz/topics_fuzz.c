/*
 * topics_fuzz.c - fuzzes topics.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_TOPICS;
