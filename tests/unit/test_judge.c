/* SPDX-License-Identifier: MIT */
/* How single requirements are judged: the line of work, titles, duties, and
 * what breadth of evidence is. The rules as a whole are in test_score.c. */
#include "score_fixture.h"

static struct requirement *ask_nursing(struct fixture *f)
{
    struct requirement *r =
        ask(f, REQUIREMENT_FIELD, "Line of work: Nursing and care");
    size_t at = f->job.n_requirements - 1;
    f->skills[at][0] = ontology_find(f->ontology, STR("Wound care"));
    assert_int_not_equal(f->skills[at][0], UINT32_MAX);
    r->n_skills = 1;
    return r;
}

static void a_line_of_work_is_shown_by_its_skills(void **state)
{
    struct fixture *f = *state;
    ask_nursing(f);
    uint32_t role = add_role(f, 2019, 2021);
    say_in(f, IN_WORK, role, "Sold boats to clubs and their members");
    size_t at = say_in(f, IN_WORK, role, "Did triage in the evening hours");
    size_t best =
        say_in(f, IN_WORK, role, "Infusion therapy and triage for children");
    const struct requirement_score *one = run(f)->requirements;
    assert_int_equal(one->support, 2);
    assert_int_equal(one->n_evidence, 2);
    assert_int_equal(one->how, MATCH_FIELD);
    /* What names most of its skills is shown first. */
    assert_int_equal(one->evidence[0].sentence, best);
    assert_int_equal(one->evidence[1].sentence, at);
    assert_int_not_equal(one->evidence[0].skill, UINT32_MAX);
    assert_string_equal(one->reason.data,
                        "2 sentences in 1 role or section name skills of this "
                        "line of work.");
    assert_true(one->points > 0 && one->points < one->weight);
}

static void another_line_of_work_earns_nothing(void **state)
{
    struct fixture *f = *state;
    ask_nursing(f);
    say(f, "Wrote Python tools for the billing team");
    say(f, "Good communication and teamwork in every shift");
    say(f, "No experience with triage in hospitals so far");
    const struct score *score = run(f);
    assert_int_equal(score->total, 0);
    assert_true(score->requirements[0].assessed);
}

static void a_line_of_work_is_not_a_list(void **state)
{
    struct fixture *f = *state;
    static const char *const skills[] = {"Triage", "Wound care",
                                         "Infusion therapy", "Phlebotomy"};
    ask_nursing(f);
    for (size_t i = 0; i < 4; i++)
        say_in(f, IN_SKILLS, UINT32_MAX, skills[i]);
    uint32_t listed = total(f);
    assert_non_null(strstr(f->score.requirements[0].reason.data, "list"));
    /* However many: bare names are one mention. */
    f->resume.n_sentences = 1;
    assert_int_equal(total(f), listed);
    f->resume.n_sentences = 0;
    uint32_t role = add_role(f, 2019, 2021);
    say_in(f, IN_WORK, role, "Did triage in the evening hours");
    assert_true(total(f) > 3 * listed);
}

static void a_line_of_work_said_twice_counts_once(void **state)
{
    struct fixture *f = *state;
    ask_nursing(f);
    uint32_t role = add_role(f, 2019, 2021);
    say_in(f, IN_WORK, role, "Did triage in the evening hours");
    uint32_t once = total(f);
    for (size_t i = 0; i < 20; i++)
        say_in(f, IN_WORK, role, "Did triage in the evening hours");
    assert_int_equal(total(f), once);
    /* Sentences about something else change nothing either. */
    for (size_t i = 0; i < 20; i++)
        say_in(f, IN_WORK, role, "Met the members of the club on the water");
    assert_int_equal(total(f), once);
}

static void two_roles_show_more_than_two_sentences_of_one(void **state)
{
    struct fixture *f = *state;
    uint32_t earned[2];
    for (uint32_t second = 0; second < 2; second++) {
        fixture_rewind(f);
        ask(f, REQUIREMENT_SKILL, "Python");
        uint32_t role = add_role(f, 2019, 2020);
        add_role(f, 2021, 2022);
        say_in(f, IN_WORK, role, "Wrote Python tools for the billing team");
        say_in(f, IN_WORK, role + second,
               "Moved a warehouse of parcels to Python services");
        earned[second] = total(f);
    }
    assert_true(earned[1] > earned[0] + 500);
}

static uint32_t title_credit(struct fixture *f, const char *wanted,
                             const char *held)
{
    fixture_rewind(f);
    ask(f, REQUIREMENT_TITLE, wanted);
    uint32_t role = add_role(f, 2019, 2021);
    size_t at = say_in(f, IN_WORK, role, held);
    f->roles[role].title = f->sentences[at].span;
    return run(f)->requirements[0].credit;
}

static void a_rank_alone_is_no_title(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(title_credit(f, "Sales Manager", "Sales Manager"), 1000);
    assert_true(title_credit(f, "Sales Manager", "Sales Assistant") > 0);
    assert_int_equal(title_credit(f, "Sales Manager", "Kitchen Manager"), 0);
    assert_int_equal(title_credit(f, "Manager", "Kitchen Manager"), 1000);
}

static void a_title_may_offer_alternatives(void **state)
{
    struct fixture *f = *state;
    const char *both = "Accounts Executive/Accountant";
    assert_int_equal(title_credit(f, both, "Accountant"), 1000);
    assert_int_equal(title_credit(f, both, "Accounts Executive"), 1000);
    /* Half of a title is no title of its own. */
    assert_true(title_credit(f, "UI/UX Designer", "UX Designer") == 1000);
    assert_true(title_credit(f, "UI/UX Designer", "UI") < 1000);
}

static void part_of_a_name_needs_its_subject(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "trench systems");
    say(f, "Kept the systems of the whole building going");
    assert_int_equal(total(f), 0);
    fixture_rewind(f);
    ask(f, REQUIREMENT_SKILL, "trench systems");
    say(f, "Dug one trench after the other for the mains");
    assert_true(total(f) > 0);
    assert_int_equal(f->score.requirements[0].how, MATCH_PART);
}

static void a_duty_in_other_words_is_done(void **state)
{
    struct fixture *f = *state;
    uint32_t credit[2];
    for (int duty = 0; duty < 2; duty++) {
        fixture_rewind(f);
        ask(f, duty ? REQUIREMENT_DUTY : REQUIREMENT_SKILL,
            "hand patients over to the night shift");
        size_t at = say(f, "Informed colleagues about everybody's state");
        set_cosine(f, 0, at, 0.55f);
        credit[duty] = run(f)->requirements[0].credit;
        assert_int_equal(f->score.requirements[0].how, MATCH_MEANING);
    }
    /* Meaning is all that a duty has; for a skill its name counts for more. */
    assert_true(credit[1] * 6 >= credit[0] * 10);
}

static void a_word_or_two_have_no_meaning_to_speak_of(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "spreadsheets of the office");
    set_cosine(f, 0, say(f, "Cell:"), 0.60f);
    assert_int_equal(total(f), 0);
    fixture_rewind(f);
    ask(f, REQUIREMENT_TITLE, "Physician");
    set_cosine(f, 0, say(f, "Family doctor"), 0.60f);
    assert_true(total(f) > 0);
}

/* A finished degree in another subject than the wanted "Mathematics"; returns
 * the sentence that names it. */
static size_t ask_mathematics(struct fixture *f)
{
    fixture_rewind(f);
    struct requirement *want =
        ask(f, REQUIREMENT_DEGREE, "Bachelor's degree in Mathematics");
    want->level = DEGREE_BACHELOR;
    want->subject = STR("Mathematics");
    size_t at = say(f, "B.S. Computer Science, State University");
    struct span whole = f->sentences[at].span;
    f->education[0] = (struct education){
        .level = DEGREE_BACHELOR,
        .degree = {whole.start, whole.start + 4},
        .subject = {whole.start + 5, whole.start + 21},
        .body = whole,
    };
    f->resume.n_education = 1;
    return at;
}

static void a_near_subject_counts_step_by_step(void **state)
{
    struct fixture *f = *state;
    uint32_t last = 0;
    for (int percent = 25; percent <= 70; percent++) {
        size_t at = ask_mathematics(f);
        set_cosine(f, 0, at, (float)percent / 100.0f);
        uint32_t now = total(f);
        assert_true(now >= last);
        assert_true(last == 0 || now - last <= 150);
        last = now;
    }
    assert_int_equal(last, 10000);
    set_cosine(f, 0, ask_mathematics(f), 0.20f);
    assert_int_equal(total(f), 6000);
}

static void what_stands_below_a_degree_is_not_its_subject(void **state)
{
    struct fixture *f = *state;
    ask_mathematics(f);
    size_t below = say(f, "Member of the committee for numbers and proofs");
    f->education[0].body.end = f->sentences[below].span.end;
    set_cosine(f, 0, below, 0.70f);
    assert_int_equal(total(f), 6000);
}

/* What every other subject has in its name is not the subject. */
static void engineering_is_not_civil_engineering(void **state)
{
    static const struct {
        const char *wanted;
        uint32_t total;
    } cases[] = {{"Computer Engineering", 10000},
                 {"Political Science", 6000},
                 {"Science", 10000}};
    struct fixture *f = *state;
    for (size_t i = 0; i < 3; i++) {
        ask_mathematics(f);
        f->asked[0].subject = str_of(cases[i].wanted);
        assert_int_equal(total(f), cases[i].total);
    }
    /* Of a degree its subject is compared: all degrees are degrees. */
    assert_true(str_eq(requirement_meaning(&f->asked[0]), STR("Science")));
}

static void ask_licence(struct fixture *f)
{
    fixture_rewind(f);
    f->skills[0][0] = ontology_find(f->ontology, STR("Professional Engineer"));
    ask(f, REQUIREMENT_LICENCE, "Professional Engineer license")->n_skills = 1;
}

static void a_licence_is_not_what_it_is_about(void **state)
{
    struct fixture *f = *state;
    ask_licence(f);
    say(f, "Ohio Professional Educator License, Early Childhood");
    say(f, "Led the engineering of bridges");
    assert_int_equal(total(f), 0);
    ask_licence(f);
    say(f, "Professional Engineer, State of Ohio");
    assert_int_equal(total(f), 10000);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_of_work_is_shown_by_its_skills),
        TEST(another_line_of_work_earns_nothing),
        TEST(a_line_of_work_is_not_a_list),
        TEST(a_line_of_work_said_twice_counts_once),
        TEST(two_roles_show_more_than_two_sentences_of_one),
        TEST(a_rank_alone_is_no_title),
        TEST(a_title_may_offer_alternatives),
        TEST(part_of_a_name_needs_its_subject),
        TEST(a_duty_in_other_words_is_done),
        TEST(a_near_subject_counts_step_by_step),
        TEST(what_stands_below_a_degree_is_not_its_subject),
        TEST(a_word_or_two_have_no_meaning_to_speak_of),
        TEST(engineering_is_not_civil_engineering),
        TEST(a_licence_is_not_what_it_is_about),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
