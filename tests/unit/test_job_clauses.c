/* SPDX-License-Identifier: MIT */
#include "job_fixture.h"

static bool is_left_out(const struct fixture *f, const char *text)
{
    for (size_t i = 0; i < f->job.n_left_out; i++) {
        struct str piece = span_of(f->doc.text, f->job.left_out[i]);
        if (str_find(piece, str_of(text), 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void a_comma_may_lead_to_another_strength(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- ADN required, BSN preferred\n"
                     "- Min. 5 years' experience in housing, timber frame "
                     "ideally\n"
                     "- SQL, Python or SAS preferred\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_DEGREE, 0, "Associate degree", true));
    assert_true(
        has_label(f, REQUIREMENT_DEGREE, 1, "Bachelor's degree", false));
    assert_true(find(f, REQUIREMENT_YEARS, 0)->must);
    assert_true(
        has_label(f, REQUIREMENT_SKILL, 0, "timber frame ideally", false));
    assert_true(
        has_label(f, REQUIREMENT_SKILL, 1, "SQL, Python or SAS", false));
}

static void what_is_not_required_is_not_asked(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- Fluent English; Dutch is not required\n"
                     "- A degree is not required, but knowledge of Excel is\n"
                     "- Own tools are not required but a plus\n"
                     "- SQL would be brilliant\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 0, "English", true));
    assert_null(find(f, REQUIREMENT_LANGUAGE, 1));
    assert_null(find(f, REQUIREMENT_DEGREE, 0));
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Microsoft Excel", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1,
                          "Own tools are not required but a plus", false));
    assert_true(has_label(f, REQUIREMENT_SKILL, 2, "SQL", false));
}

static void an_afterthought_is_a_wish(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Line cook wanted. Food handler "
                                  "certification needed, and if you've done "
                                  "any baking that's gravy.")),
                     RSC_OK);
    assert_true(find(f, REQUIREMENT_CERTIFICATE, 0)->required);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Baking", false));
}

static void employers_of_themselves_ask_for_nothing(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Care Assistant\n\n"
                     "We need caring people in the Tulsa area who can make a "
                     "real difference.\n\n"
                     "Requirements\n- Experience of dementia care\n")),
        RSC_OK);
    assert_true(is_left_out(f, "caring people"));
    assert_int_equal(
        parse(f, STR("Researcher in Hydrology\n\nThe Department of Earth "
                     "Sciences invites applications. The project investigates "
                     "droughts. You have experience with Python.\n\n"
                     "$20-23/hr plus tips and health insurance.\n")),
        RSC_OK);
    assert_true(is_left_out(f, "Earth Sciences"));
    assert_true(is_left_out(f, "The project investigates"));
    assert_true(is_left_out(f, "$20-23/hr"));
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Python", true));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
}

static void items_without_heading_ask_where_half_of_them_do(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("HGV drivers needed in Hull\n"
                                  "- Cat C+E licence\n"
                                  "- Min 2 yrs heavy haulage\n"
                                  "- Clear handwriting\n")),
                     RSC_OK);
    assert_true(str_eq(f->job.title, STR("HGV driver")));
    assert_non_null(find(f, REQUIREMENT_LICENCE, 0));
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 24);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Clear handwriting", true));
    assert_int_equal(parse(f, STR("Gardener\n"
                                  "- Experience with pruning\n"
                                  "- Keep the tools in the shed and in order\n"
                                  "- Water the roses.\n")),
                     RSC_OK);
    assert_non_null(find(f, REQUIREMENT_DUTY, 1));
}

static void conditions_and_certificates_are_said_once(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- Flexibility to work alternate weekends\n"
                     "- Certificate in emergency and critical care\n"
                     "- Excel, scheduling of vans, filing\n")),
        RSC_OK);
    const struct requirement *r = find(f, REQUIREMENT_SKILL, 0);
    assert_true(r->is_condition && r->n_skills == 0);
    assert_non_null(find(f, REQUIREMENT_CERTIFICATE, 0));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Microsoft Excel", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 2, "Filing", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 3, "scheduling of vans", true));
    assert_null(find(f, REQUIREMENT_SKILL, 4));
}

static void each_language_has_its_own_level(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- Very good German and good English language skills\n"
                     "- Completed training as an electrician\n")),
        RSC_OK);
    assert_int_equal(find(f, REQUIREMENT_LANGUAGE, 0)->language_level, 5);
    assert_int_equal(find(f, REQUIREMENT_LANGUAGE, 1)->language_level, 4);
    assert_true(has_label(f, REQUIREMENT_DEGREE, 0,
                          "Vocational diploma as electrician", true));
    assert_null(find(f, REQUIREMENT_SKILL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comma_may_lead_to_another_strength),
        cmocka_unit_test(what_is_not_required_is_not_asked),
        cmocka_unit_test(an_afterthought_is_a_wish),
        cmocka_unit_test(employers_of_themselves_ask_for_nothing),
        cmocka_unit_test(items_without_heading_ask_where_half_of_them_do),
        cmocka_unit_test(conditions_and_certificates_are_said_once),
        cmocka_unit_test(each_language_has_its_own_level),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
