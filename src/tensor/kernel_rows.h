/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_ROWS_H
#define RSC_KERNEL_ROWS_H

/*
 * What happens to single rows: embedding, layer norm, pooling. Row lengths
 * are multiples of 16 here.
 */

#include "tensor/kernel_math.h"
#include "tensor/kernels.h"

/* (x - mean) / deviation * gamma + beta, in place. */
ALWAYS_INLINE void norm_row(float *x, const struct norm *job)
{
    const size_t n = job->n;
    vf sum = vf_set(0), square = vf_set(0);

    for (size_t i = 0; i < n; i += 16)
        sum = vf_add(sum, vf_load(x + i));
    vf mean = vf_set(vf_sum(sum) / (float)n);
    for (size_t i = 0; i < n; i += 16) {
        vf d = vf_sub(vf_load(x + i), mean);
        vf_store(x + i, d);
        square = vf_fma(d, d, square);
    }
    float variance = vf_sum(square) / (float)n;
    vf scale = vf_set(1.0F / sqrtf(variance + job->eps));
    for (size_t i = 0; i < n; i += 16) {
        vf d = vf_mul(vf_load(x + i), scale);
        vf_store(x + i,
                 vf_fma(d, vf_load(job->gamma + i), vf_load(job->beta + i)));
    }
}

static void add_norm(const struct norm *job)
{
    for (size_t row = 0; row < job->rows; row++) {
        float *x = job->x + row * job->n;
        const float *add = job->add + row * job->n;
        for (size_t i = 0; i < job->n; i += 16)
            vf_store(x + i, vf_add(vf_load(x + i), vf_load(add + i)));
        norm_row(x, job);
    }
}

/* Word row, a float or a scaled byte per value, plus position row. */
static void embed_row(const struct embed_row *job)
{
    for (size_t i = 0; i < job->norm.n; i += 16) {
        vf position = vf_load(job->position + i);
        vf word = job->word ? vf_load(job->word + i)
                            : vi_to_vf(vi_load_s8(job->word_s8 + i));
        vf_store(job->norm.x + i,
                 vf_fma(word, vf_set(job->word_scale), position));
    }
    norm_row(job->norm.x, &job->norm);
}

/* The mean of the rows, or the first one; of unit length if asked for. */
static void pool_rows(const struct pooling *job)
{
    const size_t n = job->n, rows = job->first_only ? 1 : job->rows;
    vf square = vf_set(0);

    for (size_t i = 0; i < n; i += 16) {
        vf sum = vf_set(0);
        for (size_t row = 0; row < rows; row++)
            sum = vf_add(sum, vf_load(job->x + row * n + i));
        sum = vf_mul(sum, vf_set(1.0F / (float)rows));
        vf_store(job->out + i, sum);
        square = vf_fma(sum, sum, square);
    }
    float length = sqrtf(vf_sum(square));
    if (!job->normalize || !(length > 1e-12F))
        return;
    vf scale = vf_set(1.0F / length);
    for (size_t i = 0; i < n; i += 16)
        vf_store(job->out + i, vf_mul(vf_load(job->out + i), scale));
}

#endif
