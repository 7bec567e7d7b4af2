/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_GEMM_H
#define RSC_KERNEL_GEMM_H

/*
 * The f32 product of matrices over lanes: a tile of up to ROWS rows and
 * VECTORS * 16 columns stays in registers for all of k. Nothing is padded:
 * each count of rows up to ROWS has its own code.
 */

#include "tensor/kernel_math.h"
#include "tensor/kernels.h"

/* Puts the sums of a tile through what comes behind the product. Not inlined
 * into the tiles, which would make of each count of rows a large function. */
static void store_tile(const struct gemm *g, const float *sums, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < 16 * VECTORS; j += 16, sums += 16) {
            vf v = vf_load(sums);
            if (g->row_scale)
                v = vf_mul(v, vf_set(g->row_scale[i]));
            if (g->bias)
                v = vf_add(v, vf_load(g->bias + j));
            if (g->gelu)
                v = vf_gelu(v);
            vf_store(g->y + i * g->ldy + j, v);
        }
}

/* `first` is the tile that brings the weights into the first cache. */
ALWAYS_INLINE void tile(const struct gemm *g, bool first, const int rows)
{
    vf acc[ROWS][VECTORS];
    const float *a = g->a, *b = g->b;
    const size_t lda = g->lda, ldb = g->ldb, k = g->k;

    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS; j++) acc[i][j] = vf_set(0);
    for (size_t p = 0; p < k; p++) {
        vf w[VECTORS];
        UNROLL for (int j = 0; j < VECTORS; j++) w[j] = vf_load(b + 16 * j);
        if (first)
            UNROLL for (int j = 0; j < VECTORS; j++)
                __builtin_prefetch(b + AHEAD * ldb + 16 * j);
        b += ldb;
        UNROLL for (int i = 0; i < rows; i++)
        {
            vf x = vf_set(a[(size_t)i * lda + p]);
            UNROLL for (int j = 0; j < VECTORS; j++) acc[i][j] =
                vf_fma(x, w[j], acc[i][j]);
        }
    }
    float sums[ROWS * VECTORS * 16] ALIGNED;
    const bool plain = !g->row_scale && !g->bias && !g->gelu;
    float *to = plain ? g->y : sums;
    const size_t stride = plain ? g->ldy : 16 * VECTORS;
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS; j++)
            vf_store(to + (size_t)i * stride + 16 * j, acc[i][j]);
    if (!plain)
        store_tile(g, sums, (size_t)rows);
}

#define TILE(n)                                                                \
    static void tile_##n(const struct gemm *g, bool first)                     \
    {                                                                          \
        tile(g, first, n);                                                     \
    }

TILE(1)
TILE(2)
TILE(3)
TILE(4)
#if ROWS > 4
TILE(5)
TILE(6)
#endif
#if ROWS > 6
TILE(7)
TILE(8)
TILE(9)
TILE(10)
TILE(11)
TILE(12)
#endif

static void (*const tiles[])(const struct gemm *, bool) = {
    tile_1, tile_2, tile_3, tile_4,
#if ROWS > 4
    tile_5, tile_6,
#endif
#if ROWS > 6
    tile_7, tile_8, tile_9, tile_10, tile_11, tile_12,
#endif
};

static void gemm_panel(const struct gemm *job)
{
    if (!job->m)
        return;
    /* Rows are spread evenly: 13 are 7 and 6, not 12 and 1. */
    size_t n = (job->m + ROWS - 1) / ROWS;
    for (size_t column = 0; column < PANEL; column += 16 * VECTORS) {
        struct gemm part = *job;
        part.b += column;
        if (job->bias)
            part.bias += column;
        for (size_t t = 0, row = 0; t < n; t++) {
            size_t next = job->m * (t + 1) / n;
            part.a = job->a + row * job->lda;
            part.y = job->y + row * job->ldy + column;
            if (job->row_scale)
                part.row_scale = job->row_scale + row;
            tiles[next - row - 1](&part, t == 0);
            row = next;
        }
    }
}

#endif
