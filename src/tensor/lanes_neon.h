/* SPDX-License-Identifier: MIT */
#ifndef RSC_LANES_NEON_H
#define RSC_LANES_NEON_H

/* Sixteen lanes in four q registers; lanes_scalar.h says what holds. */

#if defined(__aarch64__)

#include <arm_neon.h>
#include <stdint.h>

#include "tensor/target.h"

/* 24 accumulators, 4 registers of weights, the rows' values by lane. */
#define ROWS       6
#define VECTORS    1
#define VECTORS_S8 1
#define MANY       2
#if defined(LANES_I8MM)
#define ROWS_S8 4
#elif defined(LANES_DOT)
#define ROWS_S8 6
#else
#define ROWS_S8 2
#endif

typedef struct {
    float32x4_t q[4];
} vf;

typedef struct {
    int32x4_t q[4];
} vi;

#define EACH_Q UNROLL for (int i = 0; i < 4; i++)

ALWAYS_INLINE vf vf_set(float a)
{
    float32x4_t r = vdupq_n_f32(a);
    return (vf){{r, r, r, r}};
}

ALWAYS_INLINE vf vf_load(const float *p)
{
    return (vf){
        {vld1q_f32(p), vld1q_f32(p + 4), vld1q_f32(p + 8), vld1q_f32(p + 12)}};
}

ALWAYS_INLINE void vf_store(float *p, vf a)
{
    EACH_Q vst1q_f32(p + 4 * i, a.q[i]);
}

ALWAYS_INLINE vf vf_add(vf a, vf b)
{
    EACH_Q a.q[i] = vaddq_f32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vf vf_sub(vf a, vf b)
{
    EACH_Q a.q[i] = vsubq_f32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vf vf_mul(vf a, vf b)
{
    EACH_Q a.q[i] = vmulq_f32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vf vf_fma(vf a, vf b, vf c)
{
    EACH_Q c.q[i] = vfmaq_f32(c.q[i], a.q[i], b.q[i]);
    return c;
}

/* vminq_f32 orders -0 below +0, which x86 does not. */
ALWAYS_INLINE float32x4_t min_q(float32x4_t a, float32x4_t b)
{
    return vbslq_f32(vcltq_f32(a, b), a, b);
}

ALWAYS_INLINE float32x4_t max_q(float32x4_t a, float32x4_t b)
{
    return vbslq_f32(vcgtq_f32(a, b), a, b);
}

ALWAYS_INLINE vf vf_min(vf a, vf b)
{
    EACH_Q a.q[i] = min_q(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vf vf_max(vf a, vf b)
{
    EACH_Q a.q[i] = max_q(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vi vf_round(vf a)
{
    vi r;
    EACH_Q r.q[i] = vcvtnq_s32_f32(a.q[i]);
    return r;
}

ALWAYS_INLINE vf vi_to_vf(vi a)
{
    vf r;
    EACH_Q r.q[i] = vcvtq_f32_s32(a.q[i]);
    return r;
}

ALWAYS_INLINE vi vi_set(int32_t a)
{
    int32x4_t r = vdupq_n_s32(a);
    return (vi){{r, r, r, r}};
}

ALWAYS_INLINE vi vi_load(const int32_t *p)
{
    return (vi){
        {vld1q_s32(p), vld1q_s32(p + 4), vld1q_s32(p + 8), vld1q_s32(p + 12)}};
}

ALWAYS_INLINE void vi_store(int32_t *p, vi a)
{
    EACH_Q vst1q_s32(p + 4 * i, a.q[i]);
}

ALWAYS_INLINE vi vi_add(vi a, vi b)
{
    EACH_Q a.q[i] = vaddq_s32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vf vf_scale2(vf a, vi n)
{
    EACH_Q a.q[i] = vreinterpretq_f32_s32(
        vaddq_s32(vreinterpretq_s32_f32(a.q[i]), vshlq_n_s32(n.q[i], 23)));
    return a;
}

ALWAYS_INLINE void vi_store_u8(uint8_t *p, vi a)
{
    uint16x8_t lo = vcombine_u16(vqmovun_s32(a.q[0]), vqmovun_s32(a.q[1]));
    uint16x8_t hi = vcombine_u16(vqmovun_s32(a.q[2]), vqmovun_s32(a.q[3]));
    vst1q_u8(p, vcombine_u8(vqmovn_u16(lo), vqmovn_u16(hi)));
}

ALWAYS_INLINE vi vi_load_s8(const int8_t *p)
{
    int8x16_t b = vld1q_s8(p);
    int16x8_t lo = vmovl_s8(vget_low_s8(b));
    int16x8_t hi = vmovl_s8(vget_high_s8(b));
    return (vi){{vmovl_s16(vget_low_s16(lo)), vmovl_s16(vget_high_s16(lo)),
                 vmovl_s16(vget_low_s16(hi)), vmovl_s16(vget_high_s16(hi))}};
}

ALWAYS_INLINE vi vi_mul(vi a, vi b)
{
    EACH_Q a.q[i] = vmulq_s32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vi vi_xor(vi a, vi b)
{
    EACH_Q a.q[i] = veorq_s32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vi vi_sub(vi a, vi b)
{
    EACH_Q a.q[i] = vsubq_s32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vi vi_bits(vf a)
{
    vi r;
    EACH_Q r.q[i] = vreinterpretq_s32_f32(a.q[i]);
    return r;
}

ALWAYS_INLINE vf vf_bits(vi a)
{
    vf r;
    EACH_Q r.q[i] = vreinterpretq_f32_s32(a.q[i]);
    return r;
}

ALWAYS_INLINE vi vi_and(vi a, vi b)
{
    EACH_Q a.q[i] = vandq_s32(a.q[i], b.q[i]);
    return a;
}

ALWAYS_INLINE vi vi_left16(vi a)
{
    EACH_Q a.q[i] = vshlq_n_s32(a.q[i], 16);
    return a;
}

ALWAYS_INLINE vi vi_right16(vi a)
{
    EACH_Q a.q[i] =
        vreinterpretq_s32_u32(vshrq_n_u32(vreinterpretq_u32_s32(a.q[i]), 16));
    return a;
}

#if !defined(LANES_I8MM)

/* Both operands of these products are signed: activations minus 128. */
#define DOT_OFFSET 128

typedef struct {
    int8x16_t q[4];
} dot_weights;

typedef int8x16_t dot_row;

ALWAYS_INLINE dot_weights dot_load(const int8_t *p)
{
    return (dot_weights){
        {vld1q_s8(p), vld1q_s8(p + 16), vld1q_s8(p + 32), vld1q_s8(p + 48)}};
}

ALWAYS_INLINE dot_row dot_broadcast(const uint8_t *p)
{
    uint32_t four;
    __builtin_memcpy(&four, p, 4);
    return vreinterpretq_s8_u32(vdupq_n_u32(four ^ 0x80808080U));
}

#if defined(LANES_DOT)

typedef vi dot_sum;

ALWAYS_INLINE dot_sum dot_zero(void)
{
    return vi_set(0);
}

ALWAYS_INLINE dot_sum dot_add(dot_sum sum, dot_row a, dot_weights w)
{
    EACH_Q sum.q[i] = vdotq_s32(sum.q[i], w.q[i], a);
    return sum;
}

ALWAYS_INLINE vi dot_finish(dot_sum sum)
{
    return sum;
}

#else

/* Two sums per column, added at the end. Two products, each of magnitude
 * 128 * 127 at the most, fit 16 bits. */
typedef struct {
    int32x4_t q[8];
} dot_sum;

ALWAYS_INLINE dot_sum dot_zero(void)
{
    int32x4_t z = vdupq_n_s32(0);
    return (dot_sum){{z, z, z, z, z, z, z, z}};
}

ALWAYS_INLINE dot_sum dot_add(dot_sum sum, dot_row a, dot_weights w)
{
    EACH_Q
    {
        int16x8_t lo = vmull_s8(vget_low_s8(w.q[i]), vget_low_s8(a));
        int16x8_t hi = vmull_high_s8(w.q[i], a);
        sum.q[2 * i] = vpadalq_s16(sum.q[2 * i], lo);
        sum.q[2 * i + 1] = vpadalq_s16(sum.q[2 * i + 1], hi);
    }
    return sum;
}

ALWAYS_INLINE vi dot_finish(dot_sum sum)
{
    vi r;
    EACH_Q r.q[i] = vpaddq_s32(sum.q[2 * i], sum.q[2 * i + 1]);
    return r;
}

#endif

#endif

#define HALVES(name, op)                                                       \
    ALWAYS_INLINE float name(vf a)                                             \
    {                                                                          \
        float32x4_t b = op(op(a.q[0], a.q[2]), op(a.q[1], a.q[3]));            \
        b = op(b, vextq_f32(b, b, 2));                                         \
        return vgetq_lane_f32(op(b, vextq_f32(b, b, 1)), 0);                   \
    }

HALVES(vf_sum, vaddq_f32)
HALVES(vf_least, min_q)
HALVES(vf_greatest, max_q)

#endif

#endif
