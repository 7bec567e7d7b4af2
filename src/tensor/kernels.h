/* SPDX-License-Identifier: MIT */
#ifndef RSC_KERNELS_H
#define RSC_KERNELS_H

/*
 * The arithmetic of the models: one constant table of functions per
 * instruction set, chosen once and passed along.
 *
 * Every table computes the same bytes, but for bf16 where the processor has
 * instructions for its products. Products of matrices use one
 * accumulator per output and add in the order of k with a fused multiply-add;
 * everything else works on blocks of 16 lanes with one tree for sums; nothing
 * comes from libm but the exactly rounded fma. The caller's thread rounds to
 * nearest and keeps subnormals (fpenv.h).
 *
 * Threads: tables are constant; every function may run in any thread.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"

/* Columns of one panel of weights. */
#define PANEL 32

/* y = a * b for m rows and one panel of PANEL columns. */
struct gemm {
    const float *a; /* [m][lda]; rows may overlap */
    size_t lda;
    const float *b; /* [k][ldb] */
    size_t ldb;
    size_t m, k;
    float *y; /* [m][ldy] */
    size_t ldy;
    const float *bias;      /* [PANEL], added; or NULL */
    const float *row_scale; /* [m], multiplied first; or NULL */
    bool gelu;              /* applied last */
};

/* Layer norm of rows of n values, n a multiple of 16. */
struct norm {
    float *x;         /* [rows][n], replaced */
    const float *add; /* [rows][n], added to x before */
    size_t rows, n;
    const float *gamma, *beta; /* [n] */
    float eps;
};

/* One token: word * word_scale + position, normed. The word row is f32 or
 * bytes; the other pointer is NULL. */
struct embed_row {
    const float *word;
    const int8_t *word_s8;
    float word_scale;
    const float *position;
    struct norm norm; /* x [n]: the output */
};

/* Bytes of k that the widest products of bytes take at once. */
#define GEMM_S8_STEP 64

/* Rows of the block of scores that attention keeps. */
#define ATTEND_ROWS 48

/* One head of one sequence. */
struct attention {
    const float *q, *k, *v; /* [len][ld], size values of each row */
    size_t ld;
    size_t len, size; /* size: a multiple of PANEL */
    float *out;       /* [len][ld_out] */
    size_t ld_out;
    float *keys;   /* scratch [size][padded] */
    float *values; /* scratch [len][size] */
    float *scores; /* scratch [ATTEND_ROWS][padded] */
};

/* Keys are padded to whole panels. */
static inline size_t attention_padded(size_t len)
{
    return (len + PANEL - 1) / PANEL * PANEL;
}

/* And for products of bytes to whole steps of those. */
static inline size_t attention_whole(size_t len)
{
    return (len + GEMM_S8_STEP - 1) / GEMM_S8_STEP * GEMM_S8_STEP;
}

struct row_quant;

/* What attention_s8 works with; len_padded and len_whole as above. */
struct attention_scratch {
    uint8_t *queries; /* [len][size] */
    struct row_quant *query_quant;
    int8_t *keys;     /* [len_padded / PANEL][size / 4][PANEL][4] */
    float *key_scale; /* [len_padded] */
    int32_t *key_sum;
    float *scores;      /* [ATTEND_ROWS][len_padded] */
    uint8_t *shares;    /* [ATTEND_ROWS][len_whole] */
    int8_t *values;     /* [size / PANEL][len_whole / 4][PANEL][4] */
    float *value_scale; /* [size] */
    int32_t *value_sum;
};

/* One head of one sequence, in bytes between the sums. */
struct attention_s8 {
    const float *q, *k, *v; /* [len][ld], size values of each row */
    size_t ld;
    size_t len, size; /* size: a multiple of PANEL */
    float *out;       /* [len][ld_out] */
    size_t ld_out;
    const struct attention_scratch *scratch;
};

struct pooling {
    const float *x; /* [rows][n] */
    size_t rows, n;
    bool first_only; /* the first row; else the mean */
    bool normalize;
    float *out; /* [n] */
};

struct maxout_norm;
struct row_sum;
struct gemv;

/* How the bytes of a row stand for floats: (byte - zero) * scale. */
struct row_quant {
    float scale;
    int32_t zero; /* 0 to 255 */
};

/* Rows of floats into bytes; n is a multiple of 16. */
struct quantize {
    const float *x; /* [rows][n] */
    size_t rows, n;
    const float *smooth; /* [n], multiplied before; or NULL */
    uint8_t *a;          /* [rows][n] */
    struct row_quant *quant;
};

/* y = a * b + bias for m rows and n columns, of bytes; k is a multiple of 4, n
 * of PANEL. b is [n / PANEL][k / 4][PANEL][4], weights in [-127, 127]. Who
 * takes k in steps of GEMM_S8_STEP may go on to k_whole, a multiple of that:
 * from k on there are zeros in a and, for one panel, in b. */
struct gemm_s8 {
    const uint8_t *a; /* [m][lda] */
    size_t lda;
    const struct row_quant *quant; /* [m] */
    const int8_t *b;
    size_t m, n, k, k_whole;
    const float *column_scale; /* [n]; these three of the weights */
    const int32_t *column_sum;
    const float *bias; /* or NULL */
    float *y;          /* [m][ldy] */
    size_t ldy;
    bool gelu;
};

/* y = a * b + bias for m rows and n columns, of bf16; n is a multiple of PANEL
 * and k of 16. Panels are [k / 2][PANEL][2]. The sum takes of every pair the
 * second first, but for instructions that have an order of their own. */
struct gemm_bf16 {
    const void *a;     /* [m][k], as `narrow` of the same table writes it */
    const uint16_t *b; /* [n / PANEL] panels */
    size_t m, n, k;
    const float *bias; /* [n] */
    float *y;          /* [m][n] */
    bool gelu;
};

/* The functions of one instruction set. */
struct kernels {
    const char *name; /* as isa_name gives it */
    enum isa isa;
    void (*gemm)(const struct gemm *job);
    void (*add_norm)(const struct norm *job);
    void (*embed_row)(const struct embed_row *job);
    void (*attend)(const struct attention *job);
    void (*attend_s8)(const struct attention_s8 *job);
    void (*pool)(const struct pooling *job);
    void (*gemm_s8)(const struct gemm_s8 *job);
    void (*quantize)(const struct quantize *job);
    void (*gemm_bf16)(const struct gemm_bf16 *job);
    /* Rounds n floats, a multiple of 16, to bf16, ties to even. What is
     * written is for gemm_bf16 only: bf16 where the processor multiplies
     * that, else floats. `out` has room for n floats. */
    void (*narrow)(const float *x, size_t n, void *out);
    /* maxout.h */
    void (*maxout_norm)(const struct maxout_norm *job);
    void (*row_sum)(const struct row_sum *job);
    void (*gemv)(const struct gemv *job);
};

/* The table for an instruction set; NULL when this build has none. The
 * processor must have it (cpu_has). */
const struct kernels *kernels_find(enum isa isa);
/* The fastest one that the processor has. */
const struct kernels *kernels_best(const struct cpu *cpu);

#endif
