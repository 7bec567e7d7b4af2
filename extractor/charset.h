/* SPDX-License-Identifier: MIT */
#ifndef RSC_CHARSET_H
#define RSC_CHARSET_H

/*
 * Text in any character set to UTF-8. The converters are opened before the
 * sandbox closes, because the C library loads them from files.
 */

#include "base/ctx.h"

/* Opens every converter; once, before the sandbox. What the system does not
 * have is left out. */
void charset_prepare(void);

/* Number of a character set by its name in any spelling ("cp1252", "latin1",
 * "Shift_JIS"), or -1. */
int charset_find(struct str name);
/* The Windows code page of that number, or -1. */
int charset_of_codepage(unsigned codepage);

/* Appends bytes to out as UTF-8; what is damaged becomes U+FFFD. */
void charset_convert(struct buf *out, int charset, struct str bytes);

/* Tells the character set of a text by its byte order mark, by being valid
 * UTF-8, by `declared` (-1 if nothing was), or by its statistics, and appends
 * it as UTF-8. Returns the name of what it was taken for. */
const char *charset_decode(struct buf *out, struct str bytes, int declared);

#endif
