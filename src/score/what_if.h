/* SPDX-License-Identifier: MIT */
#ifndef RSC_WHAT_IF_H
#define RSC_WHAT_IF_H

/*
 * The points that a skill would add if the resume named it once. The answer
 * stands beside the score and never in it: nothing assumed earns a point of
 * the total.
 */

#include "score/score.h"

struct what_if {
    uint32_t skill;
    struct str name; /* the ontology's */
    bool is_asked;   /* whether the job asks for it */
    uint32_t total;  /* hundredths, with it */
    uint32_t gain;   /* over the total without */
};

struct what_ifs {
    struct what_if *items;
    size_t len, cap;
    uint32_t total; /* with all of them at once */
};

/* names is "kubernetes, go"; score is the result without them. Fails with
 * RSC_EINVALID on a name that the ontology does not know, and RSC_ENOMEM. */
rsc_status what_if_run(struct ctx *ctx, struct what_ifs *out,
                       const struct score_input *in, const struct score *score,
                       struct str names);

#endif
