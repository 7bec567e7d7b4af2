/* SPDX-License-Identifier: MIT */
#include "cache/lru.h"

#include <pthread.h>

#include "base/mem.h"

/* Keys are keyed hashes, so their first bytes are spread evenly already and
 * nobody outside can choose them. */
#define FIRST_BUCKETS 64

struct entry {
    struct cache_key key;
    struct entry *chain; /* of the bucket */
    struct entry *newer, *older;
    int64_t tag;
    size_t len;
    char value[];
};

struct lru {
    struct mem *mem;
    size_t max_items, max_bytes;
    pthread_mutex_t lock;
    struct entry **buckets;
    size_t n_buckets; /* a power of two */
    struct entry *newest, *oldest;
    struct lru_stats stats;
};

rsc_status lru_open(struct ctx *ctx, struct lru **out, struct mem *mem,
                    size_t max_items, size_t max_bytes)
{
    struct lru *lru = mem_calloc(mem, 1, sizeof(*lru));

    *out = NULL;
    if (!lru)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    lru->mem = mem;
    lru->max_items = max_items;
    lru->max_bytes = max_bytes;
    lru->n_buckets = FIRST_BUCKETS;
    lru->buckets = mem_calloc(mem, FIRST_BUCKETS, sizeof(lru->buckets[0]));
    if (!lru->buckets) {
        mem_free(mem, lru, sizeof(*lru));
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    }
    pthread_mutex_init(&lru->lock, NULL);
    *out = lru;
    return RSC_OK;
}

static size_t entry_size(size_t len)
{
    return sizeof(struct entry) + len;
}

static struct entry **bucket_of(struct lru *lru, const struct cache_key *key)
{
    uint64_t hash;

    memcpy(&hash, key->bytes, sizeof(hash));
    return &lru->buckets[hash & (lru->n_buckets - 1)];
}

static struct entry *find(struct lru *lru, const struct cache_key *key)
{
    struct entry *entry = *bucket_of(lru, key);

    while (entry && memcmp(&entry->key, key, sizeof(*key)) != 0)
        entry = entry->chain;
    return entry;
}

static void unlink_order(struct lru *lru, struct entry *entry)
{
    if (entry->newer)
        entry->newer->older = entry->older;
    else
        lru->newest = entry->older;
    if (entry->older)
        entry->older->newer = entry->newer;
    else
        lru->oldest = entry->newer;
}

static void link_newest(struct lru *lru, struct entry *entry)
{
    entry->newer = NULL;
    entry->older = lru->newest;
    if (lru->newest)
        lru->newest->newer = entry;
    lru->newest = entry;
    if (!lru->oldest)
        lru->oldest = entry;
}

static void drop(struct lru *lru, struct entry *entry)
{
    struct entry **place = bucket_of(lru, &entry->key);

    while (*place != entry)
        place = &(*place)->chain;
    *place = entry->chain;
    unlink_order(lru, entry);
    lru->stats.items--;
    lru->stats.bytes -= entry_size(entry->len);
    mem_free(lru->mem, entry, entry_size(entry->len));
}

void lru_close(struct lru *lru)
{
    if (!lru)
        return;
    while (lru->oldest)
        drop(lru, lru->oldest);
    pthread_mutex_destroy(&lru->lock);
    mem_free(lru->mem, lru->buckets, lru->n_buckets * sizeof(lru->buckets[0]));
    mem_free(lru->mem, lru, sizeof(*lru));
}

bool lru_find(struct ctx *ctx, struct str *out, struct lru *lru,
              const struct cache_key *key)
{
    bool found = false;

    pthread_mutex_lock(&lru->lock);
    struct entry *entry = find(lru, key);
    /* Straight from the arena: a copy that fails is a miss, no error. */
    char *copy = entry ? arena_alloc(&ctx->arena, entry->len + 1) : NULL;
    if (copy) {
        memcpy(copy, entry->value, entry->len);
        copy[entry->len] = '\0';
        *out = (struct str){copy, entry->len};
        unlink_order(lru, entry);
        link_newest(lru, entry);
        found = true;
    }
    if (found)
        lru->stats.hits++;
    else
        lru->stats.misses++;
    pthread_mutex_unlock(&lru->lock);
    return found;
}

/* Doubles the buckets; without memory the chains only get longer. */
static void grow(struct lru *lru)
{
    size_t old_n = lru->n_buckets, n = old_n * 2;
    struct entry **old = lru->buckets;
    struct entry **fresh = mem_calloc(lru->mem, n, sizeof(fresh[0]));

    if (!fresh)
        return;
    lru->buckets = fresh;
    lru->n_buckets = n;
    for (size_t i = 0; i < old_n; i++) {
        for (struct entry *entry = old[i], *next; entry; entry = next) {
            next = entry->chain;
            struct entry **place = bucket_of(lru, &entry->key);
            entry->chain = *place;
            *place = entry;
        }
    }
    mem_free(lru->mem, old, old_n * sizeof(old[0]));
}

static void insert(struct lru *lru, const struct cache_key *key,
                   struct str value, int64_t tag)
{
    size_t size = entry_size(value.len);

    while (lru->oldest && (lru->stats.items >= lru->max_items ||
                           lru->stats.bytes + size > lru->max_bytes))
        drop(lru, lru->oldest);
    struct entry *entry = mem_alloc(lru->mem, size);
    if (!entry)
        return;
    entry->key = *key;
    entry->tag = tag;
    entry->len = value.len;
    if (value.len)
        memcpy(entry->value, value.data, value.len);
    if (lru->stats.items >= lru->n_buckets)
        grow(lru);
    struct entry **place = bucket_of(lru, key);
    entry->chain = *place;
    *place = entry;
    link_newest(lru, entry);
    lru->stats.items++;
    lru->stats.bytes += size;
}

void lru_put(struct lru *lru, const struct cache_key *key, struct str value,
             int64_t tag)
{
    if (lru->max_items == 0 || entry_size(value.len) > lru->max_bytes)
        return;
    pthread_mutex_lock(&lru->lock);
    struct entry *old = find(lru, key);
    if (old)
        drop(lru, old);
    insert(lru, key, value, tag);
    pthread_mutex_unlock(&lru->lock);
}

size_t lru_shrink(struct lru *lru, size_t bytes)
{
    pthread_mutex_lock(&lru->lock);
    size_t before = lru->stats.bytes;
    while (lru->oldest && lru->stats.bytes > bytes)
        drop(lru, lru->oldest);
    size_t freed = before - lru->stats.bytes;
    pthread_mutex_unlock(&lru->lock);
    return freed;
}

size_t lru_forget(struct lru *lru, int64_t tag)
{
    size_t n = 0;

    pthread_mutex_lock(&lru->lock);
    for (struct entry *entry = lru->oldest, *next; entry; entry = next) {
        next = entry->newer;
        if (entry->tag < tag) {
            drop(lru, entry);
            n++;
        }
    }
    pthread_mutex_unlock(&lru->lock);
    return n;
}

void lru_read_stats(struct lru *lru, struct lru_stats *out)
{
    pthread_mutex_lock(&lru->lock);
    *out = lru->stats;
    pthread_mutex_unlock(&lru->lock);
}
