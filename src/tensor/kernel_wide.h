/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_WIDE_H
#define RSC_KERNEL_WIDE_H

/*
 * The product of bytes where the lanes multiply pairs of s16 only. A product
 * of bytes would saturate there, so both sides are widened first, and what
 * lies in memory as four bytes b0 b1 b2 b3 becomes the pairs b0 b2 and b1 b3:
 *
 *     weights      a step of k at a time, once for ROWS_WIDE rows
 *     activations  a tile of rows at a time, once for a panel
 *
 * The inner loop is left with one product and one sum per pair; the sums are
 * exact integers, as everywhere.
 */

#if defined(LANES_WIDE)

#include "tensor/kernel_bytes.h"

#define GEMM_S8 gemm_s8_wide

/* Of k: the panel of wide weights, the rows and the sums below stay in the
 * first cache. A multiple of 64. */
#define STEP_WIDE   256
#define ROWS_WIDE   48
#define HALVES_WIDE (PANEL / (16 * VECTORS_S8))

struct wide {
    /* Pairs [half][even or odd][k / 4][VECTORS_S8 * 16 columns] */
    int32_t weights[PANEL * STEP_WIDE / 2] ALIGNED;
    /* Pairs [row][even or odd][k / 4] */
    int32_t rows[ROWS_S8][STEP_WIDE / 2] ALIGNED;
    int32_t sums[HALVES_WIDE][ROWS_WIDE * VECTORS_S8 * 16] ALIGNED;
};

/* k values of a panel. */
static void widen_panel(struct wide *wide, const int8_t *panel, size_t k)
{
    const size_t width = (size_t)16 * VECTORS_S8;
    int32_t *even = wide->weights;

    for (size_t half = 0; half < HALVES_WIDE; half++) {
        int32_t *odd = even + k / 4 * width;
        for (size_t p = 0; p < k; p += 4, even += width, odd += width)
            UNROLL for (size_t j = 0; j < width; j += 16)
            {
                const int8_t *from = panel + p * PANEL + 4 * (half * width + j);
                vi bytes = vi_load((const int32_t *)(const void *)from);
                __builtin_prefetch(from + AHEAD * 4 * PANEL);
                vi_store(even + j, s16_even(bytes));
                vi_store(odd + j, s16_odd(bytes));
            }
        even = odd;
    }
}

/* k values of a row. */
ALWAYS_INLINE void widen_row(int32_t *even, const uint8_t *a, size_t k)
{
    const vi mask = vi_set(0x00ff00ff);
    int32_t *odd = even + k / 4;
    size_t p = 0;

    for (; p + 64 <= k; p += 64) {
        vi bytes = vi_load((const int32_t *)(const void *)(a + p));
        vi_store(even + p / 4, vi_and(bytes, mask));
        vi_store(odd + p / 4, vi_and(vi_right8(bytes), mask));
    }
    for (; p < k; p += 4) {
        even[p / 4] = a[p] | a[p + 2] << 16;
        odd[p / 4] = a[p + 1] | a[p + 3] << 16;
    }
}

/* A tile of rows by a half of the panel, added to sums where they go on. */
ALWAYS_INLINE void tile_wide(const struct wide *wide, int32_t *sums, int half,
                             size_t k, bool goes_on, const int rows)
{
    const size_t steps = k / 2;
    const int32_t *w = wide->weights + (size_t)half * steps * 16 * VECTORS_S8;
    vi sum[ROWS_S8][VECTORS_S8];

    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS_S8; j++) sum[i][j] =
            goes_on ? vi_load(sums + 16 * (i * VECTORS_S8 + j)) : vi_set(0);
    for (size_t p = 0; p < steps; p++) {
        vi weights[VECTORS_S8];
        UNROLL for (int j = 0; j < VECTORS_S8; j++) weights[j] =
            vi_load(w + 16 * j);
        w += 16 * VECTORS_S8;
        UNROLL for (int i = 0; i < rows; i++)
        {
            vi x = vi_set(wide->rows[i][p]);
            UNROLL for (int j = 0; j < VECTORS_S8; j++) sum[i][j] =
                s16_dot(sum[i][j], x, weights[j]);
        }
    }
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS_S8; j++)
            vi_store(sums + 16 * (i * VECTORS_S8 + j), sum[i][j]);
}

#define TILE_WIDE(n)                                                           \
    static void tile_wide_##n(const struct wide *wide, int32_t *sums,          \
                              int half, size_t k, bool goes_on)                \
    {                                                                          \
        tile_wide(wide, sums, half, k, goes_on, n);                            \
    }

TILE_WIDE(1)
TILE_WIDE(2)
TILE_WIDE(3)
TILE_WIDE(4)
TILE_WIDE(5)
TILE_WIDE(6)
#if ROWS_S8 > 6
TILE_WIDE(7)
TILE_WIDE(8)
TILE_WIDE(9)
TILE_WIDE(10)
TILE_WIDE(11)
TILE_WIDE(12)
#endif

static void (*const tiles_wide[])(const struct wide *, int32_t *, int, size_t,
                                  bool) = {
    tile_wide_1,  tile_wide_2,  tile_wide_3,
    tile_wide_4,  tile_wide_5,  tile_wide_6,
#if ROWS_S8 > 6
    tile_wide_7,  tile_wide_8,  tile_wide_9,
    tile_wide_10, tile_wide_11, tile_wide_12,
#endif
};

/* The sums of one panel for up to ROWS_WIDE rows. */
static void multiply_wide(struct wide *wide, const struct gemm_s8 *g)
{
    const size_t n = (g->m + ROWS_S8 - 1) / ROWS_S8;

    for (size_t p = 0; p < g->k; p += STEP_WIDE) {
        size_t k = g->k - p < STEP_WIDE ? g->k - p : STEP_WIDE;
        widen_panel(wide, g->b + p * PANEL, k);
        for (size_t t = 0, row = 0; t < n; t++) {
            size_t next = g->m * (t + 1) / n, rows = next - row;
            for (size_t i = 0; i < rows; i++)
                widen_row(wide->rows[i], g->a + (row + i) * g->lda + p, k);
            for (int half = 0; half < HALVES_WIDE; half++)
                tiles_wide[rows - 1](wide,
                                     wide->sums[half] + row * VECTORS_S8 * 16,
                                     half, k, p > 0);
            row = next;
        }
    }
}

static void gemm_s8_wide(const struct gemm_s8 *job)
{
    struct wide wide;

    for (size_t row = 0; row < job->m; row += ROWS_WIDE)
        for (size_t column = 0; column < job->n; column += PANEL) {
            struct gemm_s8 part = columns_from(job, column);
            size_t left = job->m - row;
            part.a += row * job->lda;
            part.quant += row;
            part.y += row * job->ldy;
            part.m = left < ROWS_WIDE ? left : ROWS_WIDE;
            multiply_wide(&wide, &part);
            for (int half = 0; half < HALVES_WIDE; half++) {
                struct gemm_s8 done =
                    columns_from(&part, 16 * VECTORS_S8 * (size_t)half);
                store_tile_s8(&done, wide.sums[half], part.m);
            }
        }
}

#endif

#endif
