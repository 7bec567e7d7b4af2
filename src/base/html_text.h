/* SPDX-License-Identifier: MIT */
#ifndef RSC_HTML_TEXT_H
#define RSC_HTML_TEXT_H

/* Text of others in pages of ours. */

#include "base/str.h"

/* Appends text, which is UTF-8, so that it is nothing but text between tags and
 * in quoted attributes: marks are escaped, control characters, which HTML
 * forbids, are U+FFFD, and carriage returns are left out. */
void html_text_put(struct buf *out, struct str text);

#endif
