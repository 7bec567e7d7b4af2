/* SPDX-License-Identifier: MIT */
#ifndef RSC_RELEVANT_H
#define RSC_RELEVANT_H

/*
 * Experience in the line of work of the job, where the job lets it stand for
 * a degree: months in a shop are none towards an engineer's degree.
 */

#include "score/features.h"

/* Months of the dated roles whose sentences name at least `names` of the
 * job's skills (all of them where it asks for fewer); overlaps count once.
 * Fails with RSC_ENOMEM only. */
rsc_status relevant_months(struct ctx *ctx, unsigned *out,
                           const struct features *f, unsigned names);

#endif
