/* SPDX-License-Identifier: MIT */
#include "intern.h"

static uint64_t hash_bytes(struct str s)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.data[i]) * 0x100000001B3u;
    return h ^ h >> 29;
}

/* The slot of name, or the empty one where it belongs. */
static size_t slot_of(const struct intern *in, struct str name)
{
    size_t i = hash_bytes(name) & (in->n_slots - 1);
    while (in->slots[i] && !str_eq(in->items[in->slots[i] - 1], name))
        i = (i + 1) & (in->n_slots - 1);
    return i;
}

static rsc_status grow_slots(struct ctx *ctx, struct intern *in)
{
    size_t n = in->n_slots ? in->n_slots * 2 : 64;
    uint32_t *slots = ctx_calloc(ctx, n, sizeof(slots[0]));
    if (!slots)
        return ctx->error.status;
    in->slots = slots;
    in->n_slots = n;
    for (size_t i = 0; i < in->len; i++)
        in->slots[slot_of(in, in->items[i])] = (uint32_t)i + 1;
    return RSC_OK;
}

rsc_status intern_put(struct ctx *ctx, struct intern *in, struct str name,
                      uint32_t *number)
{
    if ((in->len + 1) * 2 > in->n_slots) {
        rsc_status st = grow_slots(ctx, in);
        if (st)
            return st;
    }
    size_t slot = slot_of(in, name);
    if (!in->slots[slot]) {
        struct str *item = vec_push(ctx, in);
        if (!item)
            return ctx->error.status;
        *item = name;
        in->slots[slot] = (uint32_t)in->len;
    }
    *number = in->slots[slot] - 1;
    return RSC_OK;
}

uint32_t intern_find(const struct intern *in, struct str name)
{
    if (in->n_slots == 0)
        return INTERN_NONE;
    size_t slot = slot_of(in, name);
    return in->slots[slot] ? in->slots[slot] - 1 : INTERN_NONE;
}
