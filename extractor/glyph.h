/* SPDX-License-Identifier: MIT */
#ifndef RSC_GLYPH_H
#define RSC_GLYPH_H

/*
 * One drawn character of a page, as it passes from the PDF walker (C++)
 * through the canvas to the layout (both C). Coordinates are points from the
 * top left of the page as it is shown.
 */

#include <stdbool.h>
#include <stdint.h>

/* Whether a person sees it, and if not, why not. */
enum glyph_fate {
    GLYPH_VISIBLE,
    GLYPH_COLOUR,
    GLYPH_TINY,
    GLYPH_OFF_PAGE,
    GLYPH_CLIPPED,
    GLYPH_COVERED,
    GLYPH_INVISIBLE,
};

/* Ligatures have up to this many letters; longer ones are cut. */
#define GLYPH_MAX_TEXT 6

struct glyph {
    float x0, y0, x1, y1; /* box */
    float base;           /* of the baseline, across the reading direction */
    float size;           /* of the font in pt */
    uint32_t text[GLYPH_MAX_TEXT];
    uint8_t n_text;
    uint8_t turn;     /* reading direction: 0 right, 1 down, 2 left, 3 up */
    uint8_t fate;     /* enum glyph_fate */
    uint16_t covered; /* points of it that the canvas knows to be covered */
    bool bold;
};

#endif
