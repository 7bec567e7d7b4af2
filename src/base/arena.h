/* SPDX-License-Identifier: MIT */
#ifndef RSC_ARENA_H
#define RSC_ARENA_H

/*
 * A region of memory for one request: allocations only move a pointer, and
 * everything is released at once. Blocks grow with use:
 *
 *     [head, used]----->[older]----->[older]----->NULL
 *
 * Threads: one arena belongs to one thread at a time.
 */

#include <stddef.h>

struct mem;
struct arena_block;

struct arena {
    struct mem *mem;
    struct arena_block *head;
    size_t next_size; /* payload of the next block */
};

void arena_init(struct arena *arena, struct mem *mem);
/* Releases everything; the arena may be used again. */
void arena_clear(struct arena *arena);
/* Aligned for any type; undefined content; NULL when memory is used up, and
 * what was allocated before stays valid. */
void *arena_alloc(struct arena *arena, size_t size);

#endif
