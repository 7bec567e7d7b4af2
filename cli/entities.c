/* SPDX-License-Identifier: MIT */
/* resume-scorer entities: organisations, people, places, dates of a text. */

#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "entities_html.h"
#include "setup.h"
#include "terminal.h"

/* A million characters have 4 MB at the most. */
#define MAX_RAW       ((size_t)4 << 20)
#define LABEL_COLUMNS 12

static void print_table(const rsc_entity_list *list)
{
    size_t width = terminal_width();
    size_t room = width > 40 ? width - LABEL_COLUMNS - 16 : 24;

    for (size_t i = 0; i < list->n_entities; i++) {
        const rsc_entity *e = &list->entities[i];
        struct str text = {list->text + e->start, e->end - e->start};
        fputs(terminal_colour(stdout, COLOUR_CYAN), stdout);
        size_t used = terminal_put(stdout, str_of(e->label), LABEL_COLUMNS - 1);
        fputs(terminal_colour(stdout, COLOUR_OFF), stdout);
        printf("%*s", (int)(LABEL_COLUMNS - used), "");
        used = terminal_put(stdout, text, room);
        printf("%*s%s%zu-%zu%s\n", (int)(room + 1 - used), "",
               terminal_colour(stdout, COLOUR_DIM), e->char_start, e->char_end,
               terminal_colour(stdout, COLOUR_OFF));
    }
    if (terminal_is_tty(stdout))
        printf("%zu entities in %zu tokens, by %s\n", list->n_entities,
               list->n_tokens, list->pipeline);
}

static enum exit_code print_json(struct cli *cli, const rsc_entity_list *list)
{
    rsc_text *text;
    rsc_error err;
    size_t len;

    if (rsc_entities_json(&text, list, &err))
        return cli_fail(cli, NULL, &err);
    const char *data = rsc_text_data(text, &len);
    fwrite(data, 1, len, stdout);
    putchar('\n');
    rsc_text_free(text);
    return EXIT_OK;
}

static enum exit_code print_page(struct cli *cli, struct setup *setup,
                                 const rsc_entity_list *list)
{
    const rsc_error err = {RSC_ENOMEM, 0, "out of memory"};
    struct buf out;

    buf_init(&out, setup->mem, (size_t)1 << 30);
    entities_html_write(&out, list);
    bool failed = out.failed;
    if (!failed)
        fwrite(out.data, 1, out.len, stdout);
    buf_clear(&out);
    return failed ? cli_fail(cli, NULL, &err) : EXIT_OK;
}

static enum exit_code print_list(struct cli *cli, struct setup *setup,
                                 const char *path, struct str text)
{
    rsc_entity_list *list;
    rsc_error err;
    enum exit_code code = EXIT_OK;

    if (rsc_entities(&list, setup->engine, text.data, text.len, &err))
        return cli_fail(cli, err.status == RSC_ENOMODEL ? NULL : path, &err);
    if (list->was_damaged && !cli->json)
        fprintf(stderr,
                "%snote:%s the text is not UTF-8 throughout; U+FFFD "
                "stands for what could not be read\n",
                terminal_colour(stderr, COLOUR_YELLOW),
                terminal_colour(stderr, COLOUR_OFF));
    if (cli->json)
        code = print_json(cli, list);
    else if (cli_has(cli, "html"))
        code = print_page(cli, setup, list);
    else
        print_table(list);
    rsc_entities_free(list);
    return code;
}

/* The text of a document, as `extract` shows it. */
static enum exit_code run_document(struct cli *cli, struct setup *setup,
                                   const char *path)
{
    rsc_document *document;
    rsc_error err;
    const char *warning;
    struct str text;

    if (setup_document(setup, &document, path, &err))
        return cli_fail(cli, path, &err);
    text.data = rsc_document_text(document, &text.len);
    enum exit_code code = print_list(cli, setup, path, text);
    for (size_t i = 0;
         !cli->json && (warning = rsc_document_warning(document, i)); i++)
        terminal_note(warning);
    rsc_document_free(document);
    return code;
}

/* The bytes of the file as they are. */
static enum exit_code run_raw(struct cli *cli, struct setup *setup,
                              const char *path)
{
    struct str text;
    rsc_error err;

    if (setup_read(&setup->ctx, &text, path, MAX_RAW)) {
        ctx_error(&setup->ctx, &err);
        return cli_fail(cli, NULL, &err);
    }
    return print_list(cli, setup, path, text);
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args != 1)
        return cli_usage(cli, "name one file, or '-' for standard input");
    if (cli->json && cli_has(cli, "html"))
        return cli_usage(cli, "--json and --html are two formats; take one");
    code = setup_open(&setup, cli);
    if (!code && cli_has(cli, "raw"))
        code = run_raw(cli, &setup, cli->args[0]);
    else if (!code)
        code = run_document(cli, &setup, cli->args[0]);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    {"html", 0, NULL, "A page with the entities marked in the text"},
    {"raw", 0, NULL, "Take the file as UTF-8 text, without reading a document"},
    {"pipeline", 0, "NAME", "Entity pipeline: a name, or a folder's path"},
    {"models", 0, "DIR", "Folder of the installed models"},
    {"isa", 0, "NAME", "Force an instruction set; see doctor"},
    {"extractor", 0, "PATH", "Where resume-scorer-extract is"},
    LIMIT_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command entities_command = {
    .name = "entities",
    .summary = "Find organisations, people, places, dates",
    .usage = "[OPTION]... FILE",
    .text =
        "Runs spaCy's English pipeline en_core_web_sm from its own files and "
        "finds the\nsame entities as Python spaCy does. Get it once with "
        "'resume-scorer models pull\nen_core_web_sm'. Each line of the table "
        "is a label, the text, and where it\nstands in code points. --json "
        "writes spaCy's Doc.to_json: ents, sents, tokens.\n--pipeline takes "
        "an installed pipeline's name, or the path (with a '/') of a\nfolder "
        "that holds config.cfg.\n\n"
        "A document is read as 'extract' reads it; --raw takes the bytes of a "
        "text file\nas they are, so that offsets are those of the file. A "
        "text has up to 1,000,000\ncharacters.",
    .examples = "  resume-scorer entities resume.pdf\n"
                "  resume-scorer entities --html resume.docx > resume.html\n"
                "  resume-scorer entities --raw --json - < notes.txt",
    .options = options,
    .unjudged = true,
    .run = run,
};
