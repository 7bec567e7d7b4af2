/* SPDX-License-Identifier: MIT */
#ifndef RSC_CHARCLASS_TABLES_H
#define RSC_CHARCLASS_TABLES_H

/* Tables that tools/make_charclass.py writes; used by charclass.c only. */

#include <stddef.h>
#include <stdint.h>

#define CHARCLASS_SPACE     1u
#define CHARCLASS_ALPHA     2u
#define CHARCLASS_UPPER     4u
#define CHARCLASS_DIGIT     8u
#define CHARCLASS_CASED     16u
#define CHARCLASS_IGNORABLE 32u

/* The number of the block of 256 code points. */
extern const uint8_t charclass_index[4352];
extern const uint8_t charclass_bits[][256];
/* Code point and its lower-case form, sorted. */
extern const uint32_t charclass_lower[][2];
extern const size_t charclass_lower_len;

#endif
