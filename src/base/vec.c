/* SPDX-License-Identifier: MIT */
#include "base/vec.h"

void *vec_grow(struct ctx *ctx, void *items, size_t *cap, size_t item_size)
{
    size_t wanted = *cap ? *cap * 2 : 8;
    void *grown = ctx_alloc_array(ctx, wanted, item_size);

    if (!grown)
        return items;
    if (*cap)
        memcpy(grown, items, *cap * item_size);
    *cap = wanted;
    return grown;
}
