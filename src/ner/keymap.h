/* SPDX-License-Identifier: MIT */
#ifndef RSC_KEYMAP_H
#define RSC_KEYMAP_H

/*
 * A map from a string and a number to a small number: open addressing,
 * at most half full. Keys are borrowed; slots live in the arena of the ctx
 * that they were added with. A zeroed map is empty.
 *
 * Threads: finding in a map that nobody adds to needs no lock.
 */

#include "base/ctx.h"

#define KEYMAP_NONE UINT32_MAX

/* `number` is 0 where the string alone is the key, and the other way round. */
struct key {
    struct str text;
    uint64_t number;
};

struct keymap_slot {
    struct key key;
    uint32_t tag;   /* upper half of the hash; a quick no */
    uint32_t value; /* KEYMAP_NONE where the slot is free */
};

struct keymap {
    struct keymap_slot *slots;
    size_t len, cap;
};

/* The value of key, or KEYMAP_NONE. */
uint32_t keymap_find(const struct keymap *map, struct key key);
/* Adds a key that is not there yet. Fails with RSC_ENOMEM only. */
rsc_status keymap_add(struct ctx *ctx, struct keymap *map, struct key key,
                      uint32_t value);

static inline struct key key_of(struct str text)
{
    return (struct key){text, 0};
}

#endif
