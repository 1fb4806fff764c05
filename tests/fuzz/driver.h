/*
 * driver.h - what a stage's fuzzer tells the driver.
 */
#ifndef NEWS_TESTS_DRIVER_H
#define NEWS_TESTS_DRIVER_H

#include <stdint.h>

extern const uint32_t fuzz_stages;	/* STAGE_* */

#endif
