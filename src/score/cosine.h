/* SPDX-License-Identifier: MIT */
#ifndef RSC_COSINE_H
#define RSC_COSINE_H

/* Products of unit vectors, as integers, so that a threshold decides the same
 * on every machine. */

#include <stddef.h>
#include <stdint.h>

/* The cosine of two unit vectors in thousandths, 0 to 1000; negative ones are
 * 0. The order of the additions is fixed. */
uint16_t cosine_of(const float *a, const float *b, size_t dim);

#endif
