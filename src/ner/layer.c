/* SPDX-License-Identifier: MIT */
#include "ner/layer.h"

#include "base/mem.h"

#define MAX_PIECES 8

float *layer_scratch(struct ctx *ctx, size_t n)
{
    size_t bytes = mem_array_size(n, sizeof(float));
    char *block = bytes > SIZE_MAX - 64 ? NULL : ctx_alloc(ctx, bytes + 64);

    if (!block) {
        ctx_fail(ctx, RSC_ENOMEM, "out of memory for a model");
        return NULL;
    }
    block += -(uintptr_t)block & 63;
    return (float *)(void *)block;
}

float *layer_floats(struct ctx *ctx, size_t n)
{
    float *block = layer_scratch(ctx, n);

    return block ? memset(block, 0, n * sizeof(float)) : NULL;
}

static rsc_status wrong_shape(struct ctx *ctx, const struct thinc_model *model,
                              const struct thinc_node *node)
{
    return ctx_fail(ctx, RSC_EFORMAT,
                    "%s is damaged: the arrays of a layer \"%.*s\" do not fit "
                    "together",
                    model->file, STR_ARG(node->name));
}

/* The floats of an array, as they stand in the file. */
static float *copy_floats(struct ctx *ctx, const struct thinc_array *array)
{
    float *out = layer_floats(ctx, array->n);

    if (out)
        thinc_floats(array, out);
    return out;
}

/* w [n][k] in panels. `w` is scratch that stays in the arena of `scratch`. */
static rsc_status pack(struct ctx *ctx, struct linear *out, const float *w,
                       size_t n, size_t k)
{
    float *panels = layer_floats(ctx, linear_panel_floats(n, k));

    if (!panels)
        return ctx->error.status;
    linear_pack(panels, w, n, k);
    out->panels = panels;
    out->n = n;
    out->k = k;
    return RSC_OK;
}

rsc_status layer_read_linear(struct ctx *ctx, struct linear *out,
                             const struct thinc_model *model,
                             const struct thinc_node *node)
{
    const struct thinc_array *w, *b;
    struct ctx scratch;
    rsc_status st = thinc_array(ctx, model, node, "W", 2, &w);

    if (!st)
        st = thinc_array(ctx, model, node, "b", 1, &b);
    if (st)
        return st;
    if (b->dims[0] != w->dims[0])
        return wrong_shape(ctx, model, node);
    out->bias = copy_floats(ctx, b);
    ctx_init(&scratch, ctx->arena.mem);
    float *plain = copy_floats(&scratch, w);
    st = plain && out->bias ? pack(ctx, out, plain, w->dims[0], w->dims[1])
                            : ctx_fail(ctx, RSC_ENOMEM, "out of memory");
    ctx_clear(&scratch);
    return st;
}

/* W [units][pieces][k] -> rows in the order [pieces][units]. */
static rsc_status pack_pieces(struct ctx *ctx, struct maxout_layer *out,
                              const struct thinc_array *w,
                              const struct thinc_array *b)
{
    const size_t units = w->dims[0], pieces = w->dims[1], k = w->dims[2];
    struct ctx scratch;
    rsc_status st = RSC_ENOMEM;

    ctx_init(&scratch, ctx->arena.mem);
    float *from = copy_floats(&scratch, w), *to = layer_floats(&scratch, w->n);
    float *bias_from = copy_floats(&scratch, b);
    float *bias = layer_floats(ctx, units * pieces);
    if (from && to && bias_from && bias) {
        for (size_t p = 0; p < pieces; p++)
            for (size_t o = 0; o < units; o++) {
                memcpy(to + (p * units + o) * k, from + (o * pieces + p) * k,
                       k * sizeof(float));
                bias[p * units + o] = bias_from[o * pieces + p];
            }
        out->pieces = pieces;
        out->linear.bias = bias;
        st = pack(ctx, &out->linear, to, units * pieces, k);
    }
    ctx_clear(&scratch);
    return st ? ctx_fail(ctx, st, "out of memory for a model") : RSC_OK;
}

rsc_status layer_read_maxout(struct ctx *ctx, struct maxout_layer *out,
                             const struct thinc_model *model, unsigned i,
                             size_t width, size_t n_in)
{
    const struct thinc_node *node = thinc_find(model, "maxout", i);
    const struct thinc_node *norm = thinc_find(model, "layernorm", i);
    const struct thinc_array *w, *b, *gain, *shift;

    if (!node || !norm || norm != node + 1)
        return ctx_fail(ctx, RSC_EUNSUPPORTED,
                        "%s has a maxout layer without a norm behind it, which "
                        "is not supported",
                        model->file);
    rsc_status st = thinc_array(ctx, model, node, "W", 3, &w);
    if (!st)
        st = thinc_array(ctx, model, node, "b", 2, &b);
    if (!st)
        st = thinc_array(ctx, model, norm, "G", 1, &gain);
    if (!st)
        st = thinc_array(ctx, model, norm, "b", 1, &shift);
    if (st)
        return st;
    if (w->dims[0] != width || w->dims[1] > MAX_PIECES || w->dims[2] != n_in ||
        b->dims[0] != width || b->dims[1] != w->dims[1] ||
        gain->dims[0] != width || shift->dims[0] != width)
        return wrong_shape(ctx, model, node);
    out->gain = copy_floats(ctx, gain);
    out->shift = copy_floats(ctx, shift);
    if (!out->gain || !out->shift)
        return ctx->error.status;
    return pack_pieces(ctx, out, w, b);
}
