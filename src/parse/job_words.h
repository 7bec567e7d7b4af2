/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_WORDS_H
#define RSC_JOB_WORDS_H

/* The words that structure a job advertisement: headings and cues. */

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
enum job_part job_words_heading(struct str folded);
/* The same by a word in it, for a line that ends with a colon. */
enum job_part job_words_guess(struct str folded);
/* "preferred", "a plus", "ideally". */
bool job_words_are_nice(struct str text);
/* "must have", "required", "mandatory". */
bool job_words_are_must(struct str text);
/* "ability to lift", "authorized to work", "weekends": a resume hardly ever
 * says whether its owner can and will. */
bool job_words_are_condition(struct str text);
/* How many cues of each kind text has. */
size_t job_words_boilerplate(struct str text);
size_t job_words_requirement(struct str text);
size_t job_words_duty(struct str text);
bool job_words_are_sorted(void);

#endif
