/* SPDX-License-Identifier: MIT */
/* The commands that only look: list, verify, path. */
#include <stdio.h>

#include "base/json.h"
#include "commands.h"
#include "models.h"
#include "terminal.h"

static const struct cli_option show_options[] = {
    MODELS_OPTION,
    {0},
};

static bool is_pack(struct str path)
{
    return str_ends(path, STR(".pack"));
}

/* --- list ---------------------------------------------------------------- */

static void put_packs(struct json *j, const struct store_manifest *m)
{
    json_key(j, "packs");
    json_open(j, '[');
    for (size_t i = 0; i < m->files.len; i++) {
        struct str path = m->files.items[i].path;
        if (is_pack(path))
            json_str(j, str_slice(path, 0, path.len - 5));
    }
    json_close(j, ']');
}

/* What removing the model would free. */
static uint64_t total_bytes(const struct store_manifest *m)
{
    uint64_t total = 0;

    for (size_t i = 0; i < m->files.len; i++)
        total += m->files.items[i].bytes;
    return total;
}

static void put_model(struct json *j, const struct store_manifest *m)
{
    json_open(j, '{');
    json_put_str(j, "name", m->name);
    json_put_str(j, "kind", m->kind);
    json_put_str(j, "license", m->license);
    json_put_str(j, "origin", m->origin);
    json_put_bool(j, "pinned", m->pinned);
    json_put_int(j, "bytes", (int64_t)total_bytes(m));
    put_packs(j, m);
    json_close(j, '}');
}

static void print_model(const struct store_manifest *m)
{
    printf("%s%-28.*s%s %-9.*s %7.1f MB ", terminal_colour(stdout, COLOUR_BOLD),
           STR_ARG(m->name), terminal_colour(stdout, COLOUR_OFF),
           STR_ARG(m->kind), (double)total_bytes(m) / 1e6);
    for (size_t i = 0; i < m->files.len; i++) {
        struct str path = m->files.items[i].path;
        if (is_pack(path))
            printf(" %.*s", (int)path.len - 5, path.data);
    }
    printf("%s\n", m->pinned ? "" : "  (hash not pinned)");
}

static void list(struct models *models)
{
    struct ctx *ctx = &models->ctx;
    store_names names = {0};
    struct buf out;

    if (store_list(ctx, &names, models->dir))
        return;
    buf_init(&out, &models->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_put_str(&j, "folder", str_of(models->dir));
    json_key(&j, "models");
    json_open(&j, '[');
    for (size_t i = 0; i < names.len; i++) {
        struct store_manifest m;
        if (store_read(ctx, &m, models->dir, names.items[i]))
            break;
        put_model(&j, &m);
        if (!models->cli->json)
            print_model(&m);
    }
    json_close(&j, ']');
    json_close(&j, '}');
    if (models->cli->json && !ctx->error.status)
        models_print(&out);
    else if (!names.len)
        printf("no models in %s; `resume-scorer models pull` gets one\n",
               models->dir);
    buf_clear(&out);
}

static enum exit_code run_list(struct cli *cli)
{
    struct models models;

    if (cli->n_args)
        return cli_usage(cli, "there is nothing to name here");
    if (models_open(&models, cli))
        list(&models);
    return models_close(&models);
}

const struct cli_command models_list_command = {
    .name = "models list",
    .summary = "Show the installed models",
    .usage = "[OPTION]...",
    .examples = "  resume-scorer models list\n"
                "  resume-scorer models list --json",
    .options = show_options,
    .run = run_list,
};

/* --- verify -------------------------------------------------------------- */

enum verdict {
    VERDICT_GOOD,
    VERDICT_MISSING,
    VERDICT_DIFFERENT,
    VERDICT_UNUSABLE, /* as installed, but not a pack that opens */
};

static const char *const verdict_names[] = {"good", "missing", "different",
                                            "unusable"};

struct finding {
    enum verdict verdict;
    struct sha256_hex actual;
    rsc_error error; /* why it is unusable */
};

struct counts {
    size_t changed, unusable;
};

static rsc_status look_at(struct models *models, struct finding *out,
                          const struct store_manifest *m,
                          const struct store_file *file)
{
    struct ctx *ctx = &models->ctx;
    enum store_state state;

    rsc_status st =
        store_verify(ctx, &state, &out->actual, models->dir, m, file);
    if (st)
        return st;
    out->verdict = state == STORE_MISSING     ? VERDICT_MISSING
                   : state == STORE_DIFFERENT ? VERDICT_DIFFERENT
                                              : VERDICT_GOOD;
    if (out->verdict != VERDICT_GOOD || !is_pack(file->path))
        return RSC_OK;
    struct str path = ctx_printf(ctx, "%s/%.*s/%.*s", models->dir,
                                 STR_ARG(m->name), STR_ARG(file->path));
    if (!path.data)
        return ctx->error.status;
    if (rsc_model_check(path.data, &out->error))
        out->verdict = VERDICT_UNUSABLE;
    return RSC_OK;
}

static void put_file(struct json *j, const struct store_file *file,
                     const struct finding *finding)
{
    json_open(j, '{');
    json_put_str(j, "path", file->path);
    json_put_str(j, "state", str_of(verdict_names[finding->verdict]));
    json_put_str(j, "sha256", str_of(file->sha256.text));
    if (finding->verdict == VERDICT_DIFFERENT)
        json_put_str(j, "actual", str_of(finding->actual.text));
    if (finding->verdict == VERDICT_UNUSABLE)
        json_put_str(j, "error", str_of(finding->error.message));
    json_close(j, '}');
}

static void print_file(struct str name, const struct store_file *file,
                       const struct finding *finding)
{
    if (finding->verdict == VERDICT_MISSING)
        printf("%.*s: %.*s is missing\n", STR_ARG(name), STR_ARG(file->path));
    if (finding->verdict == VERDICT_DIFFERENT)
        printf("%.*s: %.*s has the SHA-256 %s where %s was installed\n",
               STR_ARG(name), STR_ARG(file->path), finding->actual.text,
               file->sha256.text);
    if (finding->verdict == VERDICT_UNUSABLE)
        printf("%.*s: %.*s: %s\n", STR_ARG(name), STR_ARG(file->path),
               finding->error.message);
}

/* Counts the files that are not as they were installed. */
static rsc_status verify_one(struct models *models, struct json *j,
                             struct str name, struct counts *counts)
{
    struct store_manifest m;
    size_t before = counts->changed + counts->unusable;

    rsc_status st = store_read(&models->ctx, &m, models->dir, name);
    if (st)
        return st;
    json_open(j, '{');
    json_put_str(j, "name", name);
    json_key(j, "files");
    json_open(j, '[');
    for (size_t i = 0; i < m.files.len; i++) {
        const struct store_file *file = &m.files.items[i];
        struct finding finding;
        st = look_at(models, &finding, &m, file);
        if (st)
            return st;
        put_file(j, file, &finding);
        if (!models->cli->json)
            print_file(name, file, &finding);
        counts->changed += finding.verdict == VERDICT_MISSING ||
                           finding.verdict == VERDICT_DIFFERENT;
        counts->unusable += finding.verdict == VERDICT_UNUSABLE;
    }
    bool good = counts->changed + counts->unusable == before;
    json_close(j, ']');
    json_put_bool(j, "good", good);
    json_close(j, '}');
    if (!models->cli->json && good)
        printf("%.*s: %zu files are as installed\n", STR_ARG(name),
               m.files.len);
    return RSC_OK;
}

static void verify(struct models *models, struct counts *counts)
{
    const struct cli *cli = models->cli;
    struct ctx *ctx = &models->ctx;
    store_names names = {0};
    struct buf out;

    for (size_t i = 0; i < cli->n_args; i++) {
        struct str *name = vec_push(ctx, &names);
        if (name)
            *name = str_of(cli->args[i]);
    }
    if (!cli->n_args && store_list(ctx, &names, models->dir))
        return;
    if (!names.len)
        ctx_fail(ctx, RSC_ENOMODEL,
                 "no model is installed in %s; run `resume-scorer models pull`",
                 models->dir);
    buf_init(&out, &models->mem, 1 << 20);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_key(&j, "models");
    json_open(&j, '[');
    for (size_t i = 0; i < names.len && !ctx->error.status; i++)
        verify_one(models, &j, names.items[i], counts);
    json_close(&j, ']');
    json_put_bool(&j, "good", !counts->changed && !counts->unusable);
    json_close(&j, '}');
    if (cli->json && !ctx->error.status)
        models_print(&out);
    buf_clear(&out);
}

static enum exit_code run_verify(struct cli *cli)
{
    struct counts counts = {0};
    struct models models;

    if (models_open(&models, cli))
        verify(&models, &counts);
    enum exit_code code = models_close(&models);
    if (code != EXIT_OK || (!counts.changed && !counts.unusable))
        return code;
    if (counts.changed)
        cli_error(cli,
                  "%zu files are not as they were installed; run "
                  "`resume-scorer models pull --force`",
                  counts.changed);
    if (counts.unusable)
        cli_error(cli,
                  "of the packs, %zu cannot be used; run `resume-scorer models "
                  "pack`",
                  counts.unusable);
    return EXIT_BAD_INPUT;
}

const struct cli_command models_verify_command = {
    .name = "models verify",
    .summary = "Read all files again and compare their SHA-256",
    .usage = "[OPTION]... [NAME]...",
    .examples = "  resume-scorer models verify\n"
                "  resume-scorer models verify all-MiniLM-L6-v2 --json",
    .options = show_options,
    .run = run_verify,
};

/* --- path ---------------------------------------------------------------- */

static void print_path(struct models *models, struct str name)
{
    const char *wanted = cli_value(models->cli, "precision");
    struct str path, precision = wanted ? str_of(wanted) : STR("");
    struct buf out;

    if (models_path(models, &path, &precision, name))
        return;
    if (!models->cli->json) {
        printf("%.*s\n", STR_ARG(path));
        return;
    }
    buf_init(&out, &models->mem, 1 << 16);
    struct json j = json_to(&out, 2);
    json_open(&j, '{');
    json_put_str(&j, "name", name);
    json_put_str(&j, "path", path);
    if (precision.len)
        json_put_str(&j, "precision", precision);
    json_close(&j, '}');
    models_print(&out);
    buf_clear(&out);
}

static enum exit_code run_path(struct cli *cli)
{
    struct models models;

    if (cli->n_args > 1)
        return cli_usage(cli, "one model at a time, please");
    if (models_open(&models, cli)) {
        if (cli_has(cli, "dir"))
            printf("%s\n", models.dir);
        else
            print_path(&models, models_name(cli));
    }
    return models_close(&models);
}

static const struct cli_option path_options[] = {
    {"dir", 0, NULL, "Print the folder of all models instead"},
    {"precision", 0, "NAME", "Of this pack (the smallest that is installed)"},
    MODELS_OPTION,
    {0},
};

const struct cli_command models_path_command = {
    .name = "models path",
    .summary = "Print where an installed model is",
    .usage = "[OPTION]... [NAME]",
    .examples = "  resume-scorer models path\n"
                "  resume-scorer models path en_core_web_sm",
    .options = path_options,
    .run = run_path,
};
