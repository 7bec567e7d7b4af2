/* SPDX-License-Identifier: MIT */
#ifndef RSC_ADVISE_H
#define RSC_ADVISE_H

/*
 * What a candidate can do about a score. Every suggestion is about showing or
 * wording what is true: none asks to claim what is not, and what cannot be
 * changed by writing is left out.
 */

#include "score/score.h"

enum advice_kind {
    ADVICE_SKILLS,
    ADVICE_EXPERIENCE,
    ADVICE_EDUCATION,
    ADVICE_GENERAL,
    ADVICE_KINDS
};

struct advice {
    enum advice_kind kind;
    struct str text; /* one or two sentences, spoken to the candidate */
};

struct advices {
    struct advice *items;
    size_t len, cap;
};

/* Appends the suggestions, the most points first within a kind of work. Fails
 * with RSC_ENOMEM only. */
rsc_status advise_make(struct ctx *ctx, struct advices *out,
                       const struct score_input *in, const struct score *score);

#endif
