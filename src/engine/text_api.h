/* SPDX-License-Identifier: MIT */
#ifndef RSC_TEXT_API_H
#define RSC_TEXT_API_H

/* The owned text that public functions hand out. */

#include "base/ctx.h"

/* Makes a text of what `content` holds and clears content, also on failure.
 * Fails with RSC_ENOMEM, or RSC_ELIMIT where the buffer met its cap. */
rsc_status text_take(struct ctx *ctx, rsc_text **out, struct buf *content);

#endif
