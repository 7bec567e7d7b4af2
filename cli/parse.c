/* SPDX-License-Identifier: MIT */
/* resume-scorer parse: what a program reads from a resume. */

#include <stdio.h>

#include "commands.h"
#include "setup.h"

static bool is_jsonresume(const struct cli *cli)
{
    const char *format = cli_value(cli, "format");

    return format && strcmp(format, "jsonresume") == 0;
}

static enum exit_code parse(struct cli *cli, struct setup *setup,
                            const char *path)
{
    rsc_document *resume;
    const char *as_of = cli_value(cli, "as-of");
    rsc_text *text;
    rsc_error err;

    if (setup_document(setup, &resume, path, &err))
        return cli_fail(cli, path, &err);
    rsc_status st =
        is_jsonresume(cli)
            ? rsc_resume_jsonresume(&text, setup->engine, resume, as_of,
                                    cli_has(cli, "blind"), &err)
            : rsc_resume_json(&text, setup->engine, resume, as_of, &err);
    rsc_document_free(resume);
    if (st)
        return cli_fail(cli, path, &err);
    puts(rsc_text_data(text, NULL));
    rsc_text_free(text);
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args != 1)
        return cli_usage(cli, "name one resume, or '-' for standard input");
    if (cli_has(cli, "format") && !is_jsonresume(cli) &&
        strcmp(cli_value(cli, "format"), "json") != 0)
        return cli_usage(cli, "--format is json or jsonresume, not '%s'",
                         cli_value(cli, "format"));
    if (cli_has(cli, "blind") && !is_jsonresume(cli))
        return cli_usage(cli, "--blind goes with --format jsonresume; the "
                              "other form is blind always");
    code = setup_open(&setup, cli);
    if (!code)
        code = parse(cli, &setup, cli->args[0]);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    {"format", 'f', "NAME", "json (as here), or jsonresume: schema 1.x"},
    {"blind", 0, NULL, "jsonresume without the person and years of degrees"},
    {"as-of", 0, "DATE", "What \"present\" means: 2026-11 (today)"},
    {"entities", 0, NULL, "The parser uses the entity pipeline, too"},
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command parse_command = {
    .name = "parse",
    .summary = "Show what is read from a resume, as JSON",
    .usage = "[OPTION]... RESUME",
    .text = "Sections, dated roles, education, certificates, languages, "
            "skills with months of\nuse, and every sentence that may serve "
            "as evidence, with page and offsets. What\nsays who the person is "
            "is kept out: only its kind and place are shown.\n\n"
            "--format jsonresume writes a JSON Resume (jsonresume.org), for "
            "other programs of\nthe candidate or the employer; 'score', "
            "'rank' and the others read it as a resume.\nIt holds name, "
            "e-mail, phone, address and links, unless --blind is given.",
    .examples = "  resume-scorer parse resume.pdf\n"
                "  resume-scorer parse --as-of 2026-01 resume.docx\n"
                "  resume-scorer parse --format jsonresume r.pdf > r.json",
    .options = options,
    .run = run,
};
