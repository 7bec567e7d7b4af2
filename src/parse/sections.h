/* SPDX-License-Identifier: MIT */
#ifndef RSC_SECTIONS_H
#define RSC_SECTIONS_H

/* A resume's sections, in order, without gaps: the first has no heading. */

#include "parse/headings.h"

struct section_list {
    struct section *items;
    size_t len, cap;
};

/* Splits the document; name is the person's, or empty. At most LIMIT_SECTIONS;
 * what follows stays in the last one. Fails with RSC_ENOMEM only. */
rsc_status sections_read(struct ctx *ctx, struct section_list *out,
                         const struct layout *layout, struct span name);

#endif
