/* SPDX-License-Identifier: MIT */
#ifndef RSC_FIXED_H
#define RSC_FIXED_H

/* Integer arithmetic of the score: rounding and logarithms that are the same
 * on every machine. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* a * b / c, rounded half up; c > 0. */
static inline uint32_t fixed_scale(uint64_t a, uint64_t b, uint64_t c)
{
    return (uint32_t)((a * b + c / 2) / c);
}

static inline uint32_t fixed_min(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static inline uint32_t fixed_max(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* The logarithm to base 2 of n >= 1, in 1/65536. */
uint32_t fixed_log2(uint32_t n);
/* log(1 + n) / log(1 + full) in thousandths, at most 1000; n is given in
 * thousandths too, full >= 1 as it is. */
uint32_t fixed_log_share(uint32_t n, uint32_t full);
/* Splits total in proportion to weight[0..n) by largest remainder: the shares
 * add up to total exactly; on equal remainders the first wins. All shares are
 * 0 when all weights are. */
void fixed_split(uint32_t *share, const uint32_t *weight, size_t n,
                 uint32_t total);

#endif
