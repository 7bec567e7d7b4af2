/* SPDX-License-Identifier: MIT */
#ifndef RSC_LAYER_H
#define RSC_LAYER_H

/*
 * Builds the layers of a component out of the nodes of its model file. The
 * weights live in ctx's arena, aligned and in the layout of the kernels.
 */

#include "ner/thinc.h"
#include "tensor/linear.h"
#include "tensor/maxout.h"

/* Everything that kernels count in blocks of 16. */
static inline size_t round_up_16(size_t n)
{
    return (n + 15) / 16 * 16;
}

/* n zeroed floats, aligned to 64 bytes, or NULL with the error recorded. */
float *layer_floats(struct ctx *ctx, size_t n);
/* The same with undefined content, for what is written before it is read. */
float *layer_scratch(struct ctx *ctx, size_t n);

/* W [n][k] and b [n] of a node "linear" or "softmax". */
rsc_status layer_read_linear(struct ctx *ctx, struct linear *out,
                             const struct thinc_model *model,
                             const struct thinc_node *node);

struct maxout_layer {
    struct linear linear; /* its outputs are piece after piece */
    size_t pieces;
    const float *gain, *shift; /* of the norm behind it */
};

/* The i-th maxout of the model with the norm behind it; `width` units out of
 * n_in inputs. */
rsc_status layer_read_maxout(struct ctx *ctx, struct maxout_layer *out,
                             const struct thinc_model *model, unsigned i,
                             size_t width, size_t n_in);

#endif
