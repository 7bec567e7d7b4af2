/* SPDX-License-Identifier: MIT */
/* resume-scorer extract: what a reader of the file would see. */

#include <stdio.h>

#include "commands.h"
#include "setup.h"
#include "terminal.h"

static void print_text(const rsc_document *document)
{
    size_t len;
    const char *text = rsc_document_text(document, &len);

    fwrite(text, 1, len, stdout);
    if (len && text[len - 1] != '\n')
        putchar('\n');
}

static enum exit_code print_json(struct cli *cli, const rsc_document *document)
{
    rsc_text *text;
    rsc_error err;

    if (rsc_document_json(&text, document, &err))
        return cli_fail(cli, NULL, &err);
    puts(rsc_text_data(text, NULL));
    rsc_text_free(text);
    return EXIT_OK;
}

static enum exit_code print_document(struct cli *cli, struct setup *setup,
                                     const char *path)
{
    rsc_document *document;
    rsc_error err;
    enum exit_code code = EXIT_OK;
    const char *warning;

    if (setup_document(setup, &document, path, &err))
        return cli_fail(cli, path, &err);
    if (cli->json)
        code = print_json(cli, document);
    else
        print_text(document);
    for (size_t i = 0;
         !cli->json && (warning = rsc_document_warning(document, i)); i++)
        terminal_note(warning);
    rsc_document_free(document);
    return code;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args != 1)
        return cli_usage(cli, "name one file, or '-' for standard input");
    code = setup_open(&setup, cli);
    if (!code)
        code = print_document(cli, &setup, cli->args[0]);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command extract_command = {
    .name = "extract",
    .summary = "Print the text of a document as a person would see it",
    .usage = "[OPTION]... FILE",
    .text =
        "Reads PDF, DOCX, ODT, RTF, HTML and plain text, told apart by "
        "content. Text that\nnobody can see (white on white, tiny, covered, "
        "...) is left out and reported.\n--json adds pages, offsets and "
        "what was hidden.",
    .examples = "  resume-scorer extract resume.pdf\n"
                "  resume-scorer extract --json resume.docx | less",
    .options = options,
    .unjudged = true,
    .run = run,
};
