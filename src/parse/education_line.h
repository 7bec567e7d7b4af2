/* SPDX-License-Identifier: MIT */
#ifndef RSC_EDUCATION_LINE_H
#define RSC_EDUCATION_LINE_H

/* What one line of an education says: degree, subject, school, dates. */

#include "parse/degrees.h"
#include "parse/layout.h"

struct education_facts {
    struct degree degree;
    struct span school;
    const struct date_range *dates;
    bool is_unfinished;
};

struct education_facts education_line_read(const struct layout *layout,
                                           size_t i);
/* The part before the first mark: the name of a school that no word betrays
 * ("ETH Zurich"), when the line has nothing else. */
struct span education_line_school(const struct layout *layout, size_t i);

#endif
