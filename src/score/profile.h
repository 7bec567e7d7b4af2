/* SPDX-License-Identifier: MIT */
#ifndef RSC_PROFILE_H
#define RSC_PROFILE_H

/*
 * Skills beside the requirements: what a resume holds that the job did not
 * ask for, and the field of work that a job belongs to.
 */

#include "score/score.h"

struct held_skill {
    uint32_t skill;
    bool in_use;        /* in a role or project, not only in a list */
    unsigned months;    /* union of the dated roles that name it */
    struct str context; /* the first sentence that names it, blind */
};

struct profile {
    struct held_skill *held; /* each once, by first mention */
    size_t n_held;
    struct str field;    /* of the job; empty where nothing was found */
    uint32_t field_part; /* of the job's skills in it, thousandths */
};

/* All of out lives in the arena. Fails with RSC_ENOMEM only. */
rsc_status profile_make(struct ctx *ctx, struct profile *out,
                        const struct score_input *in);

#endif
