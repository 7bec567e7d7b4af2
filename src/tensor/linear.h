/* SPDX-License-Identifier: MIT */
#ifndef RSC_LINEAR_H
#define RSC_LINEAR_H

/*
 * A linear layer in f32: y = x W^T + bias, with the weights laid out once in
 * panels of 32 columns, so that a product reads them straight through:
 *
 *     W [n][k]  ->  [n / 32, rounded up][k][32], the missing columns zero
 *
 *     size_t bytes = linear_panel_floats(n, k) * sizeof(float);
 *     float *panels = mem_alloc_aligned(mem, 64, bytes);
 *     linear_pack(panels, w, n, k);
 *     struct linear layer = {panels, bias, n, k, false};
 *     linear_run(kernels, &layer, &(struct linear_io){x, k, m, y, n});
 *
 * The same bytes under every table of kernels and for every m: each output is
 * one chain of fused multiply-adds in the order of k, plus the bias.
 *
 * Threads: linear_run works on its arguments only.
 */

#include "tensor/kernels.h"

struct linear {
    const float *panels; /* of linear_pack; best aligned to 64 bytes */
    const float *bias;   /* [n], or NULL for none */
    size_t n, k;
    bool gelu; /* applied to the outputs */
};

struct linear_io {
    const float *x; /* [m][lda]; with lda < k the rows overlap */
    size_t lda;
    size_t m;
    float *y; /* [m][ldy]; only [m][n] is written */
    size_t ldy;
};

/* Floats that the panels of an [n][k] layer take; SIZE_MAX if too many. */
size_t linear_panel_floats(size_t n, size_t k);
/* Lays out w [n][k], row after row. */
void linear_pack(float *panels, const float *w, size_t n, size_t k);
/* Both must not overlap x and y. */
void linear_run(const struct kernels *kernels, const struct linear *layer,
                const struct linear_io *io);

#endif
