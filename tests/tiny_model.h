/* SPDX-License-Identifier: MIT */
#ifndef RSC_TINY_MODEL_H
#define RSC_TINY_MODEL_H

/*
 * A sentence encoder of random weights, as a safetensors file in memory, for
 * tests that need no real model. The same sizes give the same bytes.
 */

#include <stdio.h>

#include "base/mem.h"
#include "embed/encoder_convert.h"

enum tiny_type {
    TINY_F32,
    TINY_F16,
    TINY_BF16,
};

struct tiny_model {
    struct encoder_source source;
    struct str bytes; /* the safetensors file */
};

static uint32_t tiny_state;

/* In [-1, 1). */
static inline float tiny_random(void)
{
    tiny_state = tiny_state * 1664525U + 1013904223U;
    return (float)(int32_t)tiny_state / 2147483648.0F;
}

struct tiny_writer {
    struct buf header, data;
    enum tiny_type type;
    bool first;
};

/* Half precision towards zero; below its normal numbers zero. */
static inline uint16_t tiny_half(uint32_t bits)
{
    uint32_t exponent = bits >> 23 & 255, sign = bits >> 16 & 0x8000;

    if (exponent < 113)
        return (uint16_t)sign;
    return (uint16_t)(sign | (exponent - 112) << 10 | (bits >> 13 & 0x3ff));
}

static inline void tiny_value(struct tiny_writer *w, float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof(bits));
    uint16_t half =
        w->type == TINY_F16 ? tiny_half(bits) : (uint16_t)(bits >> 16);
    if (w->type == TINY_F32)
        buf_put_bytes(&w->data, &value, sizeof(value));
    else
        buf_put_bytes(&w->data, &half, sizeof(half));
}

/* Values scale * random + offset. */
static inline void tiny_tensor(struct tiny_writer *w, const char *name,
                               size_t rows, size_t columns, float scale,
                               float offset)
{
    static const char *const TYPES[] = {"F32", "F16", "BF16"};
    size_t from = w->data.len;

    for (size_t i = 0; i < rows * columns; i++)
        tiny_value(w, tiny_random() * scale + offset);
    buf_printf(&w->header, "%s\"%s\":{\"dtype\":\"%s\",\"shape\":[",
               w->first ? "{" : ",", name, TYPES[w->type]);
    if (rows > 1)
        buf_printf(&w->header, "%zu,", rows);
    buf_printf(&w->header, "%zu],\"data_offsets\":[%zu,%zu]}", columns, from,
               w->data.len);
    w->first = false;
}

static inline void tiny_norm(struct tiny_writer *w, const char *prefix,
                             size_t hidden)
{
    char name[160];

    snprintf(name, sizeof(name), "%s.LayerNorm.weight", prefix);
    tiny_tensor(w, name, 1, hidden, 0.5F, 1.0F);
    snprintf(name, sizeof(name), "%s.LayerNorm.bias", prefix);
    tiny_tensor(w, name, 1, hidden, 0.2F, 0.0F);
}

static inline void tiny_product(struct tiny_writer *w, size_t layer,
                                const char *part, size_t n, size_t k)
{
    char name[160];

    snprintf(name, sizeof(name), "encoder.layer.%zu.%s.weight", layer, part);
    tiny_tensor(w, name, n, k, 0.25F, 0.0F);
    snprintf(name, sizeof(name), "encoder.layer.%zu.%s.bias", layer, part);
    tiny_tensor(w, name, 1, n, 0.2F, 0.0F);
}

static inline void tiny_layer(struct tiny_writer *w, size_t i, size_t hidden,
                              size_t inner)
{
    char name[64];

    tiny_product(w, i, "attention.self.query", hidden, hidden);
    tiny_product(w, i, "attention.self.key", hidden, hidden);
    tiny_product(w, i, "attention.self.value", hidden, hidden);
    tiny_product(w, i, "attention.output.dense", hidden, hidden);
    tiny_product(w, i, "intermediate.dense", inner, hidden);
    tiny_product(w, i, "output.dense", hidden, inner);
    snprintf(name, sizeof(name), "encoder.layer.%zu.attention.output", i);
    tiny_norm(w, name, hidden);
    snprintf(name, sizeof(name), "encoder.layer.%zu.output", i);
    tiny_norm(w, name, hidden);
}

/* config.precision is not used. Everything lives in the arena. */
static inline rsc_status tiny_model_make_as(struct ctx *ctx,
                                            struct tiny_model *out,
                                            struct encoder_config config,
                                            enum tiny_type type)
{
    struct tiny_writer w = {.type = type, .first = true};
    size_t hidden = config.hidden;

    tiny_state = 12345;
    buf_init(&w.header, ctx->arena.mem, (size_t)1 << 20);
    buf_init(&w.data, ctx->arena.mem, (size_t)64 << 20);
    tiny_tensor(&w, "embeddings.word_embeddings.weight", config.vocab, hidden,
                1.0F, 0.0F);
    tiny_tensor(&w, "embeddings.position_embeddings.weight", config.cap + 2U,
                hidden, 0.3F, 0.0F);
    tiny_tensor(&w, "embeddings.token_type_embeddings.weight", 2, hidden, 0.1F,
                0.0F);
    tiny_norm(&w, "embeddings", hidden);
    for (size_t i = 0; i < config.layers; i++)
        tiny_layer(&w, i, hidden, config.inner);
    buf_put_char(&w.header, '}');
    while (w.header.len % 8)
        buf_put_char(&w.header, ' ');
    size_t len = 8 + w.header.len + w.data.len;
    char *bytes = ctx_calloc(ctx, len, 1);
    if (bytes) {
        uint64_t header_len = w.header.len;
        memcpy(bytes, &header_len, sizeof(header_len));
        memcpy(bytes + 8, w.header.data, w.header.len);
        memcpy(bytes + 8 + w.header.len, w.data.data, w.data.len);
        out->bytes = (struct str){bytes, len};
        out->source.config = config;
        safetensors_parse(ctx, &out->source.tensors, out->bytes);
    }
    buf_clear(&w.header);
    buf_clear(&w.data);
    return ctx->error.status;
}

static inline rsc_status tiny_model_make(struct ctx *ctx,
                                         struct tiny_model *out,
                                         struct encoder_config config)
{
    return tiny_model_make_as(ctx, out, config, TINY_F32);
}

#endif
