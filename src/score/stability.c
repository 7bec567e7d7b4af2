/* SPDX-License-Identifier: MIT */
#include "score/stability.h"

#include <stdlib.h>

/* A tenth: nobody knows the right weight of a kind better than that. */
#define LESS 900
#define MORE 1100

struct placed {
    uint64_t total; /* finer than hundredths, so that weights show */
    size_t index;
};

static int best_first(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* The total with the weight of one kind times factor / 1000. */
static uint64_t total_with(const struct stability_candidate *c, unsigned kind,
                           unsigned factor)
{
    uint64_t points = 0, weight = 0;
    for (size_t i = 0; i < c->n_parts; i++) {
        unsigned by = c->parts[i].kind == kind ? factor : 1000;
        points += (uint64_t)c->parts[i].points * by;
        weight += (uint64_t)c->parts[i].weight * by;
    }
    return weight ? points * 1000000 / weight : 0;
}

/* Widens the places by one way of weighing. */
static void place_all(struct stability_place *out, struct placed *order,
                      size_t n)
{
    size_t place = 1;
    qsort(order, n, sizeof(*order), best_first);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && order[i].total != order[i - 1].total)
            place = i + 1;
        struct stability_place *one = &out[order[i].index];
        if (place < one->best)
            one->best = place;
        if (place > one->worst)
            one->worst = place;
    }
}

rsc_status stability_run(struct ctx *ctx, struct stability_place *out,
                         const struct stability_candidate *candidates, size_t n)
{
    struct placed *order = ctx_alloc_array(ctx, n, sizeof(*order));
    if (!order)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        order[i] = (struct placed){candidates[i].total, i};
        out[i] = (struct stability_place){.best = SIZE_MAX};
    }
    place_all(out, order, n);
    for (size_t i = 0; i < n; i++)
        out[i].place = out[i].best;
    for (unsigned kind = 0; n && kind < STABILITY_KINDS; kind++)
        for (unsigned factor = LESS; factor <= MORE; factor += MORE - LESS) {
            for (size_t i = 0; i < n; i++)
                order[i] = (struct placed){
                    total_with(&candidates[i], kind, factor), i};
            place_all(out, order, n);
        }
    return RSC_OK;
}
