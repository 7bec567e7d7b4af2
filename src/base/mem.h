/* SPDX-License-Identifier: MIT */
#ifndef RSC_MEM_H
#define RSC_MEM_H

/*
 * Accounted allocation: every long-lived object takes its memory from the
 * struct mem of its owner, so bytes in use are known per owner at any moment.
 * Freeing and resizing say the old size, so there are no headers.
 *
 * Threads: all functions may be called from any thread at once.
 */

#include <stdatomic.h>
#include <stddef.h>

struct mem {
    const char *owner;       /* "model", "requests", ... for reports */
    size_t limit;            /* bytes; 0 means none */
    _Atomic size_t bytes;    /* in use now */
    _Atomic size_t peak;     /* largest value of bytes so far */
    _Atomic long fail_after; /* tests: allocations that still succeed;
                                negative means all */
};

void mem_init(struct mem *mem, const char *owner, size_t limit);
/* All return NULL when memory or the limit is used up; size 0 gives a valid
 * pointer. The content of new bytes is undefined, but for mem_calloc. */
void *mem_alloc(struct mem *mem, size_t size);
void *mem_calloc(struct mem *mem, size_t n, size_t size);
/* On failure the old block is still valid. */
void *mem_realloc(struct mem *mem, void *old, size_t old_size, size_t size);
/* Aligned to `align`, a power of two. Freed by mem_free as the others. */
void *mem_alloc_aligned(struct mem *mem, size_t align, size_t size);
void mem_free(struct mem *mem, void *block, size_t size);

/* a * b, or SIZE_MAX when that does not fit (which no allocation grants). */
size_t mem_array_size(size_t n, size_t size);

#endif
