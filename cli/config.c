/* SPDX-License-Identifier: MIT */
/* resume-scorer config: what the service's settings are, and keys for it. */

#include <sodium.h>
#include <stdio.h>

#include "base/json.h"
#include "base/mem.h"
#include "commands.h"
#include "service.h"

#define MAX_OUTPUT ((size_t)1 << 20)

static struct mem config_mem = {.owner = "cli", .fail_after = -1};

static void print_rows(struct ctx *ctx, const struct settings *s)
{
    const char *section = "";

    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting_id id = (enum setting_id)i;
        const struct setting_value *value = &s->values[id];
        struct str text = settings_format(ctx, s, id);
        if (strcmp(section, settings_section(id)) != 0) {
            section = settings_section(id);
            printf("%s[%s]\n", i ? "\n" : "", section);
        }
        printf("%-24s = %-16.*s ; %s%s%.*s\n", settings_name(id), STR_ARG(text),
               settings_origin_name(value->origin), value->where.len ? " " : "",
               STR_ARG(value->where));
    }
    printf("\n[keys]\n");
    for (size_t i = 0; i < s->n_keys; i++)
        printf("%.*s = (kept as a hash)\n", STR_ARG(s->keys[i].name));
}

static void write_json(struct ctx *ctx, const struct settings *s,
                       struct buf *out)
{
    struct json j = json_to(out, 2);

    json_open(&j, '{');
    json_key(&j, "settings");
    json_open(&j, '[');
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting_id id = (enum setting_id)i;
        json_open(&j, '{');
        json_put_str(&j, "section", str_of(settings_section(id)));
        json_put_str(&j, "name", str_of(settings_name(id)));
        json_put_str(&j, "value", settings_format(ctx, s, id));
        json_put_str(&j, "origin",
                     str_of(settings_origin_name(s->values[id].origin)));
        json_put_str(&j, "where", s->values[id].where);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    json_key(&j, "keys");
    json_open(&j, '[');
    for (size_t i = 0; i < s->n_keys; i++)
        json_str(&j, s->keys[i].name);
    json_close(&j, ']');
    json_close(&j, '}');
}

static enum exit_code show(struct cli *cli)
{
    struct settings settings;
    struct ctx ctx;
    struct buf out;

    ctx_init(&ctx, &config_mem);
    enum exit_code code = service_settings(cli, &ctx, &settings);
    if (!code && cli->json) {
        buf_init(&out, &config_mem, MAX_OUTPUT);
        write_json(&ctx, &settings, &out);
        printf("%.*s\n", STR_ARG(buf_str(&out)));
        buf_clear(&out);
    } else if (!code) {
        print_rows(&ctx, &settings);
    }
    ctx_clear(&ctx);
    return code;
}

static enum exit_code example(struct cli *cli)
{
    struct buf out;

    (void)cli;
    buf_init(&out, &config_mem, MAX_OUTPUT);
    settings_write_example(&out);
    fwrite(out.data, 1, out.len, stdout);
    buf_clear(&out);
    return EXIT_OK;
}

static enum exit_code scoring(struct cli *cli)
{
    if (cli->n_args)
        return cli_usage(cli, "config scoring takes no file");
    fputs(rsc_score_config_default(), stdout);
    return EXIT_OK;
}

/* 256 random bits; whoever has the file learns nothing from the hash. */
static enum exit_code key(struct cli *cli)
{
    unsigned char random[32], hash[32];
    char text[65], hex[65];
    const char *name = cli->n_args ? cli->args[0] : "client";

    if (cli->n_args > 1)
        return cli_usage(cli, "config key takes one name");
    if (sodium_init() < 0) {
        cli_error(cli, "libsodium cannot start");
        return EXIT_BAD_INPUT;
    }
    randombytes_buf(random, sizeof(random));
    sodium_bin2hex(text, sizeof(text), random, sizeof(random));
    settings_hash_key(hash, str_of(text));
    sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    if (cli->json)
        printf("{\"name\": \"%s\", \"key\": \"%s\", \"line\": \"%s = "
               "blake2b:%s\"}\n",
               name, text, name, hex);
    else
        printf("The key, shown this once; give it to the client:\n  %s\n\n"
               "For the configuration:\n  [keys]\n  %s = blake2b:%s\n",
               text, name, hex);
    sodium_memzero(text, sizeof(text));
    return EXIT_OK;
}

static const struct cli_option options[] = {
    SERVICE_OPTIONS,
    SETTING_OPTIONS,
    {0},
};

const struct cli_command config_show_command = {
    .name = "config show",
    .summary = "Show the service's settings and where each came from",
    .usage = "[OPTION]...",
    .text = "Takes the options of serve, so that it shows what serve would do.",
    .examples = "  resume-scorer config show\n"
                "  RENDER=true resume-scorer config show --json",
    .options = options,
    .run = show,
};

const struct cli_command config_example_command = {
    .name = "config example",
    .summary = "Print a configuration file with every setting explained",
    .usage = "",
    .examples = "  resume-scorer config example > resume-scorer.ini\n"
                "  resume-scorer config example | less",
    .text_only = true,
    .run = example,
};

const struct cli_command config_scoring_command = {
    .name = "config scoring",
    .summary = "Print the numbers of the score, each with its reason",
    .usage = "",
    .text = "What is printed is what --scoring takes: change any number, "
            "leave out the rest.\nThe result's config_hash tells that "
            "others were used.",
    .examples = "  resume-scorer config scoring > own.ini\n"
                "  resume-scorer score --job job.txt --scoring own.ini r.pdf",
    .text_only = true,
    .run = scoring,
};

const struct cli_command config_key_command = {
    .name = "config key",
    .summary = "Make an API key for the service",
    .usage = "[NAME]",
    .examples = "  resume-scorer config key dashboard\n"
                "  resume-scorer config key --json nightly-batch",
    .run = key,
};
