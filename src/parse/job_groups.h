/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_GROUPS_H
#define RSC_JOB_GROUPS_H

/*
 * Which of the skills that a sentence names stand for each other: "A, B or C",
 * "deep learning frameworks such as A, B and C". Nothing here allocates.
 */

#include "skills/skill_match.h"

/* The first hit behind the alternatives that begin with hit i. */
size_t job_groups_end(struct str text, const struct skill_hits *hits, size_t i);
/* Whether b goes on with a list or a phrase that a belongs to: "A and B",
 * "A, B", "B2B SaaS sales". */
bool job_groups_go_on(struct str text, const struct skill_hit *a,
                      const struct skill_hit *b);
/* Whether hit i only says what kind of thing its neighbour is: "programming in
 * Java", "PostgreSQL databases". */
bool job_groups_is_kind(const struct ontology *ontology, struct str text,
                        const struct skill_hits *hits, size_t i);

#endif
