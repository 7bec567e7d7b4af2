/* SPDX-License-Identifier: MIT */
/* resume-scorer rank: many resumes against one job, best first. */

#include "rank.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "commands.h"
#include "report.h"
#include "terminal.h"

/* One job for many resumes, or (job NULL) one resume for many jobs. */
struct question {
    const rsc_job *job;
    const rsc_document *resume;
    const char *name;         /* of the one that stays */
    struct sha256_hex sha256; /* of its file */
    rsc_score_options options;
};

struct run {
    struct cli *cli;
    struct setup *setup;
    const struct question *q;
    struct rank_state *state;
};

/* The one flag that a signal sets; a second signal ends us at once. */
static volatile sig_atomic_t stopped;

static void stop(int number)
{
    stopped = number;
}

static void watch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop,
                               .sa_flags = (int)(SA_RESTART | SA_RESETHAND)};

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        sigaction(numbers[i], &action, NULL);
}

/* What the ranking needs of a result; the rest stays in the state. */
static rsc_status take_numbers(struct run *run, struct candidate *c,
                               const rsc_result *result)
{
    struct ctx *ctx = &run->setup->ctx;
    rsc_requirement r;

    rsc_result_summary(result, &c->summary);
    c->summary.band = ctx_copy(ctx, str_of(c->summary.band)).data;
    if (!run->q->job && c->summary.job_title[0])
        c->name = ctx_printf(ctx, "%s: %s", c->name, c->summary.job_title).data;
    c->summary.band_reason = c->summary.job_title = "";
    size_t n = c->summary.n_requirements;
    rsc_part *parts = ctx_alloc_array(ctx, n, sizeof(parts[0]));
    if (!parts || !c->summary.band || !c->name)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++) {
        rsc_result_requirement(result, i, &r);
        parts[i] = (rsc_part){rank_kind(r.kind), r.weight, r.points};
    }
    c->parts = parts;
    return RSC_OK;
}

static rsc_status score_pair(struct run *run, struct candidate *c,
                             const rsc_job *job, const rsc_document *resume,
                             rsc_error *err)
{
    const struct question *q = run->q;
    rsc_score_options options = q->options;
    rsc_result *result;
    struct str json;

    options.resume_name = q->job ? c->path : q->name;
    options.job_name = q->job ? q->name : c->path;
    if (rsc_score(&result, run->setup->engine, job, resume, &options, err))
        return RSC_OK;
    json.data = rsc_result_json(result, &json.len);
    rsc_status st = stopped ? RSC_OK
                            : rank_state_put(run->state, c->path, &c->sha256,
                                             json, &c->at, &c->len);
    if (!st)
        st = take_numbers(run, c, result);
    rsc_result_free(result);
    return st;
}

/* A file that cannot be scored is in err; what is returned ends the run. */
static rsc_status score_bytes(struct run *run, struct candidate *c,
                              struct str bytes, rsc_error *err)
{
    const struct question *q = run->q;
    rsc_engine *engine = run->setup->engine;
    rsc_document *document;
    rsc_job *job = NULL;
    rsc_status st = RSC_OK;

    if (rsc_document_read(&document, engine, bytes.data, bytes.len, err))
        return RSC_OK;
    if (q->job)
        st = score_pair(run, c, q->job, document, err);
    else if (rsc_job_read(&job, engine, document, NULL, err) == RSC_OK)
        st = score_pair(run, c, job, q->resume, err);
    rsc_job_free(job);
    rsc_document_free(document);
    return st;
}

/* What an earlier run has done of it. */
static rsc_status take_done(struct run *run, struct candidate *c,
                            const struct rank_done *done, rsc_error *err)
{
    rsc_result *result;

    if (done->len == 0) {
        *err = done->err;
        return RSC_OK;
    }
    c->at = done->at;
    c->len = done->len;
    if (rank_state_read(run->state, &result, c->at, c->len, err))
        return ctx_fail(&run->setup->ctx, err->status, "%s", err->message);
    rsc_status st = take_numbers(run, c, result);
    rsc_result_free(result);
    return st;
}

static rsc_status keep_error(struct run *run, struct candidate *c,
                             const rsc_error *err)
{
    rsc_error *kept = ctx_alloc(&run->setup->ctx, sizeof(*kept));

    if (!kept)
        return run->setup->ctx.error.status;
    *kept = *err;
    c->err = kept;
    cli_error(run->cli, "%s: %s", c->path, err->message);
    return RSC_OK;
}

static rsc_status score_candidate(struct run *run, struct candidate *c)
{
    rsc_error err = {.status = RSC_OK};
    rsc_status st = RSC_OK;
    struct str bytes;
    struct ctx ctx; /* the file's bytes are not needed afterwards */

    ctx_init(&ctx, run->setup->mem);
    /* The engine refuses what is past its own limit, with better words. */
    if (setup_read(&ctx, &bytes, c->path, (size_t)1 << 30)) {
        ctx_error(&ctx, &err);
    } else {
        c->sha256 = hash_sha256(bytes);
        const struct rank_done *done =
            rank_state_find(run->state, c->path, &c->sha256);
        st = done ? take_done(run, c, done, &err)
                  : score_bytes(run, c, bytes, &err);
        /* What a signal to the helper made fail has not failed. */
        if (!st && err.status && !done && !stopped)
            st = rank_state_put_error(run->state, c->path, &c->sha256, &err);
    }
    ctx_clear(&ctx);
    return st || !err.status || stopped ? st : keep_error(run, c, &err);
}

static int better_first(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;

    if (!x->err != !y->err)
        return x->err ? 1 : -1;
    if (!x->err && x->summary.total != y->summary.total)
        return x->summary.total > y->summary.total ? -1 : 1;
    return strcmp(x->path, y->path);
}

/* What stands at the head of all reports. */
static rsc_status take_head(struct ranking *ranking, struct ctx *ctx)
{
    rsc_result *first = rank_result(ranking, 0);
    rsc_summary summary;

    if (!first)
        return ctx_fail(ctx, ranking->err.status, "%s", ranking->err.message);
    rsc_result_summary(first, &summary);
    ranking->job_title = ctx_copy(ctx, str_of(summary.job_title)).data;
    ranking->n_requirements = summary.n_requirements;
    rsc_result_free(first);
    return ctx->error.status;
}

/* Places among what was scored; the range of each where all have one job. */
static rsc_status set_places(struct run *run, struct ranking *ranking)
{
    struct ctx *ctx = &run->setup->ctx;
    struct candidate *c = ranking->items;
    size_t n = ranking->n - ranking->n_failed;
    rsc_error err;

    qsort(c, ranking->n, sizeof(c[0]), better_first);
    rsc_standing *standings = ctx_alloc_array(ctx, n, sizeof(standings[0]));
    rsc_place *places = ctx_alloc_array(ctx, n, sizeof(places[0]));
    if (!standings || !places)
        return ctx->error.status;
    for (size_t i = 0; i < n; i++)
        standings[i] = (rsc_standing){c[i].summary.total, c[i].parts,
                                      c[i].summary.n_requirements};
    if (rsc_rank(places, standings, n, &err))
        return ctx_fail(ctx, err.status, "%s", err.message);
    for (size_t i = 0; i < n; i++) {
        c[i].place = places[i].place;
        c[i].best = places[i].best;
        c[i].worst = places[i].worst;
    }
    return n && run->q->job ? take_head(ranking, ctx) : RSC_OK;
}

static rsc_status score_all(struct run *run, const struct rank_paths *paths,
                            struct ranking *out)
{
    struct ctx *ctx = &run->setup->ctx;
    size_t folder = rank_paths_folder(paths);
    rsc_status st = RSC_OK;

    *out = (struct ranking){.n = paths->len,
                            .of_jobs = !run->q->job,
                            .job_title = "",
                            .state = run->state,
                            .paths = paths};
    out->items = ctx_calloc(ctx, paths->len, sizeof(out->items[0]));
    if (!out->items)
        return ctx->error.status;
    for (size_t i = 0; i < paths->len && !st && !stopped; i++) {
        struct candidate *candidate = &out->items[i];
        candidate->path = paths->items[i];
        candidate->name = candidate->path + folder;
        terminal_progress("Scoring", i, paths->len, candidate->path);
        st = score_candidate(run, candidate);
        out->n_failed += candidate->err != NULL;
        out->n_done += !stopped;
    }
    terminal_clear_progress();
    return st || stopped ? st : set_places(run, out);
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
                                    struct ranking *ranking, size_t top)
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

/* The day of a run, so that one over midnight has one only. */
static const char *today(struct ctx *ctx)
{
    time_t now = (time_t)clock_wall_s();
    struct tm day;

    gmtime_r(&now, &day);
    return ctx_printf(ctx, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1,
                      day.tm_mday)
        .data;
}

static void put_part(struct buf *out, const char *text)
{
    buf_printf(out, "%zu:%s\n", text ? strlen(text) : 0, text ? text : "");
}

/* All that decides a result beside the file and the day. */
static const char *hash_question(struct cli *cli, struct setup *setup,
                                 const struct question *q)
{
    struct sha256_hex hash;
    struct buf out;
    char engine[65];

    rsc_engine_fingerprint(setup->engine, engine);
    buf_init(&out, setup->mem, (size_t)1 << 20);
    put_part(&out, engine);
    put_part(&out, q->job ? "resumes" : "jobs");
    put_part(&out, q->name);
    put_part(&out, q->sha256.text);
    put_part(&out, cli_value(cli, "title"));
    put_part(&out, cli_value(cli, "entities"));
    put_part(&out, q->options.weights);
    put_part(&out, q->options.require);
    put_part(&out, q->options.config);
    hash = hash_sha256(buf_str(&out));
    buf_clear(&out);
    return ctx_copy(&setup->ctx, str_of(hash.text)).data;
}

static enum exit_code tell_stopped(struct cli *cli,
                                   const struct ranking *ranking)
{
    const char *state = cli_value(cli, "state");

    if (state)
        cli_error(cli,
                  "stopped; %zu of %zu files are done and kept in %s. The "
                  "same command goes on from there",
                  ranking->n_done, ranking->n, state);
    else
        cli_error(cli,
                  "stopped after %zu of %zu files; nothing was kept. With "
                  "--state FILE a run can go on where it was stopped",
                  ranking->n_done, ranking->n);
    return EXIT_STOPPED;
}

static enum exit_code show(struct cli *cli, struct setup *setup,
                           struct ranking *ranking, size_t top)
{
    if (cli->json)
        rank_print_json(ranking, setup->mem, top);
    else if (cli_has(cli, "compare"))
        report_print_compare(ranking);
    else
        rank_print_table(ranking, top);
    enum exit_code code = write_reports(cli, setup, ranking, top);
    if (!code && ranking->err.status)
        code = cli_fail(cli, NULL, &ranking->err);
    if (code)
        return code;
    if (ranking->n_failed == ranking->n)
        return EXIT_BAD_INPUT;
    return ranking->n_failed ? EXIT_SOME_FAILED : EXIT_OK;
}

static enum exit_code rank_all(struct run *run, const struct rank_paths *paths,
                               size_t top)
{
    struct ranking ranking;
    rsc_error err;

    watch_signals();
    if (run->state->n_done)
        terminal_note(ctx_printf(&run->setup->ctx,
                                 "going on with %s as of %s; it has %zu files",
                                 run->state->path, run->state->as_of,
                                 run->state->n_done)
                          .data);
    if (score_all(run, paths, &ranking))
        return ctx_error(&run->setup->ctx, &err),
               cli_fail(run->cli, NULL, &err);
    if (stopped)
        return tell_stopped(run->cli, &ranking);
    return show(run->cli, run->setup, &ranking, top);
}

static enum exit_code rank_with_state(struct cli *cli, struct setup *setup,
                                      struct question *q, size_t top)
{
    struct rank_paths paths = {0};
    struct rank_state state = {.fd = -1};
    struct run run = {cli, setup, q, &state};
    rsc_error err;
    enum exit_code code = setup_score(cli, setup, q->job, &q->options);

    if (code)
        return code;
    const char *question = hash_question(cli, setup, q);
    if (rank_paths_add(&setup->ctx, &paths, cli) ||
        rank_state_open(&setup->ctx, &state, cli_value(cli, "state"), question,
                        q->options.as_of)) {
        ctx_error(&setup->ctx, &err);
        code = cli_fail(cli, NULL, &err);
    } else if (paths.len == 0) {
        rank_paths_note(&setup->ctx, &paths);
        code = cli_usage(cli, "there is no file to rank");
    } else {
        if (!cli->json)
            rank_paths_note(&setup->ctx, &paths);
        if (!state.as_of)
            state.as_of = today(&setup->ctx);
        q->options.as_of = state.as_of;
        code = rank_all(&run, &paths, top);
    }
    rank_state_close(&state);
    return code;
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
    q.sha256 = setup->read_sha256;
    enum exit_code code = rank_with_state(cli, setup, &q, top);
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
    q.sha256 = setup->read_sha256;
    if (!code)
        code = rank_with_state(cli, setup, &q, top);
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
    if (by_resume && cli_has(cli, "compare"))
        return cli_usage(cli, "--compare puts resumes side by side for one "
                              "job; leave it out to rank jobs");
    if (!cli_number(cli, "top", 1, 1000000, &top))
        return EXIT_USAGE;
    code = setup_open(&setup, cli);
    if (!code && rsc_vector_size(setup.engine) == 0)
        terminal_note("no model is installed, so words alone decide; see "
                      "'resume-scorer doctor'");
    if (!code)
        code = by_job ? rank_resumes(cli, &setup, (size_t)top)
                      : rank_jobs(cli, &setup, (size_t)top);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    SCORE_OPTIONS,
    {"resume", 'r', "RESUME", "One resume; the files are jobs then"},
    {"state", 's', "FILE", "Keep what is done, and go on from there"},
    {"top", 'n', "N", "Show the best N only"},
    {"compare", 0, NULL, "Show the best five side by side"},
    {"csv", 0, "FILE", "Write a table with the points per requirement"},
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
    .text =
        "A folder stands for the documents in it; what else is there (other "
        "kinds of\nfile, folders, readmes, the job itself) is named and "
        "not read. A file that cannot\nbe read or scored is named with "
        "the reason and never stops the others; the exit\nstatus is then "
        "4. Equal scores share a place.",
    .examples =
        "  resume-scorer rank --job job.txt resumes/\n"
        "  resume-scorer rank --job job.pdf --top 10 --html top.html *.pdf\n"
        "  resume-scorer rank --job job.txt --state run.jsonl --csv all.csv "
        "cvs/",
    .options = options,
    .run = run,
};
