/* SPDX-License-Identifier: MIT */
#ifndef RSC_COLUMNS_H
#define RSC_COLUMNS_H

/*
 * The order in which a person reads the chunks of a page.
 *
 *     +-----------------------+      A gutter is a strip that no chunk
 *     | name across the page  |      touches, from one row of the page to a
 *     +-------+---------------+      later one. Where it parts columns, the
 *     | side  | main column   |      page is cut into above, left, right and
 *     | bar   |               |      below, and each part is looked at again.
 *     +-------+---------------+      Where it only parts the cells of a table
 *     | across again          |      or dates from their lines, rows stay
 *     +-----------------------+      whole.
 */

#include "chunk.h"

/* A part of the page without columns of its own: chunks
 * order[first .. first + n). */
struct region {
    uint32_t first, n;
};

struct reading {
    uint32_t *order; /* indices of chunks */
    VEC(struct region) regions;
};

rsc_status columns_find(struct ctx *ctx, struct reading *out,
                        const struct layer *layer);

#endif
