/* SPDX-License-Identifier: MIT */
#ifndef RSC_VEC_H
#define RSC_VEC_H

/*
 * A typed growing array in a request's arena:
 *
 *     VEC(struct span) spans = {0};
 *     struct span *s = vec_push(ctx, &spans);
 *     if (!s)
 *         return ctx->error.status;
 *
 * Growing copies, so pointers to items are valid until the next push only.
 */

#include "base/ctx.h"

#define VEC(type)                                                              \
    struct {                                                                   \
        type *items;                                                           \
        size_t len, cap;                                                       \
    }

/* A pointer to one more item (undefined content), or NULL when out of memory;
 * the items so far stay valid. Evaluates v more than once. */
#define vec_push(ctx, v)                                                       \
    (((v)->len < (v)->cap ||                                                   \
      ((v)->items =                                                            \
           vec_grow((ctx), (v)->items, &(v)->cap, sizeof((v)->items[0])),      \
       (v)->len < (v)->cap))                                                   \
         ? &(v)->items[(v)->len++]                                             \
         : NULL)

/* For vec_push: at least doubles. Returns the old items, with *cap as it was,
 * when out of memory. */
void *vec_grow(struct ctx *ctx, void *items, size_t *cap, size_t item_size);

#endif
