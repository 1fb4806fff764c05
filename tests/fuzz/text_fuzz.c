/*
 * text_fuzz.c - fuzzes paragraphs, sentences, tokens and quotation marks.
 */
#include "driver.h"
#include "text/document.h"

const uint32_t fuzz_stages = STAGE_TEXT;
