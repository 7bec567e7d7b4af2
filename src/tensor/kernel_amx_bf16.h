/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_AMX_BF16_H
#define RSC_KERNEL_AMX_BF16_H

/*
 * The product of bfloat16 by tiles, as kernel_amx.h does that of bytes: what
 * is four bytes of k there is a pair of k here, and the shapes are the same.
 */

#include "tensor/kernel_amx.h"
#include "tensor/kernel_bf16.h"

#undef GEMM_BF16
#define GEMM_BF16 gemm_bf16_tiles

/* Values of k in a tile. */
#define TILE_PAIRED (TILE_BYTES / 2)

/* The sums of one panel: sums [rows][PANEL]. */
ALWAYS_INLINE void tile_sums_bf16(float *sums, const struct gemm_bf16 *g,
                                  bool ahead, const bool both)
{
    const uint16_t *a = g->a, *lower = a + TILE_ROWS * g->k, *b = g->b;
    const size_t lda = g->k * sizeof(*a);

    _tile_zero(C00);
    _tile_zero(C01);
    if (both) {
        _tile_zero(C10);
        _tile_zero(C11);
    }
    for (size_t p = 0; p < g->k; p += TILE_PAIRED) {
        if (ahead)
            prefetch_step(b + (g->k + p) * PANEL);
        _tile_loadd(TILE_B0, b + p * PANEL, 4 * PANEL);
        _tile_loadd(TILE_B1, b + p * PANEL + TILE_PAIRED, 4 * PANEL);
        _tile_loadd(TILE_A0, a + p, lda);
        _tile_dpbf16ps(C00, TILE_A0, TILE_B0);
        _tile_dpbf16ps(C01, TILE_A0, TILE_B1);
        if (both) {
            _tile_loadd(TILE_A1, lower + p, lda);
            _tile_dpbf16ps(C10, TILE_A1, TILE_B0);
            _tile_dpbf16ps(C11, TILE_A1, TILE_B1);
        }
    }
    _tile_stored(C00, sums, 4 * PANEL);
    _tile_stored(C01, sums + 16, 4 * PANEL);
    if (both) {
        _tile_stored(C10, sums + TILE_ROWS * PANEL, 4 * PANEL);
        _tile_stored(C11, sums + TILE_ROWS * PANEL + 16, 4 * PANEL);
    }
}

ALWAYS_INLINE void tile_rows_bf16(const struct gemm_bf16 *job, size_t rows,
                                  bool ahead, const bool both)
{
    float sums[TILE_BLOCK * PANEL] ALIGNED;

    for (size_t column = 0; column < job->n; column += PANEL) {
        struct gemm_bf16 part = *job;
        const struct gemm out = {.y = job->y + column,
                                 .ldy = job->n,
                                 .bias = job->bias + column,
                                 .gelu = job->gelu};
        part.b += column * job->k;
        tile_sums_bf16(sums, &part, ahead, both);
        store_tile(&out, sums, rows);
    }
}

static void gemm_bf16_tiles(const struct gemm_bf16 *job)
{
    if (job->k % TILE_PAIRED) {
        gemm_bf16(job);
        return;
    }
    size_t n = (job->m + TILE_BLOCK - 1) / TILE_BLOCK, shaped = 0;
    for (size_t t = 0, row = 0; t < n; t++) {
        size_t next = job->m * (t + 1) / n, rows = next - row;
        struct gemm_bf16 part = *job;
        part.a = (const uint16_t *)job->a + row * job->k;
        part.y += row * job->n;
        if (rows != shaped)
            load_shapes(rows, TILE_BYTES);
        shaped = rows;
        if (rows > TILE_ROWS)
            tile_rows_bf16(&part, rows, row == 0, true);
        else
            tile_rows_bf16(&part, rows, row == 0, false);
        row = next;
    }
    _tile_release();
}

#endif
