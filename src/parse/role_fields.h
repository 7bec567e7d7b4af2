/* SPDX-License-Identifier: MIT */
#ifndef RSC_ROLE_FIELDS_H
#define RSC_ROLE_FIELDS_H

/*
 * What the lines of a role's header say: title, employer, place. The lines
 * are cut at tabs, bars, dashes, "at" and commas, the dates are taken out, and
 * each piece is judged by its own form; what is left over by its position.
 */

#include "parse/layout.h"
#include "parse/resume.h"

struct role_fields {
    struct span title, employer, location;
    bool is_title_known;     /* by its form, not by position */
    bool is_employer_known;  /* by its form or the entities, not by position */
    bool is_employer_above;  /* on an earlier line than the title */
    bool is_employer_joined; /* behind the title and a comma: "X, Y" */
};

/* Reads the header lines [first, last] of layout. */
void role_fields_read(const struct layout *layout, size_t first, size_t last,
                      const struct resume_options *options,
                      struct role_fields *out);
/* Words of line i that are no part of its dates. */
unsigned role_fields_words(const struct layout *layout, size_t i);

#endif
