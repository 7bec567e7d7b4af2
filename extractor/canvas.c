/* SPDX-License-Identifier: MIT */
#include "canvas.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A designed page has some dozens of areas; each costs a look per glyph. */
#define MAX_PAINTS 2000
#define MAX_POINTS 20000
/* Thinner than the smallest letter: a rule, not a background. */
#define MIN_SIDE 2.0f
#define OPAQUE   0.95f
/* Points across and down a glyph, at its quarters. */
#define GRID       3
#define ALL_POINTS ((1u << GRID * GRID) - 1)

struct paint {
    float x0, y0, x1, y1;
    uint32_t first_point, n_points;
    struct canvas_colour colour;
    bool is_opaque;
    size_t n_glyphs; /* drawn before it */
};

struct canvas {
    size_t n_paints, n_points;
    bool is_full;
    struct paint paints[MAX_PAINTS];
    struct canvas_point points[MAX_POINTS];
};

struct canvas *canvas_new(void)
{
    return calloc(1, sizeof(struct canvas));
}

void canvas_free(struct canvas *canvas)
{
    free(canvas);
}

void canvas_reset(struct canvas *canvas)
{
    canvas->n_paints = canvas->n_points = 0;
    canvas->is_full = false;
}

size_t canvas_mark(const struct canvas *canvas)
{
    return canvas->n_paints;
}

void canvas_drop_since(struct canvas *canvas, size_t mark)
{
    if (mark < canvas->n_paints)
        canvas->n_paints = mark;
}

void canvas_fade_since(struct canvas *canvas, size_t mark)
{
    for (size_t i = mark; i < canvas->n_paints; i++) {
        canvas->paints[i].is_opaque = false;
        canvas->paints[i].colour.is_known = false;
    }
}

bool canvas_is_full(const struct canvas *canvas)
{
    return canvas->is_full;
}

/* Even-odd: counts the edges to the right of the point. */
static bool is_in_polygon(const struct canvas_point *p, size_t n, float x,
                          float y)
{
    bool inside = false;

    for (size_t i = 0, j = n - 1; i < n; j = i++) {
        if ((p[i].y > y) != (p[j].y > y) &&
            x < (p[j].x - p[i].x) * (y - p[i].y) / (p[j].y - p[i].y) + p[i].x)
            inside = !inside;
    }
    return inside;
}

static bool is_over(const struct canvas *canvas, const struct paint *p, float x,
                    float y)
{
    if (x < p->x0 || x > p->x1 || y < p->y0 || y > p->y1)
        return false;
    return p->n_points == 0 ||
           is_in_polygon(canvas->points + p->first_point, p->n_points, x, y);
}

struct canvas_colour canvas_at(const struct canvas *canvas, float x, float y)
{
    for (size_t i = canvas->n_paints; i-- > 0;) {
        if (is_over(canvas, &canvas->paints[i], x, y))
            return canvas->paints[i].colour;
    }
    return (struct canvas_colour){1, 1, 1, true};
}

static struct canvas_colour mix(struct canvas_colour top,
                                struct canvas_colour under, float opacity)
{
    float rest = 1 - opacity;

    return (struct canvas_colour){
        .r = top.r * opacity + under.r * rest,
        .g = top.g * opacity + under.g * rest,
        .b = top.b * opacity + under.b * rest,
        .is_known = top.is_known && (under.is_known || opacity >= OPAQUE),
    };
}

void canvas_paint(struct canvas *canvas, const struct canvas_shape *shape,
                  struct canvas_colour colour, float opacity, size_t n_glyphs)
{
    if (!(shape->x1 - shape->x0 >= MIN_SIDE) ||
        !(shape->y1 - shape->y0 >= MIN_SIDE) || opacity < 0.02f)
        return;
    if (canvas->n_paints == MAX_PAINTS ||
        shape->n_points > MAX_POINTS - canvas->n_points) {
        canvas->is_full = true;
        return;
    }
    struct canvas_colour under = canvas_at(canvas, (shape->x0 + shape->x1) / 2,
                                           (shape->y0 + shape->y1) / 2);
    canvas->paints[canvas->n_paints++] = (struct paint){
        .x0 = shape->x0,
        .y0 = shape->y0,
        .x1 = shape->x1,
        .y1 = shape->y1,
        .first_point = (uint32_t)canvas->n_points,
        .n_points = (uint32_t)shape->n_points,
        .colour = mix(colour, under, opacity),
        .is_opaque = opacity >= OPAQUE,
        .n_glyphs = n_glyphs,
    };
    if (shape->n_points)
        memcpy(canvas->points + canvas->n_points, shape->points,
               shape->n_points * sizeof(shape->points[0]));
    canvas->n_points += shape->n_points;
}

/* Relative luminance, with the square as a good enough gamma. */
static float luminance(struct canvas_colour c)
{
    return 0.2126f * c.r * c.r + 0.7152f * c.g * c.g + 0.0722f * c.b * c.b;
}

/* Contrast 1.2 is #e7e7e7 on white: nobody reads that. Colours of the same
 * lightness but another hue can be read, so all channels must be near. */
bool canvas_is_unreadable(struct canvas_colour text,
                          struct canvas_colour background)
{
    float a = luminance(text) + 0.05f;
    float b = luminance(background) + 0.05f;

    if (!text.is_known || !background.is_known)
        return false;
    if (fabsf(text.r - background.r) > 0.15f ||
        fabsf(text.g - background.g) > 0.15f ||
        fabsf(text.b - background.b) > 0.15f)
        return false;
    return (a > b ? a / b : b / a) < 1.2f;
}

/* Which points of a grid in the inner part of a glyph lie under the paint. */
static uint16_t covered_points(const struct canvas *canvas,
                               const struct paint *p, const struct glyph *g)
{
    float dx = (g->x1 - g->x0) / 4;
    float dy = (g->y1 - g->y0) / 4;
    uint16_t points = 0;

    if (p->x1 < g->x0 || p->x0 > g->x1 || p->y1 < g->y0 || p->y0 > g->y1)
        return 0;
    for (int i = 0; i < GRID * GRID; i++)
        if (is_over(canvas, p, g->x0 + dx * (float)(1 + i % GRID),
                    g->y0 + dy * (float)(1 + i / GRID)))
            points |= (uint16_t)(1u << i);
    return points;
}

void canvas_cover(const struct canvas *canvas, struct glyph *glyphs, size_t n)
{
    for (size_t g = 0; g < n; g++)
        glyphs[g].covered = 0;
    for (size_t i = 0; i < canvas->n_paints; i++) {
        const struct paint *p = &canvas->paints[i];
        for (size_t g = 0; p->is_opaque && g < n && g < p->n_glyphs; g++) {
            if (glyphs[g].fate != GLYPH_VISIBLE)
                continue;
            /* Several strips hide as much as one box. */
            glyphs[g].covered |= covered_points(canvas, p, &glyphs[g]);
            if (glyphs[g].covered == ALL_POINTS)
                glyphs[g].fate = GLYPH_COVERED;
        }
    }
}
