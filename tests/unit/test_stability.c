/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/stability.h"

static void small_changes_of_weights_show_ties(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct stability_place place[3];
    /* A and B differ by 0.10 points that two kinds earn the other way round;
     * C is far behind. */
    const struct stability_part a[] = {{0, 5000, 4010}, {1, 5000, 3000}};
    const struct stability_part b[] = {{0, 5000, 3000}, {1, 5000, 4000}};
    const struct stability_part c[] = {{0, 5000, 1000}, {1, 5000, 1000}};
    const struct stability_candidate all[] = {
        {a, 2, 7010}, {b, 2, 7000}, {c, 2, 2000}};
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(stability_run(&ctx, place, all, 3), RSC_OK);
    assert_int_equal(place[0].place, 1);
    assert_int_equal(place[1].place, 2);
    assert_int_equal(place[0].worst, 2);
    assert_int_equal(place[1].best, 1);
    assert_int_equal(place[2].best, 3);
    assert_int_equal(place[2].worst, 3);
    ctx_clear(&ctx);
}

static void equal_totals_share_a_place(void **state)
{
    (void)state;
    struct mem mem;
    struct ctx ctx;
    struct stability_place place[3];
    const struct stability_part a[] = {{0, 10000, 5000}};
    const struct stability_part b[] = {{0, 10000, 4000}};
    const struct stability_candidate all[] = {
        {a, 1, 5000}, {a, 1, 5000}, {b, 1, 4000}};
    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    assert_int_equal(stability_run(&ctx, place, all, 3), RSC_OK);
    assert_int_equal(place[0].place, 1);
    assert_int_equal(place[1].place, 1);
    assert_int_equal(place[2].place, 3);
    assert_int_equal(stability_run(&ctx, place, all, 0), RSC_OK);
    ctx_clear(&ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_changes_of_weights_show_ties),
        cmocka_unit_test(equal_totals_share_a_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
