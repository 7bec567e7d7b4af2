/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_LIST_H
#define RSC_JOB_LIST_H

/* A job that is a bare list: "Python, SQL, Excel", or one item per line. */

#include "parse/job_skills.h"
#include "parse/layout.h"

/* Appends a requirement per item. Fails with RSC_EINVALID where the items are
 * no skills but phone numbers, prices and the like, and with RSC_ENOMEM. */
rsc_status job_list_read(struct ctx *ctx, struct requirement_list *out,
                         const struct layout *layout,
                         const struct ontology *ontology);
/* RSC_EINVALID: the job says nothing about what is asked for. */
rsc_status job_list_fail(struct ctx *ctx);

#endif
