/* SPDX-License-Identifier: MIT */
#ifndef RSC_CACHE_H
#define RSC_CACHE_H

/*
 * Vectors in two levels: memory (least recently used out first), and below it
 * a file. A key is a keyed BLAKE2b over everything that a vector depends on,
 * so a cache can be stale in no way; the key's secret never leaves its folder
 * and a copy of the database alone tells nothing about the texts.
 *
 * No error: what cannot be kept is computed again.
 *
 * Threads: any.
 */

#include "cache/database.h"
#include "cache/lru.h"

struct cache_options {
    size_t items, bytes; /* in memory */
    const char *folder;  /* of the file; NULL for memory only */
    uint64_t disk_rows, disk_bytes;
    void *user;
    database_log *log; /* or NULL */
};

struct cache;

/* Fails with RSC_ENOMEM only. Closed by cache_close. */
rsc_status cache_open(struct ctx *ctx, struct cache **out, struct mem *mem,
                      const struct cache_options *options);
void cache_close(struct cache *cache);

/* The key of some parts; lengths are hashed too, so that ("ab", "c") is not
 * ("a", "bc"). */
void cache_make_key(struct cache_key *out, const struct cache *cache,
                    const struct str *parts, size_t n);
bool cache_find(struct ctx *ctx, struct str *out, struct cache *cache,
                const struct cache_key *key);
/* The file gets all of them in one transaction. */
void cache_put(struct cache *cache, const struct cache_key *keys,
               const struct str *values, size_t n);
/* Forgets in memory until `bytes` or less are held; the file stays. Returns
 * the bytes given back. */
size_t cache_shrink(struct cache *cache, size_t bytes);
/* Forgets everything, on disk too. */
void cache_clear(struct cache *cache);

struct cache_stats {
    struct lru_stats memory;
    uint64_t disk_hits, disk_rows;
    bool has_disk;
};

void cache_read_stats(struct cache *cache, struct cache_stats *out);

#endif
