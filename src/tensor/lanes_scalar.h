/* SPDX-License-Identifier: MIT */
#ifndef RSC_LANES_SCALAR_H
#define RSC_LANES_SCALAR_H

/*
 * Sixteen lanes in plain C: the reference that the other lanes_*.h equal bit
 * by bit. Every header of this family defines the same names:
 *
 *     vf, vi           16 floats, 16 signed 32-bit integers
 *     vf_fma(a, b, c)  a * b + c, rounded once
 *     vf_min, vf_max   a < b ? a : b and a > b ? a : b, in that order
 *     vf_sum           one fixed tree: lane i with i + 8, then 4, 2, 1
 *     vf_round         to the nearest integer, ties to even; |a| < 2^22
 *     ROWS, VECTORS    the register tile of a matrix product; ROWS_S8 and
 *                      VECTORS_S8 that of bytes
 *     MANY             registers that go side by side through long chains
 *     vi_bits, vf_bits the same bits as integers, as floats
 *     dot_*            the product of bytes: u8 activations, four at a time in
 *                      every lane, by s8 weights [16][4], exact
 *     DOT_OFFSET       what dot_row has taken off each activation
 *
 * An instruction set that has none of an operation composes it.
 */

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "tensor/target.h"

#define ROWS       4
#define VECTORS    1
#define ROWS_S8    4
#define VECTORS_S8 1
#define MANY       2

typedef struct {
    float lane[16];
} vf;

typedef struct {
    int32_t lane[16];
} vi;

#define EACH_LANE for (int l = 0; l < 16; l++)

ALWAYS_INLINE vf vf_set(float a)
{
    vf r;
    EACH_LANE r.lane[l] = a;
    return r;
}

ALWAYS_INLINE vf vf_load(const float *p)
{
    vf r;
    memcpy(r.lane, p, sizeof(r.lane));
    return r;
}

ALWAYS_INLINE void vf_store(float *p, vf a)
{
    memcpy(p, a.lane, sizeof(a.lane));
}

ALWAYS_INLINE vf vf_add(vf a, vf b)
{
    EACH_LANE a.lane[l] += b.lane[l];
    return a;
}

ALWAYS_INLINE vf vf_sub(vf a, vf b)
{
    EACH_LANE a.lane[l] -= b.lane[l];
    return a;
}

ALWAYS_INLINE vf vf_mul(vf a, vf b)
{
    EACH_LANE a.lane[l] *= b.lane[l];
    return a;
}

ALWAYS_INLINE vf vf_fma(vf a, vf b, vf c)
{
    EACH_LANE c.lane[l] = fmaf(a.lane[l], b.lane[l], c.lane[l]);
    return c;
}

ALWAYS_INLINE vf vf_min(vf a, vf b)
{
    EACH_LANE b.lane[l] = a.lane[l] < b.lane[l] ? a.lane[l] : b.lane[l];
    return b;
}

ALWAYS_INLINE vf vf_max(vf a, vf b)
{
    EACH_LANE b.lane[l] = a.lane[l] > b.lane[l] ? a.lane[l] : b.lane[l];
    return b;
}

ALWAYS_INLINE vi vf_round(vf a)
{
    vi r;
    /* Adding 1.5 * 2^23 leaves no bits behind the point. */
    EACH_LANE r.lane[l] = (int32_t)((a.lane[l] + 12582912.0F) - 12582912.0F);
    return r;
}

ALWAYS_INLINE vf vi_to_vf(vi a)
{
    vf r;
    EACH_LANE r.lane[l] = (float)a.lane[l];
    return r;
}

ALWAYS_INLINE vi vi_set(int32_t a)
{
    vi r;
    EACH_LANE r.lane[l] = a;
    return r;
}

ALWAYS_INLINE vi vi_load(const int32_t *p)
{
    vi r;
    memcpy(r.lane, p, sizeof(r.lane));
    return r;
}

ALWAYS_INLINE void vi_store(int32_t *p, vi a)
{
    memcpy(p, a.lane, sizeof(a.lane));
}

/* Wraps around, as the vector instructions do. */
ALWAYS_INLINE vi vi_add(vi a, vi b)
{
    EACH_LANE a.lane[l] = (int32_t)((uint32_t)a.lane[l] + (uint32_t)b.lane[l]);
    return a;
}

/* a * 2^n for normal results. */
ALWAYS_INLINE vf vf_scale2(vf a, vi n)
{
    EACH_LANE
    {
        uint32_t bits;
        memcpy(&bits, &a.lane[l], sizeof(bits));
        bits += (uint32_t)n.lane[l] << 23;
        memcpy(&a.lane[l], &bits, sizeof(bits));
    }
    return a;
}

/* Lanes hold 0 to 255. */
ALWAYS_INLINE void vi_store_u8(uint8_t *p, vi a)
{
    EACH_LANE p[l] = (uint8_t)a.lane[l];
}

ALWAYS_INLINE vi vi_load_s8(const int8_t *p)
{
    vi r;
    EACH_LANE r.lane[l] = p[l];
    return r;
}

/* The low 32 bits of the product. */
ALWAYS_INLINE vi vi_mul(vi a, vi b)
{
    EACH_LANE a.lane[l] = (int32_t)((uint32_t)a.lane[l] * (uint32_t)b.lane[l]);
    return a;
}

ALWAYS_INLINE vi vi_xor(vi a, vi b)
{
    EACH_LANE a.lane[l] ^= b.lane[l];
    return a;
}

ALWAYS_INLINE vi vi_sub(vi a, vi b)
{
    EACH_LANE a.lane[l] = (int32_t)((uint32_t)a.lane[l] - (uint32_t)b.lane[l]);
    return a;
}

ALWAYS_INLINE vi vi_bits(vf a)
{
    vi r;
    memcpy(&r, &a, sizeof(r));
    return r;
}

ALWAYS_INLINE vf vf_bits(vi a)
{
    vf r;
    memcpy(&r, &a, sizeof(r));
    return r;
}

ALWAYS_INLINE vi vi_and(vi a, vi b)
{
    EACH_LANE a.lane[l] &= b.lane[l];
    return a;
}

ALWAYS_INLINE vi vi_left16(vi a)
{
    EACH_LANE a.lane[l] = (int32_t)((uint32_t)a.lane[l] << 16);
    return a;
}

/* Zeros come in from above. */
ALWAYS_INLINE vi vi_right16(vi a)
{
    EACH_LANE a.lane[l] = (int32_t)((uint32_t)a.lane[l] >> 16);
    return a;
}

#define DOT_OFFSET 0

typedef vi dot_sum;

typedef struct {
    const int8_t *p;
} dot_weights;

typedef struct {
    const uint8_t *p;
} dot_row;

ALWAYS_INLINE dot_weights dot_load(const int8_t *p)
{
    return (dot_weights){p};
}

ALWAYS_INLINE dot_row dot_broadcast(const uint8_t *p)
{
    return (dot_row){p};
}

ALWAYS_INLINE dot_sum dot_zero(void)
{
    return vi_set(0);
}

ALWAYS_INLINE dot_sum dot_add(dot_sum sum, dot_row a, dot_weights w)
{
    for (int l = 0; l < 16; l++)
        for (int k = 0; k < 4; k++)
            sum.lane[l] += a.p[k] * w.p[4 * l + k];
    return sum;
}

ALWAYS_INLINE vi dot_finish(dot_sum sum)
{
    return sum;
}

#define TREE(a, combine)                                                       \
    for (int half = 8; half; half /= 2)                                        \
        for (int l = 0; l < half; l++)                                         \
            (a).lane[l] = combine((a).lane[l], (a).lane[l + half]);

#define TREE_ADD(x, y) ((x) + (y))
#define TREE_MIN(x, y) ((x) < (y) ? (x) : (y))
#define TREE_MAX(x, y) ((x) > (y) ? (x) : (y))

ALWAYS_INLINE float vf_sum(vf a)
{
    TREE(a, TREE_ADD)
    return a.lane[0];
}

ALWAYS_INLINE float vf_least(vf a)
{
    TREE(a, TREE_MIN)
    return a.lane[0];
}

ALWAYS_INLINE float vf_greatest(vf a)
{
    TREE(a, TREE_MAX)
    return a.lane[0];
}

#endif
