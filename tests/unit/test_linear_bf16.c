/* SPDX-License-Identifier: MIT */
#include "tensor/linear_bf16.h"

#include <math.h>
#include <stdlib.h>

#include "cmocka_all.h"

/* xorshift; the same values in every run. */
static uint64_t state_of_random = 88172645463325252U;

static float random_float(void)
{
    state_of_random ^= state_of_random << 13;
    state_of_random ^= state_of_random >> 7;
    state_of_random ^= state_of_random << 17;
    return (float)(int32_t)(state_of_random >> 32) / 2147483648.0F;
}

static float *random_floats(size_t n)
{
    float *p = malloc(n * sizeof(float));
    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        p[i] = random_float();
    return p;
}

static float rounded(float x)
{
    return float_of_bf16(bf16_of(x));
}

static void run(enum isa isa, const struct linear_bf16 *layer, const float *x,
                size_t m, float *y)
{
    float *scratch = malloc(m * layer->k * sizeof(float));

    assert_non_null(scratch);
    linear_bf16_run(kernels_find(isa), layer,
                    &(struct linear_bf16_io){x, m, y, scratch});
    free(scratch);
}

/* What the header promises, one value at a time. */
static void by_hand(const struct linear_bf16 *layer, const float *w,
                    const float *x, size_t m, float *y)
{
    size_t n = layer->n, k = layer->k;

    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            float sum = 0;
            for (size_t p = 0; p < k; p += 2) {
                const float *a = x + i * k + p, *b = w + j * k + p;
                sum = fmaf(rounded(a[1]), rounded(b[1]), sum);
                sum = fmaf(rounded(a[0]), rounded(b[0]), sum);
            }
            y[i * n + j] = sum + layer->bias[j];
        }
}

static void compare(size_t n, size_t k, size_t m)
{
    struct cpu cpu;
    float *w = random_floats(n * k), *bias = random_floats(n);
    float *x = random_floats(m * k);
    float *expected = random_floats(m * n), *y = random_floats(m * n);
    uint16_t *panels = malloc(n * k * sizeof(uint16_t));
    struct linear_bf16 layer = {panels, bias, n, k, false};

    assert_non_null(panels);
    cpu_detect(&cpu);
    linear_bf16_pack(panels, w, n, k);
    by_hand(&layer, w, x, m, expected);
    for (int isa = 0; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        run((enum isa)isa, &layer, x, m, y);
        /* What an instruction of its own rounds is the processor's. */
        if (isa < ISA_AVX512BF16 || isa >= ISA_NEON)
            assert_memory_equal(y, expected, m * n * sizeof(float));
        for (size_t i = 0; i < m * n; i++)
            assert_float_equal(y[i], expected[i], 2e-5F);
    }
    free(panels);
    free(y);
    free(expected);
    free(x);
    free(bias);
    free(w);
}

static void every_table_computes_what_the_header_says(void **state)
{
    (void)state;
    for (size_t m = 1; m <= 27; m++)
        compare(32, 48, m);
    compare(96, 16, 5);
    compare(64, 384, 14);
}

static void rounding_is_to_the_nearest_ties_to_even(void **state)
{
    (void)state;
    assert_int_equal(bf16_of(1.0F), 0x3f80);
    assert_int_equal(bf16_of(-2.0F), 0xc000);
    assert_int_equal(bf16_of(1.00390625F), 0x3f80);  /* half way, down */
    assert_int_equal(bf16_of(1.01171875F), 0x3f82);  /* half way, up */
    assert_int_equal(bf16_of(1.003906369F), 0x3f81); /* just above */
    assert_true(float_of_bf16(0x3f81) == 1.0078125F);
    assert_true(isinf(float_of_bf16(bf16_of(INFINITY))));
    assert_true(isnan(float_of_bf16(bf16_of(NAN))));
}

/* The rounding of rows is that of bf16_of: a layer that is the unit matrix
 * gives it back. */
static void rows_are_rounded_alike(void **state)
{
    enum {
        N = 32
    };
    uint16_t panels[N * N];
    float w[N * N] = {0}, bias[N] = {0}, x[N], y[N], scratch[N];
    struct cpu cpu;

    (void)state;
    cpu_detect(&cpu);
    for (size_t i = 0; i < N; i++) {
        w[i * N + i] = 1.0F;
        x[i] = i % 4 == 0   ? 1.0F + (float)i / 256.0F
               : i % 4 == 1 ? -random_float() * 1e20F
                            : random_float() * 1e-20F;
    }
    linear_bf16_pack(panels, w, N, N);
    struct linear_bf16 layer = {panels, bias, N, N, false};
    for (int isa = 0; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        linear_bf16_run(kernels_find((enum isa)isa), &layer,
                        &(struct linear_bf16_io){x, 1, y, scratch});
        for (size_t i = 0; i < N; i++)
            assert_true(y[i] == rounded(x[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_computes_what_the_header_says),
        cmocka_unit_test(rounding_is_to_the_nearest_ties_to_even),
        cmocka_unit_test(rows_are_rounded_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
