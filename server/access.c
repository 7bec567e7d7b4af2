/* SPDX-License-Identifier: MIT */
#include "access.h"

#include <sodium.h>

#include "base/mem.h"

#define N_BUCKETS 4096
/* How far a bucket may lie from its place. */
#define PROBES 8
#define WHOLE  6000000 /* one request, in the unit of the levels */

struct str access_find_key(const struct settings *settings,
                           struct str authorization)
{
    unsigned char hash[32];
    struct str scheme = STR("Bearer "), found = STR_NONE;

    if (!str_starts_nocase(authorization, scheme))
        return STR_NONE;
    settings_hash_key(hash, str_trim(str_slice(authorization, scheme.len,
                                               authorization.len)));
    /* All of them, so that time tells nothing about which one was near. */
    for (size_t i = 0; i < settings->n_keys; i++)
        if (sodium_memcmp(hash, settings->keys[i].hash, 32) == 0)
            found = settings->keys[i].name;
    return found;
}

struct bucket {
    uint64_t who; /* a keyed hash; 0 for none */
    int64_t at_ns;
    uint64_t level; /* WHOLE is one request */
};

struct rate_table {
    struct mem *mem;
    unsigned char secret[crypto_shorthash_KEYBYTES];
    struct bucket buckets[N_BUCKETS];
};

rsc_status rate_open(struct ctx *ctx, struct rate_table **out, struct mem *mem)
{
    struct rate_table *table = mem_calloc(mem, 1, sizeof(*table));

    *out = table;
    if (!table)
        return ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    table->mem = mem;
    randombytes_buf(table->secret, sizeof(table->secret));
    return RSC_OK;
}

void rate_close(struct rate_table *table)
{
    if (table)
        mem_free(table->mem, table, sizeof(*table));
}

static struct bucket *find_bucket(struct rate_table *table, uint64_t who)
{
    struct bucket *oldest = &table->buckets[who % N_BUCKETS];

    for (size_t i = 0; i < PROBES; i++) {
        struct bucket *bucket = &table->buckets[(who + i) % N_BUCKETS];
        if (bucket->who == who)
            return bucket;
        if (!bucket->who || (oldest->who && bucket->at_ns < oldest->at_ns))
            oldest = bucket;
    }
    oldest->who = 0;
    return oldest;
}

unsigned rate_take(struct rate_table *table, struct str who, int64_t now_ns,
                   uint64_t per_minute, uint64_t burst)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t hash;

    if (per_minute == 0)
        return 0;
    crypto_shorthash(out, (const unsigned char *)who.data, who.len,
                     table->secret);
    memcpy(&hash, out, sizeof(hash));
    hash |= 1;
    struct bucket *bucket = find_bucket(table, hash);
    if (bucket->who != hash)
        *bucket = (struct bucket){hash, now_ns, burst * WHOLE};
    uint64_t elapsed_ms = (uint64_t)(now_ns - bucket->at_ns) / 1000000;
    uint64_t gained = elapsed_ms * per_minute * (WHOLE / 60000);
    if (gained) {
        bucket->at_ns = now_ns;
        bucket->level += gained;
        if (bucket->level > burst * WHOLE)
            bucket->level = burst * WHOLE;
    }
    if (bucket->level >= WHOLE) {
        bucket->level -= WHOLE;
        return 0;
    }
    uint64_t missing = WHOLE - bucket->level;
    return (unsigned)(missing * 60 / (WHOLE * per_minute)) + 1;
}
