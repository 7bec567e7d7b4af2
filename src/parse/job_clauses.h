/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_CLAUSES_H
#define RSC_JOB_CLAUSES_H

/*
 * Where the clauses of a job's sentence end, each with its own strength, and
 * which of them ask for nothing.
 */

#include "base/str.h"

/* Whether a clause ends at text[i]: a semicolon, the comma before a wish, the
 * bracket around one. The sentence goes up to `end`. */
bool job_clause_ends(struct str text, size_t i, size_t end);
/* "Strong Python; you know its profiler": it goes on about what the clause
 * before it asked for. */
bool job_clause_is_aside(struct str clause);
/* "We need caring people in the Tulsa area": a call that says nothing of them
 * but that they are wanted. */
bool job_clause_is_call(struct str clause);
/* "We run four stores": the employer speaks of itself. */
bool job_clause_is_about_us(struct str clause);

#endif
