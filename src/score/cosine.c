/* SPDX-License-Identifier: MIT */
#include "score/cosine.h"

/* Partial sums that do not wait for each other. */
#define LANES 8

uint16_t cosine_of(const float *a, const float *b, size_t dim)
{
    float lane[LANES] = {0};
    size_t i = 0;
    for (; i + LANES <= dim; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            lane[k] += a[i + k] * b[i + k];
    for (size_t k = 0; i < dim; i++, k++)
        lane[k] += a[i] * b[i];
    float sum = ((lane[0] + lane[4]) + (lane[2] + lane[6])) +
                ((lane[1] + lane[5]) + (lane[3] + lane[7]));
    /* Also false for NaN, which a damaged vector could hold. */
    if (!(sum > 0.0f))
        return 0;
    return sum >= 1.0f ? 1000 : (uint16_t)(sum * 1000.0f + 0.5f);
}
