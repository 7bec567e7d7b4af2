/* SPDX-License-Identifier: MIT */
#include "tensor/maxout.h"

#include <math.h>
#include <stdlib.h>

#include "cmocka_all.h"
#include "tensor/linear.h"

/* xorshift; the same values in every run. */
static uint64_t state_of_random = 88172645463325252U;

static float *random_floats(size_t n)
{
    float *p = malloc(n * sizeof(float));

    assert_non_null(p);
    for (size_t i = 0; i < n; i++) {
        state_of_random ^= state_of_random << 13;
        state_of_random ^= state_of_random >> 7;
        state_of_random ^= state_of_random << 17;
        p[i] = (float)(int32_t)(state_of_random >> 32) / 2147483648.0F;
    }
    return p;
}

/* Calls check once per table of kernels that this processor can run. */
static void for_each_table(void (*check)(const struct kernels *))
{
    struct cpu cpu;

    cpu_detect(&cpu);
    check(kernels_find(ISA_SCALAR));
    for (int isa = ISA_SCALAR + 1; isa < ISA_COUNT; isa++)
        if (kernels_find((enum isa)isa) && cpu_has(&cpu, (enum isa)isa))
            check(kernels_find((enum isa)isa));
}

static void same_bytes(const float *a, const float *b, size_t n)
{
    assert_memory_equal(a, b, n * sizeof(float));
}

/* One row in double precision. */
static void norm_row(const struct maxout_norm *job, size_t row, double *out)
{
    const size_t n = job->n;
    const float *y = job->y + row * job->pieces * n;
    double mean = 0, variance = 0;

    for (size_t i = 0; i < n; i++) {
        out[i] = (double)y[i];
        for (size_t p = 1; p < job->pieces; p++)
            out[i] = fmax(out[i], (double)y[p * n + i]);
        mean += out[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        variance += (out[i] - mean) * (out[i] - mean) / (double)n;
    for (size_t i = 0; i < n; i++)
        out[i] =
            (out[i] - mean) / sqrt(variance + 1e-8) * (double)job->gain[i] +
            (double)job->shift[i] +
            (job->skip ? (double)job->skip[row * n + i] : 0);
}

static void check_norm(const struct kernels *kernels, size_t m, size_t n,
                       size_t pieces, bool with_skip)
{
    float *y = random_floats(m * pieces * n), *skip = random_floats(m * n);
    float *gain = random_floats(n), *shift = random_floats(n);
    float *out = random_floats(m * n), *expected = random_floats(m * n);
    double row[96];
    struct maxout_norm job = {.y = y,
                              .m = m,
                              .n = n,
                              .pieces = pieces,
                              .gain = gain,
                              .shift = shift,
                              .skip = with_skip ? skip : NULL,
                              .out = expected};

    kernels_find(ISA_SCALAR)->maxout_norm(&job);
    job.out = out;
    kernels->maxout_norm(&job);
    same_bytes(out, expected, m * n);
    for (size_t i = 0; i < m; i++) {
        norm_row(&job, i, row);
        for (size_t j = 0; j < n; j++)
            assert_true(fabs(row[j] - (double)out[i * n + j]) < 3e-6);
    }
    free(y);
    free(skip);
    free(gain);
    free(shift);
    free(out);
    free(expected);
}

static void check_norms(const struct kernels *kernels)
{
    check_norm(kernels, 1, 16, 1, false);
    check_norm(kernels, 3, 48, 2, true);
    check_norm(kernels, 17, 96, 3, true);
}

static void maxout_and_norm_equal_double_and_each_other(void **state)
{
    (void)state;
    for_each_table(check_norms);
}

static void check_sum(const struct kernels *kernels)
{
    const size_t n = 64, pieces = 2;
    const float *rows[9];
    float *data = random_floats(9 * n * pieces), out[64];

    for (size_t i = 0; i < 9; i++)
        rows[i] = data + i * n * pieces;
    struct row_sum job = {
        .rows = rows, .n_rows = 9, .n = n, .pieces = pieces, .out = out};
    kernels->row_sum(&job);
    for (size_t o = 0; o < n; o++) {
        float best = -INFINITY;
        for (size_t p = 0; p < pieces; p++) {
            float sum = rows[0][p * n + o];
            for (size_t i = 1; i < 9; i++)
                sum += rows[i][p * n + o];
            best = sum > best ? sum : best;
        }
        assert_true(out[o] == best);
    }
    free(data);
}

static void rows_are_added_in_their_order(void **state)
{
    (void)state;
    for_each_table(check_sum);
}

static void check_gemv(const struct kernels *kernels)
{
    /* 1 to 7 panels: all the ways that they are put side by side. */
    for (size_t n_panels = 1; n_panels <= 7; n_panels++) {
        const size_t n = n_panels * PANEL, k = 48;
        float *w = random_floats(n * k), *x = random_floats(k);
        float *bias = random_floats(n), *y = random_floats(n);
        float *expected = random_floats(n), *panels = random_floats(n * k);
        linear_pack(panels, w, n, k);
        struct linear layer = {.panels = panels, .bias = bias, .n = n, .k = k};
        linear_run(kernels, &layer, &(struct linear_io){x, k, 1, expected, n});
        struct gemv job = {.x = x,
                           .panels = panels,
                           .k = k,
                           .n_panels = n_panels,
                           .bias = bias,
                           .y = y};
        kernels->gemv(&job);
        same_bytes(y, expected, n);
        free(w);
        free(x);
        free(bias);
        free(y);
        free(expected);
        free(panels);
    }
}

static void a_single_row_equals_the_linear_layer(void **state)
{
    (void)state;
    for_each_table(check_gemv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maxout_and_norm_equal_double_and_each_other),
        cmocka_unit_test(rows_are_added_in_their_order),
        cmocka_unit_test(a_single_row_equals_the_linear_layer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
