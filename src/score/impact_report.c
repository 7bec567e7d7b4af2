/* SPDX-License-Identifier: MIT */
#include "base/json.h"
#include "score/impact.h"

static void put_flags(struct buf *out, const struct impact_line *line)
{
    if (line->is_below)
        buf_put(out, STR(" under four fifths"));
    if (line->is_below && line->is_chance)
        buf_put(out, STR(" (could be chance)"));
    if (line->is_left_out)
        buf_put(out, STR(" under 2 % of the sample: in no ratio"));
    else if (line->is_small)
        buf_put(out, STR(" small group"));
}

static void put_line(struct buf *out, const struct impact_line *line)
{
    buf_printf(out, "  %-44.*s %6u %7u   %u.%03u ", STR_ARG(line->group),
               line->n, line->passed, line->rate / 1000, line->rate % 1000);
    if (line->has_ratio)
        buf_printf(out, " %u.%03u", line->ratio / 1000, line->ratio % 1000);
    else
        buf_put(out, STR("    -  "));
    put_flags(out, line);
    buf_put_char(out, '\n');
}

void impact_write_text(struct buf *out, const struct impact *impact)
{
    buf_printf(out, "%u candidates, median total %u.%02u\n",
               impact->n_candidates, impact->median / 100,
               impact->median % 100);
    if (impact->n_unmatched)
        buf_printf(out,
                   "%u results have no row in the table and are left out\n",
                   impact->n_unmatched);
    for (size_t i = 0; i < impact->n_unknown; i++)
        buf_printf(out, "%.*s: %u unknown, in no group\n",
                   STR_ARG(impact->unknown[i].column), impact->unknown[i].n);
    for (size_t i = 0; i < impact->n_lines; i++) {
        const struct impact_line *line = &impact->lines[i];
        bool is_new = i == 0 || !str_eq(line[-1].measure, line->measure) ||
                      !str_eq(line[-1].column, line->column);
        if (is_new)
            buf_printf(out, "\n%.*s rate by %.*s\n  %-44s %6s %7s   %5s  %s\n",
                       STR_ARG(line->measure), STR_ARG(line->column), "group",
                       "n", "passed", "rate", "impact ratio");
        put_line(out, line);
    }
    buf_put(out,
            STR("\nThe selection rate is the share of a group that is "
                "selected, the scoring rate the\nshare above the median of "
                "the sample; the impact ratio is a group's rate by that\nof "
                "the best group. These are figures for a person to read, not "
                "an audit.\n"));
}

static void put_json_line(struct json *j, const struct impact_line *line)
{
    json_open(j, '{');
    json_put_str(j, "measure", line->measure);
    json_put_str(j, "column", line->column);
    json_put_str(j, "group", line->group);
    json_put_int(j, "n", line->n);
    json_put_int(j, "passed", line->passed);
    json_key(j, "rate");
    json_fixed(j, line->rate, 3);
    json_key(j, "impact_ratio");
    if (line->has_ratio)
        json_fixed(j, line->ratio, 3);
    else
        json_null(j);
    json_put_bool(j, "under_four_fifths", line->is_below);
    json_put_bool(j, "could_be_chance", line->is_chance);
    json_put_bool(j, "small_group", line->is_small);
    json_put_bool(j, "under_two_percent", line->is_left_out);
    json_close(j, '}');
}

void impact_write_json(struct json *j, const struct impact *impact)
{
    json_open(j, '{');
    json_put_int(j, "candidates", impact->n_candidates);
    json_put_int(j, "without_groups", impact->n_unmatched);
    json_key(j, "median");
    json_fixed(j, impact->median, 2);
    json_key(j, "unknown");
    json_open(j, '{');
    for (size_t i = 0; i < impact->n_unknown; i++) {
        json_key_str(j, impact->unknown[i].column);
        json_int(j, impact->unknown[i].n);
    }
    json_close(j, '}');
    json_key(j, "lines");
    json_open(j, '[');
    for (size_t i = 0; i < impact->n_lines; i++)
        put_json_line(j, &impact->lines[i]);
    json_close(j, ']');
    json_close(j, '}');
}
