/* SPDX-License-Identifier: MIT */
#include "score/impact.h"

#include <stdlib.h>

#include "base/vec.h"
#include "score/fixed.h"

/* Under 2 % of the sample a group may be left out (6 RCNY 5-301). */
#define SHARE_LEFT_OUT 20
/* Under 30 one person moves the rate by more than 3 points of 100. */
#define SMALL       30
#define FOUR_FIFTHS 800

/* One candidate with its row in the table of groups. */
struct person {
    const struct impact_candidate *candidate;
    size_t row;
};

struct run {
    struct ctx *ctx;
    struct impact *out;
    const struct csv *groups;
    size_t id_column;
    struct person *people;
    size_t n_people;
    bool *passed; /* by the measure that is looked at */
    VEC(struct impact_line) lines;
    VEC(struct impact_unknown) unknown;
};

/* The categories of the law, under the names that tables use for them. */
static const struct {
    const char *written, *category;
} categories[] = {
    {"f", "Female"},
    {"female", "Female"},
    {"woman", "Female"},
    {"m", "Male"},
    {"male", "Male"},
    {"man", "Male"},
    {"hispanic", "Hispanic or Latino"},
    {"latino", "Hispanic or Latino"},
    {"hispanic/latino", "Hispanic or Latino"},
    {"hispanic or latino", "Hispanic or Latino"},
    {"white", "White"},
    {"black", "Black or African American"},
    {"african american", "Black or African American"},
    {"black or african american", "Black or African American"},
    {"pacific islander", "Native Hawaiian or Pacific Islander"},
    {"native hawaiian", "Native Hawaiian or Pacific Islander"},
    {"native hawaiian or pacific islander",
     "Native Hawaiian or Pacific Islander"},
    {"native hawaiian or other pacific islander",
     "Native Hawaiian or Pacific Islander"},
    {"asian", "Asian"},
    {"native american", "Native American or Alaska Native"},
    {"american indian", "Native American or Alaska Native"},
    {"american indian or alaska native", "Native American or Alaska Native"},
    {"native american or alaska native", "Native American or Alaska Native"},
    {"two or more races", "Two or More Races"},
    {"multiracial", "Two or More Races"},
};

static const char *const not_said[] = {"",
                                       "unknown",
                                       "not disclosed",
                                       "undisclosed",
                                       "prefer not to say",
                                       "declined",
                                       "n/a",
                                       "na",
                                       "-",
                                       "?"};

static bool is_unknown(struct str value)
{
    for (size_t i = 0; i < sizeof(not_said) / sizeof(not_said[0]); i++)
        if (str_eq_nocase(value, str_of(not_said[i])))
            return true;
    return false;
}

static struct str category_of(struct str value)
{
    for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
        if (str_eq_nocase(value, str_of(categories[i].written)))
            return str_of(categories[i].category);
    return value;
}

/* The group of a person by one column, or by two together; empty where it is
 * unknown. */
static struct str group_of(const struct run *run, const struct person *person,
                           size_t column, size_t second)
{
    struct str a = csv_cell(run->groups, person->row, column);
    if (is_unknown(a))
        return STR_NONE;
    a = category_of(a);
    if (second == SIZE_MAX)
        return a;
    struct str b = csv_cell(run->groups, person->row, second);
    if (is_unknown(b))
        return STR_NONE;
    return ctx_printf(run->ctx, "%.*s, %.*s", STR_ARG(a),
                      STR_ARG(category_of(b)));
}

static struct impact_line *find_line(struct run *run, size_t from,
                                     struct str group)
{
    for (size_t i = from; i < run->lines.len; i++)
        if (str_eq(run->lines.items[i].group, group))
            return &run->lines.items[i];
    return NULL;
}

/* Whether two rates differ by less than chance would let them, at 95 %: the
 * square of the two-sample z is under 1.96^2. Squares only: no root. */
static bool could_be_chance(const struct impact_line *a,
                            const struct impact_line *b)
{
    double n1 = a->n, n2 = b->n, x1 = a->passed, x2 = b->passed;
    double pooled = (x1 + x2) / (n1 + n2);
    double variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2);
    double difference = x1 / n1 - x2 / n2;
    return difference * difference < 1.96 * 1.96 * variance || variance <= 0;
}

static int compare_line(const void *a, const void *b)
{
    const struct impact_line *x = a, *y = b;
    return str_compare(x->group, y->group);
}

/* Rates and ratios of the lines from `from` on, which are one comparison. */
static void finish(struct run *run, size_t from)
{
    struct impact_line *lines = run->lines.items + from;
    size_t n = run->lines.len - from;
    const struct impact_line *best = NULL;
    if (n == 0)
        return;
    qsort(lines, n, sizeof(*lines), compare_line);
    for (size_t i = 0; i < n; i++) {
        lines[i].rate = fixed_scale(lines[i].passed, 1000, lines[i].n);
        lines[i].is_small = lines[i].n < SMALL;
        lines[i].is_left_out =
            lines[i].n * 1000 < run->n_people * SHARE_LEFT_OUT;
        /* Compared as fractions, not as rounded rates. */
        if (!lines[i].is_left_out &&
            (!best || (uint64_t)lines[i].passed * best->n >
                          (uint64_t)best->passed * lines[i].n))
            best = &lines[i];
    }
    for (size_t i = 0; best && best->passed && i < n; i++) {
        if (lines[i].is_left_out)
            continue;
        lines[i].has_ratio = true;
        lines[i].ratio = fixed_scale((uint64_t)lines[i].passed * best->n, 1000,
                                     (uint64_t)best->passed * lines[i].n);
        lines[i].is_below = lines[i].ratio < FOUR_FIFTHS;
        lines[i].is_chance = could_be_chance(&lines[i], best);
    }
}

static rsc_status compare_groups(struct run *run, struct str measure,
                                 size_t column, size_t second)
{
    size_t from = run->lines.len;
    struct str name = csv_cell(run->groups, 0, column);
    if (second != SIZE_MAX)
        name = ctx_printf(run->ctx, "%.*s x %.*s", STR_ARG(name),
                          STR_ARG(csv_cell(run->groups, 0, second)));
    for (size_t i = 0; i < run->n_people; i++) {
        struct str group = group_of(run, &run->people[i], column, second);
        if (group.len == 0)
            continue;
        struct impact_line *line = find_line(run, from, group);
        if (!line) {
            line = vec_push(run->ctx, &run->lines);
            if (!line)
                return run->ctx->error.status;
            *line = (struct impact_line){
                .measure = measure, .column = name, .group = group};
        }
        line->n++;
        line->passed += run->passed[i];
    }
    finish(run, from);
    return RSC_OK;
}

/* One measure over all columns and all pairs of columns. */
static rsc_status compare_all(struct run *run, struct str measure)
{
    rsc_status st = RSC_OK;
    for (size_t a = 0; a < run->groups->n_columns && !st; a++)
        if (a != run->id_column)
            st = compare_groups(run, measure, a, SIZE_MAX);
    for (size_t a = 0; a < run->groups->n_columns && !st; a++)
        for (size_t b = a + 1; b < run->groups->n_columns && !st; b++)
            if (a != run->id_column && b != run->id_column)
                st = compare_groups(run, measure, a, b);
    return st;
}

static int compare_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Twice the median, so that the middle of two stays whole; sorts value. */
static uint32_t twice_median(uint32_t *value, size_t n)
{
    qsort(value, n, sizeof(*value), compare_number);
    return value[(n - 1) / 2] + value[n / 2];
}

static uint32_t value_of(const struct person *person, size_t kind)
{
    return kind == IMPACT_KINDS ? person->candidate->total
                                : person->candidate->points[kind];
}

/* The scoring rate, by the points of one kind, or (IMPACT_KINDS) by all. */
static rsc_status compare_scores(struct run *run, size_t kind)
{
    uint32_t *value = ctx_alloc_array(run->ctx, run->n_people, sizeof(*value));
    if (!value)
        return run->ctx->error.status;
    bool any = kind == IMPACT_KINDS;
    for (size_t i = 0; i < run->n_people; i++) {
        value[i] = value_of(&run->people[i], kind);
        any |= kind < IMPACT_KINDS && run->people[i].candidate->has[kind];
    }
    if (!any)
        return RSC_OK;
    uint32_t middle = twice_median(value, run->n_people);
    for (size_t i = 0; i < run->n_people; i++)
        run->passed[i] = 2 * value_of(&run->people[i], kind) > middle;
    if (kind == IMPACT_KINDS) {
        run->out->median = middle / 2;
        return compare_all(run, STR("scoring"));
    }
    return compare_all(
        run, ctx_printf(run->ctx, "scoring: %s",
                        requirement_kind_name((enum requirement_kind)kind)));
}

/* The n-th best total: all who reach it are selected, ties too. */
static uint32_t cut_of(const struct run *run,
                       const struct impact_options *options, uint32_t *value)
{
    if (options->top == 0)
        return options->cut;
    for (size_t i = 0; i < run->n_people; i++)
        value[i] = run->people[i].candidate->total;
    qsort(value, run->n_people, sizeof(*value), compare_number);
    size_t top = options->top < run->n_people ? options->top : run->n_people;
    return value[run->n_people - top];
}

static rsc_status compare_selection(struct run *run,
                                    const struct impact_options *options)
{
    uint32_t *value = ctx_alloc_array(run->ctx, run->n_people, sizeof(*value));
    if (!value)
        return run->ctx->error.status;
    if (options->cut == 0 && options->top == 0)
        return RSC_OK;
    uint32_t cut = cut_of(run, options, value);
    for (size_t i = 0; i < run->n_people; i++)
        run->passed[i] = run->people[i].candidate->total >= cut;
    return compare_all(run, STR("selection"));
}

static rsc_status match_people(struct run *run,
                               const struct impact_candidate *candidates,
                               size_t n)
{
    run->people = ctx_alloc_array(run->ctx, n, sizeof(*run->people));
    run->passed = ctx_calloc(run->ctx, n, sizeof(*run->passed));
    if (!run->people || !run->passed)
        return run->ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        size_t row = 1;
        while (row < run->groups->n_rows &&
               !str_eq(csv_cell(run->groups, row, run->id_column),
                       candidates[i].id))
            row++;
        if (row == run->groups->n_rows)
            run->out->n_unmatched++;
        else
            run->people[run->n_people++] = (struct person){&candidates[i], row};
    }
    return RSC_OK;
}

static rsc_status count_unknown(struct run *run)
{
    for (size_t c = 0; c < run->groups->n_columns; c++) {
        if (c == run->id_column)
            continue;
        struct impact_unknown *slot = vec_push(run->ctx, &run->unknown);
        if (!slot)
            return run->ctx->error.status;
        *slot = (struct impact_unknown){csv_cell(run->groups, 0, c), 0};
        for (size_t i = 0; i < run->n_people; i++)
            slot->n += group_of(run, &run->people[i], c, SIZE_MAX).len == 0;
    }
    return RSC_OK;
}

rsc_status impact_run(struct ctx *ctx, struct impact *out,
                      const struct impact_candidate *candidates, size_t n,
                      const struct csv *groups,
                      const struct impact_options *options)
{
    struct run run = {.ctx = ctx, .out = out, .groups = groups};
    *out = (struct impact){0};
    run.id_column = csv_find(groups, STR("id"));
    if (run.id_column == SIZE_MAX)
        run.id_column = csv_find(groups, STR("file"));
    if (run.id_column == SIZE_MAX || groups->n_columns < 2)
        return ctx_fail(ctx, RSC_EINVALID,
                        "the table of groups needs a column \"id\" with the "
                        "names of the resume files, and one per attribute");
    rsc_status st = match_people(&run, candidates, n);
    if (st)
        return st;
    if (run.n_people == 0)
        return ctx_fail(ctx, RSC_EINVALID,
                        "no id of the table of groups is the name of a resume "
                        "in the results");
    out->n_candidates = (uint32_t)run.n_people;
    st = compare_selection(&run, options);
    if (st == RSC_OK)
        st = compare_scores(&run, IMPACT_KINDS);
    for (size_t kind = 0; kind < IMPACT_KINDS && !st; kind++)
        st = compare_scores(&run, kind);
    if (st == RSC_OK)
        st = count_unknown(&run);
    out->lines = run.lines.items;
    out->n_lines = run.lines.len;
    out->unknown = run.unknown.items;
    out->n_unknown = run.unknown.len;
    return st;
}
