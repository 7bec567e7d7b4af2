/* SPDX-License-Identifier: MIT */
#ifndef RSC_MAXOUT_H
#define RSC_MAXOUT_H

/*
 * What the layers of the entity pipeline need besides a product of matrices.
 * A maxout layer has some outputs ("pieces") per unit and keeps the largest:
 *
 *     linear_run      y[row] = [piece 0 of all units | piece 1 | ...]
 *     maxout_norm     the largest of each unit, normed, scaled, shifted,
 *                     added to what went in
 *
 * Units are counted in blocks of 16 everywhere here. As all kernels, these
 * give the same bytes under every instruction set.
 */

#include <stddef.h>

/* out[i] = (skip[i] or 0) + norm(max over pieces of y[i]) * gain + shift,
 * where norm takes the mean away and divides by the deviation. */
struct maxout_norm {
    const float *y; /* [m][pieces][n] */
    size_t m, n, pieces;
    const float *gain, *shift; /* [n] */
    const float *skip;         /* [m][n], or NULL */
    float *out;                /* [m][n] */
};

/* out = max over pieces of the sum of the rows, added in their order. */
struct row_sum {
    const float *const *rows; /* n_rows of [pieces][n] */
    size_t n_rows, n, pieces;
    float *out; /* [n] */
};

/* y = x W^T + bias for one x; W in panels as linear_pack makes them, so that
 * the result is that of linear_run. */
struct gemv {
    const float *x; /* [k] */
    const float *panels;
    size_t k, n_panels;
    const float *bias; /* [n_panels * PANEL] */
    float *y;          /* [n_panels * PANEL] */
};

#endif
