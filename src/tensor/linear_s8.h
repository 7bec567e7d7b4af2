/* SPDX-License-Identifier: MIT */
#ifndef RSC_LINEAR_S8_H
#define RSC_LINEAR_S8_H

/*
 * A linear layer of bytes: weights in [-127, 127] with one scale per output,
 * activations as bytes with scale and zero point per row. The sums are exact
 * integers, so every instruction set gives the same bytes.
 *
 *     W [n][k]  ->  panels [n / 32][k / 4][32][4]; n % 32 == 0, k % 4 == 0
 *     y = ((a W^T) - zero * sum(W)) * row scale * column scale + bias
 *
 * Threads: linear_s8_run works on its arguments only.
 */

#include "tensor/kernels.h"

struct linear_s8 {
    const int8_t *panels;
    const float *scale; /* [n] */
    const int32_t *sum; /* [n] */
    const float *bias;  /* [n] */
    size_t n, k;
    bool gelu;
};

struct linear_s8_io {
    const uint8_t *a; /* [m][k] */
    const struct row_quant *quant;
    size_t m;
    float *y; /* [m][n] */
};

/* Where linear_s8_pack puts what it makes of the weights. */
struct linear_s8_out {
    int8_t *panels;
    float *scale;
    int32_t *sum;
};

/* Quantises w [n][k], row after row. */
void linear_s8_pack(const struct linear_s8_out *out, const float *w, size_t n,
                    size_t k);
void linear_s8_run(const struct kernels *kernels, const struct linear_s8 *layer,
                   const struct linear_s8_io *io);

/* x [n] into [-127, 127]; returns the scale that leads back. */
float quantize_s8(int8_t *out, const float *x, size_t n);
/* The nearest integer to x, ties to even, for |x| < 2^22. */
int32_t round_to_int(float x);

#endif
