/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_FACTS_H
#define RSC_JOB_FACTS_H

/*
 * What one sentence of a job asks for: years, a degree, certificates,
 * licences, languages, skills. "A or B" is one requirement with two
 * alternatives; "A, B and C" are three.
 */

#include "parse/job_skills.h"

/* Appends what the sentence asks for; *n is how many were added. Fails with
 * RSC_ENOMEM only. */
rsc_status job_facts_read(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology, size_t *n);
/* Appends one item of a bare list of skills. Fails with RSC_ENOMEM only. */
rsc_status job_facts_item(struct ctx *ctx, struct requirement_list *out,
                          const struct job_sentence *s,
                          const struct ontology *ontology);

#endif
