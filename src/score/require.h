/* SPDX-License-Identifier: MIT */
#ifndef RSC_REQUIRE_H
#define RSC_REQUIRE_H

/*
 * Requirements that one request makes required: without them the band is
 * capped, whatever the total is. The list names them as the job does, or by
 * their kind: "Python, kind=licence".
 */

#include "parse/job.h"
#include "skills/ontology.h"

/* Makes out a copy of job whose named requirements are required. A name is a
 * skill (by any of its names), a whole label, or words that stand in one; it
 * marks each requirement that fits at the first of these three. One that is
 * an alternative in "A or B" is not asked for by itself and does not fit.
 * Fails with RSC_EINVALID where a name fits nothing, saying what the job asks
 * for, and with RSC_ENOMEM. */
rsc_status require_mark(struct ctx *ctx, struct job *out, const struct job *job,
                        struct str list, const struct ontology *ontology);

#endif
