/* SPDX-License-Identifier: MIT */
#ifndef RSC_STABILITY_H
#define RSC_STABILITY_H

/*
 * How surely a candidate stands where the ranking puts it: the places that it
 * has when the weight of one kind of requirement is a little smaller or
 * larger. A difference that a small change of weights turns round is a tie.
 */

#include "base/ctx.h"

/* One requirement of one candidate. */
struct stability_part {
    uint8_t kind;            /* below STABILITY_KINDS */
    uint32_t weight, points; /* hundredths; weight 0 where not assessed */
};

#define STABILITY_KINDS 8

struct stability_candidate {
    const struct stability_part *parts;
    size_t n_parts;
    uint32_t total; /* hundredths, as scored */
};

struct stability_place {
    size_t place; /* from 1; equal totals share one */
    size_t best, worst;
};

/* Fills out[n]. Fails with RSC_ENOMEM only. */
rsc_status stability_run(struct ctx *ctx, struct stability_place *out,
                         const struct stability_candidate *candidates,
                         size_t n);

#endif
