/* SPDX-License-Identifier: MIT */
#include "tensor/linear_s8.h"

#include <stdlib.h>
#include <string.h>

#include "cmocka_all.h"

#define MAX_N 96
#define MAX_K 640
#define MAX_M 75

static uint32_t random_state = 7;

static uint32_t random_u32(void)
{
    random_state = random_state * 1664525U + 1013904223U;
    return random_state >> 8;
}

static float random_float(float scale)
{
    return ((float)random_u32() / 8388608.0F - 1.0F) * scale;
}

struct problem {
    size_t n, k, m;
    uint8_t a[MAX_M * MAX_K];
    struct row_quant quant[MAX_M];
    int8_t panels[MAX_N * MAX_K];
    int8_t w[MAX_N][MAX_K]; /* the same weights, row after row */
    float scale[MAX_N], bias[MAX_N];
    int32_t sum[MAX_N];
    float y[MAX_M * MAX_N];
};

/* kind 0: anything; 1: the largest products that there are; 2: their signs
 * alternate. */
static void fill(struct problem *p, int kind)
{
    for (size_t i = 0; i < p->m * p->k; i++)
        p->a[i] = kind ? (random_u32() & 1 ? 255 : (uint8_t)(kind == 1) * 255)
                       : (uint8_t)random_u32();
    for (size_t i = 0; i < p->m; i++)
        p->quant[i] = (struct row_quant){random_float(0.5F) + 0.6F,
                                         kind ? (i & 1 ? 255 : 0)
                                              : (int32_t)(random_u32() % 256)};
    for (size_t j = 0; j < p->n; j++) {
        p->scale[j] = random_float(0.01F) + 0.011F;
        p->bias[j] = random_float(1);
        p->sum[j] = 0;
        for (size_t i = 0; i < p->k; i++) {
            int32_t q = kind ? (kind == 2 && (i & 1) ? -127 : 127)
                             : (int32_t)(random_u32() % 255) - 127;
            p->w[j][i] = (int8_t)q;
            p->panels[j / PANEL * PANEL * p->k + i / 4 * 4 * PANEL +
                      j % PANEL * 4 + i % 4] = (int8_t)q;
            p->sum[j] += q;
        }
    }
}

static void run(struct problem *p, enum isa isa, bool gelu)
{
    struct linear_s8 layer = {p->panels, p->scale, p->sum, p->bias,
                              p->n,      p->k,     gelu};
    struct linear_s8_io io = {p->a, p->quant, p->m, p->y};

    memset(p->y, 0, sizeof(p->y));
    linear_s8_run(kernels_find(isa), &layer, &io);
}

/* By 64-bit integers and the same two roundings. */
static void check_sums(const struct problem *p)
{
    for (size_t i = 0; i < p->m; i++)
        for (size_t j = 0; j < p->n; j++) {
            int64_t sum = 0;
            for (size_t l = 0; l < p->k; l++)
                sum += (int64_t)(p->a[i * p->k + l] - p->quant[i].zero) *
                       p->w[j][l];
            float expected = __builtin_fmaf(
                (float)sum, p->quant[i].scale * p->scale[j], p->bias[j]);
            assert_true(p->y[i * p->n + j] == expected);
        }
}

static void compare(struct problem *p, int kind)
{
    static float expected[MAX_M * MAX_N];
    struct cpu cpu;

    cpu_detect(&cpu);
    fill(p, kind);
    run(p, ISA_SCALAR, false);
    check_sums(p);
    run(p, ISA_SCALAR, kind == 0);
    memcpy(expected, p->y, sizeof(expected));
    for (int isa = 1; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        run(p, (enum isa)isa, kind == 0);
        assert_memory_equal(p->y, expected, sizeof(expected));
    }
}

static void every_isa_computes_the_exact_sums(void **state)
{
    struct problem *p = calloc(1, sizeof(*p));

    (void)state;
    assert_non_null(p);
    for (size_t round = 0; round < 120; round++) {
        p->n = PANEL * (1 + round % 3);
        /* Whole tiles of 64, and everything else. */
        p->k = round & 1 ? 64 * (1 + random_u32() % (MAX_K / 64))
                         : 4 * (1 + random_u32() % (MAX_K / 4));
        p->m = 1 + random_u32() % MAX_M;
        compare(p, (int)(round % 4 > 2 ? 0 : round % 4));
    }
    free(p);
}

/* Values of every size, and what a damaged model can produce. */
static float awkward(uint32_t i)
{
    static const float VALUES[] = {0.0F,  -0.0F,  1e-42F, -1e-38F, 1e-20F,
                                   3e38F, -3e38F, 1.0F,   -0.5F,   127.5F,
                                   1e10F, 0.1F,   255.0F, -255.0F, 2.5F};
    return VALUES[i % (sizeof(VALUES) / sizeof(VALUES[0]))];
}

static void fill_rows(float *x, float *smooth, size_t n, size_t round)
{
    for (size_t i = 0; i < 3 * n; i++)
        x[i] = round % 5 == 0 ? awkward(random_u32())
                              : random_float(round % 5 == 1 ? 1e-3F : 20.0F);
    if (round % 5 == 2)
        memset(x, 0, n * sizeof(float));
    if (round % 5 == 3) {
        x[1] = (float)__builtin_nan("");
        x[n + 2] = (float)__builtin_inf();
        x[2 * n + 3] = -(float)__builtin_inf();
    }
    for (size_t i = 0; i < n; i++)
        smooth[i] = random_float(1) + 1.5F;
}

static void every_isa_quantizes_to_the_same_bytes(void **state)
{
    enum {
        N = 96
    };
    float x[3 * N], smooth[N];
    uint8_t a[2][3 * N];
    struct row_quant quant[2][3];
    struct cpu cpu;

    (void)state;
    cpu_detect(&cpu);
    for (size_t round = 0; round < 3000; round++) {
        fill_rows(x, smooth, N, round);
        for (int isa = 0; isa < ISA_COUNT; isa++) {
            if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
                continue;
            int slot = isa != ISA_SCALAR;
            kernels_find((enum isa)isa)
                ->quantize(&(struct quantize){
                    x, 3, N, round & 1 ? smooth : NULL, a[slot], quant[slot]});
            assert_memory_equal(a[slot], a[0], sizeof(a[0]));
            assert_memory_equal(quant[slot], quant[0], sizeof(quant[0]));
        }
        if (round % 5 != 4)
            continue;
        /* Ordinary rows come back within half a step. */
        for (size_t i = 0; i < 3 * N; i++) {
            struct row_quant q = quant[0][i / N];
            float v = round & 1 ? x[i] * smooth[i % N] : x[i];
            float back = (float)(a[0][i] - q.zero) * q.scale;
            assert_true(back - v < q.scale * 1.01F &&
                        v - back < q.scale * 1.01F);
        }
    }
}

static void weights_come_back_within_half_a_step(void **state)
{
    enum {
        N = 64,
        K = 36
    };
    static float w[N * K], scale[N];
    static int8_t panels[N * K];
    static int32_t sum[N];
    struct linear_s8_out out = {panels, scale, sum};

    (void)state;
    for (size_t i = 0; i < N * K; i++)
        w[i] = random_float(3);
    memset(w, 0, K * sizeof(float));
    linear_s8_pack(&out, w, N, K);
    for (size_t j = 0; j < N; j++) {
        int32_t total = 0, greatest = 0;
        for (size_t i = 0; i < K; i++) {
            int32_t q = panels[j / PANEL * PANEL * K + i / 4 * 4 * PANEL +
                               j % PANEL * 4 + i % 4];
            float error = (float)q * scale[j] - w[j * K + i];
            assert_true(error <= scale[j] * 0.501F &&
                        error >= scale[j] * -0.501F);
            greatest = abs(q) > greatest ? abs(q) : greatest;
            total += q;
        }
        assert_int_equal(sum[j], total);
        assert_int_equal(greatest, j ? 127 : 0);
    }
}

static void rounding_is_to_even(void **state)
{
    (void)state;
    assert_int_equal(round_to_int(0.5F), 0);
    assert_int_equal(round_to_int(1.5F), 2);
    assert_int_equal(round_to_int(-2.5F), -2);
    assert_int_equal(round_to_int(-126.7F), -127);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_isa_computes_the_exact_sums),
        cmocka_unit_test(every_isa_quantizes_to_the_same_bytes),
        cmocka_unit_test(weights_come_back_within_half_a_step),
        cmocka_unit_test(rounding_is_to_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
