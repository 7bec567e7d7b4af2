/* SPDX-License-Identifier: MIT */
#include "job_fixture.h"

static void examples_stand_for_what_they_are_examples_of(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- Deep learning frameworks such as PyTorch and Keras\n"
                     "- Experience with SQL and CRM, e.g. Salesforce\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0,
                          "Deep learning, PyTorch or Keras", true));
    assert_int_equal(find(f, REQUIREMENT_SKILL, 0)->at_least, 1);
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "SQL", true));
}

static void an_unknown_name_ends_a_list_of_alternatives(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Requirements:\n"
                                  "- Java, Kotlin or Whirlspeak\n"
                                  "- Docker, Kubernetes or similar\n")),
                     RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Java or Kotlin", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Docker", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 2, "Kubernetes", true));
}

static void the_kind_of_a_skill_is_none_of_its_own(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Requirements:\n"
                                  "- Experience programming in Python\n"
                                  "- Programming and SQL\n")),
                     RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Python", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Programming", true));
}

static void years_are_about_a_phrase_of_two_skills(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n- 2 years of B2B SaaS sales\n")), RSC_OK);
    assert_true(has_label(f, REQUIREMENT_YEARS, 0,
                          "2 years of Business-to-business sales or SaaS sales",
                          true));
    assert_null(find(f, REQUIREMENT_SKILL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples_stand_for_what_they_are_examples_of),
        cmocka_unit_test(an_unknown_name_ends_a_list_of_alternatives),
        cmocka_unit_test(the_kind_of_a_skill_is_none_of_its_own),
        cmocka_unit_test(years_are_about_a_phrase_of_two_skills),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
