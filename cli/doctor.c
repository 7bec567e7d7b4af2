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

/* What did not let the engine open, in place of what the engine without it
 * says of that part. */
struct fault {
    const char *part; /* NULL: none */
    rsc_error err;
    const char *advice;
};

static void put_fault(json_t *parts, const struct fault *fault)
{
    json_t *part;
    size_t i;

    json_array_foreach(parts, i, part)
    {
        if (!fault->part || strcmp(text_of(part, "name"), fault->part) != 0)
            continue;
        json_object_set_new(part, "ok", json_false());
        json_object_set_new(part, "text", json_string(fault->err.message));
        json_object_set_new(part, "advice", json_string(fault->advice));
    }
}

static const char model_advice[] =
    "Nothing can be scored so. Pack it again from the kept download: "
    "resume-scorer models pack; or fetch it again: resume-scorer models pull "
    "--force";

/* Opens the engine, and where that fails once more without the part that is
 * at fault: the other rows are still worth reading. */
static enum exit_code open_what_opens(struct cli *cli, struct setup *setup,
                                      struct fault *skills, struct fault *model)
{
    rsc_options options;
    rsc_error err;
    enum exit_code code = setup_options(setup, cli, &options);

    if (code)
        return code;
    if (ctx_error(&setup->ctx, &skills->err)) {
        skills->part = "skills";
        skills->advice = "Nothing can be scored so. Check --ontology.";
    }
    if (rsc_engine_open(&setup->engine, &options, &err) == RSC_OK) {
        if (setup_named_model(setup, cli, &model->err))
            model->part = "model",
            model->advice = "Nothing can be scored with these options.";
        return EXIT_OK;
    }
    if (setup_blames_skills(&options)) {
        *skills = (struct fault){"skills", err,
                                 ctx_printf(&setup->ctx,
                                            "Nothing can be scored so. Mend "
                                            "that line, or take it out: %s",
                                            setup->ontology.data)
                                     .data};
        options.ontology = NULL;
        if (rsc_engine_open(&setup->engine, &options, &err) == RSC_OK)
            return EXIT_OK;
    }
    *model = (struct fault){"model", err, model_advice};
    options.model = "none"; /* of those in the same folder */
    options.precision = NULL;
    if (rsc_engine_open(&setup->engine, &options, &err))
        return cli_fail(cli, NULL, &err);
    return EXIT_OK;
}

/* The engine describes itself as JSON; the table is a view of that. */
static enum exit_code describe(struct cli *cli, struct setup *setup,
                               const struct fault *skills,
                               const struct fault *model)
{
    rsc_text *text;
    rsc_error err;
    size_t len;

    if (rsc_engine_describe(&text, setup->engine, &err))
        return cli_fail(cli, NULL, &err);
    const char *data = rsc_text_data(text, &len);
    json_t *root = json_loadb(data, len, 0, NULL);
    put_fault(json_object_get(root, "parts"), skills);
    put_fault(json_object_get(root, "parts"), model);
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
    if (skills->part)
        return cli_exit_code(skills->err.status);
    return model->part ? cli_exit_code(model->err.status) : EXIT_OK;
}

static enum exit_code run(struct cli *cli)
{
    struct setup setup;
    struct fault skills = {0}, model = {0};
    enum exit_code code;

    if (cli->n_args)
        return cli_usage(cli, "doctor takes no file");
    code = open_what_opens(cli, &setup, &skills, &model);
    if (!code)
        code = describe(cli, &setup, &skills, &model);
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
            "the limits, and who could reach the\nservice; what is missing or "
            "broken comes with what to do about it. The exit status\nis that "
            "of a part without which nothing can be scored.",
    .examples = "  resume-scorer doctor\n"
                "  resume-scorer doctor --json",
    .options = options,
    .run = run,
};
