/* SPDX-License-Identifier: MIT */
#ifndef RSC_HYPHEN_H
#define RSC_HYPHEN_H

/*
 * Puts words together that were cut at the end of a line:
 *
 *     responsible for the manage-        responsible for the management
 *     ment of a well-              ->    of a well-known
 *     known company                      company
 *
 * Whether the hyphen goes is decided by the document's own words first, then
 * by the first part: "well-", "full-", "self-" are never cut syllables.
 */

#include "base/ctx.h"
#include "base/document.h"

/* Replaces text, words and lines of doc where a word was cut; the new ones
 * live in the arena. */
rsc_status hyphen_join(struct ctx *ctx, struct document *doc);

#endif
