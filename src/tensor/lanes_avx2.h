/* SPDX-License-Identifier: MIT */
#ifndef RSC_LANES_AVX2_H
#define RSC_LANES_AVX2_H

/* Sixteen lanes in two ymm registers; lanes_scalar.h says what holds. */

#include <immintrin.h>
#include <stdint.h>

#include "tensor/target.h"

/* 12 accumulators, 2 registers of weights, one broadcast. */
#define ROWS    6
#define VECTORS 1

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
