/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include <math.h>
#include <stdlib.h>

/* The search looks at every pair of chunks; a page with more is not laid out
 * in columns that matter. */
#define MAX_CHUNKS 600
/* Cuts nest: page, column, block in a column. */
#define MAX_REGIONS 200
/* Headings in one margin, and what one cut makes of a region at most. */
#define MAX_BANDS 30
#define MAX_PARTS (2 * (MAX_BANDS + 2))
/* Free strips that are followed at once; the widest stay. */
#define MAX_STRIPS 8
/* Narrowest gutter, in units of the usual font size. */
#define MIN_GUTTER 0.7f

struct strip {
    float u0, u1;
};

/* A gutter between rows first and last (in order of v) of a region. */
struct cut {
    uint32_t first, last;
    struct strip gutter;
    float height;   /* that both sides share; 0 means none was found */
    bool is_margin; /* the left side holds headings of the right one */
};

/* What one side of a gutter looks like. */
struct side {
    uint32_t lines, chunks, letters, digits, capitals, bold;
    uint32_t groups, longest; /* lines without an empty one; in the longest */
    float v0, v1;
};

struct finder {
    const struct chunk *chunks;
    uint32_t *order;
    uint32_t *spare;
    float size; /* usual font size of the page */
};

static const struct chunk *at(const struct finder *f, uint32_t i)
{
    return &f->chunks[f->order[i]];
}

static bool is_left(const struct chunk *c, struct strip gutter)
{
    return (c->u0 + c->u1) / 2 < (gutter.u0 + gutter.u1) / 2;
}

/* A band of one line's height without text begins a new group. */
static bool begins_group(const struct chunk *c, float v1)
{
    return c->v0 - v1 > 0.8f * c->size;
}

static void look_at(const struct finder *f, const struct cut *cut,
                    struct side sides[2])
{
    float base[2] = {-1e9f, -1e9f};
    uint32_t group[2] = {0, 0};

    for (int s = 0; s < 2; s++)
        sides[s] = (struct side){.v0 = 1e9f, .v1 = -1e9f};
    for (uint32_t i = cut->first; i <= cut->last; i++) {
        const struct chunk *c = at(f, i);
        int s = !is_left(c, cut->gutter);
        struct side *side = &sides[s];
        if (side->chunks == 0 || begins_group(c, side->v1)) {
            side->groups++;
            group[s] = 0;
        }
        if (c->base - base[s] > 0.3f * c->size) {
            side->lines++;
            if (++group[s] > side->longest)
                side->longest = group[s];
        }
        base[s] = c->base;
        side->chunks++;
        side->letters += c->n;
        side->digits += c->digits;
        side->capitals += c->capitals;
        side->bold += c->bold;
        side->v0 = fminf(side->v0, c->v0);
        side->v1 = fmaxf(side->v1, c->v1);
    }
}

/* Headings in the left margin, each beside the text that it heads: few, far
 * apart, and set off by capitals or weight. Dates there are no headings. */
static bool is_margin(const struct side s[2])
{
    return s[0].groups >= 2 && s[0].longest <= 3 &&
           s[0].lines * 5 <= s[1].lines * 2 && s[0].letters < 30 * s[0].lines &&
           s[0].letters * 4 < s[1].letters && s[0].digits * 4 < s[0].letters &&
           (s[0].capitals * 10 > s[0].letters * 6 ||
            s[0].bold * 10 > s[0].letters * 8);
}

/* Share of the chunks on side s that have a neighbour on the same baseline
 * across the gutter. */
static float aligned_share(const struct finder *f, const struct cut *cut,
                           int side)
{
    uint32_t aligned = 0, all = 0;

    for (uint32_t i = cut->first; i <= cut->last; i++) {
        const struct chunk *c = at(f, i);
        bool found = false;
        if (!is_left(c, cut->gutter) != side)
            continue;
        all++;
        /* Chunks are in order of their baselines: look both ways. */
        for (uint32_t j = i; !found && j-- > cut->first;) {
            if (c->base - at(f, j)->base > 0.25f * c->size)
                break;
            found = !is_left(at(f, j), cut->gutter) != side;
        }
        for (uint32_t j = i + 1; !found && j <= cut->last; j++) {
            if (at(f, j)->base - c->base > 0.25f * c->size)
                break;
            found = !is_left(at(f, j), cut->gutter) != side;
        }
        aligned += found;
    }
    return all ? (float)aligned / (float)all : 0;
}

struct drawn {
    uint32_t order;
    bool left;
};

static int by_drawing(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;

    return x->order < y->order ? -1 : x->order > y->order;
}

/* How often the drawing went from one side to the other. */
static uint32_t count_switches(const struct finder *f, const struct cut *cut)
{
    static const uint32_t many = UINT32_MAX;
    struct drawn drawn[256];
    uint32_t n = cut->last - cut->first + 1;
    uint32_t switches = 0;

    if (n > 256)
        return many;
    for (uint32_t i = 0; i < n; i++) {
        const struct chunk *c = at(f, cut->first + i);
        drawn[i] = (struct drawn){c->order, is_left(c, cut->gutter)};
    }
    qsort(drawn, n, sizeof(drawn[0]), by_drawing);
    for (uint32_t i = 1; i < n; i++)
        switches += drawn[i].left != drawn[i - 1].left;
    return switches;
}

/* Columns of text, or rows of cells? Baselines that agree speak for rows,
 * drawing one side first speaks for columns, and so does prose on both
 * sides. */
static bool are_columns(const struct finder *f, struct cut *cut)
{
    struct side s[2];

    look_at(f, cut, s);
    int small = s[1].lines < s[0].lines;
    if (s[small].lines < 2 || s[0].lines + s[1].lines < 6)
        return false;
    float letters[2];
    for (int i = 0; i < 2; i++)
        letters[i] = (float)s[i].letters / (float)s[i].lines;
    if (is_margin(s)) {
        cut->is_margin = true;
        return true;
    }
    /* Bullets, page numbers. */
    if (letters[0] < 3 || letters[1] < 3)
        return false;
    float aligned = aligned_share(f, cut, small);
    if (aligned < 0.6f)
        return s[small].lines >= 3;
    if (letters[0] >= 25 && letters[1] >= 25 && s[small].lines >= 4)
        return true;
    /* Dates at the margin. */
    if (letters[small] < 25 && s[small].digits * 4 > s[small].letters)
        return false;
    return s[small].lines >= 4 &&
           count_switches(f, cut) <= 1 + (s[0].chunks + s[1].chunks) / 8;
}

/* Height that both sides of the cut share, once rows that only one side has
 * are taken off its end. */
static void weigh_cut(const struct finder *f, struct cut *cut)
{
    struct side s[2];

    look_at(f, cut, s);
    cut->height = 0;
    if (s[0].chunks == 0 || s[1].chunks == 0)
        return;
    float end = fminf(s[0].v1, s[1].v1);
    float v1 = end;
    for (uint32_t i = cut->first; i <= cut->last; i++) {
        const struct chunk *c = at(f, i);
        /* Behind the shorter side, up to the first empty band. */
        if (c->v0 > v1 + 0.6f * f->size) {
            cut->last = i - 1;
            break;
        }
        v1 = fmaxf(v1, c->v1);
    }
    cut->height = end - fmaxf(s[0].v0, s[1].v0);
}

static void consider(const struct finder *f, struct cut *best, struct cut cut)
{
    weigh_cut(f, &cut);
    if (cut.height > best->height + 1 && are_columns(f, &cut))
        *best = cut;
}

/* Takes the chunk off the free strips. A strip that becomes too narrow ends
 * here: the rows since `first` are a candidate. */
static uint32_t narrow(const struct finder *f, struct strip *strips, uint32_t n,
                       struct cut run, struct cut *best)
{
    const struct chunk *c = at(f, run.last);
    float least = MIN_GUTTER * f->size;
    uint32_t kept = 0;
    struct strip next[MAX_STRIPS];

    for (uint32_t i = 0; i < n; i++) {
        struct strip s = strips[i];
        struct strip parts[2] = {{s.u0, fminf(s.u1, c->u0)},
                                 {fmaxf(s.u0, c->u1), s.u1}};
        bool is_touched = c->u0 < s.u1 && c->u1 > s.u0;
        bool alive = false;
        if (!is_touched)
            parts[0] = s;
        for (int p = 0; p < (is_touched ? 2 : 1); p++) {
            if (parts[p].u1 - parts[p].u0 >= least && kept < MAX_STRIPS) {
                next[kept++] = parts[p];
                alive = true;
            }
        }
        if (!alive && run.last > run.first) {
            run.gutter = s;
            struct cut cut = run;
            cut.last--;
            consider(f, best, cut);
        }
    }
    memcpy(strips, next, kept * sizeof(next[0]));
    return kept;
}

/* The best gutter that begins at row `first`. */
static void search_from(const struct finder *f, uint32_t first, uint32_t end,
                        struct strip page, struct cut *best)
{
    struct strip strips[MAX_STRIPS] = {page};
    uint32_t n = 1;

    for (uint32_t i = first; i < end && n > 0; i++)
        n = narrow(f, strips, n, (struct cut){.first = first, .last = i}, best);
    for (uint32_t i = 0; i < n; i++)
        consider(
            f, best,
            (struct cut){.first = first, .last = end - 1, .gutter = strips[i]});
}

static struct cut find_cut(const struct finder *f, struct region r)
{
    struct cut best = {0};
    struct strip page = {1e9f, -1e9f};

    for (uint32_t i = r.first; i < r.first + r.n; i++) {
        page.u0 = fminf(page.u0, at(f, i)->u0);
        page.u1 = fmaxf(page.u1, at(f, i)->u1);
    }
    /* A run that begins later can share no more height than is left. */
    for (uint32_t i = r.first; i + 5 < r.first + r.n; i++) {
        if (best.height > at(f, r.first + r.n - 1)->v1 - at(f, i)->v0)
            break;
        search_from(f, i, r.first + r.n, page, &best);
    }
    return best;
}

/* Sorts the region into above, left, right, below; all stay in order of v.
 * Fills the four parts, some of which may be empty. */
static void split(const struct finder *f, struct region r,
                  const struct cut *cut, struct region parts[4])
{
    uint32_t n = 0;

    for (int part = 0; part < 4; part++) {
        parts[part].first = r.first + n;
        for (uint32_t i = r.first; i < r.first + r.n; i++) {
            int where = is_left(at(f, i), cut->gutter) ? 1 : 2;
            if (i < cut->first)
                where = 0;
            else if (i > cut->last)
                where = 3;
            if (where == part)
                f->spare[n++] = f->order[i];
        }
        parts[part].n = r.first + n - parts[part].first;
    }
    memcpy(f->order + r.first, f->spare, r.n * sizeof(f->order[0]));
}

/* Sorts the region into bands, one to each group of the left side: its
 * heading, then its text. Returns the number of parts, at most max. */
static uint32_t split_bands(const struct finder *f, struct region r,
                            const struct cut *cut, struct region *parts,
                            uint32_t max)
{
    float tops[MAX_BANDS];
    uint32_t n_bands = 0, n = 0, n_parts = 0;
    float v1 = -1e9f;

    for (uint32_t i = cut->first; i <= cut->last; i++) {
        const struct chunk *c = at(f, i);
        if (!is_left(c, cut->gutter))
            continue;
        if (n_bands < MAX_BANDS && (n_bands == 0 || begins_group(c, v1)))
            tops[n_bands++] = c->v0 - 0.5f * c->size;
        v1 = fmaxf(v1, c->v1);
    }
    /* Part 0 is above the first heading, the last one below the cut. */
    for (uint32_t band = 0; band <= n_bands + 1; band++) {
        for (int side = 0; side < 2 && n_parts < max; side++) {
            uint32_t start = n;
            for (uint32_t i = r.first; i < r.first + r.n; i++) {
                const struct chunk *c = at(f, i);
                uint32_t where = 0;
                while (i >= cut->first && where < n_bands &&
                       c->v0 >= tops[where])
                    where++;
                if (i > cut->last)
                    where = n_bands + 1;
                bool inside = where > 0 && where <= n_bands;
                int on = inside && !is_left(c, cut->gutter);
                if (where == band && on == side)
                    f->spare[n++] = f->order[i];
            }
            parts[n_parts++] = (struct region){r.first + start, n - start};
        }
    }
    memcpy(f->order + r.first, f->spare, r.n * sizeof(f->order[0]));
    return n_parts;
}

static rsc_status cut_regions(struct ctx *ctx, struct reading *out,
                              const struct finder *f, uint32_t n)
{
    struct region stack[MAX_REGIONS + MAX_PARTS] = {{0, n}};
    uint32_t depth = 1;

    while (depth > 0) {
        struct region r = stack[--depth];
        struct cut cut = {0};
        if (r.n == 0)
            continue;
        if (r.n <= MAX_CHUNKS && depth < MAX_REGIONS)
            cut = find_cut(f, r);
        if (cut.height > 0) {
            struct region parts[MAX_PARTS] = {0};
            uint32_t n_parts = 4;
            if (cut.is_margin)
                n_parts = split_bands(f, r, &cut, parts, MAX_PARTS);
            else
                split(f, r, &cut, parts);
            while (n_parts-- > 0)
                stack[depth++] = parts[n_parts];
            continue;
        }
        struct region *done = vec_push(ctx, &out->regions);
        if (!done)
            return ctx->error.status;
        *done = r;
    }
    return RSC_OK;
}

struct rank {
    float base;
    uint32_t index;
};

static int by_base(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;

    if (x->base != y->base)
        return x->base < y->base ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The font size that most text is set in; weighed by letters. */
static float usual_size(const struct layer *layer)
{
    uint32_t letters[100] = {0};
    unsigned best = 0;

    for (size_t i = 0; i < layer->chunks.len; i++) {
        const struct chunk *c = &layer->chunks.items[i];
        unsigned pt = (unsigned)fminf(c->size + 0.5f, 99);
        letters[pt] += c->n;
        best = letters[pt] > letters[best] ? pt : best;
    }
    return best ? (float)best : 10;
}

rsc_status columns_find(struct ctx *ctx, struct reading *out,
                        const struct layer *layer)
{
    size_t n = layer->chunks.len;
    struct rank *ranks = ctx_alloc_array(ctx, n, sizeof(*ranks));
    struct finder f = {
        .chunks = layer->chunks.items,
        .order = ctx_alloc_array(ctx, n, sizeof(uint32_t)),
        .spare = ctx_alloc_array(ctx, n, sizeof(uint32_t)),
        .size = usual_size(layer),
    };

    if (!ranks || !f.order || !f.spare)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        ranks[i] = (struct rank){layer->chunks.items[i].base, (uint32_t)i};
    qsort(ranks, n, sizeof(*ranks), by_base);
    for (size_t i = 0; i < n; i++)
        f.order[i] = ranks[i].index;
    out->order = f.order;
    return cut_regions(ctx, out, &f, (uint32_t)n);
}
