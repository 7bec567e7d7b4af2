/* SPDX-License-Identifier: MIT */
/* resume-scorer verify: makes a saved result again and compares. */

#include <stdio.h>

#include "base/json.h"
#include "commands.h"
#include "setup.h"
#include "terminal.h"

/* A result with all its evidence is far below. */
#define RESULT_BYTES ((size_t)32 << 20)

static void print_json(struct setup *setup, bool same, const char *report)
{
    struct buf out;

    buf_init(&out, setup->mem, RESULT_BYTES);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_put_bool(&j, "same", same);
    json_put_str(&j, "report", str_of(report));
    json_close(&j, '}');
    puts(buf_str(&out).data);
    buf_clear(&out);
}

static enum exit_code compare(struct cli *cli, struct setup *setup,
                              const rsc_document *job,
                              const rsc_document *resume)
{
    struct str saved;
    const char *scoring;
    rsc_text *text;
    rsc_error err;
    bool same;

    enum exit_code code = setup_scoring(cli, setup, &scoring);
    if (code)
        return code;
    if (setup_read(&setup->ctx, &saved, cli->args[0], RESULT_BYTES))
        return ctx_error(&setup->ctx, &err), cli_fail(cli, NULL, &err);
    if (rsc_verify(&text, &same, setup->engine, job, resume, saved.data,
                   saved.len, scoring, &err))
        return cli_fail(cli, cli->args[0], &err);
    if (cli->json)
        print_json(setup, same, rsc_text_data(text, NULL));
    else
        terminal_say_lines(stdout, str_of(rsc_text_data(text, NULL)));
    rsc_text_free(text);
    return same ? EXIT_OK : EXIT_BAD_INPUT;
}

static enum exit_code verify(struct cli *cli, struct setup *setup)
{
    const char *job_path = cli_value(cli, "job");
    const char *resume_path = cli_value(cli, "resume");
    rsc_document *job, *resume;
    rsc_error err;

    if (setup_document(setup, &job, job_path, &err))
        return cli_fail(cli, job_path, &err);
    if (setup_document(setup, &resume, resume_path, &err)) {
        rsc_document_free(job);
        return cli_fail(cli, resume_path, &err);
    }
    enum exit_code code = compare(cli, setup, job, resume);
    rsc_document_free(job);
    rsc_document_free(resume);
    return code;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args != 1 || !cli_has(cli, "job") || !cli_has(cli, "resume"))
        return cli_usage(cli, "name the result, the job with --job and the "
                              "resume with --resume");
    code = setup_open(&setup, cli);
    if (!code)
        code = verify(cli, &setup);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    {"job", 'j', "JOB", "The job that was scored"},
    {"resume", 'r', "RESUME", "The resume that was scored"},
    {"scoring", 0, "FILE", "The numbers that it was scored with"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command verify_command = {
    .name = "verify",
    .summary = "Make a saved result again and say what differs",
    .usage = "--job JOB --resume RESUME [OPTION]... RESULT.json",
    .text = "RESULT.json is what 'score --json' wrote. The date, the weights "
            "and the what-if\nquestions are taken from it. The exit status is "
            "0 where everything is equal and\n1 where something differs; the "
            "differences are listed, their causes first.",
    .examples =
        "  resume-scorer verify --job job.txt --resume r.pdf result.json\n"
        "  resume-scorer verify -j job.txt -r r.pdf --json result.json",
    .options = options,
    .run = run,
};
