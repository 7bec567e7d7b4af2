/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNEL_ATTENTION_S8_H
#define RSC_KERNEL_ATTENTION_S8_H

/*
 * Attention of one head over one sequence, with both products in bytes: exact
 * sums, so that every instruction set gives the same. Each query is u8 with a
 * zero point, each key s8 with a scale of its own; the shares of a row are
 * exp(score - greatest) in steps of 1/255, where the scales of the keys hold
 * the factor that makes a power of two of that; each value channel is s8 with a
 * scale over all keys. A row is divided by the sum of its rounded shares, so
 * the weights of a mean are still one in all.
 */

#include "tensor/kernel_attention.h"
#if defined(LANES_WIDE)
#include "tensor/kernel_wide.h"
#else
#include "tensor/kernel_dot.h"
#endif

/* An instruction set that has products of its own says so before. */
#ifndef GEMM_S8
#define GEMM_S8 gemm_s8
#endif

/* Scores come out as powers of two. */
#define LOG2_E 1.44269504F

/* The factor that takes a magnitude to 127; of zeros, and of what is no
 * number, any. */
ALWAYS_INLINE float scale_up(float greatest)
{
    return greatest > 1e-30F && greatest < 1e30F ? 127.0F / greatest : 1.0F;
}

/* To integers in [-127, 127]. */
ALWAYS_INLINE vi round_s8(vf x, vf up)
{
    x = vf_mul(x, up);
    return vf_round(vf_min(vf_max(x, vf_set(-127.0F)), vf_set(127.0F)));
}

ALWAYS_INLINE vf magnitude(vf x)
{
    return vf_max(x, vf_sub(vf_set(0), x));
}

/* One key into its column of a panel. */
ALWAYS_INLINE void pack_key(const struct attention_scratch *s, const float *k,
                            size_t size, size_t at)
{
    int8_t *to = s->keys + at / PANEL * PANEL * size + at % PANEL * 4;
    vf greatest = vf_set(0), sum = vf_set(0);

    for (size_t i = 0; i < size; i += 16)
        greatest = vf_max(magnitude(vf_load(k + i)), greatest);
    float up = scale_up(vf_greatest(greatest));
    for (size_t i = 0; i < size; i += 16) {
        uint8_t bytes[16];
        vi w = round_s8(vf_load(k + i), vf_set(up));
        sum = vf_add(sum, vi_to_vf(w));
        /* Without a sign while they are stored; the top bit is its twin. */
        vi_store_u8(bytes, vi_add(w, vi_set(128)));
        for (size_t j = 0; j < 16; j += 4, to += 4 * PANEL) {
            uint32_t four;
            memcpy(&four, bytes + j, 4);
            four ^= 0x80808080U;
            memcpy(to, &four, 4);
        }
    }
    s->key_scale[at] = LOG2_E / up;
    s->key_sum[at] = (int32_t)vf_sum(sum);
}

ALWAYS_INLINE void pack_keys(const struct attention_s8 *job, size_t padded)
{
    const struct attention_scratch *s = job->scratch;

    memset(s->keys + (padded - PANEL) * job->size, 0, PANEL * job->size);
    for (size_t i = 0; i < job->len; i++)
        pack_key(s, job->k + i * job->ld, job->size, i);
    for (size_t i = job->len; i < padded; i++) {
        s->key_scale[i] = 1.0F;
        s->key_sum[i] = 0;
    }
}

/* Sixteen channels of all keys, four keys side by side. */
ALWAYS_INLINE void pack_values(const struct attention_s8 *job, size_t channel)
{
    const struct attention_scratch *s = job->scratch;
    const float *v = job->v + channel;
    int8_t *to = s->values +
                 channel / PANEL * PANEL * attention_whole(job->len) +
                 4 * (channel % PANEL);
    vf greatest = vf_set(0);
    vi sum = vi_set(0);
    float up[16];

    for (size_t i = 0; i < job->len; i++)
        greatest = vf_max(magnitude(vf_load(v + i * job->ld)), greatest);
    vf_store(up, greatest);
    for (size_t l = 0; l < 16; l++)
        up[l] = scale_up(up[l]);
    for (size_t i = 0; i < job->len; i += 4, to += 4 * PANEL) {
        vi four = vi_set(0);
        for (size_t j = 4; j-- > 0;) {
            vi w = vi_set(0);
            if (i + j < job->len)
                w = round_s8(vf_load(v + (i + j) * job->ld), vf_load(up));
            sum = vi_add(sum, w);
            four = vi_add(vi_mul(four, vi_set(256)), vi_add(w, vi_set(128)));
        }
        vi_store((int32_t *)(void *)to, vi_xor(four, vi_set(-2139062144)));
    }
    vi_store(s->value_sum + channel, sum);
    for (size_t l = 0; l < 16; l++)
        s->value_scale[channel + l] = 1.0F / up[l];
}

ALWAYS_INLINE vi share_lanes(uint8_t *shares, const float *x, vf top,
                             const int n)
{
    vf v[MANY];
    vi share[MANY], sum = vi_set(0);

    UNROLL for (int i = 0; i < n; i++) v[i] = vf_sub(vf_load(x + 16 * i), top);
    vf_exp2_bytes(share, v, n);
    UNROLL for (int i = 0; i < n; i++)
    {
        vi_store_u8(shares + 16 * i, share[i]);
        sum = vi_add(sum, share[i]);
    }
    return sum;
}

/* 2^(x - greatest) of len scores in steps of 1/255, zeros behind them up to
 * whole. Returns the sum of the steps. x has space for 15 values more. */
ALWAYS_INLINE float share_row(uint8_t *shares, float *x, size_t len,
                              size_t whole)
{
    vf greatest = vf_set(-3e38F);
    vi sum = vi_set(0);
    size_t i = len;

    for (; i % 16; i++)
        x[i] = -3e38F;
    const size_t end = i;
    for (i = 0; i < end; i += 16)
        greatest = vf_max(vf_load(x + i), greatest);
    vf top = vf_set(vf_greatest(greatest));
    for (i = 0; i + 16 * MANY <= end; i += 16 * MANY)
        sum = vi_add(sum, share_lanes(shares + i, x + i, top, MANY));
    for (; i < end; i += 16)
        sum = vi_add(sum, share_lanes(shares + i, x + i, top, 1));
    memset(shares + end, 0, whole - end);
    return vf_sum(vi_to_vf(sum));
}

/* The rows from `row` on: scores, shares, the mean of the values. */
ALWAYS_INLINE void attend_rows(const struct attention_s8 *job, size_t row,
                               size_t rows)
{
    const struct attention_scratch *s = job->scratch;
    const size_t size = job->size, padded = attention_padded(job->len);
    const size_t whole = attention_whole(job->len);
    struct row_quant quant[ATTEND_ROWS];

    GEMM_S8(&(struct gemm_s8){.a = s->queries + row * size,
                              .lda = size,
                              .quant = s->query_quant + row,
                              .b = s->keys,
                              .m = rows,
                              .n = padded,
                              .k = size,
                              .k_whole = size,
                              .column_scale = s->key_scale,
                              .column_sum = s->key_sum,
                              .y = s->scores,
                              .ldy = padded});
    for (size_t i = 0; i < rows; i++) {
        float sum = share_row(s->shares + i * whole, s->scores + i * padded,
                              job->len, whole);
        quant[i] = (struct row_quant){1.0F / sum, 0};
    }
    for (size_t d = 0; d < size; d += PANEL)
        GEMM_S8(&(struct gemm_s8){.a = s->shares,
                                  .lda = whole,
                                  .quant = quant,
                                  .b = s->values + d * whole,
                                  .m = rows,
                                  .n = PANEL,
                                  .k = (job->len + 3) / 4 * 4,
                                  .k_whole = whole,
                                  .column_scale = s->value_scale + d,
                                  .column_sum = s->value_sum + d,
                                  .y = job->out + row * job->ld_out + d,
                                  .ldy = job->ld_out});
}

static void attend_s8(const struct attention_s8 *job)
{
    const struct attention_scratch *s = job->scratch;
    const size_t whole = attention_whole(job->len);
    const size_t done = (job->len + 3) / 4 * 4;

    for (size_t i = 0; i < job->len; i++)
        s->query_quant[i] = quantize_row(s->queries + i * job->size,
                                         job->q + i * job->ld, job->size, NULL);
    pack_keys(job, attention_padded(job->len));
    for (size_t d = 0; d < job->size; d += 16)
        pack_values(job, d);
    for (size_t d = 0; d < job->size; d += PANEL)
        memset(s->values + d * whole + done * PANEL, 0, (whole - done) * PANEL);
    for (size_t row = 0; row < job->len; row += ATTEND_ROWS) {
        size_t left = job->len - row;
        attend_rows(job, row, left < ATTEND_ROWS ? left : ATTEND_ROWS);
    }
}

#endif
