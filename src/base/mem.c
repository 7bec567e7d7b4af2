/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void mem_init(struct mem *mem, const char *owner, size_t limit)
{
    mem->owner = owner;
    mem->limit = limit;
    atomic_init(&mem->bytes, 0);
    atomic_init(&mem->peak, 0);
    atomic_init(&mem->fail_after, -1);
}

/* Counts size bytes in, or returns false when the limit forbids it. */
static bool reserve(struct mem *mem, size_t size)
{
    long left = atomic_load_explicit(&mem->fail_after, memory_order_relaxed);

    if (left >= 0 && atomic_fetch_sub(&mem->fail_after, 1) <= 0) {
        atomic_store(&mem->fail_after, 0);
        return false;
    }
    size_t now = atomic_fetch_add(&mem->bytes, size) + size;
    if (now < size || (mem->limit && now > mem->limit)) {
        atomic_fetch_sub(&mem->bytes, size);
        return false;
    }
    size_t peak = atomic_load_explicit(&mem->peak, memory_order_relaxed);
    while (now > peak && !atomic_compare_exchange_weak(&mem->peak, &peak, now))
        ;
    return true;
}

static void release(struct mem *mem, size_t size)
{
    atomic_fetch_sub(&mem->bytes, size);
}

void *mem_alloc(struct mem *mem, size_t size)
{
    if (!reserve(mem, size))
        return NULL;
    void *block = malloc(size ? size : 1);
    if (!block)
        release(mem, size);
    return block;
}

void *mem_calloc(struct mem *mem, size_t n, size_t size)
{
    size_t total = mem_array_size(n, size);
    void *block = mem_alloc(mem, total);

    if (block)
        memset(block, 0, total);
    return block;
}

void *mem_realloc(struct mem *mem, void *old, size_t old_size, size_t size)
{
    if (!reserve(mem, size))
        return NULL;
    void *block = realloc(old, size ? size : 1);
    release(mem, block ? old_size : size);
    return block;
}

void *mem_alloc_aligned(struct mem *mem, size_t align, size_t size)
{
    if (!reserve(mem, size))
        return NULL;
    void *block = NULL;
    if (posix_memalign(&block, align, size ? size : 1))
        block = NULL;
    if (!block)
        release(mem, size);
    return block;
}

void mem_free(struct mem *mem, void *block, size_t size)
{
    if (!block)
        return;
    free(block);
    release(mem, size);
}

size_t mem_array_size(size_t n, size_t size)
{
    size_t total;

    return __builtin_mul_overflow(n, size, &total) ? SIZE_MAX : total;
}
