/* SPDX-License-Identifier: MIT */
#ifndef RSC_LRU_H
#define RSC_LRU_H

/*
 * Answers by key in memory: the least recently used one goes first when items
 * or bytes run out. Bytes are those of key, value and bookkeeping together.
 *
 * Threads: any; values are copied in and out under one lock.
 */

#include "base/ctx.h"

struct cache_key {
    unsigned char bytes[32];
};

struct lru;

/* max_items 0 makes a cache that keeps nothing. Fails with RSC_ENOMEM. Closed
 * by lru_close. */
rsc_status lru_open(struct ctx *ctx, struct lru **out, struct mem *mem,
                    size_t max_items, size_t max_bytes);
void lru_close(struct lru *lru);

/* Copies the value into ctx's arena; false where it is not known, or there is
 * no memory for the copy (which is no error of the request). */
bool lru_find(struct ctx *ctx, struct str *out, struct lru *lru,
              const struct cache_key *key);
/* Keeps a copy, replacing an older one; `tag` is the caller's. Keeps nothing
 * when there is no memory or the value alone is past max_bytes. */
void lru_put(struct lru *lru, const struct cache_key *key, struct str value,
             int64_t tag);
/* Forgets what is least recently used until `bytes` or less are held; returns
 * what was given back. 0 forgets all. */
size_t lru_shrink(struct lru *lru, size_t bytes);
/* Forgets all whose tag is below `tag`; returns their number. */
size_t lru_forget(struct lru *lru, int64_t tag);

struct lru_stats {
    size_t items, bytes;
    uint64_t hits, misses;
};

void lru_read_stats(struct lru *lru, struct lru_stats *out);

#endif
