/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_BF16_H
#define RSC_KERNEL_BF16_H

/*
 * The product of bfloat16 with f32 sums. A pair of k goes together, and of it
 * the second is added first, each with one rounding: that is what the dot
 * product of pairs does where a processor has one (LANES_BF16). Elsewhere it
 * is two multiply-adds of f32 in the same order, on activations that were
 * rounded to bf16 and kept as f32.
 */

#include "tensor/kernel_gemm.h"

#if defined(LANES_BF16)
typedef uint16_t bf16_input;

/* Adds a pair of every row, from a, times a pair of the weights, from b. */
ALWAYS_INLINE void add_pair(vf sum[ROWS][VECTORS], const uint16_t *a,
                            size_t lda, const uint16_t *b, const int rows)
{
    __m512bh w[VECTORS];

    UNROLL for (int j = 0; j < VECTORS; j++) w[j] =
        (__m512bh)_mm512_loadu_si512(b + 32 * j);
    UNROLL for (int i = 0; i < rows; i++)
    {
        int32_t pair;
        __builtin_memcpy(&pair, a + (size_t)i * lda, sizeof(pair));
        __m512bh x = (__m512bh)_mm512_set1_epi32(pair);
        UNROLL for (int j = 0; j < VECTORS; j++) sum[i][j] =
            _mm512_dpbf16_ps(sum[i][j], x, w[j]);
    }
}

static void narrow(const float *x, size_t n, void *out)
{
    uint16_t *to = out;

    for (size_t i = 0; i < n; i += 16)
        _mm256_storeu_si256((__m256i *)(void *)(to + i),
                            (__m256i)_mm512_cvtneps_pbh(vf_load(x + i)));
}

#else
typedef float bf16_input;

ALWAYS_INLINE void add_single(vf sum[ROWS][VECTORS], const float *a, size_t lda,
                              const vf *w, const int rows)
{
    UNROLL for (int i = 0; i < rows; i++)
    {
        vf x = vf_set(a[(size_t)i * lda]);
        UNROLL for (int j = 0; j < VECTORS; j++) sum[i][j] =
            vf_fma(x, w[j], sum[i][j]);
    }
}

ALWAYS_INLINE vi load_pairs(const uint16_t *p)
{
    return vi_load((const int32_t *)(const void *)p);
}

ALWAYS_INLINE void add_pair(vf sum[ROWS][VECTORS], const float *a, size_t lda,
                            const uint16_t *b, const int rows)
{
    vf w[VECTORS];

    UNROLL for (int j = 0; j < VECTORS; j++) w[j] =
        vf_bits(vi_and(load_pairs(b + 32 * j), vi_set(-65536)));
    add_single(sum, a + 1, lda, w, rows);
    UNROLL for (int j = 0; j < VECTORS; j++) w[j] =
        vf_bits(vi_left16(load_pairs(b + 32 * j)));
    add_single(sum, a, lda, w, rows);
}

/* To the nearest bf16, ties to even. */
static void narrow(const float *x, size_t n, void *out)
{
    float *to = out;

    for (size_t i = 0; i < n; i += 16) {
        vi bits = vi_bits(vf_load(x + i));
        vi odd = vi_and(vi_right16(bits), vi_set(1));
        bits = vi_add(bits, vi_add(odd, vi_set(0x7fff)));
        vf_store(to + i, vf_bits(vi_and(bits, vi_set(-65536))));
    }
}

#endif

ALWAYS_INLINE void tile_bf16(const struct gemm_bf16 *g, bool first,
                             const int rows)
{
    vf sum[ROWS][VECTORS];
    float sums[ROWS * VECTORS * 16] ALIGNED;
    const bf16_input *a = g->a;
    const uint16_t *b = g->b;
    const struct gemm out = {
        .y = g->y, .ldy = g->n, .bias = g->bias, .gelu = g->gelu};

    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS; j++) sum[i][j] = vf_set(0);
    for (size_t p = 0; p < g->k; p += 2, b += 2 * (size_t)PANEL) {
        if (first)
            UNROLL for (int j = 0; j < VECTORS; j++)
                __builtin_prefetch(b + (size_t)AHEAD * 2 * PANEL + 32 * j);
        add_pair(sum, a + p, g->k, b, rows);
    }
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS; j++)
            vf_store(sums + 16 * (i * VECTORS + j), sum[i][j]);
    store_tile(&out, sums, (size_t)rows);
}

#define TILE_BF16(n)                                                           \
    static void tile_bf16_##n(const struct gemm_bf16 *g, bool first)           \
    {                                                                          \
        tile_bf16(g, first, n);                                                \
    }

TILE_BF16(1)
TILE_BF16(2)
TILE_BF16(3)
TILE_BF16(4)
#if ROWS > 4
TILE_BF16(5)
TILE_BF16(6)
#endif
#if ROWS > 6
TILE_BF16(7)
TILE_BF16(8)
TILE_BF16(9)
TILE_BF16(10)
TILE_BF16(11)
TILE_BF16(12)
#endif

static void (*const tiles_bf16[])(const struct gemm_bf16 *, bool) = {
    tile_bf16_1,  tile_bf16_2,  tile_bf16_3, tile_bf16_4,
#if ROWS > 4
    tile_bf16_5,  tile_bf16_6,
#endif
#if ROWS > 6
    tile_bf16_7,  tile_bf16_8,  tile_bf16_9, tile_bf16_10,
    tile_bf16_11, tile_bf16_12,
#endif
};

static void gemm_bf16(const struct gemm_bf16 *job)
{
    if (!job->m)
        return;
    size_t n = (job->m + ROWS - 1) / ROWS;
    for (size_t column = 0; column < job->n; column += 16 * VECTORS) {
        struct gemm_bf16 part = *job;
        part.b += column / PANEL * PANEL * job->k + 2 * (column % PANEL);
        part.bias += column;
        for (size_t t = 0, row = 0; t < n; t++) {
            size_t next = job->m * (t + 1) / n;
            part.a = (const bf16_input *)job->a + row * job->k;
            part.y = job->y + row * job->n + column;
            tiles_bf16[next - row - 1](&part, t == 0);
            row = next;
        }
    }
}

#if !defined(GEMM_BF16)
#define GEMM_BF16 gemm_bf16
#endif

#endif
