/* SPDX-License-Identifier: MIT */
#ifndef RSC_GUARD_H
#define RSC_GUARD_H

/*
 * What the reader of a score must know beside it: tricks that earned nothing
 * (hidden text, the job's own words, stuffing), and what the score could not
 * see.
 */

#include "score/features.h"

/* Refuses what is no resume. Fails with RSC_EINVALID, saying what the text
 * looks like instead. */
rsc_status guard_check(struct ctx *ctx, const struct features *f);
/* Fills score->warnings. Fails with RSC_ENOMEM only. */
rsc_status guard_warn(struct ctx *ctx, struct score *score,
                      const struct features *f);

#endif
