/* SPDX-License-Identifier: MIT */
#ifndef RSC_CHUNK_H
#define RSC_CHUNK_H

/*
 * Characters of a page, put together to chunks: runs on one baseline without
 * a wide gap. A chunk is a line of a column, a cell of a table, or a date at
 * the right margin; columns.h decides which.
 *
 *     glyphs of one reading direction, turned so that u runs with the text
 *     and v runs down -> pieces -> chunks
 */

#include "base/vec.h"
#include "glyph.h"

struct piece {
    float u0, u1, base, size;
    uint32_t glyph;
    bool after_space; /* a space was drawn before it */
};

struct chunk {
    float u0, u1, v0, v1; /* box */
    float base, size;
    uint32_t first, n; /* pieces */
    uint32_t order;    /* of drawing */
    /* How many of the pieces are digits, capital letters, bold. */
    uint32_t digits, capitals, bold;
};

/* All text of one reading direction on one page. */
struct layer {
    const struct glyph *glyphs;
    unsigned turn;
    float width, height; /* of the page, as seen from the text */
    VEC(struct piece) pieces;
    VEC(struct chunk) chunks;
};

/* Fills pieces and chunks of layer, whose other fields the caller has set.
 * Chunks come in drawing order and without text that was drawn twice. */
rsc_status chunk_build(struct ctx *ctx, struct layer *layer, size_t n_glyphs);

#endif
