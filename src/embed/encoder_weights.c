/* SPDX-License-Identifier: MIT */
/* Finds what a pack holds: nothing is copied, everything is checked. */
#include "embed/encoder_forward.h"

struct loader {
    struct ctx *ctx;
    const struct pack *pack;
    struct encoder_weights *w;
};

static rsc_status read_config(struct ctx *ctx, struct encoder_config *out,
                              const struct pack *pack)
{
    const uint32_t *word = pack_want(
        ctx, pack,
        (struct pack_want){SECTION_CONFIG, 0, PACK_U32, 1, CONFIG_WORDS});

    if (!word)
        return ctx->error.status;
    *out = (struct encoder_config){
        .layers = word[CONFIG_LAYERS],
        .hidden = word[CONFIG_HIDDEN],
        .heads = word[CONFIG_HEADS],
        .inner = word[CONFIG_INNER],
        .vocab = word[CONFIG_VOCAB],
        .cap = word[CONFIG_CAP],
        .first_only = word[CONFIG_FIRST_ONLY] == 1,
        .normalize = word[CONFIG_NORMALIZE] == 1,
        .precision = word[CONFIG_PRECISION] < PRECISION_COUNT
                         ? (enum encoder_precision)word[CONFIG_PRECISION]
                         : PRECISION_COUNT,
    };
    memcpy(&out->eps, &word[CONFIG_EPS], sizeof(out->eps));
    if (!encoder_config_is_valid(out))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the packed model has sizes that no encoder has; run "
                        "`resume-scorer models pull`");
    return RSC_OK;
}

/* A section of floats; NULL with the error recorded when it is not there. */
static const float *floats(struct loader *l, uint32_t kind, size_t index,
                           size_t rows, size_t columns)
{
    return pack_want(
        l->ctx, l->pack,
        (struct pack_want){kind, (uint32_t)index, PACK_F32, rows, columns});
}

static struct linear load_linear(struct loader *l, uint32_t kind, size_t index,
                                 size_t n, size_t k)
{
    return (struct linear){
        .panels = floats(l, kind, index, n, k),
        .bias = floats(l, kind + 1, index, 1, n),
        .n = n,
        .k = k,
    };
}

static void load_layer(struct loader *l, size_t i)
{
    size_t hidden = l->w->config.hidden, inner = l->w->config.inner;
    struct encoder_layer *layer = &l->w->layers[i];

    layer->qkv = load_linear(l, SECTION_QKV, i, 3 * hidden, hidden);
    layer->out = load_linear(l, SECTION_OUT, i, hidden, hidden);
    layer->ffn1 = load_linear(l, SECTION_FFN1, i, inner, hidden);
    layer->ffn1.gelu = true;
    layer->ffn2 = load_linear(l, SECTION_FFN2, i, hidden, inner);
    layer->norm1 = floats(l, SECTION_NORM1, i, 2, hidden);
    layer->norm2 = floats(l, SECTION_NORM2, i, 2, hidden);
}

rsc_status encoder_weights_open(struct ctx *ctx, struct encoder_weights *out,
                                const struct pack *pack,
                                const struct kernels *kernels)
{
    struct loader l = {ctx, pack, out};

    out->kernels = kernels;
    rsc_status st = read_config(ctx, &out->config, pack);
    if (st)
        return st;
    size_t hidden = out->config.hidden;
    out->words = floats(&l, SECTION_WORDS, 0, out->config.vocab, hidden);
    out->positions = floats(&l, SECTION_POSITIONS, 0, out->config.cap, hidden);
    out->embed_norm = floats(&l, SECTION_EMBED_NORM, 0, 2, hidden);
    for (size_t i = 0; i < out->config.layers; i++)
        load_layer(&l, i);
    return ctx->error.status;
}
