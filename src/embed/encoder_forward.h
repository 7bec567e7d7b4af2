/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_FORWARD_H
#define RSC_ENCODER_FORWARD_H

/*
 * The forward pass of one block of sequences, and what it reads. Private to
 * the encoder.
 */

#include "embed/encoder.h"
#include "tensor/linear.h"

struct encoder_layer {
    struct linear qkv, out, ffn1, ffn2;
    const float *norm1, *norm2; /* [2][hidden]: gamma, beta */
};

struct encoder_weights {
    struct encoder_config config;
    const struct kernels *kernels;
    const float *words; /* [vocab][hidden] */
    const float *positions;
    const float *embed_norm;
    struct encoder_layer layers[ENCODER_MAX_LAYERS];
};

/* The activations of one worker, for up to cap tokens. */
struct encoder_run {
    float *x;       /* [cap][hidden] */
    float *wide;    /* [cap][3 * hidden or inner]: qkv, then the inner layer */
    float *context; /* [cap][hidden]: what attention gives */
    float *sum;     /* [cap][hidden]: what is added to x */
    float *keys, *values, *scores; /* struct attention */
    void *block;                   /* all of the above */
    size_t block_len;
};

/* Finds and checks every section. */
rsc_status encoder_weights_open(struct ctx *ctx, struct encoder_weights *out,
                                const struct pack *pack,
                                const struct kernels *kernels);

rsc_status encoder_run_init(struct ctx *ctx, struct encoder_run *run,
                            struct mem *mem,
                            const struct encoder_config *config);
void encoder_run_clear(struct encoder_run *run, struct mem *mem);

/* One block: the lengths add up to the cap at the most, ids are in range.
 * out[i] is where the vector of sequence i goes. */
void encoder_forward(struct encoder_run *run, const struct encoder_weights *w,
                     const struct sequence *sequences, size_t n,
                     float *const *out);

#endif
