/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_ATTENTION_H
#define RSC_KERNEL_ATTENTION_H

/*
 * Attention of one head over one sequence, in f32. Both products are the
 * ordinary gemm: scores = Q K^T with one lane per key and the head's values
 * in order, out = P V with one lane per value and the keys in order. So a
 * vector does not depend on what else is in the batch.
 *
 *     keys   [size][padded]  K transposed, for the first product
 *     values [len][size]     V copied together, for the second
 *     scores [ATTEND_ROWS][padded]  a block of rows, softmax in place
 */

#include "tensor/kernel_gemm.h"

/* exp(x - greatest), not yet divided by the sum, which is returned. Lanes
 * past len count nothing. */
ALWAYS_INLINE float softmax_row(float *x, size_t len)
{
    const size_t whole = len / 16 * 16, rest = len - whole;
    vf greatest = vf_set(-3e38F), sum = vf_set(0);
    float tail[16];

    for (size_t i = 0; i < whole; i += 16)
        greatest = vf_max(greatest, vf_load(x + i));
    if (rest) {
        for (size_t i = 0; i < 16; i++)
            tail[i] = i < rest ? x[whole + i] : -3e38F;
        greatest = vf_max(greatest, vf_load(tail));
    }
    vf top = vf_set(vf_greatest(greatest));
    for (size_t i = 0; i < whole; i += 16) {
        vf e = vf_exp(vf_sub(vf_load(x + i), top));
        vf_store(x + i, e);
        sum = vf_add(sum, e);
    }
    if (rest) {
        vf_store(tail, vf_exp(vf_sub(vf_load(tail), top)));
        for (size_t i = rest; i < 16; i++)
            tail[i] = 0;
        sum = vf_add(sum, vf_load(tail));
        memcpy(x + whole, tail, rest * sizeof(float));
    }
    return vf_sum(sum);
}

ALWAYS_INLINE void gather_head(const struct attention *job, size_t padded)
{
    const size_t size = job->size;

    for (size_t i = 0; i < job->len; i++) {
        const float *k = job->k + i * job->ld;
        for (size_t d = 0; d < size; d++)
            job->keys[d * padded + i] = k[d];
        memcpy(job->values + i * size, job->v + i * job->ld,
               size * sizeof(float));
    }
    for (size_t d = 0; d < size; d++)
        for (size_t i = job->len; i < padded; i++)
            job->keys[d * padded + i] = 0;
}

static void attend(const struct attention *job)
{
    const size_t size = job->size, padded = attention_padded(job->len);

    gather_head(job, padded);
    for (size_t row = 0; row < job->len; row += ATTEND_ROWS) {
        size_t left = job->len - row;
        size_t rows = left < ATTEND_ROWS ? left : ATTEND_ROWS;
        struct gemm qk = {.a = job->q + row * job->ld,
                          .lda = job->ld,
                          .ldb = padded,
                          .m = rows,
                          .k = size,
                          .ldy = padded};
        for (size_t column = 0; column < padded; column += PANEL) {
            qk.b = job->keys + column;
            qk.y = job->scores + column;
            gemm_panel(&qk);
        }
        float scale[ATTEND_ROWS];
        for (size_t i = 0; i < rows; i++)
            scale[i] = 1.0F / softmax_row(job->scores + i * padded, job->len);
        struct gemm pv = {.a = job->scores,
                          .lda = padded,
                          .ldb = size,
                          .m = rows,
                          .k = job->len,
                          .ldy = job->ld_out,
                          .row_scale = scale};
        for (size_t column = 0; column < size; column += PANEL) {
            pv.b = job->values + column;
            pv.y = job->out + row * job->ld_out + column;
            gemm_panel(&pv);
        }
    }
}

#endif
