/* SPDX-License-Identifier: MIT */
#ifndef RSC_UTF8_H
#define RSC_UTF8_H

/*
 * Reading and writing UTF-8 as RFC 3629 defines it: no overlong forms, no
 * surrogates, nothing above U+10FFFF. An invalid sequence is consumed as the
 * Unicode standard recommends (maximal subpart), so that one damaged byte
 * becomes one replacement character.
 */

#include "base/str.h"

#define UTF8_INVALID     UINT32_MAX
#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes the code point at *i and moves *i behind it; *i < s.len. Returns
 * UTF8_INVALID for a damaged sequence. */
uint32_t utf8_next(struct str s, size_t *i);
/* Writes the 1 to 4 bytes of c and returns their number; c must be a valid
 * code point. */
size_t utf8_encode(uint32_t c, char out[4]);
/* Appends c. */
void utf8_put(struct buf *out, uint32_t c);
/* Offset of the first damaged byte, or s.len when all is valid. */
size_t utf8_valid_len(struct str s);
/* Number of code points; a damaged sequence counts as one. */
size_t utf8_count(struct str s);
/* Appends s with every damaged sequence replaced by U+FFFD. */
void utf8_put_valid(struct buf *out, struct str s);

#endif
