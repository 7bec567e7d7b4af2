/* SPDX-License-Identifier: MIT */
#include "base/csv.h"
#include "base/mem.h"
#include "cmocka_all.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct csv csv;
};

static int setup(void **state)
{
    static struct fixture f;
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    ctx_clear(&f->ctx);
    return 0;
}

static rsc_status read_table(struct fixture *f, const char *text)
{
    memset(&f->ctx.error, 0, sizeof(f->ctx.error));
    return csv_read(&f->ctx, &f->csv, str_of(text), "groups.csv");
}

static void cells_are_read_as_rfc_4180_has_them(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(read_table(f, "\xEF\xBB\xBFid, sex\r\n"
                                   "a.pdf,\"F\"\r\n"
                                   "\r\n"
                                   "\"b, \"\"x\"\".pdf\" , M\n"
                                   "c.pdf"),
                     RSC_OK);
    assert_int_equal(f->csv.n_rows, 4);
    assert_int_equal(f->csv.n_columns, 2);
    assert_int_equal(csv_find(&f->csv, STR("SEX")), 1);
    assert_int_equal(csv_find(&f->csv, STR("age")), SIZE_MAX);
    assert_true(str_eq(csv_cell(&f->csv, 1, 1), STR("F")));
    assert_true(str_eq(csv_cell(&f->csv, 2, 0), STR("b, \"x\".pdf")));
    assert_true(str_eq(csv_cell(&f->csv, 2, 1), STR("M")));
    assert_true(str_eq(csv_cell(&f->csv, 3, 1), STR("")));
}

static void damaged_tables_are_refused_with_their_line(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(read_table(f, "a,b\n1,2,3\n"), RSC_EFORMAT);
    assert_non_null(strstr(f->ctx.error.message, "line 2 has 3 cells"));
    assert_int_equal(read_table(f, "a,b\n\"1,2\n3,4\n"), RSC_EFORMAT);
    assert_non_null(strstr(f->ctx.error.message, "line 2: a quote"));
    assert_int_equal(read_table(f, "a,b\n\"1\"x,2\n"), RSC_EFORMAT);
    assert_int_equal(read_table(f, ""), RSC_OK);
    assert_int_equal(f->csv.n_rows, 0);
}

static void too_many_columns_are_refused(void **state)
{
    struct fixture *f = *state;
    char text[2 * CSV_COLUMNS + 4];
    memset(text, ',', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    assert_int_equal(read_table(f, text), RSC_ELIMIT);
}

static void put(struct fixture *f, const char *cell, const char *expected)
{
    struct buf out;
    buf_init(&out, &f->mem, 1000);
    csv_put(&out, str_of(cell), true);
    assert_true(str_eq(buf_str(&out), str_of(expected)));
    buf_clear(&out);
}

static void formulas_are_written_as_text(void **state)
{
    struct fixture *f = *state;
    put(f, "=1+1", "\"'=1+1\"");
    put(f, "+49 30", "\"'+49 30\"");
    put(f, "-2", "\"'-2\"");
    put(f, "@SUM(A1)", "\"'@SUM(A1)\"");
    put(f, "\tx", "\"'\tx\"");
    put(f, "plain", "plain");
    put(f, "a,b", "\"a,b\"");
    put(f, "say \"hi\"", "\"say \"\"hi\"\"\"");
    put(f, "", "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cells_are_read_as_rfc_4180_has_them),
        TEST(damaged_tables_are_refused_with_their_line),
        TEST(too_many_columns_are_refused),
        TEST(formulas_are_written_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
