/* SPDX-License-Identifier: MIT */
/* resume-scorer redact: a blind copy of a resume. */

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "commands.h"
#include "setup.h"

/* A text is far below its cap with every byte escaped. */
#define MAX_OUTPUT ((size_t)64 << 20)

static void put_content(struct cli *cli, struct buf *out, struct str text)
{
    struct json j = json_to(out, 2);

    if (!cli->json) {
        buf_put(out, text);
        return;
    }
    json_open(&j, '{');
    json_put_str(&j, "file", str_of(cli->args[0]));
    json_put_str(&j, "text", text);
    json_close(&j, '}');
    buf_put_char(out, '\n');
}

static enum exit_code write_text(struct cli *cli, struct setup *setup,
                                 const rsc_text *text)
{
    const char *path = cli_value(cli, "output");
    struct str content;
    struct buf out;
    rsc_error err;

    content.data = rsc_text_data(text, &content.len);
    buf_init(&out, setup->mem, MAX_OUTPUT);
    put_content(cli, &out, content);
    if (out.failed)
        ctx_fail(&setup->ctx, RSC_ENOMEM, "out of memory");
    else if (path)
        file_replace(&setup->ctx, path, buf_str(&out));
    else
        fwrite(out.data, 1, out.len, stdout);
    buf_clear(&out);
    return ctx_error(&setup->ctx, &err) ? cli_fail(cli, path, &err) : EXIT_OK;
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
