/* SPDX-License-Identifier: MIT */
/* Finds what a pack holds: nothing is copied, everything is checked. */
#include "embed/encoder_convert.h"
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
    if (word[CONFIG_REVISION] != ENCODER_REVISION)
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the model was packed by %s version of this program, "
                        "whose vectors differ; run `resume-scorer models pack "
                        "--precision %s`",
                        word[CONFIG_REVISION] < ENCODER_REVISION ? "an earlier"
                                                                 : "another",
                        precision_name(out->precision));
    if (!encoder_config_is_valid(out))
        return ctx_fail(ctx, RSC_EFORMAT,
                        "the packed model has sizes that no encoder has; run "
                        "`resume-scorer models pull`");
    return RSC_OK;
}

static const void *section(struct loader *l, uint32_t kind, size_t index,
                           enum pack_type type, size_t rows, size_t columns)
{
    return pack_want(
        l->ctx, l->pack,
        (struct pack_want){kind, (uint32_t)index, type, rows, columns});
}

/* Floats of which each must be a number: small sections, read at open. A
 * large one is not, so that opening reads nothing that is not needed; what it
 * spoils is noticed in the vectors. */
static const float *floats(struct loader *l, uint32_t kind, size_t index,
                           size_t rows, size_t columns)
{
    const float *values = section(l, kind, index, PACK_F32, rows, columns);

    for (size_t i = 0; values && i < rows * columns; i++)
        if (!(values[i] >= -3.4e38F && values[i] <= 3.4e38F)) {
            ctx_fail(l->ctx, RSC_EFORMAT,
                     "the packed model holds a value that is no number; run "
                     "`resume-scorer models pull`");
            return NULL;
        }
    return values;
}

/* A product's sections follow its kind: bias, scale, sum. */
static union product load_product(struct loader *l, uint32_t kind, size_t index,
                                  size_t n, size_t k, bool gelu)
{
    const float *bias = floats(l, kind + 1, index, 1, n);

    if (l->w->config.precision == PRECISION_INT8)
        return (union product){
            .s8 = {.panels = section(l, kind, index, PACK_S8, n, k),
                   .bias = bias,
                   .scale = floats(l, kind + 2, index, 1, n),
                   .sum = section(l, kind + 3, index, PACK_S32, 1, n),
                   .n = n,
                   .k = k,
                   .gelu = gelu}};
    if (l->w->config.precision == PRECISION_BF16)
        return (union product){
            .bf16 = {.panels = section(l, kind, index, PACK_BF16, n, k),
                     .bias = bias,
                     .n = n,
                     .k = k,
                     .gelu = gelu}};
    return (union product){
        .f32 = {.panels = section(l, kind, index, PACK_F32, n, k),
                .bias = bias,
                .n = n,
                .k = k,
                .gelu = gelu}};
}

static void load_layer(struct loader *l, size_t i)
{
    size_t hidden = l->w->config.hidden, inner = l->w->config.inner;
    struct encoder_layer *layer = &l->w->layers[i];

    layer->qkv = load_product(l, SECTION_QKV, i, 3 * hidden, hidden, false);
    layer->out = load_product(l, SECTION_OUT, i, hidden, hidden, false);
    layer->ffn1 = load_product(l, SECTION_FFN1, i, inner, hidden, true);
    layer->ffn2 = load_product(l, SECTION_FFN2, i, hidden, inner, false);
    layer->norm1 = floats(l, SECTION_NORM1, i, 2, hidden);
    layer->norm2 = floats(l, SECTION_NORM2, i, 2, hidden);
    if (l->w->config.precision != PRECISION_INT8)
        return;
    layer->smooth_qkv = floats(l, SECTION_SMOOTH_QKV, i, 1, hidden);
    layer->smooth_ffn1 = floats(l, SECTION_SMOOTH_FFN1, i, 1, hidden);
    layer->smooth_ffn2 = floats(l, SECTION_SMOOTH_FFN2, i, 1, inner);
}

static void load_words(struct loader *l)
{
    struct encoder_weights *w = l->w;
    size_t vocab = w->config.vocab, hidden = w->config.hidden;

    if (w->config.precision == PRECISION_INT8) {
        w->words8 = section(l, SECTION_WORDS, 0, PACK_S8, vocab, hidden);
        w->word_scale = section(l, SECTION_WORD_SCALE, 0, PACK_F32, 1, vocab);
    } else if (w->config.precision == PRECISION_BF16) {
        w->words16 = section(l, SECTION_WORDS, 0, PACK_BF16, vocab, hidden);
    } else {
        w->words = section(l, SECTION_WORDS, 0, PACK_F32, vocab, hidden);
    }
    w->positions =
        section(l, SECTION_POSITIONS, 0, PACK_F32, w->config.cap, hidden);
    w->embed_norm = floats(l, SECTION_EMBED_NORM, 0, 2, hidden);
}

rsc_status encoder_weights_open(struct ctx *ctx, struct encoder_weights *out,
                                const struct pack *pack,
                                const struct kernels *kernels)
{
    struct loader l = {ctx, pack, out};

    out->kernels = kernels;
    out->file = &pack->map;
    rsc_status st = read_config(ctx, &out->config, pack);
    if (st)
        return st;
    load_words(&l);
    for (size_t i = 0; i < out->config.layers && !ctx->error.status; i++)
        load_layer(&l, i);
    return ctx->error.status;
}
