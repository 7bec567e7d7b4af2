/* SPDX-License-Identifier: MIT */
#ifndef RSC_EDUCATION_H
#define RSC_EDUCATION_H

/* Degrees with subject, school, dates and whether they are finished. */

#include "parse/layout.h"
#include "parse/resume.h"

struct education_list {
    struct education *items;
    size_t len, cap;
};

/* Appends the education of a section; at most LIMIT_EDUCATION in all. Where
 * the section is not one of education (is_sure false), only lines that name a
 * degree from associate up count. Fails with RSC_ENOMEM only. */
rsc_status education_read(struct ctx *ctx, struct education_list *out,
                          const struct layout *layout,
                          const struct section *section, bool is_sure);

#endif
