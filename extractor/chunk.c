/* SPDX-License-Identifier: MIT */
#include "chunk.h"

#include <math.h>
#include <stdlib.h>

/* In units of the font size. Between two words of a justified line lies less
 * than this; between two cells or columns, more. */
#define WIDE_GAP 1.5f
/* Overlap of what is drawn next: kerning, accents, a backspace. */
#define BACK_GAP 0.5f
/* Pieces that were not drawn one after the other are put together only when
 * they are close: across a narrow gutter they belong to two columns. */
#define JOIN_GAP 0.35f
/* Two baselines are one up to here; small letters may be raised more. */
#define SAME_LINE 0.25f
#define RAISED    0.55f

static bool is_space(const struct glyph *g)
{
    return g->n_text == 1 &&
           (g->text[0] == ' ' || g->text[0] == 0xa0 || g->text[0] == '\t' ||
            (g->text[0] >= 0x2000 && g->text[0] <= 0x200a) ||
            g->text[0] == 0x3000);
}

/* Turns the box of g so that its text runs along u. */
static struct piece turn_piece(const struct layer *layer, uint32_t index)
{
    const struct glyph *g = &layer->glyphs[index];
    struct piece p = {.size = g->size, .glyph = index};

    switch (layer->turn) {
    case 0:
        p.u0 = g->x0, p.u1 = g->x1, p.base = g->base;
        break;
    case 1:
        p.u0 = g->y0, p.u1 = g->y1, p.base = layer->height - g->base;
        break;
    case 2:
        p.u0 = layer->width - g->x1, p.u1 = layer->width - g->x0;
        p.base = layer->height - g->base;
        break;
    default:
        p.u0 = layer->width - g->y1, p.u1 = layer->width - g->y0;
        p.base = g->base;
        break;
    }
    return p;
}

static bool continues(const struct piece *last, const struct piece *next)
{
    float size = fmaxf(last->size, next->size);
    float small = fminf(last->size, next->size);
    float limit = small < 0.8f * size ? RAISED : SAME_LINE;
    float gap = next->u0 - last->u1;

    return fabsf(next->base - last->base) < limit * size &&
           gap < WIDE_GAP * size && gap > -BACK_GAP * size &&
           next->u0 >= last->u0 - 0.1f * size;
}

static void include(struct layer *layer, struct chunk *c, const struct piece *p)
{
    float ascent = 0.8f * p->size, descent = 0.2f * p->size;
    uint32_t letter = layer->glyphs[p->glyph].text[0];

    c->u0 = fminf(c->u0, p->u0);
    c->u1 = fmaxf(c->u1, p->u1);
    c->v0 = fminf(c->v0, p->base - ascent);
    c->v1 = fmaxf(c->v1, p->base + descent);
    c->digits += letter >= '0' && letter <= '9';
    c->capitals += letter >= 'A' && letter <= 'Z';
    c->bold += layer->glyphs[p->glyph].bold;
    /* The largest font gives the baseline, so that a raised letter in front
     * does not. */
    if (p->size > c->size) {
        c->size = p->size;
        c->base = p->base;
    }
    c->n++;
}

static rsc_status add_piece(struct ctx *ctx, struct layer *layer,
                            const struct piece *p, bool is_next)
{
    struct piece *slot = vec_push(ctx, &layer->pieces);

    if (!slot)
        return ctx->error.status;
    *slot = *p;
    if (!is_next) {
        struct chunk *c = vec_push(ctx, &layer->chunks);
        if (!c)
            return ctx->error.status;
        *c = (struct chunk){.u0 = p->u0,
                            .u1 = p->u1,
                            .v0 = p->base,
                            .v1 = p->base,
                            .first = (uint32_t)layer->pieces.len - 1,
                            .order = (uint32_t)layer->chunks.len};
    }
    include(layer, &layer->chunks.items[layer->chunks.len - 1], p);
    return RSC_OK;
}

static rsc_status collect(struct ctx *ctx, struct layer *layer, size_t n)
{
    bool after_space = false;
    struct piece last = {0};
    rsc_status st = RSC_OK;

    for (size_t i = 0; i < n && !st; i++) {
        const struct glyph *g = &layer->glyphs[i];
        if (g->fate != GLYPH_VISIBLE || g->turn != layer->turn)
            continue;
        if (is_space(g)) {
            after_space = true;
            continue;
        }
        struct piece p = turn_piece(layer, (uint32_t)i);
        bool is_next = layer->pieces.len > 0 && continues(&last, &p);
        p.after_space = after_space;
        after_space = false;
        st = add_piece(ctx, layer, &p, is_next);
        last = p;
    }
    return st;
}

static int by_place(const void *a, const void *b)
{
    const struct chunk *x = a, *y = b;

    if (x->base != y->base)
        return x->base < y->base ? -1 : 1;
    if (x->u0 != y->u0)
        return x->u0 < y->u0 ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static int by_order(const void *a, const void *b)
{
    const struct chunk *x = a, *y = b;

    return x->order < y->order ? -1 : x->order > y->order;
}

static bool same_text(const struct layer *layer, const struct chunk *a,
                      const struct chunk *b)
{
    if (a->n != b->n)
        return false;
    for (uint32_t i = 0; i < a->n; i++) {
        uint32_t x = layer->pieces.items[a->first + i].glyph;
        uint32_t y = layer->pieces.items[b->first + i].glyph;
        if (layer->glyphs[x].text[0] != layer->glyphs[y].text[0])
            return false;
    }
    return true;
}

/* Drawn again a hair aside: how shadows and poor man's bold are made. */
static bool is_copy(const struct layer *layer, const struct chunk *a,
                    const struct chunk *b)
{
    return fabsf(a->u0 - b->u0) < 0.2f * a->size &&
           fabsf(a->u1 - b->u1) < 0.2f * a->size && same_text(layer, a, b);
}

static bool touches(const struct chunk *a, const struct chunk *b)
{
    float size = fmaxf(a->size, b->size);
    float gap = b->u0 - a->u1;

    return a->u0 <= b->u0 && gap < JOIN_GAP * size && gap > -BACK_GAP * size &&
           fabsf(a->base - b->base) < SAME_LINE * size;
}

/* Puts b's pieces behind a's: both are copied to the end of the pieces. */
static rsc_status join(struct ctx *ctx, struct layer *layer, struct chunk *a,
                       struct chunk *b)
{
    uint32_t first = (uint32_t)layer->pieces.len;

    for (uint32_t i = 0; i < a->n + b->n; i++) {
        struct piece *p = vec_push(ctx, &layer->pieces);
        if (!p)
            return ctx->error.status;
        *p = i < a->n ? layer->pieces.items[a->first + i]
                      : layer->pieces.items[b->first + i - a->n];
    }
    a->first = first;
    a->n += b->n;
    a->digits += b->digits;
    a->capitals += b->capitals;
    a->bold += b->bold;
    a->u0 = fminf(a->u0, b->u0);
    a->u1 = fmaxf(a->u1, b->u1);
    a->v0 = fminf(a->v0, b->v0);
    a->v1 = fmaxf(a->v1, b->v1);
    b->n = 0;
    return RSC_OK;
}

/* Joins neighbours that were not drawn in a row; drops copies. A page of many
 * thousand chunks on one line is not text anybody wrote: it gives up there. */
static rsc_status join_neighbours(struct ctx *ctx, struct layer *layer)
{
    struct chunk *c = layer->chunks.items;
    size_t n = layer->chunks.len;
    size_t budget = 4000000;

    qsort(c, n, sizeof(*c), by_place);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; c[i].n && j < n && budget; j++, budget--) {
            if (c[j].base - c[i].base >= SAME_LINE * c[i].size)
                break;
            if (c[j].n == 0)
                continue;
            if (is_copy(layer, &c[i], &c[j])) {
                c[j].n = 0;
                continue;
            }
            bool left = touches(&c[i], &c[j]);
            bool right = touches(&c[j], &c[i]);
            if ((left && join(ctx, layer, &c[i], &c[j])) ||
                (!left && right && join(ctx, layer, &c[j], &c[i])))
                return ctx->error.status;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (c[i].n)
            c[kept++] = c[i];
    }
    layer->chunks.len = kept;
    qsort(c, kept, sizeof(*c), by_order);
    return RSC_OK;
}

rsc_status chunk_build(struct ctx *ctx, struct layer *layer, size_t n_glyphs)
{
    layer->pieces.len = layer->chunks.len = 0;
    rsc_status st = collect(ctx, layer, n_glyphs);
    if (st || layer->chunks.len == 0)
        return st;
    return join_neighbours(ctx, layer);
}
