/* SPDX-License-Identifier: MIT */
#include "parse/job_words.h"

#include "job_fixture.h"

static void work_that_comes_is_no_condition(void **state)
{
    (void)state;
    assert_false(job_words_are_must(STR("Adjusts priorities as required")));
    assert_true(job_words_are_must(STR("Python is required")));
    assert_true(job_words_are_nice(STR("a driving licence helps.")));
    assert_false(job_words_are_nice(STR("Helps customers")));
}

static void what_is_taught_is_not_asked_for(void **state)
{
    (void)state;
    assert_true(job_words_are_unasked(STR("If not, we can teach you")));
    assert_false(job_words_are_unasked(
        STR("Must have Java, we'll teach you our tools")));
}

static void what_you_will_have_is_no_duty(void **state)
{
    (void)state;
    assert_int_equal(job_words_duty(STR("You will have two years")), 0);
    assert_int_equal(job_words_duty(STR("You will lead a team")), 1);
    assert_int_equal(job_words_duty(STR("You'd be making coffee")), 1);
}

static void what_may_stand_in_is_no_condition(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "Master's degree (or equivalent) in physics or "
                     "statistics; a first-level degree with two years of "
                     "relevant experience may be accepted in lieu.\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_DEGREE, 0,
                          "Master's degree in physics or statistics", true));
    assert_true(find(f, REQUIREMENT_DEGREE, 0)->or_experience);
    assert_null(find(f, REQUIREMENT_DEGREE, 1));
    assert_null(find(f, REQUIREMENT_SKILL, 0));
    assert_int_equal(
        parse(f, STR("Requirements:\n- Advanced university degree in law\n")),
        RSC_OK);
    assert_true(
        has_label(f, REQUIREMENT_DEGREE, 0, "Master's degree in law", true));
}

static void a_major_is_a_degree(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\nGraduation from a four-year college with "
                     "a major in social work or psychology.\n"
                     "One year of full-time paid experience in case "
                     "management.\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_DEGREE, 0,
                          "Bachelor's degree in social work or psychology",
                          true));
    assert_non_null(find(f, REQUIREMENT_YEARS, 0));
}

static void a_licence_takes_what_it_is_for(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n- An active Idaho dental hygiene license "
                     "with local anesthesia endorsement\n- Excel\n")),
        RSC_OK);
    assert_non_null(find(f, REQUIREMENT_LICENCE, 0));
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Microsoft Excel", true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_that_comes_is_no_condition),
        cmocka_unit_test(what_is_taught_is_not_asked_for),
        cmocka_unit_test(what_you_will_have_is_no_duty),
        cmocka_unit_test(what_may_stand_in_is_no_condition),
        cmocka_unit_test(a_major_is_a_degree),
        cmocka_unit_test(a_licence_takes_what_it_is_for),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
