/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_CLAUSES_H
#define RSC_JOB_CLAUSES_H

/*
 * Where the clauses of a job's sentence end, each with its own strength, and
 * which of them ask for nothing.
 */

#include "base/str.h"

/* Whether the clause that begins at `start` ends at text[i]: at a semicolon,
 * before a wish, at the bracket around one, or where a comma leads to what is
 * asked for less or more strongly. The sentence goes up to `end`. */
bool job_clause_ends(struct str text, size_t start, size_t i, size_t end);
/* "Strong Python; you know its profiler": it goes on about what the clause
 * before it asked for. */
bool job_clause_is_aside(struct str clause);
/* "A first degree with two more years may be accepted in lieu". */
bool job_clause_is_concession(struct str clause);
/* "Food handler card needed, and if you've done any baking that helps". */
bool job_clause_is_afterthought(struct str clause);
/* "We need caring people in the Tulsa area": a call that says nothing of them
 * but that they are wanted. */
bool job_clause_is_call(struct str clause);
/* "The ideal candidate has", "You know": it speaks of the applicant. */
bool job_clause_is_about_you(struct str clause);
/* "We run four stores", "The department invites applications": the employer
 * speaks of itself. */
bool job_clause_is_about_us(struct str clause);

#endif
