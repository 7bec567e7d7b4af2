/* SPDX-License-Identifier: MIT */
#ifndef RSC_MARKUP_H
#define RSC_MARKUP_H

/*
 * Plain text that was copied out of a web page with its tags: what a person
 * would see of it, byte by byte at about the same place, so that lines and
 * pages keep theirs. Pages that are files are read by the extractor.
 */

#include "base/ctx.h"

/* Replaces the tags of *text by line breaks, list signs and spaces, and named
 * characters such as &amp; by themselves; the length stays. A text with fewer
 * than three known tags is left as it is. The new one lives in the arena.
 * Fails with RSC_ENOMEM only. */
rsc_status markup_clear(struct ctx *ctx, struct str *text);

#endif
