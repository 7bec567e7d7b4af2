/* SPDX-License-Identifier: MIT */
#include "tensor/linear.h"

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

/* One layer under one table; the bytes behind each row must stay. */
static float *run(const struct kernels *kernels, const struct linear *layer,
                  const float *x, size_t lda, size_t m)
{
    size_t ldy = layer->n + 3;
    float *y = malloc(m * ldy * sizeof(float));

    assert_non_null(y);
    for (size_t i = 0; i < m * ldy; i++)
        y[i] = 12345.0F;
    linear_run(kernels, layer, &(struct linear_io){x, lda, m, y, ldy});
    for (size_t i = 0; i < m; i++)
        for (size_t j = layer->n; j < ldy; j++)
            assert_true(y[i * ldy + j] == 12345.0F);
    return y;
}

static void compare(size_t n, size_t k, size_t lda, size_t m, bool with_bias)
{
    struct cpu cpu;
    size_t floats = linear_panel_floats(n, k);
    float *w = random_floats(n * k), *bias = random_floats(n);
    float *x = random_floats((m - 1) * lda + k);
    float *panels = malloc(floats * sizeof(float));

    assert_non_null(panels);
    cpu_detect(&cpu);
    linear_pack(panels, w, n, k);
    struct linear layer = {panels, with_bias ? bias : NULL, n, k, false};
    float *expected = run(kernels_find(ISA_SCALAR), &layer, x, lda, m);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = with_bias ? (double)bias[j] : 0;
            for (size_t p = 0; p < k; p++)
                sum += (double)x[i * lda + p] * (double)w[j * k + p];
            assert_float_equal((float)sum, expected[i * (n + 3) + j], 1e-4F);
        }
    for (int isa = 0; isa < ISA_COUNT; isa++) {
        if (!cpu_has(&cpu, (enum isa)isa) || !kernels_find((enum isa)isa))
            continue;
        float *y = run(kernels_find((enum isa)isa), &layer, x, lda, m);
        assert_memory_equal(y, expected, m * (n + 3) * sizeof(float));
        free(y);
    }
    free(expected);
    free(panels);
    free(x);
    free(bias);
    free(w);
}

static void every_table_gives_the_same_bytes(void **state)
{
    (void)state;
    for (size_t m = 1; m <= 27; m++)
        compare(32, 33, 33, m, m & 1);
    for (size_t n = 1; n <= 70; n += 3)
        compare(n, 1 + n / 2, 40, 5, n & 1);
    compare(64, 128, 200, 14, true);
}

static void rows_may_overlap(void **state)
{
    (void)state;
    compare(96, 288, 96, 15, true);
    compare(5, 6, 1, 30, false);
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    assert_true(linear_panel_floats(SIZE_MAX - 3, 1) == SIZE_MAX);
    assert_true(linear_panel_floats(SIZE_MAX / 2, 4) == SIZE_MAX);
    assert_true(linear_panel_floats(33, 2) == 128);
}

static void the_best_table_is_one_that_the_processor_has(void **state)
{
    struct cpu cpu;

    (void)state;
    cpu_detect(&cpu);
    assert_true(cpu_has(&cpu, kernels_best(&cpu)->isa));
    struct cpu none = {.has = {[ISA_SCALAR] = true}};
    assert_int_equal(kernels_best(&none)->isa, ISA_SCALAR);
    assert_true(isa_find("nonsense") == ISA_COUNT);
    for (int i = 0; i < ISA_COUNT; i++)
        assert_true(isa_find(isa_name((enum isa)i)) == (enum isa)i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_gives_the_same_bytes),
        cmocka_unit_test(rows_may_overlap),
        cmocka_unit_test(sizes_that_do_not_fit_are_refused),
        cmocka_unit_test(the_best_table_is_one_that_the_processor_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
