/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_DOT_H
#define RSC_KERNEL_DOT_H

/*
 * The product of bytes where the lanes multiply four of them at once: a tile
 * of up to ROWS_S8 rows and VECTORS_S8 * 16 columns stays in registers for all
 * of k. The sums are exact integers, so that every instruction set gets the
 * same ones.
 */

#include "tensor/kernel_bytes.h"

#if !defined(DOT_BLOCK)
/* The exact sums of a tile: sums [rows][VECTORS_S8 * 16]. `first` is the tile
 * that brings the weights into the first cache. */
ALWAYS_INLINE void dot_block(int32_t *sums, const struct gemm_s8 *g, bool first,
                             const int rows)
{
    dot_sum sum[ROWS_S8][VECTORS_S8];
    const uint8_t *a = g->a;
    const int8_t *b = g->b;
    const size_t lda = g->lda, k = g->k;

    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS_S8; j++) sum[i][j] = dot_zero();
    for (size_t p = 0; p < k; p += 4) {
        dot_weights w[VECTORS_S8];
        UNROLL for (int j = 0; j < VECTORS_S8; j++) w[j] = dot_load(b + 64 * j);
        if (first)
            UNROLL for (int j = 0; j < VECTORS_S8; j++)
                __builtin_prefetch(b + AHEAD * 4 * PANEL + 64 * j);
        b += 4 * PANEL;
        UNROLL for (int i = 0; i < rows; i++)
        {
            dot_row x = dot_broadcast(a + (size_t)i * lda + p);
            UNROLL for (int j = 0; j < VECTORS_S8; j++) sum[i][j] =
                dot_add(sum[i][j], x, w[j]);
        }
    }
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS_S8; j++)
            vi_store(sums + 16 * (i * VECTORS_S8 + j), dot_finish(sum[i][j]));
}
#endif

ALWAYS_INLINE void tile_s8(const struct gemm_s8 *g, bool first, const int rows)
{
    int32_t sums[ROWS_S8 * VECTORS_S8 * 16] ALIGNED;

    dot_block(sums, g, first, rows);
    store_tile_s8(g, sums, (size_t)rows);
}

#define TILE_S8(n)                                                             \
    static void tile_s8_##n(const struct gemm_s8 *g, bool first)               \
    {                                                                          \
        tile_s8(g, first, n);                                                  \
    }

TILE_S8(1)
TILE_S8(2)
#if ROWS_S8 > 2
TILE_S8(3)
TILE_S8(4)
#endif
#if ROWS_S8 > 4
TILE_S8(5)
TILE_S8(6)
#endif
#if ROWS_S8 > 6
TILE_S8(7)
TILE_S8(8)
#endif
#if ROWS_S8 > 8
TILE_S8(9)
TILE_S8(10)
TILE_S8(11)
TILE_S8(12)
#endif

static void (*const tiles_s8[])(const struct gemm_s8 *, bool) = {
    tile_s8_1, tile_s8_2,
#if ROWS_S8 > 2
    tile_s8_3, tile_s8_4,
#endif
#if ROWS_S8 > 4
    tile_s8_5, tile_s8_6,
#endif
#if ROWS_S8 > 6
    tile_s8_7, tile_s8_8,
#endif
#if ROWS_S8 > 8
    tile_s8_9, tile_s8_10, tile_s8_11, tile_s8_12,
#endif
};

static void gemm_s8(const struct gemm_s8 *job)
{
    if (!job->m)
        return;
    size_t n = (job->m + ROWS_S8 - 1) / ROWS_S8;
    for (size_t column = 0; column < job->n; column += 16 * VECTORS_S8) {
        struct gemm_s8 part = columns_from(job, column);
        float *y = part.y;
        part.b += 4 * (column % PANEL);
        for (size_t t = 0, row = 0; t < n; t++) {
            size_t next = job->m * (t + 1) / n;
            part.a = job->a + row * job->lda;
            part.quant = job->quant + row;
            part.y = y + row * job->ldy;
            tiles_s8[next - row - 1](&part, t == 0);
            row = next;
        }
    }
}

#endif
