/* SPDX-License-Identifier: MIT */
#include "ner/keymap.h"

#include "ner/string_id.h"

#define FIRST_CAP 64

static uint64_t hash_of(struct key key)
{
    uint64_t hash = key.number * 0x9e3779b97f4a7c15;

    hash ^= hash >> 32;
    return key.text.len ? hash ^ string_hash(key.text) : hash;
}

/* The slot that has the key, or the free one where it belongs. */
static struct keymap_slot *slot_of(const struct keymap *map, struct key key,
                                   uint64_t hash)
{
    size_t mask = map->cap - 1;

    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        struct keymap_slot *slot = &map->slots[i];
        if (slot->value == KEYMAP_NONE ||
            (slot->tag == (uint32_t)(hash >> 32) &&
             slot->key.number == key.number &&
             str_eq(slot->key.text, key.text)))
            return slot;
    }
}

uint32_t keymap_find(const struct keymap *map, struct key key)
{
    return map->cap ? slot_of(map, key, hash_of(key))->value : KEYMAP_NONE;
}

static rsc_status grow(struct ctx *ctx, struct keymap *map)
{
    struct keymap old = *map;
    size_t cap = old.cap ? 2 * old.cap : FIRST_CAP;

    map->slots = ctx_alloc_array(ctx, cap, sizeof(map->slots[0]));
    if (!map->slots) {
        *map = old;
        return ctx->error.status;
    }
    map->cap = cap;
    for (size_t i = 0; i < cap; i++)
        map->slots[i].value = KEYMAP_NONE;
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].value != KEYMAP_NONE)
            *slot_of(map, old.slots[i].key, hash_of(old.slots[i].key)) =
                old.slots[i];
    return RSC_OK;
}

rsc_status keymap_add(struct ctx *ctx, struct keymap *map, struct key key,
                      uint32_t value)
{
    if (2 * (map->len + 1) > map->cap) {
        rsc_status st = grow(ctx, map);
        if (st)
            return st;
    }
    uint64_t hash = hash_of(key);
    *slot_of(map, key, hash) =
        (struct keymap_slot){key, (uint32_t)(hash >> 32), value};
    map->len++;
    return RSC_OK;
}
