/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "cmocka_all.h"
#include "score/impact.h"

struct fixture {
    struct mem mem;
    struct ctx ctx;
    struct csv groups;
    struct impact impact;
    struct impact_candidate people[400];
    char ids[400][16];
    char table[16000];
    size_t n;
};

static int setup(void **state)
{
    static struct fixture f;
    memset(&f, 0, sizeof(f));
    mem_init(&f.mem, "test", 0);
    ctx_init(&f.ctx, &f.mem);
    snprintf(f.table, sizeof(f.table), "id,sex,race\n");
    *state = &f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    ctx_clear(&f->ctx);
    return 0;
}

/* n people of a group with the same total. */
static void add(struct fixture *f, size_t n, const char *sex, const char *race,
                uint32_t total)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(f->table);
        snprintf(f->ids[f->n], sizeof(f->ids[0]), "%zu.pdf", f->n);
        snprintf(f->table + len, sizeof(f->table) - len, "%s,%s,%s\n",
                 f->ids[f->n], sex, race);
        f->people[f->n] = (struct impact_candidate){.id = str_of(f->ids[f->n]),
                                                    .total = total};
        f->n++;
    }
}

static rsc_status run(struct fixture *f, uint32_t cut, unsigned top)
{
    struct impact_options options = {cut, top};
    assert_int_equal(csv_read(&f->ctx, &f->groups, str_of(f->table), "groups"),
                     RSC_OK);
    return impact_run(&f->ctx, &f->impact, f->people, f->n, &f->groups,
                      &options);
}

static const struct impact_line *line_of(struct fixture *f, const char *measure,
                                         const char *group)
{
    for (size_t i = 0; i < f->impact.n_lines; i++)
        if (str_eq(f->impact.lines[i].measure, str_of(measure)) &&
            str_eq(f->impact.lines[i].group, str_of(group)))
            return &f->impact.lines[i];
    fail_msg("no line %s of %s", group, measure);
    return NULL;
}

static void ratios_are_rates_by_the_best_rate(void **state)
{
    struct fixture *f = *state;
    /* The example of the four-fifths rule: 48 of 80 and 12 of 40. */
    add(f, 48, "M", "White", 7000);
    add(f, 32, "male", "White", 3000);
    add(f, 12, "F", "White", 7000);
    add(f, 28, "Female", "White", 3000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    const struct impact_line *men = line_of(f, "selection", "Male");
    const struct impact_line *women = line_of(f, "selection", "Female");
    assert_int_equal(men->n, 80);
    assert_int_equal(men->rate, 600);
    assert_int_equal(men->ratio, 1000);
    assert_false(men->is_below);
    assert_int_equal(women->rate, 300);
    assert_int_equal(women->ratio, 500);
    assert_true(women->is_below);
    assert_false(women->is_chance);
}

static void the_scoring_rate_is_the_share_above_the_median(void **state)
{
    struct fixture *f = *state;
    add(f, 30, "M", "White", 8000);
    add(f, 10, "M", "White", 4000);
    add(f, 20, "F", "White", 6000);
    add(f, 20, "F", "White", 2000);
    assert_int_equal(run(f, 0, 0), RSC_OK);
    assert_int_equal(f->impact.median, 6000);
    /* 6000 is the median itself, so not above it. */
    assert_int_equal(line_of(f, "scoring", "Male")->rate, 750);
    assert_int_equal(line_of(f, "scoring", "Female")->rate, 0);
}

static void four_fifths_is_not_under_four_fifths(void **state)
{
    struct fixture *f = *state;
    add(f, 50, "M", "White", 7000);
    add(f, 50, "M", "White", 3000);
    add(f, 40, "F", "White", 7000);
    add(f, 60, "F", "White", 3000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    assert_int_equal(line_of(f, "selection", "Female")->ratio, 800);
    assert_false(line_of(f, "selection", "Female")->is_below);
}

static void small_groups_are_flagged_and_left_out(void **state)
{
    struct fixture *f = *state;
    add(f, 150, "M", "White", 3000);
    add(f, 150, "F", "White", 7000);
    add(f, 25, "F", "Asian", 3000);
    add(f, 3, "F", "Native American", 9000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    const struct impact_line *tiny =
        line_of(f, "selection", "Native American or Alaska Native");
    assert_true(tiny->is_left_out);
    assert_int_equal(tiny->ratio, 0);
    /* Its rate of 1 does not make the others look worse. */
    assert_int_equal(line_of(f, "selection", "White")->ratio, 1000);
    assert_true(line_of(f, "selection", "Asian")->is_small);
    assert_false(line_of(f, "selection", "Asian")->is_left_out);
}

static void intersections_and_unknowns_are_counted(void **state)
{
    struct fixture *f = *state;
    add(f, 40, "M", "black", 7000);
    add(f, 40, "F", "black", 3000);
    add(f, 5, "", "black", 9000);
    add(f, 7, "F", "Unknown", 9000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    const struct impact_line *line =
        line_of(f, "selection", "Female, Black or African American");
    assert_int_equal(line->n, 40);
    assert_int_equal(line->ratio, 0);
    assert_true(line->is_below);
    assert_int_equal(f->impact.unknown[0].n, 5);
    assert_int_equal(f->impact.unknown[1].n, 7);
}

static void the_best_n_are_selected_with_their_ties(void **state)
{
    struct fixture *f = *state;
    add(f, 5, "M", "White", 7000);
    add(f, 5, "F", "White", 7000);
    add(f, 40, "F", "White", 3000);
    assert_int_equal(run(f, 0, 3), RSC_OK);
    assert_int_equal(line_of(f, "selection", "Male")->passed, 5);
    assert_int_equal(line_of(f, "selection", "Female")->passed, 5);
}

static void components_are_compared_too(void **state)
{
    struct fixture *f = *state;
    add(f, 40, "M", "White", 5000);
    add(f, 40, "F", "White", 5000);
    for (size_t i = 0; i < f->n; i++) {
        f->people[i].has[REQUIREMENT_YEARS] = true;
        f->people[i].points[REQUIREMENT_YEARS] = i < 40 ? 3000 : 1000;
    }
    assert_int_equal(run(f, 0, 0), RSC_OK);
    assert_int_equal(line_of(f, "scoring: years", "Male")->rate, 1000);
    assert_int_equal(line_of(f, "scoring: years", "Female")->rate, 0);
}

static void chance_is_told_from_difference(void **state)
{
    struct fixture *f = *state;
    add(f, 3, "M", "White", 7000);
    add(f, 2, "M", "White", 3000);
    add(f, 2, "F", "White", 7000);
    add(f, 3, "F", "White", 3000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    assert_true(line_of(f, "selection", "Female")->is_below);
    assert_true(line_of(f, "selection", "Female")->is_chance);
}

static void tables_that_do_not_fit_are_refused(void **state)
{
    struct fixture *f = *state;
    add(f, 2, "M", "White", 7000);
    f->people[0].id = f->people[1].id = STR("other.pdf");
    assert_int_equal(run(f, 0, 0), RSC_EINVALID);
    snprintf(f->table, sizeof(f->table), "name,sex\nx,F\n");
    memset(&f->ctx.error, 0, sizeof(f->ctx.error));
    assert_int_equal(run(f, 0, 0), RSC_EINVALID);
    assert_non_null(strstr(f->ctx.error.message, "\"id\""));
}

#define ONE                                                                    \
    "{\"total\":61.25,\"requirements\":[{\"kind\":\"skill\",\"points\":40.5}," \
    "{\"kind\":\"skill\",\"points\":0.75},{\"kind\":\"years\",\"points\":20}]" \
    ","                                                                        \
    "\"provenance\":{\"resume\":{\"file\":\"a.pdf\"}}}"

static void results_are_read_in_every_shape(void **state)
{
    struct fixture *f = *state;
    static const char *const shapes[] = {
        ONE "\n" ONE, "[" ONE "," ONE "]",
        "{\"results\":[" ONE ",{\"error\":{\"code\":\"format\"}}," ONE "]}",
        "{\"results\":[{\"place\":1,\"result\":" ONE "},{\"result\":" ONE
        "}]}"};
    for (size_t i = 0; i < 4; i++) {
        struct impact_candidate *people;
        size_t n;
        assert_int_equal(
            impact_read_results(&f->ctx, &people, &n, str_of(shapes[i])),
            RSC_OK);
        assert_int_equal(n, 2);
        assert_true(str_eq(people[1].id, STR("a.pdf")));
        assert_int_equal(people[1].total, 6125);
        assert_int_equal(people[1].points[REQUIREMENT_SKILL], 4125);
        assert_true(people[1].has[REQUIREMENT_YEARS]);
        assert_false(people[1].has[REQUIREMENT_DEGREE]);
    }
}

static void results_that_are_none_are_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const bad[] = {"{\"total\":1}", "[1,2", "nonsense",
                                      "[3]"};
    for (size_t i = 0; i < 4; i++) {
        struct impact_candidate *people;
        size_t n;
        memset(&f->ctx.error, 0, sizeof(f->ctx.error));
        assert_int_equal(
            impact_read_results(&f->ctx, &people, &n, str_of(bad[i])),
            RSC_EFORMAT);
    }
}

static void reports_hold_every_line(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    add(f, 40, "M", "White", 7000);
    add(f, 40, "F", "White", 3000);
    assert_int_equal(run(f, 5000, 0), RSC_OK);
    buf_init(&out, &f->mem, 1 << 20);
    impact_write_text(&out, &f->impact);
    assert_non_null(strstr(out.data, "selection rate by sex"));
    assert_non_null(strstr(out.data, "under four fifths"));
    buf_reset(&out);
    struct json j = json_to(&out, 0);
    impact_write_json(&j, &f->impact);
    assert_non_null(strstr(out.data, "\"impact_ratio\":0.000"));
    /* Where nobody of any group passes there is nothing to compare. */
    assert_int_equal(run(f, 9000, 0), RSC_OK);
    buf_reset(&out);
    j = json_to(&out, 0);
    impact_write_json(&j, &f->impact);
    assert_non_null(strstr(out.data, "\"passed\":0,\"rate\":0.000,"
                                     "\"impact_ratio\":null"));
    buf_clear(&out);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(ratios_are_rates_by_the_best_rate),
        TEST(the_scoring_rate_is_the_share_above_the_median),
        TEST(four_fifths_is_not_under_four_fifths),
        TEST(small_groups_are_flagged_and_left_out),
        TEST(intersections_and_unknowns_are_counted),
        TEST(the_best_n_are_selected_with_their_ties),
        TEST(components_are_compared_too),
        TEST(chance_is_told_from_difference),
        TEST(tables_that_do_not_fit_are_refused),
        TEST(results_are_read_in_every_shape),
        TEST(results_that_are_none_are_refused),
        TEST(reports_hold_every_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
