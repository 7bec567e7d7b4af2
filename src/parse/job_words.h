/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_WORDS_H
#define RSC_JOB_WORDS_H

/* The words that tell what a sentence of a job advertisement is. */

#include "base/str.h"

/* "preferred", "a plus", "ideally". */
bool job_words_are_nice(struct str text);
/* "must have", "required", "mandatory". */
bool job_words_are_must(struct str text);
/* "Dutch is not required": nothing is asked for, and nothing wished. */
bool job_words_are_unasked(struct str text);
/* "ability to lift", "authorized to work", "weekends": a resume hardly ever
 * says whether its owner can and will. */
bool job_words_are_condition(struct str text);
/* "$22 an hour plus tips". */
bool job_words_are_pay(struct str text);
/* How many cues of each kind text has. */
size_t job_words_boilerplate(struct str text);
size_t job_words_requirement(struct str text);
size_t job_words_duty(struct str text);
bool job_words_are_sorted(void);

#endif
