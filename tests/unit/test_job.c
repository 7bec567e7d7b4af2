/* SPDX-License-Identifier: MIT */
#include "job_fixture.h"

#include <stdio.h>

static void a_sentence_becomes_its_requirements(void **state)
{
    struct fixture *f = *state;
    const struct requirement *r;

    assert_int_equal(
        parse(f, STR("Requirements:\n"
                     "- Must have 3+ years of experience with Python\n"
                     "- SQL; Docker preferred\n"
                     "- Java or Kotlin\n"
                     "- At least two of: Spark, Kafka, Airflow\n"
                     "- Master's degree or equivalent experience\n")),
        RSC_OK);
    r = find(f, REQUIREMENT_YEARS, 0);
    assert_non_null(r);
    assert_int_equal(r->months, 36);
    assert_int_equal(r->n_skills, 1);
    assert_true(r->must && r->required);
    r = find(f, REQUIREMENT_SKILL, 0);
    assert_true(r->must && !r->required);
    assert_false(find(f, REQUIREMENT_SKILL, 1)->must);
    r = find(f, REQUIREMENT_SKILL, 2);
    assert_int_equal(r->n_skills, 2);
    assert_int_equal(r->at_least, 1);
    r = find(f, REQUIREMENT_SKILL, 3);
    assert_int_equal(r->n_skills, 3);
    assert_int_equal(r->at_least, 2);
    r = find(f, REQUIREMENT_DEGREE, 0);
    assert_int_equal(r->level, DEGREE_MASTER);
    assert_true(r->or_experience);
    /* Each has the very sentence that it was read from. */
    struct str source = span_of(f->doc.text, r->source);
    assert_true(
        str_eq(source, STR("Master's degree or equivalent experience")));
}

static void a_bare_list_is_a_list_of_skills(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("python, sql\nfrobnication\n")), RSC_OK);
    assert_int_equal(f->job.n_requirements, 4); /* and the line of work */
    assert_int_equal(f->job.requirements[0].n_skills, 1);
    assert_int_equal(f->job.requirements[2].n_skills, 0);
    assert_true(str_eq(f->job.requirements[2].text, STR("frobnication")));
    assert_int_equal(parse(f, STR("Welding")), RSC_OK);
    assert_int_equal(f->job.n_requirements, 1);
}

/* Its only line is no title that says nothing else. */
static void one_line_is_a_job(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("C developer with Linux and 3 years of experience")),
        RSC_OK);
    assert_non_null(find(f, REQUIREMENT_YEARS, 0));
    assert_non_null(find(f, REQUIREMENT_SKILL, 0));
    assert_null(find(f, REQUIREMENT_TITLE, 0));
    assert_int_equal(parse(f, STR("Python developer")), RSC_OK);
    assert_int_equal(f->job.n_requirements, 1);
    assert_int_equal(f->job.requirements[0].kind, REQUIREMENT_SKILL);
    assert_int_equal(parse(f, STR("Nurse")), RSC_EINVALID);
    assert_int_equal(
        parse(f, STR("Backend Engineer\n\nRequirements:\n- Python\n")), RSC_OK);
    assert_true(str_eq(f->job.title, STR("Backend Engineer")));
}

static void the_line_of_work_is_told_by_the_skills(void **state)
{
    struct fixture *f = *state;
    const struct requirement *r;

    assert_int_equal(
        parse(f, STR("triage\nwound care\ninfusion therapy\nblood pressure "
                     "measurement\nMicrosoft Excel\nteamwork\n")),
        RSC_OK);
    r = find(f, REQUIREMENT_FIELD, 0);
    assert_non_null(r);
    assert_true(r->must && !r->required);
    /* A tool of every office is no line of work. */
    assert_true(str_eq(r->label, STR("Line of work: Nursing and care")));
    assert_int_equal(r->n_skills, 1);
    /* It is the last, and there is one. */
    assert_ptr_equal(r, &f->job.requirements[f->job.n_requirements - 1]);
    assert_null(find(f, REQUIREMENT_FIELD, 1));
}

/* What every office uses is not what the job is about. */
static void the_line_of_work_is_told_by_title_and_duties(void **state)
{
    struct fixture *f = *state;
    const struct requirement *r;

    assert_int_equal(
        parse(f, STR("Accounts Payable Specialist\n\n"
                     "What you will do\n"
                     "- Process vendor invoices and prepare the accruals\n\n"
                     "What we look for\n"
                     "- Excel with pivot tables\n- PowerPoint\n")),
        RSC_OK);
    r = find(f, REQUIREMENT_FIELD, 0);
    assert_non_null(r);
    assert_true(str_starts(r->label, STR("Line of work: Accounting")));
}

/* The heading is in no table: what the items say decides. */
static void a_list_below_words_of_its_own_is_what_its_items_are(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Buyer\n\nResponsibilities\n- Compare the offers\n\n"
                     "Our wishlist in short\n- 3+ years of purchasing\n"
                     "- Strong Excel skills\n- Spanish is a plus\n\n"
                     "A normal week\n- Visit two of our suppliers\n")),
        RSC_OK);
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 36);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Microsoft Excel", true));
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 0, "Spanish", false));
    assert_non_null(find(f, REQUIREMENT_DUTY, 1));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
}

/* Without a heading of their own, among what is to be done. */
static void items_about_the_applicant_are_no_duties(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Buyer\n\nResponsibilities\n- Compare the offers\n"
                     "- 3+ years of purchasing experience\n"
                     "- Knowledge of Spanish is a plus\n")),
        RSC_OK);
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 36);
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 0, "Spanish", false));
    assert_null(find(f, REQUIREMENT_DUTY, 1));
    assert_int_equal(parse(f, STR("Chef\n\nRequirements\n- A good knowledge "
                                  "of French cuisine is preferred\n")),
                     RSC_OK);
    assert_null(find(f, REQUIREMENT_LANGUAGE, 0));
}

/* "E1 A PhD", "E2 Teaching": numbers of a form, no names. */
static void codes_of_a_form_are_no_words(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Lecturer\n\nEssential\nE1 A PhD in Psychology\n"
                     "E2 A record of work that is published in journals which "
                     "are read by many of the people of this field\n"
                     "E3 Experience of teaching\n\nDesirable\n"
                     "D1 External funding\nD2 SPSS\n"
                     "D3 Experience of supervising PhD students\n")),
        RSC_OK);
    assert_true(
        has_label(f, REQUIREMENT_DEGREE, 0, "Doctorate in Psychology", true));
    assert_null(find(f, REQUIREMENT_DEGREE, 1));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Teaching", true));
    for (size_t i = 0; i < f->job.n_requirements; i++)
        assert_false(str_starts(f->job.requirements[i].label, STR("D3")));
}

static void years_are_no_deadlines_and_have_signs(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Cook\n\nRequirements\n"
                                  "- PE within two years of hire\n"
                                  "- Python\n")),
                     RSC_OK);
    assert_null(find(f, REQUIREMENT_YEARS, 0));
    assert_int_equal(
        parse(f, STR("Line cook wanted!! Need someone w/ 2 yrs+ on the line.")),
        RSC_OK);
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 24);
    /* Nor is that "W-2". */
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Cooking", true));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
}

static void arrows_are_bullets(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Account Executive\n\nThe gig:\n-> Own a quota\n"
                     "--> Run the demos\n\nYou:\n"
                     "=> 2-4 years closing B2B deals\n=> Salesforce\n")),
        RSC_OK);
    assert_non_null(find(f, REQUIREMENT_DUTY, 1));
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 24);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Salesforce", true));
}

static void each_language_is_as_strong_as_its_clause(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Buyer\n\nYour profile\n- Good German skills (min. B2), "
                     "English is of advantage\n- We don't care about your "
                     "degree\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 0, "German", true));
    assert_true(has_label(f, REQUIREMENT_LANGUAGE, 1, "English", false));
    assert_null(find(f, REQUIREMENT_DEGREE, 0));
}

static void who_the_employer_is_is_not_asked_for(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Care Assistant\n\nWillow House is a home with 42 beds, "
                     "rated Good by the CQC. Python is a must. This post is "
                     "subject to an enhanced DBS check.\n")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "Python", true));
    assert_null(find(f, REQUIREMENT_SKILL, 1));
    assert_true(has_label(f, REQUIREMENT_CERTIFICATE, 0, "DBS check", true));
}

static void no_line_of_work_where_nothing_tells_it(void **state)
{
    struct fixture *f = *state;
    static const char *const jobs[] = {
        "teamwork\ncommunication\nproblem solving\n", /* wanted everywhere */
        "Welding\n",                                  /* one skill only */
        "frobnication\nquux handling\n",              /* unknown */
        /* one of each: none stands out */
        "welding\ntriage\npython\nbookkeeping\nrecruitment\nmilking\n",
    };

    for (size_t i = 0; i < sizeof(jobs) / sizeof(jobs[0]); i++) {
        assert_int_equal(parse(f, str_of(jobs[i])), RSC_OK);
        assert_null(find(f, REQUIREMENT_FIELD, 0));
    }
}

static void a_degree_has_all_its_subjects(void **state)
{
    struct fixture *f = *state;
    static const char *const cases[][2] = {
        {"Bachelor's in Statistics, Mathematics or Economics",
         "Statistics, Mathematics or Economics"},
        {"Degree in art history, museum studies, or a related field required",
         "art history, museum studies"},
        {"BSc in Nursing, and two years in a hospital", "Nursing"},
        {"Bachelor's degree in law, 3 years of experience, SQL or Excel",
         "law"},
        {"degree in Travel and Tourism or Hospitality preferred",
         "Travel and Tourism or Hospitality"}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[200];
        snprintf(text, sizeof(text), "Requirements:\n- %s\n", cases[i][0]);
        assert_int_equal(parse(f, str_of(text)), RSC_OK);
        const struct requirement *r = find(f, REQUIREMENT_DEGREE, 0);
        assert_non_null(r);
        assert_true(str_eq(r->subject, str_of(cases[i][1])));
    }
}

static void wishes_are_told_by_their_words(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Cook\n\nYou need:\n- SQL (Kafka preferred)\n"
                                  "- The ideal candidate knows Docker\n\n"
                                  "It would be great if you also have\n"
                                  "- Python\n- Java is a big plus!\n")),
                     RSC_OK);
    static const bool must[] = {true, false, true, false, false};
    for (size_t i = 0; i < 5; i++) {
        const struct requirement *r = find(f, REQUIREMENT_SKILL, i);
        assert_non_null(r);
        assert_int_equal(r->must, must[i]);
    }
}

static void a_paragraph_holds_all_it_asks_for(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Home Health Aide\n\nWe need caring people in the Tulsa "
                     "area.\n\nDuties: help clients with meals.\n\nYou must "
                     "have a high school diploma, a valid driver's license and "
                     "a current CPR certification. A year or more of "
                     "caregiving experience is preferred. Email me@x.org.\n")),
        RSC_OK);
    assert_null(find(f, REQUIREMENT_SKILL, 0));
    assert_int_equal(find(f, REQUIREMENT_LICENCE, 0)->n_skills, 1);
    assert_int_equal(find(f, REQUIREMENT_CERTIFICATE, 0)->n_skills, 1);
    assert_null(find(f, REQUIREMENT_CERTIFICATE, 1));
    const struct requirement *r = find(f, REQUIREMENT_YEARS, 0);
    assert_int_equal(r->months, 12);
    assert_false(r->must);
    /* A licence to drive makes no driver of an aide. */
    r = find(f, REQUIREMENT_FIELD, 0);
    assert_true(!r || str_find(r->label, STR("Transport"), 0) == SIZE_MAX);
}

static void a_list_of_work_is_no_list_of_benefits(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Requirements:\n- Dental radiography\n- Python\n\n"
                     "Benefits\n- Dental and health insurance\n")),
        RSC_OK);
    assert_non_null(find(f, REQUIREMENT_SKILL, 1));
    assert_null(find(f, REQUIREMENT_SKILL, 2));
}

static void what_is_said_twice_counts_once(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("Nice to have:\n- Python\n\n"
                                  "Requirements:\n- Python\n- Python 3\n")),
                     RSC_OK);
    assert_int_equal(f->job.n_requirements, 1);
    assert_true(f->job.requirements[0].must);
}

static void bad_jobs_have_clear_errors(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        rsc_status status;
    } cases[] = {
        {"", RSC_ENOTEXT},
        {" \n\t\n", RSC_ENOTEXT},
        {"Benefits\nCompetitive salary and health insurance.\nWe are an equal "
         "opportunity employer.\n",
         RSC_EINVALID},
        {"Wir suchen einen erfahrenen Entwickler für unser Team in Berlin. "
         "Sie arbeiten mit den Kollegen an der Entwicklung und pflegen die "
         "Systeme mit Sorgfalt.\n",
         RSC_EUNSUPPORTED},
        {"Nous recherchons une infirmière pour rejoindre notre équipe. Vous "
         "travaillez avec des médecins dans les services et vous suivez des "
         "patients.\n",
         RSC_EUNSUPPORTED},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        rsc_error err;
        assert_int_equal(parse(f, str_of(cases[i].text)), cases[i].status);
        ctx_error(&f->ctx, &err);
        assert_true(strlen(err.message) > 20);
    }
}

static void a_megabyte_is_refused(void **state)
{
    struct fixture *f = *state;
    enum {
        N = 1 << 20
    };
    char *text = test_malloc(N);

    memset(text, 'a', N);
    assert_int_equal(parse(f, (struct str){text, N}), RSC_ELIMIT);
    for (size_t i = 0; i < N; i++)
        text[i] = i % 12 == 11 ? '\n' : "- Python, C"[i % 12];
    assert_int_equal(parse(f, (struct str){text, N}), RSC_ELIMIT);
    /* Just below the limit it is read in one go. */
    assert_int_equal(parse(f, (struct str){text, 49992}), RSC_OK);
    assert_true(f->job.n_requirements <= 3);
    test_free(text);
}

static void a_web_page_reads_as_it_looks(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(
        parse(f, STR("Buyer&nbsp;\n<p>We&rsquo;re a small shop.</p>"
                     "<b>What you&rsquo;ll bring</b><ul><li>SQL &amp; "
                     "Excel</li><li>3+ years of purchasing</li></ul>"
                     "<b>Bonus points for</b><ul><li>An MBA</li></ul>")),
        RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "SQL", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Microsoft Excel", true));
    assert_int_equal(find(f, REQUIREMENT_YEARS, 0)->months, 36);
    assert_true(has_label(f, REQUIREMENT_DEGREE, 0, "Master's degree", false));
    assert_null(find(f, REQUIREMENT_SKILL, 2));
}

static void few_words_are_a_job_a_title_is_none(void **state)
{
    struct fixture *f = *state;

    assert_int_equal(parse(f, STR("welder, 3 years")), RSC_OK);
    assert_true(has_label(f, REQUIREMENT_YEARS, 0, "3 years of Welding", true));
    assert_int_equal(parse(f, STR("C and Linux, please, number 2")), RSC_OK);
    assert_true(has_label(f, REQUIREMENT_SKILL, 0, "C", true));
    assert_true(has_label(f, REQUIREMENT_SKILL, 1, "Linux", true));
    assert_int_equal(parse(f, STR("Nurse")), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "a title only"));
}

static void stories_and_code_are_no_jobs(void **state)
{
    struct fixture *f = *state;
    char text[8000];
    size_t len = 0;

    for (int i = 0; i < 8; i++)
        len += (size_t)snprintf(
            text + len, sizeof(text) - len,
            "Her father was a carpenter once. The boats lay still. In 1918 "
            "she was nursing soldiers. They sold bread. The gulls cried over "
            "the market. Nobody had slept. \"You must go,\" he said.\n");
    assert_int_equal(parse(f, str_of(text)), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "not read like a job"));
    assert_int_equal(
        parse(f, STR("static int add(int a, int b)\n{\n    /* carry */\n"
                     "    return a + b;\n}\n\nint main(void)\n{\n"
                     "    use_python();\n    int c = add(1, 2);\n"
                     "    printf(\"%d needs SQL\", c);\n    return 0;\n}\n")),
        RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "not read like a job"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_becomes_its_requirements),
        cmocka_unit_test(a_bare_list_is_a_list_of_skills),
        cmocka_unit_test(one_line_is_a_job),
        cmocka_unit_test(the_line_of_work_is_told_by_the_skills),
        cmocka_unit_test(the_line_of_work_is_told_by_title_and_duties),
        cmocka_unit_test(a_list_below_words_of_its_own_is_what_its_items_are),
        cmocka_unit_test(items_about_the_applicant_are_no_duties),
        cmocka_unit_test(codes_of_a_form_are_no_words),
        cmocka_unit_test(years_are_no_deadlines_and_have_signs),
        cmocka_unit_test(arrows_are_bullets),
        cmocka_unit_test(each_language_is_as_strong_as_its_clause),
        cmocka_unit_test(who_the_employer_is_is_not_asked_for),
        cmocka_unit_test(no_line_of_work_where_nothing_tells_it),
        cmocka_unit_test(a_degree_has_all_its_subjects),
        cmocka_unit_test(wishes_are_told_by_their_words),
        cmocka_unit_test(a_paragraph_holds_all_it_asks_for),
        cmocka_unit_test(a_list_of_work_is_no_list_of_benefits),
        cmocka_unit_test(what_is_said_twice_counts_once),
        cmocka_unit_test(bad_jobs_have_clear_errors),
        cmocka_unit_test(a_megabyte_is_refused),
        cmocka_unit_test(a_web_page_reads_as_it_looks),
        cmocka_unit_test(stories_and_code_are_no_jobs),
        cmocka_unit_test(few_words_are_a_job_a_title_is_none),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
