/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_DEGREE_H
#define RSC_JOB_DEGREE_H

/*
 * The degree that a sentence of a job asks for: its level, its subjects, of
 * which any will do, and whether experience stands for it.
 */

#include "parse/degrees.h"
#include "parse/job_skills.h"

/* Whether the sentence asks for a degree; d's subject is all that is named:
 * "Statistics, Mathematics or Economics". */
bool job_degree_find(struct str sentence, struct degree *d);
/* Appends it. Fails with RSC_ENOMEM only. */
rsc_status job_degree_add(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s, const struct degree *d);
/* What is studied is no skill of its own: drops the hits from the degree's
 * name to the end of its list of subjects. */
void job_degree_drop_subjects(struct str sentence, const struct degree *d,
                              struct skill_hits *hits);

#endif
