/* SPDX-License-Identifier: MIT */
/* From texts to vectors: the cache first, then the encoder. */

#include "cache/cache.h"
#include "engine/vectors.h"

/* A change of the arithmetic raises it, and older vectors are not found. */
#define VECTOR_FORMAT STR("vectors-1")

/* Texts that wait for the encoder. */
struct pending {
    struct str *texts;
    size_t *rows; /* of out */
    struct cache_key *keys;
    struct str *values;
    float *vectors; /* [max][dim] */
    size_t n, max;
};

static rsc_status init_pending(struct ctx *ctx, struct pending *p, size_t max,
                               size_t dim)
{
    p->max = max;
    p->texts = ctx_alloc_array(ctx, max, sizeof(p->texts[0]));
    p->rows = ctx_alloc_array(ctx, max, sizeof(p->rows[0]));
    p->keys = ctx_alloc_array(ctx, max, sizeof(p->keys[0]));
    p->values = ctx_alloc_array(ctx, max, sizeof(p->values[0]));
    p->vectors = ctx_alloc_array(ctx, max, dim * sizeof(float));
    return ctx->error.status;
}

static void make_key(struct cache_key *out, const rsc_engine *engine,
                     struct str text)
{
    const struct str parts[] = {VECTOR_FORMAT, engine->model_hash,
                                engine->model_precision, text};

    cache_make_key(out, engine->cache, parts, 4);
}

static rsc_status flush(struct ctx *ctx, float *out, rsc_engine *engine,
                        struct pending *p)
{
    size_t dim = rsc_vector_size(engine), size = dim * sizeof(float);

    if (p->n == 0)
        return RSC_OK;
    rsc_status st =
        embed_texts(ctx, engine->embedder, p->texts, p->n, p->vectors, NULL);
    if (st)
        return st;
    for (size_t i = 0; i < p->n; i++) {
        const float *vector = p->vectors + i * dim;
        memcpy(out + p->rows[i] * dim, vector, size);
        p->values[i] = (struct str){(const char *)vector, size};
    }
    if (engine->cache)
        cache_put(engine->cache, p->keys, p->values, p->n);
    p->n = 0;
    return RSC_OK;
}

static bool find(struct ctx *ctx, float *out, rsc_engine *engine,
                 const struct cache_key *key)
{
    size_t size = rsc_vector_size(engine) * sizeof(float);
    struct str value;

    if (!cache_find(ctx, &value, engine->cache, key) || value.len != size)
        return false;
    memcpy(out, value.data, size);
    return true;
}

rsc_status vectors_fill(struct ctx *ctx, float *out, rsc_engine *engine,
                        const struct str *texts, size_t n)
{
    size_t dim = rsc_vector_size(engine);
    size_t max =
        engine->batch_size && engine->batch_size < n ? engine->batch_size : n;
    struct pending p = {0};

    if (n == 0)
        return RSC_OK;
    if (!engine->cache && max == n)
        return embed_texts(ctx, engine->embedder, texts, n, out, NULL);
    if (init_pending(ctx, &p, max, dim))
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        struct cache_key *key = &p.keys[p.n];
        if (engine->cache) {
            make_key(key, engine, texts[i]);
            if (find(ctx, out + i * dim, engine, key))
                continue;
        }
        p.texts[p.n] = texts[i];
        p.rows[p.n++] = i;
        if (p.n == max && flush(ctx, out, engine, &p))
            return ctx->error.status;
    }
    return flush(ctx, out, engine, &p);
}
