/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "parse/dates.h"

#include <stdio.h>

static const struct month as_of = {2026, 11};

struct fixture {
    struct mem mem;
    struct ctx ctx;
};

static int set_up(void **state)
{
    static struct fixture f;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    ctx_clear(&f->ctx);
    return f->mem.bytes == 0 ? 0 : -1;
}

/* "2018-00..2020-00" or "none"; present is marked by a star. */
static void expect(struct fixture *f, const char *text, const char *expected)
{
    struct date_ranges out = {0};
    char got[64] = "none";

    assert_int_equal(dates_find(&f->ctx, &out, str_of(text), as_of), RSC_OK);
    if (out.len) {
        const struct date_range *d = &out.items[0];
        snprintf(got, sizeof(got), "%d-%02d..%d-%02d%s", d->first.year,
                 d->first.month, d->last.year, d->last.month,
                 d->is_present ? "*" : "");
    }
    if (strcmp(got, expected))
        print_error("%s: %s, not %s\n", text, got, expected);
    assert_string_equal(got, expected);
}

static void ranges_are_read(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        {"2018-2020", "2018-00..2020-00"},
        {"2018 \xE2\x80\x93 2020", "2018-00..2020-00"},
        {"2018\xE2\x80\x94"
         "2020",
         "2018-00..2020-00"},
        {"2018/2020", "2018-00..2020-00"},
        {"2018-20", "2018-00..2020-00"},
        {"2018/19", "2018-00..2019-00"},
        {"1998-03", "1998-03..1998-03"},
        {"2004-05", "2004-00..2005-00"},
        {"06/2019 to 12/2020", "2019-06..2020-12"},
        {"06/2019-12/2020", "2019-06..2020-12"},
        {"06 / 2019 - 12 / 2020", "2019-06..2020-12"},
        {"Jan '19 \xE2\x80\x93 Present", "2019-01..2026-11*"},
        {"Jan \xE2\x80\x99"
         "19 - Mar \xE2\x80\x99"
         "21",
         "2019-01..2021-03"},
        {"Jan 19 - Mar 21", "2019-01..2021-03"},
        {"06/19 - 12/20", "2019-06..2020-12"},
        {"'18 - '20", "2018-00..2020-00"},
        {"Summer 2017", "2017-06..2017-08"},
        {"Summer 2017 - Spring 2018", "2017-06..2018-05"},
        {"Fall '18", "2018-09..2018-11"},
        {"since 03.2015", "2015-03..2026-11*"},
        {"Since March 2015", "2015-03..2026-11*"},
        {"2019 \xE2\x80\x93 heute", "2019-00..2026-11*"},
        {"May 2016 till date", "2016-05..2026-11*"},
        {"May 2016 to date", "2016-05..2026-11*"},
        {"May 2016 - Till Now", "2016-05..2026-11*"},
        {"2016 to present", "2016-00..2026-11*"},
        {"2016 - current", "2016-00..2026-11*"},
        {"Feb 2020 - ongoing", "2020-02..2026-11*"},
        {"July 2012 \xE2\x80\x93 Ongoing", "2012-07..2026-11*"},
        {"January 2021 onwards", "2021-01..2026-11*"},
        {"2019 -", "2019-00..2026-11*"},
        {"From 2010 until 2012", "2010-00..2012-00"},
        {"between 2010 and 2012", "2010-00..2012-00"},
        {"Jan - Mar 2019", "2019-01..2019-03"},
        {"June \xE2\x80\x93 August 2020", "2020-06..2020-08"},
        {"Nov - Feb 2019", "2018-11..2019-02"},
        {"Jan 2019 -\nDec 2020", "2019-01..2020-12"},
        {"Sep. 2023 \xC2\xAD Mar. 2024", "2023-09..2024-03"},
        {"01.09.2015 - 31.08.2018", "2015-09..2018-08"},
        {"03/15/2019 - 04/01/2020", "2019-03..2020-04"},
        {"2019-03 to 2020-11", "2019-03..2020-11"},
        {"2011-12 - 2012-03", "2011-12..2012-03"},
        {"2019-03-15 to 2020-11-01", "2019-03..2020-11"},
        {"2020.09 - 2022.06", "2020-09..2022-06"},
        {"Q1 2019 - Q3 2020", "2019-01..2020-09"},
        {"1st January 2019 to 31st March 2020", "2019-01..2020-03"},
        {"15 Jan 2019 - 3 Feb 2020", "2019-01..2020-02"},
        {"Jan 15, 2019 - Feb 3, 2020", "2019-01..2020-02"},
        {"Dec-2015 to Jan-2017", "2015-12..2017-01"},
        {"Aug2017-Present", "2017-08..2026-11*"},
        {"(1999-2003)", "1999-00..2003-00"},
        {"2024 - 2029", "2024-00..2026-11*"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect(f, cases[i][0], cases[i][1]);
}

static void single_dates_are_read(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        {"2019", "2019-00..2019-00"},
        {"March 2019", "2019-03..2019-03"},
        {"Sept. 2019", "2019-09..2019-09"},
        {"03/2019", "2019-03..2019-03"},
        {"03/15/2019", "2019-03..2019-03"},
        {"15/03/2019", "2019-03..2019-03"},
        {"15.03.2019", "2019-03..2019-03"},
        {"2019-03-15", "2019-03..2019-03"},
        {"Q3 2020", "2020-07..2020-09"},
        {"2020 Q3", "2020-07..2020-09"},
        {"3rd quarter 2020", "2020-07..2020-09"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect(f, cases[i][0], cases[i][1]);
}

static void what_is_no_date_is_left_out(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[] = {
        "2020-2018",
        "Jan 2091",
        "2109 - 2112",
        "1899",
        "1930 - 1940",
        "$2000",
        "2000+ users",
        "555-2010",
        "11.20195",
        "Windows 2000",
        "SQL Server 2012",
        "ISO 9001:2015",
        "may not",
        "24/7",
        "3/4",
        "10-12 people",
        "12345",
        "20190",
        "1990s",
        "2019%",
        "v2.2019.1",
        "http://a.b/2019",
        "May",
        "Dec 2027",
        "13/2019",
        "40.50.2019",
        "B2019",
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        expect(f, cases[i], "none");
}

static void refused_dates_are_marked_in_a_scan(void **state)
{
    struct fixture *f = *state;
    struct date_ranges out = {0};

    assert_int_equal(
        dates_scan(&f->ctx, &out, STR("2020-2018, May 2030, 2019"), as_of),
        RSC_OK);
    assert_int_equal(out.len, 3);
    assert_true(out.items[0].is_refused);
    assert_true(out.items[1].is_refused);
    assert_false(out.items[2].is_refused);
}

static unsigned months_of(struct fixture *f, const char *text)
{
    struct date_ranges out = {0};

    assert_int_equal(dates_find(&f->ctx, &out, str_of(text), as_of), RSC_OK);
    return dates_union_months(&f->ctx, out.items, out.len, as_of);
}

static void overlapping_months_count_once(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(months_of(f, "01/2018 - 12/2018"), 12);
    assert_int_equal(months_of(f, "2018 - 2020"), 36);
    assert_int_equal(months_of(f, "01/2018 - 12/2018; 07/2018 - 06/2019"), 18);
    assert_int_equal(months_of(f, "2010 - 2020; 03/2012 - 05/2012"), 132);
    assert_int_equal(months_of(f, "01/2015 - 03/2015; 06/2019 - 07/2019"), 5);
    assert_int_equal(months_of(f, "09/2026 - present"), 3);
    /* The missing end of a running year is not in the future. */
    assert_int_equal(months_of(f, "2026"), 11);
    assert_int_equal(months_of(f, ""), 0);
}

static void hostile_text_takes_linear_time(void **state)
{
    struct fixture *f = *state;
    enum {
        N = 100000
    };
    char *text = test_malloc(N * 11);
    struct date_ranges out = {0};

    for (size_t i = 0; i < N; i++)
        memcpy(text + i * 11, "2018-2020, ", 11);
    assert_int_equal(
        dates_find(&f->ctx, &out, (struct str){text, N * 11}, as_of), RSC_OK);
    assert_int_equal(out.len, N);
    assert_int_equal(dates_union_months(&f->ctx, out.items, out.len, as_of),
                     36);
    memset(text, '-', N * 11);
    memcpy(text, "2018", 4);
    assert_int_equal(
        dates_find(&f->ctx, &out, (struct str){text, N * 11}, as_of), RSC_OK);
    test_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ranges_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(single_dates_are_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_date_is_left_out, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(refused_dates_are_marked_in_a_scan,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(overlapping_months_count_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hostile_text_takes_linear_time, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
