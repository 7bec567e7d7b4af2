/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_HEADINGS_H
#define RSC_JOB_HEADINGS_H

/* The headings of job advertisements. */

#include "base/str.h"

enum job_part {
    JOB_INTRO, /* before the first heading, or no heading at all */
    JOB_DUTIES,
    JOB_MUST,
    JOB_NICE,
    JOB_LEFT_OUT, /* benefits, the company, how to apply */
};

/* What begins with that heading (folded by heading_fold); JOB_INTRO if it is
 * none. */
enum job_part job_headings_find(struct str folded);
/* The same by a word in it, for a line that ends with a colon. */
enum job_part job_headings_guess(struct str folded);
bool job_headings_are_sorted(void);

#endif
