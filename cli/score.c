/* SPDX-License-Identifier: MIT */
/* resume-scorer score: one resume against one job, line by line. */

#include <stdio.h>

#include "commands.h"
#include "setup.h"
#include "terminal.h"

static void put(enum colour colour, const char *text)
{
    printf("%s%s%s", terminal_colour(stdout, colour), text,
           terminal_colour(stdout, COLOUR_OFF));
}

static enum colour colour_of(const rsc_requirement *r)
{
    if (!r->assessed)
        return COLOUR_DIM;
    if (r->met)
        return COLOUR_GREEN;
    return r->points ? COLOUR_YELLOW : COLOUR_RED;
}

static const char *mark_of(const rsc_requirement *r)
{
    if (!r->assessed)
        return "?";
    if (r->met)
        return "+";
    return r->points ? "~" : "-";
}

static void print_requirement(const rsc_requirement *r, unsigned width)
{
    char points[32];

    printf("  ");
    put(colour_of(r), mark_of(r));
    printf(" %s%c ", r->must || r->required ? "must" : "nice",
           r->required ? '!' : ' ');
    size_t label = width > 50 ? width - 40 : 10;
    size_t used = terminal_put(stdout, str_of(r->label), label);
    printf("%*s", (int)(label - used), "");
    if (r->assessed)
        snprintf(points, sizeof(points), "%u.%02u of %u.%02u", r->points / 100,
                 r->points % 100, r->weight / 100, r->weight % 100);
    else
        snprintf(points, sizeof(points), "not assessed");
    printf("  %16s  %s\n", points, r->assessed && r->points ? r->how : "");
    if (r->evidence[0]) {
        printf("          %sp. %u:%s ", terminal_colour(stdout, COLOUR_DIM),
               r->page, terminal_colour(stdout, COLOUR_OFF));
        terminal_put(stdout, str_of(r->evidence), width - 18);
        putchar('\n');
    }
    if (!r->evidence[0] || r->points < r->weight) {
        printf("%s", terminal_colour(stdout, COLOUR_DIM));
        terminal_wrap(stdout, str_of(r->reason), 10, width);
        printf("%s", terminal_colour(stdout, COLOUR_OFF));
    }
}

static void print_head(const rsc_summary *s)
{
    if (s->job_title[0]) {
        printf("\n  ");
        terminal_put(stdout, str_of(s->job_title), terminal_width() - 4);
    }
    printf("\n  %s%u.%02u of 100, %s%s\n", terminal_colour(stdout, COLOUR_BOLD),
           s->total / 100, s->total % 100, s->band,
           terminal_colour(stdout, COLOUR_OFF));
    if (s->coverage < 10000)
        printf("  %u %% of the job could be judged; what is unknown could make "
               "it %u.%02u to %u.%02u\n",
               s->coverage / 100, s->low / 100, s->low % 100, s->high / 100,
               s->high % 100);
    if (s->band_reason[0])
        terminal_wrap(stdout, str_of(s->band_reason), 2, terminal_width());
    putchar('\n');
}

static void print_what_if(const rsc_result *result, size_t i)
{
    rsc_what_if w;

    rsc_result_what_if(result, i, &w);
    printf("%s  What if ", i ? "" : "\n");
    terminal_say(stdout, str_of(w.skill));
    printf(" stood there once: %s%u.%02u more, %u.%02u in all\n",
           w.is_asked ? "" : "not asked for; ", w.gain / 100, w.gain % 100,
           w.total / 100, w.total % 100);
}

static void print_table(const rsc_result *result)
{
    rsc_summary summary;
    rsc_requirement requirement;
    unsigned width = terminal_width();

    rsc_result_summary(result, &summary);
    print_head(&summary);
    for (size_t i = 0; i < summary.n_requirements; i++) {
        rsc_result_requirement(result, i, &requirement);
        print_requirement(&requirement, width);
    }
    for (size_t i = 0; i < summary.n_what_ifs; i++)
        print_what_if(result, i);
    for (size_t i = 0; i < summary.n_warnings; i++) {
        printf("\n  ");
        put(COLOUR_YELLOW, "note:");
        putchar('\n');
        terminal_wrap(stdout, str_of(rsc_result_warning(result, i)), 4, width);
    }
    printf("\n  + met   ~ in part   - not found   ? not assessed   ! caps the "
           "band. The score\n  advises; a person decides. --json shows "
           "everything.\n");
}

static enum exit_code score_one(struct cli *cli, struct setup *setup,
                                const rsc_job *job, rsc_score_options *options,
                                const char *path)
{
    rsc_document *resume;
    rsc_result *result;
    rsc_error err;

    if (setup_document(setup, &resume, path, &err))
        return cli_fail(cli, path, &err);
    options->what_if = cli_value(cli, "what-if");
    options->resume_name = path;
    options->sheet = cli_has(cli, "sheet");
    options->job_name = cli_value(cli, "job");
    rsc_status st =
        rsc_score(&result, setup->engine, job, resume, options, &err);
    rsc_document_free(resume);
    if (st)
        return cli_fail(cli, path, &err);
    if (cli->json)
        puts(rsc_result_json(result, NULL));
    else if (cli_has(cli, "sheet"))
        terminal_say_lines(stdout, str_of(rsc_result_sheet(result, NULL)));
    else
        print_table(result);
    rsc_result_free(result);
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    rsc_score_options options;
    rsc_job *job = NULL;
    enum exit_code code;

    if (cli->n_args != 1 || !cli_has(cli, "job"))
        return cli_usage(cli, "name the job with --job and one resume");
    code = setup_open(&setup, cli);
    if (!code)
        code = setup_job(cli, &setup, &job);
    if (!code)
        code = setup_score(cli, &setup, job, &options);
    if (!code)
        code = score_one(cli, &setup, job, &options, cli->args[0]);
    rsc_job_free(job);
    setup_close(&setup);
    return code;
}

static const struct cli_option score_options[] = {
    SCORE_OPTIONS,
    {"sheet", 0, NULL, "Print the candidate's sheet, in plain language"},
    {"what-if", 0, "LIST", "Score as if these skills were held"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command score_command = {
    .name = "score",
    .summary = "Score one resume against a job, with the evidence",
    .usage = "--job JOB [OPTION]... RESUME",
    .text = "JOB and RESUME are files of any format that 'extract' reads; one "
            "of them may be\n'-' for standard input. Each requirement of the "
            "job gets points with the\nsentence that earned them; the points "
            "add up to the total. Names, addresses,\nages and the like never "
            "count.",
    .examples =
        "  resume-scorer score --job job.txt resume.pdf\n"
        "  resume-scorer score --job job.docx --as-of 2026-01 --json r.pdf",
    .options = score_options,
    .run = run,
};
