/* SPDX-License-Identifier: MIT */
/* resume-scorer redact: a blind copy of a resume. */

#include <stdio.h>

#include "base/file.h"
#include "commands.h"
#include "setup.h"

static enum exit_code write_text(struct cli *cli, struct setup *setup,
                                 const rsc_text *text)
{
    struct str content;
    rsc_error err;
    const char *path = cli_value(cli, "output");

    content.data = rsc_text_data(text, &content.len);
    if (!path) {
        fwrite(content.data, 1, content.len, stdout);
        return EXIT_OK;
    }
    if (file_replace(&setup->ctx, path, content))
        return ctx_error(&setup->ctx, &err), cli_fail(cli, path, &err);
    return EXIT_OK;
}

static enum exit_code redact(struct cli *cli, struct setup *setup,
                             const char *path)
{
    rsc_document *resume;
    rsc_text *text;
    rsc_error err;

    if (setup_document(setup, &resume, path, &err))
        return cli_fail(cli, path, &err);
    rsc_status st = rsc_redact(&text, setup->engine, resume, &err);
    rsc_document_free(resume);
    if (st)
        return cli_fail(cli, path, &err);
    enum exit_code code = write_text(cli, setup, text);
    rsc_text_free(text);
    return code;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args != 1)
        return cli_usage(cli, "name one resume, or '-' for standard input");
    code = setup_open(&setup, cli);
    if (!code)
        code = redact(cli, &setup, cli->args[0]);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    {"output", 'o', "FILE", "Write to FILE instead of standard output"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command redact_command = {
    .name = "redact",
    .summary = "Write a blind copy of a resume as text",
    .usage = "[OPTION]... RESUME",
    .text = "Name, e-mail, phone, address, links, birth, gender words, "
            "nationality and the years\nof degrees are replaced by what they "
            "are: \"[name]\", \"[e-mail]\". It is what the\nscore is made of. "
            "Read it before you pass it on: a program may miss something.",
    .examples = "  resume-scorer redact resume.pdf > blind.txt\n"
                "  resume-scorer redact -o blind.txt resume.docx",
    .options = options,
    .run = run,
};
