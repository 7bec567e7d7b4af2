/* SPDX-License-Identifier: MIT */
/* resume-scorer audit-swap and audit-impact. */

#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "commands.h"
#include "setup.h"
#include "terminal.h"

#define RESULTS_BYTES ((size_t)512 << 20)
#define GROUPS_BYTES  ((size_t)64 << 20)

/* --- audit-swap ----------------------------------------------------------- */

static void print_swap(const char *path, const rsc_swap_report *r)
{
    terminal_put(stdout, str_of(path), 40);
    printf(": %u.%02u points, %zu swaps of %zu places each, largest change "
           "%u.%02u",
           r->total / 100, r->total % 100, r->n_swaps, r->n_spans,
           r->max_change / 100, r->max_change % 100);
    if (r->n_changed)
        printf(" (%zu changed; the largest as %s)", r->n_changed, r->changed);
    putchar('\n');
}

static void put_swap(struct json *j, const char *path, const rsc_swap_report *r)
{
    json_open(j, '{');
    json_put_str(j, "file", str_of(path));
    json_key(j, "total");
    json_fixed(j, r->total, 2);
    json_put_int(j, "swaps", (int64_t)r->n_swaps);
    json_put_int(j, "places", (int64_t)r->n_spans);
    json_put_int(j, "changed", (int64_t)r->n_changed);
    json_key(j, "max_change");
    json_fixed(j, r->max_change, 2);
    json_close(j, '}');
}

struct swap_totals {
    size_t n_failed, n_changed, n_swaps;
};

static void swap_file(struct cli *cli, struct setup *setup, const rsc_job *job,
                      struct json *j, struct swap_totals *totals,
                      const char *path, size_t n)
{
    rsc_swap_report report;
    rsc_document *resume;
    rsc_error err;

    rsc_status st = setup_document(setup, &resume, path, &err);
    if (!st) {
        st = rsc_audit_swap(&report, setup->engine, job, resume, n, &err);
        rsc_document_free(resume);
    }
    if (st) {
        totals->n_failed++;
        cli_error(cli, "%s: %s", path, err.message);
        return;
    }
    totals->n_changed += report.n_changed;
    totals->n_swaps += report.n_swaps;
    if (cli->json)
        put_swap(j, path, &report);
    else
        print_swap(path, &report);
}

static enum exit_code swap_all(struct cli *cli, struct setup *setup,
                               const rsc_job *job, size_t n)
{
    struct swap_totals totals = {0};
    struct buf out;

    buf_init(&out, setup->mem, RESULTS_BYTES);
    struct json j = json_to(&out, 2);
    json_open(&j, '[');
    for (size_t i = 0; i < cli->n_args; i++) {
        terminal_progress("Swapping", i, cli->n_args, cli->args[i]);
        swap_file(cli, setup, job, &j, &totals, cli->args[i], n);
    }
    json_close(&j, ']');
    terminal_clear_progress();
    if (cli->json)
        puts(buf_str(&out).data);
    else
        printf("%zu swaps in all, %zu changed a score\n", totals.n_swaps,
               totals.n_changed);
    buf_clear(&out);
    if (totals.n_changed)
        return EXIT_BAD_INPUT;
    return totals.n_failed ? EXIT_SOME_FAILED : EXIT_OK;
}

static enum exit_code run_swap(struct cli *cli)
{
    struct setup setup;
    rsc_job *job = NULL;
    uint64_t n = 50;
    enum exit_code code;

    if (cli->n_args == 0 || !cli_has(cli, "job"))
        return cli_usage(cli, "name the job with --job, and the resumes");
    if (!cli_number(cli, "swaps", 1, 100000, &n))
        return EXIT_USAGE;
    code = setup_open(&setup, cli);
    if (!code)
        code = setup_job(cli, &setup, &job);
    if (!code)
        code = swap_all(cli, &setup, job, (size_t)n);
    rsc_job_free(job);
    setup_close(&setup);
    return code;
}

static const struct cli_option swap_options[] = {
    {"job", 'j', "JOB", "The job description: a file, or '-'"},
    {"title", 0, "TEXT", "The job's title, where its text has none"},
    {"swaps", 0, "N", "Other people per resume (50)"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command audit_swap_command = {
    .name = "audit-swap",
    .summary = "Score the same resume of other people; nothing may change",
    .usage = "--job JOB [OPTION]... RESUME...",
    .text = "Names, e-mail, phone, address, links, birth, gender words, "
            "nationality and the years\nof degrees are swapped for those of "
            "other people. The exit status is 0 where no\nscore changed and 1 "
            "where one did. Only what was recognised can be swapped: see\n"
            "'redact' for what that is.",
    .examples =
        "  resume-scorer audit-swap --job job.txt resume.pdf\n"
        "  resume-scorer audit-swap --job job.txt --swaps 500 --json *.pdf",
    .options = swap_options,
    .run = run_swap,
};

/* --- audit-impact --------------------------------------------------------- */

/* "60" or "62.5" as hundredths; false where it is no number of points. */
static bool read_points(const char *text, uint32_t *out)
{
    struct str rest = str_of(text), whole, part;
    uint64_t points, hundredths = 0;

    str_next_field(&rest, '.', &whole);
    part = rest.len ? rest : STR("0");
    if (part.len > 2 || !str_to_u64(whole, 100, &points) ||
        !str_to_u64(part, 99, &hundredths))
        return false;
    if (part.len == 1)
        hundredths *= 10;
    *out = (uint32_t)(points * 100 + hundredths);
    return *out <= 10000;
}

static enum exit_code impact(struct cli *cli, struct ctx *ctx,
                             const rsc_impact_options *options)
{
    struct str results, groups;
    rsc_text *text;
    rsc_error err;

    if (setup_read(ctx, &results, cli->args[0], RESULTS_BYTES) ||
        setup_read(ctx, &groups, cli_value(cli, "groups"), GROUPS_BYTES))
        return ctx_error(ctx, &err), cli_fail(cli, NULL, &err);
    if (rsc_audit_impact(&text, results.data, results.len, groups.data,
                         groups.len, options, &err))
        return cli_fail(cli, NULL, &err);
    terminal_say_lines(stdout, str_of(rsc_text_data(text, NULL)));
    if (cli->json)
        putchar('\n');
    rsc_text_free(text);
    return EXIT_OK;
}

static enum exit_code run_impact(struct cli *cli)
{
    rsc_impact_options options = {.json = cli->json};
    uint64_t top = 0;
    struct mem mem;
    struct ctx ctx;

    if (cli->n_args != 1 || !cli_has(cli, "groups"))
        return cli_usage(cli, "name the results, and the groups with "
                              "--groups");
    if (!cli_number(cli, "top", 1, UINT32_MAX, &top))
        return EXIT_USAGE;
    options.top = (unsigned)top;
    if (cli_has(cli, "cut") &&
        !read_points(cli_value(cli, "cut"), &options.cut))
        return cli_usage(cli, "--cut is a number of points up to 100");
    mem_init(&mem, "program", 0);
    ctx_init(&ctx, &mem);
    enum exit_code code = impact(cli, &ctx, &options);
    ctx_clear(&ctx);
    return code;
}

static const struct cli_option impact_options[] = {
    {"groups", 'g', "CSV", "Table with the column id and one per attribute"},
    {"cut", 0, "POINTS", "Who has as many points is selected"},
    {"top", 'n', "N", "The best N are selected, with their ties"},
    {NULL, 0, NULL, NULL},
};

const struct cli_command audit_impact_command = {
    .name = "audit-impact",
    .summary = "Selection rates and impact ratios of groups",
    .usage = "--groups CSV [OPTION]... RESULTS.json",
    .text = "RESULTS.json is what 'rank --json' or 'score --json' wrote. The "
            "table of groups\nhas a column \"id\" with the names of the resume "
            "files, and columns such as sex and\nrace_ethnicity; no scorer "
            "ever reads it. Rates and ratios are those of New York\nCity "
            "Local Law 144, overall and per kind of requirement, with "
            "intersections; a\nratio under four fifths and groups too small "
            "to judge are marked. These are\nfigures for a person, not an "
            "audit.",
    .examples =
        "  resume-scorer audit-impact --groups g.csv --cut 60 ranked.json\n"
        "  resume-scorer audit-impact -g g.csv --top 10 --json ranked.json",
    .options = impact_options,
    .run = run_impact,
};
