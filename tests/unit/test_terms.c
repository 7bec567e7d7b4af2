/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/terms.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
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

static struct terms make(struct fixture *f, const char *text)
{
    struct terms terms;
    assert_int_equal(terms_make(&f->ctx, &terms, str_of(text)), RSC_OK);
    return terms;
}

static uint32_t overlap(void **state, const char *a, const char *b)
{
    struct terms x = make(*state, a), y = make(*state, b);
    assert_int_equal(terms_overlap(&x, &y), terms_overlap(&y, &x));
    return terms_overlap(&x, &y);
}

static void case_punctuation_and_inflection_do_not_matter(void **state)
{
    assert_int_equal(
        overlap(state, "Managed databases.", "managing a DATABASE"), 1000);
    assert_int_equal(overlap(state, "\xE2\x80\xA2 libraries \xE2\x80\x93 tests",
                             "library test"),
                     1000);
    assert_int_equal(overlap(state, "driver's licence", "driver licence"),
                     1000);
}

static void names_of_skills_stay_apart(void **state)
{
    assert_int_equal(overlap(state, "C", "C++"), 0);
    assert_int_equal(overlap(state, "C#", "C++"), 0);
    assert_int_equal(overlap(state, "Java", "JavaScript"), 0);
    assert_int_equal(overlap(state, "Node.js", "node.JS,"), 1000);
    assert_int_equal(overlap(state, "git", "digital"), 0);
}

static bool share(void **state, const char *want, const char *have)
{
    struct terms w = make(*state, want), h = make(*state, have);
    return terms_share_subject(&w, &h);
}

static void words_of_rank_are_no_subject(void **state)
{
    assert_true(share(state, "Sales Executive", "Inside Sales Manager"));
    assert_false(share(state, "Sales Executive", "Account Executive"));
    assert_false(share(state, "team management", "Managing staff"));
    /* Where nothing else is asked for, they will do. */
    assert_true(share(state, "Manager", "Project Managers"));
    assert_false(share(state, "Manager", "Welder"));
}

static void function_words_are_not_content(void **state)
{
    struct terms t = make(*state, "the use of an API for this");
    assert_int_equal(t.n_words, 7);
    assert_int_equal(t.n_set, 2);
    struct terms none = make(*state, "and \xE2\x80\xA6 , ");
    assert_int_equal(none.n_set, 0);
    assert_int_equal(terms_overlap(&none, &none), 0);
}

static void repeated_words_count_once(void **state)
{
    struct terms t = make(*state, "python Python PYTHON python");
    assert_int_equal(t.n_words, 4);
    assert_int_equal(t.n_set, 1);
}

static void out_of_memory_is_reported(void **state)
{
    struct fixture *f = *state;
    struct terms terms;
    atomic_store(&f->mem.fail_after, 0);
    rsc_status st = terms_make(&f->ctx, &terms, STR("a few words"));
    atomic_store(&f->mem.fail_after, -1);
    assert_int_equal(st, RSC_ENOMEM);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(case_punctuation_and_inflection_do_not_matter),
        TEST(names_of_skills_stay_apart),
        TEST(words_of_rank_are_no_subject),
        TEST(function_words_are_not_content),
        TEST(repeated_words_count_once),
        TEST(out_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
