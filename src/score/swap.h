/* SPDX-License-Identifier: MIT */
#ifndef RSC_SWAP_H
#define RSC_SWAP_H

/*
 * The counterfactual test: the same resume of another person. Everything that
 * says who somebody is (name, e-mail, phone, address, links, birth, gender
 * words, nationality, years of degrees) is replaced by other values of the
 * same form. A blind score must not change at all.
 *
 * Words inside a skill, language, employer or title are not swapped ("French,
 * native", "women's health"): they are facts about the work.
 */

#include "parse/resume.h"

struct swap_person {
    struct str first, last; /* of the name that is put in */
    struct str nationality;
};

/* What one variant changed. */
struct swap_counts {
    size_t of[PERSONAL_OTHER + 1]; /* spans by enum personal_kind */
    size_t all;
};

/* The text of variant `seed` of resume; the same seed gives the same bytes.
 * Fails with RSC_ENOMEM only. */
rsc_status swap_make(struct ctx *ctx, struct str *out,
                     struct swap_counts *counts, const struct resume *resume,
                     uint32_t seed);
/* How many first names there are: seeds below it give different ones. */
size_t swap_names(void);
/* The people of a seed, for reports. */
struct swap_person swap_person_of(uint32_t seed);

#endif
