/* SPDX-License-Identifier: MIT */
#ifndef RSC_CHARCLASS_H
#define RSC_CHARCLASS_H

/*
 * What Python's str.isspace, isalpha, isupper, isdigit and lower say of code
 * points; spaCy's tokens and shapes are defined by them. Not locale-aware.
 */

#include "base/ctx.h"

bool char_is_space(uint32_t c);
bool char_is_alpha(uint32_t c);
/* Of an alphabetic character. */
bool char_is_upper(uint32_t c);
bool char_is_digit(uint32_t c);
/* Whether s, which is valid UTF-8 and not empty, is white space only. */
bool str_is_space(struct str s);
/* Appends s in lower case, with the final sigma and U+0130 as Python has
 * them. s is valid UTF-8. */
void str_put_lower(struct buf *out, struct str s);

#endif
