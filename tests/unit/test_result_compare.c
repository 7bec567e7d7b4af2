/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/result_compare.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct result_comparison comparison;
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

#define RESULT(total, points, model, file)                                     \
    "{\"version\":1,\"total\":" total                                          \
    ",\"requirements\":[{\"label\":\"Python\","                                \
    "\"points\":" points "}],\"provenance\":{\"model\":{\"hash\":\"" model     \
    "\"},\"as_of\":\"2025-06-30\",\"weights\":\"skill=3\",\"resume\":{"        \
    "\"file\":\"" file "\"}}}"

static const struct result_comparison *compare(void **state, const char *a,
                                               const char *b)
{
    struct fixture *f = *state;
    assert_int_equal(
        result_compare(&f->ctx, &f->comparison, str_of(a), str_of(b)), RSC_OK);
    return &f->comparison;
}

static void equal_results_are_equal(void **state)
{
    const struct result_comparison *c =
        compare(state, RESULT("50.00", "50.00", "ab", "x.pdf"),
                RESULT("50.00", "50.00", "ab", "elsewhere/x.pdf"));
    assert_true(c->same_total && c->same_inputs);
    assert_int_equal(c->n_all, 0);
}

static void what_differs_is_named_provenance_first(void **state)
{
    const struct result_comparison *c =
        compare(state, RESULT("50.00", "50.00", "ab", "x"),
                RESULT("49.00", "49.00", "cd", "x"));
    assert_false(c->same_total);
    assert_false(c->same_inputs);
    assert_int_equal(c->n_items, 3);
    assert_string_equal(c->items[0].path.data, "provenance.model.hash");
    assert_string_equal(c->items[0].old_value.data, "\"ab\"");
    assert_string_equal(c->items[0].new_value.data, "\"cd\"");
    assert_string_equal(c->items[1].path.data, "total");
    assert_string_equal(c->items[2].path.data, "requirements[0].points");
}

static void a_difference_without_a_cause_is_called_a_defect(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    const struct result_comparison *c =
        compare(state, RESULT("50.00", "50.00", "ab", "x"),
                RESULT("50.01", "50.01", "ab", "x"));
    assert_true(c->same_inputs);
    buf_init(&out, &f->mem, 10000);
    result_comparison_write(&out, c);
    assert_non_null(strstr(out.data, "The total differs."));
    assert_non_null(strstr(out.data, "defect"));
    buf_clear(&out);
}

static void missing_and_new_members_differ(void **state)
{
    const struct result_comparison *c = compare(
        state, "{\"version\":1,\"total\":1,\"provenance\":{},\"old\":[1]}",
        "{\"version\":1,\"total\":1,\"provenance\":{},\"new\":2}");
    assert_true(c->same_total);
    assert_int_equal(c->n_items, 2);
    assert_string_equal(c->items[0].path.data, "old");
    assert_string_equal(c->items[0].new_value.data, "nothing");
    assert_string_equal(c->items[1].path.data, "new");
    assert_string_equal(c->items[1].old_value.data, "nothing");
}

static void the_question_of_a_result_can_be_asked_again(void **state)
{
    struct fixture *f = *state;
    struct result_question question;
    assert_int_equal(result_question_read(&f->ctx, &question,
                                          STR(RESULT("1", "1", "a", "x"))),
                     RSC_OK);
    assert_string_equal(question.as_of.data, "2025-06-30");
    assert_string_equal(question.weights.data, "skill=3");
    assert_string_equal(question.what_if.data, "");
    assert_string_equal(question.job_title.data, "");
}

static void what_is_no_result_is_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const bad[] = {
        "",
        "{",
        "[]",
        "{\"version\":2,\"total\":1,\"provenance\":{}}",
        "{\"version\":1,\"provenance\":{}}",
        "{\"version\":1,\"total\":1}"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        memset(&f->ctx.error, 0, sizeof(f->ctx.error));
        assert_int_equal(result_compare(&f->ctx, &f->comparison,
                                        STR(RESULT("1", "1", "a", "x")),
                                        str_of(bad[i])),
                         RSC_EFORMAT);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_results_are_equal),
        TEST(what_differs_is_named_provenance_first),
        TEST(a_difference_without_a_cause_is_called_a_defect),
        TEST(missing_and_new_members_differ),
        TEST(the_question_of_a_result_can_be_asked_again),
        TEST(what_is_no_result_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
