/* SPDX-License-Identifier: MIT */
/* The rules of docs/scoring.md; the names of the tests say which. */
#include <stdio.h>

#include "score_fixture.h"

static void rule_1_points_add_up_to_the_total(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"Python",     "Java",  "SQL", "Docker",
                                        "Kubernetes", "Linux", "Git"};
    uint32_t seed = 3;
    for (int round = 0; round < 60; round++) {
        fixture_rewind(f);
        uint32_t role = add_role(f, 2018, 2020);
        say(f, "Led a team of five people");
        for (size_t i = 0; i < 7; i++) {
            struct requirement *r = ask(f, REQUIREMENT_SKILL, names[i]);
            seed = seed * 1664525u + 1013904223u;
            r->must = seed >> 31;
            if (seed >> 30 & 1)
                say_in(f, seed >> 29 & 1 ? IN_WORK : IN_SKILLS,
                       seed >> 29 & 1 ? role : UINT32_MAX, names[i]);
        }
        const struct score *score = run(f);
        uint32_t points = 0, weight = 0;
        for (size_t i = 0; i < score->n_requirements; i++) {
            assert_true(score->requirements[i].points <=
                        score->requirements[i].weight);
            points += score->requirements[i].points;
            weight += score->requirements[i].weight;
        }
        assert_int_equal(points, score->total);
        assert_int_equal(weight, 10000);
    }
}

static void rule_1_a_wish_weighs_half_of_a_must(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_SKILL, "Java")->must = false;
    say(f, "Wrote Python tools for the billing team");
    const struct score *score = run(f);
    assert_int_equal(score->requirements[0].weight, 6667);
    assert_int_equal(score->requirements[1].weight, 3333);
}

static void rule_2_every_point_names_its_sentence(void **state)
{
    struct fixture *f = *state;
    uint32_t role = add_role(f, 2019, 2021);
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_SKILL, "Kubernetes");
    say(f, "Led a team of five people");
    size_t at = say_in(f, IN_WORK, role, "Wrote Python tools for billing");
    const struct requirement_score *one = run(f)->requirements;
    assert_true(one[0].points > 0);
    assert_int_equal(one[0].n_evidence, 1);
    assert_int_equal(one[0].evidence[0].sentence, at);
    assert_int_equal(one[0].evidence[0].how, MATCH_EXACT);
    assert_int_equal(one[0].evidence[0].role, role);
    assert_int_equal(one[0].evidence[0].span.start,
                     f->sentences[at].span.start);
    assert_int_equal(one[0].months, 36);
    assert_int_equal(one[0].last_used.year, 2021);
    assert_int_equal(one[1].points, 0);
    assert_int_equal(one[1].n_evidence, 0);
    assert_true(one[1].reason.len > 0);
}

static void rule_2_how_it_matched_is_named_and_graded(void **state)
{
    struct fixture *f = *state;
    struct {
        const char *asked, *said;
        enum match_how how;
    } cases[] = {
        {"Kubernetes", "Ran services on Kubernetes for three teams",
         MATCH_EXACT},
        {"Kubernetes", "Ran services on k8s for three teams", MATCH_ALIAS},
        {"Programming", "Wrote tools in Kotlin for three teams", MATCH_RELATED},
        {"boiler inspection", "Yearly inspection of each boiler in town",
         MATCH_WORDS},
        {"boiler inspection", "Boiler inspection for the whole town",
         MATCH_EXACT},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        fixture_rewind(f);
        ask(f, REQUIREMENT_SKILL, cases[i].asked);
        say(f, cases[i].said);
        assert_int_equal(run(f)->requirements[0].how, cases[i].how);
    }
}

static void partial_credit_is_less_and_says_so(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "C#");
    say(f, "Wrote the C# services of the billing team");
    uint32_t exact = total(f);
    fixture_rewind(f);
    ask(f, REQUIREMENT_SKILL, "C#");
    say(f, "Wrote the Java services of the billing team");
    const struct score *score = run(f);
    assert_int_equal(score->requirements[0].how, MATCH_RELATED);
    assert_true(score->total > 0 && score->total * 2 <= exact + 500);
    assert_non_null(strstr(score->requirements[0].reason.data, "Java"));
    assert_non_null(strstr(score->requirements[0].reason.data, "alternative"));
}

static void meaning_earns_a_part_above_its_threshold(void **state)
{
    struct fixture *f = *state;
    uint32_t last = 0;
    static const float cosines[] = {0.20f, 0.299f, 0.32f, 0.45f, 0.60f, 0.99f};
    for (size_t i = 0; i < sizeof(cosines) / sizeof(cosines[0]); i++) {
        fixture_rewind(f);
        ask(f, REQUIREMENT_SKILL, "patient handover notes");
        size_t at = say(f, "Informed the next shift about everybody's state");
        set_cosine(f, 0, at, cosines[i]);
        const struct score *score = run(f);
        if (cosines[i] < 0.30f) {
            assert_int_equal(score->total, 0);
            continue;
        }
        assert_int_equal(score->requirements[0].how, MATCH_MEANING);
        assert_non_null(
            strstr(score->requirements[0].reason.data, "in meaning"));
        assert_true(score->total >= last);
        last = score->total;
    }
    assert_true(last > 0 && last <= 6000);
}

static void rule_3_unknown_is_neither_zero_nor_a_pass(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Wrote Python tools for the billing team");
    uint32_t without = total(f);
    struct requirement *degree = ask(f, REQUIREMENT_DEGREE, "Bachelor");
    degree->level = DEGREE_BACHELOR;
    const struct score *score = run(f);
    assert_false(score->requirements[1].assessed);
    assert_int_equal(score->requirements[1].weight, 0);
    assert_int_equal(score->total, without);
    /* 10 of 10 + 15 were judged. */
    assert_int_equal(score->coverage, 4000);
    assert_int_equal(score->low, without * 4 / 10);
    assert_int_equal(score->high, without * 4 / 10 + 6000);
    assert_true(has_warning(score, "low_coverage"));
}

static void rule_3_what_is_not_asked_has_no_weight(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Led a team of five people");
    f->education[0] = (struct education){.level = DEGREE_DOCTOR};
    f->resume.n_education = 1;
    f->resume.experience_months = 240;
    assert_int_equal(total(f), 0);
}

static void rule_3_nothing_to_judge_is_an_error(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_DEGREE, "Bachelor")->level = DEGREE_BACHELOR;
    say(f, "Led a team of five people");
    assert_int_equal(score_run(&f->ctx, &f->score, &f->input), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "no score"));
}

static void without_a_model_meaning_is_not_assessed(void **state)
{
    struct fixture *f = *state;
    f->input.job_vectors = f->input.resume_vectors = NULL;
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_DUTY, "Hand over the state of the ward");
    say(f, "Wrote Python tools for the billing team");
    const struct score *score = run(f);
    assert_true(score->requirements[0].assessed);
    assert_false(score->requirements[1].assessed);
    assert_true(has_warning(score, "no_model"));
}

static struct str json_of(struct fixture *f)
{
    struct provenance provenance = {.engine_version = STR("1"),
                                    .as_of = STR("2025-06-30")};
    struct result_input in = {
        .input = &f->input, .score = &f->score, .provenance = &provenance};
    struct buf out;
    buf_init(&out, &f->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    result_json_write(&j, &in);
    assert_false(out.failed);
    struct str copy = ctx_copy(&f->ctx, buf_str(&out));
    buf_clear(&out);
    return copy;
}

static void rule_4_the_same_input_gives_the_same_bytes(void **state)
{
    struct fixture *f = *state;
    uint32_t role = add_role(f, 2019, 2021);
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_SKILL, "handover");
    set_cosine(f, 1, say_in(f, IN_WORK, role, "Informed the next shift"), .6f);
    say_in(f, IN_SKILLS, UINT32_MAX, "Python, SQL, Git and Linux");
    run(f);
    struct str first = json_of(f);
    run(f);
    assert_true(str_eq(first, json_of(f)));
}

static void rule_5_only_the_blind_text_is_read(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Ruby");
    ask(f, REQUIREMENT_SKILL, "Python");
    size_t at = say(f, "Ruby programming by Ruby Jenkins, Rails developer");
    f->sentences[at].blind = STR("[\xE2\x80\xA6] wrote letters");
    say(f, "Wrote Python tools for the billing team");
    const struct score *score = run(f);
    assert_int_equal(score->requirements[0].points, 0);
    assert_true(score->requirements[1].points > 0);
    assert_null(strstr(json_of(f).data, "Jenkins"));
}

static struct requirement *ask_years(struct fixture *f, unsigned months)
{
    struct requirement *r = ask(f, REQUIREMENT_YEARS, "years of experience");
    r->months = months;
    return r;
}

static void rule_5_more_experience_than_asked_changes_nothing(void **state)
{
    struct fixture *f = *state;
    uint32_t last = 0;
    static const int since[] = {2023, 2020, 2010, 1985};
    for (size_t i = 0; i < 4; i++) {
        fixture_rewind(f);
        ask_years(f, 36);
        say_in(f, IN_WORK, add_role(f, since[i], 2024), "Worked for a bank");
        if (i == 0)
            assert_int_equal(total(f), 6670); /* 24 of 36 months */
        else
            assert_int_equal(total(f), 10000);
        assert_true(total(f) >= last);
        last = total(f);
    }
}

static void rule_6_repetition_earns_nothing(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Wrote Python tools for the billing team");
    say_in(f, IN_SKILLS, UINT32_MAX, "Python");
    uint32_t once = total(f);
    for (int i = 0; i < 20; i++) {
        say_in(f, IN_SKILLS, UINT32_MAX, "Python");
        say(f, "Wrote Python tools for the billing team");
        say(f, "Python python, PYTHON!");
    }
    const struct score *score = run(f);
    assert_int_equal(score->total, once);
}

static void rule_6_a_copy_of_the_resume_earns_nothing(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = {
        "Wrote Python tools for the billing team",
        "Moved the Python services of two teams to Linux",
        "Taught SQL to twelve colleagues in the evening"};
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_SKILL, "SQL");
    ask_years(f, 60);
    uint32_t once = 0;
    for (int copy = 0; copy < 2; copy++) {
        uint32_t role = add_role(f, 2019, 2021);
        for (size_t i = 0; i < 3; i++)
            say_in(f, IN_WORK, role, lines[i]);
        if (copy == 0)
            once = total(f);
    }
    assert_int_equal(total(f), once);
}

static void rule_6_breadth_of_evidence_earns_more(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[] = {
        "Wrote Python tools for the billing team",
        "Moved the Python services of two teams to Linux",
        "Reviewed Python code of juniors every week",
        "Measured memory of Python workers under load"};
    ask(f, REQUIREMENT_SKILL, "Python");
    uint32_t last = 0;
    for (size_t i = 0; i < 4; i++) {
        say(f, lines[i]);
        assert_true(total(f) > last);
        last = total(f);
        assert_int_equal(f->score.requirements[0].support, i + 1);
    }
}

static void rule_6_length_alone_earns_nothing(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Wrote Python tools for the billing team");
    uint32_t before = total(f);
    for (int i = 0; i < 60; i++) {
        char line[64];
        snprintf(line, sizeof(line), "Organised event %d at place %d", i,
                 i * 7);
        say(f, line);
    }
    assert_int_equal(total(f), before);
}

static void rule_6_the_jobs_own_words_earn_nothing(void **state)
{
    struct fixture *f = *state;
    const char *pasted = "Design and operate data pipelines in Python and SQL "
                         "for the whole company";
    ask(f, REQUIREMENT_DUTY, pasted);
    ask(f, REQUIREMENT_SKILL, "Python");
    set_cosine(f, 0, say(f, pasted), 1.0f);
    say(f, "Led a team of five people who sold boats and engines to clubs");
    say(f, "Kept the books of the harbour and its forty small boats");
    const struct score *score = run(f);
    assert_int_equal(score->total, 0);
    assert_true(has_warning(score, "job_text_copied"));
}

static void rule_6_a_pasted_list_earns_nothing(void **state)
{
    struct fixture *f = *state;
    static const char *const list[] = {"Python",     "Java",  "SQL", "Docker",
                                       "Kubernetes", "Linux", "Git", "PHP",
                                       "Kotlin",     "Scala"};
    for (size_t i = 0; i < 10; i++)
        ask(f, REQUIREMENT_SKILL, list[i]);
    say(f, "Led a team of five people who sold boats and engines to clubs");
    for (size_t i = 0; i < 10; i++)
        say_in(f, IN_SKILLS, UINT32_MAX, list[i]);
    const struct score *score = run(f);
    assert_int_equal(score->total, 0);
    assert_true(has_warning(score, "job_text_copied"));
    /* The same skills in an order of one's own are a list as any other. */
    f->resume.n_sentences = 0;
    for (size_t i = 0; i < 10; i++)
        say_in(f, IN_SKILLS, UINT32_MAX, list[i * 3 % 10]);
    assert_true(total(f) > 2500);
}

static void the_job_itself_gets_no_number(void **state)
{
    struct fixture *f = *state;
    const char *pasted = "Design and operate data pipelines in Python and SQL "
                         "for the whole company";
    ask(f, REQUIREMENT_DUTY, pasted);
    say(f, pasted);
    say(f, "Led a team of five people");
    assert_int_equal(score_run(&f->ctx, &f->score, &f->input), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "is the job's own"));
}

static void another_language_is_named(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Developed services for the sales team in Python");
    assert_false(has_warning(run(f), "not_english"));
    say(f, "Entwicklung von Diensten mit Python und Java");
    say(f, "Pflege der Datenbanken und Einarbeitung von Kollegen aus dem Team");
    assert_true(has_warning(run(f), "not_english"));
}

static void what_is_no_resume_gets_no_number(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    f->resume.looks_like_resume = false;
    for (int i = 0; i < 8; i++) {
        char line[96];
        snprintf(line, sizeof(line),
                 "The river %d was cold and the miller %d walked to Python", i,
                 i * 3);
        say(f, line);
    }
    /* 96 words may be typed into a form; one more line is a text. */
    assert_true(has_warning(run(f), "not_a_resume"));
    say(f, "And then nobody knew what to say");
    assert_int_equal(score_run(&f->ctx, &f->score, &f->input), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "not read like a resume"));
}

static void no_sentence_gives_no_number(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    assert_int_equal(score_run(&f->ctx, &f->score, &f->input), RSC_EINVALID);
}

static void rule_6_stuffing_is_reported(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say(f, "Python Python Python Python Python developer of great tools");
    assert_true(has_warning(run(f), "keyword_stuffing"));
}

static void rule_6_stuffing_is_no_more_than_a_list(void **state)
{
    struct fixture *f = *state;
    const char *heap = "Python Java Python Java Python Java Python Java";
    ask(f, REQUIREMENT_SKILL, "Python");
    ask(f, REQUIREMENT_SKILL, "Java");
    say_in(f, IN_SKILLS, UINT32_MAX, "Python Java");
    uint32_t listed = total(f);
    f->resume.n_sentences = 0;
    say(f, heap);
    assert_true(listed > 0 && total(f) <= listed);
    /* Which a sentence about work is. */
    f->resume.n_sentences = 0;
    say(f, "Wrote Python and Java services for the harbour office");
    assert_true(total(f) > listed);
}

static void rule_6_hidden_text_is_reported(void **state)
{
    struct fixture *f = *state;
    struct hidden_run hidden = {STR("Kubernetes expert"), 2, HIDDEN_COLOUR};
    ask(f, REQUIREMENT_SKILL, "Kubernetes");
    say(f, "Led a team of five people");
    f->resume_doc.hidden = &hidden;
    f->resume_doc.n_hidden = 1;
    const struct score *score = run(f);
    assert_int_equal(score->total, 0);
    assert_true(has_warning(score, "hidden_text"));
}

static void rule_7_bands_follow_their_thresholds(void **state)
{
    struct fixture *f = *state;
    ask_years(f, 100);
    static const struct {
        int years;
        const char *band;
    } cases[] = {{2, "weak match"},
                 {3, "partial match"},
                 {4, "good match"},
                 {6, "strong match"}};
    for (size_t i = 0; i < 4; i++) {
        fixture_rewind(f);
        ask_years(f, 100);
        say_in(f, IN_WORK, add_role(f, 2025 - cases[i].years, 2024), "Bank");
        run(f);
        assert_string_equal(f->score.band.data, cases[i].band);
        assert_null(strstr(f->score.band.data, "hire"));
    }
}

static bool warns_in(const struct score *score, const char *words)
{
    for (size_t i = 0; i < score->n_warnings; i++)
        if (str_starts(score->warnings[i].text, str_of(words)))
            return true;
    return false;
}

static void rule_7_a_missing_required_one_caps_the_band(void **state)
{
    struct fixture *f = *state;
    struct requirement *licence = ask(f, REQUIREMENT_LICENCE, "forklift card");
    ask_years(f, 12);
    say_in(f, IN_WORK, add_role(f, 2010, 2024), "Worked for a bank");
    const struct score *score = run(f);
    uint32_t before = score->total;
    assert_string_equal(score->band.data, "good match");
    assert_int_equal(score->band_reason.len, 0);
    licence->required = true;
    score = run(f);
    assert_int_equal(score->total, before);
    assert_string_equal(score->band.data, "weak match");
    assert_non_null(strstr(score->band_reason.data, "forklift card"));
    assert_true(has_warning(score, "required_missing"));
    assert_true(warns_in(score, "forklift card is required: "));
    licence->label = STR("Forklift card required");
    assert_true(warns_in(run(f), "Forklift card required: "));
}

static void what_is_not_held_earns_nothing(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Kubernetes");
    ask(f, REQUIREMENT_SKILL, "boiler inspection");
    ask(f, REQUIREMENT_TITLE, "Boiler Inspector");
    size_t a = say(f, "No experience with Kubernetes so far");
    size_t b = say(f, "I want to learn boiler inspection next year");
    size_t c = say(f, "I want to move into the inspection of boilers");
    set_cosine(f, 0, a, 0.9f);
    set_cosine(f, 1, b, 0.9f);
    set_cosine(f, 1, c, 0.9f);
    set_cosine(f, 2, c, 0.9f);
    assert_int_equal(total(f), 0);
}

static void references_are_of_other_people(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say_in(f, IN_REFERENCES, UINT32_MAX,
           "My former head, who wrote Python for years");
    assert_int_equal(total(f), 0);
}

static void a_list_earns_less_than_use(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    size_t at = say_in(f, IN_SKILLS, UINT32_MAX, "Python, Linux, Git, SQL");
    uint32_t listed = total(f);
    assert_non_null(strstr(f->score.requirements[0].reason.data, "list only"));
    f->sentences[at].section = IN_WORK;
    assert_true(total(f) > listed);
}

static void what_was_used_long_ago_earns_less(void **state)
{
    struct fixture *f = *state;
    ask(f, REQUIREMENT_SKILL, "Python");
    say_in(f, IN_WORK, add_role(f, 2019, 2024), "Wrote Python tools for banks");
    uint32_t now = total(f);
    f->roles[0].dates =
        (struct date_range){.first = {2001, 1}, .last = {2006, 12}};
    assert_true(total(f) < now);
    assert_non_null(strstr(f->score.requirements[0].reason.data, "long ago"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rule_1_points_add_up_to_the_total),
        TEST(rule_1_a_wish_weighs_half_of_a_must),
        TEST(rule_2_every_point_names_its_sentence),
        TEST(rule_2_how_it_matched_is_named_and_graded),
        TEST(partial_credit_is_less_and_says_so),
        TEST(meaning_earns_a_part_above_its_threshold),
        TEST(rule_3_unknown_is_neither_zero_nor_a_pass),
        TEST(rule_3_what_is_not_asked_has_no_weight),
        TEST(rule_3_nothing_to_judge_is_an_error),
        TEST(without_a_model_meaning_is_not_assessed),
        TEST(rule_4_the_same_input_gives_the_same_bytes),
        TEST(rule_5_only_the_blind_text_is_read),
        TEST(rule_5_more_experience_than_asked_changes_nothing),
        TEST(rule_6_repetition_earns_nothing),
        TEST(rule_6_a_copy_of_the_resume_earns_nothing),
        TEST(rule_6_breadth_of_evidence_earns_more),
        TEST(rule_6_length_alone_earns_nothing),
        TEST(rule_6_the_jobs_own_words_earn_nothing),
        TEST(rule_6_a_pasted_list_earns_nothing),
        TEST(the_job_itself_gets_no_number),
        TEST(another_language_is_named),
        TEST(what_is_no_resume_gets_no_number),
        TEST(no_sentence_gives_no_number),
        TEST(rule_6_stuffing_is_reported),
        TEST(rule_6_stuffing_is_no_more_than_a_list),
        TEST(rule_6_hidden_text_is_reported),
        TEST(rule_7_bands_follow_their_thresholds),
        TEST(rule_7_a_missing_required_one_caps_the_band),
        TEST(what_is_not_held_earns_nothing),
        TEST(references_are_of_other_people),
        TEST(a_list_earns_less_than_use),
        TEST(what_was_used_long_ago_earns_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
