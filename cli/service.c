/* SPDX-License-Identifier: MIT */
#include "service.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct {
    const char *option;
    enum setting_id id;
} setting_options[] = {
    {"host", SET_HOST},
    {"port", SET_PORT},
    {"workers", SET_WORKERS},
    {"threads", SET_THREADS},
    {"batch-size", SET_BATCH_SIZE},
    {"models", SET_MODELS},
    {"model", SET_MODEL},
    {"precision", SET_PRECISION},
    {"isa", SET_ISA},
    {"ontology", SET_ONTOLOGY},
    {"extractor", SET_EXTRACTOR},
    {"state", SET_FOLDER},
    {"memory-limit", SET_LIMIT_MB},
    {"log-level", SET_LOG_LEVEL},
    {"log-format", SET_LOG_FORMAT},
    {"preload-models", SET_PRELOAD},
    {"store", SET_STORE},
};

static const char *environment(const char *name)
{
    return getenv(name);
}

static bool has_option(const struct cli *cli, const char *name)
{
    const struct cli_option *options = cli->command->options;

    for (size_t i = 0; options && options[i].name; i++)
        if (strcmp(options[i].name, name) == 0)
            return true;
    return false;
}

static rsc_status read_options(struct cli *cli, struct ctx *ctx,
                               struct settings *s)
{
    size_t n = sizeof(setting_options) / sizeof(setting_options[0]);

    for (size_t i = 0; i < n; i++) {
        const char *option = setting_options[i].option;
        const char *value =
            has_option(cli, option) ? cli_value(cli, option) : NULL;
        if (!value)
            continue;
        /* A flag switches on. */
        if (settings_option(ctx, s, setting_options[i].id, option,
                            value[0] ? value : "true"))
            return ctx->error.status;
    }
    return RSC_OK;
}

rsc_status service_read(struct cli *cli, struct ctx *ctx, struct settings *out)
{
    if (settings_load(ctx, out, cli_value(cli, "config"), environment) ||
        read_options(cli, ctx, out))
        return ctx->error.status;
    return settings_check(ctx, out);
}

enum exit_code service_settings(struct cli *cli, struct ctx *ctx,
                                struct settings *out)
{
    rsc_error err;

    service_read(cli, ctx, out);
    if (ctx_error(ctx, &err) == RSC_OK)
        return EXIT_OK;
    cli_fail(cli, NULL, &err);
    return EXIT_USAGE;
}

static void make_folders(const char *path)
{
    char part[512];
    size_t len = strlen(path);

    if (len >= sizeof(part))
        return;
    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        /* What cannot be made shows when it is used. */
        if (mkdir(part, 0700) != 0 && errno != EEXIST)
            return;
    }
}

struct str service_state_folder(struct ctx *ctx, const struct settings *s)
{
    const char *set = settings_text(s, SET_FOLDER);
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    struct str folder = STR("");

    if (set[0])
        folder = ctx_copy(ctx, str_of(set));
    else if (state && state[0])
        folder = ctx_printf(ctx, "%s/resume-scorer", state);
    else if (home && home[0])
        folder = ctx_printf(ctx, "%s/.local/state/resume-scorer", home);
    if (folder.len)
        make_folders(folder.data);
    return folder.data ? folder : STR("");
}
