/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_FIELD_H
#define RSC_JOB_FIELD_H

/*
 * The line of work that a job's skills belong to, as a requirement of its
 * own: whoever asks for triage, infusions and wound care asks for a nurse,
 * and that is what a recruiter looks for first.
 */

#include "parse/job_skills.h"

/* Whether a skill tells a line of work: soft skills and spoken languages are
 * wanted in all of them. */
bool job_field_is_told_by(const struct ontology *ontology, uint32_t skill);
/* Appends the requirement, one skill of each of its fields in `skills`. Does
 * nothing where the skills are too few or too scattered to tell, or ontology
 * is NULL. Fails with RSC_ENOMEM only. */
rsc_status job_field_add(struct ctx *ctx, struct requirement_list *out,
                         const struct ontology *ontology);

#endif
