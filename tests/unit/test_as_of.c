/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "engine/as_of.h"

static struct mem mem;

static rsc_status read(struct as_of *out, const char *text)
{
    struct ctx ctx;

    mem_init(&mem, "test", 0);
    ctx_init(&ctx, &mem);
    rsc_status st = as_of_read(&ctx, out, text, 1700000000);
    ctx_clear(&ctx);
    return st;
}

static void a_month_and_a_day_are_read(void **state)
{
    (void)state;
    struct as_of as_of;
    assert_int_equal(read(&as_of, "2024-02-29"), RSC_OK);
    assert_int_equal(as_of.month.year, 2024);
    assert_int_equal(as_of.month.month, 2);
    assert_string_equal(as_of.text, "2024-02-29");
    assert_int_equal(read(&as_of, "2026-11"), RSC_OK);
    assert_string_equal(as_of.text, "2026-11");
}

static void no_date_means_the_clock(void **state)
{
    (void)state;
    struct as_of as_of;
    assert_int_equal(read(&as_of, NULL), RSC_OK);
    assert_string_equal(as_of.text, "2023-11-14");
    assert_int_equal(as_of.month.month, 11);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2026",    "2026-13",   "2026-00",     "2023-02-29",
        "2026/11",    "11-2026", "2026-11-2", "2026-11-23T", "yesterday",
        "2026-11-00", "0026-11",
    };
    struct as_of as_of;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(read(&as_of, bad[i]), RSC_EINVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_and_a_day_are_read),
        cmocka_unit_test(no_date_means_the_clock),
        cmocka_unit_test(nonsense_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
