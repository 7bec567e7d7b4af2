/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_I8MM_H
#define RSC_KERNEL_I8MM_H

/*
 * The sums of a tile by products of 2x8 by 8x2 bytes. Two rows go together,
 * and two quads of k: weights [k / 4][16][4] are interleaved by 32 bits, so
 * that each register holds eight values of k for two columns.
 */

#if defined(__aarch64__)

#include "tensor/kernels.h"
#include "tensor/lanes_neon.h"

#define DOT_BLOCK
/* Activations stay unsigned here. */
#define DOT_OFFSET 0

/* Four or eight bytes of a row; the missing ones are zero. */
ALWAYS_INLINE uint8x8_t row_bytes(const uint8_t *p, size_t n)
{
    uint32_t four[2] = {0, 0};

    if (n == 8)
        return vld1_u8(p);
    __builtin_memcpy(four, p, 4);
    return vreinterpret_u8_u32(vld1_u32(four));
}

/* Two rows by 16 columns, added to sum. */
ALWAYS_INLINE void dot_pair(int32x4_t *sum, uint8x16_t a, const int32x4_t *w0,
                            const int32x4_t *w1)
{
    UNROLL for (int i = 0; i < 4; i++)
    {
        int8x16_t lo = vreinterpretq_s8_s32(vzip1q_s32(w0[i], w1[i]));
        int8x16_t hi = vreinterpretq_s8_s32(vzip2q_s32(w0[i], w1[i]));
        sum[2 * i] = vusmmlaq_s32(sum[2 * i], a, lo);
        sum[2 * i + 1] = vusmmlaq_s32(sum[2 * i + 1], a, hi);
    }
}

ALWAYS_INLINE void load_quad(int32x4_t *w, const int8_t *p, bool present)
{
    UNROLL for (int i = 0; i < 4; i++) w[i] =
        present ? vreinterpretq_s32_s8(vld1q_s8(p + 16 * i)) : vdupq_n_s32(0);
}

ALWAYS_INLINE void store_pair(int32_t *sums, const int32x4_t *sum, bool both)
{
    UNROLL for (int i = 0; i < 4; i++)
    {
        int32x4_t lo = sum[2 * i], hi = sum[2 * i + 1];
        vst1q_s32(sums + 4 * i,
                  vcombine_s32(vget_low_s32(lo), vget_low_s32(hi)));
        if (both)
            vst1q_s32(sums + 16 + 4 * i,
                      vcombine_s32(vget_high_s32(lo), vget_high_s32(hi)));
    }
}

ALWAYS_INLINE void dot_block(int32_t *sums, const struct gemm_s8 *g, bool first,
                             const int rows)
{
    const int pairs = (rows + 1) / 2;
    int32x4_t sum[2][8];

    UNROLL for (int i = 0; i < pairs; i++) UNROLL for (int j = 0; j < 8; j++)
        sum[i][j] = vdupq_n_s32(0);
    for (size_t p = 0; p < g->k; p += 8) {
        const size_t n = g->k - p < 8 ? 4 : 8;
        const int8_t *b = g->b + p * PANEL;
        int32x4_t w0[4], w1[4];
        load_quad(w0, b, true);
        load_quad(w1, b + (n == 8 ? 4 * PANEL : 0), n == 8);
        if (first)
            UNROLL for (int i = 0; i < 2; i++)
                __builtin_prefetch(b + (AHEAD + i) * 4 * PANEL);
        UNROLL for (int i = 0; i < pairs; i++)
        {
            /* An odd last row is its own partner. */
            const size_t upper = 2 * (size_t)i;
            const size_t lower = 2 * i + 1 < rows ? upper + 1 : upper;
            uint8x8_t a0 = row_bytes(g->a + upper * g->lda + p, n);
            uint8x8_t a1 = row_bytes(g->a + lower * g->lda + p, n);
            dot_pair(sum[i], vcombine_u8(a0, a1), w0, w1);
        }
    }
    UNROLL for (int i = 0; i < pairs; i++)
    {
        store_pair(sums + 32 * i, sum[i], 2 * i + 1 < rows);
    }
}

#endif

#endif
