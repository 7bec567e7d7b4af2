/* SPDX-License-Identifier: MIT */
#ifndef RSC_CANVAS_H
#define RSC_CANVAS_H

/*
 * What was painted on a page, in order, as far as it decides whether text can
 * be seen: the colour that lies under a character, and the opaque areas that
 * were painted over it later. Paper is white.
 *
 * Small and thin shapes (rules, borders) cannot hide a character and are not
 * kept. Threads: one canvas belongs to one thread.
 */

#include <stddef.h>

#include "glyph.h"

#ifdef __cplusplus
extern "C" {
#endif

struct canvas_colour {
    float r, g, b;
    bool is_known; /* an image or a gradient is not */
};

struct canvas_point {
    float x, y;
};

struct canvas_shape {
    float x0, y0, x1, y1;
    /* Corners of a polygon inside the box; none means all of the box. */
    const struct canvas_point *points;
    size_t n_points;
};

struct canvas;

/* NULL when out of memory. */
struct canvas *canvas_new(void);
void canvas_free(struct canvas *canvas);
/* A new sheet of paper. */
void canvas_reset(struct canvas *canvas);

/* Paints a shape after n_glyphs characters. Opacity is from 0 to 1. */
void canvas_paint(struct canvas *canvas, const struct canvas_shape *shape,
                  struct canvas_colour colour, float opacity, size_t n_glyphs);

/* Groups: what was painted since the mark is taken back, or turns out to be
 * see-through. */
size_t canvas_mark(const struct canvas *canvas);
void canvas_drop_since(struct canvas *canvas, size_t mark);
void canvas_fade_since(struct canvas *canvas, size_t mark);

/* The colour at a point as painted so far. */
struct canvas_colour canvas_at(const struct canvas *canvas, float x, float y);
/* Whether text of this colour cannot be told from its background. */
bool canvas_is_unreadable(struct canvas_colour text,
                          struct canvas_colour background);
/* Marks the visible glyphs that something opaque was painted over. */
void canvas_cover(const struct canvas *canvas, struct glyph *glyphs, size_t n);
/* More was painted than could be kept: hidden text may be missed. */
bool canvas_is_full(const struct canvas *canvas);

#ifdef __cplusplus
}
#endif

#endif
