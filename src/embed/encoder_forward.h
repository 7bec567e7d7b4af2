/* SPDX-License-Identifier: MIT */
#ifndef RSC_ENCODER_FORWARD_H
#define RSC_ENCODER_FORWARD_H

/*
 * The forward pass of one block of sequences, and what it reads. Private to
 * the encoder and its converter.
 *
 * In int8 the inputs of all products, those of attention too, are bytes;
 * everything between them is f32. The residual is as in f32: only what a
 * product reads is smoothed and quantised, never what is added later. bf16 is
 * the same with attention as in f32, and inputs and weights of the products
 * rounded to it.
 */

#include "embed/encoder.h"
#include "tensor/linear.h"
#include "tensor/linear_bf16.h"
#include "tensor/linear_s8.h"

/* A linear layer in the precision of the model. */
union product {
    struct linear f32;
    struct linear_s8 s8;
    struct linear_bf16 bf16;
};

struct encoder_layer {
    union product qkv, out, ffn1, ffn2;
    const float *smooth_qkv, *smooth_ffn1; /* [hidden]; int8 */
    const float *smooth_ffn2;              /* [inner]; int8 */
    const float *norm1, *norm2;            /* [2][hidden]: gamma, beta */
};

struct encoder_weights {
    struct encoder_config config;
    const struct kernels *kernels;
    const struct file_map *file; /* of the pack */
    const float *words;          /* [vocab][hidden]; f32 */
    const int8_t *words8;        /* [vocab][hidden]; int8 */
    const uint16_t *words16;     /* [vocab][hidden]; bf16 */
    const float *word_scale;     /* [vocab]; int8 */
    const float *positions;
    const float *embed_norm;
    struct encoder_layer layers[ENCODER_MAX_LAYERS];
};

/* Rows that pass through both products of the inner layer together, so that
 * what is between them stays in the second cache: 64 * 1536 floats. */
#define FFN_ROWS 64

/* The activations of one worker, for up to cap tokens. */
struct encoder_run {
    float *x;       /* [cap][hidden] */
    float *wide;    /* [cap][3 * hidden], and a block of the inner layer */
    float *context; /* [cap][hidden]: what attention gives */
    float *sum;     /* [cap][hidden]: what is added to x */
    float *keys, *values, *scores;      /* struct attention; f32 */
    struct attention_scratch attention; /* int8 */
    uint8_t *bytes;                     /* [cap][hidden]; int8 */
    uint8_t *inner;                     /* [FFN_ROWS][inner]; int8 */
    struct row_quant *quant;            /* [cap]; int8 */
    struct row_quant *inner_quant;      /* [FFN_ROWS]; int8 */
    float *rounded;                     /* [cap][hidden]; bf16 */
    float *inner_rounded;               /* [FFN_ROWS][inner]; bf16 */
    /* Greatest magnitude per input channel of QKV, FFN1 and FFN2, [layers]
     * [2 * hidden + inner], recorded when it is set; the converter reads it. */
    float *probe;
    /* For each sequence of a block, whether its tokens are wanted instead of
     * their mean; NULL for none. */
    const bool *each;
    void *block; /* all of the above but probe and each */
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
