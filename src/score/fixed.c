/* SPDX-License-Identifier: MIT */
#include "score/fixed.h"

uint32_t fixed_log2(uint32_t n)
{
    uint32_t whole = 0;
    uint64_t x = n;
    while (x >= 2) {
        x >>= 1;
        whole++;
    }
    /* x in [1, 2) with 31 fractional bits; squaring yields one bit of the
     * logarithm at a time. */
    x = ((uint64_t)n << 31) >> whole;
    uint32_t bits = 0;
    for (int i = 0; i < 16; i++) {
        x = (x * x) >> 31;
        bits <<= 1;
        if (x >= (uint64_t)1 << 32) {
            bits |= 1;
            x >>= 1;
        }
    }
    return whole << 16 | bits;
}

uint32_t fixed_log_share(uint32_t n, uint32_t full)
{
    if (n >= (uint64_t)full * 1000)
        return 1000;
    return fixed_scale(fixed_log2(n + 1000) - fixed_log2(1000), 1000,
                       fixed_log2(full + 1));
}

void fixed_split(uint32_t *share, const uint32_t *weight, size_t n,
                 uint32_t total)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weight[i];
    uint32_t left = sum ? total : 0;
    for (size_t i = 0; i < n; i++) {
        share[i] = sum ? (uint32_t)((uint64_t)weight[i] * total / sum) : 0;
        left -= share[i];
    }
    /* Fewer than n units are left; each goes to the largest remainder that
     * has not had one. A weight of 0 has remainder 0 and is never reached. */
    uint64_t limit = UINT64_MAX; /* remainders below it are still to come */
    size_t after = 0;            /* index behind the last equal one */
    while (left > 0) {
        uint64_t best = 0;
        size_t at = n;
        for (size_t i = 0; i < n; i++) {
            uint64_t rest = (uint64_t)weight[i] * total % sum;
            bool open = rest < limit || (rest == limit && i >= after);
            if (open && rest > best) {
                best = rest;
                at = i;
            }
        }
        if (at == n)
            return; /* not reached: the remainders add up to left * sum */
        share[at]++;
        left--;
        limit = best;
        after = at + 1;
    }
}
