/* SPDX-License-Identifier: MIT */
#ifndef RSC_LANES_AVX2_H
#define RSC_LANES_AVX2_H

/* Sixteen lanes in two ymm registers; lanes_scalar.h says what holds. */

#include <immintrin.h>
#include <stdint.h>

#include "tensor/target.h"

/* 12 accumulators, 2 registers of weights, one broadcast. */
#define ROWS       6
#define VECTORS    1
#define VECTORS_S8 1
#define MANY       2
#define ROWS_S8    6

typedef struct {
    __m256 lo, hi;
} vf;

typedef struct {
    __m256i lo, hi;
} vi;

#define PAIR1(type, op, a)    ((type){op((a).lo), op((a).hi)})
#define PAIR2(type, op, a, b) ((type){op((a).lo, (b).lo), op((a).hi, (b).hi)})

ALWAYS_INLINE vf vf_set(float a)
{
    __m256 r = _mm256_set1_ps(a);
    return (vf){r, r};
}

ALWAYS_INLINE vf vf_load(const float *p)
{
    return (vf){_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)};
}

ALWAYS_INLINE void vf_store(float *p, vf a)
{
    _mm256_storeu_ps(p, a.lo);
    _mm256_storeu_ps(p + 8, a.hi);
}

ALWAYS_INLINE vf vf_add(vf a, vf b)
{
    return PAIR2(vf, _mm256_add_ps, a, b);
}

ALWAYS_INLINE vf vf_sub(vf a, vf b)
{
    return PAIR2(vf, _mm256_sub_ps, a, b);
}

ALWAYS_INLINE vf vf_mul(vf a, vf b)
{
    return PAIR2(vf, _mm256_mul_ps, a, b);
}

ALWAYS_INLINE vf vf_fma(vf a, vf b, vf c)
{
    return (vf){_mm256_fmadd_ps(a.lo, b.lo, c.lo),
                _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
}

ALWAYS_INLINE vf vf_min(vf a, vf b)
{
    return PAIR2(vf, _mm256_min_ps, a, b);
}

ALWAYS_INLINE vf vf_max(vf a, vf b)
{
    return PAIR2(vf, _mm256_max_ps, a, b);
}

ALWAYS_INLINE vi vf_round(vf a)
{
    return PAIR1(vi, _mm256_cvtps_epi32, a);
}

ALWAYS_INLINE vf vi_to_vf(vi a)
{
    return PAIR1(vf, _mm256_cvtepi32_ps, a);
}

ALWAYS_INLINE vi vi_set(int32_t a)
{
    __m256i r = _mm256_set1_epi32(a);
    return (vi){r, r};
}

ALWAYS_INLINE vi vi_load(const int32_t *p)
{
    const __m256i *v = (const __m256i *)(const void *)p;
    return (vi){_mm256_loadu_si256(v), _mm256_loadu_si256(v + 1)};
}

ALWAYS_INLINE void vi_store(int32_t *p, vi a)
{
    __m256i *v = (__m256i *)(void *)p;
    _mm256_storeu_si256(v, a.lo);
    _mm256_storeu_si256(v + 1, a.hi);
}

ALWAYS_INLINE vi vi_add(vi a, vi b)
{
    return PAIR2(vi, _mm256_add_epi32, a, b);
}

ALWAYS_INLINE __m256 scale_half(__m256 a, __m256i n)
{
    return _mm256_castsi256_ps(
        _mm256_add_epi32(_mm256_castps_si256(a), _mm256_slli_epi32(n, 23)));
}

ALWAYS_INLINE vf vf_scale2(vf a, vi n)
{
    return PAIR2(vf, scale_half, a, n);
}

ALWAYS_INLINE void vi_store_u8(uint8_t *p, vi a)
{
    /* Packing works inside of 128-bit halves: 0-3, 8-11, 4-7, 12-15. */
    __m256i w = _mm256_packus_epi32(a.lo, a.hi);
    w = _mm256_permute4x64_epi64(w, _MM_SHUFFLE(3, 1, 2, 0));
    __m128i b = _mm_packus_epi16(_mm256_castsi256_si128(w),
                                 _mm256_extracti128_si256(w, 1));
    _mm_storeu_si128((__m128i *)(void *)p, b);
}

ALWAYS_INLINE vi vi_load_s8(const int8_t *p)
{
    __m128i b = _mm_loadu_si128((const __m128i *)(const void *)p);
    return (vi){_mm256_cvtepi8_epi32(b),
                _mm256_cvtepi8_epi32(_mm_srli_si128(b, 8))};
}

ALWAYS_INLINE vi vi_mul(vi a, vi b)
{
    return PAIR2(vi, _mm256_mullo_epi32, a, b);
}

ALWAYS_INLINE vi vi_xor(vi a, vi b)
{
    return PAIR2(vi, _mm256_xor_si256, a, b);
}

ALWAYS_INLINE vi vi_sub(vi a, vi b)
{
    return PAIR2(vi, _mm256_sub_epi32, a, b);
}

ALWAYS_INLINE vi vi_bits(vf a)
{
    return PAIR1(vi, _mm256_castps_si256, a);
}

ALWAYS_INLINE vf vf_bits(vi a)
{
    return PAIR1(vf, _mm256_castsi256_ps, a);
}

ALWAYS_INLINE vi vi_and(vi a, vi b)
{
    return PAIR2(vi, _mm256_and_si256, a, b);
}

ALWAYS_INLINE vi vi_left16(vi a)
{
    return (vi){_mm256_slli_epi32(a.lo, 16), _mm256_slli_epi32(a.hi, 16)};
}

ALWAYS_INLINE vi vi_right8(vi a)
{
    return (vi){_mm256_srli_epi32(a.lo, 8), _mm256_srli_epi32(a.hi, 8)};
}

ALWAYS_INLINE vi vi_right16(vi a)
{
    return (vi){_mm256_srli_epi32(a.lo, 16), _mm256_srli_epi32(a.hi, 16)};
}

#define DOT_OFFSET 0

#if defined(LANES_VNNI)

typedef vi dot_sum;

ALWAYS_INLINE dot_sum dot_zero(void)
{
    return vi_set(0);
}

ALWAYS_INLINE vi dot_finish(dot_sum sum)
{
    return sum;
}

ALWAYS_INLINE __m256i dot_four(const uint8_t *p)
{
    int32_t four;
    __builtin_memcpy(&four, p, 4);
    return _mm256_set1_epi32(four);
}

typedef vi dot_weights;
typedef __m256i dot_row;

ALWAYS_INLINE dot_weights dot_load(const int8_t *p)
{
    const __m256i *v = (const __m256i *)(const void *)p;
    return (vi){_mm256_loadu_si256(v), _mm256_loadu_si256(v + 1)};
}

ALWAYS_INLINE dot_row dot_broadcast(const uint8_t *p)
{
    return dot_four(p);
}

ALWAYS_INLINE dot_sum dot_add(dot_sum sum, dot_row a, dot_weights w)
{
    return (vi){_mm256_dpbusd_avx_epi32(sum.lo, a, w.lo),
                _mm256_dpbusd_avx_epi32(sum.hi, a, w.hi)};
}

#else

/* Products of bytes are products of s16 (kernel_wide.h). */
#define LANES_WIDE

/* Bytes 0 and 2, and bytes 1 and 3 of every lane, as pairs of s16. */
ALWAYS_INLINE vi s16_even(vi a)
{
    return (vi){_mm256_srai_epi16(_mm256_slli_epi16(a.lo, 8), 8),
                _mm256_srai_epi16(_mm256_slli_epi16(a.hi, 8), 8)};
}

ALWAYS_INLINE vi s16_odd(vi a)
{
    return (vi){_mm256_srai_epi16(a.lo, 8), _mm256_srai_epi16(a.hi, 8)};
}

ALWAYS_INLINE vi s16_dot(vi sum, vi a, vi b)
{
    return vi_add(sum, PAIR2(vi, _mm256_madd_epi16, a, b));
}

#endif

#define HALVES(name, op256, op128)                                             \
    ALWAYS_INLINE float name(vf a)                                             \
    {                                                                          \
        __m256 b = op256(a.lo, a.hi);                                          \
        __m128 c =                                                             \
            op128(_mm256_castps256_ps128(b), _mm256_extractf128_ps(b, 1));     \
        c = op128(c, _mm_movehl_ps(c, c));                                     \
        return _mm_cvtss_f32(op128(c, _mm_movehdup_ps(c)));                    \
    }

HALVES(vf_sum, _mm256_add_ps, _mm_add_ps)
HALVES(vf_least, _mm256_min_ps, _mm_min_ps)
HALVES(vf_greatest, _mm256_max_ps, _mm_max_ps)

#endif
