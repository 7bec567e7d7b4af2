/* SPDX-License-Identifier: MIT */
/* resume-scorer doctor: what this machine offers and what is missing. */

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "commands.h"
#include "service.h"
#include "setup.h"
#include "terminal.h"

static struct mem doctor_mem = {.owner = "cli", .fail_after = -1};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}

static void print_row(const char *label, bool good, const char *text)
{
    printf("  %s%s%s  %s\n",
           terminal_colour(stdout, good ? COLOUR_GREEN : COLOUR_YELLOW),
           good ? "ok" : "--", terminal_colour(stdout, COLOUR_OFF), label);
    terminal_wrap(stdout, str_of(text), 6, terminal_width());
}

static void print_parts(const json_t *root)
{
    const json_t *parts = json_object_get(root, "parts");
    const json_t *part;
    size_t i;

    json_array_foreach(parts, i, part)
    {
        print_row(text_of(part, "name"),
                  json_is_true(json_object_get(part, "ok")),
                  text_of(part, "text"));
        if (text_of(part, "advice")[0])
            terminal_wrap(stdout, str_of(text_of(part, "advice")), 6,
                          terminal_width());
    }
}

/* Variables of the Python service that have nothing to act on here. */
static void print_variables(void)
{
    static const char *const rows[][2] = {
        {"TRANSFORMERS_OFFLINE", "nothing is ever fetched at run time"},
        {"HF_HUB_OFFLINE", "nothing is ever fetched at run time"},
        {"MALLOC_TRIM_THRESHOLD_", "serve sets its own at start"},
        {"TOKENIZERS_PARALLELISM", "texts are tokenized where they are used"},
        {"HF_HOME", "models are where `resume-scorer models path` says"},
        {"TRANSFORMERS_CACHE",
         "models are where `resume-scorer models path` says"},
        {"SENTENCE_TRANSFORMERS_HOME",
         "models are where `resume-scorer models path` says"},
        {"MKL_NUM_THREADS", "OMP_NUM_THREADS is what counts"},
        {"PYTHONUNBUFFERED", "a line of the log is written at once"},
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (getenv(rows[i][0]))
            printf("  --  %s is set and not needed: %s\n", rows[i][0],
                   rows[i][1]);
}

/* What `serve` would do with the settings that are in force. */
static json_t *service_part(struct cli *cli)
{
    struct settings s;
    struct ctx ctx;
    rsc_error err;
    json_t *part;

    ctx_init(&ctx, &doctor_mem);
    service_read(cli, &ctx, &s);
    if (ctx_error(&ctx, &err))
        part = json_pack("{s:s, s:b, s:s, s:s}", "name", "service", "ok", 0,
                         "text", err.message, "advice",
                         "`serve` does not start with these settings.");
    else if (settings_is_exposed(&s))
        part = json_pack("{s:s, s:b, s:s+, s:s}", "name", "service", "ok", 0,
                         "text", "no key is set, and others can reach ",
                         settings_text(&s, SET_HOST), "advice",
                         "Make a key: resume-scorer config key");
    else
        part =
            json_pack("{s:s, s:b, s:s+++}", "name", "service", "ok", 1, "text",
                      "would listen on ", settings_text(&s, SET_HOST), ", ",
                      s.n_keys ? "with a key" : "for this machine only");
    ctx_clear(&ctx);
    return part;
}

/* The engine describes itself as JSON; the table is a view of that. */
static enum exit_code describe(struct cli *cli, struct setup *setup)
{
    rsc_text *text;
    rsc_error err;
    size_t len;

    if (rsc_engine_describe(&text, setup->engine, &err))
        return cli_fail(cli, NULL, &err);
    const char *data = rsc_text_data(text, &len);
    json_t *root = json_loadb(data, len, 0, NULL);
    json_array_append_new(json_object_get(root, "parts"), service_part(cli));
    if (cli->json) {
        json_dumpf(root, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        printf("\n  resume-scorer %s\n\n", rsc_version());
        print_parts(root);
        print_variables();
        putchar('\n');
    }
    json_decref(root);
    rsc_text_free(text);
    return EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    enum exit_code code;

    if (cli->n_args)
        return cli_usage(cli, "doctor takes no file");
    code = setup_open(&setup, cli);
    if (!code)
        code = describe(cli, &setup);
    setup_close(&setup);
    return code;
}

static const struct cli_option options[] = {
    SERVICE_OPTIONS,
    LIMIT_OPTIONS,
    ENGINE_OPTIONS,
    {NULL, 0, NULL, NULL},
};

const struct cli_command doctor_command = {
    .name = "doctor",
    .summary = "Show what this machine offers and what is missing",
    .usage = "[OPTION]...",
    .text = "Shows the processor and the instruction set in use, cores and "
            "quota, the models,\nthe extraction helper with its sandbox, and "
            "the limits, and who could reach the\nservice; what is missing "
            "comes with "
            "what to do about it.",
    .examples = "  resume-scorer doctor\n"
                "  resume-scorer doctor --json",
    .options = options,
    .run = run,
};
