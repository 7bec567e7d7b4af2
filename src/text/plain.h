/* SPDX-License-Identifier: MIT */
#ifndef RSC_PLAIN_H
#define RSC_PLAIN_H

/*
 * A document from text that is in memory already: a job given as text, a
 * resume pasted into a form. Holds what document.h promises.
 */

#include "base/ctx.h"
#include "base/document.h"

/* Makes a document of text: damaged UTF-8 becomes U+FFFD, line ends become
 * '\n', other control characters but '\t' and zero-width ones are dropped; a
 * form feed begins a page. All of out lives in the arena. Fails with
 * RSC_ELIMIT above LIMIT_TEXT_CHARS and RSC_ENOMEM. */
rsc_status plain_document(struct ctx *ctx, struct document *out,
                          struct str text);

#endif
