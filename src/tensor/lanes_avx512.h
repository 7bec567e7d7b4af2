/* SPDX-License-Identifier: MIT */
#ifndef RSC_LANES_AVX512_H
#define RSC_LANES_AVX512_H

/* Sixteen lanes in one zmm register; lanes_scalar.h says what holds. */

#include <immintrin.h>
#include <stdint.h>

#include "tensor/target.h"

/* 24 accumulators, 2 vectors of weights, one operand from memory. */
#define ROWS       12
#define VECTORS    2
#define VECTORS_S8 2
#define MANY       4
#define ROWS_S8    12

typedef __m512 vf;
typedef __m512i vi;

ALWAYS_INLINE vf vf_set(float a)
{
    return _mm512_set1_ps(a);
}

ALWAYS_INLINE vf vf_load(const float *p)
{
    return _mm512_loadu_ps(p);
}

ALWAYS_INLINE void vf_store(float *p, vf a)
{
    _mm512_storeu_ps(p, a);
}

ALWAYS_INLINE vf vf_add(vf a, vf b)
{
    return _mm512_add_ps(a, b);
}

ALWAYS_INLINE vf vf_sub(vf a, vf b)
{
    return _mm512_sub_ps(a, b);
}

ALWAYS_INLINE vf vf_mul(vf a, vf b)
{
    return _mm512_mul_ps(a, b);
}

ALWAYS_INLINE vf vf_fma(vf a, vf b, vf c)
{
    return _mm512_fmadd_ps(a, b, c);
}

ALWAYS_INLINE vf vf_min(vf a, vf b)
{
    return _mm512_min_ps(a, b);
}

ALWAYS_INLINE vf vf_max(vf a, vf b)
{
    return _mm512_max_ps(a, b);
}

ALWAYS_INLINE vi vf_round(vf a)
{
    return _mm512_cvtps_epi32(a);
}

ALWAYS_INLINE vf vi_to_vf(vi a)
{
    return _mm512_cvtepi32_ps(a);
}

ALWAYS_INLINE vi vi_set(int32_t a)
{
    return _mm512_set1_epi32(a);
}

ALWAYS_INLINE vi vi_load(const int32_t *p)
{
    return _mm512_loadu_si512(p);
}

ALWAYS_INLINE void vi_store(int32_t *p, vi a)
{
    _mm512_storeu_si512(p, a);
}

ALWAYS_INLINE vi vi_add(vi a, vi b)
{
    return _mm512_add_epi32(a, b);
}

ALWAYS_INLINE vf vf_scale2(vf a, vi n)
{
    return _mm512_castsi512_ps(
        _mm512_add_epi32(_mm512_castps_si512(a), _mm512_slli_epi32(n, 23)));
}

ALWAYS_INLINE void vi_store_u8(uint8_t *p, vi a)
{
    _mm_storeu_si128((__m128i *)(void *)p, _mm512_cvtepi32_epi8(a));
}

ALWAYS_INLINE vi vi_load_s8(const int8_t *p)
{
    return _mm512_cvtepi8_epi32(
        _mm_loadu_si128((const __m128i *)(const void *)p));
}

ALWAYS_INLINE vi vi_mul(vi a, vi b)
{
    return _mm512_mullo_epi32(a, b);
}

ALWAYS_INLINE vi vi_xor(vi a, vi b)
{
    return _mm512_xor_si512(a, b);
}

ALWAYS_INLINE vi vi_sub(vi a, vi b)
{
    return _mm512_sub_epi32(a, b);
}

ALWAYS_INLINE vi vi_bits(vf a)
{
    return _mm512_castps_si512(a);
}

ALWAYS_INLINE vf vf_bits(vi a)
{
    return _mm512_castsi512_ps(a);
}

ALWAYS_INLINE vi vi_and(vi a, vi b)
{
    return _mm512_and_si512(a, b);
}

ALWAYS_INLINE vi vi_left16(vi a)
{
    return _mm512_slli_epi32(a, 16);
}

ALWAYS_INLINE vi vi_right8(vi a)
{
    return _mm512_srli_epi32(a, 8);
}

ALWAYS_INLINE vi vi_right16(vi a)
{
    return _mm512_srli_epi32(a, 16);
}

#define DOT_OFFSET 0

#if defined(LANES_VNNI)

typedef __m512i dot_sum;

ALWAYS_INLINE dot_sum dot_zero(void)
{
    return _mm512_setzero_si512();
}

ALWAYS_INLINE vi dot_finish(dot_sum sum)
{
    return sum;
}

ALWAYS_INLINE __m512i dot_four(const uint8_t *p)
{
    int32_t four;
    __builtin_memcpy(&four, p, 4);
    return _mm512_set1_epi32(four);
}

typedef __m512i dot_weights;
typedef __m512i dot_row;

ALWAYS_INLINE dot_weights dot_load(const int8_t *p)
{
    return _mm512_loadu_si512(p);
}

ALWAYS_INLINE dot_row dot_broadcast(const uint8_t *p)
{
    return dot_four(p);
}

ALWAYS_INLINE dot_sum dot_add(dot_sum sum, dot_row a, dot_weights w)
{
    return _mm512_dpbusd_epi32(sum, a, w);
}

#else

/* Products of bytes are products of s16 (kernel_wide.h). */
#define LANES_WIDE

/* Bytes 0 and 2, and bytes 1 and 3 of every lane, as pairs of s16. */
ALWAYS_INLINE vi s16_even(vi a)
{
    return _mm512_srai_epi16(_mm512_slli_epi16(a, 8), 8);
}

ALWAYS_INLINE vi s16_odd(vi a)
{
    return _mm512_srai_epi16(a, 8);
}

ALWAYS_INLINE vi s16_dot(vi sum, vi a, vi b)
{
    return _mm512_add_epi32(sum, _mm512_madd_epi16(a, b));
}

#endif

#define HALVES(name, op512, op128)                                             \
    ALWAYS_INLINE float name(vf a)                                             \
    {                                                                          \
        __m512d d = _mm512_castps_pd(a);                                       \
        __m256 hi = _mm256_castpd_ps(_mm512_extractf64x4_pd(d, 1));            \
        __m256 b = op512(_mm512_castps512_ps256(a), hi);                       \
        __m128 c =                                                             \
            op128(_mm256_castps256_ps128(b), _mm256_extractf128_ps(b, 1));     \
        c = op128(c, _mm_movehl_ps(c, c));                                     \
        return _mm_cvtss_f32(op128(c, _mm_movehdup_ps(c)));                    \
    }

HALVES(vf_sum, _mm256_add_ps, _mm_add_ps)
HALVES(vf_least, _mm256_min_ps, _mm_min_ps)
HALVES(vf_greatest, _mm256_max_ps, _mm_max_ps)

#endif
