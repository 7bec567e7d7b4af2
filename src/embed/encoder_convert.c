/* SPDX-License-Identifier: MIT */
#include "embed/encoder_convert.h"

#include <stdio.h>

#include "base/mem.h"
#include "tensor/linear.h"

static const char *const PRECISIONS[PRECISION_COUNT] = {
    [PRECISION_INT8] = "int8",
    [PRECISION_F32] = "f32",
    [PRECISION_BF16] = "bf16",
};

const char *precision_name(enum encoder_precision precision)
{
    return precision < PRECISION_COUNT ? PRECISIONS[precision] : "unknown";
}

enum encoder_precision precision_find(struct str name)
{
    for (int i = 0; i < PRECISION_COUNT; i++)
        if (str_eq(name, str_of(PRECISIONS[i])))
            return (enum encoder_precision)i;
    return PRECISION_COUNT;
}

/* One linear layer: its tensors stand below each other in W. */
struct product {
    uint32_t kind;
    unsigned n_parts;
    const char *parts[3]; /* below "encoder.layer.%u." */
};

static const struct product PRODUCTS[] = {
    {SECTION_QKV,
     3,
     {"attention.self.query", "attention.self.key", "attention.self.value"}},
    {SECTION_OUT, 1, {"attention.output.dense"}},
    {SECTION_FFN1, 1, {"intermediate.dense"}},
    {SECTION_FFN2, 1, {"output.dense"}},
};

struct converter {
    struct ctx *ctx;
    const struct encoder_source *source;
    const struct encoder_conversion *conversion;
    struct encoder_config config;
    struct pack_plan plan;
    float *w; /* scratch for the largest product, [n][k] */
};

static size_t rows_of(const struct encoder_config *c, uint32_t kind)
{
    return kind == SECTION_QKV    ? 3 * (size_t)c->hidden
           : kind == SECTION_FFN1 ? c->inner
                                  : c->hidden;
}

static size_t columns_of(const struct encoder_config *c, uint32_t kind)
{
    return kind == SECTION_FFN2 ? c->inner : c->hidden;
}

static void plan_add(struct converter *v, uint32_t kind, size_t index,
                     enum pack_type type, size_t rows, size_t columns)
{
    if (!v->ctx->error.status)
        pack_plan_add(
            v->ctx, &v->plan,
            (struct pack_want){kind, (uint32_t)index, type, rows, columns});
}

static void plan_each(struct converter *v, uint32_t kind, enum pack_type type,
                      size_t rows, size_t columns)
{
    for (size_t i = 0; i < v->config.layers; i++)
        plan_add(v, kind, i, type, rows, columns);
}

/* Sections must be planned in the order of their kinds. */
static rsc_status plan_all(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    const struct encoder_conversion *conversion = v->conversion;

    plan_add(v, SECTION_CONFIG, 0, PACK_U32, 1, CONFIG_WORDS);
    plan_add(v, SECTION_TOKENIZER, 0, PACK_U8, 1, conversion->tokenizer.len);
    if (conversion->prefix.len)
        plan_add(v, SECTION_PREFIX, 0, PACK_U8, 1, conversion->prefix.len);
    plan_add(v, SECTION_WORDS, 0, PACK_F32, c->vocab, c->hidden);
    plan_add(v, SECTION_POSITIONS, 0, PACK_F32, c->cap, c->hidden);
    plan_add(v, SECTION_EMBED_NORM, 0, PACK_F32, 2, c->hidden);
    for (size_t i = 0; i < sizeof(PRODUCTS) / sizeof(PRODUCTS[0]); i++) {
        uint32_t kind = PRODUCTS[i].kind;
        plan_each(v, kind, PACK_F32, rows_of(c, kind), columns_of(c, kind));
        plan_each(v, kind + 1, PACK_F32, 1, rows_of(c, kind));
    }
    plan_each(v, SECTION_NORM1, PACK_F32, 2, c->hidden);
    plan_each(v, SECTION_NORM2, PACK_F32, 2, c->hidden);
    if (v->ctx->error.status)
        return v->ctx->error.status;
    return pack_plan_alloc(v->ctx, &v->plan);
}

static void fill_config(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    uint32_t word[CONFIG_WORDS] = {
        [CONFIG_LAYERS] = c->layers,         [CONFIG_HIDDEN] = c->hidden,
        [CONFIG_HEADS] = c->heads,           [CONFIG_INNER] = c->inner,
        [CONFIG_VOCAB] = c->vocab,           [CONFIG_CAP] = c->cap,
        [CONFIG_FIRST_ONLY] = c->first_only, [CONFIG_NORMALIZE] = c->normalize,
        [CONFIG_PRECISION] = c->precision,
    };

    memcpy(&word[CONFIG_EPS], &c->eps, sizeof(c->eps));
    memcpy(pack_plan_section(&v->plan, SECTION_CONFIG, 0), word, sizeof(word));
}

static void fill_bytes(struct converter *v, uint32_t kind, struct str bytes)
{
    if (bytes.len)
        memcpy(pack_plan_section(&v->plan, kind, 0), bytes.data, bytes.len);
}

/* A tensor, by a name with the layer in it, into out [rows][columns]. */
static rsc_status read_tensor(struct converter *v, float *out, size_t rows,
                              size_t columns, struct str name)
{
    if (!name.data)
        return v->ctx->error.status;
    return encoder_source_floats(v->ctx, out, v->source, name, rows, columns);
}

/* gamma and beta, one behind the other. */
static rsc_status fill_norm(struct converter *v, uint32_t kind, size_t index,
                            const char *prefix)
{
    size_t hidden = v->config.hidden;
    float *out = pack_plan_section(&v->plan, kind, (uint32_t)index);

    rsc_status st =
        read_tensor(v, out, 1, hidden, ctx_printf(v->ctx, "%s.weight", prefix));
    return st ? st
              : read_tensor(v, out + hidden, 1, hidden,
                            ctx_printf(v->ctx, "%s.bias", prefix));
}

static rsc_status fill_embedding(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    float *words = pack_plan_section(&v->plan, SECTION_WORDS, 0);
    float *positions = pack_plan_section(&v->plan, SECTION_POSITIONS, 0);

    if (read_tensor(v, words, c->vocab, c->hidden,
                    STR("embeddings.word_embeddings.weight")) ||
        read_tensor(v, positions, c->cap, c->hidden,
                    STR("embeddings.position_embeddings.weight")) ||
        read_tensor(v, v->w, 1, c->hidden,
                    STR("embeddings.token_type_embeddings.weight")))
        return v->ctx->error.status;
    /* Every token is of type 0. */
    for (size_t row = 0; row < c->cap; row++)
        for (size_t i = 0; i < c->hidden; i++)
            positions[row * c->hidden + i] += v->w[i];
    return fill_norm(v, SECTION_EMBED_NORM, 0, "embeddings.LayerNorm");
}

/* The square root of the head size goes into the queries once, instead of
 * into every score. */
static void scale_queries(const struct converter *v, float *w, float *bias)
{
    size_t hidden = v->config.hidden, size = hidden / v->config.heads;
    float scale = 1.0F / __builtin_sqrtf((float)size);

    for (size_t i = 0; i < hidden * hidden; i++)
        w[i] *= scale;
    for (size_t i = 0; i < hidden; i++)
        bias[i] *= scale;
}

static rsc_status fill_product(struct converter *v, const struct product *p,
                               size_t layer)
{
    uint32_t index = (uint32_t)layer;
    size_t k = columns_of(&v->config, p->kind);
    size_t n = rows_of(&v->config, p->kind), part = n / p->n_parts;
    float *bias = pack_plan_section(&v->plan, p->kind + 1, index);

    for (unsigned i = 0; i < p->n_parts; i++) {
        if (read_tensor(v, v->w + i * part * k, part, k,
                        ctx_printf(v->ctx, "encoder.layer.%zu.%s.weight", layer,
                                   p->parts[i])) ||
            read_tensor(v, bias + i * part, 1, part,
                        ctx_printf(v->ctx, "encoder.layer.%zu.%s.bias", layer,
                                   p->parts[i])))
            return v->ctx->error.status;
    }
    if (p->kind == SECTION_QKV)
        scale_queries(v, v->w, bias);
    linear_pack(pack_plan_section(&v->plan, p->kind, index), v->w, n, k);
    return RSC_OK;
}

static rsc_status fill_layer(struct converter *v, size_t layer)
{
    char name[64];

    for (size_t i = 0; i < sizeof(PRODUCTS) / sizeof(PRODUCTS[0]); i++) {
        rsc_status st = fill_product(v, &PRODUCTS[i], layer);
        if (st)
            return st;
    }
    snprintf(name, sizeof(name), "encoder.layer.%zu.attention.output.LayerNorm",
             layer);
    rsc_status st = fill_norm(v, SECTION_NORM1, layer, name);
    if (st)
        return st;
    snprintf(name, sizeof(name), "encoder.layer.%zu.output.LayerNorm", layer);
    return fill_norm(v, SECTION_NORM2, layer, name);
}

rsc_status encoder_convert(struct ctx *ctx, struct str *out,
                           const struct encoder_source *source,
                           const struct encoder_conversion *conversion)
{
    struct converter v = {.ctx = ctx,
                          .source = source,
                          .conversion = conversion,
                          .config = source->config};
    size_t hidden = source->config.hidden, inner = source->config.inner;
    size_t widest = inner > 3 * hidden ? inner : 3 * hidden;

    v.config.precision = conversion->precision;
    if (v.config.precision != PRECISION_F32)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "models can be packed as f32 only");
    rsc_status st = plan_all(&v);
    v.w = ctx_alloc_array(ctx, widest * hidden, sizeof(float));
    if (st || !v.w)
        return ctx->error.status;
    fill_config(&v);
    fill_bytes(&v, SECTION_TOKENIZER, conversion->tokenizer);
    fill_bytes(&v, SECTION_PREFIX, conversion->prefix);
    st = fill_embedding(&v);
    for (size_t i = 0; !st && i < v.config.layers; i++)
        st = fill_layer(&v, i);
    if (!st)
        *out = pack_plan_finish(&v.plan);
    return st;
}
