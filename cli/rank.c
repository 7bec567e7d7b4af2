/* SPDX-License-Identifier: MIT */
/* resume-scorer rank: many resumes against one job, best first. */

#include "rank.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/vec.h"
#include "commands.h"
#include "report.h"
#include "terminal.h"

struct paths {
    const char **items;
    size_t len, cap;
};

/* A pipe in a folder would be waited for without end. */
static bool is_regular(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Adds the files of a folder in the order of their names; folders inside it
 * and hidden files are left out. */
static void add_folder(struct ctx *ctx, struct paths *paths, const char *path)
{
    size_t first = paths->len;
    DIR *dir = opendir(path);

    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (e->d_name[0] == '.')
            continue;
        struct str name = ctx_printf(ctx, "%s/%s", path, e->d_name);
        const char **slot = NULL;
        if (name.data && is_regular(name.data))
            slot = vec_push(ctx, paths);
        if (slot)
            *slot = name.data;
    }
    if (dir)
        closedir(dir);
    if (paths->len > first)
        qsort(paths->items + first, paths->len - first, sizeof(paths->items[0]),
              by_name);
}

static void add_paths(struct ctx *ctx, struct paths *paths,
                      const struct cli *cli)
{
    for (size_t i = 0; i < cli->n_args; i++) {
        if (is_folder(cli->args[i])) {
            add_folder(ctx, paths, cli->args[i]);
            continue;
        }
        const char **slot = vec_push(ctx, paths);
        if (slot)
            *slot = cli->args[i];
    }
}

/* One job for many resumes, or (job NULL) one resume for many jobs. */
struct question {
    const rsc_job *job;
    const rsc_document *resume;
    const char *name; /* of the one that stays */
};

static void score_pair(struct cli *cli, struct setup *setup,
                       struct candidate *candidate, const rsc_job *job,
                       const rsc_document *resume, const struct question *q)
{
    rsc_score_options options;

    rsc_score_options_init(&options);
    options.as_of = cli_value(cli, "as-of");
    options.weights = cli_value(cli, "weights");
    options.resume_name = q->job ? candidate->path : q->name;
    options.job_name = q->job ? q->name : candidate->path;
    if (rsc_score(&candidate->result, setup->engine, job, resume, &options,
                  &candidate->err) == RSC_OK)
        rsc_result_summary(candidate->result, &candidate->summary);
}

static void score_candidate(struct cli *cli, struct setup *setup,
                            const struct question *q,
                            struct candidate *candidate)
{
    rsc_document *document;
    rsc_job *job = NULL;

    if (setup_document(setup, &document, candidate->path, &candidate->err))
        return;
    if (q->job)
        score_pair(cli, setup, candidate, q->job, document, q);
    else if (rsc_job_read(&job, setup->engine, document, NULL,
                          &candidate->err) == RSC_OK)
        score_pair(cli, setup, candidate, job, q->resume, q);
    rsc_job_free(job);
    rsc_document_free(document);
}

static int better_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (!x->result != !y->result)
        return x->result ? -1 : 1;
    if (x->result && x->summary.total != y->summary.total)
        return x->summary.total > y->summary.total ? -1 : 1;
    return strcmp(x->path, y->path);
}

/* Places among what was scored; the range of each where all have one job. */
static rsc_status set_places(struct setup *setup, const struct question *q,
                             struct ranking *ranking)
{
    struct candidate *c = ranking->items;
    size_t n = ranking->n - ranking->n_failed;
    rsc_error err;

    qsort(c, ranking->n, sizeof(c[0]), better_first);
    const rsc_result **results =
        ctx_alloc_array(&setup->ctx, n, sizeof(results[0]));
    rsc_place *places = ctx_alloc_array(&setup->ctx, n, sizeof(places[0]));
    if (!results || !places)
        return setup->ctx.error.status;
    for (size_t i = 0; i < n; i++)
        results[i] = c[i].result;
    if (rsc_rank(places, results, n, &err))
        return ctx_fail(&setup->ctx, err.status, "%s", err.message);
    for (size_t i = 0; i < n; i++) {
        c[i].place = places[i].place;
        c[i].best = places[i].best;
        c[i].worst = places[i].worst;
    }
    ranking->job_title = n && q->job ? c[0].summary.job_title : "";
    ranking->n_requirements = n && q->job ? c[0].summary.n_requirements : 0;
    return RSC_OK;
}

static rsc_status score_all(struct cli *cli, struct setup *setup,
                            const struct question *q, const struct paths *paths,
                            struct ranking *out)
{
    out->n = paths->len;
    out->items = ctx_calloc(&setup->ctx, paths->len, sizeof(out->items[0]));
    if (!out->items)
        return setup->ctx.error.status;
    for (size_t i = 0; i < paths->len; i++) {
        struct candidate *candidate = &out->items[i];
        candidate->path = paths->items[i];
        terminal_progress("Scoring", i, paths->len, candidate->path);
        score_candidate(cli, setup, q, candidate);
        if (!candidate->result) {
            out->n_failed++;
            cli_error(cli, "%s: %s", candidate->path, candidate->err.message);
        }
    }
    terminal_clear_progress();
    return set_places(setup, q, out);
}

static enum exit_code write_buffer(struct cli *cli, struct setup *setup,
                                   const char *path, const struct buf *out)
{
    rsc_error err;

    if (out->failed)
        ctx_fail(&setup->ctx, RSC_ENOMEM, "out of memory");
    else
        file_replace(&setup->ctx, path, buf_str(out));
    return ctx_error(&setup->ctx, &err) ? cli_fail(cli, path, &err) : EXIT_OK;
}

/* The files that --csv, --html and --xlsx name. */
static enum exit_code write_reports(struct cli *cli, struct setup *setup,
                                    const struct ranking *ranking, size_t top)
{
    enum exit_code code = EXIT_OK;
    struct buf out;
    rsc_error err;

    buf_init(&out, setup->mem, (size_t)1 << 30);
    if (cli_has(cli, "csv")) {
        report_write_csv(&out, ranking, top);
        code = write_buffer(cli, setup, cli_value(cli, "csv"), &out);
    }
    buf_reset(&out);
    if (!code && cli_has(cli, "html")) {
        report_write_html(&out, ranking, top);
        code = write_buffer(cli, setup, cli_value(cli, "html"), &out);
    }
    buf_clear(&out);
    if (!code && cli_has(cli, "xlsx") &&
        report_write_xlsx(&setup->ctx, cli_value(cli, "xlsx"), ranking, top)) {
        ctx_error(&setup->ctx, &err);
        code = cli_fail(cli, NULL, &err);
    }
    return code;
}

static void print_json(struct setup *setup, const struct ranking *ranking,
                       size_t top)
{
    struct buf out;

    buf_init(&out, setup->mem, (size_t)1 << 30);
    rank_write_json(&out, ranking, top);
    puts(buf_str(&out).data);
    buf_clear(&out);
}

static enum exit_code rank_all(struct cli *cli, struct setup *setup,
                               const struct question *q, size_t top)
{
    struct paths paths = {0};
    struct ranking ranking = {0};
    rsc_error err;

    add_paths(&setup->ctx, &paths, cli);
    if (paths.len == 0)
        return cli_usage(cli, "there is no file to rank");
    if (score_all(cli, setup, q, &paths, &ranking))
        return ctx_error(&setup->ctx, &err), cli_fail(cli, NULL, &err);
    if (cli->json)
        print_json(setup, &ranking, top);
    else if (cli_has(cli, "compare"))
        report_print_compare(&ranking);
    else
        rank_print_table(&ranking, top);
    enum exit_code written = write_reports(cli, setup, &ranking, top);
    for (size_t i = 0; i < ranking.n; i++)
        rsc_result_free(ranking.items[i].result);
    if (written)
        return written;
    if (ranking.n_failed == ranking.n)
        return EXIT_BAD_INPUT;
    return ranking.n_failed ? EXIT_SOME_FAILED : EXIT_OK;
}

static enum exit_code rank_jobs(struct cli *cli, struct setup *setup,
                                size_t top)
{
    struct question q = {.name = cli_value(cli, "resume")};
    rsc_document *resume;
    rsc_error err;

    if (setup_document(setup, &resume, q.name, &err))
        return cli_fail(cli, q.name, &err);
    q.resume = resume;
    enum exit_code code = rank_all(cli, setup, &q, top);
    rsc_document_free(resume);
    return code;
}

static enum exit_code rank_resumes(struct cli *cli, struct setup *setup,
                                   size_t top)
{
    struct question q = {.name = cli_value(cli, "job")};
    rsc_job *job = NULL;

    enum exit_code code = setup_job(cli, setup, &job);
    q.job = job;
    if (!code)
        code = rank_all(cli, setup, &q, top);
    rsc_job_free(job);
    return code;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    uint64_t top = UINT64_MAX;
    bool by_job = cli_has(cli, "job"), by_resume = cli_has(cli, "resume");
    enum exit_code code;

    if (cli->n_args == 0 || by_job == by_resume)
        return cli_usage(cli, "name one job with --job, and the resumes; or "
                              "one resume with --resume, and the jobs");
    if (!cli_number(cli, "top", 1, UINT64_MAX, &top))
        return EXIT_USAGE;
    code = setup_open(&setup, cli);
    if (!code && rsc_vector_size(setup.engine) == 0)
        fprintf(stderr, "note: no model is installed, so words alone decide; "
                        "see 'resume-scorer doctor'\n");
    if (!code)
        code = by_job ? rank_resumes(cli, &setup, (size_t)top)
                      : rank_jobs(cli, &setup, (size_t)top);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    SCORE_OPTIONS,
    {"resume", 'r', "RESUME", "One resume; the files are jobs then"},
    {"top", 'n', "N", "Show the best N only"},
    {"compare", 0, NULL, "Show the best five side by side"},
    {"csv", 0, "FILE", "Write a table with a column per requirement"},
    {"xlsx", 0, "FILE", "Write a workbook: ranking and requirements"},
    {"html", 0, "FILE", "Write a report for browsers and printers"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command rank_command = {
    .name = "rank",
    .summary = "Rank many resumes against one job",
    .usage = "--job JOB [OPTION]... RESUME...",
    .text = "A folder stands for the files in it. A file that cannot be read "
            "or scored is\nnamed with the reason and never stops the others; "
            "the exit status is then 4.\nEqual scores share a place.",
    .examples =
        "  resume-scorer rank --job job.txt resumes/\n"
        "  resume-scorer rank --job job.pdf --top 10 --html top.html *.pdf",
    .options = options,
    .run = run,
};
