/* SPDX-License-Identifier: MIT */
/* The public functions for a service that must live within a limit. */

#include <sys/mman.h>

#include "engine/engine.h"

void rsc_engine_usage(rsc_engine *engine, rsc_usage *out)
{
    struct cache_stats stats;

    *out = (rsc_usage){
        .engine_bytes = atomic_load(&engine->mem.bytes),
        .model_bytes = atomic_load(&engine->model_mem.bytes),
    };
    if (engine->embedder)
        out->model_mapped_bytes = embed_mapped(engine->embedder).len;
    if (!engine->cache)
        return;
    cache_read_stats(engine->cache, &stats);
    out->cache_bytes = atomic_load(&engine->cache_mem.bytes);
    out->cache_items = stats.memory.items;
    out->cache_hits = stats.memory.hits + stats.disk_hits;
    out->cache_misses = stats.memory.misses - stats.disk_hits;
    out->disk_hits = stats.disk_hits;
    out->disk_items = stats.disk_rows;
}

/* The pages are those of a read-only file: giving them back while they are in
 * use is safe, they are read again. */
static void advise_model(rsc_engine *engine, int advice)
{
    if (!engine->embedder)
        return;
    struct str mapped = embed_mapped(engine->embedder);
    if (mapped.len)
        madvise((void *)(uintptr_t)mapped.data, mapped.len, advice);
}

size_t rsc_engine_release(rsc_engine *engine, unsigned what)
{
    size_t freed = 0;

    if (engine->cache && (what & RSC_RELEASE_CACHE))
        freed = cache_shrink(engine->cache, 0);
    else if (engine->cache && (what & RSC_RELEASE_HALF_CACHE))
        freed = cache_shrink(engine->cache,
                             atomic_load(&engine->cache_mem.bytes) / 2);
    if (what & RSC_RELEASE_MODEL)
        advise_model(engine, MADV_DONTNEED);
    return freed;
}

void rsc_engine_preload(rsc_engine *engine)
{
    advise_model(engine, MADV_WILLNEED);
}

void rsc_engine_forget(rsc_engine *engine)
{
    if (engine->cache)
        cache_clear(engine->cache);
}
