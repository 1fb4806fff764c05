/*
 * entities_fuzz.c - fuzzes entities and coreference.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_ENTITIES;
