/* SPDX-License-Identifier: MIT */
#include "score/require.h"

#include "base/mem.h"
#include "cmocka_all.h"

enum {
    PYTHON,
    PYTHON_OR_JAVA,
    YEARS_OF_PYTHON,
    LICENCE,
    DUTY,
    FIELD,
    ASKED
};

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct ontology *ontology;
    uint32_t skills[2];
    struct requirement asked[ASKED];
    struct job job, marked;
};

static int set_up(void **state)
{
    static struct fixture f;

    memset(&f, 0, sizeof(f));
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    assert_int_equal(
        ontology_open(&f.ctx, &f.ontology, &f.mem, STR_NONE, "none"), RSC_OK);
    f.skills[0] = ontology_find(f.ontology, STR("Python"));
    f.skills[1] = ontology_find(f.ontology, STR("Java"));
    f.asked[PYTHON] = (struct requirement){
        .label = STR("Python"), .skills = f.skills, .n_skills = 1};
    f.asked[PYTHON_OR_JAVA] = (struct requirement){
        .label = STR("Python or Java"), .skills = f.skills, .n_skills = 2};
    f.asked[YEARS_OF_PYTHON] =
        (struct requirement){.kind = REQUIREMENT_YEARS,
                             .label = STR("3 years of Python"),
                             .skills = f.skills,
                             .n_skills = 1};
    f.asked[LICENCE] = (struct requirement){.kind = REQUIREMENT_LICENCE,
                                            .label = STR("driving licence")};
    f.asked[DUTY] = (struct requirement){
        .kind = REQUIREMENT_DUTY, .label = STR("Run the pythons' cages")};
    /* Its skill stands for a field only: Python does not mark it. */
    f.asked[FIELD] =
        (struct requirement){.kind = REQUIREMENT_FIELD,
                             .label = STR("Line of work: Software"),
                             .skills = f.skills,
                             .n_skills = 1};
    f.job = (struct job){.requirements = f.asked, .n_requirements = ASKED};
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ontology_close(f->ontology);
    ctx_clear(&f->ctx);
    return 0;
}

/* Which are required, as bits; -1 where it was refused. */
static int marked(struct fixture *f, const char *list)
{
    int bits = 0;

    if (require_mark(&f->ctx, &f->marked, &f->job, str_of(list), f->ontology)) {
        assert_int_equal(f->ctx.error.status, RSC_EINVALID);
        return -1;
    }
    for (int i = 0; i < ASKED; i++)
        bits |= (int)f->marked.requirements[i].required << i;
    return bits;
}

static void a_skill_marks_what_asks_for_it_alone(void **state)
{
    int python = 1 << PYTHON | 1 << YEARS_OF_PYTHON;

    assert_int_equal(marked(*state, "Python"), python);
    assert_int_equal(marked(*state, " python ,"), python);
    assert_int_equal(marked(*state, "python or java"), 1 << PYTHON_OR_JAVA);
}

static void a_kind_marks_all_of_it(void **state)
{
    assert_int_equal(marked(*state, "kind=licence"), 1 << LICENCE);
    assert_int_equal(marked(*state, "kind=skill, kind=licence"),
                     1 << PYTHON | 1 << PYTHON_OR_JAVA | 1 << LICENCE);
}

static void words_mark_the_labels_they_stand_in(void **state)
{
    assert_int_equal(marked(*state, "cages"), 1 << DUTY);
    assert_int_equal(marked(*state, "driving"), 1 << LICENCE);
}

static void the_job_stays_as_it_is(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(marked(f, "cages"), 1 << DUTY);
    assert_false(f->asked[DUTY].required);
}

static void what_is_not_asked_for_is_refused(void **state)
{
    struct fixture *f = *state;

    /* An alternative is not asked for by itself. */
    assert_int_equal(marked(f, "Java"), -1);
    assert_non_null(strstr(f->ctx.error.message, "driving licence"));
    f->ctx.error.status = RSC_OK;
    assert_int_equal(marked(f, "kind=nonsense"), -1);
    f->ctx.error.status = RSC_OK;
    assert_int_equal(marked(f, "age"), -1); /* of "cages": no whole word */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_skill_marks_what_asks_for_it_alone,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kind_marks_all_of_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_mark_the_labels_they_stand_in,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_job_stays_as_it_is, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_asked_for_is_refused,
                                        set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
