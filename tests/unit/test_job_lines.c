/* SPDX-License-Identifier: MIT */
#include "job_fixture.h"

static void lists_without_bullets_have_items(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Childminder's assistant\n\n"
                                  "What I need from you:\n"
                                  "a love of being outdoors in all weathers\n"
                                  "paediatric first aid\n"
                                  "good spoken English\n\n"
                                  "Nice to have:\n"
                                  "experience with additional needs\n"
                                  "a driving licence helps\n")),
                     RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0,
                          "a love of being outdoors in all weathers", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "First aid", true));
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 0, "English", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 2,
                          "experience with additional needs", false));
    assert_non_null(find(f, REQUIREMENT_LICENCE, 0));
}

static void a_wrapped_sentence_is_no_list(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "Somebody who has worked with Python for a long time\n"
                     "and likes it still, even after having had to maintain\n"
                     "something large.\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Python", true));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
}

static void sentences_behind_a_list_are_no_items_of_it(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Office Assistant\n\n"
                                  "Duties include:\n"
                                  "- Answering the telephone\n"
                                  "- Opening letters\n\n"
                                  "You will be proficient in Excel.\n\n"
                                  "Discretion is a must.\n\n"
                                  "Call Sam with what you would like to "
                                  "know.\n")),
                     RSC_OK);
    assert_non_null(find(f, REQUIREMENT_DUTY, 1));
    assert_null(find(f, REQUIREMENT_DUTY, 2));
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Microsoft Excel", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Integrity", true));
    assert_null(find(f, REQUIREMENT_SKILL, 2));
}

static bool has_title(struct fixture *f, const char *text, const char *title)
{
    return parse(f, str_of(text)) == RSC_OK &&
           str_eq(f->job.title, str_of(title));
}

static void titles_stand_behind_labels_and_pictures(void **state)
{
    struct fixture *f = *state;

    assert_true(has_title(
        f, "Subject: Quantity Surveyor - Leeds\n\nRequirements:\n- Excel\n",
        "Quantity Surveyor"));
    assert_true(has_title(f,
                          "\xF0\x9F\x9A\x80 We're hiring: Marketing Manager "
                          "\xF0\x9F\x9A\x80\n\nRequirements:\n- Excel\n",
                          "Marketing Manager"));
    assert_true(has_title(f,
                          "Job Title: Payroll Specialist Job Location: Tulsa\n"
                          "\nRequirements:\n- Excel\n",
                          "Payroll Specialist"));
    assert_true(has_title(f,
                          "WAREHOUSE OPERATIVES - TEMP\n\n"
                          "Requirements:\n- Excel\n",
                          "WAREHOUSE OPERATIVE"));
}

static void pictures_are_bullets(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Requirements:\n"
                                  "\xF0\x9F\x8E\xAF Likes to be told why\n"
                                  "\xE2\x9C\x8D\xEF\xB8\x8F Python\n")),
                     RSC_OK);
    assert_true(
        has_label(f, REQUIREMENT_SKILL, 0, "Likes to be told why", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Python", true));
}

static void capitals_are_a_heading(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Officer\n\nOTHER COMPETENCIES SOUGHT\n"
                                  "Teamwork in the kitchen.\n")),
                     RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Teamwork", true));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_without_bullets_have_items),
        cmocka_unit_test(a_wrapped_sentence_is_no_list),
        cmocka_unit_test(sentences_behind_a_list_are_no_items_of_it),
        cmocka_unit_test(titles_stand_behind_labels_and_pictures),
        cmocka_unit_test(pictures_are_bullets),
        cmocka_unit_test(capitals_are_a_heading),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
