/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_MAXOUT_H
#define RSC_KERNEL_MAXOUT_H

/* The kernels of maxout.h over lanes; behind one of the lanes_*.h. */

#include <math.h>

#include "tensor/kernel_math.h"
#include "tensor/kernels.h"
#include "tensor/maxout.h"

/* As thinc has it: added to the variance. */
#define NORM_EPSILON 1e-8F

static void maxout_norm_row(const struct maxout_norm *job, const float *y,
                            const float *skip, float *out)
{
    const size_t n = job->n;
    vf sum = vf_set(0), squares = vf_set(0);

    for (size_t i = 0; i < n; i += 16) {
        vf v = vf_load(y + i);
        for (size_t p = 1; p < job->pieces; p++)
            v = vf_max(vf_load(y + p * n + i), v);
        vf_store(out + i, v);
        sum = vf_add(sum, v);
    }
    vf mean = vf_set(vf_sum(sum) / (float)n);
    for (size_t i = 0; i < n; i += 16) {
        vf d = vf_sub(vf_load(out + i), mean);
        squares = vf_fma(d, d, squares);
    }
    float variance = vf_sum(squares) / (float)n + NORM_EPSILON;
    vf scale = vf_set(1.0F / sqrtf(variance));
    for (size_t i = 0; i < n; i += 16) {
        vf v = vf_mul(vf_sub(vf_load(out + i), mean), scale);
        v = vf_add(vf_mul(v, vf_load(job->gain + i)), vf_load(job->shift + i));
        if (skip)
            v = vf_add(vf_load(skip + i), v);
        vf_store(out + i, v);
    }
}

static void maxout_norm(const struct maxout_norm *job)
{
    for (size_t row = 0; row < job->m; row++)
        maxout_norm_row(job, job->y + row * job->pieces * job->n,
                        job->skip ? job->skip + row * job->n : NULL,
                        job->out + row * job->n);
}

static void row_sum(const struct row_sum *job)
{
    for (size_t i = 0; i < job->n; i += 16) {
        vf best = vf_set(0);
        for (size_t p = 0; p < job->pieces; p++) {
            size_t at = p * job->n + i;
            vf sum = vf_load(job->rows[0] + at);
            for (size_t r = 1; r < job->n_rows; r++)
                sum = vf_add(sum, vf_load(job->rows[r] + at));
            best = p ? vf_max(sum, best) : sum;
        }
        vf_store(job->out + i, best);
    }
}

/* Panels side by side, since one alone waits for its own additions. */
ALWAYS_INLINE void gemv_panels(const struct gemv *job, size_t first,
                               const int panels)
{
    const float *b = job->panels + first * job->k * PANEL;
    vf acc[4][2];

    UNROLL for (int j = 0; j < panels; j++) UNROLL for (int h = 0; h < 2; h++)
        acc[j][h] = vf_set(0);
    for (size_t p = 0; p < job->k; p++) {
        vf x = vf_set(job->x[p]);
        UNROLL for (int j = 0; j < panels; j++)
            UNROLL for (int h = 0; h < 2; h++)
        {
            const float *w = b + ((size_t)j * job->k + p) * PANEL + 16 * h;
            acc[j][h] = vf_fma(x, vf_load(w), acc[j][h]);
        }
    }
    UNROLL for (int j = 0; j < panels; j++) UNROLL for (int h = 0; h < 2; h++)
    {
        size_t at = (first + (size_t)j) * PANEL + 16 * (size_t)h;
        vf_store(job->y + at, vf_add(acc[j][h], vf_load(job->bias + at)));
    }
}

static void gemv(const struct gemv *job)
{
    size_t first = 0;

    for (; first + 4 <= job->n_panels; first += 4)
        gemv_panels(job, first, 4);
    for (; first + 2 <= job->n_panels; first += 2)
        gemv_panels(job, first, 2);
    if (first < job->n_panels)
        gemv_panels(job, first, 1);
}

#endif
