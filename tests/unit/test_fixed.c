/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "score/fixed.h"

static void logarithms_of_powers_are_whole(void **state)
{
    (void)state;
    assert_int_equal(fixed_log2(1), 0);
    assert_int_equal(fixed_log2(2), 1 << 16);
    assert_int_equal(fixed_log2(1024), 10 << 16);
    assert_int_equal(fixed_log2(1u << 31), 31 << 16);
    /* log2(3) = 1.58496250..., x 65536 = 103872.1 */
    assert_in_range(fixed_log2(3), 103871, 103873);
    /* log2(10) x 65536 = 217705.8 */
    assert_in_range(fixed_log2(10), 217704, 217706);
}

static void log_share_grows_to_a_full_thousand(void **state)
{
    (void)state;
    assert_int_equal(fixed_log_share(0, 8), 0);
    assert_int_equal(fixed_log_share(8000, 8), 1000);
    assert_int_equal(fixed_log_share(900000, 8), 1000);
    /* log 2 / log 9 = 0.31546 */
    assert_int_equal(fixed_log_share(1000, 8), 315);
    for (uint32_t n = 0; n < 8000; n += 100)
        assert_true(fixed_log_share(n, 8) < fixed_log_share(n + 100, 8));
}

static void shares_add_up_exactly(void **state)
{
    (void)state;
    uint32_t weight[37], share[37], seed = 1;
    for (int round = 0; round < 1000; round++) {
        uint32_t sum = 0;
        for (size_t i = 0; i < 37; i++) {
            seed = seed * 1664525u + 1013904223u;
            weight[i] = (seed >> 16) % 15000;
        }
        fixed_split(share, weight, 37, 10000);
        for (size_t i = 0; i < 37; i++)
            sum += share[i];
        assert_int_equal(sum, 10000);
    }
}

static void the_largest_remainder_gets_the_rest(void **state)
{
    (void)state;
    uint32_t share[3];
    fixed_split(share, (uint32_t[]){1, 1, 1}, 3, 10000);
    assert_int_equal(share[0], 3334); /* the first of equals */
    assert_int_equal(share[1], 3333);
    assert_int_equal(share[2], 3333);
    fixed_split(share, (uint32_t[]){2, 0, 1}, 3, 100);
    assert_int_equal(share[0], 67);
    assert_int_equal(share[1], 0);
    assert_int_equal(share[2], 33);
    fixed_split(share, (uint32_t[]){0, 0, 0}, 3, 100);
    assert_int_equal(share[0] + share[1] + share[2], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logarithms_of_powers_are_whole),
        cmocka_unit_test(log_share_grows_to_a_full_thousand),
        cmocka_unit_test(shares_add_up_exactly),
        cmocka_unit_test(the_largest_remainder_gets_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
