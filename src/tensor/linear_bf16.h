/* SPDX-License-Identifier: MIT */
#ifndef RSC_LINEAR_BF16_H
#define RSC_LINEAR_BF16_H

/*
 * A linear layer of bfloat16: weights and activations are rounded to it, the
 * sums and the bias are f32. A pair of k stands together:
 *
 *     W [n][k]  ->  panels [n / 32][k / 2][32][2]; n % 32 == 0, k % 16 == 0
 *
 * Threads: linear_bf16_run works on its arguments only.
 */

#include "tensor/kernels.h"

struct linear_bf16 {
    const uint16_t *panels;
    const float *bias; /* [n] */
    size_t n, k;
    bool gelu;
};

struct linear_bf16_io {
    const float *x; /* [m][k] */
    size_t m;
    float *y;       /* [m][n] */
    float *scratch; /* [m][k]: x, rounded */
};

/* Rounds and lays out w [n][k], row after row. */
void linear_bf16_pack(uint16_t *panels, const float *w, size_t n, size_t k);
void linear_bf16_run(const struct kernels *kernels,
                     const struct linear_bf16 *layer,
                     const struct linear_bf16_io *io);

/* The nearest bf16, ties to even; and back, which is exact. */
uint16_t bf16_of(float x);
float float_of_bf16(uint16_t x);

#endif
