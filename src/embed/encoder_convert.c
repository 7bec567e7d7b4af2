/* SPDX-License-Identifier: MIT */
#include "embed/encoder_convert.h"

#include <stdio.h>

#include "base/mem.h"
#include "embed/encoder_probe.h"
#include "tensor/linear.h"
#include "tensor/linear_bf16.h"
#include "tensor/linear_s8.h"

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
    float *w;            /* scratch for the largest product, [n][k] */
    const float *probed; /* of encoder_probe; int8 only */
};

static bool is_int8(const struct converter *v)
{
    return v->config.precision == PRECISION_INT8;
}

/* Of the words and of the products. */
static enum pack_type weight_type(const struct converter *v)
{
    static const enum pack_type TYPES[PRECISION_COUNT] = {
        [PRECISION_INT8] = PACK_S8,
        [PRECISION_F32] = PACK_F32,
        [PRECISION_BF16] = PACK_BF16,
    };

    return TYPES[v->config.precision];
}

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
    enum pack_type weights = weight_type(v);

    plan_add(v, SECTION_CONFIG, 0, PACK_U32, 1, CONFIG_WORDS);
    plan_add(v, SECTION_TOKENIZER, 0, PACK_U8, 1, conversion->tokenizer.len);
    if (conversion->prefix.len)
        plan_add(v, SECTION_PREFIX, 0, PACK_U8, 1, conversion->prefix.len);
    plan_add(v, SECTION_WORDS, 0, weights, c->vocab, c->hidden);
    if (is_int8(v))
        plan_add(v, SECTION_WORD_SCALE, 0, PACK_F32, 1, c->vocab);
    plan_add(v, SECTION_POSITIONS, 0, PACK_F32, c->cap, c->hidden);
    plan_add(v, SECTION_EMBED_NORM, 0, PACK_F32, 2, c->hidden);
    for (size_t i = 0; i < sizeof(PRODUCTS) / sizeof(PRODUCTS[0]); i++) {
        uint32_t kind = PRODUCTS[i].kind;
        plan_each(v, kind, weights, rows_of(c, kind), columns_of(c, kind));
        plan_each(v, kind + 1, PACK_F32, 1, rows_of(c, kind));
        if (is_int8(v)) {
            plan_each(v, kind + 2, PACK_F32, 1, rows_of(c, kind));
            plan_each(v, kind + 3, PACK_S32, 1, rows_of(c, kind));
        }
    }
    plan_each(v, SECTION_NORM1, PACK_F32, 2, c->hidden);
    plan_each(v, SECTION_NORM2, PACK_F32, 2, c->hidden);
    if (is_int8(v)) {
        plan_each(v, SECTION_SMOOTH_QKV, PACK_F32, 1, c->hidden);
        plan_each(v, SECTION_SMOOTH_FFN1, PACK_F32, 1, c->hidden);
        plan_each(v, SECTION_SMOOTH_FFN2, PACK_F32, 1, c->inner);
    }
    if (v->ctx->error.status)
        return v->ctx->error.status;
    return pack_plan_alloc(v->ctx, &v->plan);
}

static void fill_config(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    uint32_t word[CONFIG_WORDS] = {
        [CONFIG_LAYERS] = c->layers,
        [CONFIG_HIDDEN] = c->hidden,
        [CONFIG_HEADS] = c->heads,
        [CONFIG_INNER] = c->inner,
        [CONFIG_VOCAB] = c->vocab,
        [CONFIG_CAP] = c->cap,
        [CONFIG_FIRST_ONLY] = c->first_only,
        [CONFIG_NORMALIZE] = c->normalize,
        [CONFIG_PRECISION] = c->precision,
        [CONFIG_REVISION] = ENCODER_REVISION,
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

static void round_words(struct converter *v, const float *words)
{
    size_t n = (size_t)v->config.vocab * v->config.hidden;
    uint16_t *out = pack_plan_section(&v->plan, SECTION_WORDS, 0);

    for (size_t i = 0; i < n; i++)
        out[i] = bf16_of(words[i]);
}

/* Bytes with one scale per row. */
static void quantize_words(struct converter *v, const float *words)
{
    size_t hidden = v->config.hidden;
    int8_t *out = pack_plan_section(&v->plan, SECTION_WORDS, 0);
    float *scale = pack_plan_section(&v->plan, SECTION_WORD_SCALE, 0);

    for (size_t row = 0; row < v->config.vocab; row++)
        scale[row] =
            quantize_s8(out + row * hidden, words + row * hidden, hidden);
}

static rsc_status fill_words(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    struct str name = STR("embeddings.word_embeddings.weight");

    if (v->config.precision == PRECISION_F32)
        return read_tensor(v, pack_plan_section(&v->plan, SECTION_WORDS, 0),
                           c->vocab, c->hidden, name);
    float *words =
        ctx_alloc_array(v->ctx, (size_t)c->vocab * c->hidden, sizeof(words[0]));
    if (!words || read_tensor(v, words, c->vocab, c->hidden, name))
        return v->ctx->error.status;
    if (is_int8(v))
        quantize_words(v, words);
    else
        round_words(v, words);
    return RSC_OK;
}

static rsc_status fill_embedding(struct converter *v)
{
    const struct encoder_config *c = &v->config;
    float *positions = pack_plan_section(&v->plan, SECTION_POSITIONS, 0);

    if (fill_words(v) ||
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

/* Moves range from the activations into the weights: the input channel i is
 * divided by s, column i of W multiplied by it, s = sqrt(greatest activation /
 * greatest weight). What the product reads gets 1/s; the residual does not. */
static void smooth(float *inverse, float *w, const float *activations, size_t n,
                   size_t k)
{
    for (size_t i = 0; i < k; i++) {
        float weight = 0, s = 1.0F;
        for (size_t j = 0; j < n; j++) {
            float magnitude = w[j * k + i] < 0 ? -w[j * k + i] : w[j * k + i];
            weight = magnitude > weight ? magnitude : weight;
        }
        if (activations[i] > 1e-6F && weight > 1e-6F)
            s = __builtin_sqrtf(activations[i] / weight);
        inverse[i] = 1.0F / s;
        for (size_t j = 0; j < n; j++)
            w[j * k + i] *= s;
    }
}

/* Three of the four inputs; what attention gives has no outliers. */
static void smooth_product(struct converter *v, uint32_t kind, uint32_t layer)
{
    size_t hidden = v->config.hidden, inner = v->config.inner;
    const float *probed = v->probed + layer * (2 * hidden + inner);
    uint32_t section = 0;

    if (kind == SECTION_QKV) {
        section = SECTION_SMOOTH_QKV;
    } else if (kind == SECTION_FFN1) {
        section = SECTION_SMOOTH_FFN1;
        probed += hidden;
    } else if (kind == SECTION_FFN2) {
        section = SECTION_SMOOTH_FFN2;
        probed += 2 * hidden;
    }
    if (section)
        smooth(pack_plan_section(&v->plan, section, layer), v->w, probed,
               rows_of(&v->config, kind), columns_of(&v->config, kind));
}

/* Lays out the weights of v->w in the precision of the pack. */
static void pack_product(struct converter *v, uint32_t kind, uint32_t layer)
{
    size_t n = rows_of(&v->config, kind), k = columns_of(&v->config, kind);
    void *panels = pack_plan_section(&v->plan, kind, layer);

    if (is_int8(v)) {
        struct linear_s8_out out = {
            .panels = panels,
            .scale = pack_plan_section(&v->plan, kind + 2, layer),
            .sum = pack_plan_section(&v->plan, kind + 3, layer)};
        linear_s8_pack(&out, v->w, n, k);
    } else if (v->config.precision == PRECISION_BF16) {
        linear_bf16_pack(panels, v->w, n, k);
    } else {
        linear_pack(panels, v->w, n, k);
    }
}

static rsc_status fill_product(struct converter *v, const struct product *p,
                               size_t layer)
{
    uint32_t index = (uint32_t)layer;
    size_t k = columns_of(&v->config, p->kind);
    size_t part = rows_of(&v->config, p->kind) / p->n_parts;
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
    if (is_int8(v))
        smooth_product(v, p->kind, index);
    if (p->kind == SECTION_QKV)
        scale_queries(v, v->w, bias);
    pack_product(v, p->kind, index);
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

/* int8 is learnt from how the same model runs in f32. */
static rsc_status probe_f32(struct converter *v)
{
    struct encoder_conversion f32 = {.precision = PRECISION_F32};
    struct str bytes;
    struct pack pack;
    float *probed;

    if (encoder_convert(v->ctx, &bytes, v->source, &f32) ||
        pack_parse(v->ctx, &pack, bytes, "in memory") ||
        encoder_probe(v->ctx, &probed, &pack, v->conversion->calibration,
                      v->conversion->n_calibration))
        return v->ctx->error.status;
    v->probed = probed;
    return RSC_OK;
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
    rsc_status st = is_int8(&v) ? probe_f32(&v) : RSC_OK;
    if (st || plan_all(&v))
        return ctx->error.status;
    v.w = ctx_alloc_array(ctx, widest * hidden, sizeof(float));
    if (!v.w)
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
