/* SPDX-License-Identifier: MIT */
#ifndef RSC_JOB_LINES_H
#define RSC_JOB_LINES_H

/* What the lines of a job are: headings, its title, a bare list. */

#include "parse/job_headings.h"
#include "parse/layout.h"

/* "A, B, C" or one short item per line, and nothing like a sentence. */
bool job_lines_are_list(const struct layout *layout);
/* Source code: many lines end with a brace or a call. */
bool job_lines_are_code(const struct layout *layout);
/* What follows the heading on line i, JOB_INTRO if it is none; *body is where
 * its content begins, for "Requirements: a, b". */
enum job_part job_lines_heading(const struct layout *layout, size_t i,
                                uint32_t *body);
/* Whether line i stands above a list, as a heading in words of its own does:
 * "It would be great if you also have". */
bool job_lines_lead_list(const struct layout *layout, size_t i);
/* Whether line i is a sentence on its own behind the list of a part. */
bool job_lines_behind_list(const struct layout *layout, size_t i);
/* The first line behind a list without bullets that begins on line i and whose
 * items begin with small letters; i if there is none. Where the next line's
 * first word had found room, no sentence was wrapped. */
size_t job_lines_small_items(const struct layout *layout, size_t i);
/* Bytes of a number such as "E2" or "D10." at the beginning of line i, with the
 * blanks behind it, where a line beside it has the number next to it; else 0.
 */
uint32_t job_lines_code(const struct layout *layout, size_t i);
/* The job's title, empty where none is found. */
struct span job_lines_title(const struct layout *layout);

#endif
