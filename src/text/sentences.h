/* SPDX-License-Identifier: MIT */
#ifndef RSC_SENTENCES_H
#define RSC_SENTENCES_H

/*
 * Where a sentence ends: "e.g. C.", "Dr. Smith", "St. Mary's", "U.S. Army",
 * "v2.0" and "Inc." do not end one.
 */

#include "text/span.h"

/* The end of the sentence that begins at `from` in a paragraph: behind its
 * last mark and closing quotes, or the paragraph's end. from < text.len. */
size_t sentences_end(struct str text, size_t from);
/* Length of the bullet, dash or number that begins a list item at the start
 * of line, with the white space behind it; 0 if there is none. */
size_t sentences_bullet(struct str line);

#endif
