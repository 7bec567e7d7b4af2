/* SPDX-License-Identifier: MIT */
#ifndef RSC_COPIED_H
#define RSC_COPIED_H

/*
 * Finds the job's own text pasted into a resume. Long runs of words that
 * stand in the job in the same order are copied, not written: people who have
 * done a thing describe it in their own words. Runs go across the ends of
 * sentences, so a pasted list of short items is found too.
 */

#include "score/features.h"

/* Sets USE_COPIED on the sentences of f that are mostly such runs. Fails with
 * RSC_ENOMEM only. */
rsc_status copied_mark(struct ctx *ctx, struct features *f);

#endif
