/* SPDX-License-Identifier: MIT */
#include "cache/cache.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cache/vectors_disk.h"

struct cache {
    struct mem *mem;
    struct lru *lru;
    bool has_disk;
    struct vectors_disk disk;
    unsigned char secret[32];
    _Atomic uint64_t disk_hits;
};

static bool read_secret(const char *path, unsigned char secret[32])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool whole = read(fd, secret, 32) == 32;
    close(fd);
    return whole;
}

/* Makes the secret once: written whole under another name and linked, so that
 * of two processes that start together both use the first one's. */
static bool make_secret(const char *folder, const char *path,
                        unsigned char secret[32])
{
    char fresh[600];

    snprintf(fresh, sizeof(fresh), "%s/.secret.%ld", folder, (long)getpid());
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    randombytes_buf(secret, 32);
    bool ok = write(fd, secret, 32) == 32 && fsync(fd) == 0;
    close(fd);
    /* A file of the wrong length is of no use to anybody. */
    struct stat st;
    if (ok && stat(path, &st) == 0 && st.st_size != 32)
        unlink(path);
    if (ok)
        ok = link(fresh, path) == 0 || read_secret(path, secret);
    unlink(fresh);
    return ok;
}

static void open_disk(struct cache *cache, const struct cache_options *options)
{
    char path[560];

    mkdir(options->folder, 0700);
    snprintf(path, sizeof(path), "%.500s/secret", options->folder);
    if (!read_secret(path, cache->secret) &&
        !make_secret(options->folder, path, cache->secret)) {
        if (options->log)
            options->log(options->user, "the cache's folder cannot be "
                                        "written, vectors stay in memory");
        randombytes_buf(cache->secret, 32);
        return;
    }
    cache->disk.database.user = options->user;
    cache->disk.database.log = options->log;
    cache->disk.max_rows = options->disk_rows;
    cache->disk.max_bytes = options->disk_bytes;
    vectors_disk_open(&cache->disk, options->folder, cache->secret);
    cache->has_disk = true;
}

rsc_status cache_open(struct ctx *ctx, struct cache **out, struct mem *mem,
                      const struct cache_options *options)
{
    *out = NULL;
    if (sodium_init() < 0)
        return ctx_fail(ctx, RSC_EINTERNAL, "libsodium cannot start");
    struct cache *cache = mem_calloc(mem, 1, sizeof(*cache));
    if (!cache)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    cache->mem = mem;
    if (lru_open(ctx, &cache->lru, mem, options->items, options->bytes)) {
        mem_free(mem, cache, sizeof(*cache));
        return ctx->error.status;
    }
    if (options->folder)
        open_disk(cache, options);
    else
        randombytes_buf(cache->secret, 32);
    *out = cache;
    return RSC_OK;
}

void cache_close(struct cache *cache)
{
    if (!cache)
        return;
    if (cache->has_disk)
        vectors_disk_close(&cache->disk);
    lru_close(cache->lru);
    sodium_memzero(cache->secret, sizeof(cache->secret));
    mem_free(cache->mem, cache, sizeof(*cache));
}

void cache_make_key(struct cache_key *out, const struct cache *cache,
                    const struct str *parts, size_t n)
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, cache->secret, 32, 32);
    for (size_t i = 0; i < n; i++) {
        uint64_t len = parts[i].len;
        crypto_generichash_update(&state, (const unsigned char *)&len,
                                  sizeof(len));
        crypto_generichash_update(&state, (const unsigned char *)parts[i].data,
                                  parts[i].len);
    }
    crypto_generichash_final(&state, out->bytes, sizeof(out->bytes));
}

bool cache_find(struct ctx *ctx, struct str *out, struct cache *cache,
                const struct cache_key *key)
{
    if (lru_find(ctx, out, cache->lru, key))
        return true;
    if (!cache->has_disk || !vectors_disk_find(ctx, out, &cache->disk, key))
        return false;
    atomic_fetch_add(&cache->disk_hits, 1);
    lru_put(cache->lru, key, *out, 0);
    return true;
}

void cache_put(struct cache *cache, const struct cache_key *keys,
               const struct str *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lru_put(cache->lru, &keys[i], values[i], 0);
    if (cache->has_disk)
        vectors_disk_put(&cache->disk, keys, values, n);
}

size_t cache_shrink(struct cache *cache, size_t bytes)
{
    return lru_shrink(cache->lru, bytes);
}

void cache_clear(struct cache *cache)
{
    lru_shrink(cache->lru, 0);
    if (cache->has_disk)
        vectors_disk_clear(&cache->disk);
}

void cache_read_stats(struct cache *cache, struct cache_stats *out)
{
    *out = (struct cache_stats){.has_disk = cache->has_disk};
    lru_read_stats(cache->lru, &out->memory);
    out->disk_hits = atomic_load(&cache->disk_hits);
    if (cache->has_disk) {
        pthread_mutex_lock(&cache->disk.database.lock);
        out->disk_rows = cache->disk.rows;
        pthread_mutex_unlock(&cache->disk.database.lock);
    }
}
