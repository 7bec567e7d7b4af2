/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "parse/degrees.h"
#include "parse/heading_names.h"
#include "parse/job_headings.h"
#include "parse/job_words.h"
#include "parse/places.h"
#include "parse/spoken.h"
#include "parse/titles.h"

static void tables_are_sorted(void **state)
{
    (void)state;
    assert_true(heading_tables_are_sorted());
    assert_true(title_tables_are_sorted());
    assert_true(place_tables_are_sorted());
    assert_true(degree_tables_are_sorted());
    assert_true(spoken_tables_are_sorted());
    assert_true(job_words_are_sorted());
    assert_true(job_headings_are_sorted());
}

static void titles_are_known_by_their_form(void **state)
{
    (void)state;
    static const char *const titles[] = {
        "Registered Nurse", "Head of Sales",   "Nurse II",
        "Sous Chef",        "Team Lead",       "4th Grade Teacher",
        "Director, Sales",  "VP of Marketing", "Chef de Partie",
        "Bank Manager",     "Student Teacher", "SOFTWARE ENGINEER",
    };
    static const char *const others[] = {
        "Acme Corporation",
        "London",
        "20 engineers",
        "Python, SQL",
        "Built a team of engineers across three sites in two years of work",
    };

    for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
        assert_int_equal(title_judge(str_of(titles[i])), TITLE_STRONG);
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        assert_int_not_equal(title_judge(str_of(others[i])), TITLE_STRONG);
}

static void expect_level(const char *text, enum degree_level level)
{
    struct degree d = {.level = DEGREE_NONE};
    (void)degree_find(str_of(text), &d);
    if (d.level != level)
        print_error("%s\n", text);
    assert_int_equal(d.level, level);
}

static void degrees_are_phrases(void **state)
{
    (void)state;
    expect_level("BSc (Hons) Physics", DEGREE_BACHELOR);
    expect_level("B.S. in Biology", DEGREE_BACHELOR);
    expect_level("BS Computer Science", DEGREE_BACHELOR);
    expect_level("BA in History", DEGREE_BACHELOR);
    expect_level("Master of Arts", DEGREE_MASTER);
    expect_level("MA in History", DEGREE_MASTER);
    expect_level("Master's degree", DEGREE_MASTER);
    expect_level("Master\xE2\x80\x99s degree", DEGREE_MASTER);
    expect_level("M.B.A., Finance", DEGREE_MASTER);
    expect_level("Ph.D. in Chemistry", DEGREE_DOCTOR);
    expect_level("Associate of Applied Science", DEGREE_ASSOCIATE);
    expect_level("High school diploma", DEGREE_SCHOOL);
    expect_level("Diploma in Welding", DEGREE_VOCATIONAL);
    expect_level("Certified Scrum Master", DEGREE_NONE);
    expect_level("AWS Certified Developer - Associate", DEGREE_NONE);
    expect_level("Sales Associate", DEGREE_NONE);
    expect_level("Alibaba in Hangzhou", DEGREE_NONE);
    expect_level("Boston, MA", DEGREE_NONE);
    expect_level("Jackson, MS 39201", DEGREE_NONE);
    expect_level("MS Office, MS Excel", DEGREE_NONE);
    expect_level("Proficient in MS Project", DEGREE_NONE);
    expect_level("Webmaster of the site", DEGREE_NONE);
    expect_level("such as this", DEGREE_NONE);
    expect_level("to be or not to be", DEGREE_NONE);
}

static void the_lowest_degree_is_asked_for(void **state)
{
    (void)state;
    struct degree d;
    struct str text = STR("Bachelor's or Master's degree in Economics");
    assert_true(degree_find_lowest(text, &d));
    assert_int_equal(d.level, DEGREE_BACHELOR);
}

static void languages_have_levels(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint8_t level;
    } cases[] = {{"French (C1)", 5},
                 {"native", 7},
                 {"fluent", 5},
                 {"limited working proficiency", 3},
                 {"mother tongue", 7},
                 {"basic knowledge", 1},
                 {"ILR 3", 5},
                 {"nothing said", 0},
                 {"upper intermediate", 4}};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str text = str_of(cases[i].text);
        assert_int_equal(
            spoken_level(text, (struct span){0, (uint32_t)text.len}),
            cases[i].level);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_sorted),
        cmocka_unit_test(titles_are_known_by_their_form),
        cmocka_unit_test(degrees_are_phrases),
        cmocka_unit_test(the_lowest_degree_is_asked_for),
        cmocka_unit_test(languages_have_levels),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
