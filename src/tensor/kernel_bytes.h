/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_BYTES_H
#define RSC_KERNEL_BYTES_H

/*
 * What stands before and behind the product of bytes: the quantiser, and the
 * float work on the exact sums. Written once, over lanes.
 */

#include "tensor/kernel_rows.h"

#ifndef ROWS_S8
#include "tensor/lanes_scalar.h"
#endif

/* Rows that go side by side through what comes behind the sums. */
#define ROWS_DONE (MANY / VECTORS_S8)

/* f = (sum - zero * column sum) * row scale * column scale + bias, for a few
 * rows from `row` on. */
ALWAYS_INLINE void store_rows_s8(const struct gemm_s8 *g, const int32_t *sums,
                                 size_t row, const int rows, const vi *sum,
                                 const vf *scale, const vf *bias)
{
    vf v[ROWS_DONE * VECTORS_S8];

    UNROLL for (int i = 0; i < rows; i++)
    {
        const struct row_quant quant = g->quant[row + (size_t)i];
        const vi zero = vi_set(quant.zero - DOT_OFFSET);
        UNROLL for (int j = 0; j < VECTORS_S8; j++)
        {
            size_t at = 16 * ((row + (size_t)i) * VECTORS_S8 + (size_t)j);
            vi exact = vi_sub(vi_load(sums + at), vi_mul(zero, sum[j]));
            v[i * VECTORS_S8 + j] =
                vf_fma(vi_to_vf(exact), vf_mul(vf_set(quant.scale), scale[j]),
                       bias[j]);
        }
    }
    if (g->gelu)
        vf_gelu_bytes(v, rows * VECTORS_S8);
    UNROLL for (int i = 0; i < rows; i++)
        UNROLL for (int j = 0; j < VECTORS_S8; j++) vf_store(
            g->y + (row + (size_t)i) * g->ldy + 16 * j, v[i * VECTORS_S8 + j]);
}

/* What comes behind the sums of a tile, sums [rows][VECTORS_S8 * 16]. */
static void store_tile_s8(const struct gemm_s8 *g, const int32_t *sums,
                          size_t rows)
{
    const struct gemm_s8 job = *g;
    vi sum[VECTORS_S8];
    vf scale[VECTORS_S8], bias[VECTORS_S8];
    size_t i = 0;

    UNROLL for (int j = 0; j < VECTORS_S8; j++)
    {
        sum[j] = vi_load(job.column_sum + 16 * j);
        scale[j] = vf_load(job.column_scale + 16 * j);
        bias[j] = job.bias ? vf_load(job.bias + 16 * j) : vf_set(0);
    }
    for (; i + ROWS_DONE <= rows; i += ROWS_DONE)
        store_rows_s8(&job, sums, i, ROWS_DONE, sum, scale, bias);
    for (; i < rows; i++)
        store_rows_s8(&job, sums, i, 1, sum, scale, bias);
}

/* The part of a job that begins at a column; b still points to its panel. */
ALWAYS_INLINE struct gemm_s8 columns_from(const struct gemm_s8 *job,
                                          size_t column)
{
    struct gemm_s8 part = *job;

    part.b += column / PANEL * PANEL * job->k;
    part.bias = job->bias ? job->bias + column : NULL;
    part.column_scale += column;
    part.column_sum += column;
    part.y += column;
    return part;
}

/* u8 with a zero point; the range always includes 0, so that 0 is exact. */
ALWAYS_INLINE struct row_quant quantize_row(uint8_t *a, const float *x,
                                            size_t n, const float *smooth)
{
    vf least = vf_set(0), greatest = vf_set(0);

    for (size_t i = 0; i < n; i += 16) {
        vf v = vf_load(x + i);
        if (smooth)
            v = vf_mul(v, vf_load(smooth + i));
        least = vf_min(v, least);
        greatest = vf_max(v, greatest);
    }
    float low = vf_least(least), range = vf_greatest(greatest) - low;
    /* A row of zeros, and what is no number, gets any scale but 0. */
    if (!(range > 1e-30F && range < 1e30F))
        range = 1.0F;
    float inverse = 255.0F / range;
    /* Clamped as a float, so that the conversion is always defined. */
    float zero = -low * inverse;
    zero = zero > 0.0F ? zero : 0.0F;
    zero = zero < 255.0F ? zero : 255.0F;
    zero = (zero + 12582912.0F) - 12582912.0F; /* to the nearest integer */
    for (size_t i = 0; i < n; i += 16) {
        vf v = vf_load(x + i);
        if (smooth)
            v = vf_mul(v, vf_load(smooth + i));
        v = vf_fma(v, vf_set(inverse), vf_set(zero));
        v = vf_min(vf_max(v, vf_set(0)), vf_set(255.0F));
        vi_store_u8(a + i, vf_round(v));
    }
    return (struct row_quant){range / 255.0F, (int32_t)zero};
}

static void quantize_rows(const struct quantize *job)
{
    for (size_t row = 0; row < job->rows; row++)
        job->quant[row] = quantize_row(
            job->a + row * job->n, job->x + row * job->n, job->n, job->smooth);
}

#endif
