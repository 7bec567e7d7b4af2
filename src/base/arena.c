/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>

#include "base/mem.h"

/* First block: a small request fits one; later blocks double to the cap, so
 * that a large document needs few of them. */
#define FIRST_BLOCK   ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)

struct arena_block {
    struct arena_block *older;
    size_t size; /* of data */
    size_t used;
    alignas(max_align_t) char data[];
};

void arena_init(struct arena *arena, struct mem *mem)
{
    arena->mem = mem;
    arena->head = NULL;
    arena->next_size = FIRST_BLOCK;
}

void arena_clear(struct arena *arena)
{
    struct arena_block *block = arena->head;

    while (block) {
        struct arena_block *older = block->older;
        mem_free(arena->mem, block, sizeof(*block) + block->size);
        block = older;
    }
    arena->head = NULL;
    arena->next_size = FIRST_BLOCK;
}

static struct arena_block *add_block(struct arena *arena, size_t at_least)
{
    size_t size = arena->next_size;

    if (size < at_least)
        size = at_least;
    struct arena_block *block =
        mem_alloc(arena->mem, sizeof(struct arena_block) + size);
    if (!block)
        return NULL;
    block->older = arena->head;
    block->size = size;
    block->used = 0;
    arena->head = block;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct arena_block *block = arena->head;

    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + align - 1) & ~(align - 1);
    if (!block || block->size - block->used < size)
        block = add_block(arena, size);
    if (!block)
        return NULL;
    void *out = block->data + block->used;
    block->used += size;
    return out;
}
